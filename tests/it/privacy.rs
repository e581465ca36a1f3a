//! A person's words are nowhere but where they belong.
//!
//! A lead has a word that occurs nowhere else in each of its fields. After everything that can happen to it, right or
//! wrong, the words are looked for in whatever Hillside has written, in the spellings in which they could hide.

mod haystack;
mod server;

use entity::{outbox, user::Role};
use reqwest::{Method, StatusCode, header};
use sea_orm::{ConnectionTrait, Database, EntityTrait};
use serde_json::{Value, json};
use uuid::Uuid;

use self::{
    haystack::{Haystack, percent},
    server::Server,
};
use crate::support::{Backend, PASSWORD, Staff, Visitor, on_both};

const NAME: &str = "Quillfeatherby Ząbkowska";
const PHONE: &str = "(617) 555-0193";
const EMAIL: &str = "Wrenbeak.Moss@Thistledown.example";
const MESSAGE: &str = "Heronsong & “40 pills” \\ can't stop <b>now</b>, 100%.";
const INSURANCE: &str = "Larkspur Mutual, №7";
const BEST_TIME: &str = "at Dawnchorus, 5 o'clock";
const NOTE: &str = "Kestrelwing = her <mother>; call there";

/// What must not be found: each text as a whole, and the part of it that occurs nowhere else.
const SECRETS: &[&str] = &[
    NAME,
    PHONE,
    EMAIL,
    MESSAGE,
    INSURANCE,
    BEST_TIME,
    NOTE,
    "Quillfeatherby",
    "Ząbkowska",
    "6175550193",
    "617-555-0193",
    "617.555.0193",
    "5550193",
    "555-0193",
    "Wrenbeak",
    "Thistledown",
    "Heronsong",
    "40 pills",
    "Larkspur",
    "Dawnchorus",
    "Kestrelwing",
];

