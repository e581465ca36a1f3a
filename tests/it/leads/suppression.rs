//! Who asked not to be contacted is left alone in every lead, also once they are forgotten, until they write again.

use chrono::{TimeDelta, Utc};
use entity::{lead, lead_suppression, user::Role};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel, PaginatorTrait};
use serde_json::{Value, json};

use super::{with, wrote};
use crate::support::{Staff, TestApp, on_both};

const SHOWN: &str = "query ($id: ID!) { lead(id: $id) {
    version status outcome
    safeContact { voicemail text sayWhoCalls suppression { since reason holds by { id } } }
    timeline { kind suppressionReason inbound }
} }";

async fn shown(staff: &Staff, lead: &lead::Model) -> Value {
    staff.ask(SHOWN, json!({ "id": lead.id })).await.data()["lead"].clone()
}

fn stop(lead: &lead::Model, reason: &str) -> Value {
    json!({ "id": lead.id, "version": lead.version, "reason": reason })
}

fn call(lead: &lead::Model, version: i32) -> Value {
    let next = (Utc::now() + TimeDelta::hours(1)).to_rfc3339();
    json!({ "id": lead.id, "version": version, "outcome": "REACHED", "nextActionAt": next })
}

/// Without the day, which is another each day.
fn on_a_day(refused: &str) -> String {
    let (begins, rest) = refused.split_once("On ").unwrap();
    format!("{begins}On TODAY this person{}", rest.split_once(" this person").unwrap().1)
}

async fn before(app: &TestApp, lead: &lead::Model) -> lead::Model {
    let mut row = lead.clone().into_active_model();
    row.received_at = Set(lead.received_at - TimeDelta::hours(1));
    row.update(app.app.db.writer()).await.unwrap()
}

