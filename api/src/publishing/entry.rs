//! The verbs on an entry and its drafts: create, save, find.

use chrono::{DateTime, Utc};
use entity::{
    content::Content,
    entry::{self, EntryKind},
    id::{EntryId, RevisionId},
    problem::{ProblemCode, Problems, Stage},
    revision,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect, Select,
};

use super::{merge::merge, moving, path::Slug, revision::append};
use crate::{
    error::{Error, Result, refuse_if_any},
    identity::{Actor, Permission},
};

/// Characters of the note on a draft, at the most.
const MOST_NOTE: usize = 300;

/// What is public, and whether the draft differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, async_graphql::Enum)]
pub enum EntryStatus {
    /// Nobody outside can read it.
    Draft,
    /// What is public is the latest.
    Live,
    /// It is public, and there is a newer draft.
    LiveWithChanges,
}

/// What a new entry begins with.
pub struct NewEntry<'a> {
    /// A page or a therapy.
    pub kind: EntryKind,
    /// The entry it stands below.
    pub parent: Option<EntryId>,
    /// The path of what it stands below, where that is not an entry: `/therapies`.
    pub below: Option<&'a str>,
    /// The last part of its path.
    pub slug: Slug,
}

/// A draft as it was saved.
pub struct SavedDraft {
    /// The entry with its new latest revision.
    pub entry: entry::Model,
    /// The new revision.
    pub revision: revision::Model,
}

/// What is public of an entry.
pub fn status_of(entry: &entry::Model) -> EntryStatus {
    match entry.live_revision_id {
        None => EntryStatus::Draft,
        live if live == entry.latest_revision_id => EntryStatus::Live,
        Some(_) => EntryStatus::LiveWithChanges,
    }
}

/// Makes an entry with its first draft. Its id is chosen by the caller, whose own row shares it.
///
/// Fails with problems at `slug` (taken, reserved), `parent` (unknown) and `content`.
pub async fn create(
    db: &impl ConnectionTrait,
    actor: Actor,
    id: EntryId,
    new: NewEntry<'_>,
    content: &impl Content,
    now: DateTime<Utc>,
) -> Result<SavedDraft> {
    actor.require(Permission::WriteContent)?;
    refuse_invalid(content, Stage::Draft)?;

    moving::hold_tree(db).await?;
    let parent =
        match new.parent {
            Some(parent) => {
                let found = find(db, new.kind, parent).await?;
                Some(found.ok_or_else(|| {
                    Error::problem(ProblemCode::NotFound, ["parent"], "There is no such parent page.")
                })?)
            }
            None => None,
        };
    let above = parent.as_ref().map(|parent| parent.path.as_str()).or(new.below);
    let path = moving::free_path(db, above, &new.slug, None).await?;

    let draft = entry::ActiveModel {
        id: Set(id),
        kind: Set(new.kind),
        parent_id: Set(new.parent),
        slug: Set(new.slug.as_str().to_owned()),
        path: Set(path),
        title: Set(content.title().to_owned()),
        live_revision_id: Set(None),
        latest_revision_id: Set(None),
        published_at: Set(None),
        first_published_at: Set(None),
        no_index: Set(false),
        trashed_at: Set(None),
        created_at: Set(now),
        updated_at: Set(now),
        updated_by: Set(actor.user_id()),
    };
    let entry = draft.insert(db).await?;
    let revision = append(db, id, 1, content, None, actor.user_id(), now).await?;
    let mut entry = entry.into_active_model();
    entry.latest_revision_id = Set(Some(revision.id));
    Ok(SavedDraft { entry: entry.update(db).await?, revision })
}

/// Saves a new draft over `base`, the revision it was written from.
///
/// When somebody saved meanwhile, what both wrote is brought together if `onto_others` asks for it. Fails with `CONFLICT`
/// when it does not, or when both changed the same place, with `NOT_FOUND` for an unknown entry, and with problems at
/// `slug`, `note` and `content`. What the public reads does not change, but for the path: a live entry that moves
/// leaves a permanent redirect behind, in the same transaction.
#[expect(clippy::too_many_arguments, reason = "context, then the thing, then what is said of it")]
pub async fn save<C: Content>(
    db: &impl ConnectionTrait,
    actor: Actor,
    kind: EntryKind,
    id: EntryId,
    base: RevisionId,
    slug: Option<Slug>,
    below: Option<&str>,
    content: &C,
    onto_others: bool,
    note: Option<String>,
    now: DateTime<Utc>,
) -> Result<SavedDraft> {
    actor.require(Permission::WriteContent)?;
    refuse_invalid(content, Stage::Draft)?;
    let mut problems = Problems::new(Stage::Draft);
    problems.optional_text("note", note.as_deref().unwrap_or_default(), MOST_NOTE);
    refuse_if_any(problems)?;

    if slug.is_some() {
        moving::hold_tree(db).await?;
    }
    let entry = get_for_update(db, kind, id).await?;
    let merged;
    let content = match entry.latest_revision_id {
        Some(latest) if latest == base => content,
        Some(latest) if onto_others => {
            merged = brought_together(db, id, base, latest, content).await?;
            &merged
        }
        _ => {
            return Err(Error::problem(
                ProblemCode::Conflict,
                ["baseRevision"],
                "Somebody saved a newer draft meanwhile. Read it, then save again on top of it.",
            ));
        }
    };

    let moved = match slug {
        Some(slug) if slug.as_str() != entry.slug => {
            let parent = moving::parent_of(db, &entry).await?;
            let above = parent.as_ref().map(|parent| parent.path.as_str()).or(below);
            Some((moving::move_to(db, actor, &entry, above, &slug, now).await?, slug))
        }
        _ => None,
    };
    let number = latest_number(db, id).await? + 1;
    let revision = append(db, id, number, content, note, actor.user_id(), now).await?;

    let mut entry = entry.into_active_model();
    if let Some((path, slug)) = moved {
        entry.path = Set(path);
        entry.slug = Set(slug.as_str().to_owned());
    }
    entry.title = Set(content.title().to_owned());
    entry.latest_revision_id = Set(Some(revision.id));
    entry.updated_at = Set(now);
    entry.updated_by = Set(actor.user_id());
    Ok(SavedDraft { entry: entry.update(db).await?, revision })
}

