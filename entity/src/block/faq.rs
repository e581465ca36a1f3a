//! Questions people ask, each with its answer.

use async_graphql::{ComplexObject, Context, InputObject, Result, SimpleObject};
use maud::{Markup, html};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Kind, Render, check_key, html_field, lines, section};
use crate::{
    id::FaqItemId,
    problem::Problems,
    reference::{self, Reference, Targets},
    rich_text::RichText,
};

/// Questions people ask, each with its answer.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema, SimpleObject, InputObject)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[graphql(name = "FaqBlock", input_name = "FaqBlockInput", complex)]
pub struct Faq {
    /// Stable within the document.
    pub key: String,
    /// Above the questions; may be empty.
    #[serde(default)]
    #[graphql(default)]
    #[schemars(title = "Heading", extend("x-widget" = "line"))]
    pub heading: String,
    /// At most 30 questions.
    #[graphql(name = "questions", skip_output)]
    #[schemars(title = "Questions", extend("x-widget" = "list"))]
    #[serde(rename = "questions")]
    pub items: Vec<FaqItem>,
    /// Questions that the library keeps for several pages. They follow the block's own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[graphql(default, skip_output)]
    #[schemars(title = "Questions of the library", extend("x-widget" = "references", "x-reference" = "faqItem"))]
    pub shared: Vec<FaqItemId>,
}

/// A question and its answer.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema, SimpleObject, InputObject)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[graphql(input_name = "FaqItemInput")]
pub struct FaqItem {
    /// Stable within the block, so that a single question can be linked to.
    #[schemars(extend("x-widget" = "key"))]
    pub key: String,
    /// As a visitor would ask it.
    #[schemars(title = "Question", extend("x-widget" = "line"))]
    pub question: String,
    /// The answer, the short form first.
    #[schemars(title = "Answer")]
    pub answer: RichText,
}

impl Faq {
    /// Its own questions, then those of the library.
    pub fn all<'a>(&'a self, targets: &'a Targets) -> impl Iterator<Item = &'a FaqItem> {
        self.items.iter().chain(self.shared.iter().filter_map(|id| targets.question(*id)))
    }
}

#[ComplexObject]
impl Faq {
    /// The block's own questions, then those that the library keeps for several pages.
    async fn questions(&self, ctx: &Context<'_>) -> Result<Vec<FaqItem>> {
        let wanted: Vec<_> = self.shared.iter().copied().map(Reference::FaqItem).collect();
        let targets = reference::targets(ctx, &wanted).await?;
        Ok(self.all(&targets).cloned().collect())
    }

    /// Safe, semantic HTML: a fallback for kinds your front end does not know yet.
    pub async fn html(&self, ctx: &Context<'_>) -> Result<String> {
        html_field(self, ctx).await
    }
}

impl Kind for Faq {
    const TITLE: &'static str = "Questions and answers";
    const DESCRIPTION: &'static str = "Questions people ask, each with its answer.";
    const ICON: &'static str = "help";

    fn anchor(&self) -> &str {
        &self.key
    }

    fn validate(&self, problems: &mut Problems) {
        problems.optional_text("heading", &self.heading, 160);
        if self.shared.is_empty() {
            problems.count("questions", self.items.len(), 30);
        }
        problems.at_most("questions", self.items.len(), 30);
        problems.at_most("shared", self.shared.len(), 30);
        problems.within("questions", |problems| {
            for (place, item) in self.items.iter().enumerate() {
                problems.within(place, |problems| {
                    check_key(&item.key, problems);
                    problems.text("question", &item.question, 300);
                    item.answer.validate(problems, "answer", true);
                });
            }
        });
    }

    fn references(&self, found: &mut Vec<Reference>) {
        self.items.iter().for_each(|item| item.answer.references(found));
        found.extend(self.shared.iter().copied().map(Reference::FaqItem));
    }

    fn plain_text(&self) -> String {
        let items = self.items.iter().flat_map(|item| [item.question.as_str().into(), item.answer.plain_text().into()]);
        lines(std::iter::once(self.heading.as_str().into()).chain(items))
    }

    fn draw(&self, render: &Render<'_>) -> Markup {
        section(
            &self.key,
            "faq",
            &self.heading,
            html! {
                @for item in self.all(render.targets) {
                    details id={ (self.key) "-" (item.key) } {
                        summary { (item.question) }
                        div class="answer" { (item.answer.html(render.targets)) }
                    }
                }
            },
        )
    }
}
