//! A member of staff.

use async_graphql::Enum;
use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::id::UserId;

/// A member of staff.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "user")]
pub struct Model {
    /// Which.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: UserId,
    /// As it was typed.
    pub email: String,
    /// In lower case; unique. Signing in compares this.
    pub email_key: String,
    /// What colleagues see, at most 120 characters.
    pub name: String,
    /// What the account may do.
    pub role: Role,
    /// argon2id, as a PHC string.
    pub password_hash: String,
    /// False once somebody has left.
    pub active: bool,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
    /// When somebody last signed in with it.
    pub last_signed_in_at: Option<DateTime<Utc>>,
}

/// None that a query follows.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// What an account may do; see `identity::permission` for the permissions of each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, Enum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Role {
    /// Everything, and the only one who makes other owners.
    Owner,
    /// Administers and publishes without reading health data.
    Admin,
    /// Writes and publishes content.
    Editor,
    /// Approves content as a clinician.
    Reviewer,
    /// Answers leads.
    Admissions,
    /// Reads the audit log.
    Auditor,
}
