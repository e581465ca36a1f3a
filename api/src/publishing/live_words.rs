//! Search over the words of what is public: by rank, with synonyms, and with mistyped words set right.
//!
//! What is indexed is rewritten in the transaction that publishes or takes back, so a draft is never found here.

use std::collections::BTreeSet;

use entity::{
    content::{PageContent, TherapyContent},
    entry::{self, EntryKind},
    id::EntryId,
    live_document, live_word, revision,
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, FromQueryResult, QueryFilter, QueryOrder,
    QuerySelect, Statement, sea_query::OnConflict,
};
use strsim::damerau_levenshtein;

use super::{
    parse_content,
    synonym::{expand, list_synonyms},
    terms::{Document, begins, excerpt, terms, words_of},
};
use crate::error::Result;

/// Letters from which a word can be told from another that is mistyped.
const LEAST_LETTERS: usize = 4;
/// Letters of a word that is kept to compare with; longer ones are names of files and the like.
const MOST_LETTERS: usize = 40;
/// Words of a document that are kept to compare with.
const MOST_KEPT: usize = 5_000;
/// Rows that are written at a time; SQLite binds so many values and no more.
const BATCH: usize = 1_000;
/// Words that a mistyped one is compared with.
const MOST_COMPARED: u64 = 5_000;

/// Something public that was found.
#[derive(Clone, Debug)]
pub struct FoundLive {
    /// Which page or therapy.
    pub id: EntryId,
    /// What it is.
    pub kind: EntryKind,
    /// Its place among all that was found, from 0.
    pub place: u64,
    /// What it says around the words; its beginning where they stand in the title only.
    pub excerpt: Vec<Piece>,
}

/// A piece of an excerpt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The words, with what stands between them.
    pub text: String,
    /// Whether this was looked for.
    pub found: bool,
}

/// What a search found.
#[derive(Clone, Debug, Default)]
pub struct FoundLives {
    /// The hits asked for, the best first.
    pub hits: Vec<FoundLive>,
    /// How many there are in all.
    pub total: u64,
    /// What was looked for in place of what was typed, where nothing says that.
    pub corrected: Option<String>,
}

/// Keeps the words of what is public of an entry.
pub(super) async fn index(db: &impl ConnectionTrait, entry: &entry::Model, live: &revision::Model) -> Result<()> {
    let Document { body, title_words, words } = match entry.kind {
        EntryKind::Page => Document::of(&parse_content::<PageContent>(live)?),
        EntryKind::Therapy => Document::of(&parse_content::<TherapyContent>(live)?),
    };
    keep_words(db, &[&title_words, &words]).await?;
    let row = live_document::ActiveModel {
        entry_id: Set(entry.id),
        body: Set(body),
        title_words: Set(title_words),
        words: Set(words),
        ..Default::default()
    };
    let columns = [live_document::Column::Body, live_document::Column::TitleWords, live_document::Column::Words];
    let replace = OnConflict::column(live_document::Column::EntryId).update_columns(columns).to_owned();
    live_document::Entity::insert(row).on_conflict(replace).exec_without_returning(db).await?;
    Ok(())
}

/// Keeps nothing of an entry that is public no more.
pub(super) async fn forget(db: &impl ConnectionTrait, entry: EntryId) -> Result<()> {
    live_document::Entity::delete_many().filter(live_document::Column::EntryId.eq(entry)).exec(db).await?;
    Ok(())
}

async fn keep_words(db: &impl ConnectionTrait, texts: &[&str]) -> Result<()> {
    let worth = |word: &&str| (LEAST_LETTERS..=MOST_LETTERS).contains(&word.chars().count());
    let words = texts.iter().flat_map(|text| text.split(' ')).filter(worth).take(MOST_KEPT);
    let words: Vec<&str> = words.collect::<BTreeSet<_>>().into_iter().collect();
    for words in words.chunks(BATCH) {
        let rows = words.iter().map(|word| live_word::ActiveModel {
            word: Set((*word).to_owned()),
            length: Set(i16::try_from(word.chars().count()).unwrap_or(i16::MAX)),
            beginning: Set(word.chars().take(1).collect()),
        });
        let once = OnConflict::column(live_word::Column::Word).do_nothing().to_owned();
        live_word::Entity::insert_many(rows).on_conflict(once).exec_without_returning(db).await?;
    }
    Ok(())
}

/// What is public, of these kinds, and says what `query` asks for: `first` hits after leaving out `skip`.
///
/// Every word must be said, in itself or by a synonym; each is taken as the beginning of a word. Where nothing says that,
/// words that no page has give way to the nearest that one has.
pub async fn search_live(
    db: &impl ConnectionTrait,
    query: &str,
    kinds: &[EntryKind],
    skip: u64,
    first: u64,
) -> Result<FoundLives> {
    let words = words_of(query);
    let found = find(db, &words, kinds, skip, first).await?;
    if found.total > 0 || words.is_empty() {
        return Ok(found);
    }
    let Some(nearest) = correct(db, &words).await? else { return Ok(found) };
    let found = find(db, &nearest, kinds, skip, first).await?;
    let corrected = (found.total > 0).then(|| nearest.join(" "));
    Ok(FoundLives { corrected, ..found })
}

#[derive(FromQueryResult)]
struct Hit {
    entry_id: EntryId,
    kind: EntryKind,
    body: String,
}

