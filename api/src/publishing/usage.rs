//! Who points at what: an index that is written with each save, and the answers it gives.

use std::collections::{BTreeMap, HashMap};

use entity::{
    block,
    content::{Content, PageContent, TherapyContent},
    content_reference::{self, Lane},
    entry::{self, EntryKind},
    id::{EntryId, RevisionId},
    reference::Reference,
    revision,
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, JoinType, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select,
    sea_query::{Expr, ExprTrait},
};
use uuid::Uuid;

use super::{find_revision, parse_content};
use crate::{
    error::Result,
    identity::{Actor, Permission},
    library::{self, FactUse, FactUser},
};

/// Rows of one statement: each has six values, and SQLite takes 32,766 of them.
const MOST_ROWS: usize = 2_000;

/// Something that points at what was asked for.
#[derive(Clone, Debug)]
pub struct Use {
    /// What points.
    pub user: UsedBy,
    /// Where in it.
    pub places: Vec<UsePlace>,
}

/// What points.
#[derive(Clone, Debug)]
pub enum UsedBy {
    /// A page or a therapy.
    Entry(Box<entry::Model>),
    /// A menu, a place, a telephone number, the brand.
    Fact(FactUser),
}

/// One place in what points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UsePlace {
    /// In words: "Quote, block 4".
    pub label: String,
    /// Where in the content, as it is in the draft, or in what is live where the draft has it no more.
    pub path: Vec<String>,
    /// The block it stands in.
    pub block_key: Option<String>,
    /// Whether the draft has it.
    pub draft: bool,
    /// Whether the public reads it.
    pub live: bool,
    /// Whether the public is to read it at a time to come.
    pub planned: bool,
}

/// Where a list of uses goes on: facts come first, by their place in their list, then entries by id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum UsePosition {
    /// After so many facts.
    Fact(usize),
    /// After this entry.
    Entry(EntryId),
}

impl UsedBy {
    /// What it is called.
    pub fn name(&self) -> &str {
        match self {
            Self::Entry(entry) => &entry.title,
            Self::Fact(fact) => &fact.name,
        }
    }
}

impl Use {
    /// Where it stands in its list; a fact's is its number, from 1.
    pub fn position(&self, number: usize) -> UsePosition {
        match &self.user {
            UsedBy::Entry(entry) => UsePosition::Entry(entry.id),
            UsedBy::Fact(_) => UsePosition::Fact(number),
        }
    }
}

/// Writes anew where one lane of an entry points at what.
pub(super) async fn index(db: &impl ConnectionTrait, entry: EntryId, lane: Lane, content: &impl Content) -> Result<()> {
    forget(db, entry, lane).await?;
    let rows: Vec<_> = content
        .placements()?
        .into_iter()
        .map(|it| content_reference::ActiveModel {
            entry_id: Set(entry),
            lane: Set(lane),
            path: Set(it.path.join(".")),
            target_kind: Set(kind_of(it.target)),
            target_id: Set(it.target.uuid()),
            block_key: Set(it.block_key),
        })
        .collect();
    for rows in rows.chunks(MOST_ROWS) {
        content_reference::Entity::insert_many(rows.iter().cloned()).exec_without_returning(db).await?;
    }
    Ok(())
}

/// Takes one lane of an entry out of the index.
pub(super) async fn forget(db: &impl ConnectionTrait, entry: EntryId, lane: Lane) -> Result<()> {
    content_reference::Entity::delete_many()
        .filter(content_reference::Column::EntryId.eq(entry))
        .filter(content_reference::Column::Lane.eq(lane))
        .exec(db)
        .await?;
    Ok(())
}

/// Writes anew where the revision that a lane of an entry is at points at what; none, and the lane is forgotten.
pub(super) async fn index_revision(
    db: &impl ConnectionTrait,
    entry: &entry::Model,
    lane: Lane,
    revision: Option<RevisionId>,
) -> Result<()> {
    let row: Option<revision::Model> = match revision {
        Some(id) => find_revision(db, id).await?,
        None => None,
    };
    match (row, entry.kind) {
        (None, _) => forget(db, entry.id, lane).await,
        (Some(row), EntryKind::Page) => index(db, entry.id, lane, &parse_content::<PageContent>(&row)?).await,
        (Some(row), EntryKind::Therapy) => index(db, entry.id, lane, &parse_content::<TherapyContent>(&row)?).await,
    }
}

