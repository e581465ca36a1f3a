//! Who pays, and how closely somebody is to be looked after: a track beside the status.

use entity::{
    lead::{self, LeadStatus},
    lead_insurance,
    user::Role,
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel};
use serde_json::{Value, json};

use super::full;
use crate::support::{Staff, TestApp, on_both};

const SHOWN: &str = "query ($id: ID!) { lead(id: $id) {
    version levelOfCare insurance { check coverage checkedAt checkedBy { name } }
    revealed { policy { carrier } } timeline { kind insuranceCheck text }
} }";
const POLICY: &str =
    "mutation ($input: RevealLeadInput!) { revealLead(input: $input) { lead { revealed { insurance policy {
    carrier memberId memberIdEnding groupNumber holderName holderBornOn note
} } } userErrors { message } } }";

async fn shown(staff: &Staff, lead: &lead::Model) -> Value {
    staff.ask(SHOWN, json!({ "id": lead.id })).await.data()["lead"].clone()
}

async fn policy(staff: &Staff, lead: &lead::Model) -> Value {
    let input = json!({ "id": lead.id, "reason": "calling the insurer" });
    staff.ask(POLICY, json!({ "input": input })).await.done("revealLead")["lead"]["revealed"]["policy"].clone()
}

/// What is found, written down.
fn found(lead: &lead::Model, version: i32, change: Value) -> Value {
    super::with(json!({ "id": lead.id, "version": version }), change)
}

async fn stored(app: &TestApp, lead: &lead::Model) -> Option<lead_insurance::Model> {
    lead_insurance::Entity::find_by_id(lead.id).one(app.app.db.reader()).await.unwrap()
}

fn whole() -> Value {
    json!({
        "check": "SUBMITTED", "coverage": "COMMERCIAL", "carrier": " Sample  Health ", "memberId": "XYZ 1234821",
        "groupNumber": "G-77", "holderName": "Robin de la Cour", "holderBornOn": "1980-02-03", "note": "Asked.\r\nCall 1.",
    })
}

