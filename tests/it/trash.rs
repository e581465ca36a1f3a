//! Deleting: nothing that is used goes unnoticed, and what is deleted can be had back.

use chrono::{TimeDelta, Utc};
use entity::user::Role;
use hillside::server;
use serde_json::{Value, json};

use crate::support::{
    Answer, Staff, Visitor,
    entry::{Draft, linked, page},
    on_both,
};

async fn trash(staff: &Staff, entry: &Draft, how: Value) -> Answer {
    let mutation = "mutation ($input: TrashEntryInput!) { trashEntry(input: $input) { \
                    trashed { entry { path wasPublic } changed { id status } } userErrors { code message path } } }";
    let mut input = json!({ "id": entry.id });
    input.as_object_mut().expect("an object").extend(how.as_object().cloned().unwrap_or_default());
    staff.ask(mutation, json!({ "input": input })).await
}

async fn restore(staff: &Staff, entry: &Draft, how: Value) -> Answer {
    let mutation = "mutation ($input: RestoreEntryInput!) { restoreEntry(input: $input) { \
                    entry { path status } userErrors { code message path } } }";
    let mut input = json!({ "id": entry.id });
    input.as_object_mut().expect("an object").extend(how.as_object().cloned().unwrap_or_default());
    staff.ask(mutation, json!({ "input": input })).await
}

/// The paths of what lies in the trash.
async fn in_trash(staff: &Staff) -> Vec<Value> {
    let answer = staff.ask("{ trash { totalCount nodes { path } } }", Value::Null).await;
    let nodes = answer.data()["trash"]["nodes"].as_array().expect("a list").clone();
    assert_eq!(answer.data()["trash"]["totalCount"], nodes.len());
    nodes.into_iter().map(|it| it["path"].clone()).collect()
}

async fn kind_at(visitor: &Visitor, path: &str) -> Value {
    visitor.route(path).await["__typename"].clone()
}

async fn draft_of(staff: &Staff, id: &str) -> Value {
    let query = "query ($id: ID!) { page(id: $id) { status draft { note content } } }";
    staff.ask(query, json!({ "id": id })).await.data()["page"].clone()
}

