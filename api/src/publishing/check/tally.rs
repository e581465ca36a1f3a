//! How many findings each draft has, kept beside it so that lists can be narrowed to those with some.
//!
//! A save does not wait for it: whatever was saved is looked at a moment later, by any server. What others do can change
//! the findings of a draft too: when something public changed, every draft that has some or points at something that is
//! not public is looked at again, and once a day each one is.

use std::{future::Future, time::Duration};

use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    content_reference::{self, Lane},
    entry, setting,
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Expr, LockBehavior, LockType, NullOrdering, OnConflict, Order},
};

use super::{Check, CheckSeverity, draft_checks};
use crate::{db::Db, error::Result, generation::generation};

/// The setting that says after which generation drafts were told to be looked at again.
const LOOKED: &str = "checksGeneration";
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
    look_again_after_changes(db, now).await?;
    let stale = Condition::any()
        .add(entry::Column::LookedAt.is_null())
        .add(entry::Column::LookedAt.lt(now - TimeDelta::hours(STALE_AFTER_HOURS)));
    let entries = entry::Entity::find()
        .filter(stale)
        .filter(entry::Column::LatestRevisionId.is_not_null())
        .order_by_with_nulls(entry::Column::LookedAt, Order::Asc, NullOrdering::First)
        .limit(BATCH)
        .all(db.reader())
        .await?;
    for entry in &entries {
        let counts = match draft_checks(db.reader(), entry).await {
            Ok(checks) => Counts::of(&checks),
            Err(error) => {
                // What was known of it stays; it is looked at again when it is saved, or tomorrow.
                tracing::error!(error = ?error, entry = %entry.id, "a draft could not be looked at");
                Counts { blocking: entry.blockers, warnings: entry.warnings }
            }
        };
        // Whoever saved it, let a finding stand or changed something public meanwhile is not written over.
        let as_read = match entry.looked_at {
            None => entry::Column::LookedAt.is_null(),
            Some(at) => entry::Column::LookedAt.eq(at),
        };
        write(db.writer(), entry, &counts, as_read.into(), now).await?;
    }
    Ok(entries.len())
}

/// Has the drafts looked at again whose findings a change of what is public may have changed, once for each generation.
async fn look_again_after_changes(db: &Db, now: DateTime<Utc>) -> Result<()> {
    let present = generation(db.reader()).await?;
    let looked = setting::Entity::find_by_id(LOOKED).one(db.reader()).await?;
    if looked.and_then(|row| row.value.as_u64()) == Some(present) {
        return Ok(());
    }
    let not_public = entry::Entity::find().select_only().column(entry::Column::Id).filter(
        Condition::any().add(entry::Column::LiveRevisionId.is_null()).add(entry::Column::TrashedAt.is_not_null()),
    );
    let pointing = content_reference::Entity::find()
        .select_only()
        .column(content_reference::Column::EntryId)
        .filter(content_reference::Column::Lane.eq(Lane::Draft))
        .filter(content_reference::Column::TargetId.in_subquery(not_public.into_query()));
    // Who holds one is writing it anew, and waits for nobody here.
    let concerned = entry::Entity::find()
        .select_only()
        .column(entry::Column::Id)
        .filter(
            Condition::any()
                .add(entry::Column::Blockers.gt(0))
                .add(entry::Column::Warnings.gt(0))
                .add(entry::Column::Id.in_subquery(pointing.into_query())),
        )
        .order_by_asc(entry::Column::Id)
        .lock_with_behavior(LockType::NoKeyUpdate, LockBehavior::SkipLocked);
    entry::Entity::update_many()
        .col_expr(entry::Column::LookedAt, Expr::value(None::<DateTime<Utc>>))
        .filter(entry::Column::Id.in_subquery(concerned.into_query()))
        .exec(db.writer())
        .await?;
    let done = setting::ActiveModel { key: Set(LOOKED.to_owned()), value: Set(present.into()), updated_at: Set(now) };
    let again = OnConflict::column(setting::Column::Key)
        .update_columns([setting::Column::Value, setting::Column::UpdatedAt])
        .to_owned();
    setting::Entity::insert(done).on_conflict(again).exec_without_returning(db.writer()).await?;
    Ok(())
}

/// How many findings a draft has that nobody let stand.
struct Counts {
    blocking: i32,
    warnings: i32,
}

impl Counts {
    fn of(checks: &[Check]) -> Self {
        let count = |severity| {
            let of_weight = checks.iter().filter(|check| check.severity == severity && check.waiver.is_none());
            i32::try_from(of_weight.count()).unwrap_or(i32::MAX)
        };
        Self { blocking: count(CheckSeverity::Blocks), warnings: count(CheckSeverity::Warns) }
    }
}

/// Keeps how many findings `checks` are, unless `entry` has a newer draft by now.
pub async fn tally_again(
    db: &impl ConnectionTrait,
    entry: &entry::Model,
    checks: &[Check],
    now: DateTime<Utc>,
) -> Result<()> {
    write(db, entry, &Counts::of(checks), Condition::all(), now).await
}

async fn write(
    db: &impl ConnectionTrait,
    entry: &entry::Model,
    counts: &Counts,
    only_if: Condition,
    now: DateTime<Utc>,
) -> Result<()> {
    entry::Entity::update_many()
        .col_expr(entry::Column::Blockers, Expr::value(counts.blocking))
        .col_expr(entry::Column::Warnings, Expr::value(counts.warnings))
        .col_expr(entry::Column::LookedAt, Expr::value(now))
        .filter(entry::Column::Id.eq(entry.id))
        .filter(entry::Column::LatestRevisionId.eq(entry.latest_revision_id))
        .filter(only_if)
        .exec(db)
        .await?;
    Ok(())
}
