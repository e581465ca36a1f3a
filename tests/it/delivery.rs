//! What a front end gets of what is public.

use std::{collections::BTreeMap, fs, path::PathBuf};

use apollo_compiler::{Schema, schema::ExtendedType};
use entity::user::Role;
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{
    entry::{page, quote},
    on_both,
};

/// Set to 1, the golden answer is written anew instead of being compared; read the difference before it is kept.
const WRITE: &str = "HILLSIDE_WRITE_GOLDEN";
const REFERENCE_PAGE: &str = "/ketamine-side-effects";

on_both! {
    async fn the_reference_page_comes_as_typed_data_in_one_query(app: TestApp) {
        let app = app.with_demo().await;
        let query = fs::read_to_string(golden("reference-page.graphql")).expect("the query");
        let answer = app.visitor().ask(&query, Value::Null).await;
        assert_eq!(answer.errors(), "");
        let mut seen = answer.body.clone();
        Names::default().put_into(&mut seen);
        let seen = serde_json::to_string_pretty(&seen).expect("JSON") + "\n";

        let file = golden("reference-page.json");
        if std::env::var(WRITE).is_ok_and(|value| value == "1") {
            fs::write(&file, &seen).expect("the golden answer is written");
        }
        let kept = fs::read_to_string(&file).unwrap_or_default();
        let differs = kept.lines().zip(seen.lines()).position(|(kept, seen)| kept != seen);
        let line = differs.unwrap_or_else(|| kept.lines().count().min(seen.lines().count()));
        let around = |text: &str| text.lines().skip(line.saturating_sub(3)).take(7).collect::<Vec<_>>().join("\n");
        assert!(
            kept == seen,
            "the answer is another from line {} on (set {WRITE}=1 to write it anew).\nkept:\n{}\nseen:\n{}",
            line + 1, around(&kept), around(&seen)
        );
    }

    async fn the_reference_page_has_every_element_it_is_the_measure_for(app: TestApp) {
        let app = app.with_demo().await;
        let query = fs::read_to_string(golden("reference-page.graphql")).expect("the query");
        let answer = app.visitor().ask(&query, Value::Null).await;
        let data = answer.data();
        let article = &data["route"];
        let blocks = article["blocks"].as_array().expect("blocks");
        let all = |kind: &str| -> Vec<&Value> { blocks.iter().filter(|it| it["__typename"] == format!("{kind}Block")).collect() };
        let one = |kind: &str| { let found = all(kind); assert_eq!(found.len(), 1, "{kind}"); found[0] };
        let list = |value: &Value| value.as_array().expect("a list").clone();

        // 1, 10: words with links to pages by id.
        let links: Vec<Value> = all("RichText").iter().flat_map(|it| list(&it["body"]["links"])).collect();
        for path in ["/types-of-addiction", "/drug-and-alcohol-detox", "/depression-treatment"] {
            assert!(links.iter().any(|it| it["target"]["path"] == path), "{path}: {links:#?}");
        }
        // 2, 3, 5: sections of text.
        assert!(all("Heading").len() >= 6 && all("RichText").len() >= 6);
        // 4, 6: lists of effects and dangers.
        assert!(all("List").iter().any(|it| list(&it["items"]).len() == 6));
        assert!(all("List").iter().any(|it| it.to_string().contains("ulcerative cystitis")));
        // 7: five rows, three columns, row headers.
        let table = one("ComparisonTable");
        assert_eq!((list(&table["columns"]).len(), list(&table["rows"]).len()), (3, 5));
        assert!(list(&table["rows"]).iter().all(|row| list(&row["cells"]).len() == 2 && row["header"] != ""));
        // 8: a number, and that nobody knows where it comes from.
        let statistic = one("Statistic");
        assert_eq!((&statistic["value"], &statistic["source"]), (&json!("71.5 %"), &Value::Null));
        assert_ne!(statistic["caveat"], "");
        assert_ne!(statistic["population"], "");
        // 9: 911 and 988 to dial, and never the centre's own number.
        let contacts = list(&one("EmergencyNotice")["contacts"]);
        let numbers: Vec<&str> = contacts.iter().map(|it| it["contactPoint"]["number"].as_str().expect("a number")).collect();
        assert_eq!(numbers, ["911", "988"]);
        // 11: five therapies in a region.
        let grid = one("TherapyGrid");
        assert_eq!(grid["region"]["slug"], "massachusetts");
        let therapies = list(&grid["therapies"]);
        let slugs: Vec<&str> = therapies.iter().map(|it| it["slug"].as_str().expect("a slug")).collect();
        assert_eq!(
            slugs,
            ["cognitive-behavioral-therapy", "dialectical-behavior-therapy", "group-therapy", "family-therapy", "motivational-interviewing"]
        );
        assert!(therapies.iter().all(|it| list(&it["regions"]) == [json!({ "slug": "massachusetts", "name": "Massachusetts" })]));
        // 12: a claim with its source.
        let claims: Vec<&Value> = all("Callout").into_iter().filter(|it| it["tone"] == "CLAIM").collect();
        assert!(claims.iter().any(|it| it.to_string().contains("esketamine") && !list(&it["sources"]).is_empty()));
        // 13: five questions, each with a key of its own.
        assert_eq!(list(&one("Faq")["questions"]).len(), 5);
        // 14: a telephone, a map, and a promise that can expire.
        let call = one("CallToAction");
        assert_eq!(call["contactPoint"]["number"], "+17813324135");
        assert!(call["location"]["mapUrl"].as_str().expect("a map").starts_with("https://"));
        assert_ne!(call["validUntil"], Value::Null);
        // 15: one form in three places.
        let places: Vec<&Value> = all("LeadForm").into_iter().map(|it| &it["placement"]).collect();
        assert_eq!(places, ["intro", "middle", "end"]);
        assert!(list(&data["leadForm"]["fields"]).len() > 6);
        // 16: the brand.
        assert_ne!(data["site"]["statement"], "");
        // 17: author, reviewer, dates, sources.
        assert_ne!(article["author"]["name"], Value::Null);
        assert_ne!(article["reviewer"]["credentials"], "");
        assert_ne!(article["reviewedOn"], Value::Null);
        assert!(blocks.iter().any(|it| it["sources"].as_array().is_some_and(|sources| sources.len() >= 8)));
    }

    async fn a_block_reads_the_same_inline_by_name_and_by_alias(app: TestApp) {
        let app = app.with_demo().await;
        let visitor = app.visitor();
        let kinds = leaves_by_block();
        assert_eq!(kinds.len(), 17);
        for (kind, leaves) in &kinds {
            let page = match kind.as_str() {
                "PersonCardBlock" | "LocationCardBlock" => "/about",
                "TableOfContentsBlock" => "/drug-and-alcohol-detox",
                // Nobody reads the place of a shared block: what stands there is the block itself.
                "SharedBlockBlock" => continue,
                _ => REFERENCE_PAGE,
            };
            let fields = leaves.join(" ");
            let aliased: String = leaves.iter().map(|leaf| format!("my_{leaf}: {leaf} ")).collect();
            let inline = format!("... on {kind} {{ {fields} }}");
            let route = |selection: &str| format!("route(path: \"{page}\") {{ ... on Page {{ blocks {{ __typename {selection} }} }} }}");
            let ask = async |query: String| visitor.ask(&query, Value::Null).await.data()["route"]["blocks"].clone();
            let plain = ask(format!("{{ {} }}", route(&inline))).await;
            let by_name = ask(format!("{{ {} }} fragment Named on {kind} {{ {fields} }}", route("...Named"))).await;
            let by_alias = ask(format!("{{ {} }}", route(&format!("... on {kind} {{ {aliased} }}")))).await;

            let own = |blocks: &Value| -> Vec<Value> {
                blocks.as_array().expect("blocks").iter().filter(|it| it["__typename"] == *kind).cloned().collect()
            };
            assert!(!own(&plain).is_empty(), "{page} has no {kind}");
            assert_eq!(own(&plain), own(&by_name), "{kind}");
            for (one, other) in own(&plain).iter().zip(own(&by_alias)) {
                leaves.iter().for_each(|leaf| assert_eq!(one[leaf], other[format!("my_{leaf}")], "{kind}.{leaf}"));
            }
        }
    }

    async fn paths_come_in_order_a_page_at_a_time(app: TestApp) {
        let app = app.with_demo().await;
        let visitor = app.visitor();
        let query = "query ($first: Int!, $after: String) { routes(first: $first, after: $after) { totalCount \
                     edges { cursor node { path } } nodes { path kind } \
                     pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }";
        let routes = async |first: i32, after: Value| {
            visitor.ask(query, json!({ "first": first, "after": after })).await.data()["routes"].clone()
        };
        let paths = |found: &Value| -> Vec<String> {
            found["nodes"].as_array().expect("nodes").iter().map(|it| it["path"].as_str().expect("a path").to_owned()).collect()
        };
        let all = routes(250, Value::Null).await;
        let expected = paths(&all);
        assert!(expected.contains(&"/".to_owned()) && expected.contains(&REFERENCE_PAGE.to_owned()));
        assert_eq!(all["totalCount"], expected.len());
        assert_eq!(all["pageInfo"]["hasNextPage"], false);

        let (mut seen, mut after) = (Vec::new(), Value::Null);
        loop {
            let found = routes(3, after.clone()).await;
            assert_eq!(found["pageInfo"]["hasPreviousPage"], !after.is_null());
            assert_eq!(found["pageInfo"]["startCursor"], found["edges"][0]["cursor"]);
            seen.extend(paths(&found));
            after = found["pageInfo"]["endCursor"].clone();
            if found["pageInfo"]["hasNextPage"] == false {
                break;
            }
        }
        assert_eq!(seen, expected);
        assert_eq!(paths(&routes(0, Value::Null).await), [""; 0]);

        for (first, after) in [(251, Value::Null), (-1, Value::Null), (3, json!("nonsense"))] {
            let answer = visitor.ask(query, json!({ "first": first, "after": after })).await;
            assert!(answer.errors().starts_with("BAD_USER_INPUT: "), "{}", answer.body);
        }
    }

    async fn anything_public_is_found_again_by_its_id(app: TestApp) {
        let app = app.with_demo().await;
        let (editor, visitor) = (app.staff(Role::Editor).await, app.visitor());
        let node = async |id: &str| {
            visitor.ask("query ($id: ID!) { node(id: $id) { __typename id } }", json!({ "id": id })).await.data()["node"].clone()
        };
        for (kind, ty, query) in [
            ("PAGE", "Page", "ketamine"), ("THERAPY", "Therapy", "group"), ("LOCATION", "Location", ""),
            ("REGION", "Region", ""), ("PERSON", "Person", ""), ("CONTACT_POINT", "ContactPoint", "988"), ("SOURCE", "Source", ""),
        ] {
            let id = editor.target(kind, query).await;
            assert_eq!(node(&id).await, json!({ "__typename": ty, "id": id }));
        }
        let picture = visitor.ask("{ site { shareImage { id } } }", Value::Null).await.data()["site"]["shareImage"]["id"].clone();
        assert_eq!(node(picture.as_str().expect("an id")).await["__typename"], "Media");
        let hidden = editor.create_page("hidden", page("Hidden", vec![])).await;
        let unknown = ["pag_01h2xcejqtf2nbrexx3vqjhp41", "usr_01h2xcejqtf2nbrexx3vqjhp41", "", "x", "pag_", &"x".repeat(500)];
        for id in unknown.into_iter().chain([hidden.id.as_str(), hidden.revision.as_str(), editor.id.as_str()]) {
            assert_eq!(node(id).await, Value::Null, "{id}");
        }
    }

    async fn a_path_is_forgiven_its_last_slash_and_nothing_else(app: TestApp) {
        let app = app.with_demo().await;
        let visitor = app.visitor();
        for path in ["/ketamine-side-effects", "/ketamine-side-effects/", "ketamine-side-effects", "/ketamine-side-effects?utm=1"] {
            assert_eq!(visitor.route(path).await["path"], REFERENCE_PAGE, "{path}");
        }
        assert_eq!(visitor.route("/").await["path"], "/");
        for path in ["/ketamine", "/Ketamine-side-effects", "/ketamine-side-effects/x", "/admin", "/../", &"/x".repeat(2_000)] {
            assert_eq!(visitor.route(path).await, Value::Null, "{path}");
        }
    }

    async fn a_therapy_is_found_by_its_slug(app: TestApp) {
        let app = app.with_demo().await;
        let visitor = app.visitor();
        let therapy = async |slug: &str| {
            let query = "query ($slug: String!) { therapy(slug: $slug) { slug path title summary approach conditions \
                         levelsOfCare regions { name } sources { title } seo { title } publishedAt } }";
            visitor.ask(query, json!({ "slug": slug })).await.data()["therapy"].clone()
        };
        let found = therapy("group-therapy").await;
        assert_eq!(found["path"], "/therapies/group-therapy");
        assert_eq!(found["regions"], json!([{ "name": "Massachusetts" }]));
        assert_ne!(found["summary"], "");
        for slug in ["", "group-therapy/", "../ketamine-side-effects", "nothing"] {
            assert_eq!(therapy(slug).await, Value::Null, "{slug}");
        }
    }

    async fn menus_name_what_is_public_and_where_it_is_now(app: TestApp) {
        let app = app.with_demo().await;
        let (editor, visitor) = (app.staff(Role::Editor).await, app.visitor());
        let hrefs = async || -> Vec<String> {
            let answer = visitor.ask("{ navigation(handle: \"main\") { handle items { label href } } }", Value::Null).await;
            let items = answer.data()["navigation"]["items"].as_array().expect("items").clone();
            items.iter().map(|it| it["href"].as_str().expect("an href").to_owned()).collect()
        };
        assert!(hrefs().await.contains(&"/admissions".to_owned()));
        let admissions = editor.target("PAGE", "/admissions").await;
        editor.entry("unpublishPage", json!({ "id": admissions })).await.done("unpublishPage");
        assert!(!hrefs().await.contains(&"/admissions".to_owned()));
        assert_eq!(visitor.ask("{ navigation(handle: \"none\") { handle } }", Value::Null).await.data()["navigation"], Value::Null);
    }

    async fn an_empty_installation_answers_null_rather_than_failing(app: TestApp) {
        let query = "{ site { name } route(path: \"/\") { __typename } therapies { totalCount nodes { id } } \
                     routes { totalCount } navigation(handle: \"main\") { handle } }";
        let answer = app.visitor().ask(query, Value::Null).await;
        assert_eq!(
            *answer.data(),
            json!({ "site": null, "route": null, "therapies": { "totalCount": 0, "nodes": [] },
                "routes": { "totalCount": 0 }, "navigation": null })
        );
    }

    async fn a_query_may_be_asked_by_url_from_any_origin(app: TestApp) {
        let editor = app.staff(Role::Editor).await;
        editor.published_page("about-us", page("About us", vec![quote("a", "Yes.")])).await;
        let visitor = app.visitor();
        let get = async |parameters: &[(&str, &str)]| {
            let url = reqwest::Url::parse_with_params("http://x/graphql", parameters).expect("a URL");
            visitor.get(&format!("/graphql?{}", url.query().expect("a query"))).await
        };
        let answer = get(&[("query", "{ route(path: \"/about-us\") { ... on Page { title } } }")]).await;
        assert_eq!(answer.data()["route"]["title"], "About us");
        assert_eq!(answer.headers["access-control-allow-origin"], "*");
        assert!(answer.headers.get("set-cookie").is_none());
        assert_eq!(answer.headers["content-type"], "application/json; charset=utf-8");

        let named = "query A { site { name } } query B($path: String!) { route(path: $path) { __typename } }";
        let answer = get(&[("query", named), ("operationName", "B"), ("variables", "{\"path\":\"/nowhere\"}")]).await;
        assert_eq!(*answer.data(), json!({ "route": null }));

        let preflight = visitor.request(Method::OPTIONS, "/graphql").header("origin", "https://example.org").send().await.unwrap();
        assert_eq!(preflight.status(), 204);
        assert_eq!(preflight.headers()["access-control-allow-origin"], "*");
        assert!(preflight.headers().get("access-control-allow-credentials").is_none());
    }

    async fn what_is_asked_for_costs_what_it_says(app: TestApp) {
        let answer = app.visitor().ask("{ site { name } }", Value::Null).await;
        assert_eq!(answer.body["extensions"]["cost"], 2);
    }
}

