//! What is special to pages.

use async_graphql::Enum;
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::id::PageId;

/// What is special to pages.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "page")]
pub struct Model {
    /// The same as its entry's.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PageId,
    /// What sort of page it is.
    pub kind: PageKind,
}

/// None that a query follows.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// What sort of page it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, Enum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum PageKind {
    /// Medical reading, with an author and a clinical reviewer.
    Article,
    /// Anything else: admissions, privacy.
    Standard,
    /// The target of a campaign.
    Landing,
    /// The start, at `/`; there is one.
    Home,
}
