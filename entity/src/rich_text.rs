//! Text with structure: a closed tree of nodes and marks, never HTML.
//!
//! The stored JSON is the editor's own document (ProseMirror's shape), narrowed to what is listed here; anything else is
//! refused with the path where it stands. Links name things by id.

use std::borrow::Cow;

use async_graphql::{Context, InputType, InputValueError, InputValueResult, Object, SimpleObject, Value, registry};
use maud::{Markup, html};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::{
    id::{ContactPointId, LocationId, PageId, TherapyId},
    problem::{ProblemCode, Problems, is_forbidden},
    reference::{self, ExternalLink, LinkTarget, Reference, Target, Targets, UnavailableLink},
};

/// Nesting of lists, at the most.
const DEEPEST: usize = 6;
/// Characters of one text, at the most.
const LONGEST: usize = 20_000;
/// Paragraphs, headings, lists and items of one text, at the most.
const MOST_NODES: usize = 1_000;

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
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "each variant is the thing its id names")]
pub enum LinkTo {
    Page(PageId),
    Therapy(TherapyId),
    Location(LocationId),
    ContactPoint(ContactPointId),
    /// `https://…`
    Url(String),
    /// An e-mail address.
    Mailto(String),
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

    fn resolve(&self, targets: &Targets) -> LinkTarget {
        match self {
            Self::Url(url) => LinkTarget::External(ExternalLink { href: url.clone() }),
            Self::Mailto(address) => LinkTarget::External(ExternalLink { href: format!("mailto:{address}") }),
            _ => match self.reference().and_then(|reference| targets.get(reference)) {
                Some(Target::Entry(entry)) => LinkTarget::Entry(entry.clone()),
                Some(Target::Location(location)) => LinkTarget::Location(location.clone()),
                Some(Target::Phone(phone)) => LinkTarget::Phone(phone.clone()),
                _ => LinkTarget::Unavailable(UnavailableLink {
                    reference: self.reference().map(|reference| reference.to_string()).unwrap_or_default().into(),
                }),
            },
        }
    }

