//! The verbs of whoever works leads: take the next one, write down a call or a message, say when it goes on.

use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    id::LeadId,
    lead::{self, CallOutcome, LeadPriority, LeadStatus, MessageChannel},
    lead_event::LeadEventKind,
    lead_person::{self, LeadPersonRole},
    problem::{ProblemCode, Problems, Stage},
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Condition, LockBehavior, LockType},
};
use serde_json::json;

use super::{
    clock,
    consent::{self, ConsentKind},
    desk::Desk,
    lead::{View, append, changed, get_at_version, read_note, save, viewed},
    lease::LEASE,
    status,
};
use crate::{
    error::{Error, Result, refuse_if_any},
    identity::{Actor, Permission},
};

/// The longest call that is written down.
const LONGEST_CALL: i32 = 4 * 60 * 60;
/// How far ahead somebody may say that it goes on.
const FURTHEST: TimeDelta = TimeDelta::days(366);

/// A call that was made.
#[derive(Clone, Debug)]
pub struct Call {
    /// What came of it.
    pub outcome: CallOutcome,
    /// How long it was, in seconds.
    pub seconds: Option<i32>,
}

/// A message that was sent.
#[derive(Clone, Copy, Debug)]
pub struct Message {
    /// How.
    pub channel: MessageChannel,
    /// Whether the person has answered.
    pub answered: bool,
}

/// Gives the actor whoever has waited longest: first those who cannot wait, then by when somebody must try. No two people get
/// the same. None when nobody waits.
pub async fn take_next(db: &impl ConnectionTrait, actor: Actor, now: DateTime<Utc>) -> Result<Option<lead::Model>> {
    actor.require(Permission::WorkLeads)?;
    let waits = Condition::any().add(lead::Column::Status.eq(LeadStatus::New)).add(lead::Column::NextActionAt.lte(now));
    let next = viewed(View::Unassigned, actor, now)
        .filter(waits)
        .filter(lead::Column::SuspectedSpam.eq(false))
        .order_by_desc(lead::Column::Priority)
        .order_by_asc(lead::Column::NextActionAt)
        .order_by_asc(lead::Column::Id)
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
        .limit(1)
        .one(db)
        .await?;
    let Some(next) = next else { return Ok(None) };
    append(db, &next, LeadEventKind::Assigned, actor, json!({ "assignee": actor.user_id() }), None, now).await?;
    let untried = next.first_attempt_at.is_none();
    let mut row = changed(next, now);
    row.assignee_id = Set(actor.user_id());
    row.lease_until = Set(untried.then_some(now + LEASE));
    save(db, row).await.map(Some)
}

/// Writes down a call, and when it goes on. Whoever calls somebody that nobody has takes them.
///
/// Fails with `CONFLICT` at `version`, `ILLEGAL_TRANSITION` at `id` when the lead has ended, `FORBIDDEN` at `outcome` when
/// the person did not allow a message on their voicemail, and problems at `seconds`, `note` and `nextActionAt`.
pub async fn log_call(
    db: &impl ConnectionTrait,
    actor: Actor,
    desk: &Desk,
    (id, version): (LeadId, i32),
    call: &Call,
    next: &Next,
    now: DateTime<Utc>,
) -> Result<lead::Model> {
    actor.require(Permission::WorkLeads)?;
    let lead = get_open(db, id, version).await?;
    let mut problems = Problems::new(Stage::Publish);
    if call.seconds.is_some_and(|seconds| !(0..=LONGEST_CALL).contains(&seconds)) {
        problems.add("seconds", ProblemCode::Invalid, "Give the length of the call in seconds, up to four hours.");
    }
    if call.outcome == CallOutcome::Voicemail && !lead.safe_voicemail {
        let message = "This person did not allow messages on their voicemail. If one was left, say so in a note.";
        problems.add("outcome", ProblemCode::Forbidden, message);
    }
    if inquirer(db, &lead).await?.is_none_or(|person| person.phone.is_none()) {
        problems.add("id", ProblemCode::Invalid, "This person gave no telephone number.");
    }
    check_consent(db, &lead, &mut problems).await?;
    let note = next.check(now, &mut problems);
    refuse_if_any(problems)?;

    let meta = json!({ "call": call.outcome, "seconds": call.seconds, "next": next.at });
    append(db, &lead, LeadEventKind::Call, actor, meta, note.as_deref().map(|note| (desk, note)), now).await?;
    tried(db, lead, actor, call.outcome == CallOutcome::Reached, next.at, now).await
}

