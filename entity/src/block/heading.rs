//! A heading that begins a section of the page.

use async_graphql::{ComplexObject, Context, InputObject, Result, SimpleObject};
use maud::{Markup, html};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Kind, Render, html_field};
use crate::problem::{ProblemCode, Problems};

/// Begins a section; the outline is made of these.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, SimpleObject, InputObject)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[graphql(name = "HeadingBlock", input_name = "HeadingBlockInput", complex)]
pub struct Heading {
    /// Stable within the document.
    pub key: String,
    /// What the section is about, at most 160 characters.
    #[schemars(title = "Heading", extend("x-widget" = "line", "x-heading-level" = "level"))]
    pub text: String,
    /// 2 for a section, 3 or 4 for parts of one.
    #[serde(default = "section_level")]
    #[graphql(default_with = "section_level()")]
    #[schemars(title = "Level", range(min = 2, max = 4), extend("x-widget" = "integer"))]
    pub level: i32,
}

fn section_level() -> i32 {
    2
}

impl Default for Heading {
    fn default() -> Self {
        Self { key: String::new(), text: String::new(), level: section_level() }
    }
}

#[ComplexObject]
impl Heading {
    /// Safe, semantic HTML: a fallback for kinds your front end does not know yet.
    pub async fn html(&self, ctx: &Context<'_>) -> Result<String> {
        html_field(self, ctx).await
    }
}

impl Kind for Heading {
    const TITLE: &'static str = "Heading";
    const DESCRIPTION: &'static str = "Begins a section and shows in the outline.";
    const ICON: &'static str = "heading";

    fn anchor(&self) -> &str {
        &self.key
    }

    fn validate(&self, problems: &mut Problems) {
        problems.text("text", &self.text, 160);
        if !(2..=4).contains(&self.level) {
            problems.add("level", ProblemCode::Invalid, "Choose level 2, 3 or 4; the page's title is level 1.");
        }
    }

    fn plain_text(&self) -> String {
        self.text.clone()
    }

    fn draw(&self, _: &Render<'_>) -> Markup {
        html! {
            @match self.level {
                2 => h2 id=(self.key) class="block block-heading" { (self.text) },
                3 => h3 id=(self.key) class="block block-heading" { (self.text) },
                _ => h4 id=(self.key) class="block block-heading" { (self.text) },
            }
        }
    }
}
