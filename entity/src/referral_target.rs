//! A place that somebody may be sent to.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

use crate::id::ReferralTargetId;

/// A place that somebody may be sent to. It has no price and no fee: nobody is sent for money.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "referral_target")]
pub struct Model {
    /// Which.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ReferralTargetId,
    /// Raised by every change.
    pub version: i32,
    /// What it is called.
    pub name: String,
    /// Where to call it: E.164 and the extension.
    pub phone: String,
    /// Whether somebody may be sent there.
    pub in_use: bool,
    /// When somebody last made sure that all of this is right.
    pub verified_at: Option<DateTime<Utc>>,
}

/// None that a query follows.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
