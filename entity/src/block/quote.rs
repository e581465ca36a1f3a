//! Somebody's words.

use async_graphql::{ComplexObject, Context, InputObject, Result, SimpleObject};
use maud::{Markup, html};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Kind, Render, html_field, lines};
use crate::problem::Problems;

/// Words of a former patient or a clinician, with their consent.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema, SimpleObject, InputObject)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[graphql(name = "QuoteBlock", input_name = "QuoteBlockInput", complex)]
pub struct Quote {
    /// Stable within the document.
    pub key: String,
    /// At most 600 characters.
    #[schemars(title = "Words", extend("x-widget" = "text"))]
    pub text: String,
    /// Who said it, as far as they agreed to be named; may be empty.
    #[serde(default)]
    #[graphql(default)]
    #[schemars(title = "Attribution", extend("x-widget" = "line"))]
    pub attribution: String,
}

#[ComplexObject]
impl Quote {
    /// Safe, semantic HTML: a fallback for kinds your front end does not know yet.
    pub async fn html(&self, ctx: &Context<'_>) -> Result<String> {
        html_field(self, ctx).await
    }
}

impl Kind for Quote {
    const TITLE: &'static str = "Quote";
    const DESCRIPTION: &'static str = "Words of a former patient or a clinician.";
    const ICON: &'static str = "quote";

    fn anchor(&self) -> &str {
        &self.key
    }

    fn validate(&self, problems: &mut Problems) {
        problems.text("text", &self.text, 600);
        problems.optional_text("attribution", &self.attribution, 160);
    }

    fn plain_text(&self) -> String {
        lines([self.text.as_str().into(), self.attribution.as_str().into()])
    }

    fn draw(&self, _: &Render<'_>) -> Markup {
        html! {
            figure id=(self.key) class="block block-quote" {
                blockquote { p { (self.text) } }
                @if !self.attribution.is_empty() { figcaption { (self.attribution) } }
            }
        }
    }
}
