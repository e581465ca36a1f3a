//! Doing one thing to many leads, and taking that back within ten minutes.
//!
//! Each lead is judged by itself: one that somebody changed meanwhile stays as it is, and the others do not wait for it.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, TimeDelta, Utc};
use data_encoding::BASE64URL_NOPAD;
use entity::{
    id::{LeadId, UserId},
    lead::{self, LeadOutcome, LeadStatus},
    lead_bulk,
    lead_event::LeadEventKind,
    live_event::LiveChange,
    problem::{Problem, ProblemCode, Problems, Stage},
};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, ModelTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait},
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::{Digest, Sha256};

use super::{
    attempt,
    lead::{at_version, changed, heard_of, refuse_unless_colleague},
    lease::LEASE,
    notice, shift, status,
    step::{self, Step},
    task,
    timeline::append_all,
};
use crate::{
    db::padded,
    error::{Error, Result, refuse_if_any},
    identity::{Actor, Permission},
    keys::Secret,
    live,
};

/// How many leads go together.
const MOST: usize = 100;
/// How long it can be taken back.
const UNDO: TimeDelta = TimeDelta::minutes(10);

/// What came of it.
#[derive(Debug)]
pub struct Bulk {
    /// Each lead, in the order they were given in.
    pub leads: Vec<Done>,
    /// Takes it back; none where nothing changed, and where something was taken back.
    pub undo: Option<String>,
}

/// What came of it for one lead.
#[derive(Debug)]
pub struct Done {
    /// The lead as it is now; none where there is no such lead.
    pub lead: Option<lead::Model>,
    /// Why it is as it was before; none where it changed.
    pub problem: Option<Problem>,
}

/// What a lead was before, to become it again.
#[derive(Debug, Serialize, Deserialize)]
struct Was {
    id: LeadId,
    /// The version it was left at.
    version: i32,
    lease_until: Option<DateTime<Utc>>,
    act: Act,
}

impl Was {
    /// What a lead was that is one version on now.
    fn of(lead: &lead::Model, act: Act) -> Self {
        Self { id: lead.id, version: lead.version.saturating_add(1), lease_until: lead.lease_until, act }
    }
}

/// What was done to it.
#[derive(Debug, Serialize, Deserialize)]
enum Act {
    Assigned { assignee: Option<UserId> },
    Closed { status: LeadStatus, next_action_at: Option<DateTime<Utc>> },
}

/// Gives leads to somebody who works leads, or back to the queue; see [`super::lead::assign`].
///
/// Fails with problems at `leads` when there are none, too many or one twice, and with `NOT_FOUND` at `assignee`.
pub async fn assign(
    db: &impl ConnectionTrait,
    actor: Actor,
    leads: &[(LeadId, i32)],
    assignee: Option<UserId>,
    now: DateTime<Utc>,
) -> Result<Bulk> {
    actor.require(Permission::WorkLeads)?;
    refuse_unless_many(leads)?;
    refuse_unless_colleague(db, assignee).await?;
    let judged = judged(db, leads, |_| Ok(())).await?;

    let meta = json!({ "assignee": assignee });
    let happened = judged.going().map(|lead| (lead.id, LeadEventKind::Assigned, meta.clone())).collect();
    append_all(db, actor, happened, now).await?;
    let leased = |lead: &&lead::Model| lead.first_attempt_at.is_none() && status::is_open(lead.status);
    let (leased, others): (Vec<_>, Vec<_>) = judged.going().partition(|lead| assignee.is_some() && leased(lead));
    for (leads, lease_until) in [(leased, Some(now + LEASE)), (others, None)] {
        let row = lead::ActiveModel { assignee_id: Set(assignee), lease_until: Set(lease_until), ..Default::default() };
        change(db, leads.into_iter().map(|lead| lead.id).collect(), row, now).await?;
    }
    let now_are = finish(db, &judged).await?;
    if let Some(assignee) = assignee.filter(|_| !now_are.is_empty()) {
        shift::given(db, assignee, now).await?;
    }
    match assignee {
        None => all_back(db, now_are.values().collect(), actor, now).await?,
        Some(assignee) if Some(assignee) != actor.user_id() => {
            notice::all_assigned(db, now_are.keys().copied(), assignee, now).await?;
        }
        Some(_) => {}
    }
    let was = |lead: &lead::Model| Act::Assigned { assignee: lead.assignee_id };
    let undo = keep(db, actor, judged.going().map(|lead| Was::of(lead, was(lead))).collect(), now).await?;
    Ok(Bulk { leads: judged.answers(now_are), undo })
}

