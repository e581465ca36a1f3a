//! The past: what changed between two versions, and what the public read at a time.

use entity::user::Role;
use serde_json::{Value, json};

use crate::support::{
    Staff,
    entry::{Draft, linked, page, quote, words},
    on_both,
};

async fn comparison(staff: &Staff, from: &Draft, to: &Draft) -> Value {
    let query = "query ($from: ID!, $to: ID!) { compareRevisions(from: $from, to: $to) {
        from { number } to { number }
        fields { path words { kind text } }
        blocks { key blockKind change moved before after summary fields { path words { kind text } } old }
    } }";
    let answer = staff.ask(query, json!({ "from": from.revision, "to": to.revision })).await;
    answer.data()["compareRevisions"].clone()
}

async fn as_of(staff: &Staff, draft: &Draft, at: &str) -> Value {
    let query = "query ($id: ID!, $at: DateTime!) { asOf(id: $id, at: $at) { title } }";
    staff.ask(query, json!({ "id": draft.id, "at": at })).await.data()["asOf"]["title"].clone()
}

on_both! {
    async fn two_versions_are_compared_by_block_then_field_then_word(app: TestApp) {
        let editor = app.staff(Role::Editor).await;
        let text = |key: &str, said: &str| json!({ "richText": { "key": key, "body": words(said) } });
        let first = editor.create_page("a", page("First", vec![quote("a", "One."), text("b", "It lasts an hour."), quote("c", "Gone.")])).await;
        let second = editor.save_page(&first, page("Second", vec![text("b", "It lasts two hours."), quote("a", "One."), quote("d", "New.")])).await;

        let changed = comparison(&editor, &first, &second).await;
        assert_eq!((&changed["from"]["number"], &changed["to"]["number"]), (&json!(1), &json!(2)));
        let said = |words: &Value| -> Vec<String> {
            let run = |run: &Value| format!("{} {}", run["kind"].as_str().unwrap(), run["text"].as_str().unwrap());
            words.as_array().unwrap().iter().map(run).collect()
        };
        assert_eq!(changed["fields"][0]["path"], json!(["title"]));
        assert_eq!(said(&changed["fields"][0]["words"]), ["REMOVED First", "ADDED Second"]);
        let blocks: Vec<_> = changed["blocks"].as_array().unwrap().iter().map(|block| {
            format!("{} {} {} {}→{}", block["key"].as_str().unwrap(), block["change"].as_str().unwrap(), block["moved"], block["before"], block["after"])
        }).collect();
        assert_eq!(blocks, ["b CHANGED false 2→1", "c REMOVED false 3→null", "a MOVED true 1→2", "d ADDED false null→3"]);
        let field = &changed["blocks"][0]["fields"][0];
        assert_eq!(field["path"], json!(["body"]));
        assert_eq!(said(&field["words"]).first().map(String::as_str), Some("KEPT It lasts "));
        assert_eq!(changed["blocks"][1]["summary"], "Gone.");
        assert_eq!(changed["blocks"][1]["old"], json!({ "quote": { "key": "c", "text": "Gone.", "attribution": "" } }));

        let same = comparison(&editor, &second, &second).await;
        assert_eq!((&same["fields"], &same["blocks"]), (&json!([]), &json!([])));
        let other = editor.create_page("b", page("Other", vec![])).await;
        let query = "query ($from: ID!, $to: ID!) { compareRevisions(from: $from, to: $to) { from { number } } }";
        let answer = editor.ask(query, json!({ "from": first.revision, "to": other.revision })).await;
        assert_eq!(answer.errors(), "BAD_USER_INPUT: Both versions must be of the same page or therapy.");
        let answer = editor.ask(query, json!({ "from": first.revision, "to": "nothing" })).await;
        assert_eq!(answer.data()["compareRevisions"], Value::Null);
    }

    async fn a_link_that_leads_elsewhere_and_a_person_who_is_another_are_told_by_name(app: TestApp) {
        let app = app.with_demo().await;
        let editor = app.staff(Role::Editor).await;
        let (one, other) = (editor.target("PAGE", "/admissions").await, editor.target("PAGE", "/about").await);
        let (robin, jordan) = (editor.target("PERSON", "Robin").await, editor.target("PERSON", "Jordan").await);
        let content = |to: &str, author: &str, blocks: Vec<Value>| {
            let mut blocks = blocks;
            blocks.push(linked("a", "there", json!({ "page": to })));
            json!({ "title": "Same", "author": author, "blocks": blocks })
        };
        let strong = |marks: Value| json!({ "richText": { "key": "b", "body": { "type": "doc", "v": 1, "content": [
            { "type": "paragraph", "content": [{ "type": "text", "text": "Call first.", "marks": marks }] }
        ] } } });
        let first = editor.create_page("same", content(&one, &robin, vec![strong(json!([]))])).await;
        let second = editor.save_page(&first, content(&other, &jordan, vec![strong(json!([{ "type": "strong" }]))])).await;
        let changed = comparison(&editor, &first, &second).await;
        let of = |words: &Value, kinds: [&str; 2]| -> String {
            let runs = words.as_array().unwrap().iter().filter(|run| kinds.contains(&run["kind"].as_str().unwrap()));
            runs.map(|run| run["text"].as_str().unwrap()).collect()
        };
        let [before, after] = [["KEPT", "REMOVED"], ["KEPT", "ADDED"]];
        let author = &changed["fields"][0];
        assert_eq!(author["path"], json!(["author"]));
        assert_eq!((of(&author["words"], before).as_str(), of(&author["words"], after).as_str()), ("Robin Sample, MPH", "Jordan Example, MD"));
        let emphasis = &changed["blocks"][0]["fields"][0]["words"];
        assert_eq!((of(emphasis, before).as_str(), of(emphasis, after).as_str()), ("Call first.", "**Call first.**"));
        let link = &changed["blocks"][1]["fields"][0]["words"];
        assert!(of(link, before).contains("(/admissions)]") && of(link, after).contains("(/about"), "{link}");
    }

    async fn the_past_is_what_the_public_read_then(app: TestApp) {
        let editor = app.staff(Role::Editor).await;
        let now = || chrono::Utc::now().to_rfc3339();
        let before = now();
        let first = editor.published_page("a", page("First", vec![])).await;
        let then = now();
        let second = editor.save_page(&first, page("Second", vec![])).await;
        editor.publish_page(&second).await;
        let later = now();
        editor.entry("unpublishPage", json!({ "id": first.id })).await.done("unpublishPage");
        let gone = now();

        assert_eq!(as_of(&editor, &first, &before).await, Value::Null);
        assert_eq!(as_of(&editor, &first, &then).await, "First");
        assert_eq!(as_of(&editor, &first, &later).await, "Second");
        assert_eq!(as_of(&editor, &first, &gone).await, Value::Null);

        let query = "query ($id: ID!) { publications(id: $id) { revision endedAt publishedBy { name } } }";
        let answer = editor.ask(query, json!({ "id": first.id })).await;
        let told = answer.data()["publications"].as_array().unwrap().clone();
        assert_eq!(told.iter().map(|it| it["revision"].clone()).collect::<Vec<_>>(), [json!(second.revision), json!(first.revision)]);
        assert!(told.iter().all(|it| it["endedAt"].is_string() && it["publishedBy"]["name"].is_string()), "{told:?}");
    }
}
