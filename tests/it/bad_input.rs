//! Whatever arrives gets a clear answer within a second or two, the server lives on, and nothing is half-written.

use std::{
    collections::BTreeSet,
    fmt::Write as _,
    time::{Duration, Instant},
};

use apollo_compiler::Schema;
use entity::user::Role;
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{
    Answer, Staff, TestApp, Visitor,
    entry::{page, quote, words},
    on_both, row_counts,
};

/// A second is the promise; the test machine does other things as well.
const PATIENCE: Duration = Duration::from_secs(2);
const PUBLIC: &str = "/graphql";
const STAFF: &str = "/admin/graphql";
const NOBODY: &str = "01h2xcejqtf2nbrexx3vqjhp41";

on_both! {
    async fn every_mutation_says_what_is_wrong_where_and_in_a_sentence(app: TestApp) {
        let owner = app.staff(Role::Owner).await;
        let visitor = app.visitor();
        let before = row_counts(app.app.db.reader()).await;
        let rows = wrong_inputs();
        let mut tried = BTreeSet::new();
        for (mutation, input) in rows {
            tried.insert(mutation);
            let ty = input_type(mutation);
            let query = format!("mutation ($input: {ty}!) {{ {mutation}(input: $input) {{ userErrors {{ code message path }} }} }}");
            let variables = json!({ "input": input });
            let answer = if mutation == "submitLead" {
                visitor.ask(&query, variables).await
            } else {
                owner.ask(&query, variables).await
            };
            let errors = answer.data()[mutation]["userErrors"].as_array().expect("user errors").clone();
            assert!(!errors.is_empty(), "{mutation} took {input}");
            for error in errors {
                let message = error["message"].as_str().expect("a message");
                assert!(error["code"].is_string(), "{mutation}: {error}");
                assert_eq!(error["path"][0], "input", "{mutation}: {error}");
                assert!(message.ends_with(['.', '”']) && message.contains(' '), "{mutation}: {message}");
            }
        }
        // Nothing, or four switches: nothing can be wrong with it.
        let never_wrong = ["refresh", "sendTestNotice", "signOut", "takeNextLead", "updateLeadNotices"];
        let tried: BTreeSet<String> = tried.into_iter().chain(never_wrong).map(ToOwned::to_owned).collect();
        assert_eq!(tried, mutations(), "each mutation has a row in wrong_inputs()");

        // Failed attempts to sign in are recorded; nothing else is.
        let mut after = row_counts(app.app.db.reader()).await;
        after.insert("audit_event".to_owned(), before["audit_event"]);
        assert_eq!(after, before);
    }

    async fn a_value_of_the_wrong_type_is_refused_with_its_place(app: TestApp) {
        let owner = app.staff(Role::Owner).await;
        let create = "mutation ($input: CreatePageInput!) { createPage(input: $input) { page { id } } }";
        for input in [
            json!(null),
            json!([]),
            json!({}),
            json!({ "slug": 1, "content": { "title": "A" } }),
            json!({ "slug": "a", "content": { "title": null } }),
            json!({ "slug": "a", "content": { "title": "A", "blocks": "none" } }),
            json!({ "slug": "a", "content": { "title": "A", "colour": "red" } }),
            json!({ "slug": "a", "kind": "BLOG", "content": { "title": "A" } }),
            json!({ "slug": "a", "content": { "title": "A", "reviewedOn": "soon" } }),
            json!({ "slug": "a", "content": { "title": "A", "reviewedOn": "2026-02-30" } }),
            json!({ "slug": "a", "content": page("A", vec![json!({ "heading": { "key": "a", "text": "T", "level": 1e30 } })]) }),
            json!({ "slug": "a", "content": page("A", vec![json!({ "heading": { "key": "a", "text": "T", "level": 4_294_967_298_u64 } })]) }),
            json!({ "slug": "a", "content": page("A", vec![json!({ "statistic": { "key": "a", "value": "1", "statement": "s", "source": "src_x" } })]) }),
        ] {
            let answer = quick(owner.ask(create, json!({ "input": input }))).await;
            assert!(answer.errors().starts_with("BAD_USER_INPUT: "), "{input}: {}", answer.body);
        }
    }

    async fn a_block_is_of_one_known_kind_and_holds_what_its_kind_holds(app: TestApp) {
        let owner = app.staff(Role::Owner).await;
        let before = row_counts(app.app.db.reader()).await;
        for block in [
            json!({ "script": { "key": "a", "source": "alert(1)" } }),
            json!({}),
            json!({ "quote": null }),
            json!({ "quote": { "key": "a", "text": "T" }, "heading": { "key": "b", "text": "T" } }),
            json!({ "quote": { "key": "a", "text": "T" }, "heading": null }),
            json!({ "quote": { "key": "a", "text": "T", "html": "<b>" } }),
            json!({ "quote": { "text": "T" } }),
            json!({ "richText": { "key": "a", "body": "<p>T</p>" } }),
            json!({ "richText": { "key": "a", "body": { "type": "doc", "v": 2, "content": [] } } }),
            json!({ "richText": { "key": "a", "body": { "type": "doc", "v": 1, "content": [{ "type": "image", "src": "x" }] } } }),
            json!({ "therapyGrid": { "key": "a", "therapies": [format!("pag_{NOBODY}")] } }),
        ] {
            let query = "mutation ($input: CreatePageInput!) { createPage(input: $input) { page { id } userErrors { path } } }";
            let input = json!({ "slug": "a", "content": page("A", vec![block.clone()]) });
            let answer = quick(owner.ask(query, json!({ "input": input }))).await;
            assert!(answer.errors().starts_with("BAD_USER_INPUT: "), "{block}: {}", answer.body);
            assert!(answer.errors().len() < 2_000, "{}", answer.body);
        }
        assert_eq!(row_counts(app.app.db.reader()).await, before);
    }

    async fn what_is_no_graphql_request_is_told_so(app: TestApp) {
        let owner = app.staff(Role::Owner).await;
        let json = "application/json";
        for endpoint in [PUBLIC, STAFF] {
            for (kind, body, status) in [
                (json, "", 400),
                (json, "{", 400),
                (json, "null", 400),
                (json, "[]", 400),
                (json, "[{\"query\":\"{ __typename }\"}]", 400),
                (json, "\"{ __typename }\"", 400),
                (json, "{}", 400),
                (json, "{\"query\":1}", 400),
                (json, "{\"query\":\"\"}", 400),
                (json, "{\"query\":\"{ __typename }\",\"variables\":[]}", 400),
                (json, "{\"query\":\"{ __typename }\",\"variables\":\"{}\"}", 400),
                (json, "{\"query\":\"{ __typename }\",\"operationName\":1}", 400),
                (json, "{\"query\":\"{ __typename }\"}\u{0}", 400),
                (json, "{\"query\":\"\u{0}\"}", 400),
                ("text/plain", "{\"query\":\"{ __typename }\"}", 415),
                ("application/graphql", "{ __typename }", 415),
                ("application/x-www-form-urlencoded", "query={__typename}", 415),
                ("multipart/form-data; boundary=x", "--x--", 415),
                ("application/json; charset=utf-16", "{\"query\":\"{ __typename }\"}", 415),
            ] {
                let answer = send(&app, &owner, endpoint, kind, body.into()).await;
                assert_eq!(answer.status, status, "{endpoint} {kind} {body:?}: {}", answer.body);
                assert!(answer.errors().starts_with("BAD_REQUEST: "), "{}", answer.body);
            }
            let none = app.visitor().request(Method::POST, endpoint).body("{\"query\":\"{ __typename }\"}").send().await.unwrap();
            assert_eq!(none.status(), 415, "{endpoint} without a content type");
            // Accepted, understood, and refused as a document: 200 is what old clients read.
            for document in ["{", "{ nothing }", "query A { __typename } query B { __typename }", "subscription { x }", "type T { a: Int }"] {
                let body = json!({ "query": document }).to_string();
                let answer = send(&app, &owner, endpoint, json, body).await;
                assert!(!answer.errors().is_empty() && answer.body.get("data").is_none(), "{document}: {}", answer.body);
            }
        }
        alive(&app).await;
    }

    async fn only_the_methods_there_are_are_answered(app: TestApp) {
        let visitor = app.visitor();
        for method in [Method::PUT, Method::DELETE, Method::PATCH] {
            for endpoint in [PUBLIC, STAFF] {
                let answer = visitor.request(method.clone(), endpoint).header("x-hillside", "1").send().await.unwrap();
                assert_eq!(answer.status(), 405, "{method} {endpoint}");
                assert!(answer.headers()["allow"].to_str().unwrap().contains("POST"), "{method} {endpoint}");
            }
        }
        let read = visitor.request(Method::GET, "/admin/graphql?query={__typename}").send().await.unwrap();
        assert_eq!(read.status(), 405);
        let before = row_counts(app.app.db.reader()).await;
        let mutation = "/graphql?query=mutation{submitLead(input:{idempotencyKey:%22aaaaaaaaaaaaaaaaaaaa%22,form:%22confidential%22,\
                        name:%22A%22,contact:{},sourcePath:%22/%22,consents:[]}){userErrors{code}}}";
        let written = visitor.request(Method::GET, mutation).send().await.unwrap();
        assert_eq!((written.status().as_u16(), &written.headers()["allow"]), (405, &"POST".parse().unwrap()));
        assert_eq!(row_counts(app.app.db.reader()).await, before);
    }

    async fn what_is_too_large_is_refused_at_once(app: TestApp) {
        let owner = app.staff(Role::Owner).await;
        let before = row_counts(app.app.db.reader()).await;
        let body = |bytes: usize| json!({ "query": "{ __typename }", "variables": { "x": "x".repeat(bytes) } }).to_string();
        for (endpoint, bytes) in [(STAFF, 3 * 1024 * 1024), (PUBLIC, 200 * 1024)] {
            let answer = send(&app, &owner, endpoint, "application/json", body(bytes)).await;
            assert_eq!(answer.status, 413, "{endpoint}: {}", answer.body);
            assert!(answer.errors().starts_with("DOCUMENT_TOO_LARGE: "), "{}", answer.body);
        }
        let long = format!("{{ {} }}", "__typename ".repeat(10_000));
        let answer = send(&app, &owner, PUBLIC, "application/json", json!({ "query": long }).to_string()).await;
        assert!(answer.errors().starts_with("DOCUMENT_TOO_LARGE: "), "{}", answer.body);
        let url = format!("/graphql?query={{__typename}}&x={}", "x".repeat(17_000));
        assert_eq!(quick(app.visitor().get(&url)).await.status, 414);
        assert_eq!(row_counts(app.app.db.reader()).await, before);
        alive(&app).await;
    }

    async fn a_document_that_would_explode_does_not(app: TestApp) {
        let owner = app.staff(Role::Owner).await;
        for endpoint in [PUBLIC, STAFF] {
            for (name, document) in explosive() {
                let answer = send(&app, &owner, endpoint, "application/json", json!({ "query": document }).to_string()).await;
                let errors = answer.errors();
                assert!(!errors.is_empty() && answer.body.get("data").is_none(), "{endpoint} {name}: {}", answer.body);
                assert!(!errors.contains("INTERNAL"), "{endpoint} {name}: {errors}");
                assert!(errors.len() < 7_000, "{endpoint} {name} answers {} characters", errors.len());
            }
            for depth in [200, 10_000, 30_000] {
                let nested = format!("{}{}", "[".repeat(depth), "]".repeat(depth));
                let answer = send(&app, &owner, endpoint, "application/json", nested.clone()).await;
                assert_eq!(answer.status, 400, "{endpoint}: {depth} brackets");
                let body = format!("{{\"query\":\"{{ __typename }}\",\"variables\":{{\"x\":{nested}}}}}");
                let answer = send(&app, &owner, endpoint, "application/json", body).await;
                assert!(answer.status == 400 || !answer.errors().is_empty(), "{endpoint}: {depth} in variables: {}", answer.body);
            }
        }
        alive(&app).await;
    }

    async fn a_rich_text_of_many_lists_within_lists_is_refused(app: TestApp) {
        let owner = app.staff(Role::Owner).await;
        for depth in [8, 60, 120, 2_000] {
            let mut nested = "{\"type\":\"paragraph\"}".to_owned();
            for _ in 0..depth {
                nested = format!("{{\"type\":\"bulletList\",\"content\":[{{\"type\":\"listItem\",\"content\":[{nested}]}}]}}");
            }
            let body = format!(
                "{{\"query\":\"mutation ($input: CreatePageInput!) {{ createPage(input: $input) {{ userErrors {{ code path }} }} }}\",\
                 \"variables\":{{\"input\":{{\"slug\":\"deep\",\"content\":{{\"title\":\"Deep\",\"blocks\":[{{\"richText\":{{\"key\":\"a\",\
                 \"body\":{{\"type\":\"doc\",\"v\":1,\"content\":[{nested}]}}}}}}]}}}}}}}}"
            );
            let answer = send(&app, &owner, STAFF, "application/json", body).await;
            let refused = !answer.errors().is_empty()
                || answer.body["data"]["createPage"]["userErrors"][0]["code"] == "TOO_LARGE";
            assert!(refused, "{depth}: {}", answer.body);
            assert!(!answer.errors().contains("INTERNAL"), "{depth}: {}", answer.body);
        }
        alive(&app).await;
    }

    async fn characters_that_deceive_are_refused_in_every_text(app: TestApp) {
        let owner = app.staff(Role::Owner).await;
        let before = row_counts(app.app.db.reader()).await;
        for hidden in ["\u{0}", "\u{1b}[2J", "\u{202e}", "\u{2066}", "\u{7f}", "\u{85}"] {
            let text = format!("a{hidden}b");
            for content in [
                json!({ "title": text }),
                json!({ "title": "A", "summary": text }),
                json!({ "title": "A", "topics": [text] }),
                json!({ "title": "A", "seo": { "description": text } }),
                page("A", vec![quote("a", &text)]),
                page("A", vec![quote(&text, "T")]),
                page("A", vec![json!({ "richText": { "key": "a", "body": words(&text) } })]),
                page("A", vec![json!({ "comparisonTable": { "key": "a", "caption": "c", "columns": ["x", text], "rows": [] } })]),
                page("A", vec![json!({ "leadForm": { "key": "a", "heading": "h", "placement": "p", "form": text } })]),
            ] {
                let answer = owner.entry("createPage", json!({ "slug": "a", "content": content })).await;
                let refused = answer.refused("createPage");
                assert!(refused.lines().all(|line| line.split(' ').nth(1).is_some_and(|path| path.starts_with("input.content."))), "{refused}");
                assert!(!refused.contains(hidden), "{refused:?} repeats it");
            }
            let input = json!({ "slug": text, "content": page("A", vec![]) });
            assert!(owner.entry("createPage", input).await.refused("createPage").starts_with("INVALID input.slug: "));
        }
        assert_eq!(row_counts(app.app.db.reader()).await, before);
    }

    async fn a_note_is_a_text_as_well(app: TestApp) {
        let owner = app.staff(Role::Owner).await;
        let draft = owner.create_page("about-us", page("About us", vec![])).await;
        let long = "x".repeat(100_000);
        for note in ["a\u{0}b", "a\u{202e}b", &long] {
            let input = json!({ "id": draft.id, "baseRevision": draft.revision, "content": page("A", vec![]), "note": note });
            let refused = owner.entry("updatePage", input).await.refused("updatePage");
            assert!(refused.split(' ').nth(1) == Some("input.note:"), "{refused}");
        }
    }

    async fn what_is_looked_for_may_be_anything(app: TestApp) {
        let app = app.with_demo().await;
        let (owner, visitor) = (app.staff(Role::Owner).await, app.visitor());
        for text in naughty().into_iter().chain(["\u{0}", "a\u{0}b", "/\u{0}", "\u{202e}"].map(ToOwned::to_owned)) {
            let public = "query ($t: String!, $id: ID!) { route(path: $t) { __typename } therapy(slug: $t) { id } \
                          therapies(filter: { region: $t }) { totalCount } navigation(handle: $t) { handle } \
                          leadForm(key: $t) { key } crisisCheck(text: $t) { dangers } node(id: $id) { id } }";
            let answer = quick(visitor.ask(public, json!({ "t": text, "id": text }))).await;
            assert_eq!(answer.errors(), "", "{text:?}");
            let staff = "query ($t: String!, $id: ID!) { pages(filter: { query: $t }) { totalCount } therapies(filter: { query: $t }) { totalCount } \
                         targets(kinds: [PAGE, SOURCE, PERSON], query: $t) { id } targetsById(ids: [$id]) { id } page(id: $id) { id } node(id: $id) { id } }";
            let answer = quick(owner.ask(staff, json!({ "t": text, "id": text }))).await;
            assert_eq!(answer.errors(), "", "{text:?}");
            let after = "query ($t: String!) { routes(after: $t) { totalCount } }";
            let errors = quick(visitor.ask(after, json!({ "t": text }))).await.errors();
            assert!(errors.starts_with("BAD_USER_INPUT: "), "{text:?}: {errors}");
        }
    }

    async fn a_title_may_be_any_words_and_comes_back_as_they_were(app: TestApp) {
        let (owner, visitor) = (app.staff(Role::Owner).await, app.visitor());
        for (place, title) in naughty().into_iter().enumerate() {
            let slug = format!("naughty-{place}");
            let draft = owner.published_page(&slug, page(&title, vec![quote("a", &title)])).await;
            assert_eq!(visitor.route(&format!("/{slug}")).await["title"], title.trim());
            let stored = owner.ask("query ($id: ID!) { page(id: $id) { draft { content } } }", json!({ "id": draft.id })).await;
            assert_eq!(stored.data()["page"]["draft"]["content"]["blocks"][0]["quote"]["text"], title);
            assert_eq!(quick(visitor.get(&format!("/{slug}"))).await.status, 200, "{title:?}");
        }
    }
}

