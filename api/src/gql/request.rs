//! From HTTP to what a GraphQL request says: media types, the JSON body and the query string.

use async_graphql::{Value, Variables};
use poem::http::{HeaderMap, header};
use serde::Deserialize;
use serde::de::IgnoredAny;

use super::error::{Code, Refusal};

/// How an answer is labelled, which decides the status of a request that failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Media {
    /// `application/json`: what a client gets that asks for nothing else.
    Json,
    /// `application/graphql-response+json`: the status tells whether the request was good.
    GraphqlResponse,
}

impl Media {
    pub const fn content_type(self) -> &'static str {
        match self {
            Self::Json => "application/json; charset=utf-8",
            Self::GraphqlResponse => "application/graphql-response+json; charset=utf-8",
        }
    }

    /// The one the client likes best, the newer one if it likes both; nothing when it takes neither.
    pub fn negotiate(headers: &HeaderMap) -> Option<Self> {
        let mut values = headers.get_all(header::ACCEPT).iter().peekable();
        if values.peek().is_none() {
            return Some(Self::Json);
        }
        let accepted = values.filter_map(|value| value.to_str().ok()).collect::<Vec<_>>().join(",");
        let (_, json) = quality(&accepted, "application/json");
        let (named, graphql) = quality(&accepted, "application/graphql-response+json");
        // A wildcard alone means somebody who may never have heard of the newer one.
        if graphql > json || (graphql == json && graphql > 0 && named) {
            Some(Self::GraphqlResponse)
        } else {
            (json > 0).then_some(Self::Json)
        }
    }
}

/// Whether `media` is accepted by its name rather than by a wildcard, and how much (0 to 1000).
fn quality(accepted: &str, media: &str) -> (bool, u16) {
    let mut best: Option<(u8, u16)> = None;
    for range in accepted.split(',') {
        let mut parts = range.split(';').map(str::trim);
        let name = parts.next().unwrap_or_default();
        let specific = match name {
            "*/*" => 0,
            "application/*" => 1,
            name if name.eq_ignore_ascii_case(media) => 2,
            _ => continue,
        };
        let mut liked = 1000;
        let mut readable = true;
        for (key, value) in parts.filter_map(|part| part.split_once('=')) {
            if key.eq_ignore_ascii_case("q") {
                liked = thousandths(value);
            } else if key.eq_ignore_ascii_case("charset") {
                readable = is_utf8(value);
            }
        }
        if readable && best.is_none_or(|(than, _)| specific > than) {
            best = Some((specific, liked));
        }
    }
    best.map_or((false, 0), |(specific, liked)| (specific == 2, liked))
}

fn thousandths(quality: &str) -> u16 {
    let quality: f32 = quality.trim().parse().unwrap_or(1.0);
    (quality.clamp(0.0, 1.0) * 1000.0) as u16
}

fn is_utf8(charset: &str) -> bool {
    let charset = charset.trim().trim_matches('"');
    charset.eq_ignore_ascii_case("utf-8") || charset.eq_ignore_ascii_case("utf8")
}

/// Whether the body is JSON in UTF-8, uncompressed, as the headers say.
pub(super) fn is_json(headers: &HeaderMap) -> bool {
    let plain = headers
        .get(header::CONTENT_ENCODING)
        .is_none_or(|encoding| encoding.as_bytes().eq_ignore_ascii_case(b"identity"));
    let Some(content_type) = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()) else {
        return false;
    };
    let mut parts = content_type.split(';').map(str::trim);
    let json = parts.next().is_some_and(|name| name.eq_ignore_ascii_case("application/json"));
    plain
        && json
        && parts
            .filter_map(|part| part.split_once('='))
            .all(|(key, value)| !key.eq_ignore_ascii_case("charset") || is_utf8(value))
}

/// What a GraphQL request says, whichever way it came.
#[derive(Debug, Default)]
pub(super) struct Params {
    pub query: String,
    pub operation_name: Option<String>,
    pub variables: Variables,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Body {
    #[serde(default)]
    query: Value,
    #[serde(default)]
    operation_name: Value,
    #[serde(default)]
    variables: Value,
    #[serde(default)]
    extensions: Value,
}

impl Params {
    /// Reads a JSON body. Unknown keys are ignored; absent, null and empty are the same.
    pub fn from_json(body: &[u8]) -> Result<Self, Refusal> {
        let first = body.iter().find(|byte| !byte.is_ascii_whitespace());
        match first {
            Some(b'{') => {}
            Some(b'[') if serde_json::from_slice::<IgnoredAny>(body).is_ok() => {
                return Err(malformed("Send one request at a time: batches are not answered."));
            }
            _ => return Err(malformed("The body is not a JSON object.")),
        }
        let body: Body = serde_json::from_slice(body).map_err(|error| {
            malformed(format!("The body is not JSON as expected, at line {}, column {}.", error.line(), error.column()))
        })?;
        Self::new(body.query, body.operation_name, body.variables, body.extensions)
    }

    /// Reads the query string of a GET request: the same, with objects as JSON text.
    pub fn from_query_string(query_string: &str) -> Result<Self, Refusal> {
        let (mut query, mut operation_name) = (Value::Null, Value::Null);
        let (mut variables, mut extensions) = (Value::Null, Value::Null);
        for (key, value) in url::form_urlencoded::parse(query_string.as_bytes()) {
            let (slot, is_json) = match key.as_ref() {
                "query" => (&mut query, false),
                "operationName" => (&mut operation_name, false),
                "variables" => (&mut variables, true),
                "extensions" => (&mut extensions, true),
                _ => continue,
            };
            if *slot != Value::Null {
                return Err(malformed(format!("The parameter `{key}` is given twice.")));
            }
            *slot = match value.as_ref() {
                "" => Value::Null,
                text if is_json => {
                    serde_json::from_str(text).map_err(|_| malformed(format!("The parameter `{key}` is not JSON.")))?
                }
                text => Value::String(text.to_owned()),
            };
        }
        Self::new(query, operation_name, variables, extensions)
    }

    fn new(query: Value, operation_name: Value, variables: Value, extensions: Value) -> Result<Self, Refusal> {
        let query = match query {
            Value::String(query) if !query.is_empty() => query,
            Value::Null | Value::String(_) => return Err(malformed("The parameter `query` is missing.")),
            _ => return Err(malformed("The parameter `query` is not a string.")),
        };
        let operation_name = match operation_name {
            Value::Null => None,
            Value::String(name) => Some(name).filter(|name| !name.is_empty()),
            _ => return Err(malformed("The parameter `operationName` is not a string.")),
        };
        if !matches!(variables, Value::Null | Value::Object(_)) {
            return Err(malformed("The parameter `variables` is not an object."));
        }
        if !matches!(extensions, Value::Null | Value::Object(_)) {
            return Err(malformed("The parameter `extensions` is not an object."));
        }
        Ok(Self { query, operation_name, variables: Variables::from_value(variables) })
    }
}

fn malformed(message: impl Into<String>) -> Refusal {
    Refusal::new(Code::BadRequest, message)
}
