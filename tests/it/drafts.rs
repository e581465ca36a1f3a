//! Drafts are never lost: autosaves, two people at once, lost answers, and who else is there.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{TimeDelta, Utc};
use entity::{id::RevisionId, presence, revision, user::Role};
use hillside::server;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel, PaginatorTrait};
use serde_json::{Map, Value, json};

use crate::support::{
    Answer, Staff, TestApp,
    entry::{Draft, page, quote},
    on_both,
};

const SAVE: &str = "mutation ($input: SaveDraftInput!) { saveDraft(input: $input) {
    draft { merged conflicts { block path base theirs yours }
        entry { status title path draft { id number kind note content } revisions(first: 100) { number kind } } }
    userErrors { code message path } } }";

async fn save(staff: &Staff, page: &Draft, input: Value) -> Answer {
    let mut whole = json!({ "id": page.id, "baseRevision": page.revision });
    whole.as_object_mut().unwrap().extend(input.as_object().unwrap().clone());
    staff.ask(SAVE, json!({ "input": whole })).await
}

/// The draft after a save that went well.
fn saved(answer: &Answer, page: &Draft) -> Draft {
    let revision = answer.done("saveDraft")["draft"]["entry"]["draft"]["id"].as_str().unwrap().to_owned();
    Draft { revision, ..page.clone() }
}

fn lanes(answer: &Answer) -> Vec<String> {
    let rows = answer.done("saveDraft")["draft"]["entry"]["revisions"].as_array().unwrap().clone();
    rows.iter().map(|row| format!("{}{}", row["number"], &row["kind"].as_str().unwrap()[..1])).collect()
}

