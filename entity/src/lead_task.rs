//! Something to be done for a lead.

use async_graphql::Enum;
use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::id::{LeadId, LeadTaskId, UserId};

/// Something to be done for a lead.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "lead_task")]
pub struct Model {
    /// Which.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: LeadTaskId,
    /// For which lead.
    pub lead_id: LeadId,
    /// Raised by every change.
    pub version: i32,
    /// What.
    pub kind: LeadTaskKind,
    /// What exactly, sealed; gone once the lead is erased.
    pub note: Option<Vec<u8>>,
    /// By when.
    pub due_at: DateTime<Utc>,
    /// Who does it; without one, whoever has the lead.
    pub assignee_id: Option<UserId>,
    /// When it was done, or the lead ended.
    pub done_at: Option<DateTime<Utc>>,
    /// Who did it; nobody where the lead ended first.
    pub done_by_id: Option<UserId>,
}

/// None that a query follows.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// What is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, Enum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum LeadTaskKind {
    /// Call somebody.
    Call,
    /// Ask the insurer what it pays.
    VerifyInsurance,
    /// See how the person gets here.
    Transport,
    /// Get papers, or send them.
    Documents,
    /// Something else, as the note says.
    Other,
}

/// What became of a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Enum)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum LeadTaskChange {
    /// It is to be done.
    Made,
    /// It is another, at another time or by somebody else.
    Changed,
    /// It is done.
    Done,
    /// It is to be done after all.
    Reopened,
}
