//! Something that staff should hear of at once, for as long as somebody may be about to.

use async_graphql::Enum;
use sea_orm::entity::prelude::*;

use crate::id::LiveEventId;

/// Something that happened: what to look at again, never what it says.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "live_event")]
pub struct Model {
    /// Which; its time is when it was told, and later ones sort after earlier ones.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: LiveEventId,
    /// Of what kind it is.
    pub topic: LiveTopic,
    /// The thing itself, whose id has the prefix of its kind.
    pub subject: Uuid,
    /// What became of it.
    pub change: LiveChange,
    /// Its version after that, where it has one.
    pub version: Option<i32>,
}

/// What something happened to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum LiveTopic {
    /// Somebody who asked for help.
    Lead,
    /// A page or a therapy.
    Entry,
    /// A signed-in browser.
    Session,
    /// Who takes leads in turn.
    Shift,
}

/// What became of something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Enum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[graphql(name = "ChangeKind")]
pub enum LiveChange {
    /// It is new.
    Created,
    /// It is not what it was.
    Updated,
    /// It is gone, or in the trash.
    Deleted,
}

/// None that a query follows.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
