//! Lists of entries for staff: filtered, sorted, a page at a time.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::{
    entry::{self, EntryKind},
    id::{EntryId, UserId},
    schedule::{self, ScheduleState},
    search_document,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait, Select,
    sea_query::{Expr, ExprTrait, Func, LikeExpr, SimpleExpr},
};

use super::{
    check::CheckSeverity,
    entry::{EntryStatus, of_kind},
    search,
};
use crate::{
    error::Result,
    identity::{Actor, Permission},
    words::folded,
};

/// Which entries to list.
#[derive(Clone, Debug, Default)]
pub struct EntryFilter {
    /// Words of the draft, of its title or of the path.
    pub query: Option<String>,
    /// Words of the title or of the path, and of nothing else: what somebody types to name it.
    pub named: Option<String>,
    /// Only those in this state.
    pub status: Option<EntryStatus>,
    /// Only those whose latest draft is of this person.
    pub updated_by: Option<UserId>,
    /// Only those that stand directly below this one, or at the top.
    pub below: Option<Below>,
    /// Only those that are to be published or taken back at a time to come.
    pub planned: bool,
    /// Only those whose latest draft has findings of this weight that nobody let stand.
    pub checks: Option<CheckSeverity>,
    /// A condition of the kind's own.
    pub and: Option<Condition>,
    /// In which order.
    pub sort: EntrySort,
}

/// Below what an entry stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Below {
    /// Nothing: the home page and what is beside it.
    Top,
    /// Another entry.
    Entry(EntryId),
}

/// In which order entries are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, async_graphql::Enum)]
pub enum EntrySort {
    /// The last changed first.
    #[default]
    Updated,
    /// By title, A to Z.
    Title,
    /// By address, what stands below another after it.
    Path,
}

/// Where a list goes on: after the entry with these keys.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct EntryPosition {
    updated_at: DateTime<Utc>,
    title: String,
    path: String,
    id: EntryId,
}

impl EntryPosition {
    /// Where an entry stands, in whichever order.
    pub fn of(entry: &entry::Model) -> Self {
        Self { updated_at: entry.updated_at, title: entry.title.clone(), path: entry.path.clone(), id: entry.id }
    }
}

impl EntrySort {
    /// What its cursors are called, so that none goes on in another order.
    pub fn name(self) -> &'static str {
        match self {
            Self::Updated => "entries-updated",
            Self::Title => "entries-title",
            Self::Path => "entries-path",
        }
    }

    fn after(self, position: EntryPosition) -> Condition {
        let EntryPosition { updated_at, title, path, id } = position;
        match self {
            Self::Updated => {
                let same = entry::Column::UpdatedAt.eq(updated_at).and(entry::Column::Id.lt(id));
                Condition::any().add(entry::Column::UpdatedAt.lt(updated_at)).add(same)
            }
            Self::Title => {
                // The database folds both sides, each in its own way.
                let title = Expr::expr(Func::lower(Expr::val(title)));
                let same = lower_title().eq(title.clone()).and(entry::Column::Id.gt(id));
                Condition::any().add(lower_title().gt(title)).add(same)
            }
            // A path is unique.
            Self::Path => Condition::all().add(entry::Column::Path.gt(path)),
        }
    }

    fn order(self, rows: Select<entry::Entity>) -> Select<entry::Entity> {
        match self {
            Self::Updated => rows.order_by_desc(entry::Column::UpdatedAt).order_by_desc(entry::Column::Id),
            Self::Title => rows.order_by_asc(lower_title()).order_by_asc(entry::Column::Id),
            Self::Path => rows.order_by_asc(entry::Column::Path),
        }
    }
}

/// Entries of a kind, in the filter's order.
pub async fn list(
    db: &impl ConnectionTrait,
    actor: Actor,
    kind: EntryKind,
    filter: &EntryFilter,
    after: Option<EntryPosition>,
    first: u64,
) -> Result<Vec<entry::Model>> {
    actor.require(Permission::ReadDrafts)?;
    let mut rows = filtered(db, kind, filter);
    if let Some(position) = after {
        rows = rows.filter(filter.sort.after(position));
    }
    Ok(filter.sort.order(rows).limit(first).all(db).await?)
}

