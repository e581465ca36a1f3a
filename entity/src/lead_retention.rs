//! How long leads are kept that nobody works any more; one row.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

/// How long leads are kept that nobody works any more; one row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "lead_retention")]
pub struct Model {
    /// The table has one row, which is row 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i32,
    /// Raised by every change.
    pub version: i32,
    /// Days after which what looks like spam, or was closed as spam, is erased.
    pub spam_days: i32,
    /// Days after its last change after which a lead that was closed is erased.
    pub closed_days: i32,
    /// Days after its last change after which a lead that was admitted is erased: the medical record is elsewhere.
    pub admitted_days: i32,
    /// When they were chosen; null until somebody did.
    pub updated_at: Option<DateTime<Utc>>,
}

/// None that a query follows.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
