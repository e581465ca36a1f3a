//! Who is erased is gone for good, and who must be kept is kept.

use chrono::{TimeDelta, Utc};
use entity::{
    lead::{self, LeadOutcome, LeadStatus},
    lead_intake,
    user::Role,
};
use hillside::server;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel};
use serde_json::{Value, json};

use super::full;
use crate::support::{Backend, Staff, TestApp, on_both};

const RETENTION: &str =
    "{ leadRetention { version spamDays closedDays admittedDays pastTime { spam closed admitted toBeConfirmed } } }";
const PAST_TIME: &str = "mutation ($input: EraseLeadsPastTimeInput!) {
    eraseLeadsPastTime(input: $input) { retention { pastTime { closed } } userErrors { code message path } }
}";
const CHOOSE: &str = "mutation ($input: UpdateLeadRetentionInput!) {
    updateLeadRetention(input: $input) { retention { version closedDays } userErrors { code message path } }
}";

async fn erase(owner: &Staff, lead: &lead::Model) {
    let version = owner.lead(&lead.id.to_string()).await["version"].clone();
    let input = json!({ "id": lead.id, "version": version, "reason": "They asked us to." });
    owner.work("eraseLead", input).await.done("eraseLead");
}

async fn row(app: &TestApp, lead: &lead::Model) -> lead::Model {
    app.lead_row(&lead.reference).await
}

fn ledger(app: &TestApp) -> String {
    std::fs::read_to_string(app.folder().join("erasures.jsonl")).unwrap_or_default()
}

/// A lead that ended, or looks like spam, and has not changed for so many days.
async fn untouched(app: &TestApp, days: i64, change: impl FnOnce(&mut lead::ActiveModel)) -> lead::Model {
    let visitor = app.visitor();
    let mut row = app.lead_row(&visitor.submitted(&visitor.lead().await).await).await.into_active_model();
    row.updated_at = Set(Utc::now() - TimeDelta::days(days));
    change(&mut row);
    row.update(app.app.db.writer()).await.unwrap()
}

fn closed(row: &mut lead::ActiveModel) {
    row.status = Set(LeadStatus::Closed);
    row.outcome = Set(Some(LeadOutcome::NotInterested));
    row.next_action_at = Set(None);
}

