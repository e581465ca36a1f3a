//! Somebody calls instead of writing.

use chrono::{TimeDelta, Utc};
use entity::user::Role;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{count, with};
use crate::support::on_both;

fn caller() -> Value {
    json!({
        "idempotencyKey": Uuid::now_v7(),
        "name": "Quinn de la Cour",
        "contact": { "phone": "(781) 555-0142" },
        "safeContact": { "voicemail": true },
        "message": "Asks how soon a bed is free.",
        "agreed": true,
        "nextActionAt": (Utc::now() + TimeDelta::hours(3)).to_rfc3339(),
    })
}

on_both! {
    async fn who_calls_is_taken_in_by_who_answers(app: TestApp) {
        let staff = app.staff(Role::Admissions).await;
        let answer = staff.work("createLead", caller()).await;
        let lead = answer.done("createLead")["lead"].clone();
        assert_eq!((&lead["status"], &lead["assignee"]["id"], &lead["name"]), (&json!("CONTACTED"), &json!(staff.id), &json!("Q•••• •• •• C•••")));
        assert_eq!((&lead["sourcePath"], &lead["suspectedSpam"], &lead["consent"]["texts"]), (&json!(""), &json!(false), &json!(false)));
        assert_eq!((&lead["timeline"][0]["kind"], &lead["timeline"][0]["actor"]["name"]), (&json!("RECEIVED"), &json!("Sample Admissions")));
        let stored = app.lead_row(lead["reference"].as_str().unwrap()).await;
        assert!(stored.first_attempt_at.is_some() && stored.first_contact_at.is_some() && stored.lease_until.is_none());
        let id = lead["id"].as_str().unwrap();
        let revealed = staff.reveal(id, "calling back").await.done("revealLead")["lead"]["revealed"].clone();
        assert_eq!((&revealed["name"], &revealed["message"]), (&json!("Quinn de la Cour"), &json!("Asks how soon a bed is free.")));
    }

    async fn what_is_read_out_is_what_is_agreed_to(app: TestApp) {
        let staff = app.staff(Role::Admissions).await;
        let read = staff.ask("{ leadCallConsents { contact { wording version } texts { scopes } } }", Value::Null).await;
        let read = read.data()["leadCallConsents"].clone();
        let answer = staff.work("createLead", caller()).await;
        let agreed = &answer.done("createLead")["lead"]["consent"];
        assert_eq!((&agreed["wording"], &agreed["version"]), (&read["contact"]["wording"], &read["contact"]["version"]));
        assert_eq!(read["texts"]["scopes"], json!(["TEXT"]));
    }

    async fn who_presses_twice_has_one_lead(app: TestApp) {
        let staff = app.staff(Role::Admissions).await;
        let input = caller();
        let first = staff.work("createLead", input.clone()).await.done("createLead")["lead"]["id"].clone();
        assert_eq!(staff.work("createLead", input).await.done("createLead")["lead"]["id"], first);
        assert_eq!(count::<entity::lead::Entity>(&app).await, 1);
    }

    async fn whoever_says_that_they_are_in_danger_is_urgent(app: TestApp) {
        let staff = app.staff(Role::Admissions).await;
        let input = with(caller(), json!({ "message": "Says: I want to kill myself" }));
        assert_eq!(staff.work("createLead", input).await.done("createLead")["lead"]["priority"], "URGENT");
    }

    async fn nothing_is_kept_of_who_does_not_agree_and_all_that_is_wrong_is_said(app: TestApp) {
        let staff = app.staff(Role::Admissions).await;
        let wrong = json!({ "name": "", "contact": { "phone": "12" }, "agreed": false, "nextActionAt": null });
        insta::assert_snapshot!(staff.work("createLead", with(caller(), wrong)).await.refused("createLead"), @r"
        REQUIRED input.nextActionAt: Say when it goes on with this person.
        CONSENT_REQUIRED input.agreed: Read them the wording and ask whether you may contact them; without a yes nothing may be kept.
        REQUIRED input.name: Write how we may call you; a first name is enough.
        INVALID input.contact.phone: Write the phone number with its area code, such as (781) 555-0142, or with + and the country.
        ");
        assert_eq!(count::<entity::lead::Entity>(&app).await, 0);
    }
}
