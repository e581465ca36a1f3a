//! Who has a page or therapy open, and where in it.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

use crate::id::{EntryId, UserId};

/// One window in which an entry is open. What was not seen for a while is nobody.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "presence")]
pub struct Model {
    /// The window, named by itself.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tab: Uuid,
    /// What is open.
    pub entry_id: EntryId,
    /// Who has it open.
    pub user_id: UserId,
    /// The key of the block they are in.
    pub block: Option<String>,
    /// When it last said so.
    pub seen_at: DateTime<Utc>,
}

/// None that a query follows.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
