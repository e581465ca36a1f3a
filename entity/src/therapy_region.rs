//! Where a public therapy is offered: an index of its live revision.

use sea_orm::entity::prelude::*;

use crate::id::{RegionId, TherapyId};

/// Where a public therapy is offered: an index of its live revision.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "therapy_region")]
pub struct Model {
    /// The therapy.
    #[sea_orm(primary_key, auto_increment = false)]
    pub therapy_id: TherapyId,
    /// Where.
    #[sea_orm(primary_key, auto_increment = false)]
    pub region_id: RegionId,
}

/// None that a query follows.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
