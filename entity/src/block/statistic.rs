//! A number that carries a claim, with where it comes from.

use async_graphql::{ComplexObject, Context, InputObject, Result, SimpleObject};
use maud::{Markup, html};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Kind, Render, html_field, lines};
use crate::{
    id::SourceId,
    problem::{ProblemCode, Problems},
    reference::{self, Reference, SourceNode},
};

/// A number with what it says, of whom, when, and who found it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema, SimpleObject, InputObject)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[graphql(name = "StatisticBlock", input_name = "StatisticBlockInput", complex)]
pub struct Statistic {
    /// Stable within the document.
    pub key: String,
    /// As it is shown: `71.5 %`.
    #[schemars(title = "Value", extend("x-widget" = "line"))]
    pub value: String,
    /// What the number says.
    #[schemars(title = "Statement", extend("x-widget" = "text"))]
    pub statement: String,
    /// Of whom: "emergency visits in the United States".
    #[serde(default)]
    #[graphql(default)]
    #[schemars(title = "Population", extend("x-widget" = "line"))]
    pub population: String,
    /// The year the number is about.
    #[serde(default)]
    #[schemars(title = "Year", range(min = 1900, max = 2100), extend("x-widget" = "integer"))]
    pub year: Option<i32>,
    /// Where a reader can check it.
    #[serde(default)]
    #[graphql(skip_output)]
    #[schemars(title = "Source", extend("x-widget" = "reference", "x-reference" = "source"))]
    pub source: Option<SourceId>,
    /// Shown beside a number that cannot be checked: what is not known about it.
    #[serde(default)]
    #[graphql(default)]
    #[schemars(title = "Caveat", extend("x-widget" = "text"))]
    pub caveat: String,
}

#[ComplexObject]
impl Statistic {
    /// Where a reader can check it; null where the number has none and says so in `caveat`.
    async fn source(&self, ctx: &Context<'_>) -> Result<Option<SourceNode>> {
        let Some(id) = self.source else {
            return Ok(None);
        };
        let targets = reference::targets(ctx, &[Reference::Source(id)]).await?;
        Ok(targets.contains(Reference::Source(id)).then_some(SourceNode(id)))
    }

    /// Safe, semantic HTML: a fallback for kinds your front end does not know yet.
    pub async fn html(&self, ctx: &Context<'_>) -> Result<String> {
        html_field(self, ctx).await
    }
}

impl Kind for Statistic {
    const TITLE: &'static str = "Statistic";
    const DESCRIPTION: &'static str = "A number that carries a claim, with its source.";
    const ICON: &'static str = "chart-bar";

    fn anchor(&self) -> &str {
        &self.key
    }

    fn validate(&self, problems: &mut Problems) {
        problems.text("value", &self.value, 40);
        problems.text("statement", &self.statement, 400);
        problems.optional_text("population", &self.population, 200);
        problems.optional_text("caveat", &self.caveat, 400);
        if self.year.is_some_and(|year| !(1900..=2100).contains(&year)) {
            problems.add("year", ProblemCode::Invalid, "Give the year with four digits, such as 2023.");
        }
        if self.source.is_none() {
            if self.caveat.trim().is_empty() {
                problems.missing(
                    "source",
                    "Say where this number comes from, or write a caveat that says it cannot be checked.",
                );
            } else {
                problems.warn("source", format!("A reader cannot check {}. Add where it comes from.", self.value));
            }
        }
    }

    fn references(&self, found: &mut Vec<Reference>) {
        found.extend(self.source.map(Reference::Source));
    }

    fn plain_text(&self) -> String {
        lines([
            format!("{} {}", self.value, self.statement).into(),
            self.population.as_str().into(),
            self.caveat.as_str().into(),
        ])
    }

    fn draw(&self, render: &Render<'_>) -> Markup {
        let source = self.source.and_then(|id| render.targets.source(id));
        let about = [self.population.clone(), self.year.map(|year| year.to_string()).unwrap_or_default()];
        let about = about.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
        html! {
            figure id=(self.key) class="block block-statistic" {
                p { strong class="value" { (self.value) } " " (self.statement) }
                figcaption {
                    @if !about.is_empty() { (about) ". " }
                    @if let Some(source) = source { (super::callout::citation(source)) }
                    @if !self.caveat.is_empty() { span class="caveat" { (self.caveat) } }
                }
            }
        }
    }
}
