//! Working a lead: who has it, how far it got, what was noted.

use entity::{
    lead_event::{self, LeadEventKind},
    user::Role,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};

use super::full;
use crate::support::{on_both, warm};

on_both! {
    async fn a_lead_is_taken_given_away_and_put_back(app: TestApp) {
        let id = full(&app).await.id.to_string();
        let (ada, owner, editor) =
            (app.staff(Role::Admissions).await, app.staff(Role::Owner).await, app.staff(Role::Editor).await);
        let assign = async |version: i32, to: Option<&str>| {
            ada.work("assignLead", json!({ "id": id, "version": version, "assignee": to })).await
        };
        let lead = assign(1, Some(&ada.id)).await.done("assignLead")["lead"].clone();
        assert_eq!((&lead["assignee"]["id"], &lead["version"]), (&json!(ada.id), &json!(2)));
        assert_eq!(assign(2, Some(&owner.id)).await.done("assignLead")["lead"]["assignee"]["id"], json!(owner.id));
        assert_eq!(assign(3, None).await.done("assignLead")["lead"]["assignee"], Value::Null);
        let timeline = ada.lead(&id).await["timeline"].clone();
        assert_eq!((&timeline[0]["kind"], &timeline[0]["assignee"]), (&json!("ASSIGNED"), &Value::Null));
        assert_eq!(timeline[1]["assignee"]["id"], json!(owner.id));

        insta::assert_snapshot!(
            assign(4, Some(&editor.id)).await.refused("assignLead"),
            @"NOT_FOUND input.assignee: There is no such colleague in admissions."
        );
        insta::assert_snapshot!(
            assign(1, Some(&ada.id)).await.refused("assignLead"),
            @"CONFLICT input.version: Somebody changed this lead meanwhile: it is new now. Look at it again, then decide."
        );
        assert_eq!(ada.lead(&id).await["version"], 4);
        let colleagues = ada.ask("{ admissionsStaff { name } }", Value::Null).await;
        insta::assert_snapshot!(
            colleagues.data()["admissionsStaff"],
            @r#"[{"name":"Sample Admissions"},{"name":"Sample Owner"}]"#
        );
    }

    async fn a_lead_goes_its_way_with_an_outcome_at_its_end_and_back(app: TestApp) {
        let id = full(&app).await.id.to_string();
        let staff = app.staff(Role::Owner).await;
        let change = async |version: i32, status: &str, outcome: Option<&str>| {
            let reason = if status == "NEW" { "Closed by mistake." } else { "" };
            let input = json!({ "id": id, "version": version, "status": status, "outcome": outcome, "reason": reason });
            staff.work("changeLeadStatus", input).await
        };
        let refused = async |version: i32, status: &str, outcome: Option<&str>| {
            change(version, status, outcome).await.refused("changeLeadStatus")
        };
        insta::assert_snapshot!(
            refused(1, "ADMITTED", None).await,
            @"ILLEGAL_TRANSITION input.status: A lead that is new does not become admitted. What may follow: being attempted, contacted, closed."
        );
        insta::assert_snapshot!(
            refused(1, "CLOSED", None).await,
            @"REQUIRED input.outcome: Say how it ended: choose an outcome."
        );
        insta::assert_snapshot!(
            refused(1, "ATTEMPTING", Some("SPAM")).await,
            @"INVALID input.outcome: Only a closed lead has an outcome. Leave it out."
        );
        assert_eq!(change(1, "CONTACTED", None).await.done("changeLeadStatus")["lead"]["status"], "CONTACTED");
        insta::assert_snapshot!(
            refused(1, "QUALIFIED", None).await,
            @"CONFLICT input.version: Somebody changed this lead meanwhile: it is contacted now. Look at it again, then decide."
        );

        let answer = change(2, "CLOSED", Some("NOT_ELIGIBLE")).await;
        let closed = &answer.done("changeLeadStatus")["lead"];
        assert_eq!(closed["outcome"], "NOT_ELIGIBLE");
        assert_eq!(closed["nextStatuses"], json!(["NEW", "CONTACTED"]));
        assert!(app.lead_row(closed["reference"].as_str().unwrap()).await.closed_at.is_some());
        let answer = change(3, "NEW", None).await;
        let reopened = &answer.done("changeLeadStatus")["lead"];
        assert_eq!((&reopened["status"], &reopened["outcome"]), (&json!("NEW"), &Value::Null));
        assert_eq!(app.lead_row(reopened["reference"].as_str().unwrap()).await.closed_at, None);

        let steps = reopened["timeline"].as_array().unwrap().iter().map(|event| {
            format!("{} {} → {} {}", event["kind"], event["fromStatus"], event["toStatus"], event["outcome"])
        });
        insta::assert_snapshot!(steps.collect::<Vec<_>>().join("\n"), @r#"
            "STATUS" "CLOSED" → "NEW" null
            "STATUS" "CONTACTED" → "CLOSED" "NOT_ELIGIBLE"
            "STATUS" "NEW" → "CONTACTED" null
            "RECEIVED" null → null null
        "#);
    }

    async fn of_two_who_change_a_lead_at_once_one_is_told(app: TestApp) {
        let id = full(&app).await.id.to_string();
        warm(&app.app.db).await;
        let mut changing = tokio::task::JoinSet::new();
        for _ in 0..8 {
            let staff = app.staff(Role::Admissions).await;
            let input = json!({ "id": id, "version": 1, "status": "ATTEMPTING" });
            changing.spawn(async move { staff.work("changeLeadStatus", input).await });
        }
        let answers = changing.join_all().await;
        let done = answers.iter().filter(|it| it.data()["changeLeadStatus"]["userErrors"] == json!([])).count();
        assert_eq!(done, 1);
        assert_eq!(answers.iter().filter(|it| it.body.to_string().contains("CONFLICT")).count(), 7);
    }

    async fn a_note_is_sealed_and_read_by_who_works_leads_only(app: TestApp) {
        let lead = full(&app).await;
        let id = lead.id.to_string();
        let staff = app.staff(Role::Admissions).await;
        let words = "Her sister picks up.\r\nAsk for her.";
        let answer = staff.work("addLeadNote", json!({ "id": id, "text": words })).await;
        assert_eq!(answer.done("addLeadNote")["lead"]["timeline"][0]["text"], "Her sister picks up.\nAsk for her.");
        let read = app.staff(Role::Owner).await.lead(&id).await;
        assert_eq!(read["timeline"][0]["text"], "Her sister picks up.\nAsk for her.");
        let seen = app.staff(Role::Admin).await.lead(&id).await["timeline"][0].clone();
        assert_eq!((&seen["kind"], &seen["text"]), (&json!("NOTE"), &Value::Null));

        let stored = lead_event::Entity::find().filter(lead_event::Column::Kind.eq(LeadEventKind::Note));
        let stored = stored.one(app.app.db.reader()).await.unwrap().unwrap();
        let sealed = stored.text.unwrap();
        assert!(!String::from_utf8_lossy(&sealed).contains("sister"));
        assert_eq!(sealed.len() % 256, 2 + 12 + 16, "a note's size tells its length");

        let refused = async |text: &str| {
            staff.work("addLeadNote", json!({ "id": id, "text": text })).await.refused("addLeadNote")
        };
        insta::assert_snapshot!(refused(" \n ").await, @"REQUIRED input.text: Fill in the field “text”.");
        insta::assert_snapshot!(
            refused(&"x".repeat(4_001)).await,
            @"TOO_LARGE input.text: Shorten the field “text” to 4000 characters; it has 4001."
        );
    }
}
