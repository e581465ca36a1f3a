//! A list as somebody keeps it.

use async_graphql::Enum;
use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::id::{SavedViewId, UserId};

/// A list as somebody keeps it.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "saved_view")]
pub struct Model {
    /// Which.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SavedViewId,
    /// Who keeps it.
    pub owner_id: UserId,
    /// Of which list.
    pub list: ViewedList,
    /// What it is called; unique among its owner's of a list.
    pub name: String,
    /// The list's state as it stands in the address: `status=DRAFT&sort=TITLE`.
    pub search: String,
    /// Whether colleagues see it.
    pub shared: bool,
    /// When it was kept.
    pub created_at: DateTime<Utc>,
}

/// None that a query follows.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// A list that has views.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, Enum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum ViewedList {
    /// Pages.
    Pages,
    /// Therapies.
    Therapies,
    /// Leads.
    Leads,
}
