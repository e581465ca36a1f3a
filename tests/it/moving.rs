//! Where pages are, and that no address the public ever knew leads nowhere.

use std::collections::HashMap;

use entity::user::Role;
use serde_json::{Value, json};

use crate::support::{
    Answer, Staff, TestApp,
    entry::{Draft, page},
    on_both,
};

async fn below(staff: &Staff, parent: &Draft, slug: &str, title: &str) -> Draft {
    staff.create_below(parent, slug, page(title, vec![])).await
}

async fn move_page(staff: &Staff, page: &Draft, parent: Option<&Draft>, slug: Option<&str>) -> Answer {
    let mutation =
        "mutation ($input: MovePageInput!) { movePage(input: $input) { path userErrors { code message path } } }";
    let input = json!({ "id": page.id, "parent": parent.map(|it| &it.id), "slug": slug });
    staff.ask(mutation, json!({ "input": input })).await
}

async fn title_at(app: &TestApp, path: &str) -> Value {
    app.visitor().route(path).await["title"].clone()
}

/// Where an address leads, by id, after at most one step.
async fn target(app: &TestApp, path: &str) -> Value {
    let query =
        "query ($path: String!) { route(path: $path) { ... on Page { title } ... on Redirect { target status } } }";
    app.visitor().ask(query, json!({ "path": path })).await.data()["route"].clone()
}

