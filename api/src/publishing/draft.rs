//! Drafts: saved as a version or by themselves, on top of what others saved meanwhile.

use chrono::{DateTime, Utc};
use entity::{
    content::{Content, PageContent, TherapyContent},
    content_reference::Lane,
    entry::{self, EntryKind},
    id::{EntryId, RevisionId},
    problem::{ProblemCode, Problems, Stage},
    revision,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait,
    IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::{
    entry::{get_for_update, hold, tell_changed},
    merge::{Choice, Conflict, merge},
    moving,
    path::Slug,
    publish::Indexers,
    revision::{Written, append, next_number, says_what_is_public, thin},
    snapshot::key_of,
};
use crate::{
    error::{Error, Result, refuse_if_any},
    identity::{Actor, Permission},
};

/// Characters of the note on a draft, at the most.
const MOST_NOTE: usize = 300;
/// Revisions since a base that are looked at for one's own.
const MOST_SINCE: u64 = 1_000;

/// What is saved over a draft.
pub struct DraftChange<T> {
    /// The revision it was written from.
    pub base: RevisionId,
    /// A new last part of the path; nothing, or nothing in it, leaves it.
    pub slug: Option<String>,
    /// What the draft becomes: the whole content, or a [`DraftPatch`].
    pub content: T,
    /// Whether what others saved meanwhile is kept beside it.
    pub onto: Onto,
    /// How it came to be.
    pub written: Written,
}

/// What becomes of what others saved meanwhile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Onto {
    /// The save is refused.
    Nobody,
    /// What both wrote is brought together, by what was chosen where both wrote in the same place.
    Others(Chosen),
}

/// What somebody chose where both had written in the same place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chosen {
    /// Whose is kept where.
    pub choices: Vec<Choice>,
    /// The draft that was seen when it was chosen. A choice against words that are others by now is none.
    pub seen: Option<RevisionId>,
}

/// What changed in a draft since its base, as it is stored.
#[derive(Clone, Debug, Default)]
pub struct DraftPatch {
    /// Fields beside the blocks, with what they are now.
    pub fields: Map<String, Value>,
    /// Blocks that are new or another: `{ quote: { key, text } }`.
    pub blocks: Vec<Value>,
    /// The keys of all blocks in their order; nothing, where the order is the same.
    pub order: Option<Vec<String>>,
    /// Whether this is the whole document, and nothing of the base is kept.
    pub whole: bool,
}

impl DraftPatch {
    /// A whole snapshot, with which nothing of the base is kept.
    pub(super) fn whole(snapshot: Value) -> Self {
        let mut fields = match snapshot {
            Value::Object(fields) => fields,
            _ => Map::new(),
        };
        let blocks = match fields.remove("blocks") {
            Some(Value::Array(blocks)) => blocks,
            _ => Vec::new(),
        };
        Self { fields, blocks, order: None, whole: true }
    }
}

/// What came of saving.
pub enum Saved {
    /// It is saved.
    Done {
        /// The entry with its new latest revision.
        entry: entry::Model,
        /// Whether the draft holds what others wrote beside what was sent.
        merged: bool,
    },
    /// Both changed the same places, and nothing was written.
    Apart {
        /// The entry as it is.
        entry: entry::Model,
        /// Where somebody has to choose.
        conflicts: Vec<Conflict>,
    },
}

impl Saved {
    /// The entry; the places that both changed as problems.
    pub fn together(self) -> Result<entry::Model> {
        let conflicts = match self {
            Self::Done { entry, .. } => return Ok(entry),
            Self::Apart { conflicts, .. } => conflicts,
        };
        let mut problems = Problems::new(Stage::Draft);
        for conflict in conflicts {
            let place = conflict.place.block.into_iter().chain(conflict.place.path).collect::<Vec<_>>().join(".");
            let message = format!("Somebody else changed “{place}” meanwhile as well. Choose one of the two.");
            problems.add("baseRevision", ProblemCode::Conflict, message);
        }
        Err(Error::Problems(problems.into_vec()))
    }
}

