//! Bringing together two leads of one person, and taking that back within a day.
//!
//! Both keep their history. One goes: it is closed as a duplicate and points at the one that stays, and from then on it is worked,
//! kept and erased with it. The one that stays is due when the first of both was, as urgent as either, is reached by what either
//! gave, and what either forbids is not done. What is known of insurance and level of care stays with each.

use std::cmp::Ordering;

use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    id::{LeadId, UserId},
    lead::{self, LeadOutcome, LeadPriority, LeadStatus},
    lead_event::{self, LeadEventKind},
    lead_person::LeadPersonRole,
    problem::{ProblemCode, Problems, Stage},
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect,
};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{
    consent::{self, ConsentKind},
    desk::{Desk, inquirer},
    duplicates,
    lead::{at_version, audited, changed, get_for_update, read_reason, save},
    lease::LEASE,
    notice,
    sealing::Cell,
    status, suppression, task,
    timeline::append,
};
use crate::{
    error::{Error, Result, refuse_if_any},
    identity::{Actor, Audit, Permission, audit},
};

/// How long it can be taken back.
const UNDO: TimeDelta = TimeDelta::hours(24);

/// Why two leads are of one person, where nobody has to say it.
const SAME: &str = "the same phone number or e-mail address";

/// Two leads that somebody says are of one person, each with the version they looked at.
#[derive(Clone, Copy, Debug)]
pub struct Merge<'a> {
    /// The one that stays.
    pub stays: (LeadId, i32),
    /// The one that goes.
    pub goes: (LeadId, i32),
    /// Why it is one person; may be empty where they share a number or an address.
    pub reason: &'a str,
}

/// What both leads were, to become it again.
#[derive(Debug, Serialize, Deserialize)]
struct Gone {
    into: LeadId,
    status: LeadStatus,
    outcome: Option<LeadOutcome>,
    next_action_at: Option<DateTime<Utc>>,
    closed_at: Option<DateTime<Utc>>,
    /// What the one that stays allowed before.
    voicemail: bool,
    text: bool,
    say_who: bool,
    /// What it took over.
    took_phone: bool,
    took_email: bool,
    /// From when to when its next action was brought forward.
    #[serde(default)]
    forward: Option<(DateTime<Utc>, DateTime<Utc>)>,
}

/// Brings two leads together. Somebody who sees both persons says so: the actor has revealed both, and gives a reason where they
/// share neither number nor address.
///
/// Whoever waits urgently and has nobody is the actor's with it. One that looked like spam is a person from now on.
///
/// Fails with `CONFLICT` at a `version`, `ILLEGAL_TRANSITION` at an `id`, `FORBIDDEN` at the `id` of a person the actor never looked
/// at, and `REQUIRED` at `reason`; what concerns the one that goes is below `other`.
pub async fn merge(
    db: &impl ConnectionTrait,
    actor: Actor,
    audit: &Audit,
    desk: &Desk,
    merge: Merge<'_>,
    now: DateTime<Utc>,
) -> Result<lead::Model> {
    actor.require(Permission::WorkLeads)?;
    let (stays, goes) = both_held(db, merge).await?;
    let mut problems = Problems::new(Stage::Publish);
    judge(db, &stays, &goes, &mut problems).await?;
    let look = |lead: &lead::Model| format!("Look first at who {} is: reveal it, then decide.", lead.reference);
    if !was_viewed(db, stays.id, actor.user()?).await? {
        problems.add("id", ProblemCode::Forbidden, look(&stays));
    }
    if !was_viewed(db, goes.id, actor.user()?).await? {
        problems.within("other", |problems| problems.add("id", ProblemCode::Forbidden, look(&goes)));
    }
    let question = "They share neither phone number nor e-mail address: say in a few words why it is one person.";
    let reason = match merge.reason.trim() {
        "" if duplicates::are_same(db, stays.id, goes.id).await? => SAME.to_owned(),
        "" => {
            problems.add("reason", ProblemCode::Required, question);
            String::new()
        }
        reason => read_reason(reason, question, &mut problems),
    };
    refuse_if_any(problems)?;

    audited(db, actor, audit, audit::Verb::LeadMerged, goes.id, Some(reason), now).await?;
    let (took_phone, took_email) = take_over(db, desk, &stays, &goes).await?;
    let was = Gone {
        into: stays.id,
        status: goes.status,
        outcome: goes.outcome,
        next_action_at: goes.next_action_at,
        closed_at: goes.closed_at,
        voicemail: stays.safe_voicemail,
        text: stays.safe_text,
        say_who: stays.safe_say_who,
        took_phone,
        took_email,
        forward: stays.next_action_at.zip(goes.next_action_at).filter(|(own, other)| other < own),
    };
    append(db, &goes, LeadEventKind::Merged, actor, serde_json::to_value(was)?, None, now).await?;
    let goes = close(db, goes, stays.id, stays.held_at, now).await?;
    stay(db, actor, stays, &goes, now).await
}