on_both! {
    async fn a_parent_is_renamed_with_its_fifty_children_and_every_old_link_leads_on(app: TestApp) {
        let editor = app.staff(Role::Editor).await;
        let parent = editor.published_page("guides", page("Guides", vec![])).await;
        for number in 0..50 {
            let child = below(&editor, &parent, &format!("g{number}"), &format!("Guide {number}")).await;
            if number != 7 {
                editor.publish_page(&child).await;
            }
        }
        let preview = "query ($id: ID!) { movePreview(id: $id, slug: \"handbook\") { total redirects changes { before after live } } }";
        let told = editor.ask(preview, json!({ "id": parent.id })).await.data()["movePreview"].clone();
        assert_eq!((&told["total"], &told["redirects"]), (&json!(51), &json!(50)));
        assert_eq!(told["changes"][0], json!({ "before": "/guides", "after": "/handbook", "live": true }));

        assert_eq!(move_page(&editor, &parent, None, Some("handbook")).await.done("movePage")["path"], "/handbook");
        for number in 0..50 {
            let (old, new) = (format!("/guides/g{number}"), format!("/handbook/g{number}"));
            if number == 7 {
                assert_eq!((target(&app, &old).await, target(&app, &new).await), (Value::Null, Value::Null));
            } else {
                assert_eq!(target(&app, &old).await, json!({ "target": new, "status": 301 }));
                assert_eq!(title_at(&app, &new).await, format!("Guide {number}"));
            }
        }
        // Once more: what led on leads on in one step, and what came back is itself.
        move_page(&editor, &parent, None, Some("manual")).await.done("movePage");
        assert_eq!(target(&app, "/guides/g3").await, json!({ "target": "/manual/g3", "status": 301 }));
        move_page(&editor, &parent, None, Some("guides")).await.done("movePage");
        assert_eq!(title_at(&app, "/guides/g3").await, "Guide 3");
        assert_eq!(target(&app, "/manual/g3").await, json!({ "target": "/guides/g3", "status": 301 }));
    }

    async fn no_address_becomes_longer_than_what_is_looked_up(app: TestApp) {
        let editor = app.staff(Role::Editor).await;
        let mut above = editor.create_page("top", page("Top", vec![])).await;
        let long = "a".repeat(80);
        for _ in 0..12 {
            above = below(&editor, &above, &long, "Deeper").await;
        }
        let input = json!({ "slug": long, "parent": above.id, "content": { "title": "Too deep" } });
        let refused = editor.entry("createPage", input).await.refused("createPage");
        assert!(refused.starts_with("TOO_LARGE input.slug: An address has at most 1000 characters"), "{refused}");
        // Nor by moving what stands above others.
        let pair = editor.create_page("pair", page("Pair", vec![])).await;
        below(&editor, &pair, "a-child-that-makes-it-too-long", "Child").await;
        let refused = move_page(&editor, &pair, Some(&above), Some("p")).await.refused("movePage");
        assert!(refused.starts_with("TOO_LARGE input.slug: "), "{refused}");
    }

    async fn a_page_goes_below_another_but_not_below_itself(app: TestApp) {
        let editor = app.staff(Role::Editor).await;
        let (a, b) = (editor.published_page("a", page("A", vec![])).await, editor.published_page("b", page("B", vec![])).await);
        let child = below(&editor, &a, "c", "C").await;
        editor.publish_page(&child).await;
        assert_eq!(move_page(&editor, &a, Some(&b), None).await.done("movePage")["path"], "/b/a");
        assert_eq!(title_at(&app, "/b/a/c").await, "C");
        assert_eq!(target(&app, "/a/c").await, json!({ "target": "/b/a/c", "status": 301 }));
        let itself = "ILLEGAL_TRANSITION input.parent: A page cannot stand below itself. Choose another place.";
        for parent in [&child, &a] {
            assert_eq!(move_page(&editor, &a, Some(parent), None).await.refused("movePage"), itself);
        }
        assert_eq!(
            move_page(&editor, &child, None, Some("b")).await.refused("movePage"),
            "TAKEN input.slug: The address /b belongs to “B”. Choose another."
        );
    }

    async fn two_pages_moved_below_each_other_at_once_make_no_circle(app: TestApp) {
        let (ada, bea) = (app.staff(Role::Editor).await, app.staff(Role::Editor).await);
        let a = ada.published_page("a", page("A", vec![])).await;
        let b = ada.published_page("b", page("B", vec![])).await;
        for _ in 0..5 {
            let (one, other) = tokio::join!(move_page(&ada, &a, Some(&b), None), move_page(&bea, &b, Some(&a), None));
            let refused = [one, other].iter().filter(|it| it.data()["movePage"]["userErrors"] != json!([])).count();
            assert_eq!(refused, 1, "both went below each other");
            let paths = ada.ask("{ pages { nodes { path } } }", Value::Null).await.data()["pages"]["nodes"].to_string();
            assert!(paths.contains("/b/a") != paths.contains("/a/b"), "{paths}");
            for page in [&a, &b] {
                move_page(&ada, page, None, None).await;
            }
        }
    }

    async fn no_sequence_of_moves_leaves_an_address_that_leads_nowhere_or_in_a_circle(app: TestApp) {
        let editor = app.staff(Role::Editor).await;
        let mut pages = Vec::new();
        for slug in ["a", "b", "c", "d", "e"] {
            pages.push(editor.published_page(slug, page(slug, vec![])).await);
        }
        // Every address that was ever public, and whose it was last.
        let mut known: HashMap<String, String> = HashMap::new();
        let mut seed: u64 = 11;
        let mut any = |below: usize| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            usize::try_from(seed >> 33).unwrap_or(0) % below
        };
        for _ in 0..60 {
            let answer = editor.ask("{ pages(first: 50) { nodes { id path } } }", Value::Null).await;
            for row in answer.data()["pages"]["nodes"].as_array().expect("rows") {
                known.insert(row["path"].as_str().expect("a path").to_owned(), row["id"].as_str().expect("an id").to_owned());
            }
            let (which, parent, slug) = (any(5), any(6), ["a", "b", "c", "x"][any(4)]);
            let _ = move_page(&editor, &pages[which], pages.get(parent), Some(slug)).await;
        }
        let present = editor.ask("{ pages(first: 50) { nodes { id path } } }", Value::Null).await;
        let rows = present.data()["pages"]["nodes"].as_array().expect("rows").clone();
        let path_of = |id: &str| rows.iter().find(|row| row["id"] == id).expect("a page")["path"].clone();
        let paths: std::collections::BTreeSet<_> = rows.iter().map(|row| row["path"].as_str().expect("a path")).collect();
        assert_eq!(paths.len(), rows.len(), "two pages have one address");
        for (path, id) in known {
            let found = target(&app, &path).await;
            if paths.contains(path.as_str()) {
                assert!(found["title"].is_string(), "{path}: {found}");
            } else {
                assert_eq!(found["target"], path_of(&id), "{path}");
            }
        }
    }
}