/// What was written on `base`, together with what others saved since; a conflict that names the places both changed.
async fn brought_together<C: Content>(
    db: &impl ConnectionTrait,
    entry: EntryId,
    base: RevisionId,
    latest: RevisionId,
    content: &C,
) -> Result<C> {
    let of_entry = async |id| {
        let found = revision::Entity::find_by_id(id).filter(revision::Column::EntryId.eq(entry)).one(db).await?;
        found.ok_or_else(|| {
            Error::problem(ProblemCode::NotFound, ["baseRevision"], "There is no such draft of this page or therapy.")
        })
    };
    let (base, theirs) = (of_entry(base).await?, of_entry(latest).await?);
    let merge = merge(&base.content, &theirs.content, &serde_json::to_value(content)?);
    if !merge.conflicts.is_empty() {
        let mut problems = Problems::new(Stage::Draft);
        for conflict in merge.conflicts {
            let place = conflict.place.block.into_iter().chain(conflict.place.path).collect::<Vec<_>>().join(".");
            let message = format!("Somebody else changed “{place}” meanwhile as well. Choose one of the two.");
            problems.add("baseRevision", ProblemCode::Conflict, message);
        }
        return Err(Error::Problems(problems.into_vec()));
    }
    let merged = C::deserialize(&merge.content)?;
    refuse_invalid(&merged, Stage::Draft)?;
    Ok(merged)
}

/// The entry of that kind and id.
pub async fn find(db: &impl ConnectionTrait, kind: EntryKind, id: EntryId) -> Result<Option<entry::Model>> {
    Ok(of_kind(kind).filter(entry::Column::Id.eq(id)).one(db).await?)
}

/// The entry of that id, whatever its kind; a problem at `id` when there is none.
pub async fn find_any(db: &impl ConnectionTrait, id: EntryId) -> Result<entry::Model> {
    any(id).one(db).await?.ok_or_else(missing)
}

/// The same, held until the transaction ends.
pub(super) async fn hold(db: &impl ConnectionTrait, id: EntryId) -> Result<entry::Model> {
    any(id).lock_exclusive().one(db).await?.ok_or_else(missing)
}

fn any(id: EntryId) -> Select<entry::Entity> {
    entry::Entity::find_by_id(id).filter(entry::Column::TrashedAt.is_null())
}

fn missing() -> Error {
    Error::not_found("page or therapy")
}

/// The entry of that kind and id, for somebody who may read drafts.
pub async fn get(
    db: &impl ConnectionTrait,
    actor: Actor,
    kind: EntryKind,
    id: EntryId,
) -> Result<Option<entry::Model>> {
    actor.require(Permission::ReadDrafts)?;
    find(db, kind, id).await
}

/// The entry at a path, whatever its kind and state.
pub async fn find_by_path(db: &impl ConnectionTrait, path: &str) -> Result<Option<entry::Model>> {
    Ok(entry::Entity::find()
        .filter(entry::Column::Path.eq(path))
        .filter(entry::Column::TrashedAt.is_null())
        .one(db)
        .await?)
}

pub(super) fn of_kind(kind: EntryKind) -> Select<entry::Entity> {
    entry::Entity::find().filter(entry::Column::Kind.eq(kind)).filter(entry::Column::TrashedAt.is_null())
}

/// The entry of that kind and id, held until the transaction ends.
pub(super) async fn get_for_update(db: &impl ConnectionTrait, kind: EntryKind, id: EntryId) -> Result<entry::Model> {
    let row = of_kind(kind).filter(entry::Column::Id.eq(id)).lock_exclusive().one(db).await?;
    row.ok_or_else(|| Error::not_found(kind.noun()))
}

async fn latest_number(db: &impl ConnectionTrait, id: EntryId) -> Result<i32> {
    let number: Option<i32> = revision::Entity::find()
        .select_only()
        .column(revision::Column::Number)
        .filter(revision::Column::EntryId.eq(id))
        .order_by_desc(revision::Column::Number)
        .into_tuple()
        .one(db)
        .await?;
    Ok(number.unwrap_or(0))
}

/// Refuses what may not be stored, or may not be public, with problems below `content`.
pub(super) fn refuse_invalid(content: &impl Content, stage: Stage) -> Result<()> {
    let mut problems = Problems::new(stage);
    content.validate(&mut problems);
    refuse_if_any(problems).map_err(|error| error.under(&["content"]))
}
