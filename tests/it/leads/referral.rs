//! Sending somebody on: not without what the patient agreed to in writing, and with the sheet that goes along.

use chrono::{Days, Utc};
use entity::{lead, lead_referral, user::Role};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};

use super::{full, with};
use crate::support::{Answer, Staff, on_both};

const SAVE: &str = "mutation ($input: SaveReferralTargetInput!) { saveReferralTarget(input: $input) {
    target { id version name phone inUse verifiedAt } userErrors { code message path } } }";
const TARGETS: &str = "{ referralTargets { name phone inUse } }";
const SHEET: &str = "mutation ($input: RevealLeadInput!) { revealLead(input: $input) { lead { revealed { referrals {
    id revokedAt recipient phone patient information purpose signedBy signedOn expiresOn rightToRevoke notice
} } timeline { kind referralTarget { name } } } userErrors { message } } }";

async fn save(staff: &Staff, input: Value) -> Answer {
    staff.ask(SAVE, json!({ "input": input })).await
}

async fn a_target(staff: &Staff, name: &str) -> Value {
    save(staff, json!({ "name": name, "phone": "(781) 555-0150", "verified": true })).await.done("saveReferralTarget")
        ["target"]
        .clone()
}

fn consent() -> Value {
    let (today, later) = (Utc::now().date_naive(), Utc::now().date_naive() + Days::new(90));
    json!({
        "patient": "Robin  Sample", "information": "Name, phone and level of care.", "purpose": "To be offered a place.",
        "signedBy": "Robin Sample", "signedOn": today.to_string(), "expiresOn": later.to_string(),
    })
}

fn refer(lead: &lead::Model, target: &Value) -> Value {
    json!({ "id": lead.id, "version": 1, "target": target["id"], "consent": consent() })
}

