//! What is said of a draft before it is published, and what becomes of it.

use chrono::Utc;
use entity::user::Role;
use hillside::{config::Settings, server::look_through};
use serde_json::{Value, json};

use crate::support::{
    Staff,
    entry::{Draft, linked, page, quote, words},
    on_both,
};

const CHECKS: &str = "query ($id: ID!) { page(id: $id) { checks {
    fingerprint code severity message path blockKey fix { label path value } waiver { reason by }
} } }";

async fn checks(editor: &Staff, draft: &Draft) -> Vec<Value> {
    let answer = editor.ask(CHECKS, json!({ "id": draft.id })).await;
    answer.data()["page"]["checks"].as_array().expect("checks").clone()
}

fn said(checks: &[Value]) -> String {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let path = |it: &Value| it["path"].as_array().expect("a path").iter().map(text).collect::<Vec<_>>().join(".");
    let line = |it: &Value| format!("{} {}: {}", text(&it["code"]), path(it), text(&it["message"]));
    checks.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn heading(key: &str, text: &str, level: i32) -> Value {
    json!({ "heading": { "key": key, "text": text, "level": level } })
}

fn text(key: &str, text: &str) -> Value {
    json!({ "richText": { "key": key, "body": words(text) } })
}

on_both! {
    async fn a_draft_is_told_what_a_careful_colleague_would_say(app: TestApp) {
        let editor = app.staff(Role::Editor).await;
        editor.create_page("other", json!({ "title": "what an OVERDOSE is", "summary": "Another." })).await;
        let blocks = vec![
            heading("a", "Signs", 2),
            heading("b", "Breathing", 4),
            text("c", "Call (781) 332-4135 or 781 332 9999 at any hour."),
            heading("d", "Signs", 2),
            text("p", "About 75% of patients relapse, and 1 in 3 within a year."),
            linked("e", "Click here", json!({ "url": "https://example.org" })),
            json!({ "callout": { "key": "f", "body": { "type": "doc", "v": 1, "content": [] } } }),
            text("g", &format!("They {} wake.", "never ".repeat(40))),
        ];
        let draft = editor.create_page("overdose", page("What an overdose is", blocks)).await;
        insta::assert_snapshot!(said(&checks(&editor, &draft).await), @r"
        content blocks.6.callout.body: Write this text, or remove it.
        emergencyNotice blocks: This page speaks of “overdose”. Add an emergency notice that says what to do now.
        rawPhone blocks.2.richText.body: “(781) 332-4135” is a telephone number in the text. Add it to the contact points and insert it from there.
        rawPhone blocks.2.richText.body: “781 332 9999” is a telephone number in the text. Add it to the contact points and insert it from there.
        unsourcedNumber blocks.4.richText.body: “About 75% of patients relapse, and 1 in 3 within a year.” tells a share. Link where it comes from, or make it a statistic, which names its source.
        headingOrder blocks.1.heading.text: “Breathing” is of level 4, below one of level 2: make it level 3.
        duplicateHeading blocks.3.heading.text: Another heading says “Signs” as well. Say what is different here.
        linkText blocks.5.richText.body: “Click here” does not say where the link leads. Link the words that do.
        searchResult title: /other has the same title. Give one of the two a title of its own.
        searchResult seo.description: Write a summary or a search description; without one, search engines choose words themselves.
        longSentence blocks.7.richText.body: “They never never never never never never never never never…” has 42 words. Make two or three sentences of it.
        ");
    }

    async fn two_pages_with_one_description_are_told(app: TestApp) {
        let editor = app.staff(Role::Editor).await;
        let content = |title: &str, summary: &str, description: &str| {
            json!({ "title": title, "summary": summary, "seo": { "description": description }, "blocks": [quote("a", "Be well.")] })
        };
        let told = "searchResult seo.description: /one has the same description. Give one of the two a description of its own.";
        editor.create_page("one", content("One", "How we work, day by day.", "")).await;
        let two = editor.create_page("two", content("Two", "Other words.", "how we work – Day by day")).await;
        assert_eq!(said(&checks(&editor, &two).await), told);
        let two = editor.save_page(&two, content("Two", "How we work, day by day.", "Another description.")).await;
        assert_eq!(said(&checks(&editor, &two).await), "");
    }

    async fn an_address_of_our_own_gives_way_to_the_page(app: TestApp) {
        let app = app.restart_with(Settings { public_url: Some("https://www.example.org".to_owned()), ..Settings::default() }).await;
        let editor = app.staff(Role::Editor).await;
        let target = editor.published_page("detox", json!({ "title": "Detox", "summary": "What it is." })).await;
        let own = "https://example.org/detox/?from=mail#top";
        let blocks = vec![linked("a", "what detox is", json!({ "url": own })), linked("c", "what it costs", json!({ "url": "https://www.example.org/detox#costs" })), linked("b", "elsewhere", json!({ "url": "https://example.net/detox" }))];
        let content = |blocks: Vec<Value>| json!({ "title": "About", "summary": "About us.", "blocks": blocks });
        let draft = editor.create_page("about", content(blocks)).await;
        let found = checks(&editor, &draft).await;
        insta::assert_snapshot!(said(&found), @r"
        ownAddress blocks.0.richText.body.content.0.content.0.marks.0.attrs.to: A link holds the address of “Detox” and breaks when that moves. Link the page itself.
        ownAddress blocks.1.richText.body.content.0.content.0.marks.0.attrs.to: A link holds the address of “Detox” and breaks when that moves. Link the page itself.
        ");
        assert_eq!(found[0]["severity"], "BLOCKS");
        assert_eq!(found[0]["fix"]["value"], json!({ "page": target.id }));
        let answer = editor.entry("publishPage", json!({ "id": draft.id, "revision": draft.revision })).await;
        assert!(answer.refused("publishPage").contains("Link the page itself."));
        let draft = editor.save_page(&draft, content(vec![linked("a", "what detox is", found[0]["fix"]["value"].clone())])).await;
        assert_eq!(said(&checks(&editor, &draft).await), "");
    }

    async fn a_fix_is_a_change_of_the_draft_that_mends_it(app: TestApp) {
        let app = app.with_demo().await;
        let editor = app.staff(Role::Editor).await;
        let blocks = vec![
            heading("a", "Signs", 3),
            text("b", "In danger, call 911 at once. Then sit down."),
            json!({ "callout": { "key": "c", "body": { "type": "doc", "v": 1, "content": [] } } }),
        ];
        let draft = editor.create_page("signs", page("Signs", blocks)).await;
        let found = checks(&editor, &draft).await;
        let fix = |code: &str| found.iter().find(|it| it["code"] == code).expect("found")["fix"].clone();
        assert_eq!(fix("headingOrder"), json!({ "label": "Make it level 2", "path": ["blocks", "0", "heading", "level"], "value": 2 }));
        assert_eq!(fix("content"), json!({ "label": "Remove the block", "path": ["blocks", "2"], "value": null }));
        let phone = fix("rawPhone");
        assert_eq!(phone["path"], json!(["blocks", "1", "richText", "body"]));

        let number = editor.target("CONTACT_POINT", "911").await;
        assert_eq!(phone["value"]["content"][0]["content"], json!([
            { "type": "text", "text": "In danger, call " },
            { "type": "phone", "attrs": { "contactPoint": number } },
            { "type": "text", "text": " at once. Then sit down." },
        ]));
        let mended = vec![heading("a", "Signs of danger", 2), json!({ "richText": { "key": "b", "body": phone["value"] } })];
        let draft = editor.save_page(&draft, json!({ "title": "Signs", "summary": "What to look for.", "blocks": mended })).await;
        assert_eq!(said(&checks(&editor, &draft).await), "");
    }

    async fn a_warning_may_stand_until_its_words_change(app: TestApp) {
        let editor = app.staff(Role::Editor).await;
        let content = |heading_text: &str| json!({ "title": "A page", "summary": "About it.", "blocks": [heading("a", heading_text, 4), quote("b", "Words.")] });
        let draft = editor.create_page("a-page", content("Deep")).await;
        let found = checks(&editor, &draft).await;
        let check = found[0]["fingerprint"].as_str().expect("an id").to_owned();
        let waive = async |check: &str, reason: &str| {
            let mutation = "mutation ($input: WaiveCheckInput!) { waiveCheck(input: $input) { check { code waiver { reason by } } userErrors { code message path } } }";
            editor.ask(mutation, json!({ "input": { "id": draft.id, "check": check, "reason": reason } })).await
        };
        insta::assert_snapshot!(waive(&check, " ").await.refused("waiveCheck"), @"REQUIRED input.reason: Fill in the field “reason”.");
        insta::assert_snapshot!(waive("nothing", "So.").await.refused("waiveCheck"), @"NOT_FOUND input.check: The draft has no such finding now. Look at it again.");
        let waived = waive(&check, "The design asks for it.").await.done("waiveCheck")["check"].clone();
        assert_eq!(waived["waiver"]["reason"], "The design asks for it.");
        assert!(waived["waiver"]["by"].is_string(), "{waived}");

        let draft = editor.save_page(&draft, content("Deep")).await;
        assert_eq!(checks(&editor, &draft).await[0]["waiver"]["reason"], "The design asks for it.");
        let draft = editor.save_page(&draft, content("Deeper")).await;
        assert_eq!(checks(&editor, &draft).await[0]["waiver"], Value::Null);

        let draft = editor.save_page(&draft, content("Deep")).await;
        let mutation = "mutation ($input: UnwaiveCheckInput!) { unwaiveCheck(input: $input) { check { waiver { by } } userErrors { code message path } } }";
        let back = editor.ask(mutation, json!({ "input": { "id": draft.id, "check": check } })).await;
        assert_eq!(back.done("unwaiveCheck")["check"]["waiver"], Value::Null);
    }

    async fn what_blocks_publishing_cannot_be_waived(app: TestApp) {
        let editor = app.staff(Role::Editor).await;
        let draft = editor.create_page("a-page", page("A page", vec![quote("a", "")])).await;
        let found = checks(&editor, &draft).await;
        let blocking = found.iter().find(|it| it["severity"] == "BLOCKS").expect("an empty quote blocks");
        let mutation = "mutation ($input: WaiveCheckInput!) { waiveCheck(input: $input) { check { code } userErrors { code message path } } }";
        let answer = editor.ask(mutation, json!({ "input": { "id": draft.id, "check": blocking["fingerprint"], "reason": "Please." } })).await;
        assert_eq!(answer.refused("waiveCheck"), "INVALID input.check: This one has to be mended; only a warning can be waived.");
    }

    async fn lists_are_narrowed_to_drafts_with_findings(app: TestApp) {
        let editor = app.staff(Role::Editor).await;
        let empty = json!({ "callout": { "key": "a", "body": { "type": "doc", "v": 1, "content": [] } } });
        let content = |title: &str, blocks: Vec<Value>| json!({ "title": title, "summary": format!("About {title}."), "blocks": blocks });
        let later = editor.create_page("later", content("Later", vec![quote("a", "Soon.")])).await;
        let blocked = editor.create_page("blocked", content("Blocked", vec![empty])).await;
        let warned = editor.create_page("warned", content("Warned", vec![linked("a", "what comes later", json!({ "page": later.id }))])).await;
        let listed = async |severity: &str| {
            while look_through(&app.app, Utc::now()).await.expect("a round") > 0 {}
            let query = "query ($checks: CheckSeverity!) { pages(sort: TITLE, filter: { checks: $checks }) { nodes { title checkCount { blocking warnings } } } }";
            editor.ask(query, json!({ "checks": severity })).await.data()["pages"]["nodes"].clone()
        };
        let row = |title: &str, blocking: i32, warnings: i32| json!([{ "title": title, "checkCount": { "blocking": blocking, "warnings": warnings } }]);
        assert_eq!((listed("BLOCKS").await, listed("WARNS").await), (row("Blocked", 1, 0), row("Warned", 0, 1)));

        // A mended draft has none, and what others make public mends a draft as well.
        editor.save_page(&blocked, content("Blocked", vec![quote("a", "Words.")])).await;
        assert_eq!(listed("BLOCKS").await, json!([]));
        editor.publish_page(&later).await;
        assert_eq!(listed("WARNS").await, json!([]));

        // One that somebody let stand does not count, at once.
        editor.entry("unpublishPage", json!({ "id": later.id })).await.done("unpublishPage");
        editor.save_page(&warned, content("Warned", vec![heading("h", "First", 3), quote("q", "Words.")])).await;
        assert_eq!(listed("WARNS").await, row("Warned", 0, 1));
        let found = checks(&editor, &warned).await;
        let waive = "mutation ($input: WaiveCheckInput!) { waiveCheck(input: $input) { userErrors { message } } }";
        editor.ask(waive, json!({ "input": { "id": warned.id, "check": found[0]["fingerprint"], "reason": "It stands below a picture." } })).await.done("waiveCheck");
        assert_eq!(listed("WARNS").await, json!([]));
    }
}
