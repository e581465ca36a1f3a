//! Plain answers that more than one endpoint gives.

use poem::{
    Response,
    http::{HeaderMap, HeaderValue, StatusCode, header},
};

/// 405: `allow` lists the methods that are answered.
pub fn method_not_allowed(allow: &'static str) -> Response {
    let allow = HeaderValue::from_static(allow);
    Response::builder().status(StatusCode::METHOD_NOT_ALLOWED).header(header::ALLOW, allow).finish()
}

/// A sentence that nobody stores.
pub fn plain(status: StatusCode, text: &'static str) -> Response {
    Response::builder()
        .status(status)
        .content_type("text/plain; charset=utf-8")
        .header(header::CACHE_CONTROL, "no-store")
        .body(text)
}

/// Whether an `Accept-Encoding` takes `encoding`.
pub fn accepts(accepted: &str, encoding: &str) -> bool {
    accepted.split(',').any(|item| {
        let mut parts = item.split(';').map(str::trim);
        let refused = |weight: &str| weight.strip_prefix("q=").and_then(|q| q.parse::<f32>().ok()) == Some(0.0);
        parts.next() == Some(encoding) && !parts.any(refused)
    })
}

/// Whether whoever sends these headers has what is called `etag` already (RFC 9110, section 13.1.2). An encoding of it is
/// named by a suffix.
pub fn is_known(headers: &HeaderMap, etag: &HeaderValue) -> bool {
    let Ok(own) = etag.to_str() else { return false };
    let own = own.trim_matches('"');
    headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok()).any(|tags| {
        tags.split(',').map(str::trim).any(|tag| {
            let tag = tag.trim_start_matches("W/").trim_matches('"');
            tag == "*" || tag.split('-').next() == Some(own)
        })
    })
}

/// For an answer that is the same for everybody until something is published: browsers ask again, what stands between
/// may answer for a minute by itself, and for a day while we do not.
pub const SHARED: HeaderValue = HeaderValue::from_static("public, max-age=0, s-maxage=60, stale-if-error=86400");

/// [`SHARED`], where what stands between is told by tag what to drop: it may answer for a day by itself, and for a week while it
/// asks anew or we do not answer.
pub const PURGED: HeaderValue =
    HeaderValue::from_static("public, max-age=0, s-maxage=86400, stale-while-revalidate=604800, stale-if-error=604800");
