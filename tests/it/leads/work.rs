//! The clock, the queue and what is written down of a lead.

use chrono::{DateTime, TimeDelta, Utc};
use entity::{lead, user::Role};
use hillside::server;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, IntoActiveModel};
use serde_json::{Value, json};
use tokio::task::JoinSet;

use super::with;
use crate::support::{Staff, TestApp, on_both, warm};

/// What the clock says of a lead.
const CLOCK: &str =
    "status assignee { id } version priority respondBy firstAttemptAt firstContactAt nextActionAt leaseUntil";

/// A lead whose person may be left a voicemail.
async fn called_back(app: &TestApp) -> String {
    let visitor = app.visitor();
    let input = with(visitor.lead().await, json!({ "safeContact": { "voicemail": true } }));
    app.lead_row(&visitor.submitted(&input).await).await.id.to_string()
}

async fn plain(app: &TestApp) -> lead::Model {
    let visitor = app.visitor();
    app.lead_row(&visitor.submitted(&visitor.lead().await).await).await
}

async fn clock(staff: &Staff, id: &str) -> Value {
    let asked = format!("query ($id: ID!) {{ lead(id: $id) {{ {CLOCK} }} }}");
    staff.ask(&asked, json!({ "id": id })).await.data()["lead"].clone()
}

fn in_hours(hours: i64) -> String {
    (Utc::now() + TimeDelta::hours(hours)).to_rfc3339()
}

fn time(value: &Value) -> DateTime<Utc> {
    value.as_str().and_then(|text| text.parse().ok()).unwrap_or_else(|| panic!("a time: {value}"))
}

