//! Two leads of one person become one, and are taken apart again.

use chrono::{TimeDelta, Utc};
use entity::{
    lead::{self, LeadOutcome, LeadPriority, LeadStatus},
    user::Role,
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, IntoActiveModel};
use serde_json::{Value, json};

use super::{with, wrote};
use crate::support::{Staff, TestApp, on_both, warm};

const HISTORY: &str = "query ($id: ID!) { lead(id: $id) {
    priority safeContact { voicemail } mergedInto { reference } mergedAt nextStatuses
    timeline { kind reference text other { reference } }
} }";

/// Both, looked at.
async fn seen(staff: &Staff, leads: [&lead::Model; 2]) {
    for lead in leads {
        staff.reveal(&lead.id.to_string(), "Is it one person?").await.done("revealLead");
    }
}

async fn row(app: &TestApp, lead: &lead::Model) -> lead::Model {
    app.lead_row(&lead.reference).await
}

async fn history(staff: &Staff, lead: &lead::Model) -> Value {
    staff.ask(HISTORY, json!({ "id": lead.id })).await.data()["lead"].clone()
}

fn merge(stays: &lead::Model, goes: &lead::Model) -> Value {
    json!({
        "id": stays.id, "version": stays.version,
        "other": { "id": goes.id, "version": goes.version },
    })
}

