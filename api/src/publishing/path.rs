//! Slugs and the paths made of them.

use entity::{
    entry::THERAPIES,
    problem::{ProblemCode, Problems, Stage},
};

use crate::error::{Error, Result};

/// The last part of a path: lower-case letters, digits and single hyphens, 1 to 80 characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slug(String);

/// First parts of paths that the server answers itself.
const RESERVED: [&str; 11] = [
    "admin",
    "graphql",
    "graphiql",
    "media",
    "healthz",
    "readyz",
    "forms",
    "assets",
    "therapies",
    "preview",
    "sitemap.xml",
];

impl Slug {
    /// Reads a slug, recording at `field` what is wrong with it.
    pub fn parse(text: &str, field: &str, problems: &mut Problems) -> Option<Self> {
        let text = text.trim();
        let allowed =
            |character: char| character.is_ascii_lowercase() || character.is_ascii_digit() || character == '-';
        if text.is_empty() {
            problems.add(field, ProblemCode::Required, "Give the last part of the address, such as “what-is-detox”.");
            return None;
        }
        if text.len() > 80 {
            problems.add(
                field,
                ProblemCode::TooLarge,
                format!("Shorten the address to 80 characters; it has {}.", text.len()),
            );
            return None;
        }
        if !text.chars().all(allowed) || text.starts_with('-') || text.ends_with('-') || text.contains("--") {
            let message = "An address has lower-case letters, digits and single hyphens, such as “what-is-detox”.";
            problems.add(field, ProblemCode::Invalid, message);
            return None;
        }
        Some(Self(text.to_owned()))
    }

    /// Reads a slug, or fails with the problem at `slug`.
    pub fn read(text: &str) -> Result<Self> {
        let mut problems = Problems::new(Stage::Draft);
        Self::parse(text, "slug", &mut problems).ok_or_else(|| Error::Problems(problems.into_vec()))
    }

    /// The home page's: nothing.
    pub fn home() -> Self {
        Self(String::new())
    }

    /// Whether it may stand first in a path: some first parts are the server's own.
    pub fn may_stand_first(&self) -> bool {
        !RESERVED.contains(&self.0.as_str())
    }

    /// The text of it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Whether the server itself answers at `path`, or what stands there is always something else.
pub fn is_served(path: &str) -> bool {
    let first = path.trim_start_matches('/').split('/').next().unwrap_or_default();
    // Below the list of therapies stand therapies, which come and go.
    RESERVED.contains(&first) && !path.starts_with(THERAPIES) || first == "robots.txt"
}

/// Bytes of a path, at the most.
pub const MOST_BYTES: usize = 1_000;

/// `/a/b/` as it is stored: `/a/b`. Nothing that no path can be is looked up: what is too long, or holds U+0000, which
/// PostgreSQL takes in no text.
pub fn normalise(path: &str) -> Option<String> {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    if path.len() > MOST_BYTES || path.contains('\0') {
        return None;
    }
    let trimmed = path.trim_matches('/');
    Some(format!("/{trimmed}"))
}

/// The path of `slug` below `parent`: `/therapies` and `group-therapy` make `/therapies/group-therapy`.
pub fn child_path(parent: Option<&str>, slug: &Slug) -> String {
    match parent {
        None | Some("/") => format!("/{}", slug.as_str()),
        Some(parent) => format!("{parent}/{}", slug.as_str()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<String, ProblemCode> {
        let mut problems = Problems::new(Stage::Draft);
        let slug = Slug::parse(text, "slug", &mut problems);
        slug.map(|slug| slug.0).ok_or_else(|| problems.into_vec()[0].code)
    }

    #[test]
    fn a_slug_is_lower_case_words_with_single_hyphens() {
        assert_eq!(parse(" what-is-detox "), Ok("what-is-detox".to_owned()));
        assert_eq!(parse(""), Err(ProblemCode::Required));
        for wrong in ["What", "a b", "a--b", "-a", "a-", "é", "a/b", "..", "a_b"] {
            assert_eq!(parse(wrong), Err(ProblemCode::Invalid), "{wrong}");
        }
        assert_eq!(parse(&"a".repeat(81)), Err(ProblemCode::TooLarge));
    }

    #[test]
    fn what_the_server_answers_itself_is_known_by_its_first_part() {
        for path in ["/admin", "/admin/x", "/media/a.png", "/sitemap.xml", "/robots.txt"] {
            assert!(is_served(path), "{path}");
        }
        for path in ["/administration", "/therapies/old", "/a/admin"] {
            assert!(!is_served(path), "{path}");
        }
    }

    #[test]
    fn a_path_is_made_of_its_slugs() {
        assert_eq!(child_path(None, &Slug::home()), "/");
        assert_eq!(child_path(Some("/"), &Slug("a".into())), "/a");
        assert_eq!(child_path(Some("/a"), &Slug("b".into())), "/a/b");
    }
}
