//! How much of the public schema one visitor may ask for in a second.

use hillside::config::Settings;
use serde_json::{Value, json};

use crate::support::{Answer, TestApp, on_both};

const DEAR: &str = "{ therapies(first: 90) { nodes { title } } }";

/// Asks as somebody behind our proxy.
async fn ask(app: &TestApp, from: &str, query: &str) -> Answer {
    post(app, from, &json!({ "query": query })).await
}

async fn post(app: &TestApp, from: &str, body: &Value) -> Answer {
    let request = app.visitor().request(reqwest::Method::POST, "/graphql").header("x-forwarded-for", from);
    Answer::to(request.json(body)).await
}

on_both! {
    async fn whoever_asks_for_too_much_waits(app: TestApp) {
        let settings = Settings { proxies: Some("127.0.0.0/8".to_owned()), rate: Some(50), ..Settings::default() };
        let app = app.restart_with(settings).await;
        // A dear question that is answered from memory costs nothing after the first time.
        for _ in 0..20 {
            assert_eq!(ask(&app, "1.1.1.1", DEAR).await.errors(), "");
        }
        // Each of these is another question.
        let dear = |nth: usize| format!("{{ a{nth}: therapies(first: 90) {{ nodes {{ title }} }} }}");
        let mut refused = None;
        for nth in 0..20 {
            let answer = ask(&app, "1.1.1.1", &dear(nth)).await;
            if answer.status != 200 {
                refused = Some(answer);
                break;
            }
        }
        let refused = refused.expect("nobody may ask for that much");
        assert_eq!(refused.status, 429);
        assert!(refused.errors().starts_with("RATE_LIMITED: You ask for more than 50 cost units a second."));
        let seconds: u64 = refused.headers["retry-after"].to_str().expect("a text").parse().expect("seconds");
        assert!((1..=10).contains(&seconds), "{seconds}");
        assert_eq!(refused.body["errors"][0]["extensions"]["retryAfter"], json!(seconds));
        // What is kept is still for everybody, another visitor asks as if nothing had been, and so does whoever is at home.
        assert_eq!(ask(&app, "1.1.1.1", DEAR).await.errors(), "");
        assert_eq!(ask(&app, "6.6.6.6, 1.0.0.1", &dear(21)).await.errors(), "");
        for nth in 0..20 {
            assert_eq!(ask(&app, "10.0.0.9", &dear(40 + nth)).await.errors(), "");
        }
    }

    async fn nonsense_is_dear(app: TestApp) {
        let settings = Settings { proxies: Some("127.0.0.1".to_owned()), rate: Some(5), ..Settings::default() };
        let app = app.restart_with(settings).await;
        // Whatever is refused before it runs: no document, an operation that is not there, variables that do not fit, a cost.
        let nonsense = [
            ("BAD_REQUEST", json!({ "query": 7 })),
            ("GRAPHQL_VALIDATION_FAILED", json!({ "query": "{ nothing }" })),
            ("OPERATION_RESOLUTION_FAILURE", json!({ "query": "{ site { name } }", "operationName": "Other" })),
            ("BAD_USER_INPUT", json!({ "query": "query ($path: String!) { route(path: $path) { __typename } }" })),
            ("QUERY_TOO_COMPLEX", json!({ "query": "{ routes(first: 250) { nodes { path kind a: path b: path c: path d: path e: path f: path g: path } } }" })),
            ("PERSISTED_QUERY_NOT_FOUND", json!({ "documentId": format!("sha256:{}", "0".repeat(64)) })),
        ];
        for (nth, (code, body)) in nonsense.into_iter().enumerate() {
            let from = format!("1.1.1.{nth}");
            let answer = post(&app, &from, &body).await;
            assert_eq!(answer.errors().split(':').next(), Some(code), "{body}: {}", answer.errors());
            assert_eq!(post(&app, &from, &body).await.errors().split(':').next(), Some("RATE_LIMITED"), "{body}");
        }
        assert_eq!(app.visitor().ask("{ nothing }", Value::Null).await.errors().split(':').next(), Some("GRAPHQL_VALIDATION_FAILED"));
    }
}