on_both! {
    async fn one_stays_with_the_history_of_both(app: TestApp) {
        let first = wrote(&app, json!({ "message": "I want to kill myself", "safeContact": {} })).await;
        let second = wrote(&app, json!({ "safeContact": { "voicemail": true } })).await;
        let staff = app.staff(Role::Admissions).await;
        staff.work("addLeadNote", json!({ "id": first.id, "text": "Her sister called." })).await.done("addLeadNote");
        let first = row(&app, &first).await;
        seen(&staff, [&second, &first]).await;
        staff.work("mergeLeads", merge(&second, &first)).await.done("mergeLeads");

        let goes = row(&app, &first).await;
        assert_eq!((goes.status, goes.outcome, goes.merged_into_id), (LeadStatus::Closed, Some(LeadOutcome::Duplicate), Some(second.id)));
        assert!(goes.next_action_at.is_none() && goes.closed_at.is_some());
        let shown = history(&staff, &second).await;
        assert_eq!((&shown["priority"], &shown["safeContact"]["voicemail"]), (&json!("URGENT"), &json!(false)));
        assert_eq!(row(&app, &second).await.next_action_at, first.next_action_at.min(second.next_action_at));
        let timeline = shown["timeline"].as_array().unwrap();
        let note = timeline.iter().find(|event| event["kind"] == "NOTE").unwrap();
        assert_eq!((&note["text"], &note["reference"]), (&json!("Her sister called."), &json!(first.reference)));
        let merged = timeline.iter().find(|event| event["kind"] == "MERGED" && event["reference"].is_null()).unwrap();
        assert_eq!(merged["other"]["reference"], json!(first.reference));
        let gone = history(&staff, &first).await;
        assert_eq!((&gone["mergedInto"]["reference"], &gone["nextStatuses"]), (&json!(second.reference), &json!([])));

        // It does not move by itself any more.
        let moved = json!({ "id": first.id, "version": goes.version, "status": "NEW" });
        insta::assert_snapshot!(staff.work("changeLeadStatus", moved).await.refused("changeLeadStatus"), @"ILLEGAL_TRANSITION input.status: This lead was brought together with another. Work that one, or take them apart.");
        let audited = app.audited("LEAD_MERGED").await;
        assert_eq!(audited.len(), 1);
        assert_eq!(audited[0].reason.as_deref(), Some("the same phone number or e-mail address"));
    }

    async fn taken_apart_within_a_day_both_are_what_they_were(app: TestApp) {
        let first = wrote(&app, json!({})).await;
        let second = wrote(&app, json!({ "safeContact": { "voicemail": true } })).await;
        let staff = app.staff(Role::Admissions).await;
        seen(&staff, [&second, &first]).await;
        staff.work("mergeLeads", merge(&second, &first)).await.done("mergeLeads");
        let gone = row(&app, &first).await;
        let apart = json!({ "id": first.id, "version": gone.version });
        staff.work("unmergeLead", apart.clone()).await.done("unmergeLead");

        let back = row(&app, &first).await;
        assert_eq!((back.status, back.outcome, back.merged_into_id, back.closed_at), (LeadStatus::New, None, None, None));
        assert_eq!(back.next_action_at, first.next_action_at);
        assert!(row(&app, &second).await.safe_voicemail);
        assert_eq!(app.audited("LEAD_UNMERGED").await.len(), 1);
        let again = json!({ "id": first.id, "version": back.version });
        insta::assert_snapshot!(staff.work("unmergeLead", again).await.refused("unmergeLead"), @"ILLEGAL_TRANSITION input.id: This lead was not brought together with another.");
    }

    async fn who_stops_texts_stops_them_in_every_lead_that_was_brought_together(app: TestApp) {
        let visitor = app.visitor();
        let form = visitor.ask("{ leadForm(key: \"confidential\") { consent { id } textConsent { id } } }", Value::Null).await;
        let (contact, texts) = (&form.data()["leadForm"]["consent"]["id"], &form.data()["leadForm"]["textConsent"]["id"]);
        let agreed = json!({ "safeContact": { "text": true }, "consents": [
            { "text": contact, "accepted": true, "scopes": ["CALL"] }, { "text": texts, "accepted": true, "scopes": ["TEXT"] },
        ] });
        let (first, second) = (wrote(&app, agreed).await, wrote(&app, json!({})).await);
        assert!(first.safe_text);
        let staff = app.staff(Role::Admissions).await;
        seen(&staff, [&second, &first]).await;
        staff.work("mergeLeads", merge(&second, &first)).await.done("mergeLeads");
        // The one that stays never agreed to any, and the one that went may not be written in.
        let stop = json!({ "id": second.id, "version": row(&app, &second).await.version, "consent": "TEXTS" });
        staff.work("withdrawLeadConsent", stop).await.done("withdrawLeadConsent");
        let apart = json!({ "id": first.id, "version": row(&app, &first).await.version });
        staff.work("unmergeLead", apart).await.done("unmergeLead");
        let back = row(&app, &first).await;
        assert!(!back.safe_text);
        let later = (Utc::now() + TimeDelta::hours(1)).to_rfc3339();
        let message = json!({ "id": back.id, "version": back.version, "channel": "TEXT", "nextActionAt": later });
        insta::assert_snapshot!(staff.work("logMessage", message).await.refused("logMessage"), @"FORBIDDEN input.channel: This person agreed to be reached in other ways. If it happened, say so in a note.");
    }

    async fn after_a_day_it_is_settled(app: TestApp) {
        let (first, second) = (wrote(&app, json!({})).await, wrote(&app, json!({})).await);
        let staff = app.staff(Role::Admissions).await;
        seen(&staff, [&second, &first]).await;
        staff.work("mergeLeads", merge(&second, &first)).await.done("mergeLeads");
        let mut gone = row(&app, &first).await.into_active_model();
        gone.merged_at = Set(Some(Utc::now() - TimeDelta::hours(25)));
        let gone = gone.update(app.app.db.writer()).await.unwrap();
        let apart = json!({ "id": first.id, "version": gone.version });
        insta::assert_snapshot!(staff.work("unmergeLead", apart).await.refused("unmergeLead"), @"ILLEGAL_TRANSITION input.id: Leads can be taken apart again for a day. It is more than that.");
    }

    async fn whoever_brings_together_has_looked_at_both_and_says_why(app: TestApp) {
        let first = wrote(&app, json!({ "contact": { "phone": "(781) 555-0199" } })).await;
        let second = wrote(&app, json!({})).await;
        let staff = app.staff(Role::Admissions).await;
        let unseen = staff.work("mergeLeads", merge(&second, &first)).await.refused("mergeLeads");
        let unseen = unseen.replace(&first.reference, "FIRST").replace(&second.reference, "SECOND");
        insta::assert_snapshot!(unseen, @r"
        FORBIDDEN input.id: Look first at who SECOND is: reveal it, then decide.
        FORBIDDEN input.other.id: Look first at who FIRST is: reveal it, then decide.
        REQUIRED input.reason: They share neither phone number nor e-mail address: say in a few words why it is one person.
        ");
        seen(&staff, [&second, &first]).await;
        let input = with(merge(&second, &first), json!({ "reason": "A second telephone; same message." }));
        staff.work("mergeLeads", input).await.done("mergeLeads");
    }

    async fn what_cannot_be_brought_together_says_why(app: TestApp) {
        let (first, second) = (wrote(&app, json!({})).await, wrote(&app, json!({})).await);
        let staff = app.staff(Role::Admissions).await;
        seen(&staff, [&second, &first]).await;
        let refused = async |input: Value| {
            let said = staff.work("mergeLeads", input).await.refused("mergeLeads");
            said.replace(&first.reference, "FIRST").replace(&second.reference, "SECOND")
        };
        insta::assert_snapshot!(refused(merge(&first, &first)).await, @"ILLEGAL_TRANSITION input.other.id: This is the same lead. Choose another.");
        let stale = with(merge(&second, &first), json!({ "other": { "id": first.id, "version": 9 } }));
        insta::assert_snapshot!(refused(stale).await, @"CONFLICT input.other.version: Somebody changed this lead meanwhile: it is new now. Look at it again, then decide.");
        let close = json!({ "id": first.id, "version": first.version, "status": "CLOSED", "outcome": "SPAM" });
        staff.work("changeLeadStatus", close).await.done("changeLeadStatus");
        let closed = row(&app, &first).await;
        insta::assert_snapshot!(refused(merge(&closed, &second)).await, @"ILLEGAL_TRANSITION input.id: FIRST is closed. Reopen it first.");
        staff.work("mergeLeads", merge(&second, &closed)).await.done("mergeLeads");
        let (second, gone) = (row(&app, &second).await, row(&app, &closed).await);
        insta::assert_snapshot!(refused(merge(&second, &gone)).await, @"ILLEGAL_TRANSITION input.other.id: FIRST was brought together with another lead before.");
    }

    async fn two_colleagues_who_do_it_both_ways_round_leave_one(app: TestApp) {
        let (first, second) = (wrote(&app, json!({})).await, wrote(&app, json!({})).await);
        let staff = app.staff(Role::Admissions).await;
        seen(&staff, [&second, &first]).await;
        warm(&app.app.db).await;
        let done = async |stays, goes| staff.work("mergeLeads", merge(stays, goes)).await.data()["mergeLeads"]["lead"].is_object();
        let (one, other) = tokio::join!(done(&first, &second), done(&second, &first));
        assert!(one != other, "one of them does it: {one} {other}");
        let closed = [row(&app, &first).await, row(&app, &second).await].into_iter().filter(|lead| lead.status == LeadStatus::Closed);
        assert_eq!(closed.count(), 1);
    }

    async fn who_waits_urgently_and_has_nobody_is_whoevers_who_brings_them_together(app: TestApp) {
        let (old, fresh) = (wrote(&app, json!({})).await, wrote(&app, json!({ "message": "I want to kill myself" })).await);
        let (away, staff) = (app.staff(Role::Admissions).await, app.staff(Role::Owner).await);
        staff.work("assignLead", json!({ "id": old.id, "version": 1, "assignee": away.id })).await.done("assignLead");
        let old = row(&app, &old).await;
        seen(&staff, [&old, &fresh]).await;
        staff.work("mergeLeads", merge(&old, &fresh)).await.done("mergeLeads");
        let stays = row(&app, &old).await;
        assert_eq!((stays.priority, stays.assignee_id.map(|id| id.to_string())), (LeadPriority::Urgent, Some(staff.id.clone())));
        assert!(stays.lease_until.is_some());
        let kinds = history(&staff, &old).await["timeline"].to_string();
        assert!(kinds.contains("PRIORITY") && kinds.contains("ASSIGNED"), "{kinds}");
    }

    async fn whoever_is_one_of_two_is_a_person(app: TestApp) {
        let (fresh, suspected) = (wrote(&app, json!({})).await, wrote(&app, json!({ "website": "https://example.org" })).await);
        assert!(suspected.suspected_spam);
        let staff = app.staff(Role::Admissions).await;
        seen(&staff, [&fresh, &suspected]).await;
        staff.work("mergeLeads", merge(&suspected, &fresh)).await.done("mergeLeads");
        assert!(!row(&app, &suspected).await.suspected_spam);
        let next = staff.ask("mutation { takeNextLead { lead { reference } } }", Value::Null).await;
        assert_eq!(next.data()["takeNextLead"]["lead"]["reference"], json!(suspected.reference));
    }

    async fn what_one_lacks_it_gets_and_gives_back(app: TestApp) {
        let email = wrote(&app, json!({ "contact": { "email": "sam@example.org" } })).await;
        let both = wrote(&app, json!({ "contact": { "email": "Sam@example.org", "phone": "(781) 555-0177" } })).await;
        let staff = app.staff(Role::Admissions).await;
        seen(&staff, [&email, &both]).await;
        staff.work("mergeLeads", merge(&email, &both)).await.done("mergeLeads");
        let id = email.id.to_string();
        let revealed = staff.reveal(&id, "calling back").await.done("revealLead")["lead"]["revealed"].clone();
        assert_eq!(revealed["phone"], "+17815550177");
        let version = row(&app, &email).await.version;
        let later = (Utc::now() + TimeDelta::hours(3)).to_rfc3339();
        let call = json!({ "id": id, "version": version, "outcome": "NO_ANSWER", "nextActionAt": later });
        staff.work("logCall", call).await.done("logCall");
        let apart = json!({ "id": both.id, "version": row(&app, &both).await.version });
        staff.work("unmergeLead", apart).await.done("unmergeLead");
        assert_eq!(staff.lead(&id).await["phone"], Value::Null);
        assert_eq!(staff.lead(&both.id.to_string()).await["phone"], "(•••) •••-••77");
    }

    async fn of_three_the_number_that_is_left_stays(app: TestApp) {
        let stays = wrote(&app, json!({ "contact": { "email": "sam@example.org" } })).await;
        let first = wrote(&app, json!({ "contact": { "email": "sam@example.org", "phone": "(781) 555-0177" } })).await;
        let second = wrote(&app, json!({ "contact": { "email": "sam@example.org", "phone": "(781) 555-0188" } })).await;
        let staff = app.staff(Role::Admissions).await;
        seen(&staff, [&first, &second]).await;
        seen(&staff, [&stays, &stays]).await;
        for goes in [&first, &second] {
            staff.work("mergeLeads", merge(&row(&app, &stays).await, goes)).await.done("mergeLeads");
        }
        let phone = async || staff.lead(&stays.id.to_string()).await["phone"].clone();
        let apart = async |lead: &lead::Model| {
            let input = json!({ "id": lead.id, "version": row(&app, lead).await.version });
            staff.work("unmergeLead", input).await.done("unmergeLead");
        };
        assert_eq!(phone().await, "(•••) •••-••77");
        apart(&first).await;
        assert_eq!(phone().await, "(•••) •••-••88");
        apart(&second).await;
        assert_eq!(phone().await, Value::Null);
    }

    async fn a_number_that_was_set_right_since_stays(app: TestApp) {
        let stays = wrote(&app, json!({ "contact": { "email": "sam@example.org" } })).await;
        let goes = wrote(&app, json!({ "contact": { "email": "sam@example.org", "phone": "(781) 555-0177" } })).await;
        let staff = app.staff(Role::Admissions).await;
        seen(&staff, [&stays, &goes]).await;
        staff.work("mergeLeads", merge(&stays, &goes)).await.done("mergeLeads");
        let right = json!({ "id": stays.id, "version": row(&app, &stays).await.version, "phone": "(781) 555-0199" });
        staff.work("correctLeadPerson", right).await.done("correctLeadPerson");
        let apart = json!({ "id": goes.id, "version": row(&app, &goes).await.version });
        staff.work("unmergeLead", apart).await.done("unmergeLead");
        assert_eq!(staff.lead(&stays.id.to_string()).await["phone"], "(•••) •••-••99");
    }

    async fn what_one_of_three_forbids_stays_forbidden_in_whatever_order(app: TestApp) {
        let allows = json!({ "safeContact": { "voicemail": true } });
        let (first, second) = (wrote(&app, json!({})).await, wrote(&app, json!({})).await);
        let stays = wrote(&app, allows).await;
        let staff = app.staff(Role::Admissions).await;
        seen(&staff, [&first, &second]).await;
        seen(&staff, [&stays, &stays]).await;
        staff.work("mergeLeads", merge(&stays, &first)).await.done("mergeLeads");
        staff.work("mergeLeads", merge(&row(&app, &stays).await, &second)).await.done("mergeLeads");
        // A lead that others were brought together with does not go.
        let other = wrote(&app, json!({})).await;
        seen(&staff, [&other, &other]).await;
        let refused = staff.work("mergeLeads", merge(&other, &row(&app, &stays).await)).await.refused("mergeLeads");
        assert_eq!(refused.replace(&stays.reference, "IT"), "ILLEGAL_TRANSITION input.other.id: Others were brought together with IT: keep that one instead.");
        let apart = json!({ "id": first.id, "version": row(&app, &first).await.version });
        staff.work("unmergeLead", apart).await.done("unmergeLead");
        assert!(!row(&app, &stays).await.safe_voicemail);
    }

    async fn who_takes_their_consent_back_does_it_in_every_lead(app: TestApp) {
        let (first, second) = (wrote(&app, json!({})).await, wrote(&app, json!({})).await);
        let staff = app.staff(Role::Admissions).await;
        seen(&staff, [&second, &first]).await;
        staff.work("mergeLeads", merge(&second, &first)).await.done("mergeLeads");
        let gone = row(&app, &first).await;
        let back = json!({ "id": first.id, "version": gone.version, "consent": "CONTACT" });
        insta::assert_snapshot!(staff.work("withdrawLeadConsent", back).await.refused("withdrawLeadConsent"), @"ILLEGAL_TRANSITION input.id: This lead was brought together with another. Write it down in that one, or take them apart.");
        let back = json!({ "id": second.id, "version": row(&app, &second).await.version, "consent": "CONTACT" });
        staff.work("withdrawLeadConsent", back).await.done("withdrawLeadConsent");
        let apart = json!({ "id": first.id, "version": gone.version });
        staff.work("unmergeLead", apart).await.done("unmergeLead");
        let first = row(&app, &first).await;
        assert_eq!((first.status, first.outcome, first.next_action_at), (LeadStatus::Closed, Some(LeadOutcome::NotInterested), None));
        // Who took it back after the other was written is not called through that one.
        let third = wrote(&app, json!({})).await;
        seen(&staff, [&third, &third]).await;
        let mut row = third.clone().into_active_model();
        row.received_at = Set(Utc::now() - TimeDelta::hours(1));
        row.update(app.app.db.writer()).await.unwrap();
        let refused = staff.work("mergeLeads", merge(&third, &first)).await.refused("mergeLeads");
        let refused = refused.replace(&first.reference, "FIRST").replace(&third.reference, "THIRD");
        assert_eq!(refused, "ILLEGAL_TRANSITION input.other.id: In FIRST this person took their consent back after they wrote THIRD. Write that down here as well.");
    }

    async fn who_is_erased_is_erased_in_every_lead(app: TestApp) {
        let (first, second) = (wrote(&app, json!({})).await, wrote(&app, json!({})).await);
        let owner = app.staff(Role::Owner).await;
        seen(&owner, [&second, &first]).await;
        owner.work("mergeLeads", merge(&second, &first)).await.done("mergeLeads");
        let (stays, gone) = (row(&app, &second).await, row(&app, &first).await);
        let hold = |lead: &lead::Model, held: bool| json!({ "id": lead.id, "version": lead.version, "held": held, "reason": "A claim." });
        let erase = |lead: &lead::Model| json!({ "id": lead.id, "version": lead.version, "reason": "They asked us to." });
        insta::assert_snapshot!(owner.work("holdLead", hold(&gone, true)).await.refused("holdLead"), @"ILLEGAL_TRANSITION input.id: This lead was brought together with another. Keep or release that one, or take them apart.");
        insta::assert_snapshot!(owner.work("eraseLead", erase(&gone)).await.refused("eraseLead"), @"ILLEGAL_TRANSITION input.id: This lead was brought together with another. Erase that one, or take them apart.");
        owner.work("holdLead", hold(&stays, true)).await.done("holdLead");
        let (stays, gone) = (row(&app, &second).await, row(&app, &first).await);
        assert!(gone.held_at.is_some());
        insta::assert_snapshot!(owner.work("eraseLead", erase(&stays)).await.refused("eraseLead"), @"ILLEGAL_TRANSITION input.id: This lead is kept for a legal matter. Release it first.");
        owner.work("holdLead", hold(&stays, false)).await.done("holdLead");
        owner.work("eraseLead", erase(&row(&app, &second).await)).await.done("eraseLead");
        for lead in [&first, &second] {
            let lead = row(&app, lead).await;
            assert!(lead.erased_at.is_some() && lead.dek_wrapped.is_none());
        }
        let written = std::fs::read_to_string(app.folder().join("erasures.jsonl")).unwrap();
        assert_eq!(written.lines().count(), 2);
    }
}
