//! Whether somebody may be in danger now, by the words of what a visitor wrote in English or Spanish.
//!
//! A find only adds help: what to do, whom to call, and a person who is told at once. It refuses nothing and delays
//! nothing, so where it is unsure it finds. It is never the only safety: the notice beside the form is always there.
//!
//! What it looks for is not here but in [phrases](STANDARD) that an owner can edit; the file says how they are written.

mod advice;
mod file;
mod phrase;
mod spelling;
mod word;

use std::{
    collections::{BTreeSet, HashMap},
    iter,
};

use async_graphql::Enum;

pub use self::advice::{Advice, Language, OVERDOSE, advice};
use self::{
    file::{Meaning, Section, Tense, lines},
    phrase::{FormId, Forms, Phrase, Step, Token, length, steps},
    spelling::{Spelling, Spellings},
    word::{Pause, words},
};
use super::phrases::BadLine;

/// The phrases the centre starts with.
pub const STANDARD: &str = include_str!("crisis/phrases.txt");

/// Words over which a negation is carried, at the most.
const NEGATION_REACH: usize = 6;
/// Words between what happened and when that was, at the most.
const PAST_REACH: usize = 12;

/// What a person may be in danger of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Enum)]
pub enum Danger {
    /// Suicide or self-harm: the writer's, or of somebody they write for.
    Suicide,
    /// An overdose, or any other reason not to breathe or wake.
    Overdose,
    /// Seizures, delirium, or another withdrawal that can kill.
    Withdrawal,
    /// Violence, done or suffered.
    Violence,
}

/// The phrases to look for.
#[derive(Debug, Default)]
pub struct Phrases {
    phrases: Vec<Phrase>,
    /// Places in `phrases`, by each form they can begin with.
    by_first: HashMap<FormId, Vec<usize>>,
    forms: Forms,
    spellings: Spellings,
}

impl Phrases {
    /// The [`STANDARD`] ones and `own`, with the lines of `own` that are no phrases, counted from its first.
    pub fn with(own: &str) -> (Self, Vec<BadLine>) {
        Self::read(&[STANDARD, own])
    }

    /// Reads phrases as the header of `phrases.txt` describes them, and names the lines of the last text that are none.
    ///
    /// A bad line leaves the others in force, so a slip in one does not switch off the rest.
    fn read(texts: &[&str]) -> (Self, Vec<BadLine>) {
        let mut phrases = Self { spellings: Spellings::read(texts), ..Self::default() };
        let mut bad = Vec::new();
        for text in texts {
            bad.clear();
            for (line, section, content) in lines(text) {
                let read = match section {
                    Err(reason) => Err(reason),
                    Ok(Section::Spelling) => Spelling::read(content).map(drop),
                    Ok(Section::Meaning(meaning)) => phrases.add(content, meaning),
                };
                bad.extend(read.err().map(|reason| BadLine { line, reason }));
            }
        }
        (phrases, bad)
    }

    /// The dangers that `text` speaks of; none is the common case.
    ///
    /// Reads a message of 4,000 characters in less than a millisecond.
    pub fn dangers(&self, text: &str) -> BTreeSet<Danger> {
        let tokens = self.tokens(text);
        let finds = self.finds(&tokens);
        let marks = marks(tokens.len(), &finds);
        let context = Context { tokens: &tokens, marks: &marks };
        finds
            .iter()
            .filter_map(|find| match find.meaning {
                Meaning::Danger(danger, tense) if context.holds(find, tense) => Some(danger),
                _ => None,
            })
            .collect()
    }

