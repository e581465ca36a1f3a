//! Short names that programs and addresses know a thing by: `crisis-988`, `massachusetts`.

use crate::problem::{ProblemCode, Problems};

/// Characters of a slug, at the most.
pub const LONGEST: usize = 80;

/// Whether it is one: 1 to 80 lower-case letters, digits and single hyphens within.
pub fn is_slug(text: &str) -> bool {
    let allowed = |it: char| it.is_ascii_lowercase() || it.is_ascii_digit() || it == '-';
    let whole = !text.is_empty() && text.len() <= LONGEST && text.chars().all(allowed);
    whole && !text.starts_with('-') && !text.ends_with('-') && !text.contains("--")
}

/// The slug a name suggests; empty when nothing of the name can stand in one.
pub fn suggested(name: &str) -> String {
    let mut slug = String::with_capacity(name.len());
    for character in name.chars().flat_map(char::to_lowercase) {
        if character.is_ascii_alphanumeric() {
            slug.push(character);
        } else if !matches!(character, '\'' | '’') && !slug.ends_with('-') && !slug.is_empty() {
            slug.push('-');
        }
    }
    slug.truncate(LONGEST);
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

/// Records at `field` what is wrong with a slug.
pub fn validate(field: &str, slug: &str, problems: &mut Problems) {
    if !is_slug(slug) {
        let message = "A short name has 1 to 80 lower-case letters, digits and single hyphens, such as “main-office”.";
        problems.add(field, ProblemCode::Invalid, message);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_suggests_a_slug() {
        assert_eq!(suggested("988 Suicide & Crisis Lifeline"), "988-suicide-crisis-lifeline");
        assert_eq!(suggested("  St. Mary’s, East "), "st-marys-east");
        assert_eq!(suggested("Ωmega"), "mega");
        assert_eq!(suggested("—"), "");
        assert!(is_slug(&suggested(&"ab ".repeat(60))));
    }
}
