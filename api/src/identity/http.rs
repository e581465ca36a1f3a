//! What an HTTP request says about who sends it.

use poem::{Request, http::header};

use crate::error::{Error, Result};

/// The access token of a request. A header that is no token at all is refused rather than taken for nobody.
pub fn bearer(request: &Request) -> Result<Option<&str>> {
    let Some(value) = request.headers().get(header::AUTHORIZATION) else { return Ok(None) };
    let token = value
        .to_str()
        .ok()
        .and_then(|value| value.split_once(' '))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
    match token {
        Some((_, token)) => Ok(Some(token.trim())),
        None => Err(Error::Unauthenticated),
    }
}
