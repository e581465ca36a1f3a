//! Plain answers that more than one endpoint gives.

use poem::{
    Response,
    http::{HeaderValue, StatusCode, header},
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