/// Whatever it was, the next visitor is served.
async fn alive(app: &TestApp) {
    let answer = quick(app.visitor().ask("{ leadForm(key: \"confidential\") { key } }", Value::Null)).await;
    assert_eq!(answer.data()["leadForm"]["key"], "confidential");
}

async fn quick(asked: impl Future<Output = Answer>) -> Answer {
    let began = Instant::now();
    let answer = asked.await;
    assert!(began.elapsed() < PATIENCE, "it took {:?}: {:.300}", began.elapsed(), answer.body.to_string());
    answer
}

/// Posts a body as it is; the staff's endpoint gets a session.
async fn send(app: &TestApp, owner: &Staff, endpoint: &str, content_type: &str, body: String) -> Answer {
    let visitor: Visitor = app.visitor();
    let mut request =
        visitor.request(Method::POST, endpoint).header("content-type", content_type).header("x-hillside", "1");
    if endpoint == STAFF {
        request = request.bearer_auth(owner.token.as_deref().expect("a session"));
    }
    quick(Answer::to(request.body(body))).await
}

fn mutations() -> BTreeSet<String> {
    let of = |sdl: String| {
        let schema = Schema::parse_and_validate(sdl, "schema.graphql").expect("a valid schema");
        schema.get_object("Mutation").expect("mutations").fields.keys().map(ToString::to_string).collect::<Vec<_>>()
    };
    of(hillside::schema::public_sdl()).into_iter().chain(of(hillside::schema::staff_sdl())).collect()
}