    fn add(&mut self, content: &str, meaning: Meaning) -> Result<(), &'static str> {
        let steps = steps(content, &self.spellings, &mut self.forms)?;
        if let Some(Step::Word(first)) = steps.first() {
            for form in first {
                self.by_first.entry(*form).or_default().push(self.phrases.len());
            }
        }
        self.phrases.push(Phrase { steps, meaning });
        Ok(())
    }

    fn tokens(&self, text: &str) -> Vec<Token> {
        let words = self.spellings.applied(words(text));
        words.iter().map(|word| Token { forms: self.forms.of(&word.text), before: word.before }).collect()
    }

    fn finds(&self, tokens: &[Token]) -> Vec<Find> {
        let mut finds = Vec::new();
        let mut rest = tokens;
        while let Some((token, later)) = rest.split_first() {
            let start = tokens.len() - rest.len();
            let places = token.forms.iter().filter_map(|form| self.by_first.get(form)).flatten();
            for phrase in places.filter_map(|place| self.phrases.get(*place)) {
                if let Some(length) = length(&phrase.steps, rest) {
                    finds.push(Find { meaning: phrase.meaning, start, end: start + length });
                }
            }
            rest = later;
        }
        finds
    }
}

/// A phrase in a text.
#[derive(Clone, Copy, Debug)]
struct Find {
    meaning: Meaning,
    /// Its first token.
    start: usize,
    /// The token after its last.
    end: usize,
}

/// What the finds say of a token.
#[derive(Clone, Copy, Debug, Default)]
struct Mark {
    negates: bool,
    carries: bool,
    past: bool,
    present: bool,
    /// Where the farthest harmless find that begins here ends, or one that began before.
    harmless_to: usize,
}

/// One mark for each token.
fn marks(length: usize, finds: &[Find]) -> Vec<Mark> {
    let mut marks = vec![Mark::default(); length];
    for find in finds {
        for mark in marks.iter_mut().take(find.end).skip(find.start) {
            match find.meaning {
                Meaning::Negation => mark.negates = true,
                Meaning::Carrier => mark.carries = true,
                Meaning::Past => mark.past = true,
                Meaning::Present => mark.present = true,
                Meaning::Harmless => mark.harmless_to = mark.harmless_to.max(find.end),
                Meaning::Danger(..) => {}
            }
        }
    }
    marks
}

/// What is around a find.
struct Context<'a> {
    tokens: &'a [Token],
    marks: &'a [Mark],
}

