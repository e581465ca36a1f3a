//! Who points at what: "used in", as the index answers it.

use std::collections::BTreeSet;

use entity::{content_reference, entry, revision, user::Role};
use sea_orm::EntityTrait;
use serde_json::{Value, json};

use crate::support::{
    Staff, TestApp,
    entry::{linked, page, quote},
    on_both,
};

const USES: &str = "query ($id: ID!, $first: Int, $after: String) { uses(id: $id, first: $first, after: $after) { \
    totalCount pageInfo { hasNextPage endCursor } \
    nodes { id kind title path status places { label path blockKey draft live } } } }";

async fn uses(staff: &Staff, id: &str) -> Value {
    staff.ask(USES, json!({ "id": id })).await.data()["uses"].clone()
}

/// Places of the first user in a line each: label, draft, live.
fn places(uses: &Value) -> Vec<String> {
    let places = uses["nodes"][0]["places"].as_array().cloned().unwrap_or_default();
    places
        .iter()
        .map(|it| format!("{} draft={} live={}", it["label"].as_str().unwrap(), it["draft"], it["live"]))
        .collect()
}

on_both! {
    async fn what_is_linked_says_from_where(app: TestApp) {
        let editor = app.staff(Role::Editor).await;
        let target = editor.create_page("target", page("Target", vec![])).await;
        assert_eq!(uses(&editor, &target.id).await["totalCount"], 0);
        let blocks = vec![quote("a", "Words."), linked("b", "there", json!({ "page": target.id }))];
        let user = editor.create_page("user", page("User", blocks.clone())).await;

        let found = uses(&editor, &target.id).await;
        assert_eq!(found["nodes"], json!([{
            "id": user.id, "kind": "PAGE", "title": "User", "path": "/user", "status": "DRAFT", "places": [{
                "label": "Text, block 2", "blockKey": "b", "draft": true, "live": false,
                "path": ["blocks", "1", "richText", "body", "content", "0", "content", "0", "marks", "0", "attrs", "to", "page"],
            }]
        }]));

        editor.publish_page(&user).await;
        assert_eq!(places(&uses(&editor, &target.id).await), ["Text, block 2 draft=true live=true"]);
        // The block moves, then goes: the draft says so at once, what is live when it is published.
        let moved = editor.save_page(&user, page("User", blocks.into_iter().rev().collect())).await;
        assert_eq!(places(&uses(&editor, &target.id).await), ["Text, block 1 draft=true live=true"]);
        let without = editor.save_page(&moved, page("User", vec![])).await;
        assert_eq!(places(&uses(&editor, &target.id).await), ["Text, block 2 draft=false live=true"]);
        editor.publish_page(&without).await;
        assert_eq!(uses(&editor, &target.id).await["totalCount"], 0);
    }

    async fn a_page_that_points_at_itself_is_not_used(app: TestApp) {
        let editor = app.staff(Role::Editor).await;
        let own = editor.create_page("own", page("Own", vec![])).await;
        editor.save_page(&own, page("Own", vec![linked("a", "here", json!({ "page": own.id }))])).await;
        assert_eq!(uses(&editor, &own.id).await["totalCount"], 0);
    }

    async fn facts_use_facts_and_lists_count_all(app: TestApp) {
        let app = app.with_demo().await;
        let editor = app.staff(Role::Editor).await;
        let phone = editor.target("CONTACT_POINT", "Admissions").await;
        let found = uses(&editor, &phone).await;
        let kinds: Vec<&str> = found["nodes"].as_array().unwrap().iter().filter_map(|it| it["kind"].as_str()).collect();
        assert!(kinds.contains(&"BRAND") && kinds.contains(&"PAGE"), "{found:#}");
        let first_entry = kinds.iter().position(|kind| matches!(*kind, "PAGE" | "THERAPY")).unwrap();
        assert!(kinds[first_entry..].iter().all(|kind| matches!(*kind, "PAGE" | "THERAPY")), "{kinds:?}");

        let counted = editor
            .ask("query ($ids: [ID!]!) { targetsById(ids: $ids) { usedCount } }", json!({ "ids": [phone] }))
            .await;
        assert_eq!(counted.data()["targetsById"][0]["usedCount"], found["totalCount"]);

        // Page by page it is the same list.
        let (mut after, mut walked) = (Value::Null, Vec::new());
        loop {
            let part = editor.ask(USES, json!({ "id": phone, "first": 1, "after": after })).await.data()["uses"].clone();
            walked.extend(part["nodes"].as_array().unwrap().clone());
            after = part["pageInfo"]["endCursor"].clone();
            if part["pageInfo"]["hasNextPage"] == false {
                break;
            }
        }
        assert_eq!(Value::from(walked), found["nodes"]);

        let listed = editor.ask("{ pages { nodes { title usedCount } } therapies { nodes { title usedCount } } }", Value::Null).await;
        let used = |kind: &str| listed.data()[kind]["nodes"].as_array().unwrap().iter().any(|it| it["usedCount"].as_i64() > Some(0));
        assert!(used("pages") && used("therapies"), "{:#}", listed.body);
    }

    async fn the_index_is_what_a_fresh_look_finds(app: TestApp) {
        let app = app.with_demo().await;
        let editor = app.staff(Role::Editor).await;
        assert_index_is_true(&app).await;
        let mut pages = Vec::new();
        for number in 0..4 {
            pages.push(editor.create_page(&format!("p{number}"), page(&format!("P{number}"), vec![])).await);
        }
        // The same walk every time: a small generator instead of chance.
        let mut state: u64 = 11;
        let mut roll = move |sides: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            usize::try_from((state >> 33) % sides).unwrap()
        };
        for step in 0..40 {
            let which = roll(4);
            match roll(4) {
                0 => { editor.entry("unpublishPage", json!({ "id": pages[which].id })).await; }
                1 => editor.publish_page(&pages[which]).await,
                _ => {
                    let blocks = (0..roll(4)).map(|key| linked(&format!("k{key}"), "there", json!({ "page": pages[roll(4)].id })));
                    pages[which] = editor.save_page(&pages[which], page(&format!("Step {step}"), blocks.collect())).await;
                }
            }
        }
        assert_index_is_true(&app).await;
    }

    async fn what_was_written_before_the_index_is_found_at_the_next_start(app: TestApp) {
        let app = app.with_demo().await;
        let before = index(&app).await;
        assert!(before.len() > 20, "{before:?}");
        content_reference::Entity::delete_many().exec(app.app.db.writer()).await.unwrap();
        let app = app.restart().await;
        assert!(index(&app).await.is_empty(), "it is done once");
        entity::setting::Entity::delete_by_id("contentIndexes.3").exec(app.app.db.writer()).await.unwrap();
        let app = app.restart().await;
        assert_eq!(index(&app).await, before);
    }
}

