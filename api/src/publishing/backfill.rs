//! Indexing what was written before its index was, once for a database.

use chrono::{DateTime, Utc};
use entity::{
    content::{PageContent, TherapyContent},
    content_reference::Lane,
    entry::{self, EntryKind},
    setting,
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect, sea_query::OnConflict,
};
use serde_json::json;

use super::{Indexers, find_revision, live_words, parse_content, search, usage};
use crate::{db::Db, error::Result};

/// The setting that says which indexes this database has. A new index, or a new way of making one, gets a new name.
const INDEXED: &str = "contentIndexes.3";
/// Entries that are read at a time.
const BATCH: u64 = 100;

/// Indexes every entry's words and references, and what its kind stores beside it, unless this database has them. Called at start.
pub async fn ensure_indexes(db: &Db, indexers: Indexers, now: DateTime<Utc>) -> Result<()> {
    if setting::Entity::find_by_id(INDEXED).one(db.reader()).await?.is_some() {
        return Ok(());
    }
    let tx = db.begin().await?;
    let mark = setting::ActiveModel { key: Set(INDEXED.to_owned()), value: Set(json!(true)), updated_at: Set(now) };
    let once = OnConflict::column(setting::Column::Key).do_nothing().to_owned();
    // Of two servers that start at once, the second waits here and then finds nothing left to do.
    if setting::Entity::insert(mark).on_conflict(once).exec_without_returning(&tx).await? == 0 {
        tx.rollback().await?;
        return Ok(());
    }
    let mut after = None;
    loop {
        let mut rows = entry::Entity::find().order_by_asc(entry::Column::Id).limit(BATCH);
        if let Some(after) = after {
            rows = rows.filter(entry::Column::Id.gt(after));
        }
        let rows = rows.all(&tx).await?;
        let Some(last) = rows.last() else { break };
        after = Some(last.id);
        for entry in rows {
            index_words(&tx, &entry).await?;
            usage::index_revision(&tx, &entry, Lane::Draft, entry.latest_revision_id).await?;
            usage::index_revision(&tx, &entry, Lane::Live, entry.live_revision_id).await?;
            index_live(&tx, indexers, &entry).await?;
        }
    }
    tx.commit().await?;
    Ok(())
}

async fn index_live(tx: &DatabaseTransaction, indexers: Indexers, entry: &entry::Model) -> Result<()> {
    let Some(id) = entry.live_revision_id else { return Ok(()) };
    let Some(live) = find_revision(tx, id).await? else { return Ok(()) };
    live_words::index(tx, entry, &live).await?;
    indexers.run(tx, entry, Lane::Live, Some(&live)).await
}

pub(super) async fn index_words(db: &impl ConnectionTrait, entry: &entry::Model) -> Result<()> {
    let Some(id) = entry.latest_revision_id else { return Ok(()) };
    let Some(draft) = find_revision(db, id).await? else { return Ok(()) };
    match entry.kind {
        EntryKind::Page => search::index(db, entry.id, &parse_content::<PageContent>(&draft)?).await,
        EntryKind::Therapy => search::index(db, entry.id, &parse_content::<TherapyContent>(&draft)?).await,
    }
}
