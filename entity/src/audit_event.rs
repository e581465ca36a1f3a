//! A line of the audit log. The database refuses to change or delete one.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

use crate::id::{AuditEventId, SessionId, UserId};

/// A line of the audit log. The database refuses to change or delete one.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_event")]
pub struct Model {
    /// Which.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AuditEventId,
    /// `content`, `leads` or `identity`; each has a chain of its own.
    pub stream: String,
    /// Counts from 1 within its stream.
    pub seq: i64,
    /// When it happened.
    pub at: DateTime<Utc>,
    /// Who did it; nobody when Hillside itself did.
    pub actor_id: Option<UserId>,
    /// By which session.
    pub session_id: Option<SessionId>,
    /// What was done: `PUBLISHED`.
    pub verb: String,
    /// The id of what it was done to.
    pub object: String,
    /// `DONE` or `REFUSED`.
    pub outcome: String,
    /// Names of what changed; never values of sealed fields.
    pub fields: Json,
    /// Why, where somebody said.
    pub reason: Option<String>,
    /// The `hash` of the line before; 32 bytes of 0 for the first.
    pub prev: Vec<u8>,
    /// HMAC-SHA-256 over this line and `prev`.
    pub hash: Vec<u8>,
}

/// None that a query follows.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
