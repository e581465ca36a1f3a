//! Any two snapshots differ without error, and a patch is what was said of them.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::time::{Duration, Instant};

use rand::{RngExt, SeedableRng, rngs::StdRng};
use serde_json::json;

use super::*;

fn quote(key: &str, text: &str) -> Value {
    json!({ "quote": { "key": key, "text": text, "attribution": "" } })
}

fn soon() -> Instant {
    Instant::now() + Duration::from_secs(5)
}

fn document(blocks: Vec<Value>) -> Value {
    json!({ "v": 1, "title": "T", "blocks": blocks })
}

/// Some document, of few enough keys and words that two of them have much in common.
fn some_document(random: &mut StdRng) -> Value {
    let mut keys: Vec<u8> = (0..12).collect();
    let count = random.random_range(0..=keys.len());
    let mut blocks = Vec::new();
    for _ in 0..count {
        let key = keys.remove(random.random_range(0..keys.len()));
        let words: Vec<_> =
            (0..random.random_range(0..5)).map(|_| ["a", "b", "c"][random.random_range(0..3)]).collect();
        let block = match random.random_range(0..3) {
            0 => quote(&format!("k{key}"), &words.join(" ")),
            1 => json!({ "list": { "key": format!("k{key}"), "items": words } }),
            _ => {
                json!({ "richText": { "key": format!("k{key}"), "body": { "type": "doc", "v": 1, "content": words } } })
            }
        };
        blocks.push(block);
    }
    let title = ["One", "Two"][random.random_range(0..2)];
    let mut document = json!({ "title": title, "blocks": blocks });
    if random.random_bool(0.5) {
        let title = ["x", "y"][random.random_range(0..2)];
        document["seo"] = json!({ "title": title });
    }
    document
}

#[test]
fn a_patch_is_what_was_said() {
    for seed in 0..5_000 {
        let mut random = StdRng::seed_from_u64(seed);
        let (a, b) = (some_document(&mut random), some_document(&mut random));
        let change = diff(&a, &b);
        assert_eq!(patch(&a, &change), b, "seed {seed}");
        assert_eq!(change.is_empty(), a == b, "seed {seed}");
        assert!(diff(&a, &a).is_empty(), "seed {seed}");
        change.blocks.iter().for_each(|block| drop(block.fields()));
    }
}

#[test]
fn what_moved_is_as_little_as_can_be() {
    let blocks = |keys: &str| keys.chars().map(|key| quote(&key.to_string(), "w")).collect::<Vec<_>>();
    let change = diff(&document(blocks("abcde")), &document(blocks("ebcda")));
    let moved: Vec<_> = change.blocks.iter().filter(|it| it.moved).map(|it| it.key.as_str()).collect();
    assert_eq!(moved, ["e", "a"]);
    let change = diff(&document(blocks("abcde")), &document(blocks("acdeb")));
    assert_eq!(change.blocks.iter().map(|it| (it.key.as_str(), it.moved)).collect::<Vec<_>>(), [("b", true)]);
    assert_eq!((change.blocks[0].before, change.blocks[0].after), (Some(1), Some(4)));
}

#[test]
fn what_was_removed_is_read_where_it_stood() {
    let blocks = |keys: &str| keys.chars().map(|key| quote(&key.to_string(), &key.to_string())).collect::<Vec<_>>();
    let change = diff(&document(blocks("abcd")), &document(blocks("axd")));
    let keys: Vec<_> = change.blocks.iter().map(|it| it.key.as_str()).collect();
    assert_eq!(keys, ["b", "c", "x"]);
}

#[test]
fn a_change_is_told_down_to_the_field_and_the_word() {
    let faq = |answer: &str, order: [&str; 2]| {
        let text = |words: &str| json!({ "type": "doc", "v": 1, "content": [words] });
        let item = |key: &str| json!({ "key": key, "question": key, "answer": text(if key == "q1" { answer } else { "Yes." }) });
        document(vec![json!({ "faq": { "key": "f", "heading": "Questions", "questions": order.map(item) } })])
    };
    let change = diff(&faq("It lasts an hour.", ["q1", "q2"]), &faq("It lasts two hours.", ["q1", "q2"]));
    assert_eq!(change.blocks[0].fields()[0].path, ["questions", "q1", "answer"]);
    let change = diff(&faq("Same.", ["q1", "q2"]), &faq("Same.", ["q2", "q1"]));
    assert_eq!(change.blocks[0].fields()[0].path, ["questions"]);

    let said: Vec<_> =
        runs("It lasts an hour.", "It lasts two hours.", soon()).into_iter().map(|it| (it.kind, it.text)).collect();
    assert_eq!(said[0], (RunKind::Kept, "It lasts ".to_owned()));
    let kept_or = |kind| {
        said.iter().filter(|it| it.0 == RunKind::Kept || it.0 == kind).map(|it| it.1.as_str()).collect::<String>()
    };
    assert_eq!(kept_or(RunKind::Removed), "It lasts an hour.");
    assert_eq!(kept_or(RunKind::Added), "It lasts two hours.");
}

#[test]
fn lists_without_keys_are_told_where_they_differ() {
    let list = |items: &[&str]| document(vec![json!({ "list": { "key": "l", "items": items } })]);
    let told = |before: &[&str], after: &[&str]| -> Vec<_> {
        let fields = diff(&list(before), &list(after)).blocks[0].fields();
        fields.into_iter().map(|it| (it.path.join("."), it.before, it.after)).collect()
    };
    assert_eq!(told(&["a", "b", "c"], &["b", "c"]), [("items.1".to_owned(), Some(json!("a")), None)]);
    assert_eq!(told(&["a", "b"], &["a", "x", "b"]), [("items.2".to_owned(), None, Some(json!("x")))]);
    assert_eq!(told(&["a", "b"], &["a", "y"]), [("items.2".to_owned(), Some(json!("b")), Some(json!("y")))]);
}

#[test]
fn two_hundred_blocks_are_compared_at_once() {
    let mut random = StdRng::seed_from_u64(7);
    let mut text =
        |of: &str| (0..150).map(|_| format!("{of}{}", random.random_range(0..400))).collect::<Vec<_>>().join(" ");
    let (mut before, mut after) = (Vec::new(), Vec::new());
    for key in 0..200 {
        before.push(quote(&key.to_string(), &text("w")));
        after.push(quote(&key.to_string(), &text("w")));
    }
    let (a, b) = (document(before), document(after.into_iter().rev().collect()));
    let began = Instant::now();
    let change = diff(&a, &b);
    let fields: Vec<_> = change.blocks.iter().flat_map(BlockChange::fields).collect();
    let text = |value: &Option<Value>| value.as_ref().and_then(Value::as_str).unwrap_or_default().to_owned();
    let until = Instant::now() + Duration::from_millis(120);
    for field in &fields {
        let (before, after) = (text(&field.before), text(&field.after));
        let told = runs(&before, &after, until);
        let side = |kind| told.iter().filter(|it| it.kind != kind).map(|it| it.text.as_str()).collect::<String>();
        assert_eq!((side(RunKind::Added), side(RunKind::Removed)), (before, after));
    }
    println!("200 rewritten and moved blocks, down to the words: {} ms (unoptimised)", began.elapsed().as_millis());
    assert_eq!((change.blocks.len(), fields.len()), (200, 200));
}
