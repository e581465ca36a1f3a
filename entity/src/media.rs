//! A picture or a file.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

use crate::id::{MediaId, UserId};

/// A picture or a file.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "media")]
pub struct Model {
    /// Which.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: MediaId,
    /// As it was called when it came.
    pub file_name: String,
    /// As it was recognised, not as it was named.
    pub mime_type: String,
    /// In bytes.
    pub byte_size: i64,
    /// In pixels.
    pub width: Option<i32>,
    /// In pixels.
    pub height: Option<i32>,
    /// For those who do not see it; empty when it only decorates.
    pub alt: String,
    /// Of the stored bytes; unique.
    pub sha256: Vec<u8>,
    /// When it came.
    pub created_at: DateTime<Utc>,
    /// Who brought it.
    pub created_by: Option<UserId>,
}

/// None that a query follows.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