/// How many [`list`] would answer without an end.
pub async fn count(db: &impl ConnectionTrait, actor: Actor, kind: EntryKind, filter: &EntryFilter) -> Result<u64> {
    actor.require(Permission::ReadDrafts)?;
    Ok(filtered(db, kind, filter).count(db).await?)
}

/// How many entries stand directly below each of `ids`; those with none are left out.
pub async fn count_below(db: &impl ConnectionTrait, ids: &[EntryId]) -> Result<HashMap<EntryId, u64>> {
    let rows: Vec<(EntryId, i64)> = entry::Entity::find()
        .select_only()
        .column(entry::Column::ParentId)
        .column_as(entry::Column::Id.count(), "children")
        .filter(entry::Column::ParentId.is_in(ids.iter().copied()))
        .filter(entry::Column::TrashedAt.is_null())
        .group_by(entry::Column::ParentId)
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|(id, children)| (id, u64::try_from(children).unwrap_or(0))).collect())
}

fn filtered(db: &impl ConnectionTrait, kind: EntryKind, filter: &EntryFilter) -> Select<entry::Entity> {
    let mut rows = of_kind(kind);
    if let Some(query) = words(filter.query.as_deref()) {
        rows = rows.filter(match search::says(db.get_database_backend(), &query) {
            Some(says) => named(&query).or(says),
            None => named(&query),
        });
    }
    if let Some(name) = words(filter.named.as_deref()) {
        rows = rows.filter(named(&name));
    }
    if let Some(user) = filter.updated_by {
        rows = rows.filter(entry::Column::UpdatedBy.eq(user));
    }
    if filter.planned {
        let pending = schedule::Entity::find()
            .select_only()
            .column(schedule::Column::EntryId)
            .filter(schedule::Column::State.eq(ScheduleState::Pending));
        rows = rows.filter(entry::Column::Id.in_subquery(pending.into_query()));
    }
    if let Some(severity) = filter.checks {
        let found = match severity {
            CheckSeverity::Blocks => entry::Column::Blockers,
            CheckSeverity::Warns => entry::Column::Warnings,
        };
        rows = rows.filter(found.gt(0));
    }
    if let Some(condition) = &filter.and {
        rows = rows.filter(condition.clone());
    }
    match filter.below {
        None => {}
        Some(Below::Top) => rows = rows.filter(entry::Column::ParentId.is_null()),
        Some(Below::Entry(parent)) => rows = rows.filter(entry::Column::ParentId.eq(parent)),
    }
    match filter.status {
        None => rows,
        Some(EntryStatus::Draft) => rows.filter(entry::Column::LiveRevisionId.is_null()),
        Some(EntryStatus::Live) => {
            rows.filter(entry::Column::LiveRevisionId.is_not_null()).filter(entry::Column::SaysLive.eq(true))
        }
        Some(EntryStatus::LiveWithChanges) => {
            rows.filter(entry::Column::LiveRevisionId.is_not_null()).filter(entry::Column::SaysLive.eq(false))
        }
    }
}

/// What was typed, unless it is nothing. PostgreSQL takes U+0000 in no text, so no title holds one.
fn words(typed: Option<&str>) -> Option<String> {
    let typed = typed?.replace('\0', "").trim().to_owned();
    (!typed.is_empty()).then_some(typed)
}

/// The title or the path has these words, as they stand or folded: SQLite lowers no letters but those of ASCII.
fn named(words: &str) -> SimpleExpr {
    let within = |text: &str| LikeExpr::new(format!("%{}%", escape_like(text))).escape('\\');
    let lower = within(&words.to_lowercase());
    let path = lower_title().like(lower.clone()).or(Expr::col(entry::Column::Path).like(lower));
    match folded(words).join(" ") {
        folded if folded.is_empty() || words.starts_with('/') => path,
        words => {
            let says = search_document::Entity::find()
                .select_only()
                .column(search_document::Column::EntryId)
                .filter(Expr::col(search_document::Column::TitleWords).like(within(&words)));
            path.or(entry::Column::Id.in_subquery(says.into_query()))
        }
    }
}

fn lower_title() -> SimpleExpr {
    Expr::expr(Func::lower(Expr::col((entry::Entity, entry::Column::Title))))
}

pub(super) fn escape_like(text: &str) -> String {
    text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")
}