/// Closes open leads with one outcome; see [`step::take`].
///
/// Fails with problems at `leads` when there are none, too many or one twice.
pub async fn close(
    db: &impl ConnectionTrait,
    actor: Actor,
    leads: &[(LeadId, i32)],
    outcome: LeadOutcome,
    now: DateTime<Utc>,
) -> Result<Bulk> {
    actor.require(Permission::WorkLeads)?;
    refuse_unless_many(leads)?;
    let tried = match outcome {
        LeadOutcome::Unreachable => attempt::tried(db, &leads.iter().map(|(id, _)| *id).collect::<Vec<_>>()).await?,
        _ => HashMap::new(),
    };
    let closes = |lead: &lead::Model| {
        step::judge(actor, lead, &Step::closed(outcome), tried.get(&lead.id).copied().unwrap_or_default())
    };
    let judged = judged(db, leads, closes).await?;

    let meta = |from| json!({ "from": from, "to": LeadStatus::Closed, "outcome": outcome });
    let happened = judged.going().map(|lead| (lead.id, LeadEventKind::Status, meta(lead.status))).collect();
    append_all(db, actor, happened, now).await?;
    let row = lead::ActiveModel {
        status: Set(LeadStatus::Closed),
        outcome: Set(Some(outcome)),
        closed_at: Set(Some(now)),
        next_action_at: Set(None),
        lease_until: Set(None),
        ..Default::default()
    };
    let ids: Vec<_> = judged.going().map(|lead| lead.id).collect();
    task::clear(db, &ids, now).await?;
    change(db, ids, row, now).await?;
    let now_are = finish(db, &judged).await?;
    let was = |lead: &lead::Model| Act::Closed { status: lead.status, next_action_at: lead.next_action_at };
    let undo = keep(db, actor, judged.going().map(|lead| Was::of(lead, was(lead))).collect(), now).await?;
    Ok(Bulk { leads: judged.answers(now_are), undo })
}

/// Takes back what the actor did to several leads less than ten minutes ago, once. A lead that somebody changed since stays as
/// it is.
///
/// Fails with `NOT_FOUND` at `token` when it was used, is too old or somebody else's.
pub async fn undo(db: &impl ConnectionTrait, actor: Actor, token: &str, now: DateTime<Utc>) -> Result<Bulk> {
    actor.require(Permission::WorkLeads)?;
    let found = lead_bulk::Entity::find_by_id(hash(token)).lock_exclusive().one(db).await?;
    let user = actor.user()?;
    let Some(bulk) = found.filter(|bulk| bulk.user_id == user && now - bulk.created_at < UNDO) else {
        let message = "This was taken back already, or is older than ten minutes. Change the leads one by one.";
        return Err(Error::problem(ProblemCode::NotFound, ["token"], message));
    };
    let was: Vec<Was> = serde_json::from_value(bulk.was.clone())?;
    bulk.delete(db).await?;
    let leads: Vec<_> = was.iter().map(|was| (was.id, was.version)).collect();
    let judged = judged(db, &leads, |_| Ok(())).await?;
    let was: HashMap<_, _> = was.into_iter().map(|was| (was.id, was)).collect();

    let going: Vec<_> = judged.going().filter_map(|lead| Some((lead, was.get(&lead.id)?))).collect();
    let happened = |(lead, was): &(&lead::Model, &Was)| match was.act {
        Act::Assigned { assignee } => (lead.id, LeadEventKind::Assigned, json!({ "assignee": assignee })),
        Act::Closed { status, .. } => (lead.id, LeadEventKind::Status, json!({ "from": lead.status, "to": status })),
    };
    append_all(db, actor, going.iter().map(happened).collect(), now).await?;
    let closed = going.iter().filter(|(_, was)| matches!(was.act, Act::Closed { .. })).map(|(lead, _)| *lead);
    let closed: Vec<&lead::Model> = closed.collect();
    if let Some(at) = closed.iter().find_map(|lead| lead.closed_at) {
        task::restore(db, &closed.iter().map(|lead| lead.id).collect::<Vec<_>>(), at).await?;
    }
    for (lead, was) in going {
        let mut row = changed(lead.clone(), now);
        row.lease_until = Set(was.lease_until);
        match was.act {
            Act::Assigned { assignee } => row.assignee_id = Set(assignee),
            Act::Closed { status, next_action_at } => {
                row.status = Set(status);
                row.outcome = Set(None);
                row.closed_at = Set(None);
                row.next_action_at = Set(next_action_at);
            }
        }
        row.update(db).await?;
    }
    let now_are = finish(db, &judged).await?;
    let waits = |lead: &&lead::Model| {
        was.get(&lead.id).is_some_and(|was| matches!(was.act, Act::Closed { .. }) || lead.assignee_id.is_none())
    };
    all_back(db, now_are.values().filter(waits).collect(), actor, now).await?;
    Ok(Bulk { leads: judged.answers(now_are), undo: None })
}

