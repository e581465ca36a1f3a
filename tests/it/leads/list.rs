//! The list of leads: masked, in views that are counted, page by page.

use std::collections::BTreeSet;

use chrono::{TimeDelta, Utc};
use entity::{lead, user::Role};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, IntoActiveModel};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{full, with};
use crate::support::{MASKED, Staff, TestApp, Visitor, on_both};

const LIST: &str = "query ($view: LeadView!, $first: Int!, $after: String) {
    leads(view: $view, first: $first, after: $after) {
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

/// The references on a page of the list, how many there are in all, and where to go on.
async fn page(staff: &Staff, view: &str, first: i32, after: Option<String>) -> (Vec<String>, u64, Option<String>) {
    let answer = staff.ask(LIST, json!({ "view": view, "first": first, "after": after })).await;
    let list = &answer.data()["leads"];
    let references = list["nodes"].as_array().unwrap().iter().map(|it| it["reference"].as_str().unwrap().to_owned());
    let more = list["pageInfo"]["hasNextPage"] == true;
    let next = more.then(|| list["pageInfo"]["endCursor"].as_str().unwrap().to_owned());
    (references.collect(), list["totalCount"].as_u64().unwrap(), next)
}
