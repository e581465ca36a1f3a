//! Where in a snapshot things are pointed at.
//!
//! A snapshot is looked at as the JSON it is stored as, so a new block kind or field takes part without a line of its
//! own: a text that is the id of something the content says it points at, is such a place.

use std::collections::HashSet;

use serde_json::Value;

use crate::reference::Reference;

/// One place that points at something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placement {
    /// What it points at.
    pub target: Reference,
    /// Where, part by part: `blocks`, `3`, `callToAction`, `contactPoint`.
    pub path: Vec<String>,
    /// The key of the block around it, where there is one.
    pub block_key: Option<String>,
}

/// Every place in `snapshot` that points at one of `known`, in the order of the document.
pub fn placements(snapshot: &Value, known: &HashSet<Reference>) -> Vec<Placement> {
    let mut found = Vec::new();
    walk(snapshot, &mut Vec::new(), None, known, &mut found);
    found
}

fn walk(
    value: &Value,
    path: &mut Vec<String>,
    block_key: Option<&str>,
    known: &HashSet<Reference>,
    found: &mut Vec<Placement>,
) {
    match value {
        Value::String(text) => {
            if let Some(target) = Reference::parse(text).filter(|target| known.contains(target)) {
                found.push(Placement { target, path: path.clone(), block_key: block_key.map(ToOwned::to_owned) });
            }
        }
        Value::Array(items) => {
            for (place, item) in items.iter().enumerate() {
                path.push(place.to_string());
                walk(item, path, block_key, known, found);
                path.pop();
            }
        }
        Value::Object(fields) => {
            // A block's own fields stand below its place and its kind: `blocks`, `3`, `quote`.
            let own = (path.len() == 3 && path.first().is_some_and(|first| first == "blocks"))
                .then(|| fields.get("key").and_then(Value::as_str))
                .flatten();
            for (name, field) in fields {
                path.push(name.clone());
                walk(field, path, own.or(block_key), known, found);
                path.pop();
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::id::PageId;

    fn snapshot(id: &str, name: &str) -> Value {
        json!({ "title": id, "blocks": [
            { "richText": { "key": "a", "body": { "type": "doc", "content": [
                { "type": "text", "text": "there", "marks": [
                    { "type": "strong" }, { "type": "link", "attrs": { "to": { name: id } } }
                ] }
            ] } } },
            { "therapyGrid": { "key": "b", "therapies": [id] } }
        ] })
    }

    #[test]
    fn a_place_is_named_with_its_block_and_its_path() {
        let id = PageId::new();
        let known = HashSet::from([Reference::Page(id)]);
        let mut value = snapshot(&id.to_string(), "page");
        value["title"] = json!("words");
        let found: Vec<_> =
            placements(&value, &known).into_iter().map(|it| (it.path.join("."), it.block_key)).collect();
        assert_eq!(
            found,
            [
                ("blocks.0.richText.body.content.0.marks.1.attrs.to.page".to_owned(), Some("a".to_owned())),
                ("blocks.1.therapyGrid.therapies.0".to_owned(), Some("b".to_owned())),
            ]
        );
    }
}
