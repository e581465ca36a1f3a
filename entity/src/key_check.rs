//! What tells at start whether the key ring is the right one.

use sea_orm::entity::prelude::*;

/// What tells at start whether the key ring is the right one.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "key_check")]
pub struct Model {
    /// Which key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub key_id: String,
    /// A known text under that key.
    pub value: Vec<u8>,
}

/// None that a query follows.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