on_both! {
    async fn the_database_holds_no_word_of_a_lead_in_clear(app: TestApp) {
        let staff = app.staff(Role::Admissions).await;
        let reference = a_day(&app.visitor(), &staff).await;
        let written = match app.backend {
            // As a thief of the disk reads it: the file, what waits to be moved into it, and whatever lies beside them.
            Backend::Sqlite => Haystack::of_folder(app.folder()),
            Backend::Postgres => Haystack::of_rows(app.app.db.reader()).await,
        };
        assert!(written.has(&reference), "the lead is not in what was searched");
        // The audit log keeps the reason of a reveal in clear: without it nobody could be held to it. It is about the
        // reveal, not about the person, and staff are told where it goes.
        assert!(written.has("calling back"), "the audit log is not in what was searched");
        assert_eq!(written.found(SECRETS), Vec::<String>::new());
    }

    async fn what_waits_in_the_outbox_names_a_lead_by_its_id_alone(app: TestApp) {
        let staff = app.staff(Role::Admissions).await;
        a_day(&app.visitor(), &staff).await;
        let rows = outbox::Entity::find().all(app.app.db.reader()).await.unwrap();
        let topics: Vec<_> = rows.iter().map(|row| row.topic.as_str()).collect();
        assert_eq!(topics.iter().filter(|topic| **topic == "lead.received").count(), 2);
        assert_eq!(topics.iter().filter(|topic| **topic == "lead.task").count(), topics.len() - 2);
        for row in rows {
            let mut fields: Vec<_> = row.payload.as_object().unwrap().keys().collect();
            fields.sort();
            if row.topic == "lead.task" {
                assert_eq!(fields, ["at", "task"]);
                assert!(row.payload["task"].as_str().unwrap().starts_with("tsk_"), "{row:?}");
                continue;
            }
            assert_eq!(fields, ["leads"]);
            for lead in row.payload["leads"].as_array().unwrap() {
                assert!(lead.as_str().unwrap().starts_with("lea_"));
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_most_talkative_log_says_no_word_of_a_lead_on_sqlite() {
    the_log_says_no_word(Backend::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_most_talkative_log_says_no_word_of_a_lead_on_postgres() {
    if !Backend::postgres_is_skipped() {
        the_log_says_no_word(Backend::Postgres).await;
    }
}

async fn the_log_says_no_word(backend: Backend) {
    let server = Server::start(backend).await;
    let visitor = Visitor::new(server.url());
    let mut staff = Staff::new(server.url());
    staff.sign_in(server::EMAIL, PASSWORD).await;
    a_day(&visitor, &staff).await;
    faults(&server, &visitor, &staff).await;

    let log = server.log_once(|log| log.matches("a lead was received").count() >= 2).await;
    for sign in ["DEBUG", "/admin/graphql", "/forms/confidential", "lea_", "ERROR"] {
        assert!(log.contains(sign), "the log is not the one that was meant, it has no {sign}:\n{log}");
    }
    let log = Haystack::of(log.into_bytes());
    assert_eq!(log.found(SECRETS), Vec::<String>::new());
    // A reason belongs into the audit log, where who may read it can hold somebody to it, and nowhere else.
    assert!(!log.has("calling back"), "a reason is in the log");
}

#[test]
fn a_word_is_found_in_every_spelling() {
    let word = "Łark & Son";
    for hidden in [
        "…Łark & Son…",
        "łARK & SON",
        r#"{"name":"\u0141ark & Son"}"#,
        "Łark &amp; Son",
        "?name=%C5%81ark%20%26%20Son&x=y",
        "?name=%c5%81ark+%26+Son",
        "\\xc5 c58161726b202620536f6e",
        "C58161726B202620536F6E",
        "xYFhcmsgJiBTb24=",
        "AAxYFhcmsgJiBTb24",
        "IMWBYXJrICYgU29uIA==",
        "ICDFgWFyayAmIFNvbiA",
    ] {
        assert_eq!(Haystack::of(hidden.into()).found(&[word]).len(), 1, "{hidden}");
    }
    assert_eq!(Haystack::of("Łark and Son, Lark & Son".into()).found(&[word]), Vec::<String>::new());
}

/// Everything that happens to a lead: it is refused, sent, sent again, sent by the plain form, sent so that it makes no
/// sense, listed, revealed, noted. Answers its reference.
async fn a_day(visitor: &Visitor, staff: &Staff) -> String {
    let lead = marked(visitor).await;
    let mut without_consent = lead.clone();
    without_consent["consents"] = json!([]);
    visitor.submit(&without_consent).await.refused("submitLead");
    let reference = visitor.submitted(&lead).await;
    visitor.submitted(&lead).await;
    let mut other = lead.clone();
    other["message"] = json!(format!("{MESSAGE} {MESSAGE}"));
    visitor.submit(&other).await.refused("submitLead");

    let consent = lead["consents"][0]["text"].as_str().unwrap().to_owned();
    let key = Uuid::now_v7().to_string();
    let mut form = vec![
        ("idempotencyKey", key.as_str()),
        ("name", NAME),
        ("contact.phone", PHONE),
        ("contact.email", EMAIL),
        ("insurance", INSURANCE),
        ("message", MESSAGE),
        ("safeContact.bestTime", BEST_TIME),
        ("sourcePath", "/"),
    ];
    assert_eq!(visitor.post_form("/forms/confidential", &form).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    form.push(("consents", &consent));
    assert_eq!(visitor.post_form("/forms/confidential", &form).await.status, StatusCode::SEE_OTHER);
    nonsense(visitor, &lead).await;

    let list = staff.ask("{ leads(view: ALL) { nodes { id reference name phone email } } }", Value::Null).await;
    let nodes = list.data()["leads"]["nodes"].as_array().unwrap();
    let id = nodes.iter().find(|it| it["reference"] == reference).expect("the lead is listed")["id"].as_str().unwrap();
    staff.reveal(id, " ").await.refused("revealLead");
    let answer = staff.reveal(id, "calling back").await;
    let revealed = &answer.done("revealLead")["lead"]["revealed"];
    assert_eq!((&revealed["name"], &revealed["message"]), (&json!(NAME), &json!(MESSAGE)), "and they are all there");
    staff.work("addLeadNote", json!({ "id": id, "text": NOTE })).await.done("addLeadNote");
    staff.work("addLeadNote", json!({ "id": id, "text": NOTE.repeat(200) })).await.refused("addLeadNote");
    assert_eq!(staff.lead(id).await["timeline"][0]["text"], NOTE);
    let mut task = json!({ "id": id, "kind": "OTHER", "dueAt": "2999-01-01T00:00:00Z", "note": NOTE });
    staff.work("saveLeadTask", task.clone()).await.refused("saveLeadTask");
    task["dueAt"] = json!(chrono::Utc::now() + chrono::TimeDelta::hours(1));
    staff.work("saveLeadTask", task).await.done("saveLeadTask");
    staff.work("changeLeadStatus", json!({ "id": NOTE, "version": 1, "status": NOTE })).await.errors();
    reference
}

/// A lead with a word of its own in every field.
async fn marked(visitor: &Visitor) -> Value {
    let mut lead = visitor.lead().await;
    lead["name"] = json!(NAME);
    lead["contact"] = json!({ "phone": PHONE, "email": EMAIL });
    lead["message"] = json!(MESSAGE);
    lead["insurance"] = json!(INSURANCE);
    lead["safeContact"] = json!({ "bestTime": BEST_TIME });
    lead
}

/// The same words where a front end's mistake could put them.
async fn nonsense(visitor: &Visitor, lead: &Value) {
    let mut wrong = lead.clone();
    wrong["name"] = json!({ "first": NAME });
    wrong["relationship"] = json!(MESSAGE);
    visitor.submit(&wrong).await.errors();
    visitor
        .ask(&format!("mutation {{ submitLead(input: {{ name: {} }}) {{ receipt }} }}", json!(NAME)), Value::Null)
        .await;
    visitor.ask(&format!("{{ {NAME} {MESSAGE} }}"), Value::Null).await;
    visitor.ask("query ($path: String!) { route(path: $path) { __typename } }", json!({ "path": EMAIL })).await;
    let post = || visitor.request(Method::POST, "/graphql").header(header::CONTENT_TYPE, "application/json");
    let _ = post().body(format!("{{\"query\": {lead}")).send().await;
    let _ = post().body(lead.to_string()).send().await;
    let _ =
        post().header(header::USER_AGENT, "Quillfeatherby").header(header::REFERER, "http://x/?Wrenbeak").send().await;
    for path in ["/graphql", "/forms/confidential", "/ketamine-side-effects", "/admin", "/healthz"] {
        let [name, email, message] = [NAME, EMAIL, MESSAGE].map(|text| percent(text, "+"));
        let path = format!("{path}?query={name}&email={email}&m={message}");
        let _ = visitor.request(Method::GET, &path).send().await;
    }
}

/// The same while the database is broken: what goes wrong is logged with its cause.
async fn faults(server: &Server, visitor: &Visitor, staff: &Staff) {
    let db = Database::connect(&server.database_url).await.unwrap();
    let lead = marked(visitor).await;
    for table in ["lead_intake", "lead_event", "audit_event"] {
        db.execute_unprepared(&format!("ALTER TABLE {table} RENAME TO gone")).await.unwrap();
        visitor.submit(&lead).await.errors();
        let list = staff.ask("{ leads { nodes { id } } }", Value::Null).await;
        let id = list.data()["leads"]["nodes"][0]["id"].as_str().unwrap().to_owned();
        staff.reveal(&id, "calling back").await.errors();
        staff.work("addLeadNote", json!({ "id": id, "text": NOTE })).await.errors();
        db.execute_unprepared(&format!("ALTER TABLE gone RENAME TO {table}")).await.unwrap();
    }
    // A cell that does not open sets off an alarm, which names the place and not what is in it.
    db.execute_unprepared("UPDATE lead_person SET name = phone").await.unwrap();
    let masked = staff.ask("{ leads { nodes { name } } }", Value::Null).await;
    assert_eq!(masked.data()["leads"]["nodes"][0]["name"], "(unreadable)");
}
