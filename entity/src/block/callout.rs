//! Something set apart from the text: a note, a warning, a claim with its sources.

use async_graphql::{ComplexObject, Context, Enum, InputObject, Result, SimpleObject};
use maud::{Markup, html};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Kind, Render, html_field, lines};
use crate::{
    id::SourceId,
    problem::Problems,
    reference::{self, Citation, Reference, SourceNode},
    rich_text::RichText,
};

/// Something set apart: a note, a warning, or a claim with its sources.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema, SimpleObject, InputObject)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[graphql(name = "CalloutBlock", input_name = "CalloutBlockInput", complex)]
pub struct Callout {
    /// Stable within the document.
    pub key: String,
    /// What kind of remark it is.
    #[serde(default)]
    #[graphql(default)]
    #[schemars(title = "Tone", extend("x-widget" = "select"))]
    pub tone: Tone,
    /// May be empty.
    #[serde(default)]
    #[graphql(default)]
    #[schemars(title = "Heading", extend("x-widget" = "line"))]
    pub heading: String,
    /// The remark.
    #[schemars(title = "Text")]
    pub body: RichText,
    /// What it rests on; a claim needs at least one.
    #[serde(default)]
    #[graphql(default, skip_output)]
    #[schemars(title = "Sources", extend("x-widget" = "references", "x-reference" = "source"))]
    pub sources: Vec<SourceId>,
}

/// What kind of remark a callout is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, Enum)]
#[graphql(name = "CalloutTone")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Tone {
    /// Good to know.
    #[default]
    Note,
    /// A danger that is not an emergency.
    Warning,
    /// A statement of fact that rests on sources.
    Claim,
}

#[ComplexObject]
impl Callout {
    /// What it rests on.
    async fn sources(&self, ctx: &Context<'_>) -> Result<Vec<SourceNode>> {
        let wanted: Vec<_> = self.sources.iter().copied().map(Reference::Source).collect();
        let targets = reference::targets(ctx, &wanted).await?;
        let known = |id: &SourceId| targets.contains(Reference::Source(*id));
        Ok(self.sources.iter().copied().filter(known).map(SourceNode).collect())
    }

    /// Safe, semantic HTML: a fallback for kinds your front end does not know yet.
    pub async fn html(&self, ctx: &Context<'_>) -> Result<String> {
        html_field(self, ctx).await
    }
}

impl Kind for Callout {
    const TITLE: &'static str = "Callout";
    const DESCRIPTION: &'static str = "A note, a warning, or a claim with its sources.";
    const ICON: &'static str = "info-circle";
    const IS_ASIDE: bool = true;

    fn anchor(&self) -> &str {
        &self.key
    }

    fn validate(&self, problems: &mut Problems) {
        problems.optional_text("heading", &self.heading, 160);
        self.body.validate(problems, "body", true);
        problems.at_most("sources", self.sources.len(), 10);
        if self.tone == Tone::Claim && self.sources.is_empty() {
            problems.missing("sources", "A claim names at least one source.");
        }
    }

    fn references(&self, found: &mut Vec<Reference>) {
        self.body.references(found);
        found.extend(self.sources.iter().copied().map(Reference::Source));
    }

    fn plain_text(&self) -> String {
        lines([self.heading.as_str().into(), self.body.plain_text().into()])
    }

    fn draw(&self, render: &Render<'_>) -> Markup {
        let class = match self.tone {
            Tone::Note => "note",
            Tone::Warning => "warning",
            Tone::Claim => "claim",
        };
        html! {
            div id=(self.key) class={ "block block-callout " (class) } role="note" {
                @if !self.heading.is_empty() { p class="heading" { strong { (self.heading) } } }
                (self.body.html(render.targets))
                @for source in self.sources.iter().filter_map(|id| render.targets.source(*id)) {
                    p class="source" { (citation(source)) }
                }
            }
        }
    }
}

/// A publication as it is cited below a claim.
pub(super) fn citation(source: &Citation) -> Markup {
    html! {
        cite {
            "Source: "
            @if let Some(url) = &source.url { a href=(url) rel="noopener" { (source.title) } } @else { (source.title) }
            ", " (source.publisher)
            @if let Some(year) = source.year { ", " (year) }
        }
        " "
    }
}
