//! Sending somebody on to a place that can help them.
//!
//! Whoever is told of somebody is told something that federal law protects (42 CFR Part 2), so nobody is told before the patient has
//! agreed in writing (§ 2.31): who it is, what is told, to whom, what for and until when. That is kept, sealed, with the lead, and goes
//! with what is told, together with a notice that it must not be passed on (§ 2.32). A referral has no price and no fee.

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use entity::{
    id::{LeadId, LeadReferralId, ReferralTargetId},
    lead::{self, LeadOutcome, LeadStatus},
    lead_event::LeadEventKind,
    lead_referral,
    problem::{ProblemCode, Problems, Stage},
    referral_target,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect,
};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{
    contact::{Phone, accept},
    desk::Desk,
    lead::{audited, changed, get_at_version, read_note, save},
    merge,
    sealing::Cell,
    status,
    step::{self, Step},
    task,
    timeline::append,
};
use crate::{
    error::{Error, Result, refuse_if_any},
    identity::{Actor, Audit, Permission, audit},
    words::one_line,
};

/// What goes with everything that is told of somebody, in its short form (§ 2.32(a)(2)).
pub const NOTICE: &str = "42 CFR part 2 prohibits unauthorized use or disclosure of these records.";
/// What whoever signs is told of their right to take it back.
pub const REVOKE: &str = "I may take this consent back at any time, by saying or writing so, except for what was already told \
                          because of it.";

/// Places that are kept at the most.
const MOST_TARGETS: u64 = 500;
const MOST_NAME: usize = 120;
const MOST_WORDS: usize = 400;
/// How long a consent holds at the most.
const LONGEST: Days = Days::new(3 * 366);
/// How old a signature is at the most.
const OLDEST: TimeDelta = TimeDelta::days(366);

/// A place as somebody wants it.
#[derive(Clone, Copy, Debug)]
pub struct Target<'a> {
    /// What it is called.
    pub name: &'a str,
    /// Where to call it.
    pub phone: &'a str,
    /// Whether somebody may be sent there.
    pub in_use: bool,
    /// Whether somebody just made sure that all of this is right.
    pub verified: bool,
}

/// What a patient agreed to in writing.
#[derive(Clone, Copy, Debug)]
pub struct Agreed<'a> {
    /// Whose records they are.
    pub patient: &'a str,
    /// What is told, and how much of it.
    pub information: &'a str,
    /// What for.
    pub purpose: &'a str,
    /// Who signed: the patient, or who may for them.
    pub signed_by: &'a str,
    /// On which day.
    pub signed_on: NaiveDate,
    /// Until which day it holds.
    pub expires_on: NaiveDate,
}

/// What is sealed of a referral.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Sheet {
    /// Whose records they are.
    pub patient: String,
    /// What was told.
    pub information: String,
    /// What for.
    pub purpose: String,
    /// Who signed.
    pub signed_by: String,
    /// To whom, as it was called then.
    pub recipient: String,
    /// Where to call them.
    pub phone: String,
}

/// Places that somebody may be sent to, by name; those that are not in use last.
pub async fn list_targets(db: &impl ConnectionTrait, actor: Actor) -> Result<Vec<referral_target::Model>> {
    actor.require(Permission::ListLeads)?;
    let all = referral_target::Entity::find().order_by_desc(referral_target::Column::InUse);
    Ok(all.order_by_asc(referral_target::Column::Name).limit(MOST_TARGETS).all(db).await?)
}

