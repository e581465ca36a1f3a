//! Documents by their hash: registered ones, those a client taught, and which are answered.

use std::collections::BTreeMap;

use entity::user::Role;
use hillside::{config::Settings, error::Error, gql::Digest, server};
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{
    Answer, TestApp,
    entry::{page, quote},
    on_both,
};

const TITLE: &str = "query Title($path: String!) { route(path: $path) { ... on Page { title } } }";

async fn register(app: &TestApp, texts: &[&str]) -> (usize, u64) {
    let by_hash: BTreeMap<String, &str> = texts.iter().map(|text| (Digest::of(text).to_string(), *text)).collect();
    let manifest = json!(by_hash).to_string();
    server::register_documents(&app.app, manifest.as_bytes(), chrono::Utc::now()).await.expect("they are good")
}

async fn post(app: &TestApp, body: Value) -> Answer {
    Answer::to(app.visitor().request(Method::POST, "/graphql").json(&body)).await
}

/// Under the media type whose statuses say what happened.
async fn get(app: &TestApp, query: &str) -> Answer {
    let request = app.visitor().request(Method::GET, &format!("/graphql?{query}"));
    Answer::to(request.header("accept", "application/graphql-response+json")).await
}

fn by_id(text: &str) -> String {
    format!("documentId={}&variables=%7B%22path%22%3A%22%2Fa%22%7D", Digest::of(text))
}

fn code(answer: &Answer) -> &str {
    answer.body["errors"][0]["extensions"]["code"].as_str().unwrap_or_default()
}

fn only(documents: &str) -> Settings {
    Settings { documents: Some(documents.to_owned()), ..Settings::default() }
}

