//! Text with structure: a closed tree of nodes and marks, never HTML.
//!
//! The stored JSON is the editor's own document (ProseMirror's shape), narrowed to what is listed here; anything else is
//! refused with the path where it stands. Links name things by id.

mod check;
mod graphql;
mod html;

use std::borrow::Cow;

use async_graphql::OneofObject;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

pub use self::{check::is_outside_address, graphql::Link};
use crate::{
    id::{ContactPointId, LocationId, PageId, PersonId, TherapyId},
    reference::{ExternalLink, LinkTarget, Reference, Target, Targets, UnavailableLink},
};

/// A text with paragraphs, lists, emphasis and links. Empty when `content` is.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Document", into = "Document")]
pub struct RichText {
    /// The nodes at the top.
    pub content: Vec<Node>,
}

/// The root as it is stored.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    r#type: DocumentType,
    v: u8,
    content: Vec<Node>,
}

#[derive(Serialize, Deserialize)]
enum DocumentType {
    #[serde(rename = "doc")]
    Doc,
}

impl TryFrom<Document> for RichText {
    type Error = String;

    fn try_from(document: Document) -> Result<Self, String> {
        match document.v {
            1 => Ok(Self { content: document.content }),
            v => Err(format!("rich text of version {v} is not known; this server speaks version 1")),
        }
    }
}

impl From<RichText> for Document {
    fn from(text: RichText) -> Self {
        Self { r#type: DocumentType::Doc, v: 1, content: text.content }
    }
}

/// Something that stands on lines of its own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "camelCase", deny_unknown_fields)]
#[allow(missing_docs, reason = "each variant is the HTML element of that name")]
pub enum Node {
    Paragraph {
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        content: Vec<Inline>,
    },
    Heading {
        attrs: HeadingAttrs,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        content: Vec<Inline>,
    },
    BulletList {
        content: Vec<ListItem>,
    },
    OrderedList {
        content: Vec<ListItem>,
    },
}

/// How deep a heading inside a text is: 3 or 4; the page and its sections own 1 and 2.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HeadingAttrs {
    /// 3 or 4.
    pub level: u8,
}

/// One item of a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "camelCase", deny_unknown_fields)]
pub enum ListItem {
    /// Paragraphs and lists within.
    ListItem {
        /// What it holds.
        content: Vec<Node>,
    },
}

/// Something within a line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "camelCase", deny_unknown_fields)]
pub enum Inline {
    /// Words.
    Text {
        /// The words; never empty.
        text: String,
        /// What they carry.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        marks: Vec<Mark>,
    },
    /// A new line within a paragraph.
    HardBreak,
    /// A contact point's number, dialable.
    Phone {
        /// Which.
        attrs: PhoneAttrs,
    },
    /// Somebody's name with credentials, as the library has it.
    Person {
        /// Whose.
        attrs: PersonAttrs,
    },
}

impl Inline {
    /// What it shows the name of, where it holds no words of its own.
    pub fn named(&self) -> Option<Reference> {
        match self {
            Self::Phone { attrs } => Some(Reference::ContactPoint(attrs.contact_point)),
            Self::Person { attrs } => Some(Reference::Person(attrs.person)),
            Self::Text { .. } | Self::HardBreak => None,
        }
    }
}

/// Whose name a mention shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PersonAttrs {
    /// The person.
    pub person: PersonId,
}

/// Which number a phone shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PhoneAttrs {
    /// The contact point.
    pub contact_point: ContactPointId,
}

/// What words carry.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "camelCase", deny_unknown_fields)]
pub enum Mark {
    /// Of importance.
    Strong,
    /// Stressed.
    Em,
    /// A link.
    Link {
        /// Where to.
        attrs: LinkAttrs,
    },
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LinkAttrs {
    /// By id, or an address outside.
    pub to: LinkTo,
}

/// The end of a link: a thing of ours by id, or an address outside.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, OneofObject)]
#[serde(rename_all = "camelCase")]
#[graphql(name = "LinkInput")]
pub enum LinkTo {
    /// A page.
    Page(PageId),
    /// A therapy.
    Therapy(TherapyId),
    /// A place: its map.
    Location(LocationId),
    /// A telephone number.
    ContactPoint(ContactPointId),
    /// `https://…`
    Url(String),
    /// An e-mail address.
    Mailto(String),
}

impl JsonSchema for LinkTo {
    fn schema_name() -> Cow<'static, str> {
        "LinkTo".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "object", "x-widget": "link", "x-reference": "page therapy location contactPoint" })
    }
}

impl LinkTo {
    /// The thing it names, unless it leads outside.
    pub fn reference(&self) -> Option<Reference> {
        match self {
            Self::Page(id) => Some(Reference::Page(*id)),
            Self::Therapy(id) => Some(Reference::Therapy(*id)),
            Self::Location(id) => Some(Reference::Location(*id)),
            Self::ContactPoint(id) => Some(Reference::ContactPoint(*id)),
            Self::Url(_) | Self::Mailto(_) => None,
        }
    }

