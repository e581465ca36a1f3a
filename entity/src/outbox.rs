//! Work that waits for its turn, written in the transaction that caused it.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

use crate::id::OutboxId;

/// Work that waits for its turn, written in the transaction that caused it.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "outbox")]
pub struct Model {
    /// Which.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: OutboxId,
    /// What happened: `lead.received`.
    pub topic: String,
    /// Ids only.
    pub payload: Json,
    /// When it was caused.
    pub created_at: DateTime<Utc>,
    /// Not before.
    pub run_at: DateTime<Utc>,
    /// How often it was tried.
    pub attempts: i32,
    /// A worker has it until then.
    pub locked_until: Option<DateTime<Utc>>,
    /// When it was done.
    pub delivered_at: Option<DateTime<Utc>>,
    /// Why it was not, the last time.
    pub last_error: Option<String>,
}

/// None that a query follows.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
