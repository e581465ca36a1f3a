//! One thing done to many leads, and taken back.

use chrono::{TimeDelta, Utc};
use entity::{lead, lead_bulk, lead_event, outbox, user::Role};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};
use serde_json::{Value, json};

use super::count;
use crate::support::{Answer, Staff, TestApp, on_both};

async fn several(app: &TestApp, many: usize) -> Vec<lead::Model> {
    let visitor = app.visitor();
    let mut leads = Vec::new();
    for _ in 0..many {
        leads.push(app.lead_row(&visitor.submitted(&visitor.lead().await).await).await);
    }
    leads
}

fn named(leads: &[lead::Model]) -> Value {
    leads.iter().map(|lead| json!({ "id": lead.id, "version": lead.version })).collect()
}

async fn bulk(staff: &Staff, mutation: &str, input: Value) -> Answer {
    let of = mutation[..1].to_uppercase() + &mutation[1..];
    let query = format!(
        "mutation ($input: {of}Input!) {{ {mutation}(input: $input) {{
            bulk {{ undo leads {{ lead {{ reference version status outcome assignee {{ id }} }} problem {{ code path message }} }} }}
            userErrors {{ code message path }}
        }} }}"
    );
    staff.ask(&query, json!({ "input": input })).await
}

/// What a lead is, without what every change raises.
async fn row(app: &TestApp, of: &lead::Model) -> lead::Model {
    let row = app.lead_row(&of.reference).await;
    lead::Model { version: of.version, updated_at: of.updated_at, ..row }
}

async fn timeline(app: &TestApp, of: &lead::Model) -> Vec<String> {
    let events = lead_event::Entity::find()
        .filter(lead_event::Column::LeadId.eq(of.id))
        .order_by_asc(lead_event::Column::Seq)
        .all(app.app.db.reader())
        .await
        .unwrap();
    events.iter().map(|event| format!("{} {:?}", event.seq, event.kind)).collect()
}

