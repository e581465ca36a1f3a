//! An old path that leads somewhere.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

use crate::id::{EntryId, RedirectId};

/// An old path that leads somewhere.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "redirect")]
pub struct Model {
    /// Which.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RedirectId,
    /// The old path; unique.
    pub from_path: String,
    /// Where to, by id: it follows when that moves.
    pub to_entry_id: Option<EntryId>,
    /// Where to, where it is not an entry.
    pub to_path: Option<String>,
    /// 301 or 302.
    pub status: i16,
    /// When it was made.
    pub created_at: DateTime<Utc>,
}

/// None that a query follows.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
