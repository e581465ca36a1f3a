//! What stands between a draft and publishing it.

use async_graphql::{Enum, SimpleObject};
use entity::{
    content::Content,
    problem::{Problem, Problems, Stage},
    reference::Targets,
};

/// How much a check weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum CheckSeverity {
    /// It cannot be published like this.
    Blocks,
    /// Worth a look before publishing.
    Warns,
}

/// Something to look at before publishing.
#[derive(Clone, Debug, SimpleObject)]
pub struct Check {
    /// How much it weighs.
    pub severity: CheckSeverity,
    /// A sentence that says what to do.
    pub message: String,
    /// Where in the content: `["blocks", "4", "statistic", "source"]`.
    pub path: Vec<String>,
    /// The block it is about, where it is about one.
    pub block_key: Option<String>,
}

/// Looks at a draft as if it were about to be public. `targets` holds what the public can see of what it points at.
pub fn checks(content: &impl Content, targets: &Targets) -> Vec<Check> {
    let mut problems = Problems::new(Stage::Publish);
    content.validate(&mut problems);
    warn_of_missing_targets(content, targets, &mut problems);
    let (blocking, warnings) = problems.into_parts();
    let check = |severity| {
        move |problem: Problem| Check {
            severity,
            block_key: block_key(content, &problem.path),
            message: problem.message,
            path: problem.path,
        }
    };
    blocking
        .into_iter()
        .map(check(CheckSeverity::Blocks))
        .chain(warnings.into_iter().map(check(CheckSeverity::Warns)))
        .collect()
}

fn warn_of_missing_targets(content: &impl Content, targets: &Targets, problems: &mut Problems) {
    for (place, block) in content.blocks().iter().enumerate() {
        let mut references = Vec::new();
        block.references(&mut references);
        let missing = references.into_iter().filter(|reference| !targets.contains(*reference)).count();
        if missing > 0 {
            let sentence = match missing {
                1 => "This block points at something that is not public; it will show as plain text.".to_owned(),
                many => {
                    format!("This block points at {many} things that are not public; they will show as plain text.")
                }
            };
            problems.within("blocks", |problems| problems.warn(place, sentence));
        }
    }
}

fn block_key(content: &impl Content, path: &[String]) -> Option<String> {
    match path {
        [first, place, ..] if first == "blocks" => {
            let place: usize = place.parse().ok()?;
            Some(content.blocks().get(place)?.anchor().to_owned())
        }
        _ => None,
    }
}
