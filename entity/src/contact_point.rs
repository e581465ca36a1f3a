//! A telephone number with a purpose.

use async_graphql::Enum;
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::id::ContactPointId;

/// A telephone number with a purpose.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "contact_point")]
pub struct Model {
    /// Which.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ContactPointId,
    /// What front ends know it by; unique: `admissions`.
    pub key: String,
    /// What it is for.
    pub label: String,
    /// E.164, or a short code such as `911`.
    pub number: String,
    /// What a person reads.
    pub display: String,
    /// Why somebody calls it.
    pub purpose: ContactPurpose,
    /// When somebody answers: a list of `{days, opens, closes}`; empty means day and night.
    pub hours: Json,
    /// The IANA time zone of `hours`.
    pub time_zone: String,
    /// Whom to call outside the hours.
    pub fallback_id: Option<ContactPointId>,
}

/// None that a query follows.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Why somebody calls a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, Enum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ContactPurpose {
    /// To be admitted, or to ask about it.
    Admissions,
    /// Danger to life.
    Emergency,
    /// A crisis of mind or substance.
    Crisis,
    /// Anything else.
    General,
}
