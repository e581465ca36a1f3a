//! The database: one writer and many readers, the same on SQLite and PostgreSQL.
//!
//! On SQLite a second writer only waits for the first, so all writing goes through one connection, and transactions
//! begin `IMMEDIATE`: whoever has begun can commit. `synchronous=FULL` makes a commit durable before it is answered.

use std::{path::PathBuf, str::FromStr, time::Duration};

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use entity::setting;
use migration::{Migrator, MigratorTrait};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, EntityTrait,
    JsonValue as Json, SqliteTransactionMode, TransactionOptions, TransactionTrait,
    sea_query::OnConflict,
    sqlx::{postgres::PgListener, sqlite::SqliteConnectOptions},
};

/// Rows of one statement at the most, as a power of two.
const MOST_ROWS: u32 = 7;
/// Statements that a connection to SQLite keeps prepared.
const PREPARED: usize = 500;

/// Handles to the database; cheap to clone.
#[derive(Clone, Debug)]
pub struct Db {
    reader: DatabaseConnection,
    writer: DatabaseConnection,
}

/// The time nearest to `at` that both databases can hold: within the years 1 to 9999.
pub fn storable(at: DateTime<Utc>) -> DateTime<Utc> {
    let of = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default().and_time(NaiveTime::MIN);
    at.clamp(of(1, 1, 1).and_utc(), of(9999, 12, 31).and_utc())
}

impl Db {
    /// Connects to `url` (`sqlite:…` or `postgres://…`); a missing SQLite file is created.
    pub async fn connect(url: &str) -> Result<Self, DbErr> {
        if url.starts_with("sqlite:") {
            let writer = Database::connect(sqlite(url, 1)).await?;
            let reader = Database::connect(sqlite(url, 4)).await?;
            Ok(Self { reader, writer })
        } else {
            let mut options = ConnectOptions::new(url);
            options
                .max_connections(20)
                .min_connections(2)
                .connect_timeout(Duration::from_secs(5))
                .acquire_timeout(Duration::from_secs(5))
                .sqlx_logging_level(tracing::log::LevelFilter::Debug);
            let pool = Database::connect(options).await?;
            Ok(Self { reader: pool.clone(), writer: pool })
        }
    }

    /// The file that `url` names, where it is an embedded database that is not there.
    pub fn missing_file(url: &str) -> Option<PathBuf> {
        let embedded = SqliteConnectOptions::from_str(url).ok().filter(|_| url.starts_with("sqlite:"))?;
        let file = std::path::absolute(embedded.get_filename()).ok()?;
        (!file.exists()).then_some(file)
    }

    /// For reading outside a transaction.
    pub fn reader(&self) -> &DatabaseConnection {
        &self.reader
    }

    /// Begins a transaction that may write. Dropped without `commit`, it is rolled back.
    pub async fn begin(&self) -> Result<DatabaseTransaction, DbErr> {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        self.writer.begin_with_options(options).await
    }

    /// Applies every migration that has not been. Of several servers that start at once on PostgreSQL, one does it and
    /// the others wait.
    pub async fn migrate(&self) -> Result<(), DbErr> {
        if self.is_sqlite() {
            return Migrator::up(&self.writer, None).await;
        }
        let turn = self.writer.begin().await?;
        turn.execute_unprepared("SELECT pg_advisory_xact_lock(hashtext('hillside migrations'))").await?;
        Migrator::up(&self.writer, None).await?;
        turn.commit().await
    }

    /// For migrations, which bring their own transactions.
    pub fn writer(&self) -> &DatabaseConnection {
        &self.writer
    }

    /// Has the database let go of what was deleted from `tables` where it still has a copy: in SQLite's log, in old rows of
    /// PostgreSQL. What readers still need stays until the next time.
    pub async fn scrub(&self, tables: &[&str]) -> Result<(), DbErr> {
        let statement = match self.is_sqlite() {
            true => "PRAGMA wal_checkpoint(TRUNCATE)".to_owned(),
            false => format!("VACUUM (INDEX_CLEANUP ON) {}", tables.join(", ")),
        };
        self.writer.execute_unprepared(&statement).await?;
        Ok(())
    }

    /// Whether this is the embedded database.
    pub fn is_sqlite(&self) -> bool {
        self.writer.get_database_backend() == DbBackend::Sqlite
    }
}

/// Writes a value down under its key, in place of what was there.
pub async fn write_setting(db: &impl ConnectionTrait, key: &str, value: Json, now: DateTime<Utc>) -> Result<(), DbErr> {
    let row = setting::ActiveModel { key: Set(key.to_owned()), value: Set(value), updated_at: Set(now) };
    let replace = OnConflict::column(setting::Column::Key)
        .update_columns([setting::Column::Value, setting::Column::UpdatedAt])
        .to_owned();
    setting::Entity::insert(row).on_conflict(replace).exec_without_returning(db).await?;
    Ok(())
}

/// Inserts rows in statements of 1, 2, 4 … 128 rows. There are few of those, so the database prepares each once, and still as few
/// as may be are sent.
pub async fn insert_all<A>(db: &impl ConnectionTrait, mut rows: Vec<A>) -> Result<(), DbErr>
where
    A: ActiveModelTrait,
{
    while let Some(size) = rows.len().checked_ilog2() {
        let rest = rows.split_off(1 << size.min(MOST_ROWS));
        A::Entity::insert_many(rows).exec_without_returning(db).await?;
        rows = rest;
    }
    Ok(())
}

/// The values, the last repeated until there are 1, 2, 4 … of them: a list in a condition then has few lengths, and the
/// database prepares each statement once.
pub fn padded<T: Clone>(mut values: Vec<T>) -> Vec<T> {
    if let Some(last) = values.last().cloned() {
        values.resize(values.len().next_power_of_two(), last);
    }
    values
}

/// Hears what servers tell each other on `channel` through PostgreSQL; nothing on SQLite, which has one server, and where
/// the database does not answer.
pub async fn listen(db: &DatabaseConnection, channel: &str) -> Option<PgListener> {
    if db.get_database_backend() != DbBackend::Postgres {
        return None;
    }
    let mut listener = PgListener::connect_with(db.get_postgres_connection_pool()).await.ok()?;
    listener.listen(channel).await.ok()?;
    Some(listener)
}

fn sqlite(url: &str, connections: u32) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(connections)
        .min_connections(1)
        .acquire_timeout(Duration::from_secs(5))
        .sqlx_logging_level(tracing::log::LevelFilter::Debug)
        .map_sqlx_sqlite_opts(|sqlite| {
            sqlite
                .create_if_missing(true)
                .foreign_keys(true)
                .statement_cache_capacity(PREPARED)
                .busy_timeout(Duration::from_secs(5))
                .pragma("journal_mode", "WAL")
                .pragma("synchronous", "FULL")
                .pragma("secure_delete", "ON")
        });
    options
}
