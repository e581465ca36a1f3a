//! Values in the input: variables coerced to their types with defaults filled in, and literals as far as the validator
//! does not judge them.
//!
//! The validator does not know `@oneOf`, and async-graphql reads neither the defaults of variables in `@skip` and
//! `@include` nor, when a nullable variable is absent, the default of the argument it stands in.

use std::collections::BTreeSet;

use apollo_compiler::ast::{Type, Value as Literal, VariableDefinition};
use apollo_compiler::executable::{Argument, Directive, ExecutableDocument, Operation, Selection, SelectionSet};
use apollo_compiler::parser::{SourceMap, SourceSpan};
use apollo_compiler::schema::{ExtendedType, InputObjectType};
use apollo_compiler::{Node, Schema};
use async_graphql::{Name, Number, Pos, Value, Variables};

use super::error::Refusal;
use super::limits::Limits;

/// Variables as the resolvers get them.
#[derive(Debug, Default)]
pub(super) struct Coerced {
    /// Every variable that has a value, given or by default.
    pub values: Variables,
    /// Those that have none and need none.
    pub absent: BTreeSet<Name>,
}

/// Coerces what was sent to what `operation` declares. One refusal for each variable that does not fit.
pub(super) fn coerce_variables(
    schema: &Schema,
    document: &ExecutableDocument,
    operation: &Operation,
    mut given: Variables,
    limits: &Limits,
) -> Result<Coerced, Vec<Refusal>> {
    if operation.variables.len() > limits.variables || given.len() > limits.variables {
        return Err(vec![Refusal::bad_input(format!("Send at most {} variables.", limits.variables))]);
    }
    let mut coerced = Coerced::default();
    let mut refused = Vec::new();
    for definition in &operation.variables {
        let name = Name::new(definition.name.as_str());
        let value = match given.remove(definition.name.as_str()) {
            Some(value) => value,
            None => match &definition.default_value {
                Some(default) => constant(default),
                None if definition.ty.is_non_null() => {
                    let message = format!("The variable `${name}` of type `{}` is missing.", definition.ty);
                    refused.push(Refusal::bad_input(message).at(place(&document.sources, definition.location())));
                    continue;
                }
                None => {
                    coerced.absent.insert(name);
                    continue;
                }
            },
        };
        let mut coercion = Coercion { schema, limits, path: format!("${name}") };
        match coercion.value(&definition.ty, value) {
            Ok(value) => {
                coerced.values.insert(name, value);
            }
            Err(message) => {
                let message = format!("The variable `{}` {message}.", coercion.path);
                refused.push(Refusal::bad_input(message).at(place(&document.sources, definition.location())));
            }
        }
    }
    if refused.is_empty() { Ok(coerced) } else { Err(refused) }
}

/// Coerces one value, remembering where in it it stands (`$input.blocks[2]`) when it fails.
struct Coercion<'a> {
    schema: &'a Schema,
    limits: &'a Limits,
    path: String,
}

