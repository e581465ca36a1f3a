//! Publishing and taking back at a time.
//!
//! What is scheduled is a revision: later drafts wait for their own turn. The time is kept in UTC, so neither a clock
//! set back nor a time zone whose rules change does it twice. A worker takes what is due one by one, in one transaction
//! with its outcome, so it is done once however many servers there are, and at once after a stop. It is done in the
//! name of whoever scheduled it, by what they may do at that time; what cannot be done stays visible as failed.

use std::{future::Future, time::Duration};

use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    content_reference::Lane,
    entry, hours,
    id::{EntryId, RevisionId, ScheduleId},
    problem::{ProblemCode, Problems, Stage},
    schedule::{self, ScheduleAction, ScheduleState},
};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect, Select, TransactionTrait,
    sea_query::{LockBehavior, LockType},
};

use super::{
    entry::{hold, hold_all},
    publish::{Freshness, Indexers, check_ready, make_private, publish_revision},
    revision::{find_revision, keep},
    usage,
};
use crate::{
    db::{Db, storable},
    error::{Error, Result, refuse_if_any},
    identity::{Actor, Audit, Permission, user},
};

const BATCH: usize = 50;
const POLL: Duration = Duration::from_secs(1);
/// Entries of a calendar, at the most.
const MOST_LISTED: u64 = 1_000;
const MOST_DAYS_AHEAD: i64 = 5 * 366;
const LATE_SECONDS: i64 = 60;
/// A fault of ours may pass: until then it is tried again.
const PATIENCE_MINUTES: i64 = 10;

/// A time somebody chose, and where.
#[derive(Clone, Debug)]
pub struct Moment {
    /// When.
    pub at: DateTime<Utc>,
    /// The time zone it was chosen in: `Europe/Berlin`.
    pub time_zone: String,
}

/// Makes `revision`, which must be the latest, public at a time. Takes the place of what was scheduled before.
///
/// Fails with problems at `id`, `revision`, `runAt`, `timeZone` and those that keep the draft from being public.
pub async fn schedule_publish(
    db: &impl ConnectionTrait,
    actor: Actor,
    id: EntryId,
    revision: RevisionId,
    moment: Moment,
    now: DateTime<Utc>,
) -> Result<schedule::Model> {
    actor.require(Permission::Publish)?;
    let entry = hold(db, id).await?;
    if entry.latest_revision_id != Some(revision) {
        let message = "There is a newer draft. Look at it, then schedule that one.";
        return Err(Error::problem(ProblemCode::Conflict, ["revision"], message));
    }
    let row = find_revision(db, revision).await?.ok_or_else(|| Error::not_found("revision"))?;
    check_ready(db, &entry, &row).await?;
    keep(db, row).await?;
    plan(db, actor, id, ScheduleAction::Publish, Some(revision), moment, now).await
}

/// Takes an entry back from the public at a time. Takes the place of what was scheduled before.
///
/// What is not public yet may be scheduled as well, for its publishing may be. Fails with problems at `id`, `runAt` and
/// `timeZone`.
pub async fn schedule_unpublish(
    db: &impl ConnectionTrait,
    actor: Actor,
    id: EntryId,
    moment: Moment,
    now: DateTime<Utc>,
) -> Result<schedule::Model> {
    actor.require(Permission::Publish)?;
    hold(db, id).await?;
    plan(db, actor, id, ScheduleAction::Unpublish, None, moment, now).await
}

/// Calls off what is to come, or puts away what failed.
pub async fn cancel_schedule(
    db: &impl ConnectionTrait,
    actor: Actor,
    id: ScheduleId,
    now: DateTime<Utc>,
) -> Result<schedule::Model> {
    actor.require(Permission::Publish)?;
    let row = schedule::Entity::find_by_id(id).lock_exclusive().one(db).await?;
    let row = row.ok_or_else(|| Error::not_found("schedule"))?;
    if !matches!(row.state, ScheduleState::Pending | ScheduleState::Failed) {
        let message = "It was done or called off already, so there is nothing to cancel.";
        return Err(Error::problem(ProblemCode::IllegalTransition, ["id"], message));
    }
    let mut row = row.into_active_model();
    row.state = Set(ScheduleState::Cancelled);
    row.done_at = Set(Some(now));
    let row = row.update(db).await?;
    index_planned(db, row.entry_id).await?;
    Ok(row)
}

/// What is to come of an entry, and what failed, by time.
pub async fn list_schedules(db: &impl ConnectionTrait, actor: Actor, id: EntryId) -> Result<Vec<schedule::Model>> {
    actor.require(Permission::ReadDrafts)?;
    Ok(by_time(schedule::Entity::find()).filter(open_of(id)).all(db).await?)
}

