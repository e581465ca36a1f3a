//! A database for one test: a file in its own folder, or a fresh database of the given PostgreSQL server.

use std::path::Path;

use hillside::db::Db;
use sea_orm::{ConnectionTrait, Database, TransactionTrait};

const POSTGRES: &str = "HILLSIDE_TEST_POSTGRES_URL";
const SKIP: &str = "HILLSIDE_TEST_SKIP_POSTGRES";

/// On which database a test runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Backend {
    Sqlite,
    Postgres,
}

impl Backend {
    /// Whether somebody chose to run without PostgreSQL; without that choice its absence is a failure.
    pub fn postgres_is_skipped() -> bool {
        let skipped = std::env::var(SKIP).is_ok_and(|value| value == "1");
        if skipped {
            eprintln!("{SKIP}=1: not run on PostgreSQL");
        }
        skipped
    }

    /// Makes a database and answers its URL.
    pub async fn create(self, folder: &Path) -> String {
        match self {
            Self::Sqlite => format!("sqlite:{}", folder.join("hillside.db").display()),
            Self::Postgres => {
                let server = std::env::var(POSTGRES).unwrap_or_else(|_| {
                    panic!("{POSTGRES} names no PostgreSQL server: run `make test-rust`, or set {SKIP}=1 to go without")
                });
                let name = format!("hillside_test_{}", uuid::Uuid::now_v7().simple());
                let connection = Database::connect(&server).await.expect("the test server answers");
                connection.execute_unprepared(&format!("CREATE DATABASE {name}")).await.expect("a database is made");
                connection.close().await.expect("the connection ends");
                let mut url = reqwest::Url::parse(&server).expect("the server's URL is one");
                url.set_path(&name);
                url.into()
            }
        }
    }
}

/// Opens every connection that PostgreSQL is going to be used by, so that what follows is a race of requests and not of
/// handshakes, which take seconds when other tests keep the processor busy.
pub async fn warm(db: &Db) {
    if db.is_sqlite() {
        return;
    }
    let mut held = Vec::new();
    for _ in 0..20 {
        held.push(db.reader().begin().await.expect("a connection"));
    }
    for transaction in held {
        transaction.rollback().await.expect("it ends");
    }
}