on_both! {
    async fn a_registered_document_is_answered_by_its_hash(app: TestApp) {
        let editor = app.staff(Role::Editor).await;
        editor.published_page("a", page("First", vec![quote("q", "One.")])).await;
        let unknown = get(&app, &by_id(TITLE)).await;
        assert_eq!((unknown.status.as_u16(), code(&unknown)), (400, "PERSISTED_QUERY_NOT_FOUND"));
        assert_eq!((register(&app, &[TITLE]).await, register(&app, &[TITLE]).await), ((1, 1), (1, 0)));

        for _ in 0..2 {
            let answer = get(&app, &by_id(TITLE)).await;
            assert_eq!(answer.data()["route"]["title"], "First");
            assert_eq!(answer.headers["cache-control"], "public, max-age=0, s-maxage=60, stale-if-error=86400");
        }
        let posted = post(&app, json!({ "documentId": Digest::of(TITLE).to_string(), "operationName": "Title", "variables": { "path": "/a" } })).await;
        assert_eq!(posted.data()["route"]["title"], "First");
    }

    async fn what_is_asked_for_by_hash_is_said_in_one_way(app: TestApp) {
        for (body, says) in [
            (json!({ "documentId": "sha256:12" }), "64 hexadecimal digits"),
            (json!({ "documentId": 7 }), "not a string"),
            (json!({ "documentId": Digest::of(TITLE).to_string(), "query": TITLE }), "not both"),
            (json!({ "extensions": { "persistedQuery": { "version": 2, "sha256Hash": "" } } }), "`version` 1"),
            (json!({ "query": "{ site { name } }", "extensions": { "persistedQuery": { "version": 1, "sha256Hash": Digest::of(TITLE).to_string() } } }), "not the SHA-256"),
            (json!({}), "`query` is missing"),
        ] {
            let answer = post(&app, body.clone()).await;
            assert_eq!((answer.status.as_u16(), code(&answer)), (400, "BAD_REQUEST"), "{body}");
            assert!(answer.errors().contains(says), "{body}: {}", answer.errors());
        }
    }

    async fn only_good_documents_are_registered_and_all_or_none(app: TestApp) {
        let operation = |id: &str, body: &str| json!({ "id": id, "body": body, "name": "N" });
        let manifest = json!({ "format": "apollo-persisted-query-manifest", "version": 1, "operations": [
            operation(&Digest::of("other").to_string(), TITLE),
            operation(&Digest::of("{ nothing }").to_string(), "{ nothing }"),
            operation("md5", "{ site { name } }"),
            operation(&Digest::of("{ site { name } }").to_string(), "{ site { name } }"),
        ] });
        let refused = server::register_documents(&app.app, manifest.to_string().as_bytes(), chrono::Utc::now()).await;
        let refused = refused.expect_err("they are not");
        let Some(Error::Problems(problems)) = refused.downcast_ref() else { panic!("problems: {refused}") };
        assert_eq!(problems.len(), 3);
        assert!(problems[1].message.contains("nothing"), "{problems:?}");
        let good = get(&app, &format!("documentId={}", Digest::of("{ site { name } }"))).await;
        assert_eq!(code(&good), "PERSISTED_QUERY_NOT_FOUND", "nothing of it was registered");
        assert!(server::register_documents(&app.app, b"[1]", chrono::Utc::now()).await.is_err());
    }

    async fn a_strict_installation_answers_registered_documents_alone(app: TestApp) {
        let app = app.restart_with(only("only")).await;
        let editor = app.staff(Role::Editor).await;
        editor.published_page("a", page("First", vec![quote("q", "One.")])).await;
        register(&app, &[TITLE]).await;
        let refused = post(&app, json!({ "query": "{ site { name } }" })).await;
        assert_eq!((refused.status.as_u16(), code(&refused)), (400, "DOCUMENT_NOT_ALLOWED"));
        let taught = json!({ "query": "{ site { name } }", "extensions": { "persistedQuery": { "version": 1, "sha256Hash": Digest::of("{ site { name } }").to_string() } } });
        assert_eq!(code(&post(&app, taught).await), "DOCUMENT_NOT_ALLOWED");
        assert_eq!(get(&app, &by_id(TITLE)).await.data()["route"]["title"], "First");
        // The text itself is as good as its hash.
        assert_eq!(post(&app, json!({ "query": TITLE, "variables": { "path": "/a" } })).await.data()["route"]["title"], "First");
        assert_eq!(editor.ask("{ viewer { user { email } } }", Value::Null).await.errors(), "", "staff are not meant");
    }

    async fn a_client_teaches_an_open_installation_its_documents(app: TestApp) {
        let editor = app.staff(Role::Editor).await;
        editor.published_page("a", page("First", vec![quote("q", "One.")])).await;
        let hash = Digest::of(TITLE).to_string();
        let extensions = json!({ "persistedQuery": { "version": 1, "sha256Hash": hash.trim_start_matches("sha256:") } });
        let asked = json!({ "extensions": extensions, "variables": { "path": "/a" } });
        let unknown = post(&app, asked.clone()).await;
        assert_eq!((unknown.status.as_u16(), code(&unknown)), (200, "PERSISTED_QUERY_NOT_FOUND"));
        assert_eq!(unknown.body["errors"][0]["message"], "PersistedQueryNotFound");
        let mut taught = asked.clone();
        taught["query"] = TITLE.into();
        assert_eq!(post(&app, taught.clone()).await.data()["route"]["title"], "First");
        assert_eq!(post(&app, asked.clone()).await.data()["route"]["title"], "First");

        // Where documents are to be registered nobody teaches any, and everybody is answered.
        let app = app.restart_with(only("prefer")).await;
        assert_eq!(code(&post(&app, asked.clone()).await), "PERSISTED_QUERY_NOT_FOUND");
        assert_eq!(post(&app, taught).await.data()["route"]["title"], "First");
        register(&app, &[TITLE]).await;
        assert_eq!(post(&app, asked).await.data()["route"]["title"], "First");
    }

    async fn a_registered_document_may_ask_for_more(app: TestApp) {
        let many: String = (0..40).map(|number| format!("r{number}: route(path: \"/a{number}\") {{ __typename }} ")).collect();
        let text = format!("query Many {{ {many} }}");
        let refused = post(&app, json!({ "query": text })).await;
        assert!(refused.errors().contains("at most"), "{}", refused.errors());
        register(&app, &[&text]).await;
        assert_eq!(get(&app, &format!("documentId={}", Digest::of(&text))).await.errors(), "");
    }
}