    /// Where it leads for a reader who may see `targets`.
    pub fn resolve(&self, targets: &Targets) -> LinkTarget {
        match self {
            Self::Url(url) => LinkTarget::External(ExternalLink { href: url.clone() }),
            Self::Mailto(address) => LinkTarget::External(ExternalLink { href: format!("mailto:{address}") }),
            _ => match self.reference().and_then(|reference| targets.get(reference)) {
                Some(Target::Entry(entry)) => LinkTarget::Entry(entry.clone()),
                Some(Target::Location(place)) => LinkTarget::Location(place.link.clone()),
                Some(Target::Phone(phone)) => LinkTarget::Phone(phone.clone()),
                _ => LinkTarget::Unavailable(UnavailableLink {
                    reference: self.reference().map(|reference| reference.to_string()).unwrap_or_default().into(),
                }),
            },
        }
    }
}

impl RichText {
    /// A single paragraph of plain words.
    pub fn paragraph(text: impl Into<String>) -> Self {
        Self { content: vec![Node::Paragraph { content: vec![Inline::Text { text: text.into(), marks: Vec::new() }] }] }
    }

    /// Whether there is nothing to read.
    pub fn is_empty(&self) -> bool {
        let mut named = false;
        self.each_inline(&mut |inline| named |= inline.named().is_some());
        !named && self.plain_text().trim().is_empty()
    }

    /// Everything it points at.
    pub fn references(&self, found: &mut Vec<Reference>) {
        self.each_inline(&mut |inline| match inline {
            Inline::Text { marks, .. } => {
                found.extend(marks.iter().filter_map(|mark| match mark {
                    Mark::Link { attrs } => attrs.to.reference(),
                    Mark::Strong | Mark::Em => None,
                }));
            }
            Inline::Phone { .. } | Inline::Person { .. } | Inline::HardBreak => found.extend(inline.named()),
        });
    }

    /// The words alone, a line a paragraph; what only names something of the library is left out.
    pub fn plain_text(&self) -> String {
        self.read_with(&Targets::default())
    }

    /// The words as they are read, a line a paragraph, with the numbers and names of the library in their places.
    pub fn read_with(&self, targets: &Targets) -> String {
        let mut out = String::new();
        plain(&self.content, targets, &mut out);
        out.truncate(out.trim_end().len());
        out
    }

    fn each_inline<'a>(&'a self, visit: &mut impl FnMut(&'a Inline)) {
        fn walk<'a>(nodes: &'a [Node], visit: &mut impl FnMut(&'a Inline)) {
            for node in nodes {
                match node {
                    Node::Paragraph { content } | Node::Heading { content, .. } => content.iter().for_each(&mut *visit),
                    Node::BulletList { content } | Node::OrderedList { content } => {
                        for ListItem::ListItem { content } in content {
                            walk(content, visit);
                        }
                    }
                }
            }
        }
        walk(&self.content, visit);
    }
}

