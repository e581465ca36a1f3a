//! Two people wrote on the same draft: what of both can stand together, and where somebody has to choose.
//!
//! Works on stored snapshots (`{ title, seo, blocks: [{ quote: { key, text } }] }`), three ways: what both began with,
//! what is saved by now (theirs), and what is about to be saved (yours). A block is known by its key, so it may move
//! while somebody else writes in it. Places are fields: of the document, of its SEO, of a block. A text that both
//! changed is a conflict as a whole, because half of one sentence and half of another make a third that nobody wrote.
//! Nothing is dropped silently: whatever one side did is in the result or in a conflict.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

use super::snapshot::{key_of, kind_and_fields, longest_rising};

/// A place in a document that differs.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Place {
    /// Fields from the outside in: `["seo", "title"]`; within a block its own: `["text"]`. Empty for a whole block,
    /// `["blocks"]` for the order of all.
    pub path: Vec<String>,
    /// The block it lies in.
    pub block: Option<String>,
}

/// Whose of two versions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, async_graphql::Enum)]
pub enum Side {
    /// What is saved.
    Theirs,
    /// What was to be saved.
    Yours,
}

/// What somebody chose where both had changed the same place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Where.
    pub place: Place,
    /// Whose is kept.
    pub keep: Side,
}

/// A place that both changed, each in another way. `None` where the block is not there.
#[derive(Clone, Debug, PartialEq)]
pub struct Conflict {
    /// Where.
    pub place: Place,
    /// What both began with.
    pub base: Option<Value>,
    /// What is saved.
    pub theirs: Option<Value>,
    /// What was to be saved.
    pub yours: Option<Value>,
}

impl Place {
    /// What a document has here; nothing where the block or the field is not there.
    pub fn value_in(&self, document: &Value) -> Option<Value> {
        let document = document.as_object()?;
        let blocks = Blocks::of(document);
        let fields = match &self.block {
            None if self.path == ["blocks"] => return Some(blocks.order.into_iter().collect()),
            None => document,
            Some(key) if self.path.is_empty() => return blocks.get(key).cloned(),
            Some(key) => kind_and_fields(blocks.get(key)?)?.1,
        };
        let (first, rest) = self.path.split_first()?;
        rest.iter().try_fold(fields.get(first)?, |value, name| value.get(name)).cloned()
    }
}

/// What came of two versions.
#[derive(Clone, Debug, PartialEq)]
pub struct Merge {
    /// Everything that can stand together. At a conflict it holds yours; a block that you removed and they changed stays.
    pub content: Value,
    /// The places where yours took over what they changed.
    pub from_theirs: Vec<Place>,
    /// The places where somebody has to choose.
    pub conflicts: Vec<Conflict>,
}

/// Brings `theirs` and `yours`, both written on `base`, together. What is among `choices` is no conflict.
pub fn merge(base: &Value, theirs: &Value, yours: &Value, choices: &[Choice]) -> Merge {
    let mut found = Found { from_theirs: Vec::new(), conflicts: Vec::new(), choices };
    let empty = Map::new();
    let [base, theirs, yours] = [base, theirs, yours].map(|side| side.as_object().unwrap_or(&empty));
    let mut content = found.fields(None, &[], base, theirs, yours, is_no_plain_field);
    let blocks = found.blocks(&Blocks::of(base), &Blocks::of(theirs), &Blocks::of(yours));
    content.insert("blocks".to_owned(), Value::Array(blocks));
    if let Some(version) = yours.get("v") {
        content.insert("v".to_owned(), version.clone());
    }
    Merge { content: Value::Object(content), from_theirs: found.from_theirs, conflicts: found.conflicts }
}

fn is_no_plain_field(name: &str) -> bool {
    matches!(name, "blocks" | "v")
}

/// The blocks of one side, by key and in order.
struct Blocks<'a> {
    order: Vec<&'a str>,
    by_key: HashMap<&'a str, &'a Value>,
}

impl<'a> Blocks<'a> {
    fn of(document: &'a Map<String, Value>) -> Self {
        let mut blocks = Self { order: Vec::new(), by_key: HashMap::new() };
        for block in document.get("blocks").and_then(Value::as_array).into_iter().flatten() {
            if let Some(key) = key_of(block)
                && blocks.by_key.insert(key, block).is_none()
            {
                blocks.order.push(key);
            }
        }
        blocks
    }