/// What is scheduled from a time to before another, with what it is about, by time; what was called off is left out.
pub async fn list_scheduled(
    db: &impl ConnectionTrait,
    actor: Actor,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
) -> Result<Vec<schedule::Model>> {
    actor.require(Permission::ReadDrafts)?;
    Ok(by_time(schedule::Entity::find())
        .filter(schedule::Column::RunAt.gte(storable(from)))
        .filter(schedule::Column::RunAt.lt(storable(to)))
        .filter(schedule::Column::State.ne(ScheduleState::Cancelled))
        .limit(MOST_LISTED)
        .all(db)
        .await?)
}

/// Whether it was done well after its time, because no server ran.
pub fn was_late(row: &schedule::Model) -> bool {
    row.state == ScheduleState::Done
        && row.done_at.is_some_and(|done| done - row.run_at > TimeDelta::seconds(LATE_SECONDS))
}

/// Works until `shutdown` resolves; what is being done then is finished first.
pub async fn run_schedule(db: Db, audit: Audit, indexers: Indexers, shutdown: impl Future<Output = ()>) {
    tokio::pin!(shutdown);
    loop {
        if let Err(error) = work_schedule(&db, &audit, indexers, Utc::now()).await {
            tracing::error!(error = ?error, "what is scheduled could not be done");
        }
        tokio::select! {
            () = &mut shutdown => return,
            () = tokio::time::sleep(POLL) => {}
        }
    }
}

/// Does what is due at `now`; answers how many were settled.
pub async fn work_schedule(db: &Db, audit: &Audit, indexers: Indexers, now: DateTime<Utc>) -> Result<usize> {
    let (mut settled, mut put_off) = (0, Vec::new());
    for _ in 0..BATCH {
        // Looking costs a reader; only when something is due is a transaction begun.
        if due(now, &put_off).one(db.reader()).await?.is_none() {
            break;
        }
        match work_one(db, audit, indexers, &put_off, now).await? {
            Worked::Settled => settled += 1,
            Worked::PutOff(id) => put_off.push(id),
            Worked::Overtaken => {}
            Worked::Nothing => break,
        }
    }
    Ok(settled)
}

/// What came of one attempt.
enum Worked {
    /// It was done, or failed for good.
    Settled,
    /// It met a fault that may pass.
    PutOff(ScheduleId),
    /// Another server did it, or somebody called it off.
    Overtaken,
    /// Nothing is due.
    Nothing,
}

/// Does the first that is due and that no other server is doing.
async fn work_one(
    db: &Db,
    audit: &Audit,
    indexers: Indexers,
    put_off: &[ScheduleId],
    now: DateTime<Utc>,
) -> Result<Worked> {
    let tx = db.begin().await?;
    // Whoever holds the page may be about to call its plan off, so the page is held before the plan, as everywhere.
    let Some(first) = due(now, put_off).one(&tx).await? else { return Ok(Worked::Nothing) };
    hold_all(&tx, [first.entry_id]).await?;
    let row = due(now, put_off).filter(schedule::Column::Id.eq(first.id));
    let row = row.lock_with_behavior(LockType::Update, LockBehavior::SkipLocked).one(&tx).await?;
    let Some(row) = row else { return Ok(Worked::Overtaken) };
    let attempt = tx.begin().await?;
    let error = match act(&attempt, audit, indexers, &row, now).await {
        Ok(()) => {
            attempt.commit().await?;
            None
        }
        Err(error) => {
            attempt.rollback().await?;
            let (fault, sentence) = (matches!(error, Error::Internal(_)), sentence(&row, &error));
            if fault && now - row.run_at < TimeDelta::minutes(PATIENCE_MINUTES) {
                tx.rollback().await?;
                return Ok(Worked::PutOff(row.id));
            }
            Some(sentence)
        }
    };
    let (id, run_at) = (row.id, row.run_at);
    let mut row = row.into_active_model();
    row.state = Set(if error.is_none() { ScheduleState::Done } else { ScheduleState::Failed });
    row.error = Set(error.clone());
    row.done_at = Set(Some(now));
    let row = row.update(&tx).await?;
    index_planned(&tx, row.entry_id).await?;
    tx.commit().await?;
    match error {
        None => tracing::info!(schedule = %id, %run_at, "did what was scheduled"),
        Some(error) => tracing::warn!(schedule = %id, %run_at, error, "what was scheduled could not be done"),
    }
    Ok(Worked::Settled)
}

async fn act(
    tx: &DatabaseTransaction,
    audit: &Audit,
    indexers: Indexers,
    row: &schedule::Model,
    now: DateTime<Utc>,
) -> Result<()> {
    let actor = user::deputy_of(tx, row.created_by).await?.ok_or(Error::Forbidden)?;
    match (row.action, row.revision_id) {
        (ScheduleAction::Publish, Some(revision)) => {
            publish_revision(tx, actor, audit, indexers, row.entry_id, revision, Freshness::AsScheduled, now).await?;
        }
        _ => {
            actor.require(Permission::Publish)?;
            let entry = hold(tx, row.entry_id).await?;
            make_private(tx, actor, audit, indexers, entry, None, now).await?;
        }
    }
    Ok(())
}

