//! The demo content: a sample centre whose article shows every kind of block, loaded into an empty database.
//!
//! It goes through the same verbs as an editor's work, so it is valid by the same rules. In its files an id is written
//! as `@page/admissions` or `@contact/crisis-988`; the loader puts the ids in.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use entity::{
    brand, contact_point,
    content::{PageContent, TherapyContent},
    id::{ContactPointId, EntryId, LocationId, MenuId, PageId, PersonId, RegionId, RevisionId, SourceId, TherapyId},
    location, menu,
    page::PageKind,
    person, region, source,
};
use rust_embed::RustEmbed;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ConnectionTrait, EntityTrait, PaginatorTrait};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;

use crate::{
    app::App,
    content::page,
    error::{Error, Result},
    identity::Actor,
    media::{self, NewMedia, Pictures},
    publishing::{self, Indexers},
    therapies::therapy,
};

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
    let entries = entity::entry::Entity::find().count(&tx).await?;
    if entries > 0 || brand::Entity::find().count(&tx).await? > 0 {
        return Ok(Loaded::NotEmpty);
    }
    let mut ids = Ids::default();
    let library: Library = read(&ids, "library.json")?;
    load_facts(&tx, &mut ids, &library, now).await?;
    load_pictures(&tx, &app.media, &mut ids, &library, now).await?;
    let drafts = [load_therapies(&tx, &mut ids, now).await?, load_pages(&tx, &mut ids, now).await?].concat();
    for (id, revision) in drafts {
        publishing::publish(&tx, Actor::System, audit, indexers, id, revision, now).await?;
    }
    load_site(&tx, &ids, library, now).await?;
    tx.commit().await?;
    Ok(Loaded::Done)
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Library {
    regions: Vec<Region>,
    contact_points: Vec<ContactPoint>,
    people: Vec<Person>,
    locations: Vec<Location>,
    sources: Vec<Source>,
    brand: Brand,
    media: Vec<Picture>,
    menus: Vec<Menu>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Region {
    key: String,
    slug: String,
    name: String,
    country: String,
    code: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct ContactPoint {
    key: String,
    label: String,
    number: String,
    display: String,
    purpose: contact_point::ContactPurpose,
    #[serde(default = "eastern")]
    time_zone: String,
    #[serde(default)]
    hours: Vec<Value>,
}

fn eastern() -> String {
    "America/New_York".to_owned()
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Person {
    key: String,
    slug: String,
    name: String,
    credentials: String,
    role: String,
    bio: String,
    is_clinician: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Location {
    key: String,
    slug: String,
    name: String,
    lines: Vec<String>,
    city: String,
    region: String,
    postal_code: String,
    country: String,
    map_url: String,
    contact_point: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Source {
    key: String,
    title: String,
    publisher: String,
    year: Option<i32>,
    population: Option<String>,
    url: Option<String>,
    retrieved_on: Option<NaiveDate>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Brand {
    site_name: String,
    statement: String,
    description: String,
    contact_point: String,
    emergency: String,
    crisis: String,
    share_image: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Picture {
    key: String,
    file: String,
    alt: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Menu {
    handle: String,
    items: Value,
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

    fn get<T: std::str::FromStr>(&self, kind: &str, key: &str) -> Result<T> {
        let found = self.0.get(&format!("@{kind}/{key}")).and_then(|id| id.parse().ok());
        found.ok_or_else(|| Error::internal(format!("the demo content names an unknown {kind}: {key}")))
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

async fn load_facts(db: &impl ConnectionTrait, ids: &mut Ids, library: &Library, now: DateTime<Utc>) -> Result<()> {
    for it in &library.regions {
        let id = RegionId::new();
        ids.add("region", &it.key, id);
        region::ActiveModel {
            id: Set(id),
            slug: Set(it.slug.clone()),
            name: Set(it.name.clone()),
            country: Set(it.country.clone()),
            code: Set(it.code.clone()),
        }
        .insert(db)
        .await?;
    }
    for it in &library.contact_points {
        let id = ContactPointId::new();
        ids.add("contact", &it.key, id);
        contact_point::ActiveModel {
            id: Set(id),
            key: Set(it.key.clone()),
            label: Set(it.label.clone()),
            number: Set(it.number.clone()),
            display: Set(it.display.clone()),
            purpose: Set(it.purpose),
            hours: Set(Value::Array(it.hours.clone())),
            time_zone: Set(it.time_zone.clone()),
            fallback_id: Set(None),
        }
        .insert(db)
        .await?;
    }
    for it in &library.people {
        let id = PersonId::new();
        ids.add("person", &it.key, id);
        person::ActiveModel {
            id: Set(id),
            slug: Set(it.slug.clone()),
            name: Set(it.name.clone()),
            credentials: Set(it.credentials.clone()),
            role: Set(it.role.clone()),
            bio: Set(it.bio.clone()),
            is_clinician: Set(it.is_clinician),
        }
        .insert(db)
        .await?;
    }
    for it in &library.sources {
        let id = SourceId::new();
        ids.add("source", &it.key, id);
        source::ActiveModel {
            id: Set(id),
            title: Set(it.title.clone()),
            publisher: Set(it.publisher.clone()),
            year: Set(it.year),
            population: Set(it.population.clone()),
            url: Set(it.url.clone()),
            doi: Set(None),
            retrieved_on: Set(it.retrieved_on.or(Some(now.date_naive()))),
        }
        .insert(db)
        .await?;
    }
    for it in &library.locations {
        let id = LocationId::new();
        ids.add("location", &it.key, id);
        location::ActiveModel {
            id: Set(id),
            slug: Set(it.slug.clone()),
            name: Set(it.name.clone()),
            lines: Set(serde_json::to_value(&it.lines)?),
            city: Set(it.city.clone()),
            region_id: Set(ids.get("region", &it.region)?),
            postal_code: Set(it.postal_code.clone()),
            country: Set(it.country.clone()),
            latitude: Set(None),
            longitude: Set(None),
            map_url: Set(it.map_url.clone()),
            contact_point_id: Set(Some(ids.get("contact", &it.contact_point)?)),
        }
        .insert(db)
        .await?;
    }
    Ok(())
}

async fn load_pictures(
    db: &impl ConnectionTrait,
    pictures: &Pictures,
    ids: &mut Ids,
    library: &Library,
    now: DateTime<Utc>,
) -> Result<()> {
    for it in &library.media {
        let file = Files::get(&format!("media/{}", it.file));
        let file = file.ok_or_else(|| Error::internal(format!("the demo content lacks media/{}", it.file)))?;
        let kept = pictures.keep(Actor::System, file.data.into_owned()).await?;
        let new = NewMedia { kept, file_name: &it.file, alt: &it.alt };
        let (picture, _) = media::create(db, Actor::System, new, now).await?;
        ids.add("media", &it.key, picture.id);
    }
    Ok(())
}

/// A draft to make public.
type Draft = (EntryId, RevisionId);

async fn load_therapies(db: &impl ConnectionTrait, ids: &mut Ids, now: DateTime<Utc>) -> Result<Vec<Draft>> {
    let mut drafts = Vec::new();
    for name in files("therapies/") {
        let file: TherapyFile = read(ids, &name)?;
        let saved = therapy::create(db, Actor::System, &file.slug, file.content, now).await?;
        ids.add("therapy", key_of(&name), TherapyId(saved.entry.id.0));
        drafts.push((saved.entry.id, saved.revision.id));
    }
    Ok(drafts)
}

/// Pages name each other in circles, so each is made with its title first and saved again once every id is known.
async fn load_pages(db: &impl ConnectionTrait, ids: &mut Ids, now: DateTime<Utc>) -> Result<Vec<Draft>> {
    let names = files("pages/");
    let mut made = Vec::new();
    for name in &names {
        let outline: Outline = read(&Ids::default(), name)?;
        let content = PageContent { title: outline.content.title, ..empty_page() };
        let new = page::NewPage { kind: outline.kind, parent: None, slug: outline.slug, content };
        let saved = page::create(db, Actor::System, new, now).await?;
        let id = PageId(saved.entry.id.0);
        ids.add("page", key_of(name), id);
        made.push((name, id, saved.revision.id));
    }
    let mut drafts = Vec::new();
    for (name, id, base) in made {
        let file: PageFile = read(ids, name)?;
        let change = page::PageChange {
            base,
            slug: None,
            content: file.content,
            onto_others: false,
            note: Some("Demo content".to_owned()),
        };
        let saved = page::save(db, Actor::System, id, change, now).await?;
        drafts.push((saved.entry.id, saved.revision.id));
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

async fn load_site(db: &impl ConnectionTrait, ids: &Ids, library: Library, now: DateTime<Utc>) -> Result<()> {
    let Brand { site_name, statement, description, contact_point, emergency, crisis, share_image } = library.brand;
    brand::ActiveModel {
        id: Set(1),
        site_name: Set(site_name),
        statement: Set(statement),
        description: Set(description),
        contact_point_id: Set(Some(ids.get("contact", &contact_point)?)),
        emergency_id: Set(Some(ids.get("contact", &emergency)?)),
        crisis_id: Set(Some(ids.get("contact", &crisis)?)),
        share_image_id: Set(Some(ids.get("media", &share_image)?)),
        updated_at: Set(now),
    }
    .insert(db)
    .await?;
    for Menu { handle, mut items } in library.menus {
        ids.fill(&mut items);
        let items = serde_json::to_value(serde_json::from_value::<Vec<crate::library::MenuItem>>(items)?)?;
        let row =
            menu::ActiveModel { id: Set(MenuId::new()), handle: Set(handle), items: Set(items), updated_at: Set(now) };
        row.insert(db).await?;
    }
    Ok(())
}
