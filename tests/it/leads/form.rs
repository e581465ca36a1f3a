//! Forms as data: what each version asks, and what is taken in by it.

use entity::{lead, user::Role};
use sea_orm::{ConnectionTrait, EntityTrait};
use serde_json::{Value, json};

use super::{count, with};
use crate::support::{Answer, Staff, markup::tags, on_both};

const FORM: &str = "{ leadForm(key: \"confidential\") { key version title intro button thanks fields { name type required options { value } } \
    steps { title fields { name } } consent { id version } } }";

const DEFINITION: &str = "definition { heading intro button thanks steps { title fields { field label help required problem options { value label } } } }";

/// The form as staff see it.
async fn read(staff: &Staff, key: &str) -> Value {
    let query = format!(
        "query ($key: String!) {{ leadForm(key: $key) {{ key title archivedAt current {{ number author {{ id }} contactConsent {{ id version }} {DEFINITION} }} }} }}"
    );
    staff.ask(&query, json!({ "key": key })).await.data()["leadForm"].clone()
}

/// What a change of the form is sent as, with nothing changed.
async fn change(staff: &Staff) -> Value {
    let form = read(staff, "confidential").await;
    json!({
        "key": form["key"], "title": form["title"], "baseVersion": form["current"]["number"],
        "definition": form["current"]["definition"],
    })
}

async fn save(staff: &Staff, input: &Value) -> Answer {
    let query = "mutation ($input: SaveLeadFormInput!) { saveLeadForm(input: $input) { form { key current { number } } userErrors { code message path } } }";
    staff.ask(query, json!({ "input": input })).await
}

/// The version that it became.
async fn saved(staff: &Staff, input: &Value) -> Value {
    save(staff, input).await.done("saveLeadForm")["form"]["current"]["number"].clone()
}

async fn word(staff: &Staff, input: Value) -> Answer {
    let query = "mutation ($input: SaveLeadConsentTextInput!) { saveLeadConsentText(input: $input) { text { id version } userErrors { code message path } } }";
    staff.ask(query, json!({ "input": input })).await
}

