//! The shape of an operation's answer, and the executor's answer brought into it.
//!
//! async-graphql leaves out a field that failed where the specification wants null, or null for the nearest ancestor
//! that may be null; answers null for an object of which nothing was selected; and writes fields in the order in which
//! they were done. Clients' types and caches rely on the first two, equal bytes for equal answers on the last.

use std::collections::{HashMap, HashSet};

use apollo_compiler::ast::{Argument, Type, Value as Literal};
use apollo_compiler::executable::{self, ExecutableDocument, Selection, SelectionSet};
use apollo_compiler::{Node, Schema};
use async_graphql::parser::types as prepared;
use async_graphql::{Name, PathSegment, Positioned, Response, Value};

use super::error::{Code, Refusal};
use super::input::place;

/// The response keys of an object in order, over all types it may have.
#[derive(Debug, Default)]
pub(super) struct Shape {
    fields: Vec<Field>,
}

#[derive(Debug)]
struct Field {
    key: Name,
    /// Whether the value may be null, then the items of its list, then theirs.
    nullable: Vec<bool>,
    /// The shape of the object, or of each in the list; nothing for a leaf.
    below: Option<Shape>,
}

impl Shape {
    /// The shape of what `set` selects. Linear in the selected fields, which the guard has bounded.
    ///
    /// Fails where one response key stands for two values: the validator compares lists in arguments only as far as
    /// the shorter one goes.
    pub fn of(schema: &Schema, document: &ExecutableDocument, set: &SelectionSet) -> Result<Self, Refusal> {
        Self::merged(schema, document, &[set])
    }

    fn merged(schema: &Schema, document: &ExecutableDocument, sets: &[&SelectionSet]) -> Result<Self, Refusal> {
        let mut found = Collected { document, seen: HashSet::new(), fields: Vec::new(), indices: HashMap::new() };
        sets.iter().for_each(|set| found.collect(set));
        let mut fields = Vec::with_capacity(found.fields.len());
        for selected in found.fields {
            let Some(((parent, first), others)) = selected.split_first() else { continue };
            for (other_parent, other) in others {
                let may_meet = parent == other_parent || !is_object(schema, parent) || !is_object(schema, other_parent);
                if may_meet && !same_lists(&first.arguments, &other.arguments) {
                    let key = first.response_key();
                    let message = format!("`{key}` is asked for twice with different arguments: use an alias.");
                    let refusal = Refusal::new(Code::GraphqlValidationFailed, message);
                    return Err(refusal.at(place(&document.sources, other.name.location())));
                }
            }
            let below: Vec<_> = selected.iter().map(|(_, field)| &field.selection_set).collect();
            let is_leaf = below.iter().all(|set| set.selections.is_empty());
            fields.push(Field {
                key: Name::new(first.response_key().as_str()),
                nullable: nullability(&first.definition.ty),
                below: if is_leaf { None } else { Some(Self::merged(schema, document, &below)?) },
            });
        }
        Ok(Self { fields })
    }

    /// How many fields there are, those of inner objects included.
    pub fn size(&self) -> usize {
        self.fields.iter().map(|field| 1 + field.below.as_ref().map_or(0, Self::size)).sum()
    }

    /// Brings an executor's answer into this shape.
    pub fn complete(&self, response: &mut Response) {
        for error in &response.errors {
            self.restore(&mut response.data, &error.path);
        }
        for error in &response.errors {
            self.propagate(&mut response.data, &error.path);
        }
        self.order(&mut response.data);
    }

    fn field(&self, key: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.key == *key)
    }

    /// Puts null where the executor left out what failed.
    fn restore(&self, value: &mut Value, path: &[PathSegment]) {
        let (mut value, mut shape, mut path) = (value, self, path);
        while let Some((segment, rest)) = path.split_first() {
            let next = match (segment, value) {
                (PathSegment::Field(key), inner) => {
                    let Some(field) = shape.field(key) else { return };
                    if *inner == Value::Null {
                        *inner = Value::Object(Default::default());
                    }
                    let Value::Object(fields) = inner else { return };
                    if let Some(below) = &field.below {
                        shape = below;
                    } else if !fields.contains_key(key.as_str()) {
                        fields.insert(field.key.clone(), Value::Null);
                        return;
                    }
                    fields.entry(field.key.clone()).or_insert(Value::Null)
                }
                (PathSegment::Index(index), Value::List(items)) => match items.get_mut(*index) {
                    Some(item) => item,
                    None => return,
                },
                _ => return,
            };
            (value, path) = (next, rest);
        }
    }

    /// Where null stands although it may not, makes the nearest ancestor null that may be.
    fn propagate(&self, data: &mut Value, path: &[PathSegment]) {
        let (mut shape, mut levels): (&Self, &[bool]) = (self, &[]);
        let mut may_be_null = vec![true];
        for segment in path {
            let nullable = match segment {
                PathSegment::Field(key) => {
                    let Some(field) = shape.field(key) else { return };
                    shape = field.below.as_ref().unwrap_or(shape);
                    let Some((nullable, deeper)) = field.nullable.split_first() else { return };
                    levels = deeper;
                    nullable
                }
                PathSegment::Index(_) => {
                    let Some((nullable, deeper)) = levels.split_first() else { return };
                    levels = deeper;
                    nullable
                }
            };
            may_be_null.push(*nullable);
        }
        for length in (0..may_be_null.len()).rev() {
            // Where an ancestor is null already, there is nothing to mend below it.
            let Some(value) = at(data, path.get(..length).unwrap_or_default()) else { continue };
            if length == path.len() && *value != Value::Null {
                return;
            }
            if may_be_null.get(length) == Some(&true) {
                *value = Value::Null;
                return;
            }
        }
    }

    fn order(&self, value: &mut Value) {
        match value {
            Value::List(items) => items.iter_mut().for_each(|item| self.order(item)),
            Value::Object(fields) => {
                fields.shift_remove(MARK);
                if !self.is_ordered(fields.keys()) {
                    fields.sort_by_cached_key(|key, _| self.fields.iter().position(|field| field.key == *key));
                }
                let mut following = self.fields.iter();
                for (key, value) in fields {
                    if let Some(Field { below: Some(below), .. }) = following.find(|field| field.key == *key) {
                        below.order(value);
                    }
                }
            }
            _ => {}
        }
    }

    fn is_ordered<'a>(&self, mut keys: impl Iterator<Item = &'a Name>) -> bool {
        let mut following = self.fields.iter();
        keys.all(|key| following.any(|field| field.key == *key))
    }
}

