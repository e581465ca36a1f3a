//! What every kind of block promises, and what single kinds refuse.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use serde_json::{Value, json};

use super::*;
use crate::{
    id::{ContactPointId, FaqItemId, LocationId, MediaId, PersonId, SharedBlockId, SourceId, TherapyId},
    problem::{Problem, Stage},
    reference::{EntryLink, PhoneLink, SharedBlockTarget, Target},
    rich_text::RichText,
};

/// A filled-in block of each kind, as it is stored.
fn filled() -> Vec<Value> {
    let text = |words: &str| serde_json::to_value(RichText::paragraph(words)).unwrap();
    let (phone, source, therapy) = (ContactPointId::new(), SourceId::new(), TherapyId::new());
    vec![
        json!({ "heading": { "key": "a", "text": "Effects", "level": 3 } }),
        json!({ "richText": { "key": "b", "body": text("It fades within hours.") } }),
        json!({ "list": { "key": "c", "heading": "Signs", "style": "NUMBERED", "items": [text("Dizziness")] } }),
        json!({ "comparisonTable": {
            "key": "d", "caption": "Side by side", "columns": ["Factor", "Care"], "rows": [{ "header": "Dose", "cells": ["Low"] }]
        } }),
        json!({ "statistic": {
            "key": "e", "value": "71.5 %", "statement": "of visits", "population": "All", "year": 2023, "source": source,
            "caveat": "Old."
        } }),
        json!({ "emergencyNotice": {
            "key": "f", "heading": "Get help", "body": text("Call."), "contacts": [{ "contactPoint": phone, "when": "Now" }]
        } }),
        json!({ "faq": {
            "key": "g", "heading": "Questions", "questions": [{ "key": "q", "question": "Why?", "answer": text("So.") }],
            "shared": [FaqItemId::new()]
        } }),
        json!({ "callToAction": {
            "key": "h", "heading": "Call us", "body": text("Today."), "contactPoint": phone, "location": null,
            "formLink": true, "validUntil": "2027-02-28"
        } }),
        json!({ "leadForm": {
            "key": "i", "heading": "Write", "intro": "Briefly.", "placement": "end", "form": "confidential"
        } }),
        json!({ "therapyGrid": { "key": "j", "heading": "Therapies", "therapies": [therapy], "region": null } }),
        json!({ "media": {
            "key": "m", "media": MediaId::new(), "caption": "The garden.", "placing": "WIDE", "shape": "LANDSCAPE"
        } }),
        json!({ "quote": { "key": "k", "text": "It helped.", "attribution": "Somebody" } }),
        json!({ "callout": {
            "key": "l", "tone": "CLAIM", "heading": "Known", "body": text("So it is."), "sources": [source]
        } }),
        json!({ "personCard": { "key": "m", "heading": "Who leads us", "person": PersonId::new() } }),
        json!({ "locationCard": { "key": "n", "heading": "Where we are", "location": LocationId::new() } }),
        json!({ "tableOfContents": { "key": "o", "heading": "On this page", "depth": 2 } }),
        json!({ "sharedBlock": { "key": "p", "block": SharedBlockId::new() } }),
    ]
}

fn block(stored: Value) -> Block {
    serde_json::from_value(stored).unwrap()
}

fn problems(stage: Stage, stored: Value) -> Vec<String> {
    let mut problems = Problems::new(stage);
    block(stored).validate(&mut problems);
    let line = |it: Problem| format!("{:?} {}: {}", it.code, it.path.join("."), it.message);
    problems.into_vec().into_iter().map(line).collect()
}

fn html(stored: Value, targets: &Targets) -> String {
    block(stored).draw(&Render { targets, forms: None, form_anchor: None }).into_string()
}

#[test]
fn every_kind_has_an_example_here() {
    let kinds: Vec<String> = filled().iter().map(|it| block(it.clone()).kind().to_owned()).collect();
    let known: Vec<&str> = definitions().iter().map(|it| it.kind).collect();
    assert_eq!(kinds, known);
}

#[test]
fn every_kind_reads_back_as_it_was_stored() {
    for stored in filled() {
        let read = block(stored.clone());
        assert_eq!(serde_json::to_value(&read).unwrap(), stored);
        assert_eq!(stored.as_object().unwrap().keys().next().unwrap(), read.kind());
    }
}

