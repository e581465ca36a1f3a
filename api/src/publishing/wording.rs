//! Stored values as words, for people who compare two versions: texts as they are read, links with where they lead,
//! whatever is named by an id by its name.

use entity::{
    reference::{Reference, Target, Targets},
    rich_text::{Inline, LinkTo, ListItem, Mark, Node, RichText},
};
use serde_json::Value;

use super::{FieldChange, snapshot::is_rich_text};

/// Everything the values of `changes` name.
pub fn references_in<'a>(changes: impl IntoIterator<Item = &'a FieldChange>) -> Vec<Reference> {
    let mut found = Vec::new();
    for change in changes {
        change.before.iter().chain(&change.after).for_each(|value| references(value, &mut found));
    }
    found
}

fn references(value: &Value, found: &mut Vec<Reference>) {
    match value {
        Value::String(text) => found.extend(Reference::parse(text)),
        Value::Array(items) => items.iter().for_each(|item| references(item, found)),
        Value::Object(fields) => fields.values().for_each(|field| references(field, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Both sides of a change as words. Where these are the same, because only emphasis or structure changed, both are written
/// with marks for it: `*stressed*`, `**strong**`, `### heading`, `- point`.
pub fn both_sides(change: &FieldChange, named: &Targets) -> (String, String) {
    let sides = |marks| {
        let words =
            |value: &Option<Value>| value.as_ref().map(|value| Wording { named, marks }.of(value)).unwrap_or_default();
        (words(&change.before), words(&change.after))
    };
    let (before, after) = sides(false);
    if before == after { sides(true) } else { (before, after) }
}

/// A stored block's first words, by which it is recognised.
pub fn summary(block: &Value) -> String {
    const MOST_WORDS: usize = 12;
    let mut found = Vec::new();
    texts(block, &mut found);
    found.join(" ").split_whitespace().take(MOST_WORDS).collect::<Vec<_>>().join(" ")
}

/// The texts in a stored block as they are read, without its key, numbers and choices.
fn texts(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) if is_rich_text(fields) => found.push(plain(value)),
        Value::Object(fields) => {
            fields.iter().filter(|(name, _)| name.as_str() != "key").for_each(|(_, value)| texts(value, found));
        }
        Value::Array(items) => items.iter().for_each(|item| texts(item, found)),
        // A choice is written in capitals, a reference as an id: neither is words.
        Value::String(text) if Reference::parse(text).is_none() && text.chars().any(char::is_lowercase) => {
            found.push(text.clone());
        }
        _ => {}
    }
}

fn plain(rich_text: &Value) -> String {
    serde_json::from_value::<RichText>(rich_text.clone()).map(|text| text.plain_text()).unwrap_or_default()
}

#[derive(Clone, Copy)]
struct Wording<'a> {
    named: &'a Targets,
    /// Whether emphasis and structure are written too.
    marks: bool,
}

impl Wording<'_> {
    fn of(self, value: &Value) -> String {
        match value {
            Value::Null => String::new(),
            Value::String(text) => Reference::parse(text).map_or_else(|| text.clone(), |it| self.name(it)),
            Value::Bool(true) => "yes".to_owned(),
            Value::Bool(false) => "no".to_owned(),
            Value::Number(number) => number.to_string(),
            Value::Array(items) => lines(items.iter().map(|item| self.of(item))),
            Value::Object(fields) if is_rich_text(fields) => match serde_json::from_value::<RichText>(value.clone()) {
                Ok(text) => lines(text.content.iter().map(|node| self.node(node, ""))),
                Err(_) => String::new(),
            },
            Value::Object(fields) => {
                lines(fields.iter().filter(|(name, _)| name.as_str() != "key").map(|(_, value)| self.of(value)))
            }
        }
    }

    fn node(self, node: &Node, bullet: &str) -> String {
        match node {
            Node::Paragraph { content } => format!("{bullet}{}", self.inlines(content)),
            Node::Heading { attrs, content } if self.marks => {
                format!("{} {}", "#".repeat(attrs.level.into()), self.inlines(content))
            }
            Node::Heading { content, .. } => self.inlines(content),
            Node::BulletList { content } => self.items(content, "- "),
            Node::OrderedList { content } => self.items(content, "1. "),
        }
    }

    fn items(self, items: &[ListItem], bullet: &str) -> String {
        let bullet = if self.marks { bullet } else { "" };
        let nodes = items.iter().flat_map(|ListItem::ListItem { content }| content);
        lines(nodes.map(|node| self.node(node, bullet)))
    }

    fn inlines(self, inlines: &[Inline]) -> String {
        let mut words = String::new();
        for inline in inlines {
            match inline {
                Inline::Text { text, marks } => words.push_str(&self.marked(text, marks)),
                Inline::HardBreak => words.push('\n'),
                Inline::Phone { .. } | Inline::Person { .. } => {
                    words.extend(inline.named().map(|named| format!("[{}]", self.name(named))));
                }
            }
        }
        words
    }

    fn marked(self, text: &str, marks: &[Mark]) -> String {
        marks.iter().rev().fold(text.to_owned(), |words, mark| match mark {
            Mark::Strong if self.marks => format!("**{words}**"),
            Mark::Em if self.marks => format!("*{words}*"),
            Mark::Strong | Mark::Em => words,
            Mark::Link { attrs } => format!("{words} [{}]", self.end(&attrs.to)),
        })
    }

    fn end(self, to: &LinkTo) -> String {
        match to {
            LinkTo::Url(address) | LinkTo::Mailto(address) => address.clone(),
            _ => to.reference().map(|it| self.name(it)).unwrap_or_default(),
        }
    }

    /// What a reference is called; what is gone is said to be.
    fn name(self, reference: Reference) -> String {
        match self.named.get(reference) {
            Some(Target::Entry(entry)) => format!("{} ({})", entry.title, entry.path),
            Some(Target::Location(place)) => place.link.name.clone(),
            Some(Target::Phone(phone)) => format!("{} {}", phone.label, phone.display),
            Some(Target::Region(name)) => name.clone(),
            Some(Target::Person(person)) => person.name.clone(),
            Some(Target::Question(item)) => item.question.clone(),
            Some(Target::Block(shared)) => shared.name.clone(),
            Some(Target::Source(source)) => source.title.clone(),
            Some(Target::Picture(picture)) => picture.name.clone(),
            None => "something that is no longer there".to_owned(),
        }
    }
}

fn lines(parts: impl Iterator<Item = String>) -> String {
    parts.filter(|part| !part.trim().is_empty()).collect::<Vec<_>>().join("\n")
}
