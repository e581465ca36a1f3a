//! The words of a link say where it leads, also read alone (WCAG 2.2, 2.4.4 and 2.4.9).

use super::{Draft, Finding, Rule};

pub(super) const RULE: Rule = Rule { code: "linkText", look };

/// Words that say nothing of where they lead.
const EMPTY_WORDS: &[&str] = &[
    "click here",
    "click",
    "here",
    "read more",
    "more",
    "learn more",
    "see more",
    "link",
    "this link",
    "this",
    "this page",
    "details",
    "continue",
    "go",
];

fn look(draft: &Draft<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for passage in &draft.passages {
        for link in &passage.links {
            let words = link.text.trim().trim_end_matches(['.', '…', ':', '!', '›', '»', '→', ' ']).to_lowercase();
            let message = if words.is_empty() {
                "A link has no words. Remove it, or say where it leads.".to_owned()
            } else if EMPTY_WORDS.contains(&words.as_str()) {
                format!("“{}” does not say where the link leads. Link the words that do.", link.text.trim())
            } else if words.starts_with("http://") || words.starts_with("https://") || words.starts_with("www.") {
                "A link shows its address. Put the name of the page in its place.".to_owned()
            } else {
                continue;
            };
            found.push(Finding::at(passage, &format!("{} {}", link.text, passage.text), message));
        }
    }
    found
}
