//! A list of points, each a short text.

use async_graphql::{ComplexObject, Context, Enum, InputObject, Result, SimpleObject};
use maud::{Markup, html};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Kind, Render, html_field, lines, section};
use crate::{problem::Problems, reference::Reference, rich_text::RichText};

/// Points a reader can scan: effects, dangers, steps.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema, SimpleObject, InputObject)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[graphql(name = "ListBlock", input_name = "ListBlockInput", complex)]
pub struct List {
    /// Stable within the document.
    pub key: String,
    /// Above the list; may be empty.
    #[serde(default)]
    #[graphql(default)]
    #[schemars(title = "Heading", extend("x-widget" = "line"))]
    pub heading: String,
    /// Numbered when the order matters.
    #[serde(default)]
    #[graphql(default)]
    #[schemars(title = "Style", extend("x-widget" = "select"))]
    pub style: ListStyle,
    /// At most 50 points.
    #[schemars(title = "Points", extend("x-widget" = "list"))]
    pub items: Vec<RichText>,
}

/// How a list is marked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, Enum)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ListStyle {
    /// The order does not matter.
    #[default]
    Bulleted,
    /// Steps, or a ranking.
    Numbered,
}

#[ComplexObject]
impl List {
    /// Safe, semantic HTML: a fallback for kinds your front end does not know yet.
    pub async fn html(&self, ctx: &Context<'_>) -> Result<String> {
        html_field(self, ctx).await
    }
}

impl Kind for List {
    const TITLE: &'static str = "List";
    const DESCRIPTION: &'static str = "Points a reader can scan: effects, dangers, steps.";
    const ICON: &'static str = "list";

    fn anchor(&self) -> &str {
        &self.key
    }

    fn validate(&self, problems: &mut Problems) {
        problems.optional_text("heading", &self.heading, 160);
        problems.count("items", self.items.len(), 50);
        problems.within("items", |problems| {
            for (place, item) in self.items.iter().enumerate() {
                item.validate(problems, &place.to_string(), true);
            }
        });
    }

    fn references(&self, found: &mut Vec<Reference>) {
        self.items.iter().for_each(|item| item.references(found));
    }

    fn plain_text(&self) -> String {
        lines(
            std::iter::once(self.heading.as_str().into()).chain(self.items.iter().map(|item| item.plain_text().into())),
        )
    }

    fn draw(&self, render: &Render<'_>) -> Markup {
        let items = html! { @for item in &self.items { li { (item.html_in_line(render.targets)) } } };
        section(
            &self.key,
            "list",
            &self.heading,
            html! {
                @match self.style {
                    ListStyle::Bulleted => ul { (items) },
                    ListStyle::Numbered => ol { (items) },
                }
            },
        )
    }
}