/// The first of `total` who point at something, in words: "“About us”, “Home” and 3 more".
pub(super) fn names_of(first: &[Use], total: u64) -> String {
    let names: Vec<String> = first.iter().map(|it| format!("“{}”", it.user.name())).collect();
    let more = total.saturating_sub(names.len() as u64);
    match (names.split_last(), more) {
        (None, _) => String::new(),
        (Some((last, [])), 0) => last.clone(),
        (Some((last, others)), 0) => format!("{} and {last}", others.join(", ")),
        (Some(_), more) => format!("{} and {more} more", names.join(", ")),
    }
}

/// Who points at `target`: facts first, then entries; those in the trash do not count, nor does the target itself.
pub async fn list_uses(
    db: &impl ConnectionTrait,
    actor: Actor,
    target: Reference,
    after: Option<UsePosition>,
    first: u64,
) -> Result<Vec<Use>> {
    actor.require(Permission::ReadDrafts)?;
    let mut found = Vec::new();
    if !matches!(after, Some(UsePosition::Entry(_))) {
        let skipped = match after {
            Some(UsePosition::Fact(number)) => number,
            _ => 0,
        };
        let facts = fact_uses(library::uses_of(db, &[target]).await?);
        found.extend(facts.into_iter().skip(skipped).take(usize::try_from(first).unwrap_or(usize::MAX)));
    }
    let left = first.saturating_sub(found.len() as u64);
    if left > 0 {
        let after = match after {
            Some(UsePosition::Entry(id)) => Some(id),
            _ => None,
        };
        found.extend(entry_uses(db, &[target], after, left).await?);
    }
    Ok(found)
}

/// How many [`list_uses`] would answer without an end.
pub async fn count_uses(db: &impl ConnectionTrait, actor: Actor, target: Reference) -> Result<u64> {
    actor.require(Permission::ReadDrafts)?;
    Ok(count_users(db, &[target]).await?.remove(&target).unwrap_or(0))
}

/// How many things point at each of `targets`, in one statement over the entries and one over each table of facts.
pub async fn count_users(db: &impl ConnectionTrait, targets: &[Reference]) -> Result<HashMap<Reference, u64>> {
    if targets.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<(Uuid, i64)> = users(targets)
        .select_only()
        .column(content_reference::Column::TargetId)
        .column_as(Expr::col((content_reference::Entity, content_reference::Column::EntryId)).count_distinct(), "users")
        .group_by(content_reference::Column::TargetId)
        .into_tuple()
        .all(db)
        .await?;
    let mut by_id: HashMap<Uuid, u64> =
        rows.into_iter().map(|(id, users)| (id, u64::try_from(users).unwrap_or(0))).collect();
    let mut by_target: HashMap<Reference, Vec<FactUse>> = HashMap::new();
    for fact in library::uses_of(db, targets).await? {
        by_target.entry(fact.target).or_default().push(fact);
    }
    for (target, facts) in by_target {
        let more = fact_uses(facts).len() as u64;
        let count = by_id.entry(target.uuid()).or_default();
        *count = count.saturating_add(more);
    }
    Ok(targets.iter().filter_map(|target| Some((*target, by_id.get(&target.uuid()).copied()?))).collect())
}

/// The entries that point at one of `targets`, by id.
async fn entry_uses(
    db: &impl ConnectionTrait,
    targets: &[Reference],
    after: Option<EntryId>,
    first: u64,
) -> Result<Vec<Use>> {
    let mut ids = users(targets)
        .select_only()
        .column(content_reference::Column::EntryId)
        .distinct()
        .order_by_asc(content_reference::Column::EntryId)
        .limit(first);
    if let Some(after) = after {
        ids = ids.filter(content_reference::Column::EntryId.gt(after));
    }
    let ids: Vec<EntryId> = ids.into_tuple().all(db).await?;
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let entries = entry::Entity::find()
        .filter(entry::Column::Id.is_in(ids.iter().copied()))
        .order_by_asc(entry::Column::Id)
        .all(db)
        .await?;
    let rows = content_reference::Entity::find()
        .filter(content_reference::Column::EntryId.is_in(ids))
        .filter(content_reference::Column::TargetId.is_in(targets.iter().map(|target| target.uuid())))
        .all(db)
        .await?;
    let mut places: HashMap<EntryId, Vec<content_reference::Model>> = HashMap::new();
    for row in rows {
        places.entry(row.entry_id).or_default().push(row);
    }
    Ok(entries
        .into_iter()
        .map(|entry| Use {
            places: places_of(places.remove(&entry.id).unwrap_or_default()),
            user: UsedBy::Entry(Box::new(entry)),
        })
        .collect())
}

