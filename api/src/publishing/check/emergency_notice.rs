//! A page that speaks of overdose or suicide says what to do now.

use entity::block::{Block, laid_out};

use super::{Draft, Finding, Rule};

pub(super) const RULE: Rule = Rule { code: "emergencyNotice", look };

/// Words whose reader may be in danger at this moment (988 Lifeline, SAMHSA on safe messaging).
const DANGER: &[&str] = &[
    "overdose",
    "overdosed",
    "overdosing",
    "suicide",
    "suicidal",
    "kill yourself",
    "killing yourself",
    "end your life",
    "ending your life",
    "self-harm",
    "harm yourself",
    "sobredosis",
    "suicidio",
];

fn look(draft: &Draft<'_>) -> Vec<Finding> {
    let laid_out = laid_out(draft.blocks, &draft.around.targets);
    let has_notice = laid_out.iter().any(|block| matches!(**block, Block::EmergencyNotice(_)));
    if has_notice {
        return Vec::new();
    }
    let words = draft.passages.iter().map(|passage| passage.text.as_str()).chain([draft.title, draft.summary]);
    let named = words.map(str::to_lowercase).find_map(|text| DANGER.iter().find(|word| says(&text, word)));
    match named {
        None => Vec::new(),
        Some(word) => {
            let message = format!("This page speaks of “{word}”. Add an emergency notice that says what to do now.");
            vec![Finding::field(&["blocks"], "", message)]
        }
    }
}

/// Whether `text` says `word` as a word of its own.
fn says(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        let after = text.get(at + word.len()..).and_then(|after| after.chars().next());
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    })
}
