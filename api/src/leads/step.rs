//! One step of a lead from its status to another: who may take it, what it needs, and what it leaves behind.

use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    id::{LeadId, LocationId},
    lead::{self, LeadOutcome, LeadStatus},
    lead_event::{self, LeadEventKind},
    lead_task::LeadTaskKind,
    location,
    problem::{ProblemCode, Problems, Stage},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use serde_json::json;

use super::{
    attempt::{self, Tried},
    desk::Desk,
    duplicates, insurance,
    lead::{changed, get_at_version, read_note, read_reason, save},
    notice, status,
    task::{self, Wanted},
    timeline::append,
    work::FURTHEST,
};
use crate::{
    error::{Error, Result, refuse_if_any},
    identity::{Actor, Permission},
    library,
};

/// How long whoever closed a lead may open it again.
const MISTAKE: TimeDelta = TimeDelta::minutes(10);

/// Where a lead goes, and what belongs to that.
#[derive(Clone, Debug)]
pub struct Step<'a> {
    /// What it becomes.
    pub to: LeadStatus,
    /// How it ended, where it is closed.
    pub outcome: Option<LeadOutcome>,
    /// Why, where it goes back.
    pub reason: &'a str,
    /// When and where they come, where a day is agreed.
    pub arrival: Option<Arrival<'a>>,
}

/// What is agreed of somebody's coming.
#[derive(Clone, Copy, Debug)]
pub struct Arrival<'a> {
    /// When.
    pub at: DateTime<Utc>,
    /// Where.
    pub location: LocationId,
    /// How they get there; sealed.
    pub transport: &'a str,
}

impl Step<'_> {
    /// Closes a lead.
    pub fn closed(outcome: LeadOutcome) -> Self {
        Self { to: LeadStatus::Closed, outcome: Some(outcome), reason: "", arrival: None }
    }

    /// Records what is wrong with it at the fields that a step `from` a status needs, and answers the words as they are kept: why,
    /// and how they get there.
    fn read(
        &self,
        from: LeadStatus,
        now: DateTime<Utc>,
        problems: &mut Problems,
    ) -> (Option<String>, Option<(Arrival<'_>, String)>) {
        let question = match (from, self.to) {
            (LeadStatus::Scheduled, LeadStatus::Qualified) => Some("Say in a few words why they did not come."),
            (LeadStatus::Admitted | LeadStatus::Closed, _) => Some("Say in a few words why it is opened again."),
            _ => None,
        };
        let reason = match question {
            Some(question) => Some(read_reason(self.reason, question, problems)),
            None if self.reason.trim().is_empty() => None,
            None => Some(read_reason(self.reason, "Say it in a few words, or leave it out.", problems)),
        };
        let needs_arrival = from == LeadStatus::Qualified && self.to == LeadStatus::Scheduled;
        let arrival = match (needs_arrival, self.arrival) {
            (false, None) => None,
            (true, None) => {
                let message = "Say when they come, to which place, and how they get there.";
                problems.add("arrival", ProblemCode::Required, message);
                None
            }
            (false, Some(_)) => {
                let message = "Only who goes from qualified to scheduled is given a day. Leave it out.";
                problems.add("arrival", ProblemCode::Invalid, message);
                None
            }
            (true, Some(arrival)) => problems.within("arrival", |problems| {
                if arrival.at <= now || arrival.at > now + FURTHEST {
                    problems.add("at", ProblemCode::Invalid, "Choose a time between now and a year from now.");
                }
                Some((arrival, read_note("transport", arrival.transport, problems)))
            }),
        };
        (reason, arrival)
    }
}

