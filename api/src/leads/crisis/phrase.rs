//! A phrase: words in the forms they may have, with gaps between them, and how it is found.

use std::{
    collections::{BTreeSet, HashMap},
    iter, mem,
};

use strsim::osa_distance;

use super::{
    file::Meaning,
    spelling::Spellings,
    word::{Pause, Word, words},
};

/// Words a gap skips, at the most.
const MOST_SKIPPED: usize = 3;
/// Gaps in a phrase, at the most: each multiplies the ways to read it.
const MOST_GAPS: usize = 3;
/// Words and gaps in a phrase, at the most.
const MOST_STEPS: usize = 16;
/// Letters of a word that may hold a typing error, at the least; in a shorter one it makes another word.
const LEAST_NEAR: usize = 6;

/// What is looked for.
#[derive(Debug)]
pub(super) struct Phrase {
    pub(super) steps: Vec<Step>,
    pub(super) meaning: Meaning,
}

/// A part of a phrase.
#[derive(Debug)]
pub(super) enum Step {
    /// A word in any of these forms, which are in order.
    Word(Vec<FormId>),
    /// Up to [`MOST_SKIPPED`] words.
    Gap,
}

/// Reads a phrase. Its plain words are respelled as a visitor's are, so either finds the other.
pub(super) fn steps(content: &str, spellings: &Spellings, forms: &mut Forms) -> Result<Vec<Step>, &'static str> {
    let mut steps = Vec::new();
    let mut plain = String::new();
    for written in content.split_whitespace().chain(iter::once("")) {
        let is_gap = ["..", "...", "…"].contains(&written);
        if !is_gap && !written.is_empty() && !written.contains(['|', '*', '~']) {
            plain.push_str(written);
            plain.push(' ');
            continue;
        }
        for word in spellings.applied(words(&mem::take(&mut plain))) {
            steps.push(Step::Word(vec![forms.number(Form::Same(word.text))]));
        }
        if is_gap {
            steps.push(Step::Gap);
        } else if !written.is_empty() {
            let choice = written.split('|').map(|form| Form::read(form, spellings).map(|form| forms.number(form)));
            steps.push(Step::Word(choice.collect::<Result<BTreeSet<_>, _>>()?.into_iter().collect()));
        }
    }

    if steps.len() > MOST_STEPS || steps.iter().filter(|step| matches!(step, Step::Gap)).count() > MOST_GAPS {
        return Err("Shorten the phrase: sixteen words and three gaps are the most.");
    }
    match (steps.first(), steps.last()) {
        (Some(Step::Word(_)), Some(Step::Word(_))) => Ok(steps),
        (None, _) => Err("Write at least one word."),
        _ => Err("Begin and end the phrase with a word: a gap there changes nothing."),
    }
}

/// How many of `tokens` the steps take from their beginning; nothing when they do not fit.
pub(super) fn length(steps: &[Step], tokens: &[Token]) -> Option<usize> {
    let Some((step, later_steps)) = steps.split_first() else { return Some(0) };
    match step {
        Step::Word(forms) => {
            let (token, later_tokens) = tokens.split_first()?;
            if !token.forms.iter().any(|form| forms.binary_search(form).is_ok()) {
                return None;
            }
            Some(1 + length(later_steps, later_tokens)?)
        }
        Step::Gap => (0..=MOST_SKIPPED)
            .take_while(|skipped| tokens.get(*skipped).is_some_and(|token| token.before < Pause::Stop))
            .find_map(|skipped| Some(skipped + length(later_steps, tokens.get(skipped..)?)?)),
    }
}

/// A word of a text, by the forms it has.
#[derive(Debug)]
pub(super) struct Token {
    pub(super) forms: Vec<FormId>,
    pub(super) before: Pause,
}

/// A word as a phrase has it.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Form {
    Same(String),
    /// `overdos*`
    Begins(String),
    /// `suicidal~`: with one typing error at the most, after the first letter.
    Near(String),
}

impl Form {
    fn read(written: &str, spellings: &Spellings) -> Result<Self, &'static str> {
        let ending = written.chars().next_back().filter(|ending| ['*', '~'].contains(ending));
        let mut words = words(written);
        if ending.is_none() {
            words = spellings.applied(words);
        }
        let (Some(Word { text, .. }), true) = (words.pop(), words.is_empty()) else {
            return Err("Write a choice as single words with | between them and no spaces; * or ~ ends a word.");
        };
        match ending {
            Some('*') => Ok(Self::Begins(text)),
            Some(_) if text.chars().count() < LEAST_NEAR => Err("Give ~ to words of six letters and more."),
            Some(_) => Ok(Self::Near(text)),
            None => Ok(Self::Same(text)),
        }
    }

    fn is(&self, word: &str) -> bool {
        match self {
            Self::Same(text) => text == word,
            Self::Begins(text) => word.starts_with(text.as_str()),
            // The first letter is right: words are looked up by it.
            Self::Near(text) => osa_distance(text, word) <= 1,
        }
    }
}

pub(super) type FormId = usize;

/// The forms of all phrases, numbered: a word is looked up once and then compared by number.
#[derive(Debug, Default)]
pub(super) struct Forms {
    same: HashMap<String, FormId>,
    /// Those that several words have, by their first letter.
    open: HashMap<Option<char>, Vec<(Form, FormId)>>,
    next: FormId,
}

impl Forms {
    pub(super) fn number(&mut self, form: Form) -> FormId {
        let number = match form {
            Form::Same(text) => *self.same.entry(text).or_insert(self.next),
            Form::Begins(ref text) | Form::Near(ref text) => {
                let open = self.open.entry(text.chars().next()).or_default();
                if let Some((_, number)) = open.iter().find(|(known, _)| *known == form) {
                    *number
                } else {
                    open.push((form, self.next));
                    self.next
                }
            }
        };
        self.next = self.next.max(number + 1);
        number
    }

    /// The forms that a word has; most have none.
    pub(super) fn of(&self, word: &str) -> Vec<FormId> {
        let open = self.open.get(&word.chars().next()).into_iter().flatten();
        let open = open.filter(|(form, _)| form.is(word)).map(|(_, number)| *number);
        self.same.get(word).copied().into_iter().chain(open).collect()
    }
}
