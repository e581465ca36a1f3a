//! What a place was told of somebody, and the consent to it. It never changes, but for when that was taken back.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::entity::prelude::*;

use crate::id::{LeadId, LeadReferralId, ReferralTargetId, UserId};

/// What a place was told of somebody, and the consent to it. It never changes, but for when that was taken back.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "lead_referral")]
pub struct Model {
    /// Which.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: LeadReferralId,
    /// Of which lead.
    pub lead_id: LeadId,
    /// To which place.
    pub target_id: ReferralTargetId,
    /// When.
    pub at: DateTime<Utc>,
    /// Who told them.
    pub actor_id: Option<UserId>,
    /// On which day the consent was signed.
    pub signed_on: NaiveDate,
    /// Until which day it holds.
    pub expires_on: NaiveDate,
    /// Whose records they are, what was told and what for, who signed, and what the place was called; sealed, gone once erased.
    pub sealed: Option<Vec<u8>>,
    /// When the consent was taken back: from then on the place is told nothing more.
    pub revoked_at: Option<DateTime<Utc>>,
}

/// None that a query follows.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
