//! What the world may read of an error.

use std::time::Duration;

use poem::http::StatusCode;
use serde_json::json;

use super::{ask, limited, post, send};
use crate::gql::Code;

#[tokio::test]
async fn faults_of_ours_say_nothing_but_where_to_look() {
    for (query, field) in
        [("{ breaks }", "breaks"), ("{ breaksBelow }", "breaksBelow"), ("{ inventsACode }", "inventsACode")]
    {
        let answer = ask(query).await;
        assert_eq!(answer.status, StatusCode::OK);
        assert_eq!(
            answer.json["errors"][0],
            json!({
                "message": "Internal error",
                "locations": [{ "line": 1, "column": 3 }],
                "path": [field],
                "extensions": { "code": "INTERNAL", "requestId": "r-1" },
            })
        );
        assert_eq!(answer.json["data"], json!({ field: null }));
    }
}

#[tokio::test]
async fn what_the_asker_can_mend_is_said() {
    assert_eq!(ask("{ signedIn }").await.code(), "UNAUTHENTICATED");
    let answer = ask("{ busy }").await;
    assert_eq!(answer.json["errors"][0]["extensions"], json!({ "code": "RATE_LIMITED", "retryAfter": 30 }));
    let answer = ask("{ short(text: \"long\") }").await;
    assert_eq!(answer.code(), "BAD_USER_INPUT");
    assert!(answer.message().contains("length"), "{}", answer.message());
    let answer = ask("{ book(id: -1) { id } }").await;
    assert_eq!(answer.code(), "BAD_USER_INPUT", "{}", answer.text);
}

#[tokio::test]
async fn null_at_the_top_is_still_data() {
    let answer = ask("{ must }").await;
    assert_eq!((answer.status, answer.json.get("data")), (StatusCode::OK, Some(&json!(null))));
    assert_eq!(answer.code(), "INTERNAL");
}

#[tokio::test]
async fn errors_are_few_and_short() {
    let answer = ask("{ failing { field } }").await;
    let errors = answer.json["errors"].as_array().unwrap();
    assert_eq!(errors.len(), 20);
    assert_eq!(answer.message().len(), 300);
    let many = (0..18).map(|n| format!("a{n}: nothing{n}")).collect::<Vec<_>>().join(" ");
    assert!(ask(&format!("{{ {many} z y x w v }}")).await.json["errors"].as_array().unwrap().len() <= 20);
}

#[tokio::test]
async fn execution_is_given_up() {
    let endpoint = limited(|limits| limits.execute = Duration::from_millis(20));
    let answer = send(&endpoint, post(r#"{"query":"{ slow }"}"#)).await;
    assert_eq!((answer.status, answer.code()), (StatusCode::SERVICE_UNAVAILABLE, "TIMEOUT"));
    assert_eq!(answer.json.get("data"), None);
}

#[test]
fn every_code_is_read_back() {
    for code in Code::ALL {
        assert_eq!(Code::of(code.as_str()), Some(code));
    }
    assert_eq!(Code::of("OUCH"), None);
}
