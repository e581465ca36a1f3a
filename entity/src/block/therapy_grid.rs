//! Therapies the centre offers, each a link.

use async_graphql::{ComplexObject, Context, InputObject, Result, SimpleObject};
use maud::{Markup, html};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Kind, Render, html_field, lines, section};
use crate::{
    id::{RegionId, TherapyId},
    problem::Problems,
    reference::{self, Reference, RegionNode, TherapyNode},
};

/// Therapies side by side, each a link, in a region where one is named.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema, SimpleObject, InputObject)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[graphql(name = "TherapyGridBlock", input_name = "TherapyGridBlockInput", complex)]
pub struct TherapyGrid {
    /// Stable within the document.
    pub key: String,
    /// Above the grid.
    #[serde(default)]
    #[graphql(default)]
    #[schemars(title = "Heading", extend("x-widget" = "line"))]
    pub heading: String,
    /// In this order; at most 24.
    #[graphql(skip_output)]
    #[schemars(title = "Therapies", extend("x-widget" = "references", "x-reference" = "therapy"))]
    pub therapies: Vec<TherapyId>,
    /// Where they are offered; named in each link.
    #[serde(default)]
    #[graphql(skip_output)]
    #[schemars(title = "Region", extend("x-widget" = "reference", "x-reference" = "region"))]
    pub region: Option<RegionId>,
}

#[ComplexObject]
impl TherapyGrid {
    /// Those that are public, in the editor's order.
    async fn therapies(&self, ctx: &Context<'_>) -> Result<Vec<TherapyNode>> {
        let wanted: Vec<_> = self.therapies.iter().copied().map(Reference::Therapy).collect();
        let targets = reference::targets(ctx, &wanted).await?;
        let public = |id: &TherapyId| targets.contains(Reference::Therapy(*id));
        Ok(self.therapies.iter().copied().filter(public).map(TherapyNode).collect())
    }

    /// Where they are offered.
    async fn region(&self, ctx: &Context<'_>) -> Result<Option<RegionNode>> {
        let Some(id) = self.region else {
            return Ok(None);
        };
        let targets = reference::targets(ctx, &[Reference::Region(id)]).await?;
        Ok(targets.contains(Reference::Region(id)).then_some(RegionNode(id)))
    }

    /// Safe, semantic HTML: a fallback for kinds your front end does not know yet.
    pub async fn html(&self, ctx: &Context<'_>) -> Result<String> {
        html_field(self, ctx).await
    }
}

impl Kind for TherapyGrid {
    const TITLE: &'static str = "Therapies";
    const DESCRIPTION: &'static str = "Therapies side by side, each a link to its page.";
    const ICON: &'static str = "layout-grid";
    const SHOWS_WITHOUT_WORDS: bool = true;

    fn anchor(&self) -> &str {
        &self.key
    }

    fn validate(&self, problems: &mut Problems) {
        problems.text("heading", &self.heading, 160);
        problems.count("therapies", self.therapies.len(), 24);
    }

    fn references(&self, found: &mut Vec<Reference>) {
        found.extend(self.therapies.iter().copied().map(Reference::Therapy));
        found.extend(self.region.map(Reference::Region));
    }

    fn plain_text(&self) -> String {
        lines([self.heading.as_str().into()])
    }

    fn draw(&self, render: &Render<'_>) -> Markup {
        let region = self.region.and_then(|id| render.targets.region(id));
        section(
            &self.key,
            "therapies",
            &self.heading,
            html! {
                ul class="grid" {
                    @for id in &self.therapies {
                        @if let Some(therapy) = render.targets.entry(Reference::Therapy(*id)) {
                            li {
                                a href=(therapy.path) {
                                    (therapy.title) @if let Some(region) = region { " in " (region) }
                                }
                                @if !therapy.summary.is_empty() { p { (therapy.summary) } }
                            }
                        }
                    }
                }
            },
        )
    }
}
