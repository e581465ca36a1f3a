//! HTTP: methods, media types, statuses, headers.

use poem::Request;
use poem::http::{Method, StatusCode};
use serde_json::json;

use super::{Answer, ask, limited, post, public, send, serve};
use crate::gql::{Policy, Prepare, Refusal};

async fn get(query_string: &str) -> Answer {
    let escaped = ["{", "}", "\"", "["].into_iter().zip(["%7B", "%7D", "%22", "%5B"]);
    let query_string = escaped.fold(query_string.to_owned(), |text, (plain, escaped)| text.replace(plain, escaped));
    send(&public(), Request::builder().uri_str(format!("/graphql?{query_string}")).finish()).await
}

#[tokio::test]
async fn a_query_is_answered_over_post_and_get() {
    let answer = ask("{ book { title } }").await;
    assert_eq!(answer.text, r#"{"data":{"book":{"title":"Book 7"}},"extensions":{"cost":2}}"#);
    assert_eq!(answer.header("content-type"), "application/graphql-response+json; charset=utf-8");
    assert_eq!(answer.header("cache-control"), "no-store");

    let answer =
        get("query=query+A($n:Int!){a:book(id:$n){id}}query+B{b:book{id}}&operationName=A&variables={\"n\":3}&x=y")
            .await;
    assert_eq!((answer.status, &answer.json["data"]), (StatusCode::OK, &json!({ "a": { "id": 3 } })));
    assert_eq!(answer.header("cache-control"), "");
    let answer = get("query={book{id}}&operationName=&variables=&extensions=").await;
    assert_eq!(answer.json["data"], json!({ "book": { "id": 7 } }));
}

#[tokio::test]
async fn get_reads_and_nothing_else() {
    let answer = get("query=mutation{write}").await;
    assert_eq!((answer.status, answer.header("allow")), (StatusCode::METHOD_NOT_ALLOWED, "POST"));
    assert_eq!(answer.json.get("data"), None);
    let answer = get("query=query+A{book{id}}mutation+B{write}&operationName=B").await;
    assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED);

    for bad in [
        "",
        "query=",
        "query={book{id}}&query={book{id}}",
        "query={book{id}}&variables=x",
        "query={book{id}}&variables=[]",
    ] {
        let answer = get(bad).await;
        assert_eq!((answer.status, answer.code()), (StatusCode::BAD_REQUEST, "BAD_REQUEST"), "{bad}");
    }
    let answer = get(&format!("query={{book{{id}}}}&x={}", "x".repeat(16 * 1024))).await;
    assert_eq!(answer.status, StatusCode::URI_TOO_LONG);
}

#[tokio::test]
async fn other_methods_are_refused_with_those_that_are_not() {
    for method in [Method::PUT, Method::DELETE, Method::PATCH] {
        let answer = send(&public(), Request::builder().method(method).finish()).await;
        assert_eq!(
            (answer.status, answer.header("allow")),
            (StatusCode::METHOD_NOT_ALLOWED, "GET, HEAD, POST, OPTIONS")
        );
    }
    for method in [Method::GET, Method::HEAD, Method::OPTIONS, Method::PUT] {
        let answer = send(&serve(Policy::admin(), ()), Request::builder().method(method).finish()).await;
        assert_eq!((answer.status, answer.header("allow")), (StatusCode::METHOD_NOT_ALLOWED, "POST"));
        assert_eq!(answer.header("access-control-allow-origin"), "");
    }
}

#[tokio::test]
async fn any_origin_may_read_without_credentials() {
    let answer =
        send(&public(), Request::builder().method(Method::OPTIONS).header("origin", "https://a.example").finish())
            .await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT);
    assert_eq!(answer.header("access-control-allow-origin"), "*");
    assert_eq!(answer.header("access-control-allow-credentials"), "");
    assert!(answer.header("access-control-allow-headers").contains("content-type"));
    assert_eq!(get("query={book{id}}").await.header("access-control-allow-origin"), "*");
    assert_eq!(get("").await.header("access-control-allow-origin"), "*");
}

