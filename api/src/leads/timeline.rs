//! What happened to a lead, one entry after the other: added to, never changed. Whatever is told of an entry is told here, so that no
//! verb can forget it.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::{
    id::{LeadEventId, LeadId},
    lead,
    lead_event::{self, LeadEventKind},
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use serde_json::Value;

use super::{Desk, notice, sealing::Cell};
use crate::{
    db::{insert_all, padded},
    error::Result,
    identity::Actor,
};

/// Adds to the timeline of a lead whose row the caller holds, and has webhooks told where it says how far the lead got.
pub(super) async fn append(
    db: &impl ConnectionTrait,
    lead: &lead::Model,
    kind: LeadEventKind,
    actor: Actor,
    meta: Value,
    text: Option<(&Desk, &str)>,
    now: DateTime<Utc>,
) -> Result<()> {
    let last: Option<i32> = lead_event::Entity::find()
        .select_only()
        .column(lead_event::Column::Seq)
        .filter(lead_event::Column::LeadId.eq(lead.id))
        .order_by_desc(lead_event::Column::Seq)
        .into_tuple()
        .one(db)
        .await?;
    let id = LeadEventId::new();
    let text = match text {
        Some((desk, text)) => Some(desk.vault().key_of(lead)?.seal(Cell::EventText(id), text)?),
        None => None,
    };
    let row = lead_event::ActiveModel {
        id: Set(id),
        lead_id: Set(lead.id),
        seq: Set(last.unwrap_or(0) + 1),
        kind: Set(kind),
        at: Set(now),
        actor_id: Set(actor.user_id()),
        meta: Set(meta),
        text: Set(text),
    };
    row.insert(db).await?;
    match kind {
        kind if moves(kind) => notice::status(db, lead.id, now).await,
        LeadEventKind::Erased => notice::erased(db, lead.id, now).await,
        _ => Ok(()),
    }
}

/// Adds one entry to each timeline; the caller holds the leads.
pub(super) async fn append_all(
    db: &impl ConnectionTrait,
    actor: Actor,
    entries: Vec<(LeadId, LeadEventKind, Value)>,
    now: DateTime<Utc>,
) -> Result<()> {
    if entries.is_empty() {
        return Ok(());
    }
    let last: Vec<(LeadId, i32)> = lead_event::Entity::find()
        .select_only()
        .column(lead_event::Column::LeadId)
        .column_as(lead_event::Column::Seq.max(), "last")
        .filter(lead_event::Column::LeadId.is_in(padded(entries.iter().map(|(id, ..)| *id).collect())))
        .group_by(lead_event::Column::LeadId)
        .into_tuple()
        .all(db)
        .await?;
    let last: HashMap<_, _> = last.into_iter().collect();
    let moved: Vec<LeadId> = entries.iter().filter(|(_, kind, _)| moves(*kind)).map(|(id, ..)| *id).collect();
    let rows = entries.into_iter().map(|(id, kind, meta)| lead_event::ActiveModel {
        id: Set(LeadEventId::new()),
        lead_id: Set(id),
        seq: Set(last.get(&id).copied().unwrap_or(0) + 1),
        kind: Set(kind),
        at: Set(now),
        actor_id: Set(actor.user_id()),
        meta: Set(meta),
        text: Set(None),
    });
    insert_all(db, rows.collect()).await?;
    notice::all_status(db, moved, now).await
}

/// Whether a lead is somewhere else after it.
const fn moves(kind: LeadEventKind) -> bool {
    matches!(kind, LeadEventKind::Status | LeadEventKind::Merged | LeadEventKind::Unmerged)
}
