//! What to do now, with numbers that can be dialled.

use async_graphql::{ComplexObject, Context, InputObject, Result, SimpleObject};
use maud::{Markup, html};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Kind, Render, html_field, lines, section};
use crate::{
    id::ContactPointId,
    problem::Problems,
    reference::{self, ContactPointNode, Reference},
    rich_text::RichText,
};

/// What to do in danger. Only emergency and crisis lines belong here, never the centre's own number.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema, SimpleObject, InputObject)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[graphql(name = "EmergencyNoticeBlock", input_name = "EmergencyNoticeBlockInput", complex)]
pub struct EmergencyNotice {
    /// Stable within the document.
    pub key: String,
    /// A few words a frightened reader takes in: "Get help now".
    #[serde(default)]
    #[graphql(default)]
    #[schemars(title = "Heading", extend("x-widget" = "line"))]
    pub heading: String,
    /// The signs of danger and what to do until help comes.
    #[schemars(title = "Text")]
    pub body: RichText,
    /// Whom to call, the most urgent first; at most 4.
    #[schemars(title = "Numbers to call", extend("x-widget" = "list"))]
    pub contacts: Vec<EmergencyContact>,
}

/// A number, and when to call it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, SimpleObject, InputObject)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[graphql(input_name = "EmergencyContactInput", complex)]
pub struct EmergencyContact {
    /// Whom to call.
    #[graphql(skip_output)]
    #[schemars(title = "Number", extend("x-widget" = "reference", "x-reference" = "contactPoint"))]
    pub contact_point: ContactPointId,
    /// The signs that say so: "Trouble breathing, chest pain, or someone who cannot be woken".
    #[schemars(title = "When", extend("x-widget" = "line"))]
    pub when: String,
}

#[ComplexObject]
impl EmergencyContact {
    /// Whom to call.
    async fn contact_point(&self, ctx: &Context<'_>) -> Result<Option<ContactPointNode>> {
        let reference = Reference::ContactPoint(self.contact_point);
        let targets = reference::targets(ctx, &[reference]).await?;
        Ok(targets.contains(reference).then_some(ContactPointNode(self.contact_point)))
    }
}

#[ComplexObject]
impl EmergencyNotice {
    /// Safe, semantic HTML: a fallback for kinds your front end does not know yet.
    pub async fn html(&self, ctx: &Context<'_>) -> Result<String> {
        html_field(self, ctx).await
    }
}

impl Kind for EmergencyNotice {
    const TITLE: &'static str = "Emergency notice";
    const DESCRIPTION: &'static str = "What to do in danger, with numbers that can be dialled.";
    const ICON: &'static str = "urgent";

    fn anchor(&self) -> &str {
        &self.key
    }

    fn validate(&self, problems: &mut Problems) {
        problems.text("heading", &self.heading, 120);
        self.body.validate(problems, "body", false);
        problems.count("contacts", self.contacts.len(), 4);
        problems.within("contacts", |problems| {
            for (place, contact) in self.contacts.iter().enumerate() {
                problems.within(place, |problems| problems.text("when", &contact.when, 200));
            }
        });
    }

    fn references(&self, found: &mut Vec<Reference>) {
        self.body.references(found);
        found.extend(self.contacts.iter().map(|contact| Reference::ContactPoint(contact.contact_point)));
    }

    fn plain_text(&self) -> String {
        let contacts = self.contacts.iter().map(|contact| contact.when.as_str().into());
        lines([self.heading.as_str().into(), self.body.plain_text().into()].into_iter().chain(contacts))
    }

    fn draw(&self, render: &Render<'_>) -> Markup {
        section(
            &self.key,
            "emergency",
            &self.heading,
            html! {
                (self.body.html(render.targets))
                ul class="contacts" {
                    @for contact in &self.contacts {
                        @if let Some(phone) = render.targets.phone(contact.contact_point) {
                            li {
                                a class="tel" href={ "tel:" (phone.number) } { "Call " (phone.display) }
                                " " span { (contact.when) }
                            }
                        }
                    }
                }
            },
        )
    }
}
