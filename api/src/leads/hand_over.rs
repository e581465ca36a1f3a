//! Handing somebody who was admitted over to those who treat them: from then on the medical record is elsewhere, and what is sealed
//! here is kept for a month only.

use chrono::{DateTime, Utc};
use entity::{
    id::LeadId,
    lead::{self, LeadStatus},
    lead_event::LeadEventKind,
    problem::{ProblemCode, Problems, Stage},
};
use sea_orm::{ActiveValue::Set, ConnectionTrait};
use serde_json::json;

use super::{
    desk::Desk,
    lead::{changed, get_at_version, read_note, save},
    status,
    timeline::append,
};
use crate::{
    error::{Error, Result, refuse_if_any},
    identity::{Actor, Permission},
};

/// Writes down that those who treat somebody have what they need to know. What time they are kept for begins with it.
///
/// Fails with `CONFLICT` at `version`, `ILLEGAL_TRANSITION` at `id` unless the lead is admitted and nobody confirmed it before, and a
/// problem at `note`.
pub async fn confirm(
    db: &impl ConnectionTrait,
    actor: Actor,
    desk: &Desk,
    (id, version): (LeadId, i32),
    note: &str,
    now: DateTime<Utc>,
) -> Result<lead::Model> {
    actor.require(Permission::DirectLeads)?;
    let lead = get_at_version(db, id, version).await?;
    if lead.status != LeadStatus::Admitted || lead.handed_over_at.is_some() {
        let message = match lead.handed_over_at {
            Some(_) => "The hand-over of this person was confirmed before.".to_owned(),
            None => format!("This lead is {}. Only who is admitted is handed over.", status::word(lead.status)),
        };
        return Err(Error::problem(ProblemCode::IllegalTransition, ["id"], message));
    }
    let mut problems = Problems::new(Stage::Publish);
    let note = (!note.trim().is_empty()).then(|| read_note("note", note, &mut problems));
    refuse_if_any(problems)?;
    append(db, &lead, LeadEventKind::HandedOver, actor, json!({}), note.as_deref().map(|note| (desk, note)), now)
        .await?;
    let mut row = changed(lead, now);
    row.handed_over_at = Set(Some(now));
    save(db, row).await
}
