//! A picture with what is said below it.

use async_graphql::{ComplexObject, Context, Enum, InputObject, Result, SimpleObject};
use maud::{Markup, html};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Kind, Render, html_field, lines};
use crate::{
    id::MediaId,
    picture::Picture,
    problem::Problems,
    reference::{self, MediaNode, Reference},
    rendition::{Format, Shape},
};

/// A picture of the media library; what it shows is told there for all its uses, and can be told anew for this one.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema, SimpleObject, InputObject)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[graphql(name = "MediaBlock", input_name = "MediaBlockInput", complex)]
pub struct Media {
    /// Stable within the document.
    pub key: String,
    /// Which picture.
    #[serde(default)]
    #[graphql(skip_output)]
    #[schemars(title = "Picture", extend("x-widget" = "media", "x-reference" = "media"))]
    pub media: Option<MediaId>,
    /// What it shows here, for those who do not see it; as the media library says when this is empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    #[graphql(default, skip_output)]
    #[schemars(title = "Alternative text on this page", extend("x-widget" = "line"))]
    pub alt: String,
    /// Below the picture; may be empty.
    #[serde(default)]
    #[graphql(default)]
    #[schemars(title = "Caption", extend("x-widget" = "text"))]
    pub caption: String,
    /// How it stands among the text.
    #[serde(default)]
    #[graphql(default)]
    #[schemars(title = "Position", extend("x-widget" = "select"))]
    pub placing: Placing,
    /// Which part of it is shown.
    #[serde(default)]
    #[graphql(default)]
    #[schemars(title = "Shape", extend("x-widget" = "select"))]
    pub shape: Shape,
}

/// How a picture stands among the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, Enum)]
#[graphql(name = "MediaPlacing")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Placing {
    /// As wide as the text.
    #[default]
    Column,
    /// Wider than the text.
    Wide,
    /// At the left, the text beside it.
    Left,
    /// At the right, the text beside it.
    Right,
}

#[ComplexObject]
impl Media {
    /// Which picture; null when it was removed from the library.
    async fn media(&self, ctx: &Context<'_>) -> Result<Option<MediaNode>> {
        let Some(id) = self.media else { return Ok(None) };
        let targets = reference::targets(ctx, &[Reference::Media(id)]).await?;
        Ok(targets.contains(Reference::Media(id)).then_some(MediaNode(id)))
    }

    /// What it shows here, for the `alt` of an `<img>`: the words of this page, or else the media library's; empty when it
    /// only decorates.
    async fn alt(&self, ctx: &Context<'_>) -> Result<String> {
        Ok(self.picture(ctx).await?.map(|picture| self.alt_of(&picture).to_owned()).unwrap_or_default())
    }

    /// Where the part of it that is shown here is in a width; null when it was removed from the library.
    async fn url(
        &self,
        ctx: &Context<'_>,
        #[graphql(default = 1280, desc = "How wide, in pixels.")] width: i32,
        #[graphql(default_with = "Format::Jpeg", desc = "How it is encoded.")] format: Format,
        #[graphql(default, desc = "With scheme and host, for a front end elsewhere.")] absolute: bool,
    ) -> Result<Option<String>> {
        let width = u32::try_from(width).unwrap_or(0);
        let url = self.picture(ctx).await?.map(|picture| picture.url(width, self.shape, format));
        url.map(|url| reference::addressed(ctx, absolute, url)).transpose()
    }

    /// Every width there is of that part, for `srcset`; null when it was removed from the library.
    async fn srcset(
        &self,
        ctx: &Context<'_>,
        #[graphql(default_with = "Format::Jpeg", desc = "How it is encoded.")] format: Format,
        #[graphql(default, desc = "With scheme and host, for a front end elsewhere.")] absolute: bool,
    ) -> Result<Option<String>> {
        let srcset = self.picture(ctx).await?.map(|picture| picture.srcset(self.shape, format));
        srcset.map(|srcset| reference::addressed(ctx, absolute, srcset)).transpose()
    }

    /// How wide that part is before it is scaled down, in pixels: the `width` of an `<img>`.
    async fn width(&self, ctx: &Context<'_>) -> Result<Option<u32>> {
        Ok(self.picture(ctx).await?.map(|picture| picture.size(self.shape).0))
    }

    /// How high that part is before it is scaled down, in pixels: the `height` of an `<img>`.
    async fn height(&self, ctx: &Context<'_>) -> Result<Option<u32>> {
        Ok(self.picture(ctx).await?.map(|picture| picture.size(self.shape).1))
    }

    /// Safe, semantic HTML: a fallback for kinds your front end does not know yet.
    pub async fn html(&self, ctx: &Context<'_>) -> Result<String> {
        html_field(self, ctx).await
    }
}

impl Media {
    async fn picture(&self, ctx: &Context<'_>) -> Result<Option<Picture>> {
        let wanted: Vec<_> = self.media.map(Reference::Media).into_iter().collect();
        let targets = reference::targets(ctx, &wanted).await?;
        Ok(self.media.and_then(|id| targets.picture(id)).cloned())
    }

    fn alt_of<'a>(&'a self, picture: &'a Picture) -> &'a str {
        if self.alt.trim().is_empty() { &picture.alt } else { &self.alt }
    }
}

impl Placing {
    /// What its figure is called in a style sheet, and how wide it stands in a page.
    const fn drawn(self) -> (&'static str, &'static str) {
        match self {
            Self::Column => ("column", "(max-width: 760px) calc(100vw - 48px), 700px"),
            Self::Wide => ("wide", "(max-width: 1040px) 100vw, 1040px"),
            Self::Left => ("left", "(max-width: 600px) calc(100vw - 48px), 320px"),
            Self::Right => ("right", "(max-width: 600px) calc(100vw - 48px), 320px"),
        }
    }
}

impl Kind for Media {
    const TITLE: &'static str = "Picture";
    const DESCRIPTION: &'static str = "A picture of the media library, with a caption.";
    const ICON: &'static str = "photo";
    const SHOWS_WITHOUT_WORDS: bool = true;

    fn anchor(&self) -> &str {
        &self.key
    }

    fn validate(&self, problems: &mut Problems) {
        if self.media.is_none() {
            problems.missing("media", "Choose the picture.");
        }
        problems.optional_text("alt", &self.alt, 300);
        problems.optional_text("caption", &self.caption, 300);
    }

    fn references(&self, found: &mut Vec<Reference>) {
        found.extend(self.media.map(Reference::Media));
    }

    fn plain_text(&self) -> String {
        lines([self.caption.as_str().into()])
    }

    fn draw(&self, render: &Render<'_>) -> Markup {
        let picture = self.media.and_then(|id| render.targets.picture(id));
        let credit = picture.map_or("", |picture| picture.credit.as_str());
        let (name, sizes) = self.placing.drawn();
        html! {
            @if picture.is_some() || !self.caption.trim().is_empty() {
                figure id=(self.key) class={ "block block-media " (name) } {
                    @if let Some(picture) = picture { (picture.draw(self.shape, sizes, self.alt_of(picture))) }
                    @if !self.caption.is_empty() || !credit.is_empty() {
                        figcaption {
                            (self.caption)
                            @if !credit.is_empty() { " " small class="credit" { (credit) } }
                        }
                    }
                }
            }
        }
    }
}
