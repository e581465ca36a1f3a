//! What can go wrong, as a person reads it and a program branches on it.
//!
//! A verb fails with an [`Error`]. What the asker can mend is a list of [`Problem`]s and becomes `userErrors`; the rest
//! is about the request, the session or the server, and becomes a GraphQL error with a code from a closed list. The
//! cause of a server fault travels inside and is logged once, at the edge, with the request's id.

use entity::problem::{Problem, ProblemCode, Problems};

/// The answer of a verb.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a verb refused.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The input can be mended; every problem at once.
    #[error("{}", sentences(.0))]
    Problems(Vec<Problem>),
    /// Nobody is signed in, or the session has ended.
    #[error("Sign in to do this.")]
    Unauthenticated,
    /// The actor's role lacks the permission.
    #[error("Your role does not allow this.")]
    Forbidden,
    /// The fault is ours.
    #[error("Internal error")]
    Internal(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl Error {
    /// One problem at `path`.
    pub fn problem<S: Into<String>>(
        code: ProblemCode,
        path: impl IntoIterator<Item = S>,
        message: impl Into<String>,
    ) -> Self {
        Self::Problems(vec![Problem {
            code,
            path: path.into_iter().map(Into::into).collect(),
            message: message.into(),
        }])
    }

    /// There is no such thing, or the actor may not see it.
    pub fn not_found(what: &str) -> Self {
        Self::problem(ProblemCode::NotFound, ["id"], format!("There is no such {what}."))
    }

    /// A fault of ours, with its cause.
    pub fn internal(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Internal(cause.into())
    }

    /// The same, with every problem's path starting at `segments`: `["input", "content"]`.
    pub fn under(self, segments: &[&str]) -> Self {
        match self {
            Self::Problems(mut problems) => {
                for problem in &mut problems {
                    problem.path.splice(0..0, segments.iter().map(ToString::to_string));
                }
                Self::Problems(problems)
            }
            other => other,
        }
    }
}

impl From<sea_orm::DbErr> for Error {
    fn from(cause: sea_orm::DbErr) -> Self {
        Self::internal(cause)
    }
}

impl From<serde_json::Error> for Error {
    fn from(cause: serde_json::Error) -> Self {
        Self::internal(cause)
    }
}

/// Turns collected problems into a refusal, if there are any.
pub fn refuse_if_any(problems: Problems) -> Result<()> {
    if problems.is_empty() { Ok(()) } else { Err(Error::Problems(problems.into_vec())) }
}

fn sentences(problems: &[Problem]) -> String {
    problems.iter().map(|problem| problem.message.as_str()).collect::<Vec<_>>().join(" ")
}
