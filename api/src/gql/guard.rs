//! Looks at a document before anything that could explode on it does: linear in its length, whatever it says.
//!
//! Validating and executing walk a fragment once per spread, so 25 fragments that spread the next one twice are 2²⁵
//! visits from a kilobyte. Here every fragment is measured once, after those it spreads, and sums saturate; what is
//! measured to be too much goes no further. Needs no schema, so that it can run before validation.

use std::collections::HashMap;

use apollo_compiler::ast::{Definition, DirectiveList, Document, FragmentDefinition, OperationType, Selection};
use apollo_compiler::parser::SourceSpan;
use apollo_compiler::{Name, Node};
use async_graphql::Pos;

use super::error::{Code, Refusal};
use super::limits::Limits;

/// Refuses a text whose brackets nest too deep for a recursive parser, or that leaves a string open.
///
/// The parser bounds selection sets itself, but not lists and objects in values.
pub(super) fn check_nesting(text: &str, limits: &Limits) -> Result<(), Refusal> {
    let mut depth = 0_usize;
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        rest = match first {
            '{' | '[' | '(' => {
                depth += 1;
                if depth > limits.nesting {
                    let message = format!("Nest brackets at most {} deep.", limits.nesting);
                    return Err(Refusal::new(Code::QueryTooDeep, message).at(position(text, rest)));
                }
                after(rest, 1)
            }
            '}' | ']' | ')' => {
                depth = depth.saturating_sub(1);
                after(rest, 1)
            }
            '#' => after(rest, rest.find(['\n', '\r']).unwrap_or(rest.len())),
            '"' => match string_length(rest) {
                Some(length) => after(rest, length),
                None => {
                    let refusal = Refusal::new(Code::GraphqlParseFailed, "This string is not closed.");
                    return Err(refusal.at(position(text, rest)));
                }
            },
            other => after(rest, other.len_utf8()),
        };
    }
    Ok(())
}

/// How many bytes the string at the start of `text` takes, quotes included.
fn string_length(text: &str) -> Option<usize> {
    if let Some(block) = text.strip_prefix("\"\"\"") {
        let mut from = 0;
        loop {
            let quotes = from + block.get(from..)?.find("\"\"\"")?;
            if !block.get(..quotes)?.ends_with('\\') {
                return Some(quotes + 6);
            }
            from = quotes + 3;
        }
    }
    let mut escaped = false;
    for (index, character) in text.char_indices().skip(1) {
        match character {
            '\n' | '\r' => return None,
            '"' if !escaped => return Some(index + 1),
            '\\' => escaped = !escaped,
            _ => escaped = false,
        }
    }
    None
}

fn after(text: &str, bytes: usize) -> &str {
    text.get(bytes..).unwrap_or_default()
}

fn position(text: &str, rest: &str) -> Option<Pos> {
    let before = text.get(..text.len() - rest.len())?;
    let line = before.rsplit('\n').next().unwrap_or_default();
    Some(Pos { line: before.matches('\n').count() + 1, column: line.chars().count() + 1 })
}

/// Refuses a document that is more than the limits allow; `introspection` says whether it may ask for the schema.
pub(super) fn check(document: &Document, limits: &Limits, introspection: bool) -> Result<(), Refusal> {
    let mut guard = Guard { document, limits, introspection, aliases: 0, spreads: 0, measured: HashMap::new() };
    guard.count_definitions()?;
    for fragment in guard.fragments_inside_out()? {
        guard.check_directives(&fragment.directives)?;
        let size = guard.measure(&fragment.selection_set, fragment.type_condition.starts_with("__"))?;
        guard.measured.insert(fragment.name.clone(), size);
    }
    for definition in &document.definitions {
        let Definition::OperationDefinition(operation) = definition else { continue };
        guard.check_directives(&operation.directives)?;
        for variable in &operation.variables {
            guard.check_directives(&variable.directives)?;
        }
        let size = guard.measure(&operation.selection_set, false)?;
        guard.check_roots(operation.operation_type, size, definition.location())?;
    }
    Ok(())
}

