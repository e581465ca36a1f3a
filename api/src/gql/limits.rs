//! How much one request may ask for.
//!
//! A number here is a promise to the operator: whatever arrives, the work stays below it. Nothing else in the crate
//! spells such a number.

use std::time::Duration;

/// The bounds of one endpoint.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Bytes of a POST body.
    pub body_bytes: usize,
    /// Bytes of a GET request's path and query string.
    pub url_bytes: usize,
    /// Bytes of a document.
    pub document_bytes: usize,
    /// Tokens of a document.
    pub tokens: usize,
    /// Brackets within brackets, and selection sets within selection sets once fragments are spread.
    pub nesting: usize,
    /// Fields within fields; introspection is bounded by lists within lists instead.
    pub depth: usize,
    /// Fields to resolve: each counts one, below a list as often as the list may have items.
    pub cost: u64,
    /// Fields at the top of a query.
    pub query_roots: u64,
    /// Fields at the top of a mutation.
    pub mutation_roots: u64,
    /// Aliases in a document.
    pub aliases: usize,
    /// How often one selection set may use the same response key.
    pub same_key: usize,
    /// Operations in a document.
    pub operations: usize,
    /// Fragment definitions in a document.
    pub fragments: usize,
    /// Fragment spreads in a document.
    pub spreads: usize,
    /// Directives on one node.
    pub directives: usize,
    /// Variables of an operation.
    pub variables: usize,
    /// Items of one list in the input.
    pub list_items: usize,
    /// Characters of one string in the input.
    pub string_chars: usize,
    /// The largest `first` or `last`.
    pub first: u64,
    /// Nodes that all connections together may answer.
    pub nodes: u64,
    /// How long a body may take to arrive.
    pub body: Duration,
    /// How long an operation may run.
    pub execute: Duration,
    /// Errors in one answer.
    pub errors: usize,
    /// Characters of one error's message.
    pub error_chars: usize,
    /// What single fields cost other than one, by coordinate (`Query.search`).
    pub weights: Vec<(&'static str, u64)>,
    /// Where `first` may be larger or must be smaller, by coordinate (`Query.routes`).
    pub first_of: Vec<(&'static str, u64)>,
}

impl Limits {
    /// For anybody's own documents on the public endpoint.
    pub fn public() -> Self {
        Self {
            body_bytes: 128 * 1024,
            url_bytes: 16 * 1024,
            document_bytes: 32 * 1024,
            tokens: 2_000,
            nesting: 64,
            depth: 12,
            cost: 2_000,
            query_roots: 20,
            mutation_roots: 1,
            aliases: 30,
            same_key: 20,
            operations: 10,
            fragments: 50,
            spreads: 200,
            directives: 4,
            variables: 50,
            list_items: 100,
            string_chars: 10_000,
            first: 100,
            nodes: 1_000,
            body: Duration::from_secs(10),
            execute: Duration::from_secs(5),
            errors: 20,
            error_chars: 300,
            weights: Vec::new(),
            first_of: Vec::new(),
        }
    }

    /// For documents that somebody registered, so that they are known before they are asked.
    pub fn registered() -> Self {
        Self {
            tokens: 4_000,
            depth: 16,
            cost: 10_000,
            query_roots: 40,
            aliases: 100,
            operations: 1,
            fragments: 100,
            spreads: 400,
            nodes: 5_000,
            ..Self::public()
        }
    }

    /// For staff, who send whole pages at once.
    pub fn admin() -> Self {
        Self {
            body_bytes: 2 * 1024 * 1024,
            document_bytes: 64 * 1024,
            tokens: 4_000,
            depth: 16,
            cost: 20_000,
            query_roots: 40,
            mutation_roots: 5,
            aliases: 100,
            fragments: 100,
            spreads: 400,
            variables: 100,
            list_items: 1_000,
            string_chars: 1_000_000,
            nodes: 5_000,
            execute: Duration::from_secs(15),
            ..Self::public()
        }
    }

    /// The same, with the field at `coordinate` (`Query.search`) costing `weight`.
    pub fn weigh(mut self, coordinate: &'static str, weight: u64) -> Self {
        self.weights.push((coordinate, weight));
        self
    }

    /// The same, with `first` of the field at `coordinate` (`Query.routes`) up to `most`.
    pub fn first_up_to(mut self, coordinate: &'static str, most: u64) -> Self {
        self.first_of.push((coordinate, most));
        self
    }
}
