//! A value that Hillside keeps for itself.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

/// A value that Hillside keeps for itself.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "setting")]
pub struct Model {
    /// Its name.
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    /// The value.
    pub value: Json,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
}

/// None that a query follows.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
