//! What somebody agreed to by word, on the telephone or face to face, once a colleague read them the wording.
//!
//! Each of a lead's people agrees for themself: whoever is written for has agreed to nothing before they said so.

use chrono::{DateTime, Utc};
use entity::{
    id::{ConsentTextId, LeadConsentId, LeadId},
    lead,
    lead_consent::{self, TickedBy},
    lead_event::LeadEventKind,
    lead_person::LeadPersonRole,
    problem::{ProblemCode, Problems, Stage},
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ConnectionTrait};
use serde_json::json;

use super::{
    consent::{self, ConsentKind, ConsentScope, scopes_of},
    desk::person,
    lead::{changed, get_at_version, save},
    merge, suppression,
    timeline::append,
};
use crate::{
    error::{Error, Result, refuse_if_any},
    identity::{Actor, Permission},
};

/// What somebody said yes to.
#[derive(Clone, Debug)]
pub struct Spoken {
    /// Who of a lead's people.
    pub role: LeadPersonRole,
    /// The wording that was read to them.
    pub text: ConsentTextId,
    /// By which ways; some of those that the wording covers.
    pub scopes: Vec<ConsentScope>,
    /// When; none means now.
    pub at: Option<DateTime<Utc>>,
}

/// Keeps a consent that was given by word, as it would be kept of a form.
///
/// Fails with `CONFLICT` at `version`, `ILLEGAL_TRANSITION` at `id` where the lead was brought together with another or its people asked
/// not to be contacted, and with problems at `person`, `text`, `scopes` and `at`.
pub async fn record(
    db: &impl ConnectionTrait,
    actor: Actor,
    (id, version): (LeadId, i32),
    spoken: &Spoken,
    now: DateTime<Utc>,
) -> Result<lead::Model> {
    actor.require(Permission::WorkLeads)?;
    let lead = get_at_version(db, id, version).await?;
    merge::refuse_if_merged(&lead, "Record it in")?;
    if suppression::holding(db, &lead).await?.is_some() {
        let message = "They asked not to be contacted. Lift that first, if they want to be contacted after all.";
        return Err(Error::problem(ProblemCode::IllegalTransition, ["id"], message));
    }
    let mut problems = Problems::new(Stage::Publish);
    if person(db, id, spoken.role).await?.is_none() {
        let message = "Whoever wrote needs help themself; there is nobody else who could agree.";
        problems.add("person", ProblemCode::NotFound, message);
    }
    let text = consent::find(db, [spoken.text]).await?.remove(&spoken.text);
    let kind = text.as_ref().and_then(|text| ConsentKind::of(&text.key));
    if kind.is_none() {
        let message = "There is no such wording. Read out one of `leadCallConsents`.";
        problems.add("text", ProblemCode::NotFound, message);
    }
    let covered = text.as_ref().map(|text| scopes_of(&text.key)).unwrap_or_default();
    if spoken.scopes.is_empty() || (kind.is_some() && !spoken.scopes.iter().all(|scope| covered.contains(scope))) {
        let message = "Choose at least one of the ways that the wording covers.";
        problems.add("scopes", ProblemCode::Invalid, message);
    }
    let at = spoken.at.unwrap_or(now);
    if at > now || at < lead.received_at {
        let message = "Choose a time between when the lead came in and now.";
        problems.add("at", ProblemCode::Invalid, message);
    }
    let taken_back = match kind {
        Some(kind) => consent::withdrawn_at(db, id, spoken.role, kind).await?,
        None => None,
    };
    if taken_back.is_some_and(|taken_back| at <= taken_back) {
        let message = "They took it back after that. Choose when they agreed anew.";
        problems.add("at", ProblemCode::Invalid, message);
    }
    refuse_if_any(problems)?;

    let mut scopes = spoken.scopes.clone();
    scopes.dedup();
    let given = lead_consent::ActiveModel {
        id: Set(LeadConsentId::new()),
        lead_id: Set(id),
        person_role: Set(spoken.role),
        consent_text_id: Set(spoken.text),
        scopes: Set(serde_json::to_value(&scopes)?),
        ticked_by: Set(TickedBy::Staff),
        at: Set(at),
        withdrawn_at: Set(None),
    };
    given.insert(db).await?;
    let meta = json!({ "consent": kind, "patient": spoken.role == LeadPersonRole::Patient });
    append(db, &lead, LeadEventKind::ConsentGiven, actor, meta, None, now).await?;
    save(db, changed(lead, now)).await
}