/// Saves a new draft over the revision it was written from.
///
/// Fails with `CONFLICT` at `baseRevision` when somebody saved meanwhile and that is not to be kept beside it, with
/// `NOT_FOUND` for an unknown entry, and with problems at `slug`, `note` and `content`. What the public reads does not
/// change, but for the path: a live entry that moves leaves a permanent redirect behind, in the same transaction.
pub async fn save<C: Content>(
    tx: &DatabaseTransaction,
    actor: Actor,
    indexers: Indexers,
    kind: EntryKind,
    id: EntryId,
    change: DraftChange<C>,
    now: DateTime<Utc>,
) -> Result<Saved> {
    actor.require(Permission::WriteContent)?;
    let slug = read_slug(&change)?;
    refuse_invalid(&change.content, Stage::Draft)?;
    if slug.is_some() {
        moving::hold_tree(tx).await?;
    }
    let entry = get_for_update(tx, kind, id).await?;
    write(tx, actor, indexers, entry, slug, change, now).await
}

/// Saves what changed in a draft of any kind; see [`save`]. Problems lie below `content`, as if the whole had been sent.
///
/// Fails with `NOT_FOUND` at `baseRevision` when that revision is gone (an old autosave), unless the patch is the whole.
pub async fn save_patch(
    tx: &DatabaseTransaction,
    actor: Actor,
    indexers: Indexers,
    id: EntryId,
    change: DraftChange<DraftPatch>,
    now: DateTime<Utc>,
) -> Result<Saved> {
    actor.require(Permission::WriteContent)?;
    let slug = read_slug(&change)?;
    if slug.is_some() {
        moving::hold_tree(tx).await?;
    }
    let entry = hold(tx, id).await?;
    let patched = if change.content.whole {
        patched(&Value::Null, &change.content)?
    } else {
        let base = find_of_entry(tx, id, change.base).await?.ok_or_else(base_is_gone)?;
        patched(&base.content, &change.content)?
    };
    let DraftChange { base, slug: text, onto, written, .. } = change;
    match entry.kind {
        EntryKind::Page => {
            let content: PageContent = read(&patched)?;
            refuse_invalid(&content, Stage::Draft)?;
            let change = DraftChange { base, slug: text, content, onto, written };
            write(tx, actor, indexers, entry, slug, change, now).await
        }
        EntryKind::Therapy => {
            let content: TherapyContent = read(&patched)?;
            refuse_invalid(&content, Stage::Draft)?;
            let change = DraftChange { base, slug: text, content, onto, written };
            write(tx, actor, indexers, entry, slug, change, now).await
        }
    }
}

