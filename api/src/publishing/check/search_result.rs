//! What a search engine can show of it: there, of a length that is shown, and told apart from others.

use super::{Draft, Finding, Rule};

pub(super) const RULE: Rule = Rule { code: "searchResult", look };

/// Characters of a title that results show, about.
const TITLE_SHOWN: usize = 60;
/// Characters of a description that results show, about.
const DESCRIPTION_SHOWN: usize = 155;

fn look(draft: &Draft<'_>) -> Vec<Finding> {
    let own = |own: &str| !own.trim().is_empty();
    let mut found = Vec::new();
    if draft.seo.no_index {
        return found;
    }
    let (title, at): (_, &[&str]) =
        if own(&draft.seo.title) { (draft.seo.title.as_str(), &["seo", "title"]) } else { (draft.title, &["title"]) };
    let length = title.trim().chars().count();
    if length > TITLE_SHOWN {
        let message = format!(
            "Search results show about {TITLE_SHOWN} characters of a title; this one has {length}. Shorten the search title."
        );
        found.push(Finding::field(&["seo", "title"], title, message));
    }
    if let [path, ..] = draft.around.same_title.as_slice()
        && !own(&draft.seo.title)
        && !title.trim().is_empty()
    {
        let message = format!("{path} has the same title. Give one of the two a title of its own.");
        found.push(Finding::field(at, title, message));
    }
    let description = if own(&draft.seo.description) { draft.seo.description.as_str() } else { draft.summary };
    if let [path, ..] = draft.around.same_description.as_slice() {
        let message = format!("{path} has the same description. Give one of the two a description of its own.");
        found.push(Finding::field(&["seo", "description"], description, message));
    }
    let length = description.trim().chars().count();
    if length == 0 {
        let message = "Write a summary or a search description; without one, search engines choose words themselves.";
        found.push(Finding::field(&["seo", "description"], "", message.to_owned()));
    } else if length > DESCRIPTION_SHOWN {
        let message = format!(
            "Search results show about {DESCRIPTION_SHOWN} characters of a description; this one has {length}. Write a shorter search description."
        );
        found.push(Finding::field(&["seo", "description"], description, message));
    }
    found
}
