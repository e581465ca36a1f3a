//! GraphQL over HTTP: one poem endpoint that serves any schema by one policy.
//!
//! Checks come in the order of their cost, and nothing is read before it is wanted: method, `Accept`, content type,
//! length, body, its shape, the document, the operation, its variables, the caller's own say, execution.

use std::future::{Future, ready};
use std::net::IpAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use apollo_compiler::executable::OperationType;
use async_graphql::{Executor, IntrospectionMode, Value, Variables};
use bytes::{Bytes, BytesMut};
use futures_util::StreamExt;
use poem::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use poem::{Endpoint, Request, Response};
use tokio::time::timeout;

use super::answer::{self, NO_STORE, Stage};
use super::document::{Document, Documents, SchemaError, Selected};
use super::error::{Code, Refusal};
use super::kept::{self, Answers, Kept, Key, Sent};
use super::limits::Limits;
use super::rate::{self, Rate};
use super::registered::{Accepts, Digest, Taught};
use super::request::{Asked, Media, Params, is_json};
use crate::tags::Tags;

/// An answer that depends on more than its headers say.
const ANYTHING: HeaderValue = HeaderValue::from_static("*");
/// Bytes of documents that clients taught this process.
const TAUGHT_BYTES: u64 = 8 << 20;

/// Who is served, and how.
#[derive(Clone, Debug)]
pub struct Policy {
    /// How much one request may ask for.
    pub limits: Limits,
    /// Whether queries may come over GET, from any origin, without credentials.
    pub open: bool,
    /// A header that every POST must carry with the value 1. A form on another site cannot send it.
    pub required_header: Option<&'static str>,
    /// A header that lets its sender see more than others; what is answered to it is never stored.
    pub private_header: Option<&'static str>,
    /// Whether a document may ask for the schema.
    pub introspection: bool,
    /// How much a registered document may ask for; none where no document is registered.
    pub registered: Option<Limits>,
    /// Which documents are answered.
    pub accepts: Accepts,
    /// Bytes of whole answers to queries that are kept; 0 for none.
    pub kept_bytes: u64,
    /// Whether caches on the way are told by tag what to drop, so that they may answer by themselves for long.
    pub purged: bool,
    /// How much cost a client may ask for in a second; no bound where none is given.
    pub rate: Option<u64>,
    /// Whether answers say in `extensions.cost` what the operation was priced at.
    pub tells_cost: bool,
}

impl Policy {
    /// Published content for everybody: GET, any origin, nothing that needs a cookie.
    pub fn public() -> Self {
        Self {
            limits: Limits::public(),
            open: true,
            required_header: None,
            private_header: None,
            introspection: true,
            registered: Some(Limits::registered()),
            accepts: Accepts::Open,
            kept_bytes: 64 << 20,
            purged: false,
            rate: None,
            tells_cost: true,
        }
    }

    /// Staff: POST only, never stored, and not from another site's form.
    pub fn admin() -> Self {
        Self {
            limits: Limits::admin(),
            open: false,
            required_header: Some("x-hillside"),
            private_header: None,
            introspection: true,
            registered: None,
            accepts: Accepts::Open,
            kept_bytes: 0,
            purged: false,
            rate: None,
            tells_cost: false,
        }
    }

    fn methods(&self) -> &'static str {
        if self.open { "GET, HEAD, POST, OPTIONS" } else { "POST" }
    }
}

/// The name of one request in the log. The server puts it into the request's data; where none is, one is made up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestId(pub String);

