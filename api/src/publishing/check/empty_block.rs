//! A block without words that points at nothing shows as a gap.

use super::{CheckFix, Draft, Finding, Rule};

pub(super) const RULE: Rule = Rule { code: "emptyBlock", look };

fn look(draft: &Draft<'_>) -> Vec<Finding> {
    let blocks = draft.blocks.iter().enumerate();
    blocks
        .filter(|(_, block)| {
            let mut references = Vec::new();
            block.references(&mut references);
            references.is_empty() && block.plain_text().trim().is_empty() && !block.shows_without_words()
        })
        .map(|(place, block)| {
            let fix = CheckFix {
                label: "Remove the block".to_owned(),
                path: vec!["blocks".to_owned(), place.to_string()],
                value: None,
            };
            Finding::block(place, block, "This block is empty. Fill it or remove it.".to_owned()).with_fix(Some(fix))
        })
        .collect()
}
