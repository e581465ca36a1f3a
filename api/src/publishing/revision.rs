//! Snapshots: written once, never changed. Autosaves lead to a version and thin out with time.

use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    content::Content,
    content_reference::Lane,
    entry,
    id::{EntryId, RevisionId, UserId},
    revision::{self, RevisionKind},
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect,
};
use uuid::Uuid;

use super::{search, usage};
use crate::{db::Db, error::Result};

/// The revision of that id.
pub async fn find_revision(db: &impl ConnectionTrait, id: RevisionId) -> Result<Option<revision::Model>> {
    Ok(revision::Entity::find_by_id(id).one(db).await?)
}

/// The latest revisions of an entry, newest first; of one kind, or of both.
pub async fn list_revisions(
    db: &impl ConnectionTrait,
    entry: EntryId,
    kind: Option<RevisionKind>,
    first: u64,
) -> Result<Vec<revision::Model>> {
    let mut rows = revision::Entity::find().filter(revision::Column::EntryId.eq(entry));
    if let Some(kind) = kind {
        rows = rows.filter(revision::Column::Kind.eq(kind));
    }
    Ok(rows.order_by_desc(revision::Column::Id).limit(first).all(db).await?)
}

/// The snapshot a revision holds.
pub fn parse_content<C: Content>(revision: &revision::Model) -> Result<C> {
    Ok(C::deserialize(&revision.content)?)
}

/// How a revision came to be.
#[derive(Clone, Debug)]
pub struct Written {
    /// Whether somebody meant it as a version.
    pub kind: RevisionKind,
    /// The window it was written in.
    pub tab: Option<Uuid>,
    /// Why, in a few words.
    pub note: Option<String>,
}

impl Written {
    /// A version that somebody saved, from no window that autosaves.
    pub fn by_hand(note: Option<String>) -> Self {
        Self { kind: RevisionKind::Saved, tab: None, note }
    }
}

/// The number of the next version of an entry.
pub(super) async fn next_number(db: &impl ConnectionTrait, entry: EntryId) -> Result<i32> {
    let number: Option<i32> = revision::Entity::find()
        .select_only()
        .column(revision::Column::Number)
        .filter(revision::Column::EntryId.eq(entry))
        .filter(revision::Column::Kind.eq(RevisionKind::Saved))
        .order_by_desc(revision::Column::Number)
        .into_tuple()
        .one(db)
        .await?;
    Ok(number.unwrap_or(0) + 1)
}

/// Whether a draft of `entry` says what is public, word for word: whoever takes every change back has none to publish.
pub(super) async fn says_what_is_public(
    db: &impl ConnectionTrait,
    entry: &entry::Model,
    draft: &revision::Model,
) -> Result<bool> {
    match entry.live_revision_id {
        None => Ok(false),
        Some(live) if live == draft.id => Ok(true),
        Some(live) => Ok(find_revision(db, live).await?.is_some_and(|live| live.content == draft.content)),
    }
}

/// Makes a version of an autosave, because it is public or will be.
pub(super) async fn keep(db: &impl ConnectionTrait, row: revision::Model) -> Result<revision::Model> {
    if row.kind == RevisionKind::Saved {
        return Ok(row);
    }
    let number = next_number(db, row.entry_id).await?;
    let mut row = row.into_active_model();
    row.kind = Set(RevisionKind::Saved);
    row.number = Set(number);
    Ok(row.update(db).await?)
}

/// How long every autosave stays.
const RECENT: TimeDelta = TimeDelta::days(1);
/// Of older ones, the last of each of these many seconds stays.
const SPAN: i64 = 600;
/// Old autosaves that are looked at in one go.
const BATCH: u64 = 1_000;

/// Removes autosaves of an entry whose place a later one has taken long ago. What is drafted stays, and so does every version.
pub(super) async fn thin(db: &impl ConnectionTrait, entry: &entry::Model, now: DateTime<Utc>) -> Result<()> {
    let old: Vec<(RevisionId, DateTime<Utc>)> = revision::Entity::find()
        .select_only()
        .columns([revision::Column::Id, revision::Column::CreatedAt])
        .filter(revision::Column::EntryId.eq(entry.id))
        .filter(revision::Column::Kind.eq(RevisionKind::Autosave))
        .filter(revision::Column::CreatedAt.lt(now - RECENT))
        .order_by_desc(revision::Column::Id)
        .limit(BATCH)
        .into_tuple()
        .all(db)
        .await?;
    let spans = |(_, at): &(RevisionId, DateTime<Utc>)| at.timestamp().div_euclid(SPAN);
    let later = old.iter().zip(old.iter().skip(1)).filter(|(later, earlier)| spans(later) == spans(earlier));
    let gone: Vec<RevisionId> =
        later.map(|(_, (id, _))| *id).filter(|id| Some(*id) != entry.latest_revision_id).collect();
    if !gone.is_empty() {
        revision::Entity::delete_many().filter(revision::Column::Id.is_in(gone)).exec(db).await?;
    }
    Ok(())
}

/// How far back a round looks for autosaves that nobody wrote on since; what is older was thinned by an earlier one.
const ROUND: TimeDelta = TimeDelta::days(7);

/// Removes autosaves as [`thin`] does, of entries that nobody saves any more.
pub async fn thin_all(db: &Db, now: DateTime<Utc>) -> Result<()> {
    let entries: Vec<EntryId> = revision::Entity::find()
        .select_only()
        .column(revision::Column::EntryId)
        .distinct()
        .filter(revision::Column::Kind.eq(RevisionKind::Autosave))
        .filter(revision::Column::CreatedAt.lt(now - RECENT))
        .filter(revision::Column::CreatedAt.gt(now - RECENT - ROUND))
        .into_tuple()
        .all(db.reader())
        .await?;
    for id in entries {
        let tx = db.begin().await?;
        if let Some(entry) = entry::Entity::find_by_id(id).lock_exclusive().one(&tx).await? {
            thin(&tx, &entry, now).await?;
        }
        tx.commit().await?;
    }
    Ok(())
}

/// Writes the next revision of an entry whose row the caller holds, with its words and where it points at what.
pub(super) async fn append(
    db: &impl ConnectionTrait,
    entry: EntryId,
    number: i32,
    content: &impl Content,
    written: &Written,
    author: Option<UserId>,
    now: DateTime<Utc>,
) -> Result<revision::Model> {
    let row = revision::ActiveModel {
        id: Set(RevisionId::new()),
        entry_id: Set(entry),
        number: Set(number),
        kind: Set(written.kind),
        tab: Set(written.tab),
        content: Set(serde_json::to_value(content)?),
        note: Set(written.note.clone()),
        author_id: Set(author),
        created_at: Set(now),
    };
    let row = row.insert(db).await?;
    search::index(db, entry, content).await?;
    usage::index(db, entry, Lane::Draft, content).await?;
    Ok(row)
}
