//! The demo content: a sample centre whose pages show every kind of block, loaded into an empty database.
//!
//! It goes through the same verbs as an editor's work, so it is valid by the same rules. In its files an id is written
//! as `@page/admissions` or `@contactPoint/crisis-988`; the loader puts the ids in.

mod many;

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::{
    brand,
    content::{PageContent, TherapyContent},
    entry::{self, EntryKind},
    fact::FactInput,
    id::{PageId, RevisionId, TherapyId},
    page::PageKind,
};
use rust_embed::RustEmbed;
use sea_orm::{ConnectionTrait, DatabaseTransaction, EntityTrait, PaginatorTrait};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;

use crate::{
    app::App,
    content::page,
    error::{Error, Result},
    identity::{Actor, Audit},
    library,
    media::{self, NewMedia, Pictures},
    publishing::{self, DraftChange, Indexers, Onto, Written},
    therapies::therapy,
};

pub use self::many::fill;

#[derive(RustEmbed)]
#[folder = "demo"]
struct Files;

/// What came of loading the demo content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loaded {
    /// It is there now.
    Done,
    /// Somebody's content is there already; nothing was touched.
    NotEmpty,
}

/// Loads the demo content in one transaction, unless there is content already.
pub async fn load(app: &App, indexers: Indexers, now: DateTime<Utc>) -> Result<Loaded> {
    let audit = app.identity.audit();
    let tx = app.db.begin().await?;
    let entries = entry::Entity::find().count(&tx).await?;
    if entries > 0 || brand::Entity::find().count(&tx).await? > 0 {
        return Ok(Loaded::NotEmpty);
    }
    let mut ids = Ids::default();
    let library: Library = read(&ids, "library.json")?;
    load_facts(&tx, audit, &mut ids, library.facts, now).await?;
    load_pictures(&tx, &app.media, &mut ids, &library.media, now).await?;
    let drafts = [load_therapies(&tx, &mut ids, now).await?, load_pages(&tx, indexers, &mut ids, now).await?].concat();
    for entry in drafts {
        publishing::publish(&tx, Actor::System, audit, indexers, entry.id, draft_of(&entry)?, now).await?;
    }
    load_facts(&tx, audit, &mut ids, library.site, now).await?;
    tx.commit().await?;
    Ok(Loaded::Done)
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Library {
    /// What pages point at.
    facts: Vec<Fact>,
    /// What points at pages.
    site: Vec<Fact>,
    media: Vec<Picture>,
}

#[derive(Deserialize)]
struct Fact {
    /// What the files call it.
    key: String,
    #[serde(flatten)]
    fields: Value,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Picture {
    key: String,
    file: String,
    alt: String,
}

#[derive(Deserialize)]
struct PageFile {
    content: PageContent,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TherapyFile {
    slug: String,
    content: TherapyContent,
}

/// What each `@kind/key` stands for.
#[derive(Default)]
struct Ids(HashMap<String, String>);

impl Ids {
    fn add(&mut self, kind: &str, key: &str, id: impl ToString) {
        self.0.insert(format!("@{kind}/{key}"), id.to_string());
    }

    /// Puts the ids in, everywhere in a file.
    fn fill(&self, value: &mut Value) {
        match value {
            Value::String(text) => {
                if let Some(id) = self.0.get(text.as_str()) {
                    *text = id.clone();
                }
            }
            Value::Array(items) => items.iter_mut().for_each(|item| self.fill(item)),
            Value::Object(fields) => fields.values_mut().for_each(|field| self.fill(field)),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }
}

fn read<T: DeserializeOwned>(ids: &Ids, name: &str) -> Result<T> {
    let file = Files::get(name).ok_or_else(|| Error::internal(format!("the demo content lacks {name}")))?;
    let mut value: Value = serde_json::from_slice(&file.data)?;
    ids.fill(&mut value);
    serde_json::from_value(value).map_err(|cause| Error::internal(format!("demo content, {name}: {cause}")))
}

/// The files of a folder by name, each with its slug.
fn files(folder: &str) -> Vec<String> {
    let mut names: Vec<String> =
        Files::iter().filter(|name| name.starts_with(folder)).map(|name| name.into_owned()).collect();
    names.sort();
    names
}

/// The key a page or therapy is named by: its file's name.
fn key_of(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name).trim_end_matches(".json")
}

/// Makes each fact once what it points at is there.
async fn load_facts(
    db: &impl ConnectionTrait,
    audit: &Audit,
    ids: &mut Ids,
    facts: Vec<Fact>,
    now: DateTime<Utc>,
) -> Result<()> {
    for Fact { key, mut fields } in facts {
        ids.fill(&mut fields);
        let input: FactInput = serde_json::from_value(fields)?;
        let kind = input.kind();
        let fact = library::create_fact(db, Actor::System, audit, input, now).await?;
        ids.add(kind.key(), &key, fact.id);
    }
    Ok(())
}

fn draft_of(entry: &entry::Model) -> Result<RevisionId> {
    entry.latest_revision_id.ok_or_else(|| Error::internal(format!("{} has no draft", entry.id)))
}

async fn load_pictures(
    db: &impl ConnectionTrait,
    pictures: &Pictures,
    ids: &mut Ids,
    all: &[Picture],
    now: DateTime<Utc>,
) -> Result<()> {
    for it in all {
        let file = Files::get(&format!("media/{}", it.file));
        let file = file.ok_or_else(|| Error::internal(format!("the demo content lacks media/{}", it.file)))?;
        let kept = pictures.keep(Actor::System, file.data.into_owned()).await?;
        let new = NewMedia { kept, file_name: &it.file, alt: &it.alt };
        let (picture, _) = media::create(db, Actor::System, new, now).await?;
        ids.add("media", &it.key, picture.id);
    }
    Ok(())
}

async fn load_therapies(db: &impl ConnectionTrait, ids: &mut Ids, now: DateTime<Utc>) -> Result<Vec<entry::Model>> {
    let mut drafts = Vec::new();
    for name in files("therapies/") {
        let file: TherapyFile = read(ids, &name)?;
        let saved = therapy::create(db, Actor::System, &file.slug, file.content, now).await?;
        ids.add("therapy", key_of(&name), TherapyId(saved.id.0));
        drafts.push(saved);
    }
    Ok(drafts)
}

/// Pages name each other in circles, so each is made with its title first and saved again once every id is known.
async fn load_pages(
    tx: &DatabaseTransaction,
    indexers: Indexers,
    ids: &mut Ids,
    now: DateTime<Utc>,
) -> Result<Vec<entry::Model>> {
    let names = files("pages/");
    let mut made = Vec::new();
    for name in &names {
        let outline: Outline = read(&Ids::default(), name)?;
        let content = PageContent { title: outline.content.title, ..empty_page() };
        let new = page::NewPage { kind: outline.kind, parent: None, slug: outline.slug, content };
        let saved = page::create(tx, Actor::System, new, now).await?;
        ids.add("page", key_of(name), PageId(saved.id.0));
        made.push((name, saved));
    }
    let mut drafts = Vec::new();
    for (name, page) in made {
        let file: PageFile = read(ids, name)?;
        let change = DraftChange {
            base: draft_of(&page)?,
            slug: None,
            content: file.content,
            onto: Onto::Nobody,
            written: Written::by_hand(Some("Demo content".to_owned())),
        };
        let saved = publishing::save(tx, Actor::System, indexers, EntryKind::Page, page.id, change, now).await?;
        drafts.push(saved.together()?);
    }
    Ok(drafts)
}

/// A page's file before every id is known.
#[derive(Deserialize)]
struct Outline {
    slug: String,
    kind: PageKind,
    content: OutlineContent,
}

#[derive(Deserialize)]
struct OutlineContent {
    title: String,
}

fn empty_page() -> PageContent {
    PageContent {
        v: 1,
        title: String::new(),
        summary: String::new(),
        seo: entity::seo::Seo::default(),
        blocks: Vec::new(),
        topics: Vec::new(),
        author: None,
        reviewer: None,
        reviewed_on: None,
    }
}
