//! Who is on shift, and gets a lead in turn.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    id::UserId,
    lead,
    live_event::{self, LiveTopic},
    shift,
    user::Role,
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};
use serde_json::{Value, json};
use tokio::task::JoinSet;

use crate::support::{Staff, TestApp, on_both, warm};

const SET: &str = "mutation ($input: SetShiftInput!) {
    setShift(input: $input) { shifts { user { id } onSince until } userErrors { code message path } }
}";

async fn plain(app: &TestApp) -> lead::Model {
    let visitor = app.visitor();
    app.lead_row(&visitor.submitted(&visitor.lead().await).await).await
}

async fn set(staff: &Staff, input: Value) -> Vec<Value> {
    let answer = staff.ask(SET, json!({ "input": input })).await;
    answer.done("setShift")["shifts"].as_array().unwrap().clone()
}

async fn on_shift(staff: &Staff) -> Vec<String> {
    let answer = staff.ask("{ leadShifts { user { id } } }", Value::Null).await;
    let shifts = answer.data()["leadShifts"].as_array().unwrap().clone();
    shifts.iter().map(|shift| shift["user"]["id"].as_str().unwrap().to_owned()).collect()
}

/// Who has a lead after it was given in turn.
async fn in_turn(staff: &Staff, lead: &lead::Model, version: i32) -> String {
    let given = staff.work("assignLeadInTurn", json!({ "id": lead.id, "version": version })).await;
    given.done("assignLeadInTurn")["lead"]["assignee"]["id"].as_str().unwrap().to_owned()
}

async fn refused(staff: &Staff, lead: &lead::Model, version: i32) -> String {
    let input = json!({ "id": lead.id, "version": version });
    staff.work("assignLeadInTurn", input).await.refused("assignLeadInTurn")
}