on_both! {
    async fn who_asked_is_left_alone_by_every_way_and_in_every_lead(app: TestApp) {
        let phone = wrote(&app, json!({ "safeContact": { "voicemail": true } })).await;
        let both = wrote(&app, json!({ "contact": { "phone": "(781) 555-0142", "email": "sam@example.org" } })).await;
        let email = wrote(&app, json!({ "contact": { "email": "Sam@example.org" } })).await;
        let other = wrote(&app, json!({ "contact": { "phone": "(781) 555-0177" } })).await;
        let staff = app.staff(Role::Admissions).await;
        staff.work("suppressLeadContact", stop(&both, "ANSWERED_STOP")).await.done("suppressLeadContact");

        let closed = shown(&staff, &both).await;
        assert_eq!((&closed["status"], &closed["outcome"]), (&json!("CLOSED"), &json!("NOT_INTERESTED")));
        assert_eq!((&closed["timeline"][1]["kind"], &closed["timeline"][1]["suppressionReason"]), (&json!("SUPPRESSED"), &json!("ANSWERED_STOP")));
        for lead in [&phone, &email] {
            let safe = shown(&staff, lead).await["safeContact"].clone();
            assert_eq!((&safe["voicemail"], &safe["text"], &safe["suppression"]["holds"]), (&json!(false), &json!(false), &json!(true)), "{safe}");
            assert_eq!(safe["suppression"]["by"]["id"], json!(staff.id));
        }
        assert_eq!(shown(&staff, &other).await["safeContact"]["suppression"], Value::Null);

        insta::assert_snapshot!(on_a_day(&staff.work("logCall", call(&phone, 1)).await.refused("logCall")), @"FORBIDDEN input.id: On TODAY this person asked not to be contacted: do not call or write to them. If it happened, say so in a note.");
        let next = (Utc::now() + TimeDelta::hours(1)).to_rfc3339();
        let mail = json!({ "id": email.id, "version": 1, "channel": "EMAIL", "nextActionAt": next });
        assert!(staff.work("logMessage", mail).await.refused("logMessage").contains("asked not to be contacted"));
        staff.work("logCall", call(&other, 1)).await.done("logCall");
        let audited = app.audited("LEAD_CONTACT_SUPPRESSED").await;
        assert_eq!((audited.len(), audited[0].reason.as_deref()), (1, Some("they answered STOP")));
    }

    async fn whoever_calls_themself_is_spoken_with(app: TestApp) {
        let (lead, same) = (wrote(&app, json!({})).await, wrote(&app, json!({})).await);
        let staff = app.staff(Role::Admissions).await;
        staff.work("suppressLeadContact", stop(&same, "SAID")).await.done("suppressLeadContact");
        let missed = with(call(&lead, 1), json!({ "inbound": true, "outcome": "NO_ANSWER" }));
        insta::assert_snapshot!(staff.work("logCall", missed).await.refused("logCall"), @"INVALID input.outcome: Whoever calls is reached. If nobody answered their call, say so in a note.");
        staff.work("logCall", with(call(&lead, 1), json!({ "inbound": true }))).await.done("logCall");
        let after = shown(&staff, &lead).await;
        let told = after["timeline"].as_array().unwrap().iter().find(|event| event["kind"] == "CALL").unwrap().clone();
        assert_eq!((&after["status"], &told["inbound"]), (&json!("CONTACTED"), &json!(true)));
    }

    async fn who_writes_again_asks_anew_for_that_lead_alone(app: TestApp) {
        let (first, second) = (wrote(&app, json!({})).await, wrote(&app, json!({})).await);
        let staff = app.staff(Role::Admissions).await;
        staff.work("suppressLeadContact", stop(&first, "WROTE")).await.done("suppressLeadContact");
        let again = wrote(&app, json!({ "safeContact": { "voicemail": true } })).await;
        let safe = shown(&staff, &again).await["safeContact"].clone();
        assert_eq!((&safe["voicemail"], &safe["suppression"]["reason"], &safe["suppression"]["holds"]), (&json!(true), &json!("WROTE"), &json!(false)));
        staff.work("logCall", call(&again, 1)).await.done("logCall");
        assert!(staff.work("logCall", call(&second, 1)).await.refused("logCall").starts_with("FORBIDDEN"));
        // Brought together, the one that stays says until when it holds.
        for lead in [&again, &second] {
            staff.reveal(&lead.id.to_string(), "Is it one person?").await.done("revealLead");
        }
        let again = app.lead_row(&again.reference).await;
        let both = json!({ "id": again.id, "version": again.version, "other": { "id": second.id, "version": 1 } });
        staff.work("mergeLeads", both).await.done("mergeLeads");
        assert_eq!(shown(&staff, &again).await["safeContact"]["suppression"]["holds"], json!(false));
    }

    async fn what_was_asked_is_taken_back_with_a_reason(app: TestApp) {
        let (lead, same) = (wrote(&app, json!({})).await, wrote(&app, json!({ "safeContact": { "voicemail": true } })).await);
        let staff = app.staff(Role::Admissions).await;
        let lift = async |version: i32, reason: &str| {
            staff.work("liftLeadSuppression", json!({ "id": lead.id, "version": version, "reason": reason })).await
        };
        insta::assert_snapshot!(lift(1, "A slip.").await.refused("liftLeadSuppression"), @"ILLEGAL_TRANSITION input.id: This person did not ask not to be contacted; there is nothing to lift.");
        staff.work("suppressLeadContact", stop(&lead, "HARM")).await.done("suppressLeadContact");
        insta::assert_snapshot!(lift(2, "x").await.refused("liftLeadSuppression"), @"INVALID input.reason: Say in a few words why they may be contacted again.");
        insta::assert_snapshot!(lift(1, "A slip.").await.refused("liftLeadSuppression"), @"CONFLICT input.version: Somebody changed this lead meanwhile: it is closed now. Look at it again, then decide.");
        lift(2, "They asked us to call.").await.done("liftLeadSuppression");
        let safe = shown(&staff, &same).await["safeContact"].clone();
        assert_eq!((&safe["voicemail"], &safe["suppression"]), (&json!(true), &Value::Null));
        staff.work("logCall", call(&same, 1)).await.done("logCall");
        assert_eq!(app.audited("LEAD_SUPPRESSION_LIFTED").await[0].reason.as_deref(), Some("They asked us to call."));
    }

    async fn it_holds_for_both_of_two_leads_and_once_they_are_taken_apart(app: TestApp) {
        let stays = wrote(&app, json!({})).await;
        let goes = wrote(&app, json!({ "contact": { "phone": "(781) 555-0142", "email": "sam@example.org" } })).await;
        let email = wrote(&app, json!({ "contact": { "email": "sam@example.org" } })).await;
        let staff = app.staff(Role::Admissions).await;
        for lead in [&stays, &goes] {
            staff.reveal(&lead.id.to_string(), "Is it one person?").await.done("revealLead");
        }
        let both = json!({ "id": stays.id, "version": 1, "other": { "id": goes.id, "version": 1 } });
        staff.work("mergeLeads", both).await.done("mergeLeads");
        let (stays, goes) = (app.lead_row(&stays.reference).await, app.lead_row(&goes.reference).await);
        assert!(staff.work("suppressLeadContact", stop(&goes, "SAID")).await.refused("suppressLeadContact").starts_with("ILLEGAL_TRANSITION input.id"));
        staff.work("suppressLeadContact", stop(&stays, "SAID")).await.done("suppressLeadContact");
        assert_eq!(shown(&staff, &email).await["safeContact"]["suppression"]["holds"], json!(true));
        staff.work("unmergeLead", json!({ "id": goes.id, "version": goes.version })).await.done("unmergeLead");
        let apart = shown(&staff, &goes).await;
        assert_eq!((&apart["status"], &apart["outcome"]), (&json!("CLOSED"), &json!("NOT_INTERESTED")));
    }

    async fn it_outlives_the_person_as_what_names_nobody(app: TestApp) {
        let lead = wrote(&app, json!({ "contact": { "phone": "(781) 555-0142", "email": "sam@example.org" } })).await;
        let owner = app.staff(Role::Owner).await;
        owner.work("suppressLeadContact", stop(&lead, "SAID")).await.done("suppressLeadContact");
        let erase = json!({ "id": lead.id, "version": 2, "reason": "They asked us to." });
        owner.work("eraseLead", erase).await.done("eraseLead");
        let kept = lead_suppression::Entity::find().all(app.app.db.reader()).await.unwrap();
        assert_eq!(kept.len(), 2);
        assert!(kept.iter().all(|row| row.hash.len() == 16));
        // Somebody else wrote it down from the telephone, before that day.
        let again = before(&app, &wrote(&app, json!({})).await).await;
        assert!(owner.work("logCall", call(&again, 1)).await.refused("logCall").contains("asked not to be contacted"));
    }

    async fn a_number_that_is_learnt_later_is_not_called_either(app: TestApp) {
        let lead = wrote(&app, json!({})).await;
        let staff = app.staff(Role::Admissions).await;
        staff.work("suppressLeadContact", stop(&lead, "SAID")).await.done("suppressLeadContact");
        staff.reveal(&lead.id.to_string(), "setting it right").await.done("revealLead");
        let version = app.lead_row(&lead.reference).await.version;
        let right = json!({ "id": lead.id, "version": version, "phone": "(781) 555-0177" });
        staff.work("correctLeadPerson", right).await.done("correctLeadPerson");
        assert_eq!(shown(&staff, &lead).await["safeContact"]["suppression"]["holds"], json!(true));
        let other = before(&app, &wrote(&app, json!({ "contact": { "phone": "(781) 555-0177" } })).await).await;
        assert_eq!(shown(&staff, &other).await["safeContact"]["suppression"]["holds"], json!(true));
    }

    async fn who_takes_back_everything_is_left_alone_everywhere(app: TestApp) {
        let (lead, same) = (wrote(&app, json!({})).await, wrote(&app, json!({})).await);
        let staff = app.staff(Role::Admissions).await;
        let only = json!({ "id": same.id, "version": 1, "consent": "CONTACT" });
        let all = json!({ "id": lead.id, "version": 1, "consent": "CONTACT", "everything": true });
        staff.work("withdrawLeadConsent", only).await.done("withdrawLeadConsent");
        assert_eq!(lead_suppression::Entity::find().count(app.app.db.reader()).await.unwrap(), 0);
        staff.work("withdrawLeadConsent", all).await.done("withdrawLeadConsent");
        let kinds: Vec<_> = shown(&staff, &lead).await["timeline"].as_array().unwrap().iter().map(|event| event["kind"].clone()).collect();
        assert_eq!(json!(kinds), json!(["STATUS", "SUPPRESSED", "CONSENT_WITHDRAWN", "RECEIVED"]));
        assert_eq!(shown(&staff, &same).await["safeContact"]["suppression"]["holds"], json!(true));
    }

    async fn an_admin_sees_nothing_that_tells_of_health(app: TestApp) {
        let lead = wrote(&app, json!({ "placement": "end" })).await;
        let (staff, admin) = (app.staff(Role::Admissions).await, app.staff(Role::Admin).await);
        let level = json!({ "id": lead.id, "version": 1, "levelOfCare": "DETOX" });
        staff.work("setLeadLevelOfCare", level).await.done("setLeadLevelOfCare");
        let insurance = json!({ "id": lead.id, "version": 2, "coverage": "MEDICAID" });
        staff.work("updateLeadInsurance", insurance).await.done("updateLeadInsurance");
        let asked = "query ($id: ID!) { lead(id: $id) { levelOfCare sourcePath placement insurance { coverage } } }";
        let seen = async |by: &Staff| by.ask(asked, json!({ "id": lead.id })).await.data()["lead"].clone();
        assert_eq!(seen(&staff).await, json!({ "levelOfCare": "DETOX", "sourcePath": "/ketamine-side-effects", "placement": "end", "insurance": { "coverage": "MEDICAID" } }));
        assert_eq!(seen(&admin).await, json!({ "levelOfCare": null, "sourcePath": null, "placement": null, "insurance": { "coverage": null } }));
    }
}