on_both! {
    async fn a_patch_changes_what_it_names_and_nothing_else(app: TestApp) {
        let editor = app.staff(Role::Editor).await;
        let first = editor.create_page("a", json!({ "title": "First", "summary": "Kept.", "blocks": [quote("a", "One."), quote("b", "Two.")] })).await;
        let patch = json!({ "fields": { "title": "Second" }, "blocks": [quote("c", "Three."), quote("a", "Uno.")], "order": ["c", "a"] });
        let answer = save(&editor, &first, json!({ "patch": patch, "kind": "AUTOSAVE" })).await;
        let entry = &answer.done("saveDraft")["draft"]["entry"];
        let content = &entry["draft"]["content"];
        assert_eq!((&content["title"], &content["summary"]), (&json!("Second"), &json!("Kept.")));
        assert_eq!(content["blocks"], json!([quote("c", "Three."), quote("a", "Uno.")]));
        assert_eq!((&entry["title"], &entry["draft"]["kind"], &entry["draft"]["number"]), (&json!("Second"), &json!("AUTOSAVE"), &json!(2)));

        let second = saved(&answer, &first);
        let added = save(&editor, &second, json!({ "patch": { "blocks": [quote("d", "Four.")] } })).await;
        let content = &added.done("saveDraft")["draft"]["entry"]["draft"]["content"];
        assert_eq!(content["blocks"], json!([quote("c", "Three."), quote("a", "Uno."), quote("d", "Four.")]));
        assert_eq!(lanes(&added), ["2S", "2A", "1S"]);

        let refused = |patch: Value| { let (editor, second) = (&editor, &second); async move { save(editor, second, json!({ "patch": patch })).await.refused("saveDraft") } };
        assert!(refused(json!({ "order": ["nobody"] })).await.starts_with("NOT_FOUND input.patch.order: "));
        assert!(refused(json!({ "fields": { "blocks": [] } })).await.starts_with("INVALID input.patch.fields.blocks: "));
        assert!(refused(json!({ "fields": { "title": 5 } })).await.starts_with("INVALID input.content.title: "));
        assert!(refused(json!({ "fields": { "nonsense": 5 } })).await.starts_with("INVALID input.content.nonsense: "));
    }

    async fn whoever_takes_every_change_back_has_no_unpublished_changes(app: TestApp) {
        let editor = app.staff(Role::Editor).await;
        let public = editor.published_page("a", page("Public", vec![quote("a", "One.")])).await;
        let titled = |title: &str| json!({ "patch": { "fields": { "title": title } }, "kind": "AUTOSAVE" });
        let answer = save(&editor, &public, titled("Changed")).await;
        assert_eq!(answer.done("saveDraft")["draft"]["entry"]["status"], "LIVE_WITH_CHANGES");
        let changed = saved(&answer, &public);
        let answer = save(&editor, &changed, titled("Public")).await;
        let entry = &answer.done("saveDraft")["draft"]["entry"];
        assert_eq!((&entry["status"], &entry["title"]), (&json!("LIVE"), &json!("Public")));
        let back = saved(&answer, &public);
        let listed = async |status: &str| {
            let query = "query ($status: EntryStatus!) { pages(filter: { status: $status }) { totalCount } }";
            editor.ask(query, json!({ "status": status })).await.data()["pages"]["totalCount"].clone()
        };
        assert_eq!((listed("LIVE").await, listed("LIVE_WITH_CHANGES").await), (json!(1), json!(0)));

        // Somebody else writes elsewhere; the same words typed once more are not taken for those that were taken back.
        let other = app.staff(Role::Editor).await;
        save(&other, &back, json!({ "patch": { "blocks": [quote("b", "Two.")] }, "kind": "AUTOSAVE" })).await.done("saveDraft");
        let late = save(&editor, &back, titled("Changed")).await;
        let entry = &late.done("saveDraft")["draft"]["entry"];
        assert_eq!((&entry["status"], &entry["title"]), (&json!("LIVE_WITH_CHANGES"), &json!("Changed")));
        assert_eq!(entry["draft"]["content"]["blocks"], json!([quote("a", "One."), quote("b", "Two.")]));

        // What is made public, or taken back, is compared with the draft anew.
        let late = saved(&late, &public);
        editor.publish_page(&late).await;
        assert_eq!((listed("LIVE").await, listed("LIVE_WITH_CHANGES").await), (json!(1), json!(0)));
        editor.entry("unpublishPage", json!({ "id": public.id })).await.done("unpublishPage");
        assert_eq!((listed("LIVE").await, listed("DRAFT").await), (json!(0), json!(1)));
    }

    async fn an_autosave_becomes_a_version_when_it_is_published_or_planned(app: TestApp) {
        let editor = app.staff(Role::Editor).await;
        let first = editor.create_page("a", page("First", vec![])).await;
        let autosave = async |on: &Draft, title: &str| saved(&save(&editor, on, json!({ "patch": { "fields": { "title": title } }, "kind": "AUTOSAVE" })).await, on);
        let second = autosave(&first, "Second").await;
        let third = autosave(&second, "Third").await;
        editor.publish_page(&third).await;
        let fourth = autosave(&third, "Fourth").await;
        let input = json!({ "id": fourth.id, "revision": fourth.revision, "runAt": Utc::now() + TimeDelta::hours(1), "timeZone": "Europe/Berlin" });
        let query = "mutation ($input: SchedulePublishInput!) { schedulePublish(input: $input) { schedule { id } userErrors { code message path } } }";
        editor.ask(query, json!({ "input": input })).await.done("schedulePublish");
        let last = save(&editor, &fourth, json!({ "patch": { "fields": { "title": "Fifth" } }, "note": "Done" })).await;
        assert_eq!(lanes(&last), ["4S", "3S", "2S", "2A", "1S"]);
    }

    async fn a_lost_answer_is_no_conflict_with_oneself(app: TestApp) {
        let (ada, bea) = (app.staff(Role::Editor).await, app.staff(Role::Editor).await);
        let first = ada.create_page("a", page("First", vec![quote("a", "One."), quote("b", "Two.")])).await;
        let tab = "0198c0de-0000-7000-8000-000000000001";
        let typed = |text: &str| json!({ "patch": { "blocks": [quote("a", text)] }, "kind": "AUTOSAVE", "tab": tab });
        for text in ["One and", "One and a", "One and a half."] {
            let answer = save(&ada, &first, typed(text)).await;
            assert_eq!(answer.done("saveDraft")["draft"]["entry"]["draft"]["content"]["blocks"][0], quote("a", text));
        }
        // From another window the same is somebody else's.
        let other = json!({ "patch": { "blocks": [quote("a", "Eins.")] }, "tab": "0198c0de-0000-7000-8000-000000000002" });
        let answer = save(&ada, &first, other).await;
        assert_eq!(answer.done("saveDraft")["draft"]["conflicts"][0]["path"], json!(["text"]));
        // What somebody else saved in between stays.
        save(&bea, &first, json!({ "patch": { "blocks": [quote("b", "Zwei.")] } })).await.done("saveDraft");
        let answer = save(&ada, &first, typed("One and all.")).await;
        let draft = &answer.done("saveDraft")["draft"];
        assert_eq!((&draft["merged"], &draft["conflicts"]), (&json!(true), &json!([])));
        assert_eq!(draft["entry"]["draft"]["content"]["blocks"], json!([quote("a", "One and all."), quote("b", "Zwei.")]));
    }

    async fn where_both_wrote_somebody_chooses(app: TestApp) {
        let (ada, bea) = (app.staff(Role::Editor).await, app.staff(Role::Editor).await);
        let first = ada.create_page("a", page("First", vec![quote("a", "One."), quote("b", "Two.")])).await;
        ada.save_page(&first, page("Ada's", vec![quote("a", "One of Ada."), quote("b", "Two.")])).await;
        let patch = json!({ "fields": { "title": "Bea's" }, "blocks": [quote("a", "One of Bea."), quote("b", "Two of Bea.")] });
        let apart = save(&bea, &first, json!({ "patch": patch })).await;
        let draft = &apart.done("saveDraft")["draft"];
        let expected = json!([
            { "block": null, "path": ["title"], "base": "First", "theirs": "Ada's", "yours": "Bea's" },
            { "block": "a", "path": ["text"], "base": "One.", "theirs": "One of Ada.", "yours": "One of Bea." },
        ]);
        assert_eq!((&draft["conflicts"], &draft["entry"]["title"]), (&expected, &json!("Ada's")));
        let choices = json!([{ "path": ["title"], "keep": "THEIRS" }, { "block": "a", "path": ["text"], "keep": "YOURS" }]);
        let unseen = save(&bea, &first, json!({ "patch": patch, "choices": choices })).await.refused("saveDraft");
        assert!(unseen.starts_with("REQUIRED input.choicesOn: "), "{unseen}");
        let seen = draft["entry"]["draft"]["id"].clone();

        // What Ada writes after that was not what Bea chose against: it is told again, and what was not touched is settled.
        let second = Draft { id: first.id.clone(), revision: seen.as_str().unwrap().to_owned() };
        ada.save_page(&second, page("Ada's", vec![quote("a", "One of Ada, and more."), quote("b", "Two.")])).await;
        let again = save(&bea, &first, json!({ "patch": patch, "choices": choices, "choicesOn": seen })).await;
        let draft = &again.done("saveDraft")["draft"];
        assert_eq!(draft["conflicts"], json!([
            { "block": "a", "path": ["text"], "base": "One.", "theirs": "One of Ada, and more.", "yours": "One of Bea." },
        ]));
        let seen = draft["entry"]["draft"]["id"].clone();
        let chosen = save(&bea, &first, json!({ "patch": patch, "choices": choices, "choicesOn": seen })).await;
        let content = &chosen.done("saveDraft")["draft"]["entry"]["draft"]["content"];
        assert_eq!((&content["title"], &content["blocks"]), (&json!("Ada's"), &json!([quote("a", "One of Bea."), quote("b", "Two of Bea.")])));
    }

    async fn an_answer_that_was_lost_after_bringing_together_is_no_conflict_with_oneself(app: TestApp) {
        let (ada, bea) = (app.staff(Role::Editor).await, app.staff(Role::Editor).await);
        let first = ada.create_page("a", page("First", vec![quote("a", "One."), quote("b", "Two.")])).await;
        bea.save_page(&first, page("First", vec![quote("a", "One."), quote("b", "Two of Bea.")])).await;
        let tab = "0198c0de-0000-7000-8000-000000000001";
        let sent = json!({ "blocks": [quote("a", "One of Ada"), quote("n", "New.")], "order": ["a", "b", "n"] });
        save(&ada, &first, json!({ "tab": tab, "kind": "AUTOSAVE", "patch": sent })).await.done("saveDraft");

        // Ada never heard of that. She writes on in one block and takes the new one out again; Bea's words stay.
        let later = json!({ "blocks": [quote("a", "One of Ada, and more.")] });
        let answer = save(&ada, &first, json!({ "tab": tab, "kind": "AUTOSAVE", "patch": later })).await;
        let draft = &answer.done("saveDraft")["draft"];
        assert_eq!(draft["conflicts"], json!([]));
        assert_eq!(draft["entry"]["draft"]["content"]["blocks"], json!([quote("a", "One of Ada, and more."), quote("b", "Two of Bea.")]));
    }

    async fn autosaves_thin_out_after_a_day_and_what_was_written_on_them_is_still_saved(app: TestApp) {
        let editor = app.staff(Role::Editor).await;
        let first = editor.create_page("a", page("First", vec![])).await;
        let autosave = |title: String| json!({ "patch": { "fields": { "title": title } }, "kind": "AUTOSAVE" });
        let mut on = first.clone();
        let mut lane = Vec::new();
        for number in 0..6 {
            on = saved(&save(&editor, &on, autosave(format!("Title {number}"))).await, &on);
            lane.push(on.clone());
        }
        let began = (Utc::now() - TimeDelta::days(3)).timestamp() / 600 * 600;
        for (place, draft) in lane.iter().enumerate() {
            let id: RevisionId = draft.revision.parse().unwrap();
            let row = revision::Entity::find_by_id(id).one(app.app.db.reader()).await.unwrap().unwrap();
            let mut row = row.into_active_model();
            let at = began + if place < 4 { i64::try_from(place).unwrap() } else { 700 };
            row.created_at = Set(chrono::DateTime::from_timestamp(at, 0).unwrap());
            row.update(app.app.db.writer()).await.unwrap();
        }
        // They do so whether somebody saves again or not.
        server::empty_trash(&app.app, Utc::now()).await.expect("a round");
        assert_eq!(revision::Entity::find().count(app.app.db.reader()).await.unwrap(), 3);
        let last = save(&editor, &on, autosave("Today".to_owned())).await;
        assert_eq!(lanes(&last), ["2A", "2A", "2A", "1S"], "the last of each ten minutes, and today's");

        let gone = &lane[1];
        let refused = save(&editor, gone, autosave("Late".to_owned())).await.refused("saveDraft");
        assert!(refused.starts_with("NOT_FOUND input.baseRevision: "), "{refused}");
        let whole = json!({ "patch": { "whole": true, "fields": { "title": "Late", "summary": "" }, "blocks": [quote("n", "New.")] }, "choices": [{ "path": ["title"], "keep": "YOURS" }], "choicesOn": last.done("saveDraft")["draft"]["entry"]["draft"]["id"] });
        let late = save(&editor, gone, whole).await;
        let content = &late.done("saveDraft")["draft"]["entry"]["draft"]["content"];
        assert_eq!((&content["title"], &content["blocks"]), (&json!("Late"), &json!([quote("n", "New.")])));
    }

    async fn nobody_takes_anothers_window(app: TestApp) {
        let (ada, bea) = (app.staff(Role::Editor).await, app.staff(Role::Reviewer).await);
        let draft = ada.create_page("a", page("First", vec![])).await;
        let here = "mutation ($input: AnnouncePresenceInput!) { announcePresence(input: $input) { presence { others { tab user { id } } } userErrors { message } } }";
        let tab = |last: u8| format!("0198c0de-0000-7000-8000-00000000000{last}");
        let announce = async |staff: &Staff, last: u8| {
            let answer = staff.ask(here, json!({ "input": { "id": draft.id, "tab": tab(last) } })).await;
            answer.done("announcePresence")["presence"]["others"].clone()
        };
        announce(&ada, 1).await;
        announce(&bea, 2).await;
        announce(&bea, 1).await;
        let others = announce(&bea, 2).await;
        assert_eq!(others, json!([{ "tab": tab(1), "user": { "id": ada.id } }]));
    }

    async fn windows_know_of_each_other(app: TestApp) {
        let (ada, bea) = (app.staff(Role::Editor).await, app.staff(Role::Reviewer).await);
        let draft = ada.create_page("a", page("First", vec![])).await;
        let here = async |staff: &Staff, tab: u8, more: Value| {
            let mut input = json!({ "id": draft.id, "tab": format!("0198c0de-0000-7000-8000-0000000000{tab:02}") });
            input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            let query = "mutation ($input: AnnouncePresenceInput!) { announcePresence(input: $input) {
                presence { latest others { tab block user { name } } } userErrors { code message path } } }";
            let answer = staff.ask(query, json!({ "input": input })).await;
            answer.done("announcePresence")["presence"].clone()
        };
        let alone = here(&ada, 1, json!({})).await;
        assert_eq!((&alone["others"], &alone["latest"]), (&json!([]), &json!(draft.revision)));
        let both = here(&bea, 2, json!({ "block": "k1" })).await;
        assert_eq!(both["others"].as_array().unwrap().len(), 1);
        assert_eq!(here(&ada, 1, json!({})).await["others"][0]["block"], "k1");
        // Nobody ends another's window.
        here(&ada, 2, json!({ "leaving": true })).await;
        assert_eq!(here(&ada, 1, json!({})).await["others"].as_array().unwrap().len(), 1);
        here(&bea, 2, json!({ "leaving": true })).await;
        assert_eq!(here(&ada, 1, json!({})).await["others"], json!([]));
        // Who says nothing is gone.
        here(&bea, 2, json!({})).await;
        let past = presence::ActiveModel { seen_at: Set(Utc::now() - TimeDelta::minutes(1)), ..Default::default() };
        presence::Entity::update_many().set(past).exec(app.app.db.writer()).await.unwrap();
        assert_eq!(here(&ada, 1, json!({})).await["others"], json!([]));
    }

    async fn ten_thousand_steps_of_two_editors_lose_no_edit(app: TestApp) {
        Fuzz::begin(&app).await.run(10_000).await;
    }
}

