//! A state or an area that is served.

use async_graphql::InputObject;
use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use sea_orm::{ActiveValue::Set, entity::prelude::*};
use serde::{Deserialize, Serialize};

use crate::{
    fact::{Kind, Stored},
    id::RegionId,
    problem::{ProblemCode, Problems},
    slug,
};

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
    /// How often it was written.
    pub version: i32,
}

/// None that a query follows.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// What staff write of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, InputObject)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[graphql(name = "RegionFields")]
pub struct Fields {
    /// Such as “Massachusetts”.
    #[schemars(title = "Name", extend("x-widget" = "line"))]
    pub name: String,
    /// As it stands in addresses, such as “MA”.
    #[schemars(title = "Postal code of the state", extend("x-widget" = "line"))]
    pub code: String,
    /// Two letters, such as “US”.
    #[schemars(title = "Country", extend("x-widget" = "line"))]
    pub country: String,
    /// As it stands in addresses of pages and in filters. Left empty, it follows from the name.
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

    const TITLE: &'static str = "Region";
    const PLURAL: &'static str = "Regions";
    const DESCRIPTION: &'static str = "A state or an area that is served.";
    const ICON: &'static str = "map";

    fn fresh() -> Self {
        Self { name: String::new(), code: String::new(), country: "US".to_owned(), slug: String::new() }
    }

    fn of(row: Model) -> serde_json::Result<Stored<Self>> {
        let fields = Self { name: row.name, code: row.code, country: row.country, slug: row.slug };
        Ok(Stored { id: row.id.0, version: row.version, fields })
    }

    fn into_row(self, _: DateTime<Utc>) -> serde_json::Result<ActiveModel> {
        Ok(ActiveModel {
            slug: Set(self.slug),
            name: Set(self.name),
            country: Set(self.country),
            code: Set(self.code),
            ..Default::default()
        })
    }

    fn name(&self) -> String {
        self.name.clone()
    }

    fn detail(&self) -> String {
        self.code.clone()
    }

    fn tidy(&mut self) {
        self.name = self.name.trim().to_owned();
        self.code = self.code.trim().to_uppercase();
        self.country = self.country.trim().to_uppercase();
        if self.slug.trim().is_empty() {
            self.slug = slug::suggested(&self.name);
        }
    }

    fn validate(&self, problems: &mut Problems) {
        problems.text("name", &self.name, 80);
        problems.text("code", &self.code, 10);
        validate_country(&self.country, problems);
        slug::validate("slug", &self.slug, problems);
    }
}

/// Records at `country` what is not the code of one.
pub fn validate_country(country: &str, problems: &mut Problems) {
    if country.len() != 2 || !country.bytes().all(|letter| letter.is_ascii_uppercase()) {
        problems.add("country", ProblemCode::Invalid, "Give the country by its two letters, such as “US”.");
    }
}