on_both! {
    async fn the_clocks_run_from_when_somebody_wrote_until_somebody_reached_them(app: TestApp) {
        let id = called_back(&app).await;
        let staff = app.staff(Role::Admissions).await;
        let before = clock(&staff, &id).await;
        let received = time(&staff.lead(&id).await["receivedAt"]);
        assert_eq!(time(&before["respondBy"]), received + TimeDelta::minutes(5));
        assert_eq!(before["nextActionAt"], before["respondBy"]);
        assert_eq!((&before["firstAttemptAt"], &before["firstContactAt"]), (&Value::Null, &Value::Null));

        let later = in_hours(3);
        let call = json!({ "id": id, "version": 1, "outcome": "VOICEMAIL", "seconds": 40, "note": "Said I would call again.", "nextActionAt": later });
        staff.work("logCall", call).await.done("logCall");
        let tried = clock(&staff, &id).await;
        assert_eq!((&tried["status"], &tried["assignee"]["id"]), (&json!("ATTEMPTING"), &json!(staff.id)));
        assert!(tried["firstAttemptAt"].is_string() && tried["firstContactAt"].is_null(), "{tried}");
        assert_eq!(time(&tried["nextActionAt"]).timestamp(), time(&json!(later)).timestamp());

        let call = json!({ "id": id, "version": 2, "outcome": "REACHED", "seconds": 600, "nextActionAt": in_hours(24) });
        staff.work("logCall", call).await.done("logCall");
        let reached = clock(&staff, &id).await;
        assert_eq!((&reached["status"], &reached["firstAttemptAt"]), (&json!("CONTACTED"), &tried["firstAttemptAt"]));
        assert!(reached["firstContactAt"].is_string());

        let asked = "query ($id: ID!) { lead(id: $id) { timeline { kind callOutcome seconds text fromStatus toStatus } } }";
        let timeline = staff.ask(asked, json!({ "id": id })).await.data()["lead"]["timeline"].clone();
        let lines = timeline.as_array().unwrap().iter().map(|it| {
            format!("{} {} {} {} {}→{}", it["kind"], it["callOutcome"], it["seconds"], it["text"], it["fromStatus"], it["toStatus"])
        });
        insta::assert_snapshot!(lines.collect::<Vec<_>>().join("\n"), @r#"
        "STATUS" null null null "ATTEMPTING"→"CONTACTED"
        "CALL" "REACHED" 600 null null→null
        "STATUS" null null null "NEW"→"ATTEMPTING"
        "CALL" "VOICEMAIL" 40 "Said I would call again." null→null
        "RECEIVED" null null null null→null
        "#);

        staff.work("changeLeadStatus", json!({ "id": id, "version": 3, "status": "CLOSED", "outcome": "SPAM" })).await.done("changeLeadStatus");
        assert_eq!(clock(&staff, &id).await["nextActionAt"], Value::Null);
        insta::assert_snapshot!(
            staff.work("logCall", json!({ "id": id, "version": 4, "outcome": "BUSY", "nextActionAt": in_hours(1) })).await.refused("logCall"),
            @"ILLEGAL_TRANSITION input.id: This lead is closed. Reopen it first."
        );
        staff.work("changeLeadStatus", json!({ "id": id, "version": 4, "status": "CONTACTED", "reason": "Closed by mistake." })).await.done("changeLeadStatus");
        assert!(time(&clock(&staff, &id).await["nextActionAt"]) <= Utc::now(), "what is open again needs somebody now");
    }

    async fn what_the_person_did_not_allow_is_not_written_down_as_done(app: TestApp) {
        let lead = plain(&app).await.id.to_string();
        let staff = app.staff(Role::Admissions).await;
        let call = json!({ "id": lead, "version": 1, "outcome": "VOICEMAIL", "seconds": 20_000 });
        insta::assert_snapshot!(staff.work("logCall", call).await.refused("logCall"), @"
        INVALID input.seconds: Give the length of the call in seconds, up to four hours.
        FORBIDDEN input.outcome: This person did not allow messages on their voicemail. If one was left, say so in a note.
        REQUIRED input.nextActionAt: Say when it goes on with this person.
        ");
        for (channel, says) in [("TEXT", "agreed to be reached in other ways"), ("EMAIL", "gave no e-mail address")] {
            let message = json!({ "id": lead, "version": 1, "channel": channel, "nextActionAt": in_hours(1) });
            let refused = staff.work("logMessage", message).await.refused("logMessage");
            assert!(refused.starts_with("FORBIDDEN input.channel: ") && refused.contains(says), "{refused}");
        }
        let put_off = json!({ "id": lead, "version": 1, "nextActionAt": in_hours(24) });
        insta::assert_snapshot!(
            staff.work("scheduleNextAction", put_off).await.refused("scheduleNextAction"),
            @"INVALID input.nextActionAt: Nobody has tried to reach this person yet. Call first, or close the lead."
        );
        let past = json!({ "id": lead, "version": 1, "outcome": "BUSY", "nextActionAt": "2020-01-01T00:00:00Z" });
        insta::assert_snapshot!(
            staff.work("logCall", past).await.refused("logCall"),
            @"INVALID input.nextActionAt: Choose a time between now and a year from now."
        );
        assert_eq!(clock(&staff, &lead).await["version"], 1);
    }

    async fn whoever_takes_the_next_gets_who_waited_longest_and_the_urgent_first(app: TestApp) {
        let staff = app.staff(Role::Admissions).await;
        let first = plain(&app).await;
        let second = plain(&app).await;
        let urgent = plain(&app).await;
        let spam = plain(&app).await.into_active_model();
        lead::ActiveModel { suspected_spam: Set(true), ..spam }.update(app.app.db.writer()).await.unwrap();
        let raise = json!({ "id": urgent.id.to_string(), "version": 1, "priority": "URGENT" });
        staff.work("setLeadPriority", raise).await.done("setLeadPriority");
        let take = async || staff.ask("mutation { takeNextLead { lead { id leaseUntil } userErrors { message } } }", Value::Null).await.data()["takeNextLead"].clone();
        for expected in [&urgent, &first, &second] {
            let taken = take().await;
            assert_eq!(taken["lead"]["id"], json!(expected.id.to_string()));
            let left = time(&taken["lead"]["leaseUntil"]) - Utc::now();
            assert!(left > TimeDelta::minutes(9) && left <= TimeDelta::minutes(10), "{left}");
        }
        assert_eq!(take().await, json!({ "lead": null, "userErrors": [] }));
    }

    async fn what_is_urgent_no_more_is_due_when_it_was_before(app: TestApp) {
        let lead = plain(&app).await.id.to_string();
        let staff = app.staff(Role::Admissions).await;
        let (tomorrow, sooner) = (in_hours(24), in_hours(2));
        let call = json!({ "id": lead, "version": 1, "outcome": "BUSY", "nextActionAt": tomorrow });
        staff.work("logCall", call).await.done("logCall");
        let planned = clock(&staff, &lead).await["nextActionAt"].clone();
        let set = async |version: i32, priority: &str| {
            let input = json!({ "id": lead, "version": version, "priority": priority });
            staff.work("setLeadPriority", input).await.done("setLeadPriority");
            clock(&staff, &lead).await["nextActionAt"].clone()
        };
        let raised = set(2, "URGENT").await;
        assert!(time(&raised) <= Utc::now() + TimeDelta::minutes(5), "{raised}");
        assert_eq!(set(3, "NORMAL").await, planned);
        // What somebody has said since stays.
        set(4, "URGENT").await;
        let said = json!({ "id": lead, "version": 5, "nextActionAt": sooner });
        staff.work("scheduleNextAction", said).await.done("scheduleNextAction");
        assert_eq!(time(&set(6, "NORMAL").await).timestamp(), time(&json!(sooner)).timestamp());
    }

    async fn no_two_people_take_the_same(app: TestApp) {
        for _ in 0..12 {
            plain(&app).await;
        }
        warm(&app.app.db).await;
        let mut taking = JoinSet::new();
        for _ in 0..20 {
            let staff = app.staff(Role::Admissions).await;
            taking.spawn(async move {
                staff.ask("mutation { takeNextLead { lead { id } userErrors { message } } }", Value::Null).await.data()["takeNextLead"]["lead"]["id"].clone()
            });
        }
        let taken = taking.join_all().await;
        let mut ids: Vec<&str> = taken.iter().filter_map(Value::as_str).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!((ids.len(), taken.iter().filter(|id| id.is_null()).count()), (12, 8));
    }

    async fn what_nobody_tries_in_time_goes_back_to_the_head_of_the_queue(app: TestApp) {
        let silent = plain(&app).await.id.to_string();
        let tried = plain(&app).await.id.to_string();
        let staff = app.staff(Role::Admissions).await;
        for id in [&silent, &tried] {
            staff.work("assignLead", json!({ "id": id, "version": 1, "assignee": staff.id })).await.done("assignLead");
        }
        let call = json!({ "id": tried, "version": 2, "outcome": "NO_ANSWER", "nextActionAt": in_hours(1) });
        staff.work("logCall", call).await.done("logCall");
        assert_eq!(server::take_back_leases(&app.app, Utc::now() + TimeDelta::minutes(9)).await.unwrap(), 0);
        let over = Utc::now() + TimeDelta::minutes(11);
        assert_eq!(server::take_back_leases(&app.app, over).await.unwrap(), 1);
        assert_eq!(server::take_back_leases(&app.app, over).await.unwrap(), 0);
        assert_eq!(clock(&staff, &tried).await["assignee"]["id"], json!(staff.id));
        let back = staff.lead(&silent).await;
        assert_eq!((&back["assignee"], &back["timeline"][0]["kind"]), (&Value::Null, &json!("LEASE_EXPIRED")));
        assert_eq!(back["timeline"][0]["assignee"]["id"], json!(staff.id));
    }

    async fn whoever_takes_their_consent_back_is_not_called(app: TestApp) {
        let lead = plain(&app).await.id.to_string();
        let staff = app.staff(Role::Admissions).await;
        let withdraw = async |version: i32, consent: &str| {
            let input = json!({ "id": lead, "version": version, "consent": consent, "note": "Said so on the phone." });
            staff.work("withdrawLeadConsent", input).await
        };
        insta::assert_snapshot!(
            withdraw(1, "TEXTS").await.refused("withdrawLeadConsent"),
            @"NOT_FOUND input.consent: There is no such consent on record, or it was taken back before."
        );
        withdraw(1, "CONTACT").await.done("withdrawLeadConsent");
        let shown = staff.lead(&lead).await;
        assert!(shown["consent"]["withdrawnAt"].is_string(), "{shown}");
        assert_eq!(
            (&shown["timeline"][1]["kind"], &shown["timeline"][1]["text"]),
            (&json!("CONSENT_WITHDRAWN"), &json!("Said so on the phone."))
        );
        // Nothing is left to do, so nobody is overdue, and who opens it again may still not call.
        assert_eq!((&shown["status"], &shown["outcome"]), (&json!("CLOSED"), &json!("NOT_INTERESTED")));
        assert_eq!(clock(&staff, &lead).await["nextActionAt"], Value::Null);
        staff.work("changeLeadStatus", json!({ "id": lead, "version": 2, "status": "CONTACTED", "reason": "They wrote a letter." })).await.done("changeLeadStatus");
        let call = json!({ "id": lead, "version": 3, "outcome": "REACHED", "nextActionAt": in_hours(1) });
        insta::assert_snapshot!(
            staff.work("logCall", call).await.refused("logCall"),
            @"FORBIDDEN input.id: This person took their consent back: do not contact them. If it happened, say so in a note."
        );
        assert!(withdraw(3, "CONTACT").await.refused("withdrawLeadConsent").starts_with("NOT_FOUND input.consent: "));
    }

    async fn whoever_wrote_before_is_seen_without_being_revealed(app: TestApp) {
        let visitor = app.visitor();
        let write = async |contact: Value| {
            let lead = with(visitor.lead().await, json!({ "contact": contact }));
            app.lead_row(&visitor.submitted(&lead).await).await.id.to_string()
        };
        let first = write(json!({ "phone": "(781) 555-0190", "email": "sam@example.org" })).await;
        let called = write(json!({ "phone": "+1 781 555 0190" })).await;
        let written = write(json!({ "email": "Sam@Example.org" })).await;
        write(json!({ "phone": "(781) 555-0191" })).await;
        let staff = app.staff(Role::Admissions).await;
        let same_as = async |id: &str| {
            let asked = "query ($id: ID!) { leadDuplicates(id: $id) { id phone } }";
            let found = staff.ask(asked, json!({ "id": id })).await.data()["leadDuplicates"].as_array().unwrap().clone();
            found.iter().map(|lead| lead["id"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(same_as(&first).await, [written.clone(), called.clone()]);
        assert_eq!(same_as(&called).await, std::slice::from_ref(&first));
        assert_eq!(same_as("nonsense").await, [""; 0]);
    }

    async fn whoever_may_be_in_danger_is_urgent_when_they_write(app: TestApp) {
        let visitor = app.visitor();
        let staff = app.staff(Role::Admissions).await;
        let said = async |message: &str| {
            let lead = with(visitor.lead().await, json!({ "message": message }));
            staff.lead(&app.lead_row(&visitor.submitted(&lead).await).await.id.to_string()).await
        };
        let urgent = said("I took all my pills and I can't stay awake").await;
        let kinds = |lead: &Value| lead["timeline"].as_array().unwrap().iter().map(|it| it["kind"].clone()).collect::<Vec<_>>();
        assert_eq!((&urgent["priority"], kinds(&urgent)), (&json!("URGENT"), vec![json!("PRIORITY"), json!("RECEIVED")]));
        assert_eq!(urgent["timeline"][0]["actor"], Value::Null);
        let spanish = said("Ya no quiero vivir").await;
        assert_eq!(spanish["priority"], "URGENT");
        let calm = said("How long does detox take, and does my insurance pay for it?").await;
        assert_eq!((&calm["priority"], kinds(&calm)), (&json!("NORMAL"), vec![json!("RECEIVED")]));
    }

    async fn what_is_overdue_is_listed_and_counted(app: TestApp) {
        let waiting = plain(&app).await;
        plain(&app).await;
        let staff = app.staff(Role::Admissions).await;
        let overdue = async || {
            let asked = "{ leads(view: OVERDUE) { nodes { reference } } leadCounts { overdue open } }";
            let answer = staff.ask(asked, Value::Null).await;
            let listed = answer.data()["leads"]["nodes"].as_array().unwrap().len();
            (listed, answer.data()["leadCounts"]["overdue"].clone(), answer.data()["leadCounts"]["open"].clone())
        };
        assert_eq!(overdue().await, (0, json!(0), json!(2)));
        let late = lead::ActiveModel { next_action_at: Set(Some(Utc::now() - TimeDelta::minutes(1))), ..waiting.into_active_model() };
        late.update(app.app.db.writer()).await.unwrap();
        assert_eq!(overdue().await, (1, json!(1), json!(2)));
    }
}
