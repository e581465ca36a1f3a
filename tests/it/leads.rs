//! From the form to the desk: taken in, shown masked, revealed, worked.

mod access;
mod bulk;
mod call;
mod consent;
mod correction;
mod desk;
mod erasure;
mod export;
mod form;
mod insurance;
mod list;
mod merge;
mod notice;
mod origin;
mod phrases;
mod properties;
mod referral;
mod report;
mod reveal;
mod rotation;
mod shift;
mod spam;
mod step;
mod suppression;
mod task;
mod work;

use std::{collections::BTreeSet, sync::Arc};

use entity::{
    entry,
    lead::{self, LeadPriority},
    lead_person, outbox,
    user::Role,
};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use serde_json::{Value, json};
use tokio::task::JoinSet;

use crate::support::{TestApp, on_both, warm};

on_both! {
    async fn what_somebody_writes_is_on_the_desk_once_they_have_their_receipt(app: TestApp) {
        let visitor = app.visitor();
        let input = with(visitor.lead().await, json!({
            "relationship": "LOVED_ONE",
            "placement": "end",
            "safeContact": { "voicemail": true, "preferred": "PHONE" },
        }));
        let answer = visitor.submit(&input).await;
        let receipt = answer.done("submitLead")["receipt"].clone();
        let reference = receipt["reference"].as_str().unwrap();
        let letters = reference.strip_prefix("HS-").unwrap();
        assert!(letters.len() == 5 && letters.chars().all(|it| it.is_ascii_alphanumeric()), "{reference}");

        let staff = app.staff(Role::Admissions).await;
        let lead = staff.lead(&app.lead_row(reference).await.id.to_string()).await;
        assert_eq!(lead["reference"], receipt["reference"]);
        assert_eq!(lead["receivedAt"], receipt["receivedAt"]);
        let shown = lead.as_object().unwrap().iter().filter(|(field, _)| {
            !matches!(field.as_str(), "id" | "reference" | "receivedAt" | "updatedAt" | "consent" | "timeline")
        });
        insta::assert_snapshot!(lines(shown), @r#"
            assignee: null
            email: null
            name: "S••••• V••••••"
            nextStatuses: ["ATTEMPTING","CONTACTED","CLOSED"]
            outcome: null
            phone: "(•••) •••-••42"
            placement: "end"
            priority: "NORMAL"
            relationship: "LOVED_ONE"
            revealed: null
            safeContact: {"voicemail":true,"text":false,"sayWhoCalls":false,"preferred":"PHONE"}
            sourcePath: "/ketamine-side-effects"
            sourceTitle: null
            status: "NEW"
            suspectedSpam: false
            version: 1
        "#);
        assert_eq!(lead["timeline"][0]["kind"], "RECEIVED");
        assert_eq!(lead["consent"]["texts"], false);
        assert_eq!(count::<lead::Entity>(&app).await, 1);
        assert_eq!(count::<lead_person::Entity>(&app).await, 2);
        assert_eq!(count::<outbox::Entity>(&app).await, 1);
    }

    async fn every_problem_of_a_submission_is_answered_at_once(app: TestApp) {
        let visitor = app.visitor();
        let answer = visitor.submit(&json!({
            "idempotencyKey": "short",
            "form": "other",
            "placement": "in the footer",
            "name": "  ",
            "contact": { "phone": "call me", "email": "sam at example" },
            "safeContact": { "bestTime": "x".repeat(101) },
            "insurance": "x".repeat(201),
            "message": "x".repeat(4_001),
            "sourcePath": "ketamine",
            "consents": [{ "text": "cns_01h2xcejqtf2nbrexx3vqjhp41", "accepted": true, "scopes": ["CALL"] }],
        })).await;
        insta::assert_snapshot!(answer.refused("submitLead"), @"
            INVALID input.idempotencyKey: Send an idempotency key of 16 to 64 letters, digits, - or _, such as a UUID made when the form is drawn.
            NOT_FOUND input.form: There is no such form. Use “confidential”.
            INVALID input.placement: A placement has at most 40 letters, digits, - or _, such as “end”.
            REQUIRED input.name: Write how we may call you; a first name is enough.
            INVALID input.contact.phone: Write the phone number with its area code, such as (781) 555-0142, or with + and the country.
            INVALID input.contact.email: Write the e-mail address in full, such as sam@example.com.
            TOO_LARGE input.message: Shorten your message to 4000 characters; it has 4001.
            TOO_LARGE input.insurance: Shorten the field “insurance” to 200 characters; it has 201.
            TOO_LARGE input.safeContact.bestTime: Shorten the field “best time” to 100 characters; it has 101.
            INVALID input.sourcePath: Give the path of the page as it stands after the host, such as /ketamine-side-effects.
            NOT_FOUND input.consents.0.text: There is no such wording. Take the id from `leadForm { consent { id } }`.
            CONSENT_REQUIRED input.consents: Tick the box that lets us contact you; without it we may not keep what you wrote.
        ");
        assert_eq!(answer.body["data"]["submitLead"]["receipt"], Value::Null);
        assert_eq!(count::<lead::Entity>(&app).await, 0);
    }

    async fn danger_is_found_before_anything_is_sent_and_the_answer_is_kept_by_nobody(app: TestApp) {
        let visitor = app.visitor();
        let check = "query ($text: String!) { crisisCheck(text: $text) { dangers steps { text call message } } }";
        let found = visitor.ask(check, json!({ "text": "My brother took too much and will not wake up" })).await;
        assert_eq!(found.data()["crisisCheck"]["dangers"], json!(["OVERDOSE"]));
        let steps = found.data()["crisisCheck"]["steps"].as_array().unwrap();
        assert_eq!(steps[0]["call"], "911");
        assert!(steps[1]["text"].as_str().unwrap().contains("naloxone"));
        assert_eq!(steps.last().unwrap()["message"], "988");
        assert_eq!(found.headers["cache-control"], "no-store");

        let spanish = "query ($text: String!) { crisisCheck(text: $text) { steps { text(language: SPANISH) call } } }";
        let spanish = visitor.ask(spanish, json!({ "text": "Mi hermano no despierta" })).await;
        let first = &spanish.data()["crisisCheck"]["steps"][0];
        assert_eq!(first["call"], "911");
        assert!(first["text"].as_str().unwrap().starts_with("¿Alguien está herido"), "{first}");
        let calm = visitor.ask(check, json!({ "text": "How long does a detox take?" })).await;
        assert_eq!(calm.data()["crisisCheck"], json!({ "dangers": [], "steps": [] }));
        let long = visitor.ask(check, json!({ "text": "x".repeat(4_001) })).await;
        insta::assert_snapshot!(long.errors(), @"BAD_USER_INPUT: The text has more than 4,000 characters. Send fewer.");
        assert_eq!(count::<lead::Entity>(&app).await, 0);
    }

    async fn danger_is_found_in_whichever_box_it_was_written(app: TestApp) {
        let visitor = app.visitor();
        let words = "before I kill myself";
        let written = [
            json!({ "message": words }),
            json!({ "insurance": words }),
            json!({ "name": words }),
            json!({ "safeContact": { "bestTime": words } }),
        ];
        for written in written {
            let reference = visitor.submitted(&with(visitor.lead().await, written.clone())).await;
            assert_eq!(app.lead_row(&reference).await.priority, LeadPriority::Urgent, "{written}");
        }
    }

    async fn whether_somebody_is_a_minor_is_sealed_and_part_of_what_was_sent(app: TestApp) {
        let (visitor, admissions) = (app.visitor(), app.staff(Role::Admissions).await);
        let given = with(visitor.lead().await, json!({ "underAge": "YES" }));
        let reference = visitor.submitted(&given).await;
        assert_eq!(visitor.submitted(&given).await, reference);
        let other = visitor.submit(&with(given, json!({ "underAge": "NO" }))).await;
        assert!(other.refused("submitLead").starts_with("IDEMPOTENCY_MISMATCH"));

        let id = app.lead_row(&reference).await.id.to_string();
        let lead = admissions.reveal(&id, "calling back").await.done("revealLead")["lead"].clone();
        assert_eq!(lead["revealed"]["underAge"], "YES");
    }

    async fn a_way_to_answer_is_needed_and_the_preferred_one_must_be_given(app: TestApp) {
        let visitor = app.visitor();
        let refused = async |change| visitor.submit(&with(visitor.lead().await, change)).await.refused("submitLead");
        insta::assert_snapshot!(
            refused(json!({ "contact": { "phone": " " } })).await,
            @"REQUIRED input.contact: Give a phone number or an e-mail address, so that we can answer you."
        );
        let email = json!({ "email": "sam@example.org" });
        insta::assert_snapshot!(
            refused(json!({ "contact": email, "safeContact": { "preferred": "TEXT" } })).await,
            @"INVALID input.safeContact.preferred: You like best to be called or texted, but gave no phone number. Add it, or choose another way."
        );
        visitor.submitted(&with(visitor.lead().await, json!({ "contact": email }))).await;

        // Texts need the number, that they are safe, and the consent to them.
        let asked = visitor.ask("{ leadForm(key: \"confidential\") { textConsent { id scopes } } }", Value::Null).await;
        let texts = &asked.data()["leadForm"]["textConsent"];
        let agreed = json!({ "text": texts["id"], "accepted": true, "scopes": texts["scopes"] });
        let mut lead = with(visitor.lead().await, json!({ "safeContact": { "preferred": "TEXT", "text": true } }));
        insta::assert_snapshot!(
            visitor.submit(&lead).await.refused("submitLead"),
            @"INVALID input.safeContact.preferred: You like texts best, but did not tick that you may be sent them. Tick it, or choose another way."
        );
        lead["consents"].as_array_mut().unwrap().push(agreed);
        let reference = visitor.submitted(&lead).await;
        assert!(app.lead_row(&reference).await.safe_text);
    }

    async fn nothing_is_kept_without_consent(app: TestApp) {
        let visitor = app.visitor();
        let lead = visitor.lead().await;
        let text = lead["consents"][0]["text"].clone();
        for consents in [json!([]), json!([{ "text": text, "accepted": false, "scopes": ["CALL"] }])] {
            let answer = visitor.submit(&with(lead.clone(), json!({ "consents": consents }))).await;
            insta::allow_duplicates! {
                insta::assert_snapshot!(
                    answer.refused("submitLead"),
                    @"CONSENT_REQUIRED input.consents: Tick the box that lets us contact you; without it we may not keep what you wrote."
                );
            }
        }
        let scopeless = json!([{ "text": text, "accepted": true }]);
        let answer = visitor.submit(&with(lead.clone(), json!({ "consents": scopeless }))).await;
        insta::assert_snapshot!(
            answer.refused("submitLead"),
            @"REQUIRED input.consents.0.scopes: Name what this wording covers and was agreed to: CALL, VOICEMAIL, EMAIL."
        );
        let given = json!({ "text": text, "accepted": true, "scopes": ["CALL"] });
        let texts = json!([{ "text": text, "accepted": true, "scopes": ["CALL", "TEXT"] }, given]);
        let answer = visitor.submit(&with(lead.clone(), json!({ "consents": texts }))).await;
        insta::assert_snapshot!(answer.refused("submitLead"), @"
            INVALID input.consents.0.scopes: Name what this wording covers and was agreed to: CALL, VOICEMAIL, EMAIL.
            INVALID input.consents.1.text: Send each wording once; this one came before.
        ");
        let mixed = json!({ "consents": [given, { "text": "nonsense", "accepted": true }] });
        let answer = visitor.submit(&with(lead, mixed)).await;
        insta::assert_snapshot!(
            answer.refused("submitLead"),
            @"NOT_FOUND input.consents.1.text: There is no such wording. Take the id from `leadForm { consent { id } }`."
        );
        assert_eq!(count::<lead::Entity>(&app).await, 0);
    }

    async fn a_machine_sees_success_and_staff_see_a_suspect(app: TestApp) {
        let visitor = app.visitor();
        let person = visitor.submitted(&visitor.lead().await).await;
        for sign in [
            json!({ "website": "https://example.com" }),
            json!({ "formToken": "AAAA" }),
            json!({ "name": "https://example.com", "message": "http://a http://b http://c" }),
        ] {
            let machine = visitor.submitted(&with(visitor.lead().await, sign.clone())).await;
            assert!(app.lead_row(&machine).await.suspected_spam, "{sign}");
        }
        assert!(!app.lead_row(&person).await.suspected_spam);
        let staff = app.staff(Role::Admissions).await;
        let list = staff.ask("{ leads { nodes { suspectedSpam } } }", Value::Null).await;
        let nodes = list.data()["leads"]["nodes"].as_array().unwrap();
        assert_eq!(nodes.iter().filter(|it| it["suspectedSpam"] == true).count(), 3);
    }

    async fn a_lead_knows_the_page_and_the_revision_that_was_read(app: TestApp) {
        let app = app.with_demo().await;
        let page = entry::Entity::find().filter(entry::Column::Path.eq("/ketamine-side-effects"));
        let page = page.one(app.app.db.reader()).await.unwrap().expect("the demo page");
        let visitor = app.visitor();
        let path = json!({ "sourcePath": "/ketamine-side-effects/?utm_source=x&gclid=y#form" });
        let lead = app.lead_row(&visitor.submitted(&with(visitor.lead().await, path)).await).await;
        assert_eq!(lead.page_id.map(|id| id.0), Some(page.id.0));
        assert_eq!(lead.revision_id, page.live_revision_id);
        let shown = app.staff(Role::Admissions).await.lead(&lead.id.to_string()).await;
        assert_eq!(shown["sourcePath"], "/ketamine-side-effects");
        assert_eq!(shown["sourceTitle"], page.title);

        let nowhere = json!({ "sourcePath": "/no-such-page" });
        let lead = app.lead_row(&visitor.submitted(&with(visitor.lead().await, nowhere)).await).await;
        assert_eq!((lead.page_id, lead.revision_id, lead.page_title), (None, None, None));
    }
}

on_both! {
    async fn a_retry_gets_the_first_receipt_again(app: TestApp) {
        let visitor = app.visitor();
        let input = visitor.lead().await;
        let first = visitor.submit(&input).await;
        // However the number is typed, it is the same request; and what the machine says about itself does not count.
        let again = with(input.clone(), json!({ "contact": { "phone": "+1 781-555-0142" }, "formToken": "AAAA" }));
        let second = visitor.submit(&again).await;
        assert_eq!(first.done("submitLead"), second.done("submitLead"));

        for other in [
            json!({ "name": "Somebody Else" }),
            json!({ "message": "Another one." }),
            json!({ "safeContact": { "voicemail": true } }),
            json!({ "sourcePath": "/admissions" }),
        ] {
            let answer = visitor.submit(&with(input.clone(), other)).await;
            insta::allow_duplicates! {
                insta::assert_snapshot!(
                    answer.refused("submitLead"),
                    @"IDEMPOTENCY_MISMATCH input.idempotencyKey: This idempotency key was used for another request. Make a new key for a new request."
                );
            }
        }
        assert_eq!(count::<lead::Entity>(&app).await, 1);
        assert_eq!(count::<outbox::Entity>(&app).await, 1);
    }

    async fn twenty_at_once_with_one_key_are_one_lead_with_one_receipt(app: TestApp) {
        let visitor = Arc::new(app.visitor());
        let input = visitor.lead().await;
        warm(&app.app.db).await;
        let mut sending = tokio::task::JoinSet::new();
        for _ in 0..20 {
            let (visitor, input) = (Arc::clone(&visitor), input.clone());
            sending.spawn(async move { visitor.submit(&input).await.done("submitLead")["receipt"].to_string() });
        }
        let receipts: BTreeSet<String> = sending.join_all().await.into_iter().collect();
        assert_eq!(receipts.len(), 1, "{receipts:?}");
        assert_eq!(count::<lead::Entity>(&app).await, 1);
        assert_eq!(count::<lead_person::Entity>(&app).await, 1);
    }

    async fn of_many_at_once_each_is_stored_once_also_those_that_are_sent_twice(app: TestApp) {
        let visitor = Arc::new(app.visitor());
        warm(&app.app.db).await;
        let lead = visitor.lead().await;
        let key = |nth: usize| format!("many-at-once-{nth:04}");
        let all: JoinSet<(usize, String)> = (0..240)
            .map(|nth| {
                // Every third is a retry of the one before it.
                let whose = if nth % 3 == 2 { nth - 1 } else { nth };
                let (visitor, input) = (Arc::clone(&visitor), with(lead.clone(), json!({ "idempotencyKey": key(whose) })));
                async move { (whose, visitor.submitted(&input).await) }
            })
            .collect();
        let receipts = all.join_all().await;
        let (leads, references): (BTreeSet<_>, BTreeSet<_>) = receipts.into_iter().unzip();
        assert_eq!((leads.len(), references.len()), (160, 160));
        for stored in [count::<lead::Entity>(&app).await, count::<lead_person::Entity>(&app).await] {
            assert_eq!(stored, 160);
        }
        let waiting = outbox::Entity::find().all(app.app.db.reader()).await.unwrap();
        let told_of: Vec<_> = waiting.iter().flat_map(|row| row.payload["leads"].as_array().unwrap()).collect();
        assert_eq!(told_of.len(), 160, "each is told of once");
        assert_eq!(told_of.iter().map(|lead| lead.as_str().unwrap()).collect::<BTreeSet<_>>().len(), 160);
    }

    async fn a_receipt_outlives_the_process(app: TestApp) {
        let visitor = app.visitor();
        let input = with(visitor.lead().await, json!({ "message": "Please call." }));
        let first = visitor.submit(&input).await;
        drop(visitor);
        let app = app.restart().await;
        let second = app.visitor().submit(&input).await;
        assert_eq!(first.done("submitLead"), second.done("submitLead"));
        let staff = app.staff(Role::Admissions).await;
        let lead = app.lead_row(second.done("submitLead")["receipt"]["reference"].as_str().unwrap()).await;
        let answer = staff.reveal(&lead.id.to_string(), "calling back").await;
        assert_eq!(answer.done("revealLead")["lead"]["revealed"]["message"], "Please call.");
    }
}

/// `input` with some of its fields replaced.
fn with(mut input: Value, change: Value) -> Value {
    let change = change.as_object().expect("fields").clone();
    input.as_object_mut().expect("fields").extend(change);
    input
}

/// A lead with something in every field, stored.
async fn full(app: &TestApp) -> lead::Model {
    let visitor = app.visitor();
    let input = with(
        visitor.lead().await,
        json!({
            "name": " Quinn  de la Cour ",
            "contact": { "phone": "1-781-555-0142 ext. 12", "email": "quinn@Mail.Example.ORG" },
            "safeContact": { "bestTime": "Fridays  after six" },
            "insurance": "Sample Health, gold",
            "message": "I relapsed.\r\nPlease call.",
            "source": { "referrer": "https://news.example.com/", "utmSource": "newsletter", "utmCampaign": "spring-2026" },
        }),
    );
    app.lead_row(&visitor.submitted(&input).await).await
}

/// Somebody who wrote, with what is different this time.
async fn wrote(app: &TestApp, change: Value) -> lead::Model {
    let visitor = app.visitor();
    let input = with(visitor.lead().await, change);
    app.lead_row(&visitor.submitted(&input).await).await
}

async fn count<E: EntityTrait>(app: &TestApp) -> u64
where
    E::Model: Send + Sync,
{
    E::find().count(app.app.db.reader()).await.unwrap()
}

/// Fields and values, a line each.
fn lines<'a>(fields: impl Iterator<Item = (&'a String, &'a Value)>) -> String {
    let mut lines: Vec<_> = fields.map(|(name, value)| format!("{name}: {value}")).collect();
    lines.sort();
    lines.join("\n")
}