fn refuse_unless_many(leads: &[(LeadId, i32)]) -> Result<()> {
    let mut problems = Problems::new(Stage::Publish);
    problems.count("leads", leads.len(), MOST);
    let mut seen = HashSet::new();
    problems.within("leads", |problems| {
        for (place, (id, _)) in leads.iter().enumerate().take(MOST) {
            if !seen.insert(*id) {
                let message = "This lead is named twice. Name each lead once.";
                problems.within(place, |problems| problems.add("id", ProblemCode::Invalid, message));
            }
        }
    });
    refuse_if_any(problems)
}

/// The leads that were named, held until the transaction ends, each with what is decided of it.
struct Judged(Vec<(Option<lead::Model>, Option<Problem>)>);

impl Judged {
    /// Those that change, as they were before.
    fn going(&self) -> impl Iterator<Item = &lead::Model> {
        self.0.iter().filter(|(_, problem)| problem.is_none()).filter_map(|(lead, _)| lead.as_ref())
    }

    fn answers(self, mut now_are: HashMap<LeadId, lead::Model>) -> Vec<Done> {
        let answer = |(lead, problem): (Option<lead::Model>, _)| Done {
            lead: lead.map(|lead| now_are.remove(&lead.id).unwrap_or(lead)),
            problem,
        };
        self.0.into_iter().map(answer).collect()
    }
}

async fn judged(
    db: &impl ConnectionTrait,
    leads: &[(LeadId, i32)],
    allows: impl Fn(&lead::Model) -> Result<()>,
) -> Result<Judged> {
    // In the order of their ids, as whoever brings leads together holds them.
    let found = lead::Entity::find()
        .filter(lead::Column::Id.is_in(padded(leads.iter().map(|(id, _)| *id).collect())))
        .order_by_asc(lead::Column::Id)
        .lock_exclusive()
        .all(db)
        .await?;
    let mut found: HashMap<_, _> = found.into_iter().map(|lead| (lead.id, lead)).collect();
    let mut judged = Vec::with_capacity(leads.len());
    for (place, (id, version)) in leads.iter().enumerate() {
        let lead = found.remove(id);
        let verdict = match lead.clone() {
            Some(lead) => at_version(lead, *version).and_then(|lead| allows(&lead)),
            None => Err(Error::not_found("lead")),
        };
        let problem = match verdict.map_err(|error| error.under(&["leads", &place.to_string()])) {
            Ok(()) => None,
            Err(Error::Problems(problems)) => problems.into_iter().next(),
            Err(other) => return Err(other),
        };
        judged.push((lead, problem));
    }
    Ok(Judged(judged))
}

/// Writes the same into several leads, each with its next version.
async fn change(db: &impl ConnectionTrait, ids: Vec<LeadId>, row: lead::ActiveModel, now: DateTime<Utc>) -> Result<()> {
    if ids.is_empty() {
        return Ok(());
    }
    lead::Entity::update_many()
        .set(lead::ActiveModel { updated_at: Set(now), ..row })
        .col_expr(lead::Column::Version, Expr::col(lead::Column::Version).add(1))
        .filter(lead::Column::Id.is_in(padded(ids)))
        .exec(db)
        .await?;
    Ok(())
}

/// Tells colleagues of those that changed, and answers what they are now.
async fn finish(db: &impl ConnectionTrait, judged: &Judged) -> Result<HashMap<LeadId, lead::Model>> {
    let ids: Vec<_> = judged.going().map(|lead| lead.id).collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = lead::Entity::find().filter(lead::Column::Id.is_in(padded(ids))).all(db).await?;
    let heard: Vec<_> = rows.iter().map(|lead| heard_of(lead.id, lead.version, LiveChange::Updated)).collect();
    live::tell_all(db, &heard).await?;
    Ok(rows.into_iter().map(|lead| (lead.id, lead)).collect())
}

async fn all_back(db: &impl ConnectionTrait, leads: Vec<&lead::Model>, actor: Actor, now: DateTime<Utc>) -> Result<()> {
    for lead in leads {
        notice::back(db, lead, actor.user_id(), now).await?;
    }
    Ok(())
}

/// Remembers what leads were, and answers the token that takes it back. What is too old to be taken back is dropped.
async fn keep(db: &impl ConnectionTrait, actor: Actor, was: Vec<Was>, now: DateTime<Utc>) -> Result<Option<String>> {
    if was.is_empty() {
        return Ok(None);
    }
    lead_bulk::Entity::delete_many().filter(lead_bulk::Column::CreatedAt.lt(now - UNDO)).exec(db).await?;
    let token = BASE64URL_NOPAD.encode(Secret::random().expose());
    let row = lead_bulk::ActiveModel {
        hash: Set(hash(&token)),
        user_id: Set(actor.user()?),
        was: Set(serde_json::to_value(was)?),
        created_at: Set(now),
    };
    lead_bulk::Entity::insert(row).exec_without_returning(db).await?;
    Ok(Some(token))
}

fn hash(token: &str) -> Vec<u8> {
    Sha256::digest(token.trim()).to_vec()
}
