//! Who asked not to be contacted any more: by no way, whatever they wrote.
//!
//! Kept are the blind indexes of their numbers and addresses and nothing else, so it holds for every lead with one of them, and
//! outlives their erasure: who is forgotten is still left alone.
//!
//! Whoever writes again afterwards asks anew. That lead is answered in the ways they ticked, and says on which day they had asked
//! not to be; what they wrote before stays as it is. So of two leads that are brought together the time of the one that stays counts.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, Utc};
use entity::{
    id::LeadId,
    lead,
    lead_event::LeadEventKind,
    lead_person,
    lead_suppression::{self, SuppressedContact, SuppressionReason},
    problem::{ProblemCode, Problems, Stage},
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect,
    sea_query::{ExprTrait, OnConflict},
};
use serde_json::json;

use super::{
    lead::{audited, changed, get_at_version, read_reason, save},
    merge,
    report::zone_of,
    timeline::append,
    work,
};
use crate::{
    db::padded,
    error::{Error, Result, refuse_if_any},
    identity::{Actor, Audit, Permission, audit},
    library,
};

/// Writes down that a lead's people asked not to be contacted, by any of their numbers and addresses, also of what was brought
/// together with it. Nothing is left to do then: a lead that was open is closed.
///
/// Fails with `CONFLICT` at `version`, and `ILLEGAL_TRANSITION` at `id` when it was itself brought together with another.
pub async fn suppress(
    db: &impl ConnectionTrait,
    actor: Actor,
    audit: &Audit,
    (id, version): (LeadId, i32),
    reason: SuppressionReason,
    now: DateTime<Utc>,
) -> Result<lead::Model> {
    actor.require(Permission::WorkLeads)?;
    let lead = get_at_version(db, id, version).await?;
    merge::refuse_if_merged(&lead, "Write it down in")?;
    stop(db, actor, audit, &lead, reason, now).await?;
    save(db, work::end(db, actor, lead, now).await?).await
}

/// The same for a lead that is held, and leaves it open.
pub(super) async fn stop(
    db: &impl ConnectionTrait,
    actor: Actor,
    audit: &Audit,
    lead: &lead::Model,
    reason: SuppressionReason,
    now: DateTime<Utc>,
) -> Result<()> {
    let rows = contacts_of(db, lead.id).await?.into_iter().map(|(hash, kind)| lead_suppression::ActiveModel {
        hash: Set(hash),
        kind: Set(kind),
        since: Set(now),
        reason: Set(reason),
        actor_id: Set(actor.user_id()),
    });
    use lead_suppression::Column::{ActorId, Hash, Reason, Since};
    let again = OnConflict::column(Hash).update_columns([Since, Reason, ActorId]).to_owned();
    lead_suppression::Entity::insert_many(rows).on_conflict(again).exec_without_returning(db).await?;
    let words = Some(words(reason).to_owned());
    audited(db, actor, audit, audit::Verb::LeadContactSuppressed, lead.id, words, now).await?;
    append(db, lead, LeadEventKind::Suppressed, actor, json!({ "suppressed": reason }), None, now).await
}

/// Takes that back for all their numbers and addresses, by somebody who says why. What was closed stays closed.
///
/// Fails with `CONFLICT` at `version`, `ILLEGAL_TRANSITION` at `id` when they never asked or it was brought together with another, and
/// a problem at `reason`.
pub async fn lift(
    db: &impl ConnectionTrait,
    actor: Actor,
    audit: &Audit,
    (id, version): (LeadId, i32),
    reason: &str,
    now: DateTime<Utc>,
) -> Result<lead::Model> {
    actor.require(Permission::WorkLeads)?;
    let mut problems = Problems::new(Stage::Publish);
    let reason = read_reason(reason, "Say in a few words why they may be contacted again.", &mut problems);
    refuse_if_any(problems)?;
    let lead = get_at_version(db, id, version).await?;
    merge::refuse_if_merged(&lead, "Lift it in")?;
    let contacts = contacts_of(db, id).await?;
    let lifted = lead_suppression::Entity::delete_many()
        .filter(lead_suppression::Column::Hash.is_in(contacts.into_keys()))
        .exec(db)
        .await?;
    if lifted.rows_affected == 0 {
        let message = "This person did not ask not to be contacted; there is nothing to lift.";
        return Err(Error::problem(ProblemCode::IllegalTransition, ["id"], message));
    }
    audited(db, actor, audit, audit::Verb::LeadSuppressionLifted, id, Some(reason), now).await?;
    append(db, &lead, LeadEventKind::SuppressionLifted, actor, json!({}), None, now).await?;
    save(db, changed(lead, now)).await
}