impl Context<'_> {
    /// Whether a find of danger is meant, and meant of now.
    fn holds(&self, find: &Find, tense: Tense) -> bool {
        !self.is_harmless(find) && !self.is_negated(find) && (tense == Tense::Any || !self.is_past(find))
    }

    /// It lies wholly in a harmless phrase.
    fn is_harmless(&self, find: &Find) -> bool {
        self.marks.get(find.start).is_some_and(|mark| mark.harmless_to >= find.end)
    }

    /// A negation goes before it, with nothing between them but words that carry it. A phrase that begins with a
    /// negation is danger by it: `dont want to live`.
    fn is_negated(&self, find: &Find) -> bool {
        if self.marks.get(find.start).is_none_or(|mark| mark.negates) {
            return false;
        }
        // A token tells of the pause before it, so each mark goes with the token after its own.
        let after = self.tokens.iter().take(find.start + 1).rev().map(|token| token.before);
        let before = self.marks.iter().take(find.start).rev();
        iter::zip(before, after)
            .take(NEGATION_REACH)
            .take_while(|(_, pause)| *pause == Pause::None)
            .map(|(mark, _)| mark)
            .find(|mark| mark.negates || !mark.carries)
            .is_some_and(|mark| mark.negates)
    }

    /// The same sentence says near it that it is long over, and nothing to the contrary.
    fn is_past(&self, find: &Find) -> bool {
        let goes_on = |token: &&Token| token.before < Pause::Stop;
        let before = self.tokens.iter().take(find.start + 1).rev().take_while(goes_on).count().min(PAST_REACH);
        let after = self.tokens.iter().skip(find.end).take_while(goes_on).count().min(PAST_REACH);
        let near = self.marks.iter().take(find.end + after).skip(find.start.saturating_sub(before));
        near.clone().any(|mark| mark.past) && !near.clone().any(|mark| mark.present)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use super::*;

    const SENTENCES: &str = include_str!("crisis/sentences.txt");

    fn standard() -> &'static Phrases {
        static PHRASES: LazyLock<Phrases> = LazyLock::new(|| Phrases::read(&[STANDARD]).0);
        &PHRASES
    }

    fn is_crisis(text: &str) -> bool {
        !standard().dangers(text).is_empty()
    }

    fn phrases(text: &str) -> Phrases {
        let (phrases, bad) = Phrases::read(&[text]);
        assert_eq!(bad, []);
        phrases
    }

    #[test]
    fn every_standard_line_is_a_phrase() {
        assert_eq!(Phrases::read(&[STANDARD]).1, []);
    }

    /// The phrases were written knowing these sentences. Of ones they had not seen, written the same way, they found
    /// four in five; of the most indirect, one in two. What they miss in a real message belongs here.
    #[test]
    fn at_least_nineteen_in_twenty_are_found_and_most_finds_are_right() {
        let mut found = 0;
        let (mut missed, mut extra) = (Vec::new(), Vec::new());
        for line in SENTENCES.lines() {
            let (sign, sentence) = line.split_once('\t').expect("a sign, a tab and a sentence");
            match (sign, is_crisis(sentence)) {
                ("+", true) => found += 1,
                ("+", false) => missed.push(sentence),
                ("-", true) => extra.push(sentence),
                ("-", false) => {}
                _ => panic!("{line}"),
            }
        }
        let recall = f64::from(found) / (f64::from(found) + missed.len() as f64);
        let precision = f64::from(found) / (f64::from(found) + extra.len() as f64);
        assert!(recall >= 0.95, "recall {recall:.3}, missed: {missed:#?}");
        assert!(precision >= 0.60, "precision {precision:.3}, found without reason: {extra:#?}");
    }

    #[test]
    fn the_danger_is_named() {
        let dangers = |text| standard().dangers(text).into_iter().collect::<Vec<_>>();
        assert_eq!(dangers("I want to die"), [Danger::Suicide]);
        assert_eq!(dangers("his lips are blue"), [Danger::Overdose]);
        assert_eq!(dangers("she is hallucinating"), [Danger::Withdrawal]);
        assert_eq!(dangers("mi esposo me está golpeando"), [Danger::Violence]);
        assert_eq!(dangers("I feel suicidal and I took too many pills"), [Danger::Suicide, Danger::Overdose]);
        assert_eq!(dangers("Do you take Medicaid?"), []);
        assert_eq!(dangers(""), []);
    }

    #[test]
    fn a_negation_takes_back_what_it_reaches() {
        for text in [
            "I am not suicidal",
            "he has never tried to kill himself",
            "she denies suicidal thoughts",
            "no quiero morir",
            "nunca he intentado suicidarme",
        ] {
            assert!(!is_crisis(text), "{text}");
        }
        for text in [
            "No, I am suicidal",
            "not sleeping, suicidal",
            "I'm not okay I want to die",
            "I never slept so badly. Suicidal.",
            "he won't stop cutting himself",
            "I don't want to live",
            "no puedo dormir quiero morir",
            "no quiero vivir",
        ] {
            assert!(is_crisis(text), "{text}");
        }
    }

    #[test]
    fn what_is_long_over_is_told_from_what_is_not() {
        assert!(!is_crisis("He overdosed two years ago."));
        assert!(!is_crisis("mi primo tuvo una sobredosis hace tres años"));
        assert!(is_crisis("He overdosed an hour ago."));
        assert!(is_crisis("He overdosed two years ago and overdosed again tonight."));
        assert!(is_crisis("My brother died two years ago. He overdosed."));
        assert!(is_crisis("Since my brother died two years ago I want to die."));
    }

    #[test]
    fn typing_does_not_matter() {
        for text in [
            "I WANT TO DIE",
            "i wanna dieeee",
            "I want... to die",
            "I want\nto die",
            "I don’t want to live",
            "I don`t want to live",
            "I dont want to live",
            "I do not want to live",
            "im gonna kill my self",
            "im sucidal",
            "i feel suicidla",
            "he oded on fentanyl, o.d. i think",
            "i want to d\u{200b}ie",
            "ESTÁ CONVULSIONANDO",
            "esta\u{301} convulsionando",
            "se tomo todas las pastillas",
            "kiero morirme",
        ] {
            assert!(is_crisis(text), "{text}");
        }
    }

    #[test]
    fn words_are_whole() {
        let phrases = phrases("[English: suicide]\nend it\noverdos*\nsuicidal~");
        assert!(phrases.dangers("he will end it").contains(&Danger::Suicide));
        assert!(phrases.dangers("overdosing").contains(&Danger::Suicide));
        assert!(phrases.dangers("siucidal").contains(&Danger::Suicide));
        for text in ["I will send it", "the end items", "antioverdose", "suicide", "suicidally so", "tuicidal"] {
            assert!(phrases.dangers(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn a_gap_skips_three_words_of_one_sentence() {
        let phrases = phrases("[English: overdose]\ntook .. pills");
        assert!(!phrases.dangers("took pills").is_empty());
        assert!(!phrases.dangers("took one, two, three pills").is_empty());
        assert!(phrases.dangers("took one two three four pills").is_empty());
        assert!(phrases.dangers("that is what it took. The pills work").is_empty());
    }

    #[test]
    fn an_owner_may_write_as_a_visitor_does() {
        let phrases = phrases(
            "[English: spelling]\nwanna = want to\ncan not|cannot = cant\n\
             [English: suicide]\nI wanna go\nShe cannot|won't Stöp",
        );
        assert!(!phrases.dangers("i want to go").is_empty());
        assert!(!phrases.dangers("I WANNA GO").is_empty());
        assert!(!phrases.dangers("she can not stop").is_empty());
        assert!(!phrases.dangers("she wont stop").is_empty());
    }

    #[test]
    fn a_bad_line_is_named_and_the_others_stay() {
        let text = "die\n[English: suicide]\nend it\n.. end\nend ..\nend||it\nwill|shall die\nlose~ hope\n***\n\
            a .. b .. c .. d .. e\n[English: sadness]\nleft out\n[English: spelling]\nwanna want to\n= x";
        let (phrases, bad) = Phrases::read(&[text]);
        assert_eq!(bad.iter().map(|bad| bad.line).collect::<Vec<_>>(), [1, 4, 5, 6, 8, 9, 10, 11, 14, 15]);
        assert!(!phrases.dangers("end it").is_empty());
        assert!(phrases.dangers("left out").is_empty());
        let reason = "Begin and end the phrase with a word: a gap there changes nothing.";
        assert!(bad.contains(&BadLine { line: 4, reason }));
    }

    #[test]
    fn what_a_centre_adds_is_found_beside_what_was_there() {
        let (phrases, bad) =
            Phrases::with("[English: overdose]\nblue flamingo\n..\n[English: harmless]\ncutting myself some slack");
        assert_eq!(bad.iter().map(|bad| bad.line).collect::<Vec<_>>(), [3]);
        assert!(phrases.dangers("he took a blue flamingo").contains(&Danger::Overdose));
        assert!(phrases.dangers("I want to die").contains(&Danger::Suicide));
        assert!(phrases.dangers("I am cutting myself some slack").is_empty());
        // Without a heading of its own a line belongs to nothing, not to whatever the standard list ends with.
        assert_eq!(Phrases::with("blue flamingo").1.iter().map(|bad| bad.line).collect::<Vec<_>>(), [1]);
        assert_eq!(Phrases::with("").1, []);
    }

    #[test]
    fn no_text_is_too_odd() {
        let mut state = 7_u32;
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            state >> 8
        };
        let dense = "ai’.…\n|*~#[]:= ñ\u{301}\u{200d}İ\u{fdfa}";
        for _ in 0..50 {
            let odd: String = (0..4_000).filter_map(|_| char::from_u32(next() % 0x11_0000)).collect();
            let dense: String = (0..4_000).filter_map(|_| dense.chars().nth(next() as usize % 21)).collect();
            for text in [odd, dense] {
                standard().dangers(&text);
                Phrases::read(&[&text]);
                Phrases::read(&[&format!("[English: suicide]\n{text}")]);
            }
        }
        for repeated in ["a", "i ", "took all of my ", "no ", "\u{301}", "\u{fdfa}", "👩\u{200d}👧", "..", "\u{202e}"]
        {
            standard().dangers(&repeated.repeat(4_000));
        }
    }
}
