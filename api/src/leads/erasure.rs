//! Erasing a person for good, and keeping one who must not be erased.
//!
//! What is erased is the lead's own key, and with it every copy of what was sealed under it; then everything that was sealed
//! or indexed, and what tells about a health matter once it is read together. The shell stays for the statistics: reference,
//! times, status, outcome, source, how far the insurance was checked, and the consents as proof that they were given.
//!
//! A backup from before still holds the wrapped key. So each erasure is written down outside the database too
//! ([`Ledger`]), and done again at the next start wherever a backup brought somebody back.

mod ledger;
mod retention;

use chrono::{DateTime, Utc};
use entity::{
    id::LeadId,
    lead::{self, LeadOutcome, LeadStatus},
    lead_event::{self, LeadEventKind},
    lead_insurance, lead_intake, lead_person, lead_referral, lead_task,
    problem::{ProblemCode, Problems, Stage},
};
use rand::Rng;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait},
};
use serde_json::json;

pub use self::{
    ledger::Ledger,
    retention::{PastTime, Periods, erase_confirmed, find_periods, past_time, run, update_periods, work},
};
use super::{
    lead::{at_version, audited, changed, read_reason, save},
    merge, status, task,
    timeline::append,
};
use crate::{
    db::Db,
    error::{Error, Result, refuse_if_any},
    identity::{Actor, Audit, Permission, audit},
};

/// Leads of one statement at the most.
const AT_ONCE: usize = 500;

/// Erases a person for good, with every lead of theirs that was brought together with this one. A lead that is open is closed
/// by it. Answers the lead, and which were erased.
///
/// Fails with `CONFLICT` at `version`, `ILLEGAL_TRANSITION` at `id` when it was erased before, is kept for a legal matter or was
/// itself brought together with another, and a problem at `reason`.
pub async fn erase(
    db: &impl ConnectionTrait,
    actor: Actor,
    audit: &Audit,
    (id, version): (LeadId, i32),
    reason: &str,
    now: DateTime<Utc>,
) -> Result<(lead::Model, Vec<LeadId>)> {
    actor.require(Permission::EraseLeads)?;
    let reason = reason_of(reason, "Say in a few words why this person is erased.")?;
    let mut merged = held_with(db, id).await?;
    let lead = merged.extract_if(.., |lead| lead.id == id).next().ok_or_else(|| Error::not_found("lead"))?;
    let lead = at_version(lead, version)?;
    merge::refuse_if_merged(&lead, "Erase")?;
    if lead.held_at.is_some() {
        let message = "This lead is kept for a legal matter. Release it first.";
        return Err(Error::problem(ProblemCode::IllegalTransition, ["id"], message));
    }
    let mut erased = vec![id];
    for lead in merged {
        erased.push(lead.id);
        audited(db, actor, audit, audit::Verb::LeadErased, lead.id, Some(reason.clone()), now).await?;
        forget(db, lead, actor, now).await?;
    }
    audited(db, actor, audit, audit::Verb::LeadErased, id, Some(reason), now).await?;
    Ok((forget(db, lead, actor, now).await?, erased))
}

/// Keeps a lead for a legal matter, so that neither time nor anybody erases it, or releases it again; with those that were
/// brought together with it.
///
/// Fails with `CONFLICT` at `version`, and a problem at `reason`.
pub async fn hold(
    db: &impl ConnectionTrait,
    actor: Actor,
    audit: &Audit,
    (id, version): (LeadId, i32),
    held: bool,
    reason: &str,
    now: DateTime<Utc>,
) -> Result<lead::Model> {
    actor.require(Permission::EraseLeads)?;
    let reason = reason_of(reason, "Say in a few words which matter it is.")?;
    let mut merged = held_with(db, id).await?;
    let lead = merged.extract_if(.., |lead| lead.id == id).next().ok_or_else(|| Error::not_found("lead"))?;
    let lead = at_version(lead, version)?;
    merge::refuse_if_merged(&lead, "Keep or release")?;
    if lead.held_at.is_some() == held {
        return Ok(lead);
    }
    let (verb, kind) = match held {
        true => (audit::Verb::LeadHeld, LeadEventKind::Held),
        false => (audit::Verb::LeadReleased, LeadEventKind::Released),
    };
    audited(db, actor, audit, verb, id, Some(reason), now).await?;
    append(db, &lead, kind, actor, json!({}), None, now).await?;
    for merged in merged {
        let mut row = changed(merged, now);
        row.held_at = Set(held.then_some(now));
        save(db, row).await?;
    }
    let mut row = changed(lead, now);
    row.held_at = Set(held.then_some(now));
    save(db, row).await
}

/// A lead and those of the same person that were brought together with it, held until the transaction ends; in the order of
/// their ids, as whoever brings leads together holds them. Without those that were erased.
async fn held_with(db: &impl ConnectionTrait, id: LeadId) -> Result<Vec<lead::Model>> {
    let group = lead::Entity::find().filter(lead::Column::Id.eq(id).or(lead::Column::MergedIntoId.eq(id)));
    let group = group.filter(lead::Column::ErasedAt.is_null().or(lead::Column::Id.eq(id)));
    Ok(group.order_by_asc(lead::Column::Id).lock_exclusive().all(db).await?)
}

