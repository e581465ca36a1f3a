//! Snapshots: written once, never changed.

use chrono::{DateTime, Utc};
use entity::{
    content::Content,
    content_reference::Lane,
    id::{EntryId, RevisionId, UserId},
    revision,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};

use super::{search, usage};
use crate::error::Result;

/// The revision of that id.
pub async fn find_revision(db: &impl ConnectionTrait, id: RevisionId) -> Result<Option<revision::Model>> {
    Ok(revision::Entity::find_by_id(id).one(db).await?)
}

/// The latest revisions of an entry, newest first.
pub async fn list_revisions(db: &impl ConnectionTrait, entry: EntryId, first: u64) -> Result<Vec<revision::Model>> {
    Ok(revision::Entity::find()
        .filter(revision::Column::EntryId.eq(entry))
        .order_by_desc(revision::Column::Number)
        .limit(first)
        .all(db)
        .await?)
}

/// The snapshot a revision holds.
pub fn parse_content<C: Content>(revision: &revision::Model) -> Result<C> {
    Ok(C::deserialize(&revision.content)?)
}

/// Writes the next revision of an entry whose row the caller holds, with its words and where it points at what.
pub(super) async fn append(
    db: &impl ConnectionTrait,
    entry: EntryId,
    number: i32,
    content: &impl Content,
    note: Option<String>,
    author: Option<UserId>,
    now: DateTime<Utc>,
) -> Result<revision::Model> {
    let row = revision::ActiveModel {
        id: Set(RevisionId::new()),
        entry_id: Set(entry),
        number: Set(number),
        content: Set(serde_json::to_value(content)?),
        note: Set(note),
        author_id: Set(author),
        created_at: Set(now),
    };
    let row = row.insert(db).await?;
    search::index(db, entry, content).await?;
    usage::index(db, entry, Lane::Draft, content).await?;
    Ok(row)
}
