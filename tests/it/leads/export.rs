//! Leads leave in a file: once, to who asked, on record, and with nothing that need not be in it.

use chrono::{TimeDelta, Utc};
use entity::{
    lead::{self, LeadStatus},
    lead_event::{self, LeadEventKind},
    lead_export,
    user::Role,
};
use reqwest::{Method, StatusCode};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter,
};
use serde_json::{Value, json};

use super::{full, with};
use crate::support::{Staff, TestApp, on_both};

const EXPORT: &str = "mutation ($input: ExportLeadsInput!) {
    exportLeads(input: $input) { export { path leads expiresAt } userErrors { code message path } }
}";

/// Leads of yesterday to tomorrow, wherever the centre is.
fn these_days() -> Value {
    let day = |days| (Utc::now() + TimeDelta::days(days)).date_naive();
    json!({ "from": day(-1), "to": day(1), "reason": "The yearly review." })
}

async fn ask(staff: &Staff, input: Value) -> Value {
    staff.ask(EXPORT, json!({ "input": input })).await.done("exportLeads")["export"].clone()
}

async fn refused(staff: &Staff, input: Value) -> String {
    staff.ask(EXPORT, json!({ "input": input })).await.refused("exportLeads")
}

async fn fetch(staff: &Staff, export: &Value) -> (StatusCode, String) {
    let answer = staff.request(Method::GET, export["path"].as_str().unwrap()).send().await.unwrap();
    (answer.status(), answer.text().await.unwrap())
}

/// The lines of a file from the names of its columns on.
fn rows(file: &str) -> Vec<&str> {
    file.split_terminator("\r\n").skip_while(|line| !line.starts_with("\"reference\"")).collect()
}

async fn exported(app: &TestApp) -> Vec<lead_event::Model> {
    let events = lead_event::Entity::find().filter(lead_event::Column::Kind.eq(LeadEventKind::Exported));
    events.all(app.app.db.reader()).await.unwrap()
}