/// What becomes of the one that stays.
async fn stay(
    db: &impl ConnectionTrait,
    actor: Actor,
    stays: lead::Model,
    goes: &Closed,
    now: DateTime<Utc>,
) -> Result<lead::Model> {
    append(db, &stays, LeadEventKind::Merged, actor, json!({ "other": goes.lead.id }), None, now).await?;
    let next = stays.next_action_at.into_iter().chain(goes.next_action_at).min();
    let moved = next != stays.next_action_at;
    let urgent = goes.was_open && goes.lead.priority == LeadPriority::Urgent;
    if urgent && stays.priority == LeadPriority::Normal {
        let meta = json!({ "priority": LeadPriority::Urgent, "was": stays.next_action_at, "next": next });
        append(db, &stays, LeadEventKind::Priority, actor, meta, None, now).await?;
    }
    if stays.suspected_spam {
        append(db, &stays, LeadEventKind::Cleared, actor, json!({}), None, now).await?;
    }
    let takes = urgent && goes.lead.assignee_id.is_none() && stays.assignee_id != actor.user_id();
    if takes {
        append(db, &stays, LeadEventKind::Assigned, actor, json!({ "assignee": actor.user_id() }), None, now).await?;
    }
    let untried = stays.first_attempt_at.is_none();
    let allowed = [
        stays.safe_voicemail && goes.lead.safe_voicemail,
        stays.safe_text && goes.lead.safe_text,
        stays.safe_say_who && goes.lead.safe_say_who,
    ];
    let held = stays.held_at.or(goes.lead.held_at);
    let mut row = changed(stays, now);
    row.next_action_at = Set(next);
    row.suspected_spam = Set(false);
    row.held_at = Set(held);
    if urgent {
        row.priority = Set(LeadPriority::Urgent);
    }
    if takes {
        row.assignee_id = Set(actor.user_id());
        row.lease_until = Set(untried.then_some(now + LEASE));
    }
    [row.safe_voicemail, row.safe_text, row.safe_say_who] = allowed.map(Set);
    let stays = save(db, row).await?;
    if urgent {
        notice::urgent(db, stays.id, actor.user_id(), now).await?;
    }
    if moved {
        notice::due(db, &stays, now).await?;
    }
    Ok(stays)
}

/// A lead that went, and what it was before.
struct Closed {
    lead: lead::Model,
    was_open: bool,
    next_action_at: Option<DateTime<Utc>>,
}

