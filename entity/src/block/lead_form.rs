//! The place of a confidential form on a page.

use async_graphql::{ComplexObject, Context, InputObject, Result, SimpleObject};
use maud::{Markup, html};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Kind, Render, html_field, lines, section};
use crate::problem::{ProblemCode, Problems};

/// Where a visitor can write in confidence. The forms are defined once; pages only place them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, SimpleObject, InputObject)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[graphql(name = "LeadFormBlock", input_name = "LeadFormBlockInput", complex)]
pub struct LeadForm {
    /// Stable within the document.
    pub key: String,
    /// What the visitor gets by writing.
    #[serde(default)]
    #[graphql(default)]
    #[schemars(title = "Heading", extend("x-widget" = "line"))]
    pub heading: String,
    /// A sentence or two before the first field; may be empty.
    #[serde(default)]
    #[graphql(default)]
    #[schemars(title = "Introduction", extend("x-widget" = "text"))]
    pub intro: String,
    /// Tells this place from the others on the page in reports: `intro`, `end`.
    #[schemars(title = "Placement", extend("x-widget" = "line"))]
    pub placement: String,
    /// Which form, by its key: `confidential`.
    #[serde(default = "confidential")]
    #[graphql(default_with = "confidential()")]
    #[schemars(title = "Form", extend("x-widget" = "form"))]
    pub form: String,
}

fn confidential() -> String {
    "confidential".to_owned()
}

impl Default for LeadForm {
    fn default() -> Self {
        let empty = String::new;
        Self { key: empty(), heading: empty(), intro: empty(), placement: empty(), form: confidential() }
    }
}

#[ComplexObject]
impl LeadForm {
    /// Safe, semantic HTML: a fallback for kinds your front end does not know yet.
    pub async fn html(&self, ctx: &Context<'_>) -> Result<String> {
        html_field(self, ctx).await
    }
}

impl Kind for LeadForm {
    const TITLE: &'static str = "Confidential form";
    const DESCRIPTION: &'static str = "Where a visitor can write in confidence.";
    const ICON: &'static str = "forms";
    const SHOWS_WITHOUT_WORDS: bool = true;

    fn anchor(&self) -> &str {
        &self.key
    }

    fn validate(&self, problems: &mut Problems) {
        problems.text("heading", &self.heading, 160);
        problems.optional_text("intro", &self.intro, 600);
        problems.text("placement", &self.placement, 40);
        let allowed = |character: char| character.is_ascii_alphanumeric() || matches!(character, '-' | '_');
        if !self.placement.chars().all(allowed) {
            problems.add("placement", ProblemCode::Invalid, "A placement has letters, digits, - or _ only.");
        }
        let allowed = |character: char| character.is_ascii_alphanumeric() || character == '-';
        if !(1..=40).contains(&self.form.len()) || !self.form.chars().all(allowed) {
            problems.add("form", ProblemCode::NotFound, "There is no such form. Choose one of those there are.");
        }
    }

    fn plain_text(&self) -> String {
        lines([self.heading.as_str().into(), self.intro.as_str().into()])
    }

    fn draw(&self, render: &Render<'_>) -> Markup {
        section(
            &self.key,
            "form",
            &self.heading,
            html! {
                @if !self.intro.is_empty() { p { (self.intro) } }
                @if let Some(forms) = render.forms { (forms(self)) }
            },
        )
    }
}
