//! A GraphQL document that a front end registered.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::entity::prelude::*;

/// A GraphQL document that a front end registered, so that it can be asked for by its hash.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "document")]
pub struct Model {
    /// Of its text: `sha256:` and 64 hexadecimal digits.
    #[sea_orm(primary_key, auto_increment = false)]
    pub digest: String,
    /// The document.
    pub text: String,
    /// What its operation is called; may be empty.
    pub name: String,
    /// When it was registered first.
    pub registered_at: DateTime<Utc>,
    /// The day it was last asked for; null when it never was.
    pub last_used_on: Option<NaiveDate>,
}

/// None that a query follows.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
