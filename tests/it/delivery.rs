//! What the public reads over GraphQL.
