//! Publishing together, at a time, and taking it back.

use chrono::{DateTime, TimeDelta, Utc};
use entity::user::Role;
use hillside::server::work_schedule;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use serde_json::{Value, json};

use crate::support::{
    Answer, Staff, TestApp,
    entry::{Draft, linked, page, quote},
    on_both,
};

const SCHEDULES: &str = "query ($id: ID!) { page(id: $id) { title status live { id } \
    schedules { id action state error revision runAt timeZone late createdBy { id } } } }";

/// Has the server do what is due at a time.
async fn work(app: &TestApp, now: DateTime<Utc>) -> usize {
    work_schedule(&app.app, now).await.expect("it works")
}

/// Sends a mutation of this subject.
async fn mutate(staff: &Staff, mutation: &str, field: &str, input: Value) -> Answer {
    let ty = format!("{}{}Input", mutation[..1].to_uppercase(), &mutation[1..]);
    let query = format!(
        "mutation ($input: {ty}!) {{ {mutation}(input: $input) {{ {field} userErrors {{ code message path }} }} }}"
    );
    staff.ask(&query, json!({ "input": input })).await
}

async fn schedule(staff: &Staff, draft: &Draft, at: DateTime<Utc>) -> String {
    let input = json!({ "id": draft.id, "revision": draft.revision, "runAt": at, "timeZone": "Europe/Berlin" });
    let answer = mutate(staff, "schedulePublish", "schedule { id }", input).await;
    answer.done("schedulePublish")["schedule"]["id"].as_str().expect("an id").to_owned()
}

async fn read(staff: &Staff, draft: &Draft) -> Value {
    staff.ask(SCHEDULES, json!({ "id": draft.id })).await.data()["page"].clone()
}

fn in_an_hour() -> DateTime<Utc> {
    Utc::now() + TimeDelta::hours(1)
}

