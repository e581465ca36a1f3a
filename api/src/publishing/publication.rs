//! What the public read, and when: written with every publishing and taking back, so that the past can be asked for.

use chrono::{DateTime, Utc};
use entity::{
    id::{EntryId, PublicationId, RevisionId},
    publication, revision,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect, Select, sea_query::Expr,
};

use super::find_revision;
use crate::{
    db::storable,
    error::Result,
    identity::{Actor, Permission},
};

/// Ends what is public of `entry` and begins `revision`, where there is one; in the transaction that moves the pointer.
pub(super) async fn begin(
    db: &impl ConnectionTrait,
    actor: Actor,
    entry: EntryId,
    revision: Option<RevisionId>,
    now: DateTime<Utc>,
) -> Result<()> {
    publication::Entity::update_many()
        .col_expr(publication::Column::EndedAt, Expr::value(now))
        .filter(publication::Column::EntryId.eq(entry))
        .filter(publication::Column::EndedAt.is_null())
        .exec(db)
        .await?;
    let Some(revision) = revision else { return Ok(()) };
    let row = publication::ActiveModel {
        id: Set(PublicationId::new()),
        entry_id: Set(entry),
        revision_id: Set(revision),
        published_at: Set(now),
        published_by: Set(actor.user_id()),
        ended_at: Set(None),
    };
    row.insert(db).await?;
    Ok(())
}

/// What was public of an entry until what is public now took its place, and since when it first was; nothing where nothing
/// was, or where what was is not known.
pub(super) async fn find_before(
    db: &impl ConnectionTrait,
    entry: EntryId,
) -> Result<Option<(RevisionId, DateTime<Utc>)>> {
    let of_entry = publication::Entity::find().filter(publication::Column::EntryId.eq(entry));
    let mut rows = latest_first(of_entry).limit(MOST_STEPS).all(db).await?;
    rows.reverse();
    match standing(&rows).as_slice() {
        [.., before, now] if before.row.ended_at == Some(now.began) => {
            Ok(Some((before.row.revision_id, since(db, before.row).await?)))
        }
        _ => Ok(None),
    }
}

/// Publications that are looked at for what was undone.
const MOST_STEPS: u64 = 100;

/// A publication as if nothing that was undone since had been.
struct Standing<'a> {
    row: &'a publication::Model,
    /// Since when, counted from before what was undone.
    began: DateTime<Utc>,
}

/// What stands of publications, the first first: what took the place of its own successor again is an undo, and what came
/// between is gone. Or a second undo would bring back what the first took away.
fn standing(rows: &[publication::Model]) -> Vec<Standing<'_>> {
    let mut standing: Vec<Standing<'_>> = Vec::new();
    let mut ended = None;
    for row in rows {
        let mut began = row.published_at;
        let same = standing.iter().rposition(|before| before.row.revision_id == row.revision_id);
        if let Some(place) = same.filter(|_| ended == Some(row.published_at)) {
            began = standing.split_off(place).first().map_or(began, |undone| undone.began);
        }
        standing.push(Standing { row, began });
        ended = row.ended_at;
    }
    standing
}

/// What was public of an entry last, and since when it first was.
pub(super) async fn find_last(
    db: &impl ConnectionTrait,
    entry: EntryId,
) -> Result<Option<(RevisionId, DateTime<Utc>)>> {
    match last_of(db, entry).await? {
        None => Ok(None),
        Some(last) => Ok(Some((last.revision_id, since(db, &last).await?))),
    }
}

/// Whether something of an entry was public until `at`.
pub(super) async fn ended_at(db: &impl ConnectionTrait, entry: EntryId, at: DateTime<Utc>) -> Result<bool> {
    Ok(last_of(db, entry).await?.is_some_and(|last| last.ended_at == Some(at)))
}

async fn last_of(db: &impl ConnectionTrait, entry: EntryId) -> Result<Option<publication::Model>> {
    let of_entry = publication::Entity::find().filter(publication::Column::EntryId.eq(entry));
    Ok(latest_first(of_entry).one(db).await?)
}

/// When what was public then was first published.
async fn since(db: &impl ConnectionTrait, row: &publication::Model) -> Result<DateTime<Utc>> {
    let first = publication::Entity::find()
        .filter(publication::Column::EntryId.eq(row.entry_id))
        .filter(publication::Column::RevisionId.eq(row.revision_id))
        .order_by_asc(publication::Column::PublishedAt)
        .one(db)
        .await?;
    Ok(first.map_or(row.published_at, |first| first.published_at))
}

/// When which revisions of an entry were public, the latest first.
pub async fn list_publications(
    db: &impl ConnectionTrait,
    actor: Actor,
    entry: EntryId,
    first: u64,
) -> Result<Vec<publication::Model>> {
    actor.require(Permission::ReadDrafts)?;
    let of_entry = publication::Entity::find().filter(publication::Column::EntryId.eq(entry));
    Ok(latest_first(of_entry).limit(first).all(db).await?)
}

fn latest_first(rows: Select<publication::Entity>) -> Select<publication::Entity> {
    rows.order_by_desc(publication::Column::PublishedAt).order_by_desc(publication::Column::Id)
}

/// What the public read of an entry at a time; nothing while it was not public.
pub async fn find_as_of(
    db: &impl ConnectionTrait,
    actor: Actor,
    entry: EntryId,
    at: DateTime<Utc>,
) -> Result<Option<revision::Model>> {
    actor.require(Permission::ReadDrafts)?;
    let at = storable(at);
    let still = Condition::any().add(publication::Column::EndedAt.is_null()).add(publication::Column::EndedAt.gt(at));
    let found = publication::Entity::find()
        .filter(publication::Column::EntryId.eq(entry))
        .filter(publication::Column::PublishedAt.lte(at))
        .filter(still)
        .order_by_desc(publication::Column::PublishedAt)
        .one(db)
        .await?;
    match found {
        Some(publication) => find_revision(db, publication.revision_id).await,
        None => Ok(None),
    }
}