fn input_type(mutation: &str) -> String {
    match mutation {
        "publishPage" | "publishTherapy" => "PublishInput".to_owned(),
        "unpublishPage" | "unpublishTherapy" => "UnpublishInput".to_owned(),
        _ => format!("{}{}Input", mutation[..1].to_uppercase(), &mutation[1..]),
    }
}

/// Inputs of the right types with something to mend, for every mutation.
fn wrong_inputs() -> Vec<(&'static str, Value)> {
    let id = |prefix: &str| format!("{prefix}_{NOBODY}");
    let long = "x".repeat(200);
    let lead = json!({
        "idempotencyKey": "k".repeat(20), "form": "confidential", "name": "A", "contact": { "phone": "(781) 555-0142" },
        "sourcePath": "/", "consents": [],
    });
    let with = |field: &str, value: Value| {
        let mut input = lead.clone();
        input[field] = value;
        input
    };
    vec![
        (
            "setUpOwner",
            json!({ "token": "x", "name": "A", "email": "a@example.org", "password": "a pine by the lake" }),
        ),
        ("setUpOwner", json!({ "token": "", "name": "", "email": "", "password": "" })),
        ("signIn", json!({ "email": "nobody@example.org", "password": "a pine by the lake" })),
        ("signIn", json!({ "email": "a\u{0}b", "password": "\u{0}" })),
        ("createPage", json!({ "slug": "A b", "content": { "title": "A" } })),
        ("createPage", json!({ "slug": "a", "content": { "title": long } })),
        ("createPage", json!({ "slug": "a", "parent": "nobody", "content": { "title": "A" } })),
        ("updatePage", json!({ "id": id("pag"), "baseRevision": id("rev"), "content": { "title": "A" } })),
        ("updatePage", json!({ "id": id("pag"), "baseRevision": "rev", "content": { "title": "A" } })),
        ("updatePage", json!({ "id": id("thr"), "baseRevision": id("rev"), "content": { "title": "A" } })),
        ("saveDraft", json!({ "id": id("pag"), "baseRevision": id("rev"), "patch": {} })),
        ("saveDraft", json!({ "id": "", "baseRevision": "", "patch": {} })),
        ("announcePresence", json!({ "id": id("pag"), "tab": "0198c0de-0000-7000-8000-000000000001" })),
        ("publishPage", json!({ "id": id("pag"), "revision": id("rev") })),
        ("publishPage", json!({ "id": "", "revision": "" })),
        ("unpublishPage", json!({ "id": id("pag") })),
        ("updateMedia", json!({ "id": id("med"), "version": 1, "alt": "A" })),
        ("updateMedia", json!({ "id": id("med"), "version": 1, "focalPoint": { "x": 101, "y": -1 } })),
        ("updateMedia", json!({ "id": "med", "version": 0, "tags": [long] })),
        ("replaceMedia", json!({ "id": id("med"), "version": 1, "upload": id("med") })),
        ("replaceMedia", json!({ "id": "", "version": 1, "upload": "" })),
        ("trashMedia", json!({ "id": id("med"), "version": 1 })),
        ("restoreMedia", json!({ "id": id("pag") })),
        ("createPreviewLink", json!({ "id": id("pag") })),
        ("createPreviewLink", json!({ "id": id("src"), "hours": 0 })),
        ("saveSearchSynonyms", json!({ "groups": [["one"], ["\u{0}", " "], [long, "x"]] })),
        ("saveLeadPhrases", json!({ "kind": "SALES", "version": 0, "own": "cheap" })),
        ("saveLeadPhrases", json!({ "kind": "DANGER", "version": 0, "own": "[English: sadness]\nblue\n.. end" })),
        ("saveWebhook", json!({ "url": "file:///etc/passwd", "description": long })),
        ("saveWebhook", json!({ "id": id("whk"), "url": "https://www.example.org/" })),
        ("renewWebhookSecret", json!({ "id": id("whk") })),
        ("deleteWebhook", json!({ "id": "" })),
        ("pingWebhook", json!({ "id": id("msg") })),
        ("resendWebhookDelivery", json!({ "id": id("msg") })),
        ("saveView", json!({ "list": "PAGES", "name": " ", "search": "" })),
        ("changeView", json!({ "id": id("viw"), "name": "Mine", "shared": false })),
        ("removeView", json!({ "id": id("viw") })),
        ("movePage", json!({ "id": id("pag") })),
        ("movePage", json!({ "id": id("pag"), "parent": "x", "slug": "A b" })),
        ("unpublishEntries", json!({ "entries": [] })),
        ("republishEntries", json!({ "entries": ["x", id("pag")] })),
        ("trashEntry", json!({ "id": id("pag") })),
        ("trashEntry", json!({ "id": "x", "uses": "REPLACE", "replacement": "y", "redirectTo": "z" })),
        ("restoreEntry", json!({ "id": id("pag"), "slug": "A b" })),
        ("saveRedirect", json!({ "fromPath": "\u{0}", "target": long, "status": 70_000 })),
        ("saveRedirect", json!({ "id": id("pag"), "fromPath": "/a", "target": id("pag") })),
        ("deleteRedirect", json!({ "id": id("red") })),
        ("importRedirects", json!({ "csv": "\"" })),
        ("waiveCheck", json!({ "id": id("pag"), "check": "x", "reason": "known" })),
        ("unwaiveCheck", json!({ "id": "x", "check": "x" })),
        ("createFact", json!({ "fields": { "source": { "title": "", "publisher": long } } })),
        (
            "updateFact",
            json!({ "id": id("src"), "version": 1, "fields": { "source": { "title": "T", "publisher": "P" } } }),
        ),
        ("updateFact", json!({ "id": "x", "version": 1, "fields": { "source": { "title": "T", "publisher": "P" } } })),
        (
            "updateFact",
            json!({ "id": id("src"), "version": 1, "fields": { "region": { "name": "V", "code": "V", "country": "US" } } }),
        ),
        ("deleteFact", json!({ "id": id("src") })),
        ("replaceUses", json!({ "id": id("src") })),
        ("replaceUses", json!({ "id": "x", "replacement": id("src") })),
        ("deleteFact", json!({ "id": id("pag") })),
        ("createTherapy", json!({ "slug": "a", "content": { "title": "A", "abbreviation": long } })),
        ("createTherapy", json!({ "slug": "a", "content": { "title": "A", "sources": ["x", id("reg")] } })),
        ("updateTherapy", json!({ "id": id("thr"), "baseRevision": id("rev"), "content": { "title": "A" } })),
        ("publishTherapy", json!({ "id": id("thr"), "revision": id("rev") })),
        ("unpublishTherapy", json!({ "id": "x" })),
        ("publishEntries", json!({ "entries": [] })),
        ("publishEntries", json!({ "entries": [{ "id": "x", "revision": "x" }] })),
        ("publishEntries", json!({ "entries": [{ "id": id("pag"), "revision": id("rev") }] })),
        ("undoPublishEntries", json!({ "entries": [{ "id": id("pag"), "revision": id("rev") }] })),
        (
            "schedulePublish",
            json!({ "id": id("pag"), "revision": id("rev"), "runAt": "2000-01-01T00:00:00Z", "timeZone": "" }),
        ),
        ("scheduleUnpublish", json!({ "id": "x", "runAt": "2000-01-01T00:00:00Z", "timeZone": "" })),
        ("cancelSchedule", json!({ "id": id("sch") })),
        ("revealLead", json!({ "id": id("lea"), "reason": "calling back" })),
        ("revealLead", json!({ "id": "x", "reason": "" })),
        ("assignLead", json!({ "id": id("lea"), "version": 1, "assignee": id("usr") })),
        ("assignLead", json!({ "id": id("lea"), "version": -1, "assignee": "x" })),
        ("changeLeadStatus", json!({ "id": id("lea"), "version": 1, "status": "CLOSED" })),
        (
            "changeLeadStatus",
            json!({ "id": id("lea"), "version": 1, "status": "SCHEDULED", "arrival": { "at": "2000-01-01T00:00:00Z", "location": "x", "transport": "" } }),
        ),
        ("saveReferralTarget", json!({ "id": "x", "version": -1, "name": "", "phone": "" })),
        (
            "referLead",
            json!({ "id": id("lea"), "version": 1, "target": id("rft"), "consent": { "patient": "P", "information": "I", "purpose": "P", "signedBy": "P", "signedOn": "2026-01-01", "expiresOn": "2027-01-01" } }),
        ),
        ("revokeLeadReferral", json!({ "id": id("lea"), "version": 1, "referral": "x", "note": "\u{0}" })),
        (
            "correctLeadPerson",
            json!({ "id": id("lea"), "version": 1, "name": "Sam", "phone": "781 555 0142", "email": "sam@example.org" }),
        ),
        ("correctLeadPerson", json!({ "id": "x", "version": -1, "name": "\u{0}", "phone": "x", "email": "x" })),
        ("confirmLeadHandOver", json!({ "id": id("lea"), "version": 1, "note": "Told the nurse." })),
        ("addLeadNote", json!({ "id": id("lea"), "text": "Called." })),
        ("addLeadNote", json!({ "id": id("lea"), "text": "\u{0}" })),
        (
            "logCall",
            json!({ "id": id("lea"), "version": 1, "outcome": "REACHED", "seconds": 60, "nextActionAt": "2027-01-01T00:00:00Z" }),
        ),
        ("logCall", json!({ "id": "x", "version": -1, "outcome": "VOICEMAIL", "seconds": -1, "note": "\u{0}" })),
        (
            "logMessage",
            json!({ "id": id("lea"), "version": 1, "channel": "TEXT", "answered": true, "nextActionAt": "0001-01-01T00:00:00Z" }),
        ),
        (
            "scheduleNextAction",
            json!({ "id": id("lea"), "version": 1, "nextActionAt": "+262142-12-31T23:59:59Z", "note": "x" }),
        ),
        ("withdrawLeadConsent", json!({ "id": id("lea"), "version": 1, "consent": "TEXTS", "note": "\u{0}" })),
        (
            "recordLeadConsent",
            json!({ "id": "x", "version": -1, "person": "PATIENT", "text": "x", "scopes": [], "at": "0001-01-01T00:00:00Z" }),
        ),
        ("suppressLeadContact", json!({ "id": "x", "version": -1, "reason": "SAID" })),
        ("liftLeadSuppression", json!({ "id": id("lea"), "version": 1, "reason": "\u{0}" })),
        ("createLead", json!({ "idempotencyKey": "short", "name": "", "contact": {}, "agreed": false })),
        (
            "createLead",
            json!({ "idempotencyKey": "0123456789abcdef", "name": "Caller", "contact": { "phone": "12" }, "agreed": true, "nextActionAt": "2000-01-01T00:00:00Z" }),
        ),
        ("mergeLeads", json!({ "id": "x", "version": 1, "other": { "id": id("lea"), "version": 1 } })),
        (
            "mergeLeads",
            json!({ "id": id("lea"), "version": 1, "other": { "id": "x", "version": -1 }, "reason": "\u{0}" }),
        ),
        ("mergeLeads", json!({ "id": id("lea"), "version": 1, "other": { "id": id("lea"), "version": 1 } })),
        ("unmergeLead", json!({ "id": id("lea"), "version": 1 })),
        ("eraseLead", json!({ "id": id("lea"), "version": 1, "reason": "no" })),
        ("eraseLead", json!({ "id": id("lea"), "version": 1, "reason": "They asked us to." })),
        ("holdLead", json!({ "id": "x", "version": 1, "held": true, "reason": "A subpoena." })),
        (
            "updateLeadRetention",
            json!({ "version": 1, "spamDays": 0, "closedDays": -1, "admittedDays": 2_147_483_647 }),
        ),
        ("updateLeadRetention", json!({ "version": 7, "spamDays": 30, "closedDays": 30, "admittedDays": 30 })),
        ("eraseLeadsPastTime", json!({ "expected": 12 })),
        ("exportLeads", json!({ "from": "1970-01-02", "to": "1970-01-01", "reason": "\u{0}" })),
        ("exportLeads", json!({ "from": "1970-01-01", "to": "1970-01-01", "reason": "The yearly review." })),
        ("setLeadPriority", json!({ "id": id("lea"), "version": 1, "priority": "URGENT" })),
        ("updateLeadInsurance", json!({ "id": id("lea"), "version": 1, "check": "SELF_PAY" })),
        (
            "updateLeadInsurance",
            json!({ "id": "x", "version": -1, "carrier": "\u{0}", "memberId": "x".repeat(61), "holderBornOn": "2999-01-01" }),
        ),
        ("setLeadLevelOfCare", json!({ "id": id("lea"), "version": 1, "levelOfCare": "DETOX" })),
        ("setLeadLevelOfCare", json!({ "id": "x", "version": -1, "levelOfCare": "DETOX" })),
        ("recordEstimate", json!({ "id": id("lea"), "version": 1 })),
        ("recordEstimate", json!({ "id": "x", "version": -1 })),
        ("clearLeadSpam", json!({ "id": id("lea"), "version": 1 })),
        ("clearLeadSpam", json!({ "id": "x", "version": -1 })),
        ("markLeadSpam", json!({ "id": id("lea"), "version": 1 })),
        ("markLeadSpam", json!({ "id": "x", "version": -1 })),
        ("saveLeadTask", json!({ "id": id("lea"), "kind": "CALL", "dueAt": "2027-01-01T00:00:00Z" })),
        (
            "saveLeadTask",
            json!({ "id": id("lea"), "task": { "id": id("tsk"), "version": 1 }, "kind": "CALL", "dueAt": "0001-01-01T00:00:00Z" }),
        ),
        (
            "saveLeadTask",
            json!({ "id": "x", "task": { "id": "x", "version": -1 }, "kind": "OTHER", "note": "\u{0}", "dueAt": "+262142-12-31T23:59:59Z", "assignee": "x" }),
        ),
        ("completeLeadTask", json!({ "id": id("tsk"), "version": 1 })),
        ("completeLeadTask", json!({ "id": "x", "version": -1 })),
        ("assignLeadInTurn", json!({ "id": id("lea"), "version": 1 })),
        ("assignLeadInTurn", json!({ "id": "x", "version": -1 })),
        ("setShift", json!({ "on": true, "until": "0001-01-01T00:00:00Z" })),
        ("setShift", json!({ "on": true, "until": "+262142-12-31T23:59:59Z" })),
        ("bulkAssignLeads", json!({ "leads": [] })),
        ("bulkAssignLeads", json!({ "leads": [{ "id": id("lea"), "version": 1 }], "assignee": id("usr") })),
        ("bulkCloseLeads", json!({ "leads": [{ "id": "x", "version": -1 }], "outcome": "SPAM" })),
        ("undoBulkLeads", json!({ "token": "\u{0}" })),
        (
            "saveLeadForm",
            json!({ "key": "\u{0}", "title": long, "definition": { "heading": "", "intro": "\u{0}", "steps": [], "button": "", "thanks": "" } }),
        ),
        (
            "saveLeadForm",
            json!({ "key": "confidential", "baseVersion": -1, "title": "T", "contactConsent": "x", "definition": {
                "heading": "H", "intro": "", "button": "B", "thanks": "T",
                "steps": [{ "title": "", "fields": [{ "field": "TEXT", "label": "", "options": [{ "value": "\u{0}", "label": long }] }] }],
            } }),
        ),
        ("saveLeadConsentText", json!({ "consent": "CONTACT", "baseVersion": -1, "wording": "\u{0}" })),
        ("saveLeadConsentText", json!({ "consent": "TEXTS", "baseVersion": 1, "wording": "x".repeat(1_001) })),
        ("submitLead", lead.clone()),
        ("submitLead", with("formVersion", json!(-1))),
        ("submitLead", with("proof", json!("\u{0}".repeat(1_000)))),
        ("submitLead", with("idempotencyKey", json!("short"))),
        ("submitLead", with("form", json!("newsletter"))),
        ("submitLead", with("name", json!(""))),
        ("submitLead", with("name", json!("a\u{0}b\u{202e}"))),
        ("submitLead", with("contact", json!({}))),
        ("submitLead", with("contact", json!({ "phone": "12", "email": "nowhere" }))),
        ("submitLead", with("message", json!("x".repeat(4_001)))),
        ("submitLead", with("insurance", json!("x".repeat(201)))),
        ("submitLead", with("placement", json!("a b"))),
        ("submitLead", with("sourcePath", json!("https://example.org/"))),
        ("submitLead", with("consents", json!([{ "text": "cns_x", "accepted": true }]))),
        ("submitLead", with("safeContact", json!({ "bestTime": "x".repeat(101) }))),
    ]
}

