//! Putting another in the place of a fact or a picture wherever it is used, or taking it out.

use entity::user::Role;
use image::ImageFormat;
use serde_json::{Value, json};

use crate::support::{
    Answer, Staff,
    entry::{linked, page},
    media::{drawing, shown},
    on_both, row_counts,
};

impl Staff {
    async fn replace_uses(&self, id: &str, replacement: Option<&str>) -> Answer {
        let mutation = "mutation ($input: ReplaceUsesInput!) { replaceUses(input: $input) { \
                        changed { id status } userErrors { code message path } } }";
        self.ask(mutation, json!({ "input": { "id": id, "replacement": replacement } })).await
    }

    async fn used(&self, id: &str) -> Value {
        self.ask("query ($id: ID!) { uses(id: $id) { totalCount } }", json!({ "id": id })).await.data()["uses"]["totalCount"]
            .clone()
    }

    async fn number(&self, label: &str, number: &str) -> String {
        let fields = json!({ "label": label, "number": number, "purpose": "GENERAL", "timeZone": "America/New_York" });
        self.create_fact("contactPoint", fields).await["id"].as_str().expect("an id").to_owned()
    }

    async fn draft(&self, id: &str) -> Value {
        let query = "query ($id: ID!) { page(id: $id) { title status draft { note content } live { id } } }";
        self.ask(query, json!({ "id": id })).await.data()["page"].clone()
    }
}

