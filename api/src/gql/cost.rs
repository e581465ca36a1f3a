//! What an operation may cost, before it runs.
//!
//! A field counts one (or its weight), and below a list as often as the list may have items: `first` for a
//! connection, the length of the argument for a list of ids. Closed lists count once: what they hold is bounded where
//! it is written, and none may stand below itself (`recursion`). Fragments are priced once each, so the time is linear in the document.

use std::collections::HashMap;

use apollo_compiler::ast::Value as Literal;
use apollo_compiler::executable::{ExecutableDocument, Field, Operation, Selection, SelectionSet};
use apollo_compiler::schema::ExtendedType;
use apollo_compiler::{Name, Node, Schema};
use async_graphql::{Pos, Value, Variables};

use super::error::{Code, Refusal};
use super::limits::Limits;

/// Prices `operation` with its coerced `variables`; refuses more than the limits allow, and too large a `first`.
///
/// `document` is valid, so no fragment spreads itself and every field is defined.
pub(super) fn price(
    schema: &Schema,
    document: &ExecutableDocument,
    operation: &Operation,
    variables: &Variables,
    limits: &Limits,
) -> Result<u64, Refusal> {
    let mut pricing = Pricing { schema, document, variables, limits, fragments: HashMap::new() };
    let price = pricing.selection_set(&operation.selection_set)?.times(1);
    if price.cost > limits.cost {
        let message =
            format!("This may cost {} of at most {}: ask for fewer fields or items.", price.cost, limits.cost);
        return Err(Refusal::new(Code::QueryTooComplex, message));
    }
    if price.nodes > limits.nodes {
        let message =
            format!("This may answer {} nodes of at most {}: ask for fewer items.", price.nodes, limits.nodes);
        return Err(Refusal::new(Code::QueryTooComplex, message));
    }
    Ok(price.cost)
}

#[derive(Clone, Copy, Debug, Default)]
struct Amount {
    cost: u64,
    nodes: u64,
}

impl Amount {
    fn plus(self, other: Self) -> Self {
        Self { cost: self.cost.saturating_add(other.cost), nodes: self.nodes.saturating_add(other.nodes) }
    }

    fn times(self, factor: u64) -> Self {
        Self { cost: self.cost.saturating_mul(factor), nodes: self.nodes.saturating_mul(factor) }
    }
}

/// A price in which the number of items is not yet known: the lists of a connection (`edges`, `nodes`) are as long
/// as the field above says, and a fragment on a connection may be spread below several such fields.
#[derive(Clone, Copy, Debug, Default)]
struct Price {
    once: Amount,
    per_item: Amount,
}

impl Price {
    fn plus(self, other: Self) -> Self {
        Self { once: self.once.plus(other.once), per_item: self.per_item.plus(other.per_item) }
    }

    fn times(self, items: u64) -> Amount {
        self.once.plus(self.per_item.times(items))
    }
}

struct Pricing<'a> {
    schema: &'a Schema,
    document: &'a ExecutableDocument,
    variables: &'a Variables,
    limits: &'a Limits,
    fragments: HashMap<&'a Name, Price>,
}

impl<'a> Pricing<'a> {
    fn selection_set(&mut self, set: &'a SelectionSet) -> Result<Price, Refusal> {
        let mut sum = Price::default();
        for selection in &set.selections {
            let price = match selection {
                Selection::Field(field) => self.field(&set.ty, field)?,
                Selection::InlineFragment(fragment) => self.selection_set(&fragment.selection_set)?,
                Selection::FragmentSpread(spread) => match self.fragments.get(&spread.fragment_name) {
                    Some(price) => *price,
                    None => {
                        let Some(fragment) = self.document.fragments.get(&spread.fragment_name) else { continue };
                        let price = self.selection_set(&fragment.selection_set)?;
                        self.fragments.insert(&spread.fragment_name, price);
                        price
                    }
                },
            };
            sum = sum.plus(price);
        }
        Ok(sum)
    }

