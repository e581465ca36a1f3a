//! What every answer gets, whatever it is: a name in the log, safe headers, compression, and an end to a panic.

use std::time::Instant;

use poem::{
    Endpoint, IntoResponse, Middleware, Request, Response,
    http::{HeaderName, HeaderValue, StatusCode, header},
    web::{Compress, CompressionAlgo, CompressionLevel},
};

use crate::{answer::accepts, gql::RequestId};

/// Answers smaller than this are not worth compressing.
const LEAST_COMPRESSED_BYTES: usize = 1_024;

/// For pages that draw nothing but themselves: no script, no frame, no stranger's picture.
const SITE_POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; form-action 'self'; \
                           base-uri 'none'; frame-ancestors 'none'";

/// For what is no page: it loads nothing, and nobody frames it (OWASP REST Security Cheat Sheet).
const DATA_POLICY: &str = "default-src 'none'; frame-ancestors 'none'";

// Read once, not for each answer.
const OPENER_POLICY: HeaderName = HeaderName::from_static("cross-origin-opener-policy");
const PERMISSIONS_POLICY: HeaderName = HeaderName::from_static("permissions-policy");
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The outermost layer.
pub struct Edge {
    /// Whether the site is reached over HTTPS, so that browsers may insist on it.
    pub https: bool,
}

impl<E: Endpoint> Middleware<E> for Edge {
    type Output = EdgeEndpoint<E>;

    fn transform(&self, inner: E) -> EdgeEndpoint<E> {
        EdgeEndpoint { inner, https: self.https }
    }
}

/// See [`Edge`].
pub struct EdgeEndpoint<E> {
    inner: E,
    https: bool,
}

impl<E: Endpoint> Endpoint for EdgeEndpoint<E> {
    type Output = Response;

    async fn call(&self, mut request: Request) -> poem::Result<Response> {
        let began = Instant::now();
        let id = RequestId(uuid::Uuid::now_v7().to_string());
        request.extensions_mut().insert(id.clone());
        let method = request.method().clone();
        let path = request.uri().path().to_owned();
        let encoding = encoding(&request);

        let mut response = match self.inner.call(request).await {
            Ok(response) => response.into_response(),
            Err(error) => error.into_response(),
        };
        self.add_headers(&mut response, &id);
        let status = response.status().as_u16();
        let elapsed_ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
        // The query string may hold what somebody asked for, and the address who asked: neither is logged.
        if matches!(path.as_str(), "/healthz" | "/readyz") {
            tracing::debug!(request_id = id.0, %method, path, status, elapsed_ms, "answered");
        } else {
            tracing::info!(request_id = id.0, %method, path, status, elapsed_ms, "answered");
        }
        Ok(compressed(response, encoding).await)
    }
}

impl<E> EdgeEndpoint<E> {
    /// The headers of OWASP's HTTP Headers Cheat Sheet, where the answer has not said otherwise.
    fn add_headers(&self, response: &mut Response, id: &RequestId) {
        // These say what a document may do, and JSON does nothing.
        let is_document = response.content_type().is_none_or(|kind| kind.starts_with("text/html"));
        let headers = response.headers_mut();
        let mut default = |name: HeaderName, value: &'static str| {
            headers.entry(name).or_insert(HeaderValue::from_static(value));
        };
        default(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
        default(header::REFERRER_POLICY, "no-referrer");
        default(header::X_FRAME_OPTIONS, "DENY");
        default(header::CONTENT_SECURITY_POLICY, if is_document { SITE_POLICY } else { DATA_POLICY });
        if is_document {
            default(OPENER_POLICY, "same-origin");
            default(PERMISSIONS_POLICY, "camera=(), microphone=(), geolocation=()");
        }
        if self.https {
            default(header::STRICT_TRANSPORT_SECURITY, "max-age=31536000; includeSubDomains");
        }
        if let Ok(id) = HeaderValue::from_str(&id.0) {
            headers.insert(REQUEST_ID, id);
        }
    }
}

/// The encoding the client likes best among those that are quick to make.
fn encoding(request: &Request) -> Option<CompressionAlgo> {
    let accepted = request.header(header::ACCEPT_ENCODING).unwrap_or_default();
    accepts(accepted, "gzip").then_some(CompressionAlgo::GZIP)
}

async fn compressed(mut response: Response, encoding: Option<CompressionAlgo>) -> Response {
    if response.headers().contains_key(header::CONTENT_ENCODING) || response.status() == StatusCode::NOT_MODIFIED {
        return response;
    }
    let is_text = response.content_type().is_some_and(|kind| {
        kind.starts_with("text/") || kind.contains("json") || kind.contains("xml") || kind.contains("javascript")
    });
    if !is_text {
        return response;
    }
    response.headers_mut().append(header::VARY, HeaderValue::from_static("accept-encoding"));
    let Some(encoding) = encoding else { return response };
    // Every text we answer is in memory already.
    let Ok(body) = response.take_body().into_bytes().await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into();
    };
    let large = body.len() >= LEAST_COMPRESSED_BYTES;
    response.set_body(body);
    if !large {
        return response;
    }
    name_encoding(&mut response);
    Compress::new(response, encoding).with_quality(CompressionLevel::Fastest).into_response()
}

/// A strong tag names bytes, so those of the encoding get a tag of their own (RFC 9110, section 8.8.3.3).
fn name_encoding(response: &mut Response) {
    let tag = response.headers().get(header::ETAG).and_then(|tag| tag.to_str().ok());
    let named = tag.and_then(|tag| tag.strip_suffix('"')).and_then(|tag| format!("{tag}-gzip\"").parse().ok());
    if let Some(named) = named {
        response.headers_mut().insert(header::ETAG, named);
    }
}

/// What a visitor gets when we fail: nothing internal, and whom to call.
pub fn panicked(cause: Box<dyn std::any::Any + Send>) -> Response {
    let message = cause.downcast_ref::<&str>().map(ToString::to_string);
    let message = message.or_else(|| cause.downcast_ref::<String>().cloned()).unwrap_or_default();
    tracing::error!(message, "a request panicked");
    Response::builder()
        .status(StatusCode::INTERNAL_SERVER_ERROR)
        .content_type("text/plain; charset=utf-8")
        .header(header::CACHE_CONTROL, "no-store")
        .body("Something went wrong. In danger, call 911. In a crisis, call or text 988.")
}