on_both! {
    async fn a_file_says_whose_it_is_and_holds_how_to_reach_people_and_no_more(app: TestApp) {
        let owner = app.staff(Role::Owner).await;
        let lead = full(&app).await;
        owner.work("addLeadNote", json!({ "id": lead.id, "text": "Her sister will call." })).await.done("addLeadNote");
        let visitor = app.visitor();
        let dangerous = with(visitor.lead().await, json!({ "name": "=HYPERLINK(\"http://example.org\")", "message": "A second message." }));
        visitor.submitted(&dangerous).await;
        let clear = owner.reveal(&lead.id.to_string(), "calling back").await;
        let clear = clear.done("revealLead")["lead"]["revealed"].clone();

        let export = ask(&owner, these_days()).await;
        assert_eq!(export["leads"], 2);
        assert!(exported(&app).await.is_empty() && app.audited("LEADS_EXPORTED").await.is_empty(), "nothing has left");
        let answer = owner.request(Method::GET, export["path"].as_str().unwrap()).send().await.unwrap();
        let header = |name: &str| answer.headers()[name].to_str().unwrap().to_owned();
        assert_eq!((header("cache-control").as_str(), header("content-type").as_str()), ("no-store", "text/csv; charset=utf-8"));
        assert!(header("content-disposition").starts_with("attachment; filename=\"leads-2"), "{}", header("content-disposition"));
        let file = answer.text().await.unwrap();

        let audited = app.audited("LEADS_EXPORTED").await;
        let [line] = audited.as_slice() else { panic!("one line: {audited:?}") };
        assert_eq!((line.reason.as_deref(), line.actor_id.unwrap().to_string()), (Some("The yearly review."), owner.id.clone()));
        assert!(line.fields.as_array().unwrap().contains(&json!("phone")));
        for said in ["\u{feff}\"Confidential\"", "\"Do not pass on\"", "42 CFR Part 2", "§ 2.32", "\"Reason\",\"The yearly review.\"\r\n", "\"Leads\",\"2\"\r\n", &format!("\"Export\",\"{}\"\r\n", line.object)] {
            assert!(file.contains(said), "{said}: {file}");
        }
        let rows = rows(&file);
        assert_eq!(rows.len(), 4, "the names of the columns, two leads and the end: {file}");
        for row in &rows[1..3] {
            assert!(row.ends_with(&format!(",\"{}\"", line.object)), "{row}");
        }
        assert_eq!(rows[3], "\"End of the export\",\"2 leads\"");
        assert!(rows[1].contains(",\"'=HYPERLINK(\"\"http://example.org\"\")\","), "{}", rows[1]);
        assert!(rows[2].starts_with(&format!("\"{}\",", lead.reference)), "{}", rows[2]);
        for field in ["name", "phoneDisplay", "email"] {
            assert!(rows[2].contains(clear[field].as_str().unwrap()), "{field}: {}", rows[2]);
        }
        for field in ["message", "insurance", "bestTime"] {
            assert!(!file.contains(clear[field].as_str().filter(|it| !it.is_empty()).unwrap()), "{field}: {file}");
        }
        assert!(!file.contains("Her sister") && !file.contains("A second message"), "{file}");

        let timeline = owner.lead(&lead.id.to_string()).await["timeline"][0].clone();
        assert_eq!((&timeline["kind"], &timeline["actor"]["name"].is_string()), (&json!("EXPORTED"), &true));
        assert_eq!(exported(&app).await.len(), 2);
    }

    async fn who_took_their_consent_back_leaves_without_a_way_to_reach_them(app: TestApp) {
        let owner = app.staff(Role::Owner).await;
        let lead = full(&app).await;
        let file = async || {
            let export = ask(&owner, these_days()).await;
            fetch(&owner, &export).await.1
        };
        let before = file().await;
        let clear = owner.reveal(&lead.id.to_string(), "calling back").await;
        let clear = clear.done("revealLead")["lead"]["revealed"].clone();
        let ways = ["phoneDisplay", "email"].map(|field| clear[field].as_str().unwrap().to_owned());
        let safe = [lead.safe_voicemail, lead.safe_text, lead.safe_say_who].map(|yes| if yes { "\"yes\"" } else { "\"no\"" });
        assert!(ways.iter().all(|way| before.contains(way)), "{before}");
        assert!(before.contains(&format!(",{},", safe.join(","))), "{before}");

        let input = json!({ "id": lead.id, "version": 1, "consent": "CONTACT" });
        owner.work("withdrawLeadConsent", input).await.done("withdrawLeadConsent");
        let after = file().await;
        assert!(ways.iter().all(|way| !after.contains(way)), "{after}");
        assert!(after.contains(clear["name"].as_str().unwrap()) && after.contains("\"\",\"\",\"no\","), "{after}");
    }

    async fn a_file_is_fetched_once_in_time_and_by_who_asked(app: TestApp) {
        let owner = app.staff(Role::Owner).await;
        full(&app).await;
        let export = ask(&owner, these_days()).await;
        let stored = lead_export::Entity::find().one(app.app.db.reader()).await.unwrap().unwrap();
        assert!(!export["path"].as_str().unwrap().contains(&stored.id.to_string()));

        let admissions = app.staff(Role::Admissions).await;
        let other = app.staff(Role::Owner).await;
        assert_ne!(other.id, owner.id);
        assert_eq!(fetch(&admissions, &export).await.0, StatusCode::FORBIDDEN);
        assert_eq!(fetch(&other, &export).await.0, StatusCode::NOT_FOUND);
        assert_eq!(fetch(&app.browser(), &export).await.0, StatusCode::UNAUTHORIZED);
        assert_eq!(fetch(&owner, &json!({ "path": "/admin/leads/export/nonsense" })).await.0, StatusCode::NOT_FOUND);
        assert!(app.audited("LEADS_EXPORTED").await.is_empty());

        assert_eq!(fetch(&owner, &export).await.0, StatusCode::OK);
        let (status, body) = fetch(&owner, &export).await;
        assert_eq!((status, body.contains("Export once more")), (StatusCode::NOT_FOUND, true));
        assert_eq!((app.audited("LEADS_EXPORTED").await.len(), exported(&app).await.len()), (1, 1));

        let late = ask(&owner, these_days()).await;
        for row in lead_export::Entity::find().all(app.app.db.reader()).await.unwrap() {
            let mut row = row.into_active_model();
            row.expires_at = Set(Utc::now());
            row.update(app.app.db.writer()).await.unwrap();
        }
        assert_eq!(fetch(&owner, &late).await.0, StatusCode::NOT_FOUND);
    }

    async fn who_was_erased_is_in_no_file_and_a_status_narrows_it(app: TestApp) {
        let owner = app.staff(Role::Owner).await;
        let gone = full(&app).await;
        let visitor = app.visitor();
        let stays = app.lead_row(&visitor.submitted(&visitor.lead().await).await).await;
        let asked_before = ask(&owner, these_days()).await;
        assert_eq!(asked_before["leads"], 2);
        let input = json!({ "id": gone.id, "version": gone.version, "reason": "They asked us to." });
        owner.work("eraseLead", input).await.done("eraseLead");
        let (_, file) = fetch(&owner, &asked_before).await;
        assert!(file.contains(&stays.reference) && !file.contains(&gone.reference), "{file}");
        assert_eq!(exported(&app).await.iter().map(|event| event.lead_id).collect::<Vec<_>>(), [stays.id]);

        let status = |status: &str| with(these_days(), json!({ "status": status }));
        assert_eq!(ask(&owner, status("NEW")).await["leads"], 1);
        // Where there is nothing, and where there is no reason, there is no file.
        assert!(refused(&owner, status("CLOSED")).await.contains("No such lead was received on these days"));
        assert!(refused(&owner, with(these_days(), json!({ "reason": "a" }))).await.contains("what you need them for"));
        assert!(refused(&owner, with(these_days(), json!({ "from": "2020-01-01" }))).await.contains("choose fewer days"));
    }

    async fn many_leads_leave_in_batches_each_with_its_own_line(app: TestApp) {
        let owner = app.staff(Role::Owner).await;
        let lead = full(&app).await;
        let copies = (0..300).map(|nth: u32| lead::ActiveModel {
            id: Set(entity::id::LeadId::new()),
            reference: Set(format!("HS-T{nth:04}")),
            status: Set(LeadStatus::New),
            idempotency_hash: Set(nth.to_be_bytes().to_vec()),
            ..lead.clone().into_active_model().reset_all()
        });
        for copy in copies {
            copy.insert(app.app.db.writer()).await.unwrap();
        }
        let all = lead::Entity::find().count(app.app.db.reader()).await.unwrap();
        let export = ask(&owner, these_days()).await;
        assert_eq!((all, &export["leads"]), (301, &json!(301)));
        let (_, file) = fetch(&owner, &export).await;
        let rows = rows(&file);
        assert_eq!((rows.len(), rows[302]), (303, "\"End of the export\",\"301 leads\""));
        let events = exported(&app).await;
        assert_eq!(events.len(), 301);
        assert_eq!(events.iter().find(|event| event.lead_id == lead.id).unwrap().seq, 2);
        // Once more is once more on record.
        let again = ask(&owner, these_days()).await;
        fetch(&owner, &again).await;
        let events = exported(&app).await;
        assert_eq!(events.iter().filter(|event| event.lead_id == lead.id).map(|event| event.seq).max(), Some(3));
    }
}
