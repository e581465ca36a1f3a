//! The verbs on a lead: count, reveal, assign, note.

use chrono::{DateTime, Utc};
use entity::{
    id::{LeadId, UserId},
    lead::{self, LeadPriority, LeadStatus},
    lead_event::{self, LeadEventKind},
    live_event::{LiveChange, LiveTopic},
    problem::{ProblemCode, Problems, Stage},
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, Iterable,
    PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select,
};
use serde_json::json;
use unicode_normalization::UnicodeNormalization;

use super::{
    desk::{Desk, Revealed},
    lease::LEASE,
    notice, shift, status,
    timeline::append,
};
use crate::{
    error::{Error, Result, refuse_if_any},
    identity::{Actor, Audit, Permission, audit, user},
    live,
    words::one_line,
};

const MOST_NOTE: usize = 4_000;
const MOST_REASON: usize = 200;
const LEAST_REASON: usize = 3;
/// Entries of one timeline that are read at once.
const MOST_EVENTS: u64 = 500;

/// Which leads to list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, async_graphql::Enum)]
#[graphql(name = "LeadView")]
pub enum View {
    /// Those somebody still has to act on.
    Open,
    /// Open ones that are yours.
    Mine,
    /// Open ones that nobody has.
    Unassigned,
    /// Open ones that cannot wait.
    Urgent,
    /// Open ones on which somebody should have acted by now.
    Overdue,
    /// Those that have ended, admitted or closed.
    Closed,
    /// Every one.
    All,
}

/// How many leads each view holds.
#[derive(Clone, Copy, Debug, async_graphql::SimpleObject)]
#[graphql(name = "LeadCounts")]
#[allow(missing_docs, reason = "each field is the view of that name")]
pub struct Counts {
    /// Those somebody still has to act on.
    pub open: i32,
    /// Open ones that are yours.
    pub mine: i32,
    /// Open ones that nobody has.
    pub unassigned: i32,
    /// Open ones that cannot wait.
    pub urgent: i32,
    /// Open ones on which somebody should have acted by now.
    pub overdue: i32,
    /// Those that have ended, admitted or closed.
    pub closed: i32,
    /// Every one.
    pub all: i32,
}

/// How many leads each view holds, for who lists leads, and for an auditor, who counts them without seeing one.
pub async fn counts(db: &impl ConnectionTrait, actor: Actor, now: DateTime<Utc>) -> Result<Counts> {
    if !actor.may(Permission::ReadAudit) {
        actor.require(Permission::ListLeads)?;
    }
    let count =
        async |view| Ok::<_, Error>(i32::try_from(viewed(view, actor, now).count(db).await?).unwrap_or(i32::MAX));
    Ok(Counts {
        open: count(View::Open).await?,
        mine: count(View::Mine).await?,
        unassigned: count(View::Unassigned).await?,
        urgent: count(View::Urgent).await?,
        overdue: count(View::Overdue).await?,
        closed: count(View::Closed).await?,
        all: count(View::All).await?,
    })
}

/// The lead of that id, for somebody who may list leads.
pub async fn find(db: &impl ConnectionTrait, actor: Actor, id: LeadId) -> Result<Option<lead::Model>> {
    actor.require(Permission::ListLeads)?;
    Ok(lead::Entity::find_by_id(id).one(db).await?)
}

/// The timeline of one lead, or of several of one person, newest first.
pub async fn timeline(
    db: &impl ConnectionTrait,
    actor: Actor,
    ids: impl IntoIterator<Item = LeadId>,
) -> Result<Vec<lead_event::Model>> {
    actor.require(Permission::ListLeads)?;
    Ok(lead_event::Entity::find()
        .filter(lead_event::Column::LeadId.is_in(ids))
        .order_by_desc(lead_event::Column::At)
        .order_by_desc(lead_event::Column::Seq)
        .limit(MOST_EVENTS)
        .all(db)
        .await?)
}

/// Colleagues a lead can be assigned to.
pub async fn list_assignees(db: &impl ConnectionTrait, actor: Actor) -> Result<Vec<entity::user::Model>> {
    actor.require(Permission::ListLeads)?;
    user::list_with(db, Permission::WorkLeads).await
}