fn golden(name: &str) -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "it", "golden", name].iter().collect()
}

/// The fields without a selection of their own, by block type.
fn leaves_by_block() -> BTreeMap<String, Vec<String>> {
    let schema = Schema::parse_and_validate(hillside::schema::public_sdl(), "public.graphql").expect("a valid schema");
    let is_leaf = |ty: &str| matches!(schema.types.get(ty), Some(ExtendedType::Scalar(_) | ExtendedType::Enum(_)));
    let blocks = schema.types.iter().filter_map(|(name, ty)| match ty {
        ExtendedType::Object(ty) if ty.implements_interfaces.contains("Block") => Some((name, ty)),
        _ => None,
    });
    blocks
        .map(|(name, ty)| {
            let leaves = ty.fields.values().filter(|field| is_leaf(field.ty.inner_named_type()));
            (name.to_string(), leaves.map(|field| field.name.to_string()).collect())
        })
        .collect()
}

/// What differs between installations, replaced by what does not: the first page's id becomes `pag#1`.
#[derive(Default)]
struct Names {
    ids: BTreeMap<String, String>,
    by_kind: BTreeMap<String, usize>,
}

impl Names {
    fn put_into(&mut self, value: &mut Value) {
        match value {
            Value::String(text) => *text = self.name(text),
            Value::Array(items) => items.iter_mut().for_each(|item| self.put_into(item)),
            Value::Object(fields) => fields.values_mut().for_each(|field| self.put_into(field)),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    fn name(&mut self, text: &str) -> String {
        if text.len() > 19 && chrono::DateTime::parse_from_rfc3339(text).is_ok() {
            return "<time>".to_owned();
        }
        let mut named = text.to_owned();
        let is_id = |part: &&str| part.len() == 30 && part.as_bytes().get(3) == Some(&b'_');
        // Where a picture is says what its bytes are.
        let is_hash = |part: &&str| part.len() == 64 && part.bytes().all(|byte| byte.is_ascii_hexdigit());
        for id in text.split(['/', ' ']).filter(|part| is_id(part) || is_hash(part)) {
            let kind = if is_hash(&id) { "sha" } else { &id[..3] };
            let Self { ids, by_kind } = self;
            let new = || {
                let count = by_kind.entry(kind.to_owned()).or_default();
                *count += 1;
                format!("{kind}#{count}")
            };
            named = named.replace(id, ids.entry(id.to_owned()).or_insert_with(new));
        }
        named
    }
}

#[test]
fn ids_and_times_get_the_same_names_everywhere() {
    let id = "pag_01h2xcejqtf2nbrexx3vqjhp41";
    let mut value = json!([
        id,
        "pag_01h2xcejqtf2nbrexx3vqjhp42",
        &format!("/media/{id}"),
        &format!("/media/{0}/1.jpg, /media/{0}", "a".repeat(64)),
        "2026-11-25T02:21:49.8Z",
        "2026-11-25"
    ]);
    Names::default().put_into(&mut value);
    assert_eq!(
        value,
        json!(["pag#1", "pag#2", "/media/pag#1", "/media/sha#1/1.jpg, /media/sha#1", "<time>", "2026-11-25"])
    );
}
