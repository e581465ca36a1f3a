//! From what came of a request to HTTP: status, headers, and which errors may be read outside.

use std::error::Error as _;

use async_graphql::{ErrorExtensionValues, Response as Executed, ServerError, Value};
use poem::Response;
use poem::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use serde::Serialize;

use super::error::{Code, Refusal};
use super::kept::Kept;
use super::limits::Limits;
use super::request::Media;
use crate::{
    answer::{PURGED, SHARED},
    error::Error,
};

/// How far a request came, which decides its status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    /// Refused by HTTP's own rules, with a status of HTTP's own.
    Http(StatusCode),
    /// Not a GraphQL request: no JSON, or of the wrong shape.
    Malformed,
    /// A GraphQL request that cannot be executed: its document, operation or variables are wrong.
    Request,
    /// Refused by the caller's own rules before execution: session, permission, rate.
    Preparation(Code),
    /// Given up while executing.
    TimedOut,
    /// Executed, with or without errors.
    Executed,
}

impl Stage {
    /// The one table of statuses.
    ///
    /// `application/json` is older than these statuses: there, whoever could be understood gets 200 and reads `errors`.
    pub fn status(self, media: Media) -> StatusCode {
        match (self, media) {
            (Self::Http(status), _) => status,
            (Self::Malformed, _) => StatusCode::BAD_REQUEST,
            (Self::Request, Media::GraphqlResponse) => StatusCode::BAD_REQUEST,
            (Self::Request, Media::Json) => StatusCode::OK,
            (Self::Preparation(Code::Unauthenticated), _) => StatusCode::UNAUTHORIZED,
            (Self::Preparation(Code::Forbidden), _) => StatusCode::FORBIDDEN,
            (Self::Preparation(Code::RateLimited), _) => StatusCode::TOO_MANY_REQUESTS,
            (Self::Preparation(Code::Internal), _) => StatusCode::INTERNAL_SERVER_ERROR,
            (Self::Preparation(_), Media::GraphqlResponse) => StatusCode::BAD_REQUEST,
            (Self::Preparation(_), Media::Json) => StatusCode::OK,
            (Self::TimedOut, Media::GraphqlResponse) => StatusCode::SERVICE_UNAVAILABLE,
            (Self::TimedOut, Media::Json) => StatusCode::OK,
            (Self::Executed, _) => StatusCode::OK,
        }
    }
}

/// For whatever is not the same for everybody who asks: errors, answers to staff, answers to POST.
pub(super) const NO_STORE: HeaderValue = HeaderValue::from_static("no-store");

#[derive(Serialize)]
struct Refused<'a> {
    errors: &'a [ServerError],
}

/// An answer to a request that was not executed: errors, and no `data`.
pub(super) fn refused(
    stage: Stage,
    media: Media,
    refusals: Vec<Refusal>,
    limits: &Limits,
    request_id: &str,
) -> Response {
    let retry_after = refusals.iter().find_map(|refusal| refusal.retry_after);
    let mut errors: Vec<ServerError> =
        refusals.into_iter().map(|refusal| refusal.into_server_error(Vec::new())).collect();
    mask(&mut errors, limits, request_id);
    let mut response = json(stage, media, &Refused { errors: &errors });
    response.headers_mut().insert(header::CACHE_CONTROL, NO_STORE);
    if let Some(seconds) = retry_after {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

/// An answer to a request that was executed, with the headers and cookies its resolvers set.
pub(super) fn executed(media: Media, mut executed: Executed, limits: &Limits, request_id: &str) -> Response {
    mask(&mut executed.errors, limits, request_id);
    // Failing before any field ran, async-graphql refused the request as a whole; only a field's error has a path.
    let ran = executed.data != Value::Null || executed.errors.iter().any(|error| !error.path.is_empty());
    let mut response = if ran || executed.errors.is_empty() {
        json(Stage::Executed, media, &executed)
    } else {
        json(Stage::Request, media, &Refused { errors: &executed.errors })
    };
    for (name, value) in &executed.http_headers {
        if *name == header::SET_COOKIE {
            response.headers_mut().append(name, value.clone());
        } else {
            response.headers_mut().insert(name, value.clone());
        }
    }
    if !executed.errors.is_empty() {
        response.headers_mut().insert(header::CACHE_CONTROL, NO_STORE);
    }
    response
}

/// An answer that is kept, to a request with these headers. Whoever reads it (GET) may know it already, is told how long it
/// holds, and what it shows; whoever sends a body is told the last when they ask. `purged` says that caches are told what to drop.
pub(super) fn kept(media: Media, kept: &Kept, asked: &HeaderMap, reading: bool, purged: bool) -> Response {
    let encoded = kept.for_client(asked);
    let known = reading && kept.is_known_to(asked);
    let mut response =
        if known { Response::from(StatusCode::NOT_MODIFIED) } else { Response::from(encoded.body.clone()) };
    let headers = response.headers_mut();
    // With those that everything gets: once, rather than each time they have grown.
    headers.reserve(HEADERS);
    if known || encoded.encoding.is_some() {
        headers.append(header::VARY, HeaderValue::from_static("accept-encoding"));
    }
    if !known {
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media.content_type()));
        if let Some(encoding) = encoded.encoding {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
        }
    }
    let [spaced, listed] = kept.tags();
    if reading {
        headers.insert(header::ETAG, encoded.etag.clone());
        let own = asked.contains_key(header::COOKIE) || asked.contains_key(header::AUTHORIZATION);
        // What has no tag cannot be dropped by one.
        let shared = if purged && !spaced.is_empty() { PURGED } else { SHARED };
        headers.insert(header::CACHE_CONTROL, if own { NO_STORE } else { shared });
    }
    // What shows nothing of ours is dropped by nothing.
    if spaced.is_empty() {
        return response;
    }
    if reading {
        headers.insert(SURROGATE_KEY, spaced.clone());
    }
    if reading || asked.contains_key(WANTS_TAGS) {
        headers.insert(CACHE_TAG, listed.clone());
    }
    response
}

