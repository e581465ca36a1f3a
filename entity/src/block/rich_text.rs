//! Paragraphs with links, emphasis and short lists.

use async_graphql::{ComplexObject, Context, InputObject, Result, SimpleObject};
use maud::{Markup, html};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Kind, Render, html_field};
use crate::{problem::Problems, reference::Reference, rich_text::RichText};

/// Paragraphs with links by id, emphasis and short lists.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema, SimpleObject, InputObject)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[graphql(name = "RichTextBlock", input_name = "RichTextBlockInput", complex)]
pub struct RichTextBlock {
    /// Stable within the document.
    pub key: String,
    /// The text.
    #[schemars(title = "Text")]
    pub body: RichText,
}

#[ComplexObject]
impl RichTextBlock {
    /// Safe, semantic HTML: a fallback for kinds your front end does not know yet.
    pub async fn html(&self, ctx: &Context<'_>) -> Result<String> {
        html_field(self, ctx).await
    }
}

impl Kind for RichTextBlock {
    const TITLE: &'static str = "Text";
    const DESCRIPTION: &'static str = "Paragraphs with links, emphasis and short lists.";
    const ICON: &'static str = "align-left";

    fn anchor(&self) -> &str {
        &self.key
    }

    fn validate(&self, problems: &mut Problems) {
        self.body.validate(problems, "body", true);
    }

    fn references(&self, found: &mut Vec<Reference>) {
        self.body.references(found);
    }

    fn plain_text(&self) -> String {
        self.body.plain_text()
    }

    fn draw(&self, render: &Render<'_>) -> Markup {
        html! { div id=(self.key) class="block block-text" { (self.body.html(render.targets)) } }
    }
}
