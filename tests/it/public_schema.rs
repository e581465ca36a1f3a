//! What a front end may ask beyond a page: the tree, lists, what is found by id and by words.

use entity::user::Role;
use serde_json::{Value, json};

use crate::support::{
    Visitor,
    entry::{page, quote},
    on_both,
};

/// What a query answers, of one root field.
async fn ask(visitor: &Visitor, field: &str, query: &str) -> Value {
    let answer = visitor.ask(query, Value::Null).await;
    assert_eq!(answer.errors(), "", "{query}");
    answer.data()[field].clone()
}

/// The texts at `key` of a list's nodes.
fn texts(connection: &Value, key: &str) -> Vec<String> {
    let nodes = connection["nodes"].as_array().unwrap_or_else(|| panic!("no nodes: {connection:#}"));
    nodes.iter().map(|node| node[key].as_str().expect("a text").to_owned()).collect()
}

/// Paths of what is found, best first.
async fn found(visitor: &Visitor, arguments: &str) -> Vec<String> {
    let query = format!("{{ search({arguments}) {{ nodes {{ target {{ ... on Content {{ path }} }} }} }} }}");
    let search = ask(visitor, "search", &query).await;
    let nodes = search["nodes"].as_array().expect("nodes").clone();
    nodes.iter().map(|node| node["target"]["path"].as_str().expect("a path").to_owned()).collect()
}

