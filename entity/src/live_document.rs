//! What full text search knows of what is public.

use sea_orm::entity::prelude::*;

use crate::id::EntryId;

/// What full text search knows of what is public. Its words are indexed by the database itself.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "live_document")]
pub struct Model {
    /// Its place in the index.
    #[sea_orm(primary_key)]
    pub id: i32,
    /// Of which page or therapy; unique.
    #[sea_orm(unique)]
    pub entry_id: EntryId,
    /// The words as they are read, for excerpts.
    pub body: String,
    /// The title's words, folded.
    pub title_words: String,
    /// All words, folded.
    pub words: String,
}

/// None that a query follows.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
