//! A block without words that points at nothing shows as a gap.

use entity::block::Block;

use super::{CheckFix, Draft, Finding, Rule};

pub(super) const RULE: Rule = Rule { code: "emptyBlock", look };

fn look(draft: &Draft<'_>) -> Vec<Finding> {
    let blocks = draft.blocks.iter().enumerate();
    blocks
        .filter(|(place, block)| is_empty(block) && !draft.refused.contains(place))
        .map(|(place, block)| {
            Finding::block(place, block, "This block is empty. Fill it or remove it.".to_owned())
                .with_fix(Some(removal(place)))
        })
        .collect()
}

/// Whether it says nothing and points at nothing.
pub(super) fn is_empty(block: &Block) -> bool {
    let mut references = Vec::new();
    block.references(&mut references);
    references.is_empty() && block.plain_text().trim().is_empty() && !block.shows_without_words()
}

pub(super) fn removal(place: usize) -> CheckFix {
    CheckFix { label: "Remove the block".to_owned(), path: vec!["blocks".to_owned(), place.to_string()], value: None }
}