async fn close(
    db: &impl ConnectionTrait,
    goes: lead::Model,
    into: LeadId,
    held: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Result<Closed> {
    let (was_open, next_action_at, own) = (status::is_open(goes.status), goes.next_action_at, goes.held_at);
    let mut row = changed(goes, now);
    row.merged_into_id = Set(Some(into));
    row.merged_at = Set(Some(now));
    row.status = Set(LeadStatus::Closed);
    row.outcome = Set(Some(LeadOutcome::Duplicate));
    row.next_action_at = Set(None);
    row.lease_until = Set(None);
    row.held_at = Set(own.or(held));
    if was_open {
        row.closed_at = Set(Some(now));
    }
    Ok(Closed { lead: save(db, row).await?, was_open, next_action_at })
}

/// Gives the one that stays the number and the address it lacks, sealed under its own key; answers which.
async fn take_over(
    db: &impl ConnectionTrait,
    desk: &Desk,
    stays: &lead::Model,
    goes: &lead::Model,
) -> Result<(bool, bool)> {
    let (Some(to), Some(from)) = (inquirer(db, stays.id).await?, inquirer(db, goes.id).await?) else {
        return Ok((false, false));
    };
    let (key, other) = (desk.vault().key_of(stays)?, desk.vault().key_of(goes)?);
    let (id, mut row) = (to.id, to.clone().into_active_model());
    let phone = from.phone.as_deref().filter(|_| to.phone.is_none());
    if let Some(sealed) = phone {
        row.phone = Set(Some(key.seal(Cell::Phone(id), other.open(Cell::Phone(from.id), sealed)?.expose())?));
        row.phone_index = Set(from.phone_index.clone());
    }
    let email = from.email.as_deref().filter(|_| to.email.is_none());
    if let Some(sealed) = email {
        row.email = Set(Some(key.seal(Cell::Email(id), other.open(Cell::Email(from.id), sealed)?.expose())?));
        row.email_index = Set(from.email_index.clone());
    }
    let took = (phone.is_some(), email.is_some());
    if took != (false, false) {
        row.update(db).await?;
    }
    Ok(took)
}

/// Takes that back: the lead that went is again what it was. The one that stayed keeps when it is due, how urgent it is and who has
/// it; what it may be harmed by is allowed again only where nothing else forbids it.
///
/// Fails with `CONFLICT` at `version`, and `ILLEGAL_TRANSITION` at `id` when it was not brought together with another, or more than
/// a day ago.
pub async fn unmerge(
    db: &impl ConnectionTrait,
    actor: Actor,
    audit: &Audit,
    desk: &Desk,
    (id, version): (LeadId, i32),
    now: DateTime<Utc>,
) -> Result<lead::Model> {
    actor.require(Permission::WorkLeads)?;
    let found = lead::Entity::find_by_id(id).one(db).await?.ok_or_else(|| Error::not_found("lead"))?;
    let apart = || refusal("This lead was not brought together with another.");
    let into = found.merged_into_id.ok_or_else(apart)?;
    let (lead, stays) = held(db, id, into).await?;
    let lead = at_version(lead, version)?;
    let (Some(_), Some(at)) = (lead.merged_into_id, lead.merged_at) else { return Err(apart()) };
    if now - at > UNDO {
        return Err(refusal("Leads can be taken apart again for a day. It is more than that."));
    }
    let event = last(db, id).await?.ok_or_else(|| Error::internal(format!("{id} has no note of its merging")))?;
    let was: Gone = serde_json::from_value(event.meta)?;

    audited(db, actor, audit, audit::Verb::LeadUnmerged, id, None, now).await?;
    append(db, &lead, LeadEventKind::Unmerged, actor, json!({ "other": into }), None, now).await?;
    let mut others = merged_into(db, actor, into).await?;
    others.retain(|other| other.id != id);
    let lent = give_back(db, desk, &stays, &lead, &was, &others).await?;
    append(db, &stays, LeadEventKind::Unmerged, actor, json!({ "other": id, "lent": lent }), None, now).await?;
    let others = || others.iter();
    let text = was.text && consent::holds(db, into, ConsentKind::Texts).await?;
    let allowed = [
        was.voicemail && others().all(|other| other.safe_voicemail),
        text && others().all(|other| other.safe_text),
        was.say_who && others().all(|other| other.safe_say_who),
    ];
    // Where nobody planned anew; who may be in danger is not put off by an undo.
    let put_back = was.forward.filter(|(_, to)| stays.next_action_at == Some(*to));
    let put_back = put_back.filter(|_| stays.priority == LeadPriority::Normal);
    let mut row = changed(stays, now);
    if let Some((from, _)) = put_back {
        row.next_action_at = Set(Some(from));
    }
    [row.safe_voicemail, row.safe_text, row.safe_say_who] = allowed.map(Set);
    save(db, row).await?;
    open_again(db, actor, lead, &was, now).await
}

/// Which of the leads that stay with it lend the one that stays a number and an address, once the first that did is gone.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Lent {
    phone: Option<LeadId>,
    email: Option<LeadId>,
}

