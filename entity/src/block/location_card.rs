//! A place of the centre: where it is, when it is open, how to call.

use async_graphql::{ComplexObject, Context, InputObject, Result, SimpleObject};
use maud::{Markup, html};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Kind, Render, html_field, section};
use crate::{
    hours,
    id::LocationId,
    problem::Problems,
    reference::{self, LocationNode, Reference},
};

/// A place of the centre: where it is, when it is open, how to call.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema, SimpleObject, InputObject)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[graphql(name = "LocationCardBlock", input_name = "LocationCardBlockInput", complex)]
pub struct LocationCard {
    /// Stable within the document.
    pub key: String,
    /// Above the card; may be empty.
    #[serde(default)]
    #[graphql(default)]
    #[schemars(title = "Heading", extend("x-widget" = "line"))]
    pub heading: String,
    /// Which. Address, telephone and hours come from the library.
    #[serde(default)]
    #[graphql(skip_output)]
    #[schemars(title = "Location", extend("x-widget" = "reference", "x-reference" = "location"))]
    pub location: Option<LocationId>,
}

#[ComplexObject]
impl LocationCard {
    /// Which.
    async fn location(&self, ctx: &Context<'_>) -> Result<Option<LocationNode>> {
        let Some(id) = self.location else { return Ok(None) };
        let targets = reference::targets(ctx, &[Reference::Location(id)]).await?;
        Ok(targets.contains(Reference::Location(id)).then_some(LocationNode(id)))
    }

    /// Safe, semantic HTML: a fallback for kinds your front end does not know yet.
    pub async fn html(&self, ctx: &Context<'_>) -> Result<String> {
        html_field(self, ctx).await
    }
}

impl Kind for LocationCard {
    const TITLE: &'static str = "Location";
    const DESCRIPTION: &'static str = "A place of the centre: where it is, when it is open, how to call.";
    const ICON: &'static str = "map-pin";
    const SHOWS_WITHOUT_WORDS: bool = true;

    fn anchor(&self) -> &str {
        &self.key
    }

    fn validate(&self, problems: &mut Problems) {
        problems.optional_text("heading", &self.heading, 160);
        if self.location.is_none() {
            problems.missing("location", "Choose the location.");
        }
    }

    fn references(&self, found: &mut Vec<Reference>) {
        found.extend(self.location.map(Reference::Location));
    }

    fn plain_text(&self) -> String {
        self.heading.clone()
    }

    fn draw(&self, render: &Render<'_>) -> Markup {
        let place = self.location.and_then(|id| render.targets.place(id));
        section(
            &self.key,
            "location",
            &self.heading,
            html! {
                @if let Some(place) = place {
                    div class="card" {
                        p class="name" { (place.link.name) }
                        p { (place.link.address) }
                        @if !place.hours.is_empty() {
                            ul class="hours" {
                                @for line in hours::in_words(&place.hours) { li { (line) } }
                                @for day in &place.special_days { li { (hours::special_in_words(day)) } }
                            }
                            p class="zone" { "Times of " (place.time_zone.replace('_', " ")) }
                        }
                        p class="actions" {
                            @if let Some((number, display)) = &place.phone {
                                a class="button tel" href={ "tel:" (number) } { "Call " (display) }
                            }
                            " " a class="button quiet" href=(place.link.map_url) rel="noopener" { "Find us on a map" }
                        }
                    }
                }
            },
        )
    }
}