/// What the caller adds to a request before it is executed: who asks, loaders, a clock.
///
/// Runs once the request is known to be good, so that nonsense costs no session lookup.
pub trait Prepare: Send + Sync + 'static {
    /// How many bytes the body of this request may have, at most `most`; looks at its headers only, so that a stranger
    /// is not read at length.
    fn admit(&self, _http: &Request, most: usize) -> Result<usize, Refusal> {
        Ok(most)
    }

    /// Whose requests are counted together; `None` for whoever is not limited.
    fn client(&self, _http: &Request) -> Option<IpAddr> {
        None
    }

    /// The generation of what queries show: as long as it is the same, so is an answer to the same question, whoever
    /// asks. `None` where that is not so, or not known.
    fn generation(&self, _http: &Request) -> impl Future<Output = Option<u64>> + Send {
        ready(None)
    }

    /// The registered document of that name.
    fn registered(&self, _digest: Digest) -> impl Future<Output = Result<Option<Arc<str>>, Refusal>> + Send {
        ready(Ok(None))
    }

    /// Adds data to `request`, or refuses it; `http` has lost its body. What the answer shows is noted in
    /// `tags`; `generation` is what [`generation`](Self::generation) said.
    fn prepare(
        &self,
        http: &Request,
        request: async_graphql::Request,
        tags: &Tags,
        generation: Option<u64>,
    ) -> impl Future<Output = Result<async_graphql::Request, Refusal>> + Send;
}

/// Adds nothing.
impl Prepare for () {
    async fn prepare(
        &self,
        _: &Request,
        request: async_graphql::Request,
        _: &Tags,
        _: Option<u64>,
    ) -> Result<async_graphql::Request, Refusal> {
        Ok(request)
    }
}

/// A schema behind HTTP.
#[derive(Debug)]
pub struct GraphqlEndpoint<E, P> {
    schema: E,
    documents: Arc<Documents>,
    registered: Option<Documents>,
    taught: Option<Taught>,
    policy: Policy,
    kept: Option<Answers>,
    rate: Option<Rate>,
    /// On which headers of a request an answer depends.
    vary: HeaderValue,
    prepare: P,
}

impl<E: Executor, P: Prepare> GraphqlEndpoint<E, P> {
    /// Serves `schema`, whose exported description is `sdl`. Fails when the description is not a valid schema.
    pub fn new(schema: E, sdl: &str, policy: Policy, prepare: P) -> Result<Self, SchemaError> {
        let documents = Arc::new(Documents::new(sdl, policy.limits.clone(), policy.introspection)?);
        let registered = match &policy.registered {
            Some(limits) => Some(Documents::new(sdl, limits.clone(), policy.introspection)?),
            None => None,
        };
        let taught = (registered.is_some() && policy.accepts == Accepts::Open).then(|| Taught::new(TAUGHT_BYTES));
        let kept = (policy.kept_bytes > 0).then(|| Answers::new(policy.kept_bytes));
        let rate = policy.rate.map(Rate::new);
        let vary = match policy.private_header {
            Some(name) => HeaderValue::try_from(format!("Accept, {name}")).unwrap_or(ANYTHING),
            None => HeaderValue::from_static("Accept"),
        };
        Ok(Self { schema, documents, registered, taught, policy, kept, rate, vary, prepare })
    }

    /// What is executed here, and the documents that were read, for whoever answers the same over another transport.
    pub(super) fn parts(&self) -> (&E, &Arc<Documents>) {
        (&self.schema, &self.documents)
    }

    async fn answer(&self, request: &mut Request, request_id: &RequestId) -> Response {
        let media = Media::negotiate(request.headers());
        let limits = &self.policy.limits;
        match self.try_answer(request, media, request_id).await {
            Ok(Done::Executed(executed)) => {
                answer::executed(media.unwrap_or(Media::Json), *executed, limits, &request_id.0)
            }
            Ok(Done::Kept(kept)) => {
                let reading = *request.method() != Method::POST;
                answer::kept(media.unwrap_or(Media::Json), &kept, request.headers(), reading, self.policy.purged)
            }
            Err(Stop { stage, refusals, allow }) => {
                let mut response =
                    answer::refused(stage, media.unwrap_or(Media::Json), refusals, limits, &request_id.0);
                if let Some(allow) = allow {
                    response.headers_mut().insert(header::ALLOW, HeaderValue::from_static(allow));
                }
                response
            }
        }
    }