/// Writes onto an entry that is held.
async fn write<C: Content>(
    tx: &DatabaseTransaction,
    actor: Actor,
    indexers: Indexers,
    entry: entry::Model,
    slug: Option<Slug>,
    change: DraftChange<C>,
    now: DateTime<Utc>,
) -> Result<Saved> {
    let (mut content, mut merged) = (change.content, false);
    if let Some(latest) = entry.latest_revision_id
        && change.base != latest
    {
        let since = list_since(tx, entry.id, change.base, change.written.tab).await?;
        // An answer can be lost on its way: what this window saved itself, and nobody since, is in what it sends now.
        if since.is_empty() || since.iter().any(|(_, own)| !own) {
            let Onto::Others(chosen) = &change.onto else {
                let message = "Somebody saved a newer draft meanwhile. Read it, then save again on top of it.";
                return Err(Error::problem(ProblemCode::Conflict, ["baseRevision"], message));
            };
            let begun = begun_with(tx, entry.id, change.base, &since).await?;
            let theirs = content_of(tx, entry.id, latest).await?.ok_or_else(base_is_gone)?;
            let choices = still_meant(tx, entry.id, chosen, latest, &theirs).await?;
            let merge = merge(&begun, &theirs, &serde_json::to_value(&content)?, &choices);
            if !merge.conflicts.is_empty() {
                return Ok(Saved::Apart { entry, conflicts: merge.conflicts });
            }
            merged = !merge.from_theirs.is_empty();
            content = C::deserialize(&merge.content)?;
            refuse_invalid(&content, Stage::Draft)?;
        }
    }

    let moved = match slug {
        Some(slug) if slug.as_str() != entry.slug => {
            let parent = moving::parent_of(tx, &entry).await?;
            let above = parent.as_ref().map(|parent| parent.path.as_str()).or(entry.kind.below());
            Some((moving::move_to(tx, actor, &entry, above, &slug, now).await?, slug))
        }
        _ => None,
    };
    let number = next_number(tx, entry.id).await?;
    let revision = append(tx, entry.id, number, &content, &change.written, actor.user_id(), now).await?;
    let says_live = says_what_is_public(tx, &entry, &revision).await?;
    indexers.run(tx, &entry, Lane::Draft, Some(&revision)).await?;

    let mut entry = entry.into_active_model();
    if let Some((path, slug)) = moved {
        entry.path = Set(path);
        entry.slug = Set(slug.as_str().to_owned());
    }
    entry.title = Set(content.title().to_owned());
    entry.latest_revision_id = Set(Some(revision.id));
    entry.says_live = Set(says_live);
    entry.looked_at = Set(None);
    entry.updated_at = Set(now);
    entry.updated_by = Set(actor.user_id());
    let entry = entry.update(tx).await?;
    tell_changed(tx, &entry).await?;
    thin(tx, &entry, now).await?;
    Ok(Saved::Done { entry, merged })
}

fn read_slug<T>(change: &DraftChange<T>) -> Result<Option<Slug>> {
    let mut problems = Problems::new(Stage::Draft);
    problems.optional_text("note", change.written.note.as_deref().unwrap_or_default(), MOST_NOTE);
    refuse_if_any(problems)?;
    change.slug.as_deref().filter(|text| !text.is_empty()).map(Slug::read).transpose()
}

/// What was saved of an entry since `base`, the first first, and whether `tab` did.
async fn list_since(
    db: &impl ConnectionTrait,
    entry: EntryId,
    base: RevisionId,
    tab: Option<Uuid>,
) -> Result<Vec<(RevisionId, bool)>> {
    let since: Vec<(RevisionId, Option<Uuid>)> = revision::Entity::find()
        .select_only()
        .columns([revision::Column::Id, revision::Column::Tab])
        .filter(revision::Column::EntryId.eq(entry))
        .filter(revision::Column::Id.gt(base))
        .order_by_asc(revision::Column::Id)
        .limit(MOST_SINCE)
        .into_tuple()
        .all(db)
        .await?;
    Ok(since.into_iter().map(|(id, of)| (id, of.is_some() && of == tab)).collect())
}

/// What a window began with: its base, and what it wrote and saved since without hearing that it was saved.
///
/// What it saved holds what others wrote as well, when it was brought together with that. So each is looked at beside what
/// was there before it, and only what the window changed in that is its own.
async fn begun_with(
    db: &impl ConnectionTrait,
    entry: EntryId,
    base: RevisionId,
    since: &[(RevisionId, bool)],
) -> Result<Value> {
    let mut begun = match content_of(db, entry, base).await? {
        Some(content) => content,
        // It was an autosave that has thinned out: the one before it says what was there as well as can be known.
        None if revision::Entity::find_by_id(base).one(db).await?.is_none() => {
            let before = revision::Entity::find()
                .filter(revision::Column::EntryId.eq(entry))
                .filter(revision::Column::Id.lt(base))
                .order_by_desc(revision::Column::Id);
            before.one(db).await?.ok_or_else(base_is_gone)?.content
        }
        None => return Err(base_is_gone()),
    };
    let mut before = None;
    for (id, own) in since {
        if *own {
            let there = match before {
                Some(before) => content_of(db, entry, before).await?.ok_or_else(base_is_gone)?,
                None => begun.clone(),
            };
            let saved = content_of(db, entry, *id).await?.ok_or_else(base_is_gone)?;
            begun = merge(&there, &begun, &saved, &[]).content;
        }
        before = Some(*id);
    }
    Ok(begun)
}

