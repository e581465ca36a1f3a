//! The content's generation: a number that every change the public can see raises. Caches are keyed by it.

use std::{
    fmt::Display,
    future::Future,
    sync::{
        Arc, LazyLock,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use chrono::{DateTime, Utc};
use entity::{content_change, id::ContentChangeId, setting};
use moka::future::Cache;
use sea_orm::{
    ActiveValue::Set,
    ConnectionTrait, DatabaseConnection, DbBackend, EntityTrait,
    sea_query::{Expr, OnConflict},
};

use serde::{Deserialize, Serialize};

use crate::{
    db,
    error::{Error, Result},
};

const KEY: &str = "content_generation";
/// On which PostgreSQL tells servers that the generation was raised.
const CHANNEL: &str = "hillside_generation";
/// How long a change takes from raising the generation to the end of its transaction, at the most; of one that takes longer
/// is known when [`Known::follow`] looks next.
const SETTLES_WITHIN: Duration = Duration::from_secs(5);
/// How soon what other servers published is known here.
const BETWEEN_LOOKS: Duration = Duration::from_millis(250);

/// When this process last began to raise the generation, in whichever database: in milliseconds since it first looked, and
/// one; 0 before it ever did.
static RAISING: AtomicU64 = AtomicU64::new(0);
static START: LazyLock<Instant> = LazyLock::new(Instant::now);

/// The generation as this server knows it, without asking the database for each answer.
///
/// While a change of this process may be under way the database is asked, so whoever publishes here reads here what they
/// published; what other servers publish is known when [`Known::follow`] looks next.
#[derive(Clone, Debug)]
pub struct Known {
    db: DatabaseConnection,
    /// The generation and one; 0 before it was asked for.
    present: Arc<AtomicU64>,
    /// How often somebody began to look together with others.
    begun: Arc<AtomicU64>,
    /// Whose turn it is to look, and what the last one saw.
    turn: Arc<tokio::sync::Mutex<Option<u64>>>,
}

impl Known {
    /// Of the database behind `db`.
    pub fn new(db: DatabaseConnection) -> Self {
        Self { db, present: Arc::default(), begun: Arc::default(), turn: Arc::default() }
    }

    /// The present generation; nothing where the database does not answer.
    pub async fn get(&self) -> Option<u64> {
        let known = self.present.load(Ordering::Acquire);
        if known == 0 || may_be_raising() {
            return self.look_together().await;
        }
        Some(known - 1)
    }

    /// Looks once for all who wait to.
    async fn look_together(&self) -> Option<u64> {
        let before = self.begun.load(Ordering::Acquire);
        let mut last = self.turn.lock().await;
        // A look that began after we came has seen what held when we came.
        if self.begun.load(Ordering::Acquire) == before {
            self.begun.fetch_add(1, Ordering::AcqRel);
            *last = self.look().await;
        }
        *last
    }

    /// Looks what others published whenever PostgreSQL says that somebody did, and a few times each second in any case,
    /// until `shutdown` resolves.
    pub async fn follow(self, shutdown: impl Future<Output = ()>) {
        tokio::pin!(shutdown);
        let mut listener = None;
        loop {
            if listener.is_none() {
                listener = db::listen(&self.db, CHANNEL).await;
            }
            self.look().await;
            let told = async {
                match &mut listener {
                    Some(listener) => listener.recv().await.is_ok(),
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                () = &mut shutdown => return,
                heard = told => if !heard { listener = None },
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

/// What is read once a generation. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Once<T: Clone + Send + Sync + 'static> {
    generation: Known,
    kept: Cache<u64, T>,
}

impl<T: Clone + Send + Sync + 'static> Once<T> {
    /// Nothing is read yet.
    pub fn new(generation: Known) -> Self {
        // The former one is still drawn with while the next is read.
        Self { generation, kept: Cache::new(2) }
    }

    /// What is kept, or what `read` finds, once for all who wait for it. Where the generation is not known it is read each time.
    pub async fn get(&self, read: impl Future<Output = Result<T>>) -> Result<T> {
        match self.generation.get().await {
            Some(generation) => self.kept.try_get_with(generation, read).await.map_err(Error::internal),
            None => read.await,
        }
    }
}

fn millis() -> u64 {
    u64::try_from(START.elapsed().as_millis()).unwrap_or(u64::MAX)
}

/// Whether a change of this process may be under way.
fn may_be_raising() -> bool {
    match RAISING.load(Ordering::Acquire) {
        0 => false,
        began => millis().saturating_sub(began - 1) < SETTLES_WITHIN.as_millis() as u64,
    }
}

/// The present generation; 0 before anything was published.
pub async fn generation(db: &impl ConnectionTrait) -> Result<u64> {
    let row = setting::Entity::find_by_id(KEY).one(db).await?;
    Ok(row.and_then(|row| row.value.as_u64()).unwrap_or(0))
}

/// What a change that the public sees touches, as caches and front ends know it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Touched {
    /// Things, by id.
    pub ids: Vec<String>,
    /// Addresses, old and new.
    pub paths: Vec<String>,
    /// Lists, by what is in them: `page`.
    pub kinds: Vec<String>,
}

impl Touched {
    /// One thing of a kind, where it has no address of its own.
    pub fn thing(kind: &str, id: impl Display) -> Self {
        Self { ids: vec![id.to_string()], paths: Vec::new(), kinds: vec![kind.to_owned()] }
    }

    /// What has no id outside.
    pub fn kind(kind: &str) -> Self {
        Self { kinds: vec![kind.to_owned()], ..Self::default() }
    }

    /// The same, and these addresses.
    pub fn at(mut self, paths: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.paths.extend(paths.into_iter().map(Into::into));
        self
    }

    /// Both together, each name once.
    pub fn and(mut self, other: Self) -> Self {
        for (own, others) in
            [(&mut self.ids, other.ids), (&mut self.paths, other.paths), (&mut self.kinds, other.kinds)]
        {
            own.extend(others);
            own.sort();
            own.dedup();
        }
        self
    }
}

/// Raises the generation within the caller's transaction, in one statement: of two that do so at once, the other waits.
/// What is `touched` is kept for those who want to be told.
pub async fn bump_generation(db: &impl ConnectionTrait, touched: &Touched, now: DateTime<Utc>) -> Result<()> {
    RAISING.store(millis().saturating_add(1), Ordering::Release);
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
    let change = content_change::ActiveModel {
        id: Set(ContentChangeId::new()),
        touched: Set(serde_json::to_value(touched)?),
        created_at: Set(now),
    };
    content_change::Entity::insert(change).exec_without_returning(db).await?;
    if db.get_database_backend() == DbBackend::Postgres {
        // Told when the transaction holds, and not before.
        db.execute_unprepared(&format!("NOTIFY {CHANNEL}")).await?;
    }
    Ok(())
}
