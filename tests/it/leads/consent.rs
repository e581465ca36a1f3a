//! What is agreed to by word is kept like what is ticked, and the patient of somebody else is reached only once they agreed themself.

use chrono::{TimeDelta, Utc};
use entity::{
    lead,
    lead_consent::{self, TickedBy},
    lead_person::LeadPersonRole,
    user::Role,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};

use super::{with, wrote};
use crate::support::{Staff, on_both};

const SHOWN: &str = "query ($id: ID!) { lead(id: $id) {
    version status ways patientWays consent { withdrawnAt }
    consents { person consent scopes spoken withdrawnAt }
    timeline { kind consent ofPatient }
} }";

async fn shown(staff: &Staff, lead: &lead::Model) -> Value {
    staff.ask(SHOWN, json!({ "id": lead.id })).await.data()["lead"].clone()
}

async fn wording(staff: &Staff, which: &str) -> Value {
    let asked = staff.ask("{ leadCallConsents { contact { id } texts { id } } }", Value::Null).await;
    asked.data()["leadCallConsents"][which]["id"].clone()
}

fn later() -> String {
    (Utc::now() + TimeDelta::hours(1)).to_rfc3339()
}

on_both! {
    async fn a_patient_is_reached_only_as_they_agreed_themself(app: TestApp) {
        let lead = wrote(&app, json!({ "relationship": "LOVED_ONE" })).await;
        let staff = app.staff(Role::Admissions).await;
        staff.reveal(&lead.id.to_string(), "calling back").await.done("revealLead");
        let right = json!({ "id": lead.id, "version": 1, "person": "PATIENT", "phone": "(781) 555-0177", "email": "kim@example.org" });
        staff.work("correctLeadPerson", right).await.done("correctLeadPerson");
        assert_eq!(shown(&staff, &lead).await["patientWays"], json!([]));
        let call = |version: i32| json!({ "id": lead.id, "version": version, "to": "PATIENT", "outcome": "NO_ANSWER", "nextActionAt": later() });
        insta::assert_snapshot!(staff.work("logCall", call(2)).await.refused("logCall"), @"FORBIDDEN input.to: The patient gave no such way themself, or did not agree to it. Speak with whoever wrote; once the patient has agreed, record their consent first.");

        let given = json!({ "id": lead.id, "version": 2, "person": "PATIENT", "text": wording(&staff, "contact").await, "scopes": ["CALL"] });
        staff.work("recordLeadConsent", given).await.done("recordLeadConsent");
        let after = shown(&staff, &lead).await;
        assert_eq!(after["patientWays"], json!(["CALL"]));
        assert_eq!(after["consents"][1], json!({ "person": "PATIENT", "consent": "CONTACT", "scopes": ["CALL"], "spoken": true, "withdrawnAt": null }));
        assert_eq!(after["timeline"][0], json!({ "kind": "CONSENT_GIVEN", "consent": "CONTACT", "ofPatient": true }));
        let stored = lead_consent::Entity::find().filter(lead_consent::Column::PersonRole.eq(LeadPersonRole::Patient));
        assert_eq!(stored.one(app.app.db.reader()).await.unwrap().unwrap().ticked_by, TickedBy::Staff);

        staff.work("logCall", call(3)).await.done("logCall");
        let mail = json!({ "id": lead.id, "version": 4, "to": "PATIENT", "channel": "EMAIL", "nextActionAt": later() });
        assert!(staff.work("logMessage", mail).await.refused("logMessage").starts_with("FORBIDDEN input.to: "));
        let left = with(call(4), json!({ "outcome": "VOICEMAIL" }));
        assert!(staff.work("logCall", left).await.refused("logCall").starts_with("FORBIDDEN input.to: "));

        // Taken back by the patient, whoever wrote for them is answered all the same.
        let back = json!({ "id": lead.id, "version": 4, "person": "PATIENT", "consent": "CONTACT" });
        staff.work("withdrawLeadConsent", back).await.done("withdrawLeadConsent");
        let after = shown(&staff, &lead).await;
        assert_eq!((&after["patientWays"], &after["status"]), (&json!([]), &json!("ATTEMPTING")));
        assert_eq!(after["consent"]["withdrawnAt"], Value::Null);
        assert!(staff.work("logCall", call(5)).await.refused("logCall").starts_with("FORBIDDEN input.to: "));
        staff.work("logCall", with(call(5), json!({ "to": "INQUIRER" }))).await.done("logCall");
    }

    async fn who_took_it_back_may_agree_anew_by_word(app: TestApp) {
        let lead = wrote(&app, json!({})).await;
        let staff = app.staff(Role::Owner).await;
        let back = json!({ "id": lead.id, "version": 1, "consent": "CONTACT" });
        staff.work("withdrawLeadConsent", back).await.done("withdrawLeadConsent");
        let given = json!({ "id": lead.id, "version": 2, "text": wording(&staff, "contact").await, "scopes": ["CALL", "EMAIL"] });
        staff.work("recordLeadConsent", given).await.done("recordLeadConsent");
        assert_eq!(shown(&staff, &lead).await["consent"]["withdrawnAt"], Value::Null);
        let open = json!({ "id": lead.id, "version": 3, "status": "CONTACTED", "reason": "They called and agreed." });
        staff.work("changeLeadStatus", open).await.done("changeLeadStatus");
        let call = json!({ "id": lead.id, "version": 4, "outcome": "REACHED", "nextActionAt": later() });
        staff.work("logCall", call).await.done("logCall");
    }

    async fn who_wrote_is_reached_only_in_the_ways_they_agreed_to(app: TestApp) {
        let lead = wrote(&app, json!({ "contact": { "phone": "(781) 555-0142", "email": "sam@example.org" } })).await;
        let staff = app.staff(Role::Owner).await;
        assert_eq!(shown(&staff, &lead).await["ways"], json!(["CALL", "EMAIL", "VOICEMAIL"]));
        let back = json!({ "id": lead.id, "version": 1, "consent": "CONTACT" });
        staff.work("withdrawLeadConsent", back).await.done("withdrawLeadConsent");
        // A yes from before the no is none.
        let before = json!({ "id": lead.id, "version": 2, "text": wording(&staff, "contact").await, "scopes": ["EMAIL"], "at": lead.received_at });
        insta::assert_snapshot!(staff.work("recordLeadConsent", before.clone()).await.refused("recordLeadConsent"), @"INVALID input.at: They took it back after that. Choose when they agreed anew.");
        staff.work("recordLeadConsent", with(before, json!({ "at": null }))).await.done("recordLeadConsent");
        assert_eq!(shown(&staff, &lead).await["ways"], json!(["EMAIL"]));
        let open = json!({ "id": lead.id, "version": 3, "status": "CONTACTED", "reason": "They wrote and agreed." });
        staff.work("changeLeadStatus", open).await.done("changeLeadStatus");
        let call = json!({ "id": lead.id, "version": 4, "outcome": "NO_ANSWER", "nextActionAt": later() });
        insta::assert_snapshot!(staff.work("logCall", call.clone()).await.refused("logCall"), @"FORBIDDEN input.outcome: This person agreed to be reached in other ways. If it happened, say so in a note.");
        staff.work("logCall", with(call, json!({ "outcome": "REACHED", "inbound": true }))).await.done("logCall");
        let mail = json!({ "id": lead.id, "version": 5, "channel": "EMAIL", "nextActionAt": later() });
        staff.work("logMessage", mail).await.done("logMessage");
    }

    async fn what_one_patient_agreed_to_is_not_the_next_ones(app: TestApp) {
        let lead = wrote(&app, json!({ "relationship": "LOVED_ONE" })).await;
        let staff = app.staff(Role::Owner).await;
        staff.reveal(&lead.id.to_string(), "calling back").await.done("revealLead");
        let given = json!({ "id": lead.id, "version": 1, "person": "PATIENT", "text": wording(&staff, "contact").await, "scopes": ["CALL"] });
        staff.work("recordLeadConsent", given).await.done("recordLeadConsent");
        let is_for = async |version: i32, relationship: &str| {
            staff.work("correctLeadPerson", json!({ "id": lead.id, "version": version, "relationship": relationship })).await
        };
        staff.work("holdLead", json!({ "id": lead.id, "version": 2, "held": true, "reason": "A letter came." })).await.done("holdLead");
        insta::assert_snapshot!(is_for(3, "SELF").await.refused("correctLeadPerson"), @"FORBIDDEN input.relationship: This lead is kept for a legal matter, and who needs help with it. Have it released first.");
        staff.work("holdLead", json!({ "id": lead.id, "version": 3, "held": false, "reason": "It is settled." })).await.done("holdLead");
        is_for(4, "SELF").await.done("correctLeadPerson");
        is_for(5, "LOVED_ONE").await.done("correctLeadPerson");
        let after = shown(&staff, &lead).await;
        assert_eq!(after["patientWays"], json!([]));
        assert!(after["timeline"].as_array().unwrap().contains(&json!({ "kind": "CONSENT_WITHDRAWN", "consent": "CONTACT", "ofPatient": true })));
    }

    async fn what_cannot_be_recorded_says_why(app: TestApp) {
        let lead = wrote(&app, json!({})).await;
        let staff = app.staff(Role::Admissions).await;
        let (contact, texts) = (wording(&staff, "contact").await, wording(&staff, "texts").await);
        let refused = async |change: Value| {
            let input = with(json!({ "id": lead.id, "version": 1, "text": contact, "scopes": ["CALL"] }), change);
            staff.work("recordLeadConsent", input).await.refused("recordLeadConsent")
        };
        insta::assert_snapshot!(refused(json!({ "person": "PATIENT", "scopes": [], "at": later() })).await, @r"
        NOT_FOUND input.person: Whoever wrote needs help themself; there is nobody else who could agree.
        INVALID input.scopes: Choose at least one of the ways that the wording covers.
        INVALID input.at: Choose a time between when the lead came in and now.
        ");
        insta::assert_snapshot!(refused(json!({ "text": texts, "scopes": ["CALL"] })).await, @"INVALID input.scopes: Choose at least one of the ways that the wording covers.");
        staff.work("suppressLeadContact", json!({ "id": lead.id, "version": 1, "reason": "SAID" })).await.done("suppressLeadContact");
        insta::assert_snapshot!(refused(json!({ "version": 2 })).await, @"ILLEGAL_TRANSITION input.id: They asked not to be contacted. Lift that first, if they want to be contacted after all.");
    }
}