#[tokio::test]
async fn the_answer_is_labelled_as_the_client_asks() {
    let graphql = "application/graphql-response+json; charset=utf-8";
    let json = "application/json; charset=utf-8";
    for (accept, expected) in [
        (None, json),
        (Some("*/*"), json),
        (Some("application/*"), json),
        (Some("application/json"), json),
        (Some("application/graphql-response+json"), graphql),
        (Some("Application/GraphQL-Response+JSON; charset=\"UTF-8\""), graphql),
        (Some("application/json, application/graphql-response+json"), graphql),
        (Some("application/graphql-response+json, application/json;q=0.9"), graphql),
        (Some("application/graphql-response+json;q=0.5, application/json"), json),
        (Some("application/graphql-response+json;q=0, */*"), json),
        (Some("text/html, */*;q=0.1"), json),
    ] {
        let mut request = Request::builder().uri_str("/?query=%7Bbook%7Bid%7D%7D");
        if let Some(accept) = accept {
            request = request.header("accept", accept);
        }
        let answer = send(&public(), request.finish()).await;
        assert_eq!((answer.status, answer.header("content-type")), (StatusCode::OK, expected), "{accept:?}");
        assert_eq!(answer.header("vary"), "Accept");
    }
    for accept in ["text/html", "application/json;q=0", "application/json;charset=latin1", ""] {
        let request = Request::builder().uri_str("/?query=%7Bbook%7Bid%7D%7D").header("accept", accept).finish();
        let answer = send(&public(), request).await;
        assert_eq!((answer.status, answer.code()), (StatusCode::NOT_ACCEPTABLE, "BAD_REQUEST"), "{accept:?}");
    }
}