    fn get(&self, key: &str) -> Option<&'a Value> {
        self.by_key.get(key).copied()
    }

    /// The order of those of its blocks that are among `keys`.
    fn among(&self, keys: &HashSet<&str>) -> Vec<&'a str> {
        self.order.iter().copied().filter(|key| keys.contains(key)).collect()
    }
}

struct Found<'c> {
    from_theirs: Vec<Place>,
    conflicts: Vec<Conflict>,
    choices: &'c [Choice],
}

impl Found<'_> {
    fn chosen(&self, place: &Place) -> Option<Side> {
        self.choices.iter().find(|choice| choice.place == *place).map(|choice| choice.keep)
    }

    /// One value of each side; `None` where there is none.
    fn value(
        &mut self,
        place: impl FnOnce() -> Place,
        base: Option<&Value>,
        theirs: Option<&Value>,
        yours: Option<&Value>,
    ) -> Option<Value> {
        if theirs == yours || theirs == base {
            return yours.cloned();
        }
        if yours == base {
            self.from_theirs.push(place());
            return theirs.cloned();
        }
        let [base, theirs, yours] = [base, theirs, yours].map(Option::<&Value>::cloned);
        let place = place();
        match self.chosen(&place) {
            Some(Side::Yours) => yours,
            Some(Side::Theirs) => {
                self.from_theirs.push(place);
                theirs
            }
            None => {
                let kept = yours.clone().or_else(|| theirs.clone());
                self.conflicts.push(Conflict { place, base, theirs, yours });
                kept
            }
        }
    }

    /// Field by field; of the document's own, `seo` is looked into.
    fn fields(
        &mut self,
        block: Option<&str>,
        above: &[&str],
        base: &Map<String, Value>,
        theirs: &Map<String, Value>,
        yours: &Map<String, Value>,
        skipped: fn(&str) -> bool,
    ) -> Map<String, Value> {
        let mut merged = Map::new();
        let more = theirs.keys().filter(|name| !yours.contains_key(*name));
        for name in yours.keys().chain(more).filter(|name| !skipped(name)) {
            let [base, theirs, yours] = [base, theirs, yours].map(|side| side.get(name));
            let path: Vec<&str> = above.iter().copied().chain([name.as_str()]).collect();
            if let (None, [], "seo", Some(Value::Object(theirs)), Some(Value::Object(yours))) =
                (block, above, name.as_str(), theirs, yours)
            {
                let empty = Map::new();
                let base = base.and_then(Value::as_object).unwrap_or(&empty);
                let seo = self.fields(None, &path, base, theirs, yours, |_| false);
                merged.insert(name.clone(), Value::Object(seo));
                continue;
            }
            let place =
                || Place { path: path.iter().map(ToString::to_string).collect(), block: block.map(ToOwned::to_owned) };
            if let Some(value) = self.value(place, base, theirs, yours) {
                merged.insert(name.clone(), value);
            }
        }
        merged
    }

    fn blocks(&mut self, base: &Blocks<'_>, theirs: &Blocks<'_>, yours: &Blocks<'_>) -> Vec<Value> {
        let mut merged: HashMap<&str, Value> = HashMap::new();
        let of_theirs = theirs.order.iter().filter(|key| yours.get(key).is_none());
        let gone = base.order.iter().filter(|key| theirs.get(key).is_none() && yours.get(key).is_none());
        for key in yours.order.iter().chain(of_theirs).chain(gone).copied() {
            if let Some(block) = self.block(key, base.get(key), theirs.get(key), yours.get(key)) {
                merged.insert(key, block);
            }
        }
        let order = self.order(base, theirs, yours, &merged.keys().copied().collect());
        order.into_iter().filter_map(|key| merged.remove(key)).collect()
    }

    fn block(
        &mut self,
        key: &str,
        base: Option<&Value>,
        theirs: Option<&Value>,
        yours: Option<&Value>,
    ) -> Option<Value> {
        if theirs != yours
            && theirs != base
            && yours != base
            && let (Some((kind, base)), Some((their_kind, theirs)), Some((your_kind, yours))) =
                (base.and_then(kind_and_fields), theirs.and_then(kind_and_fields), yours.and_then(kind_and_fields))
            && kind == their_kind
            && kind == your_kind
        {
            let fields = self.fields(Some(key), &[], base, theirs, yours, |_| false);
            return Some(Value::Object(Map::from_iter([(kind.to_owned(), Value::Object(fields))])));
        }
        self.value(|| Place { path: Vec::new(), block: Some(key.to_owned()) }, base, theirs, yours)
    }

    /// Their order, with what you moved or added put behind what stands before it in yours.
    fn order<'a>(
        &mut self,
        base: &Blocks<'a>,
        theirs: &Blocks<'a>,
        yours: &Blocks<'a>,
        kept: &HashSet<&'a str>,
    ) -> Vec<&'a str> {
        let in_all: HashSet<&str> =
            base.order.iter().copied().filter(|key| theirs.get(key).is_some() && yours.get(key).is_some()).collect();
        let [first, they, you] = [base, theirs, yours].map(|side| side.among(&in_all));
        let they_moved = moved(&first, &they);
        let mut you_moved = moved(&first, &you);
        let names = |order: &[&str]| Some(Value::from(order.iter().map(ToString::to_string).collect::<Vec<_>>()));
        let place = || Place { path: vec!["blocks".to_owned()], block: None };
        if they == you {
            you_moved.clear();
        } else if they_moved.intersection(&you_moved).any(|key| before(&they, key) != before(&you, key)) {
            let chosen = self.chosen(&place());
            if chosen.is_none() {
                let (base, theirs, yours) = (names(&first), names(&they), names(&you));
                self.conflicts.push(Conflict { place: place(), base, theirs, yours });
            }
            if chosen == Some(Side::Theirs) {
                you_moved.clear();
                self.from_theirs.push(place());
            } else {
                // Yours comes on top until somebody has chosen.
                you_moved = they_moved.union(&you_moved).copied().collect();
            }
        } else if they != first {
            self.from_theirs.push(place());
        }

        let mut order = theirs.among(kept);
        let mut placed: Option<&str> = None;
        for key in yours.among(kept) {
            if theirs.get(key).is_none() || you_moved.contains(key) {
                order.retain(|other| *other != key);
                let place = placed.and_then(|placed| order.iter().position(|other| *other == placed));
                order.insert(place.map_or(0, |place| place + 1), key);
            }
            placed = Some(key);
        }
        order
    }
}

