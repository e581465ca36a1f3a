//! The verbs on a therapy.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use async_graphql::dataloader::Loader;
use chrono::{DateTime, Utc};
use entity::{
    content::{LevelOfCare, TherapyContent},
    content_reference::Lane,
    entry::{self, EntryKind},
    id::{EntryId, RegionId, TherapyId},
    problem::ProblemCode,
    region, revision, therapy,
    therapy_facet::{self, FacetKind},
    therapy_region,
};
use futures_util::future::BoxFuture;
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, DatabaseConnection, DatabaseTransaction, EntityTrait, Order,
    PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select,
    sea_query::{Expr, ExprTrait, Func, SimpleExpr},
};

use crate::{
    error::{Error, Result},
    identity::{Actor, Permission},
    published::Finds,
    publishing::{self, Live, NewEntry, Slug},
    tags::Tags,
    words::folded,
};

/// Which public therapies to list.
#[derive(Clone, Debug, Default)]
pub struct TherapyFilter {
    /// Only those offered in the region of this slug.
    pub region: Option<String>,
    /// Only those used for this condition, in whichever case.
    pub condition: Option<String>,
    /// Only those offered at one of these levels; empty for any.
    pub levels_of_care: Vec<LevelOfCare>,
}

/// What a list of therapies is sorted by; its direction reversed where the flag is set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TherapyOrder {
    /// By what.
    pub by: TherapyOrderField,
    /// From the last to the first.
    pub descending: bool,
}

/// What therapies are sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, async_graphql::Enum)]
pub enum TherapyOrderField {
    /// By address.
    #[default]
    Path,
    /// By title, A to Z.
    Title,
    /// By when what is public was published.
    UpdatedAt,
}

/// Where a list of therapies goes on: after the one with these keys.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct TherapyPosition {
    path: String,
    title: String,
    updated_at: Option<DateTime<Utc>>,
}

impl TherapyPosition {
    /// Where a therapy stands, in whichever order.
    pub fn of(live: &Live<TherapyContent>) -> Self {
        let (path, title) = (live.entry.path.clone(), live.content.title.clone());
        Self { path, title, updated_at: live.entry.published_at }
    }
}

impl TherapyOrder {
    /// What its cursors are called, so that none goes on in another order.
    pub fn name(self) -> &'static str {
        match (self.by, self.descending) {
            (TherapyOrderField::Path, false) => "therapies",
            (TherapyOrderField::Path, true) => "therapies-descending",
            (TherapyOrderField::Title, false) => "therapies-title",
            (TherapyOrderField::Title, true) => "therapies-title-descending",
            (TherapyOrderField::UpdatedAt, false) => "therapies-updated",
            (TherapyOrderField::UpdatedAt, true) => "therapies-updated-descending",
        }
    }

    /// What it sorts by, beside the path, which is unique.
    fn key(self) -> Option<SimpleExpr> {
        match self.by {
            TherapyOrderField::Path => None,
            TherapyOrderField::Title => Some(Expr::expr(Func::lower(Expr::col(entry::Column::LiveTitle)))),
            TherapyOrderField::UpdatedAt => Some(Expr::col(entry::Column::PublishedAt)),
        }
    }

    fn after(self, position: &TherapyPosition) -> Condition {
        let beyond =
            |left: SimpleExpr, right: SimpleExpr| if self.descending { left.lt(right) } else { left.gt(right) };
        let path = beyond(Expr::col(entry::Column::Path), Expr::val(position.path.clone()));
        let Some(key) = self.key() else { return Condition::all().add(path) };
        let at = match self.by {
            // The database folds both sides, each in its own way.
            TherapyOrderField::Title => Expr::expr(Func::lower(Expr::val(position.title.clone()))),
            TherapyOrderField::Path | TherapyOrderField::UpdatedAt => Expr::val(position.updated_at),
        };
        Condition::any().add(beyond(key.clone(), at.clone())).add(Condition::all().add(key.eq(at)).add(path))
    }

    fn sort(self, rows: Select<entry::Entity>) -> Select<entry::Entity> {
        let order = if self.descending { Order::Desc } else { Order::Asc };
        let rows = match self.key() {
            Some(key) => rows.order_by(key, order.clone()),
            None => rows,
        };
        rows.order_by(entry::Column::Path, order)
    }
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
            (Lane::Live, content) => {
                let facets = content.as_ref().map(facets_of).transpose()?.unwrap_or_default();
                offer_in(tx, id, &content.map(|it| it.regions).unwrap_or_default()).await?;
                keep_facets(tx, id, facets).await
            }
        }
    })
}