/// Two editors who write on one page, and an account of what each of them did since the draft they write on.
struct Fuzz {
    desks: [Desk; 2],
    random: u64,
    keys: u64,
    conflicts: usize,
    merges: usize,
}

/// One of them: what they know to be saved, and what they have made of it.
struct Desk {
    staff: Staff,
    page: Draft,
    known: Value,
    mine: Value,
}

/// What a window reads of a save.
const SENT: &str = "mutation ($input: SaveDraftInput!) { saveDraft(input: $input) {
    draft { merged conflicts { block path } entry { draft { id content } } } userErrors { code message path } } }";

impl Fuzz {
    async fn begin(app: &TestApp) -> Self {
        let staff = [app.staff(Role::Editor).await, app.staff(Role::Editor).await];
        let page = staff[0].create_page("fuzz", page("Begin", vec![quote("k0", "Zero.")])).await;
        let known = Self::latest(&staff[0], &page).await;
        let desks = staff.map(|staff| Desk { staff, page: page.clone(), mine: known.clone(), known: known.clone() });
        Self { desks, random: 7, keys: 1, conflicts: 0, merges: 0 }
    }

    async fn latest(staff: &Staff, page: &Draft) -> Value {
        let answer =
            staff.ask("query ($id: ID!) { page(id: $id) { draft { content } } }", json!({ "id": page.id })).await;
        answer.data()["page"]["draft"]["content"].clone()
    }