on_both! {
    async fn places_are_kept_by_who_looks_after_the_settings(app: TestApp) {
        let (owner, staff) = (app.staff(Role::Owner).await, app.staff(Role::Admissions).await);
        let east = a_target(&owner, "  East   House ").await;
        assert_eq!((&east["name"], &east["phone"], &east["version"]), (&json!("East House"), &json!("(781) 555-0150"), &json!(1)));
        assert!(east["verifiedAt"].is_string());
        a_target(&app.staff(Role::Admin).await, "Brook").await;
        let gone = json!({ "id": east["id"], "version": 1, "name": "East House", "phone": "781 555 0151", "inUse": false });
        assert!(save(&owner, gone.clone()).await.done("saveReferralTarget")["target"]["verifiedAt"].is_string());
        assert_eq!(staff.ask(TARGETS, Value::Null).await.data()["referralTargets"], json!([
            { "name": "Brook", "phone": "(781) 555-0150", "inUse": true },
            { "name": "East House", "phone": "(781) 555-0151", "inUse": false },
        ]));
        insta::assert_snapshot!(save(&owner, gone).await.refused("saveReferralTarget"), @"CONFLICT input.version: Somebody changed this place meanwhile. Look at it again, then decide.");
        insta::assert_snapshot!(save(&owner, json!({ "name": " ", "phone": "12" })).await.refused("saveReferralTarget"), @"
        REQUIRED input.name: Fill in the field “name”.
        INVALID input.phone: Write the phone number with its area code, such as (781) 555-0142, or with + and the country.
        ");
    }

    async fn who_is_referred_takes_along_what_they_agreed_to(app: TestApp) {
        let owner = app.staff(Role::Owner).await;
        let lead = full(&app).await;
        let east = a_target(&owner, "East House").await;
        let after = owner.work("referLead", refer(&lead, &east)).await.done("referLead")["lead"].clone();
        assert_eq!((&after["status"], &after["outcome"]), (&json!("CLOSED"), &json!("REFERRED_OUT")));

        let reveal = json!({ "input": { "id": lead.id, "reason": "printing the sheet" } });
        let shown = owner.ask(SHEET, reveal).await.done("revealLead")["lead"].clone();
        let mut sheet = shown["revealed"]["referrals"][0].clone();
        assert_eq!((&sheet["signedOn"], &sheet["revokedAt"]), (&consent()["signedOn"], &Value::Null));
        sheet.as_object_mut().unwrap().retain(|field, _| field != "id" && field != "revokedAt" && !field.ends_with("On"));
        assert_eq!(sheet, json!({
            "recipient": "East House", "phone": "(781) 555-0150", "patient": "Robin Sample",
            "information": "Name, phone and level of care.", "purpose": "To be offered a place.", "signedBy": "Robin Sample",
            "rightToRevoke": "I may take this consent back at any time, by saying or writing so, except for what was already told because of it.",
            "notice": "42 CFR part 2 prohibits unauthorized use or disclosure of these records.",
        }));
        let referred = shown["timeline"].as_array().unwrap().iter().find(|event| event["kind"] == "REFERRED").unwrap().clone();
        assert_eq!(referred["referralTarget"]["name"], "East House");
        assert_eq!(app.audited("LEAD_REFERRED").await.len(), 1);

        let stored = lead_referral::Entity::find().filter(lead_referral::Column::LeadId.eq(lead.id));
        let row = stored.clone().one(app.app.db.reader()).await.unwrap().unwrap();
        assert!(!String::from_utf8_lossy(&row.sealed.unwrap()).contains("Robin"));
        let erase = json!({ "id": lead.id, "version": 2, "reason": "They asked us to." });
        owner.work("eraseLead", erase).await.done("eraseLead");
        assert_eq!(stored.one(app.app.db.reader()).await.unwrap().unwrap().sealed, None);
    }

    async fn a_consent_to_a_referral_is_taken_back_once(app: TestApp) {
        let (owner, staff) = (app.staff(Role::Owner).await, app.staff(Role::Admissions).await);
        let (lead, other) = (full(&app).await, full(&app).await);
        let east = a_target(&owner, "East House").await;
        owner.work("referLead", refer(&lead, &east)).await.done("referLead");
        let reveal = json!({ "input": { "id": lead.id, "reason": "they called" } });
        let sheet = async || {
            let shown = staff.ask(SHEET, reveal.clone()).await.done("revealLead")["lead"].clone();
            (shown["revealed"]["referrals"][0].clone(), shown["timeline"].clone())
        };
        let referral = sheet().await.0["id"].clone();
        let back = json!({ "id": lead.id, "version": 2, "referral": referral, "note": "Said so on the telephone." });
        let elsewhere = json!({ "id": other.id, "version": 1, "referral": referral });
        insta::assert_snapshot!(staff.work("revokeLeadReferral", elsewhere).await.refused("revokeLeadReferral"), @"NOT_FOUND input.referral: There is no such referral, or its consent was taken back before.");
        assert_eq!(staff.work("revokeLeadReferral", back.clone()).await.done("revokeLeadReferral")["lead"]["version"], 3);
        insta::assert_snapshot!(staff.work("revokeLeadReferral", with(back.clone(), json!({ "version": 3 }))).await.refused("revokeLeadReferral"), @"NOT_FOUND input.referral: There is no such referral, or its consent was taken back before.");
        assert!(staff.work("revokeLeadReferral", back).await.refused("revokeLeadReferral").starts_with("CONFLICT input.version: "));
        let (after, timeline) = sheet().await;
        assert!(after["revokedAt"].is_string());
        let event = timeline.as_array().unwrap().iter().find(|event| event["kind"] == "REFERRAL_REVOKED").unwrap().clone();
        assert_eq!(event["referralTarget"]["name"], "East House");
    }

    async fn a_referral_stays_with_the_person_whichever_lead_is_worked(app: TestApp) {
        let owner = app.staff(Role::Owner).await;
        let (lead, newer) = (full(&app).await, full(&app).await);
        let east = a_target(&owner, "East House").await;
        owner.work("referLead", refer(&lead, &east)).await.done("referLead");
        for seen in [&lead, &newer] {
            owner.reveal(&seen.id.to_string(), "is it one person?").await.done("revealLead");
        }
        let merge = json!({ "id": newer.id, "version": 1, "other": { "id": lead.id, "version": 2 }, "reason": "They said so." });
        owner.work("mergeLeads", merge).await.done("mergeLeads");
        let reveal = json!({ "input": { "id": newer.id, "reason": "they called" } });
        let sheet = owner.ask(SHEET, reveal).await.done("revealLead")["lead"]["revealed"]["referrals"][0].clone();
        assert_eq!(sheet["patient"], "Robin Sample");
        let back = json!({ "id": newer.id, "version": 2, "referral": sheet["id"] });
        owner.work("revokeLeadReferral", back).await.done("revokeLeadReferral");
    }

    async fn nobody_is_referred_without_a_consent_in_writing(app: TestApp) {
        let (owner, staff) = (app.staff(Role::Owner).await, app.staff(Role::Admissions).await);
        let lead = full(&app).await;
        let east = a_target(&owner, "East House").await;
        let close = json!({ "id": lead.id, "version": 1, "status": "CLOSED", "outcome": "REFERRED_OUT" });
        insta::assert_snapshot!(owner.work("changeLeadStatus", close).await.refused("changeLeadStatus"), @"FORBIDDEN input.outcome: Nobody is referred without a consent in writing. Use `referLead`, which closes the lead as well.");
        let nothing = json!({ "patient": "", "information": " ", "purpose": "", "signedBy": "", "signedOn": "2020-01-01", "expiresOn": "2020-01-01" });
        insta::assert_snapshot!(owner.work("referLead", with(refer(&lead, &east), json!({ "consent": nothing }))).await.refused("referLead"), @"
        REQUIRED input.consent.patient: Fill in the field “patient”.
        REQUIRED input.consent.information: Fill in the field “information”.
        REQUIRED input.consent.purpose: Fill in the field “purpose”.
        REQUIRED input.consent.signedBy: Fill in the field “signed by”.
        INVALID input.consent.signedOn: Choose the day on which they signed, within the last year.
        INVALID input.consent.expiresOn: Choose until which day they agreed: from today to three years ahead.
        ");
        let nowhere = with(refer(&lead, &east), json!({ "target": "rft_01h2xcejqtf2nbrexx3vqjhp41" }));
        insta::assert_snapshot!(owner.work("referLead", nowhere).await.refused("referLead"), @"NOT_FOUND input.target: There is no such place.");
        let off = json!({ "id": east["id"], "version": 1, "name": "East House", "phone": "781 555 0150", "inUse": false });
        save(&owner, off).await.done("saveReferralTarget");
        insta::assert_snapshot!(owner.work("referLead", refer(&lead, &east)).await.refused("referLead"), @"INVALID input.target: Nobody is sent to this place any more. Choose another.");
        staff.work("markLeadSpam", json!({ "id": lead.id, "version": 1 })).await.done("markLeadSpam");
        let closed = with(refer(&lead, &east), json!({ "version": 2 }));
        insta::assert_snapshot!(owner.work("referLead", closed).await.refused("referLead"), @"ILLEGAL_TRANSITION input.id: This lead has ended. Reopen it first.");
    }
}
