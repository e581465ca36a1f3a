//! Whoever takes a lead has ten minutes to try: then it goes back to the head of the queue, where others see it.

use std::{future::Future, time::Duration};

use chrono::{DateTime, TimeDelta, Utc};
use entity::{id::LeadId, lead, lead_event::LeadEventKind};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde_json::json;

use super::{
    lead::{changed, get_for_update, save},
    notice,
    timeline::append,
};
use crate::{db::Db, error::Result, identity::Actor};

/// How long somebody may have a lead without trying.
pub const LEASE: TimeDelta = TimeDelta::minutes(10);
/// How often it is looked whose time is over.
const BETWEEN_LOOKS: Duration = Duration::from_secs(5);
/// Leads that are taken back at a time.
const AT_ONCE: u64 = 100;

/// Takes back what nobody tried in time, until `shutdown` resolves; what is being done then is finished first.
pub async fn run(db: Db, shutdown: impl Future<Output = ()>) {
    tokio::pin!(shutdown);
    loop {
        if let Err(error) = take_back(&db, Utc::now()).await {
            tracing::error!(error = ?error, "leads could not be taken back into the queue");
        }
        tokio::select! {
            () = &mut shutdown => return,
            () = tokio::time::sleep(BETWEEN_LOOKS) => {}
        }
    }
}

/// Takes back every lead whose time is over at `now`, each in a transaction of its own; answers how many.
pub async fn take_back(db: &Db, now: DateTime<Utc>) -> Result<usize> {
    let over: Vec<LeadId> = lead::Entity::find()
        .select_only()
        .column(lead::Column::Id)
        .filter(lead::Column::LeaseUntil.lte(now))
        .order_by_asc(lead::Column::LeaseUntil)
        .limit(AT_ONCE)
        .into_tuple()
        .all(db.reader())
        .await?;
    let mut taken = 0;
    for id in over {
        match take_one_back(db, id, now).await {
            Ok(true) => taken += 1,
            Ok(false) => {}
            // The others do not wait for it.
            Err(error) => tracing::error!(lead = %id, error = ?error, "a lead could not be taken back into the queue"),
        }
    }
    Ok(taken)
}

/// Whether it was still to be taken back: somebody may have tried, given it away or closed it since it was looked at.
async fn take_one_back(db: &Db, id: LeadId, now: DateTime<Utc>) -> Result<bool> {
    let tx = db.begin().await?;
    let lead = get_for_update(&tx, id).await?;
    if lead.lease_until.is_none_or(|until| until > now) {
        return Ok(false);
    }
    let had = json!({ "assignee": lead.assignee_id });
    append(&tx, &lead, LeadEventKind::LeaseExpired, Actor::System, had, None, now).await?;
    let mut row = changed(lead, now);
    row.assignee_id = Set(None);
    row.lease_until = Set(None);
    row.next_action_at = Set(Some(now));
    let lead = save(&tx, row).await?;
    notice::back(&tx, &lead, None, now).await?;
    tx.commit().await?;
    Ok(true)
}
