//! What stands above and below a public entry, of many at once.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use async_graphql::dataloader::Loader;
use entity::{
    entry::{self, EntryKind},
    id::EntryId,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DatabaseConnection, ExprTrait, FromQueryResult, Order, QueryFilter,
    QuerySelect, QueryTrait, Select,
    sea_query::{Expr, Func, Query, SelectStatement, WindowStatement},
};

use super::live::live_rows;
use crate::{
    error::{Error, Result},
    published::Finds,
    tags::Tags,
};

/// A public entry above another: its path, and its title as the public reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Above {
    /// Where it is.
    pub path: String,
    /// What it is called.
    pub title: String,
}

/// The live entries above each of `paths`, the topmost first; in one statement.
pub async fn find_above(db: &impl ConnectionTrait, paths: &[&str]) -> Result<HashMap<String, Vec<Above>>> {
    let wanted: HashSet<&str> = paths.iter().flat_map(|path| prefixes(path)).collect();
    if wanted.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = live_rows().filter(entry::Column::Path.is_in(wanted)).all(db).await?;
    let titles: HashMap<String, String> =
        rows.into_iter().filter_map(|row| row.live_title.map(|title| (row.path, title))).collect();
    let above = |path: &&str| {
        let found = prefixes(path).filter_map(|above| {
            let title = titles.get(above)?.clone();
            Some(Above { path: above.to_owned(), title })
        });
        ((*path).to_owned(), found.collect())
    };
    Ok(paths.iter().map(above).collect())
}

/// The live entries above a path, the topmost first.
pub async fn list_above(db: &impl ConnectionTrait, path: &str) -> Result<Vec<Above>> {
    Ok(find_above(db, &[path]).await?.remove(path).unwrap_or_default())
}

/// The paths above a path: of `/a/b/c`, `/a` and `/a/b`.
fn prefixes(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').filter_map(|(at, _)| path.get(..at)).filter(|above| !above.is_empty())
}

/// A page of what stands below an entry.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ChildrenOf {
    /// Which entry.
    pub parent: EntryId,
    /// The path to go on after.
    pub after: Option<String>,
    /// How many, at the most.
    pub first: u64,
}

/// Ids of live pages below an entry by path, and how many there are in all.
#[derive(Clone, Debug, Default)]
pub struct Children {
    /// Which, in order.
    pub ids: Vec<EntryId>,
    /// How many without an end.
    pub total: u64,
}

/// Batches a request's questions about the tree.
pub struct TreeLoader(pub DatabaseConnection);

impl Loader<String> for TreeLoader {
    type Value = Vec<Above>;
    type Error = Arc<Error>;

    async fn load(&self, paths: &[String]) -> Result<HashMap<String, Vec<Above>>, Arc<Error>> {
        let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
        Ok(find_above(&self.0, &paths).await?)
    }
}

impl Finds<String> for TreeLoader {
    fn note(path: &String, tags: &Tags) {
        tags.add_all(prefixes(path).map(|path| format!("path:{path}")));
    }
}

impl Loader<ChildrenOf> for TreeLoader {
    type Value = Children;
    type Error = Arc<Error>;

    async fn load(&self, wanted: &[ChildrenOf]) -> Result<HashMap<ChildrenOf, Children>, Arc<Error>> {
        Ok(find_children(&self.0, wanted).await?)
    }
}

impl Finds<ChildrenOf> for TreeLoader {
    fn note(_: &ChildrenOf, tags: &Tags) {
        tags.add("type:page");
    }
}

#[derive(FromQueryResult)]
struct Child {
    id: EntryId,
    parent_id: EntryId,
}

#[derive(FromQueryResult)]
struct Total {
    parent_id: EntryId,
    total: i64,
}

/// Two statements for all that are asked for with the same `first` and `after`, which is all of one field.
async fn find_children(db: &impl ConnectionTrait, wanted: &[ChildrenOf]) -> Result<HashMap<ChildrenOf, Children>> {
    let mut alike: HashMap<(u64, Option<&str>), Vec<EntryId>> = HashMap::new();
    for ChildrenOf { parent, after, first } in wanted {
        alike.entry((*first, after.as_deref())).or_default().push(*parent);
    }
    let totals = live_children(wanted.iter().map(|below| below.parent))
        .select_only()
        .column(entry::Column::ParentId)
        .column_as(entry::Column::Id.count(), "total")
        .group_by(entry::Column::ParentId)
        .into_model::<Total>()
        .all(db)
        .await?;
    let totals: HashMap<EntryId, i64> = totals.into_iter().map(|row| (row.parent_id, row.total)).collect();

    let mut found = HashMap::new();
    for ((first, after), parents) in alike {
        let backend = db.get_database_backend();
        let statement = backend.build(&first_of_each(&parents, after, first));
        let mut ids: HashMap<EntryId, Vec<EntryId>> = HashMap::new();
        for child in Child::find_by_statement(statement).all(db).await? {
            ids.entry(child.parent_id).or_default().push(child.id);
        }
        for parent in parents {
            let total = totals.get(&parent).and_then(|total| u64::try_from(*total).ok()).unwrap_or(0);
            let children = Children { ids: ids.remove(&parent).unwrap_or_default(), total };
            found.insert(ChildrenOf { parent, after: after.map(ToOwned::to_owned), first }, children);
        }
    }
    Ok(found)
}

fn live_children(parents: impl IntoIterator<Item = EntryId>) -> Select<entry::Entity> {
    live_rows().filter(entry::Column::Kind.eq(EntryKind::Page)).filter(entry::Column::ParentId.is_in(parents))
}

/// The first rows of each parent: numbered within it, so that one statement answers for all.
fn first_of_each(parents: &[EntryId], after: Option<&str>, first: u64) -> SelectStatement {
    let within = WindowStatement::partition_by("parent_id").order_by(entry::Column::Path, Order::Asc).take();
    let rows = live_children(parents.iter().copied())
        .filter(after.map_or_else(Condition::all, |after| Condition::all().add(entry::Column::Path.gt(after))))
        .select_only()
        .columns([entry::Column::Id, entry::Column::ParentId, entry::Column::Path]);
    let mut rows = rows.into_query();
    rows.expr_window_as(Func::cust("ROW_NUMBER"), within, "place");
    Query::select()
        .columns(["id", "parent_id"])
        .from_subquery(rows, "numbered")
        .and_where(Expr::col("place").lte(first))
        .order_by("path", Order::Asc)
        .take()
}