/// What stands before `key`.
fn before<'a>(order: &[&'a str], key: &str) -> Option<&'a str> {
    let place = order.iter().position(|other| *other == key)?;
    order.get(place.checked_sub(1)?).copied()
}

/// The fewest keys that have to move to make `after`, which has the same keys, of `before`.
fn moved<'a>(before: &[&'a str], after: &[&'a str]) -> HashSet<&'a str> {
    if before == after {
        return HashSet::new();
    }
    let places: HashMap<&str, usize> = before.iter().enumerate().map(|(place, key)| (*key, place)).collect();
    let order: Vec<usize> = after.iter().filter_map(|key| places.get(key).copied()).collect();
    let stay = longest_rising(&order);
    after.iter().copied().filter(|key| places.get(key).is_none_or(|place| !stay.contains(place))).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn document(title: &str, blocks: &[(&str, &str)]) -> Value {
        let blocks: Vec<Value> = blocks
            .iter()
            .map(|(key, text)| json!({ "quote": { "key": key, "text": text, "attribution": "" } }))
            .collect();
        json!({ "v": 1, "title": title, "seo": { "title": "", "description": "" }, "blocks": blocks })
    }

    fn keys(content: &Value) -> String {
        let blocks = content["blocks"].as_array().cloned().unwrap_or_default();
        blocks.iter().filter_map(key_of).collect()
    }

    fn places(merge: &Merge) -> Vec<String> {
        let name = |place: &Place| format!("{}:{}", place.block.as_deref().unwrap_or_default(), place.path.join("."));
        merge.conflicts.iter().map(|conflict| name(&conflict.place)).collect()
    }

    fn order(base: &str, theirs: &str, yours: &str) -> (String, usize) {
        let side = |keys: &str| {
            let blocks: Vec<_> = keys.chars().map(|key| json!({ "quote": { "key": key.to_string() } })).collect();
            json!({ "blocks": blocks })
        };
        let merge = merge(&side(base), &side(theirs), &side(yours), &[]);
        (keys(&merge.content), merge.conflicts.len())
    }

    #[test]
    fn changes_in_different_places_stand_together() {
        let base = document("A", &[("a", "One"), ("b", "Two")]);
        let theirs = document("B", &[("a", "Uno"), ("b", "Two")]);
        let mut yours = document("A", &[("a", "One"), ("b", "Zwei")]);
        yours["seo"]["title"] = json!("Found");
        yours["blocks"][0]["quote"]["attribution"] = json!("Ada");
        let merge = merge(&base, &theirs, &yours, &[]);
        assert_eq!(merge.conflicts, []);
        let mut both = document("B", &[("a", "Uno"), ("b", "Zwei")]);
        both["seo"]["title"] = json!("Found");
        both["blocks"][0]["quote"]["attribution"] = json!("Ada");
        assert_eq!(merge.content, both);
        let from_theirs: Vec<_> = merge.from_theirs.iter().map(|it| (it.block.as_deref(), it.path.join("."))).collect();
        assert_eq!(from_theirs, [(None, "title".to_owned()), (Some("a"), "text".to_owned())]);
    }

    #[test]
    fn the_same_change_on_both_sides_is_none() {
        let base = document("A", &[("a", "One"), ("b", "Two")]);
        let both = document("B", &[("b", "Zwei"), ("c", "New")]);
        let merge = merge(&base, &both, &both, &[]);
        assert_eq!((merge.content, merge.conflicts, merge.from_theirs), (both, vec![], vec![]));
    }

    #[test]
    fn a_place_that_both_changed_is_for_somebody_to_choose() {
        let base = document("A", &[("a", "One")]);
        let merge = merge(&base, &document("B", &[("a", "Uno")]), &document("C", &[("a", "Eins")]), &[]);
        assert_eq!(places(&merge), [":title", "a:text"]);
        assert_eq!(merge.conflicts[1].theirs, Some(json!("Uno")));
        assert_eq!(merge.content, document("C", &[("a", "Eins")]));
    }

    #[test]
    fn a_block_that_one_removed_and_the_other_changed_is_not_lost() {
        let base = document("A", &[("a", "One"), ("b", "Two")]);
        let (without, changed) = (document("A", &[("b", "Two")]), document("A", &[("a", "Uno"), ("b", "Two")]));
        let removed_here = merge(&base, &changed, &without, &[]);
        assert_eq!(places(&removed_here), ["a:"]);
        assert_eq!((keys(&removed_here.content).as_str(), &removed_here.conflicts[0].yours), ("ab", &None));
        let removed_there = merge(&base, &without, &changed, &[]);
        assert_eq!(places(&removed_there), ["a:"]);
        assert_eq!((keys(&removed_there.content).as_str(), &removed_there.conflicts[0].theirs), ("ab", &None));
        // What nobody changed goes.
        let gone = merge(&base, &base, &without, &[]);
        assert_eq!((keys(&gone.content).as_str(), gone.conflicts.len()), ("b", 0));
    }

    #[test]
    fn blocks_that_both_added_stand_where_each_put_them() {
        assert_eq!(order("ab", "axb", "ayb"), ("ayxb".to_owned(), 0));
        assert_eq!(order("ab", "xab", "abyz"), ("xabyz".to_owned(), 0));
        assert_eq!(order("", "xy", "z"), ("zxy".to_owned(), 0));
    }

    #[test]
    fn moves_stand_together_unless_one_block_went_two_ways() {
        assert_eq!(order("abcd", "dabc", "abcd"), ("dabc".to_owned(), 0));
        assert_eq!(order("abcd", "abcd", "bcda"), ("bcda".to_owned(), 0));
        assert_eq!(order("abcdef", "bacdef", "abcdfe"), ("bacdfe".to_owned(), 0));
        assert_eq!(order("abcd", "dabc", "dabc"), ("dabc".to_owned(), 0));
        assert_eq!(order("abcd", "dabc", "adbc"), ("adbc".to_owned(), 1));
        assert_eq!(order("abcd", "acd", "dabc").0, "dac");
    }
}