fn plain(nodes: &[Node], targets: &Targets, out: &mut String) {
    for node in nodes {
        match node {
            Node::Paragraph { content } | Node::Heading { content, .. } => {
                for inline in content {
                    match inline {
                        Inline::Text { text, .. } => out.push_str(text),
                        Inline::HardBreak => out.push('\n'),
                        Inline::Phone { attrs } => {
                            out.push_str(targets.phone(attrs.contact_point).map_or("", |phone| &phone.display));
                        }
                        Inline::Person { attrs } => {
                            out.push_str(targets.person(attrs.person).map_or("", |person| &person.name));
                        }
                    }
                }
                out.push('\n');
            }
            Node::BulletList { content } | Node::OrderedList { content } => {
                for ListItem::ListItem { content } in content {
                    plain(content, targets, out);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]

    use std::{fs, path::Path};

    use serde_json::json;

    use super::{check::LONGEST, *};
    use crate::{
        problem::{Problems, Stage},
        reference,
    };

    /// The documents that the admin's editor is held to as well.
    fn fixtures(sort: &str) -> Vec<(String, serde_json::Value)> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../admin-ui/src/richtext/fixtures");
        let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        let named = files.filter_map(|path| {
            let name = path.file_stem()?.to_str()?.to_owned();
            let document = serde_json::from_str(&fs::read_to_string(&path).ok()?).ok()?;
            name.starts_with(sort).then_some((name, document))
        });
        let found: Vec<_> = named.collect();
        assert!(found.len() > 4, "{} fixtures are called {sort}…", found.len());
        found
    }

    fn read(json: &serde_json::Value) -> Result<RichText, serde_json::Error> {
        serde_json::from_value(json.clone())
    }

    fn problems(text: &RichText) -> Vec<String> {
        let mut problems = Problems::new(Stage::Publish);
        text.validate(&mut problems, "body", true);
        problems.into_vec().into_iter().map(|it| format!("{:?} {}", it.code, it.path.join("."))).collect()
    }

    fn text(content: serde_json::Value) -> RichText {
        read(&json!({ "type": "doc", "v": 1, "content": content })).unwrap()
    }

    #[test]
    fn what_the_editor_writes_is_stored_as_it_is() {
        for (name, document) in fixtures("valid-") {
            let text = read(&document).unwrap_or_else(|cause| panic!("{name}: {cause}"));
            assert_eq!(serde_json::to_value(&text).unwrap(), document, "{name}");
            let mut problems = Problems::new(Stage::Publish);
            text.validate(&mut problems, "body", false);
            assert_eq!(problems.into_vec(), [], "{name}");
        }
    }

    #[test]
    fn what_is_not_of_the_closed_set_is_no_rich_text() {
        for (name, document) in fixtures("invalid-") {
            assert!(read(&document).is_err(), "{name} was read");
        }
    }

    #[test]
    fn what_has_the_shape_but_breaks_a_rule_is_refused_with_its_path() {
        for (name, document) in fixtures("unfit-") {
            let text = read(&document).unwrap_or_else(|cause| panic!("{name}: {cause}"));
            let found = problems(&text);
            assert!(!found.is_empty(), "{name} was not refused");
            assert!(found.iter().all(|line| line.starts_with("Invalid body.content.0.")), "{name}: {found:?}");
        }
    }

    #[test]
    fn an_empty_text_is_missing_only_where_one_is_required() {
        assert_eq!(problems(&RichText::default()), ["Required body"]);
        let mut problems = Problems::new(Stage::Draft);
        RichText::default().validate(&mut problems, "body", true);
        assert!(problems.is_empty());
    }

    #[test]
    fn lists_nest_only_so_deep_and_texts_are_only_so_long() {
        let deep = (0..7).fold(
            json!([{ "type": "paragraph" }]),
            |inner, _| json!([{ "type": "bulletList", "content": [{ "type": "listItem", "content": inner }] }]),
        );
        let found = problems(&text(deep));
        assert!(
            matches!(found.as_slice(), [line] if line.starts_with("TooLarge body.content.0.content.0.")),
            "{found:?}"
        );
        assert_eq!(problems(&RichText::paragraph("a".repeat(LONGEST + 1))), ["TooLarge body"]);
        assert_eq!(problems(&RichText::paragraph("a".repeat(LONGEST))), [""; 0]);
    }

    #[test]
    fn characters_that_nobody_sees_are_refused() {
        for hidden in ["\u{0}", "\u{7}", "\u{202E}", "\u{2066}"] {
            assert_eq!(
                problems(&RichText::paragraph(format!("a{hidden}b"))),
                ["Invalid body.content.0.content.0.text"],
                "{hidden:?}"
            );
        }
        assert_eq!(problems(&RichText::paragraph("a\tb\nc \u{200D} ملف 👩\u{200D}⚕\u{FE0F}")), [""; 0]);
    }

    #[test]
    fn html_is_made_of_the_tree_and_every_word_is_escaped() {
        let written = text(json!([
            { "type": "heading", "attrs": { "level": 3 }, "content": [{ "type": "text", "text": "<b>" }] },
            { "type": "paragraph", "content": [
                { "type": "text", "text": "a & b", "marks": [{ "type": "strong" }, { "type": "em" }] },
                { "type": "hardBreak" },
                { "type": "text", "text": "out", "marks": [
                    { "type": "link", "attrs": { "to": { "url": "https://example.org/?a=\"1\"&b" } } }
                ] },
            ] },
        ]));
        assert_eq!(
            written.html(&Targets::default()).into_string(),
            "<h3>&lt;b&gt;</h3><p><strong><em>a &amp; b</em></strong><br>\
             <a href=\"https://example.org/?a=&quot;1&quot;&amp;b\">out</a></p>"
        );
        assert_eq!(written.plain_text(), "<b>\na & b\nout");
    }

    #[test]
    fn a_link_without_a_target_is_only_its_words() {
        let id = PageId::new();
        let mark = json!([{ "type": "link", "attrs": { "to": { "page": id } } }]);
        let written =
            text(json!([{ "type": "paragraph", "content": [{ "type": "text", "text": "there", "marks": mark }] }]));
        let mut found = Vec::new();
        written.references(&mut found);
        assert_eq!(found, [Reference::Page(id)]);
        assert_eq!(written.html(&Targets::default()).into_string(), "<p><span class=\"unavailable\">there</span></p>");
        let link = reference::EntryLink {
            reference: id.to_string().into(),
            title: "T".into(),
            path: "/there".into(),
            summary: String::new(),
        };
        let targets: Targets = [(Reference::Page(id), Target::Entry(link))].into_iter().collect();
        assert_eq!(written.html(&targets).into_string(), "<p><a href=\"/there\">there</a></p>");
    }
}