/// What a selection set amounts to, with the fragments it spreads.
#[derive(Clone, Copy, Debug, Default)]
struct Size {
    /// Fields within fields.
    depth: usize,
    /// Selection sets within selection sets.
    nesting: usize,
    /// Fields in all.
    fields: u64,
    /// Fields at the top.
    roots: u64,
}

struct Guard<'a> {
    document: &'a Document,
    limits: &'a Limits,
    introspection: bool,
    aliases: usize,
    spreads: usize,
    measured: HashMap<Name, Size>,
}

impl<'a> Guard<'a> {
    fn count_definitions(&self) -> Result<(), Refusal> {
        let (mut operations, mut fragments) = (0, 0);
        for definition in &self.document.definitions {
            match definition {
                Definition::OperationDefinition(_) => operations += 1,
                Definition::FragmentDefinition(_) => fragments += 1,
                other => {
                    let refusal = Refusal::new(
                        Code::GraphqlValidationFailed,
                        "A request holds operations and fragments only, no type definitions.",
                    );
                    return Err(refusal.at(self.position(other.location())));
                }
            }
        }
        self.at_most("operations", operations, self.limits.operations, None)?;
        self.at_most("fragments", fragments, self.limits.fragments, None)
    }

    /// The fragments so ordered that each comes after all those it spreads. Fails on a circle.
    fn fragments_inside_out(&self) -> Result<Vec<&'a Node<FragmentDefinition>>, Refusal> {
        let mut waiting = Vec::new();
        let mut by_name = HashMap::new();
        for definition in &self.document.definitions {
            let Definition::FragmentDefinition(fragment) = definition else { continue };
            if by_name.insert(fragment.name.as_str(), waiting.len()).is_some() {
                let message = format!("There are two fragments called `{}`.", fragment.name);
                let refusal = Refusal::new(Code::GraphqlValidationFailed, message);
                return Err(refusal.at(self.position(fragment.name.location())));
            }
            waiting.push(fragment);
        }

        let mut needs = vec![0_usize; waiting.len()];
        let mut needed_by = vec![Vec::new(); waiting.len()];
        for (index, fragment) in waiting.iter().enumerate() {
            let mut spread = Vec::new();
            spreads(&fragment.selection_set, &mut spread);
            for other in spread.into_iter().filter_map(|name| by_name.get(name)) {
                if let (Some(count), Some(dependents)) = (needs.get_mut(index), needed_by.get_mut(*other)) {
                    *count += 1;
                    dependents.push(index);
                }
            }
        }

        let mut ready: Vec<usize> = (0..waiting.len()).filter(|index| needs.get(*index) == Some(&0)).collect();
        let mut ordered = Vec::with_capacity(waiting.len());
        while let Some(index) = ready.pop() {
            ordered.extend(waiting.get(index).copied());
            for dependent in needed_by.get(index).into_iter().flatten() {
                if let Some(count) = needs.get_mut(*dependent) {
                    *count -= 1;
                    if *count == 0 {
                        ready.push(*dependent);
                    }
                }
            }
        }

