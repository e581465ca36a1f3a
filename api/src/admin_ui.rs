//! The admin's files, embedded in the binary and served below `/admin`.
//!
//! A path without a file is the single-page application's own and answers `index.html`; one whose last part has a dot
//! is a missing file and answers 404, so that a stale tab never takes HTML for a script.

use data_encoding::{BASE64, HEXLOWER};
use poem::{
    Endpoint, Request, Response,
    http::{HeaderMap, Method, StatusCode, header},
};
use rand::Rng;
use rust_embed::{EmbeddedFile, RustEmbed};

use crate::answer::{accepts, method_not_allowed, plain};

#[derive(RustEmbed)]
#[folder = "../admin-ui/dist"]
#[allow_missing = true]
struct Files;

/// Replaced in our pages for each answer, so that styles made at run time pass the policy.
const NONCE: &str = "__CSP_NONCE__";

/// The admin at `/admin`.
pub struct AdminUi;

/// Whether the binary carries the admin.
pub fn is_embedded() -> bool {
    Files::get("index.html").is_some()
}

impl Endpoint for AdminUi {
    type Output = Response;

    async fn call(&self, request: Request) -> poem::Result<Response> {
        if !matches!(*request.method(), Method::GET | Method::HEAD) {
            return Ok(method_not_allowed("GET, HEAD"));
        }
        let path = request.uri().path().trim_start_matches("/admin").trim_start_matches('/');
        let last = path.rsplit('/').next().unwrap_or_default();
        if path.is_empty() || !last.contains('.') || path == "index.html" {
            return Ok(index());
        }
        Ok(file(path, request.headers()))
    }
}

/// GraphiQL over the public schema at `/graphiql`; its scripts and styles are among the admin's.
pub struct Graphiql;

impl Endpoint for Graphiql {
    type Output = Response;

    async fn call(&self, request: Request) -> poem::Result<Response> {
        Ok(match *request.method() {
            Method::GET | Method::HEAD => document("graphiql.html", "img-src 'self' data:; form-action 'none'"),
            _ => method_not_allowed("GET, HEAD"),
        })
    }
}

fn index() -> Response {
    document(
        "index.html",
        "img-src 'self' data: blob:; font-src 'self'; frame-src 'self'; manifest-src 'self'; form-action 'self'; \
         object-src 'none'",
    )
}

/// A page of ours under a policy of its own: what is `allowed` beside its scripts, its styles and our API.
fn document(name: &str, allowed: &str) -> Response {
    let Some(page) = Files::get(name) else {
        return plain(StatusCode::SERVICE_UNAVAILABLE, "This binary was built without the admin. Run `make build`.");
    };
    let mut bytes = [0; 16];
    rand::rng().fill_bytes(&mut bytes);
    let nonce = BASE64.encode(&bytes);
    let policy = format!(
        "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; connect-src 'self'; base-uri 'none'; \
         frame-ancestors 'none'; {allowed}"
    );
    Response::builder()
        .content_type("text/html; charset=utf-8")
        .header(header::CACHE_CONTROL, "no-store")
        .header(header::CONTENT_SECURITY_POLICY, policy)
        .body(String::from_utf8_lossy(&page.data).replace(NONCE, &nonce))
}

fn file(path: &str, headers: &HeaderMap) -> Response {
    // Compressed forms are no files of their own, and a page of ours is served under its policy only.
    let hidden = [".br", ".gz", ".html"].iter().any(|ending| path.ends_with(ending));
    let Some((file, encoding)) = (!hidden).then(|| best(path, headers)).flatten() else {
        return plain(StatusCode::NOT_FOUND, "Not found");
    };
    let tag = format!("\"{}{}\"", HEXLOWER.encode(&file.metadata.sha256_hash()), encoding.unwrap_or_default());
    let cache = if path.starts_with("assets/") { "public, max-age=31536000, immutable" } else { "no-cache" };
    let mut response = Response::builder()
        .header(header::CACHE_CONTROL, cache)
        .header(header::ETAG, &tag)
        .header(header::VARY, "accept-encoding");
    if headers.get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == tag.as_bytes()) {
        return response.status(StatusCode::NOT_MODIFIED).finish();
    }
    if let Some(encoding) = encoding {
        response = response.header(header::CONTENT_ENCODING, encoding);
    }
    let kind = Files::get(path)
        .map_or_else(|| "application/octet-stream".to_owned(), |file| file.metadata.mimetype().to_owned());
    response.content_type(kind).body(file.data.into_owned())
}

/// The file in the best encoding the client accepts.
fn best(path: &str, headers: &HeaderMap) -> Option<(EmbeddedFile, Option<&'static str>)> {
    let plain = Files::get(path)?;
    let accepted = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    for (encoding, ending) in [("br", "br"), ("gzip", "gz")] {
        if accepts(accepted, encoding)
            && let Some(file) = Files::get(&format!("{path}.{ending}"))
        {
            return Some((file, Some(encoding)));
        }
    }
    Some((plain, None))
}
