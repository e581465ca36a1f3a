//! Documents: parsed and validated once, kept while they are asked for.
//!
//! The order of checks is the order of their cost: length, brackets, tokens, the guard, and only then the validation
//! rules, which the guard has made harmless. What passed is kept under the hash of its text, together with what
//! async-graphql executes; what failed is not kept, so nobody can fill the memory with nonsense.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use apollo_compiler::ast::{DirectiveList, FieldDefinition};
use apollo_compiler::executable::{ExecutableDocument, Operation, OperationType};
use apollo_compiler::parser::Parser;
use apollo_compiler::schema::{ExtendedType, Schema};
use apollo_compiler::validation::{DiagnosticList, Valid};
use apollo_compiler::{Node, introspection, name, ty};
use async_graphql::parser::parse_query;
use async_graphql::parser::types::{self as prepared, DocumentOperations};
use async_graphql::{Name, Pos, Positioned, Request, Response, Variables};
use async_graphql_value::Value;

use super::error::{Code, Refusal};
use super::limits::Limits;
use super::registered::Digest;
use super::shape::{self, Shape};
use super::{cost, guard, input, recursion};

/// Why a schema cannot be served.
#[derive(Debug, thiserror::Error)]
#[error("the schema is not valid: {0}")]
pub struct SchemaError(String);

/// The documents of one schema.
#[derive(Debug)]
pub struct Documents {
    schema: Valid<Schema>,
    limits: Limits,
    introspection: bool,
    kept: Mutex<Kept>,
}

impl Documents {
    /// For the schema that `sdl` describes, as async-graphql exports it; `introspection` lets documents ask for it.
    pub fn new(sdl: &str, limits: Limits, introspection: bool) -> Result<Self, SchemaError> {
        let mut sdl = sdl.to_owned();
        if sdl.contains("@oneOf") && !sdl.contains("directive @oneOf") {
            sdl.push_str("\ndirective @oneOf on INPUT_OBJECT\n");
        }
        let invalid = |errors: DiagnosticList| SchemaError(errors.to_string());
        let mut schema = Schema::parse(sdl, "schema.graphql").map_err(|failed| invalid(failed.errors))?;
        know_one_of(&mut schema);
        let schema = schema.validate().map_err(|failed| invalid(failed.errors))?;
        Ok(Self { schema, limits, introspection, kept: Mutex::default() })
    }

    /// The bounds that hold here.
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// The document of this text and hash: kept, or parsed and validated now.
    pub fn get(&self, digest: Digest, text: &str) -> Result<Arc<Document>, Vec<Refusal>> {
        if text.len() > self.limits.document_bytes {
            let message = format!(
                "Send a document of at most {} bytes; this one has {}.",
                self.limits.document_bytes,
                text.len()
            );
            return Err(vec![Refusal::new(Code::DocumentTooLarge, message)]);
        }
        if let Some(document) = self.kept().find(&digest) {
            return Ok(document);
        }
        let document = Arc::new(self.read(text)?);
        self.kept().keep(digest, Arc::clone(&document));
        Ok(document)
    }

    /// What `operation` becomes with these variables: ready to execute, and priced.
    pub fn bind(&self, operation: &Selected<'_>, variables: Variables) -> Result<Bound, Vec<Refusal>> {
        let executable = &operation.document.executable;
        let coerced = input::coerce_variables(&self.schema, executable, operation.definition, variables, &self.limits)?;
        let cost = cost::price(&self.schema, executable, operation.definition, &coerced.values, &self.limits)
            .map_err(|one| vec![one])?;

        let mut prepared = operation.prepared.prepared.clone();
        if coerced.absent.iter().any(|name| operation.document.arguments.contains(name)) {
            drop_absent(&mut prepared, &coerced.absent);
        }
        let mut request = Request::new(String::new()).variables(coerced.values);
        request.operation_name = operation.definition.name.as_ref().map(ToString::to_string);
        request.set_parsed_query(prepared);
        Ok(Bound { request, cost })
    }

