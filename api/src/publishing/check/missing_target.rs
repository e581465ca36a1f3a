//! What a block points at and the public cannot see shows as plain text.

use super::{Draft, Finding, Rule};

pub(super) const RULE: Rule = Rule { code: "missingTarget", look };

fn look(draft: &Draft<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for (place, block) in draft.blocks.iter().enumerate() {
        let mut references = draft.shown_by(block);
        references.retain(|reference| !draft.around.targets.contains(*reference));
        let message = match references.len() {
            0 => continue,
            1 => "This block points at something that is not public; it will show as plain text.".to_owned(),
            many => format!("This block points at {many} things that are not public; they will show as plain text."),
        };
        let subject = references.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
        found.push(Finding { subject, ..Finding::block(place, block, message) });
    }
    found
}
