//! What was done to several leads at once, as long as it can be taken back.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

use crate::id::UserId;

/// What was done to several leads at once, as long as it can be taken back.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "lead_bulk")]
pub struct Model {
    /// SHA-256 of the token that takes it back.
    #[sea_orm(primary_key, auto_increment = false)]
    pub hash: Vec<u8>,
    /// Who did it, and alone may take it back.
    pub user_id: UserId,
    /// What each lead was before, and the version it was left at; ids and enums, nothing personal.
    pub was: Json,
    /// When.
    pub created_at: DateTime<Utc>,
}

/// None that a query follows.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