on_both! {
    async fn colleagues_hear_of_shifts_and_turns(app: TestApp) {
        let (here, there) = (app.staff(Role::Admissions).await, app.staff(Role::Admissions).await);
        let told = async || {
            let told = live_event::Entity::find().filter(live_event::Column::Topic.eq(LiveTopic::Shift));
            let told = told.order_by_asc(live_event::Column::Id).all(app.app.db.reader()).await.unwrap();
            told.into_iter().map(|event| UserId(event.subject).to_string()).collect::<Vec<_>>()
        };
        set(&here, json!({ "on": true })).await;
        assert_eq!(told().await, [here.id.as_str()]);
        set(&there, json!({ "on": true })).await;
        set(&there, json!({ "on": false })).await;
        assert_eq!(told().await, [&*here.id, &there.id, &there.id]);
        // Whoever was given one is the last in turn now.
        let lead = plain(&app).await;
        in_turn(&there, &lead, lead.version).await;
        assert_eq!(told().await, [&*here.id, &there.id, &there.id, &here.id]);
        // Whoever never is on shift has no turn.
        let (other, never) = (plain(&app).await, app.staff(Role::Admissions).await);
        let input = json!({ "id": other.id, "version": other.version, "assignee": never.id });
        here.work("assignLead", input).await.done("assignLead");
        assert_eq!(told().await.len(), 4);
    }

    async fn a_shift_begins_and_ends(app: TestApp) {
        let staff = app.staff(Role::Admissions).await;
        let shifts = set(&staff, json!({ "on": true })).await;
        let time = |value: &Value| value.as_str().unwrap().parse::<DateTime<Utc>>().unwrap();
        assert_eq!((shifts.len(), &shifts[0]["user"]["id"]), (1, &json!(staff.id)));
        let long = time(&shifts[0]["until"]) - time(&shifts[0]["onSince"]);
        assert_eq!(long.num_hours(), 12);
        let until = (Utc::now() + TimeDelta::hours(3)).to_rfc3339();
        let longer = set(&staff, json!({ "on": true, "until": until })).await;
        assert_eq!(longer[0]["onSince"], shifts[0]["onSince"], "it is the same shift");
        assert!(time(&longer[0]["until"]) < time(&shifts[0]["until"]));
        assert_eq!(set(&staff, json!({ "on": false })).await, Vec::<Value>::new());

        let long = (Utc::now() + TimeDelta::hours(13)).to_rfc3339();
        let long = staff.ask(SET, json!({ "input": { "on": true, "until": long } })).await;
        insta::assert_snapshot!(long.refused("setShift"), @"INVALID input.until: Choose a time between now and twelve hours from now.");
    }

    async fn a_shift_ends_by_itself(app: TestApp) {
        let staff = app.staff(Role::Admissions).await;
        set(&staff, json!({ "on": true })).await;
        let mut row = shift::Entity::find().one(app.app.db.reader()).await.unwrap().unwrap().into_active_model();
        row.until = Set(Utc::now() - TimeDelta::seconds(1));
        row.update(app.app.db.writer()).await.unwrap();
        assert_eq!(on_shift(&staff).await, Vec::<String>::new());
        let lead = plain(&app).await;
        insta::assert_snapshot!(refused(&staff, &lead, 1).await, @"ILLEGAL_TRANSITION input.id: Nobody else is on shift. Give it to a colleague by name, or leave it where it is.");
    }

    async fn whoever_was_given_one_longest_ago_is_next(app: TestApp) {
        let (one, two, three) = (app.staff(Role::Admissions).await, app.staff(Role::Admissions).await, app.staff(Role::Admissions).await);
        for staff in [&one, &two] {
            set(staff, json!({ "on": true })).await;
        }
        let mut leads = Vec::new();
        for _ in 0..5 {
            leads.push(plain(&app).await);
        }
        assert_eq!(on_shift(&three).await, [one.id.clone(), two.id.clone()], "the next comes first");
        assert_eq!(in_turn(&three, &leads[0], 1).await, one.id);
        assert_eq!(on_shift(&three).await, [two.id.clone(), one.id.clone()]);
        // What is given by hand, or taken, counts.
        let by_hand = json!({ "id": leads[1].id, "version": 1, "assignee": two.id });
        three.work("assignLead", by_hand).await.done("assignLead");
        assert_eq!(in_turn(&three, &leads[2], 1).await, one.id);
        // Whoever comes was never given one.
        set(&three, json!({ "on": true })).await;
        assert_eq!(in_turn(&three, &leads[3], 1).await, three.id);
        // Whoever has it is passed over.
        assert_eq!(in_turn(&three, &leads[1], 2).await, one.id);
        assert_eq!(in_turn(&three, &leads[4], 1).await, two.id);
    }

    async fn nobody_gets_in_turn_what_ended_or_changed(app: TestApp) {
        let (staff, lead) = (app.staff(Role::Admissions).await, plain(&app).await);
        set(&staff, json!({ "on": true })).await;
        insta::assert_snapshot!(refused(&staff, &lead, 7).await, @"CONFLICT input.version: Somebody changed this lead meanwhile: it is new now. Look at it again, then decide.");
        in_turn(&staff, &lead, 1).await;
        insta::assert_snapshot!(refused(&staff, &lead, 2).await, @"ILLEGAL_TRANSITION input.id: Nobody else is on shift. Give it to a colleague by name, or leave it where it is.");
        let close = json!({ "id": lead.id, "version": 2, "status": "CLOSED", "outcome": "SPAM" });
        staff.work("changeLeadStatus", close).await.done("changeLeadStatus");
        insta::assert_snapshot!(refused(&staff, &lead, 3).await, @"ILLEGAL_TRANSITION input.id: This lead is closed. Reopen it first.");
    }

    async fn of_twenty_at_once_nobody_gets_two_while_another_waits(app: TestApp) {
        let mut colleagues = Vec::new();
        for _ in 0..5 {
            let staff = app.staff(Role::Admissions).await;
            set(&staff, json!({ "on": true })).await;
            colleagues.push(staff);
        }
        let mut leads = Vec::new();
        for _ in 0..20 {
            leads.push(plain(&app).await.id);
        }
        warm(&app.app.db).await;
        let mut giving = JoinSet::new();
        for (place, lead) in leads.into_iter().enumerate() {
            let mut staff = app.browser();
            staff.token = colleagues[place % 5].token.clone();
            giving.spawn(async move {
                let given = staff.work("assignLeadInTurn", json!({ "id": lead, "version": 1 })).await;
                given.done("assignLeadInTurn")["lead"]["assignee"]["id"].as_str().unwrap().to_owned()
            });
        }
        let mut got = BTreeMap::new();
        for id in giving.join_all().await {
            *got.entry(id).or_insert(0) += 1;
        }
        assert_eq!(got.into_values().collect::<Vec<_>>(), [4; 5]);
    }
}
