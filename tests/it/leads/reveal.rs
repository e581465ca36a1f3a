//! Showing who it is: to somebody who says why, and never without a line in the audit log.

use entity::{
    id::LeadId,
    lead_event::{self, LeadEventKind},
    user::Role,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder,
};
use serde_json::{Value, json};

use super::{full, lines};
use crate::support::{TestApp, on_both};

on_both! {
    async fn a_reveal_shows_everything_and_says_who_looked_and_why(app: TestApp) {
        let lead = full(&app).await;
        let staff = app.staff(Role::Admissions).await;
        let answer = staff.reveal(&lead.id.to_string(), "  calling \n back ").await;
        let revealed = answer.done("revealLead")["lead"]["revealed"].as_object().unwrap();
        insta::assert_snapshot!(lines(revealed.iter()), @r#"
            bestTime: "Fridays after six"
            email: "quinn@mail.example.org"
            insurance: "Sample Health, gold"
            message: "I relapsed.\nPlease call."
            name: "Quinn de la Cour"
            phone: "+17815550142"
            phoneDisplay: "(781) 555-0142, extension 12"
            underAge: "NOT_SAID"
        "#);

        let [line] = &app.audited("LEAD_REVEALED").await[..] else { panic!("one line a reveal") };
        assert_eq!((&line.object, line.reason.as_deref()), (&lead.id.to_string(), Some("calling back")));
        assert_eq!(line.actor_id.map(|id| id.to_string()).as_ref(), Some(&staff.id));
        insta::assert_snapshot!(
            line.fields.to_string(),
            @r#"["name","phone","email","message","insurance","policy","bestTime","underAge","tasks","referrals","patient"]"#
        );
        let seen = kinds(&app, lead.id).await;
        assert_eq!(seen, [LeadEventKind::Viewed, LeadEventKind::Received]);
        let timeline = staff.lead(&lead.id.to_string()).await["timeline"].clone();
        assert_eq!(timeline[0]["kind"], "VIEWED");
        assert_eq!(timeline[0]["actor"]["name"], "Sample Admissions");
    }

    async fn a_reveal_needs_a_reason(app: TestApp) {
        let lead = full(&app).await;
        let staff = app.staff(Role::Admissions).await;
        let of = async |id: &str, reason: &str| staff.reveal(id, reason).await.refused("revealLead");
        let id = lead.id.to_string();
        let refused = async |reason: &str| of(&id, reason).await;
        insta::assert_snapshot!(refused("  ").await, @"REQUIRED input.reason: Fill in the field “reason”.");
        insta::assert_snapshot!(
            refused("ok").await,
            @"INVALID input.reason: Say in a few words why you need to see who it is."
        );
        insta::assert_snapshot!(
            refused(&"because ".repeat(30)).await,
            @"TOO_LARGE input.reason: Shorten the field “reason” to 200 characters; it has 239."
        );
        insta::assert_snapshot!(
            of("lea_01h2xcejqtf2nbrexx3vqjhp41", "calling").await,
            @"NOT_FOUND input.id: There is no such lead."
        );
        insta::assert_snapshot!(
            of("pag_01h2xcejqtf2nbrexx3vqjhp41", "calling").await,
            @r#"NOT_FOUND input.id: There is nothing with the id "pag_01h2xcejqtf2nbrexx3vqjhp41"."#
        );
        assert_eq!(app.audited("LEAD_REVEALED").await.len(), 0);
        assert_eq!(kinds(&app, lead.id).await, [LeadEventKind::Received]);
    }

    async fn nobody_is_shown_when_it_cannot_be_recorded(app: TestApp) {
        let lead = full(&app).await;
        let staff = app.staff(Role::Admissions).await;
        let writer = app.app.db.writer();
        writer.execute_unprepared("ALTER TABLE audit_event RENAME TO audit_event_gone").await.unwrap();
        let answer = staff.reveal(&lead.id.to_string(), "calling back").await;
        assert_eq!(answer.errors(), "INTERNAL: Internal error");
        assert_eq!(answer.body["data"], Value::Null);
        assert!(!answer.body.to_string().contains("Quinn"));
        assert_eq!(kinds(&app, lead.id).await, [LeadEventKind::Received], "half of it was written");

        writer.execute_unprepared("ALTER TABLE audit_event_gone RENAME TO audit_event").await.unwrap();
        staff.reveal(&lead.id.to_string(), "calling back").await.done("revealLead");
    }

    async fn nobody_is_shown_when_the_timeline_cannot_be_written(app: TestApp) {
        let lead = full(&app).await;
        let staff = app.staff(Role::Admissions).await;
        app.app.db.writer().execute_unprepared("ALTER TABLE lead_event RENAME TO lead_event_gone").await.unwrap();
        let answer = staff.reveal(&lead.id.to_string(), "calling back").await;
        assert_eq!((answer.errors().as_str(), &answer.body["data"]), ("INTERNAL: Internal error", &Value::Null));
        assert_eq!(app.audited("LEAD_REVEALED").await.len(), 0);
    }

    async fn a_changed_cell_says_so_and_the_others_still_show(app: TestApp) {
        let lead = full(&app).await;
        let person = app.inquirer_row(&lead).await;
        let mut sealed = person.name.clone().unwrap();
        *sealed.last_mut().unwrap() ^= 1;
        let mut row = person.into_active_model();
        row.name = Set(Some(sealed));
        row.update(app.app.db.writer()).await.unwrap();

        let staff = app.staff(Role::Admissions).await;
        let masked = staff.lead(&lead.id.to_string()).await;
        assert_eq!(masked["name"], "(unreadable)");
        assert_eq!(masked["phone"], "(•••) •••-••42");
        let answer = staff.reveal(&lead.id.to_string(), "calling back").await;
        let revealed = &answer.done("revealLead")["lead"]["revealed"];
        assert_eq!((&revealed["name"], &revealed["phone"]), (&json!("(unreadable)"), &json!("+17815550142")));
        assert_eq!(revealed["bestTime"], "Fridays after six");
    }

    async fn a_name_moved_to_another_lead_is_readable_at_neither(app: TestApp) {
        let visitor = app.visitor();
        let (one, two) = (full(&app).await, app.lead_row(&visitor.submitted(&visitor.lead().await).await).await);
        let (first, second) = (app.inquirer_row(&one).await, app.inquirer_row(&two).await);
        for (row, name) in [(first.clone(), second.name.clone()), (second, first.name)] {
            let mut row = row.into_active_model();
            row.name = Set(name);
            row.update(app.app.db.writer()).await.unwrap();
        }
        let staff = app.staff(Role::Admissions).await;
        for lead in [one, two] {
            assert_eq!(staff.lead(&lead.id.to_string()).await["name"], "(unreadable)");
            let answer = staff.reveal(&lead.id.to_string(), "calling back").await;
            assert_eq!(answer.done("revealLead")["lead"]["revealed"]["name"], "(unreadable)");
        }
    }
}

/// What is on a lead's timeline, newest first.
async fn kinds(app: &TestApp, lead: LeadId) -> Vec<LeadEventKind> {
    let events = lead_event::Entity::find().filter(lead_event::Column::LeadId.eq(lead));
    let events = events.order_by_desc(lead_event::Column::Seq).all(app.app.db.reader()).await.unwrap();
    events.into_iter().map(|event| event.kind).collect()
}
