//! A publication that a claim rests on.

use async_graphql::InputObject;
use chrono::{DateTime, NaiveDate, Utc};
use schemars::JsonSchema;
use sea_orm::{ActiveValue::Set, entity::prelude::*};
use serde::{Deserialize, Serialize};

use crate::{
    date::Date,
    fact::{Kind, Stored},
    id::SourceId,
    problem::{ProblemCode, Problems},
    rich_text::is_outside_address,
};

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
#[graphql(name = "SourceFields")]
pub struct Fields {
    /// As it is printed.
    #[schemars(title = "Title", extend("x-widget" = "text"))]
    pub title: String,
    /// Who published it: a journal, an agency.
    #[schemars(title = "Publisher", extend("x-widget" = "line"))]
    pub publisher: String,
    /// When it was published.
    #[serde(default)]
    #[schemars(title = "Year", extend("x-widget" = "integer"))]
    pub year: Option<i32>,
    /// Whom it is about, where it counts people.
    #[serde(default)]
    #[schemars(title = "Population", extend("x-widget" = "line"))]
    pub population: Option<String>,
    /// Where to read it.
    #[serde(default)]
    #[schemars(title = "Web address", extend("x-widget" = "line"))]
    pub url: Option<String>,
    /// Its digital object identifier, such as 10.1111/j.1360-0443.2011.03576.x
    #[serde(default)]
    #[schemars(title = "DOI", extend("x-widget" = "line"))]
    pub doi: Option<String>,
    /// When somebody last looked at it.
    #[serde(default)]
    #[schemars(title = "Last looked at", extend("x-widget" = "date"))]
    pub retrieved_on: Option<Date>,
}

impl Kind for Fields {
    type Entity = Entity;
    const ID: Column = Column::Id;
    const VERSION: Column = Column::Version;

    const TITLE: &'static str = "Source";
    const PLURAL: &'static str = "Sources";
    const DESCRIPTION: &'static str = "A publication that a claim rests on.";
    const ICON: &'static str = "book";

    fn fresh() -> Self {
        Self {
            title: String::new(),
            publisher: String::new(),
            year: None,
            population: None,
            url: None,
            doi: None,
            retrieved_on: None,
        }
    }

    fn of(row: Model) -> serde_json::Result<Stored<Self>> {
        let fields = Self {
            title: row.title,
            publisher: row.publisher,
            year: row.year,
            population: row.population,
            url: row.url,
            doi: row.doi,
            retrieved_on: row.retrieved_on.map(Date),
        };
        Ok(Stored { id: row.id.0, version: row.version, fields })
    }

    fn into_row(self, _: DateTime<Utc>) -> serde_json::Result<ActiveModel> {
        Ok(ActiveModel {
            title: Set(self.title),
            publisher: Set(self.publisher),
            year: Set(self.year),
            population: Set(self.population),
            url: Set(self.url),
            doi: Set(self.doi),
            retrieved_on: Set(self.retrieved_on.map(|day| day.0)),
            ..Default::default()
        })
    }

    fn name(&self) -> String {
        self.title.clone()
    }

    fn detail(&self) -> String {
        match self.year {
            Some(year) => format!("{}, {year}", self.publisher),
            None => self.publisher.clone(),
        }
    }

    fn words(&self) -> String {
        [&self.population, &self.doi].into_iter().flatten().cloned().collect::<Vec<_>>().join(" ")
    }

    fn tidy(&mut self) {
        for text in [&mut self.title, &mut self.publisher] {
            *text = text.trim().to_owned();
        }
        for text in [&mut self.population, &mut self.url, &mut self.doi] {
            *text = text.take().map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
        }
        // Copied from a web page it comes as an address.
        self.doi = self.doi.take().map(|doi| doi.trim_start_matches("https://doi.org/").to_owned());
    }

    fn validate(&self, problems: &mut Problems) {
        problems.text("title", &self.title, 400);
        problems.text("publisher", &self.publisher, 200);
        if self.year.is_some_and(|year| !(1_500..=2_200).contains(&year)) {
            problems.add("year", ProblemCode::Invalid, "Give the year with four digits, such as 2019.");
        }
        problems.optional_text("population", self.population.as_deref().unwrap_or_default(), 300);
        if self.url.as_deref().is_some_and(|url| !is_outside_address(url)) {
            problems.add("url", ProblemCode::Invalid, "The address begins with https:// and names a host.");
        }
        let is_doi = |doi: &str| doi.starts_with("10.") && doi.contains('/') && !doi.contains(char::is_whitespace);
        if self.doi.as_deref().is_some_and(|doi| !is_doi(doi) || doi.len() > 200) {
            problems.add("doi", ProblemCode::Invalid, "A DOI begins with 10. and has a slash, such as 10.1111/xyz.");
        }
    }
}
