//! What is special to therapies.

use sea_orm::entity::prelude::*;

use crate::id::TherapyId;

/// What is special to therapies.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "therapy")]
pub struct Model {
    /// The same as its entry's.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: TherapyId,
    /// Of the latest draft; may be empty.
    pub abbreviation: String,
}

/// None that a query follows.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
