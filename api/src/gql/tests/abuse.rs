//! Documents made to hurt. Each is refused, and fast.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use serde_json::json;

use super::{Answer, ask, post, public, send};
use crate::gql::document::Documents;
use crate::gql::{Digest, Limits, Policy};

async fn refused_fast(query: &str) -> Answer {
    let endpoint = public();
    let request = post(json!({ "query": query }).to_string());
    let start = Instant::now();
    let answer = send(&endpoint, request).await;
    let took = start.elapsed();
    assert!(took < Duration::from_millis(100), "{took:?} for {}", answer.text);
    assert_eq!(answer.json.get("data"), None, "{}", answer.text);
    answer
}

/// `levels` fragments, each of which spreads the next one `width` times.
fn explosion(levels: usize, width: usize) -> String {
    let mut query = "{book{...F0}}".to_owned();
    for level in 0..levels {
        write!(query, "fragment F{level} on Book{{{}}}", format!("...F{}", level + 1).repeat(width)).unwrap();
    }
    write!(query, "fragment F{levels} on Book{{id}}").unwrap();
    query
}

#[tokio::test]
async fn fragments_that_explode_are_refused_within_milliseconds() {
    for (levels, width) in [(25, 2), (12, 8), (40, 4)] {
        let query = explosion(levels, width);
        assert_eq!(refused_fast(&query).await.code(), "QUERY_TOO_COMPLEX");
    }
    let documents = Documents::new(&sdl(), Limits::public(), true).unwrap();
    let query = explosion(25, 2);
    assert!(query.len() < 1300);
    let best = (0..5).map(|_| time(|| documents.get(Digest::of(&query), &query).unwrap_err())).min().unwrap();
    assert!(best < Duration::from_millis(5), "{best:?}");
}

#[tokio::test]
async fn fragments_below_fields_explode_no_more() {
    let mut query = "{book{...F0}}".to_owned();
    for level in 0..10 {
        let fields = format!("a:next{{...F{0}}}b:next{{...F{0}}}", level + 1);
        write!(query, "fragment F{level} on Book{{{fields}}}").unwrap();
    }
    query.push_str("fragment F10 on Book{id}");
    assert_eq!(refused_fast(&query).await.code(), "QUERY_TOO_COMPLEX");
}

#[tokio::test]
async fn a_closed_list_below_itself_is_refused() {
    for query in [
        "{book{sequels{sequels{id}}}}",
        "{book{sequels{next{author{name} sequels{title}}}}}",
        "{book{a:sequels{...on Book{b:sequels{id}}}}}",
        "{book{sequels{...F}}}fragment F on Book{next{...G}} fragment G on Book{sequels{id}}",
    ] {
        assert_eq!(refused_fast(query).await.code(), "QUERY_TOO_COMPLEX", "{query}");
    }
    for query in [
        "{book{sequels{id} next{sequels{title}}}}",
        "{a:book{...F} b:book{...F}}fragment F on Book{sequels{id}}",
        "{books(first:2){nodes{related(first:2){nodes{sequels{id}}}}}}",
    ] {
        let answer = ask(query).await;
        assert_eq!(answer.json.get("errors"), None, "{query}: {}", answer.text);
    }
}

#[tokio::test]
async fn fragments_that_turn_in_circles_are_refused() {
    for query in [
        "{book{...A}}fragment A on Book{id ...A}",
        "{book{...A}}fragment A on Book{next{...B}}fragment B on Book{...A}",
        "{book{id}}fragment A on Book{...B}fragment B on Book{...C}fragment C on Book{...A}",
        "{book{...A}}fragment A on Book{id}fragment A on Book{title}",
        "{book{...Nobody}}",
    ] {
        assert_eq!(refused_fast(query).await.code(), "GRAPHQL_VALIDATION_FAILED", "{query}");
    }
}

#[tokio::test]
async fn every_count_has_an_end() {
    let repeat = |text: &str, times: usize| (0..times).map(|n| text.replace('#', &n.to_string())).collect::<String>();
    for (query, code) in [
        (format!("{{{}id{}}}", "book{".to_owned() + &"next{".repeat(11), "}".repeat(12)), "QUERY_TOO_DEEP"),
        (format!("{{book{{{}id{}}}}}", "...on Book{".repeat(62), "}".repeat(62)), "QUERY_TOO_DEEP"),
        (format!("{{{}}}", repeat("a#:__typename ", 31)), "QUERY_TOO_COMPLEX"),
        (format!("{{book{{{}}}}}", repeat("id ", 21)), "QUERY_TOO_COMPLEX"),
        (format!("{{book{{id{}}}}}", "@skip(if:false)".repeat(5)), "QUERY_TOO_COMPLEX"),
        (repeat("query Q#{say}", 11), "QUERY_TOO_COMPLEX"),
        (format!("{{say}}{}", repeat("fragment F# on Book{id}", 51)), "QUERY_TOO_COMPLEX"),
        (format!("{{book{{{}}}}}fragment F on Book{{id}}", "...F ".repeat(201)), "QUERY_TOO_COMPLEX"),
        (format!("{{{}}}", repeat("a#:say ", 21)), "QUERY_TOO_COMPLEX"),
        (format!("{{...A}}fragment A on Query{{{}}}", repeat("a#:say ", 21)), "QUERY_TOO_COMPLEX"),
        ("mutation{a:write b:write}".to_owned(), "QUERY_TOO_COMPLEX"),
        (format!("{{{}}}", "say ".repeat(2001)), "DOCUMENT_TOO_LARGE"),
        (format!("{{say}}#{}", "x".repeat(32 * 1024)), "DOCUMENT_TOO_LARGE"),
        (format!("{{keep(value:{}1{})}}", "[".repeat(900), "]".repeat(900)), "QUERY_TOO_DEEP"),
        (format!("{{keep(value:{}1{})}}", "{a:".repeat(900), "}".repeat(900)), "QUERY_TOO_DEEP"),
        (format!("query($a:{}Int{}){{say}}", "[".repeat(900), "]".repeat(900)), "QUERY_TOO_DEEP"),
        ("{".repeat(10_000), "QUERY_TOO_DEEP"),
        (format!("{{booksById(ids:[{}]){{id}}}}", "1 ".repeat(101)), "GRAPHQL_VALIDATION_FAILED"),
    ] {
        assert_eq!(refused_fast(&query).await.code(), code, "{}", query.chars().take(200).collect::<String>());
    }
}

