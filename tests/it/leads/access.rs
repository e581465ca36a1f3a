//! Who reads the audit log sees who looked at a lead and why, and who changed it.

use entity::user::Role;
use serde_json::{Value, json};

use super::full;
use crate::support::{Staff, on_both};

const LOG: &str =
    "query ($id: ID!, $first: Int, $after: String) { leadAccessLog(id: $id, first: $first, after: $after) {
    nodes { by { id } what reason fields } totalCount pageInfo { hasNextPage endCursor }
} }";

async fn log(by: &Staff, given: Value) -> Value {
    by.ask(LOG, given).await.data()["leadAccessLog"].clone()
}

on_both! {
    async fn who_looked_and_who_changed_what_is_told_once_the_last_first(app: TestApp) {
        let lead = full(&app).await;
        let id = lead.id.to_string();
        let (staff, owner, auditor) = (app.staff(Role::Admissions).await, app.staff(Role::Owner).await, app.staff(Role::Auditor).await);
        assert_eq!(log(&auditor, json!({ "id": id })).await["totalCount"], 0);
        staff.reveal(&id, "calling back").await.done("revealLead");
        staff.work("addLeadNote", json!({ "id": id, "text": "Her sister called." })).await.done("addLeadNote");
        let version = app.lead_row(&lead.reference).await.version;
        owner.work("holdLead", json!({ "id": id, "version": version, "held": true, "reason": "A subpoena." })).await.done("holdLead");

        let all = log(&auditor, json!({ "id": id })).await;
        let told: Vec<Value> = all["nodes"].as_array().unwrap().iter().map(|it| json!([it["what"], it["reason"], it["by"]["id"]])).collect();
        assert_eq!(json!(told), json!([
            ["HELD", "A subpoena.", owner.id], ["NOTE", null, staff.id], ["VIEWED", "calling back", staff.id],
        ]));
        assert_eq!(all["totalCount"], 3);
        assert!(all["nodes"][2]["fields"].as_array().unwrap().contains(&json!("phone")), "{all}");
        assert!(!all.to_string().contains("sister"), "{all}");

        // Page by page it is the same.
        let mut after = Value::Null;
        for what in ["HELD", "NOTE", "VIEWED"] {
            let page = log(&auditor, json!({ "id": id, "first": 1, "after": after })).await;
            assert_eq!((&page["nodes"][0]["what"], &page["pageInfo"]["hasNextPage"]), (&json!(what), &json!(what != "VIEWED")));
            after = page["pageInfo"]["endCursor"].clone();
        }
    }
}
