//! A change that the public sees, until those who want to know are told.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

use crate::id::ContentChangeId;

/// A change that the public sees, until those who want to know are told.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "content_change")]
pub struct Model {
    /// Which; later ones sort after earlier ones.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ContentChangeId,
    /// What it touches: `{ids, paths, kinds}`.
    pub touched: Json,
    /// When.
    pub created_at: DateTime<Utc>,
}

/// None that a query follows.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
