//! What a public therapy is found by: an index of its live revision.

use sea_orm::entity::prelude::*;

use crate::id::TherapyId;

/// What a public therapy is found by: an index of its live revision.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "therapy_facet")]
pub struct Model {
    /// The therapy.
    #[sea_orm(primary_key, auto_increment = false)]
    pub therapy_id: TherapyId,
    /// What is said of it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub kind: FacetKind,
    /// What is compared: a condition's folded words, a level's name.
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    /// As it stands in the therapy.
    pub name: String,
}

/// What is said of a therapy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum FacetKind {
    /// What it is used for.
    Condition,
    /// Where in a course of treatment it is offered.
    LevelOfCare,
}

/// None that a query follows.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
