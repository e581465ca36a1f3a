//! One version of a consent's wording. It never changes; a new wording is a new version.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

use crate::id::ConsentTextId;

/// One version of a consent's wording. It never changes; a new wording is a new version.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "consent_text")]
pub struct Model {
    /// Which.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ConsentTextId,
    /// What is consented to: `contact`.
    pub key: String,
    /// Counts from 1 within key and language.
    pub version: i32,
    /// BCP 47: `en`.
    pub language: String,
    /// The exact words.
    pub wording: String,
    /// Of the words in UTF-8.
    pub sha256: Vec<u8>,
    /// Since when.
    pub created_at: DateTime<Utc>,
}

/// None that a query follows.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
