//! Somebody named on the site: an author, a clinician.

use sea_orm::entity::prelude::*;

use crate::id::PersonId;

/// Somebody named on the site: an author, a clinician.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "person")]
pub struct Model {
    /// Which.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PersonId,
    /// Unique.
    pub slug: String,
    /// The name.
    pub name: String,
    /// What stands behind the name; may be empty.
    pub credentials: String,
    /// What they do.
    pub role: String,
    /// A few sentences about them.
    pub bio: String,
    /// Whether they may review medical content.
    pub is_clinician: bool,
}

/// None that a query follows.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
