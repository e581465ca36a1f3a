//! Setting right who a lead's people are: looked at like what a visitor writes, found by it from then on, and told by its name only.

use entity::{
    lead,
    lead_person::{self, LeadPersonRole},
    user::Role,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};

use super::{full, with};
use crate::support::{Staff, TestApp, on_both};

const PERSON: &str = "mutation ($input: RevealLeadInput!) { revealLead(input: $input) { lead {
    version relationship safeContact { voicemail text sayWhoCalls preferred }
    revealed { name phone email patient { name phone email } }
    timeline { kind corrected ofPatient text }
} userErrors { message } } }";

/// A lead that says as little as possible.
async fn plain(app: &TestApp) -> lead::Model {
    let visitor = app.visitor();
    app.lead_row(&visitor.submitted(&visitor.lead().await).await).await
}

async fn person(staff: &Staff, lead: &lead::Model) -> Value {
    let input = json!({ "id": lead.id, "reason": "calling back" });
    staff.ask(PERSON, json!({ "input": input })).await.done("revealLead")["lead"].clone()
}

fn right(lead: &lead::Model, version: i32, change: Value) -> Value {
    with(json!({ "id": lead.id, "version": version }), change)
}

async fn patient_row(app: &TestApp, lead: &lead::Model) -> Option<lead_person::Model> {
    let people = lead_person::Entity::find().filter(lead_person::Column::LeadId.eq(lead.id));
    people.filter(lead_person::Column::Role.eq(LeadPersonRole::Patient)).one(app.app.db.reader()).await.unwrap()
}

on_both! {
    async fn what_is_set_right_is_kept_and_found_and_its_words_are_not_told(app: TestApp) {
        let (lead, other) = (plain(&app).await, full(&app).await);
        let staff = app.staff(Role::Admissions).await;
        let change = json!({ "name": " Sam  Right ", "phone": "617 555 0199", "email": "Sam@EXAMPLE.org", "voicemail": true, "preferred": "EMAIL" });
        insta::assert_snapshot!(staff.work("correctLeadPerson", right(&lead, 1, change.clone())).await.refused("correctLeadPerson"), @"FORBIDDEN input.id: Look first at who it is: reveal the person, then set it right.");
        person(&staff, &lead).await;
        staff.work("correctLeadPerson", right(&lead, 1, change.clone())).await.done("correctLeadPerson");

        let after = person(&staff, &lead).await;
        assert_eq!(after["revealed"], json!({ "name": "Sam Right", "phone": "+16175550199", "email": "Sam@example.org", "patient": null }));
        assert_eq!((&after["safeContact"]["voicemail"], &after["safeContact"]["preferred"]), (&json!(true), &json!("EMAIL")));
        let told = after["timeline"].as_array().unwrap().iter().find(|event| event["kind"] == "CORRECTED").unwrap().clone();
        assert_eq!(told, json!({
            "kind": "CORRECTED", "corrected": ["NAME", "PHONE", "EMAIL", "SAFE_CONTACT"], "ofPatient": false, "text": null,
        }));
        // Who writes with that number is found beside them.
        let visitor = app.visitor();
        let again = with(visitor.lead().await, json!({ "contact": { "phone": "+1 617-555-0199" } }));
        let again = app.lead_row(&visitor.submitted(&again).await).await;
        let same = "query ($id: ID!) { leadDuplicates(id: $id) { reference } }";
        let found = staff.ask(same, json!({ "id": again.id })).await;
        assert_eq!(found.data()["leadDuplicates"], json!([{ "reference": lead.reference }]));
        assert_ne!(other.id, lead.id);

        // What says nothing new is no change.
        let same = json!({ "name": "Sam Right", "phone": "(617) 555-0199" });
        assert_eq!(staff.work("correctLeadPerson", right(&lead, 2, same)).await.done("correctLeadPerson")["lead"]["version"], 2);
        insta::assert_snapshot!(staff.work("correctLeadPerson", right(&lead, 1, change)).await.refused("correctLeadPerson"), @"CONFLICT input.version: Somebody changed this lead meanwhile: it is new now. Look at it again, then decide.");
    }

    async fn what_is_wrong_is_said_at_its_field(app: TestApp) {
        let lead = plain(&app).await;
        let staff = app.staff(Role::Admissions).await;
        person(&staff, &lead).await;
        let wrong = json!({ "name": " ", "phone": "12", "email": "sam@", "text": true, "preferred": "EMAIL" });
        insta::assert_snapshot!(staff.work("correctLeadPerson", right(&lead, 1, wrong)).await.refused("correctLeadPerson"), @"
        REQUIRED input.name: Write how they are called; a first name is enough.
        INVALID input.phone: Write the phone number with its area code, such as (781) 555-0142, or with + and the country.
        INVALID input.email: Write the e-mail address in full, such as sam@example.com.
        FORBIDDEN input.text: This person did not agree to text messages, or gave no phone number. Untick texts.
        ");
        let nothing = json!({ "phone": "", "email": "" });
        insta::assert_snapshot!(staff.work("correctLeadPerson", right(&lead, 1, nothing)).await.refused("correctLeadPerson"), @"REQUIRED input.phone: Leave a phone number or an e-mail address: without one nobody can answer them.");
        let nobody = json!({ "person": "PATIENT", "name": "Robin" });
        insta::assert_snapshot!(staff.work("correctLeadPerson", right(&lead, 1, nobody)).await.refused("correctLeadPerson"), @"NOT_FOUND input.person: Whoever wrote needs help themself. Say first that they write for somebody else.");
    }

    async fn who_needs_help_is_known_once_somebody_says_who(app: TestApp) {
        let lead = plain(&app).await;
        let staff = app.staff(Role::Admissions).await;
        person(&staff, &lead).await;
        let loved = right(&lead, 1, json!({ "relationship": "LOVED_ONE" }));
        staff.work("correctLeadPerson", loved).await.done("correctLeadPerson");
        let patient = json!({ "person": "PATIENT", "name": "Robin", "phone": "617 555 0188" });
        staff.work("correctLeadPerson", right(&lead, 2, patient)).await.done("correctLeadPerson");
        let after = person(&staff, &lead).await;
        assert_eq!(after["relationship"], "LOVED_ONE");
        assert_eq!(after["revealed"]["patient"], json!({ "name": "Robin", "phone": "+16175550188", "email": null }));
        let row = patient_row(&app, &lead).await.unwrap();
        assert!(row.phone_index.is_some() && !String::from_utf8_lossy(&row.name.unwrap()).contains("Robin"));
        let theirs = json!({ "person": "PATIENT", "voicemail": true });
        insta::assert_snapshot!(staff.work("correctLeadPerson", right(&lead, 3, theirs)).await.refused("correctLeadPerson"), @"INVALID input.voicemail: This is of whoever wrote, not of the patient. Leave it out.");

        staff.work("correctLeadPerson", right(&lead, 3, json!({ "relationship": "SELF" }))).await.done("correctLeadPerson");
        assert_eq!(patient_row(&app, &lead).await, None);
    }
}