    fn roll(&mut self, sides: usize) -> usize {
        self.random = self.random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.random >> 33).unwrap() % sides.max(1)
    }

    async fn run(mut self, steps: usize) {
        for step in 0..steps {
            let who = self.roll(2);
            self.edit(who, step);
            if self.roll(3) == 0 {
                self.save(who).await;
            }
        }
        for who in [0, 1, 0] {
            self.save(who).await;
        }
        assert_eq!(self.desks[0].mine, Self::latest(&self.desks[1].staff, &self.desks[1].page).await);
        assert!(self.conflicts > steps / 200 && self.merges > steps / 50, "{} {}", self.conflicts, self.merges);
    }

    fn edit(&mut self, who: usize, step: usize) {
        let (what, text, key) = (self.roll(10), format!("Step {step}."), format!("k{}", self.keys));
        let place = self.roll(self.desks[who].mine["blocks"].as_array().unwrap().len());
        let to = self.roll(8);
        let mine = &mut self.desks[who].mine;
        match what {
            0 => mine["title"] = json!(text),
            1 => mine["seo"]["description"] = json!(text),
            _ => {
                let blocks = mine["blocks"].as_array_mut().unwrap();
                match what {
                    2 | 3 if blocks.len() < 12 => {
                        blocks.insert(to.min(blocks.len()), quote(&key, &text));
                        self.keys += 1;
                    }
                    4 if !blocks.is_empty() => drop(blocks.remove(place)),
                    5 if !blocks.is_empty() => {
                        let block = blocks.remove(place);
                        blocks.insert(to.min(blocks.len()), block);
                    }
                    6 if !blocks.is_empty() => blocks[place]["quote"]["attribution"] = json!(text),
                    _ if !blocks.is_empty() => blocks[place]["quote"]["text"] = json!(text),
                    _ => mine["summary"] = json!(text),
                }
            }
        }
    }

    /// Saves one desk's work as its window would, choosing at random where it has to, and holds the result against what
    /// both did.
    async fn save(&mut self, who: usize) {
        let kind = if self.roll(4) == 0 { "SAVED" } else { "AUTOSAVE" };
        let Desk { staff, page, known, mine } = &self.desks[who];
        let theirs = Self::latest(staff, page).await;
        let mut input =
            json!({ "id": page.id, "baseRevision": page.revision, "patch": patch(known, mine), "kind": kind });
        let first = staff.ask(SENT, json!({ "input": input })).await.done("saveDraft")["draft"].clone();
        let mut chosen: BTreeMap<String, &str> = BTreeMap::new();
        let conflicts = first["conflicts"].as_array().unwrap().clone();
        let done = if conflicts.is_empty() {
            first
        } else {
            let mut choices = conflicts.clone();
            for choice in &mut choices {
                let keep = if self.roll(2) == 0 { "THEIRS" } else { "YOURS" };
                let path: Vec<&str> = choice["path"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
                chosen.insert(name(choice["block"].as_str(), &path.join(".")), keep);
                choice["keep"] = json!(keep);
            }
            input["choices"] = json!(choices);
            input["choicesOn"] = first["entry"]["draft"]["id"].clone();
            self.desks[who].staff.ask(SENT, json!({ "input": input })).await.done("saveDraft")["draft"].clone()
        };
        assert_eq!(done["conflicts"], json!([]), "chosen, and still apart");
        self.conflicts += conflicts.len();
        self.merges += usize::from(done["merged"] == json!(true));
        let result = done["entry"]["draft"]["content"].clone();
        let desk = &mut self.desks[who];
        account(&desk.known, &theirs, &desk.mine, &result, &chosen);
        desk.page.revision = done["entry"]["draft"]["id"].as_str().unwrap().to_owned();
        (desk.known, desk.mine) = (result.clone(), result);
    }
}

