//! Variables and literals.

use serde_json::{Value, json};

use super::{ask, ask_with};

async fn data(query: &str, variables: Value) -> Value {
    let answer = ask_with(query, variables).await;
    assert!(answer.json.get("errors").is_none(), "{}", answer.text);
    answer.json["data"].clone()
}

#[tokio::test]
async fn skip_and_include_read_the_defaults_of_variables() {
    let query = "query ($b: Boolean = true) { a: say @include(if: $b) b: say @skip(if: $b) }";
    assert_eq!(data(query, json!(null)).await, json!({ "a": null }));
    assert_eq!(data(query, json!({ "b": false })).await, json!({ "b": null }));
}

#[tokio::test]
async fn an_absent_variable_leaves_the_argument_its_default() {
    let query = "query ($id: Int) { book(id: $id) { id } maybe(text: null) }";
    assert_eq!(data(query, json!({})).await, json!({ "book": { "id": 7 }, "maybe": "null" }));
    let query = "query ($t: String) { maybe(text: $t) ...A } fragment A on Query { b: maybe(text: $t) }";
    assert_eq!(data(query, json!({})).await, json!({ "maybe": "absent", "b": "absent" }));
    assert_eq!(data(query, json!({ "t": null })).await, json!({ "maybe": "null", "b": "null" }));
    assert_eq!(data(query, json!({ "t": "" })).await, json!({ "maybe": "given", "b": "given" }));
}

#[tokio::test]
async fn an_absent_variable_leaves_a_field_of_an_input_object_its_default() {
    let query = "query ($t: String, $c: Int, $g: [String!]) { echo(filter: { title: $t, copies: $c, tags: $g }) }";
    assert_eq!(data(query, json!({})).await, data("{ echo(filter: {}) }", json!({})).await);
    assert_eq!(data(query, json!({ "c": 4 })).await, data("{ echo(filter: { copies: 4 }) }", json!({})).await);
    assert_eq!(data(query, json!({ "t": null })).await, data("{ echo(filter: { title: null }) }", json!({})).await);
}

#[tokio::test]
async fn a_variable_within_an_input_object_or_a_list_fits_its_place() {
    for query in [
        "query ($t: [String!]) { echo(filter: { title: $t }) }",
        "query ($t: [String!]!) { echo(filter: { tags: [$t] }) }",
        "query ($t: String) { echo(filter: { tags: [$t] }) }",
    ] {
        let answer = ask_with(query, json!({ "t": ["a"] })).await;
        assert_eq!(
            answer.json["errors"][0]["extensions"]["code"], "GRAPHQL_VALIDATION_FAILED",
            "{query}: {}",
            answer.text
        );
    }
    data("query ($t: String!) { echo(filter: { tags: [$t], title: $t }) }", json!({ "t": "a" })).await;
}

#[tokio::test]
async fn values_are_coerced_to_their_types() {
    let query = "query ($f: Filter!) { echo(filter: $f) }";
    let input = json!({ "f": { "title": "T", "shelf": "LOWER", "tags": "one", "key": { "number": 2.0 } } });
    assert_eq!(data(query, input).await, json!({ "echo": r#"Some("T") Some("lower") 3 Some(["one"]) Some("2")"# }));
    let query = "query ($f: Filter! = { shelf: UPPER, copies: 4, tags: [\"a\"] }) { echo(filter: $f) }";
    assert_eq!(data(query, json!({})).await, json!({ "echo": r#"None Some("upper") 4 Some(["a"]) None"# }));
    let query = "query ($v: JSON!) { keep(value: $v) }";
    let anything = json!({ "a": [1, 2.5, { "b b": null }] });
    assert_eq!(data(query, json!({ "v": anything })).await, json!({ "keep": anything }));
}

#[tokio::test]
async fn what_does_not_fit_is_refused_with_its_place() {
    let query = "query ($f: Filter!) {\n echo(filter: $f) }";
    for (input, message) in [
        (json!({}), "The variable `$f` of type `Filter!` is missing."),
        (json!({ "f": null }), "The variable `$f` is null, but `Filter!` is required."),
        (json!({ "f": 1 }), "The variable `$f` is a number, but an object of type `Filter` is required."),
        (json!({ "f": { "x": 1 } }), "The variable `$f` has a field `x` that `Filter` does not have."),
        (json!({ "f": { "copies": "1" } }), "The variable `$f.copies` is a string, but `Int` is required."),
        (
            json!({ "f": { "copies": 1.5 } }),
            "The variable `$f.copies` is 1.5, but a whole number of 32 bits is required.",
        ),
        (
            json!({ "f": { "copies": 3_000_000_000_u32 } }),
            "The variable `$f.copies` is 3000000000, but a whole number of 32 bits is required.",
        ),
        (
            json!({ "f": { "shelf": "MIDDLE" } }),
            "The variable `$f.shelf` is a string, but one of UPPER, LOWER is required.",
        ),
        (json!({ "f": { "tags": ["a", null] } }), "The variable `$f.tags[1]` is null, but `String!` is required."),
        (json!({ "f": { "key": {} } }), "The variable `$f.key` needs exactly one field of `Key`, and not null."),
        (
            json!({ "f": { "key": { "number": null } } }),
            "The variable `$f.key` needs exactly one field of `Key`, and not null.",
        ),
        (
            json!({ "f": { "key": { "number": 1, "isbn": "2" } } }),
            "The variable `$f.key` needs exactly one field of `Key`, and not null.",
        ),
        (json!({ "f": { "title": "x".repeat(10_001) } }), "The variable `$f.title` is longer than 10000 characters."),
        (json!({ "f": { "tags": vec!["x"; 101] } }), "The variable `$f.tags` has 101 items; send at most 100."),
    ] {
        let answer = ask_with(query, input).await;
        assert_eq!((answer.code(), answer.message()), ("BAD_USER_INPUT", message));
        assert_eq!(answer.json["errors"][0]["locations"], json!([{ "line": 1, "column": 8 }]));
        assert_eq!(answer.json.get("data"), None);
    }
}

#[tokio::test]
async fn one_of_is_held_in_literals() {
    for literal in ["{}", "{ number: 1, isbn: \"2\" }", "{ number: null }", "{ number: $n }"] {
        let answer =
            ask(&format!("query ($n: Int) {{ echo(filter: {{ key: {literal} }}) a: book(id: $n) {{ id }} }}")).await;
        assert_eq!(answer.code(), "GRAPHQL_VALIDATION_FAILED", "{literal}");
    }
    let query = "query ($n: Int!) { echo(filter: { key: { number: $n } }) }";
    assert_eq!(data(query, json!({ "n": 5 })).await, json!({ "echo": "None None 3 None Some(\"5\")" }));
}

#[tokio::test]
async fn there_is_an_end_to_variables() {
    let input: serde_json::Map<String, Value> = (0..51).map(|n| (format!("v{n}"), json!(1))).collect();
    assert_eq!(ask_with("{ say }", Value::Object(input)).await.code(), "BAD_USER_INPUT");
}
