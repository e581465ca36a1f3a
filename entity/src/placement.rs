//! Where in a snapshot things are pointed at, and what is left of it when that is another or nothing.
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

/// Points at `to` in every place that points at `from`, or nowhere; says whether there was one.
///
/// Without another a link becomes the words it was on, a list loses the item and a field is emptied. A list that has the
/// other already loses the item too, so that nothing stands in it twice.
pub fn relink(snapshot: &mut Value, from: Reference, to: Option<Reference>) -> bool {
    let places = placements(snapshot, &HashSet::from([from]));
    for place in places.iter().rev() {
        match to {
            Some(to) => put(snapshot, &place.path, to),
            None => take_out(snapshot, &place.path),
        }
    }
    !places.is_empty()
}

fn put(snapshot: &mut Value, path: &[String], to: Reference) {
    let value = Value::String(to.to_string());
    let list = path.split_last().and_then(|(_, above)| snapshot.pointer(&pointer(above))).and_then(Value::as_array);
    if list.is_some_and(|items| items.contains(&value)) {
        take_out(snapshot, path);
    } else if let Some(place) = snapshot.pointer_mut(&pointer(path)) {
        *place = value;
    }
}

/// Takes a reference out: the whole mark of a link, an item of a list, or else the field's value.
fn take_out(snapshot: &mut Value, path: &[String]) {
    let mark = path.iter().rposition(|part| part == "marks").map(|marks| marks + 2).filter(|end| *end <= path.len());
    // `{ "page": "pag_…" }`, with nothing beside it, is one value that says what it names.
    let around = path.split_last().and_then(|(_, above)| snapshot.pointer(&pointer(above)));
    let named = around.and_then(Value::as_object).filter(|fields| fields.len() == 1).map(|_| path.len() - 1);
    let end = mark.or(named).unwrap_or(path.len());
    let Some((last, above)) = path.get(..end).and_then(<[String]>::split_last) else { return };
    match snapshot.pointer_mut(&pointer(above)) {
        Some(Value::Array(items)) => {
            if let Some(place) = last.parse().ok().filter(|place: &usize| *place < items.len()) {
                items.remove(place);
            }
        }
        Some(Value::Object(fields)) => {
            fields.insert(last.clone(), Value::Null);
        }
        _ => {}
    }
}

/// RFC 6901; no name of a field has a `/` or a `~`.
fn pointer(path: &[String]) -> String {
    path.iter().fold(String::new(), |pointer, part| pointer + "/" + part)
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
    use crate::id::{ContactPointId, PageId, TherapyId};

    fn snapshot(page: &str, therapy: &str, phone: &str) -> Value {
        json!({ "title": "t", "parent": page, "blocks": [
            { "richText": { "key": "a", "body": { "type": "doc", "content": [
                { "type": "text", "text": "there", "marks": [
                    { "type": "strong" }, { "type": "link", "attrs": { "to": { "page": page } } }
                ] }
            ] } } },
            { "therapyGrid": { "key": "b", "therapies": [therapy, therapy] } },
            { "callToAction": { "key": "c", "to": { "contactPoint": phone }, "contactPoint": phone } }
        ] })
    }

    struct Ids(PageId, TherapyId, ContactPointId);

    impl Ids {
        fn new() -> Self {
            Self(PageId::new(), TherapyId::new(), ContactPointId::new())
        }

        fn snapshot(&self) -> Value {
            snapshot(&self.0.to_string(), &self.1.to_string(), &self.2.to_string())
        }
    }

    #[test]
    fn a_place_is_named_with_its_block_and_its_path() {
        let ids = Ids::new();
        let known = HashSet::from([Reference::Page(ids.0), Reference::ContactPoint(ids.2)]);
        let mut found: Vec<_> =
            placements(&ids.snapshot(), &known).into_iter().map(|it| (it.path.join("."), it.block_key)).collect();
        found.sort();
        let place = |path: &str, key: Option<&str>| (path.to_owned(), key.map(ToOwned::to_owned));
        assert_eq!(
            found,
            [
                place("blocks.0.richText.body.content.0.marks.1.attrs.to.page", Some("a")),
                place("blocks.2.callToAction.contactPoint", Some("c")),
                place("blocks.2.callToAction.to.contactPoint", Some("c")),
                place("parent", None),
            ]
        );
    }

    #[test]
    fn a_link_becomes_its_words_and_a_field_is_emptied() {
        let ids = Ids::new();
        let mut left = ids.snapshot();
        assert!(relink(&mut left, Reference::Page(ids.0), None));
        assert_eq!(left.pointer("/blocks/0/richText/body/content/0/marks"), Some(&json!([{ "type": "strong" }])));
        assert_eq!(left.pointer("/parent"), Some(&Value::Null));
        assert!(relink(&mut left, Reference::ContactPoint(ids.2), None));
        assert_eq!(
            left.pointer("/blocks/2/callToAction"),
            Some(&json!({ "key": "c", "to": null, "contactPoint": null }))
        );
        assert!(!relink(&mut left, Reference::Page(ids.0), None), "there is no place left");
    }

    #[test]
    fn a_list_loses_every_item_that_names_it() {
        let ids = Ids::new();
        let mut left = ids.snapshot();
        assert!(relink(&mut left, Reference::Therapy(ids.1), None));
        assert_eq!(left.pointer("/blocks/1/therapyGrid/therapies"), Some(&json!([])));
        assert_eq!(left.pointer("/parent"), Some(&json!(ids.0.to_string())));
    }

    #[test]
    fn another_takes_its_place_and_stands_in_no_list_twice() {
        let ids = Ids::new();
        let (page, therapy) = (PageId::new(), TherapyId::new());
        let mut content = ids.snapshot();
        assert!(relink(&mut content, Reference::Page(ids.0), Some(Reference::Page(page))));
        assert!(relink(&mut content, Reference::Therapy(ids.1), Some(Reference::Therapy(therapy))));
        let mut expected = snapshot(&page.to_string(), &therapy.to_string(), &ids.2.to_string());
        expected["blocks"][1]["therapyGrid"]["therapies"] = json!([therapy.to_string()]);
        assert_eq!(content, expected);
    }
}
