//! How many rows each table has: whoever refuses something leaves them as they were.

use std::collections::BTreeMap;

use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement};

/// The number of rows by table.
pub async fn row_counts(db: &DatabaseConnection) -> BTreeMap<String, i64> {
    let backend = db.get_database_backend();
    let tables = match backend {
        DbBackend::Sqlite => "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
        _ => "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'",
    };
    let rows = db.query_all_raw(Statement::from_string(backend, tables)).await.expect("tables");
    let mut counts = BTreeMap::new();
    for row in rows {
        let table: String = row.try_get("", "name").expect("a name");
        let count = format!("SELECT count(*) AS rows FROM \"{table}\"");
        let row = db.query_one_raw(Statement::from_string(backend, count)).await.expect("a count").expect("a row");
        counts.insert(table, row.try_get("", "rows").expect("a number"));
    }
    assert!(counts.len() > 10, "{counts:?}");
    counts
}