on_both! {
    async fn the_form_that_every_installation_has_is_asked_in_steps(app: TestApp) {
        let form = app.visitor().ask(FORM, Value::Null).await.data()["leadForm"].clone();
        assert_eq!((&form["version"], &form["button"]), (&json!(1), &json!("Send in confidence")));
        let names = |fields: &Value| -> Vec<String> {
            fields.as_array().unwrap().iter().map(|it| it["name"].as_str().unwrap().to_owned()).collect()
        };
        let steps = form["steps"].as_array().unwrap();
        assert_eq!(names(&steps[0]["fields"]), ["name", "contact.phone", "contact.email", "relationship", "message"]);
        assert_eq!(steps[1]["title"], "Age, insurance, how to reach you safely");
        assert_eq!(names(&form["fields"]), [names(&steps[0]["fields"]), names(&steps[1]["fields"])].concat());
        assert_eq!(app.visitor().ask("{ leadForm(key: \"other\") { key } }", Value::Null).await.data()["leadForm"], Value::Null);
    }

    async fn a_lead_tells_in_which_version_of_the_form_it_was_written(app: TestApp) {
        let visitor = app.visitor();
        for version in [json!(null), json!(1)] {
            let lead = with(visitor.lead().await, json!({ "formVersion": version }));
            let lead = app.lead_row(&visitor.submitted(&lead).await).await;
            assert_eq!((lead.form_key.as_str(), lead.form_version), ("confidential", Some(1)));
        }
    }

    async fn a_version_that_never_was_is_refused_with_what_to_do(app: TestApp) {
        let visitor = app.visitor();
        let lead = with(visitor.lead().await, json!({ "formVersion": 7 }));
        insta::assert_snapshot!(
            visitor.submit(&lead).await.refused("submitLead"),
            @"NOT_FOUND input.formVersion: There is no version 7 of this form. Take `version` from `leadForm` with the fields, or leave this out."
        );
        assert_eq!(count::<lead::Entity>(&app).await, 0);
    }

    async fn a_drawn_form_says_its_version_and_comes_back_with_it(app: TestApp) {
        let visitor = app.visitor();
        let page = visitor.get("/forms/confidential").await;
        let html = page.body.as_str().unwrap();
        assert!(html.contains("name=\"formVersion\" value=\"1\""), "{html}");
        let consent = tags(html).into_iter().find(|it| it.get("id") == "form-consents").unwrap().get("value").to_owned();
        let fields = |version| {
            [("name", "Sam"), ("contact.phone", "(781) 555-0142"), ("consents", consent.as_str()), ("sourcePath", "/"), ("idempotencyKey", "k-0123456789abcdef"), ("formVersion", version)]
        };
        // Whoever has it open in a version that nobody knows is taken in by the one that is drawn now.
        let sent = visitor.post_form("/forms/confidential", &fields("99")).await;
        assert_eq!((sent.status.as_u16(), &sent.headers["location"]), (303, &"/forms/confidential/sent".parse().unwrap()));
        let lead = lead::Entity::find().one(app.app.db.reader()).await.unwrap().unwrap();
        assert_eq!(lead.form_version, Some(1));
        assert!(visitor.get("/forms/confidential/sent").await.body.as_str().unwrap().contains("nobody else can read it"));
        for missing in ["/forms/other", "/forms/other/sent", "/forms/confidential/else", "/forms"] {
            assert_eq!(visitor.get(missing).await.status, 404, "{missing}");
        }
    }

    async fn while_the_database_is_away_the_form_comes_back_with_all_that_was_written(app: TestApp) {
        let visitor = app.visitor();
        let page = visitor.get("/forms/confidential").await;
        let drawn = tags(page.body.as_str().unwrap());
        let value = |id: &str| drawn.iter().find(|it| it.get("id") == id).unwrap().get("value").to_owned();
        let (consent, key) = (value("form-consents"), "k-0123456789abcdef");
        let fields = [("name", "Sam"), ("contact.phone", "(781) 555-0142"), ("message", "Please call."), ("consents", consent.as_str()), ("sourcePath", "/"), ("idempotencyKey", key), ("formVersion", "1")];
        // Nothing can be written, and the frame of the page cannot be read.
        let rename = async |from: &str, to: &str| {
            let sql = format!("ALTER TABLE {from} RENAME TO {to}");
            app.app.db.writer().execute_unprepared(&sql).await.unwrap();
        };
        for table in ["outbox", "menu"] {
            rename(table, &format!("{table}_gone")).await;
        }
        let again = visitor.post_form("/forms/confidential", &fields).await;
        assert_eq!((again.status.as_u16(), &again.headers["cache-control"]), (503, &"no-store".parse().unwrap()));
        let html = again.body.as_str().unwrap();
        for kept in ["Your message is not sent yet.", "Please call.", "value=\"Sam\"", "(781) 555-0142", key, "name=\"formVersion\" value=\"1\""] {
            assert!(html.contains(kept), "{kept}: {html}");
        }
        assert!(tags(html).into_iter().any(|it| it.get("id") == "form-consents" && it.has("checked")), "{html}");
        let numbers = |html: &str| tags(html).into_iter().filter(|it| it.get("href").starts_with("tel:")).count();
        assert_eq!(numbers(html), numbers(page.body.as_str().unwrap()), "whom to call is still there");
        assert!(!html.contains("outbox"), "{html}");

        for table in ["outbox", "menu"] {
            rename(&format!("{table}_gone"), table).await;
        }
        assert_eq!(visitor.post_form("/forms/confidential", &fields).await.status, 303);
        assert_eq!(count::<lead::Entity>(&app).await, 1);
    }

    async fn what_is_saved_is_asked_at_once_and_an_older_version_is_still_taken_in(app: TestApp) {
        let app = app.with_demo().await;
        let (admin, visitor) = (app.staff(Role::Admin).await, app.visitor());
        assert!(visitor.get("/admissions").await.body.as_str().unwrap().contains("Send in confidence"));
        let mut input = change(&admin).await;
        input["definition"]["button"] = json!("Send it to us");
        input["definition"]["steps"][0]["fields"][1] = json!({ "field": "PHONE", "label": "Your number", "required": true, "problem": "We need your number, because we call." });
        input["definition"]["steps"].as_array_mut().unwrap().truncate(1);
        assert_eq!(saved(&admin, &input).await, 2);

        let form = visitor.ask(FORM, Value::Null).await.data()["leadForm"].clone();
        assert_eq!((&form["version"], &form["button"], &form["fields"].as_array().unwrap().len()), (&json!(2), &json!("Send it to us"), &5));
        let page = visitor.get("/admissions").await;
        let html = page.body.as_str().unwrap();
        assert!(html.contains("Send it to us") && html.contains("Your number") && !html.contains("Send in confidence"));
        assert!(html.contains("name=\"formVersion\" value=\"2\""));

        let only_mail = json!({ "contact": { "email": "sam@example.org" }, "consents": [{ "text": form["consent"]["id"], "accepted": true, "scopes": ["EMAIL"] }] });
        let lead = with(visitor.lead().await, only_mail);
        for version in [json!(null), json!(2)] {
            let answer = visitor.submit(&with(lead.clone(), json!({ "formVersion": version }))).await;
            assert_eq!(answer.refused("submitLead"), "REQUIRED input.contact.phone: We need your number, because we call.");
        }
        let old = visitor.submitted(&with(lead, json!({ "formVersion": 1 }))).await;
        assert_eq!(app.lead_row(&old).await.form_version, Some(1));
        let read = read(&admin, "confidential").await;
        assert_eq!((&read["current"]["number"], &read["current"]["author"]["id"]), (&json!(2), &json!(admin.id)));
        let line = app.audited("LEAD_FORM_SAVED").await.pop().unwrap();
        assert_eq!((line.object.as_str(), line.fields), ("confidential", json!(["version=2"])));
        let versions = admin.ask("{ leadFormVersions(key: \"confidential\") { number author { id } } }", Value::Null).await;
        assert_eq!(versions.data()["leadFormVersions"], json!([{ "number": 2, "author": { "id": admin.id } }, { "number": 1, "author": null }]));
    }

    async fn another_title_alone_makes_no_version_and_of_two_who_save_the_second_looks_again(app: TestApp) {
        let admin = app.staff(Role::Admin).await;
        let first = change(&admin).await;
        let titled = with(first.clone(), json!({ "title": "What all pages show" }));
        assert_eq!(saved(&admin, &titled).await, 1);
        assert_eq!(read(&admin, "confidential").await["title"], "What all pages show");
        let mut other = first.clone();
        other["definition"]["heading"] = json!("Write to us");
        assert_eq!(saved(&admin, &other).await, 2);
        other["definition"]["heading"] = json!("Write");
        assert_eq!(
            save(&admin, &other).await.refused("saveLeadForm"),
            "CONFLICT input.baseVersion: Somebody saved another version of this form meanwhile. Look at it, then save yours again."
        );
    }

    async fn a_form_asks_for_no_more_and_no_less_than_it_may(app: TestApp) {
        let admin = app.staff(Role::Admin).await;
        let mut input = change(&admin).await;
        input["definition"]["button"] = json!(" ");
        input["definition"]["steps"] = json!([
            { "title": "", "fields": [
                { "field": "MESSAGE", "label": "Message", "required": true },
                { "field": "RELATIONSHIP", "label": "", "options": [{ "value": "SELF", "label": "Me" }, { "value": "SELF", "label": "I" }, { "value": "CAT", "label": "My cat" }] },
            ] },
            { "title": "", "fields": [{ "field": "NAME", "label": "Name" }, { "field": "MESSAGE", "label": "More", "options": [{ "value": "x", "label": "x" }] }] },
        ]);
        insta::assert_snapshot!(save(&admin, &input).await.refused("saveLeadForm"), @r"
        REQUIRED input.definition.button: Fill in the field “button”.
        INVALID input.definition.steps.0.fields.0.required: Only the name, the phone number and the e-mail address can be required; nothing else may keep somebody from writing.
        REQUIRED input.definition.steps.0.fields.1.label: Fill in the field “label”.
        INVALID input.definition.steps.0.fields.1.options.1.value: Offer each answer once; this one came before.
        INVALID input.definition.steps.0.fields.1.options.2.value: The answers there are: SELF, LOVED_ONE, PROFESSIONAL, OTHER.
        REQUIRED input.definition.steps.1.title: Fill in the field “title”.
        INVALID input.definition.steps.1.fields.0.required: The name is required in every form.
        INVALID input.definition.steps.1.fields.1.field: A form asks for each field once. Take this one out.
        INVALID input.definition.steps.1.fields.1.options.0.value: This field has no answers to choose from. Take this one out.
        REQUIRED input.definition.steps.0.fields: Ask in the first step how the person may be called (NAME).
        REQUIRED input.definition.steps.0.fields: Ask in the first step for a phone number or an e-mail address, or both (PHONE, EMAIL).
        ");
        let both = |field: &str| json!({ "field": field, "label": "How to reach you", "required": true });
        input["definition"]["button"] = json!("Send");
        input["definition"]["steps"] = json!([{ "title": "", "fields": [both("NAME"), both("PHONE"), both("EMAIL")] }]);
        assert_eq!(
            save(&admin, &input).await.refused("saveLeadForm"),
            "INVALID input.definition.steps.0.fields: One way to answer is enough: require the phone number, the e-mail address, or neither."
        );
        assert_eq!(read(&admin, "confidential").await["current"]["number"], 1);
    }

    async fn a_second_form_has_an_address_of_its_own_and_tells_leads_apart(app: TestApp) {
        let (admin, visitor) = (app.staff(Role::Admin).await, app.visitor());
        let mut input = with(change(&admin).await, json!({ "key": "families", "title": "For families", "baseVersion": null }));
        input["definition"]["heading"] = json!("For families");
        assert_eq!(saved(&admin, &input).await, 1);
        assert_eq!(save(&admin, &input).await.refused("saveLeadForm"), "TAKEN input.key: There is a form of this key. Choose another.");
        for key in ["call", "For families", ""] {
            let refused = save(&admin, &with(input.clone(), json!({ "key": key }))).await.refused("saveLeadForm");
            assert!(refused.starts_with("INVALID input.key: A key has 1 to 40 small letters"), "{refused}");
        }
        assert!(visitor.get("/forms/families").await.body.as_str().unwrap().contains("action=\"/forms/families\""));
        let lead = with(visitor.lead().await, json!({ "form": "families" }));
        assert_eq!(app.lead_row(&visitor.submitted(&lead).await).await.form_key, "families");
        // Archived, it is not offered any more, and goes on where it stands.
        input = with(input, json!({ "baseVersion": 1, "archived": true }));
        assert_eq!(saved(&admin, &input).await, 1);
        assert!(read(&admin, "families").await["archivedAt"].is_string());
        assert_eq!(visitor.get("/forms/families").await.status, 200);
    }

    async fn a_new_wording_is_asked_once_a_form_is_saved_with_it(app: TestApp) {
        let (admin, visitor) = (app.staff(Role::Admin).await, app.visitor());
        let old = visitor.lead().await;
        let wording = "You may call me about this request. I can take this back at any time by saying so.";
        let text = word(&admin, json!({ "consent": "CONTACT", "baseVersion": 1, "wording": wording })).await.done("saveLeadConsentText")["text"].clone();
        assert_eq!(text["version"], 2);
        assert_eq!(visitor.lead().await["consents"], old["consents"], "nobody chose it for the form yet");
        insta::assert_snapshot!(word(&admin, json!({ "consent": "CONTACT", "baseVersion": 1, "wording": "Yes." })).await.refused("saveLeadConsentText"), @r"
        INVALID input.wording: Say in whole sentences what is agreed to, and how it is taken back.
        CONFLICT input.baseVersion: Somebody saved another wording meanwhile. Look at it, then save yours again.
        ");
        let mut input = change(&admin).await;
        input["contactConsent"] = text["id"].clone();
        assert_eq!(saved(&admin, &input).await, 2);
        let new = visitor.lead().await;
        assert_eq!(new["consents"][0]["text"], text["id"]);
        for lead in [old, new] {
            visitor.submitted(&lead).await;
        }
        let staff = app.staff(Role::Admissions).await;
        let read = staff.ask("{ leadCallConsents { contact { wording } } }", Value::Null).await;
        assert_eq!(read.data()["leadCallConsents"]["contact"]["wording"], wording);
        input["textConsent"] = text["id"].clone();
        input["baseVersion"] = json!(2);
        assert_eq!(
            save(&admin, &input).await.refused("saveLeadForm"),
            "NOT_FOUND input.textConsent: There is no such wording of this consent. Take the id from `leadConsentTexts`."
        );
        assert_eq!(app.audited("LEAD_CONSENT_TEXT_SAVED").await.len(), 1);
    }
}