/// Whoever asked not to be contacted is not contacted by a number or an address either that is learnt later.
pub(super) async fn follow(db: &impl ConnectionTrait, asked: lead_suppression::Model, id: LeadId) -> Result<()> {
    let rows = contacts_of(db, id).await?.into_iter().map(|(hash, kind)| lead_suppression::ActiveModel {
        hash: Set(hash),
        kind: Set(kind),
        since: Set(asked.since),
        reason: Set(asked.reason),
        actor_id: Set(asked.actor_id),
    });
    let known = OnConflict::column(lead_suppression::Column::Hash).do_nothing().to_owned();
    lead_suppression::Entity::insert_many(rows).on_conflict(known).exec_without_returning(db).await?;
    Ok(())
}

/// When a lead's people asked the last time not to be contacted.
pub(super) async fn find(db: &impl ConnectionTrait, id: LeadId) -> Result<Option<lead_suppression::Model>> {
    Ok(find_all(db, &[id]).await?.remove(&id))
}

/// The same, unless they wrote this lead afterwards.
pub(super) async fn holding(db: &impl ConnectionTrait, lead: &lead::Model) -> Result<Option<lead_suppression::Model>> {
    Ok(find(db, lead.id).await?.filter(|asked| holds_for(asked, lead)))
}

/// Whether it holds for a lead: not for what was written afterwards.
pub fn holds_for(asked: &lead_suppression::Model, lead: &lead::Model) -> bool {
    lead.received_at <= asked.since
}

/// When the people of each of these leads asked the last time not to be contacted, by what they gave here or in leads that were
/// brought together with it.
pub async fn find_all(db: &impl ConnectionTrait, leads: &[LeadId]) -> Result<HashMap<LeadId, lead_suppression::Model>> {
    let people = people_of(db, leads).await?;
    let hashes: Vec<_> = people.iter().flat_map(|(_, person)| contacts(person)).map(|(hash, _)| hash).collect();
    if hashes.is_empty() {
        return Ok(HashMap::new());
    }
    let asked = lead_suppression::Entity::find().filter(lead_suppression::Column::Hash.is_in(padded(hashes)));
    let asked: HashMap<_, _> = asked.all(db).await?.into_iter().map(|row| (row.hash.clone(), row)).collect();
    let mut found: HashMap<LeadId, lead_suppression::Model> = HashMap::new();
    for (id, person) in &people {
        for row in contacts(person).filter_map(|(hash, _)| asked.get(&hash)) {
            if found.get(id).is_none_or(|known| known.since < row.since) {
                found.insert(*id, row.clone());
            }
        }
    }
    Ok(found)
}

/// Why nobody is called or written to, in words.
pub(super) async fn refusal(db: &impl ConnectionTrait, asked: &lead_suppression::Model) -> Result<String> {
    let zone = zone_of(&library::list_locations(db).await?);
    let day = asked.since.with_timezone(&zone).format("%-d %B %Y");
    Ok(format!(
        "On {day} this person asked not to be contacted: do not call or write to them. If it happened, say so in a note."
    ))
}

/// The numbers and addresses of a lead's people and of those brought together with it, in one order, so that two colleagues who
/// write down the same never wait for each other.
async fn contacts_of(db: &impl ConnectionTrait, id: LeadId) -> Result<BTreeMap<Vec<u8>, SuppressedContact>> {
    Ok(people_of(db, &[id]).await?.iter().flat_map(|(_, person)| contacts(person)).collect())
}

/// The people of these leads, with those of what was brought together with each.
async fn people_of(db: &impl ConnectionTrait, leads: &[LeadId]) -> Result<Vec<(LeadId, lead_person::Model)>> {
    let ids = || padded(leads.to_vec());
    let group: Vec<(LeadId, Option<LeadId>)> = lead::Entity::find()
        .select_only()
        .columns([lead::Column::Id, lead::Column::MergedIntoId])
        .filter(lead::Column::Id.is_in(ids()).or(lead::Column::MergedIntoId.is_in(ids())))
        .into_tuple()
        .all(db)
        .await?;
    let all = padded(group.iter().map(|(id, _)| *id).collect());
    let people = lead_person::Entity::find().filter(lead_person::Column::LeadId.is_in(all)).all(db).await?;
    let mut of: HashMap<LeadId, Vec<LeadId>> = HashMap::new();
    for (id, into) in group {
        of.entry(id).or_default().extend([id].into_iter().chain(into).filter(|id| leads.contains(id)));
    }
    let people = people.into_iter().flat_map(|person| {
        let leads = of.get(&person.lead_id).cloned().unwrap_or_default();
        leads.into_iter().map(move |id| (id, person.clone()))
    });
    Ok(people.collect())
}

fn contacts(person: &lead_person::Model) -> impl Iterator<Item = (Vec<u8>, SuppressedContact)> {
    let phone = person.phone_index.clone().map(|hash| (hash, SuppressedContact::Phone));
    let email = person.email_index.clone().map(|hash| (hash, SuppressedContact::Email));
    phone.into_iter().chain(email)
}

const fn words(reason: SuppressionReason) -> &'static str {
    match reason {
        SuppressionReason::Said => "they said so",
        SuppressionReason::AnsweredStop => "they answered STOP",
        SuppressionReason::Wrote => "they wrote so",
        SuppressionReason::Harm => "it may do them harm",
    }
}