#[tokio::test]
async fn cost_multiplies_along_lists() {
    for (query, cost) in [
        ("{ say }", 1),
        ("{ book { id author { name } } }", 4),
        ("{ books(first: 10) { nodes { id title } totalCount } }", 1 + 1 + 1 + 20),
        ("{ books { edges { node { id } } } }", 1 + 1 + 20 * 2),
        ("{ books(first: 3) { ...A } } fragment A on BookConnection { nodes { ...B } } fragment B on Book { id }", 5),
        ("{ booksById(ids: [1, 2, 3]) { id } }", 4),
        ("{ books(first: 10) { nodes { related(first: 5) { nodes { id } } } } }", 2 + 10 * (2 + 5)),
    ] {
        assert_eq!(ask(query).await.json["extensions"]["cost"], json!(cost), "{query}");
    }
    for query in [
        "{ books(first: 100) { nodes { related(first: 100) { nodes { id } } } } }",
        "{ books(first: 100) { nodes { related(first: 11) { nodes { __typename } } } } }",
        "query ($n: Int = 100) { books(first: $n) { nodes { related(first: $n) { nodes { id } } } } }",
    ] {
        assert_eq!(refused_fast(query).await.code(), "QUERY_TOO_COMPLEX", "{query}");
    }
}

#[tokio::test]
async fn fields_may_weigh_more_and_pages_be_longer() {
    let limits = Limits::public().weigh("Query.say", 20).first_up_to("Query.books", 250);
    let endpoint = super::serve(Policy { limits, ..Policy::public() }, ());
    let answer = send(&endpoint, post(r#"{"query":"{ say books(first: 250) { totalCount } }"}"#)).await;
    assert_eq!(answer.json["extensions"]["cost"], json!(22), "{}", answer.text);
}

#[tokio::test]
async fn introspection_in_circles_is_refused() {
    let mut query = "__schema{types{".to_owned();
    query.push_str(&"fields{type{".repeat(5));
    query.push_str("name");
    query.push_str(&"}}".repeat(6));
    assert_eq!(refused_fast(&format!("{{{query}}}")).await.code(), "QUERY_TOO_DEEP");
}

#[test]
fn what_is_allowed_is_validated_in_bounded_time() {
    let documents = Documents::new(&sdl(), Limits::admin(), true).unwrap();
    let nested = |field: &str, depth: usize| format!("{}id{}", format!("{field}{{").repeat(depth), "}".repeat(depth));
    let wide = (0..20).map(|_| nested("next", 14)).collect::<Vec<_>>().join(" ");
    let fragments: String = (0..90).map(|n| format!("fragment F{n} on Book{{next{{next{{id title}}}}}}")).collect();
    let spreads: String = (0..90).map(|n| format!("...F{n} ")).collect();
    let doubling: String =
        (0..13).map(|n| format!("fragment D{n} on Book{{next{{...D{0}}}next{{...D{0}}}}}", n + 1)).collect();
    for query in [
        format!("{{book{{{wide}}}}}"),
        format!("{{book{{{spreads}}}}}{fragments}"),
        format!("{{book{{{}}}}}{fragments}", format!("next{{{spreads}}}").repeat(4)),
        format!("{{book{{...D0}}}}{doubling}fragment D13 on Book{{id}}"),
        format!("{{keep(value:{}1{})}}", "[".repeat(60), "]".repeat(60)),
        format!("{{keep(value:{}1{})}}", "{a:".repeat(60), "}".repeat(60)),
    ] {
        let took = time(|| documents.get(Digest::of(&query), &query));
        assert!(took < Duration::from_millis(500), "{took:?}: {}", query.chars().take(80).collect::<String>());
    }
}

#[test]
fn the_memory_for_documents_is_bounded() {
    let documents = Documents::new(&sdl(), Limits::public(), true).unwrap();
    for n in 0..1_100 {
        let text = format!("query Q{n} {{ say }}");
        documents.get(Digest::of(&text), &text).unwrap();
    }
    assert_eq!(documents.kept_count(), 1_000);
}

fn time<T>(work: impl FnOnce() -> T) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

fn sdl() -> String {
    async_graphql::Schema::new(super::Query, super::Mutation, async_graphql::EmptySubscription).sdl()
}
