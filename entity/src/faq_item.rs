//! A question with its answer, kept once for all pages that answer it.

use async_graphql::InputObject;
use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use sea_orm::{ActiveValue::Set, entity::prelude::*};
use serde::{Deserialize, Serialize};

use crate::{
    fact::{Kind, Stored},
    id::FaqItemId,
    problem::Problems,
    reference::Reference,
    rich_text::RichText,
};

/// A question with its answer, kept once for all pages that answer it.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "faq_item")]
pub struct Model {
    /// Which.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: FaqItemId,
    /// As a visitor would ask it.
    pub question: String,
    /// A rich text.
    pub answer: Json,
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
#[graphql(name = "FaqItemFields")]
pub struct Fields {
    /// As a visitor would ask it.
    #[schemars(title = "Question", extend("x-widget" = "line"))]
    pub question: String,
    /// The answer, the short form first.
    #[schemars(title = "Answer")]
    pub answer: RichText,
}

impl Kind for Fields {
    type Entity = Entity;
    const ID: Column = Column::Id;
    const VERSION: Column = Column::Version;

    const TITLE: &'static str = "Question";
    const PLURAL: &'static str = "Questions";
    const DESCRIPTION: &'static str = "A question with its answer, for the questions blocks of any page.";
    const ICON: &'static str = "help";
    const POINTS: bool = true;

    fn fresh() -> Self {
        Self { question: String::new(), answer: RichText::default() }
    }

    fn of(row: Model) -> serde_json::Result<Stored<Self>> {
        let fields = Self { question: row.question, answer: serde_json::from_value(row.answer)? };
        Ok(Stored { id: row.id.0, version: row.version, fields })
    }

    fn into_row(self, _: DateTime<Utc>) -> serde_json::Result<ActiveModel> {
        let answer = serde_json::to_value(self.answer)?;
        Ok(ActiveModel { question: Set(self.question), answer: Set(answer), ..Default::default() })
    }

    fn name(&self) -> String {
        self.question.clone()
    }

    fn detail(&self) -> String {
        beginning(&self.answer.plain_text())
    }

    fn words(&self) -> String {
        self.answer.plain_text()
    }

    fn tidy(&mut self) {
        self.question = self.question.trim().to_owned();
    }

    fn validate(&self, problems: &mut Problems) {
        problems.text("question", &self.question, 300);
        self.answer.validate(problems, "answer", true);
    }

    fn references(&self, found: &mut Vec<Reference>) {
        self.answer.references(found);
    }
}

/// The first words of a text, on one line.
pub(crate) fn beginning(text: &str) -> String {
    const MOST: usize = 100;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default().trim_end()),
        None => line,
    }
}