/// Small documents that are much work for whoever walks them without thinking.
fn explosive() -> Vec<(&'static str, String)> {
    let bomb = |levels: usize, spreads: usize| {
        let mut document = "{ ...F0 } ".to_owned();
        for level in 0..levels {
            let next = format!("...F{} ", level + 1).repeat(spreads);
            let _ = write!(document, "fragment F{level} on Query {{ {next}}} ");
        }
        let _ = write!(document, "fragment F{levels} on Query {{ nothing }}");
        document
    };
    vec![
        ("25 fragments, each spread twice", bomb(25, 2)),
        ("12 fragments, each spread 8 times", bomb(12, 8)),
        ("a fragment that spreads itself", "{ ...A } fragment A on Query { ...A }".to_owned()),
        ("fragments in a circle", "{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }".to_owned()),
        ("5000 aliases", format!("{{ {} }}", (0..5_000).map(|n| format!("a{n}:__typename ")).collect::<String>())),
        ("5000 times the same field", format!("{{ {} }}", "__typename ".repeat(2_000))),
        ("200 levels of fields", format!("{}x{}", "{ node(id: 1) ".repeat(200), "}".repeat(200))),
        ("200 levels of inline fragments", format!("{}__typename{}", "{ ... ".repeat(200), "}".repeat(200))),
        ("200 levels of lists", format!("{{ node(id: {}1{}) {{ id }} }}", "[".repeat(200), "]".repeat(200))),
        ("1000 directives", format!("{{ __typename {} }}", "@skip(if: false) ".repeat(1_000))),
        (
            "1000 variables",
            format!("query ({}) {{ __typename }}", (0..1_000).map(|n| format!("$v{n}: Int ")).collect::<String>()),
        ),
        ("100 operations", (0..100).map(|n| format!("query Q{n} {{ __typename }} ")).collect()),
        (
            "introspection in circles",
            format!("{{ __schema {{ types {}name{} }} }}", "{ fields { type ".repeat(8), "} }".repeat(8)),
        ),
        ("an open string", "{ node(id: \"".to_owned()),
        ("an open block string", "{ node(id: \"\"\"".to_owned()),
        ("a million zeros", format!("{{ node(id: {}) {{ id }} }}", "0".repeat(30_000))),
        ("bytes that are no GraphQL", "\u{feff}\u{0}\u{1}\u{2028}{{{".to_owned()),
    ]
}

