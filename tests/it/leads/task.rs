//! What is to be done for a lead: written down, done, cleared, and shown to whom it concerns.

use chrono::{TimeDelta, Utc};
use entity::{lead, lead_task, user::Role};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel};
use serde_json::{Value, json};

use super::{full, with};
use crate::support::{Staff, TestApp, on_both};

const TASKS: &str = "query ($id: ID!) { lead(id: $id) { version
    tasks { id version kind note dueAt assignee { id } doneAt doneBy { id } lead { reference } }
    timeline { kind taskKind taskChange reference text }
} }";
const MINE: &str = "{ myLeadTasks { id kind note dueAt assignee { id } lead { id reference name } } }";
const REVEAL: &str = "mutation ($input: RevealLeadInput!) {
    revealLead(input: $input) { lead { tasks { kind note } } userErrors { message } }
}";

fn in_hours(hours: i64) -> String {
    (Utc::now() + TimeDelta::hours(hours)).to_rfc3339()
}

async fn plain(app: &TestApp) -> lead::Model {
    let visitor = app.visitor();
    app.lead_row(&visitor.submitted(&visitor.lead().await).await).await
}

async fn save(staff: &Staff, lead: &lead::Model, change: Value) {
    let input = with(json!({ "id": lead.id, "kind": "CALL", "dueAt": in_hours(2) }), change);
    staff.work("saveLeadTask", input).await.done("saveLeadTask");
}

async fn shown(staff: &Staff, lead: &lead::Model) -> Value {
    staff.ask(TASKS, json!({ "id": lead.id })).await.data()["lead"].clone()
}

async fn mine(staff: &Staff) -> Vec<Value> {
    staff.ask(MINE, Value::Null).await.data()["myLeadTasks"].as_array().unwrap().clone()
}

async fn close(staff: &Staff, lead: &lead::Model) {
    let version = shown(staff, lead).await["version"].clone();
    let input = json!({ "id": lead.id, "version": version, "status": "CLOSED", "outcome": "SPAM" });
    staff.work("changeLeadStatus", input).await.done("changeLeadStatus");
}

/// Two leads of one person, the first gone into the second.
async fn merged(app: &TestApp, staff: &Staff) -> (lead::Model, lead::Model) {
    let (goes, stays) = (plain(app).await, plain(app).await);
    for lead in [&goes, &stays] {
        staff.reveal(&lead.id.to_string(), "Is it one person?").await.done("revealLead");
    }
    save(staff, &goes, json!({ "note": "Her sister drives." })).await;
    let merge = json!({ "id": stays.id, "version": 1, "other": { "id": goes.id, "version": 2 } });
    staff.work("mergeLeads", merge).await.done("mergeLeads");
    (goes, stays)
}