fn at<'a>(mut value: &'a mut Value, path: &[PathSegment]) -> Option<&'a mut Value> {
    for segment in path {
        value = match (segment, value) {
            (PathSegment::Field(key), Value::Object(fields)) => fields.get_mut(key.as_str())?,
            (PathSegment::Index(index), Value::List(items)) => items.get_mut(*index)?,
            _ => return None,
        };
    }
    Some(value)
}

fn nullability(mut ty: &Type) -> Vec<bool> {
    let mut nullable = vec![!ty.is_non_null()];
    while ty.is_list() {
        ty = ty.item_type();
        nullable.push(!ty.is_non_null());
    }
    nullable
}

fn is_object(schema: &Schema, name: &str) -> bool {
    schema.get_object(name).is_some()
}

/// Whether lists in the arguments of two fields that are otherwise the same are equally long.
fn same_lists(some: &[Node<Argument>], others: &[Node<Argument>]) -> bool {
    fn same(one: &Literal, other: &Literal) -> bool {
        match (one, other) {
            (Literal::List(one), Literal::List(other)) => {
                one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
            }
            (Literal::Object(one), Literal::Object(other)) => one.iter().all(|(name, value)| {
                other.iter().find(|(other, _)| other == name).is_none_or(|(_, other)| same(value, other))
            }),
            _ => true,
        }
    }
    some.iter().all(|argument| {
        let other = others.iter().find(|other| other.name == argument.name);
        other.is_none_or(|other| same(&argument.value, &other.value))
    })
}

/// The fields of some selection sets by response key, in order of their first appearance, each with its parent type.
struct Collected<'a> {
    document: &'a ExecutableDocument,
    seen: HashSet<&'a str>,
    fields: Vec<Vec<(&'a str, &'a executable::Field)>>,
    indices: HashMap<&'a str, usize>,
}

impl<'a> Collected<'a> {
    fn collect(&mut self, set: &'a SelectionSet) {
        for selection in &set.selections {
            match selection {
                Selection::Field(field) => {
                    let index = *self.indices.entry(field.response_key().as_str()).or_insert(self.fields.len());
                    match self.fields.get_mut(index) {
                        Some(selected) => selected.push((set.ty.as_str(), field)),
                        None => self.fields.push(vec![(set.ty.as_str(), field)]),
                    }
                }
                Selection::InlineFragment(fragment) => self.collect(&fragment.selection_set),
                Selection::FragmentSpread(spread) => {
                    let Some(fragment) = self.document.fragments.get(&spread.fragment_name) else { continue };
                    if self.seen.insert(fragment.name.as_str()) {
                        self.collect(&fragment.selection_set);
                    }
                }
            }
        }
    }
}

/// A response key that marks an object of which perhaps nothing else is selected.
const MARK: &str = "__hillside_object";

/// Marks selection sets that may turn out empty (`{ ... on Page { title } }`), for their objects are not null.
pub(super) fn mark(document: &mut prepared::ExecutableDocument) {
    match &mut document.operations {
        prepared::DocumentOperations::Single(operation) => mark_set(&mut operation.node.selection_set, true),
        prepared::DocumentOperations::Multiple(operations) => {
            operations.values_mut().for_each(|operation| mark_set(&mut operation.node.selection_set, true));
        }
    }
    document.fragments.values_mut().for_each(|fragment| mark_set(&mut fragment.node.selection_set, false));
}

/// `whole` says that nothing else is selected of the object.
fn mark_set(set: &mut Positioned<prepared::SelectionSet>, whole: bool) {
    let certain = |selection: &Positioned<prepared::Selection>| match &selection.node {
        prepared::Selection::Field(field) => field.node.directives.is_empty(),
        _ => false,
    };
    let may_be_empty = !set.node.items.iter().any(certain);
    for selection in &mut set.node.items {
        match &mut selection.node {
            prepared::Selection::Field(field) if !field.node.selection_set.node.items.is_empty() => {
                mark_set(&mut field.node.selection_set, true);
            }
            prepared::Selection::InlineFragment(fragment) => mark_set(&mut fragment.node.selection_set, false),
            _ => {}
        }
    }
    if whole && may_be_empty {
        let at = set.pos;
        let mark = prepared::Field {
            alias: Some(Positioned::new(Name::new(MARK), at)),
            name: Positioned::new(Name::new("__typename"), at),
            arguments: Vec::new(),
            directives: Vec::new(),
            selection_set: Positioned::new(prepared::SelectionSet::default(), at),
        };
        set.node.items.push(Positioned::new(prepared::Selection::Field(Positioned::new(mark, at)), at));
    }
}
