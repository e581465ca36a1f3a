//! A publication that a claim rests on.

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;

use crate::id::SourceId;

/// A publication that a claim rests on.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "source")]
pub struct Model {
    /// Which.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SourceId,
    /// Its title.
    pub title: String,
    /// Who published it.
    pub publisher: String,
    /// When.
    pub year: Option<i32>,
    /// Whom it is about, where it counts people.
    pub population: Option<String>,
    /// Where to read it.
    pub url: Option<String>,
    /// Its digital object identifier.
    pub doi: Option<String>,
    /// When somebody last looked at it.
    pub retrieved_on: Option<NaiveDate>,
}

/// None that a query follows.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
