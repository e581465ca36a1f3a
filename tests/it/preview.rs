//! Looking at a draft before it is public: in the editor, by a link, and through a front end of one's own.

use std::time::Instant;

use entity::user::Role;
use hillside::config::Settings;
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{
    Answer, Staff, TestApp,
    entry::{Draft, linked, page, quote},
    on_both,
};

const ROUTE: &str = "query ($path: String!) { route(path: $path) { ... on Page { title blocks { html } } } }";

async fn link(editor: &Staff, draft: &Draft, hours: i32) -> Value {
    let mutation = "mutation ($input: CreatePreviewLinkInput!) {
        createPreviewLink(input: $input) { previewLink { url token expiresAt } userErrors { code message path } } }";
    let answer = editor.ask(mutation, json!({ "input": { "id": draft.id, "hours": hours } })).await;
    answer.done("createPreviewLink")["previewLink"].clone()
}

async fn ask_with(app: &TestApp, token: &str, path: &str) -> Answer {
    let request = app.visitor().request(Method::POST, "/graphql").header("x-hillside-preview", token);
    Answer::to(request.json(&json!({ "query": ROUTE, "variables": { "path": path } }))).await
}

on_both! {
    async fn what_is_being_written_is_drawn_as_the_site_would_show_it_and_not_saved(app: TestApp) {
        let editor = app.staff(Role::Editor).await;
        let other = editor.create_page("other", page("Other", vec![])).await;
        let draft = editor.create_page("a-page", page("First", vec![])).await;
        let blocks = vec![quote("a", "Not <yet> saved."), linked("b", "the other page", json!({ "page": other.id }))];
        let answer = editor
            .ask(
                "query ($id: ID!, $content: PageContentInput!) { previewPage(id: $id, content: $content) }",
                json!({ "id": draft.id, "content": page("Being written", blocks) }),
            )
            .await;
        let html = answer.data()["previewPage"].as_str().expect("HTML").to_owned();
        assert!(html.starts_with("<!DOCTYPE html>") && html.contains("<h1>Being written</h1>"), "{html}");
        assert!(html.contains("Not &lt;yet&gt; saved."), "{html}");
        // Among staff, a link to a draft is a link.
        assert!(html.contains("<a href=\"/other\">the other page</a>"), "{html}");
        let kept = editor.ask("query ($id: ID!) { page(id: $id) { title } }", json!({ "id": draft.id })).await;
        assert_eq!(kept.data()["page"]["title"], "First");

        let missing = "query ($id: ID!) { previewPage(id: $id, content: { title: \"A\" }) }";
        let answer = editor.ask(missing, json!({ "id": "pag_01h2xcejqtf2nbrexx3vqjhp41" })).await;
        assert!(answer.errors().starts_with("NOT_FOUND") || answer.errors().starts_with("BAD_USER_INPUT"), "{}", answer.errors());
    }

    async fn a_link_shows_the_latest_draft_to_whoever_has_it_and_to_nobody_else(app: TestApp) {
        let (editor, visitor) = (app.staff(Role::Editor).await, app.visitor());
        let draft = editor.published_page("a-page", page("Public", vec![])).await;
        let shared = link(&editor, &draft, 24).await;
        let path = shared["url"].as_str().expect("a URL").strip_prefix(&app.config.public_url).expect("ours").to_owned();
        let draft = editor.save_page(&draft, page("Confidential", vec![])).await;

        let seen = visitor.get(&path).await;
        assert_eq!(seen.status, 200);
        let html = seen.body.as_str().expect("HTML");
        assert!(html.contains("<h1>Confidential</h1>") && html.contains("This is a draft"), "{html}");
        assert_eq!((&seen.headers["cache-control"], &seen.headers["x-robots-tag"]), (&"no-store".parse().unwrap(), &"noindex, nofollow".parse().unwrap()));
        assert!(visitor.get("/a-page").await.body.as_str().expect("HTML").contains("<h1>Public</h1>"));

        // Of what else is not public it shows nothing.
        let other = editor.create_page("other", page("Not for outside", vec![])).await;
        let linking = page("Confidential", vec![linked("b", "the other page", json!({ "page": other.id }))]);
        let draft = editor.save_page(&draft, linking).await;
        let html = visitor.get(&path).await.body.to_string();
        assert!(html.contains("the other page") && !html.contains("/other") && !html.contains("Not for outside"), "{html}");

        editor.save_page(&draft, page("Later", vec![])).await;
        assert!(visitor.get(&path).await.body.as_str().expect("HTML").contains("<h1>Later</h1>"));
        for wrong in ["/preview", "/preview?token=", "/preview?token=AAAA", &path[..path.len() - 1]] {
            let answer = visitor.get(wrong).await;
            assert_eq!(answer.status, 404, "{wrong}");
            assert!(!answer.body.as_str().expect("HTML").contains("Later"));
        }
    }

    async fn without_the_built_in_site_there_is_a_token_and_no_link(app: TestApp) {
        let app = app.restart_with(Settings { site: Some("off".to_owned()), ..Settings::default() }).await;
        let editor = app.staff(Role::Editor).await;
        let draft = editor.create_page("a-page", page("Draft", vec![])).await;
        let shared = link(&editor, &draft, 1).await;
        assert_eq!(shared["url"], Value::Null);
        let token = shared["token"].as_str().expect("a token");
        assert_eq!(ask_with(&app, token, "/a-page").await.data()["route"]["title"], "Draft");
    }

    async fn a_front_end_of_ones_own_sees_the_draft_of_that_entry_only(app: TestApp) {
        let editor = app.staff(Role::Editor).await;
        let draft = editor.published_page("a-page", page("Public", vec![])).await;
        let other = editor.published_page("other", page("Other", vec![])).await;
        let token = link(&editor, &draft, 1).await["token"].as_str().expect("a token").to_owned();
        editor.save_page(&draft, page("Draft", vec![quote("a", "Words.")])).await;
        editor.save_page(&other, page("Other draft", vec![])).await;

        let answer = ask_with(&app, &token, "/a-page").await;
        assert_eq!(answer.data()["route"]["title"], "Draft");
        assert_eq!(answer.headers["cache-control"], "no-store");
        assert!(answer.headers.get_all("vary").iter().any(|it| it == "Accept, x-hillside-preview"));
        assert_eq!(ask_with(&app, &token, "/other").await.data()["route"]["title"], "Other");
        assert_eq!(app.visitor().route("/a-page").await["title"], "Public");

        let refused = ask_with(&app, "AAAA", "/a-page").await;
        assert!(refused.errors().starts_with("UNAUTHENTICATED"), "{}", refused.errors());
    }

    async fn a_link_holds_a_week_at_most_and_that_it_was_made_is_recorded(app: TestApp) {
        let editor = app.staff(Role::Editor).await;
        let draft = editor.create_page("a-page", page("A page", vec![])).await;
        for hours in [0, 169] {
            let mutation = "mutation ($input: CreatePreviewLinkInput!) {
                createPreviewLink(input: $input) { previewLink { url } userErrors { code message path } } }";
            let answer = editor.ask(mutation, json!({ "input": { "id": draft.id, "hours": hours } })).await;
            assert_eq!(answer.refused("createPreviewLink"), "INVALID input.hours: Let the link hold for 1 to 168 hours.");
        }
        let before = crate::support::row_counts(app.app.db.reader()).await["audit_event"];
        link(&editor, &draft, 168).await;
        assert_eq!(crate::support::row_counts(app.app.db.reader()).await["audit_event"], before + 1);
    }

    async fn a_page_of_sixty_kilobytes_is_drawn_while_one_types(app: TestApp) {
        let editor = app.staff(Role::Editor).await;
        let blocks: Vec<Value> = (0..200).map(|place| quote(&format!("b{place}"), &"Words of a careful editor. ".repeat(12))).collect();
        let content = page("Long", blocks);
        assert!(content.to_string().len() > 60_000);
        let draft = editor.create_page("long", content.clone()).await;
        let began = Instant::now();
        let answer = editor
            .ask(
                "query ($id: ID!, $content: PageContentInput!) { previewPage(id: $id, content: $content) }",
                json!({ "id": draft.id, "content": content }),
            )
            .await;
        assert!(answer.data()["previewPage"].as_str().expect("HTML").len() > 60_000);
        println!("a page of 60 kB was drawn in {} ms (unoptimised)", began.elapsed().as_millis());
    }

    async fn a_draft_has_another_id_than_what_is_public(app: TestApp) {
        let editor = app.staff(Role::Editor).await;
        let draft = editor.published_page("a-page", page("Public", vec![])).await;
        let token = link(&editor, &draft, 1).await["token"].as_str().expect("a token").to_owned();
        let query = "query ($path: String!, $id: ID!) { route(path: $path) { ... on Page { id } } node(id: $id) { id } }";
        let asked = async |token: &str, id: &str| {
            let request = app.visitor().request(Method::POST, "/graphql").header("x-hillside-preview", token);
            Answer::to(request.json(&json!({ "query": query, "variables": { "path": "/a-page", "id": id } }))).await
        };
        let of_draft = format!("{}~draft", draft.id);
        let previewed = asked(&token, &of_draft).await;
        assert_eq!(*previewed.data(), json!({ "route": { "id": of_draft }, "node": { "id": of_draft } }));
        let public = app.visitor().ask(query, json!({ "path": "/a-page", "id": of_draft })).await;
        assert_eq!(*public.data(), json!({ "route": { "id": draft.id }, "node": null }));
    }

    async fn a_front_end_of_ones_own_shows_drafts_where_it_says(app: TestApp) {
        let address = "https://www.example.org/api/preview?token={token}&path={path}".to_owned();
        let settings = Settings { preview_url: Some(address), site: Some("off".to_owned()), ..Settings::default() };
        let app = app.restart_with(settings).await;
        let editor = app.staff(Role::Editor).await;
        let draft = editor.create_page("a-page", page("A", vec![])).await;
        let shared = link(&editor, &draft, 1).await;
        let token = shared["token"].as_str().expect("a token");
        assert_eq!(shared["url"], format!("https://www.example.org/api/preview?token={token}&path=%2Fa-page"));
    }
}