on_both! {
    async fn a_task_is_made_changed_done_and_opened_again(app: TestApp) {
        let (lead, staff) = (plain(&app).await, app.staff(Role::Admissions).await);
        save(&staff, &lead, json!({ "kind": "TRANSPORT", "dueAt": in_hours(5) })).await;
        save(&staff, &lead, json!({ "kind": "VERIFY_INSURANCE", "dueAt": in_hours(3), "assignee": staff.id })).await;
        let tasks = shown(&staff, &lead).await["tasks"].clone();
        assert_eq!((&tasks[0]["kind"], &tasks[1]["kind"]), (&json!("VERIFY_INSURANCE"), &json!("TRANSPORT")));
        assert_eq!((&tasks[0]["assignee"]["id"], &tasks[0]["lead"]["reference"]), (&json!(staff.id), &json!(lead.reference)));

        let first = tasks[0]["id"].clone();
        let done = staff.work("completeLeadTask", json!({ "id": first, "version": 1 })).await;
        assert_eq!(done.done("completeLeadTask")["lead"]["version"], 4);
        let tasks = shown(&staff, &lead).await["tasks"].clone();
        assert_eq!((&tasks[1]["id"], &tasks[1]["doneBy"]["id"]), (&first, &json!(staff.id)), "what is done comes last");
        let again = staff.work("completeLeadTask", json!({ "id": first, "version": 2 })).await;
        insta::assert_snapshot!(again.refused("completeLeadTask"), @"ILLEGAL_TRANSITION input.id: This task is done.");

        save(&staff, &lead, json!({ "task": { "id": first, "version": 2 } })).await;
        let lead = shown(&staff, &lead).await;
        assert_eq!((&lead["tasks"][0]["id"], &lead["tasks"][0]["doneAt"]), (&first, &Value::Null));
        let events: Vec<&Value> = lead["timeline"].as_array().unwrap().iter().filter(|it| it["kind"] == "TASK").collect();
        let changes: Vec<&Value> = events.iter().map(|it| &it["taskChange"]).collect();
        assert_eq!(json!(changes), json!(["REOPENED", "DONE", "MADE", "MADE"]));
        assert_eq!((&events[1]["taskKind"], &events[1]["text"]), (&json!("VERIFY_INSURANCE"), &Value::Null));
    }

    async fn what_is_to_be_done_is_sealed_and_read_with_the_person_only(app: TestApp) {
        let (lead, staff) = (plain(&app).await, app.staff(Role::Admissions).await);
        save(&staff, &lead, json!({ "note": "Ask for her sister." })).await;
        let row = lead_task::Entity::find().one(app.app.db.reader()).await.unwrap().unwrap();
        assert!(row.note.as_ref().is_some_and(|note| !String::from_utf8_lossy(note).contains("sister")));
        assert_eq!(shown(&staff, &lead).await["tasks"][0]["note"], Value::Null);
        let reveal = json!({ "input": { "id": lead.id, "reason": "calling back" } });
        let note = async || staff.ask(REVEAL, reveal.clone()).await.done("revealLead")["lead"]["tasks"][0]["note"].clone();
        assert_eq!(note().await, "Ask for her sister.");
        save(&staff, &lead, json!({ "task": { "id": row.id, "version": 1 }, "kind": "OTHER" })).await;
        assert_eq!(note().await, "Ask for her sister.", "left out, it stays");
        save(&staff, &lead, json!({ "task": { "id": row.id, "version": 2 }, "note": " " })).await;
        assert_eq!(note().await, Value::Null);
    }

    async fn what_cannot_be_written_down_says_why(app: TestApp) {
        let (lead, staff) = (plain(&app).await, app.staff(Role::Admissions).await);
        save(&staff, &lead, json!({})).await;
        let id = shown(&staff, &lead).await["tasks"][0]["id"].clone();
        let refused = async |lead: &lead::Model, change: Value| {
            let input = with(json!({ "id": lead.id, "kind": "CALL", "dueAt": in_hours(2) }), change);
            staff.work("saveLeadTask", input).await.refused("saveLeadTask")
        };
        insta::assert_snapshot!(refused(&lead, json!({ "dueAt": in_hours(-1), "note": "x".repeat(4_001) })).await, @r"
        INVALID input.dueAt: Choose a time between now and a year from now.
        TOO_LARGE input.note: Shorten the field “note” to 4000 characters; it has 4001.
        ");
        let editor = app.staff(Role::Editor).await;
        insta::assert_snapshot!(refused(&lead, json!({ "assignee": editor.id })).await, @"NOT_FOUND input.assignee: There is no such colleague in admissions.");
        let task = json!({ "task": { "id": id, "version": 7 } });
        insta::assert_snapshot!(refused(&lead, task).await, @"CONFLICT input.task.version: Somebody changed this task meanwhile. Look at it again, then decide.");
        let task = json!({ "task": { "id": id, "version": 1 } });
        insta::assert_snapshot!(refused(&plain(&app).await, task).await, @"NOT_FOUND input.task.id: This lead has no such task.");
        close(&staff, &lead).await;
        insta::assert_snapshot!(refused(&lead, json!({})).await, @"ILLEGAL_TRANSITION input.id: This lead is closed. Reopen it first.");
    }

    async fn a_task_that_is_overdue_keeps_its_time(app: TestApp) {
        let (lead, staff) = (plain(&app).await, app.staff(Role::Admissions).await);
        save(&staff, &lead, json!({})).await;
        let mut late = lead_task::Entity::find().one(app.app.db.reader()).await.unwrap().unwrap().into_active_model();
        late.due_at = Set(Utc::now() - TimeDelta::hours(1));
        let late = late.update(app.app.db.writer()).await.unwrap();
        let due = shown(&staff, &lead).await["tasks"][0]["dueAt"].clone();
        save(&staff, &lead, json!({ "task": { "id": late.id, "version": 1 }, "dueAt": due, "kind": "OTHER" })).await;
    }

    async fn everybody_has_their_own_tasks_and_those_of_nobody_on_their_leads(app: TestApp) {
        let (one, other) = (app.staff(Role::Admissions).await, app.staff(Role::Admissions).await);
        let (lead, theirs) = (plain(&app).await, plain(&app).await);
        let assign = json!({ "id": lead.id, "version": 1, "assignee": one.id });
        one.work("assignLead", assign).await.done("assignLead");
        save(&one, &lead, json!({ "kind": "CALL", "dueAt": in_hours(4) })).await;
        save(&one, &lead, json!({ "kind": "DOCUMENTS", "assignee": other.id })).await;
        save(&one, &theirs, json!({ "kind": "TRANSPORT", "assignee": one.id, "dueAt": in_hours(1) })).await;
        save(&one, &theirs, json!({ "kind": "OTHER" })).await;

        let kinds = async |staff: &Staff| mine(staff).await.iter().map(|it| it["kind"].as_str().unwrap().to_owned()).collect::<Vec<_>>();
        assert_eq!(kinds(&one).await, ["TRANSPORT", "CALL"]);
        assert_eq!(kinds(&other).await, ["DOCUMENTS"]);
        let task = &mine(&one).await[0];
        assert_eq!((&task["lead"]["name"], &task["note"]), (&json!("S••••• V••••••"), &Value::Null));
        close(&one, &lead).await;
        assert_eq!(kinds(&one).await, ["TRANSPORT"]);
        assert_eq!(kinds(&other).await, Vec::<String>::new());
    }

    async fn what_is_due_and_nobodys_is_everybodys(app: TestApp) {
        let (lead, one, other) = (plain(&app).await, app.staff(Role::Admissions).await, app.staff(Role::Admissions).await);
        save(&one, &lead, json!({})).await;
        assert_eq!(mine(&one).await, Vec::<Value>::new(), "not yet");
        let task = lead_task::Entity::find().one(app.app.db.reader()).await.unwrap().unwrap();
        let due = lead_task::ActiveModel { due_at: Set(Utc::now() - TimeDelta::minutes(1)), ..task.into_active_model() };
        due.update(app.app.db.writer()).await.unwrap();
        for staff in [&one, &other] {
            assert_eq!(mine(staff).await[0]["lead"]["reference"], json!(lead.reference));
        }
        let assign = json!({ "id": lead.id, "version": shown(&one, &lead).await["version"], "assignee": one.id });
        one.work("assignLead", assign).await.done("assignLead");
        assert_eq!((mine(&one).await.len(), mine(&other).await.len()), (1, 0));
    }

    async fn nothing_is_to_be_done_for_who_ended(app: TestApp) {
        let (lead, staff) = (plain(&app).await, app.staff(Role::Admissions).await);
        save(&staff, &lead, json!({})).await;
        close(&staff, &lead).await;
        let task = shown(&staff, &lead).await["tasks"][0].clone();
        assert!(task["doneAt"].is_string() && task["doneBy"].is_null(), "{task}");
        assert_eq!(task["version"], 2);

        let withdrawn = plain(&app).await;
        save(&staff, &withdrawn, json!({})).await;
        let input = json!({ "id": withdrawn.id, "version": 2, "consent": "CONTACT" });
        staff.work("withdrawLeadConsent", input).await.done("withdrawLeadConsent");
        assert!(shown(&staff, &withdrawn).await["tasks"][0]["doneAt"].is_string());
    }

    async fn who_is_erased_leaves_no_word_of_a_task(app: TestApp) {
        let (lead, owner) = (full(&app).await, app.staff(Role::Owner).await);
        save(&owner, &lead, json!({ "note": "Her sister drives." })).await;
        let erase = json!({ "id": lead.id, "version": 2, "reason": "They asked us to." });
        owner.work("eraseLead", erase).await.done("eraseLead");
        let row = lead_task::Entity::find().one(app.app.db.reader()).await.unwrap().unwrap();
        assert!(row.note.is_none() && row.done_at.is_some());
        assert_eq!(mine(&owner).await, Vec::<Value>::new());
    }

    async fn a_task_is_worked_with_the_lead_that_stays(app: TestApp) {
        let staff = app.staff(Role::Admissions).await;
        let (goes, stays) = merged(&app, &staff).await;
        let version = shown(&staff, &stays).await["version"].clone();
        let assign = json!({ "id": stays.id, "version": version, "assignee": staff.id });
        staff.work("assignLead", assign).await.done("assignLead");
        let task = shown(&staff, &stays).await["tasks"][0].clone();
        assert_eq!((&task["lead"]["reference"], &task["doneAt"]), (&json!(stays.reference), &Value::Null));
        assert_eq!(mine(&staff).await[0]["lead"]["reference"], json!(stays.reference));
        let reveal = json!({ "input": { "id": stays.id, "reason": "calling back" } });
        let revealed = staff.ask(REVEAL, reveal).await;
        assert_eq!(revealed.done("revealLead")["lead"]["tasks"][0]["note"], "Her sister drives.");

        let own = with(json!({ "id": goes.id, "kind": "CALL", "dueAt": in_hours(1) }), json!({}));
        insta::assert_snapshot!(staff.work("saveLeadTask", own).await.refused("saveLeadTask"), @"ILLEGAL_TRANSITION input.id: This lead was brought together with another. Work that one, or take them apart.");
        save(&staff, &stays, json!({ "task": { "id": task["id"], "version": 1 }, "kind": "TRANSPORT" })).await;
        let done = staff.work("completeLeadTask", json!({ "id": task["id"], "version": 2 })).await;
        assert_eq!(done.done("completeLeadTask")["lead"]["reference"], json!(stays.reference));
        let seen = shown(&staff, &stays).await;
        let event = seen["timeline"].as_array().unwrap().iter().find(|it| it["taskChange"] == "DONE").unwrap();
        assert_eq!(event["reference"], json!(goes.reference));
    }

    async fn taken_apart_each_has_its_own_tasks(app: TestApp) {
        let staff = app.staff(Role::Admissions).await;
        let (goes, stays) = merged(&app, &staff).await;
        save(&staff, &stays, json!({ "kind": "OTHER" })).await;
        assert_eq!(shown(&staff, &stays).await["tasks"].as_array().unwrap().len(), 2);
        let version = app.lead_row(&goes.reference).await.version;
        staff.work("unmergeLead", json!({ "id": goes.id, "version": version })).await.done("unmergeLead");
        for (lead, kind) in [(&goes, "CALL"), (&stays, "OTHER")] {
            let tasks = shown(&staff, lead).await["tasks"].as_array().unwrap().clone();
            assert_eq!(tasks.len(), 1);
            assert_eq!((&tasks[0]["kind"], &tasks[0]["doneAt"]), (&json!(kind), &Value::Null));
        }
    }

    async fn with_the_lead_that_stays_ends_what_was_to_be_done_for_the_other(app: TestApp) {
        let staff = app.staff(Role::Admissions).await;
        let (goes, stays) = merged(&app, &staff).await;
        close(&staff, &stays).await;
        assert!(shown(&staff, &goes).await["tasks"][0]["doneAt"].is_string());
    }
}
