//! What a visitor may ask of a picture.

use async_graphql::{Context, ID, Object, Result};
use entity::{
    id::MediaId,
    media,
    picture::Picture,
    reference::addressed,
    rendition::{FocalPoint, Format, Shape},
};

use super::MediaLoader;
use crate::published::Lookup;

/// A picture.
pub struct Media {
    row: media::Model,
    picture: Picture,
}

impl From<media::Model> for Media {
    fn from(row: media::Model) -> Self {
        Self { picture: Picture::from(&row), row }
    }
}

/// A picture. Its addresses are of this server, and what is at one never changes: when the picture is replaced or its
/// focal point moves, the address is another.
#[Object]
impl Media {
    /// Opaque and stable.
    pub async fn id(&self) -> ID {
        self.row.id.to_string().into()
    }

    /// Where it is as it is stored, in its full size: `/media/4f2c…`.
    async fn path(&self) -> String {
        self.picture.path()
    }

    /// Where it is in a width: `/media/4f2c…/640.avif`. There are 160, 320, 640, 960, 1280, 1920 and 2560 pixels; what
    /// lies between is rounded up, and a smaller picture stays as it is.
    async fn url(
        &self,
        ctx: &Context<'_>,
        #[graphql(default = 1280, desc = "How wide, in pixels.")] width: i32,
        #[graphql(default_with = "Shape::Whole", desc = "Which part of it.")] shape: Shape,
        #[graphql(default_with = "Format::Jpeg", desc = "How it is encoded.")] format: Format,
        #[graphql(default, desc = "With scheme and host, for a front end elsewhere.")] absolute: bool,
    ) -> Result<String> {
        addressed(ctx, absolute, self.picture.url(u32::try_from(width).unwrap_or(0), shape, format))
    }

    /// Every width there is of it, for `srcset`: `/media/4f2c…/320.avif 320w, …`.
    async fn srcset(
        &self,
        ctx: &Context<'_>,
        #[graphql(default_with = "Shape::Whole", desc = "Which part of it.")] shape: Shape,
        #[graphql(default_with = "Format::Jpeg", desc = "How it is encoded.")] format: Format,
        #[graphql(default, desc = "With scheme and host, for a front end elsewhere.")] absolute: bool,
    ) -> Result<String> {
        addressed(ctx, absolute, self.picture.srcset(shape, format))
    }

    /// For those who do not see it; empty when it only decorates.
    async fn alt(&self) -> &str {
        &self.picture.alt
    }

    /// Who made it, as it is to be said; may be empty.
    async fn credit(&self) -> &str {
        &self.picture.credit
    }

    /// What must stay in view when it is cropped; the shapes of `url` keep it by themselves.
    async fn focal_point(&self) -> FocalPoint {
        self.picture.focal
    }

    /// A few colours to show until it is there (blurha.sh); null where there are none.
    async fn blurhash(&self) -> Option<&str> {
        Some(self.row.blurhash.as_str()).filter(|hash| !hash.is_empty())
    }

    /// Of what is stored: `image/png`, `image/jpeg` or `image/webp`.
    async fn mime_type(&self) -> &str {
        &self.row.mime_type
    }

    /// Of what is stored, in pixels.
    async fn width(&self) -> Option<i32> {
        self.row.width
    }

    /// Of what is stored, in pixels.
    async fn height(&self) -> Option<i32> {
        self.row.height
    }

    /// Of what is stored.
    async fn byte_size(&self) -> i32 {
        i32::try_from(self.row.byte_size).unwrap_or(i32::MAX)
    }
}

/// The picture of that id.
pub async fn load_media(ctx: &Context<'_>, id: Option<MediaId>) -> Result<Option<Media>> {
    match id {
        Some(id) => Ok(Lookup::<MediaLoader>::of(ctx).load_one(id).await?.map(Media::from)),
        None => Ok(None),
    }
}