#[test]
fn every_kind_refuses_a_field_it_does_not_know() {
    for mut stored in filled() {
        let fields = stored.as_object_mut().unwrap().values_mut().next().unwrap().as_object_mut().unwrap();
        fields.insert("colour".to_owned(), json!("red"));
        assert!(serde_json::from_value::<Block>(stored.clone()).is_err(), "{stored}");
    }
    assert!(serde_json::from_value::<Block>(json!({ "script": { "key": "a" } })).is_err());
    assert!(serde_json::from_value::<Block>(json!({ "quote": { "key": "a" }, "heading": { "key": "b" } })).is_err());
}

#[test]
fn every_filled_in_kind_can_be_public_and_has_words_and_html() {
    for stored in filled() {
        assert_eq!(problems(Stage::Publish, stored.clone()), [""; 0], "{stored}");
        let read = block(stored.clone());
        if let Block::SharedBlock(_) = read {
            // Its words are those of the library, where a test of its own looks for them.
            continue;
        }
        let drawn = html(stored, &Targets::default());
        assert!(!read.plain_text().is_empty(), "{}", read.kind());
        assert!(drawn.contains(&format!("id=\"{}\"", read.anchor())), "{drawn}");
    }
}

#[test]
fn every_kind_can_be_saved_empty_and_then_says_what_it_lacks() {
    for definition in definitions() {
        let mut empty = definition.empty;
        empty.as_object_mut().unwrap().insert("key".to_owned(), json!("k"));
        let stored = json!({ definition.kind: empty });
        assert_eq!(problems(Stage::Draft, stored.clone()), [""; 0], "{stored}");
        let missing = problems(Stage::Publish, stored);
        // A table of contents is whole as it comes.
        assert!(!missing.is_empty() || definition.kind == "tableOfContents", "{}", definition.kind);
        for line in missing {
            assert!(line.starts_with(&format!("Required {}.", definition.kind)), "{line}");
        }
    }
}

#[test]
fn every_kind_escapes_what_is_written_in_it() {
    let hostile = "<script>alert(\"x\")</script>";
    fn replace(value: &mut Value, words: &str) {
        match value {
            Value::String(text) if text.contains(' ') || text.ends_with('.') => *text = words.to_owned(),
            Value::Array(items) => items.iter_mut().for_each(|item| replace(item, words)),
            Value::Object(fields) => fields.values_mut().for_each(|field| replace(field, words)),
            _ => {}
        }
    }
    for mut stored in filled() {
        replace(&mut stored, hostile);
        let drawn = html(stored, &Targets::default());
        assert!(!drawn.contains("<script"), "{drawn}");
    }
}

#[test]
fn every_kind_has_a_title_a_description_an_icon_and_hints_for_its_form() {
    for definition in definitions() {
        let Definition { kind, title, description, icon, schema, .. } = definition;
        assert!([title, description, icon].iter().all(|text| !text.is_empty()), "{kind}");
        assert!(description.ends_with('.'), "{kind}: {description}");
        let fields = schema["properties"].as_object().unwrap();
        assert!(!fields.is_empty() && !fields.contains_key("key"), "{kind}");
        for (name, field) in fields {
            assert!(field["title"].is_string(), "{kind}.{name} has no title: {field}");
            assert!(field["x-widget"].is_string(), "{kind}.{name} has no x-widget: {field}");
        }
    }
}

#[test]
fn a_block_needs_a_key_that_can_be_linked_to() {
    for key in ["", "two words", "ümlaut", "a/b", &"k".repeat(41)] {
        let stored = json!({ "quote": { "key": key, "text": "Yes." } });
        assert_eq!(
            problems(Stage::Draft, stored),
            ["Invalid quote.key: A block's key has 1 to 40 letters, digits, - or _."]
        );
    }
}

#[test]
fn two_blocks_do_not_share_a_key_and_three_hundred_are_enough() {
    let quote = |key: String| block(json!({ "quote": { "key": key, "text": "Yes." } }));
    let judged = |blocks: &[Block]| {
        let mut problems = Problems::new(Stage::Draft);
        validate_all(blocks, &mut problems);
        problems.into_vec().into_iter().map(|it| format!("{:?} {}", it.code, it.path.join("."))).collect::<Vec<_>>()
    };
    assert_eq!(judged(&[quote("a".into()), quote("b".into()), quote("a".into())]), ["Taken blocks.2.quote.key"]);

    let many: Vec<Block> = (0..301).map(|place| quote(format!("k{place}"))).collect();
    assert_eq!(judged(&many), ["TooLarge blocks"]);
    assert_eq!(judged(many.get(..300).unwrap()), [""; 0]);
}