/// Takes away what the one that stays had of the one that goes back, unless somebody set it right since; where another of its leads
/// has such as well, it gets that instead. Answers of which.
async fn give_back(
    db: &impl ConnectionTrait,
    desk: &Desk,
    stays: &lead::Model,
    goes: &lead::Model,
    was: &Gone,
    others: &[lead::Model],
) -> Result<Lent> {
    let mut lent = last_lent(db, stays.id).await?;
    let phone = was.took_phone || lent.phone == Some(goes.id);
    let email = was.took_email || lent.email == Some(goes.id);
    let (Some(to), Some(from)) = (inquirer(db, stays.id).await?, inquirer(db, goes.id).await?) else {
        return Ok(lent);
    };
    let (phone, email) = (phone && to.phone_index == from.phone_index, email && to.email_index == from.email_index);
    if !phone && !email {
        return Ok(lent);
    }
    let mut row = to.into_active_model();
    if phone {
        (row.phone, row.phone_index, lent.phone) = (Set(None), Set(None), None);
    }
    if email {
        (row.email, row.email_index, lent.email) = (Set(None), Set(None), None);
    }
    row.update(db).await?;
    for other in others {
        let took = take_over(db, desk, stays, other).await?;
        lent.phone = lent.phone.or(took.0.then_some(other.id));
        lent.email = lent.email.or(took.1.then_some(other.id));
    }
    Ok(lent)
}

/// What was lent when leads were taken apart from this one the last time.
async fn last_lent(db: &impl ConnectionTrait, id: LeadId) -> Result<Lent> {
    let unmerged = lead_event::Entity::find()
        .filter(lead_event::Column::LeadId.eq(id))
        .filter(lead_event::Column::Kind.eq(LeadEventKind::Unmerged));
    let last = unmerged.order_by_desc(lead_event::Column::Seq).one(db).await?;
    let lent = last.and_then(|event| event.meta.get("lent").cloned());
    Ok(lent.map(serde_json::from_value).transpose()?.unwrap_or_default())
}

/// What went is what it was: whoever has it tries within the lease, and whoever is not to be contacted any more is left alone.
async fn open_again(
    db: &impl ConnectionTrait,
    actor: Actor,
    lead: lead::Model,
    was: &Gone,
    now: DateTime<Utc>,
) -> Result<lead::Model> {
    let may =
        consent::holds(db, lead.id, ConsentKind::Contact).await? && suppression::holding(db, &lead).await?.is_none();
    let opens = status::is_open(was.status) && may;
    let waits = opens && lead.assignee_id.is_some() && lead.first_attempt_at.is_none();
    let mut row = changed(lead, now);
    row.merged_into_id = Set(None);
    row.merged_at = Set(None);
    row.lease_until = Set(waits.then_some(now + LEASE));
    if opens || !status::is_open(was.status) {
        row.status = Set(was.status);
        row.outcome = Set(was.outcome);
        row.next_action_at = Set(was.next_action_at);
        row.closed_at = Set(was.closed_at);
    } else {
        row.outcome = Set(Some(LeadOutcome::NotInterested));
    }
    let lead = save(db, row).await?;
    if opens {
        notice::back(db, &lead, actor.user_id(), now).await?;
    } else {
        task::clear(db, &[lead.id], now).await?;
    }
    Ok(lead)
}

/// Leads that were brought together with this one, the last received first.
pub async fn merged_into(db: &impl ConnectionTrait, actor: Actor, id: LeadId) -> Result<Vec<lead::Model>> {
    actor.require(Permission::ListLeads)?;
    let merged = lead::Entity::find().filter(lead::Column::MergedIntoId.eq(id));
    Ok(merged.order_by_desc(lead::Column::ReceivedAt).all(db).await?)
}

/// Which leads were brought together with this one.
pub async fn ids_merged_into(db: &impl ConnectionTrait, id: LeadId) -> Result<Vec<LeadId>> {
    let merged = lead::Entity::find().filter(lead::Column::MergedIntoId.eq(id));
    Ok(merged.select_only().column(lead::Column::Id).into_tuple().all(db).await?)
}

