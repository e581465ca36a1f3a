//! What was sent, as it was sent, in one sealed envelope. It never changes.

use sea_orm::entity::prelude::*;

use crate::id::LeadId;

/// What was sent, as it was sent, in one sealed envelope. It never changes.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "lead_intake")]
pub struct Model {
    /// Of which lead.
    #[sea_orm(primary_key, auto_increment = false)]
    pub lead_id: LeadId,
    /// Message, insurance and everything else; gone once erased.
    pub sealed: Option<Vec<u8>>,
}

/// None that a query follows.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