/// Shows a lead's person in clear, to somebody who says why. The line in the audit log is part of the caller's
/// transaction: commit it before anything of the answer leaves.
pub async fn reveal(
    db: &impl ConnectionTrait,
    actor: Actor,
    audit: &Audit,
    desk: &Desk,
    id: LeadId,
    reason: &str,
    now: DateTime<Utc>,
) -> Result<(lead::Model, Revealed)> {
    actor.require(Permission::WorkLeads)?;
    let mut problems = Problems::new(Stage::Publish);
    let reason = read_reason(reason, "Say in a few words why you need to see who it is.", &mut problems);
    refuse_if_any(problems)?;

    let lead = unless_erased(get_for_update(db, id).await?)?;
    let event = audit::Event {
        stream: audit::Stream::Leads,
        verb: audit::Verb::LeadRevealed,
        object: id.to_string(),
        outcome: audit::Outcome::Done,
        fields: [
            "name",
            "phone",
            "email",
            "message",
            "insurance",
            "policy",
            "bestTime",
            "underAge",
            "tasks",
            "referrals",
            "patient",
        ]
        .map(ToOwned::to_owned)
        .into(),
        reason: Some(reason),
    };
    audit.record(db, actor, event, now).await?;
    append(db, &lead, LeadEventKind::Viewed, actor, json!({}), None, now).await?;
    tell_changed(db, &lead, LiveChange::Updated).await?;
    let revealed = desk.open(db, &lead).await?;
    Ok((lead, revealed))
}

/// Gives a lead to somebody who works leads, or back to the queue.
///
/// Fails with `CONFLICT` at `version` when somebody changed it meanwhile, and with `NOT_FOUND` at `assignee`.
pub async fn assign(
    db: &impl ConnectionTrait,
    actor: Actor,
    id: LeadId,
    version: i32,
    assignee: Option<UserId>,
    now: DateTime<Utc>,
) -> Result<lead::Model> {
    actor.require(Permission::WorkLeads)?;
    let lead = get_at_version(db, id, version).await?;
    refuse_unless_colleague(db, assignee).await?;
    give(db, actor, lead, assignee, now).await
}

/// Gives a lead that is held to a colleague, or back to the queue.
pub(super) async fn give(
    db: &impl ConnectionTrait,
    actor: Actor,
    lead: lead::Model,
    assignee: Option<UserId>,
    now: DateTime<Utc>,
) -> Result<lead::Model> {
    append(db, &lead, LeadEventKind::Assigned, actor, json!({ "assignee": assignee }), None, now).await?;
    let leased = assignee.is_some() && lead.first_attempt_at.is_none() && status::is_open(lead.status);
    let mut row = changed(lead, now);
    row.assignee_id = Set(assignee);
    row.lease_until = Set(leased.then_some(now + LEASE));
    let lead = save(db, row).await?;
    match assignee {
        None => notice::back(db, &lead, actor.user_id(), now).await?,
        Some(assignee) => {
            shift::given(db, assignee, now).await?;
            if Some(assignee) != actor.user_id() {
                notice::assigned(db, lead.id, assignee, now).await?;
            }
        }
    }
    Ok(lead)
}

/// Fails with `NOT_FOUND` at `assignee` unless they work leads, or nobody is named.
pub(super) async fn refuse_unless_colleague(db: &impl ConnectionTrait, assignee: Option<UserId>) -> Result<()> {
    let Some(assignee) = assignee else { return Ok(()) };
    if user::list_with(db, Permission::WorkLeads).await?.iter().any(|user| user.id == assignee) {
        return Ok(());
    }
    Err(Error::problem(ProblemCode::NotFound, ["assignee"], "There is no such colleague in admissions."))
}

/// Writes something down about a lead. The words are sealed like the person's own.
pub async fn add_note(
    db: &impl ConnectionTrait,
    actor: Actor,
    desk: &Desk,
    id: LeadId,
    text: &str,
    now: DateTime<Utc>,
) -> Result<lead::Model> {
    actor.require(Permission::WorkLeads)?;
    let mut problems = Problems::new(Stage::Publish);
    let text = read_note("text", text, &mut problems);
    refuse_if_any(problems)?;

    let lead = unless_erased(get_for_update(db, id).await?)?;
    append(db, &lead, LeadEventKind::Note, actor, json!({}), Some((desk, &text)), now).await?;
    save(db, changed(lead, now)).await
}

/// Why somebody does what is on record, on one line; records at `reason` what is wrong with it, or `question` where it says nothing.
pub(super) fn read_reason(reason: &str, question: &str, problems: &mut Problems) -> String {
    let reason = one_line(reason);
    problems.text("reason", &reason, MOST_REASON);
    if (1..LEAST_REASON).contains(&reason.chars().count()) {
        problems.add("reason", ProblemCode::Invalid, question);
    }
    reason
}