    fn read(&self, text: &str) -> Result<Document, Vec<Refusal>> {
        guard::check_nesting(text, &self.limits).map_err(|one| vec![one])?;

        // The lexer counts the space between two tokens as one more.
        let tokens = self.limits.tokens * 2 + 1;
        let mut parser = Parser::new().token_limit(tokens).recursion_limit(self.limits.nesting);
        let parsed = parser.parse_ast(text, "document.graphql");
        if parser.tokens_reached() > tokens {
            let message = format!("Send a document of at most {} tokens.", self.limits.tokens);
            return Err(vec![Refusal::new(Code::DocumentTooLarge, message)]);
        }
        let ast = parsed.map_err(|failed| refusals(Code::GraphqlParseFailed, &failed.errors, &self.limits))?;
        if ast.definitions.is_empty() {
            return Err(vec![Refusal::new(Code::GraphqlParseFailed, "The document is empty.")]);
        }
        guard::check(&ast, &self.limits, self.introspection).map_err(|one| vec![one])?;

        // In two steps, because a field that does not exist would be told as an empty selection as well.
        let invalid = |errors: &DiagnosticList| refusals(Code::GraphqlValidationFailed, errors, &self.limits);
        let executable = ast.to_executable(&self.schema).map_err(|failed| invalid(&failed.errors))?;
        let executable = executable.validate(&self.schema).map_err(|failed| invalid(&failed.errors))?;
        input::check_literals(&self.schema, &executable, &self.limits).map_err(|one| vec![one])?;
        for operation in executable.operations.iter() {
            recursion::check(&self.schema, &executable, operation).map_err(|one| vec![one])?;
            introspection::check_max_depth(&executable, operation).map_err(|error| {
                let refusal = Refusal::new(Code::QueryTooDeep, error.message().to_string());
                vec![refusal.at(input::place(&executable.sources, error.location()))]
            })?;
        }

        // async-graphql's parser knows no `\u{…}`, keeps the backslash of `\"""` and panics on surrogates. Written
        // anew, the same document has none of them; its errors lose their places, so it is not always done.
        let canonical = text.contains('\\').then(|| ast.serialize().no_indent().to_string());
        let mut prepared = parse_query(canonical.as_deref().unwrap_or(text))
            .map_err(|error| vec![Refusal::new(Code::GraphqlParseFailed, error.to_string())])?;
        shape::mark(&mut prepared);
        let arguments = variables_as_arguments(&prepared);
        let prepared = separate(prepared).into_iter().filter_map(|(name, prepared)| {
            let definition = executable.operations.get(name.as_deref()).ok()?;
            let shape = Shape::of(&self.schema, &executable, &definition.selection_set);
            Some(shape.map(|shape| Prepared { name, prepared, shape }))
        });
        let prepared = prepared.collect::<Result<Vec<_>, _>>().map_err(|one| vec![one])?;
        let weight = parser.tokens_reached() + prepared.iter().map(|one| one.shape.size()).sum::<usize>();
        Ok(Document { prepared, executable, arguments, weight })
    }

    #[cfg(test)]
    pub(super) fn kept_count(&self) -> usize {
        self.kept().documents.len()
    }

    fn kept(&self) -> std::sync::MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A valid document.
#[derive(Debug)]
pub struct Document {
    executable: Valid<ExecutableDocument>,
    prepared: Vec<Prepared>,
    /// Variables that stand as the whole value of an argument, or of a field of an input object, somewhere.
    arguments: BTreeSet<Name>,
    /// Tokens and fields, as a measure of the memory it takes.
    weight: usize,
}

/// An operation as async-graphql executes it, and what its answer looks like.
#[derive(Debug)]
struct Prepared {
    name: Option<Name>,
    prepared: prepared::ExecutableDocument,
    shape: Shape,
}

impl Document {
    /// What its first operation is called.
    pub fn name(&self) -> Option<String> {
        self.prepared.first()?.name.as_ref().map(ToString::to_string)
    }

