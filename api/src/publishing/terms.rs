//! How words are indexed and looked for, of drafts and of what is public alike.

use std::collections::HashSet;

use entity::content::Content;
use sea_orm::DbBackend;

use crate::words::folded;

/// Words of a query that are looked for; the rest narrows nothing.
const MOST_WORDS: usize = 12;
/// Characters around the first word found.
const EXCERPT: usize = 160;

/// What is indexed of a document.
pub(super) struct Document {
    /// Its words as they are read, for excerpts.
    pub body: String,
    /// The folded words of its title.
    pub title_words: String,
    /// All folded words.
    pub words: String,
}

impl Document {
    /// What `content` says.
    pub fn of(content: &impl Content) -> Self {
        let blocks = content.blocks().iter().map(entity::block::Block::plain_text);
        let more = content.more_words().into_iter().map(ToOwned::to_owned);
        let parts = std::iter::once(content.summary().to_owned()).chain(blocks).chain(more);
        // PostgreSQL takes U+0000 in no text.
        let body = parts.filter(|part| !part.trim().is_empty()).collect::<Vec<_>>().join("\n").replace('\0', "");
        let words = indexed(folded(&body)).join(" ");
        Self { title_words: folded(content.title()).join(" "), words, body }
    }
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

/// The words of a query that are looked for.
pub(super) fn words_of(query: &str) -> Vec<String> {
    folded(query).into_iter().take(MOST_WORDS).collect()
}

/// One thing that must be said: in one of these ways, each of which is all of its words.
pub(super) type Said = Vec<Vec<String>>;

/// What must be said, in the database's own language: every word as far as it was typed. None where nothing must be.
///
/// Nothing but letters and digits is left in a word, so nothing of it is an operator.
pub(super) fn terms(backend: DbBackend, sought: &[Said]) -> Option<String> {
    let (word, and, or): (fn(&String) -> String, _, _) = match backend {
        DbBackend::Postgres => (|word| format!("{word}:*"), " & ", " | "),
        _ => (|word| format!("\"{word}\"*"), " AND ", " OR "),
    };
    let way = |words: &Vec<String>| words.iter().map(word).collect::<Vec<_>>().join(and);
    let said = |ways: &Said| match ways.as_slice() {
        [one] => way(one),
        ways => format!("({})", ways.iter().map(|it| format!("({})", way(it))).collect::<Vec<_>>().join(or)),
    };
    let all: Vec<String> = sought.iter().map(said).collect();
    (!all.is_empty()).then(|| all.join(and))
}

/// Each word of a query as it stands.
pub(super) fn literally(words: &[String]) -> Vec<Said> {
    words.iter().map(|word| vec![vec![word.clone()]]).collect()
}

/// Whether a word of a text begins with one of `wanted`, which are folded.
pub(super) fn begins(word: &str, wanted: &[String]) -> bool {
    folded(word).iter().any(|word| wanted.iter().any(|wanted| word.starts_with(wanted.as_str())))
}

/// What `body` says around the first word that begins with one of `wanted`; its beginning where it says none.
pub(super) fn excerpt(body: &str, wanted: &[String]) -> String {
    let words: Vec<&str> = body.split_whitespace().collect();
    let at = words.iter().position(|word| begins(word, wanted)).unwrap_or(0);
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
        assert_eq!(
            terms(DbBackend::Postgres, &literally(&words_of(query))).as_deref(),
            Some("ketamine:* & or:* & x:* & near:* & y:*")
        );
        assert_eq!(
            terms(DbBackend::Sqlite, &literally(&words_of(query))).as_deref(),
            Some("\"ketamine\"* AND \"or\"* AND \"x\"* AND \"near\"* AND \"y\"*")
        );
        assert_eq!(terms(DbBackend::Sqlite, &literally(&words_of(" -- ' \" "))), None);
    }

    #[test]
    fn an_excerpt_shows_where_the_words_are() {
        let body = format!("{} Bladder damage may last. {}", "word ".repeat(50), "more ".repeat(50));
        let text = excerpt(&body, &words_of("bladd"));
        assert!(text.starts_with("… word") && text.contains("Bladder damage") && text.ends_with('…'), "{text}");
        assert_eq!(excerpt("Short.", &words_of("nothing")), "Short.");
    }
}
