//! A file of leads that somebody asked for, and whether they fetched it.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

use crate::{
    id::{LeadExportId, UserId},
    lead::LeadStatus,
};

/// A file of leads that somebody asked for, and whether they fetched it.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "lead_export")]
pub struct Model {
    /// Which; every row of the file carries it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: LeadExportId,
    /// SHA-256 of what its address ends with; unique.
    pub token_hash: Vec<u8>,
    /// Who asked, and alone may fetch it.
    pub created_by: UserId,
    /// When they asked.
    pub created_at: DateTime<Utc>,
    /// Until when it can be fetched.
    pub expires_at: DateTime<Utc>,
    /// Leads received from then on.
    pub begins: DateTime<Utc>,
    /// Leads received before then.
    pub ends: DateTime<Utc>,
    /// Those of this status alone.
    pub status: Option<LeadStatus>,
    /// Why, in words that name nobody.
    pub reason: String,
    /// When it was fetched; it is once.
    pub fetched_at: Option<DateTime<Utc>>,
    /// How many leads were in it then.
    pub leads: Option<i32>,
}

/// None that a query follows.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