    fn field(&mut self, parent: &Name, field: &'a Node<Field>) -> Result<Price, Refusal> {
        let own = Amount { cost: self.weight(parent, &field.name), nodes: 0 };
        if field.selection_set.selections.is_empty() {
            return Ok(Price { once: own, per_item: Amount::default() });
        }

        let below = self.selection_set(&field.selection_set)?;
        let is_list = field.definition.ty.is_list();
        if let Some(items) = self.page_size(parent, field)? {
            let all = if is_list { below.times(1).plus(NODE).times(items) } else { below.times(items) };
            return Ok(Price { once: own.plus(all), per_item: Amount::default() });
        }
        if !is_list {
            return Ok(Price { once: own.plus(below.times(1)), per_item: Amount::default() });
        }
        if let Some(items) = self.list_argument(field) {
            let all = below.times(1).plus(NODE).times(items);
            return Ok(Price { once: own.plus(all), per_item: Amount::default() });
        }
        if is_connection(self.schema, parent) {
            return Ok(Price { once: own, per_item: below.times(1).plus(NODE) });
        }
        Ok(Price { once: own.plus(below.times(1)), per_item: Amount::default() })
    }

    fn weight(&self, parent: &Name, field: &Name) -> u64 {
        at(&self.limits.weights, parent, field).unwrap_or(1)
    }

    /// How many items a paged field may answer; nothing when it is not paged.
    fn page_size(&self, parent: &Name, field: &Field) -> Result<Option<u64>, Refusal> {
        let most = at(&self.limits.first_of, parent, &field.name).unwrap_or(self.limits.first);
        let mut paged = None;
        for argument in ["first", "last"] {
            let Some(definition) = field.definition.argument_by_name(argument) else { continue };
            let given = field.arguments.iter().find(|given| given.name == argument);
            let asked = match given.map(|given| given.value.as_ref()) {
                Some(Literal::Variable(name)) => match self.variables.get(name.as_str()) {
                    Some(value) => integer(value),
                    None => definition.default_value.as_ref().and_then(|value| value.to_i32()).map(i64::from),
                },
                Some(literal) => literal.to_i32().map(i64::from),
                None => definition.default_value.as_ref().and_then(|value| value.to_i32()).map(i64::from),
            };
            let Some(asked) = asked else {
                paged = paged.or(Some(None));
                continue;
            };
            let Some(asked) = u64::try_from(asked).ok().filter(|asked| *asked <= most) else {
                let message = format!("The argument `{argument}` of `{}` is a number from 0 to {most}.", field.name);
                let place = given.and_then(Node::location).and_then(|at| at.line_column(&self.document.sources));
                let place = place.map(|place| Pos { line: place.line, column: place.column });
                return Err(Refusal::bad_input(message).at(place));
            };
            paged = Some(Some(paged.flatten().map_or(asked, |other: u64| other.min(asked))));
        }
        Ok(paged.map(|asked| asked.unwrap_or(most)))
    }

    /// The length of the longest list among the arguments: a list of ids answers one object each.
    fn list_argument(&self, field: &Field) -> Option<u64> {
        let lengths = field.arguments.iter().filter_map(|argument| match argument.value.as_ref() {
            Literal::List(items) => Some(items.len()),
            Literal::Variable(name) => match self.variables.get(name.as_str()) {
                Some(Value::List(items)) => Some(items.len()),
                _ => None,
            },
            _ => None,
        });
        lengths.max().map(|length| u64::try_from(length).unwrap_or(u64::MAX))
    }
}

/// Whether a type is a connection, whose lists are as long as the field above it says.
pub(super) fn is_connection(schema: &Schema, name: &Name) -> bool {
    let Some(ExtendedType::Object(object)) = schema.types.get(name) else { return false };
    object.fields.contains_key("pageInfo") && object.fields.contains_key("edges")
}

const NODE: Amount = Amount { cost: 0, nodes: 1 };

fn at(list: &[(&'static str, u64)], parent: &Name, field: &Name) -> Option<u64> {
    let matches = |coordinate: &str| coordinate.split_once('.') == Some((parent.as_str(), field.as_str()));
    list.iter().find(|(coordinate, _)| matches(coordinate)).map(|(_, number)| *number)
}

fn integer(value: &Value) -> Option<i64> {
    match value {
        Value::Number(number) => number.as_i64(),
        _ => None,
    }
}