#[test]
fn a_number_without_a_source_says_that_it_cannot_be_checked() {
    let bare = json!({ "statistic": { "key": "s", "value": "71.5 %", "statement": "of visits" } });
    assert_eq!(
        problems(Stage::Publish, bare),
        [
            "Required statistic.source: Say where this number comes from, or write a caveat that says it cannot be checked."
        ]
    );
    let flagged = json!({ "statistic": { "key": "s", "value": "71.5 %", "statement": "of visits", "caveat": "No source found." } });
    let mut found = Problems::new(Stage::Publish);
    block(flagged.clone()).validate(&mut found);
    let (blocking, warnings) = found.into_parts();
    assert_eq!((blocking.len(), warnings.len()), (0, 1), "{warnings:?}");
    assert!(html(flagged, &Targets::default()).contains("No source found."));
    let wrong = json!({ "statistic": { "key": "s", "value": "1", "statement": "s", "year": 23, "caveat": "c" } });
    assert_eq!(
        problems(Stage::Draft, wrong),
        ["Invalid statistic.year: Give the year with four digits, such as 2023."]
    );
}

#[test]
fn a_claim_names_a_source_and_a_note_need_not() {
    let body = RichText::paragraph("So it is.");
    let callout = |tone: &str| json!({ "callout": { "key": "c", "tone": tone, "body": body } });
    assert_eq!(
        problems(Stage::Publish, callout("CLAIM")),
        ["Required callout.sources: A claim names at least one source."]
    );
    assert_eq!(problems(Stage::Publish, callout("NOTE")), [""; 0]);
}

#[test]
fn a_row_has_a_cell_for_every_column_but_the_first() {
    let table = json!({ "comparisonTable": {
        "key": "t", "caption": "c", "columns": ["Factor", "One", "Two"], "rows": [{ "header": "h", "cells": ["1"] }]
    } });
    assert_eq!(
        problems(Stage::Draft, table),
        ["Invalid comparisonTable.rows.0.cells: Give this row 2 cells, one for each column but the first; it has 1."]
    );
}

#[test]
fn a_problem_of_a_list_item_names_its_place() {
    let table = json!({ "comparisonTable": {
        "key": "t", "caption": "c", "columns": ["Factor", ""], "rows": [{ "header": "h", "cells": ["1"] }]
    } });
    assert_eq!(problems(Stage::Publish, table), ["Required comparisonTable.columns.1: Fill in number 2."]);
}

#[test]
fn a_table_says_what_its_headers_are_headers_of() {
    let table = json!({ "comparisonTable": {
        "key": "t", "caption": "Care and misuse", "columns": ["Factor", "Care"], "rows": [{ "header": "Dose", "cells": ["Low"] }]
    } });
    let drawn = html(table, &Targets::default());
    for part in [
        "<caption>Care and misuse</caption>",
        "<th scope=\"col\">Care</th>",
        "<th scope=\"row\">Dose</th>",
        "<td>Low</td>",
    ] {
        assert!(drawn.contains(part), "{part} is not in {drawn}");
    }
}

#[test]
fn what_cannot_be_reached_is_left_out_of_the_html() {
    let (phone, therapy) = (ContactPointId::new(), TherapyId::new());
    let notice = json!({ "emergencyNotice": {
        "key": "e", "heading": "Help", "body": RichText::default(), "contacts": [{ "contactPoint": phone, "when": "Now" }]
    } });
    let grid = json!({ "therapyGrid": { "key": "g", "heading": "Therapies", "therapies": [therapy] } });
    assert!(!html(notice.clone(), &Targets::default()).contains("tel:"));
    assert!(!html(grid.clone(), &Targets::default()).contains("<li>"));

    let link = PhoneLink { reference: "x".into(), label: "Crisis".into(), number: "988".into(), display: "988".into() };
    let entry = EntryLink {
        reference: "x".into(),
        title: "Group".into(),
        path: "/therapies/group".into(),
        summary: String::new(),
    };
    let targets: Targets =
        [(Reference::ContactPoint(phone), Target::Phone(link)), (Reference::Therapy(therapy), Target::Entry(entry))]
            .into_iter()
            .collect();
    assert!(html(notice, &targets).contains("<a class=\"tel\" href=\"tel:988\">Call 988</a>"));
    assert!(html(grid, &targets).contains("<a href=\"/therapies/group\">Group</a>"));
}

