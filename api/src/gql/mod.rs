//! GraphQL on the wire: transport, limits and paging for any schema, knowing no subject.
//!
//! Owns the way of a request from HTTP to a resolver and back: who may send what in which form (`http`, `request`), how
//! a document is parsed, validated and kept (`document`), how much it may ask for (`limits`, `guard`, `recursion`,
//! `cost`), what variables may hold (`input`), which answers are kept (`kept`), how much
//! a client may ask for in a second (`rate`), how ids are read (`id`), how lists are paged (`paging`), what form an
//! answer has (`shape`, `answer`), how errors are called (`error`) and what goes over a socket instead (`socket`).
//!
//! Promises that a request's work is bounded before anything executes, in time linear in its length; that documents
//! are valid to the letter of the specification; that variables arrive coerced, with their defaults; that an error
//! carries a code from a closed list, and that a fault of ours tells the client only where to find it in the log.
//!
//! Refuses batches, forms and uploads, mutations over GET, and whatever is larger than its limits.
//!
//! async-graphql resolves and nothing else: it gets one operation, parsed, with a complete map of variables.

mod answer;
mod cost;
pub mod document;
pub mod error;
mod guard;
pub mod http;
pub mod id;
mod input;
mod kept;
pub mod limits;
pub mod paging;
mod rate;
mod recursion;
pub mod registered;
mod request;
mod shape;
pub mod socket;

use async_graphql::{SchemaBuilder, ValidationMode};
use chrono::{DateTime, Utc};

pub use document::SchemaError;
pub use error::{Code, Refusal};
pub use http::{GraphqlEndpoint, Policy, Prepare, RequestId};
pub use limits::Limits;
pub use paging::{Connection, Page};
pub use registered::{Accepts, Digest};
pub use socket::{Host, Leave, SocketEndpoint};

/// Readies a schema for being served here: validation is done before it is asked, so it need not repeat the rules.
pub fn tuned<Q, M, S>(builder: SchemaBuilder<Q, M, S>, limits: &Limits) -> SchemaBuilder<Q, M, S> {
    builder
        .validation_mode(ValidationMode::Fast)
        .disable_suggestions()
        .limit_recursive_depth(limits.nesting)
        .override_output_type_description::<DateTime<Utc>>(
            "An instant in UTC, as RFC 3339 writes it: `2026-11-25T14:30:00.123+00:00`.",
        )
}

#[cfg(test)]
mod tests;
