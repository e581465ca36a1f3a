//! How many findings each draft has, kept beside it so that lists can be narrowed to those with some.
//!
//! A save does not wait for it: whatever was saved is looked at a moment later, by any server. What others do can change
//! the findings of a draft too, so those that have some are looked at again when something public changed, and every one
//! once a day.

use std::{future::Future, time::Duration};

use chrono::{DateTime, TimeDelta, Utc};
use entity::entry;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, NullOrdering, Order},
};

use super::{Check, CheckSeverity, draft_checks};
use crate::{db::Db, error::Result, generation::raised_at};

/// Drafts that are looked at in one round.
const BATCH: u64 = 20;
const BETWEEN_ROUNDS: Duration = Duration::from_secs(1);
const STALE_AFTER_HOURS: i64 = 24;

/// Looks each second for drafts to look at, until `shutdown` resolves.
pub async fn run_looking(db: Db, shutdown: impl Future<Output = ()>) {
    tokio::pin!(shutdown);
    loop {
        if let Err(error) = look_through(&db, Utc::now()).await {
            tracing::error!(error = ?error, "drafts could not be looked at");
        }
        tokio::select! {
            () = &mut shutdown => return,
            () = tokio::time::sleep(BETWEEN_ROUNDS) => {}
        }
    }
}

/// Looks at some of the drafts that nobody looked at since they could have other findings; answers at how many.
pub async fn look_through(db: &Db, now: DateTime<Utc>) -> Result<usize> {
    let found = Condition::any().add(entry::Column::Blockers.gt(0)).add(entry::Column::Warnings.gt(0));
    let mut stale = Condition::any()
        .add(entry::Column::LookedAt.is_null())
        .add(entry::Column::LookedAt.lt(now - TimeDelta::hours(STALE_AFTER_HOURS)));
    if let Some(raised) = raised_at(db.reader()).await? {
        stale = stale.add(Condition::all().add(entry::Column::LookedAt.lte(raised)).add(found));
    }
    let entries = entry::Entity::find()
        .filter(stale)
        .filter(entry::Column::LatestRevisionId.is_not_null())
        .order_by_with_nulls(entry::Column::LookedAt, Order::Asc, NullOrdering::First)
        .limit(BATCH)
        .all(db.reader())
        .await?;
    for entry in &entries {
        let checks = draft_checks(db.reader(), entry).await.unwrap_or_else(|error| {
            // It is looked at again when it is saved, or tomorrow.
            tracing::error!(error = ?error, entry = %entry.id, "a draft could not be looked at");
            Vec::new()
        });
        tally_again(db.writer(), entry, &checks, now).await?;
    }
    Ok(entries.len())
}

/// Keeps how many findings `checks` are, unless `entry` has a newer draft by now.
pub async fn tally_again(
    db: &impl ConnectionTrait,
    entry: &entry::Model,
    checks: &[Check],
    now: DateTime<Utc>,
) -> Result<()> {
    let count = |severity| {
        let of_weight = checks.iter().filter(|check| check.severity == severity && check.waiver.is_none());
        i32::try_from(of_weight.count()).unwrap_or(i32::MAX)
    };
    entry::Entity::update_many()
        .col_expr(entry::Column::Blockers, Expr::value(count(CheckSeverity::Blocks)))
        .col_expr(entry::Column::Warnings, Expr::value(count(CheckSeverity::Warns)))
        .col_expr(entry::Column::LookedAt, Expr::value(now))
        .filter(entry::Column::Id.eq(entry.id))
        .filter(entry::Column::LatestRevisionId.eq(entry.latest_revision_id))
        .exec(db)
        .await?;
    Ok(())
}