/// Public therapies in an order, after a position. Drafts' titles have no say in it, so nothing of them shows.
pub async fn list_live(
    db: &impl ConnectionTrait,
    filter: &TherapyFilter,
    order: TherapyOrder,
    after: Option<&TherapyPosition>,
    first: u64,
) -> Result<Vec<Live<TherapyContent>>> {
    let mut rows = live_rows(db, filter).await?;
    if let Some(after) = after {
        rows = rows.filter(order.after(after));
    }
    let rows = order.sort(rows).limit(first).all(db).await?;
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
    type Value = Arc<Live<TherapyContent>>;
    type Error = Arc<Error>;

    async fn load(&self, ids: &[TherapyId]) -> Result<HashMap<TherapyId, Self::Value>, Self::Error> {
        let entries = ids.iter().copied().map(EntryId::from);
        let found = publishing::load_live(&self.0, EntryKind::Therapy, entries).await?;
        Ok(found.into_iter().map(|(id, live)| (TherapyId(id.0), Arc::new(live))).collect())
    }
}

impl Finds<TherapyId> for TherapyLoader {
    fn note(id: &TherapyId, tags: &Tags) {
        tags.add(id);
    }

    fn bytes(found: &Self::Value) -> usize {
        found.bytes
    }
}

/// What public therapies are used for, by name; each once, however it is written.
pub async fn list_conditions(db: &impl ConnectionTrait) -> Result<Vec<String>> {
    let names: Vec<(String, String)> = therapy_facet::Entity::find()
        .select_only()
        .column(therapy_facet::Column::Key)
        .column_as(therapy_facet::Column::Name.min(), "name")
        .filter(therapy_facet::Column::Kind.eq(FacetKind::Condition))
        .group_by(therapy_facet::Column::Key)
        .order_by_asc(therapy_facet::Column::Key)
        .into_tuple()
        .all(db)
        .await?;
    Ok(names.into_iter().map(|(_, name)| name).collect())
}

async fn live_rows(db: &impl ConnectionTrait, filter: &TherapyFilter) -> Result<Select<entry::Entity>> {
    let mut rows = entry::Entity::find()
        .filter(entry::Column::Kind.eq(EntryKind::Therapy))
        .filter(entry::Column::LiveRevisionId.is_not_null())
        .filter(entry::Column::TrashedAt.is_null());
    if let Some(slug) = &filter.region {
        // PostgreSQL takes U+0000 in no text, so no region is called by one.
        let region = match slug.contains('\0') {
            true => None,
            false => region::Entity::find().filter(region::Column::Slug.eq(slug)).one(db).await?,
        };
        let Some(region) = region else { return Ok(rows.filter(Expr::val(false))) };
        let offered = therapy_region::Entity::find()
            .select_only()
            .column(therapy_region::Column::TherapyId)
            .filter(therapy_region::Column::RegionId.eq(region.id));
        rows = rows.filter(entry::Column::Id.in_subquery(offered.into_query()));
    }
    if let Some(condition) = &filter.condition {
        rows = rows.filter(has_facet(FacetKind::Condition, vec![folded(condition).join(" ")]));
    }
    if !filter.levels_of_care.is_empty() {
        let levels = filter.levels_of_care.iter().map(|level| name_of(*level)).collect::<Result<_>>()?;
        rows = rows.filter(has_facet(FacetKind::LevelOfCare, levels));
    }
    Ok(rows)
}

/// A condition on entries: they are therapies of which one of `keys` is said.
fn has_facet(kind: FacetKind, keys: Vec<String>) -> SimpleExpr {
    let said = therapy_facet::Entity::find()
        .select_only()
        .column(therapy_facet::Column::TherapyId)
        .filter(therapy_facet::Column::Kind.eq(kind))
        .filter(therapy_facet::Column::Key.is_in(keys));
    entry::Column::Id.in_subquery(said.into_query())
}

fn name_of(level: LevelOfCare) -> Result<String> {
    Ok(serde_json::to_value(level)?.as_str().unwrap_or_default().to_owned())
}

/// What is said of a therapy that lists are narrowed by: what is compared, and how it stands there.
fn facets_of(content: &TherapyContent) -> Result<BTreeMap<(FacetKind, String), String>> {
    let conditions = content.conditions.iter().map(|name| {
        let name = name.replace('\0', "");
        Ok(((FacetKind::Condition, folded(&name).join(" ")), name))
    });
    let levels = content.levels_of_care.iter().map(|level| {
        let name = name_of(*level)?;
        Ok(((FacetKind::LevelOfCare, name.clone()), name))
    });
    conditions.chain(levels).collect()
}

async fn keep_facets(
    db: &impl ConnectionTrait,
    id: TherapyId,
    facets: BTreeMap<(FacetKind, String), String>,
) -> Result<()> {
    therapy_facet::Entity::delete_many().filter(therapy_facet::Column::TherapyId.eq(id)).exec(db).await?;
    let rows = facets.into_iter().map(|((kind, key), name)| therapy_facet::ActiveModel {
        therapy_id: Set(id),
        kind: Set(kind),
        key: Set(key),
        name: Set(name),
    });
    let rows: Vec<_> = rows.collect();
    if !rows.is_empty() {
        therapy_facet::Entity::insert_many(rows).exec_without_returning(db).await?;
    }
    Ok(())
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