impl Coercion<'_> {
    fn value(&mut self, ty: &Type, value: Value) -> Result<Value, String> {
        match (ty, value) {
            (Type::NonNullNamed(_) | Type::NonNullList(_), Value::Null) => {
                Err(format!("is null, but `{ty}` is required"))
            }
            (_, Value::Null) => Ok(Value::Null),
            (Type::List(inner) | Type::NonNullList(inner), Value::List(items)) => {
                if items.len() > self.limits.list_items {
                    return Err(format!("has {} items; send at most {}", items.len(), self.limits.list_items));
                }
                let items = items.into_iter().enumerate();
                let items =
                    items.map(|(index, item)| self.within(&format!("[{index}]"), |this| this.value(inner, item)));
                items.collect::<Result<_, _>>().map(Value::List)
            }
            (Type::List(inner) | Type::NonNullList(inner), single) => {
                self.value(inner, single).map(|item| Value::List(vec![item]))
            }
            (Type::Named(name) | Type::NonNullNamed(name), value) => match self.schema.types.get(name) {
                Some(ExtendedType::InputObject(object)) => self.object(object, value),
                Some(ExtendedType::Enum(choice)) => match &value {
                    Value::String(text) if choice.values.contains_key(text.as_str()) => {
                        Ok(Value::Enum(Name::new(text)))
                    }
                    Value::Enum(name) if choice.values.contains_key(name.as_str()) => Ok(value),
                    other => {
                        let values: Vec<&str> = choice.values.keys().map(|value| value.as_str()).collect();
                        Err(format!("is {}, but one of {} is required", shown(other), values.join(", ")))
                    }
                },
                _ => self.scalar(name.as_str(), value),
            },
        }
    }

    fn object(&mut self, object: &InputObjectType, value: Value) -> Result<Value, String> {
        let Value::Object(mut fields) = value else {
            return Err(format!("is {}, but an object of type `{}` is required", shown(&value), object.name));
        };
        if let Some(unknown) = fields.keys().find(|name| !object.fields.contains_key(name.as_str())) {
            return Err(format!("has a field `{unknown}` that `{}` does not have", object.name));
        }
        if is_one_of(object) {
            let set = fields.values().filter(|value| !matches!(value, Value::Null)).count();
            if fields.len() != 1 || set != 1 {
                return Err(format!("needs exactly one field of `{}`, and not null", object.name));
            }
        }
        let names: Vec<Name> = fields.keys().cloned().collect();
        for name in names {
            let (Some(definition), Some(slot)) = (object.fields.get(name.as_str()), fields.get_mut(&name)) else {
                continue;
            };
            let value = std::mem::take(slot);
            *slot = self.within(&format!(".{name}"), |this| this.value(&definition.ty, value))?;
        }
        match object.fields.values().find(|field| field.is_required() && !fields.contains_key(field.name.as_str())) {
            Some(missing) => Err(format!("lacks the field `{}` of type `{}`", missing.name, missing.ty)),
            None => Ok(Value::Object(fields)),
        }
    }

    fn scalar(&self, name: &str, value: Value) -> Result<Value, String> {
        self.check_strings(&value)?;
        match (name, value) {
            ("Int", Value::Number(number)) => match whole(&number).and_then(|number| i32::try_from(number).ok()) {
                Some(whole) => Ok(Value::from(whole)),
                None => Err(format!("is {number}, but a whole number of 32 bits is required")),
            },
            ("Float", value @ Value::Number(_)) => Ok(value),
            ("String" | "ID", value @ Value::String(_)) => Ok(value),
            ("ID", Value::Number(number)) => match whole(&number) {
                Some(whole) => Ok(Value::String(whole.to_string())),
                None => Err(format!("is {number}, but an id is required")),
            },
            ("Boolean", value @ Value::Boolean(_)) => Ok(value),
            ("Int" | "Float" | "String" | "ID" | "Boolean", other) => {
                Err(format!("is {}, but `{name}` is required", shown(&other)))
            }
            (_, custom) => Ok(custom),
        }
    }

    fn check_strings(&self, value: &Value) -> Result<(), String> {
        match value {
            Value::String(text)
                if text.len() > self.limits.string_chars && text.chars().count() > self.limits.string_chars =>
            {
                Err(format!("is longer than {} characters", self.limits.string_chars))
            }
            Value::List(items) => items.iter().try_for_each(|item| self.check_strings(item)),
            Value::Object(fields) => fields.values().try_for_each(|field| self.check_strings(field)),
            _ => Ok(()),
        }
    }

    /// Leaves the path where it is on failure, so that it tells the place.
    fn within(&mut self, step: &str, look: impl FnOnce(&mut Self) -> Result<Value, String>) -> Result<Value, String> {
        let length = self.path.len();
        self.path.push_str(step);
        let value = look(self)?;
        self.path.truncate(length);
        Ok(value)
    }
}

fn is_one_of(object: &InputObjectType) -> bool {
    object.directives.get("oneOf").is_some()
}

fn whole(number: &Number) -> Option<i64> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if let Some(whole) = number.as_i64() {
        return Some(whole);
    }
    let float = number.as_f64().filter(|float| float.fract() == 0.0 && float.abs() < EXACT)?;
    format!("{float:.0}").parse().ok()
}

/// What kind of thing a value is; never the value itself when it may be a person's words.
fn shown(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Number(_) => "a number",
        Value::String(_) | Value::Enum(_) => "a string",
        Value::Boolean(_) => "a boolean",
        Value::Binary(_) => "binary",
        Value::List(_) => "a list",
        Value::Object(_) => "an object",
    }
}

/// A literal without variables, as a value.
fn constant(literal: &Literal) -> Value {
    match literal {
        Literal::Null | Literal::Variable(_) => Value::Null,
        Literal::Enum(name) => Value::Enum(Name::new(name.as_str())),
        Literal::String(text) => Value::String(text.clone()),
        Literal::Boolean(flag) => Value::Boolean(*flag),
        Literal::Int(number) => number.as_str().parse().map_or(Value::Null, Value::Number),
        Literal::Float(number) => number.as_str().parse().map_or(Value::Null, Value::Number),
        Literal::List(items) => Value::List(items.iter().map(|item| constant(item)).collect()),
        Literal::Object(fields) => {
            Value::Object(fields.iter().map(|(name, value)| (Name::new(name.as_str()), constant(value))).collect())
        }
    }
}

/// Checks the literals of a valid document for what the validator leaves: `@oneOf`, the lengths of lists, and whether a variable within
/// a list or an input object fits there.
pub(super) fn check_literals(schema: &Schema, document: &ExecutableDocument, limits: &Limits) -> Result<(), Refusal> {
    for operation in document.operations.iter() {
        let mut literals = Literals { schema, document, limits, variables: Some(&operation.variables) };
        for definition in &operation.variables {
            if let Some(default) = &definition.default_value {
                literals.value(&definition.ty, default)?;
            }
        }
        literals.directives(&operation.directives.0)?;
        literals.selection_set(&operation.selection_set)?;
        // A fragment's variables are those of the operations that spread it.
        literals.variables = document.operations.iter().nth(1).is_none().then_some(operation.variables.as_slice());
        for fragment in document.fragments.values() {
            literals.directives(&fragment.directives.0)?;
            literals.selection_set(&fragment.selection_set)?;
        }
    }
    Ok(())
}

