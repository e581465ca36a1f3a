//! Two headings of the same words cannot be told apart in an outline or a list of contents.

use std::collections::HashSet;

use entity::passage::Role;

use super::{Draft, Finding, Rule, beginning};

pub(super) const RULE: Rule = Rule { code: "duplicateHeading", look };

fn look(draft: &Draft<'_>) -> Vec<Finding> {
    let mut seen = HashSet::from([draft.title.trim().to_lowercase()]);
    let headings = draft.passages.iter().filter(|passage| matches!(passage.role, Role::Heading(_)));
    headings
        .filter(|passage| !seen.insert(passage.text.trim().to_lowercase()))
        .map(|passage| {
            let message =
                format!("Another heading says “{}” as well. Say what is different here.", beginning(&passage.text));
            Finding::at(passage, &passage.text, message)
        })
        .collect()
}
