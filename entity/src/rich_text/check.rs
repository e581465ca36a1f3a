//! What a text may hold: how long, how deep, and which links.

use super::{Inline, LinkTo, ListItem, Mark, Node, RichText};
use crate::problem::{ProblemCode, Problems, is_forbidden};

/// Nesting of lists, at the most.
const DEEPEST: usize = 6;
/// Characters of one text, at the most.
pub(super) const LONGEST: usize = 20_000;
/// Paragraphs, headings, lists and items of one text, at the most.
const MOST_NODES: usize = 1_000;

impl RichText {
    /// Records at `field` what is wrong with the text; an empty one is missing when `required`.
    pub fn validate(&self, problems: &mut Problems, field: &str, required: bool) {
        if required && self.content.is_empty() {
            problems.missing(field, "Write this text, or remove it.");
        }
        problems.within(field, |problems| check_nodes(&self.content, problems, 0));
        let nodes = count(&self.content);
        if nodes > MOST_NODES {
            let message =
                format!("Split this text: it has {nodes} paragraphs and list items, at most {MOST_NODES} are kept.");
            problems.add(field, ProblemCode::TooLarge, message);
        }
        let length = self.plain_text().chars().count();
        if length > LONGEST {
            problems.add(
                field,
                ProblemCode::TooLarge,
                format!("Shorten this text to {LONGEST} characters; it has {length}."),
            );
        }
    }
}

fn count(nodes: &[Node]) -> usize {
    let below = nodes.iter().map(|node| match node {
        Node::Paragraph { .. } | Node::Heading { .. } => 0,
        Node::BulletList { content } | Node::OrderedList { content } => {
            content.iter().map(|ListItem::ListItem { content }| 1 + count(content)).sum()
        }
    });
    nodes.len() + below.sum::<usize>()
}

fn check_nodes(nodes: &[Node], problems: &mut Problems, depth: usize) {
    if depth > DEEPEST {
        problems.add("content", ProblemCode::TooLarge, format!("Lists nest at most {DEEPEST} deep."));
        return;
    }
    for (place, node) in nodes.iter().enumerate() {
        problems.within("content", |problems| {
            problems.within(place, |problems| match node {
                Node::Paragraph { content } => check_inlines(content, problems),
                Node::Heading { attrs, content } => {
                    if !(3..=4).contains(&attrs.level) {
                        problems.add("level", ProblemCode::Invalid, "A heading inside a text is of level 3 or 4.");
                    }
                    check_inlines(content, problems);
                }
                Node::BulletList { content } | Node::OrderedList { content } => {
                    for (item, ListItem::ListItem { content }) in content.iter().enumerate() {
                        problems.within("content", |problems| {
                            problems.within(item, |problems| check_nodes(content, problems, depth + 1));
                        });
                    }
                }
            });
        });
    }
}

fn check_inlines(inlines: &[Inline], problems: &mut Problems) {
    for (place, inline) in inlines.iter().enumerate() {
        let Inline::Text { text, marks } = inline else {
            continue;
        };
        problems.within("content", |problems| {
            problems.within(place, |problems| {
                if text.is_empty() {
                    problems.add("text", ProblemCode::Invalid, "A piece of text is never empty.");
                }
                if text.chars().any(is_forbidden) {
                    problems.add("text", ProblemCode::Invalid, "Remove the invisible control characters.");
                }
                for mark in marks {
                    if let Mark::Link { attrs } = mark {
                        attrs.to.validate(problems);
                    }
                }
            });
        });
    }
}

/// Whether it is a whole address of another site: `https://`, a host, at most 2,000 characters.
pub fn is_outside_address(address: &str) -> bool {
    // Parsers forgive spaces, tabs and missing slashes, and so would a browser: only what needs no forgiving.
    let plain = address.starts_with("https://")
        && !address.chars().any(|character| character.is_whitespace() || is_forbidden(character));
    let fits = url::Url::parse(address)
        .is_ok_and(|url| url.has_host() && url.username().is_empty() && url.password().is_none());
    plain && fits && address.chars().count() <= 2_000
}

impl LinkTo {
    /// Records at `to` what is wrong with an address outside; what is named by id is looked up by whoever reads it.
    pub fn validate(&self, problems: &mut Problems) {
        match self {
            Self::Url(address) => {
                if !is_outside_address(address) {
                    problems.add("to", ProblemCode::Invalid, "A link outside begins with https:// and names a host.");
                }
            }
            Self::Mailto(address) => {
                let plain = |character: char| {
                    !character.is_whitespace() && !is_forbidden(character) && !"?&\"<>%,;#:\\".contains(character)
                };
                let plausible = address
                    .split_once('@')
                    .is_some_and(|(local, domain)| !local.is_empty() && domain.contains('.') && !domain.contains('@'));
                if !plausible || address.len() > 254 || !address.chars().all(plain) {
                    problems.add("to", ProblemCode::Invalid, "Give one e-mail address, such as name@example.org.");
                }
            }
            Self::Page(_) | Self::Therapy(_) | Self::Location(_) | Self::ContactPoint(_) => {}
        }
    }
}
