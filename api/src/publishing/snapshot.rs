//! What is known of stored snapshots (`{ title, seo, blocks: [{ quote: { key, text } }] }`) without knowing any kind of
//! block: how a block is named, and which blocks moved.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

/// A stored block's kind, and its fields.
pub(super) fn kind_and_fields(block: &Value) -> Option<(&str, &Map<String, Value>)> {
    let (kind, fields) = block.as_object()?.iter().next()?;
    Some((kind, fields.as_object()?))
}

/// What a stored block is known by.
pub(super) fn key_of(block: &Value) -> Option<&str> {
    kind_and_fields(block)?.1.get("key")?.as_str()
}

/// Whether these are the fields of a rich text's root.
pub(super) fn is_rich_text(fields: &Map<String, Value>) -> bool {
    fields.get("type").and_then(Value::as_str) == Some("doc")
}

/// The members of the longest rising part of `numbers`, which has none twice: what need not be said to have moved.
pub(super) fn longest_rising(numbers: &[usize]) -> BTreeSet<usize> {
    // Patience sorting: the tops of the piles, and for each number what it was laid upon.
    let mut tops: Vec<usize> = Vec::new();
    let mut below: Vec<Option<usize>> = Vec::with_capacity(numbers.len());
    let at = |place: usize| numbers.get(place).copied().unwrap_or(usize::MAX);
    for (place, number) in numbers.iter().enumerate() {
        let pile = tops.partition_point(|top| at(*top) < *number);
        below.push(pile.checked_sub(1).and_then(|left| tops.get(left).copied()));
        match tops.get_mut(pile) {
            Some(top) => *top = place,
            None => tops.push(place),
        }
    }
    let mut members = BTreeSet::new();
    let mut next = tops.last().copied();
    while let Some(place) = next {
        members.insert(at(place));
        next = below.get(place).copied().flatten();
    }
    members
}