async fn find(
    db: &impl ConnectionTrait,
    words: &[String],
    kinds: &[EntryKind],
    skip: u64,
    first: u64,
) -> Result<FoundLives> {
    let backend = db.get_database_backend();
    let sought = expand(&list_synonyms(db).await?, words);
    let Some(terms) = terms(backend, &sought) else { return Ok(FoundLives::default()) };
    // Many may be found and few are asked for: they are counted and ranked by indexes alone, and only those few are read.
    let mut values = vec![sea_orm::Value::from(terms)];
    values.extend(kinds.iter().map(|kind| sea_orm::Value::from(*kind)));
    let places: Vec<String> = (0..kinds.len()).map(|place| format!("${}", place + 2)).collect();
    let places = places.join(", ");
    let (key, mut from, score, of_kind) = match backend {
        DbBackend::Postgres => (
            "d.id",
            "live_document d, to_tsquery('simple', $1) q WHERE d.terms @@ q".to_owned(),
            "-ts_rank(d.terms, q, 1)",
            format!(" AND d.entry_id IN (SELECT id FROM entry WHERE kind IN ({places}))"),
        ),
        // The plus keeps SQLite from looking each row up in the index of words; the cross join begins with the kind.
        _ => (
            "i.rowid",
            "live_index i WHERE live_index MATCH $1".to_owned(),
            "bm25(live_index, 10.0, 1.0)",
            format!(
                " AND +i.rowid IN (SELECT d.id FROM entry e CROSS JOIN live_document d ON d.entry_id = e.id \
                 WHERE e.kind IN ({places}))"
            ),
        ),
    };
    if !kinds.is_empty() {
        from.push_str(&of_kind);
    }
    let count = format!("SELECT COUNT(*) AS total FROM {from}");
    let row = db.query_one_raw(Statement::from_sql_and_values(backend, count, values.clone())).await?;
    let total = row.map(|row| row.try_get::<i64>("", "total")).transpose()?.unwrap_or(0);

    let (limit, offset) = (values.len() + 1, values.len() + 2);
    values.extend([first, skip].map(|number| i64::try_from(number).unwrap_or(i64::MAX).into()));
    let ranked = format!(
        "SELECT d.entry_id, e.kind, d.body FROM \
         (SELECT {key} AS id, {score} AS score FROM {from} ORDER BY score, id LIMIT ${limit} OFFSET ${offset}) hit \
         JOIN live_document d ON d.id = hit.id JOIN entry e ON e.id = d.entry_id ORDER BY hit.score, hit.id"
    );
    let hits = Hit::find_by_statement(Statement::from_sql_and_values(backend, ranked, values)).all(db).await?;
    let wanted: Vec<String> = sought.into_iter().flatten().flatten().collect();
    let hit = |(place, hit): (u64, Hit)| FoundLive {
        id: hit.entry_id,
        kind: hit.kind,
        place,
        excerpt: pieces(&excerpt(&hit.body, &wanted), &wanted),
    };
    let hits = (skip..).zip(hits).map(hit).collect();
    Ok(FoundLives { hits, total: u64::try_from(total).unwrap_or(0), corrected: None })
}

/// An excerpt in pieces: what was looked for, and what stands around it, such as a comma.
fn pieces(excerpt: &str, wanted: &[String]) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut add = |text: &str, found: bool| match pieces.last_mut() {
        Some(last) if !last.found && !found => last.text.push_str(text),
        _ if text.is_empty() => {}
        _ => pieces.push(Piece { text: text.to_owned(), found }),
    };
    let beside = |letter: char| !letter.is_alphanumeric();
    for word in excerpt.split_inclusive(' ') {
        if !begins(word, wanted) {
            add(word, false);
            continue;
        }
        let rest = word.trim_start_matches(beside);
        let bare = rest.trim_end_matches(beside);
        add(word.strip_suffix(rest).unwrap_or_default(), false);
        add(bare, true);
        add(rest.strip_prefix(bare).unwrap_or_default(), false);
    }
    pieces
}

/// The same words, each that no page has in place of the nearest that one has. None where none is near.
async fn correct(db: &impl ConnectionTrait, words: &[String]) -> Result<Option<Vec<String>>> {
    let mut nearest = words.to_vec();
    let mut changed = false;
    for word in &mut nearest {
        if let Some(near) = nearest_to(db, word).await? {
            changed |= near != *word;
            *word = near;
        }
    }
    Ok(changed.then_some(nearest))
}

async fn nearest_to(db: &impl ConnectionTrait, word: &str) -> Result<Option<String>> {
    let letters = word.chars().count();
    if !(LEAST_LETTERS..=MOST_LETTERS).contains(&letters) {
        return Ok(None);
    }
    let within = if letters < 8 { 1 } else { 2 };
    let length = |letters: usize| i16::try_from(letters).unwrap_or(i16::MAX);
    let candidates: Vec<String> = live_word::Entity::find()
        .select_only()
        .column(live_word::Column::Word)
        .filter(live_word::Column::Beginning.eq(word.chars().take(1).collect::<String>()))
        .filter(live_word::Column::Length.gte(length(letters.saturating_sub(within))))
        .order_by_asc(live_word::Column::Word)
        .limit(MOST_COMPARED)
        .into_tuple()
        .all(db)
        .await?;
    if candidates.iter().any(|candidate| candidate.starts_with(word)) {
        return Ok(None);
    }
    let near = candidates.into_iter().map(|candidate| (damerau_levenshtein(word, &candidate), candidate));
    Ok(near.filter(|(away, _)| *away <= within).min().map(|(_, word)| word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_around_the_word_alone() {
        let wanted = ["ketamine".to_owned()];
        let marked: String = pieces("What (ketamine), “Ketamine’s” end, ketamine", &wanted)
            .into_iter()
            .map(|Piece { text, found }| if found { format!("<{text}>") } else { text })
            .collect();
        assert_eq!(marked, "What (<ketamine>), “<Ketamine’s>” end, <ketamine>");
        assert_eq!(pieces("Nothing here", &wanted).len(), 1);
    }
}