/// Keeps a place that somebody may be sent to, or changes it.
///
/// Fails with `NOT_FOUND` at `id`, `CONFLICT` at `version`, `TOO_LARGE` at `id` when there are 500, and problems at `name` and `phone`.
pub async fn save_target(
    db: &impl ConnectionTrait,
    actor: Actor,
    audit: &Audit,
    place: Option<(ReferralTargetId, i32)>,
    wanted: Target<'_>,
    now: DateTime<Utc>,
) -> Result<referral_target::Model> {
    actor.require(Permission::ManageSettings)?;
    let was = match place {
        None => None,
        Some((id, version)) => {
            let was = get_target(db, id, "id").await?;
            if was.version != version {
                let message = "Somebody changed this place meanwhile. Look at it again, then decide.";
                return Err(Error::problem(ProblemCode::Conflict, ["version"], message));
            }
            Some(was)
        }
    };
    if was.is_none() && referral_target::Entity::find().count(db).await? >= MOST_TARGETS {
        let message = format!("There are {MOST_TARGETS} places. Change one that is not in use any more.");
        return Err(Error::problem(ProblemCode::TooLarge, ["id"], message));
    }
    let mut problems = Problems::new(Stage::Publish);
    let name = one_line(wanted.name);
    problems.text("name", &name, MOST_NAME);
    let phone = accept(Phone::parse(wanted.phone), "phone", "", &mut problems);
    if wanted.phone.trim().is_empty() {
        problems.add("phone", ProblemCode::Required, "Give the phone number of the place.");
    }
    refuse_if_any(problems)?;

    let id = was.as_ref().map_or_else(ReferralTargetId::new, |was| was.id);
    let event = audit::Event::done(audit::Stream::Leads, audit::Verb::ReferralTargetSaved, id.to_string());
    audit.record(db, actor, event, now).await?;
    let verified = if wanted.verified { Some(now) } else { was.as_ref().and_then(|was| was.verified_at) };
    let row = referral_target::ActiveModel {
        id: Set(id),
        version: Set(was.as_ref().map_or(1, |was| was.version.saturating_add(1))),
        name: Set(name),
        phone: Set(phone.map(|phone| phone.stored()).unwrap_or_default()),
        in_use: Set(wanted.in_use),
        verified_at: Set(verified),
    };
    Ok(match was {
        None => row.insert(db).await?,
        Some(_) => row.update(db).await?,
    })
}