/// Headers of an answer.
const HEADERS: usize = 24;

/// What an answer shows, for caches that drop by it: Fastly's name, Cloudflare's, and how a front end asks for it.
const SURROGATE_KEY: HeaderName = HeaderName::from_static("surrogate-key");
const CACHE_TAG: HeaderName = HeaderName::from_static("cache-tag");
const WANTS_TAGS: HeaderName = HeaderName::from_static("x-cache-tags");

fn json(stage: Stage, media: Media, body: &impl Serialize) -> Response {
    match serde_json::to_vec(body) {
        Ok(body) => Response::builder().status(stage.status(media)).content_type(media.content_type()).body(body),
        Err(cause) => {
            tracing::error!(%cause, "an answer could not be written as JSON");
            StatusCode::INTERNAL_SERVER_ERROR.into()
        }
    }
}

/// Leaves of each error what may be read outside, and logs faults of ours, each once.
pub(super) fn mask(errors: &mut Vec<ServerError>, limits: &Limits, request_id: &str) {
    for error in errors.iter_mut() {
        let code = code(error);
        let extensions = error.extensions.get_or_insert_with(ErrorExtensionValues::default);
        extensions.set("code", code.as_str());
        if code == Code::Internal {
            log(error, request_id);
            error.message = "Internal error".to_owned();
            let mut extensions = ErrorExtensionValues::default();
            extensions.set("code", code.as_str());
            extensions.set("requestId", request_id);
            error.extensions = Some(extensions);
        } else if let Some((end, _)) = error.message.char_indices().nth(limits.error_chars) {
            error.message.truncate(end);
        }
    }
    errors.truncate(limits.errors);
}

/// The code an error carries, or that of the refusal or verb's error it comes from. Any other is a fault of ours.
fn code(error: &mut ServerError) -> Code {
    if let Some(Value::String(code)) = error.extensions.as_ref().and_then(|extensions| extensions.get("code")) {
        return Code::of(code).unwrap_or(Code::Internal);
    }
    if let Some(refusal) = error.source::<Refusal>().cloned() {
        if let Some(seconds) = refusal.retry_after {
            error.extensions.get_or_insert_with(ErrorExtensionValues::default).set("retryAfter", seconds);
        }
        return refusal.code;
    }
    if let Some(verb) = error.source::<Error>() {
        return Code::from(verb);
    }
    if error.source.is_none() && is_about_input(&error.message) { Code::BadUserInput } else { Code::Internal }
}

/// async-graphql tells a value it cannot read (a scalar's text, a validator) by its sentence alone.
fn is_about_input(message: &str) -> bool {
    message.starts_with("Failed to parse \"")
        || message.starts_with("Expected input type \"")
        || message.starts_with("Invalid value for argument")
}

fn log(error: &ServerError, request_id: &str) {
    let mut causes = Vec::new();
    let mut cause = error.source::<Error>().and_then(|verb| verb.source());
    while let Some(inner) = cause {
        causes.push(inner.to_string());
        cause = inner.source();
    }
    let path = serde_json::to_string(&error.path).unwrap_or_default();
    tracing::error!(request_id, path, message = error.message, cause = causes.join(": "), "a field failed");
}