/// Moves a lead to another status; see [`status::judge`].
///
/// Fails with `CONFLICT` at `version`, `ILLEGAL_TRANSITION` at `status`, `FORBIDDEN` at `status` and `outcome` where that is for
/// somebody else to decide, and with problems at `outcome`, `reason` and below `arrival`, and at `levelOfCare` and `insurance` where
/// those must be known before.
pub async fn take(
    db: &impl ConnectionTrait,
    actor: Actor,
    desk: &Desk,
    (id, version): (LeadId, i32),
    step: &Step<'_>,
    now: DateTime<Utc>,
) -> Result<lead::Model> {
    actor.require(Permission::WorkLeads)?;
    let lead = get_at_version(db, id, version).await?;
    let tried = match step.outcome {
        Some(LeadOutcome::Unreachable) => attempt::tried(db, &[id]).await?.remove(&id).unwrap_or_default(),
        _ => Tried::default(),
    };
    judge(actor, &lead, step, tried)?;
    if lead.status == LeadStatus::Closed && !may_open(db, actor, &lead, now).await? {
        let message = "Whoever leads admissions opens it again; anybody once the person has written again. Ask them.";
        return Err(Error::problem(ProblemCode::Forbidden, ["status"], message));
    }
    insurance::judge(db, &lead, step.to).await?;
    let mut problems = Problems::new(Stage::Publish);
    let (reason, arrival) = step.read(lead.status, now, &mut problems);
    refuse_if_any(problems)?;
    if let Some((arrival, _)) = &arrival
        && location::Entity::find_by_id(arrival.location).one(db).await?.is_none()
    {
        return Err(Error::problem(ProblemCode::NotFound, ["arrival", "location"], "There is no such place."));
    }

    let meta = json!({ "from": lead.status, "to": step.to, "outcome": step.outcome });
    append(db, &lead, LeadEventKind::Status, actor, meta, reason.as_deref().map(|words| (desk, words)), now).await?;
    let came_not = (lead.status, step.to) == (LeadStatus::Scheduled, LeadStatus::Qualified);
    if came_not {
        task::end_transport(db, lead.id, now).await?;
    }
    if let Some((arrival, transport)) = &arrival {
        let wanted =
            Wanted { kind: LeadTaskKind::Transport, note: Some(transport), due_at: arrival.at, assignee: None };
        task::add(db, actor, desk, &lead, &wanted, now).await?;
    }
    let (was_open, was_admitted) = (status::is_open(lead.status), lead.status == LeadStatus::Admitted);
    let mut row = moved(lead, step, now);
    if let Some((arrival, _)) = arrival {
        row.arrives_at = Set(Some(arrival.at));
        row.location_id = Set(Some(arrival.location));
    } else if came_not {
        (row.arrives_at, row.location_id) = (Set(None), Set(None));
    }
    if was_admitted {
        row.handed_over_at = Set(None);
    }
    let lead = save(db, row).await?;
    match (was_open, status::is_open(step.to)) {
        (_, false) => task::clear(db, &[lead.id], now).await?,
        (false, true) => notice::back(db, &lead, actor.user_id(), now).await?,
        (true, true) => {}
    }
    Ok(lead)
}

/// The lead at its next status, with both clocks and when it goes on.
pub(super) fn moved(lead: lead::Model, step: &Step<'_>, now: DateTime<Utc>) -> lead::ActiveModel {
    let (attempt, contact, next_action) = (lead.first_attempt_at, lead.first_contact_at, lead.next_action_at);
    let (tried, reached) = (step.to != LeadStatus::New, !matches!(step.to, LeadStatus::New | LeadStatus::Attempting));
    let open = status::is_open(step.to);
    let mut row = changed(lead, now);
    row.status = Set(step.to);
    row.outcome = Set(step.outcome);
    row.closed_at = Set((step.to == LeadStatus::Closed).then_some(now));
    if open {
        row.first_attempt_at = Set(attempt.or(tried.then_some(now)));
        row.first_contact_at = Set(contact.or(reached.then_some(now)));
    }
    // What has ended needs nobody; what is open again needs somebody now.
    row.next_action_at = Set(open.then(|| next_action.unwrap_or(now)));
    if !open || tried {
        row.lease_until = Set(None);
    }
    row
}