#[test]
fn a_call_to_action_leads_to_the_last_form_of_the_page() {
    let form = |key: &str| json!({ "leadForm": { "key": key, "heading": "Write", "placement": key } });
    let call = json!({ "callToAction": { "key": "c", "heading": "h", "body": RichText::default(), "formLink": true } });
    let draw = |blocks: Vec<Value>| {
        let blocks: Vec<Block> = blocks.into_iter().map(block).collect();
        draw_all(&blocks, &Render { targets: &Targets::default(), forms: None, form_anchor: None }).into_string()
    };
    assert!(draw(vec![form("first"), call.clone(), form("last")]).contains("href=\"#last\""));
    assert!(!draw(vec![call]).contains("href=\"#"));
}

#[test]
fn what_the_library_keeps_stands_in_its_place_and_the_contents_list_it() {
    let (first, second, question) = (SharedBlockId::new(), SharedBlockId::new(), FaqItemId::new());
    let shared = |block| Target::Block(Box::new(SharedBlockTarget { name: "Kept".to_owned(), block }));
    let item = FaqItem { key: "k".into(), question: "Why?".into(), answer: RichText::paragraph("So.") };
    let targets: Targets = [
        (
            Reference::SharedBlock(first),
            shared(block(json!({ "therapyGrid": { "key": "x", "heading": "Kept once", "therapies": [] } }))),
        ),
        (Reference::SharedBlock(second), shared(block(json!({ "sharedBlock": { "key": "y", "block": first } })))),
        (Reference::FaqItem(question), Target::Question(Box::new(item))),
    ]
    .into_iter()
    .collect();
    let place = |key: &str, id: SharedBlockId| json!({ "sharedBlock": { "key": key, "block": id } });
    let blocks: Vec<Block> = [
        json!({ "heading": { "key": "above", "text": "Above", "level": 2 } }),
        json!({ "tableOfContents": { "key": "toc", "heading": "On this page", "depth": 2 } }),
        json!({ "heading": { "key": "h", "text": "Signs", "level": 2 } }),
        json!({ "callout": { "key": "c", "tone": "NOTE", "heading": "Aside", "body": RichText::default() } }),
        json!({ "heading": { "key": "i", "text": "Early signs", "level": 3 } }),
        place("one", first),
        place("two", first),
        place("nested", second),
        place("gone", SharedBlockId::new()),
        json!({ "faq": { "key": "q", "heading": "", "questions": [], "shared": [question, FaqItemId::new()] } }),
    ]
    .into_iter()
    .map(block)
    .collect();

    let kinds: Vec<_> = laid_out(&blocks, &targets).iter().map(|it| (it.kind(), it.anchor().to_owned())).collect();
    let expected = [
        ("heading", "above"),
        ("tableOfContents", "toc"),
        ("heading", "h"),
        ("callout", "c"),
        ("heading", "i"),
        ("therapyGrid", "one"),
        ("therapyGrid", "two"),
        ("faq", "q"),
    ];
    assert_eq!(kinds, expected.map(|(kind, key)| (kind, key.to_owned())));
    let drawn = draw_all(&blocks, &Render { targets: &targets, forms: None, form_anchor: None }).into_string();
    assert!(drawn.contains("<ol><li class=\"level-2\"><a href=\"#h\">Signs</a></li><li class=\"level-2\"><a href=\"#one\">Kept once</a></li>"), "{drawn}");
    assert!(
        drawn.contains("id=\"one\"") && drawn.contains("id=\"two\"") && !drawn.contains("Early signs</a>"),
        "{drawn}"
    );
    assert!(drawn.contains("<summary>Why?</summary>"), "{drawn}");
}

#[test]
fn an_old_block_reads_with_the_fields_that_came_later() {
    let stored = json!({ "heading": { "key": "a", "text": "Old" } });
    assert_eq!(block(stored), Block::Heading(Heading { key: "a".into(), text: "Old".into(), level: 2 }));
}

#[test]
fn a_form_shows_the_fields_in_the_order_of_their_struct() {
    let orders = |kind: &str| {
        let definition = definitions().into_iter().find(|definition| definition.kind == kind).unwrap();
        definition.schema["x-order"].clone()
    };
    let statistic = ["value", "statement", "population", "year", "source", "caveat"];
    assert_eq!(orders("statistic"), serde_json::json!(statistic));
    let faq = definitions().into_iter().find(|definition| definition.kind == "faq").unwrap();
    let question = &faq.schema["properties"]["questions"]["items"]["x-order"];
    assert_eq!(*question, serde_json::json!(["key", "question", "answer"]));
}