/// A note as it is kept; records at `field` what is wrong with it.
pub(super) fn read_note(field: &str, text: &str, problems: &mut Problems) -> String {
    let text: String = text.replace("\r\n", "\n").trim().nfc().collect();
    problems.text(field, &text, MOST_NOTE);
    text
}

/// The leads of a view.
pub(super) fn viewed(view: View, actor: Actor, now: DateTime<Utc>) -> Select<lead::Entity> {
    let open = || {
        lead::Entity::find().filter(lead::Column::Status.is_in(LeadStatus::iter().filter(|it| status::is_open(*it))))
    };
    match view {
        View::Open => open(),
        View::Mine => open().filter(lead::Column::AssigneeId.eq(actor.user_id())),
        View::Unassigned => open().filter(lead::Column::AssigneeId.is_null()),
        View::Urgent => open().filter(lead::Column::Priority.eq(LeadPriority::Urgent)),
        View::Overdue => open().filter(lead::Column::NextActionAt.lt(now)),
        View::Closed => lead::Entity::find()
            .filter(lead::Column::Status.is_in(LeadStatus::iter().filter(|it| !status::is_open(*it)))),
        View::All => lead::Entity::find(),
    }
}

/// The lead of that id, held until the transaction ends.
pub(super) async fn get_for_update(db: &impl ConnectionTrait, id: LeadId) -> Result<lead::Model> {
    let found = lead::Entity::find_by_id(id).lock_exclusive().one(db).await?;
    found.ok_or_else(|| Error::not_found("lead"))
}

pub(super) fn unless_erased(lead: lead::Model) -> Result<lead::Model> {
    match lead.erased_at {
        None => Ok(lead),
        Some(_) => {
            let message = "This person was erased; nothing is left of them.";
            Err(Error::problem(ProblemCode::IllegalTransition, ["id"], message))
        }
    }
}

/// The same, if nobody changed it since that version, or erased it.
pub(super) async fn get_at_version(db: &impl ConnectionTrait, id: LeadId, version: i32) -> Result<lead::Model> {
    at_version(get_for_update(db, id).await?, version)
}

/// A lead that is held, if nobody changed it since that version, or erased it.
pub(super) fn at_version(lead: lead::Model, version: i32) -> Result<lead::Model> {
    let lead = unless_erased(lead)?;
    if lead.version == version {
        return Ok(lead);
    }
    let message = format!(
        "Somebody changed this lead meanwhile: it is {} now. Look at it again, then decide.",
        status::word(lead.status)
    );
    Err(Error::problem(ProblemCode::Conflict, ["version"], message))
}

/// The lead with its next version.
pub(super) fn changed(lead: lead::Model, now: DateTime<Utc>) -> lead::ActiveModel {
    let version = lead.version.saturating_add(1);
    let mut row = lead.into_active_model();
    row.version = Set(version);
    row.updated_at = Set(now);
    row
}

/// Writes a lead, and tells colleagues.
pub(super) async fn save(db: &impl ConnectionTrait, row: lead::ActiveModel) -> Result<lead::Model> {
    let lead = row.update(db).await?;
    tell_changed(db, &lead, LiveChange::Updated).await?;
    Ok(lead)
}

/// Tells colleagues that a lead is not what it was: which, never whose.
pub(super) async fn tell_changed(db: &impl ConnectionTrait, lead: &lead::Model, change: LiveChange) -> Result<()> {
    live::tell(db, heard_of(lead.id, lead.version, change)).await
}

/// What staff hear of a lead.
pub(super) fn heard_of(id: LeadId, version: i32, change: LiveChange) -> live::Event {
    live::Event { version: Some(version), ..live::Event::of(LiveTopic::Lead, id.0, change) }
}

/// Writes into the audit log what is done to a lead.
pub(super) async fn audited(
    db: &impl ConnectionTrait,
    actor: Actor,
    audit: &Audit,
    verb: audit::Verb,
    id: LeadId,
    reason: Option<String>,
    now: DateTime<Utc>,
) -> Result<()> {
    let event = audit::Event { reason, ..audit::Event::done(audit::Stream::Leads, verb, id.to_string()) };
    audit.record(db, actor, event, now).await
}
