//! Bringing together two leads of one person, and taking that back within a day.
//!
//! Both keep their history. One goes: it is closed as a duplicate and points at the one that stays. The one that stays is due when
//! the first of both was, as urgent as either, and what either forbids is not done.

use std::cmp::Ordering;

use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    id::{LeadId, UserId},
    lead::{self, LeadOutcome, LeadPriority, LeadStatus},
    lead_event::{self, LeadEventKind},
    problem::{ProblemCode, Problems, Stage},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{
    consent::{self, ConsentKind},
    duplicates,
    lead::{append, changed, get_at_version, get_for_update, read_reason, save},
    notice, status,
};
use crate::{
    error::{Error, Result, refuse_if_any},
    identity::{Actor, Audit, Permission, audit},
};

/// How long it can be taken back.
const UNDO: TimeDelta = TimeDelta::hours(24);

/// Why two leads are of one person, where nobody has to say it.
const SAME: &str = "the same phone number or e-mail address";

/// What the lead that went was, to become it again.
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
}

/// Brings `other` together with the lead `id`, which stays. Somebody who sees both persons says so: the actor has revealed both,
/// and gives a reason where they share neither number nor address.
///
/// Fails with `CONFLICT` at a `version`, `ILLEGAL_TRANSITION` at an `id`, `FORBIDDEN` at the `id` of a person the actor never looked
/// at, and `REQUIRED` at `reason`; what concerns `other` is below it.
pub async fn merge(
    db: &impl ConnectionTrait,
    actor: Actor,
    audit: &Audit,
    (id, version): (LeadId, i32),
    (other, other_version): (LeadId, i32),
    reason: &str,
    now: DateTime<Utc>,
) -> Result<lead::Model> {
    actor.require(Permission::WorkLeads)?;
    let (stays, goes) = held((id, version), (other, other_version), db).await?;
    let mut problems = Problems::new(Stage::Publish);
    judge(&stays, &goes, &mut problems);
    let look = |lead: &lead::Model| format!("Look first at who {} is: reveal it, then decide.", lead.reference);
    if !was_viewed(db, id, actor.user()?).await? {
        problems.add("id", ProblemCode::Forbidden, look(&stays));
    }
    if !was_viewed(db, other, actor.user()?).await? {
        problems.within("other", |problems| problems.add("id", ProblemCode::Forbidden, look(&goes)));
    }
    let question = "They share neither phone number nor e-mail address: say in a few words why it is one person.";
    let reason = match reason.trim() {
        "" if duplicates::are_same(db, id, other).await? => SAME.to_owned(),
        "" => {
            problems.add("reason", ProblemCode::Required, question);
            String::new()
        }
        reason => read_reason(reason, question, &mut problems),
    };
    refuse_if_any(problems)?;

    record(db, actor, audit, audit::Verb::LeadMerged, goes.id, Some(reason), now).await?;
    let was = Gone {
        into: stays.id,
        status: goes.status,
        outcome: goes.outcome,
        next_action_at: goes.next_action_at,
        closed_at: goes.closed_at,
        voicemail: stays.safe_voicemail,
        text: stays.safe_text,
        say_who: stays.safe_say_who,
    };
    append(db, &goes, LeadEventKind::Merged, actor, serde_json::to_value(was)?, None, now).await?;
    append(db, &stays, LeadEventKind::Merged, actor, json!({ "other": goes.id }), None, now).await?;

    let open = status::is_open(goes.status);
    let urgent = open && goes.priority == LeadPriority::Urgent && stays.priority == LeadPriority::Normal;
    let next = stays.next_action_at.into_iter().chain(goes.next_action_at).min();
    let moved = next != stays.next_action_at;
    let allowed = [
        stays.safe_voicemail && goes.safe_voicemail,
        stays.safe_text && goes.safe_text,
        stays.safe_say_who && goes.safe_say_who,
    ];
    let mut row = changed(goes, now);
    row.merged_into_id = Set(Some(stays.id));
    row.merged_at = Set(Some(now));
    row.status = Set(LeadStatus::Closed);
    row.outcome = Set(Some(LeadOutcome::Duplicate));
    row.next_action_at = Set(None);
    row.lease_until = Set(None);
    if open {
        row.closed_at = Set(Some(now));
    }
    save(db, row).await?;

    let mut row = changed(stays, now);
    row.next_action_at = Set(next);
    if urgent {
        row.priority = Set(LeadPriority::Urgent);
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

/// Takes that back: the lead that went is again what it was. The one that stayed keeps when it is due and how urgent it is.
///
/// Fails with `CONFLICT` at `version`, and `ILLEGAL_TRANSITION` at `id` when it was not brought together with another, or more than
/// a day ago.
pub async fn unmerge(
    db: &impl ConnectionTrait,
    actor: Actor,
    audit: &Audit,
    (id, version): (LeadId, i32),
    now: DateTime<Utc>,
) -> Result<lead::Model> {
    actor.require(Permission::WorkLeads)?;
    let lead = get_at_version(db, id, version).await?;
    let (Some(_), Some(at)) = (lead.merged_into_id, lead.merged_at) else {
        return Err(refusal("This lead was not brought together with another."));
    };
    if now - at > UNDO {
        return Err(refusal("Leads can be taken apart again for a day. It is more than that."));
    }
    let event = last(db, id).await?.ok_or_else(|| Error::internal(format!("{id} has no note of its merging")))?;
    let was: Gone = serde_json::from_value(event.meta)?;
    let stays = get_for_update(db, was.into).await?;

    record(db, actor, audit, audit::Verb::LeadUnmerged, id, None, now).await?;
    append(db, &lead, LeadEventKind::Unmerged, actor, json!({ "other": stays.id }), None, now).await?;
    append(db, &stays, LeadEventKind::Unmerged, actor, json!({ "other": id }), None, now).await?;
    let text = was.text && consent::holds(db, stays.id, ConsentKind::Texts).await?;
    let mut row = changed(stays, now);
    [row.safe_voicemail, row.safe_text, row.safe_say_who] = [was.voicemail, text, was.say_who].map(Set);
    save(db, row).await?;

    let mut row = changed(lead, now);
    row.merged_into_id = Set(None);
    row.merged_at = Set(None);
    row.status = Set(was.status);
    row.outcome = Set(was.outcome);
    row.next_action_at = Set(was.next_action_at);
    row.closed_at = Set(was.closed_at);
    let lead = save(db, row).await?;
    if status::is_open(lead.status) {
        notice::back(db, &lead, actor.user_id(), now).await?;
    }
    Ok(lead)
}

/// Leads that were brought together with this one, the last received first.
pub async fn merged_into(db: &impl ConnectionTrait, actor: Actor, id: LeadId) -> Result<Vec<lead::Model>> {
    actor.require(Permission::ListLeads)?;
    let merged = lead::Entity::find().filter(lead::Column::MergedIntoId.eq(id));
    Ok(merged.order_by_desc(lead::Column::ReceivedAt).all(db).await?)
}

/// Both, held until the transaction ends; in the order of their ids, so that two colleagues never wait for each other.
async fn held(
    one: (LeadId, i32),
    other: (LeadId, i32),
    db: &impl ConnectionTrait,
) -> Result<(lead::Model, lead::Model)> {
    let below = |error: Error| error.under(&["other"]);
    match one.0.cmp(&other.0) {
        Ordering::Equal => Err(below(refusal("This is the same lead. Choose another."))),
        Ordering::Less => {
            let stays = get_at_version(db, one.0, one.1).await?;
            Ok((stays, get_at_version(db, other.0, other.1).await.map_err(below)?))
        }
        Ordering::Greater => {
            let goes = get_at_version(db, other.0, other.1).await.map_err(below)?;
            Ok((get_at_version(db, one.0, one.1).await?, goes))
        }
    }
}

fn judge(stays: &lead::Model, goes: &lead::Model, problems: &mut Problems) {
    if !status::is_open(stays.status) {
        let message = format!("{} is {}. Reopen it first.", stays.reference, status::word(stays.status));
        problems.add("id", ProblemCode::IllegalTransition, message);
    }
    let other = match (goes.status, goes.merged_into_id) {
        (_, Some(_)) => format!("{} was brought together with another lead before.", goes.reference),
        (LeadStatus::Admitted, None) => format!("{} is admitted and stays what it is.", goes.reference),
        _ => return,
    };
    problems.within("other", |problems| problems.add("id", ProblemCode::IllegalTransition, other));
}

async fn was_viewed(db: &impl ConnectionTrait, id: LeadId, by: UserId) -> Result<bool> {
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

async fn record(
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

fn refusal(message: &str) -> Error {
    Error::problem(ProblemCode::IllegalTransition, ["id"], message)
}
