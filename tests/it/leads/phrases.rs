//! The lists of what is looked for in what visitors write.

use entity::{lead::LeadPriority, user::Role};
use serde_json::{Value, json};

use super::with;
use crate::support::{Staff, TestApp, on_both};

const LISTS: &str = "{ leadPhrases { kind standard own version } }";
const TRY: &str = "query ($kind: LeadPhraseKind!, $own: String!, $text: String!) {
    tryLeadPhrases(kind: $kind, own: $own, text: $text) { dangers sells badLines { line message } }
}";
const SAVE: &str = "mutation ($input: SaveLeadPhrasesInput!) {
    saveLeadPhrases(input: $input) { list { own version } userErrors { code message path } }
}";

async fn tried(staff: &Staff, kind: &str, own: &str, text: &str) -> Value {
    let variables = json!({ "kind": kind, "own": own, "text": text });
    staff.ask(TRY, variables).await.data()["tryLeadPhrases"].clone()
}

async fn urgent(app: &TestApp, message: &str) -> bool {
    let visitor = app.visitor();
    let reference = visitor.submitted(&with(visitor.lead().await, json!({ "message": message }))).await;
    app.lead_row(&reference).await.priority == LeadPriority::Urgent
}

on_both! {
    async fn what_an_owner_adds_is_looked_for_in_the_next_lead(app: TestApp) {
        let owner = app.staff(Role::Owner).await;
        let lists = owner.ask(LISTS, Value::Null).await.data()["leadPhrases"].clone();
        assert_eq!(lists[0]["kind"], "DANGER");
        assert!(lists[0]["standard"].as_str().unwrap().contains("[English: suicide"));
        assert_eq!((&lists[1]["kind"], &lists[1]["own"], &lists[1]["version"]), (&json!("SALES"), &json!(""), &json!(0)));
        assert!(!urgent(&app, "He took a blue flamingo.").await);

        let own = "[English: overdose]\nblue flamingo\n[English: harmless]\nkilling myself laughing\n";
        assert_eq!(tried(&owner, "DANGER", own, "a blue flamingo").await, json!({ "dangers": ["OVERDOSE"], "sells": false, "badLines": [] }));
        assert!(!urgent(&app, "He took a blue flamingo.").await, "trying stores nothing");
        let input = json!({ "kind": "DANGER", "version": 0, "own": own });
        let saved = owner.ask(SAVE, json!({ "input": input })).await;
        assert_eq!(saved.done("saveLeadPhrases")["list"], json!({ "own": own.trim_end(), "version": 1 }));
        assert!(urgent(&app, "He took a blue flamingo.").await);
        assert!(urgent(&app, "I want to die").await, "what was looked for before still is");
        assert!(!urgent(&app, "I was killing myself laughing").await);
        let checked = app.visitor().ask("{ crisisCheck(text: \"blue flamingo\") { dangers } }", Value::Null).await;
        assert_eq!(checked.data()["crisisCheck"]["dangers"], json!(["OVERDOSE"]));
        assert_eq!(app.audited("LEAD_PHRASES_SAVED").await.len(), 1);

        let late = owner.ask(SAVE, json!({ "input": input })).await;
        assert!(late.refused("saveLeadPhrases").starts_with("CONFLICT input.version: "));
        let app = app.restart().await;
        assert!(urgent(&app, "He took a blue flamingo.").await);
    }

    async fn what_sells_is_added_and_taken_out(app: TestApp) {
        let owner = app.staff(Role::Owner).await;
        let own = "buy our mattresses\n!seo services";
        assert_eq!(tried(&owner, "SALES", own, "Buy our mattresses!").await["sells"], true);
        assert_eq!(tried(&owner, "SALES", own, "We offer SEO services").await["sells"], false);
        assert_eq!(tried(&owner, "SALES", "", "We offer SEO services").await["sells"], true);
        owner.ask(SAVE, json!({ "input": { "kind": "SALES", "version": 0, "own": own } })).await.done("saveLeadPhrases");
        let visitor = app.visitor();
        let lead = app.lead_row(&visitor.submitted(&with(visitor.lead().await, json!({ "message": "Buy our mattresses!" }))).await).await;
        assert!(lead.spam_reasons.to_string().contains("SALES_PHRASE"), "{:?}", lead.spam_reasons);
    }

    async fn a_line_that_is_no_phrase_is_named_and_nothing_is_stored(app: TestApp) {
        let owner = app.staff(Role::Owner).await;
        let own = "[English: suicide]\nend ..\nlast light\nlose~ hope";
        let refused = owner.ask(SAVE, json!({ "input": { "kind": "DANGER", "version": 0, "own": own } })).await;
        let refused = refused.refused("saveLeadPhrases");
        assert!(refused.starts_with("INVALID input.own: Line 2: "), "{refused}");
        assert!(refused.contains("\nLine 4: "), "{refused}");
        let tried = tried(&owner, "DANGER", own, "the last light").await;
        assert_eq!((&tried["dangers"], &tried["badLines"][0]["line"]), (&json!(["SUICIDE"]), &json!(2)));
        let lists = owner.ask(LISTS, Value::Null).await.data()["leadPhrases"].clone();
        assert_eq!((&lists[0]["own"], &lists[0]["version"]), (&json!(""), &json!(0)));
    }
}