on_both! {
    async fn the_tree_is_read_up_and_down(app: TestApp) {
        let (editor, visitor) = (app.staff(Role::Editor).await, app.visitor());
        let top = editor.published_page("care", page("Care", vec![])).await;
        let mut below = Vec::new();
        for slug in ["b", "a", "c"] {
            let input = json!({ "slug": slug, "parent": top.id, "content": page(&slug.to_uppercase(), vec![]) });
            let made = editor.entry("createPage", input).await;
            let made = made.done("createPage")["page"].clone();
            below.push(made.clone());
            let input = json!({ "id": made["id"], "revision": made["draft"]["id"] });
            if slug != "c" { editor.entry("publishPage", input).await.done("publishPage"); }
        }
        let route = ask(&visitor, "route", "{ route(path: \"/care\") { ... on Page {
            breadcrumbs { path } children(first: 1) { totalCount nodes { title breadcrumbs { title path } children { totalCount } } pageInfo { hasNextPage endCursor } }
        } } }").await;
        assert_eq!(route["breadcrumbs"], json!([]));
        let children = &route["children"];
        // What is a draft is not counted either.
        assert_eq!((&children["totalCount"], &children["pageInfo"]["hasNextPage"]), (&json!(2), &json!(true)));
        assert_eq!(children["nodes"], json!([{ "title": "A", "breadcrumbs": [{ "title": "Care", "path": "/care" }], "children": { "totalCount": 0 } }]));
        let after = children["pageInfo"]["endCursor"].as_str().expect("a cursor");
        let query = format!("{{ route(path: \"/care\") {{ ... on Page {{ children(after: \"{after}\") {{ nodes {{ title }} pageInfo {{ hasNextPage }} }} }} }} }}");
        let rest = ask(&visitor, "route", &query).await;
        assert_eq!(rest["children"], json!({ "nodes": [{ "title": "B" }], "pageInfo": { "hasNextPage": false } }));

        // A title that is only drafted shows nowhere.
        editor.save_page(&top, page("Secret", vec![])).await;
        let crumbs = ask(&visitor, "route", "{ route(path: \"/care/a\") { ... on Content { breadcrumbs { title } } } }").await;
        assert_eq!(crumbs["breadcrumbs"], json!([{ "title": "Care" }]));
    }

    async fn anything_is_found_by_its_id_and_nothing_that_is_a_draft(app: TestApp) {
        let app = app.with_demo().await;
        let (editor, visitor) = (app.staff(Role::Editor).await, app.visitor());
        let draft = editor.create_page("draft", page("Draft", vec![])).await;
        let menu = ask(&visitor, "navigation", "{ navigation(handle: \"main\") { id } }").await["id"].clone();
        let person = ask(&visitor, "people", "{ people(first: 1) { nodes { id name } } }").await["nodes"][0].clone();
        let asked = "query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id ... on Person { name } ... on Navigation { handle } } }";
        let answer = visitor.ask(asked, json!({ "ids": [menu, draft.id, "nonsense", person["id"]] })).await;
        let nodes = json!([
            { "__typename": "Navigation", "id": menu, "handle": "main" },
            null,
            null,
            { "__typename": "Person", "id": person["id"], "name": person["name"] },
        ]);
        assert_eq!(answer.data()["nodes"], nodes);
        let many = vec!["nonsense"; 101];
        assert!(visitor.ask(asked, json!({ "ids": many })).await.errors().contains("100"));
    }

    async fn facts_are_listed_page_by_page_in_the_order_of_their_names(app: TestApp) {
        let (editor, visitor) = (app.staff(Role::Editor).await, app.visitor());
        for title in ["Cora", "Ada", "Ada", "Bea"] {
            editor.create_fact("source", json!({ "title": title, "publisher": "Press" })).await;
        }
        let (mut seen, mut after) = (Vec::new(), Value::Null);
        loop {
            let answer = visitor.ask("query ($after: String) { sources(first: 1, after: $after) { totalCount nodes { title } pageInfo { hasNextPage endCursor } } }", json!({ "after": after })).await;
            let sources = answer.data()["sources"].clone();
            assert_eq!(sources["totalCount"], 4);
            seen.extend(texts(&sources, "title"));
            after = sources["pageInfo"]["endCursor"].clone();
            if sources["pageInfo"]["hasNextPage"] == false { break }
        }
        assert_eq!(seen, ["Ada", "Ada", "Bea", "Cora"]);
        let refused = visitor.ask("{ people(first: 101) { totalCount } }", Value::Null).await;
        assert!(refused.errors().contains("0 to 100"), "{}", refused.errors());
        let other = visitor.ask("query ($after: String) { people(after: $after) { totalCount } }", json!({ "after": after })).await;
        assert!(other.errors().contains("not a cursor of this list"), "{}", other.errors());
    }

    async fn places_are_found_by_region_and_by_how_near_they_are(app: TestApp) {
        let app = app.with_demo().await;
        let (editor, visitor) = (app.staff(Role::Editor).await, app.visitor());
        let region = editor.target("REGION", "Massachusetts").await;
        let place = json!({
            "name": "A house", "city": "Concord", "region": region, "country": "US", "timeZone": "America/New_York",
            "latitude": 42.46, "longitude": -71.35,
        });
        editor.create_fact("location", place).await;
        let all = ask(&visitor, "locations", "{ locations { totalCount nodes { name point { latitude longitude } } } }").await;
        let point = &all["nodes"][0]["point"];
        let (north, east) = (point["latitude"].as_f64().expect("degrees"), point["longitude"].as_f64().expect("degrees"));
        let near = |north: f64, radius: f64| format!("{{ locations(near: {{ latitude: {north}, longitude: {east}, radiusKm: {radius} }}) {{ totalCount }} }}");
        assert_eq!(ask(&visitor, "locations", &near(north + 0.1, 20.0)).await["totalCount"], 1);
        assert_eq!(ask(&visitor, "locations", &near(north + 1.0, 20.0)).await["totalCount"], 0);
        assert_eq!(ask(&visitor, "locations", "{ locations(region: \"massachusetts\") { totalCount } }").await["totalCount"], all["totalCount"]);
        assert_eq!(ask(&visitor, "locations", "{ locations(region: \"\\u0000\") { totalCount } }").await["totalCount"], 0);
        let refused = visitor.ask(&near(91.0, 20.0), Value::Null).await;
        assert!(refused.errors().contains("near.latitude"), "{}", refused.errors());
    }

    async fn therapies_are_narrowed_and_sorted(app: TestApp) {
        let (editor, visitor) = (app.staff(Role::Editor).await, app.visitor());
        let therapy = |title: &str, conditions: &[&str], levels: &[&str]| json!({ "title": title, "summary": "Helps.", "conditions": conditions, "levelsOfCare": levels });
        editor.published_therapy("z", therapy("alpha", &["Opioid use disorder", "Anxiety"], &["DETOX"])).await;
        editor.published_therapy("m", therapy("Beta", &["opioid use disorder"], &["OUTPATIENT", "AFTERCARE"])).await;
        editor.published_therapy("a", therapy("gamma", &[], &["OUTPATIENT"])).await;
        let titles = async |arguments: &str| {
            let list = ask(&visitor, "therapies", &format!("{{ therapies{arguments} {{ nodes {{ title }} }} }}")).await;
            texts(&list, "title")
        };
        assert_eq!(titles("").await, ["gamma", "Beta", "alpha"]);
        assert_eq!(titles("(orderBy: { field: TITLE })").await, ["alpha", "Beta", "gamma"]);
        assert_eq!(titles("(orderBy: { field: UPDATED_AT, direction: DESC })").await, ["gamma", "Beta", "alpha"]);
        assert_eq!(titles("(filter: { condition: \"OPIOID use disorder\" })").await, ["Beta", "alpha"]);
        assert_eq!(titles("(filter: { levelsOfCare: [DETOX, AFTERCARE] })").await, ["Beta", "alpha"]);
        assert_eq!(titles("(filter: { levelsOfCare: [OUTPATIENT], condition: \"opioid use disorder\" })").await, ["Beta"]);
        assert_eq!(titles("(filter: { condition: \"\\u0000\" })").await, [""; 0]);
        assert_eq!(ask(&visitor, "conditions", "{ conditions }").await, json!(["Anxiety", "Opioid use disorder"]));

        let (mut seen, mut after) = (Vec::new(), Value::Null);
        for _ in 0..3 {
            let asked = "query ($after: String) { therapies(first: 1, after: $after, orderBy: { field: TITLE, direction: DESC }) { nodes { title } pageInfo { endCursor } } }";
            let answer = visitor.ask(asked, json!({ "after": after })).await;
            seen.extend(texts(&answer.data()["therapies"], "title"));
            after = answer.data()["therapies"]["pageInfo"]["endCursor"].clone();
        }
        assert_eq!(seen, ["gamma", "Beta", "alpha"]);
        let other = visitor.ask("query ($after: String) { therapies(after: $after) { totalCount } }", json!({ "after": after })).await;
        assert!(other.errors().contains("not a cursor of this list"), "{}", other.errors());
    }

    async fn old_addresses_are_listed_with_where_they_lead(app: TestApp) {
        let (editor, visitor) = (app.staff(Role::Editor).await, app.visitor());
        let moved = editor.published_page("old", page("Moved", vec![])).await;
        editor.ask("mutation ($id: ID!) { movePage(input: { id: $id, slug: \"new\" }) { path userErrors { message } } }", json!({ "id": moved.id })).await.done("movePage");
        let redirects = ask(&visitor, "redirects", "{ redirects { totalCount nodes { fromPath target status } } }").await;
        assert_eq!(redirects, json!({ "totalCount": 1, "nodes": [{ "fromPath": "/old", "target": "/new", "status": 301 }] }));
        editor.entry("unpublishPage", json!({ "id": moved.id })).await.done("unpublishPage");
        assert_eq!(ask(&visitor, "redirects", "{ redirects { totalCount } }").await["totalCount"], 0);
    }

    async fn search_knows_what_is_public_and_nothing_else(app: TestApp) {
        let (editor, visitor) = (app.staff(Role::Editor).await, app.visitor());
        let a = editor.published_page("a", page("Bladder damage", vec![quote("a", "What <b>lasts</b> & stays.")])).await;
        editor.published_page("b", page("Dangers", vec![quote("a", "Among them is damage to the bladder.")])).await;
        editor.create_page("c", page("Bladder draft", vec![quote("a", "A secretword.")])).await;
        assert_eq!(found(&visitor, "query: \"bladder damage\"").await, ["/a", "/b"]);
        assert_eq!(found(&visitor, "query: \"BLADD\", kinds: [THERAPY]").await, [""; 0]);
        assert_eq!(found(&visitor, "query: \"secretword\"").await, [""; 0]);
        assert_eq!(found(&visitor, "query: \" -- \"").await, [""; 0]);

        // Excerpts are safe to show.
        let hit = ask(&visitor, "search", "{ search(query: \"lasts\") { totalCount correctedQuery nodes { excerpt { text html } } } }").await;
        assert_eq!(hit["nodes"][0]["excerpt"], json!({
            "text": "What <b>lasts</b> & stays.",
            "html": "What &lt;<mark>b&gt;lasts&lt;/b</mark>&gt; &amp; stays.",
        }));
        assert_eq!((&hit["totalCount"], &hit["correctedQuery"]), (&json!(1), &Value::Null));

        // A draft of what is public is not found before it is published, nor what was taken back.
        let a = editor.save_page(&a, page("Kidneys", vec![quote("a", "Renal.")])).await;
        assert_eq!(found(&visitor, "query: \"renal\"").await, [""; 0]);
        editor.publish_page(&a).await;
        assert_eq!(found(&visitor, "query: \"renal\"").await, ["/a"]);
        assert_eq!(found(&visitor, "query: \"lasts\"").await, [""; 0]);
        editor.entry("unpublishPage", json!({ "id": a.id })).await.done("unpublishPage");
        assert_eq!(found(&visitor, "query: \"renal\"").await, [""; 0]);
    }

    async fn a_search_goes_on_where_it_was(app: TestApp) {
        let (editor, visitor) = (app.staff(Role::Editor).await, app.visitor());
        for slug in ["a", "b", "c"] {
            editor.published_page(slug, page("Same words", vec![])).await;
        }
        let (mut seen, mut after) = (Vec::new(), Value::Null);
        loop {
            let asked = "query ($after: String) { search(query: \"same\", first: 2, after: $after) { totalCount edges { node { target { ... on Page { path } } } } pageInfo { hasNextPage hasPreviousPage endCursor } } }";
            let answer = visitor.ask(asked, json!({ "after": after })).await;
            let search = &answer.data()["search"];
            assert_eq!(search["totalCount"], 3);
            seen.extend(search["edges"].as_array().expect("edges").iter().map(|edge| edge["node"]["target"]["path"].as_str().expect("a path").to_owned()));
            after = search["pageInfo"]["endCursor"].clone();
            if search["pageInfo"]["hasNextPage"] == false { break }
        }
        assert_eq!(seen, ["/a", "/b", "/c"]);
    }

    async fn what_means_the_same_is_found_and_mistyped_words_are_set_right(app: TestApp) {
        let (editor, visitor) = (app.staff(Role::Editor).await, app.visitor());
        editor.published_page("a", page("Cognitive behavioral therapy", vec![])).await;
        editor.published_page("b", page("CBT online", vec![])).await;
        editor.published_page("c", page("Cognitive decline", vec![quote("a", "Ketamine and memory.")])).await;
        let both = |mut paths: Vec<String>| { paths.sort(); paths };
        assert_eq!(both(found(&visitor, "query: \"cbt\"").await), ["/a", "/b"]);
        assert_eq!(both(found(&visitor, "query: \"cognitive behavioral therapy\"").await), ["/a", "/b"]);
        assert_eq!(found(&visitor, "query: \"cbt online\"").await, ["/b"]);

        let query = "{ search(query: \"ketamnie memory\") { correctedQuery nodes { target { ... on Page { path } } } } }";
        let corrected = ask(&visitor, "search", query).await;
        assert_eq!(corrected, json!({ "correctedQuery": "ketamine memory", "nodes": [{ "target": { "path": "/c" } }] }));
        assert_eq!(found(&visitor, "query: \"zzzzzzz\"").await, [""; 0]);

        // The list is the editors', and counts at once.
        let save = "mutation ($groups: [[String!]!]!) { saveSearchSynonyms(input: { groups: $groups }) { groups { terms } userErrors { code path } } }";
        let saved = editor.ask(save, json!({ "groups": [["special k", "ketamine"]] })).await;
        assert_eq!(saved.done("saveSearchSynonyms")["groups"], json!([{ "terms": ["special k", "ketamine"] }]));
        assert_eq!(found(&visitor, "query: \"Special K\"").await, ["/c"]);
        assert_eq!(found(&visitor, "query: \"cbt\"").await, ["/b"]);
        let refused = editor.ask(save, json!({ "groups": [["alone"]] })).await;
        assert_eq!(refused.data()["saveSearchSynonyms"]["userErrors"], json!([{ "code": "INVALID", "path": ["input", "groups", "0"] }]));

        // Whoever read another list does not write over this one unseen.
        let based = save.replace("($groups: [[String!]!]!)", "($groups: [[String!]!]!, $basedOn: [[String!]!])").replace("groups: $groups", "groups: $groups, basedOn: $basedOn");
        let late = editor.ask(&based, json!({ "groups": [["a", "b"]], "basedOn": [["special k", "k"]] })).await;
        assert_eq!(late.data()["saveSearchSynonyms"]["userErrors"], json!([{ "code": "CONFLICT", "path": ["input", "basedOn"] }]));
        let in_time = editor.ask(&based, json!({ "groups": [["a", "b"]], "basedOn": [["special k", "ketamine"]] })).await;
        in_time.done("saveSearchSynonyms");
    }

    async fn no_search_is_an_operator(app: TestApp) {
        let (editor, visitor) = (app.staff(Role::Editor).await, app.visitor());
        editor.published_page("a", page("Quotes and stars", vec![quote("a", "Words OR not, NEAR us.")])).await;
        for query in ["\"", "*", "a OR", "NEAR(", "words & | !", "title_words:x", "'; DROP TABLE entry; --", "\\", "( ) ^ -", "\u{0}", "%_"] {
            let answer = visitor.ask("query ($query: String!) { search(query: $query) { totalCount } }", json!({ "query": query })).await;
            assert!(answer.data()["search"]["totalCount"].is_number(), "{query}");
        }
        assert_eq!(found(&visitor, "query: \"words or near\"").await, ["/a"]);
    }
}
