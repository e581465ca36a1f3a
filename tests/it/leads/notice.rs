//! What staff are told of leads by e-mail.

use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    lead, lead_task, outbox,
    user::{self, Role},
};
use hillside::{config::Settings, server};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel, QueryOrder};
use serde_json::{Value, json};

use super::{with, wrote};
use crate::support::{MailServer, Staff, TestApp, on_both};

const CHOOSE: &str = "mutation ($input: UpdateLeadNoticesInput!) {
    updateLeadNotices(input: $input) { notices { received urgent due assigned } userErrors { code message path } }
}";
const TAKE: &str = "mutation { takeNextLead { lead { id } userErrors { message } } }";
const TRY_OUT: &str = "mutation { sendTestNotice { notices { email } userErrors { code message path } } }";

/// The installation with a mail server.
pub(super) async fn with_mail(app: TestApp) -> (TestApp, MailServer) {
    let mail = MailServer::start().await;
    (mailing(app, &mail.url).await, mail)
}

async fn mailing(app: TestApp, url: &str) -> TestApp {
    let mail_from = Some("Hillside <hillside@example.org>".to_owned());
    app.restart_with(Settings { smtp_url: Some(url.to_owned()), mail_from, ..Settings::default() }).await
}

async fn received(app: &TestApp, message: &str) -> lead::Model {
    wrote(app, json!({ "message": message })).await
}

/// Does what is due then: first finds out who is to be told, then tells them.
pub(super) async fn work(app: &TestApp, at: DateTime<Utc>) {
    while server::work_outbox(&app.app, &app.config, at).await.unwrap() > 0 {}
}

/// Where letters to them go.
async fn address(app: &TestApp, staff: &Staff) -> String {
    let id: entity::id::UserId = staff.id.parse().unwrap();
    user::Entity::find_by_id(id).one(app.app.db.reader()).await.unwrap().unwrap().email
}

async fn assign(by: &Staff, lead: &lead::Model, version: i32, to: &Staff) {
    let input = json!({ "id": lead.id, "version": version, "assignee": to.id });
    by.work("assignLead", input).await.done("assignLead");
}