/// Rows of the index that point at one of `targets`, from elsewhere than themselves and the trash.
pub(super) fn users(targets: &[Reference]) -> Select<content_reference::Entity> {
    let of = |column: content_reference::Column| Expr::col((content_reference::Entity, column));
    content_reference::Entity::find()
        .join(
            JoinType::InnerJoin,
            content_reference::Entity::belongs_to(entry::Entity)
                .from(content_reference::Column::EntryId)
                .to(entry::Column::Id)
                .into(),
        )
        .filter(entry::Column::TrashedAt.is_null())
        .filter(content_reference::Column::TargetId.is_in(targets.iter().map(|target| target.uuid())))
        .filter(of(content_reference::Column::TargetId).ne(of(content_reference::Column::EntryId)))
}

/// Whether anything points at `target`, also from the trash and from what is planned.
pub(super) async fn is_named(db: &impl ConnectionTrait, target: Reference) -> Result<bool> {
    let named = content_reference::Entity::find().filter(content_reference::Column::TargetId.eq(target.uuid()));
    Ok(named.count(db).await? > 0 || !library::uses_of(db, &[target]).await?.is_empty())
}

/// A fact that points twice is one user.
fn fact_uses(facts: Vec<FactUse>) -> Vec<Use> {
    let mut found: Vec<(FactUser, Vec<UsePlace>)> = Vec::new();
    for fact in facts {
        let place =
            UsePlace { label: fact.place, path: fact.path, block_key: None, draft: true, live: true, planned: false };
        match found.iter_mut().find(|(user, _)| *user == fact.user) {
            Some((_, places)) => places.push(place),
            None => found.push((fact.user, vec![place])),
        }
    }
    found.into_iter().map(|(user, places)| Use { user: UsedBy::Fact(user), places }).collect()
}

/// The same place in draft and live is one, wherever its block stands in the two.
fn places_of(mut rows: Vec<content_reference::Model>) -> Vec<UsePlace> {
    rows.sort_by_cached_key(|row| (row.lane != Lane::Draft, numbered(&row.path)));
    let mut found: BTreeMap<usize, UsePlace> = BTreeMap::new();
    let mut known: HashMap<(Option<String>, String), usize> = HashMap::new();
    for row in rows {
        let path: Vec<String> = row.path.split('.').map(ToOwned::to_owned).collect();
        let within = match (&row.block_key, path.get(2..)) {
            (Some(_), Some(within)) => within.join("."),
            _ => row.path.clone(),
        };
        let next = found.len();
        let number = *known.entry((row.block_key.clone(), within)).or_insert(next);
        let place = found.entry(number).or_insert_with(|| UsePlace {
            label: label(&path),
            path,
            block_key: row.block_key,
            draft: false,
            live: false,
            planned: false,
        });
        match row.lane {
            Lane::Draft => place.draft = true,
            Lane::Live => place.live = true,
            Lane::Planned => place.planned = true,
        }
    }
    found.into_values().collect()
}

/// `blocks.10` after `blocks.9`.
fn numbered(path: &str) -> Vec<(usize, String)> {
    path.split('.').map(|part| (part.parse().unwrap_or(0), part.to_owned())).collect()
}

/// A place as a person says it: "Quote, block 4"; "Author".
fn label(path: &[String]) -> String {
    match path {
        [first, place, kind, ..] if first == "blocks" => {
            let number = place.parse::<usize>().unwrap_or(0).saturating_add(1);
            format!("{}, block {number}", block::title(kind).unwrap_or("Block"))
        }
        [seo, image] if seo == "seo" && image == "image" => "Picture of link previews".to_owned(),
        [field, ..] => {
            let mut words = String::with_capacity(field.len() + 4);
            for (place, character) in field.chars().enumerate() {
                match character {
                    character if place == 0 => words.extend(character.to_uppercase()),
                    character if character.is_uppercase() => {
                        words.push(' ');
                        words.extend(character.to_lowercase());
                    }
                    character => words.push(character),
                }
            }
            words
        }
        [] => String::new(),
    }
}

fn kind_of(target: Reference) -> String {
    let text = target.to_string();
    text.split_once('_').map_or_else(String::new, |(prefix, _)| prefix.to_owned())
}
