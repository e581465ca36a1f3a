//! One place in an entry that points at something: what "used in" is answered from.

use sea_orm::entity::prelude::*;
use uuid::Uuid;

use crate::id::EntryId;

/// One place in an entry that points at something. Rewritten with each save and each publish.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "content_reference")]
pub struct Model {
    /// Which entry points.
    #[sea_orm(primary_key, auto_increment = false)]
    pub entry_id: EntryId,
    /// In its draft, in what the public reads or in what it is to read.
    #[sea_orm(primary_key, auto_increment = false)]
    pub lane: Lane,
    /// Where in the content: `blocks.3.callToAction.contactPoint`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub path: String,
    /// The prefix of the id it points at: `pag`.
    pub target_kind: String,
    /// The id it points at, without its kind.
    pub target_id: Uuid,
    /// The key of the block it stands in, where it stands in one.
    pub block_key: Option<String>,
}

/// None that a query follows.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Which of an entry's versions is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum Lane {
    /// The latest draft.
    Draft,
    /// What the public reads.
    Live,
    /// What the public is to read at a time to come.
    Planned,
}
