//! A menu of the site.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

use crate::id::MenuId;

/// A menu of the site.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "menu")]
pub struct Model {
    /// Which.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: MenuId,
    /// What front ends know it by; unique: `main`.
    pub handle: String,
    /// A list of `{label, to}`, by id.
    pub items: Json,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
}

/// None that a query follows.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
