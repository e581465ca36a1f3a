//! Work that waits until the transaction it belongs to holds, and is then done at least once.
//!
//! A row is written together with its cause. A worker claims rows for a minute at a time (two workers never hold the
//! same one), does the work and marks it; what fails is tried again, ever later, and after a day is left where
//! it is, with an error in the log. Payloads carry ids, never a person's words.

use std::{collections::BTreeMap, future::Future, time::Duration};

use chrono::{DateTime, TimeDelta, Utc};
use entity::{id::OutboxId, outbox};
use futures_util::{FutureExt, future::join_all};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
    Select,
    sea_query::{Expr, ExprTrait, LockBehavior, LockType},
};
use serde_json::Value;

use crate::{
    db::{Db, insert_all},
    error::Result,
};

/// About a day: a mail server may be away for a night.
const MOST_ATTEMPTS: i32 = 30;
const BATCH: u64 = 200;
const POLL: Duration = Duration::from_secs(1);
const HELD_SECONDS: i64 = 60;
const MOST_WAIT_SECONDS: i64 = 3_600;
/// How long what a worker does may take, well within the time it holds its rows.
const PATIENCE: Duration = Duration::from_secs(45);
/// How long it can be looked up what was done.
const KEPT: TimeDelta = TimeDelta::days(7);

/// What came of a row: done, or why not, to be tried again.
pub type Outcome = std::result::Result<(), String>;

/// Which topics are worked together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lane {
    /// Those that wait for somebody else's server, see [`Worker::slow`].
    Slow,
    /// All others.
    Quick,
}

/// Does the work of every topic.
pub trait Worker: Send + Sync {
    /// Topics whose work waits for somebody else's server. They are worked beside the others, so that nothing waits for them.
    fn slow(&self) -> &[&str];

    /// Does rows of one topic; answers what came of each, in their order. What takes longer than 45 seconds is given up and
    /// tried again.
    fn work(&self, topic: &str, payloads: &[Value], now: DateTime<Utc>) -> impl Future<Output = Vec<Outcome>> + Send;
}

