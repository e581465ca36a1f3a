//! Who pays for a lead's treatment, and how far that is checked. Whatever names a person or their policy is sealed.

use async_graphql::Enum;
use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::id::{LeadId, UserId};

/// Who pays for a lead's treatment, and how far that is checked. A lead without one needs the check.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "lead_insurance")]
pub struct Model {
    /// Of which lead.
    #[sea_orm(primary_key, auto_increment = false)]
    pub lead_id: LeadId,
    /// How far the check is; kept once erased.
    pub check_status: InsuranceCheck,
    /// What kind of insurance it is.
    pub coverage: Option<InsuranceCoverage>,
    /// The insurer's name, sealed.
    pub carrier: Option<Vec<u8>>,
    /// The number of the insured person, sealed.
    pub member_id: Option<Vec<u8>>,
    /// The number of their group, sealed.
    pub group_number: Option<Vec<u8>>,
    /// In whose name it is, sealed.
    pub holder_name: Option<Vec<u8>>,
    /// When that person was born, sealed; a day.
    pub holder_born_on: Option<Vec<u8>>,
    /// What the insurer answered, sealed.
    pub note: Option<Vec<u8>>,
    /// When somebody last said how far the check is.
    pub checked_at: Option<DateTime<Utc>>,
    /// Who did.
    pub checked_by_id: Option<UserId>,
}

/// None that a query follows.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// How far the check of somebody's insurance is: a track beside the status.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, Enum,
)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum InsuranceCheck {
    /// Nothing has to be asked.
    NotNeeded,
    /// Somebody has to ask the insurer; so it is with whoever just wrote.
    #[default]
    Needed,
    /// The insurer was asked and has not answered.
    Submitted,
    /// The insurer pays, by contract with the centre.
    InNetwork,
    /// The insurer pays, without one.
    OutOfNetwork,
    /// The insurer does not pay.
    NotCovered,
    /// They pay themselves, and are owed a good-faith estimate.
    SelfPay,
}

/// What kind of insurance somebody has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, Enum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum InsuranceCoverage {
    /// By an employer, or bought.
    Commercial,
    /// Medicaid, `MassHealth` included.
    Medicaid,
    /// Medicare.
    Medicare,
    /// For those who serve or served, and their families.
    Military,
    /// Another.
    Other,
    /// None at all.
    Uninsured,
}
