//! The content's generation: a number that every change the public can see raises. Caches are keyed by it.

use chrono::{DateTime, Utc};
use entity::setting;
use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait, sea_query::OnConflict};

use crate::error::Result;

const KEY: &str = "content_generation";

/// The present generation; 0 before anything was published.
pub async fn generation(db: &impl ConnectionTrait) -> Result<u64> {
    let row = setting::Entity::find_by_id(KEY).one(db).await?;
    Ok(row.and_then(|row| row.value.as_u64()).unwrap_or(0))
}

/// Raises the generation within the caller's transaction.
pub async fn bump_generation(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<()> {
    let next = generation(db).await? + 1;
    let row = setting::ActiveModel { key: Set(KEY.to_owned()), value: Set(next.into()), updated_at: Set(now) };
    let replace = OnConflict::column(setting::Column::Key)
        .update_columns([setting::Column::Value, setting::Column::UpdatedAt])
        .to_owned();
    setting::Entity::insert(row).on_conflict(replace).exec_without_returning(db).await?;
    Ok(())
}
