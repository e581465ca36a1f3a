//! Somebody of the centre, with what they do.

use async_graphql::{ComplexObject, Context, InputObject, Result, SimpleObject};
use maud::{Markup, html};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Kind, Render, html_field, section};
use crate::{
    id::PersonId,
    problem::Problems,
    reference::{self, PersonNode, Reference},
};

/// Somebody of the centre, with what they do and a few sentences about them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema, SimpleObject, InputObject)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[graphql(name = "PersonCardBlock", input_name = "PersonCardBlockInput", complex)]
pub struct PersonCard {
    /// Stable within the document.
    pub key: String,
    /// Above the card; may be empty.
    #[serde(default)]
    #[graphql(default)]
    #[schemars(title = "Heading", extend("x-widget" = "line"))]
    pub heading: String,
    /// Who. Name, role and the rest come from the library.
    #[serde(default)]
    #[graphql(skip_output)]
    #[schemars(title = "Person", extend("x-widget" = "reference", "x-reference" = "person"))]
    pub person: Option<PersonId>,
}

#[ComplexObject]
impl PersonCard {
    /// Who.
    async fn person(&self, ctx: &Context<'_>) -> Result<Option<PersonNode>> {
        let Some(id) = self.person else { return Ok(None) };
        let targets = reference::targets(ctx, &[Reference::Person(id)]).await?;
        Ok(targets.contains(Reference::Person(id)).then_some(PersonNode(id)))
    }

    /// Safe, semantic HTML: a fallback for kinds your front end does not know yet.
    pub async fn html(&self, ctx: &Context<'_>) -> Result<String> {
        html_field(self, ctx).await
    }
}

impl Kind for PersonCard {
    const TITLE: &'static str = "Person";
    const DESCRIPTION: &'static str = "Somebody of the centre, with what they do and a few sentences about them.";
    const ICON: &'static str = "user";
    const SHOWS_WITHOUT_WORDS: bool = true;

    fn anchor(&self) -> &str {
        &self.key
    }

    fn validate(&self, problems: &mut Problems) {
        problems.optional_text("heading", &self.heading, 160);
        if self.person.is_none() {
            problems.missing("person", "Choose the person.");
        }
    }

    fn references(&self, found: &mut Vec<Reference>) {
        found.extend(self.person.map(Reference::Person));
    }

    fn plain_text(&self) -> String {
        self.heading.clone()
    }

    fn draw(&self, render: &Render<'_>) -> Markup {
        let person = self.person.and_then(|id| render.targets.person(id));
        section(
            &self.key,
            "person",
            &self.heading,
            html! {
                @if let Some(person) = person {
                    div class="card" {
                        p class="name" { (person.name) }
                        @if !person.role.is_empty() { p class="role" { (person.role) } }
                        @if !person.bio.is_empty() { p { (person.bio) } }
                    }
                }
            },
        )
    }
}
