//! What gives cause to tell somebody, left in the outbox in the transaction that gives it.

use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    id::{LeadId, LeadTaskId, UserId},
    lead::{self, LeadPriority},
};
use sea_orm::ConnectionTrait;
use serde::{Deserialize, Serialize};

use super::Kind;
use crate::{
    error::Result,
    leads::{intake::RECEIVED, status},
    outbox,
};

/// Somebody cannot wait.
pub(super) const URGENT: &str = "lead.urgent";
/// It is nearly too late to act.
pub(super) const DUE: &str = "lead.due";
/// A colleague was given a lead.
pub(super) const ASSIGNED: &str = "lead.assigned";
/// A task is due.
pub(super) const TASK: &str = "lead.task";
/// Nobody acted in time.
pub(super) const OVERDUE: &str = "lead.overdue";
/// A lead got further, ended or was reopened.
pub(super) const STATUS: &str = "lead.status";
/// A person was erased.
pub(super) const ERASED: &str = "lead.erased";
/// A letter to one member of staff.
pub(super) const LETTER: &str = "lead.letter";

/// How long before it is too late whoever should act is told.
pub(super) const WARNING: TimeDelta = TimeDelta::minutes(2);

/// That a lead came, or became something else.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Received {
    pub lead: LeadId,
}

/// That a lead cannot wait.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Urgent {
    pub lead: LeadId,
    /// Who raised it, and need not be told where they have it.
    pub by: Option<UserId>,
    /// Whether it was told before, to everybody: then it goes on only until somebody takes it.
    pub again: bool,
}

/// That somebody must act on a lead at that time.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Due {
    pub lead: LeadId,
    pub at: DateTime<Utc>,
}

/// That something is to be done by that time.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct TaskDue {
    pub task: LeadTaskId,
    pub at: DateTime<Utc>,
}

/// That a colleague was given a lead.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Assigned {
    pub lead: LeadId,
    pub user: UserId,
}

/// What is written to whom.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Letter {
    pub kind: Kind,
    pub user: UserId,
    pub leads: Vec<LeadId>,
    /// When there was cause to write it.
    pub at: DateTime<Utc>,
}

/// Has everybody told of a lead as if somebody had just written, and, if nobody acts, before it is overdue.
pub(in super::super) async fn received(
    db: &impl ConnectionTrait,
    lead: &lead::Model,
    now: DateTime<Utc>,
) -> Result<()> {
    leave(db, RECEIVED, &Received { lead: lead.id }, now, now).await
}

/// Has everybody told that a lead cannot wait, or, where somebody has it already, them. `by` raised it.
pub(in super::super) async fn urgent(
    db: &impl ConnectionTrait,
    lead: LeadId,
    by: Option<UserId>,
    now: DateTime<Utc>,
) -> Result<()> {
    leave(db, URGENT, &Urgent { lead, by, again: false }, now, now).await
}

/// Has everybody told of a lead that is in the queue again, or open again: `by` put it there.
pub(in super::super) async fn back(
    db: &impl ConnectionTrait,
    lead: &lead::Model,
    by: Option<UserId>,
    now: DateTime<Utc>,
) -> Result<()> {
    match (status::is_open(lead.status), lead.priority) {
        (false, _) => Ok(()),
        (true, LeadPriority::Urgent) => urgent(db, lead.id, by, now).await,
        (true, LeadPriority::Normal) => due(db, lead, now).await,
    }
}

/// Has whoever should act on a lead told before its next action is overdue.
pub(in super::super) async fn due(db: &impl ConnectionTrait, lead: &lead::Model, now: DateTime<Utc>) -> Result<()> {
    match lead.next_action_at {
        Some(at) => leave(db, DUE, &Due { lead: lead.id, at }, (at - WARNING).max(now), now).await,
        None => Ok(()),
    }
}

/// Has whoever shall do a task told when it is due.
pub(in super::super) async fn task(
    db: &impl ConnectionTrait,
    task: LeadTaskId,
    at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<()> {
    leave(db, TASK, &TaskDue { task, at }, at, now).await
}

/// Has webhooks told that a lead got further, ended or was reopened.
pub(in super::super) async fn status(db: &impl ConnectionTrait, lead: LeadId, now: DateTime<Utc>) -> Result<()> {
    leave(db, STATUS, &Received { lead }, now, now).await
}

/// Has webhooks told that leads got further, ended or were reopened.
pub(in super::super) async fn all_status(
    db: &impl ConnectionTrait,
    leads: impl IntoIterator<Item = LeadId>,
    now: DateTime<Utc>,
) -> Result<()> {
    let work = leads.into_iter().map(|lead| serde_json::to_value(Received { lead }));
    outbox::enqueue_all(db, STATUS, work.collect::<Result<_, _>>()?, now).await
}

/// Has webhooks told that a person was erased.
pub(in super::super) async fn erased(db: &impl ConnectionTrait, lead: LeadId, now: DateTime<Utc>) -> Result<()> {
    leave(db, ERASED, &Received { lead }, now, now).await
}

/// Has a colleague told that a lead is theirs now.
pub(in super::super) async fn assigned(
    db: &impl ConnectionTrait,
    lead: LeadId,
    user: UserId,
    now: DateTime<Utc>,
) -> Result<()> {
    leave(db, ASSIGNED, &Assigned { lead, user }, now, now).await
}

/// Has a colleague told that leads are theirs now.
pub(in super::super) async fn all_assigned(
    db: &impl ConnectionTrait,
    leads: impl IntoIterator<Item = LeadId>,
    user: UserId,
    now: DateTime<Utc>,
) -> Result<()> {
    let work = leads.into_iter().map(|lead| serde_json::to_value(Assigned { lead, user }));
    outbox::enqueue_all(db, ASSIGNED, work.collect::<Result<_, _>>()?, now).await
}

/// Leaves work of a topic, to be done at `run_at`.
pub(super) async fn leave(
    db: &impl ConnectionTrait,
    topic: &str,
    work: &impl Serialize,
    run_at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<()> {
    outbox::enqueue(db, topic, serde_json::to_value(work)?, run_at, now).await
}
