//! What a request brings to a schema: who asks, from where, and what its resolvers read.

use std::{net::IpAddr, sync::Arc};

use async_graphql::Request as GraphqlRequest;
use chrono::{DateTime, Utc};
use poem::{Request, http::header};

use crate::{
    content,
    db::Db,
    delivery::{Previewed, Previews, PublicData, documents::Registered},
    error::Error,
    generation,
    gql::{Code, Digest, Prepare, Refusal},
    identity::{self, Actor, Caller, Identity, http::bearer},
    leads,
    network::{Proxies, counted_as, is_at_home},
    published::Published,
    publishing,
    tags::Tags,
};

/// What an anonymous request brings: loaders over what is public, and the draft that it may preview.
pub(super) struct Public {
    pub(super) db: Db,
    pub(super) previews: Previews,
    pub(super) generation: generation::Known,
    pub(super) published: Published,
    pub(super) documents: Registered,
    pub(super) proxies: Proxies,
    pub(super) origin: String,
}

/// Carries a preview token.
pub(super) const PREVIEW: &str = "x-hillside-preview";

impl Prepare for Public {
    fn client(&self, http: &Request) -> Option<IpAddr> {
        client(http, &self.proxies)
    }

    async fn generation(&self, http: &Request) -> Option<u64> {
        // Whoever previews sees drafts.
        if http.headers().contains_key(PREVIEW) { None } else { self.generation.get().await }
    }

    async fn registered(&self, digest: Digest) -> Result<Option<Arc<str>>, Refusal> {
        self.documents.find(&digest.to_string()).await.map_err(refusal)
    }

    async fn prepare(
        &self,
        http: &Request,
        request: GraphqlRequest,
        tags: &Tags,
        generation: Option<u64>,
    ) -> Result<GraphqlRequest, Refusal> {
        let view = self.published.at(generation);
        let request = PublicData::add_to(request, self.db.reader(), view, tags, &self.origin);
        let request = request.data(leads::public::Sender(client(http, &self.proxies).map(leads::Client::from)));
        let Some(token) = http.header(PREVIEW) else { return Ok(request) };
        match self.previews.open(token, Utc::now()) {
            Some(shared) => Ok(request.data(Previewed(shared.entry))),
            None => Err(Refusal::new(
                Code::Unauthenticated,
                "This preview token has expired or is none. Make a new link in the editor, or leave the header out.",
            )),
        }
    }
}

/// What a staff request brings: who asks, when, and from where.
#[derive(Clone)]
pub(super) struct Staff {
    pub(super) db: Db,
    pub(super) identity: Identity,
    pub(super) origin: String,
    pub(super) proxies: Proxies,
}

/// Bytes of a body from somebody without a token: enough to sign in or to make the first owner.
const STRANGER_BYTES: usize = 16 * 1024;

impl Prepare for Staff {
    fn admit(&self, http: &Request, most: usize) -> Result<usize, Refusal> {
        match bearer(http).map_err(refusal)? {
            None => Ok(most.min(STRANGER_BYTES)),
            Some(token) => self.identity.recognise(token).map(|()| most).map_err(refusal),
        }
    }

    async fn prepare(
        &self,
        http: &Request,
        request: GraphqlRequest,
        _: &Tags,
        _: Option<u64>,
    ) -> Result<GraphqlRequest, Refusal> {
        self.refuse_other_sites(http)?;
        let now = Utc::now();
        let actor = match bearer(http).map_err(refusal)? {
            None => Actor::Visitor,
            Some(token) => self.identity.actor(token, now).await.map_err(refusal)?,
        };
        let address = sender(http, &self.proxies);
        let user_agent = http.header(header::USER_AGENT).unwrap_or_default().to_owned();
        let refresh_token = cookie(http, identity::admin::REFRESH_COOKIE).map(ToOwned::to_owned);
        let caller = Caller::new(address, user_agent, refresh_token);
        let request = match actor {
            // The staff schema is nobody's business before they have signed in (OWASP GraphQL Cheat Sheet).
            Actor::Visitor => request.disable_introspection(),
            Actor::System | Actor::Scheduled { .. } | Actor::User { .. } => request,
        };
        Ok(self.equip(request, actor, now).data(caller))
    }
}

impl Staff {
    /// What every resolver of the staff schema reads.
    pub(super) fn equip(&self, request: GraphqlRequest, actor: Actor, now: DateTime<Utc>) -> GraphqlRequest {
        let reader = self.db.reader();
        let request = identity::admin::add_loaders(request, reader);
        let request = leads::admin::add_loaders(request, reader);
        let request = publishing::admin::add_loaders(request, reader);
        let request = content::admin::add_loaders(request, reader);
        request.data(identity::Request::new(self.db.clone(), actor, now))
    }

    /// Only our own pages may use the refresh cookie (OWASP CSRF Cheat Sheet: `Sec-Fetch-Site`, then `Origin`).
    pub(super) fn refuse_other_sites(&self, http: &Request) -> Result<(), Refusal> {
        let same = match http.header("sec-fetch-site") {
            Some(site) => matches!(site, "same-origin" | "none"),
            None => http.header(header::ORIGIN).is_none_or(|origin| self.is_ours(http, origin)),
        };
        if same {
            Ok(())
        } else {
            Err(Refusal::new(Code::Forbidden, "Ask from the admin itself, not from another site."))
        }
    }

    fn is_ours(&self, http: &Request, origin: &str) -> bool {
        let host = origin.split_once("://").map(|(_, host)| host);
        origin == self.origin || host.is_some_and(|host| http.header(header::HOST) == Some(host))
    }
}

/// From which machine a request comes, as far as our proxies tell.
fn sender(http: &Request, proxies: &Proxies) -> IpAddr {
    let peer = http.remote_addr().as_socket_addr().map_or(IpAddr::from([0, 0, 0, 0]), |address| address.ip());
    let forwarded = http.headers().get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
    proxies.client(peer, &forwarded.collect::<Vec<_>>().join(","))
}

/// Whose requests are counted together. At home there is us, and a proxy that nobody told of: whoever asks through it
/// would pay for everybody.
pub(super) fn client(http: &Request, proxies: &Proxies) -> Option<IpAddr> {
    Some(sender(http, proxies)).filter(|sender| !is_at_home(*sender)).map(counted_as)
}

fn cookie<'a>(http: &'a Request, name: &str) -> Option<&'a str> {
    let pairs = http.headers().get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    pairs.flat_map(|value| value.split(';')).find_map(|pair| {
        let (key, value) = pair.trim().split_once('=')?;
        (key == name && !value.is_empty()).then_some(value)
    })
}

pub(super) fn refusal(error: Error) -> Refusal {
    if let Error::Internal(cause) = &error {
        tracing::error!(%cause, "what a request needs could not be looked up");
    }
    Refusal::new(Code::from(&error), error.to_string())
}
