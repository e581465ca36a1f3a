//! Headings step down one level at a time, so that a screen reader's outline has no holes (WCAG 2.2, technique H42).

use async_graphql::Json;
use entity::passage::Role;

use super::{CheckFix, Draft, Finding, Rule};

pub(super) const RULE: Rule = Rule { code: "headingOrder", look };

fn look(draft: &Draft<'_>) -> Vec<Finding> {
    let mut above = 1;
    let mut found = Vec::new();
    for passage in &draft.passages {
        let Role::Heading(level) = passage.role else { continue };
        if level > above + 1 {
            let right = above + 1;
            let message = format!(
                "“{}” is of level {level}, below one of level {above}: make it level {right}.",
                super::beginning(&passage.text)
            );
            // The heading of a block that is nothing else; others are headings of sections by their nature.
            let own = passage.path.get(2).is_some_and(|kind| kind == "heading");
            let fix = own.then(|| CheckFix {
                label: format!("Make it level {right}"),
                path: passage.path.iter().take(3).cloned().chain(["level".to_owned()]).collect(),
                value: Some(Json(right.into())),
            });
            found.push(Finding::at(passage, &passage.text, message).with_fix(fix));
        }
        above = level;
    }
    found
}
