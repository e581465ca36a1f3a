//! Connections.

use serde_json::json;

use super::{ask, ask_with};
use crate::gql::Page;

#[tokio::test]
async fn pages_follow_each_other() {
    let query = "query ($after: String) { books(first: 100, after: $after) {
        nodes { id } edges { cursor } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } totalCount } }";
    let (mut after, mut seen) = (json!(null), Vec::new());
    for (size, more) in [(100, true), (100, true), (50, false)] {
        let answer = ask_with(query, json!({ "after": after })).await;
        let books = &answer.json["data"]["books"];
        let info = &books["pageInfo"];
        assert_eq!(books["nodes"].as_array().unwrap().len(), size, "{}", answer.text);
        assert_eq!(
            (info["hasNextPage"].as_bool(), info["hasPreviousPage"].as_bool()),
            (Some(more), Some(!seen.is_empty()))
        );
        assert_eq!((&books["totalCount"], &info["startCursor"]), (&json!(250), &books["edges"][0]["cursor"]));
        seen.extend(books["nodes"].as_array().unwrap().iter().map(|node| node["id"].as_u64().unwrap()));
        after = info["endCursor"].clone();
    }
    assert!(seen.into_iter().eq(1..=250));
}

#[tokio::test]
async fn a_page_is_bounded() {
    for first in ["101", "-1"] {
        let answer = ask(&format!("{{ books(first: {first}) {{ nodes {{ id }} }} }}")).await;
        assert_eq!(answer.message(), "The argument `first` of `books` is a number from 0 to 100.");
        assert_eq!(answer.code(), "BAD_USER_INPUT");
    }
    let answer = ask_with("query ($n: Int!) { books(first: $n) { nodes { id } } }", json!({ "n": 101 })).await;
    assert_eq!(answer.code(), "BAD_USER_INPUT");
    let answer = ask("{ books(first: 0) { nodes { id } pageInfo { hasNextPage endCursor } } }").await;
    assert_eq!(
        answer.json["data"]["books"],
        json!({ "nodes": [], "pageInfo": { "hasNextPage": true, "endCursor": null } })
    );
}

#[tokio::test]
async fn a_cursor_belongs_to_its_order() {
    let other = Page::<(u32,)>::new("title", 1, None).unwrap();
    let of_other = other.connection(vec![1], 1, |id| (*id,), super::Book).unwrap();
    let schema =
        async_graphql::Schema::new(Holder(of_other), async_graphql::EmptyMutation, async_graphql::EmptySubscription);
    let cursor = schema.execute("{ list { edges { cursor } } }").await.data.into_json().unwrap();
    for cursor in [cursor["list"]["edges"][0]["cursor"].as_str().unwrap(), "", "x", "WyJpZCIsWyJhIl1d"] {
        let answer = ask_with("query ($a: String) { books(after: $a) { nodes { id } } }", json!({ "a": cursor })).await;
        assert_eq!(answer.message(), "The argument `after` is not a cursor of this list.", "{}", answer.text);
        assert_eq!(answer.code(), "BAD_USER_INPUT");
    }
    assert!(
        schema.sdl().contains("type BookConnection {") && schema.sdl().contains("type BookEdge {"),
        "{}",
        schema.sdl()
    );
}

struct Holder(super::Connection<super::Book>);

#[async_graphql::Object]
impl Holder {
    async fn list(&self) -> &super::Connection<super::Book> {
        &self.0
    }
}
