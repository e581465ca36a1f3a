//! What looks like a machine's is kept like everything else, told to staff, and settled by them.

use chrono::{DateTime, TimeDelta, Utc};
use entity::{lead, user::Role};
use hillside::config::Settings;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel};
use serde_json::{Value, json};

use super::{
    count,
    notice::{with_mail, work},
    with,
};
use crate::support::{
    Answer, TestApp, Visitor, on_both,
    proof::{attempt, sent, solve},
};

const SUBMIT: &str = "mutation ($input: SubmitLeadInput!) {
    submitLead(input: $input) { receipt { reference } userErrors { message } }
}";
const REASONS: &str = "query ($id: ID!) { lead(id: $id) { suspectedSpam spamReasons } }";

/// The signs in a lead that is stored.
fn signs(lead: &lead::Model) -> Vec<&str> {
    lead.spam_reasons.as_array().unwrap().iter().filter_map(Value::as_str).collect()
}

async fn submitted(app: &TestApp, change: Value) -> lead::Model {
    let visitor = app.visitor();
    app.lead_row(&visitor.submitted(&with(visitor.lead().await, change)).await).await
}

/// Sends a lead from an address of the internet, which a proxy of ours tells.
async fn sent_from(app: &TestApp, visitor: &Visitor, address: &str, message: &str) -> lead::Model {
    let input = with(visitor.lead().await, json!({ "message": message }));
    let request = visitor.request(reqwest::Method::POST, "/graphql").header("x-forwarded-for", address);
    let answer = Answer::to(request.json(&json!({ "query": SUBMIT, "variables": { "input": input } }))).await;
    app.lead_row(answer.done("submitLead")["receipt"]["reference"].as_str().unwrap()).await
}

/// When a clock begins that begins now, in seconds from now.
fn soon(at: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    (at - now - TimeDelta::minutes(5)).abs() < TimeDelta::seconds(10)
}