fn sentence(row: &schedule::Model, error: &Error) -> String {
    match error {
        Error::Problems(problems) => {
            problems.iter().take(3).map(|it| it.message.as_str()).collect::<Vec<_>>().join(" ")
        }
        Error::Forbidden | Error::Unauthenticated => {
            "Whoever scheduled it may no longer publish. Somebody who may has to schedule it again.".to_owned()
        }
        Error::Internal(cause) => {
            tracing::error!(schedule = %row.id, %cause, "what was scheduled met a fault");
            "A fault of the server kept it from being done. Its log says more.".to_owned()
        }
    }
}

/// Calls off the publishing of an entry that is to come.
pub(super) async fn call_off_publishing(db: &impl ConnectionTrait, id: EntryId, now: DateTime<Utc>) -> Result<()> {
    cancel_open(db, open_of(id).add(schedule::Column::Action.eq(ScheduleAction::Publish)), now).await?;
    index_planned(db, id).await
}

/// Calls off all that is to come of an entry, and puts away what failed.
pub(super) async fn call_off(db: &impl ConnectionTrait, id: EntryId, now: DateTime<Utc>) -> Result<()> {
    cancel_open(db, open_of(id), now).await?;
    index_planned(db, id).await
}

/// Writes anew where what is planned of an entry points at what, so that nothing is deleted that is about to be public.
async fn index_planned(db: &impl ConnectionTrait, id: EntryId) -> Result<()> {
    let Some(entry) = entry::Entity::find_by_id(id).one(db).await? else { return Ok(()) };
    let planned: Option<Option<RevisionId>> = schedule::Entity::find()
        .select_only()
        .column(schedule::Column::RevisionId)
        .filter(schedule::Column::EntryId.eq(id))
        .filter(schedule::Column::State.eq(ScheduleState::Pending))
        .filter(schedule::Column::Action.eq(ScheduleAction::Publish))
        .into_tuple()
        .one(db)
        .await?;
    usage::index_revision(db, &entry, Lane::Planned, planned.flatten()).await
}

fn open_of(id: EntryId) -> Condition {
    Condition::all()
        .add(schedule::Column::EntryId.eq(id))
        .add(schedule::Column::State.is_in([ScheduleState::Pending, ScheduleState::Failed]))
}

async fn cancel_open(db: &impl ConnectionTrait, which: Condition, now: DateTime<Utc>) -> Result<()> {
    schedule::Entity::update_many()
        .set(schedule::ActiveModel {
            state: Set(ScheduleState::Cancelled),
            done_at: Set(Some(now)),
            ..Default::default()
        })
        .filter(which)
        .exec(db)
        .await?;
    Ok(())
}

async fn plan(
    db: &impl ConnectionTrait,
    actor: Actor,
    id: EntryId,
    action: ScheduleAction,
    revision: Option<RevisionId>,
    moment: Moment,
    now: DateTime<Utc>,
) -> Result<schedule::Model> {
    check_moment(&moment, now)?;
    cancel_open(db, open_of(id).add(schedule::Column::Action.eq(action)), now).await?;
    let row = schedule::ActiveModel {
        id: Set(ScheduleId::new()),
        entry_id: Set(id),
        action: Set(action),
        revision_id: Set(revision),
        run_at: Set(moment.at),
        time_zone: Set(moment.time_zone),
        created_by: Set(actor.user()?),
        created_at: Set(now),
        state: Set(ScheduleState::Pending),
        error: Set(None),
        done_at: Set(None),
    };
    let row = row.insert(db).await?;
    index_planned(db, id).await?;
    Ok(row)
}

fn check_moment(moment: &Moment, now: DateTime<Utc>) -> Result<()> {
    let invalid = |field: &str, message: &str| Err(Error::problem(ProblemCode::Invalid, [field], message));
    if moment.at <= now {
        return invalid("runAt", "This time has passed. Choose one to come, or publish now.");
    }
    if moment.at - now > TimeDelta::days(MOST_DAYS_AHEAD) {
        return invalid("runAt", "Choose a time within the next five years.");
    }
    let mut problems = Problems::new(Stage::Draft);
    hours::validate_time_zone(&moment.time_zone, &mut problems);
    refuse_if_any(problems)
}

fn due(now: DateTime<Utc>, put_off: &[ScheduleId]) -> Select<schedule::Entity> {
    by_time(schedule::Entity::find())
        .filter(schedule::Column::Id.is_not_in(put_off.iter().copied()))
        .filter(schedule::Column::State.eq(ScheduleState::Pending))
        .filter(schedule::Column::RunAt.lte(now))
}

fn by_time(rows: Select<schedule::Entity>) -> Select<schedule::Entity> {
    rows.order_by_asc(schedule::Column::RunAt).order_by_asc(schedule::Column::Id)
}
