//! What is thrown away goes for good after a while: pictures in the trash, and bytes that no picture has any more.

use std::collections::HashSet;

use chrono::{DateTime, TimeDelta, Utc};
use entity::media;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};

use super::{Pictures, file::has_file};
use crate::{db::Db, error::Result};

/// Days that something stays in the trash before it is gone for good.
pub const TRASH_DAYS: i64 = 30;

/// Removes for good the pictures that have been in the trash for [`TRASH_DAYS`] at `now`, with their bytes. Answers how
/// many.
pub async fn empty_trash(db: &Db, pictures: &Pictures, now: DateTime<Utc>) -> Result<usize> {
    let old = media::Entity::find()
        .filter(media::Column::TrashedAt.lt(now - TimeDelta::days(TRASH_DAYS)))
        .all(db.reader())
        .await?;
    let mut removed = 0;
    for picture in old {
        let mut row = media::Entity::delete_many().filter(media::Column::Id.eq(picture.id));
        // Somebody may have put it back meanwhile.
        row = row.filter(media::Column::Version.eq(picture.version));
        if row.exec(db.writer()).await?.rows_affected == 0 {
            continue;
        }
        if !has_file(db.reader(), &picture.sha256).await? {
            pictures.forget(&picture.sha256).await?;
        }
        tracing::info!(picture = %picture.id, "removed what was in the trash");
        removed += 1;
    }
    Ok(removed)
}

/// Removes bytes that no picture has had for [`TRASH_DAYS`] at `now`: of files that were replaced, and of those whose row
/// never came. What was made of them stays that long for pages that were built with it. Answers how many.
pub async fn sweep(db: &Db, pictures: &Pictures, now: DateTime<Utc>) -> Result<usize> {
    let hashes: Vec<Vec<u8>> =
        media::Entity::find().select_only().column(media::Column::Sha256).into_tuple().all(db.reader()).await?;
    let mut removed = 0;
    for hash in pictures.strangers(&hashes.into_iter().collect::<HashSet<_>>()).await? {
        match pictures.unused_since(&hash).await? {
            None => pictures.mark_unused(&hash).await?,
            Some(since) if since < now - TimeDelta::days(TRASH_DAYS) && !has_file(db.reader(), &hash).await? => {
                pictures.forget(&hash).await?;
                removed += 1;
            }
            Some(_) => {}
        }
    }
    Ok(removed)
}
