//! The centre as a whole; one row.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

use crate::id::{ContactPointId, MediaId};

/// The centre as a whole; one row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "brand")]
pub struct Model {
    /// Always 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i16,
    /// The centre's name.
    pub site_name: String,
    /// What it stands for.
    pub statement: String,
    /// For search engines.
    pub description: String,
    /// Its own number.
    pub contact_point_id: Option<ContactPointId>,
    /// For danger to life.
    pub emergency_id: Option<ContactPointId>,
    /// For a crisis.
    pub crisis_id: Option<ContactPointId>,
    /// The picture that link previews show.
    pub share_image_id: Option<MediaId>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
}

/// What it shows.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The picture of link previews.
    #[sea_orm(belongs_to = "super::media::Entity", from = "Column::ShareImageId", to = "super::media::Column::Id")]
    ShareImage,
}

impl Related<super::media::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::ShareImage.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
