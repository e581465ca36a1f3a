//! Lists below themselves.
//!
//! A closed list (a page's blocks, a grid's therapies) has no page size to be priced by. Once, that is bounded by what
//! editors write; below itself it multiplies: blocks of therapies of blocks of therapies. So no such list may stand
//! below itself. Fragments are walked once each, so the time is linear in the document.

use std::collections::{BTreeSet, HashMap};

use apollo_compiler::executable::{ExecutableDocument, Field, Operation, Selection, SelectionSet};
use apollo_compiler::schema::{ComponentName, ExtendedType};
use apollo_compiler::{Name, Schema};

use super::cost::is_connection;
use super::error::{Code, Refusal};

/// A list by where it is defined: the type, or the interface that has it of all its types, and the field.
type Lists<'a> = BTreeSet<(&'a str, &'a str)>;

/// Fails when a closed list of `operation` stands below itself. `document` is valid, so no fragment spreads itself.
pub(super) fn check(schema: &Schema, document: &ExecutableDocument, operation: &Operation) -> Result<(), Refusal> {
    let mut walk = Walk { schema, document, fragments: HashMap::new() };
    walk.below(&operation.selection_set).map(|_| ())
}

struct Walk<'a> {
    schema: &'a Schema,
    document: &'a ExecutableDocument,
    fragments: HashMap<&'a Name, Lists<'a>>,
}

impl<'a> Walk<'a> {
    /// The lists anywhere in a selection.
    fn below(&mut self, set: &'a SelectionSet) -> Result<Lists<'a>, Refusal> {
        let mut lists = Lists::new();
        for selection in &set.selections {
            match selection {
                Selection::Field(field) => lists.extend(self.field(&set.ty, field)?),
                Selection::InlineFragment(fragment) => lists.extend(self.below(&fragment.selection_set)?),
                Selection::FragmentSpread(spread) => {
                    if !self.fragments.contains_key(&spread.fragment_name) {
                        let Some(fragment) = self.document.fragments.get(&spread.fragment_name) else { continue };
                        let found = self.below(&fragment.selection_set)?;
                        self.fragments.insert(&spread.fragment_name, found);
                    }
                    lists.extend(self.fragments.get(&spread.fragment_name).into_iter().flatten());
                }
            }
        }
        Ok(lists)
    }

    /// Pages and therapies have the same body, by whichever type it is asked for.
    fn defining(&self, parent: &'a Name, field: &str) -> &'a str {
        let interfaces = match self.schema.types.get(parent) {
            Some(ExtendedType::Object(object)) => &object.implements_interfaces,
            Some(ExtendedType::Interface(interface)) => &interface.implements_interfaces,
            _ => return parent,
        };
        let has = |name: &&ComponentName| self.schema.type_field(name, field).is_ok();
        interfaces.iter().find(has).map_or(parent.as_str(), |name| name.as_str())
    }

    fn field(&mut self, parent: &'a Name, field: &'a Field) -> Result<Lists<'a>, Refusal> {
        let mut lists = self.below(&field.selection_set)?;
        let is_list = field.definition.ty.is_list() && !field.selection_set.selections.is_empty();
        // A connection's lists are priced by its page size, and how deep introspection may go has a rule of its own.
        let is_closed = is_list && !parent.starts_with("__") && !is_connection(self.schema, parent);
        let parent = self.defining(parent, &field.name);
        if is_closed && !lists.insert((parent, &field.name)) {
            let message = format!("The list `{parent}.{}` is asked for below itself: ask for it once.", field.name);
            return Err(Refusal::new(Code::QueryTooComplex, message));
        }
        Ok(lists)
    }
}
