//! The centre as a whole; one row.

use async_graphql::InputObject;
use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use sea_orm::{ActiveValue::Set, entity::prelude::*};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    fact::{Kind, Stored},
    id::{BrandId, ContactPointId, MediaId},
    problem::Problems,
    reference::Reference,
};

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
    /// How often it was written.
    pub version: i32,
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

/// What staff write of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, InputObject)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[graphql(name = "BrandFields")]
pub struct Fields {
    /// The centre’s name, in the header of every page and in every title.
    #[schemars(title = "Name of the site", extend("x-widget" = "line"))]
    pub site_name: String,
    /// What the centre stands for, in a sentence or two. It stands in the footer.
    #[serde(default)]
    #[graphql(default)]
    #[schemars(title = "Statement", extend("x-widget" = "text"))]
    pub statement: String,
    /// What search engines are told of the centre.
    #[serde(default)]
    #[graphql(default)]
    #[schemars(title = "Description", extend("x-widget" = "text"))]
    pub description: String,
    /// The centre’s own number, in the header of every page. Never an emergency number.
    #[serde(default)]
    #[schemars(title = "Own number", extend("x-widget" = "reference", "x-reference" = "contactPoint"))]
    pub contact_point: Option<ContactPointId>,
    /// Above every page, for whoever is in danger now.
    #[serde(default)]
    #[schemars(title = "For danger to life", extend("x-widget" = "reference", "x-reference" = "contactPoint"))]
    pub emergency: Option<ContactPointId>,
    /// Above every page, for whoever is in a crisis of mind or substance.
    #[serde(default)]
    #[schemars(title = "For a crisis", extend("x-widget" = "reference", "x-reference" = "contactPoint"))]
    pub crisis: Option<ContactPointId>,
    /// What a link to the site shows, where messengers and networks draw a preview. 1200 by 630 pixels fit all of them.
    #[serde(default)]
    #[schemars(title = "Picture of link previews", extend("x-widget" = "media", "x-reference" = "media"))]
    pub share_image: Option<MediaId>,
}

impl Kind for Fields {
    type Entity = Entity;
    const ID: Column = Column::Id;
    const VERSION: Column = Column::Version;

    const TITLE: &'static str = "Brand";
    const PLURAL: &'static str = "Brand";
    const DESCRIPTION: &'static str = "What stands on every page: the centre’s name, its numbers, what it stands for.";
    const ICON: &'static str = "building";
    const POINTS: bool = true;
    const SINGLE: bool = true;

    fn fresh() -> Self {
        Self {
            site_name: String::new(),
            statement: String::new(),
            description: String::new(),
            contact_point: None,
            emergency: None,
            crisis: None,
            share_image: None,
        }
    }

    fn of(row: Model) -> serde_json::Result<Stored<Self>> {
        let fields = Self {
            site_name: row.site_name,
            statement: row.statement,
            description: row.description,
            contact_point: row.contact_point_id,
            emergency: row.emergency_id,
            crisis: row.crisis_id,
            share_image: row.share_image_id,
        };
        Ok(Stored { id: BrandId::THE.0, version: row.version, fields })
    }

    fn into_row(self, now: DateTime<Utc>) -> serde_json::Result<ActiveModel> {
        Ok(ActiveModel {
            site_name: Set(self.site_name),
            statement: Set(self.statement),
            description: Set(self.description),
            contact_point_id: Set(self.contact_point),
            emergency_id: Set(self.emergency),
            crisis_id: Set(self.crisis),
            share_image_id: Set(self.share_image),
            updated_at: Set(now),
            ..Default::default()
        })
    }

    /// The table has one row, which is row 1.
    fn key(_: Uuid) -> Value {
        1_i16.into()
    }

    fn name(&self) -> String {
        "Brand settings".to_owned()
    }

    fn detail(&self) -> String {
        self.site_name.clone()
    }

    fn tidy(&mut self) {
        for text in [&mut self.site_name, &mut self.statement, &mut self.description] {
            *text = text.trim().to_owned();
        }
    }

    fn validate(&self, problems: &mut Problems) {
        problems.text("siteName", &self.site_name, 80);
        problems.optional_text("statement", &self.statement, 400);
        problems.optional_text("description", &self.description, 300);
    }

    fn protection(&self) -> Option<&'static str> {
        Some("Every site has its brand settings.")
    }

    fn references(&self, found: &mut Vec<Reference>) {
        found.extend(
            [self.contact_point, self.emergency, self.crisis].into_iter().flatten().map(Reference::ContactPoint),
        );
        found.extend(self.share_image.map(Reference::Media));
    }
}
