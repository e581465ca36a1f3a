//! Questions people ask, each with its answer.

use async_graphql::{ComplexObject, Context, InputObject, Result, SimpleObject};
use maud::{Markup, html};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Kind, Render, check_key, html_field, lines, section};
use crate::{problem::Problems, reference::Reference, rich_text::RichText};

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
    #[graphql(name = "questions")]
    #[schemars(title = "Questions", extend("x-widget" = "list"))]
    #[serde(rename = "questions")]
    pub items: Vec<FaqItem>,
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

#[ComplexObject]
impl Faq {
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
        problems.count("questions", self.items.len(), 30);
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
                @for item in &self.items {
                    details id={ (self.key) "-" (item.key) } {
                        summary { (item.question) }
                        div class="answer" { (item.answer.html(render.targets)) }
                    }
                }
            },
        )
    }
}