on_both! {
    async fn whose_machine_worked_is_told_from_whose_did_not_and_nobody_is_refused(app: TestApp) {
        let visitor = app.visitor();
        let challenge = visitor.challenge().await;
        // Nothing in it is of whoever asks.
        let fields: Vec<_> = challenge["parameters"].as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(fields, ["algorithm", "cost", "expiresAt", "keyLength", "keyPrefix", "keySignature", "nonce", "salt"]);
        let other = visitor.challenge().await;
        let changed = |field: &str, value: &Value| {
            let mut changed = challenge.clone();
            changed["parameters"][field] = value.clone();
            changed
        };
        let solution = solve(&challenge);
        assert!((1_500..=4_500).contains(&solution["counter"].as_u64().unwrap()), "{solution}");
        let past = json!(Utc::now().timestamp() - 1);
        let later = json!(Utc::now().timestamp() + 90_000);
        let proofs = [
            ("none", String::new(), "NO_PROOF"),
            ("nonsense", "%%%".to_owned(), "WRONG_PROOF"),
            ("an attempt that does not fit", sent(&challenge, &attempt(&challenge, 0)), "WRONG_PROOF"),
            ("what is told of the key", sent(&challenge, &json!({ "counter": 0, "derivedKey": challenge["parameters"]["keyPrefix"] })), "WRONG_PROOF"),
            ("an easier prefix", sent(&changed("keyPrefix", &json!("")), &attempt(&challenge, 0)), "WRONG_PROOF"),
            ("a cheaper attempt", sent(&changed("cost", &json!(1)), &solution), "WRONG_PROOF"),
            ("more time", sent(&changed("expiresAt", &later), &solution), "WRONG_PROOF"),
            ("too late", sent(&changed("expiresAt", &past), &solution), "NO_PROOF"),
            ("another's nonce", sent(&changed("nonce", &other["parameters"]["nonce"]), &solution), "WRONG_PROOF"),
            ("another challenge", sent(&other, &solution), "WRONG_PROOF"),
        ];
        for (nth, (what, proof, sign)) in proofs.iter().enumerate() {
            let lead = submitted(&app, json!({ "proof": proof, "message": format!("The {nth}.") })).await;
            assert_eq!((signs(&lead), lead.suspected_spam), (vec!["NO_TOKEN", *sign], false), "{what}");
        }

        let proof = sent(&challenge, &solution);
        let input = with(visitor.lead().await, json!({ "proof": proof, "message": "With work." }));
        let first = visitor.submitted(&input).await;
        assert_eq!(signs(&app.lead_row(&first).await), ["NO_TOKEN"]);
        assert_eq!(visitor.submitted(&input).await, first, "a retry is a retry");
        let again = submitted(&app, json!({ "proof": proof, "message": "With work of before." })).await;
        assert_eq!(signs(&again), ["NO_TOKEN", "USED_PROOF"]);
        assert_eq!(count::<lead::Entity>(&app).await, 12);

        let answer = visitor.request(reqwest::Method::POST, "/forms/challenge").send().await.unwrap();
        assert_eq!(answer.status(), 405);
    }

    async fn a_form_takes_the_proof_along_also_when_there_is_something_to_mend(app: TestApp) {
        let visitor = app.visitor();
        let challenge = visitor.challenge().await;
        let proof = sent(&challenge, &solve(&challenge));
        let lead = visitor.lead().await;
        let consent = lead["consents"][0]["text"].as_str().unwrap();
        let mut fields = vec![
            ("idempotencyKey", "form-with-proof-0001"), ("sourcePath", "/"), ("altcha", proof.as_str()),
            ("contact.phone", "(781) 555-0142"), ("consents", consent),
        ];
        let mend = visitor.post_form("/forms/confidential", &fields).await;
        assert_eq!(mend.status, 422);
        let html = mend.body.as_str().unwrap();
        assert!(html.contains(&proof), "nobody works twice for one request");
        let policy = mend.headers["content-security-policy"].to_str().unwrap();
        assert!(policy.contains("script-src 'self'; worker-src 'self'; connect-src 'self'"), "{policy}");
        for script in ["/forms/form.js", "/forms/worker.js"] {
            let answer = visitor.get(script).await;
            assert_eq!((answer.status.as_u16(), &answer.headers["content-type"]), (200, &"text/javascript; charset=utf-8".parse().unwrap()));
        }
        fields.push(("name", "Sample Visitor"));
        assert_eq!(visitor.post_form("/forms/confidential", &fields).await.status, 303);
        let stored = lead::Entity::find().one(app.app.db.reader()).await.unwrap().unwrap();
        assert_eq!(signs(&stored), ["NO_TOKEN"]);
    }

    async fn whoever_sends_a_lot_is_kept_and_works_more(app: TestApp) {
        let settings = Settings { proxies: Some("127.0.0.0/8".to_owned()), ..Settings::default() };
        let app = app.restart_with(settings).await;
        let visitor = app.visitor();
        let address = "2600:1f18::7:7";
        let mut busy = Vec::new();
        for nth in 0..7 {
            let lead = sent_from(&app, &visitor, address, &format!("The {nth}.")).await;
            assert!(!format!("{lead:?}").contains("2600:1f18"));
            busy.push(signs(&lead).contains(&"BUSY_ADDRESS"));
            assert_eq!(lead.suspected_spam, nth >= 5, "without a token and without a proof");
        }
        assert_eq!(busy, [false, false, false, false, false, true, true]);
        // Also from its neighbour, which has the same network; not from another's, nor from home, where a proxy may be.
        for (from, busy) in [("2600:1f18::8:8", true), ("203.0.114.9", false), ("10.0.0.9", false)] {
            let lead = sent_from(&app, &visitor, from, from).await;
            assert_eq!(signs(&lead).contains(&"BUSY_ADDRESS"), busy, "{from}");
        }
        assert_eq!(count::<lead::Entity>(&app).await, 10);

        let asked = |from: &'static str| {
            let request = visitor.request(reqwest::Method::GET, "/forms/challenge").header("x-forwarded-for", from);
            async { solve(&Answer::to(request).await.challenge())["counter"].as_u64().unwrap() }
        };
        assert!((6_000..=9_000).contains(&asked("2600:1f18::9:9").await));
        assert!((1_500..=4_500).contains(&asked("203.0.114.9").await));
    }

    async fn who_says_the_same_again_within_a_day_is_kept_and_told(app: TestApp) {
        let said = json!({ "message": "Please call.", "contact": { "phone": "(781) 555-0142", "email": "Sam@example.org" } });
        let first = submitted(&app, said.clone()).await;
        assert!(!signs(&first).contains(&"REPEATED"));
        let again = json!({ "message": " please\nCALL. ", "contact": { "phone": "+1 781-555-0142", "email": "sam@example.org" } });
        let second = submitted(&app, again).await;
        assert_eq!((signs(&second), second.suspected_spam), (vec!["NO_TOKEN", "NO_PROOF", "REPEATED"], false));
        for other in [json!({ "message": "Please do call." }), json!({ "contact": { "phone": "(781) 555-0143" } })] {
            let other = submitted(&app, with(said.clone(), other)).await;
            assert!(!signs(&other).contains(&"REPEATED"));
        }
        let day = TimeDelta::hours(25);
        for lead in [first, second] {
            let received_at = Set(lead.received_at - day);
            lead::ActiveModel { received_at, ..lead.into_active_model() }.update(app.app.db.writer()).await.unwrap();
        }
        assert!(!signs(&submitted(&app, said).await).contains(&"REPEATED"));
    }

    async fn what_is_written_to_sell_is_suspected_and_staff_read_why(app: TestApp) {
        let lead = submitted(&app, json!({ "message": "We offer SEO services. Rank on the first page of Google!" })).await;
        let staff = app.staff(Role::Admissions).await;
        let shown = staff.ask(REASONS, json!({ "id": lead.id })).await;
        let expected = json!({ "suspectedSpam": true, "spamReasons": ["NO_TOKEN", "NO_PROOF", "SALES_PHRASE"] });
        assert_eq!(shown.data()["lead"], expected);
    }

    async fn a_suspect_who_is_a_person_after_all_waits_like_anybody_who_just_wrote(app: TestApp) {
        let (app, mail) = with_mail(app).await;
        let staff = app.staff(Role::Admissions).await;
        let lead = submitted(&app, json!({ "website": "x", "message": "Please call." })).await;
        work(&app, Utc::now()).await;
        assert_eq!(mail.subjects(), [""; 0]);
        let long_ago = Utc::now() - TimeDelta::hours(3);
        let late = lead::ActiveModel { respond_by: Set(long_ago), next_action_at: Set(Some(long_ago)), ..lead.clone().into_active_model() };
        late.update(app.app.db.writer()).await.unwrap();

        let stale = staff.work("clearLeadSpam", json!({ "id": lead.id, "version": 7 })).await.refused("clearLeadSpam");
        assert!(stale.starts_with("CONFLICT input.version: "), "{stale}");
        let now = Utc::now();
        let cleared = staff.work("clearLeadSpam", json!({ "id": lead.id, "version": 1 })).await;
        let cleared = &cleared.done("clearLeadSpam")["lead"];
        assert_eq!((&cleared["suspectedSpam"], &cleared["version"], &cleared["timeline"][0]["kind"]), (&json!(false), &json!(2), &json!("CLEARED")));
        let row = app.lead_row(&lead.reference).await;
        assert!(soon(row.respond_by, now) && row.next_action_at == Some(row.respond_by), "{row:?}");
        assert_eq!(signs(&row), ["HONEYPOT", "NO_TOKEN", "NO_PROOF"], "why it looked like spam stays on record");
        work(&app, Utc::now()).await;
        assert_eq!(mail.subjects(), [format!("admissions: {} waits for an answer", lead.reference)]);
        work(&app, now + TimeDelta::minutes(4)).await;
        assert_eq!(mail.subjects(), [format!("admissions: {} is due", lead.reference)]);
        let next = staff.ask("mutation { takeNextLead { lead { id } userErrors { message } } }", Value::Null).await;
        assert_eq!(next.done("takeNextLead")["lead"]["id"], json!(lead.id));

        let again = staff.work("clearLeadSpam", json!({ "id": lead.id, "version": 3 })).await;
        assert_eq!(again.done("clearLeadSpam")["lead"]["version"], 3, "there is nothing to clear");
    }

    async fn whoever_cannot_wait_was_told_of_before_they_were_cleared(app: TestApp) {
        let (app, mail) = with_mail(app).await;
        let staff = app.staff(Role::Admissions).await;
        let lead = submitted(&app, json!({ "website": "x", "message": "I want to kill myself" })).await;
        work(&app, Utc::now()).await;
        assert_eq!(mail.subjects(), [format!("admissions: Urgent: {}", lead.reference)]);
        staff.work("clearLeadSpam", json!({ "id": lead.id, "version": 1 })).await.done("clearLeadSpam");
        let row = app.lead_row(&lead.reference).await;
        assert_eq!((row.respond_by, row.next_action_at), (lead.respond_by, lead.next_action_at), "their clock has run since they wrote");
        work(&app, Utc::now()).await;
        assert_eq!(mail.subjects(), [""; 0]);
    }

    async fn what_was_never_a_person_is_closed_from_wherever_it_is_and_can_be_opened_again(app: TestApp) {
        let staff = app.staff(Role::Admissions).await;
        let lead = submitted(&app, json!({ "message": "Please call." })).await;
        let next = (Utc::now() + TimeDelta::hours(1)).to_rfc3339();
        let call = json!({ "id": lead.id, "version": 1, "outcome": "REACHED", "nextActionAt": next });
        staff.work("logCall", call).await.done("logCall");
        let marked = staff.work("markLeadSpam", json!({ "id": lead.id, "version": 2 })).await;
        let marked = &marked.done("markLeadSpam")["lead"];
        assert_eq!((&marked["status"], &marked["outcome"]), (&json!("CLOSED"), &json!("SPAM")));
        assert_eq!(app.lead_row(&lead.reference).await.next_action_at, None);
        for mutation in ["markLeadSpam", "clearLeadSpam"] {
            let refused = staff.work(mutation, json!({ "id": lead.id, "version": 3 })).await.refused(mutation);
            assert_eq!(refused, "ILLEGAL_TRANSITION input.id: This lead is closed. Reopen it first.");
        }
        let open = json!({ "id": lead.id, "version": 3, "status": "CONTACTED", "reason": "It is a person after all." });
        let opened = staff.work("changeLeadStatus", open).await;
        assert_eq!(opened.done("changeLeadStatus")["lead"]["outcome"], Value::Null);
        assert!(app.lead_row(&lead.reference).await.next_action_at.is_some());
    }
}
