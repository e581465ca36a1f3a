//! The list of leads: masked, in views that are counted, page by page.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    content::LevelOfCare,
    lead,
    lead_insurance::{self, InsuranceCheck},
    user::Role,
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{full, with};
use crate::support::{MASKED, Staff, TestApp, Visitor, on_both};

const LIST: &str = "query ($view: LeadView!, $first: Int!, $after: String) {
    leads(view: $view, first: $first, after: $after) {
        nodes { reference } totalCount pageInfo { hasNextPage endCursor }
    }
}";

const NARROWED: &str =
    "query ($view: LeadView = OPEN, $filter: LeadFilter, $order: LeadOrder, $first: Int = 50, $after: String) {
    leads(view: $view, filter: $filter, orderBy: $order, first: $first, after: $after) {
        nodes { reference } totalCount pageInfo { hasNextPage endCursor }
    }
}";

on_both! {
    async fn a_list_tells_leads_apart_and_nobody_who_they_are(app: TestApp) {
        let lead = full(&app).await;
        for role in [Role::Owner, Role::Admin, Role::Admissions] {
            let staff = app.staff(role).await;
            let list = staff.ask(&format!("{{ leads {{ nodes {{ {MASKED} }} }} }}"), Value::Null).await;
            let shown = &list.data()["leads"]["nodes"][0];
            assert_eq!((&shown["name"], &shown["phone"]), (&json!("Q•••• •• •• C•••"), &json!("(•••) •••-••42")));
            assert_eq!(shown["email"], "q•••@•••.org");
            let alone = staff.lead(&lead.id.to_string()).await.to_string();
            for secret in ["Quinn", "Cour", "555", "quinn", "mail.example", "Fridays", "Sample Health", "relapsed"] {
                assert!(!list.body.to_string().contains(secret), "the list says {secret} to {role:?}");
                assert!(!alone.contains(secret), "the lead says {secret} to {role:?}");
            }
        }
    }

    async fn each_view_holds_its_leads_and_the_counts_say_how_many(app: TestApp) {
        let (visitor, ada, bob) = (app.visitor(), app.staff(Role::Admissions).await, app.staff(Role::Admissions).await);
        let [waiting, mine, theirs, urgent, closed, admitted] = [
            new(&app, &visitor, |_| ()).await,
            new(&app, &visitor, |row| row.assignee_id = Set(ada.id.parse().ok())).await,
            new(&app, &visitor, |row| row.assignee_id = Set(bob.id.parse().ok())).await,
            new(&app, &visitor, |row| row.priority = Set(lead::LeadPriority::Urgent)).await,
            new(&app, &visitor, |row| {
                row.status = Set(lead::LeadStatus::Closed);
                row.assignee_id = Set(ada.id.parse().ok());
            }).await,
            new(&app, &visitor, |row| {
                row.status = Set(lead::LeadStatus::Admitted);
                row.priority = Set(lead::LeadPriority::Urgent);
            }).await,
        ];
        let views = [
            ("OPEN", vec![&urgent, &theirs, &mine, &waiting]),
            ("MINE", vec![&mine]),
            ("UNASSIGNED", vec![&urgent, &waiting]),
            ("URGENT", vec![&urgent]),
            ("CLOSED", vec![&admitted, &closed]),
            ("ALL", vec![&admitted, &closed, &urgent, &theirs, &mine, &waiting]),
        ];
        let counts = ada.ask("{ leadCounts { open mine unassigned urgent closed all } }", Value::Null).await;
        for (view, expected) in views {
            let (listed, total, _) = page(&ada, view, 50, None).await;
            assert_eq!(listed.iter().collect::<Vec<_>>(), expected, "{view}");
            assert_eq!(total, expected.len() as u64, "{view}");
            assert_eq!(counts.data()["leadCounts"][view.to_lowercase()], expected.len(), "{view}");
        }
        let answer = ada.ask("{ leads { totalCount } }", Value::Null).await;
        assert_eq!(answer.data()["leads"]["totalCount"], 4, "the default view is OPEN");
    }

    async fn a_long_list_is_read_without_a_gap_or_a_repeat(app: TestApp) {
        let visitor = app.visitor();
        let template = visitor.lead().await;
        let now = Utc::now();
        let mut all = BTreeSet::new();
        for place in 0..120 {
            let another = json!({ "idempotencyKey": Uuid::now_v7() });
            let reference = visitor.submitted(&with(template.clone(), another)).await;
            // Many at the very same time, as in a rush: then the id decides.
            let mut row = app.lead_row(&reference).await.into_active_model();
            row.received_at = Set(now - TimeDelta::seconds(place % 3));
            row.update(app.app.db.writer()).await.unwrap();
            all.insert(reference);
        }
        assert_eq!(all.len(), 120);
        let staff = app.staff(Role::Admissions).await;
        let (mut read, mut after) = (Vec::new(), None);
        loop {
            let (listed, total, next) = page(&staff, "ALL", 25, after).await;
            assert!(listed.len() <= 25);
            assert_eq!(total, 120 + u64::from(!read.is_empty()));
            // Somebody writes while somebody reads on.
            if read.is_empty() {
                visitor.submitted(&with(template.clone(), json!({ "idempotencyKey": Uuid::now_v7() }))).await;
            }
            read.extend(listed);
            after = next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!(read.len(), 120);
        assert_eq!(read.into_iter().collect::<BTreeSet<_>>(), all);
    }

    async fn a_filter_leaves_what_meets_every_condition(app: TestApp) {
        let (visitor, ada, bob) = (app.visitor(), app.staff(Role::Admissions).await, app.staff(Role::Admissions).await);
        let now = Utc::now();
        let fresh = new(&app, &visitor, |_| ()).await;
        let tried = new(&app, &visitor, |row| {
            row.status = Set(lead::LeadStatus::Attempting);
            row.assignee_id = Set(ada.id.parse().ok());
            row.level_of_care = Set(Some(LevelOfCare::Residential));
            row.next_action_at = Set(Some(now + TimeDelta::hours(2)));
        }).await;
        let reached = new(&app, &visitor, |row| {
            row.status = Set(lead::LeadStatus::Contacted);
            row.assignee_id = Set(bob.id.parse().ok());
            row.priority = Set(lead::LeadPriority::Urgent);
            row.next_action_at = Set(Some(now - TimeDelta::hours(2)));
            row.received_at = Set(now - TimeDelta::days(9));
        }).await;
        insured(&app, &tried, InsuranceCheck::Submitted).await;
        let page = app.lead_row(&fresh).await.page_id;
        let day = |ago: i64| (now - TimeDelta::days(ago)).date_naive().to_string();
        let cases = [
            (json!({}), vec![&fresh, &tried, &reached]),
            (json!({ "statuses": [] }), vec![&fresh, &tried, &reached]),
            (json!({ "statuses": ["NEW", "CONTACTED", "NEW"] }), vec![&fresh, &reached]),
            (json!({ "statuses": ["CLOSED"] }), vec![]),
            (json!({ "assignees": [ada.id] }), vec![&tried]),
            (json!({ "assignees": [ada.id, bob.id] }), vec![&tried, &reached]),
            (json!({ "unassigned": true }), vec![&fresh]),
            (json!({ "assignees": [bob.id], "unassigned": true }), vec![&fresh, &reached]),
            (json!({ "priority": "URGENT" }), vec![&reached]),
            (json!({ "levelsOfCare": ["RESIDENTIAL", "PARTIAL_HOSPITALIZATION"] }), vec![&tried]),
            (json!({ "insurance": ["SUBMITTED"] }), vec![&tried]),
            (json!({ "insurance": ["NEEDED"] }), vec![&fresh, &reached]),
            (json!({ "insurance": ["NEEDED", "SUBMITTED"] }), vec![&fresh, &tried, &reached]),
            (json!({ "form": "confidential" }), vec![&fresh, &tried, &reached]),
            (json!({ "form": "another" }), vec![]),
            (json!({ "overdue": true }), vec![&reached]),
            (json!({ "receivedFrom": day(3) }), vec![&fresh, &tried]),
            (json!({ "receivedTo": day(3) }), vec![&reached]),
            (json!({ "receivedFrom": day(12), "receivedTo": day(7) }), vec![&reached]),
            (json!({ "statuses": ["CONTACTED"], "priority": "NORMAL" }), vec![]),
        ];
        for (filter, expected) in cases {
            let answer = ada.ask(NARROWED, json!({ "filter": filter })).await;
            let (listed, total, _) = read(&answer.data()["leads"]);
            // The order is that of another test.
            assert_eq!(listed.iter().collect::<BTreeSet<_>>(), expected.iter().copied().collect(), "{filter}");
            assert_eq!(total, expected.len() as u64, "{filter}");
        }
        if let Some(page) = page {
            let answer = ada.ask(NARROWED, json!({ "filter": { "page": page.to_string() } })).await;
            assert_eq!(answer.data()["leads"]["totalCount"], 3);
        }
    }

    async fn each_order_is_read_without_a_gap_or_a_repeat(app: TestApp) {
        let (visitor, staff, now) = (app.visitor(), app.staff(Role::Admissions).await, Utc::now());
        let mut rows = Vec::new();
        for place in 0..14_i64 {
            let reference = new(&app, &visitor, |row| {
                let ended = place % 3 == 0;
                row.received_at = Set(now - TimeDelta::seconds(place % 4));
                row.respond_by = Set(now + TimeDelta::minutes(place % 5));
                row.next_action_at = Set((!ended).then(|| now + TimeDelta::minutes(place % 2)));
                if ended {
                    row.status = Set(lead::LeadStatus::Closed);
                }
            }).await;
            rows.push(app.lead_row(&reference).await);
        }
        for (field, key) in [
            ("RECEIVED", (|row| Some(row.received_at)) as fn(&lead::Model) -> Option<DateTime<Utc>>),
            ("RESPOND_BY", |row| Some(row.respond_by)),
            ("NEXT_ACTION", |row| row.next_action_at),
        ] {
            // What has ended is never due: later than anything that is.
            rows.sort_by_key(|row| (key(row).is_none(), key(row), row.id));
            for direction in ["ASC", "DESC"] {
                let order = json!({ "field": field, "direction": direction });
                let (mut listed, mut after) = (Vec::new(), None);
                loop {
                    let variables = json!({ "view": "ALL", "first": 3, "after": after, "order": order });
                    let answer = staff.ask(NARROWED, variables).await;
                    let (some, total, next) = read(&answer.data()["leads"]);
                    assert_eq!(total, 14);
                    listed.extend(some);
                    after = next;
                    if after.is_none() {
                        break;
                    }
                }
                let mut expected: Vec<_> = rows.iter().map(|row| row.reference.clone()).collect();
                if direction == "DESC" {
                    expected.reverse();
                }
                assert_eq!(listed, expected, "{field} {direction}");
            }
        }
    }

    async fn a_filter_that_cannot_be_met_says_what_to_change(app: TestApp) {
        let (staff, admin) = (app.staff(Role::Admissions).await, app.staff(Role::Admin).await);
        let ask = async |filter: Value| staff.ask(NARROWED, json!({ "filter": filter })).await.errors();
        insta::assert_snapshot!(
            ask(json!({ "assignees": ["x"] })).await,
            @r#"BAD_USER_INPUT: There is nothing with the id "x"."#
        );
        insta::assert_snapshot!(
            ask(json!({ "page": "x" })).await,
            @r#"BAD_USER_INPUT: There is nothing with the id "x"."#
        );
        insta::assert_snapshot!(
            ask(json!({ "assignees": vec![&staff.id; 51] })).await,
            @"BAD_USER_INPUT: `assignees`: choose 50 colleagues at the most."
        );
        insta::assert_snapshot!(
            ask(json!({ "receivedFrom": "2026-02-02", "receivedTo": "2026-02-01" })).await,
            @"BAD_USER_INPUT: `receivedTo` is before `receivedFrom`: choose the same day or a later one."
        );
        insta::assert_snapshot!(
            ask(json!({ "receivedFrom": "0001-01-01" })).await,
            @"BAD_USER_INPUT: `receivedFrom`: choose a day from 1970 to 9998."
        );
        let (_, _, next) = read(&{
            new(&app, &app.visitor(), |_| ()).await;
            new(&app, &app.visitor(), |_| ()).await;
            staff.ask(NARROWED, json!({ "first": 1 })).await.data()["leads"].clone()
        });
        let other = json!({ "after": next, "order": { "field": "RESPOND_BY" } });
        insta::assert_snapshot!(
            staff.ask(NARROWED, other).await.errors(),
            @"BAD_USER_INPUT: The argument `after` is not a cursor of this list."
        );
        // Who administers without reading health data does not learn of it by narrowing a list.
        for filter in [json!({ "levelsOfCare": ["PARTIAL_HOSPITALIZATION"] }), json!({ "insurance": ["NEEDED"] }), json!({ "page": entity::id::PageId::new().to_string() })] {
            let errors = admin.ask(NARROWED, json!({ "filter": filter })).await.errors();
            assert!(errors.starts_with("FORBIDDEN"), "{filter}: {errors}");
        }
        assert_eq!(admin.ask(NARROWED, json!({ "filter": { "statuses": ["NEW"] } })).await.errors(), "");
    }

    async fn a_page_of_the_list_is_bounded_and_its_cursor_is_ours(app: TestApp) {
        let staff = app.staff(Role::Admissions).await;
        let ask = async |first: i32, after: Option<&str>| {
            staff.ask(LIST, json!({ "view": "ALL", "first": first, "after": after })).await.errors()
        };
        insta::assert_snapshot!(
            ask(101, None).await,
            @"BAD_USER_INPUT: The argument `first` of `leads` is a number from 0 to 100."
        );
        insta::assert_snapshot!(
            ask(-1, None).await,
            @"BAD_USER_INPUT: The argument `first` of `leads` is a number from 0 to 100."
        );
        insta::assert_snapshot!(
            ask(10, Some("bm9uc2Vuc2U")).await,
            @"BAD_USER_INPUT: The argument `after` is not a cursor of this list."
        );
        assert_eq!(ask(0, None).await, "");
    }
}

/// A lead in a state that would take many steps to get to; answers its reference.
async fn new(app: &TestApp, visitor: &Visitor, change: impl FnOnce(&mut lead::ActiveModel)) -> String {
    let row = app.lead_row(&visitor.submitted(&visitor.lead().await).await).await;
    let reference = row.reference.clone();
    let mut row = row.into_active_model();
    // The order of the list is that of the test, however fast it runs.
    row.received_at = Set(Utc::now());
    change(&mut row);
    row.update(app.app.db.writer()).await.unwrap();
    reference
}

/// What is known of a lead's insurance.
async fn insured(app: &TestApp, reference: &str, check: InsuranceCheck) {
    let row = lead_insurance::ActiveModel {
        lead_id: Set(app.lead_row(reference).await.id),
        check_status: Set(check),
        coverage: Set(None),
        carrier: Set(None),
        member_id: Set(None),
        group_number: Set(None),
        holder_name: Set(None),
        holder_born_on: Set(None),
        note: Set(None),
        checked_at: Set(None),
        checked_by_id: Set(None),
    };
    lead_insurance::Entity::insert(row).exec_without_returning(app.app.db.writer()).await.unwrap();
}

/// The references on a page of the list, how many there are in all, and where to go on.
async fn page(staff: &Staff, view: &str, first: i32, after: Option<String>) -> (Vec<String>, u64, Option<String>) {
    let answer = staff.ask(LIST, json!({ "view": view, "first": first, "after": after })).await;
    read(&answer.data()["leads"])
}

fn read(list: &Value) -> (Vec<String>, u64, Option<String>) {
    let references = list["nodes"].as_array().unwrap().iter().map(|it| it["reference"].as_str().unwrap().to_owned());
    let more = list["pageInfo"]["hasNextPage"] == true;
    let next = more.then(|| list["pageInfo"]["endCursor"].as_str().unwrap().to_owned());
    (references.collect(), list["totalCount"].as_u64().unwrap(), next)
}
