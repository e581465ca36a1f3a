//! What a form is drawn from: the JSON Schema of the struct it fills in, with the hints in it.

use schemars::{JsonSchema, generate::SchemaSettings};
use serde_json::Value;

/// JSON Schema (2020-12) of `T` in one piece, with the order of the fields in `x-order`: JSON objects carry none.
pub fn schema_of<T: JsonSchema>() -> Value {
    let generator = SchemaSettings::draft2020_12().with(|settings| settings.inline_subschemas = true).into_generator();
    let mut schema = generator.into_root_schema_for::<T>().to_value();
    name_order(&mut schema);
    schema
}

fn name_order(schema: &mut Value) {
    match schema {
        Value::Object(fields) => {
            fields.values_mut().for_each(name_order);
            if let Some(Value::Object(properties)) = fields.get("properties") {
                let order: Vec<_> = properties.keys().cloned().collect();
                fields.insert("x-order".to_owned(), order.into());
            }
        }
        Value::Array(items) => items.iter_mut().for_each(name_order),
        _ => {}
    }
}