on_both! {
    async fn what_is_scheduled_goes_out_at_its_time_and_not_what_was_written_since(app: TestApp) {
        let editor = app.staff(Role::Editor).await;
        let draft = editor.create_page("opening", page("Opening", vec![quote("a", "Soon")])).await;
        let at = in_an_hour();
        editor.create_page("other", page("Not planned", vec![])).await;
        let planned = async || editor.ask("{ pages(filter: { planned: true }) { nodes { path } } }", Value::Null).await.data()["pages"]["nodes"].clone();
        assert_eq!(planned().await, json!([]));
        schedule(&editor, &draft, at).await;
        assert_eq!(planned().await, json!([{ "path": "/opening" }]));
        editor.save_page(&draft, page("Opening, later", vec![quote("a", "Later")])).await;

        assert_eq!(work(&app, at - TimeDelta::seconds(1)).await, 0);
        assert_eq!(app.visitor().route("/opening").await, Value::Null);
        assert_eq!(work(&app, at).await, 1);
        assert_eq!(app.visitor().route("/opening").await["title"], "Opening");
        assert_eq!(planned().await, json!([]));
        let shown = read(&editor, &draft).await;
        assert_eq!(shown["live"]["id"], json!(draft.revision));
        assert_eq!((&shown["status"], &shown["schedules"]), (&json!("LIVE_WITH_CHANGES"), &json!([])));

        // A clock that was set back does it no second time.
        assert_eq!(work(&app, at - TimeDelta::days(1)).await + work(&app, at + TimeDelta::days(1)).await, 0);
        let lines = entity::audit_event::Entity::find()
            .filter(entity::audit_event::Column::Verb.eq("PUBLISHED"))
            .all(app.app.db.reader()).await.unwrap();
        assert_eq!(lines.len(), 1);
        assert_eq!(lines[0].actor_id.map(|id| id.to_string()), Some(editor.id.clone()));
    }

    async fn what_is_taken_back_does_not_come_out_again_by_itself(app: TestApp) {
        let editor = app.staff(Role::Editor).await;
        let draft = editor.published_page("opening", page("Opening", vec![quote("a", "Soon")])).await;
        let next = editor.save_page(&draft, page("Opening, later", vec![quote("a", "Later")])).await;
        let at = in_an_hour();
        schedule(&editor, &next, at).await;
        editor.entry("unpublishPage", json!({ "id": draft.id })).await.done("unpublishPage");
        assert_eq!(work(&app, at).await, 0);
        assert_eq!(app.visitor().route("/opening").await, Value::Null);
    }

    async fn what_is_planned_counts_as_a_use_until_it_is_done(app: TestApp) {
        let editor = app.staff(Role::Editor).await;
        let person = editor.create_fact("person", json!({ "name": "Rhea Lund", "role": "Author" })).await["id"].clone();
        let mut content = page("Opening", vec![quote("a", "Soon")]);
        content["author"] = person.clone();
        let draft = editor.create_page("opening", content).await;
        let at = in_an_hour();
        schedule(&editor, &draft, at).await;
        editor.save_page(&draft, page("Opening", vec![quote("a", "Soon")])).await;
        let places = "query ($id: ID!) { uses(id: $id) { nodes { title places { label draft live planned } } } }";
        let uses = editor.ask(places, json!({ "id": person })).await.data()["uses"]["nodes"].clone();
        let place = json!({ "label": "Author", "draft": false, "live": false, "planned": true });
        assert_eq!(uses, json!([{ "title": "Opening", "places": [place] }]));
        let refused = editor.write_fact("deleteFact", json!({ "id": person })).await.refused("deleteFact");
        assert!(refused.starts_with("ILLEGAL_TRANSITION input.id: It is used in “Opening”"), "{refused}");
        assert_eq!(work(&app, at).await, 1);
        let uses = editor.ask(places, json!({ "id": person })).await.data()["uses"]["nodes"].clone();
        assert_eq!(uses[0]["places"], json!([{ "label": "Author", "draft": false, "live": true, "planned": false }]));
    }

    async fn what_was_due_while_no_server_ran_is_done_at_once_and_says_so(app: TestApp) {
        let editor = app.staff(Role::Editor).await;
        let draft = editor.create_page("opening", page("Opening", vec![quote("a", "Soon")])).await;
        let at = in_an_hour();
        schedule(&editor, &draft, at).await;
        let token = editor.token.clone();
        let app = app.restart().await;
        assert!(token.is_some());
        assert_eq!(work(&app, at + TimeDelta::hours(5)).await, 1);
        assert_eq!(app.visitor().route("/opening").await["title"], "Opening");
        let reader = app.staff(Role::Auditor).await;
        let asked = "query ($from: DateTime!, $to: DateTime!) { scheduled(from: $from, to: $to) { state late entry { path } } }";
        let answer = reader.ask(asked, json!({ "from": at, "to": at + TimeDelta::days(1) })).await;
        assert_eq!(answer.data()["scheduled"], json!([{ "state": "DONE", "late": true, "entry": { "path": "/opening" } }]));
    }

    async fn servers_that_work_at_once_do_it_once(app: TestApp) {
        let editor = app.staff(Role::Editor).await;
        let at = in_an_hour();
        for place in 0..6 {
            let content = page("Opening", vec![quote("a", "Soon")]);
            let draft = editor.create_page(&format!("opening-{place}"), content).await;
            schedule(&editor, &draft, at).await;
        }
        let (one, two) = tokio::join!(work(&app, at), work(&app, at));
        // Whoever finds the last ones held by the other leaves them to it.
        assert_eq!(one + two, 6);
        let lines = entity::audit_event::Entity::find()
            .filter(entity::audit_event::Column::Verb.eq("PUBLISHED"))
            .all(app.app.db.reader()).await.unwrap();
        assert_eq!(lines.len(), 6);
    }

    async fn whoever_lost_the_permission_publishes_nothing_any_more(app: TestApp) {
        let (editor, owner) = (app.staff(Role::Editor).await, app.staff(Role::Owner).await);
        let draft = editor.create_page("opening", page("Opening", vec![quote("a", "Soon")])).await;
        let at = in_an_hour();
        let id = schedule(&editor, &draft, at).await;
        let user: entity::id::UserId = editor.id.parse().unwrap();
        entity::user::Entity::update_many()
            .col_expr(entity::user::Column::Role, Expr::value("reviewer"))
            .filter(entity::user::Column::Id.eq(user))
            .exec(app.app.db.writer()).await.unwrap();
        assert_eq!(work(&app, at).await, 1);
        assert_eq!(app.visitor().route("/opening").await, Value::Null);
        let failed = read(&owner, &draft).await["schedules"][0].clone();
        assert_eq!(failed["state"], "FAILED");
        assert!(failed["error"].as_str().unwrap().contains("may no longer publish"), "{failed}");

        // It stays until somebody has read it.
        mutate(&owner, "cancelSchedule", "schedule { state }", json!({ "id": id })).await.done("cancelSchedule");
        assert_eq!(read(&owner, &draft).await["schedules"], json!([]));
        let again = mutate(&owner, "cancelSchedule", "schedule { state }", json!({ "id": id })).await;
        assert!(again.refused("cancelSchedule").starts_with("ILLEGAL_TRANSITION input.id: "));
    }

    async fn what_may_not_be_public_is_neither_scheduled_nor_published(app: TestApp) {
        let editor = app.staff(Role::Editor).await;
        let draft = editor.create_page("opening", page("Opening", vec![quote("a", "")])).await;
        let at = in_an_hour();
        let input = json!({ "id": draft.id, "revision": draft.revision, "runAt": at, "timeZone": "Europe/Berlin" });
        let refused = mutate(&editor, "schedulePublish", "schedule { id }", input.clone()).await.refused("schedulePublish");
        assert!(refused.starts_with("REQUIRED input.content.blocks.0.quote.text: "), "{refused}");

        // A newer version that was published meanwhile stays.
        let draft = editor.save_page(&draft, page("Opening", vec![quote("a", "First")])).await;
        schedule(&editor, &draft, at).await;
        let newer = editor.save_page(&draft, page("Opened", vec![quote("a", "Second")])).await;
        editor.publish_page(&newer).await;
        assert_eq!(work(&app, at).await, 1);
        assert_eq!(app.visitor().route("/opening").await["title"], "Opened");
        let failed = read(&editor, &draft).await["schedules"][0].clone();
        assert_eq!((&failed["state"], &failed["error"]), (&json!("FAILED"), &json!("A newer version was published meanwhile, and stays.")));

        let mut stale = input;
        stale["revision"] = json!(newer.revision);
        stale["runAt"] = json!(Utc::now() - TimeDelta::minutes(1));
        let refused = mutate(&editor, "schedulePublish", "schedule { id }", stale).await.refused("schedulePublish");
        assert!(refused.starts_with("INVALID input.runAt: "), "{refused}");
    }

    async fn a_plan_can_be_moved_and_called_off_and_something_taken_back_at_a_time(app: TestApp) {
        let editor = app.staff(Role::Editor).await;
        let draft = editor.create_page("opening", page("Opening", vec![quote("a", "Soon")])).await;
        let at = in_an_hour();
        schedule(&editor, &draft, at).await;
        let moved = schedule(&editor, &draft, at + TimeDelta::hours(2)).await;
        assert_eq!(read(&editor, &draft).await["schedules"].as_array().unwrap().len(), 1);
        assert_eq!(work(&app, at + TimeDelta::hours(1)).await, 0);
        mutate(&editor, "cancelSchedule", "schedule { state }", json!({ "id": moved })).await.done("cancelSchedule");
        assert_eq!(work(&app, at + TimeDelta::hours(3)).await, 0);

        editor.publish_page(&draft).await;
        let input = json!({ "id": draft.id, "runAt": at, "timeZone": "America/New_York" });
        mutate(&editor, "scheduleUnpublish", "schedule { id }", input).await.done("scheduleUnpublish");
        assert_eq!(work(&app, at).await, 1);
        assert_eq!(app.visitor().route("/opening").await, Value::Null);
    }

    async fn what_is_published_together_is_public_together_or_not_at_all(app: TestApp) {
        let app = app.with_demo().await;
        let (editor, visitor) = (app.staff(Role::Editor).await, app.visitor());
        let region = editor.target("REGION", "").await;
        let good = editor.create_page("opening", page("Opening", vec![quote("a", "Soon")])).await;
        let bad = editor.create_page("closing", page("Closing", vec![quote("a", "")])).await;
        let content = json!({ "title": "Music therapy", "summary": "With instruments.", "regions": [region] });
        let made = editor.entry("createTherapy", json!({ "slug": "music", "content": content })).await;
        let made = made.done("createTherapy")["therapy"].clone();
        let therapy = json!({ "id": made["id"], "revision": made["draft"]["id"] });
        let of = |draft: &Draft| json!({ "id": draft.id, "revision": draft.revision });

        let listed = async || {
            let asked = visitor.ask("{ therapies(first: 50) { nodes { title regions { name } } } }", Value::Null).await;
            asked.data()["therapies"]["nodes"].as_array().unwrap().iter().find(|it| it["title"] == "Music therapy").cloned()
        };
        let input = json!({ "entries": [therapy, of(&bad), of(&good)] });
        let refused = mutate(&editor, "publishEntries", "entries { id }", input).await.refused("publishEntries");
        assert!(refused.starts_with("REQUIRED input.entries.1.content.blocks.0.quote.text: "), "{refused}");
        assert_eq!(visitor.route("/opening").await, Value::Null);
        assert_eq!(listed().await, None);

        let input = json!({ "entries": [therapy, of(&good)] });
        let done = mutate(&editor, "publishEntries", "entries { path status }", input).await;
        let done = done.done("publishEntries")["entries"].clone();
        assert_eq!(done, json!([{ "path": "/therapies/music", "status": "LIVE" }, { "path": "/opening", "status": "LIVE" }]));
        assert_eq!(visitor.route("/opening").await["title"], "Opening");
        assert_eq!(listed().await.expect("it is listed")["regions"].as_array().map(Vec::len), Some(1));
    }

    async fn several_are_taken_back_together_and_put_back_as_they_were(app: TestApp) {
        let editor = app.staff(Role::Editor).await;
        let a = editor.published_page("a", page("A", vec![])).await;
        let b = editor.published_page("b", page("B", vec![])).await;
        editor.save_page(&a, page("A anew", vec![])).await;
        let draft = editor.create_page("c", page("C", vec![])).await;
        let both = json!({ "entries": [b.id, a.id] });
        let mixed = json!({ "entries": [a.id, draft.id] });
        assert_eq!(
            mutate(&editor, "unpublishEntries", "entries { id }", mixed).await.refused("unpublishEntries"),
            "ILLEGAL_TRANSITION input.entries.1.id: It is not public, so there is nothing to take back."
        );
        assert_eq!(app.visitor().route("/a").await["title"], "A");
        let done = mutate(&editor, "unpublishEntries", "entries { path status }", both.clone()).await;
        assert_eq!(done.done("unpublishEntries")["entries"], json!([{ "path": "/b", "status": "DRAFT" }, { "path": "/a", "status": "DRAFT" }]));
        assert_eq!(app.visitor().route("/a").await, Value::Null);
        let done = mutate(&editor, "republishEntries", "entries { status }", both.clone()).await;
        assert_eq!(done.done("republishEntries")["entries"], json!([{ "status": "LIVE" }, { "status": "LIVE_WITH_CHANGES" }]));
        assert_eq!(app.visitor().route("/a").await["title"], "A");
        assert_eq!(
            mutate(&editor, "republishEntries", "entries { id }", both).await.refused("republishEntries"),
            "ILLEGAL_TRANSITION input.entries.0.id: It is public already.\nILLEGAL_TRANSITION input.entries.1.id: It is public already."
        );
        let never = json!({ "entries": [draft.id] });
        assert_eq!(
            mutate(&editor, "republishEntries", "entries { id }", never).await.refused("republishEntries"),
            "ILLEGAL_TRANSITION input.entries.0.id: It was never public, so there is nothing to put back."
        );
    }

    async fn drafts_that_are_pointed_at_can_be_published_together(app: TestApp) {
        let (editor, visitor) = (app.staff(Role::Editor).await, app.visitor());
        let quiet = editor.create_page("quiet", page("Quiet", vec![quote("a", "One")])).await;
        let open = editor.published_page("open", page("Open", vec![quote("a", "One")])).await;
        let to = |key: &str, id: &str| linked(key, "there", json!({ "page": id }));
        let content = page("Start", vec![to("a", &quiet.id), to("b", &open.id), to("c", &quiet.id)]);
        let start = editor.create_page("start", content).await;
        let query = "query ($id: ID!) { unpublishedTargets(id: $id) { id path status draft } }";
        let answer = editor.ask(query, json!({ "id": start.id })).await;
        let expected = json!([{ "id": quiet.id, "path": "/quiet", "status": "DRAFT", "draft": quiet.revision }]);
        assert_eq!(answer.data()["unpublishedTargets"], expected);
        let both = json!({ "entries": [{ "id": start.id, "revision": start.revision }, { "id": quiet.id, "revision": quiet.revision }] });
        mutate(&editor, "publishEntries", "entries { path }", both).await.done("publishEntries");
        assert_eq!(visitor.route("/quiet").await["title"], "Quiet");
        assert_eq!(editor.ask(query, json!({ "id": start.id })).await.data()["unpublishedTargets"], json!([]));
        assert_eq!(editor.ask(query, json!({ "id": "nobody" })).await.data()["unpublishedTargets"], json!([]));
    }

    async fn publishing_is_undone_to_what_was_public_before(app: TestApp) {
        let (editor, visitor) = (app.staff(Role::Editor).await, app.visitor());
        let first = editor.published_page("opening", page("First", vec![quote("a", "One")])).await;
        let second = editor.save_page(&first, page("Second", vec![quote("a", "Two")])).await;
        editor.publish_page(&second).await;
        assert_eq!(visitor.route("/opening").await["title"], "Second");

        let undo = async |draft: &Draft| {
            mutate(&editor, "undoPublishEntries", "entries { status }", json!({ "entries": [{ "id": draft.id, "revision": draft.revision }] })).await
        };
        let status = undo(&second).await.done("undoPublishEntries")["entries"][0]["status"].clone();
        assert_eq!(status, "LIVE_WITH_CHANGES");
        assert_eq!(visitor.route("/opening").await["title"], "First");
        assert!(undo(&second).await.refused("undoPublishEntries").starts_with("CONFLICT input.entries.0.revision: "));
        // To undo once more brings nothing back that was taken away.
        assert_eq!(undo(&first).await.done("undoPublishEntries")["entries"][0]["status"], "DRAFT");
        assert_eq!(visitor.route("/opening").await, Value::Null);

        let fresh = editor.published_page("new", page("New", vec![quote("a", "One")])).await;
        assert_eq!(undo(&fresh).await.done("undoPublishEntries")["entries"][0]["status"], "DRAFT");
        assert_eq!(visitor.route("/new").await, Value::Null);
    }
}
