//! The verbs of whoever works leads: take the next one, write down what was tried, say when it goes on.

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use entity::{
    id::LeadId,
    lead::{self, LeadOutcome, LeadPriority, LeadStatus},
    lead_event::{self, LeadEventKind},
    lead_person::LeadPersonRole,
    lead_suppression::SuppressionReason,
    problem::{ProblemCode, Problems, Stage},
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Condition, Expr, ExprTrait, LockBehavior, LockType},
};
use serde_json::json;

use super::{
    attempt::Attempt,
    clock,
    consent::{self, ConsentKind},
    desk::{Desk, person},
    lead::{View, changed, get_at_version, give, read_note, save, viewed},
    lease::LEASE,
    merge, notice, shift, status, suppression, task,
    timeline::append,
};
use crate::{
    error::{Error, Result, refuse_if_any},
    identity::{Actor, Audit, Permission},
};

/// How far ahead somebody may say that it goes on.
pub(super) const FURTHEST: TimeDelta = TimeDelta::days(366);

/// Gives the actor whoever has waited longest: first those who cannot wait, then by when somebody must try. No two people get
/// the same. None when nobody waits.
pub async fn take_next(db: &impl ConnectionTrait, actor: Actor, now: DateTime<Utc>) -> Result<Option<lead::Model>> {
    actor.require(Permission::WorkLeads)?;
    let waits = Condition::any().add(lead::Column::Status.eq(LeadStatus::New)).add(lead::Column::NextActionAt.lte(now));
    let next = viewed(View::Unassigned, actor, now)
        .filter(waits)
        .filter(lead::Column::SuspectedSpam.eq(false).or(lead::Column::Priority.eq(LeadPriority::Urgent)))
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
    let lead = save(db, row).await?;
    shift::given(db, actor.user()?, now).await?;
    Ok(Some(lead))
}

/// Gives a lead to whoever is on shift and was given one longest ago; whoever has it now is passed over.
///
/// Fails with `CONFLICT` at `version`, and `ILLEGAL_TRANSITION` at `id` when it has ended or nobody else is on shift.
pub async fn assign_in_turn(
    db: &impl ConnectionTrait,
    actor: Actor,
    (id, version): (LeadId, i32),
    now: DateTime<Utc>,
) -> Result<lead::Model> {
    actor.require(Permission::WorkLeads)?;
    let lead = get_open(db, id, version).await?;
    let Some(next) = shift::next(db, lead.assignee_id, now).await? else {
        let message = "Nobody else is on shift. Give it to a colleague by name, or leave it where it is.";
        return Err(Error::problem(ProblemCode::IllegalTransition, ["id"], message));
    };
    give(db, actor, lead, Some(next), now).await
}

