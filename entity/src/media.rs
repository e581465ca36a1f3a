//! A picture of the media library.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

use crate::id::{MediaId, UserId};

/// A picture of the media library.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "media")]
pub struct Model {
    /// Which.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: MediaId,
    /// As it was called when it came.
    pub file_name: String,
    /// Of the stored bytes, which were recognised and not named.
    pub mime_type: String,
    /// Of the stored bytes.
    pub byte_size: i64,
    /// In pixels.
    pub width: Option<i32>,
    /// In pixels.
    pub height: Option<i32>,
    /// For those who do not see it; empty while nobody has written it, or when the picture only decorates.
    pub alt: String,
    /// Whether it only decorates, so that nothing is lost on those who do not see it.
    pub decorative: bool,
    /// What must stay in view when it is cropped: from the left, in percent.
    pub focal_x: i16,
    /// The same from above.
    pub focal_y: i16,
    /// Who made it, as it is to be said; may be empty.
    pub credit: String,
    /// A few colours to show until it is there; empty where nobody computed them.
    pub blurhash: String,
    /// Of the stored bytes; unique.
    pub sha256: Vec<u8>,
    /// Of the file as it came, so that the same file again is this picture; unique.
    pub original_sha256: Option<Vec<u8>>,
    /// Counts changes, so that two people do not overwrite each other.
    pub version: i32,
    /// When it was put into the trash.
    pub trashed_at: Option<DateTime<Utc>>,
    /// When it came.
    pub created_at: DateTime<Utc>,
    /// Who brought it.
    pub created_by: Option<UserId>,
}

/// None that a query follows.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// Whether somebody still has to say what it shows, or that it only decorates.
    pub fn lacks_alt(&self) -> bool {
        self.alt.is_empty() && !self.decorative
    }
}