/// Fails unless a lead may take that step, and the actor may decide it.
pub(super) fn judge(actor: Actor, lead: &lead::Model, step: &Step<'_>, tried: Tried) -> Result<()> {
    if lead.merged_into_id.is_some() {
        let message = "This lead was brought together with another. Work that one, or take them apart.";
        return Err(Error::problem(ProblemCode::IllegalTransition, ["status"], message));
    }
    status::judge(lead.status, step.to, step.outcome)?;
    if !may_become(actor, lead.status, step.to) {
        let message = "Whoever leads admissions decides who is admitted, and whether that is taken back. Ask them.";
        return Err(Error::problem(ProblemCode::Forbidden, ["status"], message));
    }
    let Some(outcome) = step.outcome else { return Ok(()) };
    if !outcomes(actor, lead).contains(&outcome) {
        let message = match is_colleagues(actor, lead) {
            _ if outcome == LeadOutcome::ReferredOut => {
                "Nobody is referred without a consent in writing. Use `referLead`, which closes the lead as well."
            }
            true => "A colleague works this lead. Ask them, or whoever leads admissions, to close it.",
            false => "Whoever leads admissions closes leads in that way. Give the lead to them, with a note.",
        };
        return Err(Error::problem(ProblemCode::Forbidden, ["outcome"], message));
    }
    if outcome == LeadOutcome::Unreachable && !tried.is_enough() {
        return Err(Error::problem(ProblemCode::IllegalTransition, ["outcome"], tried.refusal()));
    }
    Ok(())
}

/// What may follow a lead's status, as far as this actor may decide it.
pub fn next_of(actor: Actor, lead: &lead::Model) -> Vec<LeadStatus> {
    if lead.merged_into_id.is_some() {
        return Vec::new();
    }
    let next = status::next_of(lead.status).iter().copied();
    next.filter(|next| may_become(actor, lead.status, *next)).collect()
}

/// In which ways this actor may close a lead: as spam or as unreachable whoever has it, or anybody while nobody does; otherwise who
/// leads admissions.
pub fn outcomes(actor: Actor, lead: &lead::Model) -> &'static [LeadOutcome] {
    use LeadOutcome::{AdmittedElsewhere, Duplicate, NotEligible, NotInterested, Other, Spam, Unreachable};
    if !status::may_follow(lead.status, LeadStatus::Closed) || lead.merged_into_id.is_some() {
        return &[];
    }
    match (actor.may(Permission::DirectLeads), is_colleagues(actor, lead)) {
        (true, _) => &[AdmittedElsewhere, NotInterested, Unreachable, NotEligible, Spam, Duplicate, Other],
        (false, false) => &[Unreachable, Spam],
        (false, true) => &[],
    }
}

/// Places that somebody may come to, by name.
pub async fn list_places(db: &impl ConnectionTrait, actor: Actor) -> Result<Vec<location::Model>> {
    actor.require(Permission::ListLeads)?;
    library::list_locations(db).await
}

/// Whether the actor may open a closed lead: who leads admissions, whoever closed it by mistake just now, and anybody once the
/// person has written again.
async fn may_open(db: &impl ConnectionTrait, actor: Actor, lead: &lead::Model, now: DateTime<Utc>) -> Result<bool> {
    if actor.may(Permission::DirectLeads) {
        return Ok(true);
    }
    let just_now = lead.closed_at.filter(|at| now - *at < MISTAKE);
    if let Some(closed_at) = just_now {
        let own = lead_event::Entity::find()
            .filter(lead_event::Column::LeadId.eq(lead.id))
            .filter(lead_event::Column::Kind.eq(LeadEventKind::Status))
            .filter(lead_event::Column::At.eq(closed_at))
            .filter(lead_event::Column::ActorId.eq(actor.user_id()));
        if own.one(db).await?.is_some() {
            return Ok(true);
        }
    }
    duplicates::wrote_since(db, lead).await
}

fn is_colleagues(actor: Actor, lead: &lead::Model) -> bool {
    lead.assignee_id.is_some() && lead.assignee_id != actor.user_id()
}

fn may_become(actor: Actor, from: LeadStatus, to: LeadStatus) -> bool {
    actor.may(Permission::DirectLeads) || (to != LeadStatus::Admitted && from != LeadStatus::Admitted)
}