/// Writes down what was tried to reach one of a lead's people, and when it goes on. It stops the clocks and the lease, and whoever tries
/// somebody that nobody has takes them.
///
/// Fails with `CONFLICT` at `version`, `ILLEGAL_TRANSITION` at `id` when the lead has ended, `FORBIDDEN` where the person did not
/// allow it, and problems at `seconds`, `note` and `nextActionAt`.
pub async fn log_attempt(
    db: &impl ConnectionTrait,
    actor: Actor,
    desk: &Desk,
    (id, version): (LeadId, i32),
    attempt: (Attempt, LeadPersonRole),
    next: &Next,
    now: DateTime<Utc>,
) -> Result<lead::Model> {
    actor.require(Permission::WorkLeads)?;
    let lead = get_open(db, id, version).await?;
    let mut problems = Problems::new(Stage::Publish);
    let (attempt, role) = attempt;
    let reached = person(db, lead.id, role).await?;
    let ways = consent::ways(db, &merge::with_merged(db, lead.id).await?, role).await?;
    match role {
        LeadPersonRole::Inquirer => attempt.check(&lead, &ways, reached.as_ref(), &mut problems),
        LeadPersonRole::Patient => attempt.check_patient(&ways, reached.as_ref(), &mut problems),
    }
    // Whoever calls themself may be spoken with.
    if !attempt.is_inbound() {
        if let Some(asked) = suppression::holding(db, &lead).await? {
            problems.add("id", ProblemCode::Forbidden, suppression::refusal(db, &asked).await?);
        } else if role == LeadPersonRole::Inquirer && !consent::holds(db, lead.id, ConsentKind::Contact).await? {
            let message = "This person took their consent back: do not contact them. If it happened, say so in a note.";
            problems.add("id", ProblemCode::Forbidden, message);
        }
    }
    let note = next.check(now, &mut problems);
    refuse_if_any(problems)?;

    let note = note.as_deref().map(|note| (desk, note));
    append(db, &lead, attempt.kind(), actor, attempt.meta(role, next.at), note, now).await?;
    let becomes = match (lead.status, attempt.reached()) {
        (LeadStatus::New | LeadStatus::Attempting, true) => LeadStatus::Contacted,
        (LeadStatus::New, false) => LeadStatus::Attempting,
        (status, _) => status,
    };
    if becomes != lead.status {
        append(db, &lead, LeadEventKind::Status, actor, json!({ "from": lead.status, "to": becomes }), None, now)
            .await?;
    }
    let (assignee, tried, reached) = (lead.assignee_id, lead.first_attempt_at, lead.first_contact_at);
    let mut row = changed(lead, now);
    row.status = Set(becomes);
    row.assignee_id = Set(assignee.or(actor.user_id()));
    row.lease_until = Set(None);
    row.first_attempt_at = Set(tried.or(Some(now)));
    row.first_contact_at = Set(reached.or(attempt.reached().then_some(now)));
    row.next_action_at = Set(next.at);
    let lead = save(db, row).await?;
    notice::due(db, &lead, now).await?;
    Ok(lead)
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
    let lead = save(db, row).await?;
    notice::due(db, &lead, now).await?;
    Ok(lead)
}

/// Says how soon somebody must answer. What becomes urgent must be looked at within five minutes; what is so no more is due again
/// when it was before, unless somebody has said otherwise since.
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
    // To the second, so that both databases give back what they were given.
    let soon = (now + clock::FIRST_ATTEMPT).trunc_subsecs(0);
    let due = lead.next_action_at;
    let next = match priority {
        LeadPriority::Urgent => due.map(|due| Ord::min(due, soon)),
        LeadPriority::Normal => due_before_it_was_urgent(db, &lead).await?.or(due),
    };
    let meta = json!({ "priority": priority, "was": due, "next": next });
    append(db, &lead, LeadEventKind::Priority, actor, meta, None, now).await?;
    let mut row = changed(lead, now);
    row.priority = Set(priority);
    row.next_action_at = Set(next);
    let lead = save(db, row).await?;
    if priority == LeadPriority::Urgent {
        notice::urgent(db, id, actor.user_id(), now).await?;
    }
    if next != due {
        notice::due(db, &lead, now).await?;
    }
    Ok(lead)
}

/// When an urgent lead was due before, where it is due now because somebody raised it.
async fn due_before_it_was_urgent(db: &impl ConnectionTrait, lead: &lead::Model) -> Result<Option<DateTime<Utc>>> {
    let raised = lead_event::Entity::find()
        .filter(lead_event::Column::LeadId.eq(lead.id))
        .filter(lead_event::Column::Kind.eq(LeadEventKind::Priority))
        .order_by_desc(lead_event::Column::Seq)
        .one(db)
        .await?;
    let Some(raised) = raised else { return Ok(None) };
    let time =
        |name| serde_json::from_value::<Option<DateTime<Utc>>>(raised.meta.get(name).cloned().unwrap_or_default());
    Ok(if time("next")? == lead.next_action_at { time("was")? } else { None })
}

/// What a person took back, and how they said so.
#[derive(Clone, Copy, Debug)]
pub struct TakenBack<'a> {
    /// Whose.
    pub role: LeadPersonRole,
    /// Which consent.
    pub kind: ConsentKind,
    /// Whether they want to hear nothing any more, whatever they wrote.
    pub everything: bool,
    /// How they said so; may be empty.
    pub note: &'a str,
}

