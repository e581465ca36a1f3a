//! Who pays for somebody's treatment, and how closely they are to be looked after: a track beside the status, so that the insurer is
//! asked while somebody talks with the person.
//!
//! Leads that are brought together keep what each of them says of its insurance; what counts is that of the one that stays.

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use entity::{
    content::LevelOfCare,
    id::LeadId,
    lead::{self, LeadStatus},
    lead_event::LeadEventKind,
    lead_insurance::{self, InsuranceCheck, InsuranceCoverage},
    problem::{ProblemCode, Problems, Stage},
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ConnectionTrait, EntityTrait, IntoActiveModel};
use serde_json::json;

use super::{
    Sensitive,
    desk::Desk,
    lead::{changed, get_at_version, read_note, save},
    merge,
    sealing::{Cell, LeadKey, Policy},
    timeline::append,
    work::get_open,
};
use crate::{
    error::{Result, refuse_if_any},
    identity::{Actor, Permission},
    words::one_line,
};

const MOST_NAME: usize = 120;
const MOST_NUMBER: usize = 60;
/// Nobody who holds a policy was born before.
const FIRST_YEAR: i32 = 1900;

/// What somebody found out of an insurance. What is not given stays as it is; what is empty is taken away.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// How far the check is.
    pub check: Option<InsuranceCheck>,
    /// What kind it is.
    pub coverage: Option<Option<InsuranceCoverage>>,
    /// The insurer's name.
    pub carrier: Option<Sensitive<String>>,
    /// The number of the insured person.
    pub member_id: Option<Sensitive<String>>,
    /// The number of their group.
    pub group_number: Option<Sensitive<String>>,
    /// In whose name it is.
    pub holder_name: Option<Sensitive<String>>,
    /// When that person was born.
    pub holder_born_on: Option<Option<NaiveDate>>,
    /// What the insurer answered.
    pub note: Option<Sensitive<String>>,
}

impl Found {
    fn is_nothing(&self) -> bool {
        let words = [&self.carrier, &self.member_id, &self.group_number, &self.holder_name, &self.note];
        let rest = self.check.is_none() && self.coverage.is_none() && self.holder_born_on.is_none();
        rest && words.into_iter().all(Option::is_none)
    }

    /// Each sealed field that is given, as it is kept; records what is wrong with them.
    fn read(&self, now: DateTime<Utc>, problems: &mut Problems) -> Vec<(Policy, Sensitive<String>)> {
        let lines = [
            (Policy::Carrier, "carrier", &self.carrier, MOST_NAME),
            (Policy::MemberId, "memberId", &self.member_id, MOST_NUMBER),
            (Policy::GroupNumber, "groupNumber", &self.group_number, MOST_NUMBER),
            (Policy::HolderName, "holderName", &self.holder_name, MOST_NAME),
        ];
        let mut read = Vec::new();
        for (field, name, given, most) in lines {
            let Some(given) = given else { continue };
            let line = one_line(given.expose());
            problems.optional_text(name, &line, most);
            read.push((field, line.into()));
        }
        if let Some(born) = self.holder_born_on {
            if born.is_some_and(|day| day > now.date_naive() || day.year() < FIRST_YEAR) {
                problems.add("holderBornOn", ProblemCode::Invalid, "Choose a day in the past, after 1900.");
            }
            read.push((Policy::HolderBornOn, born.map(|day| day.to_string()).unwrap_or_default().into()));
        }
        if let Some(note) = &self.note {
            let note = match note.expose().trim().is_empty() {
                true => String::new(),
                false => read_note("note", note.expose(), problems),
            };
            read.push((Policy::Note, note.into()));
        }
        read
    }
}

