//! Search over the words of every draft, by the database's own full text index: FTS5 on SQLite, tsvector on PostgreSQL.
//!
//! Both are given words that are folded here (lower case, no accents, letters and digits only), so both find the same.

use std::collections::HashMap;

use data_encoding::HEXLOWER;
use entity::{content::Content, entry, id::EntryId, search_document};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, FromQueryResult, QueryFilter, Statement,
    sea_query::{Expr, OnConflict, SimpleExpr},
};
use sha2::{Digest, Sha256};

use super::{
    live::seo_of,
    terms::{Document, excerpt, literally, terms, words_of},
};
use crate::{
    error::Result,
    identity::{Actor, Permission},
    words::folded,
};

/// Something that was found.
#[derive(Clone, Debug)]
pub struct Found {
    /// The page or therapy.
    pub entry: entry::Model,
    /// What it says around the words, where it says them.
    pub excerpt: String,
}

/// Keeps the words of an entry's latest draft, in the transaction that saves it.
pub(super) async fn index(db: &impl ConnectionTrait, entry: EntryId, content: &impl Content) -> Result<()> {
    let Document { body, title_words, words } = Document::of(content);
    let row = search_document::ActiveModel {
        entry_id: Set(entry),
        title_words: Set(title_words),
        words: Set(words),
        description_key: Set(description_key(content)),
        body: Set(body),
        ..Default::default()
    };
    let replace = OnConflict::column(search_document::Column::EntryId)
        .update_columns([
            search_document::Column::Body,
            search_document::Column::TitleWords,
            search_document::Column::Words,
            search_document::Column::DescriptionKey,
        ])
        .to_owned();
    search_document::Entity::insert(row).on_conflict(replace).exec_without_returning(db).await?;
    Ok(())
}

/// What is the same for two drafts with the same description in search results; empty where there is none.
pub(super) fn description_key(content: &impl Content) -> String {
    let words = folded(&seo_of(content).description).join(" ");
    if words.is_empty() {
        return String::new();
    }
    let mut key = HEXLOWER.encode(&Sha256::digest(words));
    key.truncate(32);
    key
}

/// Drafts that say every word of `query`, those that say them in their title first.
pub async fn search(db: &impl ConnectionTrait, actor: Actor, query: &str, first: u64) -> Result<Vec<Found>> {
    actor.require(Permission::ReadDrafts)?;
    let backend = db.get_database_backend();
    let wanted = words_of(query);
    let Some(terms) = terms(backend, &literally(&wanted)) else { return Ok(Vec::new()) };
    let ranked = match backend {
        DbBackend::Postgres => {
            "SELECT d.entry_id, d.body FROM search_document d JOIN entry e ON e.id = d.entry_id, to_tsquery('simple', $1) q
             WHERE d.terms @@ q AND e.trashed_at IS NULL ORDER BY ts_rank(d.terms, q) DESC, e.updated_at DESC LIMIT $2"
        }
        _ => {
            "SELECT d.entry_id, d.body FROM search_index i JOIN search_document d ON d.id = i.rowid
             JOIN entry e ON e.id = d.entry_id WHERE search_index MATCH $1 AND e.trashed_at IS NULL
             ORDER BY bm25(search_index, 10.0, 1.0), e.updated_at DESC LIMIT $2"
        }
    };
    let first = i64::try_from(first).unwrap_or(i64::MAX);
    let statement = Statement::from_sql_and_values(backend, ranked, [terms.into(), first.into()]);
    let hits = Hit::find_by_statement(statement).all(db).await?;
    let ids = hits.iter().map(|hit| hit.entry_id);
    let rows = entry::Entity::find().filter(entry::Column::Id.is_in(ids)).all(db).await?;
    let mut entries: HashMap<EntryId, entry::Model> = rows.into_iter().map(|row| (row.id, row)).collect();
    let found = |hit: Hit| Some(Found { excerpt: excerpt(&hit.body, &wanted), entry: entries.remove(&hit.entry_id)? });
    Ok(hits.into_iter().filter_map(found).collect())
}

#[derive(FromQueryResult)]
struct Hit {
    entry_id: EntryId,
    body: String,
}

/// A condition on entries: their drafts say every word of `query`. None when there is no word in it.
pub(super) fn says(backend: DbBackend, query: &str) -> Option<SimpleExpr> {
    let terms = terms(backend, &literally(&words_of(query)))?;
    let sql = match backend {
        DbBackend::Postgres => {
            "entry.id IN (SELECT entry_id FROM search_document WHERE terms @@ to_tsquery('simple', $1))"
        }
        _ => {
            "entry.id IN (SELECT d.entry_id FROM search_index i JOIN search_document d ON d.id = i.rowid
             WHERE search_index MATCH ?)"
        }
    };
    Some(Expr::cust_with_values(sql, [terms]))
}
