//! Somebody named on the site: an author, a clinician.

use async_graphql::InputObject;
use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use sea_orm::{ActiveValue::Set, entity::prelude::*};
use serde::{Deserialize, Serialize};

use crate::{
    fact::{Kind, Stored},
    id::PersonId,
    problem::Problems,
    slug,
};

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
    /// How often it was written.
    pub version: i32,
}

/// None that a query follows.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// What staff write of them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, InputObject)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[graphql(name = "PersonFields")]
pub struct Fields {
    /// As it stands under an article.
    #[schemars(title = "Name", extend("x-widget" = "line"))]
    pub name: String,
    /// What stands behind the name, such as “MD, FASAM”.
    #[serde(default)]
    #[graphql(default)]
    #[schemars(title = "Credentials", extend("x-widget" = "line"))]
    pub credentials: String,
    /// What they do, such as “Medical director”.
    #[serde(default)]
    #[graphql(default)]
    #[schemars(title = "Role", extend("x-widget" = "line"))]
    pub role: String,
    /// A few sentences about them.
    #[serde(default)]
    #[graphql(default)]
    #[schemars(title = "About them", extend("x-widget" = "text"))]
    pub bio: String,
    /// They may be named as the reviewer of medical content.
    #[serde(default)]
    #[graphql(default)]
    #[schemars(title = "Is a clinician", extend("x-widget" = "switch"))]
    pub is_clinician: bool,
    /// What programs know them by. Left empty, it follows from the name.
    #[serde(default)]
    #[graphql(default)]
    #[schemars(title = "Short name", extend("x-widget" = "line"))]
    pub slug: String,
}

impl Kind for Fields {
    type Entity = Entity;
    const ID: Column = Column::Id;
    const VERSION: Column = Column::Version;
    const UNIQUE: Option<&'static str> = Some("slug");

    const TITLE: &'static str = "Person";
    const PLURAL: &'static str = "People";
    const DESCRIPTION: &'static str = "Somebody named on the site: an author, a clinician.";
    const ICON: &'static str = "user";

    fn fresh() -> Self {
        Self {
            name: String::new(),
            credentials: String::new(),
            role: String::new(),
            bio: String::new(),
            is_clinician: false,
            slug: String::new(),
        }
    }

    fn of(row: Model) -> serde_json::Result<Stored<Self>> {
        let fields = Self {
            name: row.name,
            credentials: row.credentials,
            role: row.role,
            bio: row.bio,
            is_clinician: row.is_clinician,
            slug: row.slug,
        };
        Ok(Stored { id: row.id.0, version: row.version, fields })
    }

    fn into_row(self, _: DateTime<Utc>) -> serde_json::Result<ActiveModel> {
        Ok(ActiveModel {
            slug: Set(self.slug),
            name: Set(self.name),
            credentials: Set(self.credentials),
            role: Set(self.role),
            bio: Set(self.bio),
            is_clinician: Set(self.is_clinician),
            ..Default::default()
        })
    }

    fn name(&self) -> String {
        named(&self.name, &self.credentials)
    }

    fn detail(&self) -> String {
        self.role.clone()
    }

    fn words(&self) -> String {
        self.bio.clone()
    }

    fn tidy(&mut self) {
        for text in [&mut self.name, &mut self.credentials, &mut self.role, &mut self.bio] {
            *text = text.trim().to_owned();
        }
        if self.slug.trim().is_empty() {
            self.slug = slug::suggested(&self.name);
        }
    }

    fn validate(&self, problems: &mut Problems) {
        problems.text("name", &self.name, 120);
        problems.optional_text("credentials", &self.credentials, 80);
        problems.optional_text("role", &self.role, 120);
        problems.optional_text("bio", &self.bio, 1_200);
        slug::validate("slug", &self.slug, problems);
    }
}

/// A name with its credentials, where it has any: "Ada Example, MD".
pub fn named(name: &str, credentials: &str) -> String {
    if credentials.is_empty() { name.to_owned() } else { format!("{name}, {credentials}") }
}
