//! A text as the API takes and gives it, and as the editor's forms know it.

use std::borrow::Cow;

use async_graphql::{Context, InputType, InputValueError, InputValueResult, Object, SimpleObject, Value, registry};
use schemars::JsonSchema;
use serde_json::json;

use super::{Inline, LinkTo, Mark, RichText};
use crate::reference::{self, LinkTarget, Targets};

/// A text with paragraphs, lists, emphasis and links.
#[Object]
impl RichText {
    /// The tree itself: nodes and marks with links by id, for a renderer of your own.
    async fn json(&self) -> async_graphql::Result<async_graphql::Json<serde_json::Value>> {
        Ok(async_graphql::Json(serde_json::to_value(self)?))
    }

    /// Safe, semantic HTML with the links resolved.
    #[graphql(name = "html")]
    async fn html_field(&self, ctx: &Context<'_>) -> async_graphql::Result<String> {
        Ok(self.html(&self.targets(ctx).await?).into_string())
    }

    /// The words alone, a line a paragraph, with telephone numbers and people's names in their places.
    async fn text(&self, ctx: &Context<'_>) -> async_graphql::Result<String> {
        let mut named = Vec::new();
        self.each_inline(&mut |inline| named.extend(inline.named()));
        Ok(self.read_with(&reference::targets(ctx, &named).await?))
    }

    /// Every link in it, in reading order.
    async fn links(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<Link>> {
        let targets = self.targets(ctx).await?;
        let mut links = Vec::new();
        self.each_inline(&mut |inline| match inline {
            Inline::Text { text, marks } => {
                for mark in marks {
                    if let Mark::Link { attrs } = mark {
                        links.push(Link { text: text.clone(), target: attrs.to.resolve(&targets) });
                    }
                }
            }
            Inline::Phone { attrs } => {
                let to = LinkTo::ContactPoint(attrs.contact_point);
                let text = targets.phone(attrs.contact_point).map(|phone| phone.display.clone()).unwrap_or_default();
                links.push(Link { text, target: to.resolve(&targets) });
            }
            Inline::Person { .. } | Inline::HardBreak => {}
        });
        Ok(links)
    }
}

impl RichText {
    /// What a reader of the schema that `ctx` runs in may see of everything it points at.
    async fn targets(&self, ctx: &Context<'_>) -> async_graphql::Result<Targets> {
        let mut wanted = Vec::new();
        self.references(&mut wanted);
        reference::targets(ctx, &wanted).await
    }
}

/// Words that lead somewhere.
#[derive(SimpleObject)]
pub struct Link {
    /// The words that carry it.
    pub text: String,
    /// Where it leads.
    pub target: LinkTarget,
}

impl InputType for RichText {
    type RawValueType = Self;

    fn type_name() -> Cow<'static, str> {
        "RichTextDocument".into()
    }

    fn create_type_info(registry: &mut registry::Registry) -> String {
        registry.create_input_type::<Self, _>(registry::MetaTypeId::Scalar, |_| registry::MetaType::Scalar {
            name: <Self as InputType>::type_name().into_owned(),
            description: Some(
                "A rich text as JSON: `{\"type\": \"doc\", \"v\": 1, \"content\": [...]}`. Nodes: paragraph, heading (level 3 or 4), \
                 bulletList, orderedList, listItem, hardBreak, text, phone (with `attrs.contactPoint`), person (with `attrs.person`). \
                 Marks: strong, em, link with `attrs.to` naming one of page, therapy, location, contactPoint (ids), url (https) \
                 or mailto. Anything else is refused."
                    .into(),
            ),
            is_valid: None,
            visible: None,
            inaccessible: false,
            tags: Vec::new(),
            specified_by_url: None,
            directive_invocations: Vec::new(),
            requires_scopes: Vec::new(),
        })
    }

    fn parse(value: Option<Value>) -> InputValueResult<Self> {
        let json = value.unwrap_or_default().into_json().map_err(InputValueError::custom)?;
        serde_json::from_value(json).map_err(|cause| InputValueError::custom(format!("not a rich text: {cause}")))
    }

    fn to_value(&self) -> Value {
        serde_json::to_value(self).ok().and_then(|json| Value::from_json(json).ok()).unwrap_or_default()
    }

    fn as_raw_value(&self) -> Option<&Self> {
        Some(self)
    }
}

impl JsonSchema for RichText {
    fn schema_name() -> Cow<'static, str> {
        "RichText".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "object", "x-widget": "richText", "default": json!({ "type": "doc", "v": 1, "content": [] }) })
    }
}
