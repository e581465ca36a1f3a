//! Answers have the form the specification gives them, failures included.

use super::{ask, ask_with};
use serde_json::json;

#[tokio::test]
async fn a_field_that_fails_is_null() {
    let answer = ask("{ say breaks book { id maybeBroken } }").await;
    assert!(
        answer.text.starts_with(r#"{"data":{"say":null,"breaks":null,"book":{"id":7,"maybeBroken":null}}"#),
        "{}",
        answer.text
    );
    assert_eq!(answer.json["errors"].as_array().map(Vec::len), Some(2));
    assert_eq!(ask("{ book { maybeBroken } }").await.json["data"], json!({ "book": { "maybeBroken": null } }));
}

#[tokio::test]
async fn null_rises_to_where_it_is_allowed() {
    for (query, data) in [
        ("{ book { id broken } say }", json!({ "book": null, "say": null })),
        ("{ book { broken } say }", json!({ "book": null, "say": null })),
        ("{ book { next { next { id broken } } } say }", json!({ "book": null, "say": null })),
        ("{ book { broken maybeBroken } }", json!({ "book": null })),
        ("{ say booksById(ids: [1, 2]) { id broken } }", json!(null)),
        ("{ must say }", json!(null)),
        (
            "{ maybeThings { ... on Book { broken } ... on Author { name } } }",
            json!({ "maybeThings": [null, null, { "name": "A" }] }),
        ),
        (
            "{ maybeThings { ... on Book { id maybeBroken } } }",
            json!({ "maybeThings": [{ "id": 1, "maybeBroken": null }, null, {}] }),
        ),
    ] {
        let answer = ask(query).await;
        assert_eq!(answer.json.get("data"), Some(&data), "{query}: {}", answer.text);
        assert!(answer.json["errors"].is_array(), "{query}");
    }
}

#[tokio::test]
async fn an_object_of_which_nothing_is_selected_is_not_null() {
    for (query, data) in [
        ("{ things { ... on Book { id } } }", json!({ "things": [{ "id": 1 }, {}] })),
        (
            "{ things { ...A } } fragment A on Thing { ... on Author { name } }",
            json!({ "things": [{}, { "name": "A" }] }),
        ),
        ("{ thing { ... on Author { name } } }", json!({ "thing": {} })),
        ("{ thing(none: true) { ... on Author { name } } }", json!({ "thing": null })),
        ("{ book { id @skip(if: true) } }", json!({ "book": {} })),
        ("{ say @include(if: false) }", json!({})),
    ] {
        let answer = ask(query).await;
        assert_eq!(answer.json["data"], data, "{query}: {}", answer.text);
    }
}

#[tokio::test]
async fn fields_come_in_the_order_they_were_asked_for() {
    let query = "{ book { late ...A id next { late id } } } fragment A on Book { title next { title late } }";
    let expected =
        r#"{"data":{"book":{"late":true,"title":"Book 7","next":{"title":"Book 8","late":true,"id":8},"id":7}}"#;
    for _ in 0..20 {
        let answer = ask(query).await;
        assert!(answer.text.starts_with(expected), "{}", answer.text);
    }
    let answer = ask_with(
        "query ($s: Boolean!) { things { ... on Author @skip(if: $s) { name } __typename } }",
        json!({ "s": false }),
    )
    .await;
    let expected = r#"{"data":{"things":[{"__typename":"Book"},{"name":"A","__typename":"Author"}]}"#;
    assert!(answer.text.starts_with(expected), "{}", answer.text);
}
