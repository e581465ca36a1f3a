//! The verbs on a therapy.

use std::collections::HashMap;

use async_graphql::dataloader::Loader;
use chrono::{DateTime, Utc};
use entity::{
    content::TherapyContent,
    content_reference::Lane,
    entry::{self, EntryKind},
    id::{EntryId, RegionId, TherapyId},
    problem::ProblemCode,
    region, revision, therapy, therapy_region,
};
use futures_util::future::BoxFuture;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseConnection, DatabaseTransaction,
    EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select,
};

use crate::{
    error::{Error, Result},
    identity::{Actor, Permission},
    publishing::{self, Live, NewEntry, Slug},
};

/// Which public therapies to list.
#[derive(Clone, Debug, Default)]
pub struct TherapyFilter {
    /// Only those offered in the region of this slug.
    pub region: Option<String>,
}

/// Makes a therapy with its first draft. Fails with problems at `slug` and `content`.
pub async fn create(
    db: &impl ConnectionTrait,
    actor: Actor,
    slug: &str,
    content: TherapyContent,
    now: DateTime<Utc>,
) -> Result<entry::Model> {
    actor.require(Permission::WriteContent)?;
    let slug = Slug::read(slug)?;
    let id = TherapyId::new();
    let entry = NewEntry { kind: EntryKind::Therapy, parent: None, slug };
    let saved = publishing::create(db, actor, id.into(), entry, &content, now).await?;
    therapy::ActiveModel { id: Set(id), abbreviation: Set(content.abbreviation) }.insert(db).await?;
    Ok(saved)
}

/// Keeps the abbreviation of what is drafted, and the regions of what is live; publishing's hook.
pub fn index<'a>(
    tx: &'a DatabaseTransaction,
    id: EntryId,
    lane: Lane,
    revision: Option<&'a revision::Model>,
) -> BoxFuture<'a, Result<()>> {
    Box::pin(async move {
        let id = TherapyId(id.0);
        let content = revision.map(publishing::parse_content::<TherapyContent>).transpose()?;
        match (lane, content) {
            (Lane::Draft, Some(content)) => {
                therapy::ActiveModel { id: Set(id), abbreviation: Set(content.abbreviation) }.update(tx).await?;
                Ok(())
            }
            (Lane::Draft, None) | (Lane::Planned, _) => Ok(()),
            (Lane::Live, content) => offer_in(tx, id, &content.map(|it| it.regions).unwrap_or_default()).await,
        }
    })
}

/// Public therapies by path, after the path `after`. Drafts' titles have no say in it, so nothing of them shows.
pub async fn list_live(
    db: &impl ConnectionTrait,
    filter: &TherapyFilter,
    after: Option<&str>,
    first: u64,
) -> Result<Vec<Live<TherapyContent>>> {
    let mut rows = live_rows(db, filter).await?;
    if let Some(after) = after {
        rows = rows.filter(entry::Column::Path.gt(after));
    }
    let rows = rows.order_by_asc(entry::Column::Path).limit(first).all(db).await?;
    let ids: Vec<EntryId> = rows.iter().map(|row| row.id).collect();
    let mut found = publishing::load_live(db, EntryKind::Therapy, ids.iter().copied()).await?;
    Ok(ids.into_iter().filter_map(|id| found.remove(&id)).collect())
}

/// How many [`list_live`] would answer without an end.
pub async fn count_live(db: &impl ConnectionTrait, filter: &TherapyFilter) -> Result<u64> {
    Ok(live_rows(db, filter).await?.count(db).await?)
}

/// How a therapy's latest draft is called for short; may be empty.
pub async fn find_abbreviation(db: &impl ConnectionTrait, id: TherapyId) -> Result<String> {
    Ok(therapy::Entity::find_by_id(id).one(db).await?.map(|row| row.abbreviation).unwrap_or_default())
}

/// Batches a request's look-ups of live therapies.
pub struct TherapyLoader(pub DatabaseConnection);

impl Loader<TherapyId> for TherapyLoader {
    type Value = Live<TherapyContent>;
    type Error = std::sync::Arc<Error>;

    async fn load(&self, ids: &[TherapyId]) -> Result<HashMap<TherapyId, Self::Value>, Self::Error> {
        let entries = ids.iter().copied().map(EntryId::from);
        let found = publishing::load_live(&self.0, EntryKind::Therapy, entries).await?;
        Ok(found.into_iter().map(|(id, live)| (TherapyId(id.0), live)).collect())
    }
}

async fn live_rows(db: &impl ConnectionTrait, filter: &TherapyFilter) -> Result<Select<entry::Entity>> {
    let rows = entry::Entity::find()
        .filter(entry::Column::Kind.eq(EntryKind::Therapy))
        .filter(entry::Column::LiveRevisionId.is_not_null())
        .filter(entry::Column::TrashedAt.is_null());
    let Some(slug) = &filter.region else { return Ok(rows) };
    // PostgreSQL takes U+0000 in no text, so no region is called by one.
    let region = match slug.contains('\0') {
        true => None,
        false => region::Entity::find().filter(region::Column::Slug.eq(slug)).one(db).await?,
    };
    let offered: Vec<TherapyId> = match region {
        Some(region) => therapy_region::Entity::find()
            .filter(therapy_region::Column::RegionId.eq(region.id))
            .all(db)
            .await?
            .into_iter()
            .map(|row| row.therapy_id)
            .collect(),
        None => Vec::new(),
    };
    Ok(rows.filter(entry::Column::Id.is_in(offered.into_iter().map(EntryId::from))))
}

async fn offer_in(db: &impl ConnectionTrait, id: TherapyId, regions: &[RegionId]) -> Result<()> {
    therapy_region::Entity::delete_many().filter(therapy_region::Column::TherapyId.eq(id)).exec(db).await?;
    let known = region::Entity::find().filter(region::Column::Id.is_in(regions.iter().copied())).all(db).await?;
    if known.len() < regions.iter().collect::<std::collections::HashSet<_>>().len() {
        let message = "One of the regions is gone. Choose again where it is offered.";
        return Err(Error::problem(ProblemCode::NotFound, ["content", "regions"], message));
    }
    let rows: Vec<_> = known
        .into_iter()
        .map(|region| therapy_region::ActiveModel { therapy_id: Set(id), region_id: Set(region.id) })
        .collect();
    if !rows.is_empty() {
        therapy_region::Entity::insert_many(rows).exec_without_returning(db).await?;
    }
    Ok(())
}