        match waiting.iter().enumerate().find(|(index, _)| needs.get(*index).is_some_and(|count| *count > 0)) {
            None => Ok(ordered),
            Some((_, fragment)) => {
                let message = format!("The fragment `{}` spreads itself, or one that does.", fragment.name);
                let refusal = Refusal::new(Code::GraphqlValidationFailed, message);
                Err(refusal.at(self.position(fragment.name.location())))
            }
        }
    }

    /// Measures a selection set whose fragments are measured; `inside` says that it belongs to introspection.
    fn measure(&mut self, selections: &[Selection], inside: bool) -> Result<Size, Refusal> {
        let mut size = Size { nesting: 1, ..Size::default() };
        let mut keys: HashMap<&str, usize> = HashMap::new();
        for selection in selections {
            let at = selection.location();
            let inner = match selection {
                Selection::Field(field) => {
                    self.check_directives(&field.directives)?;
                    let uses = keys.entry(field.response_name().as_str()).or_default();
                    *uses += 1;
                    self.at_most("fields of the same name in one selection set", *uses, self.limits.same_key, at)?;
                    if field.alias.is_some() {
                        self.aliases += 1;
                        self.at_most("aliases", self.aliases, self.limits.aliases, at)?;
                    }
                    let meta = matches!(field.name.as_str(), "__schema" | "__type");
                    if meta && !self.introspection {
                        let message = "Introspection is switched off here; read the schema's file instead.";
                        return Err(Refusal::new(Code::GraphqlValidationFailed, message).at(self.position(at)));
                    }
                    let inside = inside || meta;
                    let below = self.measure(&field.selection_set, inside)?;
                    Size {
                        depth: below.depth + usize::from(!inside),
                        fields: below.fields.saturating_add(1),
                        roots: u64::from(field.name != "__typename" || field.alias.is_some()),
                        ..below
                    }
                }
                Selection::InlineFragment(fragment) => {
                    self.check_directives(&fragment.directives)?;
                    self.measure(&fragment.selection_set, inside)?
                }
                Selection::FragmentSpread(spread) => {
                    self.check_directives(&spread.directives)?;
                    self.spreads += 1;
                    self.at_most("fragment spreads", self.spreads, self.limits.spreads, at)?;
                    let mut size = self.measured.get(&spread.fragment_name).copied().unwrap_or_default();
                    if inside {
                        size.depth = 0;
                    }
                    size
                }
            };
            size.depth = size.depth.max(inner.depth);
            size.nesting = size.nesting.max(inner.nesting + 1);
            size.fields = size.fields.saturating_add(inner.fields);
            size.roots = size.roots.saturating_add(inner.roots);
            self.check_size(size, at)?;
        }
        Ok(size)
    }

    fn check_size(&self, size: Size, at: Option<SourceSpan>) -> Result<(), Refusal> {
        let refusal = if size.depth > self.limits.depth {
            let message = format!("Nest fields at most {} deep.", self.limits.depth);
            Refusal::new(Code::QueryTooDeep, message)
        } else if size.nesting > self.limits.nesting {
            let message = format!("Nest selection sets and fragments at most {} deep.", self.limits.nesting);
            Refusal::new(Code::QueryTooDeep, message)
        } else if size.fields > self.limits.cost {
            let message =
                format!("Ask for at most {} fields, counting fragments where they are spread.", self.limits.cost);
            Refusal::new(Code::QueryTooComplex, message)
        } else {
            return Ok(());
        };
        Err(refusal.at(self.position(at)))
    }

    fn check_roots(&self, kind: OperationType, size: Size, at: Option<SourceSpan>) -> Result<(), Refusal> {
        let most = if kind.is_mutation() { self.limits.mutation_roots } else { self.limits.query_roots };
        if size.roots <= most {
            return Ok(());
        }
        let message =
            format!("Ask for at most {most} fields at the top of a {}; there are {}.", kind.name(), size.roots);
        Err(Refusal::new(Code::QueryTooComplex, message).at(self.position(at)))
    }

    fn check_directives(&self, directives: &DirectiveList) -> Result<(), Refusal> {
        let at = directives.0.first().and_then(Node::location);
        self.at_most("directives in one place", directives.0.len(), self.limits.directives, at)
    }

    fn at_most(&self, what: &str, count: usize, most: usize, at: Option<SourceSpan>) -> Result<(), Refusal> {
        if count <= most {
            return Ok(());
        }
        let refusal = Refusal::new(Code::QueryTooComplex, format!("Use at most {most} {what}."));
        Err(refusal.at(self.position(at)))
    }

    fn position(&self, at: Option<SourceSpan>) -> Option<Pos> {
        let place = at?.line_column(&self.document.sources)?;
        Some(Pos { line: place.line, column: place.column })
    }
}

/// Names of the fragments spread in `selections`, directly or in inner selection sets.
fn spreads<'a>(selections: &'a [Selection], found: &mut Vec<&'a str>) {
    for selection in selections {
        match selection {
            Selection::Field(field) => spreads(&field.selection_set, found),
            Selection::InlineFragment(fragment) => spreads(&fragment.selection_set, found),
            Selection::FragmentSpread(spread) => found.push(spread.fragment_name.as_str()),
        }
    }
}