/// Sends somebody on to a place, as they agreed to in writing, and closes the lead.
///
/// Fails with `CONFLICT` at `version`, `ILLEGAL_TRANSITION` at `id` when it has ended or was brought together with another, `NOT_FOUND` at
/// `target`, and problems below `consent`.
pub async fn refer(
    db: &impl ConnectionTrait,
    actor: Actor,
    audit: &Audit,
    desk: &Desk,
    lead: (LeadId, i32),
    (target, agreed): (ReferralTargetId, Agreed<'_>),
    now: DateTime<Utc>,
) -> Result<lead::Model> {
    actor.require(Permission::DirectLeads)?;
    let lead = get_at_version(db, lead.0, lead.1).await?;
    merge::refuse_if_merged(&lead, "Send on")?;
    status::judge(lead.status, LeadStatus::Closed, Some(LeadOutcome::ReferredOut))
        .map_err(|_| Error::problem(ProblemCode::IllegalTransition, ["id"], "This lead has ended. Reopen it first."))?;
    let mut problems = Problems::new(Stage::Publish);
    let sheet = problems.within("consent", |problems| agreed.read(now, problems));
    refuse_if_any(problems)?;
    let target = get_target(db, target, "target").await?;
    if !target.in_use {
        let message = "Nobody is sent to this place any more. Choose another.";
        return Err(Error::problem(ProblemCode::Invalid, ["target"], message));
    }

    audited(db, actor, audit, audit::Verb::LeadReferred, lead.id, None, now).await?;
    let id = LeadReferralId::new();
    let sheet = Sheet { recipient: target.name, phone: target.phone, ..sheet };
    let sealed = desk.vault().key_of(&lead)?.seal(Cell::Referral(id), &serde_json::to_string(&sheet)?)?;
    let row = lead_referral::ActiveModel {
        id: Set(id),
        lead_id: Set(lead.id),
        target_id: Set(target.id),
        at: Set(now),
        actor_id: Set(actor.user_id()),
        signed_on: Set(agreed.signed_on),
        expires_on: Set(agreed.expires_on),
        sealed: Set(Some(sealed)),
        revoked_at: Set(None),
    };
    row.insert(db).await?;
    append(db, &lead, LeadEventKind::Referred, actor, json!({ "target": target.id }), None, now).await?;
    let outcome = LeadOutcome::ReferredOut;
    let meta = json!({ "from": lead.status, "to": LeadStatus::Closed, "outcome": outcome });
    append(db, &lead, LeadEventKind::Status, actor, meta, None, now).await?;
    let lead = save(db, step::moved(lead, &Step::closed(outcome), now)).await?;
    task::clear(db, &[lead.id], now).await?;
    Ok(lead)
}

/// Writes down that a consent to a referral was taken back, which nobody has to justify (§ 2.31(a)(6)). What was told is told; the
/// place is told nothing more.
///
/// Fails with `CONFLICT` at `version`, `ILLEGAL_TRANSITION` at `id` when it was brought together with another, and `NOT_FOUND` at
/// `referral` when the lead has no such referral or its consent was taken back before.
pub async fn revoke(
    db: &impl ConnectionTrait,
    actor: Actor,
    desk: &Desk,
    (id, version): (LeadId, i32),
    (referral, note): (LeadReferralId, &str),
    now: DateTime<Utc>,
) -> Result<lead::Model> {
    actor.require(Permission::WorkLeads)?;
    let lead = get_at_version(db, id, version).await?;
    merge::refuse_if_merged(&lead, "Write it down in")?;
    let mut problems = Problems::new(Stage::Publish);
    let note = (!note.trim().is_empty()).then(|| read_note("note", note, &mut problems));
    refuse_if_any(problems)?;
    let leads = merge::with_merged(db, id).await?;
    let row = lead_referral::Entity::find_by_id(referral).filter(lead_referral::Column::LeadId.is_in(leads));
    let row = row.filter(lead_referral::Column::RevokedAt.is_null()).one(db).await?.ok_or_else(|| {
        let message = "There is no such referral, or its consent was taken back before.";
        Error::problem(ProblemCode::NotFound, ["referral"], message)
    })?;
    let meta = json!({ "target": row.target_id });
    let mut row = row.into_active_model();
    row.revoked_at = Set(Some(now));
    row.update(db).await?;
    let note = note.as_deref().map(|note| (desk, note));
    append(db, &lead, LeadEventKind::ReferralRevoked, actor, meta, note, now).await?;
    save(db, changed(lead, now)).await
}

impl Agreed<'_> {
    /// What of it is sealed, without to whom; records what is wrong.
    fn read(&self, now: DateTime<Utc>, problems: &mut Problems) -> Sheet {
        let mut words = |field: &str, value: &str, most: usize| {
            let value = one_line(value);
            problems.text(field, &value, most);
            value
        };
        let sheet = Sheet {
            patient: words("patient", self.patient, MOST_NAME),
            information: words("information", self.information, MOST_WORDS),
            purpose: words("purpose", self.purpose, MOST_WORDS),
            signed_by: words("signedBy", self.signed_by, MOST_NAME),
            recipient: String::new(),
            phone: String::new(),
        };
        // A day later it is already tomorrow somewhere.
        let today = now.date_naive();
        let tomorrow = today + Days::new(1);
        if self.signed_on > tomorrow || self.signed_on < (now - OLDEST).date_naive() {
            problems.add(
                "signedOn",
                ProblemCode::Invalid,
                "Choose the day on which they signed, within the last year.",
            );
        }
        if self.expires_on < today || self.expires_on > today + LONGEST {
            let message = "Choose until which day they agreed: from today to three years ahead.";
            problems.add("expiresOn", ProblemCode::Invalid, message);
        }
        sheet
    }
}

/// What was told of somebody, to whom and since when, the last first, opened; also in leads that were brought together with this one.
/// Whoever calls this has recorded it.
pub(super) async fn open(
    db: &impl ConnectionTrait,
    desk: &Desk,
    lead: &lead::Model,
) -> Result<Vec<(lead_referral::Model, Option<Sheet>)>> {
    let merged = lead::Entity::find().filter(lead::Column::MergedIntoId.eq(lead.id)).all(db).await?;
    let leads: Vec<&lead::Model> = std::iter::once(lead).chain(&merged).collect();
    let rows = lead_referral::Entity::find().filter(lead_referral::Column::LeadId.is_in(leads.iter().map(|of| of.id)));
    let rows = rows.order_by_desc(lead_referral::Column::At).all(db).await?;
    let opened = |row: lead_referral::Model| {
        let of = leads.iter().find(|of| of.id == row.lead_id);
        let sheet = of.and_then(|of| desk.open_referral(of, &row));
        (row, sheet)
    };
    Ok(rows.into_iter().map(opened).collect())
}

async fn get_target(db: &impl ConnectionTrait, id: ReferralTargetId, field: &str) -> Result<referral_target::Model> {
    let found = referral_target::Entity::find_by_id(id).lock_exclusive().one(db).await?;
    found.ok_or_else(|| Error::problem(ProblemCode::NotFound, [field], "There is no such place."))
}