on_both! {
    async fn whoever_answers_gets_one_letter_about_all_who_wrote_at_once(app: TestApp) {
        let (app, mail) = with_mail(app).await;
        for role in [Role::Owner, Role::Admissions, Role::Editor, Role::Auditor] {
            app.staff(role).await;
        }
        let (one, two) = (received(&app, "Please call.").await, received(&app, "Do you take Tufts?").await);
        work(&app, Utc::now()).await;
        let letters = mail.taken();
        let [(to, letter)] = letters.as_slice() else { panic!("one letter: {letters:?}") };
        assert!(to.starts_with("admissions-"), "{to}");
        for said in ["Subject: 2 requests wait for an answer", &one.reference, &two.reference, "Auto-Submitted: auto-generated", "From: Hillside <hillside@example.org>"] {
            assert!(letter.contains(said), "{said}: {letter}");
        }
        for kept in ["Sample Visitor", "555", "0142", "Please call", "Tufts", "ketamine"] {
            assert!(!letter.contains(kept), "{kept}: {letter}");
        }

        // What is done is done; and what looks like a machine wakes nobody.
        let visitor = app.visitor();
        visitor.submitted(&with(visitor.lead().await, json!({ "website": "https://example.net" }))).await;
        work(&app, Utc::now()).await;
        assert_eq!(mail.subjects(), [""; 0]);
        // Unless it may be a person in danger.
        let suspect = json!({ "website": "https://example.net", "message": "I want to kill myself" });
        let reference = visitor.submitted(&with(visitor.lead().await, suspect)).await;
        work(&app, Utc::now()).await;
        assert!(mail.subjects().contains(&format!("admissions: Urgent: {reference}")));
    }

    async fn who_only_wrote_a_note_on_a_new_lead_has_not_said_when_it_goes_on(app: TestApp) {
        let (app, mail) = with_mail(app).await;
        let staff = app.staff(Role::Admissions).await;
        let lead = received(&app, "Please call.").await;
        staff.work("addLeadNote", json!({ "id": lead.id, "text": "Read it." })).await.done("addLeadNote");
        work(&app, Utc::now()).await;
        assert_eq!(mail.subjects(), [format!("admissions: {} waits for an answer", lead.reference)]);
        work(&app, lead.respond_by).await;
        assert_eq!(mail.subjects(), [format!("admissions: {} is due", lead.reference)]);
    }

    async fn whoever_shall_do_a_task_is_told_when_it_is_due(app: TestApp) {
        let (app, mail) = with_mail(app).await;
        let (here, there) = (app.staff(Role::Admissions).await, app.staff(Role::Admissions).await);
        let lead = received(&app, "Please call.").await;
        here.ask(TAKE, Value::Null).await.done("takeNextLead");
        let now = Utc::now();
        let save = async |hours: i64, change: Value| {
            let due = (now + TimeDelta::hours(hours)).to_rfc3339();
            let input = with(json!({ "id": lead.id, "kind": "CALL", "note": "Ask for Jo.", "dueAt": due }), change);
            here.work("saveLeadTask", input).await.done("saveLeadTask");
        };
        let told = async |hours: i64| {
            work(&app, now + TimeDelta::hours(hours)).await;
            let letters = mail.taken().into_iter().filter(|(_, letter)| letter.contains("A task for"));
            letters.inspect(|(_, letter)| assert!(!letter.contains("Jo"), "{letter}")).map(|(to, _)| to).collect::<Vec<_>>()
        };
        save(2, json!({ "assignee": there.id })).await;
        assert_eq!(told(1).await, [""; 0]);
        assert_eq!(told(2).await, [address(&app, &there).await]);
        assert_eq!(told(3).await, [""; 0], "once");

        // What is nobody's by name is for whoever has the lead.
        save(4, json!({})).await;
        assert_eq!(told(4).await, [address(&app, &here).await]);

        // It counts when it is due now, not when it was to be; and what is done is not due.
        save(5, json!({})).await;
        let id = lead_task::Entity::find().order_by_desc(lead_task::Column::Id).one(app.app.db.reader()).await.unwrap().unwrap().id;
        save(7, json!({ "task": { "id": id, "version": 1 } })).await;
        assert_eq!(told(6).await, [""; 0]);
        here.work("completeLeadTask", json!({ "id": id, "version": 2 })).await.done("completeLeadTask");
        assert_eq!(told(8).await, [""; 0]);
    }

    async fn where_nobody_has_the_role_it_is_everybodys_work(app: TestApp) {
        let (app, mail) = with_mail(app).await;
        app.staff(Role::Owner).await;
        let lead = received(&app, "Please call.").await;
        work(&app, Utc::now()).await;
        assert_eq!(mail.subjects(), [format!("owner: {} waits for an answer", lead.reference)]);
    }

    async fn what_whoever_left_had_is_told_to_the_others(app: TestApp) {
        let (app, mail) = with_mail(app).await;
        let owner = app.staff(Role::Owner).await;
        let (gone, there) = (app.staff(Role::Admissions).await, app.staff(Role::Admissions).await);
        let lead = received(&app, "Please call.").await;
        let next = Utc::now() + TimeDelta::hours(3);
        let call = json!({ "id": lead.id, "version": 1, "outcome": "NO_ANSWER", "nextActionAt": next.to_rfc3339() });
        gone.work("logCall", call).await.done("logCall");
        work(&app, Utc::now()).await;
        mail.taken();
        let id: entity::id::UserId = gone.id.parse().unwrap();
        let left = user::Entity::find_by_id(id).one(app.app.db.reader()).await.unwrap().unwrap();
        user::ActiveModel { active: Set(false), ..left.into_active_model() }.update(app.app.db.writer()).await.unwrap();
        work(&app, next).await;
        assert_eq!(mail.subjects(), [format!("admissions: {} is due", lead.reference)]);
        drop((owner, there));
    }

    async fn after_a_night_without_a_mail_server_nobody_gets_all_its_letters(app: TestApp) {
        let app = mailing(app, &MailServer::nowhere().await).await;
        app.staff(Role::Admissions).await;
        let lead = received(&app, "I want to kill myself").await;
        let now = Utc::now();
        for minutes in [0, 6, 12, 18, 24] {
            work(&app, now + TimeDelta::minutes(minutes)).await;
        }
        let (app, mail) = with_mail(app).await;
        work(&app, now + TimeDelta::hours(8)).await;
        let urgent = mail.subjects().into_iter().filter(|subject| subject.contains("Urgent")).collect::<Vec<_>>();
        assert_eq!(urgent, [format!("admissions: Urgent: {}", lead.reference)]);
    }

    async fn of_somebody_in_danger_all_are_told_until_a_colleague_takes_them(app: TestApp) {
        let (app, mail) = with_mail(app).await;
        let admissions = app.staff(Role::Admissions).await;
        app.staff(Role::Owner).await;
        let lead = received(&app, "I want to kill myself tonight").await;
        let both = ["admissions", "owner"].map(|who| format!("{who}: Urgent: {}", lead.reference));

        let now = Utc::now();
        work(&app, now).await;
        assert_eq!(mail.subjects(), both);
        work(&app, now + TimeDelta::minutes(2)).await;
        assert_eq!(mail.subjects(), [""; 0]);
        work(&app, now + TimeDelta::minutes(6)).await;
        let due = format!("admissions: {} is due", lead.reference);
        assert_eq!(mail.subjects(), [&due, &both[0], &both[1]].map(Clone::clone));

        admissions.ask(TAKE, Value::Null).await.done("takeNextLead");
        let given_back = json!({ "id": lead.id, "version": 2, "assignee": null });
        admissions.work("assignLead", given_back).await.done("assignLead");
        work(&app, now + TimeDelta::minutes(7)).await;
        assert_eq!(mail.subjects(), both);
        admissions.ask(TAKE, Value::Null).await.done("takeNextLead");
        work(&app, now + TimeDelta::minutes(20)).await;
        assert_eq!(mail.subjects(), [""; 0]);

        // Taken and not tried: back in the queue, and all are told again.
        let over = now + TimeDelta::minutes(21);
        assert_eq!(server::take_back_leases(&app.app, over).await.unwrap(), 1);
        work(&app, over).await;
        assert_eq!(mail.subjects(), both);
    }

    async fn what_a_colleague_raises_is_told_to_the_others(app: TestApp) {
        let (app, mail) = with_mail(app).await;
        let owner = app.staff(Role::Owner).await;
        let admissions = app.staff(Role::Admissions).await;
        let lead = received(&app, "Please call.").await;
        work(&app, Utc::now()).await;
        assert_eq!(mail.subjects(), [format!("admissions: {} waits for an answer", lead.reference)]);

        let raise = json!({ "id": lead.id, "version": 1, "priority": "URGENT" });
        owner.work("setLeadPriority", raise).await.done("setLeadPriority");
        work(&app, Utc::now()).await;
        assert!(mail.subjects().contains(&format!("admissions: Urgent: {}", lead.reference)));

        assign(&owner, &lead, 2, &admissions).await;
        work(&app, Utc::now()).await;
        assert_eq!(mail.subjects(), [format!("admissions: {} is yours", lead.reference)]);
        // Who takes it themselves knows.
        assign(&owner, &lead, 3, &owner).await;
        work(&app, Utc::now()).await;
        assert_eq!(mail.subjects(), [""; 0]);
    }

    async fn before_a_lead_is_overdue_whoever_has_it_is_told(app: TestApp) {
        let (app, mail) = with_mail(app).await;
        let admissions = app.staff(Role::Admissions).await;
        app.staff(Role::Admissions).await;
        let lead = received(&app, "Please call.").await;
        let now = Utc::now();
        work(&app, now).await;
        assert_eq!(mail.taken().len(), 2, "both are told that it came");
        let due = format!("admissions: {} is due", lead.reference);
        work(&app, now + TimeDelta::minutes(4)).await;
        assert_eq!(mail.subjects(), [&due, &due].map(Clone::clone), "nobody has it, so both are told");

        let next = now + TimeDelta::hours(3);
        let call = json!({ "id": lead.id, "version": 1, "outcome": "NO_ANSWER", "nextActionAt": next.to_rfc3339() });
        admissions.work("logCall", call).await.done("logCall");
        work(&app, next - TimeDelta::minutes(3)).await;
        assert_eq!(mail.subjects(), [""; 0]);
        work(&app, next - TimeDelta::minutes(1)).await;
        assert_eq!(mail.subjects(), [due], "it is hers now, and told once");
        work(&app, next + TimeDelta::hours(1)).await;
        assert_eq!(mail.subjects(), [""; 0]);
    }

    async fn nobody_is_told_what_is_settled_meanwhile(app: TestApp) {
        let (app, mail) = with_mail(app).await;
        let admissions = app.staff(Role::Admissions).await;
        let lead = received(&app, "Please call.").await;
        let closed = json!({ "id": lead.id, "version": 1, "status": "CLOSED", "outcome": "SPAM" });
        admissions.work("changeLeadStatus", closed).await.done("changeLeadStatus");
        work(&app, Utc::now() + TimeDelta::hours(1)).await;
        assert_eq!(mail.subjects(), [""; 0]);
    }

    async fn everybody_chooses_what_they_are_told(app: TestApp) {
        let (app, mail) = with_mail(app).await;
        let owner = app.staff(Role::Owner).await;
        let admissions = app.staff(Role::Admissions).await;
        let asked = "{ leadNotices { mailConfigured received urgent due assigned } }";
        let usual = owner.ask(asked, Value::Null).await.data()["leadNotices"].clone();
        assert_eq!(usual, json!({ "mailConfigured": true, "received": false, "urgent": true, "due": false, "assigned": true }));

        let none = json!({ "received": false, "urgent": false, "due": false, "assigned": false });
        let answer = admissions.ask(CHOOSE, json!({ "input": none })).await;
        assert_eq!(answer.done("updateLeadNotices")["notices"], none);
        let mut wanted = none.clone();
        wanted["received"] = json!(true);
        owner.ask(CHOOSE, json!({ "input": none })).await.done("updateLeadNotices");
        owner.ask(CHOOSE, json!({ "input": wanted })).await.done("updateLeadNotices");

        let lead = received(&app, "Please call.").await;
        received(&app, "I want to kill myself").await;
        work(&app, Utc::now() + TimeDelta::minutes(10)).await;
        assert_eq!(mail.subjects(), [format!("owner: {} waits for an answer", lead.reference)]);
    }

    async fn a_letter_waits_until_there_is_a_mail_server_that_takes_it(app: TestApp) {
        let nobody_listens = MailServer::nowhere().await;
        let app = mailing(app, &nobody_listens).await;
        let admissions = app.staff(Role::Admissions).await;
        let refused = admissions.ask(TRY_OUT, Value::Null).await.refused("sendTestNotice");
        assert!(refused.contains("The mail server did not take the letter"), "{refused}");

        let lead = received(&app, "Please call.").await;
        let now = Utc::now();
        work(&app, now).await;
        let waiting = outbox::Entity::find().all(app.app.db.reader()).await.unwrap();
        let letter = waiting.iter().find(|row| row.topic == "lead.letter").expect("the letter is kept");
        assert!(letter.delivered_at.is_none() && letter.attempts == 1, "{letter:?}");

        let (app, mail) = with_mail(app).await;
        work(&app, now + TimeDelta::minutes(2)).await;
        assert_eq!(mail.subjects(), [format!("admissions: {} waits for an answer", lead.reference)]);
    }

    async fn a_letter_on_trial_comes_at_once(app: TestApp) {
        let admissions = app.staff(Role::Admissions).await;
        let refused = admissions.ask(TRY_OUT, Value::Null).await.refused("sendTestNotice");
        assert!(refused.contains("HILLSIDE_SMTP_URL"), "{refused}");

        let (app, mail) = with_mail(app).await;
        let admissions = app.staff(Role::Admissions).await;
        admissions.ask(TRY_OUT, Value::Null).await.done("sendTestNotice");
        assert_eq!(mail.subjects(), ["admissions: Letters arrive"]);
    }
}
