//! A block of the library, shown in this place.

use async_graphql::{ComplexObject, Context, InputObject, Result, SimpleObject};
use maud::{Markup, html};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Kind, Render, html_field};
use crate::{id::SharedBlockId, problem::Problems, reference::Reference};

/// A block of the library, shown in this place. Readers of the public schema find the block itself here.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema, SimpleObject, InputObject)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[graphql(name = "SharedBlockBlock", input_name = "SharedBlockBlockInput", complex)]
pub struct SharedBlock {
    /// Stable within the document; the block that is shown has it.
    pub key: String,
    /// Which. A change of it in the library shows here at once.
    #[serde(default)]
    #[graphql(skip_output)]
    #[schemars(title = "Shared block", extend("x-widget" = "reference", "x-reference" = "sharedBlock"))]
    pub block: Option<SharedBlockId>,
}

#[ComplexObject]
impl SharedBlock {
    /// Safe, semantic HTML: a fallback for kinds your front end does not know yet.
    pub async fn html(&self, ctx: &Context<'_>) -> Result<String> {
        html_field(self, ctx).await
    }
}

impl Kind for SharedBlock {
    const TITLE: &'static str = "Shared block";
    const DESCRIPTION: &'static str = "A block of the library: written once, the same on every page.";
    const ICON: &'static str = "link";
    const SHOWS_WITHOUT_WORDS: bool = true;
    const BELONGS_TO_ITS_PAGE: bool = true;

    fn anchor(&self) -> &str {
        &self.key
    }

    fn validate(&self, problems: &mut Problems) {
        if self.block.is_none() {
            problems.missing("block", "Choose the shared block.");
        }
    }

    fn references(&self, found: &mut Vec<Reference>) {
        found.extend(self.block.map(Reference::SharedBlock));
    }

    fn plain_text(&self) -> String {
        String::new()
    }

    fn draw(&self, render: &Render<'_>) -> Markup {
        let shared = self.block.and_then(|id| render.targets.block(id));
        // The library keeps none that refers to another; whoever draws need not trust it.
        let block = shared.filter(|block| !block.belongs_to_its_page()).map(|block| block.clone().keyed(&self.key));
        html! { @if let Some(block) = block { (block.draw(render)) } }
    }
}