on_both! {
    async fn many_are_given_to_a_colleague_and_taken_back_once_by_who_did_it(app: TestApp) {
        let leads = several(&app, 3).await;
        let (ada, owner) = (app.staff(Role::Admissions).await, app.staff(Role::Owner).await);
        let letters = count::<outbox::Entity>(&app).await;
        let answer = bulk(&ada, "bulkAssignLeads", json!({ "leads": named(&leads), "assignee": owner.id })).await;
        let done = answer.done("bulkAssignLeads")["bulk"].clone();
        for (lead, line) in leads.iter().zip(done["leads"].as_array().unwrap()) {
            assert_eq!((&line["problem"], &line["lead"]["reference"]), (&Value::Null, &json!(lead.reference)));
            assert_eq!((&line["lead"]["version"], &line["lead"]["assignee"]["id"]), (&json!(2), &json!(owner.id)));
            assert_eq!(timeline(&app, lead).await, ["1 Received", "2 Assigned"]);
            assert!(app.lead_row(&lead.reference).await.lease_until.is_some(), "whoever gets it tries soon");
        }
        assert_eq!(count::<outbox::Entity>(&app).await, letters + 3);

        let token = json!({ "token": done["undo"] });
        let theirs = bulk(&owner, "undoBulkLeads", token.clone()).await;
        insta::assert_snapshot!(
            theirs.refused("undoBulkLeads"),
            @"NOT_FOUND input.token: This was taken back already, or is older than ten minutes. Change the leads one by one."
        );
        // Somebody changed one of them since.
        let changed = json!({ "id": leads[1].id, "version": 2, "status": "ATTEMPTING" });
        owner.work("changeLeadStatus", changed).await.done("changeLeadStatus");
        let answer = bulk(&ada, "undoBulkLeads", token.clone()).await;
        let back = answer.done("undoBulkLeads")["bulk"].clone();
        assert_eq!(back["undo"], Value::Null);
        let codes: Vec<_> = back["leads"].as_array().unwrap().iter().map(|line| line["problem"]["code"].clone()).collect();
        assert_eq!(codes, [Value::Null, json!("CONFLICT"), Value::Null]);
        assert_eq!(row(&app, &leads[0]).await, leads[0]);
        assert_eq!(app.lead_row(&leads[0].reference).await.version, 3);
        assert_eq!(app.lead_row(&leads[1].reference).await.assignee_id.map(|id| id.to_string()), Some(owner.id.clone()));
        assert_eq!(timeline(&app, &leads[0]).await, ["1 Received", "2 Assigned", "3 Assigned"]);
        assert!(bulk(&ada, "undoBulkLeads", token).await.refused("undoBulkLeads").starts_with("NOT_FOUND"));
    }

    async fn many_are_closed_each_judged_by_itself_and_opened_again(app: TestApp) {
        let leads = several(&app, 4).await;
        let staff = app.staff(Role::Admissions).await;
        let close = json!({ "id": leads[1].id, "version": 1, "status": "CLOSED", "outcome": "SPAM" });
        staff.work("changeLeadStatus", close).await.done("changeLeadStatus");
        let stale = json!({ "id": leads[2].id, "version": 7 });
        let nobody = json!({ "id": "lea_01h2xcejqtf2nbrexx3vqjhp41", "version": 1 });
        let closed = json!({ "id": leads[1].id, "version": 2 });
        let mut asked = named(&leads[..1]).as_array().unwrap().clone();
        asked.extend([closed, stale, nobody]);
        asked.extend(named(&leads[3..]).as_array().unwrap().clone());
        let answer = bulk(&staff, "bulkCloseLeads", json!({ "leads": asked, "outcome": "SPAM" })).await;
        let done = answer.done("bulkCloseLeads")["bulk"].clone();
        let lines = done["leads"].as_array().unwrap().iter().map(|line| {
            format!("{} {} {}", line["lead"]["status"], line["lead"]["outcome"], line["problem"])
        });
        insta::assert_snapshot!(lines.collect::<Vec<_>>().join("\n"), @r#"
        "CLOSED" "SPAM" null
        "CLOSED" "SPAM" {"code":"ILLEGAL_TRANSITION","path":["input","leads","1","status"],"message":"A lead that is closed does not become closed. What may follow: new, contacted."}
        "NEW" null {"code":"CONFLICT","path":["input","leads","2","version"],"message":"Somebody changed this lead meanwhile: it is new now. Look at it again, then decide."}
        null null {"code":"NOT_FOUND","path":["input","leads","3","id"],"message":"There is no such lead."}
        "CLOSED" "SPAM" null
        "#);
        let row_of = app.lead_row(&leads[3].reference).await;
        assert!(row_of.closed_at.is_some() && row_of.next_action_at.is_none());
        assert_eq!(timeline(&app, &leads[3]).await, ["1 Received", "2 Status"]);

        let answer = bulk(&staff, "undoBulkLeads", json!({ "token": done["undo"] })).await;
        assert_eq!(answer.done("undoBulkLeads")["bulk"]["leads"].as_array().unwrap().len(), 2);
        assert_eq!(row(&app, &leads[0]).await, leads[0]);
        assert_eq!(row(&app, &leads[3]).await, leads[3]);
        assert_eq!(count::<lead_bulk::Entity>(&app).await, 0);

        // Where nothing changes there is nothing to take back.
        let answer = bulk(&staff, "bulkCloseLeads", json!({ "leads": named(&leads[1..2]), "outcome": "SPAM" })).await;
        assert_eq!(answer.done("bulkCloseLeads")["bulk"]["undo"], Value::Null);
        assert_eq!(count::<lead_bulk::Entity>(&app).await, 0);
    }

    async fn after_ten_minutes_nothing_is_taken_back(app: TestApp) {
        let leads = several(&app, 2).await;
        let staff = app.staff(Role::Admissions).await;
        let close = async |leads: &[lead::Model]| {
            let answer = bulk(&staff, "bulkCloseLeads", json!({ "leads": named(leads), "outcome": "SPAM" })).await;
            answer.done("bulkCloseLeads")["bulk"]["undo"].clone()
        };
        let token = close(&leads[..1]).await;
        let db = app.app.db.writer();
        let mut kept = lead_bulk::Entity::find().one(db).await.unwrap().unwrap().into_active_model();
        kept.created_at = Set(Utc::now() - TimeDelta::minutes(11));
        kept.update(db).await.unwrap();
        let late = bulk(&staff, "undoBulkLeads", json!({ "token": token })).await;
        assert!(late.refused("undoBulkLeads").starts_with("NOT_FOUND input.token"));
        close(&leads[1..]).await;
        assert_eq!(count::<lead_bulk::Entity>(&app).await, 1, "what is too old is dropped");
    }

    async fn an_erased_lead_stays_erased_and_the_input_is_looked_at(app: TestApp) {
        let leads = several(&app, 2).await;
        let owner = app.staff(Role::Owner).await;
        let answer = bulk(&owner, "bulkCloseLeads", json!({ "leads": named(&leads), "outcome": "SPAM" })).await;
        let token = answer.done("bulkCloseLeads")["bulk"]["undo"].clone();
        let erase = json!({ "id": leads[0].id, "version": 2, "reason": "They asked us to." });
        owner.work("eraseLead", erase).await.done("eraseLead");
        let answer = bulk(&owner, "undoBulkLeads", json!({ "token": token })).await;
        let lines = answer.done("undoBulkLeads")["bulk"]["leads"].clone();
        assert_eq!((&lines[0]["problem"]["code"], &lines[0]["lead"]["status"]), (&json!("ILLEGAL_TRANSITION"), &json!("CLOSED")));
        assert_eq!(lines[1]["lead"]["status"], "NEW");

        let twice = json!([{ "id": leads[1].id, "version": 3 }, { "id": leads[1].id, "version": 3 }]);
        insta::assert_snapshot!(
            bulk(&owner, "bulkAssignLeads", json!({ "leads": twice })).await.refused("bulkAssignLeads"),
            @"INVALID input.leads.1.id: This lead is named twice. Name each lead once."
        );
        let many: Vec<_> = (0..101).map(|_| json!({ "id": leads[1].id, "version": 3 })).collect();
        assert!(bulk(&owner, "bulkAssignLeads", json!({ "leads": many })).await.refused("bulkAssignLeads").contains("TOO_LARGE input.leads:"));
    }
}