    async fn try_answer(&self, http: &mut Request, media: Option<Media>, request_id: &RequestId) -> Result<Done, Stop> {
        let reading = self.check_method(http.method())?;
        let Some(media) = media else {
            let message = "Accept application/graphql-response+json or application/json.";
            return Err(Stop::http(StatusCode::NOT_ACCEPTABLE, Code::BadRequest, message));
        };
        let body = if reading { None } else { Some(self.read_body(http).await?) };
        let query_string = if reading { self.read_url(http)? } else { "" };
        let generation = self.prepare.generation(http).await;
        let keeping = self.kept.as_ref().zip(generation);
        let sent = body.as_deref().map_or(Sent::Address(query_string), Sent::Body);
        // Only a query's answer is kept, so whoever finds one has asked a query, in a document that was answered. The same
        // bytes ask the same.
        if let Some((answers, generation)) = keeping
            && let Some(question) = answers.asked(sent)
            && let Some(kept) = answers.get(&Key { generation, media, question }).await
        {
            return Ok(Done::Kept(kept));
        }
        // What follows takes much more room, and most requests end before it.
        let answered = Box::pin(self.answer_anew(&Came { http, media, request_id, generation, sent })).await;
        if answered.as_ref().is_err_and(Stop::is_nonsense) {
            // Refused now or not, whoever sends nonsense pays for it.
            self.charge(http, rate::NONSENSE)?;
        }
        answered
    }

    async fn answer_anew(&self, came: &Came<'_>) -> Result<Done, Stop> {
        let Came { http, media, request_id, generation, sent } = *came;
        let reading = matches!(sent, Sent::Address(_));
        self.charge(http, rate::ASKING)?;
        let params = match sent {
            Sent::Body(body) => Params::from_json(body),
            Sent::Address(query_string) => Params::from_query_string(query_string),
        };
        let keeping = self.kept.as_ref().zip(generation);
        let params = params.map_err(Stop::malformed)?;
        let digest = self.check_asked(&params.asked).await?;
        let keeping = keeping.and_then(|(answers, generation)| {
            let question = kept::question(&digest, &params)?;
            Some((Key { generation, media, question }, answers))
        });
        if let Some((key, answers)) = &keeping
            && let Some(kept) = answers.get(key).await
        {
            answers.note(sent, key.question);
            return Ok(Done::Kept(kept));
        }

        let (documents, document) = self.find_document(digest, params.asked).await?;
        let operation = document.select(params.operation_name.as_deref()).map_err(|one| Stop::request(vec![one]))?;
        match operation.kind() {
            OperationType::Query => {}
            OperationType::Mutation if reading => {
                let message = "Send mutations with POST.";
                return Err(Stop {
                    allow: Some("POST"),
                    ..Stop::http(StatusCode::METHOD_NOT_ALLOWED, Code::BadRequest, message)
                });
            }
            OperationType::Mutation => {}
            OperationType::Subscription => {
                let refusal =
                    Refusal::new(Code::OperationResolutionFailure, "Subscriptions are not answered over HTTP.");
                return Err(Stop::request(vec![refusal]));
            }
        }
        let tags = Tags::default();
        let run = Run { http, tags: &tags, generation, request_id };
        let Some((key, answers)) = keeping.filter(|_| operation.kind() == OperationType::Query) else {
            return self.execute(&run, documents, &operation, params.variables).await.map(Done::executed);
        };
        let once = async {
            let came = self.execute(&run, documents, &operation, params.variables.clone()).await;
            match came.as_ref().ok().and_then(|executed| Kept::of(executed, &tags)) {
                Some(kept) => Ok(kept),
                None => Err(came),
            }
        };
        match answers.get_or_run(key, &request_id.0, once).await {
            Ok(kept) => {
                answers.note(sent, key.question);
                Ok(Done::Kept(kept))
            }
            Err(Some(came)) => came.map(Done::executed),
            Err(None) => self.execute(&run, documents, &operation, params.variables).await.map(Done::executed),
        }
    }