/// A lead with those that were brought together with it: they are one person's, and worked as one.
pub async fn with_merged(db: &impl ConnectionTrait, id: LeadId) -> Result<Vec<LeadId>> {
    let mut ids = vec![id];
    ids.extend(ids_merged_into(db, id).await?);
    Ok(ids)
}

/// Fails for a lead that is worked, kept and erased with another; `verb` is what to do with that one.
pub fn refuse_if_merged(lead: &lead::Model, verb: &str) -> Result<()> {
    match lead.merged_into_id {
        None => Ok(()),
        Some(_) => {
            Err(refusal(&format!("This lead was brought together with another. {verb} that one, or take them apart.")))
        }
    }
}

async fn both_held(db: &impl ConnectionTrait, merge: Merge<'_>) -> Result<(lead::Model, lead::Model)> {
    let below = |error: Error| error.under(&["other"]);
    if merge.stays.0 == merge.goes.0 {
        return Err(below(refusal("This is the same lead. Choose another.")));
    }
    let (stays, goes) = held(db, merge.stays.0, merge.goes.0).await?;
    Ok((at_version(stays, merge.stays.1)?, at_version(goes, merge.goes.1).map_err(below)?))
}

/// Two leads, held until the transaction ends; in the order of their ids, so that two colleagues never wait for each other.
pub(super) async fn held(db: &impl ConnectionTrait, one: LeadId, other: LeadId) -> Result<(lead::Model, lead::Model)> {
    match one.cmp(&other) {
        Ordering::Greater => {
            let other = get_for_update(db, other).await?;
            Ok((get_for_update(db, one).await?, other))
        }
        Ordering::Less | Ordering::Equal => Ok((get_for_update(db, one).await?, get_for_update(db, other).await?)),
    }
}

async fn judge(
    db: &impl ConnectionTrait,
    stays: &lead::Model,
    goes: &lead::Model,
    problems: &mut Problems,
) -> Result<()> {
    if !status::is_open(stays.status) {
        let message = format!("{} is {}. Reopen it first.", stays.reference, status::word(stays.status));
        problems.add("id", ProblemCode::IllegalTransition, message);
    }
    let withdrawn = consent::withdrawn_at(db, goes.id, LeadPersonRole::Inquirer, ConsentKind::Contact).await?;
    let other = match (goes.status, goes.merged_into_id) {
        (_, Some(_)) => format!("{} was brought together with another lead before.", goes.reference),
        (LeadStatus::Admitted, None) => format!("{} is admitted and stays what it is.", goes.reference),
        _ if !ids_merged_into(db, goes.id).await?.is_empty() => {
            format!("Others were brought together with {}: keep that one instead.", goes.reference)
        }
        _ if withdrawn.is_some_and(|at| at > stays.received_at) => format!(
            "In {} this person took their consent back after they wrote {}. Write that down here as well.",
            goes.reference, stays.reference
        ),
        _ => return Ok(()),
    };
    problems.within("other", |problems| problems.add("id", ProblemCode::IllegalTransition, other));
    Ok(())
}

/// Whether somebody has looked at a lead's person in clear.
pub(super) async fn was_viewed(db: &impl ConnectionTrait, id: LeadId, by: UserId) -> Result<bool> {
    let viewed = lead_event::Entity::find()
        .filter(lead_event::Column::LeadId.eq(id))
        .filter(lead_event::Column::Kind.eq(LeadEventKind::Viewed))
        .filter(lead_event::Column::ActorId.eq(by));
    Ok(viewed.one(db).await?.is_some())
}

/// How it was brought together the last time.
async fn last(db: &impl ConnectionTrait, id: LeadId) -> Result<Option<lead_event::Model>> {
    let merged = lead_event::Entity::find()
        .filter(lead_event::Column::LeadId.eq(id))
        .filter(lead_event::Column::Kind.eq(LeadEventKind::Merged));
    Ok(merged.order_by_desc(lead_event::Column::Seq).one(db).await?)
}

fn refusal(message: &str) -> Error {
    Error::problem(ProblemCode::IllegalTransition, ["id"], message)
}
