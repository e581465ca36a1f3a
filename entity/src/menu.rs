//! A menu of the site.

use async_graphql::InputObject;
use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use sea_orm::{ActiveValue::Set, entity::prelude::*};
use serde::{Deserialize, Serialize};

use crate::{
    fact::{Kind, Stored},
    id::MenuId,
    problem::Problems,
    reference::Reference,
    rich_text::LinkTo,
    slug,
};

/// A menu of the site.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "menu")]
pub struct Model {
    /// Which.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: MenuId,
    /// What front ends know it by; unique: `main`.
    pub handle: String,
    /// Its lines: a list of [`Item`].
    pub items: Json,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
    /// How often it was written.
    pub version: i32,
}

/// None that a query follows.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// A line of a menu, with the lines that open below it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, InputObject)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[graphql(name = "MenuItemInput")]
pub struct Item {
    /// What it says.
    #[schemars(title = "Label", extend("x-widget" = "line"))]
    pub label: String,
    /// A page, a therapy, a telephone, a place, or an address outside.
    #[serde(default)]
    #[schemars(title = "Leads to", extend("x-widget" = "link"))]
    pub to: Option<LinkTo>,
    /// The lines below it, if any.
    #[serde(default)]
    #[graphql(default)]
    #[schemars(title = "Lines below it", extend("x-widget" = "list"))]
    pub items: Vec<SubItem>,
}

/// A line below another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, InputObject)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[graphql(name = "MenuSubItemInput")]
pub struct SubItem {
    /// What it says.
    #[schemars(title = "Label", extend("x-widget" = "line"))]
    pub label: String,
    /// A page, a therapy, a telephone, a place, or an address outside.
    #[serde(default)]
    #[schemars(title = "Leads to", extend("x-widget" = "link"))]
    pub to: Option<LinkTo>,
}

/// What staff write of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, InputObject)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[graphql(name = "MenuFields")]
pub struct Fields {
    /// What the site and front ends know it by. The site draws “main” above and “footer” below each page.
    #[schemars(title = "Handle", extend("x-widget" = "line"))]
    pub handle: String,
    /// From first to last. Drag a line, or move it with the arrow keys on its grip.
    #[schemars(title = "Lines", extend("x-widget" = "list"))]
    pub items: Vec<Item>,
}

impl Kind for Fields {
    type Entity = Entity;
    const ID: Column = Column::Id;
    const VERSION: Column = Column::Version;
    const UNIQUE: Option<&'static str> = Some("handle");

    const TITLE: &'static str = "Menu";
    const PLURAL: &'static str = "Menus";
    const DESCRIPTION: &'static str = "The lines that lead through the site. What is not public is left out by itself.";
    const ICON: &'static str = "list";
    const POINTS: bool = true;

    fn fresh() -> Self {
        Self { handle: String::new(), items: Vec::new() }
    }

    fn of(row: Model) -> serde_json::Result<Stored<Self>> {
        let fields = Self { handle: row.handle, items: serde_json::from_value(row.items)? };
        Ok(Stored { id: row.id.0, version: row.version, fields })
    }

    fn into_row(self, now: DateTime<Utc>) -> serde_json::Result<ActiveModel> {
        let items = serde_json::to_value(self.items)?;
        Ok(ActiveModel { handle: Set(self.handle), items: Set(items), updated_at: Set(now), ..Default::default() })
    }

    fn name(&self) -> String {
        self.handle.clone()
    }

    fn detail(&self) -> String {
        let lines: usize = self.items.iter().map(|item| 1 + item.items.len()).sum();
        if lines == 1 { "1 line".to_owned() } else { format!("{lines} lines") }
    }

    fn tidy(&mut self) {
        self.handle = self.handle.trim().to_owned();
        for item in &mut self.items {
            item.label = item.label.trim().to_owned();
            item.items.iter_mut().for_each(|sub| sub.label = sub.label.trim().to_owned());
        }
    }

    fn validate(&self, problems: &mut Problems) {
        slug::validate("handle", &self.handle, problems);
        problems.at_most("items", self.items.len(), 20);
        problems.within("items", |problems| {
            for (place, item) in self.items.iter().enumerate() {
                problems.within(place, |problems| {
                    validate_line(&item.label, item.to.as_ref(), problems);
                    problems.at_most("items", item.items.len(), 20);
                    problems.within("items", |problems| {
                        for (place, sub) in item.items.iter().enumerate() {
                            problems.within(place, |problems| validate_line(&sub.label, sub.to.as_ref(), problems));
                        }
                    });
                });
            }
        });
    }

    fn references(&self, found: &mut Vec<Reference>) {
        self.items.iter().for_each(|item| item.references(found));
    }
}

impl Item {
    /// Everything the line and those below it point at.
    pub fn references(&self, found: &mut Vec<Reference>) {
        let all = self.to.iter().chain(self.items.iter().filter_map(|sub| sub.to.as_ref()));
        found.extend(all.filter_map(LinkTo::reference));
    }
}

fn validate_line(label: &str, to: Option<&LinkTo>, problems: &mut Problems) {
    problems.text("label", label, 60);
    match to {
        Some(to) => to.validate(problems),
        None => problems.missing("to", "Choose where the line leads."),
    }
}