/// Erases again whoever a backup brought back, and writes into the ledger who was erased by another server or just before a
/// server ended. Called before anything is served; answers how many were erased again.
pub async fn replay(db: &Db, audit: &Audit, ledger: &Ledger, now: DateTime<Utc>) -> Result<usize> {
    let mut again = 0;
    for ids in ledger.erased().chunks(AT_ONCE) {
        let back = lead::Entity::find().filter(lead::Column::Id.is_in(ids.iter().copied()));
        let back = back.filter(lead::Column::ErasedAt.is_null());
        if back.clone().one(db.reader()).await?.is_none() {
            continue;
        }
        let tx = db.begin().await?;
        for lead in back.all(&tx).await? {
            let reason = "a backup had brought them back".to_owned();
            audited(&tx, Actor::System, audit, audit::Verb::LeadErased, lead.id, Some(reason), now).await?;
            forget(&tx, lead, Actor::System, now).await?;
            again += 1;
        }
        tx.commit().await?;
    }
    if again > 0 {
        tracing::warn!(leads = again, "a backup had brought back who was erased; they were erased again");
    }
    catch_up(db, ledger, None).await?;
    Ok(again)
}

/// Writes into the ledger who was erased, since then or ever, and is not in it yet.
async fn catch_up(db: &Db, ledger: &Ledger, since: Option<DateTime<Utc>>) -> Result<()> {
    let mut erased = lead::Entity::find().select_only().columns([lead::Column::Id, lead::Column::ErasedAt]);
    erased = match since {
        Some(since) => erased.filter(lead::Column::ErasedAt.gte(since)),
        None => erased.filter(lead::Column::ErasedAt.is_not_null()),
    };
    let erased: Vec<(LeadId, DateTime<Utc>)> = erased.into_tuple().all(db.reader()).await?;
    ledger.add(erased).await
}

/// Destroys a lead's key and everything that tells who it was.
async fn forget(db: &impl ConnectionTrait, lead: lead::Model, actor: Actor, now: DateTime<Utc>) -> Result<lead::Model> {
    append(db, &lead, LeadEventKind::Erased, actor, json!({}), None, now).await?;
    use lead_person::Column::{Email, EmailIndex, Name, Phone, PhoneIndex};
    let nothing = || Expr::value(Option::<Vec<u8>>::None);
    let mut people = lead_person::Entity::update_many().filter(lead_person::Column::LeadId.eq(lead.id));
    for column in [Name, Phone, PhoneIndex, Email, EmailIndex] {
        people = people.col_expr(column, nothing());
    }
    people.exec(db).await?;
    lead_intake::Entity::update_many()
        .col_expr(lead_intake::Column::Sealed, nothing())
        .filter(lead_intake::Column::LeadId.eq(lead.id))
        .exec(db)
        .await?;
    use lead_insurance::Column::{Carrier, GroupNumber, HolderBornOn, HolderName, MemberId, Note};
    let mut insurance = lead_insurance::Entity::update_many()
        .col_expr(lead_insurance::Column::Coverage, Expr::value(Option::<String>::None))
        .filter(lead_insurance::Column::LeadId.eq(lead.id));
    for column in [Carrier, MemberId, GroupNumber, HolderName, HolderBornOn, Note] {
        insurance = insurance.col_expr(column, nothing());
    }
    insurance.exec(db).await?;
    lead_event::Entity::update_many()
        .col_expr(lead_event::Column::Text, nothing())
        .filter(lead_event::Column::LeadId.eq(lead.id))
        .exec(db)
        .await?;
    lead_referral::Entity::update_many()
        .col_expr(lead_referral::Column::Sealed, nothing())
        .filter(lead_referral::Column::LeadId.eq(lead.id))
        .exec(db)
        .await?;
    task::clear(db, &[lead.id], now).await?;
    lead_task::Entity::update_many()
        .col_expr(lead_task::Column::Note, nothing())
        .filter(lead_task::Column::LeadId.eq(lead.id))
        .exec(db)
        .await?;

    let (open, spam) = (status::is_open(lead.status), lead.suspected_spam);
    let mut row = changed(lead, now);
    row.erased_at = Set(Some(now));
    row.dek_wrapped = Set(None);
    // What was sent cannot be guessed at by its hash; a hash must be there, and be like no other.
    row.idempotency_hash = Set(random());
    row.body_hash = Set(random());
    row.fingerprint_hash = Set(None);
    row.revision_id = Set(None);
    row.placement = Set(None);
    row.landing_path = Set(String::new());
    row.page_title = Set(None);
    row.referrer_host = Set(None);
    row.utm_source = Set(None);
    row.utm_medium = Set(None);
    row.utm_campaign = Set(None);
    row.utm_term = Set(None);
    row.utm_content = Set(None);
    row.preferred_contact = Set(None);
    row.level_of_care = Set(None);
    row.arrives_at = Set(None);
    (row.safe_voicemail, row.safe_text, row.safe_say_who) = (Set(false), Set(false), Set(false));
    row.spam_reasons = Set(json!([]));
    row.next_action_at = Set(None);
    row.lease_until = Set(None);
    if open {
        row.status = Set(LeadStatus::Closed);
        row.outcome = Set(Some(if spam { LeadOutcome::Spam } else { LeadOutcome::Other }));
        row.closed_at = Set(Some(now));
    }
    save(db, row).await
}

fn random() -> Vec<u8> {
    let mut bytes = vec![0; 32];
    rand::rng().fill_bytes(&mut bytes);
    bytes
}

fn reason_of(reason: &str, question: &str) -> Result<String> {
    let mut problems = Problems::new(Stage::Publish);
    let reason = read_reason(reason, question, &mut problems);
    refuse_if_any(problems)?;
    Ok(reason)
}
