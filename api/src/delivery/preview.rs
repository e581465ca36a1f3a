//! Looking at a draft as the public would: in the editor while it is written, and by a link for those without an
//! account.
//!
//! A preview token opens the latest draft of one entry until it expires, and nothing else. It is signed and not stored:
//! it cannot be guessed, prolonged or turned to another entry, and it ends by itself. A front end of one's own sends it
//! in `X-Hillside-Preview` with the queries it asks anyway.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use data_encoding::BASE64URL_NOPAD;
use entity::{entry, id::EntryId, problem::ProblemCode};
use maud::Markup;
use sea_orm::ConnectionTrait;
use subtle::ConstantTimeEq;
use url::form_urlencoded::byte_serialize;
use uuid::Uuid;

use super::{
    Forms,
    layout::{Frame, Head, Layout},
    route::Route,
    site::{self, Drawing, PlacedForm},
};
use crate::{
    error::{Error, Result},
    identity::{
        Actor, Audit, Permission,
        audit::{self, Event, Outcome, Stream},
    },
    keys::Secret,
    publishing::{self, Audience, Live},
};

/// Hours a link may hold, at the most: a week.
pub const MOST_HOURS: i32 = 168;

/// Draws drafts and signs the links to them.
#[derive(Clone)]
pub struct Previews {
    key: Secret,
    public_url: String,
    /// Where a draft is shown to a person, with `{token}` and `{path}` in their places; none where nothing shows it.
    shown_at: Option<String>,
    forms: Arc<Forms>,
}

/// A link that shows a draft until it expires.
#[derive(Clone, Debug)]
pub struct PreviewLink {
    /// For `X-Hillside-Preview`.
    pub token: String,
    /// For a person; none where the built-in site is switched off and no other shows drafts.
    pub url: Option<String>,
    /// When it ends.
    pub expires_at: DateTime<Utc>,
}

/// The entry whose draft a request may read; kept in the request's data.
#[derive(Clone, Copy, Debug)]
pub struct Previewed(pub EntryId);

impl Previews {
    /// Previews of the site at `public_url`, signed with `key`. A draft is shown to a person at `shown_at`, where `{token}`
    /// and `{path}` stand for those of the draft, or by the built-in site.
    pub fn new(key: Secret, public_url: &str, shown_at: Option<String>, forms: Arc<Forms>) -> Self {
        Self { key, public_url: public_url.trim_end_matches('/').to_owned(), shown_at, forms }
    }

    /// Where the built-in site shows drafts.
    pub fn on_site(public_url: &str) -> String {
        format!("{}/preview?token={{token}}", public_url.trim_end_matches('/'))
    }

    /// Draws what is being written as a whole document, as the site would show it.
    pub async fn draw(&self, db: &impl ConnectionTrait, actor: Actor, draft: &Draft) -> Result<Markup> {
        actor.require(Permission::ReadDrafts)?;
        self.draw_with(db, draft, Audience::Staff, None).await
    }

    /// Draws the latest draft of an entry for somebody who came by a link.
    pub async fn draw_shared(&self, db: &impl ConnectionTrait, shared: Shared) -> Result<Option<Markup>> {
        let Some(draft) = publishing::find_draft(db, shared.entry).await? else { return Ok(None) };
        let until = shared.expires_at.format("%-d %B %Y, %H:%M UTC");
        let note =
            format!("This is a draft, shown to you in confidence. It is not public, and this link ends on {until}.");
        let draft = Draft::of(Route::to(draft)?);
        match draft {
            // The link opens this draft, and nothing that others have not published.
            Some(draft) => Ok(Some(self.draw_with(db, &draft, Audience::Public, Some(&note)).await?)),
            None => Ok(None),
        }
    }

    /// Draws something that is no entry, in the frame of the site's pages.
    pub async fn draw_alone(&self, db: &impl ConnectionTrait, heading: &str, body: &Markup) -> Result<Markup> {
        let layout = Layout::load(db, &self.public_url).await?;
        Ok(layout.page(&Head::private(heading), &site::draw_alone(heading, body)))
    }

    async fn draw_with(
        &self,
        db: &impl ConnectionTrait,
        draft: &Draft,
        audience: Audience,
        note: Option<&str>,
    ) -> Result<Markup> {
        let frame = Frame::load(db, &self.public_url).await?;
        let forms = self.forms.load().await?;
        let form = |form: &PlacedForm| forms.draw(form, draft.path());
        let drawing = Drawing { frame, audience, form: &form, note };
        match draft {
            Draft::Page(page) => site::draw_page(db, drawing, page).await,
            Draft::Therapy(therapy) => site::draw_therapy(db, drawing, therapy).await,
        }
    }

