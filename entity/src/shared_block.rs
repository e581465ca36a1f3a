//! A block that is kept once and stands on several pages.

use async_graphql::InputObject;
use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use sea_orm::{ActiveValue::Set, entity::prelude::*};
use serde::{Deserialize, Serialize, de::Error};

use crate::{
    block::{self, Block},
    fact::{Kind, Stored},
    faq_item::beginning,
    id::SharedBlockId,
    problem::{ProblemCode, Problems},
    reference::Reference,
};

/// A block that is kept once and stands on several pages.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "shared_block")]
pub struct Model {
    /// Which.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SharedBlockId,
    /// What editors call it; unique.
    pub name: String,
    /// The block, as pages store theirs.
    pub block: Json,
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
#[graphql(name = "SharedBlockFields")]
pub struct Fields {
    /// What editors look for when they place it. Visitors do not see it.
    #[schemars(title = "Name", extend("x-widget" = "line"))]
    pub name: String,
    /// What stands on the pages.
    #[serde(default)]
    #[schemars(title = "Block")]
    pub block: Option<Block>,
}

impl Kind for Fields {
    type Entity = Entity;
    const ID: Column = Column::Id;
    const VERSION: Column = Column::Version;
    const UNIQUE: Option<&'static str> = Some("name");

    const TITLE: &'static str = "Shared block";
    const PLURAL: &'static str = "Shared blocks";
    const DESCRIPTION: &'static str = "A block that is kept once and stands on several pages.";
    const ICON: &'static str = "link";
    const POINTS: bool = true;

    fn fresh() -> Self {
        Self { name: String::new(), block: None }
    }

    fn of(row: Model) -> serde_json::Result<Stored<Self>> {
        let fields = Self { name: row.name, block: Some(serde_json::from_value(row.block)?) };
        Ok(Stored { id: row.id.0, version: row.version, fields })
    }

    fn into_row(self, _: DateTime<Utc>) -> serde_json::Result<ActiveModel> {
        let block = self.block.ok_or_else(|| serde_json::Error::custom("a shared block without a block"))?;
        Ok(ActiveModel { name: Set(self.name), block: Set(serde_json::to_value(block)?), ..Default::default() })
    }

    fn name(&self) -> String {
        self.name.clone()
    }

    fn detail(&self) -> String {
        let Some(block) = &self.block else { return String::new() };
        let title = block::title(block.kind()).unwrap_or_default();
        match beginning(&block.plain_text()) {
            words if words.is_empty() => title.to_owned(),
            words => format!("{title}: {words}"),
        }
    }

    fn words(&self) -> String {
        self.block.as_ref().map(Block::plain_text).unwrap_or_default()
    }

    fn tidy(&mut self) {
        self.name = self.name.trim().to_owned();
    }

    fn validate(&self, problems: &mut Problems) {
        problems.text("name", &self.name, 120);
        match &self.block {
            None => problems.missing("block", "Choose what sort of block it is."),
            Some(block) if block.belongs_to_its_page() => {
                problems.add(
                    "block",
                    ProblemCode::Invalid,
                    "A block of this sort stands on a page itself and is not shared.",
                );
            }
            Some(block) => problems.within("block", |problems| block.validate(problems)),
        }
    }

    fn references(&self, found: &mut Vec<Reference>) {
        self.block.iter().for_each(|block| block.references(found));
    }
}
