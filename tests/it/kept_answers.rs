//! Answers that are kept: as fast as they may be, and never an old one, a draft, an error or another's.

use std::collections::BTreeSet;

use entity::user::Role;
use hillside::config::Settings;
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{
    Answer, TestApp,
    entry::{page, quote},
    on_both,
};

const TITLE: &str = "query ($path: String!) { route(path: $path) { ... on Page { title } } }";

async fn get(app: &TestApp, path: &str, headers: &[(&str, &str)]) -> Answer {
    let url = format!("/graphql?query={}&variables={}", encoded(TITLE), encoded(&json!({ "path": path }).to_string()));
    let request =
        headers.iter().fold(app.visitor().request(Method::GET, &url), |it, (name, value)| it.header(*name, *value));
    Answer::to(request).await
}

fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02x}")).collect()
}

fn header<'a>(answer: &'a Answer, name: &str) -> &'a str {
    answer.headers.get(name).map_or("", |value| value.to_str().expect("a text"))
}

on_both! {
    async fn an_answer_has_a_name_until_something_is_published(app: TestApp) {
        let editor = app.staff(Role::Editor).await;
        let first = editor.published_page("a", page("First", vec![quote("q", "One.")])).await;
        let answer = get(&app, "/a", &[]).await;
        assert_eq!(answer.data()["route"]["title"], "First");
        let tag = header(&answer, "etag").to_owned();
        assert!(tag.starts_with('"') && tag.len() == 34, "{tag}");
        assert_eq!(header(&answer, "cache-control"), "public, max-age=0, s-maxage=60, stale-if-error=86400");

        // Who knows it is told so, whatever encoding it came in; a stranger's name is none of ours.
        let zipped = format!("{}-gzip\"", tag.trim_end_matches('"'));
        for known in [tag.as_str(), &format!("W/{tag}"), &format!("\"other\", {zipped}"), "*"] {
            let again = get(&app, "/a", &[("if-none-match", known)]).await;
            assert_eq!((again.status.as_u16(), header(&again, "etag")), (304, tag.as_str()), "{known}");
            assert_eq!(header(&again, "cache-control"), header(&answer, "cache-control"));
        }
        assert_eq!(get(&app, "/a", &[("if-none-match", "\"other\"")]).await.status, 200);

        let second = editor.save_page(&first, page("Second", vec![quote("q", "Two.")])).await;
        assert_eq!(get(&app, "/a", &[("if-none-match", &tag)]).await.status, 304, "a draft changes nothing");
        editor.publish_page(&second).await;
        let fresh = get(&app, "/a", &[("if-none-match", &tag)]).await;
        assert_eq!((fresh.status.as_u16(), &fresh.data()["route"]["title"]), (200, &json!("Second")));
        assert_ne!(header(&fresh, "etag"), tag);
        editor.entry("unpublishPage", json!({ "id": second.id })).await.done("unpublishPage");
        assert_eq!(get(&app, "/a", &[]).await.data()["route"], Value::Null);
    }

    async fn a_cache_that_is_told_what_to_drop_may_answer_for_a_day(app: TestApp) {
        let purge_url = Some("https://cache.example.net/purge".to_owned());
        let app = app.restart_with(Settings { purge_url, ..Settings::default() }).await;
        app.staff(Role::Editor).await.published_page("a", page("A", vec![])).await;
        let long = "public, max-age=0, s-maxage=86400, stale-while-revalidate=604800, stale-if-error=604800";
        assert_eq!(header(&get(&app, "/a", &[]).await, "cache-control"), long);
        // A 404 is dropped by its path; what has no tag is not dropped.
        assert_eq!(header(&get(&app, "/b", &[]).await, "cache-control"), long);
        assert_eq!(header(&get(&app, "/a", &[("cookie", "a=b")]).await, "cache-control"), "no-store");
    }

    async fn every_change_that_shows_is_seen_at_once(app: TestApp) {
        let app = app.with_demo().await;
        let (editor, administrator, visitor) = (app.staff(Role::Editor).await, app.staff(Role::Admin).await, app.visitor());
        let numbers = async || visitor.ask("{ route(path: \"/ketamine-side-effects\") { ... on Page { blocks { html } } } }", Value::Null).await.body.to_string();
        let before = numbers().await;
        let phone = editor.target("CONTACT_POINT", "Admissions").await;
        administrator.change_fact("contactPoint", &json!(phone), json!({ "number": "+17815550199", "display": "(781) 555-0199" })).await.done("updateFact");
        let after = numbers().await;
        assert!(before.contains("332-4135") && !after.contains("332-4135") && after.contains("555-0199"), "{after}");
    }

    async fn what_differs_is_not_taken_for_the_same(app: TestApp) {
        let editor = app.staff(Role::Editor).await;
        editor.published_page("a", page("A", vec![quote("q", "One.")])).await;
        editor.published_page("b", page("B", vec![quote("q", "Two.")])).await;
        let two = "query One { route(path: \"/a\") { ... on Page { title } } } query Two { route(path: \"/b\") { ... on Page { title } } }";
        for (name, title) in [("One", "A"), ("Two", "B"), ("One", "A")] {
            let body = json!({ "query": two, "operationName": name });
            let answer = Answer::to(app.visitor().request(Method::POST, "/graphql").json(&body)).await;
            assert_eq!((&answer.data()["route"]["title"], header(&answer, "cache-control")), (&json!(title), "no-store"));
            assert_eq!(header(&answer, "etag"), "", "an answer to POST has no name");
        }
        for (path, title) in [("/a", json!("A")), ("/b", json!("B")), ("/c", Value::Null), ("/a", json!("A"))] {
            assert_eq!(get(&app, path, &[]).await.body["data"].pointer("/route/title").cloned().unwrap_or_default(), title);
        }
        // Whoever brings something of their own gets the same, and nobody between us keeps it for them.
        assert_eq!(header(&get(&app, "/a", &[("cookie", "a=b")]).await, "cache-control"), "no-store");
        for accept in ["application/json", "application/graphql-response+json"] {
            let answer = get(&app, "/a", &[("accept", accept)]).await;
            assert!(header(&answer, "content-type").starts_with(accept), "{:?}", answer.headers);
        }
    }

    async fn errors_and_previews_are_not_kept(app: TestApp) {
        let editor = app.staff(Role::Editor).await;
        let public = editor.published_page("a", page("Public", vec![])).await;
        let draft = editor.save_page(&public, page("Confidential", vec![])).await;
        let mutation = "mutation ($input: CreatePreviewLinkInput!) { createPreviewLink(input: $input) { previewLink { token } userErrors { message } } }";
        let link = editor.ask(mutation, json!({ "input": { "id": draft.id, "hours": 1 } })).await;
        let token = link.done("createPreviewLink")["previewLink"]["token"].as_str().expect("a token").to_owned();
        for _ in 0..2 {
            let seen = get(&app, "/a", &[("x-hillside-preview", &token)]).await;
            assert_eq!((&seen.data()["route"]["title"], header(&seen, "cache-control"), header(&seen, "etag")), (&json!("Confidential"), "no-store", ""));
            let seen = get(&app, "/a", &[]).await;
            assert_eq!(seen.data()["route"]["title"], "Public");
        }
        for _ in 0..2 {
            let wrong = Answer::to(app.visitor().request(Method::GET, "/graphql?query=%7B%20nothing%20%7D")).await;
            assert!(wrong.errors().starts_with("GRAPHQL_VALIDATION_FAILED"), "{}", wrong.body);
            assert_eq!((header(&wrong, "cache-control"), header(&wrong, "etag")), ("no-store", ""));
        }
    }

    async fn an_answer_names_what_it_shows_for_caches_elsewhere(app: TestApp) {
        let app = app.with_demo().await;
        let tags = |answer: &Answer| -> Vec<String> { header(answer, "surrogate-key").split(' ').map(ToOwned::to_owned).collect() };
        let answer = get(&app, "/ketamine-side-effects", &[]).await;
        let path = hillside::tags::hashed("path:/ketamine-side-effects");
        assert!(tags(&answer).contains(&path), "{:?}", answer.headers);
        assert_eq!(header(&answer, "cache-tag").replace(',', " "), header(&answer, "surrogate-key"));
        assert!(tags(&answer).iter().all(|tag| tag.len() == 8));

        // Where nothing is, something may come, or an old address may lead on again.
        let missing = get(&app, "/nowhere/", &[]).await;
        let names = ["path:/nowhere", "type:redirect", "type:page", "type:therapy"];
        assert_eq!(BTreeSet::from_iter(tags(&missing)), BTreeSet::from(names.map(hillside::tags::hashed)));

        // A telephone that a block shows is named too.
        let query = "{ route(path: \"/ketamine-side-effects\") { ... on Page { id blocks { html } } } }";
        let wanted = app.visitor().request(Method::POST, "/graphql").header("x-cache-tags", "true");
        let answer = Answer::to(wanted.json(&json!({ "query": query }))).await;
        let page = answer.data()["route"]["id"].as_str().expect("an id").to_owned();
        let phone = app.staff(Role::Editor).await.target("CONTACT_POINT", "988").await;
        for name in [page, phone] {
            assert!(header(&answer, "cache-tag").contains(&hillside::tags::hashed(&name)), "{name}");
        }
        let plain = app.visitor().ask(query, Value::Null).await;
        assert_eq!((header(&plain, "cache-tag"), header(&plain, "surrogate-key")), ("", ""));
    }

    async fn an_answer_comes_in_the_encoding_that_is_asked_for(app: TestApp) {
        let editor = app.staff(Role::Editor).await;
        let blocks = (0..30).map(|number| quote(&format!("q{number}"), "Words and more words, over and over again."));
        editor.published_page("a", page("Long", blocks.collect())).await;
        let query = encoded("{ route(path: \"/a\") { ... on Page { blocks { html } } } }");
        let get = async |accepted: &str, known: &str| {
            let request = app.visitor().request(Method::GET, &format!("/graphql?query={query}"));
            let request = request.header("accept-encoding", accepted).header("if-none-match", known);
            request.send().await.expect("an answer")
        };
        let plain = get("identity", "").await;
        let tag = plain.headers()["etag"].to_str().expect("a text").trim_matches('"').to_owned();
        let body = plain.bytes().await.expect("a body");
        for (accepted, encoding) in [("gzip", "gzip"), ("gzip, br", "br"), ("br;q=0, gzip", "gzip")] {
            let answer = get(accepted, "").await;
            assert_eq!(answer.headers()["content-encoding"], encoding, "{accepted}");
            let own = format!("\"{tag}-{encoding}\"");
            assert_eq!(answer.headers()["etag"], own.as_str());
            let varies: Vec<&str> = answer.headers().get_all("vary").iter().map(|it| it.to_str().expect("a text")).collect();
            assert!(varies.iter().any(|it| it.eq_ignore_ascii_case("accept-encoding")), "{varies:?}");
            let bytes = answer.bytes().await.expect("a body");
            assert!(bytes.len() < body.len() / 4, "{} of {}", bytes.len(), body.len());
            assert_eq!(get(accepted, &own).await.status(), 304);
        }
    }
}
