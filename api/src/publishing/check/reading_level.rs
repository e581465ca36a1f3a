//! How many years of school a text asks for, by Flesch and Kincaid's formula for English (US Navy, 1975).

use entity::passage::Role;

use super::{Draft, Finding, Rule};

pub(super) const RULE: Rule = Rule { code: "readingLevel", look };

/// The grade from which it is said. The NIH advises the eighth or lower for patients; names of drugs and disorders raise
/// any medical text, so the sentence comes later.
const HIGHEST_GRADE: f64 = 12.0;
/// Years of school from which it is not said how many more.
const MOST_YEARS: f64 = 16.0;
/// Words from which the formula means something.
const FEWEST_WORDS: usize = 100;

fn look(draft: &Draft<'_>) -> Vec<Finding> {
    let prose = draft.passages.iter().filter(|passage| passage.role == Role::Prose);
    let (mut words, mut syllables, mut ends) = (0_usize, 0_usize, 0_usize);
    for sentence in prose.flat_map(|passage| sentences(&passage.text)) {
        ends += 1;
        for word in sentence.split_whitespace() {
            words += 1;
            syllables += count_syllables(word);
        }
    }
    if words < FEWEST_WORDS || ends == 0 {
        return Vec::new();
    }
    let grade = 0.39 * (words as f64 / ends as f64) + 11.8 * (syllables as f64 / words as f64) - 15.59;
    if grade <= HIGHEST_GRADE {
        return Vec::new();
    }
    // The formula knows no end; schools do.
    let years = if grade > MOST_YEARS { format!("more than {MOST_YEARS}") } else { format!("{grade:.0}") };
    let message = format!(
        "The text asks for {years} years of school; many readers have 8. Use shorter sentences and everyday words."
    );
    vec![Finding::field(&["blocks"], "", message)]
}

/// A text's sentences: up to a full stop, a question or exclamation mark before a space, or the end of a line.
pub(super) fn sentences(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive('\n').flat_map(|line| {
        let mut rest = line;
        std::iter::from_fn(move || {
            if rest.is_empty() {
                return None;
            }
            let end =
                rest.match_indices(['.', '?', '!']).map(|(at, mark)| at + mark.len()).find(|end| ends_here(rest, *end));
            let (sentence, after) = rest.split_at_checked(end.unwrap_or(rest.len())).unwrap_or((rest, ""));
            rest = after;
            Some(sentence.trim())
        })
        .filter(|sentence| sentence.chars().any(char::is_alphanumeric))
    })
}

/// Whether a sentence ends before `end`: a space follows, and what stands before is no abbreviation ("Dr.", "e.g.", "J.").
fn ends_here(text: &str, end: usize) -> bool {
    let (before, after) = text.split_at_checked(end).unwrap_or((text, ""));
    if !(after.is_empty() || after.starts_with(char::is_whitespace)) {
        return false;
    }
    let last = before.split_whitespace().next_back().unwrap_or_default();
    let Some(word) = last.strip_suffix('.') else { return true };
    let short = word.chars().filter(|letter| letter.is_alphabetic()).count() <= 1 && !word.ends_with(char::is_numeric);
    let abbreviated = matches!(word.to_lowercase().as_str(), "dr" | "mr" | "mrs" | "ms" | "st" | "vs" | "etc" | "no");
    !(short || abbreviated || word.contains('.'))
}

/// Groups of vowels, without a silent e at the end; at least one.
fn count_syllables(word: &str) -> usize {
    let letters: Vec<char> = word.to_lowercase().chars().filter(|letter| letter.is_alphabetic()).collect();
    let is_vowel =
        |letter: char| matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'á' | 'é' | 'í' | 'ó' | 'ú' | 'ü');
    let mut groups = 0_usize;
    let mut inside = false;
    for letter in &letters {
        let vowel = is_vowel(*letter);
        if vowel && !inside {
            groups += 1;
        }
        inside = vowel;
    }
    let silent = matches!(letters.as_slice(), [.., before, 'e'] if !is_vowel(*before) && *before != 'l');
    groups.saturating_sub(usize::from(silent)).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn abbreviations_and_decimals_end_no_sentence() {
        let text = "Dr. Lee took 2.5 mg, e.g. at night. Did it help? It did!\nA new line";
        let found: Vec<_> = sentences(text).collect();
        assert_eq!(found, ["Dr. Lee took 2.5 mg, e.g. at night.", "Did it help?", "It did!", "A new line"]);
    }

    #[test]
    fn syllables_are_groups_of_vowels() {
        let counted: Vec<_> =
            ["ketamine", "the", "table", "bladder", "withdrawal", "nurse"].map(count_syllables).into_iter().collect();
        assert_eq!(counted, [3, 1, 2, 2, 3, 1]);
    }
}
