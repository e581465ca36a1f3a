//! The content's generation: a number that every change the public can see raises. Caches are keyed by it.

use chrono::{DateTime, Utc};
use entity::setting;
use sea_orm::{
    ActiveValue::Set,
    ConnectionTrait, DbBackend, EntityTrait,
    sea_query::{Expr, OnConflict},
};

use crate::error::Result;

const KEY: &str = "content_generation";

/// The present generation; 0 before anything was published.
pub async fn generation(db: &impl ConnectionTrait) -> Result<u64> {
    let row = setting::Entity::find_by_id(KEY).one(db).await?;
    Ok(row.and_then(|row| row.value.as_u64()).unwrap_or(0))
}

/// Raises the generation within the caller's transaction, in one statement: of two that do so at once, the other waits.
pub async fn bump_generation(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<()> {
    let next = match db.get_database_backend() {
        DbBackend::Postgres => "to_jsonb(CAST(CAST(setting.value AS TEXT) AS BIGINT) + 1)",
        _ => "CAST(CAST(setting.value AS INTEGER) + 1 AS TEXT)",
    };
    let first = setting::ActiveModel { key: Set(KEY.to_owned()), value: Set(1.into()), updated_at: Set(now) };
    let raise = OnConflict::column(setting::Column::Key)
        .value(setting::Column::Value, Expr::cust(next))
        .update_column(setting::Column::UpdatedAt)
        .to_owned();
    setting::Entity::insert(first).on_conflict(raise).exec_without_returning(db).await?;
    Ok(())
}