    /// The hash of what is asked for, once it is allowed to be.
    async fn check_asked(&self, asked: &Asked) -> Result<Digest, Stop> {
        let digest = match asked {
            Asked::Text(text) => Digest::of(text),
            Asked::Registered(digest) | Asked::Taught(digest, None) => return Ok(*digest),
            Asked::Taught(digest, Some(text)) => {
                if Digest::of(text) != *digest {
                    let message = "`extensions.persistedQuery.sha256Hash` is not the SHA-256 of `query`.";
                    return Err(Stop::malformed(Refusal::new(Code::BadRequest, message)));
                }
                *digest
            }
        };
        if self.policy.accepts == Accepts::Only && self.find_registered(digest).await?.is_none() {
            let message =
                "Only registered documents are answered here: register this one with `hillside documents push`.";
            return Err(Stop::malformed(Refusal::new(Code::DocumentNotAllowed, message)));
        }
        Ok(digest)
    }

    /// The document that is asked for, with the limits that hold for it.
    async fn find_document(&self, digest: Digest, asked: Asked) -> Result<(&Documents, Arc<Document>), Stop> {
        let automatic = matches!(asked, Asked::Taught(..));
        let text = match asked {
            Asked::Registered(_) | Asked::Taught(_, None) => None,
            Asked::Text(text) | Asked::Taught(_, Some(text)) => Some(text),
        };
        // Where anything is answered, what comes with its text is not looked up first.
        if (text.is_none() || self.policy.accepts != Accepts::Open)
            && let Some((documents, registered)) = self.registered.as_ref().zip(self.find_registered(digest).await?)
        {
            let document = documents.get(digest, &registered).map_err(Stop::request)?;
            return Ok((documents, document));
        }
        let document = match text {
            Some(text) => {
                let document = self.documents.get(digest, &text).map_err(Stop::request)?;
                if self.policy.accepts == Accepts::Prefer {
                    let operation = document.name().unwrap_or_default();
                    tracing::info!(operation, document = %digest, "a document that is not registered was answered");
                }
                if let Some(taught) = self.taught.as_ref().filter(|_| automatic) {
                    taught.learn(digest, &text);
                }
                document
            }
            None => match self.taught.as_ref().and_then(|taught| taught.get(&digest)) {
                Some(text) => self.documents.get(digest, &text).map_err(Stop::request)?,
                None => return Err(unknown_document(automatic, self.policy.accepts)),
            },
        };
        Ok((&self.documents, document))
    }

    async fn find_registered(&self, digest: Digest) -> Result<Option<Arc<str>>, Stop> {
        match self.registered {
            Some(_) => self.prepare.registered(digest).await.map_err(Stop::preparation),
            None => Ok(None),
        }
    }

    async fn execute(
        &self,
        run: &Run<'_>,
        documents: &Documents,
        operation: &Selected<'_>,
        variables: Variables,
    ) -> Result<async_graphql::Response, Stop> {
        let Run { http, tags, generation, request_id } = *run;
        let bound = documents.bind(operation, variables).map_err(Stop::request)?;
        if let Some(rate) = &self.rate {
            let registered = !std::ptr::eq(documents, &*self.documents);
            self.charge(http, if registered { rate.of_registered() } else { bound.cost })?;
        }

        let request = bound.request.data(request_id.clone());
        let request = self.prepare.prepare(http, request, tags, generation).await.map_err(Stop::preparation)?;
        // async-graphql would answer null, which a schema never is.
        if request.introspection_mode == IntrospectionMode::Disabled && operation.asks_for_the_schema() {
            let refusal = Refusal::new(Code::Unauthenticated, "Sign in to ask for the schema.");
            return Err(Stop::preparation(refusal));
        }
        let Ok(mut executed) = timeout(self.policy.limits.execute, self.schema.execute(request)).await else {
            let refusal = Refusal::new(Code::Timeout, "This took too long and was given up.");
            return Err(Stop { stage: Stage::TimedOut, refusals: vec![refusal], allow: None });
        };
        operation.complete(&mut executed);
        if self.policy.tells_cost {
            executed.extensions.insert("cost".to_owned(), Value::from(bound.cost));
        }
        Ok(executed)
    }