/// Writes down what is known of a lead's insurance; the timeline says how far the check is, and nothing else.
///
/// Fails with `CONFLICT` at `version`, `ILLEGAL_TRANSITION` at `id` where it was brought together with another, and problems at the
/// fields.
pub async fn update(
    db: &impl ConnectionTrait,
    actor: Actor,
    desk: &Desk,
    (id, version): (LeadId, i32),
    found: &Found,
    now: DateTime<Utc>,
) -> Result<lead::Model> {
    actor.require(Permission::WorkLeads)?;
    let lead = get_at_version(db, id, version).await?;
    merge::refuse_if_merged(&lead, "Write it down in")?;
    let mut problems = Problems::new(Stage::Publish);
    let policy = found.read(now, &mut problems);
    refuse_if_any(problems)?;
    if found.is_nothing() {
        return Ok(lead);
    }

    let stored = find(db, id).await?;
    let check = found.check.unwrap_or_else(|| check_of(stored.as_ref()));
    let is_new = stored.is_none();
    let mut row = match stored {
        Some(stored) => stored.into_active_model(),
        None => lead_insurance::ActiveModel { lead_id: Set(id), ..Default::default() },
    };
    row.check_status = Set(check);
    if found.check.is_some() {
        row.checked_at = Set(Some(now));
        row.checked_by_id = Set(actor.user_id());
    }
    if let Some(coverage) = found.coverage {
        row.coverage = Set(coverage);
    }
    let key = desk.vault().key_of(&lead)?;
    for (field, text) in policy {
        let sealed = sealed_or_none(&key, field, &text)?;
        match field {
            Policy::Carrier => row.carrier = Set(sealed),
            Policy::MemberId => row.member_id = Set(sealed),
            Policy::GroupNumber => row.group_number = Set(sealed),
            Policy::HolderName => row.holder_name = Set(sealed),
            Policy::HolderBornOn => row.holder_born_on = Set(sealed),
            Policy::Note => row.note = Set(sealed),
        }
    }
    if is_new {
        row.insert(db).await?;
    } else {
        row.update(db).await?;
    }
    append(db, &lead, LeadEventKind::Insurance, actor, json!({ "check": check }), None, now).await?;
    save(db, changed(lead, now)).await
}

/// Says how closely somebody is to be looked after. The timeline does not say which level, so that nothing of it is left once the
/// person is erased.
///
/// Fails with `CONFLICT` at `version`, and `ILLEGAL_TRANSITION` at `id` where it was brought together with another.
pub async fn set_level_of_care(
    db: &impl ConnectionTrait,
    actor: Actor,
    (id, version): (LeadId, i32),
    level: LevelOfCare,
    now: DateTime<Utc>,
) -> Result<lead::Model> {
    actor.require(Permission::WorkLeads)?;
    let lead = get_at_version(db, id, version).await?;
    merge::refuse_if_merged(&lead, "Write it down in")?;
    if lead.level_of_care == Some(level) {
        return Ok(lead);
    }
    append(db, &lead, LeadEventKind::LevelOfCare, actor, json!({}), None, now).await?;
    let mut row = changed(lead, now);
    row.level_of_care = Set(Some(level));
    save(db, row).await
}

/// Writes down that somebody was given a good-faith estimate of what treatment costs. How much it is stays where it was written.
///
/// Fails with `CONFLICT` at `version` and `ILLEGAL_TRANSITION` at `id` when the lead has ended.
pub async fn record_estimate(
    db: &impl ConnectionTrait,
    actor: Actor,
    (id, version): (LeadId, i32),
    now: DateTime<Utc>,
) -> Result<lead::Model> {
    actor.require(Permission::WorkLeads)?;
    let lead = get_open(db, id, version).await?;
    append(db, &lead, LeadEventKind::EstimateGiven, actor, json!({}), None, now).await?;
    save(db, changed(lead, now)).await
}

/// Fails with problems at `levelOfCare` and `insurance` where those must be known before the lead moves on to `next`.
pub(super) async fn judge(db: &impl ConnectionTrait, lead: &lead::Model, next: LeadStatus) -> Result<()> {
    if (lead.status, next) != (LeadStatus::Contacted, LeadStatus::Qualified) {
        return Ok(());
    }
    let mut problems = Problems::new(Stage::Publish);
    if lead.level_of_care.is_none() {
        problems.add("levelOfCare", ProblemCode::Required, "Choose the level of care they need first.");
    }
    if check_of(find(db, lead.id).await?.as_ref()) == InsuranceCheck::Needed {
        let message = "Ask their insurer first, or say that they pay themselves or that nothing has to be asked.";
        problems.add("insurance", ProblemCode::Required, message);
    }
    refuse_if_any(problems)
}

/// What is known of a lead's insurance, sealed.
pub(super) async fn find(db: &impl ConnectionTrait, id: LeadId) -> Result<Option<lead_insurance::Model>> {
    Ok(lead_insurance::Entity::find_by_id(id).one(db).await?)
}

fn check_of(stored: Option<&lead_insurance::Model>) -> InsuranceCheck {
    stored.map(|row| row.check_status).unwrap_or_default()
}

fn sealed_or_none(key: &LeadKey, field: Policy, text: &Sensitive<String>) -> Result<Option<Vec<u8>>> {
    Ok(match text.expose().as_str() {
        "" => None,
        text => Some(key.seal(Cell::Policy(field), text)?),
    })
}
