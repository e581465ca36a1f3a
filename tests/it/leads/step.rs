//! What a step to another status needs, who may take it, and what it leaves behind.

use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    id::LocationId,
    lead::{self, LeadStatus},
    lead_event, lead_task,
    user::Role,
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use serde_json::{Value, json};

use super::{full, with};
use crate::support::{Answer, Staff, TestApp, on_both};

const STEP: &str = "query ($id: ID!) { lead(id: $id) {
    version nextStatuses nextOutcomes arrival { at place { id name timeZone } } tasks { kind dueAt doneAt }
    timeline { kind text toStatus }
} }";

/// A place that somebody may come to.
pub(super) struct Place {
    pub(super) id: LocationId,
}

/// Keeps a place that somebody may come to.
pub(super) async fn a_place(app: &TestApp) -> Place {
    let editor = app.staff(Role::Editor).await;
    let region = editor.create_fact("region", json!({ "name": "Vermont", "code": "vt", "country": "US" })).await;
    let place = json!({ "name": "East", "city": "Sampleton", "region": region["id"], "country": "US", "timeZone": "America/New_York" });
    let place = editor.create_fact("location", place).await;
    Place { id: place["id"].as_str().and_then(|id| id.parse().ok()).expect("an id") }
}

/// A lead at that status, whoever brought it there.
async fn at(app: &TestApp, status: LeadStatus) -> lead::Model {
    let mut row = full(app).await.into_active_model();
    row.status = Set(status);
    row.update(app.app.db.writer()).await.unwrap()
}

async fn change(staff: &Staff, lead: &lead::Model, version: i32, step: Value) -> Answer {
    staff.work("changeLeadStatus", with(json!({ "id": lead.id, "version": version }), step)).await
}

async fn refused(staff: &Staff, lead: &lead::Model, version: i32, step: Value) -> String {
    change(staff, lead, version, step).await.refused("changeLeadStatus")
}

async fn shown(staff: &Staff, lead: &lead::Model) -> Value {
    staff.ask(STEP, json!({ "id": lead.id })).await.data()["lead"].clone()
}

/// A call that nobody answered, so many days ago.
async fn called(app: &TestApp, lead: &lead::Model, seq: i32, days: i64) {
    let row = lead_event::ActiveModel {
        id: Set(entity::id::LeadEventId::new()),
        lead_id: Set(lead.id),
        seq: Set(seq),
        kind: Set(lead_event::LeadEventKind::Call),
        at: Set(Utc::now() - TimeDelta::days(days)),
        actor_id: Set(None),
        meta: Set(json!({ "call": "NO_ANSWER" })),
        text: Set(None),
    };
    row.insert(app.app.db.writer()).await.unwrap();
}

