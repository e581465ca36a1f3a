//! Finding drafts among many: by their words, in lists, and in the views that people keep of them.

use entity::user::Role;
use serde_json::{Value, json};

use crate::support::{
    Staff,
    entry::{page, quote, words},
    on_both,
};

async fn found(staff: &Staff, query: &str) -> Vec<String> {
    let asked = "query ($query: String!) { search(query: $query) { target { label } excerpt } }";
    let answer = staff.ask(asked, json!({ "query": query })).await;
    let hits = answer.data()["search"].as_array().expect("hits").clone();
    hits.iter().map(|hit| hit["target"]["label"].as_str().expect("a label").to_owned()).collect()
}

async fn titles(staff: &Staff, arguments: &str) -> Vec<String> {
    let answer = staff.ask(&format!("{{ pages({arguments}) {{ nodes {{ title }} }} }}"), Value::Null).await;
    let rows = answer.data()["pages"]["nodes"].as_array().expect("rows").clone();
    rows.iter().map(|row| row["title"].as_str().expect("a title").to_owned()).collect()
}

on_both! {
    async fn a_draft_is_found_by_its_words_those_of_its_title_first(app: TestApp) {
        let editor = app.staff(Role::Editor).await;
        editor.create_page("a", page("Bladder damage", vec![quote("a", "What lasts.")])).await;
        editor.create_page("b", page("Dangers", vec![quote("a", "Among them is damage to the bladder, the kidneys and more.")])).await;
        let other = editor.create_page("c", page("Señales de sobredosis", vec![quote("a", "Llame al 911.")])).await;

        assert_eq!(found(&editor, "bladder damage").await, ["Bladder damage", "Dangers"]);
        assert_eq!(found(&editor, "kidn").await, ["Dangers"]);
        assert_eq!(found(&editor, "SENALES 911").await, ["Señales de sobredosis"]);
        assert_eq!(found(&editor, "bladder nothing").await, [""; 0]);

        let answer = editor.ask("{ search(query: \"kidneys\") { excerpt target { kind detail published } } }", Value::Null).await;
        let hit = &answer.data()["search"][0];
        assert!(hit["excerpt"].as_str().expect("an excerpt").contains("bladder, the kidneys"), "{hit}");
        assert_eq!(hit["target"], json!({ "kind": "PAGE", "detail": "/b", "published": false }));

        // What is saved is found as it is now, and not as it was.
        editor.save_page(&other, page("Signs", vec![quote("a", "Blue lips.")])).await;
        assert_eq!(found(&editor, "sobredosis").await, [""; 0]);
        assert_eq!(found(&editor, "lips").await, ["Signs"]);
    }

    async fn the_library_is_found_after_pages_by_all_that_it_says(app: TestApp) {
        let editor = app.staff(Role::Editor).await;
        editor.create_fact("person", json!({ "name": "Rhea Lund", "role": "Author", "bio": "Writes on ketamine since 2019." })).await;
        editor.create_fact("faqItem", json!({ "question": "Does it hurt?", "answer": words("Ketamine numbs; señal de alarma.") })).await;
        editor.create_page("k", page("Ketamine", vec![])).await;
        assert_eq!(found(&editor, "ketam").await, ["Ketamine", "Rhea Lund", "Does it hurt?"]);
        assert_eq!(found(&editor, "senal alarma").await, ["Does it hurt?"]);
        assert_eq!(found(&editor, "ketamine 2019").await, ["Rhea Lund"]);
        let first = editor.ask("{ search(query: \"ketamine\", first: 2) { target { kind } } }", Value::Null).await;
        assert_eq!(first.data()["search"], json!([{ "target": { "kind": "PAGE" } }, { "target": { "kind": "PERSON" } }]));
        let listed = editor.ask("{ facts(kind: FAQ_ITEM, query: \"alarma\") { totalCount } }", Value::Null).await;
        assert_eq!(listed.data()["facts"]["totalCount"], 1);
    }

    async fn no_query_is_an_operator(app: TestApp) {
        let editor = app.staff(Role::Editor).await;
        editor.create_page("a", page("Quotes and stars", vec![quote("a", "Words OR not, NEAR us.")])).await;
        for query in ["\"", "*", "a OR", "NEAR(", "words & | !", "title_words:x", "'; DROP TABLE entry; --", "\\", "( ) ^ -", "\u{0}", "%_"] {
            let answer = editor.ask("query ($query: String!) { search(query: $query) { excerpt } pages(filter: { query: $query }) { totalCount } }", json!({ "query": query })).await;
            assert!(answer.data()["search"].is_array(), "{query}");
        }
        assert_eq!(found(&editor, "words or near").await, ["Quotes and stars"]);
    }

    async fn a_list_is_narrowed_and_sorted_and_goes_on_where_it_was(app: TestApp) {
        let (ada, bea) = (app.staff(Role::Editor).await, app.staff(Role::Editor).await);
        for (slug, title) in [("z", "alpha"), ("m", "Beta"), ("a", "gamma")] {
            ada.create_page(slug, page(title, vec![])).await;
        }
        bea.create_page("b", page("Delta", vec![quote("a", "Words about ketamine.")])).await;
        assert_eq!(titles(&ada, "sort: TITLE").await, ["alpha", "Beta", "Delta", "gamma"]);
        assert_eq!(titles(&ada, "sort: PATH").await, ["gamma", "Delta", "Beta", "alpha"]);
        assert_eq!(titles(&ada, "sort: UPDATED").await, ["Delta", "gamma", "Beta", "alpha"]);
        assert_eq!(titles(&ada, "filter: { mine: true }, sort: TITLE").await, ["alpha", "Beta", "gamma"]);
        assert_eq!(titles(&ada, "filter: { query: \"ketam\" }").await, ["Delta"]);
        ada.ask("mutation { createPage(input: { slug: \"l\", kind: LANDING, content: { title: \"Campaign\" } }) { page { id } } }", Value::Null).await;
        assert_eq!(titles(&ada, "kind: LANDING").await, ["Campaign"]);
        assert_eq!(titles(&ada, "kind: ARTICLE, filter: { mine: true }, sort: TITLE").await, ["alpha", "Beta", "gamma"]);

        for sort in ["TITLE", "PATH", "UPDATED"] {
            let (mut seen, mut after) = (Vec::new(), Value::Null);
            loop {
                let query = format!("query ($after: String) {{ pages(sort: {sort}, first: 1, after: $after) {{ nodes {{ title }} pageInfo {{ hasNextPage endCursor }} }} }}");
                let answer = ada.ask(&query, json!({ "after": after })).await;
                let rows = answer.data()["pages"].clone();
                seen.push(rows["nodes"][0]["title"].as_str().expect("a title").to_owned());
                if rows["pageInfo"]["hasNextPage"] == false {
                    break;
                }
                after = rows["pageInfo"]["endCursor"].clone();
            }
            assert_eq!(seen, titles(&ada, &format!("sort: {sort}")).await);
            let other = if sort == "TITLE" { "PATH" } else { "TITLE" };
            let answer = ada.ask(&format!("query ($after: String) {{ pages(sort: {other}, after: $after) {{ totalCount }} }}"), json!({ "after": after })).await;
            assert!(answer.errors().starts_with("BAD_USER_INPUT"), "{}", answer.errors());
        }
    }

    async fn titles_in_any_letters_are_all_listed_and_found(app: TestApp) {
        let editor = app.staff(Role::Editor).await;
        let all = ["Éa", "Êb", "Öc", "Über uns", "ée", "Zebra"];
        for (place, title) in all.iter().enumerate() {
            editor.create_page(&format!("p{place}"), page(title, vec![])).await;
        }
        let (mut seen, mut after) = (Vec::new(), Value::Null);
        while seen.len() < all.len() {
            let query = "query ($after: String) { pages(sort: TITLE, first: 1, after: $after) { nodes { title } pageInfo { hasNextPage endCursor } } }";
            let rows = editor.ask(query, json!({ "after": after })).await.data()["pages"].clone();
            seen.push(rows["nodes"][0]["title"].as_str().expect("a title").to_owned());
            after = rows["pageInfo"]["endCursor"].clone();
            assert_eq!(rows["pageInfo"]["hasNextPage"], seen.len() < all.len(), "{seen:?}");
        }
        seen.sort();
        let mut sorted = all.map(ToOwned::to_owned);
        sorted.sort();
        assert_eq!(seen, sorted);
        for query in ["über", "Über uns", "uber u"] {
            assert_eq!(editor.target("PAGE", query).await, editor.target("PAGE", "/p3").await, "{query}");
        }
    }

    async fn a_view_is_kept_by_name_and_shared_only_when_asked(app: TestApp) {
        let (ada, bea) = (app.staff(Role::Editor).await, app.staff(Role::Reviewer).await);
        let save = "mutation ($input: SaveViewInput!) { saveView(input: $input) { savedView { id name search mine } userErrors { code message path } } }";
        let mine = ada.ask(save, json!({ "input": { "list": "PAGES", "name": "Drafts", "search": "status=DRAFT" } })).await;
        let mine = mine.done("saveView")["savedView"]["id"].clone();
        let shared = json!({ "input": { "list": "PAGES", "name": "By address", "search": "sort=PATH", "shared": true } });
        let shared = ada.ask(save, shared).await.done("saveView")["savedView"]["id"].clone();
        let names = async |staff: &Staff| {
            let answer = staff.ask("{ savedViews(list: PAGES) { name search mine } }", Value::Null).await;
            answer.data()["savedViews"].clone()
        };
        assert_eq!(names(&ada).await.as_array().map(Vec::len), Some(2));
        assert_eq!(names(&bea).await, json!([{ "name": "By address", "search": "sort=PATH", "mine": false }]));

        // The same name again is the same view, changed.
        ada.ask(save, json!({ "input": { "list": "PAGES", "name": "Drafts", "search": "status=LIVE" } })).await.done("saveView");
        assert_eq!(names(&ada).await[1]["search"], "status=LIVE");
        let remove = "mutation ($id: ID!) { removeView(input: { id: $id }) { savedView { name } userErrors { code message path } } }";
        assert_eq!(bea.ask(remove, json!({ "id": shared })).await.refused("removeView"), "NOT_FOUND input.id: You keep no such view.");
        assert_eq!(ada.ask(remove, json!({ "id": mine })).await.refused("removeView"), "NOT_FOUND input.id: You keep no such view.");
        ada.ask(remove, json!({ "id": shared })).await.done("removeView");
        assert_eq!(names(&bea).await, json!([]));
    }

    async fn a_view_is_called_something_else_by_who_keeps_it(app: TestApp) {
        let (ada, bea) = (app.staff(Role::Editor).await, app.staff(Role::Editor).await);
        let kept = async |name: &str| {
            let view = json!({ "input": { "list": "PAGES", "name": name, "search": "sort=PATH" } });
            let save = "mutation ($input: SaveViewInput!) { saveView(input: $input) { savedView { id } userErrors { message } } }";
            ada.ask(save, view).await.done("saveView")["savedView"]["id"].clone()
        };
        let (first, _) = (kept("First").await, kept("Second").await);
        let change = "mutation ($input: ChangeViewInput!) { changeView(input: $input) { savedView { id name shared search } userErrors { code message path } } }";
        let ask = async |staff: &Staff, name: &str| {
            staff.ask(change, json!({ "input": { "id": first, "name": name, "shared": true } })).await
        };
        assert_eq!(
            ask(&ada, "Second").await.refused("changeView"),
            "INVALID input.name: You keep another view of this name. Choose another name, or remove that one first."
        );
        assert_eq!(ask(&bea, "Hers").await.refused("changeView"), "NOT_FOUND input.id: You keep no such view.");
        let changed = ask(&ada, " By address ").await.done("changeView")["savedView"].clone();
        assert_eq!(changed, json!({ "id": first, "name": "By address", "shared": true, "search": "sort=PATH" }));
        ask(&ada, "By address").await.done("changeView");
    }

    async fn views_of_leads_are_for_who_sees_leads(app: TestApp) {
        let (ada, bob) = (app.staff(Role::Admissions).await, app.staff(Role::Admissions).await);
        let editor = app.staff(Role::Editor).await;
        let save = "mutation ($input: SaveViewInput!) { saveView(input: $input) { savedView { id } userErrors { message } } }";
        let view = |list: &str| json!({ "input": { "list": list, "name": "New", "search": "status=NEW", "shared": true } });
        let id = ada.ask(save, view("LEADS")).await.done("saveView")["savedView"]["id"].clone();
        let read = async |staff: &Staff| staff.ask("{ savedViews(list: LEADS) { name search mine } }", Value::Null).await;
        assert_eq!(read(&bob).await.data()["savedViews"], json!([{ "name": "New", "search": "status=NEW", "mine": false }]));
        for errors in [
            read(&editor).await.errors(),
            editor.ask(save, view("LEADS")).await.errors(),
            ada.ask(save, view("PAGES")).await.errors(),
            ada.ask("{ savedViews(list: PAGES) { name } }", Value::Null).await.errors(),
        ] {
            assert!(errors.starts_with("FORBIDDEN"), "{errors}");
        }
        let remove = "mutation ($id: ID!) { removeView(input: { id: $id }) { savedView { name } userErrors { code message path } } }";
        assert_eq!(bob.ask(remove, json!({ "id": id })).await.refused("removeView"), "NOT_FOUND input.id: You keep no such view.");
        ada.ask(remove, json!({ "id": id })).await.done("removeView");
        assert_eq!(read(&bob).await.data()["savedViews"], json!([]));
    }
}
