//! How much of the public schema one visitor may ask for in a second.

use hillside::config::Settings;
use serde_json::{Value, json};

use crate::support::{Answer, TestApp, on_both};

const DEAR: &str = "{ therapies(first: 90) { nodes { title } } }";

/// Asks as somebody behind our proxy.
async fn ask(app: &TestApp, from: &str, query: &str) -> Answer {
    let body = json!({ "query": query });
    let request = app.visitor().request(reqwest::Method::POST, "/graphql").header("x-forwarded-for", from);
    Answer::to(request.json(&body)).await
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
        let mut codes = Vec::new();
        for nth in 0..8 {
            let answer = ask(&app, "1.1.1.1", &format!("{{ nothing{nth} }}")).await;
            codes.push(answer.errors().split(':').next().unwrap_or_default().to_owned());
        }
        assert_eq!(codes[0], "GRAPHQL_VALIDATION_FAILED");
        assert_eq!(codes[7], "RATE_LIMITED");
        assert_eq!(app.visitor().ask("{ nothing }", Value::Null).await.errors().split(':').next(), Some("GRAPHQL_VALIDATION_FAILED"));
    }
}
