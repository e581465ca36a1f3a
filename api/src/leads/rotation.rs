//! Wrapping every lead's key under the current key of the ring, while servers go on.
//!
//! Only the 40 bytes of the wrapped key are written anew, never what is sealed under it. A server reads the ring again when it meets
//! a key it does not know, and every half minute, so that it takes the current one for what comes.

use std::{future::Future, time::Duration};

use entity::{id::LeadId, lead};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr};

use super::Vault;
use crate::{
    db::Db,
    error::{Error, Result},
};

/// How often a server reads the ring again.
pub const BETWEEN_READINGS: Duration = Duration::from_secs(30);
/// Leads of one transaction.
const AT_ONCE: u64 = 100;

/// Reads the ring again and again until `shutdown` resolves.
pub async fn follow(vault: Vault, shutdown: impl Future<Output = ()>) {
    tokio::pin!(shutdown);
    loop {
        tokio::select! {
            () = &mut shutdown => return,
            () = tokio::time::sleep(BETWEEN_READINGS) => vault.read_again(),
        }
    }
}

/// What came of wrapping again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wrapped {
    /// Leads that are under the current key now.
    pub done: u64,
    /// Leads whose key does not open; the log names them. They stay as they are.
    pub failed: u64,
}

/// Wraps under the current key whatever is wrapped under another. Killed in between, the next rotation does the rest.
pub async fn wrap_all(db: &Db, vault: &Vault) -> Result<Wrapped> {
    let ring = vault.ring();
    let current = ring.first().map(|key| key.id.clone()).ok_or_else(|| Error::internal("the ring is empty"))?;
    let (mut wrapped, mut after) = (Wrapped::default(), None::<LeadId>);
    loop {
        let mut leads = lead::Entity::find()
            .filter(lead::Column::KekId.ne(&current))
            .filter(lead::Column::DekWrapped.is_not_null())
            .order_by_asc(lead::Column::Id)
            .limit(AT_ONCE);
        if let Some(after) = after {
            leads = leads.filter(lead::Column::Id.gt(after));
        }
        let leads = leads.all(db.reader()).await?;
        let Some(last) = leads.last() else { return Ok(wrapped) };
        after = Some(last.id);
        let tx = db.begin().await?;
        for lead in &leads {
            let again = match vault.wrapped_again(lead) {
                Ok(again) => again,
                Err(cause) => {
                    tracing::error!(lead = %lead.id, %cause, "a lead's key does not open and stays as it is");
                    wrapped.failed += 1;
                    continue;
                }
            };
            // Whoever was erased meanwhile has no key any more.
            let done = lead::Entity::update_many()
                .col_expr(lead::Column::DekWrapped, Expr::value(again.bytes))
                .col_expr(lead::Column::KekId, Expr::value(again.kek_id))
                .filter(lead::Column::Id.eq(lead.id))
                .filter(lead::Column::KekId.eq(&lead.kek_id))
                .filter(lead::Column::DekWrapped.is_not_null())
                .exec(&tx)
                .await?;
            wrapped.done += done.rows_affected;
        }
        tx.commit().await?;
    }
}

/// Whether a key of the ring wraps no lead.
pub async fn is_unused(db: &Db, kek_id: &str) -> Result<bool> {
    let used =
        lead::Entity::find().filter(lead::Column::KekId.eq(kek_id)).filter(lead::Column::DekWrapped.is_not_null());
    Ok(used.one(db.reader()).await?.is_none())
}
