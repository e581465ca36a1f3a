//! Documents are valid to the letter where async-graphql alone is lax.

use serde_json::json;

use super::{ask, limited, post, send, serve};
use crate::gql::Policy;

#[tokio::test]
async fn conflicting_fields_are_refused() {
    for query in [
        "{ book { x: id x: title } }",
        "{ book { x: id } book { x: title } }",
        "{ book { ...A ...B } } fragment A on Book { x: id } fragment B on Book { x: title }",
        "{ a: book(id: 1) { id } a: book(id: 2) { id } }",
        "{ a: booksById(ids: [1]) { id } a: booksById(ids: [1, 2]) { id } }",
        "{ book { ...A } book { next { id: title } } } fragment A on Book { next { id } }",
    ] {
        assert_eq!(ask(query).await.code(), "GRAPHQL_VALIDATION_FAILED", "{query}");
    }
    assert_eq!(
        ask("{ book { id id title } book { id } }").await.json["data"],
        json!({ "book": { "id": 7, "title": "Book 7" } })
    );
}

#[tokio::test]
async fn typename_is_a_field_like_others() {
    for query in [
        "{ __typename { id } }",
        "{ __typename @nothing }",
        "{ __typename(a: 1) }",
        "query ($a: Boolean!) { __typename @skip(if: $b) }",
    ] {
        assert_eq!(ask(query).await.code(), "GRAPHQL_VALIDATION_FAILED", "{query}");
    }
    let answer = super::ask_with("query ($a: Boolean!) { __typename @skip(if: $a) say }", json!({ "a": true })).await;
    assert_eq!(answer.json["data"], json!({ "say": null }));
}

#[tokio::test]
async fn the_grammar_is_that_of_the_specification() {
    for query in [
        "query () { say }",
        "{ say() }",
        "fragment on on Query { say } { ...on }",
        "{ }",
        " ",
        "# nothing",
        "{ say(text: \"a) }",
    ] {
        assert_eq!(ask(query).await.code(), "GRAPHQL_PARSE_FAILED", "{query}");
    }
    for query in ["type A { a: Int }", "{ say } type A { a: Int }", "extend type Query { a: Int }"] {
        assert_eq!(ask(query).await.code(), "GRAPHQL_VALIDATION_FAILED", "{query}");
    }
    assert_eq!(ask(r#"{ say(text: "\ud83d\ude00") }"#).await.json["data"], json!({ "say": "😀" }));
    assert_eq!(ask(r#"{ say(text: "\ud83d") }"#).await.code(), "GRAPHQL_PARSE_FAILED");
    assert_eq!(ask(r#"{ say(text: "\u{51}\u0051") }"#).await.json["data"], json!({ "say": "QQ" }));
    assert_eq!(
        ask("{ say(text: \"\"\"a \\\"\"\" { [ ( # b\"\"\") } # {[(").await.json["data"],
        json!({ "say": "a \"\"\" { [ ( # b" })
    );
}

#[tokio::test]
async fn errors_have_places() {
    let answer = ask("{\n  book { nothing }\n}").await;
    assert_eq!(answer.json["errors"][0]["locations"], json!([{ "line": 2, "column": 10 }]));
    let answer = ask("{ bok { id } }").await;
    assert!(!answer.text.contains("book"), "no name is suggested: {}", answer.text);
}

#[tokio::test]
async fn an_operation_is_chosen_by_name() {
    let ask = async |name: &str| {
        let query = "query A { book(id: 1) { id } } query B($x: Int!) { book(id: $x) { id } }";
        send(&super::public(), post(json!({ "query": query, "operationName": name }).to_string())).await
    };
    assert_eq!(ask("A").await.json["data"], json!({ "book": { "id": 1 } }));
    assert_eq!(ask("B").await.code(), "BAD_USER_INPUT");
    assert_eq!(ask("C").await.code(), "OPERATION_RESOLUTION_FAILURE");
    let named = post(r#"{"query":"{ say }","operationName":"A"}"#);
    assert_eq!(send(&super::public(), named).await.code(), "OPERATION_RESOLUTION_FAILURE");
}

#[tokio::test]
async fn introspection_is_a_setting() {
    let standard = include_str!("introspection.graphql");
    let answer = ask(standard).await;
    assert_eq!(answer.json["data"]["__schema"]["queryType"]["name"], "Query", "{}", answer.text);

    let closed = serve(Policy { introspection: false, ..Policy::public() }, ());
    for query in [standard, "{ say ...A } fragment A on Query { x: __type(name: \"Book\") { name } }"] {
        let answer = send(&closed, post(json!({ "query": query }).to_string())).await;
        assert_eq!(answer.code(), "GRAPHQL_VALIDATION_FAILED");
    }
    assert_eq!(
        send(&closed, post(r#"{"query":"{ __typename }"}"#)).await.json["data"],
        json!({ "__typename": "Query" })
    );
}

#[tokio::test]
async fn a_kept_document_answers_as_the_first_time() {
    let endpoint = limited(|_| {});
    for id in 1..4 {
        let query = "query ($id: Int!) { book(id: $id) { id } }";
        let answer = send(&endpoint, post(json!({ "query": query, "variables": { "id": id } }).to_string())).await;
        assert_eq!(answer.json["data"], json!({ "book": { "id": id } }));
    }
}