on_both! {
    async fn what_is_deleted_is_gone_for_everybody_and_comes_back_as_it_was(app: TestApp) {
        let editor = app.staff(Role::Editor).await;
        let detox = editor.published_page("detox", page("Detox", vec![])).await;
        let visitor = app.visitor();

        let gone = trash(&editor, &detox, json!({})).await.done("trashEntry")["trashed"].clone();
        assert_eq!(gone, json!({ "entry": { "path": "/detox", "wasPublic": true }, "changed": [] }));
        assert_eq!(visitor.route("/detox").await, Value::Null);
        assert_eq!(in_trash(&editor).await, ["/detox"]);
        let listed = editor.ask("{ pages { totalCount } search(query: \"detox\") { excerpt } }", Value::Null).await;
        assert_eq!(listed.data(), &json!({ "pages": { "totalCount": 0 }, "search": [] }));
        assert_eq!(trash(&editor, &detox, json!({})).await.refused("trashEntry"), "NOT_FOUND input.id: There is no such page or therapy.");

        let back = restore(&editor, &detox, json!({ "asItWas": true })).await.done("restoreEntry")["entry"].clone();
        assert_eq!(back, json!({ "path": "/detox", "status": "LIVE" }));
        assert_eq!(kind_at(&visitor, "/detox").await, "Page");
        assert!(in_trash(&editor).await.is_empty());

        // Had back without that, it is a draft.
        trash(&editor, &detox, json!({})).await.done("trashEntry");
        let back = restore(&editor, &detox, json!({})).await.done("restoreEntry")["entry"].clone();
        assert_eq!(back, json!({ "path": "/detox", "status": "DRAFT" }));
        assert_eq!(visitor.route("/detox").await, Value::Null);
    }

    async fn its_address_is_free_for_another_and_it_comes_back_under_a_new_one(app: TestApp) {
        let editor = app.staff(Role::Editor).await;
        let first = editor.published_page("detox", page("Detox", vec![])).await;
        trash(&editor, &first, json!({})).await.done("trashEntry");
        let second = editor.published_page("detox", page("Detox today", vec![])).await;
        trash(&editor, &second, json!({})).await.done("trashEntry");
        assert_eq!(in_trash(&editor).await, ["/detox", "/detox"]);

        restore(&editor, &second, json!({ "asItWas": true })).await.done("restoreEntry");
        let taken = "TAKEN input.slug: The address /detox belongs to “Detox today”. Choose another.";
        assert_eq!(restore(&editor, &first, json!({})).await.refused("restoreEntry"), taken);
        let back = restore(&editor, &first, json!({ "slug": "detox-before" })).await;
        assert_eq!(back.done("restoreEntry")["entry"]["path"], "/detox-before");
    }

    async fn what_is_used_or_holds_others_is_not_deleted_by_the_way(app: TestApp) {
        let editor = app.staff(Role::Editor).await;
        let target = editor.published_page("detox", page("Detox", vec![])).await;
        let to = json!({ "page": target.id });
        editor.create_page("a", page("About us", vec![linked("k1", "detox", to.clone())])).await;
        editor.published_page("b", page("Begin", vec![linked("k1", "detox", to)])).await;
        assert_eq!(
            trash(&editor, &target, json!({})).await.refused("trashEntry"),
            "ILLEGAL_TRANSITION input.uses: It is used: “About us” and “Begin”. Say what becomes of that."
        );
        let input = json!({ "slug": "child", "parent": target.id, "content": page("Child", vec![]) });
        editor.entry("createPage", input).await.done("createPage");
        assert_eq!(
            trash(&editor, &target, json!({ "uses": "KEEP" })).await.refused("trashEntry"),
            "ILLEGAL_TRANSITION input.id: A page stands below it. Move it or delete it first."
        );
        assert_eq!(kind_at(&app.visitor(), "/detox").await, "Page");
    }

    async fn what_points_at_it_goes_without_or_takes_another_in_a_new_draft(app: TestApp) {
        let editor = app.staff(Role::Editor).await;
        let old = editor.published_page("old", page("Old", vec![])).await;
        let new = editor.published_page("new", page("New", vec![])).await;
        let to = json!({ "page": old.id });
        let user = editor.published_page("user", page("User", vec![linked("k1", "there", to.clone()), linked("k2", "here", to)])).await;

        let with = json!({ "uses": "REPLACE", "replacement": new.id });
        let gone = trash(&editor, &old, with).await.done("trashEntry")["trashed"]["changed"].clone();
        assert_eq!(gone, json!([{ "id": user.id, "status": "LIVE_WITH_CHANGES" }]));
        let draft = draft_of(&editor, &user.id).await["draft"].clone();
        assert_eq!(draft["note"], "“New” in place of “Old”, which was deleted");
        assert_eq!(draft["content"].to_string().matches(&new.id).count(), 2);
        assert!(!draft["content"].to_string().contains(&old.id));

        let gone = trash(&editor, &new, json!({ "uses": "UNLINK" })).await.done("trashEntry")["trashed"]["changed"].clone();
        assert_eq!(gone[0]["id"], user.id);
        let draft = draft_of(&editor, &user.id).await["draft"].clone();
        assert_eq!(draft["note"], "Without “New”, which was deleted");
        assert!(!draft["content"].to_string().contains("link"), "{draft:#}");
        assert!(draft["content"].to_string().contains("there"));
        // What is public still names what is gone, as plain words.
        let html = app.visitor().route("/user").await["blocks"].to_string();
        assert!(html.contains("there") && !html.contains("href"), "{html}");

        // Had back as it was, the draft is again what it was.
        restore(&editor, &new, json!({ "asItWas": true })).await.done("restoreEntry");
        let draft = draft_of(&editor, &user.id).await["draft"].clone();
        assert_eq!(draft["note"], "“New” in place of “Old”, which was deleted");
        assert_eq!(draft["content"].to_string().matches(&new.id).count(), 2);

        let itself = json!({ "uses": "REPLACE", "replacement": user.id });
        assert_eq!(
            trash(&editor, &user, itself).await.refused("trashEntry"),
            "INVALID input.replacement: It cannot take its own place. Choose another."
        );
        let nothing = trash(&editor, &user, json!({ "uses": "REPLACE" })).await;
        assert_eq!(nothing.refused("trashEntry"), "REQUIRED input.replacement: Choose what takes its place.");
    }

    async fn what_comes_back_elsewhere_is_found_at_its_old_address(app: TestApp) {
        let editor = app.staff(Role::Editor).await;
        let moved = editor.published_page("one", page("One", vec![])).await;
        trash(&editor, &moved, json!({})).await.done("trashEntry");
        restore(&editor, &moved, json!({ "slug": "two", "asItWas": true })).await.done("restoreEntry");
        assert_eq!(app.visitor().route("/one").await["target"], "/two");
    }

    async fn an_address_leads_on_through_everything_that_was_deleted(app: TestApp) {
        let editor = app.staff(Role::Editor).await;
        let mut pages = Vec::new();
        for slug in ["a", "b", "c"] {
            pages.push(editor.published_page(slug, page(slug, vec![])).await);
        }
        let visitor = app.visitor();
        trash(&editor, &pages[0], json!({ "redirectTo": pages[1].id })).await.done("trashEntry");
        assert_eq!(visitor.route("/a").await["target"], "/b");
        trash(&editor, &pages[1], json!({ "redirectTo": pages[2].id })).await.done("trashEntry");
        assert_eq!(visitor.route("/a").await["target"], "/c");
        assert_eq!(visitor.route("/b").await["target"], "/c");

        // Gone for good, the way stays.
        assert_eq!(server::empty_trash(&app.app, Utc::now() + TimeDelta::days(29)).await.expect("a round"), 0);
        assert_eq!(server::empty_trash(&app.app, Utc::now() + TimeDelta::days(31)).await.expect("a round"), 2);
        assert!(in_trash(&editor).await.is_empty());
        assert_eq!(visitor.route("/a").await["target"], "/c");
        assert_eq!(visitor.route("/b").await["target"], "/c");

        // Round in a circle is nowhere.
        trash(&editor, &pages[2], json!({})).await.done("trashEntry");
        assert_eq!(visitor.route("/a").await, Value::Null);
        assert_eq!(
            restore(&editor, &pages[0], json!({})).await.refused("restoreEntry"),
            "NOT_FOUND input.id: There is no such page or therapy in the trash."
        );
    }

    async fn no_sequence_of_deleting_and_restoring_leaves_a_circle(app: TestApp) {
        let editor = app.staff(Role::Editor).await;
        let (a, b) = (editor.published_page("a", page("A", vec![])).await, editor.published_page("b", page("B", vec![])).await);
        trash(&editor, &a, json!({ "redirectTo": b.id })).await.done("trashEntry");
        restore(&editor, &a, json!({ "asItWas": true })).await.done("restoreEntry");
        trash(&editor, &b, json!({ "redirectTo": a.id })).await.done("trashEntry");
        assert_eq!(app.visitor().route("/b").await["target"], "/a");
        trash(&editor, &a, json!({})).await.done("trashEntry");
        assert_eq!(app.visitor().route("/b").await, Value::Null);
        restore(&editor, &b, json!({})).await.done("restoreEntry");
        restore(&editor, &a, json!({ "asItWas": true })).await.done("restoreEntry");
        assert_eq!(kind_at(&app.visitor(), "/a").await, "Page");
    }

    async fn what_was_planned_for_it_is_called_off(app: TestApp) {
        let editor = app.staff(Role::Editor).await;
        let draft = editor.create_page("soon", page("Soon", vec![])).await;
        let plan = "mutation ($input: SchedulePublishInput!) { schedulePublish(input: $input) { schedule { id } userErrors { message } } }";
        let at = (Utc::now() + TimeDelta::hours(1)).to_rfc3339();
        let input = json!({ "id": draft.id, "revision": draft.revision, "runAt": at, "timeZone": "Europe/Berlin" });
        editor.ask(plan, json!({ "input": input })).await.done("schedulePublish");
        trash(&editor, &draft, json!({})).await.done("trashEntry");
        restore(&editor, &draft, json!({})).await.done("restoreEntry");
        assert_eq!(server::work_schedule(&app.app, Utc::now() + TimeDelta::hours(2)).await.expect("a round"), 0);
        assert_eq!(draft_of(&editor, &draft.id).await["status"], "DRAFT");
    }
}
