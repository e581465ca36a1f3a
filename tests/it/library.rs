//! The library: facts that are kept once and shown wherever something refers to them.

use entity::{audit_event, user::Role};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::{Value, json};

use crate::support::{
    TestApp,
    entry::{linked, page, quote, words},
    on_both, row_counts,
};

fn number(label: &str, number: &str) -> Value {
    json!({ "label": label, "number": number, "purpose": "GENERAL", "timeZone": "America/New_York" })
}

async fn generation(app: &TestApp) -> Value {
    let row = entity::setting::Entity::find_by_id("content_generation").one(app.app.db.reader()).await.unwrap();
    row.map_or(json!(0), |row| row.value)
}

on_both! {
    async fn a_phone_number_changes_in_one_place_and_is_everywhere_at_once(app: TestApp) {
        let app = app.with_demo().await;
        let (editor, visitor) = (app.staff(Role::Editor).await, app.visitor());
        let phone = json!(editor.target("CONTACT_POINT", "Admissions").await);
        let call = json!({ "callToAction": { "key": "a", "heading": "Call", "body": { "type": "doc", "v": 1, "content": [] }, "contactPoint": phone } });
        editor.published_page("one", page("One", vec![call])).await;
        editor.published_page("two", page("Two", vec![linked("a", "call us", json!({ "contactPoint": phone }))])).await;
        let seen = async || {
            let public = "query ($id: ID!) { site { contactPoint { display } } node(id: $id) { ... on ContactPoint { number } }
                one: route(path: \"/one\") { ... on Page { blocks { html ... on CallToActionBlock { contactPoint { number } } } } }
                two: route(path: \"/two\") { ... on Page { blocks { html } } } }";
            let public = visitor.ask(public, json!({ "id": phone })).await.data().to_string();
            let (one, two) = (visitor.get("/one").await.body.to_string(), visitor.get("/two").await.body.to_string());
            [public, one, two]
        };
        for text in seen().await {
            assert!(text.contains("+17813324135") && !text.contains("7815550199"), "{text}");
        }
        let before = generation(&app).await;

        let changed = editor.change_fact("contactPoint", &phone, json!({ "number": "781-555-0199", "display": "" })).await;
        let changed = changed.done("updateFact")["fact"].clone();
        assert_eq!((&changed["fields"]["number"], &changed["detail"]), (&json!("+17815550199"), &json!("(781) 555-0199")));

        for text in seen().await {
            assert!(text.contains("+17815550199") && !text.contains("7813324135") && !text.contains("332-4135"), "{text}");
        }
        assert!(generation(&app).await.as_u64() > before.as_u64());
        let line = audit_event::Entity::find()
            .filter(audit_event::Column::Verb.eq("FACT_CHANGED"))
            .order_by_desc(audit_event::Column::Seq)
            .one(app.app.db.reader())
            .await
            .unwrap()
            .expect("a line of the audit log");
        assert_eq!((json!(line.object), line.fields), (phone, json!(["number", "display"])));
    }

    async fn each_change_raises_the_generation_even_when_several_come_at_once(app: TestApp) {
        let editor = app.staff(Role::Editor).await;
        let create = |place: usize| {
            let editor = &editor;
            async move { editor.create_fact("source", json!({ "title": format!("Study {place}"), "publisher": "Journal" })).await }
        };
        create(0).await;
        let before = generation(&app).await.as_u64().unwrap();
        tokio::join!(create(1), create(2), create(3), create(4));
        assert_eq!(generation(&app).await, json!(before + 4));
    }

    async fn an_emergency_number_keeps_its_number_and_stays(app: TestApp) {
        let app = app.with_demo().await;
        let owner = app.staff(Role::Owner).await;
        for (query, number) in [("911", "911"), ("988", "988"), ("Poison", "+18002221222"), ("SAMHSA", "+18006624357")] {
            let id = json!(owner.target("CONTACT_POINT", query).await);
            let before = row_counts(app.app.db.reader()).await;
            assert!(owner.fact(&id).await["protection"].is_string(), "{query}");
            let other = owner.change_fact("contactPoint", &id, json!({ "number": "+17815550199", "display": "" })).await;
            assert!(other.refused("updateFact").starts_with("INVALID input.fields.contactPoint.number: "), "{query}");
            let misread = owner.change_fact("contactPoint", &id, json!({ "display": "(781) 555-0199" })).await;
            assert!(misread.refused("updateFact").starts_with("INVALID input.fields.contactPoint.display: "), "{query}");
            let gone = owner.write_fact("deleteFact", json!({ "id": id })).await;
            assert!(gone.refused("deleteFact").starts_with("ILLEGAL_TRANSITION input.id: "), "{query}");
            assert_eq!(row_counts(app.app.db.reader()).await, before);
            owner.change_fact("contactPoint", &id, json!({ "label": "Help at once" })).await.done("updateFact");
            let kept = owner.fact(&id).await;
            assert_eq!((&kept["fields"]["number"], &kept["name"]), (&json!(number), &json!("Help at once")));
        }
    }

    async fn who_writes_on_an_old_version_is_told(app: TestApp) {
        let (ada, bea) = (app.staff(Role::Editor).await, app.staff(Role::Editor).await);
        let made = ada.create_fact("contactPoint", number("Billing", "781 555 0142")).await;
        assert_eq!((&made["version"], &made["fields"]["handle"]), (&json!(1), &json!("billing")));
        let write = |label: &str| json!({ "id": made["id"], "version": 1, "fields": { "contactPoint": number(label, "781 555 0142") } });
        let (one, other) = tokio::join!(ada.write_fact("updateFact", write("Ada's")), bea.write_fact("updateFact", write("Bea's")));
        let refused: Vec<_> = [one, other].into_iter().filter(|it| it.data()["updateFact"]["userErrors"] != json!([])).collect();
        assert_eq!(refused.len(), 1);
        assert_eq!(
            refused[0].refused("updateFact"),
            "CONFLICT input.version: Somebody changed this meanwhile. Read it again, then make your change on top of it."
        );
        assert_eq!(ada.fact(&made["id"]).await["version"], 2);
        // What says nothing new is no change.
        ada.change_fact("contactPoint", &made["id"], json!({})).await.done("updateFact");
        assert_eq!(ada.fact(&made["id"]).await["version"], 2);
    }

    async fn what_is_used_is_not_deleted_and_the_refusal_says_where(app: TestApp) {
        let editor = app.staff(Role::Editor).await;
        let phone = editor.create_fact("contactPoint", number("Billing", "781 555 0142")).await;
        let region = editor.create_fact("region", json!({ "name": "Vermont", "code": "vt", "country": "US" })).await;
        let place = json!({ "name": "East", "city": "Sampleton", "region": region["id"], "country": "US",
            "contactPoint": phone["id"], "timeZone": "America/New_York" });
        let place = editor.create_fact("location", place).await;
        let pay = page("Paying", vec![linked("a", "call", json!({ "contactPoint": phone["id"] }))]);
        let draft = editor.create_page("paying", pay).await;
        assert_eq!(editor.fact(&phone["id"]).await["usedCount"], 2);
        let delete = async |fact: &Value| editor.write_fact("deleteFact", json!({ "id": fact["id"] })).await;

        assert_eq!(
            delete(&phone).await.refused("deleteFact"),
            "ILLEGAL_TRANSITION input.id: It is used in “East” and in one more place. Take it out there first."
        );
        assert!(delete(&region).await.refused("deleteFact").contains("“East”"));
        delete(&place).await.done("deleteFact");
        assert!(delete(&phone).await.refused("deleteFact").contains("“Paying”"));
        editor.save_page(&draft, page("Paying", vec![])).await;
        delete(&phone).await.done("deleteFact");
        assert_eq!(editor.fact(&phone["id"]).await, Value::Null);
        assert_eq!(delete(&phone).await.refused("deleteFact"), "NOT_FOUND input.id: There is no such contact point.");
    }

    async fn every_kind_is_made_read_changed_and_listed(app: TestApp) {
        let owner = app.staff(Role::Owner).await;
        let region = owner.create_fact("region", json!({ "name": "Vermont", "code": "VT", "country": "US" })).await["id"].clone();
        let kinds = [
            ("person", "PERSON", json!({ "name": "Ada Example", "credentials": "MD" }), "Ada Example, MD", ("role", json!("Physician"))),
            ("source", "SOURCE", json!({ "title": "A study", "publisher": "A journal", "year": 2020 }), "A study", ("doi", json!("https://doi.org/10.1/x"))),
            ("location", "LOCATION", json!({ "name": "East", "city": "Sampleton", "region": region, "country": "us", "timeZone": "America/New_York" }), "East", ("specialDays", json!([{ "on": "2026-12-25", "name": "Christmas Day" }]))),
            ("menu", "MENU", json!({ "handle": "main", "items": [] }), "main", ("items", json!([{ "label": "Out", "to": { "url": "https://example.org" }, "items": [{ "label": "Mail", "to": { "mailto": "a@example.org" } }] }]))),
            ("brand", "BRAND", json!({ "siteName": "Hillside" }), "Brand settings", ("statement", json!("We care."))),
        ];
        for (key, kind, fields, name, (field, value)) in kinds {
            let made = owner.create_fact(key, fields.clone()).await;
            assert_eq!((&made["kind"], &made["name"]), (&json!(kind), &json!(name)), "{made:#}");
            owner.change_fact(key, &made["id"], json!({ field: value })).await.done("updateFact");
            let listed = owner.ask("query ($kind: FactKind!) { facts(kind: $kind) { totalCount nodes { id version fields } } }", json!({ "kind": kind })).await;
            let listed = &listed.data()["facts"];
            assert_eq!((&listed["totalCount"], &listed["nodes"][0]["id"], &listed["nodes"][0]["version"]), (&json!(1), &made["id"], &json!(2)));
            assert_ne!(listed["nodes"][0]["fields"][field], Value::Null);
            let again = owner.write_fact("createFact", json!({ "fields": { key: fields } })).await;
            match key {
                "source" => { again.done("createFact"); }
                "brand" => assert!(again.refused("createFact").starts_with("TOO_LARGE ")),
                _ => assert!(again.refused("createFact").starts_with(&format!("TAKEN input.fields.{key}."))),
            }
        }
    }

    async fn a_list_goes_on_where_it_ended_and_finds_words(app: TestApp) {
        let editor = app.staff(Role::Editor).await;
        for place in 0..7 {
            editor.create_fact("source", json!({ "title": format!("Study {place}"), "publisher": if place < 3 { "Élan" } else { "Journal" } })).await;
        }
        let asked = "query ($query: String!, $first: Int!, $after: String) { facts(kind: SOURCE, query: $query, first: $first, after: $after) { totalCount nodes { name } pageInfo { hasNextPage endCursor } } }";
        let (mut after, mut names) = (Value::Null, Vec::new());
        loop {
            let part = editor.ask(asked, json!({ "query": "", "first": 3, "after": after })).await.data()["facts"].clone();
            assert_eq!(part["totalCount"], 7);
            names.extend(part["nodes"].as_array().unwrap().iter().map(|it| it["name"].as_str().unwrap().to_owned()));
            after = part["pageInfo"]["endCursor"].clone();
            if part["pageInfo"]["hasNextPage"] == false { break; }
        }
        assert_eq!(names, (0..7).map(|place| format!("Study {place}")).collect::<Vec<_>>());
        let found = editor.ask(asked, json!({ "query": "élan", "first": 10 })).await.data()["facts"].clone();
        assert_eq!((&found["totalCount"], found["nodes"].as_array().unwrap().len()), (&json!(3), 3));
    }

    async fn a_menu_has_lines_below_lines_and_leaves_out_what_is_not_public(app: TestApp) {
        let (owner, visitor) = (app.staff(Role::Owner).await, app.visitor());
        let public = owner.published_page("open", page("Open", vec![])).await;
        let draft = owner.create_page("closed", page("Closed", vec![])).await;
        let line = |label: &str, id: &str| json!({ "label": label, "to": { "page": id } });
        let mut first = line("Open", &public.id);
        first["items"] = json!([line("Closed", &draft.id), { "label": "Elsewhere", "to": { "url": "https://example.org/" } }]);
        let mut second = line("Closed too", &draft.id);
        second["items"] = json!([line("Below", &public.id)]);
        let menu = owner.create_fact("menu", json!({ "handle": "main", "items": [first, second] })).await;

        let asked = "{ navigation(handle: \"main\") { items { label href items { label href } } } }";
        assert_eq!(
            visitor.ask(asked, Value::Null).await.data()["navigation"]["items"],
            json!([{ "label": "Open", "href": "/open", "items": [{ "label": "Elsewhere", "href": "https://example.org/" }] }])
        );
        let html = visitor.get("/open").await.body.to_string();
        assert!(html.contains("Elsewhere") && !html.contains("Closed"), "{html}");
        let uses = owner.ask("query ($id: ID!) { uses(id: $id) { nodes { id kind title places { label } } } }", json!({ "id": draft.id })).await;
        let labels: Vec<&str> = uses.data()["uses"]["nodes"][0]["places"].as_array().unwrap().iter().filter_map(|it| it["label"].as_str()).collect();
        assert_eq!(uses.data()["uses"]["nodes"][0]["id"], menu["id"]);
        assert_eq!(labels, ["Lines: Open", "Lines: Closed too"]);
    }

    async fn what_cannot_be_is_refused_where_it_stands(app: TestApp) {
        let owner = app.staff(Role::Owner).await;
        let before = row_counts(app.app.db.reader()).await;
        let nobody = "ctp_01h2xcejqtf2nbrexx3vqjhp41";
        let with = |mut fields: Value, field: &str, value: Value| { fields[field] = value; fields };
        let phone = number("Billing", "781 555 0142");
        let hours = |opens: &str, closes: &str| json!([{ "days": ["MONDAY"], "opens": opens, "closes": closes }]);
        for (kind, fields, place) in [
            ("contactPoint", with(phone.clone(), "number", json!("12")), "INVALID contactPoint.number"),
            ("contactPoint", with(phone.clone(), "display", json!("(781) 555-0143")), "INVALID contactPoint.display"),
            ("contactPoint", with(phone.clone(), "timeZone", json!("America/Hillside")), "INVALID contactPoint.timeZone"),
            ("contactPoint", with(phone.clone(), "hours", hours("20:00", "08:00")), "INVALID contactPoint.hours.0.closes"),
            ("contactPoint", with(phone.clone(), "handle", json!("No Slug")), "INVALID contactPoint.handle"),
            ("contactPoint", with(phone, "fallback", json!(nobody)), "NOT_FOUND contactPoint.fallback"),
            ("person", json!({ "name": " " }), "REQUIRED person.name"),
            ("source", json!({ "title": "T", "publisher": "P", "url": "http://example.org" }), "INVALID source.url"),
            ("source", json!({ "title": "T", "publisher": "P", "year": 20 }), "INVALID source.year"),
            ("location", json!({ "name": "East", "city": "S", "country": "US", "timeZone": "America/New_York" }), "REQUIRED location.region"),
            ("region", json!({ "name": "Vermont", "code": "VT", "country": "USA" }), "INVALID region.country"),
            ("menu", json!({ "handle": "x", "items": [{ "label": "A", "to": { "url": "javascript:alert(1)" } }] }), "INVALID menu.items.0.to"),
            ("menu", json!({ "handle": "x", "items": [{ "label": "A" }] }), "REQUIRED menu.items.0.to"),
            ("brand", json!({ "siteName": "Hillside", "crisis": nobody }), "NOT_FOUND brand.crisis"),
        ] {
            let answer = owner.write_fact("createFact", json!({ "fields": { kind: fields } })).await;
            let (code, path) = place.split_once(' ').unwrap();
            let refused = answer.refused("createFact");
            assert!(refused.lines().any(|line| line.starts_with(&format!("{code} input.fields.{path}: "))), "{place}: {refused}");
        }
        assert_eq!(row_counts(app.app.db.reader()).await, before);
    }

    async fn a_question_of_the_library_is_answered_on_every_page_that_asks_it(app: TestApp) {
        let (editor, visitor) = (app.staff(Role::Editor).await, app.visitor());
        let phone = editor.create_fact("contactPoint", number("Billing", "781 555 0142")).await;
        let answer = |text: &str| json!({ "type": "doc", "v": 1, "content": [{ "type": "paragraph", "content": [
            { "type": "text", "text": text }, { "type": "phone", "attrs": { "contactPoint": phone["id"] } }
        ] }] });
        let question = editor.create_fact("faqItem", json!({ "question": "Who pays?", "answer": answer("Ask us: ") })).await;
        let faq = |key: &str| json!({ "faq": { "key": key, "questions": [{ "key": "own", "question": "Own?", "answer": words("Yes.") }], "shared": [question["id"]] } });
        editor.published_page("one", page("One", vec![faq("a")])).await;
        editor.published_page("two", page("Two", vec![faq("b")])).await;

        let change = json!({ "question": "Who pays for it?", "answer": answer("Your plan may: ") });
        editor.change_fact("faqItem", &question["id"], change).await.done("updateFact");
        for path in ["/one", "/two"] {
            let html = visitor.get(path).await.body.to_string();
            // Once in the page, once for search engines, with the number that the answer names.
            assert_eq!(html.matches("Who pays for it?").count(), 2, "{html}");
            assert!(html.contains("Your plan may") && html.contains("tel:+17815550142"), "{html}");
            let asked = "query ($path: String!) { route(path: $path) { ... on Page { blocks { html ... on FaqBlock { questions { key question answer { text } } } } } } }";
            let block = visitor.ask(asked, json!({ "path": path })).await.data()["route"]["blocks"][0].clone();
            let questions: Vec<&str> = block["questions"].as_array().unwrap().iter().filter_map(|it| it["question"].as_str()).collect();
            assert_eq!(questions, ["Own?", "Who pays for it?"]);
            assert!(block["html"].as_str().unwrap().contains("tel:+17815550142"), "{block}");
        }
        let refused = editor.write_fact("deleteFact", json!({ "id": question["id"] })).await;
        assert!(refused.refused("deleteFact").contains("and in one more place"));
        assert_eq!(editor.fact(&phone["id"]).await["usedCount"], 1);
    }

    async fn a_shared_block_stands_on_its_pages_as_if_it_were_written_there(app: TestApp) {
        let (editor, visitor) = (app.staff(Role::Editor).await, app.visitor());
        let phone = editor.create_fact("contactPoint", number("Billing", "781 555 0142")).await;
        let call = |heading: &str| json!({ "callToAction": { "key": "kept", "heading": heading, "contactPoint": phone["id"], "body": { "type": "doc", "v": 1, "content": [] } } });
        let shared = editor.create_fact("sharedBlock", json!({ "name": "Call", "block": call("Call us") })).await;
        let place = |key: &str| json!({ "sharedBlock": { "key": key, "block": shared["id"] } });
        let contents = json!({ "tableOfContents": { "key": "toc", "heading": "On this page" } });
        let draft = editor.published_page("one", page("One", vec![contents, place("a"), quote("q", "Words."), place("b")])).await;

        editor.change_fact("sharedBlock", &shared["id"], json!({ "block": call("Call us today") })).await.done("updateFact");
        let html = visitor.get("/one").await.body.to_string();
        assert!(html.contains("<a href=\\\"#a\\\">Call us today</a>") && html.contains("<a href=\\\"#b\\\">"), "{html}");
        assert!(html.contains("tel:+17815550142") && html.contains("id=\\\"a\\\""), "{html}");
        let asked = "{ route(path: \"/one\") { ... on Page { blocks { __typename key html
            ... on TableOfContentsBlock { entries { title anchor level } } ... on CallToActionBlock { heading contactPoint { display } } } } } }";
        let blocks = visitor.ask(asked, Value::Null).await.data()["route"]["blocks"].clone();
        let entry = |anchor: &str| json!({ "title": "Call us today", "anchor": anchor, "level": 2 });
        assert_eq!(blocks[0]["entries"], json!([entry("a"), entry("b")]));
        assert_eq!(
            (&blocks[1]["__typename"], &blocks[1]["key"], &blocks[1]["contactPoint"]["display"]),
            (&json!("CallToActionBlock"), &json!("a"), &json!("(781) 555-0142"))
        );
        assert!(blocks[3]["html"].as_str().unwrap().contains("id=\"b\""), "{blocks:#}");
        // Among staff the draft shows it too, and the page is found where the block is used.
        let preview = editor.ask("query ($id: ID!) { page(id: $id) { draft { html } } }", json!({ "id": draft.id })).await;
        assert!(preview.data()["page"]["draft"]["html"].as_str().unwrap().contains("Call us today"));
        assert_eq!(editor.fact(&shared["id"]).await["usedCount"], 1);

        for (block, path) in [(place("x"), "block"), (json!({ "tableOfContents": { "key": "x", "heading": "h" } }), "block"), (call(""), "block.callToAction.heading")] {
            let answer = editor.write_fact("createFact", json!({ "fields": { "sharedBlock": { "name": "Other", "block": block } } })).await;
            assert!(answer.refused("createFact").contains(&format!(" input.fields.sharedBlock.{path}: ")), "{path}");
        }
    }

    async fn cards_show_what_the_library_says_of_people_and_places(app: TestApp) {
        let (editor, visitor) = (app.staff(Role::Editor).await, app.visitor());
        let region = editor.create_fact("region", json!({ "name": "Vermont", "code": "VT", "country": "US" })).await;
        let phone = editor.create_fact("contactPoint", number("Billing", "781 555 0142")).await;
        let place = json!({ "name": "East", "lines": ["1 Hill Road"], "city": "Sampleton", "region": region["id"], "country": "US",
            "contactPoint": phone["id"], "timeZone": "America/New_York",
            "hours": [{ "days": ["TUESDAY", "MONDAY", "WEDNESDAY"], "opens": "08:30", "closes": "00:00" }],
            "specialDays": [{ "on": "2026-12-25", "name": "Christmas Day" }] });
        let place = editor.create_fact("location", place).await;
        let person = editor.create_fact("person", json!({ "name": "Ada Example", "credentials": "MD", "role": "Physician", "bio": "Since 2010." })).await;
        let blocks = vec![
            json!({ "locationCard": { "key": "l", "location": place["id"] } }),
            json!({ "personCard": { "key": "p", "heading": "Who", "person": person["id"] } }),
        ];
        editor.published_page("about", page("About", blocks)).await;

        let html = visitor.get("/about").await.body.to_string();
        for said in ["1 Hill Road, Sampleton, VT", "Monday to Wednesday: 8:30 am to midnight", "Christmas Day, 25 December 2026: closed",
            "Times of America/New York", "OpeningHoursSpecification", "tel:+17815550142", "Ada Example, MD", "Physician", "Since 2010."] {
            assert!(html.contains(said), "{said}: {html}");
        }
        let asked = "{ route(path: \"/about\") { ... on Page { blocks { html
            ... on LocationCardBlock { location { name hours { days opens closes } specialDays { on name opens } } }
            ... on PersonCardBlock { person { name role } } } } } }";
        let blocks = visitor.ask(asked, Value::Null).await.data()["route"]["blocks"].clone();
        assert_eq!(blocks[0]["location"]["hours"], json!([{ "days": ["MONDAY", "TUESDAY", "WEDNESDAY"], "opens": "08:30", "closes": "24:00" }]));
        assert_eq!(blocks[0]["location"]["specialDays"][0], json!({ "on": "2026-12-25", "name": "Christmas Day", "opens": null }));
        assert_eq!(blocks[1]["person"]["role"], "Physician");
        assert!(blocks[0]["html"].as_str().unwrap().contains("8:30 am"), "{blocks:#}");
    }
}
