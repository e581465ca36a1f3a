//! What changed between two snapshots of an entry: blocks by their keys, then fields, then words.
//!
//! Works on the stored JSON, so it knows no kind of block. A [`Diff`] holds all that [`patch`] needs: for any two
//! snapshots `a` and `b`, `patch(a, &diff(a, b))` is `b`.

use std::{
    collections::{BTreeSet, HashMap},
    time::Instant,
};

use serde_json::{Map, Value};
use similar::{Algorithm, ChangeTag, DiffTag, TextDiff, capture_diff_slices};

use super::snapshot::{is_rich_text, key_of, kind_and_fields, longest_rising};

/// Everything that changed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Diff {
    /// Fields beside the blocks.
    pub fields: Vec<FieldChange>,
    /// Blocks that were added, removed, moved or changed, in the order in which one reads them.
    pub blocks: Vec<BlockChange>,
    /// The keys of all blocks afterwards, where their order or number is another.
    order: Option<Vec<String>>,
}

/// A field with another value. A field of the document is told whole, one of a block as finely as it has parts.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldChange {
    /// Where: `["seo", "title"]`, `["questions", "dosage", "answer"]`; items of lists by their key where they have one.
    pub path: Vec<String>,
    /// None where there was none.
    pub before: Option<Value>,
    /// None where there is none.
    pub after: Option<Value>,
}

/// A block that is another.
#[derive(Clone, Debug, PartialEq)]
pub struct BlockChange {
    /// Its key.
    pub key: String,
    /// Where it stood, counted from 0; none when it was added.
    pub before: Option<usize>,
    /// Where it stands; none when it was removed.
    pub after: Option<usize>,
    /// Whether it stands elsewhere among those that stayed.
    pub moved: bool,
    /// As it was stored.
    pub old: Option<Value>,
    /// As it is stored, unless it only moved.
    pub new: Option<Value>,
}

impl Diff {
    /// Whether nothing changed.
    pub fn is_empty(&self) -> bool {
        self.fields.is_empty() && self.blocks.is_empty() && self.order.is_none()
    }
}

impl BlockChange {
    /// Which of its fields changed; none when it was added, removed or only moved.
    pub fn fields(&self) -> Vec<FieldChange> {
        let mut found = Vec::new();
        if let (Some((old_kind, old)), Some((new_kind, new))) =
            (self.old.as_ref().and_then(kind_and_fields), self.new.as_ref().and_then(kind_and_fields))
        {
            let path = if old_kind == new_kind { Vec::new() } else { vec![new_kind.to_owned()] };
            compare_fields(old, new, &path, &mut found);
        }
        found
    }
}

/// What changed from `a` to `b`.
pub fn diff(a: &Value, b: &Value) -> Diff {
    let empty = Map::new();
    let (old, new) = (a.as_object().unwrap_or(&empty), b.as_object().unwrap_or(&empty));
    let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let comparable = keyed(a).is_some() && keyed(b).is_some();
    let fields = names
        .into_iter()
        .filter(|name| !(comparable && *name == "blocks") && old.get(*name) != new.get(*name))
        .map(|name| FieldChange {
            path: vec![name.clone()],
            before: old.get(name).cloned(),
            after: new.get(name).cloned(),
        })
        .collect();
    let (Some(old), Some(new)) = (keyed(a), keyed(b)) else {
        return Diff { fields, ..Diff::default() };
    };
    let places = |blocks: &[(&str, &Value)]| -> HashMap<String, usize> {
        blocks.iter().enumerate().map(|(place, (key, _))| ((*key).to_owned(), place)).collect()
    };
    let (was, is) = (places(&old), places(&new));
    let stayed: Vec<usize> = old.iter().filter_map(|(key, _)| is.get(*key).copied()).collect();
    let still = longest_rising(&stayed);
    let mut blocks = Vec::new();
    for (after, (key, value)) in new.iter().enumerate() {
        let before = was.get(*key).copied();
        let former = before.and_then(|before| old.get(before)).map(|(_, value)| *value);
        let moved = before.is_some() && !still.contains(&after);
        let changed = former != Some(*value);
        if changed || moved {
            blocks.push(BlockChange {
                key: (*key).to_owned(),
                before,
                after: Some(after),
                moved,
                old: former.cloned(),
                new: changed.then(|| (*value).clone()),
            });
        }
    }
    // What was removed is read where it stood: after what stood before it.
    for (before, (key, value)) in old.iter().enumerate().filter(|(_, (key, _))| !is.contains_key(*key)) {
        let change = BlockChange {
            key: (*key).to_owned(),
            before: Some(before),
            after: None,
            moved: false,
            old: Some((*value).clone()),
            new: None,
        };
        let follows = old.iter().take(before).rev().find_map(|(key, _)| is.get(*key).copied());
        let place = blocks.iter().position(|other| match (other.after, follows) {
            (Some(after), Some(follows)) => after > follows,
            (Some(_), None) => true,
            (None, _) => other.before > Some(before),
        });
        blocks.insert(place.unwrap_or(blocks.len()), change);
    }
    let same_order = old.len() == new.len() && old.iter().zip(&new).all(|((a, _), (b, _))| a == b);
    let order = (!same_order).then(|| new.iter().map(|(key, _)| (*key).to_owned()).collect());
    Diff { fields, blocks, order }
}

