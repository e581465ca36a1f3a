//! How people write what is meant: `gonna` is `going to`.

use std::{collections::HashMap, iter};

use super::{
    file::{Section, lines},
    word::{Pause, Word, words},
};

/// How words are respelled before they are compared, by the first word.
#[derive(Debug, Default)]
pub(super) struct Spellings(HashMap<String, Vec<Spelling>>);

#[derive(Debug)]
pub(super) struct Spelling {
    written: Vec<Word>,
    meant: Vec<Word>,
}

impl Spellings {
    pub(super) fn read(texts: &[&str]) -> Self {
        let mut spellings: HashMap<String, Vec<Spelling>> = HashMap::new();
        for (_, section, content) in texts.iter().flat_map(|text| lines(text)) {
            if section != Ok(Section::Spelling) {
                continue;
            }
            for spelling in Spelling::read(content).into_iter().flatten() {
                if let Some(first) = spelling.written.first() {
                    spellings.entry(first.text.clone()).or_default().push(spelling);
                }
            }
        }
        for same_first in spellings.values_mut() {
            same_first.sort_by_key(|spelling| usize::MAX - spelling.written.len());
        }
        Self(spellings)
    }

    /// Replaces what is written by what is meant: the longest first, and each word once.
    pub(super) fn applied(&self, words: Vec<Word>) -> Vec<Word> {
        let mut applied = Vec::with_capacity(words.len());
        let mut rest = words.as_slice();
        while let Some((word, later)) = rest.split_first() {
            let Some(spelling) = self.0.get(&word.text).and_then(|some| some.iter().find(|one| one.begins(rest)))
            else {
                applied.push(word.clone());
                rest = later;
                continue;
            };
            let pauses = iter::once(word.before).chain(iter::repeat(Pause::None));
            applied.extend(iter::zip(&spelling.meant, pauses).map(|(meant, before)| Word { before, ..meant.clone() }));
            rest = rest.get(spelling.written.len()..).unwrap_or_default();
        }
        applied
    }
}

impl Spelling {
    /// Reads `gonna|gunna = going to`: one for each way to write it.
    pub(super) fn read(content: &str) -> Result<Vec<Self>, &'static str> {
        const WRONG: &str = "Write a spelling as what is typed, an equals sign and what is meant: wanna = want to.";
        let (written, meant) = content.split_once('=').ok_or(WRONG)?;
        let meant = words(meant);
        let spellings: Vec<_> =
            written.split('|').map(|written| Self { written: words(written), meant: meant.clone() }).collect();
        if meant.is_empty() || spellings.iter().any(|spelling| spelling.written.is_empty()) {
            return Err(WRONG);
        }
        Ok(spellings)
    }

    /// Whether `words` begin with what is written, without a pause in it.
    fn begins(&self, words: &[Word]) -> bool {
        words.len() >= self.written.len()
            && iter::zip(&self.written, words)
                .enumerate()
                .all(|(place, (written, word))| written.text == word.text && (place == 0 || word.before == Pause::None))
    }
}