    /// Takes from whoever asks what something costs.
    fn charge(&self, http: &Request, cost: u64) -> Result<(), Stop> {
        match self.rate.as_ref().zip(self.prepare.client(http)) {
            Some((rate, client)) => rate.charge(client, cost, Instant::now()).map_err(Stop::preparation),
            None => Ok(()),
        }
    }

    /// Whether the request only reads (GET, HEAD).
    fn check_method(&self, method: &Method) -> Result<bool, Stop> {
        match *method {
            Method::POST => Ok(false),
            Method::GET | Method::HEAD if self.policy.open => Ok(true),
            _ => {
                let allow = self.policy.methods();
                let message = format!("Use one of these methods: {allow}.");
                Err(Stop {
                    allow: Some(allow),
                    ..Stop::http(StatusCode::METHOD_NOT_ALLOWED, Code::BadRequest, message)
                })
            }
        }
    }

    fn read_url<'a>(&self, http: &'a Request) -> Result<&'a str, Stop> {
        let length = http.uri().path_and_query().map_or(0, |all| all.as_str().len());
        if length > self.policy.limits.url_bytes {
            let message = format!("Keep the URL to {} bytes, or use POST.", self.policy.limits.url_bytes);
            return Err(Stop::http(StatusCode::URI_TOO_LONG, Code::DocumentTooLarge, message));
        }
        Ok(http.uri().query().unwrap_or_default())
    }

    async fn read_body(&self, http: &mut Request) -> Result<Bytes, Stop> {
        if !is_json(http.headers()) {
            let message = "Send a body with the header Content-Type: application/json.";
            return Err(Stop::http(StatusCode::UNSUPPORTED_MEDIA_TYPE, Code::BadRequest, message));
        }
        if let Some(name) = self.policy.required_header
            && http.header(name) != Some("1")
        {
            return Err(Stop::http(StatusCode::FORBIDDEN, Code::Forbidden, format!("Send the header {name}: 1.")));
        }
        let Limits { body_bytes, body: patience, .. } = self.policy.limits;
        let body_bytes = self.prepare.admit(http, body_bytes).map_err(Stop::preparation)?;
        let too_large = || {
            let message = format!("Keep the body to {body_bytes} bytes.");
            Stop::http(StatusCode::PAYLOAD_TOO_LARGE, Code::DocumentTooLarge, message)
        };
        if content_length(http.headers()).is_some_and(|length| length > body_bytes) {
            return Err(too_large());
        }
        read(http, body_bytes, patience).await.map_err(|unread| match unread {
            Unread::TooLarge => too_large(),
            Unread::TooSlow => {
                Stop::http(StatusCode::REQUEST_TIMEOUT, Code::Timeout, "The body did not arrive in time.")
            }
            Unread::Broken => Stop::http(StatusCode::BAD_REQUEST, Code::BadRequest, "The body did not arrive whole."),
        })
    }
}

impl<E: Executor, P: Prepare> Endpoint for GraphqlEndpoint<E, P> {
    type Output = Response;

    async fn call(&self, mut request: Request) -> poem::Result<Response> {
        if self.policy.open && *request.method() == Method::OPTIONS {
            return Ok(preflight(&self.policy));
        }
        let made_up = || RequestId(uuid::Uuid::now_v7().to_string());
        let request_id = request.data::<RequestId>().cloned().unwrap_or_else(made_up);
        let reading = *request.method() != Method::POST;
        let private = self.policy.private_header.is_some_and(|name| request.headers().contains_key(name));
        let mut response = self.answer(&mut request, &request_id).await;

        let headers = response.headers_mut();
        headers.append(header::VARY, self.vary.clone());
        if self.policy.open {
            headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
            headers.insert(
                header::ACCESS_CONTROL_EXPOSE_HEADERS,
                HeaderValue::from_static("etag, cache-tag, retry-after, x-request-id"),
            );
        }
        // Who may keep an open answer to a GET, and for how long, is for the caller to say.
        if private || !(self.policy.open && reading) {
            headers.insert(header::CACHE_CONTROL, NO_STORE);
        }
        Ok(response)
    }
}

/// A request that was read, and is not known.
struct Came<'a> {
    http: &'a Request,
    media: Media,
    request_id: &'a RequestId,
    generation: Option<u64>,
    sent: Sent<'a>,
}