/// What a window sends of its changes.
fn patch(known: &Value, mine: &Value) -> Value {
    let changed = ["title", "summary", "seo"].into_iter().filter(|name| mine[*name] != known[*name]);
    let fields: Map<String, Value> = changed.map(|name| (name.to_owned(), mine[name].clone())).collect();
    let before = known["blocks"].as_array().unwrap();
    let blocks: Vec<&Value> =
        mine["blocks"].as_array().unwrap().iter().filter(|block| !before.contains(block)).collect();
    let order = (keys(known) != keys(mine)).then(|| keys(mine));
    json!({ "fields": fields, "blocks": blocks, "order": order })
}

fn name(block: Option<&str>, path: &str) -> String {
    format!("{}:{path}", block.unwrap_or_default())
}

/// Every place with what is there; a block as a whole where not all four have it.
fn places(document: &Value, whole: &BTreeSet<String>) -> BTreeMap<String, Value> {
    let mut places = BTreeMap::new();
    for field in ["title", "summary"] {
        places.insert(name(None, field), document[field].clone());
    }
    places.insert(name(None, "seo.description"), document["seo"]["description"].clone());
    for block in document["blocks"].as_array().unwrap() {
        let fields = block["quote"].as_object().unwrap();
        let key = fields["key"].as_str().unwrap();
        if whole.contains(key) {
            places.insert(name(Some(key), ""), block.clone());
        } else {
            places.extend(fields.iter().map(|(field, value)| (name(Some(key), field), value.clone())));
        }
    }
    places
}

