//! A state or an area that is served.

use sea_orm::entity::prelude::*;

use crate::id::RegionId;

/// A state or an area that is served.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "region")]
pub struct Model {
    /// Which.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RegionId,
    /// As it stands in addresses and filters; unique.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// The postal code of the state: `MA`.
    pub code: String,
}

/// None that a query follows.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