/// Writes down that a person took back what they had agreed to, in every lead of theirs that was brought together. Whoever took back
/// the consent to be answered is not called any more, so nothing is left to do: a lead that was open is closed. Whoever wants to hear
/// nothing any more is left alone by every lead of theirs.
///
/// Fails with `CONFLICT` at `version` and `NOT_FOUND` at `consent` when they had not agreed to it, or took it back before.
pub async fn withdraw_consent(
    db: &impl ConnectionTrait,
    actor: Actor,
    audit: &Audit,
    desk: &Desk,
    (id, version): (LeadId, i32),
    taken: TakenBack<'_>,
    now: DateTime<Utc>,
) -> Result<lead::Model> {
    actor.require(Permission::WorkLeads)?;
    let lead = get_at_version(db, id, version).await?;
    merge::refuse_if_merged(&lead, "Write it down in")?;
    let TakenBack { role, kind, everything, note } = taken;
    let mut problems = Problems::new(Stage::Publish);
    let note = (!note.trim().is_empty()).then(|| read_note("note", note, &mut problems));
    refuse_if_any(problems)?;
    let leads = merge::with_merged(db, id).await?;
    let mut had = false;
    for each in &leads {
        had |= consent::withdraw(db, *each, role, kind, now).await?;
    }
    if !had {
        let message = "There is no such consent on record, or it was taken back before.";
        return Err(Error::problem(ProblemCode::NotFound, ["consent"], message));
    }
    let of_patient = role == LeadPersonRole::Patient;
    if !of_patient {
        // Those that were brought together with it stay so, should they be taken apart again.
        lead::Entity::update_many()
            .col_expr(lead::Column::SafeText, Expr::val(false))
            .filter(lead::Column::MergedIntoId.eq(id))
            .exec(db)
            .await?;
    }
    let meta = json!({ "consent": kind, "patient": of_patient });
    let note = note.as_deref().map(|note| (desk, note));
    append(db, &lead, LeadEventKind::ConsentWithdrawn, actor, meta, note, now).await?;
    if everything {
        suppression::stop(db, actor, audit, &lead, SuppressionReason::Said, now).await?;
    }
    // Whoever wrote for somebody may be answered all the same.
    let mut row = match everything || (kind == ConsentKind::Contact && !of_patient) {
        true => end(db, actor, lead, now).await?,
        false => changed(lead, now),
    };
    if !of_patient {
        row.safe_text = Set(false);
    }
    save(db, row).await
}

/// The lead with its next version, closed if it was open: its person is not contacted any more, so nothing is left to do.
pub(super) async fn end(
    db: &impl ConnectionTrait,
    actor: Actor,
    lead: lead::Model,
    now: DateTime<Utc>,
) -> Result<lead::ActiveModel> {
    if !status::is_open(lead.status) {
        return Ok(changed(lead, now));
    }
    let meta = json!({ "from": lead.status, "to": LeadStatus::Closed, "outcome": LeadOutcome::NotInterested });
    append(db, &lead, LeadEventKind::Status, actor, meta, None, now).await?;
    task::clear(db, &[lead.id], now).await?;
    let mut row = changed(lead, now);
    row.status = Set(LeadStatus::Closed);
    row.outcome = Set(Some(LeadOutcome::NotInterested));
    row.closed_at = Set(Some(now));
    row.next_action_at = Set(None);
    row.lease_until = Set(None);
    Ok(row)
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
    pub(super) fn check(&self, now: DateTime<Utc>, problems: &mut Problems) -> Option<String> {
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

/// The lead of that id, if nobody changed it since that version and it has not ended.
pub(super) async fn get_open(db: &impl ConnectionTrait, id: LeadId, version: i32) -> Result<lead::Model> {
    let lead = get_at_version(db, id, version).await?;
    refuse_if_ended(&lead)?;
    Ok(lead)
}

/// Fails with `ILLEGAL_TRANSITION` at `id` for a lead that has ended.
pub(super) fn refuse_if_ended(lead: &lead::Model) -> Result<()> {
    if status::is_open(lead.status) {
        return Ok(());
    }
    let message = format!("This lead is {}. Reopen it first.", status::word(lead.status));
    Err(Error::problem(ProblemCode::IllegalTransition, ["id"], message))
}
