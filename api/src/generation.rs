//! The content's generation: a number that every change the public can see raises. Caches are keyed by it.

use std::{
    future::Future,
    sync::{
        Arc, LazyLock, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use chrono::{DateTime, Utc};
use entity::setting;
use sea_orm::{
    ActiveValue::Set,
    ConnectionTrait, DatabaseConnection, DbBackend, EntityTrait,
    sea_query::{Expr, OnConflict},
};

use crate::error::Result;

const KEY: &str = "content_generation";
/// How long a change takes from raising the generation to the end of its transaction, at the most; of one that takes longer
/// is known when [`Known::follow`] looks next.
const SETTLES_WITHIN: Duration = Duration::from_secs(5);
/// How soon what other servers published is known here.
const BETWEEN_LOOKS: Duration = Duration::from_millis(250);

/// When this process last began to raise the generation, in whichever database.
static RAISING: LazyLock<Mutex<Option<Instant>>> = LazyLock::new(Mutex::default);

/// The generation as this server knows it, without asking the database for each answer.
///
/// While a change of this process may be under way the database is asked, so whoever publishes here reads here what they
/// published; what other servers publish is known when [`Known::follow`] looks next.
#[derive(Clone, Debug)]
pub struct Known {
    db: DatabaseConnection,
    /// The generation and one; 0 before it was asked for.
    present: Arc<AtomicU64>,
}

impl Known {
    /// Of the database behind `db`.
    pub fn new(db: DatabaseConnection) -> Self {
        Self { db, present: Arc::default() }
    }

    /// The present generation; nothing where the database does not answer.
    pub async fn get(&self) -> Option<u64> {
        let known = self.present.load(Ordering::Acquire);
        let raising = *RAISING.lock().unwrap_or_else(PoisonError::into_inner);
        if known == 0 || raising.is_some_and(|began| began.elapsed() < SETTLES_WITHIN) {
            return self.look().await;
        }
        Some(known - 1)
    }

    /// Looks a few times each second what others published, until `shutdown` resolves.
    pub async fn follow(self, shutdown: impl Future<Output = ()>) {
        tokio::pin!(shutdown);
        loop {
            self.look().await;
            tokio::select! {
                () = &mut shutdown => return,
                () = tokio::time::sleep(BETWEEN_LOOKS) => {}
            }
        }
    }

    async fn look(&self) -> Option<u64> {
        match generation(&self.db).await {
            Ok(present) => {
                // Two may look at once; the newer one counts.
                self.present.fetch_max(present + 1, Ordering::AcqRel);
                Some(present)
            }
            Err(cause) => {
                tracing::debug!(error = ?cause, "the content's generation could not be read");
                None
            }
        }
    }
}

/// The present generation; 0 before anything was published.
pub async fn generation(db: &impl ConnectionTrait) -> Result<u64> {
    let row = setting::Entity::find_by_id(KEY).one(db).await?;
    Ok(row.and_then(|row| row.value.as_u64()).unwrap_or(0))
}

/// Raises the generation within the caller's transaction, in one statement: of two that do so at once, the other waits.
pub async fn bump_generation(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<()> {
    *RAISING.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
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