fn keys(document: &Value) -> Vec<&str> {
    document["blocks"].as_array().unwrap().iter().map(|it| it["quote"]["key"].as_str().unwrap()).collect()
}

/// Holds a result against what each side did, without asking how it was made.
fn account(base: &Value, theirs: &Value, mine: &Value, result: &Value, chosen: &BTreeMap<String, &str>) {
    let sides = [base, theirs, mine];
    let everybody: BTreeSet<&str> = sides.iter().flat_map(|side| keys(side)).collect();
    let missing = |key: &&&str| sides.iter().any(|side| !keys(side).contains(*key));
    let whole: BTreeSet<String> = everybody.iter().filter(missing).map(|key| (*key).to_owned()).collect();
    let [b, t, m] = sides.map(|side| places(side, &whole));
    let r = places(result, &whole);
    for place in b.keys().chain(t.keys()).chain(m.keys()).chain(r.keys()) {
        let (b, t, m, r) = (b.get(place), t.get(place), m.get(place), r.get(place));
        let expected = match chosen.get(place) {
            Some(&"THEIRS") => t,
            Some(_) => m,
            None if t == m || t == b => m,
            None if m == b => t,
            None => panic!("{place}: both changed {b:?}, to {t:?} and {m:?}, and nobody was asked"),
        };
        assert_eq!(r, expected, "{place}: from {b:?} they made {t:?} and I {m:?}");
    }
    let common: BTreeSet<&str> = everybody
        .iter()
        .copied()
        .filter(|key| sides.iter().chain([&result]).all(|side| keys(side).contains(key)))
        .collect();
    let order = |side| -> Vec<&str> { keys(side).into_iter().filter(|key| common.contains(key)).collect() };
    let (b, t, m, r) = (order(base), order(theirs), order(mine), order(result));
    if !chosen.contains_key(":blocks") {
        if t == b || t == m {
            assert_eq!(r, m, "only I moved blocks");
        } else if m == b {
            assert_eq!(r, t, "only they moved blocks");
        }
    }
}