/// Words that have broken other programs. Each is a text a person might paste.
fn naughty() -> Vec<String> {
    [
        "null",
        "undefined",
        "NaN",
        "true",
        "0",
        "-1",
        "1e309",
        "0x1F",
        "1/0",
        "[]",
        "{}",
        "\\",
        "\\\\",
        "\\u0000",
        "%00",
        "%s%n%x",
        "{{7*7}}",
        "${7*7}",
        "<%= 7*7 %>",
        "../../etc/passwd",
        "file:///etc/passwd",
        "C:\\CON",
        "' OR 1=1 --",
        "\"; DROP TABLE page; --",
        "Robert'); DELETE FROM entry",
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "javascript:alert(1)",
        "&lt;b&gt; &amp; &#0;",
        "]]>",
        "<!--",
        "-->",
        "=1+1",
        "@import",
        "a\tb",
        "line one\nline two",
        "  spaces around  ",
        "Ünïcödé ÇEDİLLA ß",
        "Ω≈ç√∫˜µ",
        "田中さんにあげて下さい",
        "표준어",
        "הָיְתָה",
        "مُنَاقَشَةُ سُبُلِ",
        "Z̮̞̠͙͔ͅḀ̗̞͈̻̗Ḷ͙͎̯̹̞͓G̻O̭̗̮",
        "👩‍⚕️🏳️‍🌈👨‍👩‍👧",
        "\u{200b}\u{feff}zero width",
        "ﷺ",
        "İıſK",
        "\u{fffd}\u{ffff}",
        "\u{1f600}\u{10ffff}",
    ]
    .map(ToOwned::to_owned)
    .into()
}