    fn href(&self, targets: &Targets) -> Option<String> {
        match self.resolve(targets) {
            LinkTarget::Entry(entry) => Some(entry.path),
            LinkTarget::Location(location) => Some(location.map_url),
            LinkTarget::Phone(phone) => Some(format!("tel:{}", phone.number)),
            LinkTarget::External(external) => Some(external.href),
            LinkTarget::Unavailable(_) => None,
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
        self.plain_text().trim().is_empty()
    }

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

    /// Everything it points at.
    pub fn references(&self, found: &mut Vec<Reference>) {
        self.each_inline(&mut |inline| match inline {
            Inline::Text { marks, .. } => {
                found.extend(marks.iter().filter_map(|mark| match mark {
                    Mark::Link { attrs } => attrs.to.reference(),
                    Mark::Strong | Mark::Em => None,
                }));
            }
            Inline::Phone { attrs } => found.push(Reference::ContactPoint(attrs.contact_point)),
            Inline::HardBreak => {}
        });
    }

    /// The words alone, a line a paragraph.
    pub fn plain_text(&self) -> String {
        let mut out = String::new();
        plain(&self.content, &mut out);
        out.truncate(out.trim_end().len());
        out
    }

    /// Semantic HTML; every character of content is escaped.
    pub fn html(&self, targets: &Targets) -> Markup {
        nodes_html(&self.content, targets)
    }

    /// One paragraph is drawn without its `<p>`, for list items and answers on one line.
    pub fn html_in_line(&self, targets: &Targets) -> Markup {
        match self.content.as_slice() {
            [Node::Paragraph { content }] => inlines_html(content, targets),
            _ => self.html(targets),
        }
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
                        check_link(&attrs.to, problems);
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

fn check_link(to: &LinkTo, problems: &mut Problems) {
    match to {
        LinkTo::Url(address) => {
            if !is_outside_address(address) {
                problems.add("to", ProblemCode::Invalid, "A link outside begins with https:// and names a host.");
            }
        }
        LinkTo::Mailto(address) => {
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
        LinkTo::Page(_) | LinkTo::Therapy(_) | LinkTo::Location(_) | LinkTo::ContactPoint(_) => {}
    }
}

fn plain(nodes: &[Node], out: &mut String) {
    for node in nodes {
        match node {
            Node::Paragraph { content } | Node::Heading { content, .. } => {
                for inline in content {
                    match inline {
                        Inline::Text { text, .. } => out.push_str(text),
                        Inline::HardBreak => out.push('\n'),
                        Inline::Phone { .. } => {}
                    }
                }
                out.push('\n');
            }
            Node::BulletList { content } | Node::OrderedList { content } => {
                for ListItem::ListItem { content } in content {
                    plain(content, out);
                }
            }
        }
    }
}

fn nodes_html(nodes: &[Node], targets: &Targets) -> Markup {
    html! {
        @for node in nodes {
            @match node {
                Node::Paragraph { content } => p { (inlines_html(content, targets)) },
                Node::Heading { attrs, content } => {
                    @if attrs.level == 3 { h3 { (inlines_html(content, targets)) } }
                    @else { h4 { (inlines_html(content, targets)) } }
                }
                Node::BulletList { content } => ul { (items_html(content, targets)) },
                Node::OrderedList { content } => ol { (items_html(content, targets)) },
            }
        }
    }
}

fn items_html(items: &[ListItem], targets: &Targets) -> Markup {
    html! {
        @for ListItem::ListItem { content } in items {
            li { (nodes_html(content, targets)) }
        }
    }
}

fn inlines_html(inlines: &[Inline], targets: &Targets) -> Markup {
    html! {
        @for inline in inlines {
            @match inline {
                Inline::Text { text, marks } => (marked(text, marks, targets)),
                Inline::HardBreak => br;,
                Inline::Phone { attrs } => {
                    @if let Some(phone) = targets.phone(attrs.contact_point) {
                        a class="tel" href={ "tel:" (phone.number) } { (phone.display) }
                    }
                }
            }
        }
    }
}

fn marked(text: &str, marks: &[Mark], targets: &Targets) -> Markup {
    match marks.split_first() {
        None => html! { (text) },
        Some((Mark::Strong, rest)) => html! { strong { (marked(text, rest, targets)) } },
        Some((Mark::Em, rest)) => html! { em { (marked(text, rest, targets)) } },
        Some((Mark::Link { attrs }, rest)) => match attrs.to.href(targets) {
            Some(href) => html! { a href=(href) { (marked(text, rest, targets)) } },
            None => html! { span class="unavailable" { (marked(text, rest, targets)) } },
        },
    }
}

/// A text with paragraphs, lists, emphasis and links.
#[Object]
impl RichText {
    /// The tree itself: nodes and marks with links by id, for a renderer of your own.
    async fn json(&self) -> async_graphql::Result<async_graphql::Json<serde_json::Value>> {
        Ok(async_graphql::Json(serde_json::to_value(self)?))
    }

    /// Safe, semantic HTML with the links resolved.
    #[graphql(name = "html")]
    async fn html_field(&self, ctx: &Context<'_>) -> async_graphql::Result<String> {
        let mut wanted = Vec::new();
        self.references(&mut wanted);
        Ok(self.html(&reference::targets(ctx, &wanted).await?).into_string())
    }

    /// The words alone, a line a paragraph.
    async fn text(&self) -> String {
        self.plain_text()
    }

    /// Every link in it, in reading order.
    async fn links(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<Link>> {
        let mut wanted = Vec::new();
        self.references(&mut wanted);
        let targets = reference::targets(ctx, &wanted).await?;
        let mut links = Vec::new();
        self.each_inline(&mut |inline| match inline {
            Inline::Text { text, marks } => {
                for mark in marks {
                    if let Mark::Link { attrs } = mark {
                        links.push(Link { text: text.clone(), target: attrs.to.resolve(&targets) });
                    }
                }
            }
            Inline::Phone { attrs } => {
                let to = LinkTo::ContactPoint(attrs.contact_point);
                let text = targets.phone(attrs.contact_point).map(|phone| phone.display.clone()).unwrap_or_default();
                links.push(Link { text, target: to.resolve(&targets) });
            }
            Inline::HardBreak => {}
        });
        Ok(links)
    }
}

/// A link within a text.
#[derive(SimpleObject)]
pub struct Link {
    /// The words that carry it.
    text: String,
    /// Where it leads.
    target: LinkTarget,
}

impl InputType for RichText {
    type RawValueType = Self;

    fn type_name() -> Cow<'static, str> {
        "RichTextDocument".into()
    }

    fn create_type_info(registry: &mut registry::Registry) -> String {
        registry.create_input_type::<Self, _>(registry::MetaTypeId::Scalar, |_| registry::MetaType::Scalar {
            name: <Self as InputType>::type_name().into_owned(),
            description: Some(
                "A rich text as JSON: `{\"type\": \"doc\", \"v\": 1, \"content\": [...]}`. Nodes: paragraph, heading (level 3 or 4), \
                 bulletList, orderedList, listItem, hardBreak, text, phone. Marks: strong, em, link with `attrs.to` naming one of \
                 page, therapy, location, contactPoint (ids), url (https) or mailto. Anything else is refused."
                    .into(),
            ),
            is_valid: None,
            visible: None,
            inaccessible: false,
            tags: Vec::new(),
            specified_by_url: None,
            directive_invocations: Vec::new(),
            requires_scopes: Vec::new(),
        })
    }

    fn parse(value: Option<Value>) -> InputValueResult<Self> {
        let json = value.unwrap_or_default().into_json().map_err(InputValueError::custom)?;
        serde_json::from_value(json).map_err(|cause| InputValueError::custom(format!("not a rich text: {cause}")))
    }

    fn to_value(&self) -> Value {
        serde_json::to_value(self).ok().and_then(|json| Value::from_json(json).ok()).unwrap_or_default()
    }

    fn as_raw_value(&self) -> Option<&Self> {
        Some(self)
    }
}

impl JsonSchema for RichText {
    fn schema_name() -> Cow<'static, str> {
        "RichText".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "object", "x-widget": "richText", "default": json!({ "type": "doc", "v": 1, "content": [] }) })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]

    use std::{fs, path::Path};

    use super::*;
    use crate::problem::Stage;

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
