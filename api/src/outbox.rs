//! Work that waits until the transaction it belongs to holds, and is then done at least once.
//!
//! A row is written together with its cause. A worker claims rows for a minute at a time (two workers never hold the
//! same one), does the work and marks it; what fails is tried again, ever later, and after ten attempts is left where
//! it is, with an error in the log. Payloads carry ids, never a person's words.

use std::{future::Future, time::Duration};

use chrono::{DateTime, TimeDelta, Utc};
use entity::{id::OutboxId, outbox};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
    Select,
    sea_query::{LockBehavior, LockType},
};
use serde_json::Value;

use crate::{db::Db, error::Result};

const MOST_ATTEMPTS: i32 = 10;
const BATCH: u64 = 20;
const POLL: Duration = Duration::from_secs(1);
const HELD_SECONDS: i64 = 60;
const MOST_WAIT_SECONDS: i64 = 3_600;

/// Leaves work for later, in the caller's transaction and in one statement: a row for each of `payloads`.
pub async fn enqueue_all(
    db: &impl ConnectionTrait,
    topic: &str,
    payloads: Vec<Value>,
    now: DateTime<Utc>,
) -> Result<()> {
    let rows = payloads.into_iter().map(|payload| outbox::ActiveModel {
        id: Set(OutboxId::new()),
        topic: Set(topic.to_owned()),
        payload: Set(payload),
        created_at: Set(now),
        run_at: Set(now),
        attempts: Set(0),
        locked_until: Set(None),
        delivered_at: Set(None),
        last_error: Set(None),
    });
    outbox::Entity::insert_many(rows).exec_without_returning(db).await?;
    Ok(())
}

/// Works until `shutdown` resolves; what is being done then is finished first.
pub async fn run(db: Db, shutdown: impl Future<Output = ()>) {
    tokio::pin!(shutdown);
    loop {
        let worked = match work(&db, Utc::now()).await {
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

/// Does what is due at `now`, at most one batch; answers how many rows were tried.
pub async fn work(db: &Db, now: DateTime<Utc>) -> Result<usize> {
    // Looking costs a reader; only when something waits is a transaction begun.
    if due(now).one(db.reader()).await?.is_none() {
        return Ok(0);
    }
    let claimed = claim(db, now).await?;
    let tried = claimed.len();
    for row in claimed {
        let outcome = deliver(&row.topic, &row.payload);
        settle(db, row, outcome, now).await?;
    }
    Ok(tried)
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
async fn claim(db: &Db, now: DateTime<Utc>) -> Result<Vec<outbox::Model>> {
    let tx = db.begin().await?;
    let rows = due(now).lock_with_behavior(LockType::Update, LockBehavior::SkipLocked).all(&tx).await?;
    let mut claimed = Vec::with_capacity(rows.len());
    for row in rows {
        let attempts = row.attempts.saturating_add(1);
        let mut row = row.into_active_model();
        row.attempts = Set(attempts);
        row.locked_until = Set(Some(now + TimeDelta::seconds(HELD_SECONDS)));
        claimed.push(row.update(&tx).await?);
    }
    tx.commit().await?;
    Ok(claimed)
}

async fn settle(
    db: &Db,
    row: outbox::Model,
    outcome: std::result::Result<(), String>,
    now: DateTime<Utc>,
) -> Result<()> {
    let (id, attempts) = (row.id, row.attempts);
    let topic = row.topic.clone();
    let mut row = row.into_active_model();
    row.locked_until = Set(None);
    match outcome {
        Ok(()) => {
            row.delivered_at = Set(Some(now));
            row.last_error = Set(None);
        }
        Err(cause) => {
            if attempts >= MOST_ATTEMPTS {
                tracing::error!(outbox = %id, topic, attempts, cause, "gave up on work in the outbox");
            } else {
                tracing::warn!(outbox = %id, topic, attempts, cause, "work in the outbox failed and will be tried again");
            }
            row.run_at = Set(now + wait_after(attempts));
            row.last_error = Set(Some(cause));
        }
    }
    let tx = db.begin().await?;
    row.update(&tx).await?;
    tx.commit().await?;
    Ok(())
}

/// 2, 4, 8 … seconds, at most an hour.
fn wait_after(attempts: i32) -> TimeDelta {
    let seconds = 1_i64.checked_shl(attempts.unsigned_abs()).unwrap_or(MOST_WAIT_SECONDS);
    TimeDelta::seconds(seconds.clamp(1, MOST_WAIT_SECONDS))
}

/// The subscribers of each topic. They get ids and look up what they may see.
fn deliver(topic: &str, payload: &Value) -> std::result::Result<(), String> {
    match topic {
        "lead.received" => {
            let lead = payload.get("lead").and_then(Value::as_str).ok_or("the payload names no lead")?;
            tracing::info!(topic, lead, "a lead was received");
            Ok(())
        }
        other => Err(format!("nobody subscribes to `{other}`")),
    }
}
