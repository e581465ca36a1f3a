//! What a visitor may ask of a picture.

use async_graphql::{Context, ID, Object, Result, dataloader::DataLoader};
use entity::{id::MediaId, media};

use super::{MediaLoader, path_of};

/// A picture.
pub struct Media(pub media::Model);

/// A picture.
#[Object]
impl Media {
    /// Opaque and stable.
    pub async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// Where it is on this server: `/media/med_01h…`. What is there never changes.
    async fn path(&self) -> String {
        path_of(&self.0)
    }

    /// For those who do not see it; empty when it only decorates.
    async fn alt(&self) -> &str {
        &self.0.alt
    }

    /// `image/png`, `image/jpeg`, `image/webp` or `image/avif`.
    async fn mime_type(&self) -> &str {
        &self.0.mime_type
    }

    /// In pixels.
    async fn width(&self) -> Option<i32> {
        self.0.width
    }

    /// In pixels.
    async fn height(&self) -> Option<i32> {
        self.0.height
    }

    /// In bytes; at most 20 MiB.
    async fn byte_size(&self) -> i32 {
        i32::try_from(self.0.byte_size).unwrap_or(i32::MAX)
    }
}

/// The picture of that id.
pub async fn load_media(ctx: &Context<'_>, id: Option<MediaId>) -> Result<Option<Media>> {
    match id {
        Some(id) => Ok(ctx.data::<DataLoader<MediaLoader>>()?.load_one(id).await?.map(Media)),
        None => Ok(None),
    }
}