/// The choices whose other side still says what was seen; the rest is to be chosen again.
async fn still_meant(
    db: &impl ConnectionTrait,
    entry: EntryId,
    Chosen { choices, seen }: &Chosen,
    latest: RevisionId,
    theirs: &Value,
) -> Result<Vec<Choice>> {
    if choices.is_empty() || *seen == Some(latest) {
        return Ok(choices.to_vec());
    }
    let Some(seen) = seen else {
        let message = "Say which draft was chosen against: `entry.draft.id` of the answer that told the conflicts.";
        return Err(Error::problem(ProblemCode::Required, ["choicesOn"], message));
    };
    let Some(seen) = content_of(db, entry, *seen).await? else { return Ok(Vec::new()) };
    let same = |choice: &&Choice| choice.place.value_in(&seen) == choice.place.value_in(theirs);
    Ok(choices.iter().filter(same).cloned().collect())
}

async fn content_of(db: &impl ConnectionTrait, entry: EntryId, id: RevisionId) -> Result<Option<Value>> {
    Ok(find_of_entry(db, entry, id).await?.map(|revision| revision.content))
}

async fn find_of_entry(db: &impl ConnectionTrait, entry: EntryId, id: RevisionId) -> Result<Option<revision::Model>> {
    Ok(revision::Entity::find_by_id(id).filter(revision::Column::EntryId.eq(entry)).one(db).await?)
}

fn base_is_gone() -> Error {
    Error::problem(ProblemCode::NotFound, ["baseRevision"], "There is no such draft of this page or therapy.")
}

/// A stored snapshot with what changed in it.
fn patched(base: &Value, patch: &DraftPatch) -> Result<Value> {
    let mut content = base.as_object().cloned().unwrap_or_default();
    let before = match content.remove("blocks") {
        Some(Value::Array(blocks)) => blocks,
        _ => Vec::new(),
    };
    content.extend(patch.fields.iter().map(|(name, value)| (name.clone(), value.clone())));
    let mut blocks: Vec<Value> = Vec::with_capacity(before.len());
    for block in before.into_iter().chain(patch.blocks.iter().cloned()) {
        match blocks.iter_mut().find(|other| key_of(other).is_some() && key_of(other) == key_of(&block)) {
            Some(place) => *place = block,
            None => blocks.push(block),
        }
    }
    if let Some(order) = &patch.order {
        let mut ordered = Vec::with_capacity(order.len());
        for key in order {
            let place = blocks.iter().position(|block| key_of(block) == Some(key));
            let place = place.ok_or_else(|| {
                let message =
                    format!("The order names the block “{key}”, which is neither in the draft nor sent with it.");
                Error::problem(ProblemCode::NotFound, ["patch", "order"], message)
            })?;
            ordered.push(blocks.swap_remove(place));
        }
        blocks = ordered;
    }
    content.insert("blocks".to_owned(), Value::Array(blocks));
    Ok(Value::Object(content))
}

/// A snapshot of a kind; what does not fit its shape as a problem where it stands.
fn read<C: Content>(content: &Value) -> Result<C> {
    serde_path_to_error::deserialize(content).map_err(|error| {
        let path = error.path().to_string();
        let path = ["content"].into_iter().chain(path.split('.').filter(|part| *part != "."));
        Error::problem(ProblemCode::Invalid, path, format!("This does not fit: {}.", error.inner()))
    })
}

/// Refuses what may not be stored, or may not be public, with problems below `content`.
pub(super) fn refuse_invalid(content: &impl Content, stage: Stage) -> Result<()> {
    let mut problems = Problems::new(stage);
    content.validate(&mut problems);
    refuse_if_any(problems).map_err(|error| error.under(&["content"]))
}