    /// The operation called `name`, or the only one.
    pub fn select(&self, name: Option<&str>) -> Result<Selected<'_>, Refusal> {
        let definition = self.executable.operations.get(name).map_err(|_| {
            let message = match name {
                Some(name) => format!("There is no operation called `{name}` in the document."),
                None => "The document has several operations: say which one in `operationName`.".to_owned(),
            };
            Refusal::new(Code::OperationResolutionFailure, message)
        })?;
        let name = definition.name.as_ref().map(|name| name.as_str());
        match self.prepared.iter().find(|prepared| prepared.name.as_deref() == name) {
            Some(prepared) => Ok(Selected { document: self, definition, prepared }),
            None => Err(Refusal::new(Code::OperationResolutionFailure, "There is no such operation in the document.")),
        }
    }
}

/// One operation of a document.
#[derive(Clone, Copy, Debug)]
pub struct Selected<'a> {
    document: &'a Document,
    definition: &'a Node<Operation>,
    prepared: &'a Prepared,
}

impl Selected<'_> {
    /// Query, mutation or subscription.
    pub fn kind(&self) -> OperationType {
        self.definition.operation_type
    }

    /// Whether it asks for the schema.
    pub fn asks_for_the_schema(&self) -> bool {
        let mut roots = self.definition.root_fields(&self.document.executable);
        roots.any(|field| matches!(field.name.as_str(), "__schema" | "__type"))
    }

    /// Brings the executor's answer into the form the specification gives it.
    pub fn complete(&self, response: &mut Response) {
        self.prepared.shape.complete(response);
    }
}

/// An operation with its variables.
#[derive(Debug)]
pub struct Bound {
    /// What async-graphql executes.
    pub request: Request,
    /// What it may cost, in fields.
    pub cost: u64,
}

/// The documents asked for last, bounded in number and memory.
#[derive(Debug, Default)]
struct Kept {
    documents: HashMap<Digest, (Arc<Document>, u64)>,
    weight: usize,
    clock: u64,
}

impl Kept {
    const MOST: usize = 1_000;
    /// Tokens and fields of all documents together; each takes a few hundred bytes in the forms that are kept.
    const HEAVIEST: usize = 400_000;

    fn find(&mut self, hash: &Digest) -> Option<Arc<Document>> {
        self.clock += 1;
        let (document, used) = self.documents.get_mut(hash)?;
        *used = self.clock;
        Some(Arc::clone(document))
    }

    fn keep(&mut self, hash: Digest, document: Arc<Document>) {
        self.clock += 1;
        self.weight += document.weight;
        if let Some((old, _)) = self.documents.insert(hash, (document, self.clock)) {
            self.weight -= old.weight;
        }
        while self.documents.len() > Self::MOST || self.weight > Self::HEAVIEST {
            let oldest = self.documents.iter().min_by_key(|(_, (_, used))| *used).map(|(hash, _)| *hash);
            let Some((document, _)) = oldest.and_then(|hash| self.documents.remove(&hash)) else { break };
            self.weight -= document.weight;
        }
    }
}

/// Adds `__Type.isOneOf`, which the specification has since September 2025 and apollo-compiler does not know yet.
fn know_one_of(schema: &mut Schema) {
    let Some(ExtendedType::Object(ty)) = schema.types.get_mut("__Type") else { return };
    let field = FieldDefinition {
        description: None,
        name: name!("isOneOf"),
        arguments: Vec::new(),
        ty: ty!(Boolean),
        directives: DirectiveList::new(),
    };
    ty.make_mut().fields.entry(name!("isOneOf")).or_insert_with(|| field.into());
}

/// One document per operation, each with the fragments: async-graphql judges an operation's variables by all there are.
fn separate(document: prepared::ExecutableDocument) -> Vec<(Option<Name>, prepared::ExecutableDocument)> {
    let prepared::ExecutableDocument { operations, fragments } = document;
    match operations {
        DocumentOperations::Single(_) => vec![(None, prepared::ExecutableDocument { operations, fragments })],
        DocumentOperations::Multiple(operations) => {
            let one = |(name, operation): (Name, Positioned<prepared::OperationDefinition>)| {
                let operations = DocumentOperations::Multiple([(name.clone(), operation)].into());
                (Some(name), prepared::ExecutableDocument { operations, fragments: fragments.clone() })
            };
            operations.into_iter().map(one).collect()
        }
    }
}

