//! The words of a text, as they are compared.

use std::{iter, mem};

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Characters read, at the most: four times what a message may hold. A single one can stand for eighteen.
const MOST_READ: usize = 16_000;

/// A word as it is compared: lower case, without accents and apostrophes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) text: String,
    pub(super) before: Pause,
}

/// What stands between a word and the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Pause {
    None,
    /// A comma, a dash, a line: the sentence may go on.
    Short,
    /// The sentence is over.
    Stop,
}

/// The words of a text. People type fast here: `don’t` is `dont`, `dieeee` is `die`.
pub(super) fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut between = String::new();
    let kept = text.chars().filter(|character| !is_dropped(*character));
    let plain = kept.nfkd().filter(|character| !is_combining_mark(*character)).flat_map(char::to_lowercase);
    for character in plain.take(MOST_READ) {
        if character.is_alphanumeric() {
            word.push(character);
            continue;
        }
        if !word.is_empty() {
            words.push(Word { text: squeezed(&mem::take(&mut word)), before: pause(&mem::take(&mut between)) });
        }
        between.push(character);
    }
    if !word.is_empty() {
        words.push(Word { text: squeezed(&word), before: pause(&between) });
    }
    words
}

/// Apostrophes, and what cannot be seen: neither parts a word.
fn is_dropped(character: char) -> bool {
    let is_apostrophe = matches!(character, '\'' | '’' | '‘' | '‛' | 'ʼ' | '＇' | '`' | '´' | '′');
    let is_unseen = matches!(character, '\r' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}');
    is_apostrophe || is_unseen
}

/// Three equal letters in a row are one.
fn squeezed(word: &str) -> String {
    let mut squeezed = String::new();
    let mut characters = word.chars().peekable();
    while let Some(character) = characters.next() {
        let mut length = 1;
        while characters.next_if_eq(&character).is_some() {
            length += 1;
        }
        let kept = if length > 2 && character.is_alphabetic() { 1 } else { length };
        squeezed.extend(iter::repeat_n(character, kept));
    }
    squeezed
}

/// `o.d.` has no pause in it, and `I want... to die` no end.
fn pause(between: &str) -> Pause {
    let ends = [". ", ".\n", "!", "?", "¿", "¡", ";"];
    let is_end = !between.contains("..") && ends.iter().any(|end| between.contains(end));
    if is_end || between.contains("\n\n") {
        Pause::Stop
    } else if [".", "-"].contains(&between) || !between.contains(['.', ',', ':', '(', ')', '-', '–', '—', '\n']) {
        Pause::None
    } else {
        Pause::Short
    }
}
