//! Pages and therapies, from the first draft to what the public reads.

use entity::user::Role;
use serde_json::{Value, json};

use crate::support::{
    entry::{linked, page, quote, words},
    on_both, row_counts,
};

on_both! {
    async fn a_page_is_seen_once_it_is_published_and_as_it_was_published(app: TestApp) {
        let (editor, visitor) = (app.staff(Role::Editor).await, app.visitor());
        let draft = editor.create_page("about-us", page("First", vec![quote("a", "One.")])).await;
        assert_eq!(visitor.route("/about-us").await, Value::Null);
        let draft = editor.save_page(&draft, page("Second", vec![quote("a", "Two.")])).await;
        assert_eq!(visitor.route("/about-us").await, Value::Null);

        editor.publish_page(&draft).await;
        let seen = visitor.route("/about-us").await;
        assert_eq!((&seen["title"], &seen["id"]), (&json!("Second"), &json!(draft.id)));
        assert!(seen["blocks"][0]["html"].as_str().unwrap().contains("Two."), "{seen}");

        editor.save_page(&draft, page("Third", vec![])).await;
        assert_eq!(visitor.route("/about-us").await, seen);
        let status = editor.ask("query ($id: ID!) { page(id: $id) { status title } }", json!({ "id": draft.id })).await;
        assert_eq!(status.data()["page"], json!({ "status": "LIVE_WITH_CHANGES", "title": "Third" }));
    }

    async fn a_stale_draft_is_refused_and_nothing_of_it_is_written(app: TestApp) {
        let editor = app.staff(Role::Editor).await;
        let first = editor.create_page("about-us", page("First", vec![])).await;
        editor.save_page(&first, page("Second", vec![])).await;
        let before = row_counts(app.app.db.reader()).await;

        let stale = json!({ "id": first.id, "baseRevision": first.revision, "slug": "moved", "content": page("Stale", vec![]) });
        let answer = editor.entry("updatePage", stale).await;
        assert_eq!(
            answer.refused("updatePage"),
            "CONFLICT input.baseRevision: Somebody saved a newer draft meanwhile. Read it, then save again on top of it."
        );
        assert_eq!(answer.data()["updatePage"]["page"], Value::Null);
        assert_eq!(row_counts(app.app.db.reader()).await, before);
        let kept = editor.ask("query ($id: ID!) { page(id: $id) { title slug } }", json!({ "id": first.id })).await;
        assert_eq!(kept.data()["page"], json!({ "title": "Second", "slug": "about-us" }));
    }

    async fn what_two_wrote_in_different_places_is_brought_together(app: TestApp) {
        let (ada, bea) = (app.staff(Role::Editor).await, app.staff(Role::Editor).await);
        let first = ada.create_page("about-us", page("First", vec![quote("a", "One."), quote("b", "Two.")])).await;
        ada.save_page(&first, page("Ada's title", vec![quote("a", "One of Ada."), quote("b", "Two."), quote("c", "New.")])).await;
        let input = |blocks: Vec<Value>| json!({ "id": first.id, "baseRevision": first.revision, "ontoOthers": true, "content": page("First", blocks) });

        let together = bea.entry("updatePage", input(vec![quote("b", "Two of Bea."), quote("a", "One.")])).await;
        let together = together.done("updatePage")["page"].clone();
        assert_eq!(together["title"], "Ada's title");
        let content = &together["draft"]["content"];
        assert_eq!(content["blocks"], json!([quote("b", "Two of Bea."), quote("a", "One of Ada."), quote("c", "New.")]));

        let apart = bea.entry("updatePage", input(vec![quote("a", "One of Bea."), quote("b", "Two.")])).await;
        assert_eq!(
            apart.refused("updatePage"),
            "CONFLICT input.baseRevision: Somebody else changed “a.text” meanwhile as well. Choose one of the two."
        );
        let other = ada.create_page("other", page("Other", vec![])).await;
        let strange = json!({ "id": first.id, "baseRevision": other.revision, "ontoOthers": true, "content": page("First", vec![]) });
        assert_eq!(
            bea.entry("updatePage", strange).await.refused("updatePage"),
            "NOT_FOUND input.baseRevision: There is no such draft of this page or therapy."
        );
    }

    async fn of_two_who_save_at_once_one_is_told(app: TestApp) {
        let (ada, bea) = (app.staff(Role::Editor).await, app.staff(Role::Editor).await);
        let draft = ada.create_page("about-us", page("First", vec![])).await;
        let input = |title: &str| json!({ "id": draft.id, "baseRevision": draft.revision, "content": page(title, vec![]) });
        let (one, other) = tokio::join!(ada.entry("updatePage", input("Ada's")), bea.entry("updatePage", input("Bea's")));
        let refused = [one, other].into_iter().filter(|it| it.data()["updatePage"]["userErrors"] != json!([])).count();
        assert_eq!(refused, 1);
    }

    async fn a_draft_that_is_no_longer_the_latest_is_not_published(app: TestApp) {
        let editor = app.staff(Role::Editor).await;
        let first = editor.create_page("about-us", page("First", vec![])).await;
        editor.save_page(&first, page("Second", vec![])).await;
        let before = row_counts(app.app.db.reader()).await;
        let answer = editor.entry("publishPage", json!({ "id": first.id, "revision": first.revision })).await;
        assert_eq!(
            answer.refused("publishPage"),
            "CONFLICT input.revision: There is a newer draft. Look at it, then publish that one."
        );
        assert_eq!(row_counts(app.app.db.reader()).await, before);
        assert_eq!(app.visitor().route("/about-us").await, Value::Null);
    }

    async fn every_problem_comes_at_once_with_its_path_in_the_input(app: TestApp) {
        let editor = app.staff(Role::Editor).await;
        let blocks = vec![
            json!({ "heading": { "key": "a", "text": "Effects", "level": 7 } }),
            json!({ "list": { "key": "b", "items": [words("One"), words(&"x".repeat(20_001))] } }),
            quote("c", &"x".repeat(601)),
            quote("c", "again"),
            linked("e", "there", json!({ "url": "javascript:alert(1)" })),
        ];
        let content = json!({ "title": "x".repeat(161), "topics": ["y".repeat(121)], "blocks": blocks });
        let answer = editor.entry("createPage", json!({ "slug": "about-us", "content": content })).await;
        insta::assert_snapshot!(answer.refused("createPage"), @r"
        TOO_LARGE input.content.title: Shorten the field “title” to 160 characters; it has 161.
        INVALID input.content.blocks.0.heading.level: Choose level 2, 3 or 4; the page's title is level 1.
        TOO_LARGE input.content.blocks.1.list.items.1: Shorten this text to 20000 characters; it has 20001.
        TOO_LARGE input.content.blocks.2.quote.text: Shorten the field “text” to 600 characters; it has 601.
        TAKEN input.content.blocks.3.quote.key: Two blocks have the key “c”; give each its own.
        INVALID input.content.blocks.4.richText.body.content.0.content.0.to: A link outside begins with https:// and names a host.
        TOO_LARGE input.content.topics.0: Shorten number 1 to 120 characters; it has 121.
        ");
    }

    async fn a_draft_may_be_incomplete_but_what_is_published_may_not(app: TestApp) {
        let editor = app.staff(Role::Editor).await;
        let blocks = vec![
            quote("a", ""),
            json!({ "emergencyNotice": { "key": "b", "body": { "type": "doc", "v": 1, "content": [] }, "contacts": [] } }),
            json!({ "statistic": { "key": "c", "value": "71.5 %", "statement": "of visits" } }),
        ];
        let draft = editor.create_page("about-us", page("About us", blocks)).await;
        let answer = editor.entry("publishPage", json!({ "id": draft.id, "revision": draft.revision })).await;
        insta::assert_snapshot!(answer.refused("publishPage"), @r"
        REQUIRED input.content.blocks.0.quote.text: Fill in the field “text”.
        REQUIRED input.content.blocks.1.emergencyNotice.heading: Fill in the field “heading”.
        REQUIRED input.content.blocks.1.emergencyNotice.contacts: Add at least one to the field “contacts”.
        REQUIRED input.content.blocks.2.statistic.source: Say where this number comes from, or write a caveat that says it cannot be checked.
        ");
        assert_eq!(app.visitor().route("/about-us").await, Value::Null);

        let checks = editor
            .ask("query ($id: ID!) { page(id: $id) { checks { severity path blockKey } } }", json!({ "id": draft.id }))
            .await;
        let checks = checks.data()["page"]["checks"].as_array().unwrap().clone();
        assert!(checks.iter().any(|it| *it
            == json!({ "severity": "BLOCKS", "path": ["blocks", "0", "quote", "text"], "blockKey": "a" })), "{checks:#?}");
    }

    async fn what_is_unpublished_is_gone_and_its_drafts_stay(app: TestApp) {
        let editor = app.staff(Role::Editor).await;
        let draft = editor.published_page("about-us", page("About us", vec![])).await;
        assert_eq!(app.visitor().route("/about-us").await["title"], "About us");
        let gone = editor.entry("unpublishPage", json!({ "id": draft.id })).await;
        let gone = &gone.done("unpublishPage")["page"];
        assert_eq!((&gone["status"], &gone["live"], &gone["draft"]["id"]), (&json!("DRAFT"), &Value::Null, &json!(draft.revision)));
        assert_eq!(app.visitor().route("/about-us").await, Value::Null);
        let again = editor.entry("unpublishPage", json!({ "id": draft.id })).await;
        assert_eq!(
            again.refused("unpublishPage"),
            "ILLEGAL_TRANSITION input.id: It is not public, so there is nothing to take back."
        );
        editor.publish_page(&draft).await;
        assert_eq!(app.visitor().route("/about-us").await["title"], "About us");
    }

    async fn an_address_is_free_well_formed_and_not_the_servers(app: TestApp) {
        let editor = app.staff(Role::Editor).await;
        let taken = editor.create_page("about-us", page("About us", vec![])).await;
        let create = async |slug: &str| {
            let answer = editor.entry("createPage", json!({ "slug": slug, "content": page("New", vec![]) })).await;
            answer.refused("createPage")
        };
        assert_eq!(create("about-us").await, "TAKEN input.slug: The address /about-us belongs to “About us”. Choose another.");
        for slug in ["admin", "graphql", "media", "forms", "therapies", "assets"] {
            assert!(create(slug).await.starts_with("TAKEN input.slug: "), "{slug}");
        }
        assert_eq!(create("").await, "REQUIRED input.slug: Give the last part of the address, such as “what-is-detox”.");
        for slug in ["About", "a b", "a/b", "a--b", "-a", "ä", "..", "a\u{0}b"] {
            assert!(create(slug).await.starts_with("INVALID input.slug: "), "{slug:?}");
        }
        assert!(create(&"a".repeat(81)).await.starts_with("TOO_LARGE input.slug: "));

        let other = editor.create_page("other", page("Other", vec![])).await;
        let input = json!({ "id": other.id, "baseRevision": other.revision, "slug": "about-us", "content": page("Other", vec![]) });
        assert!(editor.entry("updatePage", input).await.refused("updatePage").starts_with("TAKEN input.slug: "));
        let below = json!({ "slug": "admin", "parent": taken.id, "content": page("Below", vec![]) });
        assert_eq!(editor.entry("createPage", below).await.done("createPage")["page"]["path"], "/about-us/admin");
    }

    async fn a_public_page_that_moves_leaves_a_redirect_and_links_follow_it(app: TestApp) {
        let (editor, visitor) = (app.staff(Role::Editor).await, app.visitor());
        let moved = editor.published_page("old-home", page("Moved", vec![])).await;
        let blocks = vec![linked("a", "there", json!({ "page": moved.id }))];
        editor.published_page("reader", page("Reader", blocks)).await;

        let input = json!({ "id": moved.id, "baseRevision": moved.revision, "slug": "new-home", "content": page("Moved", vec![]) });
        editor.entry("updatePage", input).await.done("updatePage");

        let old = visitor.route("/old-home").await;
        assert_eq!(
            old,
            json!({ "__typename": "Redirect", "fromPath": "/old-home", "target": "/new-home", "status": 301 })
        );
        assert_eq!(visitor.route("/new-home").await["title"], "Moved");
        let answer = visitor.get("/old-home").await;
        assert_eq!((answer.status.as_u16(), &answer.headers["location"]), (301, &"/new-home".parse().unwrap()));
        let html = visitor.route("/reader").await["blocks"][0]["html"].clone();
        assert!(html.as_str().unwrap().contains("<a href=\"/new-home\">there</a>"), "{html}");
    }

    async fn a_link_to_what_is_not_public_is_words_without_a_link(app: TestApp) {
        let (editor, visitor) = (app.staff(Role::Editor).await, app.visitor());
        let hidden = editor.create_page("hidden", page("Secret plans", vec![])).await;
        editor.published_page("reader", page("Reader", vec![linked("a", "there", json!({ "page": hidden.id }))])).await;

        let query = "{ route(path: \"/reader\") { ... on Page { blocks { html ... on RichTextBlock { body { \
                     links { text target { __typename ... on UnavailableLink { reference } ... on EntryLink { path } } } } } } } } }";
        let seen = visitor.ask(query, Value::Null).await.data()["route"]["blocks"][0].clone();
        assert_eq!(
            seen["body"]["links"],
            json!([{ "text": "there", "target": { "__typename": "UnavailableLink", "reference": hidden.id } }])
        );
        let html = seen["html"].as_str().unwrap();
        assert!(html.contains("there") && !html.contains("<a ") && !html.contains("Secret"), "{html}");

        editor.publish_page(&hidden).await;
        let seen = visitor.ask(query, Value::Null).await.data()["route"]["blocks"][0].clone();
        assert_eq!(seen["body"]["links"][0]["target"], json!({ "__typename": "EntryLink", "path": "/hidden" }));
    }

    async fn there_is_one_home_page(app: TestApp) {
        let editor = app.staff(Role::Editor).await;
        let above = editor.create_page("above", page("Above", vec![])).await;
        let below = json!({ "kind": "HOME", "parent": above.id, "slug": "", "content": page("Home", vec![]) });
        assert!(editor.entry("createPage", below).await.refused("createPage").starts_with("INVALID input.parent: The home page"));
        let home = json!({ "kind": "HOME", "slug": "", "content": page("Home", vec![]) });
        let made = editor.entry("createPage", home.clone()).await;
        assert_eq!(made.done("createPage")["page"]["path"], "/");
        let second = editor.entry("createPage", home).await;
        assert_eq!(
            second.refused("createPage"),
            "TAKEN input.kind: There is a home page already. Edit that one."
        );
    }

    async fn a_therapy_is_listed_in_its_regions_while_it_is_public(app: TestApp) {
        let app = app.with_demo().await;
        let (editor, visitor) = (app.staff(Role::Editor).await, app.visitor());
        let region = editor.target("REGION", "massachusetts").await;
        let content = json!({ "title": "Art therapy", "abbreviation": "AT", "summary": "Painting.", "regions": [region] });
        let elsewhere = json!({ "title": "Yoga", "summary": "Breathing." });
        let therapy = editor.published_therapy("art-therapy", content).await;
        editor.published_therapy("yoga", elsewhere).await;

        let listed = async |filter: Value| -> Vec<String> {
            let query = "query ($filter: TherapyFilter) { therapies(filter: $filter, first: 50) { totalCount nodes { slug regions { slug } } } }";
            let answer = visitor.ask(query, json!({ "filter": filter })).await;
            let found = &answer.data()["therapies"];
            let slugs: Vec<String> = found["nodes"].as_array().unwrap().iter().map(|it| it["slug"].as_str().unwrap().to_owned()).collect();
            assert_eq!(found["totalCount"], slugs.len());
            slugs
        };
        let everywhere = listed(Value::Null).await;
        assert!(everywhere.contains(&"art-therapy".to_owned()) && everywhere.contains(&"yoga".to_owned()));
        let here = listed(json!({ "region": "massachusetts" })).await;
        assert!(here.contains(&"art-therapy".to_owned()) && !here.contains(&"yoga".to_owned()), "{here:?}");
        assert_eq!(listed(json!({ "region": "nowhere" })).await, [""; 0]);

        editor.entry("unpublishTherapy", json!({ "id": therapy.id })).await.done("unpublishTherapy");
        assert!(!listed(json!({ "region": "massachusetts" })).await.contains(&"art-therapy".to_owned()));
    }

    async fn a_therapy_without_a_summary_is_not_published(app: TestApp) {
        let editor = app.staff(Role::Editor).await;
        let made = editor.entry("createTherapy", json!({ "slug": "yoga", "content": { "title": "Yoga" } })).await;
        let made = &made.done("createTherapy")["therapy"];
        let answer = editor.entry("publishTherapy", json!({ "id": made["id"], "revision": made["draft"]["id"] })).await;
        assert_eq!(
            answer.refused("publishTherapy"),
            "REQUIRED input.content.summary: Write a summary; it is shown wherever the therapy is listed."
        );
    }

    async fn revisions_are_kept_newest_first_with_their_notes_and_authors(app: TestApp) {
        let editor = app.staff(Role::Editor).await;
        let first = editor.create_page("about-us", page("First", vec![])).await;
        let input = json!({ "id": first.id, "baseRevision": first.revision, "content": page("Second", vec![]), "note": "Clearer" });
        editor.entry("updatePage", input).await.done("updatePage");
        let query = "query ($id: ID!) { page(id: $id) { revisions { number title note author { id } } } }";
        let answer = editor.ask(query, json!({ "id": first.id })).await;
        let author = json!({ "id": editor.id });
        assert_eq!(
            answer.data()["page"]["revisions"],
            json!([
                { "number": 2, "title": "Second", "note": "Clearer", "author": author },
                { "number": 1, "title": "First", "note": null, "author": author },
            ])
        );
    }

    async fn pages_are_listed_by_state_and_words_a_page_at_a_time(app: TestApp) {
        let editor = app.staff(Role::Editor).await;
        editor.published_page("live-one", page("100% sure", vec![])).await;
        for place in 0..4 {
            editor.create_page(&format!("draft-{place}"), page(&format!("Draft_{place}"), vec![])).await;
        }
        let query = "query ($filter: EntryFilter, $first: Int!, $after: String) { pages(filter: $filter, first: $first, after: $after) { \
                     totalCount nodes { path } pageInfo { hasNextPage endCursor } } }";
        let list = async |filter: Value, first: i32, after: Value| {
            let answer = editor.ask(query, json!({ "filter": filter, "first": first, "after": after })).await;
            answer.data()["pages"].clone()
        };
        assert_eq!(list(json!({ "status": "LIVE" }), 10, Value::Null).await["nodes"], json!([{ "path": "/live-one" }]));
        assert_eq!(list(json!({ "status": "DRAFT" }), 10, Value::Null).await["totalCount"], 4);
        assert_eq!(list(json!({ "query": "0% S" }), 10, Value::Null).await["totalCount"], 1);
        assert_eq!(list(json!({ "query": "draft_" }), 10, Value::Null).await["totalCount"], 4);
        assert_eq!(list(json!({ "query": "%" }), 10, Value::Null).await["totalCount"], 1);

        let (mut seen, mut after) = (Vec::new(), Value::Null);
        loop {
            let found = list(Value::Null, 2, after).await;
            seen.extend(found["nodes"].as_array().unwrap().iter().map(|it| it["path"].to_string()));
            after = found["pageInfo"]["endCursor"].clone();
            if found["pageInfo"]["hasNextPage"] == false {
                break;
            }
        }
        let distinct: std::collections::BTreeSet<&String> = seen.iter().collect();
        assert_eq!((seen.len(), distinct.len()), (5, 5), "{seen:?}");
    }

    async fn pickers_find_by_words_and_name_what_is_chosen(app: TestApp) {
        let app = app.with_demo().await;
        let editor = app.staff(Role::Editor).await;
        let hidden = editor.create_page("hidden-page", page("Hidden page", vec![])).await;
        let found = editor
            .ask("{ targets(kinds: [PAGE, CONTACT_POINT, THERAPY], query: \"98\") { kind label detail published } }", Value::Null)
            .await;
        assert_eq!(found.data()["targets"][0]["kind"], "CONTACT_POINT", "{:#}", found.body);
        assert_eq!(found.data()["targets"][0]["detail"], "988");
        let all = editor.ask("{ targets(kinds: [THERAPY]) { label } }", Value::Null).await;
        assert_eq!(all.data()["targets"].as_array().unwrap().len(), 5);

        let phone = editor.target("CONTACT_POINT", "988").await;
        let gone = "pag_01h2xcejqtf2nbrexx3vqjhp41";
        let answer = editor
            .ask(
                "query ($ids: [ID!]!) { targetsById(ids: $ids) { id kind label published } }",
                json!({ "ids": [hidden.id, gone, phone, "nonsense"] }),
            )
            .await;
        let named = answer.data()["targetsById"].as_array().unwrap().clone();
        assert_eq!(named.len(), 2, "{named:#?}");
        assert_eq!(named[0], json!({ "id": hidden.id, "kind": "PAGE", "label": "Hidden page", "published": false }));
        assert_eq!((&named[1]["id"], &named[1]["published"]), (&json!(phone), &json!(true)));
    }

    async fn a_page_takes_three_hundred_blocks_and_no_more(app: TestApp) {
        let editor = app.staff(Role::Editor).await;
        let many = |count: usize| (0..count).map(|place| quote(&format!("k{place}"), "Yes.")).collect::<Vec<_>>();
        let draft = editor.published_page("long", page("Long", many(300))).await;
        assert_eq!(app.visitor().route("/long").await["blocks"].as_array().unwrap().len(), 300);
        let input = json!({ "id": draft.id, "baseRevision": draft.revision, "content": page("Long", many(301)) });
        let answer = editor.entry("updatePage", input).await;
        assert_eq!(
            answer.refused("updatePage"),
            "TOO_LARGE input.content.blocks: Keep the field “blocks” to 300; there are 301."
        );
    }

    async fn the_editor_is_told_how_to_draw_every_kind(app: TestApp) {
        let editor = app.staff(Role::Editor).await;
        let answer = editor.ask("{ blockKinds { kind title description icon schema empty } }", Value::Null).await;
        let kinds = answer.data()["blockKinds"].as_array().unwrap().clone();
        let names: Vec<&str> = kinds.iter().map(|it| it["kind"].as_str().unwrap()).collect();
        assert_eq!(
            names,
            [
                "heading", "richText", "list", "comparisonTable", "statistic", "emergencyNotice", "faq", "callToAction",
                "leadForm", "therapyGrid", "media", "quote", "callout", "personCard", "locationCard", "tableOfContents", "sharedBlock"
            ]
        );
        for kind in &kinds {
            for (name, field) in kind["schema"]["properties"].as_object().unwrap() {
                assert!(field["title"].is_string() && field["x-widget"].is_string(), "{}.{name}: {field}", kind["kind"]);
            }
            let mut block = kind["empty"].clone();
            block["key"] = json!("k");
            let name = kind["kind"].as_str().unwrap();
            let slug = format!("empty-{}", name.to_lowercase());
            editor.create_page(&slug, page("Empty", vec![json!({ name: block })])).await;
        }
    }

    async fn every_kind_reads_back_as_it_was_written(app: TestApp) {
        let app = app.with_demo().await;
        let editor = app.staff(Role::Editor).await;
        let phone = editor.target("CONTACT_POINT", "988").await;
        let source = editor.target("SOURCE", "").await;
        let therapy = editor.target("THERAPY", "group").await;
        let region = editor.target("REGION", "massachusetts").await;
        let location = editor.target("LOCATION", "").await;
        let blocks = vec![
            json!({ "heading": { "key": "a", "text": "Effects", "level": 3 } }),
            linked("b", "there", json!({ "therapy": therapy })),
            json!({ "list": { "key": "c", "heading": "Signs", "style": "NUMBERED", "items": [words("Dizziness"), words("Nausea")] } }),
            json!({ "comparisonTable": { "key": "d", "caption": "Side by side", "columns": ["Factor", "Care", "Misuse"],
                "rows": [{ "header": "Dose", "cells": ["Low", "High"] }] } }),
            json!({ "statistic": { "key": "e", "value": "71.5 %", "statement": "of visits", "population": "All", "year": 2023,
                "source": source, "caveat": "Old." } }),
            json!({ "emergencyNotice": { "key": "f", "heading": "Help", "body": words("Call."),
                "contacts": [{ "contactPoint": phone, "when": "Now" }] } }),
            json!({ "faq": { "key": "g", "heading": "Questions",
                "questions": [{ "key": "q", "question": "Why?", "answer": words("So.") }] } }),
            json!({ "callToAction": { "key": "h", "heading": "Call", "body": words("Today."), "contactPoint": phone,
                "location": location, "formLink": true, "validUntil": "2027-02-28" } }),
            json!({ "leadForm": { "key": "i", "heading": "Write", "intro": "Briefly.", "placement": "end", "form": "confidential" } }),
            json!({ "therapyGrid": { "key": "j", "heading": "Therapies", "therapies": [therapy], "region": region } }),
            quote("k", "It helped."),
            json!({ "callout": { "key": "l", "tone": "CLAIM", "heading": "Known", "body": words("So."), "sources": [source] } }),
        ];
        let draft = editor.published_page("everything", page("Everything", blocks.clone())).await;

        let stored = editor.ask("query ($id: ID!) { page(id: $id) { draft { content } live { content } } }", json!({ "id": draft.id })).await;
        let stored = &stored.data()["page"];
        assert_eq!(stored["draft"]["content"]["blocks"], json!(blocks));
        assert_eq!(stored["live"]["content"], stored["draft"]["content"]);
        let seen = app.visitor().route("/everything").await;
        let keys: Vec<&str> = seen["blocks"].as_array().unwrap().iter().map(|it| it["key"].as_str().unwrap()).collect();
        assert_eq!(keys, ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"]);

        // What was read can be saved as it is, and leaves nothing to publish.
        let again = editor.save_page(&draft, page("Everything", stored["draft"]["content"]["blocks"].as_array().unwrap().clone())).await;
        let status = editor.ask("query ($id: ID!) { page(id: $id) { status } }", json!({ "id": again.id })).await;
        assert_eq!(status.data()["page"]["status"], "LIVE");
    }

    async fn ids_of_the_input_name_things_of_their_kind(app: TestApp) {
        let editor = app.staff(Role::Editor).await;
        let author = editor.entry("createPage", json!({ "slug": "a", "content": { "title": "A", "author": "pag_01h2xcejqtf2nbrexx3vqjhp41" } })).await;
        assert!(author.refused("createPage").starts_with("NOT_FOUND input.content.author: "), "{}", author.body);
        let parent = editor.entry("createPage", json!({ "slug": "a", "parent": "pag_01h2xcejqtf2nbrexx3vqjhp41", "content": page("A", vec![]) })).await;
        assert_eq!(parent.refused("createPage"), "NOT_FOUND input.parent: There is no such parent page.");
        let regions = editor.entry("createTherapy", json!({ "slug": "a", "content": { "title": "A", "regions": ["x"] } })).await;
        assert_eq!(regions.refused("createTherapy"), "NOT_FOUND input.content.regions.0: There is nothing with this id.");
        for (mutation, input) in [
            ("publishPage", json!({ "id": "pag_01h2xcejqtf2nbrexx3vqjhp41", "revision": "rev_01h2xcejqtf2nbrexx3vqjhp41" })),
            ("unpublishPage", json!({ "id": "pag_01h2xcejqtf2nbrexx3vqjhp41" })),
            ("unpublishTherapy", json!({ "id": "thr_01h2xcejqtf2nbrexx3vqjhp41" })),
        ] {
            let answer = editor.entry(mutation, input).await;
            assert!(answer.refused(mutation).starts_with("NOT_FOUND input.id: There is no such "), "{}", answer.body);
        }
    }
}