    /// Signs a link to the drafts of `entry` for `hours`, and records who shared them.
    ///
    /// Fails with a problem at `hours` (1 to [`MOST_HOURS`]).
    pub async fn share(
        &self,
        db: &impl ConnectionTrait,
        actor: Actor,
        audit: &Audit,
        entry: &entry::Model,
        hours: i32,
        now: DateTime<Utc>,
    ) -> Result<PreviewLink> {
        actor.require(Permission::WriteContent)?;
        if !(1..=MOST_HOURS).contains(&hours) {
            let message = format!("Let the link hold for 1 to {MOST_HOURS} hours.");
            return Err(Error::problem(ProblemCode::Invalid, ["hours"], message));
        }
        let expires_at = now + TimeDelta::hours(hours.into());
        let event = Event {
            stream: Stream::Content,
            verb: audit::Verb::PreviewShared,
            object: entry.id.to_string(),
            outcome: Outcome::Done,
            fields: Vec::new(),
            reason: None,
        };
        audit.record(db, actor, event, now).await?;
        let token = self.mint(entry.id, expires_at);
        let url = self.shown_at.as_ref().map(|address| {
            let path: String = byte_serialize(entry.path.as_bytes()).collect();
            address.replace("{token}", &token).replace("{path}", &path)
        });
        Ok(PreviewLink { url, token, expires_at })
    }

    fn mint(&self, entry: EntryId, expires_at: DateTime<Utc>) -> String {
        let seconds = expires_at.timestamp().to_be_bytes();
        let mac = self.key.mac(&[entry.0.as_bytes(), &seconds]);
        BASE64URL_NOPAD.encode(&[entry.0.as_bytes().as_slice(), &seconds, &mac].concat())
    }

    /// What a token opens, unless it is none of ours or has expired.
    pub fn open(&self, token: &str, now: DateTime<Utc>) -> Option<Shared> {
        let bytes = BASE64URL_NOPAD.decode(token.trim().as_bytes()).ok()?;
        let (entry, rest) = bytes.split_first_chunk::<16>()?;
        let (seconds, mac) = rest.split_first_chunk::<8>()?;
        if !bool::from(self.key.mac(&[entry, seconds]).as_slice().ct_eq(mac)) {
            return None;
        }
        let expires_at = DateTime::from_timestamp(i64::from_be_bytes(*seconds), 0)?;
        (now < expires_at).then(|| Shared { entry: EntryId(Uuid::from_bytes(*entry)), expires_at })
    }
}

/// What a token opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shared {
    /// Whose drafts.
    pub entry: EntryId,
    /// Until when.
    pub expires_at: DateTime<Utc>,
}

/// What is previewed.
pub enum Draft {
    /// A page.
    Page(Arc<Live<entity::content::PageContent>>),
    /// A therapy.
    Therapy(Arc<Live<entity::content::TherapyContent>>),
}

impl Draft {
    fn of(route: Route) -> Option<Self> {
        match route {
            Route::Page(page) => Some(Self::Page(page)),
            Route::Therapy(therapy) => Some(Self::Therapy(therapy)),
            Route::Redirect(..) => None,
        }
    }

    fn path(&self) -> &str {
        match self {
            Self::Page(page) => &page.entry.path,
            Self::Therapy(therapy) => &therapy.entry.path,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn previews(key: Secret) -> Previews {
        Previews::new(
            key,
            "https://example.org/",
            None,
            Arc::new(Forms::new(|| unreachable!("nothing is drawn"), |_| maud::html! {}, maud::html! {})),
        )
    }

    #[test]
    fn a_token_opens_one_entry_until_it_expires() {
        let (previews, now) = (previews(Secret::random()), Utc::now());
        let entry = EntryId(Uuid::now_v7());
        let token = previews.mint(entry, now + TimeDelta::hours(1));
        assert_eq!(previews.open(&token, now).map(|it| it.entry), Some(entry));
        assert_eq!(previews.open(&token, now + TimeDelta::hours(1)), None);
    }

    #[test]
    fn a_token_that_was_changed_or_made_elsewhere_opens_nothing() {
        let (ours, now) = (previews(Secret::random()), Utc::now());
        let token = ours.mint(EntryId(Uuid::now_v7()), now + TimeDelta::hours(1));
        for place in 0..token.len() {
            let other = if token.as_bytes().get(place) == Some(&b'A') { "B" } else { "A" };
            let mut changed = token.clone();
            changed.replace_range(place..=place, other);
            assert_eq!(ours.open(&changed, now), None, "{changed}");
        }
        assert_eq!(previews(Secret::random()).open(&token, now), None);
        assert_eq!(ours.open("", now), None);
    }
}
