//! Who is told what changed: what they get, that it is signed, and what becomes of it when they do not take it.

use std::sync::{Arc, Mutex};

use chrono::{TimeDelta, Utc};
use data_encoding::BASE64;
use entity::user::Role;
use hillside::{config::Settings, server, tags::hashed};
use hmac::{Hmac, KeyInit, Mac};
use poem::{
    Endpoint, EndpointExt, Request, Response, Server,
    http::{HeaderMap, StatusCode},
    listener::{Acceptor, Listener, TcpListener},
};
use serde_json::{Value, json};
use sha2::Sha256;

use crate::support::{
    Staff, TestApp,
    entry::{page, quote},
    on_both,
};

/// What somebody was told.
#[derive(Clone)]
struct Heard {
    headers: HeaderMap,
    body: String,
}

impl Heard {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("a text"))
    }

    fn data(&self) -> Value {
        serde_json::from_str::<Value>(&self.body).expect("JSON")["data"].clone()
    }
}

/// Somebody who is told, and answers with whatever status is next.
#[derive(Clone, Default)]
struct Receiver {
    heard: Arc<Mutex<Vec<Heard>>>,
    answers: Arc<Mutex<Vec<StatusCode>>>,
}

impl Receiver {
    async fn start(&self) -> String {
        let acceptor = TcpListener::bind("127.0.0.1:0").into_acceptor().await.expect("a free port");
        let local = acceptor.local_addr().into_iter().next().expect("an address");
        let address = *local.as_socket_addr().expect("a TCP address");
        let endpoint = self.clone().boxed();
        tokio::spawn(async move { Server::new_with_acceptor(acceptor).run(endpoint).await });
        format!("http://{address}/hook")
    }

    fn heard(&self) -> Vec<Heard> {
        std::mem::take(&mut *self.heard.lock().expect("no panic"))
    }

    fn will_answer(&self, status: StatusCode) {
        self.answers.lock().expect("no panic").push(status);
    }
}

impl Endpoint for Receiver {
    type Output = Response;

    async fn call(&self, mut request: Request) -> poem::Result<Response> {
        let body = request.take_body().into_string().await?;
        self.heard.lock().expect("no panic").push(Heard { headers: request.headers().clone(), body });
        Ok(self.answers.lock().expect("no panic").pop().unwrap_or(StatusCode::NO_CONTENT).into())
    }
}

fn at_home() -> Settings {
    Settings { webhooks_private: Some("on".to_owned()), ..Settings::default() }
}

/// What a mutation on webhooks answers.
async fn ask(staff: &Staff, mutation: &str, input: Value) -> Value {
    let ty = format!("{}{}Input", mutation[..1].to_uppercase(), &mutation[1..]);
    let what = if mutation.contains("Delivery") || mutation.starts_with("ping") {
        "delivery { id }"
    } else {
        "webhook { id secret enabled }"
    };
    let query = format!(
        "mutation ($input: {ty}!) {{ {mutation}(input: $input) {{ {what} userErrors {{ code message path }} }} }}"
    );
    staff.ask(&query, json!({ "input": input })).await.done(mutation).clone()
}

async fn deliveries(staff: &Staff) -> Vec<Value> {
    let query = "{ webhooks { enabled deliveries { nodes { id attempts status error deliveredAt nextAttemptAt } } } }";
    let answer = staff.ask(query, Value::Null).await;
    answer.data()["webhooks"][0]["deliveries"]["nodes"].as_array().expect("a list").clone()
}

/// What a message is signed with by the secret of a webhook.
fn signature(webhook: &Value, heard: &Heard) -> String {
    let secret = webhook["secret"].as_str().expect("a secret").trim_start_matches("whsec_").to_owned();
    let key = BASE64.decode(secret.as_bytes()).expect("Base64");
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).expect("any key");
    mac.update(
        format!("{}.{}.{}", heard.header("webhook-id"), heard.header("webhook-timestamp"), heard.body).as_bytes(),
    );
    format!("v1,{}", BASE64.encode(&mac.finalize().into_bytes()))
}