on_both! {
    async fn who_is_scheduled_comes_on_a_day_to_a_place_and_somebody_sees_how(app: TestApp) {
        let place = a_place(&app).await;
        let lead = at(&app, LeadStatus::Qualified).await;
        let staff = app.staff(Role::Admissions).await;
        let places = staff.ask("{ admissionsPlaces { id name city timeZone } }", Value::Null).await;
        assert_eq!(places.data()["admissionsPlaces"], json!([{ "id": place.id, "name": "East", "city": "Sampleton", "timeZone": "America/New_York" }]));

        let comes = (Utc::now() + TimeDelta::days(3)).to_rfc3339();
        let arrival = |at: &str, location: &str, transport: &str| json!({
            "status": "SCHEDULED", "arrival": { "at": at, "location": location, "transport": transport },
        });
        let place_id = place.id.to_string();
        insta::assert_snapshot!(
            refused(&staff, &lead, 1, json!({ "status": "SCHEDULED" })).await,
            @"REQUIRED input.arrival: Say when they come, to which place, and how they get there."
        );
        insta::assert_snapshot!(refused(&staff, &lead, 1, arrival("2020-01-01T00:00:00Z", &place_id, " ")).await, @"
        INVALID input.arrival.at: Choose a time between now and a year from now.
        REQUIRED input.arrival.transport: Fill in the field “transport”.
        ");
        insta::assert_snapshot!(
            refused(&staff, &lead, 1, arrival(&comes, "loc_01h2xcejqtf2nbrexx3vqjhp41", "By train.")).await,
            @"NOT_FOUND input.arrival.location: There is no such place."
        );
        assert!(refused(&staff, &lead, 1, arrival(&comes, "x", "By train.")).await.contains("input.arrival.location"));
        change(&staff, &lead, 1, arrival(&comes, &place_id, "Her sister drives.")).await.done("changeLeadStatus");

        let after = shown(&staff, &lead).await;
        assert_eq!(after["arrival"]["place"], json!({ "id": place.id, "name": "East", "timeZone": "America/New_York" }));
        let day = |text: &Value| text.as_str().unwrap().parse::<DateTime<Utc>>().unwrap().timestamp();
        assert_eq!(day(&after["arrival"]["at"]), day(&json!(comes)));
        assert_eq!((&after["tasks"][0]["kind"], &after["tasks"][0]["dueAt"]), (&json!("TRANSPORT"), &after["arrival"]["at"]));
        let task = lead_task::Entity::find().filter(lead_task::Column::LeadId.eq(lead.id)).one(app.app.db.reader()).await.unwrap().unwrap();
        assert!(!String::from_utf8_lossy(&task.note.unwrap()).contains("sister"));

        insta::assert_snapshot!(
            refused(&staff, &lead, 2, json!({ "status": "QUALIFIED" })).await,
            @"REQUIRED input.reason: Fill in the field “reason”."
        );
        change(&staff, &lead, 2, json!({ "status": "QUALIFIED", "reason": "The car broke  down." })).await.done("changeLeadStatus");
        let back = shown(&staff, &lead).await;
        assert_eq!((&back["arrival"], &back["timeline"][0]["text"]), (&Value::Null, &json!("The car broke down.")));
        assert!(back["tasks"][0]["doneAt"].is_string(), "nobody sees to the transport any more");
    }

    async fn a_day_belongs_to_who_is_scheduled_and_goes_with_the_person(app: TestApp) {
        let place = a_place(&app).await;
        let lead = full(&app).await;
        let owner = app.staff(Role::Owner).await;
        let arrival = json!({ "at": Utc::now() + TimeDelta::days(3), "location": place.id, "transport": "By train." });
        insta::assert_snapshot!(
            refused(&owner, &lead, 1, json!({ "status": "CONTACTED", "arrival": arrival })).await,
            @"INVALID input.arrival: Only who goes from qualified to scheduled is given a day. Leave it out."
        );
        let lead = at(&app, LeadStatus::Qualified).await;
        change(&owner, &lead, 1, json!({ "status": "SCHEDULED", "arrival": arrival })).await.done("changeLeadStatus");
        owner.work("eraseLead", json!({ "id": lead.id, "version": 2, "reason": "They asked us to." })).await.done("eraseLead");
        let row = app.lead_row(&lead.reference).await;
        assert_eq!((row.arrives_at, row.location_id), (None, Some(place.id)));
    }

    async fn nobody_is_unreachable_before_five_attempts_on_three_days(app: TestApp) {
        let lead = full(&app).await;
        let other = full(&app).await;
        let staff = app.staff(Role::Admissions).await;
        let unreachable = || json!({ "status": "CLOSED", "outcome": "UNREACHABLE" });
        for (seq, days) in [(2, 0), (3, 0), (4, 0), (5, 0), (6, 1)] {
            called(&app, &lead, seq, days).await;
        }
        insta::assert_snapshot!(
            refused(&staff, &lead, 1, unreachable()).await,
            @"ILLEGAL_TRANSITION input.outcome: Nobody is unreachable before 5 attempts on 3 days; so far there were 5 on 2. Plan the next one."
        );
        called(&app, &lead, 7, 2).await;
        let both = json!({ "leads": [{ "id": other.id, "version": 1 }, { "id": lead.id, "version": 1 }], "outcome": "UNREACHABLE" });
        let bulk = "mutation ($input: BulkCloseLeadsInput!) { bulkCloseLeads(input: $input) {
            bulk { leads { lead { status } problem { message path } } } userErrors { message } } }";
        let answer = staff.ask(bulk, json!({ "input": both })).await;
        let lines = answer.done("bulkCloseLeads")["bulk"]["leads"].clone();
        assert_eq!((&lines[0]["lead"]["status"], &lines[1]["lead"]["status"]), (&json!("NEW"), &json!("CLOSED")));
        assert_eq!(lines[0]["problem"], json!({
            "message": "Nobody is unreachable before 5 attempts on 3 days; so far there were 0 on 0. Plan the next one.",
            "path": ["input", "leads", "0", "outcome"],
        }));
    }

    async fn who_was_spoken_with_is_tried_anew_before_they_are_unreachable(app: TestApp) {
        let lead = full(&app).await;
        let staff = app.staff(Role::Admissions).await;
        for (seq, days) in [(2, 0), (3, 0), (4, 1), (5, 2), (6, 2)] {
            called(&app, &lead, seq, days).await;
        }
        let later = (Utc::now() + TimeDelta::hours(1)).to_rfc3339();
        let call = json!({ "id": lead.id, "version": 1, "outcome": "REACHED", "inbound": true, "nextActionAt": later });
        staff.work("logCall", call).await.done("logCall");
        insta::assert_snapshot!(
            refused(&staff, &lead, 2, json!({ "status": "CLOSED", "outcome": "UNREACHABLE" })).await,
            @"ILLEGAL_TRANSITION input.outcome: Nobody is unreachable before 5 attempts on 3 days; so far there were 0 on 0. Plan the next one."
        );
    }

    async fn who_leads_admissions_decides_what_others_do_not(app: TestApp) {
        let lead = full(&app).await;
        let (ada, bo, owner) =
            (app.staff(Role::Admissions).await, app.staff(Role::Admissions).await, app.staff(Role::Owner).await);
        insta::assert_snapshot!(
            refused(&ada, &lead, 1, json!({ "status": "CLOSED", "outcome": "NOT_ELIGIBLE" })).await,
            @"FORBIDDEN input.outcome: Whoever leads admissions closes leads in that way. Give the lead to them, with a note."
        );
        bo.work("assignLead", json!({ "id": lead.id, "version": 1, "assignee": bo.id })).await.done("assignLead");
        insta::assert_snapshot!(
            refused(&ada, &lead, 2, json!({ "status": "CLOSED", "outcome": "SPAM" })).await,
            @"FORBIDDEN input.outcome: A colleague works this lead. Ask them, or whoever leads admissions, to close it."
        );
        assert_eq!(shown(&ada, &lead).await["nextOutcomes"], json!([]));
        assert_eq!(shown(&bo, &lead).await["nextOutcomes"], json!(["UNREACHABLE", "SPAM"]));
        assert_eq!(shown(&owner, &lead).await["nextOutcomes"].as_array().unwrap().len(), 7);

        let scheduled = at(&app, LeadStatus::Scheduled).await;
        assert_eq!(shown(&ada, &scheduled).await["nextStatuses"], json!(["QUALIFIED", "CLOSED"]));
        insta::assert_snapshot!(
            refused(&ada, &scheduled, 1, json!({ "status": "ADMITTED" })).await,
            @"FORBIDDEN input.status: Whoever leads admissions decides who is admitted, and whether that is taken back. Ask them."
        );
        change(&owner, &scheduled, 1, json!({ "status": "ADMITTED" })).await.done("changeLeadStatus");
        let back = change(&owner, &scheduled, 2, json!({ "status": "SCHEDULED", "reason": "It was somebody else." })).await;
        assert_eq!(back.done("changeLeadStatus")["lead"]["status"], "SCHEDULED");
    }

    async fn what_is_closed_is_opened_again_by_who_may(app: TestApp) {
        let lead = full(&app).await;
        let (ada, bo) = (app.staff(Role::Admissions).await, app.staff(Role::Admissions).await);
        let open = || json!({ "status": "NEW", "reason": "Closed by mistake." });
        let spam = json!({ "id": lead.id, "version": 1 });
        ada.work("markLeadSpam", spam).await.done("markLeadSpam");
        insta::assert_snapshot!(
            refused(&bo, &lead, 2, open()).await,
            @"FORBIDDEN input.status: Whoever leads admissions opens it again; anybody once the person has written again. Ask them."
        );
        insta::assert_snapshot!(
            refused(&ada, &lead, 2, json!({ "status": "NEW" })).await,
            @"REQUIRED input.reason: Fill in the field “reason”."
        );
        // Whoever closed it just now may have hit the wrong key.
        change(&ada, &lead, 2, open()).await.done("changeLeadStatus");
        ada.work("markLeadSpam", json!({ "id": lead.id, "version": 3 })).await.done("markLeadSpam");
        // The person writes again.
        full(&app).await;
        change(&bo, &lead, 4, open()).await.done("changeLeadStatus");
        app.staff(Role::Owner).await.work("markLeadSpam", json!({ "id": lead.id, "version": 5 })).await.done("markLeadSpam");
    }

    async fn who_is_admitted_is_handed_over_once(app: TestApp) {
        let lead = at(&app, LeadStatus::Scheduled).await;
        let owner = app.staff(Role::Owner).await;
        let confirm = async |version: i32| {
            let input = json!({ "id": lead.id, "version": version, "note": "Told the nurse on duty." });
            owner.work("confirmLeadHandOver", input).await
        };
        insta::assert_snapshot!(
            confirm(1).await.refused("confirmLeadHandOver"),
            @"ILLEGAL_TRANSITION input.id: This lead is scheduled. Only who is admitted is handed over."
        );
        change(&owner, &lead, 1, json!({ "status": "ADMITTED" })).await.done("changeLeadStatus");
        confirm(2).await.done("confirmLeadHandOver");
        let row = app.lead_row(&lead.reference).await;
        assert!(row.handed_over_at.is_some() && row.next_action_at.is_none());
        let newest = shown(&owner, &lead).await["timeline"][0].clone();
        assert_eq!((&newest["kind"], &newest["text"]), (&json!("HANDED_OVER"), &json!("Told the nurse on duty.")));
        insta::assert_snapshot!(
            confirm(3).await.refused("confirmLeadHandOver"),
            @"ILLEGAL_TRANSITION input.id: The hand-over of this person was confirmed before."
        );
        change(&owner, &lead, 3, json!({ "status": "SCHEDULED", "reason": "It was somebody else." })).await.done("changeLeadStatus");
        assert_eq!(app.lead_row(&lead.reference).await.handed_over_at, None);
    }
}
