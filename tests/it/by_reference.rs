//! What content names by id and shows by its present name: buttons that lead to pages, people in a text, pictures.

use entity::user::Role;
use image::ImageFormat;
use serde_json::{Value, json};

use crate::support::{
    TestApp,
    entry::{linked, page, words},
    media::{drawing, shown},
    on_both,
};

fn call(fields: Value) -> Value {
    let mut block = json!({ "key": "a", "heading": "Next", "body": words("What comes then.") });
    for (name, value) in fields.as_object().expect("fields") {
        block[name] = value.clone();
    }
    json!({ "callToAction": block })
}

/// A visitor's first block, with what links in it lead to.
async fn first_block(app: &TestApp, path: &str) -> Value {
    let query = "query ($path: String!) { route(path: $path) { ... on Page { blocks { html
        ... on CallToActionBlock { link { text target { __typename ... on EntryLink { path } ... on ExternalLink { href } } } }
        ... on MediaBlock { alt media { alt } }
        ... on RichTextBlock { body { text links { text } } } } } } }";
    app.visitor().ask(query, json!({ "path": path })).await.data()["route"]["blocks"][0].clone()
}

on_both! {
    async fn a_button_leads_to_a_page_under_its_present_name_and_address(app: TestApp) {
        let editor = app.staff(Role::Editor).await;
        let target = editor.published_page("detox", page("Detox", vec![])).await;
        editor.published_page("own", page("Own words", vec![call(json!({ "link": { "page": target.id }, "linkLabel": "How it goes" }))])).await;
        editor.published_page("title", page("Its title", vec![call(json!({ "link": { "page": target.id } }))])).await;

        let renamed = editor.entry("updatePage", json!({ "id": target.id, "baseRevision": target.revision, "slug": "withdrawal", "content": page("Withdrawal", vec![]) })).await;
        let revision = renamed.done("updatePage")["page"]["draft"]["id"].clone();
        editor.entry("publishPage", json!({ "id": target.id, "revision": revision })).await.done("publishPage");
        let own = first_block(&app, "/own").await;
        assert_eq!(own["link"], json!({ "text": "How it goes", "target": { "__typename": "EntryLink", "path": "/withdrawal" } }));
        assert!(own["html"].as_str().unwrap().contains("<a class=\"button quiet\" href=\"/withdrawal\">How it goes</a>"), "{own}");
        let title = first_block(&app, "/title").await;
        assert_eq!(title["link"]["text"], "Withdrawal");

        // What is not public is not offered.
        editor.entry("unpublishPage", json!({ "id": target.id })).await.done("unpublishPage");
        let own = first_block(&app, "/own").await;
        assert_eq!(own["link"], Value::Null);
        assert!(!own["html"].as_str().unwrap().contains("How it goes"), "{own}");
    }

    async fn a_button_leads_outside_in_words_of_its_own_and_to_nothing_that_has_a_field(app: TestApp) {
        let app = app.with_demo().await;
        let editor = app.staff(Role::Editor).await;
        let outside = json!({ "url": "https://example.org/help" });
        editor.published_page("out", page("Out", vec![call(json!({ "link": outside, "linkLabel": "Their page" }))])).await;
        assert_eq!(
            first_block(&app, "/out").await["link"],
            json!({ "text": "Their page", "target": { "__typename": "ExternalLink", "href": "https://example.org/help" } })
        );
        let phone = editor.target("CONTACT_POINT", "911").await;
        for (link, told) in [
            (outside, "REQUIRED input.content.blocks.0.callToAction.linkLabel: Say what the link says."),
            (json!({ "url": "http://example.org" }), "INVALID input.content.blocks.0.callToAction.link.to: "),
            (json!({ "contactPoint": phone }), "INVALID input.content.blocks.0.callToAction.link: "),
        ] {
            let answer = editor.entry("createPage", json!({ "slug": "in", "content": page("In", vec![call(json!({ "link": link }))]) })).await;
            let refused = if answer.data()["createPage"]["page"].is_null() {
                answer.refused("createPage")
            } else {
                let made = answer.data()["createPage"]["page"].clone();
                let input = json!({ "id": made["id"], "revision": made["draft"]["id"] });
                editor.entry("publishPage", input).await.refused("publishPage")
            };
            assert!(refused.contains(told), "{refused}");
        }
    }

    async fn somebody_in_a_text_has_the_name_the_library_has_now(app: TestApp) {
        let (editor, administrator) = (app.staff(Role::Editor).await, app.staff(Role::Admin).await);
        let person = administrator.create_fact("person", json!({ "name": "Ada Moss", "credentials": "RN", "role": "", "bio": "" })).await;
        let body = json!({ "type": "doc", "v": 1, "content": [{ "type": "paragraph", "content": [
            { "type": "text", "text": "Ask " },
            { "type": "person", "attrs": { "person": person["id"] } },
            { "type": "text", "text": " first." },
        ] }] });
        editor.published_page("ask", page("Ask", vec![json!({ "richText": { "key": "a", "body": body } })])).await;
        let read = |block: Value| (block["body"].clone(), block["html"].as_str().unwrap().contains("<p>Ask Ada Moss, RN first.</p>"));
        assert_eq!(read(first_block(&app, "/ask").await), (json!({ "text": "Ask Ada Moss, RN first.", "links": [] }), true));
        assert_eq!(administrator.fact(&person["id"]).await["usedCount"], 1);

        administrator.change_fact("person", &person["id"], json!({ "credentials": "NP" })).await.done("updateFact");
        assert_eq!(first_block(&app, "/ask").await["body"]["text"], "Ask Ada Moss, NP first.");
    }

    async fn a_picture_is_described_anew_where_it_says_something_else(app: TestApp) {
        let editor = app.staff(Role::Editor).await;
        let picture = editor.upload("garden.png", drawing(64, 48, ImageFormat::Png)).await;
        let version = editor.picture(&picture).await["version"].clone();
        editor.media("updateMedia", json!({ "id": picture, "version": version, "alt": "A garden." })).await.done("updateMedia");
        let mut here = shown("a", &picture);
        here["media"]["alt"] = json!("The door to the garden is open.");
        editor.published_page("here", page("Here", vec![here])).await;
        editor.published_page("there", page("There", vec![shown("a", &picture)])).await;
        for (path, alt) in [("/here", "The door to the garden is open."), ("/there", "A garden.")] {
            let block = first_block(&app, path).await;
            assert_eq!((&block["alt"], &block["media"]["alt"]), (&json!(alt), &json!("A garden.")), "{path}");
            assert!(block["html"].as_str().unwrap().contains(&format!("alt=\"{alt}\"")), "{block}");
        }
    }

    async fn what_a_shared_block_points_at_is_looked_at_on_the_page_it_stands_on(app: TestApp) {
        let editor = app.staff(Role::Editor).await;
        let target = editor.create_page("target", page("Target", vec![])).await;
        let shared = editor.create_fact("sharedBlock", json!({ "name": "Way", "block": linked("x", "The way", json!({ "page": target.id })) })).await;
        let draft = editor.create_page("one", page("One", vec![json!({ "sharedBlock": { "key": "a", "block": shared["id"] } })])).await;
        let found = async || {
            let checks = editor.ask("query ($id: ID!) { page(id: $id) { checks { code path blockKey } } }", json!({ "id": draft.id })).await;
            checks.data()["page"]["checks"].as_array().unwrap().iter().find(|it| it["code"] == "missingTarget").cloned()
        };
        assert_eq!(found().await, Some(json!({ "code": "missingTarget", "path": ["blocks", "0"], "blockKey": "a" })));
        editor.publish_page(&target).await;
        assert_eq!(found().await, None);
    }
}
