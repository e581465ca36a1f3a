//! A share of patients in running text is a claim; a reader, and whoever checks the page, wants to know whose it is.

use entity::passage::Role;

use super::{Draft, Finding, Rule, beginning, reading_level::sentences};

pub(super) const RULE: Rule = Rule { code: "unsourcedNumber", look };

/// "1 in 1,000" is a share; "12 in 2019" is not.
const LARGEST_WHOLE: usize = 1_000;

fn look(draft: &Draft<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    // Whoever links something in the same paragraph has said where it comes from.
    for passage in draft.passages.iter().filter(|it| it.role == Role::Prose && it.links.is_empty()) {
        for sentence in sentences(&passage.text).filter(|sentence| tells_a_share(sentence)) {
            let message = format!(
                "“{}” tells a share. Link where it comes from, or make it a statistic, which names its source.",
                beginning(sentence)
            );
            found.push(Finding::at(passage, sentence, message));
        }
    }
    found
}

/// `75 %`, `12.5 percent`, `1 in 5`.
fn tells_a_share(sentence: &str) -> bool {
    let words: Vec<&str> =
        sentence.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric() && c != '%')).collect();
    let is_number = |word: &str| word.starts_with(|c: char| c.is_ascii_digit()) && !word.ends_with('%');
    words.iter().enumerate().any(|(place, word)| {
        let before = place.checked_sub(1).and_then(|before| words.get(before)).copied().unwrap_or_default();
        let after = words.get(place + 1).copied().unwrap_or_default();
        match word.to_lowercase().as_str() {
            "%" | "percent" => is_number(before),
            "cent" => before.eq_ignore_ascii_case("per"),
            "in" => match (number(before), number(after)) {
                (Some(some), Some(all)) => some < all && all <= LARGEST_WHOLE,
                _ => false,
            },
            other => other.ends_with('%') && other.starts_with(|c: char| c.is_ascii_digit()),
        }
    })
}

/// A small number in digits or as it is spelt.
fn number(word: &str) -> Option<usize> {
    const SPELT: [&str; 11] = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    word.parse().ok().or_else(|| SPELT.iter().position(|spelt| word.eq_ignore_ascii_case(spelt)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_told_from_other_numbers() {
        for told in [
            "75% of patients relapse.",
            "About 12.5 percent do.",
            "That is 40 %.",
            "It helps 1 in 5 people.",
            "Nearly 60 per cent stay.",
            "One in five recovers.",
        ] {
            assert!(tells_a_share(told), "{told}");
        }
        for other in [
            "It takes 7 to 10 days.",
            "Born in 1995 in 2 houses.",
            "Call 988.",
            "We opened 12 in 2019.",
            "In 2019 it began.",
            "A percentage of it.",
            "Between 2 and 4 weeks in 2023.",
        ] {
            assert!(!tells_a_share(other), "{other}");
        }
    }
}