/// Tells what changed until `seconds` from now.
async fn tell(app: &TestApp, seconds: i64) -> usize {
    server::tell_webhooks(&app.app, &app.config, Utc::now() + TimeDelta::seconds(seconds)).await.expect("it works")
}

/// Does what waits in the outbox until `seconds` from now, then tells what came of it; answers what was heard.
async fn hear(app: &TestApp, receiver: &Receiver, seconds: i64) -> Vec<Heard> {
    let at = Utc::now() + TimeDelta::seconds(seconds);
    while server::work_outbox(&app.app, &app.config, at).await.expect("it works") > 0 {}
    while tell(app, seconds + 2).await > 0 {}
    receiver.heard()
}

/// The types of messages, and the reference each is about.
fn of_leads(heard: &[Heard]) -> Vec<(String, String)> {
    let told = heard.iter().map(|it| serde_json::from_str::<Value>(&it.body).expect("JSON"));
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    told.map(|it| (text(&it["type"]), text(&it["data"]["reference"]))).collect()
}

on_both! {
    async fn of_a_lead_it_is_told_which_and_never_whose_nor_what_became_of_it(app: TestApp) {
        let app = app.restart_with(at_home()).await;
        let (administrator, owner) = (app.staff(Role::Admin).await, app.staff(Role::Owner).await);
        let receiver = Receiver::default();
        let topics = ["LEAD_RECEIVED", "LEAD_URGENT", "LEAD_OVERDUE", "LEAD_STATUS", "LEAD_ERASED"];
        let webhook = ask(&administrator, "saveWebhook", json!({ "url": receiver.start().await, "topics": topics })).await["webhook"].clone();
        // Whoever did not ask for leads hears of none, and who asked for leads of nothing else.
        let other = Receiver::default();
        ask(&administrator, "saveWebhook", json!({ "url": other.start().await })).await;
        owner.published_page("a", page("A", vec![])).await;
        assert_eq!(hear(&app, &receiver, 2).await.len(), 0);
        assert!(!other.heard().is_empty());

        let visitor = app.visitor();
        let mut input = visitor.lead().await;
        input["name"] = json!("Quinn Marker");
        input["message"] = json!("My marker words.");
        input["insurance"] = json!("Marker Health");
        let reference = visitor.submitted(&input).await;
        let lead = app.lead_row(&reference).await;
        let mut all = hear(&app, &receiver, 2).await;
        assert_eq!(of_leads(&all), [("lead.received".to_owned(), reference.clone())]);
        assert_eq!(all[0].data(), json!({ "id": lead.id, "reference": reference }));
        assert_eq!(all[0].header("webhook-signature"), signature(&webhook, &all[0]));

        // Nobody acts in time; once it is said, it is said.
        let late = (lead.next_action_at.expect("a time") - Utc::now()).num_seconds() + 2;
        let overdue = hear(&app, &receiver, late).await;
        assert_eq!(of_leads(&overdue), [("lead.overdue".to_owned(), reference.clone())]);
        assert_eq!(hear(&app, &receiver, late + 60).await.len(), 0);
        all.extend(overdue);

        let id = lead.id.to_string();
        let version = async || owner.lead(&id).await["version"].clone();
        owner.work("setLeadPriority", json!({ "id": id, "version": version().await, "priority": "URGENT" })).await.done("setLeadPriority");
        let urgent = hear(&app, &receiver, late + 120).await;
        assert!(of_leads(&urgent).contains(&("lead.urgent".to_owned(), reference.clone())), "{:?}", of_leads(&urgent));
        all.extend(urgent);
        owner.work("changeLeadStatus", json!({ "id": id, "version": version().await, "status": "CONTACTED" })).await.done("changeLeadStatus");
        let status = hear(&app, &receiver, late + 180).await;
        let status = status.into_iter().filter(|it| it.body.contains("lead.status")).collect::<Vec<_>>();
        assert_eq!(status.len(), 1);
        all.extend(status);
        let erase = json!({ "id": id, "version": version().await, "reason": "They asked us to." });
        owner.work("eraseLead", erase).await.done("eraseLead");
        let erased = hear(&app, &receiver, late + 240).await;
        assert_eq!(of_leads(&erased), [("lead.erased".to_owned(), reference.clone())]);
        all.extend(erased);

        for heard in &all {
            let mut fields: Vec<String> = heard.data().as_object().expect("fields").keys().cloned().collect();
            fields.sort();
            assert_eq!(fields, ["id", "reference"]);
            for personal in ["Quinn", "arker", "7815550142", "ketamine"] {
                assert!(!heard.body.contains(personal), "{personal}: {}", heard.body);
            }
        }
        assert!(other.heard().iter().all(|it| !it.body.contains("lead.")));
    }

    async fn what_it_is_told_of_is_chosen_and_stays(app: TestApp) {
        let app = app.restart_with(at_home()).await;
        let administrator = app.staff(Role::Admin).await;
        let topics = async || administrator.ask("{ webhooks { topics } }", Value::Null).await.data()["webhooks"][0]["topics"].clone();
        let made = ask(&administrator, "saveWebhook", json!({ "url": "https://example.org/a" })).await["webhook"].clone();
        assert_eq!(topics().await, json!(["CONTENT_CHANGED"]));
        let chosen = json!({ "id": made["id"], "url": "https://example.org/a", "topics": ["LEAD_STATUS", "LEAD_RECEIVED", "LEAD_STATUS"] });
        ask(&administrator, "saveWebhook", chosen).await;
        assert_eq!(topics().await, json!(["LEAD_RECEIVED", "LEAD_STATUS"]));
        ask(&administrator, "saveWebhook", json!({ "id": made["id"], "url": "https://example.org/b" })).await;
        assert_eq!(topics().await, json!(["LEAD_RECEIVED", "LEAD_STATUS"]));
        let none = json!({ "input": { "id": made["id"], "url": "https://example.org/b", "topics": [] } });
        let query = "mutation ($input: SaveWebhookInput!) { saveWebhook(input: $input) { userErrors { code message path } } }";
        let refused = administrator.ask(query, none).await.refused("saveWebhook");
        assert_eq!(refused, "REQUIRED input.topics: Choose at least one thing that this address is told of.");
    }

    async fn what_changed_is_told_signed_once_to_each(app: TestApp) {
        let app = app.restart_with(at_home()).await;
        let (administrator, editor) = (app.staff(Role::Admin).await, app.staff(Role::Editor).await);
        let receiver = Receiver::default();
        let webhook = ask(&administrator, "saveWebhook", json!({ "url": receiver.start().await, "description": "The site" })).await["webhook"].clone();
        tell(&app, 2).await;
        receiver.heard();

        let a = editor.published_page("a", page("A", vec![quote("q", "One.")])).await;
        editor.published_page("b", page("B", vec![quote("q", "Two.")])).await;
        // What comes about in the same second is told together.
        assert_eq!(tell(&app, 2).await, 1);
        let heard = receiver.heard();
        let [heard] = heard.as_slice() else { panic!("{} messages", heard.len()) };
        let data = heard.data();
        assert_eq!(data["paths"], json!(["/a", "/b"]));
        assert!(data["ids"].as_array().expect("ids").contains(&json!(a.id)), "{data}");
        for name in [a.id.as_str(), "path:/a", "type:page", hillside::tags::EVERYTHING] {
            assert!(data["tags"].as_array().expect("tags").contains(&json!(hashed(name))), "{name}: {data}");
        }

        // Its receiver knows by the signature that it is ours.
        assert_eq!(heard.header("webhook-signature"), signature(&webhook, heard));
        assert_eq!(heard.header("content-type"), "application/json");

        // A draft is nobody's business, and nothing is told twice.
        editor.save_page(&a, page("Secret", vec![])).await;
        assert_eq!(tell(&app, 4).await, 0);
        editor.entry("unpublishPage", json!({ "id": a.id })).await.done("unpublishPage");
        tell(&app, 6).await;
        assert_eq!(receiver.heard().first().expect("a message").data()["paths"], json!(["/a"]));
    }

    async fn a_redirect_that_changes_is_named_by_its_id(app: TestApp) {
        let app = app.restart_with(at_home()).await;
        let administrator = app.staff(Role::Admin).await;
        let receiver = Receiver::default();
        ask(&administrator, "saveWebhook", json!({ "url": receiver.start().await })).await;
        let save = "mutation ($input: SaveRedirectInput!) { saveRedirect(input: $input) { redirect { id } userErrors { message } } }";
        let input = json!({ "fromPath": "/old", "target": "https://example.org/one" });
        let made = administrator.ask(save, json!({ "input": input })).await.done("saveRedirect")["redirect"]["id"].clone();
        tell(&app, 2).await;
        receiver.heard();
        let input = json!({ "id": made, "fromPath": "/old", "target": "https://example.org/two" });
        administrator.ask(save, json!({ "input": input })).await.done("saveRedirect");
        tell(&app, 4).await;
        let data = receiver.heard().pop().expect("a message").data();
        assert_eq!(data["ids"], json!([made]));
        let tag = json!(hashed(made.as_str().expect("an id")));
        assert!(data["tags"].as_array().expect("tags").contains(&tag), "{data}");
    }

    async fn what_is_not_taken_is_told_again_and_can_be_sent_by_hand(app: TestApp) {
        let app = app.restart_with(at_home()).await;
        let administrator = app.staff(Role::Admin).await;
        let receiver = Receiver::default();
        let webhook = ask(&administrator, "saveWebhook", json!({ "url": receiver.start().await })).await["webhook"].clone();
        tell(&app, 2).await;
        receiver.heard();
        receiver.will_answer(StatusCode::BAD_GATEWAY);
        let id = ask(&administrator, "pingWebhook", json!({ "id": webhook["id"] })).await["delivery"]["id"].clone();
        assert_eq!((tell(&app, 1).await, tell(&app, 2).await), (1, 0), "it waits five seconds");
        let failed = deliveries(&administrator).await[0].clone();
        assert_eq!((&failed["id"], &failed["attempts"], &failed["status"], &failed["deliveredAt"]), (&id, &json!(1), &json!(502), &Value::Null));
        assert_eq!(failed["error"], "it answered 502 Bad Gateway");
        assert!(failed["nextAttemptAt"].is_string());
        assert_eq!(tell(&app, 10).await, 1);
        let heard = receiver.heard();
        assert_eq!(heard.iter().map(|it| it.header("webhook-id")).collect::<Vec<_>>(), [id.as_str().expect("a text"); 2]);
        assert!(deliveries(&administrator).await[0]["deliveredAt"].is_string());

        ask(&administrator, "resendWebhookDelivery", json!({ "id": id })).await;
        assert_eq!(tell(&app, 20).await, 1);
        assert_eq!(receiver.heard()[0].header("webhook-id"), id.as_str().expect("a text"));

        // After nine waits nobody tries any more.
        for _ in 0..10 { receiver.will_answer(StatusCode::INTERNAL_SERVER_ERROR) }
        ask(&administrator, "pingWebhook", json!({ "id": webhook["id"] })).await;
        for days in 1..=12 { tell(&app, days * 86_400).await; }
        let given_up = deliveries(&administrator).await[0].clone();
        assert_eq!((&given_up["attempts"], &given_up["nextAttemptAt"], &given_up["deliveredAt"]), (&json!(10), &Value::Null, &Value::Null));
    }

    async fn who_is_slow_keeps_nobody_else_waiting(app: TestApp) {
        let app = app.restart_with(at_home()).await;
        let administrator = app.staff(Role::Admin).await;
        let (receiver, silent) = (Receiver::default(), tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port"));
        let address = format!("http://{}/hook", silent.local_addr().expect("an address"));
        let slow = ask(&administrator, "saveWebhook", json!({ "url": address })).await["webhook"]["id"].clone();
        let quick = ask(&administrator, "saveWebhook", json!({ "url": receiver.start().await })).await["webhook"]["id"].clone();
        for _ in 0..12 {
            ask(&administrator, "pingWebhook", json!({ "id": slow })).await;
        }
        ask(&administrator, "pingWebhook", json!({ "id": quick })).await;
        let told = tell(&app, 1);
        let heard = async {
            loop {
                let heard = receiver.heard();
                if !heard.is_empty() {
                    return heard;
                }
                tokio::time::sleep(std::time::Duration::from_millis(20)).await;
            }
        };
        // Whoever never answers has fifteen seconds.
        tokio::select! {
            heard = heard => assert_eq!(heard.len(), 1),
            _ = told => panic!("the slow one was waited for"),
        }
    }

    async fn who_is_gone_is_told_no_more(app: TestApp) {
        let app = app.restart_with(at_home()).await;
        let administrator = app.staff(Role::Admin).await;
        let receiver = Receiver::default();
        let webhook = ask(&administrator, "saveWebhook", json!({ "url": receiver.start().await })).await["webhook"].clone();
        receiver.will_answer(StatusCode::GONE);
        ask(&administrator, "pingWebhook", json!({ "id": webhook["id"] })).await;
        tell(&app, 2).await;
        let answer = administrator.ask("{ webhooks { enabled } }", Value::Null).await;
        assert_eq!(answer.data()["webhooks"], json!([{ "enabled": false }]));
        app.staff(Role::Editor).await.published_page("a", page("A", vec![])).await;
        receiver.heard();
        tell(&app, 10).await;
        assert_eq!(receiver.heard().len(), 0);
        let renewed = ask(&administrator, "renewWebhookSecret", json!({ "id": webhook["id"] })).await;
        assert_ne!(renewed["webhook"]["secret"], webhook["secret"]);
        ask(&administrator, "deleteWebhook", json!({ "id": webhook["id"] })).await;
        assert_eq!(administrator.ask("{ webhooks { id } }", Value::Null).await.data()["webhooks"], json!([]));
    }

    async fn nothing_at_home_is_told_unless_the_operator_says_so(app: TestApp) {
        let app = app.restart_with(at_home()).await;
        let administrator = app.staff(Role::Admin).await;
        let receiver = Receiver::default();
        let url = receiver.start().await;
        let webhook = ask(&administrator, "saveWebhook", json!({ "url": url })).await["webhook"].clone();

        // What was saved while it was allowed is not told any more.
        let app = app.restart_with(Settings::default()).await;
        let administrator = app.staff(Role::Admin).await;
        ask(&administrator, "pingWebhook", json!({ "id": webhook["id"] })).await;
        tell(&app, 2).await;
        assert_eq!(receiver.heard().len(), 0);
        let refused = deliveries(&administrator).await[0].clone();
        assert_eq!((&refused["status"], &refused["error"]), (&Value::Null, &json!("Write an address that begins with https://; only with HILLSIDE_WEBHOOKS_PRIVATE=on is another told.")));

        let save = "mutation ($input: SaveWebhookInput!) { saveWebhook(input: $input) { userErrors { code message path } } }";
        for (url, why) in [
            (url.as_str(), "Write an address that begins with https://; only with HILLSIDE_WEBHOOKS_PRIVATE=on is another told."),
            ("https://192.168.0.7/hook", "Write an address on the public internet; only with HILLSIDE_WEBHOOKS_PRIVATE=on is one at home told."),
            ("https://localhost/hook", "Write an address on the public internet; only with HILLSIDE_WEBHOOKS_PRIVATE=on is one at home told."),
        ] {
            let answer = administrator.ask(save, json!({ "input": { "url": url } })).await;
            assert_eq!(answer.refused("saveWebhook"), format!("INVALID input.url: {why}"));
        }
    }

    async fn a_webhook_that_is_switched_off_is_not_told_what_waits(app: TestApp) {
        let app = app.restart_with(at_home()).await;
        let administrator = app.staff(Role::Admin).await;
        let receiver = Receiver::default();
        let url = receiver.start().await;
        let webhook = ask(&administrator, "saveWebhook", json!({ "url": url })).await["webhook"].clone();
        receiver.will_answer(StatusCode::BAD_GATEWAY);
        let id = ask(&administrator, "pingWebhook", json!({ "id": webhook["id"] })).await["delivery"]["id"].clone();
        tell(&app, 1).await;
        receiver.heard();
        ask(&administrator, "saveWebhook", json!({ "id": webhook["id"], "url": url, "enabled": false })).await;
        assert_eq!(tell(&app, 60).await, 0);
        let stopped = deliveries(&administrator).await[0].clone();
        assert_eq!((&stopped["error"], &stopped["nextAttemptAt"]), (&json!("the webhook was switched off"), &Value::Null));

        // By hand it is told all the same.
        ask(&administrator, "resendWebhookDelivery", json!({ "id": id })).await;
        let waits = deliveries(&administrator).await[0].clone();
        assert_eq!((&waits["status"], &waits["error"]), (&Value::Null, &Value::Null));
        assert!(waits["nextAttemptAt"].is_string());
        assert_eq!(tell(&app, 70).await, 1);
        assert_eq!(receiver.heard().len(), 1);
    }

    async fn for_a_day_the_former_secret_signs_beside_the_new_one(app: TestApp) {
        let app = app.restart_with(at_home()).await;
        let administrator = app.staff(Role::Admin).await;
        let receiver = Receiver::default();
        let webhook = ask(&administrator, "saveWebhook", json!({ "url": receiver.start().await })).await["webhook"].clone();
        let renewed = ask(&administrator, "renewWebhookSecret", json!({ "id": webhook["id"] })).await["webhook"].clone();
        for (seconds, secrets) in [(60, vec![&renewed, &webhook]), (25 * 3_600, vec![&renewed])] {
            ask(&administrator, "pingWebhook", json!({ "id": webhook["id"] })).await;
            tell(&app, seconds).await;
            let heard = receiver.heard().pop().expect("a message");
            let expected: Vec<String> = secrets.into_iter().map(|of| signature(of, &heard)).collect();
            assert_eq!(heard.header("webhook-signature"), expected.join(" "));
        }
    }

    async fn the_cache_in_front_is_told_which_tags_to_drop(app: TestApp) {
        for (format, json) in [(None, false), (Some("json"), true)] {
            let receiver = Receiver::default();
            let settings = Settings {
                purge_url: Some(receiver.start().await),
                purge_header: Some("Fastly-Key: a secret".to_owned()),
                purge_format: format.map(ToOwned::to_owned),
                ..Settings::default()
            };
            let app = TestApp::start(app.backend).await.restart_with(settings).await;
            app.staff(Role::Editor).await.published_page("a", page("A", vec![])).await;
            tell(&app, 2).await;
            let heard = receiver.heard();
            let [heard] = heard.as_slice() else { panic!("{} messages", heard.len()) };
            assert_eq!(heard.header("fastly-key"), "a secret");
            let told = if json { heard.body.clone() } else { heard.header("surrogate-key").to_owned() };
            assert!(told.contains(&hashed("path:/a")), "{told}");
        }
    }
}