/// Writes down a text message or an e-mail, and when it goes on.
///
/// Fails as [`log_call`] does, with `FORBIDDEN` at `channel` when the person did not allow it or gave no address for it.
pub async fn log_message(
    db: &impl ConnectionTrait,
    actor: Actor,
    desk: &Desk,
    (id, version): (LeadId, i32),
    message: Message,
    next: &Next,
    now: DateTime<Utc>,
) -> Result<lead::Model> {
    actor.require(Permission::WorkLeads)?;
    let lead = get_open(db, id, version).await?;
    let person = inquirer(db, &lead).await?;
    let mut problems = Problems::new(Stage::Publish);
    let may = match message.channel {
        MessageChannel::Text => lead.safe_text && person.is_some_and(|person| person.phone.is_some()),
        MessageChannel::Email => person.is_some_and(|person| person.email.is_some()),
    };
    if !may {
        let why = match message.channel {
            MessageChannel::Text => "This person did not agree to text messages. If one was sent, say so in a note.",
            MessageChannel::Email => "This person gave no e-mail address.",
        };
        problems.add("channel", ProblemCode::Forbidden, why);
    }
    check_consent(db, &lead, &mut problems).await?;
    let note = next.check(now, &mut problems);
    refuse_if_any(problems)?;

    let kind = match message.channel {
        MessageChannel::Text => LeadEventKind::Text,
        MessageChannel::Email => LeadEventKind::Email,
    };
    let meta = json!({ "answered": message.answered, "next": next.at });
    append(db, &lead, kind, actor, meta, note.as_deref().map(|note| (desk, note)), now).await?;
    tried(db, lead, actor, message.answered, next.at, now).await
}

/// Says when it goes on with a lead; until then it is not overdue.
///
/// Fails with `CONFLICT` at `version`, `ILLEGAL_TRANSITION` at `id` when it has ended, and problems at `note` and
/// `nextActionAt`.
pub async fn schedule_next_action(
    db: &impl ConnectionTrait,
    actor: Actor,
    desk: &Desk,
    (id, version): (LeadId, i32),
    next: &Next,
    now: DateTime<Utc>,
) -> Result<lead::Model> {
    actor.require(Permission::WorkLeads)?;
    let lead = get_open(db, id, version).await?;
    let mut problems = Problems::new(Stage::Publish);
    if lead.first_attempt_at.is_none() && next.at.is_some_and(|at| at > lead.respond_by) {
        let message = "Nobody has tried to reach this person yet. Call first, or close the lead.";
        problems.add("nextActionAt", ProblemCode::Invalid, message);
    }
    let note = next.check(now, &mut problems);
    refuse_if_any(problems)?;

    let note = note.as_deref().map(|note| (desk, note));
    append(db, &lead, LeadEventKind::NextAction, actor, json!({ "next": next.at }), note, now).await?;
    let mut row = changed(lead, now);
    row.next_action_at = Set(next.at);
    save(db, row).await
}

/// Says how soon somebody must answer. What becomes urgent must be looked at within five minutes.
///
/// Fails with `CONFLICT` at `version` and `ILLEGAL_TRANSITION` at `id` when the lead has ended.
pub async fn set_priority(
    db: &impl ConnectionTrait,
    actor: Actor,
    id: LeadId,
    version: i32,
    priority: LeadPriority,
    now: DateTime<Utc>,
) -> Result<lead::Model> {
    actor.require(Permission::WorkLeads)?;
    let lead = get_open(db, id, version).await?;
    if lead.priority == priority {
        return Ok(lead);
    }
    append(db, &lead, LeadEventKind::Priority, actor, json!({ "priority": priority }), None, now).await?;
    let soon = now + clock::FIRST_ATTEMPT;
    let next = lead.next_action_at.filter(|next| priority == LeadPriority::Normal || *next < soon).or(Some(soon));
    let mut row = changed(lead, now);
    row.priority = Set(priority);
    row.next_action_at = Set(next);
    save(db, row).await
}

