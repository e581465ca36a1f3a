//! A form in which people write in confidence; what it asks is told by its versions.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

/// A form in which people write in confidence; what it asks is told by its versions.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "lead_form")]
pub struct Model {
    /// What pages and leads name it by: `confidential`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    /// What staff call it.
    pub title: String,
    /// The number of the version that is drawn.
    pub version: i32,
    /// Since when.
    pub created_at: DateTime<Utc>,
    /// Since when it is not offered any more; where it stands, it stays.
    pub archived_at: Option<DateTime<Utc>>,
}

/// None that a query follows.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
