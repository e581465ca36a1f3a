//! Sentences a frightened reader can follow.

use entity::passage::Role;

use super::{Draft, Finding, Rule, beginning, reading_level::sentences};

pub(super) const RULE: Rule = Rule { code: "longSentence", look };

/// Words; guides for plain language (plainlanguage.gov, GOV.UK) advise 20 to 25 at the most, so this is well above.
const MOST_WORDS: usize = 35;

fn look(draft: &Draft<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for passage in draft.passages.iter().filter(|passage| passage.role == Role::Prose) {
        for sentence in sentences(&passage.text) {
            let words = sentence.split_whitespace().count();
            if words > MOST_WORDS {
                let message =
                    format!("“{}” has {words} words. Make two or three sentences of it.", beginning(sentence));
                found.push(Finding::at(passage, sentence, message));
            }
        }
    }
    found
}
