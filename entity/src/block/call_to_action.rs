//! The next step: call, come, or write.

use async_graphql::{ComplexObject, Context, InputObject, Result, SimpleObject};
use maud::{Markup, html};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Kind, Render, html_field, lines, section};
use crate::{
    date::Date,
    id::{ContactPointId, LocationId},
    problem::Problems,
    reference::{self, ContactPointNode, LocationNode, Reference},
    rich_text::RichText,
};

/// The next step: call, come, or write. Its promise can expire.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema, SimpleObject, InputObject)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[graphql(name = "CallToActionBlock", input_name = "CallToActionBlockInput", complex)]
pub struct CallToAction {
    /// Stable within the document.
    pub key: String,
    /// The offer in a few words.
    #[serde(default)]
    #[graphql(default)]
    #[schemars(title = "Heading", extend("x-widget" = "line"))]
    pub heading: String,
    /// What happens when somebody gets in touch.
    #[schemars(title = "Text")]
    pub body: RichText,
    /// The number to call.
    #[serde(default)]
    #[graphql(skip_output)]
    #[schemars(title = "Telephone", extend("x-widget" = "reference", "x-reference" = "contactPoint"))]
    pub contact_point: Option<ContactPointId>,
    /// The place to come to; shows its map.
    #[serde(default)]
    #[graphql(skip_output)]
    #[schemars(title = "Location", extend("x-widget" = "reference", "x-reference" = "location"))]
    pub location: Option<LocationId>,
    /// Offer a link to the form on the same page.
    #[serde(default)]
    #[graphql(default)]
    #[schemars(title = "Link to the form", extend("x-widget" = "switch"))]
    pub form_link: bool,
    /// The last day the offer holds ("same-day admissions"); look at it again by then.
    #[serde(default)]
    #[schemars(title = "Check again by", extend("x-widget" = "date"))]
    pub valid_until: Option<Date>,
}

#[ComplexObject]
impl CallToAction {
    /// The number to call.
    async fn contact_point(&self, ctx: &Context<'_>) -> Result<Option<ContactPointNode>> {
        let Some(id) = self.contact_point else {
            return Ok(None);
        };
        let targets = reference::targets(ctx, &[Reference::ContactPoint(id)]).await?;
        Ok(targets.contains(Reference::ContactPoint(id)).then_some(ContactPointNode(id)))
    }

    /// The place to come to.
    async fn location(&self, ctx: &Context<'_>) -> Result<Option<LocationNode>> {
        let Some(id) = self.location else {
            return Ok(None);
        };
        let targets = reference::targets(ctx, &[Reference::Location(id)]).await?;
        Ok(targets.contains(Reference::Location(id)).then_some(LocationNode(id)))
    }

    /// Safe, semantic HTML: a fallback for kinds your front end does not know yet.
    pub async fn html(&self, ctx: &Context<'_>) -> Result<String> {
        html_field(self, ctx).await
    }
}

impl Kind for CallToAction {
    const TITLE: &'static str = "Call to action";
    const DESCRIPTION: &'static str = "The next step: call, come, or write.";
    const ICON: &'static str = "phone";

    fn anchor(&self) -> &str {
        &self.key
    }

    fn validate(&self, problems: &mut Problems) {
        problems.text("heading", &self.heading, 160);
        self.body.validate(problems, "body", false);
        if self.contact_point.is_none() && self.location.is_none() && !self.form_link {
            problems.missing("contactPoint", "Offer a way: a telephone, a location or the form.");
        }
    }

    fn references(&self, found: &mut Vec<Reference>) {
        self.body.references(found);
        found.extend(self.contact_point.map(Reference::ContactPoint));
        found.extend(self.location.map(Reference::Location));
    }

    fn plain_text(&self) -> String {
        lines([self.heading.as_str().into(), self.body.plain_text().into()])
    }

    fn draw(&self, render: &Render<'_>) -> Markup {
        let phone = self.contact_point.and_then(|id| render.targets.phone(id));
        let location = self.location.and_then(|id| render.targets.location(id));
        section(
            &self.key,
            "cta",
            &self.heading,
            html! {
                (self.body.html(render.targets))
                p class="actions" {
                    @if let Some(phone) = phone {
                        a class="button tel" href={ "tel:" (phone.number) } { "Call " (phone.display) }
                    }
                    @if let Some(form) = render.form_anchor.filter(|_| self.form_link) {
                        " " a class="button quiet" href={ "#" (form) } { "Write in confidence" }
                    }
                    @if let Some(location) = location {
                        " " a class="button quiet" href=(location.map_url) rel="noopener" { "Find us: " (location.name) }
                    }
                }
            },
        )
    }
}
