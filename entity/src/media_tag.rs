//! A word under which pictures are found together.

use sea_orm::entity::prelude::*;

use crate::id::MediaId;

/// A word under which pictures are found together.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "media_tag")]
pub struct Model {
    /// Of which picture.
    #[sea_orm(primary_key, auto_increment = false)]
    pub media_id: MediaId,
    /// The word, in lower case.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tag: String,
}

/// None that a query follows.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