/// The index as lines: who, which lane, what, where.
async fn index(app: &TestApp) -> BTreeSet<String> {
    let rows = content_reference::Entity::find().all(app.app.db.reader()).await.unwrap();
    rows.iter().map(|row| format!("{} {:?} {} {}", row.entry_id, row.lane, row.target_id, row.path)).collect()
}

/// Reads every revision that something is at, and compares what it points at with the index.
async fn assert_index_is_true(app: &TestApp) {
    let db = app.app.db.reader();
    let mut fresh = BTreeSet::new();
    for entry in entry::Entity::find().all(db).await.unwrap() {
        for (lane, id) in [("Draft", entry.latest_revision_id), ("Live", entry.live_revision_id)] {
            let Some(id) = id else { continue };
            let row = revision::Entity::find_by_id(id).one(db).await.unwrap().unwrap();
            let mut found = Vec::new();
            texts(&row.content, &mut Vec::new(), &mut found);
            for (path, text) in found {
                if let Some(target) = entity::reference::Reference::parse(&text) {
                    fresh.insert(format!("{} {lane} {} {path}", entry.id, target.uuid()));
                }
            }
        }
    }
    assert_eq!(index(app).await, fresh);
}

fn texts(value: &Value, path: &mut Vec<String>, found: &mut Vec<(String, String)>) {
    match value {
        Value::String(text) => found.push((path.join("."), text.clone())),
        Value::Array(items) => items.iter().enumerate().for_each(|(place, item)| {
            path.push(place.to_string());
            texts(item, path, found);
            path.pop();
        }),
        Value::Object(fields) => fields.iter().for_each(|(name, field)| {
            path.push(name.clone());
            texts(field, path, found);
            path.pop();
        }),
        _ => {}
    }
}