#[tokio::test]
async fn only_json_is_read() {
    let body = r#"{"query":"{book{id}}"}"#;
    for good in ["application/json", "application/json; charset=utf-8", "Application/JSON;charset=\"UTF-8\""] {
        let request = Request::builder().method(Method::POST).content_type(good).body(body);
        assert_eq!(send(&public(), request).await.status, StatusCode::OK, "{good}");
    }
    for bad in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/graphql",
        "application/json; charset=latin1",
        "application/jsonx",
    ] {
        let request = Request::builder().method(Method::POST).content_type(bad).body(body);
        assert_eq!(send(&public(), request).await.status, StatusCode::UNSUPPORTED_MEDIA_TYPE, "{bad}");
    }
    let answer = send(&public(), Request::builder().method(Method::POST).body(body)).await;
    assert_eq!(answer.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    let zipped =
        Request::builder().method(Method::POST).content_type("application/json").header("content-encoding", "gzip");
    assert_eq!(send(&public(), zipped.body(body)).await.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
}

#[tokio::test]
async fn a_body_has_the_shape_of_a_request() {
    for bad in [
        "",
        "null",
        "\"{book{id}}\"",
        "{",
        "{\"query\":\"{book{id}}\"} x",
        "[]",
        "[{\"query\":\"{book{id}}\"}]",
        "{}",
        "{\"query\":null}",
        "{\"query\":1}",
        "{\"query\":\"\"}",
        "{\"query\":\"{book{id}}\",\"operationName\":1}",
        "{\"query\":\"{book{id}}\",\"variables\":\"x\"}",
        "{\"query\":\"{book{id}}\",\"variables\":[]}",
        "{\"query\":\"{book{id}}\",\"extensions\":0}",
        "{\"query\":\"{book{id}}\",\"query\":\"{book{title}}\"}",
    ] {
        let answer = send(&public(), post(bad)).await;
        assert_eq!((answer.status, answer.code()), (StatusCode::BAD_REQUEST, "BAD_REQUEST"), "{bad}");
        assert_eq!(answer.json.get("data"), None);
    }
    let deep =
        format!("{{\"query\":\"{{book{{id}}}}\",\"variables\":{{\"a\":{}1{}}}}}", "[".repeat(500), "]".repeat(500));
    assert_eq!(send(&public(), post(deep)).await.status, StatusCode::BAD_REQUEST);
    assert_eq!(send(&public(), post(vec![0xff, 0xfe])).await.status, StatusCode::BAD_REQUEST);

    let good = r#" {"query":"{book{id}}","operationName":"","variables":null,"extensions":{},"id":[1]}"#;
    assert_eq!(send(&public(), post(good)).await.status, StatusCode::OK);
    assert!(send(&public(), post("[{}]")).await.message().contains("one request"));
}

#[tokio::test]
async fn a_body_is_bounded_in_length_and_time() {
    let large = format!("{{\"query\":\"{{book{{id}}}}\",\"x\":\"{}\"}}", "x".repeat(200_000));
    let told =
        Request::builder().method(Method::POST).content_type("application/json").header("content-length", "200000");
    for request in [post(large.clone()), told.body(large)] {
        let answer = send(&public(), request).await;
        assert_eq!((answer.status, answer.code()), (StatusCode::PAYLOAD_TOO_LARGE, "DOCUMENT_TOO_LARGE"));
    }
    let endpoint = limited(|limits| limits.body = std::time::Duration::from_millis(20));
    let never = futures_util::stream::pending::<Result<Vec<u8>, std::io::Error>>();
    let answer = send(&endpoint, post(poem::Body::from_bytes_stream(never))).await;
    assert_eq!((answer.status, answer.code()), (StatusCode::REQUEST_TIMEOUT, "TIMEOUT"));
}

#[tokio::test]
async fn a_request_that_cannot_run_has_no_data_and_its_status_depends_on_the_label() {
    for (query, code) in [
        ("{", "GRAPHQL_PARSE_FAILED"),
        ("{ nothing }", "GRAPHQL_VALIDATION_FAILED"),
        ("query ($a: Int!) { book(id: $a) { id } }", "BAD_USER_INPUT"),
        ("query A { book { id } } query B { book { id } }", "OPERATION_RESOLUTION_FAILURE"),
        ("{ books(first: 101) { nodes { id } } }", "BAD_USER_INPUT"),
    ] {
        let answer = ask(query).await;
        assert_eq!((answer.status, answer.code()), (StatusCode::BAD_REQUEST, code), "{query}");
        assert_eq!(answer.json.get("data"), None, "{query}");

        let request = Request::builder().method(Method::POST).content_type("application/json");
        let answer = send(&public(), request.body(json!({ "query": query }).to_string())).await;
        assert_eq!((answer.status, answer.code()), (StatusCode::OK, code), "{query}");
        assert_eq!(answer.json.get("data"), None, "{query}");
    }
}

#[tokio::test]
async fn staff_send_a_header_that_no_form_can() {
    let endpoint = serve(Policy::admin(), ());
    let answer = send(&endpoint, post(r#"{"query":"mutation{write}"}"#)).await;
    assert_eq!((answer.status, answer.code()), (StatusCode::FORBIDDEN, "FORBIDDEN"));
    assert_eq!(answer.message(), "Send the header x-hillside: 1.");

    let mut request = post(r#"{"query":"mutation{write}"}"#);
    request.headers_mut().insert("x-hillside", "1".parse().unwrap());
    let answer = send(&endpoint, request).await;
    assert_eq!(answer.text, r#"{"data":{"write":true}}"#);
    assert_eq!(answer.header("cache-control"), "no-store");
}

#[tokio::test]
async fn resolvers_may_set_cookies_and_headers() {
    let answer = get("query={cookies}").await;
    let cookies: Vec<_> = answer.headers.get_all("set-cookie").iter().collect();
    assert_eq!(cookies, ["a=1", "b=2"]);
    assert_eq!(answer.header("cache-control"), "public, max-age=60");
    assert_eq!(ask("{ cookies }").await.header("cache-control"), "no-store");
    assert_eq!(get("query={cookies,breaks}").await.header("cache-control"), "no-store");
}

struct Named;

impl Prepare for Named {
    async fn prepare(
        &self,
        http: &Request,
        request: async_graphql::Request,
        _: &crate::tags::Tags,
        _: Option<u64>,
    ) -> Result<async_graphql::Request, Refusal> {
        match http.header("x-name") {
            Some("busy") => Err(Refusal::rate_limited(9)),
            Some(name) => Ok(request.data(name.to_owned())),
            None => Err(Refusal::new(crate::gql::Code::Unauthenticated, "Say who you are.")),
        }
    }
}

#[tokio::test]
async fn the_caller_adds_data_or_refuses() {
    let endpoint = serve(Policy::public(), Named);
    let named = |name: &str| Request::builder().uri_str("/?query=%7Bwho%7D").header("x-name", name).finish();
    assert_eq!(send(&endpoint, named("Ada")).await.json["data"], json!({ "who": "Ada" }));

    let answer = send(&endpoint, named("busy")).await;
    assert_eq!((answer.status, answer.header("retry-after")), (StatusCode::TOO_MANY_REQUESTS, "9"));
    assert_eq!(answer.json["errors"][0]["extensions"], json!({ "code": "RATE_LIMITED", "retryAfter": 9 }));

    let answer = send(&endpoint, post(r#"{"query":"{who}"}"#)).await;
    assert_eq!((answer.status, answer.code()), (StatusCode::UNAUTHORIZED, "UNAUTHENTICATED"));
}
