//! A place where the centre treats people.

use sea_orm::entity::prelude::*;

use crate::{
    id::{ContactPointId, LocationId, RegionId},
    region,
};

/// A place where the centre treats people.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "location")]
pub struct Model {
    /// Which.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: LocationId,
    /// Unique.
    pub slug: String,
    /// What it is called.
    pub name: String,
    /// The street lines: a list of texts.
    pub lines: Json,
    /// The town.
    pub city: String,
    /// The state.
    pub region_id: RegionId,
    /// The postal code.
    pub postal_code: String,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// Degrees north.
    pub latitude: Option<f64>,
    /// Degrees east.
    pub longitude: Option<f64>,
    /// A map of it.
    pub map_url: String,
    /// The number to call about it.
    pub contact_point_id: Option<ContactPointId>,
}

/// What it belongs to.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// Its region.
    #[sea_orm(belongs_to = "region::Entity", from = "Column::RegionId", to = "region::Column::Id")]
    Region,
}

impl Related<region::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Region.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
