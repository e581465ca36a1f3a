//! From HTTP to what a GraphQL request says: media types, the JSON body and the query string.

use async_graphql::{Value, Variables};
use poem::http::{HeaderMap, header};
use serde::Deserialize;
use serde::de::IgnoredAny;

use super::error::{Code, Refusal};
use super::registered::Digest;

/// How an answer is labelled, which decides the status of a request that failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
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

/// Which document is to be run.
#[derive(Debug)]
pub(super) enum Asked {
    /// This text.
    Text(String),
    /// The registered one of that name.
    Registered(Digest),
    /// The one of that hash; with its text, if the server does not know it yet (Apollo's automatic persisted queries).
    Taught(Digest, Option<String>),
}

/// What a GraphQL request says, whichever way it came.
#[derive(Debug)]
pub(super) struct Params {
    pub asked: Asked,
    pub operation_name: Option<String>,
    pub variables: Variables,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Body {
    #[serde(default)]
    query: Value,
    #[serde(default)]
    document_id: Value,
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
        Self::new(body.query, body.document_id, body.operation_name, body.variables, body.extensions)
    }

    /// Reads the query string of a GET request: the same, with objects as JSON text.
    pub fn from_query_string(query_string: &str) -> Result<Self, Refusal> {
        let (mut query, mut document_id, mut operation_name) = (Value::Null, Value::Null, Value::Null);
        let (mut variables, mut extensions) = (Value::Null, Value::Null);
        for (key, value) in url::form_urlencoded::parse(query_string.as_bytes()) {
            let (slot, is_json) = match key.as_ref() {
                "query" => (&mut query, false),
                "documentId" => (&mut document_id, false),
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
        Self::new(query, document_id, operation_name, variables, extensions)
    }

    fn new(
        query: Value,
        document_id: Value,
        operation_name: Value,
        variables: Value,
        extensions: Value,
    ) -> Result<Self, Refusal> {
        let query = text("query", query)?;
        let document_id = text("documentId", document_id)?;
        let operation_name = text("operationName", operation_name)?;
        if !matches!(variables, Value::Null | Value::Object(_)) {
            return Err(malformed("The parameter `variables` is not an object."));
        }
        if !matches!(extensions, Value::Null | Value::Object(_)) {
            return Err(malformed("The parameter `extensions` is not an object."));
        }
        let asked = match (query, document_id, taught(&extensions)?) {
            (Some(_), Some(_), _) => {
                return Err(malformed("Send either `query` or `documentId`, not both."));
            }
            (None, Some(id), _) => Asked::Registered(digest("documentId", &id)?),
            (query, None, Some(digest)) => Asked::Taught(digest, query),
            (Some(query), None, None) => Asked::Text(query),
            (None, None, None) => {
                return Err(malformed("The parameter `query` is missing, and so is `documentId`."));
            }
        };
        Ok(Self { asked, operation_name, variables: Variables::from_value(variables) })
    }
}

/// A text; none when it is absent, null or empty.
fn text(name: &str, value: Value) -> Result<Option<String>, Refusal> {
    match value {
        Value::Null => Ok(None),
        Value::String(text) => Ok(Some(text).filter(|text| !text.is_empty())),
        _ => Err(malformed(format!("The parameter `{name}` is not a string."))),
    }
}

fn digest(name: &str, text: &str) -> Result<Digest, Refusal> {
    let expected = "is not the SHA-256 of a document: `sha256:` and 64 hexadecimal digits.";
    text.parse().map_err(|_| malformed(format!("The parameter `{name}` {expected}")))
}

/// The hash in `extensions.persistedQuery`, if there is one.
fn taught(extensions: &Value) -> Result<Option<Digest>, Refusal> {
    let Value::Object(extensions) = extensions else { return Ok(None) };
    let Some(Value::Object(persisted)) = extensions.get("persistedQuery") else { return Ok(None) };
    match (persisted.get("version"), persisted.get("sha256Hash")) {
        (Some(Value::Number(version)), Some(Value::String(hash))) if version.as_u64() == Some(1) => {
            digest("extensions.persistedQuery.sha256Hash", hash).map(Some)
        }
        _ => Err(malformed("The parameter `extensions.persistedQuery` has no `version` 1 and `sha256Hash`.")),
    }
}

fn malformed(message: impl Into<String>) -> Refusal {
    Refusal::new(Code::BadRequest, message)
}