on_both! {
    async fn a_number_is_replaced_in_drafts_in_the_library_and_for_the_public_at_once(app: TestApp) {
        let app = app.with_demo().await;
        let (owner, visitor) = (app.staff(Role::Owner).await, app.visitor());
        let old = owner.target("CONTACT_POINT", "Admissions").await;
        let new = owner.number("Front desk", "781-555-0199").await;
        let call = |title: &str| page(title, vec![linked("a", "call us", json!({ "contactPoint": old }))]);
        let same = owner.published_page("same", call("Same")).await;
        let ahead = owner.published_page("ahead", call("Public title")).await;
        let ahead = owner.save_page(&ahead, call("Title to come")).await;
        let draft = owner.create_page("draft", call("Draft")).await;
        assert_ne!(owner.used(&old).await, 0);

        let changed = owner.replace_uses(&old, Some(&new)).await.done("replaceUses")["changed"].clone();
        for (id, status) in [(&same.id, "LIVE"), (&ahead.id, "LIVE_WITH_CHANGES"), (&draft.id, "DRAFT")] {
            assert!(changed.as_array().unwrap().contains(&json!({ "id": id, "status": status })), "{changed:#}");
        }

        // Whoever reads the site calls the new number, from the header to the last page.
        for path in ["/", "/same", "/ahead"] {
            let html = visitor.get(path).await.body.to_string();
            assert!(html.contains("+17815550199") && !html.contains("+17813324135"), "{path}");
        }
        // What was not public stays so.
        assert_eq!(visitor.route("/ahead").await["title"], "Public title");
        assert_eq!(visitor.route("/draft").await, Value::Null);
        let ahead = owner.draft(&ahead.id).await;
        assert_eq!((&ahead["title"], &ahead["status"]), (&json!("Title to come"), &json!("LIVE_WITH_CHANGES")));
        assert_eq!(ahead["draft"]["note"], "“Front desk” in place of “Admissions”");
        assert!(ahead["draft"]["content"].to_string().contains(&new) && !ahead["draft"]["content"].to_string().contains(&old));

        assert_eq!(owner.used(&old).await, 0);
        owner.write_fact("deleteFact", json!({ "id": old })).await.done("deleteFact");
    }

    async fn what_is_taken_out_leaves_its_words_and_what_cannot_do_without_is_named(app: TestApp) {
        let editor = app.staff(Role::Editor).await;
        let phone = editor.number("Night line", "781-555-0142").await;
        let source = editor.create_fact("source", json!({ "title": "Study", "publisher": "Journal" })).await["id"].as_str().unwrap().to_owned();
        let linking = editor.published_page("linking", page("Linking", vec![linked("a", "call us", json!({ "contactPoint": phone }))])).await;
        let number = json!({ "statistic": { "key": "a", "value": "7 %", "statement": "of people", "source": source } });
        let claiming = editor.published_page("claiming", page("Claiming", vec![number])).await;

        let changed = editor.replace_uses(&phone, None).await.done("replaceUses")["changed"].clone();
        assert_eq!(changed, json!([{ "id": linking.id, "status": "LIVE" }]));
        let html = app.visitor().route("/linking").await["blocks"][0]["html"].as_str().unwrap().to_owned();
        assert!(html.contains("call us") && !html.contains("<a"), "{html}");
        editor.write_fact("deleteFact", json!({ "id": phone })).await.done("deleteFact");

        let before = row_counts(app.app.db.reader()).await;
        assert_eq!(
            editor.replace_uses(&source, None).await.refused("replaceUses"),
            "ILLEGAL_TRANSITION input.uses: “Claiming” cannot do without it. Choose a replacement, or change it there first."
        );
        assert_eq!(row_counts(app.app.db.reader()).await, before);
        assert_eq!(editor.draft(&claiming.id).await["status"], "LIVE");
    }

    async fn a_list_of_the_library_that_must_not_be_empty_is_named_and_a_menu_loses_its_line(app: TestApp) {
        let app = app.with_demo().await;
        let owner = app.staff(Role::Owner).await;
        let region = owner.target("REGION", "Massachusetts").await;
        let refused = owner.replace_uses(&region, None).await.refused("replaceUses");
        assert!(refused.starts_with("ILLEGAL_TRANSITION input.uses: “") && refused.contains("in the library cannot do without it"), "{refused}");
        // Who may not change what points is told, and nothing else is changed either.
        let editor = app.staff(Role::Editor).await;
        let admissions = editor.target("CONTACT_POINT", "Admissions").await;
        let other = editor.number("Front desk", "781-555-0199").await;
        let before = row_counts(app.app.db.reader()).await;
        let refused = editor.replace_uses(&admissions, Some(&other)).await.refused("replaceUses");
        assert!(refused.contains("you may not change that"), "{refused}");
        assert_eq!(row_counts(app.app.db.reader()).await, before);
    }

    async fn a_picture_gives_way_to_another_which_stands_nowhere_twice(app: TestApp) {
        let editor = app.staff(Role::Editor).await;
        let (old, new) = (editor.upload("old.png", drawing(64, 48, ImageFormat::Png)).await, editor.upload("new.png", drawing(64, 48, ImageFormat::Png)).await);
        for id in [&old, &new] {
            let version = editor.picture(id).await["version"].clone();
            editor.media("updateMedia", json!({ "id": id, "version": version, "alt": "The house." })).await.done("updateMedia");
        }
        let garden = editor.published_page("garden", page("Garden", vec![shown("a", &old)])).await;
        editor.replace_uses(&old, Some(&new)).await.done("replaceUses");
        let shown = app.visitor().route("/garden").await.to_string();
        assert!(shown.contains(editor.picture(&new).await["path"].as_str().unwrap().trim_start_matches('/')), "{shown}");
        assert_eq!(editor.draft(&garden.id).await["status"], "LIVE");
        let version = editor.picture(&old).await["version"].clone();
        editor.media("trashMedia", json!({ "id": old, "version": version })).await.done("trashMedia");

        // A picture nobody described keeps a page from being public, so it cannot take the place of one that is described.
        let bare = editor.upload("bare.png", drawing(64, 48, ImageFormat::Png)).await;
        let refused = editor.replace_uses(&new, Some(&bare)).await.refused("replaceUses");
        assert!(refused.starts_with("ILLEGAL_TRANSITION input.uses: “Garden” cannot take it: "), "{refused}");
    }

    async fn only_another_of_the_same_kind_takes_its_place(app: TestApp) {
        let app = app.with_demo().await;
        let editor = app.staff(Role::Editor).await;
        let phone = editor.number("Night line", "781-555-0142").await;
        let person = editor.target("PERSON", "").await;
        let entry = editor.create_page("one", page("One", vec![])).await;
        for (by, says) in [
            (phone.as_str(), "INVALID input.replacement: It cannot take its own place. Choose another."),
            (person.as_str(), "INVALID input.replacement: Only another of the same kind can take its place."),
            (entry.id.as_str(), "INVALID input.replacement: This is no id of a fact or a picture."),
            ("cpt_01h455vb4pex5vsknk084sn02q", "INVALID input.replacement: "),
        ] {
            let refused = editor.replace_uses(&phone, Some(by)).await.refused("replaceUses");
            assert!(refused.starts_with(says), "{by}: {refused}");
        }
        assert!(editor.replace_uses(&entry.id, None).await.refused("replaceUses").starts_with("INVALID input.id: "));
    }
}
