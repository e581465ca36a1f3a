//! Search over the words of every draft, by the database's own full text index: FTS5 on SQLite, tsvector on PostgreSQL.
//!
//! Both are given words that are folded here (lower case, no accents, letters and digits only), so both find the same.

use std::collections::{HashMap, HashSet};

use data_encoding::HEXLOWER;
use entity::{content::Content, entry, id::EntryId, search_document};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, FromQueryResult, QueryFilter, Statement,
    sea_query::{Expr, OnConflict, SimpleExpr},
};
use sha2::{Digest, Sha256};

use super::live::seo_of;
use crate::{
    error::Result,
    identity::{Actor, Permission},
    words::folded,
};

/// Words of a query that are looked for; the rest narrows nothing.
const MOST_WORDS: usize = 12;
/// Characters around the first word found.
const EXCERPT: usize = 160;

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
    let blocks = content.blocks().iter().map(entity::block::Block::plain_text);
    let parts = std::iter::once(content.summary().to_owned()).chain(blocks).filter(|part| !part.trim().is_empty());
    // PostgreSQL takes U+0000 in no text.
    let body = parts.collect::<Vec<_>>().join("\n").replace('\0', "");
    let row = search_document::ActiveModel {
        entry_id: Set(entry),
        title_words: Set(folded(content.title()).join(" ")),
        words: Set(indexed(folded(&body)).join(" ")),
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

/// Bytes of different words that are indexed of one document: PostgreSQL takes a megabyte with their places.
const MOST_INDEXED: usize = 250_000;

/// The words of a document that can be found, which are all but those of a dictionary.
fn indexed(words: Vec<String>) -> Vec<String> {
    let (mut known, mut bytes) = (HashSet::new(), 0_usize);
    let fits = |word: &String| {
        if known.contains(word) {
            return true;
        }
        bytes = bytes.saturating_add(word.len());
        bytes <= MOST_INDEXED && known.insert(word.clone())
    };
    words.into_iter().filter(fits).collect()
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
    let Some(terms) = terms(backend, query) else { return Ok(Vec::new()) };
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
    let found = |hit: Hit| Some(Found { excerpt: excerpt(&hit.body, query), entry: entries.remove(&hit.entry_id)? });
    Ok(hits.into_iter().filter_map(found).collect())
}

#[derive(FromQueryResult)]
struct Hit {
    entry_id: EntryId,
    body: String,
}

/// A condition on entries: their drafts say every word of `query`. None when there is no word in it.
pub(super) fn says(backend: DbBackend, query: &str) -> Option<SimpleExpr> {
    let terms = terms(backend, query)?;
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

/// The query in the database's own language: every word, the last as far as it was typed.
fn terms(backend: DbBackend, query: &str) -> Option<String> {
    let words: Vec<String> = folded(query).into_iter().take(MOST_WORDS).collect();
    if words.is_empty() {
        return None;
    }
    // Nothing but letters and digits is left in a word, so nothing of it is an operator.
    Some(match backend {
        DbBackend::Postgres => words.iter().map(|word| format!("{word}:*")).collect::<Vec<_>>().join(" & "),
        _ => words.iter().map(|word| format!("\"{word}\"*")).collect::<Vec<_>>().join(" AND "),
    })
}

/// What `body` says around the first word of `query`; its beginning where it says none.
pub(super) fn excerpt(body: &str, query: &str) -> String {
    let wanted = folded(query);
    let begins = |word: &str| folded(word).iter().any(|word| wanted.iter().any(|wanted| word.starts_with(wanted)));
    let words: Vec<&str> = body.split_whitespace().collect();
    let at = words.iter().position(|word| begins(word)).unwrap_or(0);
    let mut text = String::new();
    if at > 6 {
        text.push_str("… ");
    }
    for word in words.iter().skip(at.saturating_sub(6)) {
        if text.chars().count() + word.chars().count() > EXCERPT {
            text.push('…');
            break;
        }
        text.push_str(word);
        text.push(' ');
    }
    text.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operators_are_words_like_any_other() {
        let query = "ketamine OR \"x\" NEAR( & | ! :* ) -y";
        assert_eq!(terms(DbBackend::Postgres, query).as_deref(), Some("ketamine:* & or:* & x:* & near:* & y:*"));
        assert_eq!(
            terms(DbBackend::Sqlite, query).as_deref(),
            Some("\"ketamine\"* AND \"or\"* AND \"x\"* AND \"near\"* AND \"y\"*")
        );
        assert_eq!(terms(DbBackend::Sqlite, " -- ' \" "), None);
    }

    #[test]
    fn an_excerpt_shows_where_the_words_are() {
        let body = format!("{} Bladder damage may last. {}", "word ".repeat(50), "more ".repeat(50));
        let text = excerpt(&body, "bladd");
        assert!(text.starts_with("… word") && text.contains("Bladder damage") && text.ends_with('…'), "{text}");
        assert_eq!(excerpt("Short.", "nothing"), "Short.");
    }
}
