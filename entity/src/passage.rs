//! The words of a document, each with where it stands: what checks, and whoever else reads prose, look at.
//!
//! Follows the hints of the blocks' own schemas, so a new kind of block is read without a line here.

use std::{collections::HashMap, sync::LazyLock};

use serde_json::Value;

use crate::{
    block::{self, Block},
    rich_text::{Inline, LinkTo, ListItem, Mark, Node, RichText},
};

/// Words that stand together: a heading, a line of a form, a paragraph.
#[derive(Clone, Debug, PartialEq)]
pub struct Passage {
    /// The block it is in.
    pub block: String,
    /// Where in the content: `["blocks", "4", "richText", "body"]`. Paragraphs of one text share it.
    pub path: Vec<String>,
    /// What it is to the reader.
    pub role: Role,
    /// The words.
    pub text: String,
    /// The links within.
    pub links: Vec<LinkedWords>,
}

/// What words are to the reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A heading of level 2 to 4.
    Heading(u8),
    /// A paragraph or a point of a list.
    Prose,
    /// A short text of its own: a statement, a cell, a caption.
    Line,
}

/// Words that lead somewhere.
#[derive(Clone, Debug, PartialEq)]
pub struct LinkedWords {
    /// The words.
    pub text: String,
    /// Where to.
    pub to: LinkTo,
}

/// Every passage of a document's blocks, in reading order.
pub fn passages(blocks: &[Block]) -> Vec<Passage> {
    static SCHEMAS: LazyLock<HashMap<&str, Value>> =
        LazyLock::new(|| block::definitions().into_iter().map(|it| (it.kind, it.schema)).collect());
    let mut found = Vec::new();
    for (place, block) in blocks.iter().enumerate() {
        let path = vec!["blocks".to_owned(), place.to_string(), block.kind().to_owned()];
        let (Some(schema), Ok(stored)) = (SCHEMAS.get(block.kind()), serde_json::to_value(block)) else { continue };
        let Some(fields) = stored.get(block.kind()) else { continue };
        let mut walk = Walk { block: block.anchor(), level: None, path, found: &mut found };
        walk.value(fields, schema);
    }
    found
}

struct Walk<'a> {
    block: &'a str,
    /// The level of the heading one stands at, where a field is one.
    level: Option<u8>,
    path: Vec<String>,
    found: &'a mut Vec<Passage>,
}

impl Walk<'_> {
    fn value(&mut self, value: &Value, schema: &Value) {
        match schema.get("x-widget").and_then(Value::as_str) {
            Some("richText") => {
                if let Ok(text) = serde_json::from_value::<RichText>(value.clone()) {
                    self.nodes(&text.content);
                }
                return;
            }
            Some("line" | "text") => {
                if let Some(text) = value.as_str() {
                    self.push(self.role(), text.to_owned(), Vec::new());
                }
                return;
            }
            _ => {}
        }
        match value {
            Value::Object(fields) => {
                // In the order of the struct, which is the order of reading; what is stored may have another.
                let properties = schema.get("properties").and_then(Value::as_object);
                for (name, schema) in properties.into_iter().flatten() {
                    if let Some(value) = fields.get(name) {
                        // A field may say which of its neighbours holds its level.
                        let level = schema.get("x-heading-level").and_then(Value::as_str);
                        let level = level.and_then(|level| fields.get(level)?.as_u64());
                        self.level = level.and_then(|level| u8::try_from(level).ok());
                        self.within(name, |walk| walk.value(value, schema));
                    }
                }
            }
            Value::Array(items) => {
                let Some(schema) = schema.get("items") else { return };
                for (place, item) in items.iter().enumerate() {
                    self.within(&place.to_string(), |walk| walk.value(item, schema));
                }
            }
            _ => {}
        }
    }

    /// A field called `heading` heads its block, at the level of a section.
    fn role(&self) -> Role {
        match (self.level, self.path.as_slice()) {
            (Some(level), _) => Role::Heading(level),
            (None, [_, _, _, field]) if field == "heading" => Role::Heading(2),
            _ => Role::Line,
        }
    }

    fn nodes(&mut self, nodes: &[Node]) {
        for node in nodes {
            match node {
                Node::Paragraph { content } => self.inlines(Role::Prose, content),
                Node::Heading { attrs, content } => self.inlines(Role::Heading(attrs.level), content),
                Node::BulletList { content } | Node::OrderedList { content } => {
                    for ListItem::ListItem { content } in content {
                        self.nodes(content);
                    }
                }
            }
        }
    }

    fn inlines(&mut self, role: Role, inlines: &[Inline]) {
        let mut text = String::new();
        let mut links: Vec<LinkedWords> = Vec::new();
        let mut linked = None;
        for inline in inlines {
            match inline {
                Inline::Text { text: words, marks } => {
                    text.push_str(words);
                    let to = marks.iter().find_map(|mark| match mark {
                        Mark::Link { attrs } => Some(&attrs.to),
                        Mark::Strong | Mark::Em => None,
                    });
                    match (to, links.last_mut()) {
                        // A link whose words are partly bold is one link.
                        (Some(to), Some(last)) if linked == Some(to) => last.text.push_str(words),
                        (Some(to), _) => links.push(LinkedWords { text: words.clone(), to: to.clone() }),
                        (None, _) => {}
                    }
                    linked = to;
                }
                Inline::HardBreak => text.push('\n'),
                Inline::Phone { .. } | Inline::Person { .. } => linked = None,
            }
        }
        self.push(role, text, links);
    }

    fn push(&mut self, role: Role, text: String, links: Vec<LinkedWords>) {
        if !text.trim().is_empty() {
            self.found.push(Passage { block: self.block.to_owned(), path: self.path.clone(), role, text, links });
        }
    }

    fn within(&mut self, segment: &str, look: impl FnOnce(&mut Self)) {
        self.path.push(segment.to_owned());
        look(self);
        self.path.pop();
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use serde_json::json;

    use super::*;

    #[test]
    fn words_are_found_wherever_they_stand_and_ids_are_not() {
        let blocks: Vec<Block> = serde_json::from_value(json!([
            { "heading": { "key": "a", "text": "Signs", "level": 3 } },
            { "faq": { "key": "b", "heading": "Questions", "questions": [{ "key": "q", "question": "Does it hurt?", "answer": {
                "type": "doc", "v": 1, "content": [{ "type": "paragraph", "content": [
                    { "type": "text", "text": "Read " },
                    { "type": "text", "text": "more", "marks": [{ "type": "link", "attrs": { "to": { "url": "https://example.org" } } }] },
                    { "type": "text", "text": " here", "marks": [{ "type": "strong" }, { "type": "link", "attrs": { "to": { "url": "https://example.org" } } }] },
                ] }],
            } }] } },
        ]))
        .unwrap();

        let found = passages(&blocks);

        let said: Vec<_> = found.iter().map(|it| (it.role, it.text.as_str(), it.path.join("."))).collect();
        assert_eq!(
            said,
            [
                (Role::Heading(3), "Signs", "blocks.0.heading.text".to_owned()),
                (Role::Heading(2), "Questions", "blocks.1.faq.heading".to_owned()),
                (Role::Line, "Does it hurt?", "blocks.1.faq.questions.0.question".to_owned()),
                (Role::Prose, "Read more here", "blocks.1.faq.questions.0.answer".to_owned()),
            ]
        );
        assert_eq!(found[3].links.len(), 1);
        assert_eq!(found[3].links[0].text, "more here");
    }
}
