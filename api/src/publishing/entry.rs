//! The verbs on an entry: create, find.

use chrono::{DateTime, Utc};
use entity::{
    content::Content,
    entry::{self, EntryKind},
    id::EntryId,
    live_event::{LiveChange, LiveTopic},
    problem::{ProblemCode, Stage},
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect, Select,
};

use super::{
    draft::refuse_invalid,
    moving,
    path::Slug,
    revision::{Written, append},
};
use crate::{
    error::{Error, Result},
    identity::{Actor, Permission},
    live,
};

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
pub struct NewEntry {
    /// A page or a therapy.
    pub kind: EntryKind,
    /// The entry it stands below.
    pub parent: Option<EntryId>,
    /// The last part of its path.
    pub slug: Slug,
}

/// What is public of an entry.
pub fn status_of(entry: &entry::Model) -> EntryStatus {
    match entry.live_revision_id {
        None => EntryStatus::Draft,
        Some(_) if entry.says_live => EntryStatus::Live,
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
    new: NewEntry,
    content: &impl Content,
    now: DateTime<Utc>,
) -> Result<entry::Model> {
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
    let above = parent.as_ref().map(|parent| parent.path.as_str()).or(new.kind.below());
    let path = moving::free_path(db, above, &new.slug, None).await?;

    let draft = entry::ActiveModel {
        id: Set(id),
        kind: Set(new.kind),
        parent_id: Set(new.parent),
        slug: Set(new.slug.as_str().to_owned()),
        path: Set(path),
        title: Set(content.title().to_owned()),
        live_title: Set(None),
        live_revision_id: Set(None),
        latest_revision_id: Set(None),
        published_at: Set(None),
        first_published_at: Set(None),
        no_index: Set(false),
        says_live: Set(false),
        blockers: Set(0),
        warnings: Set(0),
        looked_at: Set(None),
        trashed_at: Set(None),
        created_at: Set(now),
        updated_at: Set(now),
        updated_by: Set(actor.user_id()),
    };
    let entry = draft.insert(db).await?;
    let revision = append(db, id, 1, content, &Written::by_hand(None), actor.user_id(), now).await?;
    let mut entry = entry.into_active_model();
    entry.latest_revision_id = Set(Some(revision.id));
    Ok(entry.update(db).await?)
}

/// The entry of that kind and id.
pub async fn find(db: &impl ConnectionTrait, kind: EntryKind, id: EntryId) -> Result<Option<entry::Model>> {
    Ok(of_kind(kind).filter(entry::Column::Id.eq(id)).one(db).await?)
}

/// The entry of that id, whatever its kind; a problem at `id` when there is none.
pub async fn find_any(db: &impl ConnectionTrait, id: EntryId) -> Result<entry::Model> {
    look_up(db, id).await?.ok_or_else(missing)
}

/// The entry of that id, whatever its kind, where there is one.
pub(super) async fn look_up(db: &impl ConnectionTrait, id: EntryId) -> Result<Option<entry::Model>> {
    Ok(any(id).one(db).await?)
}

/// The same, held until the transaction ends.
pub(super) async fn hold(db: &impl ConnectionTrait, id: EntryId) -> Result<entry::Model> {
    any(id).lock_exclusive().one(db).await?.ok_or_else(missing)
}

/// Holds several until the transaction ends, in one order for everybody. Whoever acts on several holds them before
/// anything else is written, or two of them wait for each other for ever.
pub(super) async fn hold_all(db: &impl ConnectionTrait, ids: impl IntoIterator<Item = EntryId>) -> Result<()> {
    let rows = entry::Entity::find().filter(entry::Column::Id.is_in(ids)).order_by_asc(entry::Column::Id);
    rows.lock_exclusive().all(db).await?;
    Ok(())
}

/// Tells whoever has it open that it is not what it was.
pub(super) async fn tell_changed(db: &impl ConnectionTrait, entry: &entry::Model) -> Result<()> {
    let change = if entry.trashed_at.is_some() { LiveChange::Deleted } else { LiveChange::Updated };
    live::tell(db, live::Event::of(LiveTopic::Entry, entry.id.0, change)).await
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
