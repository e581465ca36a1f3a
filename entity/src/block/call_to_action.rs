//! The next step: call, come, write, or read on.

use async_graphql::{ComplexObject, Context, InputObject, Result, SimpleObject};
use maud::{Markup, html};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Kind, Render, html_field, lines, section};
use crate::{
    date::Date,
    id::{ContactPointId, LocationId},
    problem::{ProblemCode, Problems},
    reference::{self, ContactPointNode, LinkTarget, LocationNode, Reference, Targets},
    rich_text::{Link, LinkTo, RichText},
};

/// The next step: call, come, write, or read on. Its promise can expire.
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
    /// A page or therapy to read on, or an address outside.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[graphql(skip_output)]
    #[schemars(title = "Link", extend("x-widget" = "link", "x-reference" = "page therapy"))]
    pub link: Option<LinkTo>,
    /// What the link says; the title of what it leads to when this is empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    #[graphql(default, skip_output)]
    #[schemars(title = "Words of the link", extend("x-widget" = "line"))]
    pub link_label: String,
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

    /// Where to read on, with the words of the link; null when there is none or it leads to nothing public.
    async fn link(&self, ctx: &Context<'_>) -> Result<Option<Link>> {
        let wanted: Vec<_> = self.link.iter().filter_map(LinkTo::reference).collect();
        Ok(self.reading_on(&reference::targets(ctx, &wanted).await?))
    }

    /// Safe, semantic HTML: a fallback for kinds your front end does not know yet.
    pub async fn html(&self, ctx: &Context<'_>) -> Result<String> {
        html_field(self, ctx).await
    }
}

impl CallToAction {
    /// The link with its words, where it leads somewhere.
    fn reading_on(&self, targets: &Targets) -> Option<Link> {
        let target = match self.link.as_ref()?.resolve(targets) {
            LinkTarget::Unavailable(_) => return None,
            target => target,
        };
        let text = match (self.link_label.trim(), &target) {
            ("", LinkTarget::Entry(entry)) => entry.title.clone(),
            ("", LinkTarget::External(external)) => external.href.clone(),
            (label, _) => label.to_owned(),
        };
        Some(Link { text, target })
    }
}

impl Kind for CallToAction {
    const TITLE: &'static str = "Call to action";
    const DESCRIPTION: &'static str = "The next step: call, come, write, or read on.";
    const ICON: &'static str = "phone";

    fn anchor(&self) -> &str {
        &self.key
    }

    fn validate(&self, problems: &mut Problems) {
        problems.text("heading", &self.heading, 160);
        self.body.validate(problems, "body", false);
        if self.contact_point.is_none() && self.location.is_none() && !self.form_link && self.link.is_none() {
            problems.missing("contactPoint", "Offer a way: a telephone, a location, the form or a link.");
        }
        problems.optional_text("linkLabel", &self.link_label, 80);
        match &self.link {
            None | Some(LinkTo::Page(_) | LinkTo::Therapy(_)) => {}
            Some(outside @ (LinkTo::Url(_) | LinkTo::Mailto(_))) => {
                problems.within("link", |problems| outside.validate(problems));
                if self.link_label.trim().is_empty() {
                    problems.missing("linkLabel", "Say what the link says.");
                }
            }
            Some(LinkTo::ContactPoint(_) | LinkTo::Location(_)) => {
                let message =
                    "Link to a page, a therapy or an address outside; telephone and place have their own fields.";
                problems.add("link", ProblemCode::Invalid, message);
            }
        }
    }

    fn references(&self, found: &mut Vec<Reference>) {
        self.body.references(found);
        found.extend(self.contact_point.map(Reference::ContactPoint));
        found.extend(self.location.map(Reference::Location));
        found.extend(self.link.as_ref().and_then(LinkTo::reference));
    }

    fn plain_text(&self) -> String {
        lines([self.heading.as_str().into(), self.body.plain_text().into(), self.link_label.as_str().into()])
    }

    fn draw(&self, render: &Render<'_>) -> Markup {
        let phone = self.contact_point.and_then(|id| render.targets.phone(id));
        let location = self.location.and_then(|id| render.targets.location(id));
        let link = self.reading_on(render.targets).and_then(|link| link.target.href().map(|href| (link, href)));
        let outside = matches!(self.link, Some(LinkTo::Url(_))).then_some("noopener");
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
                    @if let Some((link, href)) = link {
                        " " a class="button quiet" href=(href) rel=[outside] { (link.text) }
                    }
                    @if let Some(location) = location {
                        " " a class="button quiet" href=(location.map_url) rel="noopener" { "Find us: " (location.name) }
                    }
                }
            },
        )
    }
}
