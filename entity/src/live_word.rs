//! A word that some public page has or had, to set a mistyped one right.

use sea_orm::entity::prelude::*;

/// A word that some public page has or had, to set a mistyped one right.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "live_word")]
pub struct Model {
    /// The word, folded.
    #[sea_orm(primary_key, auto_increment = false)]
    pub word: String,
    /// Its characters.
    pub length: i16,
    /// Its first character, which is hardly ever mistyped.
    pub beginning: String,
}

/// None that a query follows.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
