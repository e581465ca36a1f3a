//! The verbs on a file.

use std::collections::HashMap;

use async_graphql::dataloader::Loader;
use chrono::{DateTime, Utc};
use entity::{
    id::MediaId,
    media,
    problem::{ProblemCode, Problems, Stage},
};
use imagesize::ImageType;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseConnection, EntityTrait, QueryFilter,
};

use super::Store;
use crate::{
    error::{Error, Result, refuse_if_any},
    identity::{Actor, Permission},
};

const MOST_BYTES: usize = 20 * 1024 * 1024;

/// Keeps a picture, recognised by its bytes and not by its name. The same bytes are kept once.
///
/// Fails with problems at `file` (too large, no PNG, JPEG, WebP or AVIF), `fileName` and `alt`.
pub async fn create(
    db: &impl ConnectionTrait,
    store: &Store,
    actor: Actor,
    file_name: &str,
    bytes: Vec<u8>,
    alt: &str,
    now: DateTime<Utc>,
) -> Result<media::Model> {
    actor.require(Permission::WriteContent)?;

    let mut problems = Problems::new(Stage::Publish);
    problems.text("fileName", file_name, 200);
    problems.optional_text("alt", alt, 400);
    if bytes.len() > MOST_BYTES {
        problems.add("file", ProblemCode::TooLarge, "Keep a picture to 20 MiB.");
    }
    let Some(mime_type) = mime_type(&bytes) else {
        problems.add("file", ProblemCode::Invalid, "Choose a PNG, JPEG, WebP or AVIF picture.");
        return Err(Error::Problems(problems.into_vec()));
    };
    refuse_if_any(problems)?;

    let size = imagesize::blob_size(&bytes).ok();
    let pixels =
        |side: fn(&imagesize::ImageSize) -> usize| size.as_ref().and_then(|size| i32::try_from(side(size)).ok());
    let (width, height) = (pixels(|size| size.width), pixels(|size| size.height));
    let byte_size = i64::try_from(bytes.len()).map_err(Error::internal)?;
    let sha256 = store.put(bytes).await.map_err(Error::internal)?.to_vec();
    if let Some(known) = media::Entity::find().filter(media::Column::Sha256.eq(sha256.clone())).one(db).await? {
        return Ok(known);
    }
    let row = media::ActiveModel {
        id: Set(MediaId::new()),
        file_name: Set(file_name.trim().to_owned()),
        mime_type: Set(mime_type.to_owned()),
        byte_size: Set(byte_size),
        width: Set(width),
        height: Set(height),
        alt: Set(alt.trim().to_owned()),
        sha256: Set(sha256),
        created_at: Set(now),
        created_by: Set(actor.user_id()),
    };
    Ok(row.insert(db).await?)
}

/// The file of that id.
pub async fn find(db: &impl ConnectionTrait, id: MediaId) -> Result<Option<media::Model>> {
    Ok(media::Entity::find_by_id(id).one(db).await?)
}

/// Where a file is served: `/media/med_01h…`. Its bytes never change there.
pub fn path_of(file: &media::Model) -> String {
    format!("/media/{}", file.id)
}

fn mime_type(bytes: &[u8]) -> Option<&'static str> {
    match imagesize::image_type(bytes).ok()? {
        ImageType::Png => Some("image/png"),
        ImageType::Jpeg => Some("image/jpeg"),
        ImageType::Webp => Some("image/webp"),
        ImageType::Heif(imagesize::Compression::Av1) => Some("image/avif"),
        _ => None,
    }
}

/// Batches a request's look-ups of files.
pub struct MediaLoader(pub DatabaseConnection);

impl Loader<MediaId> for MediaLoader {
    type Value = media::Model;
    type Error = std::sync::Arc<Error>;

    async fn load(&self, ids: &[MediaId]) -> Result<HashMap<MediaId, media::Model>, Self::Error> {
        let found = media::Entity::find().filter(media::Column::Id.is_in(ids.iter().copied())).all(&self.0).await;
        let found = found.map_err(|cause| std::sync::Arc::new(Error::from(cause)))?;
        Ok(found.into_iter().map(|file| (file.id, file)).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_known_by_its_bytes() {
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x02\0\0\0\x03\x08\x06\0\0\0";
        assert_eq!(mime_type(png), Some("image/png"));
        assert_eq!(mime_type(b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0"), Some("image/jpeg"));
        assert_eq!(mime_type(b"RIFF\x24\0\0\0WEBPVP8 "), Some("image/webp"));
        for other in
            [b"<svg xmlns='http://www.w3.org/2000/svg'/>".as_slice(), b"<!doctype html>", b"GIF89a", b"", b"%PDF-1.7"]
        {
            assert_eq!(mime_type(other), None, "{other:?}");
        }
    }
}