/// Leaves a piece of work for `run_at` or later, in the caller's transaction.
pub async fn enqueue(
    db: &impl ConnectionTrait,
    topic: &str,
    payload: Value,
    run_at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<()> {
    outbox::Entity::insert(row(topic, payload, run_at, now)).exec_without_returning(db).await?;
    Ok(())
}

/// Leaves work for later, in the caller's transaction: a row for each of `payloads`.
pub async fn enqueue_all(
    db: &impl ConnectionTrait,
    topic: &str,
    payloads: Vec<Value>,
    now: DateTime<Utc>,
) -> Result<()> {
    let rows = payloads.into_iter().map(|payload| row(topic, payload, now, now));
    Ok(insert_all(db, rows.collect()).await?)
}

fn row(topic: &str, payload: Value, run_at: DateTime<Utc>, now: DateTime<Utc>) -> outbox::ActiveModel {
    outbox::ActiveModel {
        id: Set(OutboxId::new()),
        topic: Set(topic.to_owned()),
        payload: Set(payload),
        created_at: Set(now),
        run_at: Set(run_at),
        attempts: Set(0),
        locked_until: Set(None),
        delivered_at: Set(None),
        last_error: Set(None),
    }
}

/// Works until `shutdown` resolves; what is being done then is finished first.
pub async fn run(db: Db, worker: impl Worker, shutdown: impl Future<Output = ()>) {
    let shutdown = shutdown.shared();
    let lanes = [Lane::Quick, Lane::Slow].map(|lane| run_lane(&db, &worker, lane, shutdown.clone()));
    join_all(lanes).await;
}

async fn run_lane(db: &Db, worker: &impl Worker, lane: Lane, shutdown: impl Future<Output = ()>) {
    tokio::pin!(shutdown);
    loop {
        let worked = match work_lane(db, worker, lane, Utc::now()).await {
            Ok(worked) => worked,
            Err(error) => {
                tracing::error!(error = ?error, "the outbox could not be worked");
                0
            }
        };
        let pause = if worked > 0 { Duration::ZERO } else { POLL };
        tokio::select! {
            () = &mut shutdown => return,
            () = tokio::time::sleep(pause) => {}
        }
    }
}

/// Does what is due at `now`, at most two batches; answers how many rows were tried.
pub async fn work(db: &Db, worker: &impl Worker, now: DateTime<Utc>) -> Result<usize> {
    Ok(work_lane(db, worker, Lane::Quick, now).await? + work_lane(db, worker, Lane::Slow, now).await?)
}

/// Does what is due at `now` in one lane, at most one batch; answers how many rows were tried.
async fn work_lane(db: &Db, worker: &impl Worker, lane: Lane, now: DateTime<Utc>) -> Result<usize> {
    let due = due(now).filter(match lane {
        Lane::Slow => outbox::Column::Topic.is_in(worker.slow().iter().copied()),
        Lane::Quick => outbox::Column::Topic.is_not_in(worker.slow().iter().copied()),
    });
    // Looking costs a reader; only when something waits is a transaction begun.
    if due.clone().one(db.reader()).await?.is_none() {
        return Ok(0);
    }
    let claimed = claim(db, due, now).await?;
    let tried = claimed.len();
    let mut by_topic = BTreeMap::<String, Vec<outbox::Model>>::new();
    for row in claimed {
        by_topic.entry(row.topic.clone()).or_default().push(row);
    }
    // What takes its time holds up no other topic.
    let worked = join_all(by_topic.into_iter().map(|(topic, rows)| work_topic(worker, topic, rows, now))).await;
    let (done, failed): (Vec<_>, Vec<_>) = worked.into_iter().flatten().partition(|(_, outcome)| outcome.is_ok());
    let failed = failed.into_iter().filter_map(|(row, outcome)| Some((row, outcome.err()?)));
    settle(db, done.into_iter().map(|(row, _)| row.id).collect(), failed.collect(), now).await?;
    Ok(tried)
}

/// The rows, each with what came of it.
async fn work_topic(
    worker: &impl Worker,
    topic: String,
    rows: Vec<outbox::Model>,
    now: DateTime<Utc>,
) -> Vec<(outbox::Model, Outcome)> {
    let payloads: Vec<Value> = rows.iter().map(|row| row.payload.clone()).collect();
    let worked = tokio::time::timeout(PATIENCE, worker.work(&topic, &payloads, now)).await;
    let outcomes = worked.unwrap_or_else(|_| vec![Err("it took too long".to_owned()); rows.len()]);
    rows.into_iter().zip(outcomes).collect()
}

/// The payloads of a topic that wait for a time after `now`.
pub async fn list_waiting(db: &impl ConnectionTrait, topic: &str, now: DateTime<Utc>) -> Result<Vec<Value>> {
    let waiting = outbox::Entity::find().filter(outbox::Column::Topic.eq(topic));
    let waiting = waiting.filter(outbox::Column::DeliveredAt.is_null()).filter(outbox::Column::RunAt.gt(now));
    Ok(waiting.all(db).await?.into_iter().map(|row| row.payload).collect())
}

/// Forgets what was done more than a week before `now`; what was given up stays.
pub async fn remove_old(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<()> {
    outbox::Entity::delete_many().filter(outbox::Column::DeliveredAt.lt(now - KEPT)).exec(db).await?;
    Ok(())
}

fn due(now: DateTime<Utc>) -> Select<outbox::Entity> {
    let free = Condition::any().add(outbox::Column::LockedUntil.is_null()).add(outbox::Column::LockedUntil.lt(now));
    outbox::Entity::find()
        .filter(outbox::Column::DeliveredAt.is_null())
        .filter(outbox::Column::RunAt.lte(now))
        .filter(outbox::Column::Attempts.lt(MOST_ATTEMPTS))
        .filter(free)
        .order_by_asc(outbox::Column::RunAt)
        .order_by_asc(outbox::Column::Id)
        .limit(BATCH)
}

/// Holds due rows for a minute. PostgreSQL skips those another worker is just claiming; SQLite has one writer anyway.
async fn claim(db: &Db, due: Select<outbox::Entity>, now: DateTime<Utc>) -> Result<Vec<outbox::Model>> {
    let tx = db.begin().await?;
    let rows = due.lock_with_behavior(LockType::Update, LockBehavior::SkipLocked).all(&tx).await?;
    outbox::Entity::update_many()
        .col_expr(outbox::Column::Attempts, Expr::col(outbox::Column::Attempts).add(1))
        .col_expr(outbox::Column::LockedUntil, Expr::val(now + TimeDelta::seconds(HELD_SECONDS)))
        .filter(outbox::Column::Id.is_in(rows.iter().map(|row| row.id)))
        .exec(&tx)
        .await?;
    tx.commit().await?;
    let tried = |row: outbox::Model| outbox::Model { attempts: row.attempts.saturating_add(1), ..row };
    Ok(rows.into_iter().map(tried).collect())
}

/// Writes down what came of a batch, in one transaction: whoever writes beside it waits for one flush to disk, not for one
/// a row.
async fn settle(db: &Db, done: Vec<OutboxId>, failed: Vec<(outbox::Model, String)>, now: DateTime<Utc>) -> Result<()> {
    let tx = db.begin().await?;
    outbox::Entity::update_many()
        .col_expr(outbox::Column::DeliveredAt, Expr::val(now))
        .col_expr(outbox::Column::LockedUntil, Expr::val(None::<DateTime<Utc>>))
        .col_expr(outbox::Column::LastError, Expr::val(None::<String>))
        .filter(outbox::Column::Id.is_in(done))
        .exec(&tx)
        .await?;
    for (row, cause) in failed {
        let (id, attempts, topic) = (row.id, row.attempts, row.topic.clone());
        if attempts >= MOST_ATTEMPTS {
            tracing::error!(outbox = %id, topic, attempts, cause, "gave up on work in the outbox");
        } else {
            tracing::warn!(outbox = %id, topic, attempts, cause, "work in the outbox failed and will be tried again");
        }
        let mut row = row.into_active_model();
        row.locked_until = Set(None);
        row.run_at = Set(now + wait_after(attempts));
        row.last_error = Set(Some(cause));
        row.update(&tx).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// 2, 4, 8 … seconds, at most an hour.
fn wait_after(attempts: i32) -> TimeDelta {
    let seconds = 1_i64.checked_shl(attempts.unsigned_abs()).unwrap_or(MOST_WAIT_SECONDS);
    TimeDelta::seconds(seconds.clamp(1, MOST_WAIT_SECONDS))
}