/// The variables that are the whole value of some argument or of a field within it.
fn variables_as_arguments(document: &prepared::ExecutableDocument) -> BTreeSet<Name> {
    fn collect(set: &prepared::SelectionSet, found: &mut BTreeSet<Name>) {
        for selection in &set.items {
            match &selection.node {
                prepared::Selection::Field(field) => {
                    field.node.arguments.iter().for_each(|(_, value)| collect_value(&value.node, found));
                    collect(&field.node.selection_set.node, found);
                }
                prepared::Selection::InlineFragment(fragment) => collect(&fragment.node.selection_set.node, found),
                prepared::Selection::FragmentSpread(_) => {}
            }
        }
    }
    fn collect_value(value: &Value, found: &mut BTreeSet<Name>) {
        match value {
            Value::Variable(name) => {
                found.insert(name.clone());
            }
            Value::Object(fields) => fields.values().for_each(|field| collect_value(field, found)),
            Value::List(items) => items.iter().for_each(|item| collect_value(item, found)),
            _ => {}
        }
    }
    let mut found = BTreeSet::new();
    document.operations.iter().for_each(|(_, operation)| collect(&operation.node.selection_set.node, &mut found));
    document.fragments.values().for_each(|fragment| collect(&fragment.node.selection_set.node, &mut found));
    found
}

/// Takes out arguments, and fields of input objects, whose variable has no value, so that their own default holds (section 6.4.1
/// and 3.10 of the specification); async-graphql reads null. In a list such a variable is null.
fn drop_absent(document: &mut prepared::ExecutableDocument, absent: &BTreeSet<Name>) {
    fn drop_from(set: &mut prepared::SelectionSet, absent: &BTreeSet<Name>) {
        for selection in &mut set.items {
            match &mut selection.node {
                prepared::Selection::Field(field) => {
                    field.node.arguments.retain(|(_, value)| !is_absent(&value.node, absent));
                    field.node.arguments.iter_mut().for_each(|(_, value)| drop_within(&mut value.node, absent));
                    drop_from(&mut field.node.selection_set.node, absent);
                }
                prepared::Selection::InlineFragment(fragment) => {
                    drop_from(&mut fragment.node.selection_set.node, absent)
                }
                prepared::Selection::FragmentSpread(_) => {}
            }
        }
    }
    fn drop_within(value: &mut Value, absent: &BTreeSet<Name>) {
        match value {
            Value::Object(fields) => {
                fields.retain(|_, field| !is_absent(field, absent));
                fields.values_mut().for_each(|field| drop_within(field, absent));
            }
            Value::List(items) => items.iter_mut().for_each(|item| drop_within(item, absent)),
            _ => {}
        }
    }
    match &mut document.operations {
        DocumentOperations::Single(operation) => drop_from(&mut operation.node.selection_set.node, absent),
        DocumentOperations::Multiple(operations) => {
            operations.values_mut().for_each(|operation| drop_from(&mut operation.node.selection_set.node, absent));
        }
    }
    document.fragments.values_mut().for_each(|fragment| drop_from(&mut fragment.node.selection_set.node, absent));
}

fn is_absent(value: &Value, absent: &BTreeSet<Name>) -> bool {
    matches!(value, Value::Variable(name) if absent.contains(name))
}

fn refusals(code: Code, diagnostics: &DiagnosticList, limits: &Limits) -> Vec<Refusal> {
    let refusal = |error: apollo_compiler::response::GraphQLError| {
        let at = error.locations.first().map(|place| Pos { line: place.line, column: place.column });
        Refusal::new(code, error.message).at(at)
    };
    diagnostics.iter().take(limits.errors).map(|diagnostic| refusal(diagnostic.to_json())).collect()
}