/// Writes down that a person took back what they had agreed to. Whoever took back the consent to be answered is not called any
/// more.
///
/// Fails with `CONFLICT` at `version` and `NOT_FOUND` at `consent` when they had not agreed to it, or took it back before.
pub async fn withdraw_consent(
    db: &impl ConnectionTrait,
    actor: Actor,
    desk: &Desk,
    (id, version): (LeadId, i32),
    kind: ConsentKind,
    note: &str,
    now: DateTime<Utc>,
) -> Result<lead::Model> {
    actor.require(Permission::WorkLeads)?;
    let lead = get_at_version(db, id, version).await?;
    let mut problems = Problems::new(Stage::Publish);
    let note = (!note.trim().is_empty()).then(|| read_note("note", note, &mut problems));
    refuse_if_any(problems)?;
    if lead.erased_at.is_some() || !consent::withdraw(db, id, kind, now).await? {
        let message = "There is no such consent on record, or it was taken back before.";
        return Err(Error::problem(ProblemCode::NotFound, ["consent"], message));
    }
    let note = note.as_deref().map(|note| (desk, note));
    append(db, &lead, LeadEventKind::ConsentWithdrawn, actor, json!({ "consent": kind }), note, now).await?;
    let mut row = changed(lead, now);
    row.safe_text = Set(false);
    save(db, row).await
}

/// Records at `id` that the person took back their consent to be answered.
async fn check_consent(db: &impl ConnectionTrait, lead: &lead::Model, problems: &mut Problems) -> Result<()> {
    if !consent::holds(db, lead.id, ConsentKind::Contact).await? {
        let message = "This person took their consent back: do not contact them. If it happened, say so in a note.";
        problems.add("id", ProblemCode::Forbidden, message);
    }
    Ok(())
}

/// When it goes on, and what is to be remembered.
#[derive(Clone, Debug, Default)]
pub struct Next {
    /// When.
    pub at: Option<DateTime<Utc>>,
    /// What was said or is to be done; may be empty.
    pub note: String,
}

impl Next {
    /// Records what is wrong with it, and answers the note as it is kept.
    fn check(&self, now: DateTime<Utc>, problems: &mut Problems) -> Option<String> {
        match self.at {
            None => problems.add("nextActionAt", ProblemCode::Required, "Say when it goes on with this person."),
            Some(at) if at <= now || at > now + FURTHEST => {
                problems.add("nextActionAt", ProblemCode::Invalid, "Choose a time between now and a year from now.");
            }
            Some(_) => {}
        }
        if self.note.trim().is_empty() { None } else { Some(read_note("note", &self.note, problems)) }
    }
}

/// What an attempt does to a lead: its clocks, whose it is, how far it got, when it goes on.
async fn tried(
    db: &impl ConnectionTrait,
    lead: lead::Model,
    actor: Actor,
    reached: bool,
    next: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Result<lead::Model> {
    let becomes = match (lead.status, reached) {
        (LeadStatus::New | LeadStatus::Attempting, true) => LeadStatus::Contacted,
        (LeadStatus::New, false) => LeadStatus::Attempting,
        (status, _) => status,
    };
    if becomes != lead.status {
        append(db, &lead, LeadEventKind::Status, actor, json!({ "from": lead.status, "to": becomes }), None, now)
            .await?;
    }
    let (assignee, attempt, contact) = (lead.assignee_id, lead.first_attempt_at, lead.first_contact_at);
    let mut row = changed(lead, now);
    row.status = Set(becomes);
    row.assignee_id = Set(assignee.or(actor.user_id()));
    row.lease_until = Set(None);
    row.first_attempt_at = Set(attempt.or(Some(now)));
    row.first_contact_at = Set(contact.or(reached.then_some(now)));
    row.next_action_at = Set(next);
    save(db, row).await
}

async fn get_open(db: &impl ConnectionTrait, id: LeadId, version: i32) -> Result<lead::Model> {
    let lead = get_at_version(db, id, version).await?;
    if status::is_open(lead.status) && lead.erased_at.is_none() {
        return Ok(lead);
    }
    let message = format!("This lead is {}. Reopen it first.", status::word(lead.status));
    Err(Error::problem(ProblemCode::IllegalTransition, ["id"], message))
}

async fn inquirer(db: &impl ConnectionTrait, lead: &lead::Model) -> Result<Option<lead_person::Model>> {
    let of_lead = lead_person::Entity::find().filter(lead_person::Column::LeadId.eq(lead.id));
    Ok(of_lead.filter(lead_person::Column::Role.eq(LeadPersonRole::Inquirer)).one(db).await?)
}