/// What `a` becomes when it is changed so.
pub fn patch(a: &Value, diff: &Diff) -> Value {
    let mut fields = a.as_object().cloned().unwrap_or_default();
    for change in &diff.fields {
        let [name] = change.path.as_slice() else { continue };
        match &change.after {
            Some(value) => fields.insert(name.clone(), value.clone()),
            None => fields.shift_remove(name),
        };
    }
    if !diff.blocks.is_empty() || diff.order.is_some() {
        let known = keyed(a).unwrap_or_default();
        let new: HashMap<&str, &Value> =
            diff.blocks.iter().filter_map(|change| Some((change.key.as_str(), change.new.as_ref()?))).collect();
        let old: HashMap<&str, &Value> = known.iter().copied().collect();
        let order: Vec<&str> = match &diff.order {
            Some(order) => order.iter().map(String::as_str).collect(),
            None => known.iter().map(|(key, _)| *key).collect(),
        };
        let block = |key: &&str| new.get(key).or_else(|| old.get(key)).map(|value| (*value).clone());
        fields.insert("blocks".to_owned(), order.iter().filter_map(block).collect());
    }
    Value::Object(fields)
}

/// A snapshot's blocks with their keys; none when one has no key or two have the same.
fn keyed(content: &Value) -> Option<Vec<(&str, &Value)>> {
    let blocks = match content.get("blocks") {
        Some(blocks) => blocks.as_array()?,
        None => return None,
    };
    let mut seen = BTreeSet::new();
    blocks
        .iter()
        .map(|block| {
            let key = key_of(block)?;
            seen.insert(key).then_some((key, block))
        })
        .collect()
}

/// Records where two values differ, as finely as both have the same parts.
fn compare(before: Option<&Value>, after: Option<&Value>, path: Vec<String>, found: &mut Vec<FieldChange>) {
    if before == after {
        return;
    }
    match (before, after) {
        (Some(Value::Object(old)), Some(Value::Object(new))) if !is_rich_text(old) && !is_rich_text(new) => {
            compare_fields(old, new, &path, found);
        }
        (Some(Value::Array(old)), Some(Value::Array(new))) => match (named(old), named(new)) {
            (Some(was), Some(is)) if in_order(&was, &is) => {
                let names: BTreeSet<&str> = was.iter().chain(&is).map(|(name, _)| *name).collect();
                for name in names {
                    compare(of(&was, name), of(&is, name), joined(&path, name), found);
                }
            }
            // Items that changed places are told with their list.
            (Some(_), Some(_)) => found.push(FieldChange { path, before: before.cloned(), after: after.cloned() }),
            _ => compare_by_place(old, new, &path, found),
        },
        _ => found.push(FieldChange { path, before: before.cloned(), after: after.cloned() }),
    }
}

fn compare_fields(old: &Map<String, Value>, new: &Map<String, Value>, path: &[String], found: &mut Vec<FieldChange>) {
    let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    for name in names {
        compare(old.get(name), new.get(name), joined(path, name), found);
    }
}

/// The items of a list by their keys, where each has one of its own.
fn named(items: &[Value]) -> Option<Vec<(&str, &Value)>> {
    let found: Option<Vec<_>> = items.iter().map(|item| Some((item.get("key")?.as_str()?, item))).collect();
    found.filter(|found| found.iter().map(|(name, _)| name).collect::<BTreeSet<_>>().len() == items.len())
}

fn of<'a>(items: &[(&str, &'a Value)], name: &str) -> Option<&'a Value> {
    items.iter().find(|(other, _)| *other == name).map(|(_, value)| *value)
}

/// Whether the items that both have stand in the same order.
fn in_order(was: &[(&str, &Value)], is: &[(&str, &Value)]) -> bool {
    let stayed = was.iter().map(|(name, _)| *name).filter(|name| of(is, name).is_some());
    stayed.eq(is.iter().map(|(name, _)| *name).filter(|name| of(was, name).is_some()))
}

/// Lists whose items have no names: what is the same on both sides is found first, and what lies between is compared by
/// place. Places are counted from 1, as people do.
fn compare_by_place(old: &[Value], new: &[Value], path: &[String], found: &mut Vec<FieldChange>) {
    let texts = |items: &[Value]| items.iter().map(ToString::to_string).collect::<Vec<_>>();
    for change in capture_diff_slices(Algorithm::Myers, &texts(old), &texts(new)) {
        if change.tag() == DiffTag::Equal {
            continue;
        }
        let (before, after) = (change.old_range(), change.new_range());
        for step in 0..before.len().max(after.len()) {
            let (was, is) = (before.clone().nth(step), after.clone().nth(step));
            let place = is.or(was).map_or(0, |place| place + 1).to_string();
            let [was, is] = [(old, was), (new, is)].map(|(items, place)| place.and_then(|place| items.get(place)));
            compare(was, is, joined(path, &place), found);
        }
    }
}

fn joined(path: &[String], name: &str) -> Vec<String> {
    path.iter().cloned().chain([name.to_owned()]).collect()
}

/// What became of some words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, async_graphql::Enum)]
#[graphql(name = "WordRunKind")]
pub enum RunKind {
    /// They stayed.
    Kept,
    /// They came.
    Added,
    /// They went.
    Removed,
}

/// Words that stayed, came or went together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// What became of them.
    pub kind: RunKind,
    /// The words, with the spaces between them.
    pub text: String,
}

/// What became of the words of a text. What is not found out by `until` is told as gone and come.
pub fn runs(before: &str, after: &str, until: Instant) -> Vec<Run> {
    let mut config = TextDiff::configure();
    let words = config.algorithm(Algorithm::Myers).deadline(until).diff_words(before, after);
    let mut found: Vec<Run> = Vec::new();
    for change in words.iter_all_changes() {
        let kind = match change.tag() {
            ChangeTag::Equal => RunKind::Kept,
            ChangeTag::Insert => RunKind::Added,
            ChangeTag::Delete => RunKind::Removed,
        };
        match found.last_mut() {
            Some(last) if last.kind == kind => last.text.push_str(change.value()),
            _ => found.push(Run { kind, text: change.value().to_owned() }),
        }
    }
    found
}

#[cfg(test)]
mod tests;