on_both! {
    async fn who_is_erased_leaves_a_shell_that_nobody_can_open(app: TestApp) {
        let owner = app.staff(Role::Owner).await;
        let lead = full(&app).await;
        let id = lead.id.to_string();
        owner.work("addLeadNote", json!({ "id": id, "text": "Her sister will call." })).await.done("addLeadNote");
        erase(&owner, &lead).await;

        let shell = owner.lead(&id).await;
        assert_eq!((&shell["reference"], &shell["name"], &shell["phone"]), (&json!(lead.reference), &json!("(erased)"), &Value::Null));
        assert_eq!((&shell["status"], &shell["outcome"], &shell["sourcePath"]), (&json!("CLOSED"), &json!("OTHER"), &json!("")));
        assert!(shell["consent"]["wording"].is_string(), "that they had agreed can be shown");
        let kinds: Vec<_> = shell["timeline"].as_array().unwrap().iter().map(|it| (it["kind"].clone(), it["text"].clone())).collect();
        assert_eq!(kinds, [(json!("ERASED"), Value::Null), (json!("NOTE"), Value::Null), (json!("RECEIVED"), Value::Null)]);

        let (stored, person) = (row(&app, &lead).await, app.inquirer_row(&lead).await);
        assert!(stored.dek_wrapped.is_none() && stored.erased_at.is_some() && stored.placement.is_none());
        assert!(stored.body_hash != lead.body_hash && stored.idempotency_hash != lead.idempotency_hash);
        assert!(lead.fingerprint_hash.is_some() && stored.fingerprint_hash.is_none());
        assert_eq!([person.name, person.phone, person.phone_index, person.email, person.email_index], [const { None }; 5]);
        let intake = lead_intake::Entity::find_by_id(lead.id).one(app.app.db.reader()).await.unwrap().unwrap();
        assert_eq!(intake.sealed, None);

        let version = shell["version"].clone();
        for (mutation, input) in [
            ("revealLead", json!({ "id": id, "reason": "calling back" })),
            ("addLeadNote", json!({ "id": id, "text": "Called." })),
            ("assignLead", json!({ "id": id, "version": version, "assignee": owner.id })),
            ("changeLeadStatus", json!({ "id": id, "version": version, "status": "CONTACTED" })),
            ("setLeadPriority", json!({ "id": id, "version": version, "priority": "URGENT" })),
            ("withdrawLeadConsent", json!({ "id": id, "version": version, "consent": "CONTACT" })),
            ("eraseLead", json!({ "id": id, "version": version, "reason": "They asked us to." })),
            ("holdLead", json!({ "id": id, "version": version, "held": true, "reason": "A subpoena." })),
        ] {
            let refused = owner.work(mutation, input).await.refused(mutation);
            assert_eq!(refused, "ILLEGAL_TRANSITION input.id: This person was erased; nothing is left of them.", "{mutation}");
        }
        let audited = app.audited("LEAD_ERASED").await;
        assert_eq!(audited.iter().map(|line| (line.object.as_str(), line.reason.as_deref())).collect::<Vec<_>>(), [(id.as_str(), Some("They asked us to."))]);
        assert!(ledger(&app).contains(&id), "{}", ledger(&app));
    }

    async fn a_backup_brings_nobody_back(app: TestApp) {
        let owner = app.staff(Role::Owner).await;
        let (lead, kept) = (full(&app).await, full(&app).await);
        let (person, db) = (app.inquirer_row(&lead).await, app.app.db.writer());
        let intake = lead_intake::Entity::find_by_id(lead.id).one(db).await.unwrap().unwrap();
        erase(&owner, &lead).await;

        // The rows as the backup has them.
        lead.clone().into_active_model().reset_all().update(db).await.unwrap();
        person.into_active_model().reset_all().update(db).await.unwrap();
        intake.into_active_model().reset_all().update(db).await.unwrap();
        assert!(owner.reveal(&lead.id.to_string(), "to see that the test restores").await.done("revealLead")["lead"]["revealed"].is_object());

        let app = app.restart().await;
        assert_eq!(app.audited("LEAD_ERASED").await.len(), 2, "once by hand, once at the start");
        let again = row(&app, &lead).await;
        assert!(again.erased_at.is_some() && again.dek_wrapped.is_none());
        assert_eq!(app.inquirer_row(&lead).await.name, None);
        assert_eq!(row(&app, &kept).await.erased_at, None);
    }

    async fn whom_another_server_erased_is_in_the_ledger_after_a_start(app: TestApp) {
        let owner = app.staff(Role::Owner).await;
        let lead = full(&app).await;
        erase(&owner, &lead).await;
        std::fs::remove_file(app.folder().join("erasures.jsonl")).unwrap();
        let app = app.restart().await;
        assert!(ledger(&app).contains(&lead.id.to_string()));
    }

    async fn nothing_that_is_erased_stays_on_the_disk(app: TestApp) {
        if app.backend != Backend::Sqlite {
            return;
        }
        let owner = app.staff(Role::Owner).await;
        let lead = full(&app).await;
        let key = lead.dek_wrapped.clone().unwrap();
        let on_disk = || {
            let files = std::fs::read_dir(app.folder()).unwrap().map(|file| file.unwrap().path());
            files.filter(|path| path.is_file()).any(|path| std::fs::read(path).unwrap().windows(key.len()).any(|bytes| bytes == key))
        };
        assert!(on_disk(), "the key is looked for where it is");
        erase(&owner, &lead).await;
        server::erase_past_time(&app.app, Utc::now()).await.unwrap();
        assert!(!on_disk());
    }

    async fn what_is_kept_for_a_legal_matter_is_erased_by_nobody(app: TestApp) {
        let owner = app.staff(Role::Owner).await;
        let lead = untouched(&app, 900, closed).await;
        let id = lead.id.to_string();
        let hold = |version: i32, held: bool| json!({ "id": id, "version": version, "held": held, "reason": "The matter of a claim." });
        owner.work("holdLead", hold(1, true)).await.done("holdLead");
        let refused = owner.work("eraseLead", json!({ "id": id, "version": 2, "reason": "They asked us to." })).await.refused("eraseLead");
        assert_eq!(refused, "ILLEGAL_TRANSITION input.id: This lead is kept for a legal matter. Release it first.");
        let in_years = Utc::now() + TimeDelta::days(900);
        assert_eq!(server::erase_past_time(&app.app, in_years).await.unwrap(), 0);

        owner.work("holdLead", hold(2, false)).await.done("holdLead");
        assert_eq!(server::erase_past_time(&app.app, in_years).await.unwrap(), 1);
        let kinds: Vec<_> = owner.lead(&id).await["timeline"].as_array().unwrap().iter().map(|it| it["kind"].clone()).collect();
        assert_eq!(kinds, ["ERASED", "RELEASED", "HELD", "RECEIVED"]);
    }

    async fn what_is_past_its_time_is_erased_and_nothing_else(app: TestApp) {
        let owner = app.staff(Role::Owner).await;
        let suspect = |row: &mut lead::ActiveModel| row.suspected_spam = Set(true);
        let admitted = |row: &mut lead::ActiveModel| { closed(row); row.status = Set(LeadStatus::Admitted); row.outcome = Set(None); };
        let handed_over = |row: &mut lead::ActiveModel, days| { admitted(row); row.handed_over_at = Set(Some(Utc::now() - TimeDelta::days(days))); };
        let spam = |row: &mut lead::ActiveModel| { closed(row); row.outcome = Set(Some(LeadOutcome::Spam)); };
        let past = [
            untouched(&app, 31, suspect).await,
            untouched(&app, 31, spam).await,
            untouched(&app, 731, closed).await,
            untouched(&app, 0, |row| handed_over(row, 31)).await,
        ];
        let not_yet = [
            untouched(&app, 29, suspect).await,
            untouched(&app, 29, spam).await,
            untouched(&app, 729, closed).await,
            untouched(&app, 31, |row| handed_over(row, 29)).await,
            untouched(&app, 900, admitted).await,
            untouched(&app, 9_000, |_| {}).await,
        ];
        let found = owner.ask(RETENTION, Value::Null).await.data()["leadRetention"].clone();
        assert_eq!(found["pastTime"], json!({ "spam": 2, "closed": 1, "admitted": 1, "toBeConfirmed": false }));
        assert_eq!(server::erase_past_time(&app.app, Utc::now()).await.unwrap(), 4);
        for lead in &past {
            assert!(row(&app, lead).await.erased_at.is_some(), "{lead:?}");
        }
        for lead in &not_yet {
            assert!(row(&app, lead).await.erased_at.is_none(), "{lead:?}");
        }
        assert_eq!(ledger(&app).lines().count(), 4);
    }

    async fn a_period_that_was_mistyped_erases_nobody_unseen(app: TestApp) {
        let owner = app.staff(Role::Owner).await;
        for _ in 0..51 {
            untouched(&app, 40, closed).await;
        }
        let chosen = json!({ "version": 1, "spamDays": 30, "closedDays": 3, "admittedDays": 30 });
        owner.ask(CHOOSE, json!({ "input": chosen })).await.done("updateLeadRetention");
        assert_eq!(server::erase_past_time(&app.app, Utc::now()).await.unwrap(), 0);
        let past = owner.ask(RETENTION, Value::Null).await.data()["leadRetention"]["pastTime"].clone();
        assert_eq!((&past["closed"], &past["toBeConfirmed"]), (&json!(51), &json!(true)));

        let refused = owner.ask(PAST_TIME, json!({ "input": { "expected": 50 } })).await.refused("eraseLeadsPastTime");
        assert!(refused.starts_with("CONFLICT input.expected: There are 51 leads"), "{refused}");
        let done = owner.ask(PAST_TIME, json!({ "input": { "expected": 51 } })).await;
        assert_eq!(done.done("eraseLeadsPastTime")["retention"]["pastTime"]["closed"], 0);
        assert_eq!(app.audited("LEAD_RETENTION_CHANGED").await[0].fields, json!(["spamDays=30", "closedDays=3", "admittedDays=30"]));
    }
}
