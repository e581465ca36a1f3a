//! What goes wrong between the wire and the resolvers, in a closed list of codes.

use std::fmt;

use async_graphql::{ErrorExtensionValues, PathSegment, Pos, ServerError};

use crate::error::Error;

/// What a program may branch on: `extensions.code` of every error. No other code leaves the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Code {
    /// The HTTP request is not a GraphQL request.
    BadRequest,
    /// The document is not GraphQL.
    GraphqlParseFailed,
    /// The document does not fit the schema.
    GraphqlValidationFailed,
    /// A variable or argument has a value that is not allowed.
    BadUserInput,
    /// No operation to run, or one that this endpoint does not run.
    OperationResolutionFailure,
    /// Fields within fields, too far down.
    QueryTooDeep,
    /// Too much work.
    QueryTooComplex,
    /// The document, the body or the URL is too long.
    DocumentTooLarge,
    /// There is no document under this hash.
    PersistedQueryNotFound,
    /// Only registered documents are answered.
    DocumentNotAllowed,
    /// Nobody is signed in, or the session has ended.
    Unauthenticated,
    /// The asker may not do this.
    Forbidden,
    /// Too many requests; `extensions.retryAfter` says how many seconds to wait.
    RateLimited,
    /// It took too long and was given up.
    Timeout,
    /// The fault is ours; `extensions.requestId` finds it in the log.
    Internal,
}

impl Code {
    /// Every code there is.
    pub const ALL: [Self; 15] = [
        Self::BadRequest,
        Self::GraphqlParseFailed,
        Self::GraphqlValidationFailed,
        Self::BadUserInput,
        Self::OperationResolutionFailure,
        Self::QueryTooDeep,
        Self::QueryTooComplex,
        Self::DocumentTooLarge,
        Self::PersistedQueryNotFound,
        Self::DocumentNotAllowed,
        Self::Unauthenticated,
        Self::Forbidden,
        Self::RateLimited,
        Self::Timeout,
        Self::Internal,
    ];

    /// As it stands in `extensions.code`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::BadRequest => "BAD_REQUEST",
            Self::GraphqlParseFailed => "GRAPHQL_PARSE_FAILED",
            Self::GraphqlValidationFailed => "GRAPHQL_VALIDATION_FAILED",
            Self::BadUserInput => "BAD_USER_INPUT",
            Self::OperationResolutionFailure => "OPERATION_RESOLUTION_FAILURE",
            Self::QueryTooDeep => "QUERY_TOO_DEEP",
            Self::QueryTooComplex => "QUERY_TOO_COMPLEX",
            Self::DocumentTooLarge => "DOCUMENT_TOO_LARGE",
            Self::PersistedQueryNotFound => "PERSISTED_QUERY_NOT_FOUND",
            Self::DocumentNotAllowed => "DOCUMENT_NOT_ALLOWED",
            Self::Unauthenticated => "UNAUTHENTICATED",
            Self::Forbidden => "FORBIDDEN",
            Self::RateLimited => "RATE_LIMITED",
            Self::Timeout => "TIMEOUT",
            Self::Internal => "INTERNAL",
        }
    }

    /// The code of this name, if it is one of ours.
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|code| code.as_str() == name)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What a verb's error is called on the wire.
impl From<&Error> for Code {
    fn from(error: &Error) -> Self {
        match error {
            Error::Problems(_) => Self::BadUserInput,
            Error::Unauthenticated => Self::Unauthenticated,
            Error::Forbidden => Self::Forbidden,
            Error::Internal(_) => Self::Internal,
        }
    }
}

/// One reason why something was refused, said for the developer who sent it.
///
/// A resolver may answer one with `?`: its code reaches the client, unlike that of any other error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// What a program branches on.
    pub code: Code,
    /// A sentence that says what to change.
    pub message: String,
    /// Where in the document.
    pub at: Option<Pos>,
    /// Seconds until it is worth trying again.
    pub retry_after: Option<u64>,
}

impl Refusal {
    /// A refusal that belongs to no place in the document.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), at: None, retry_after: None }
    }

    /// The same, at a place in the document.
    pub fn at(self, at: Option<Pos>) -> Self {
        Self { at, ..self }
    }

    /// Too many requests: try again in so many seconds.
    pub fn rate_limited(retry_after: u64) -> Self {
        let message = format!("Too many requests: try again in {retry_after} seconds.");
        Self { retry_after: Some(retry_after), ..Self::new(Code::RateLimited, message) }
    }

    /// An argument has a value that is not allowed; `message` names it.
    pub fn bad_input(message: impl Into<String>) -> Self {
        Self::new(Code::BadUserInput, message)
    }

    /// As async-graphql knows errors, at `path` of the answer.
    pub(super) fn into_server_error(self, path: Vec<PathSegment>) -> ServerError {
        let mut extensions = ErrorExtensionValues::default();
        extensions.set("code", self.code.as_str());
        if let Some(seconds) = self.retry_after {
            extensions.set("retryAfter", seconds);
        }
        let mut error = ServerError::new(self.message, self.at).with_path(path);
        error.extensions = Some(extensions);
        error
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Refusal {}