/// What a request is executed with.
struct Run<'a> {
    http: &'a Request,
    tags: &'a Tags,
    generation: Option<u64>,
    request_id: &'a RequestId,
}

/// What came of a request that was executed, now or before.
enum Done {
    Executed(Box<async_graphql::Response>),
    Kept(Kept),
}

impl Done {
    fn executed(response: async_graphql::Response) -> Self {
        Self::Executed(Box::new(response))
    }
}

/// Why a request is not executed.
struct Stop {
    stage: Stage,
    refusals: Vec<Refusal>,
    allow: Option<&'static str>,
}

impl Stop {
    fn http(status: StatusCode, code: Code, message: impl Into<String>) -> Self {
        Self { stage: Stage::Http(status), refusals: vec![Refusal::new(code, message)], allow: None }
    }

    fn preparation(refusal: Refusal) -> Self {
        Self { stage: Stage::Preparation(refusal.code), refusals: vec![refusal], allow: None }
    }

    fn malformed(refusal: Refusal) -> Self {
        Self { stage: Stage::Malformed, refusals: vec![refusal], allow: None }
    }

    fn request(refusals: Vec<Refusal>) -> Self {
        Self { stage: Stage::Request, refusals, allow: None }
    }

    /// Whether what came was read and can never be answered.
    fn is_nonsense(&self) -> bool {
        match self.stage {
            Stage::Http(_) | Stage::Malformed | Stage::Request => true,
            Stage::Preparation(_) | Stage::TimedOut | Stage::Executed => false,
        }
    }
}

/// Apollo's clients send the text when they read this, and expect 200.
fn unknown_document(automatic: bool, accepts: Accepts) -> Stop {
    if automatic {
        let refusal = Refusal::new(Code::PersistedQueryNotFound, "PersistedQueryNotFound");
        return Stop { stage: Stage::Http(StatusCode::OK), refusals: vec![refusal], allow: None };
    }
    let message = match accepts {
        Accepts::Only => "There is no such document: register it with `hillside documents push`.",
        Accepts::Open | Accepts::Prefer => {
            "There is no such document: register it with `hillside documents push`, or send its text as `query`."
        }
    };
    Stop::malformed(Refusal::new(Code::PersistedQueryNotFound, message))
}

enum Unread {
    TooLarge,
    TooSlow,
    Broken,
}

async fn read(http: &mut Request, most: usize, patience: Duration) -> Result<Bytes, Unread> {
    let mut pieces = http.take_body().into_bytes_stream();
    let whole = async {
        // Most bodies come in one piece, which is not copied.
        let mut whole = pieces.next().await.transpose().map_err(|_| Unread::Broken)?.unwrap_or_default();
        while let Some(piece) = pieces.next().await.transpose().map_err(|_| Unread::Broken)? {
            if whole.len() + piece.len() > most {
                return Err(Unread::TooLarge);
            }
            let mut longer = BytesMut::from(whole);
            longer.extend_from_slice(&piece);
            whole = longer.freeze();
        }
        if whole.len() > most { Err(Unread::TooLarge) } else { Ok(whole) }
    };
    timeout(patience, whole).await.unwrap_or(Err(Unread::TooSlow))
}

fn content_length(headers: &HeaderMap) -> Option<usize> {
    headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// What a browser asks before it sends JSON from another origin. No credentials: nothing open needs a cookie.
fn preflight(policy: &Policy) -> Response {
    let methods = policy.methods();
    let own = policy.private_header.map(|name| format!(", {name}")).unwrap_or_default();
    Response::builder()
        .status(StatusCode::NO_CONTENT)
        .header(header::ALLOW, methods)
        .header(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*")
        .header(header::ACCESS_CONTROL_ALLOW_METHODS, methods)
        .header(header::ACCESS_CONTROL_ALLOW_HEADERS, format!("accept, content-type, x-cache-tags, x-request-id{own}"))
        .header(header::ACCESS_CONTROL_MAX_AGE, "86400")
        .finish()
}