struct Literals<'a> {
    schema: &'a Schema,
    document: &'a ExecutableDocument,
    limits: &'a Limits,
    variables: Option<&'a [Node<VariableDefinition>]>,
}

impl Literals<'_> {
    fn selection_set(&self, set: &SelectionSet) -> Result<(), Refusal> {
        for selection in &set.selections {
            match selection {
                Selection::Field(field) => {
                    self.directives(&field.directives.0)?;
                    for argument in &field.arguments {
                        if let Some(definition) = field.definition.argument_by_name(&argument.name) {
                            self.value(&definition.ty, &argument.value)?;
                        }
                    }
                    self.selection_set(&field.selection_set)?;
                }
                Selection::InlineFragment(fragment) => {
                    self.directives(&fragment.directives.0)?;
                    self.selection_set(&fragment.selection_set)?;
                }
                Selection::FragmentSpread(spread) => self.directives(&spread.directives.0)?,
            }
        }
        Ok(())
    }

    fn directives(&self, directives: &[Node<Directive>]) -> Result<(), Refusal> {
        for directive in directives {
            let Some(definition) = self.schema.directive_definitions.get(&directive.name) else { continue };
            for argument in &directive.arguments {
                let Argument { name, value } = argument.as_ref();
                if let Some(definition) = definition.argument_by_name(name) {
                    self.value(&definition.ty, value)?;
                }
            }
        }
        Ok(())
    }

    fn value(&self, ty: &Type, value: &Node<Literal>) -> Result<(), Refusal> {
        match value.as_ref() {
            Literal::List(items) => {
                if items.len() > self.limits.list_items {
                    let message =
                        format!("This list has {} items; send at most {}.", items.len(), self.limits.list_items);
                    return Err(self.refusal(message, value));
                }
                let inner = if ty.is_list() { ty.item_type() } else { ty };
                items.iter().try_for_each(|item| self.fits(inner, false, item).and_then(|()| self.value(inner, item)))
            }
            Literal::Object(fields) => {
                let Some(ExtendedType::InputObject(object)) = self.schema.types.get(ty.inner_named_type()) else {
                    return Ok(());
                };
                if is_one_of(object) {
                    let fits = match fields.as_slice() {
                        [(_, only)] => !only.is_null() && !self.may_be_null(only),
                        _ => false,
                    };
                    if !fits {
                        let message = format!("`{}` needs exactly one field, and not null.", object.name);
                        return Err(self.refusal(message, value));
                    }
                }
                fields.iter().try_for_each(|(name, field)| match object.fields.get(name) {
                    Some(definition) => {
                        self.fits(&definition.ty, definition.default_value.is_some(), field)?;
                        self.value(&definition.ty, field)
                    }
                    None => Ok(()),
                })
            }
            Literal::String(text) if text.chars().count() > self.limits.string_chars => {
                Err(self.refusal(format!("This string is longer than {} characters.", self.limits.string_chars), value))
            }
            _ => Ok(()),
        }
    }

    /// Whether a variable may stand where `ty` is wanted (section 5.8.5 of the specification); the validator looks at arguments alone.
    fn fits(&self, ty: &Type, has_default: bool, value: &Node<Literal>) -> Result<(), Refusal> {
        let (Literal::Variable(name), Some(variables)) = (value.as_ref(), self.variables) else { return Ok(()) };
        let Some(variable) = variables.iter().find(|variable| variable.name == *name) else { return Ok(()) };
        let is_given = variable.default_value.as_ref().is_some_and(|default| !default.is_null());
        let fits = match (is_given || has_default) && ty.is_non_null() && !variable.ty.is_non_null() {
            true => variable.ty.as_ref().clone().non_null().is_assignable_to(ty),
            false => variable.ty.is_assignable_to(ty),
        };
        if fits {
            return Ok(());
        }
        let message =
            format!("The variable `${name}` of type `{}` cannot be used where `{ty}` is wanted.", variable.ty);
        Err(self.refusal(message, value))
    }

    fn may_be_null(&self, value: &Literal) -> bool {
        let (Literal::Variable(name), Some(variables)) = (value, self.variables) else { return false };
        variables.iter().any(|variable| variable.name == *name && !variable.ty.is_non_null())
    }

    fn refusal(&self, message: String, value: &Node<Literal>) -> Refusal {
        let refusal = Refusal::new(super::error::Code::GraphqlValidationFailed, message);
        refusal.at(place(&self.document.sources, value.location()))
    }
}

/// Line and column of a span.
pub(super) fn place(sources: &SourceMap, at: Option<SourceSpan>) -> Option<Pos> {
    let place = at?.line_column(sources)?;
    Some(Pos { line: place.line, column: place.column })
}