on_both! {
    async fn what_is_known_of_an_insurance_is_sealed_and_shown_to_whom_it_is_revealed(app: TestApp) {
        let lead = full(&app).await;
        let staff = app.staff(Role::Admissions).await;
        let before = shown(&staff, &lead).await;
        assert_eq!((&before["insurance"]["check"], &before["levelOfCare"]), (&json!("NEEDED"), &Value::Null));
        assert_eq!(policy(&staff, &lead).await, Value::Null);
        staff.work("updateLeadInsurance", found(&lead, 1, whole())).await.done("updateLeadInsurance");

        let after = shown(&staff, &lead).await;
        assert_eq!((&after["insurance"]["check"], &after["insurance"]["coverage"]), (&json!("SUBMITTED"), &json!("COMMERCIAL")));
        assert_eq!(after["insurance"]["checkedBy"]["name"], "Sample Admissions");
        assert!(after["insurance"]["checkedAt"].is_string() && after["revealed"].is_null());
        let event = &after["timeline"][0];
        assert_eq!((&event["kind"], &event["insuranceCheck"], &event["text"]), (&json!("INSURANCE"), &json!("SUBMITTED"), &Value::Null));
        assert_eq!(policy(&staff, &lead).await, json!({
            "carrier": "Sample Health", "memberId": "XYZ 1234821", "memberIdEnding": "•••4821", "groupNumber": "G-77",
            "holderName": "Robin de la Cour", "holderBornOn": "1980-02-03", "note": "Asked.\nCall 1.",
        }));

        let row = stored(&app, &lead).await.unwrap();
        for sealed in [row.carrier, row.member_id, row.group_number, row.holder_name, row.holder_born_on, row.note] {
            let sealed = sealed.unwrap();
            let seen = String::from_utf8_lossy(&sealed);
            assert!(!["Sample", "4821", "G-77", "Robin", "1980", "Asked"].iter().any(|word| seen.contains(word)));
        }
        let seen = app.staff(Role::Admin).await.ask(SHOWN, json!({ "id": lead.id })).await;
        assert_eq!(seen.data()["lead"]["insurance"]["check"], "SUBMITTED");
    }

    async fn what_is_left_out_stays_and_what_is_empty_goes(app: TestApp) {
        let lead = full(&app).await;
        let staff = app.staff(Role::Admissions).await;
        let update = async |version: i32, change: Value| staff.work("updateLeadInsurance", found(&lead, version, change)).await;
        update(1, whole()).await.done("updateLeadInsurance");
        let answer = update(2, json!({ "check": "IN_NETWORK", "holderName": "", "holderBornOn": null, "coverage": null })).await;
        assert_eq!(answer.done("updateLeadInsurance")["lead"]["version"], 3);
        let kept = policy(&staff, &lead).await;
        assert_eq!((&kept["carrier"], &kept["memberIdEnding"]), (&json!("Sample Health"), &json!("•••4821")));
        assert_eq!((&kept["holderName"], &kept["holderBornOn"]), (&Value::Null, &Value::Null));
        assert_eq!(shown(&staff, &lead).await["insurance"]["coverage"], Value::Null);
        // Nothing is found: nothing changes.
        assert_eq!(update(3, json!({})).await.done("updateLeadInsurance")["lead"]["version"], 3);

        insta::assert_snapshot!(update(2, json!({ "check": "SELF_PAY" })).await.refused("updateLeadInsurance"), @"CONFLICT input.version: Somebody changed this lead meanwhile: it is new now. Look at it again, then decide.");
        let wrong = json!({ "carrier": "x".repeat(121), "memberId": "x".repeat(61), "holderBornOn": "2999-01-01" });
        let refused = update(3, wrong).await.refused("updateLeadInsurance");
        for field in ["TOO_LARGE input.carrier", "TOO_LARGE input.memberId", "INVALID input.holderBornOn"] {
            assert!(refused.contains(field), "{refused}");
        }
    }

    async fn nobody_is_qualified_before_level_and_insurance_are_known(app: TestApp) {
        let lead = full(&app).await;
        let staff = app.staff(Role::Admissions).await;
        let change = async |version: i32, status: &str| {
            let input = json!({ "id": lead.id, "version": version, "status": status });
            staff.work("changeLeadStatus", input).await
        };
        change(1, "CONTACTED").await.done("changeLeadStatus");
        insta::assert_snapshot!(change(2, "QUALIFIED").await.refused("changeLeadStatus"), @r"
        REQUIRED input.levelOfCare: Choose the level of care they need first.
        REQUIRED input.insurance: Ask their insurer first, or say that they pay themselves or that nothing has to be asked.
        ");
        let level = json!({ "id": lead.id, "version": 2, "levelOfCare": "RESIDENTIAL" });
        staff.work("setLeadLevelOfCare", level.clone()).await.done("setLeadLevelOfCare");
        insta::assert_snapshot!(staff.work("setLeadLevelOfCare", level).await.refused("setLeadLevelOfCare"), @"CONFLICT input.version: Somebody changed this lead meanwhile: it is contacted now. Look at it again, then decide.");
        insta::assert_snapshot!(change(3, "QUALIFIED").await.refused("changeLeadStatus"), @"REQUIRED input.insurance: Ask their insurer first, or say that they pay themselves or that nothing has to be asked.");
        staff.work("updateLeadInsurance", found(&lead, 3, json!({ "check": "SELF_PAY" }))).await.done("updateLeadInsurance");
        assert_eq!(change(4, "QUALIFIED").await.done("changeLeadStatus")["lead"]["status"], "QUALIFIED");

        staff.work("recordEstimate", json!({ "id": lead.id, "version": 5 })).await.done("recordEstimate");
        let after = shown(&staff, &lead).await;
        assert_eq!(after["levelOfCare"], "RESIDENTIAL");
        let kinds: Vec<_> = after["timeline"].as_array().unwrap().iter().map(|it| it["kind"].as_str().unwrap()).collect();
        assert_eq!(kinds[..4], ["ESTIMATE_GIVEN", "STATUS", "INSURANCE", "LEVEL_OF_CARE"]);
    }

    async fn who_is_erased_leaves_how_far_the_check_was(app: TestApp) {
        let lead = full(&app).await;
        let owner = app.staff(Role::Owner).await;
        owner.work("updateLeadInsurance", found(&lead, 1, whole())).await.done("updateLeadInsurance");
        let level = json!({ "id": lead.id, "version": 2, "levelOfCare": "DETOX" });
        owner.work("setLeadLevelOfCare", level).await.done("setLeadLevelOfCare");
        let input = json!({ "id": lead.id, "version": 3, "reason": "They asked us to." });
        owner.work("eraseLead", input).await.done("eraseLead");

        let shell = shown(&owner, &lead).await;
        assert_eq!((&shell["insurance"]["check"], &shell["levelOfCare"]), (&json!("SUBMITTED"), &Value::Null));
        let row = stored(&app, &lead).await.unwrap();
        assert_eq!([row.carrier, row.member_id, row.group_number, row.holder_name, row.holder_born_on, row.note], [const { None }; 6]);
        assert_eq!(row.coverage, None);
        let gone = "ILLEGAL_TRANSITION input.id: This person was erased; nothing is left of them.";
        for (mutation, input) in [
            ("updateLeadInsurance", json!({ "id": lead.id, "version": 4, "check": "NEEDED" })),
            ("setLeadLevelOfCare", json!({ "id": lead.id, "version": 4, "levelOfCare": "DETOX" })),
            ("recordEstimate", json!({ "id": lead.id, "version": 4 })),
        ] {
            assert_eq!(owner.work(mutation, input).await.refused(mutation), gone, "{mutation}");
        }
    }

    async fn a_lead_that_was_brought_together_keeps_its_own(app: TestApp) {
        let (stays, goes) = (full(&app).await, full(&app).await);
        let staff = app.staff(Role::Admissions).await;
        staff.work("updateLeadInsurance", found(&goes, 1, whole())).await.done("updateLeadInsurance");
        for lead in [&stays, &goes] {
            staff.reveal(&lead.id.to_string(), "Is it one person?").await.done("revealLead");
        }
        let merge = json!({ "id": stays.id, "version": 1, "other": { "id": goes.id, "version": 2 } });
        staff.work("mergeLeads", merge).await.done("mergeLeads");
        assert_eq!(shown(&staff, &stays).await["insurance"]["check"], "NEEDED");
        assert_eq!(shown(&staff, &goes).await["insurance"]["check"], "SUBMITTED");
        let version = app.lead_row(&goes.reference).await.version;
        insta::assert_snapshot!(staff.work("updateLeadInsurance", found(&goes, version, json!({ "check": "SELF_PAY" }))).await.refused("updateLeadInsurance"), @"ILLEGAL_TRANSITION input.id: This lead was brought together with another. Write it down in that one, or take them apart.");
    }

    async fn an_estimate_is_for_whom_somebody_still_works(app: TestApp) {
        let mut row = full(&app).await.into_active_model();
        row.status = Set(LeadStatus::Admitted);
        let lead = row.update(app.app.db.writer()).await.unwrap();
        let refused = app.staff(Role::Admissions).await.work("recordEstimate", json!({ "id": lead.id, "version": 1 })).await;
        insta::assert_snapshot!(refused.refused("recordEstimate"), @"ILLEGAL_TRANSITION input.id: This lead is admitted. Reopen it first.");
    }
}
