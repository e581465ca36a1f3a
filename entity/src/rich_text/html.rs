//! A text as semantic HTML; every character of content is escaped.

use maud::{Markup, html};

use super::{Inline, ListItem, Mark, Node, RichText};
use crate::reference::Targets;

impl RichText {
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
                Inline::Person { attrs } => {
                    @if let Some(person) = targets.person(attrs.person) { (person.name) }
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
        Some((Mark::Link { attrs }, rest)) => match attrs.to.resolve(targets).href() {
            Some(href) => html! { a href=(href) { (marked(text, rest, targets)) } },
            None => html! { span class="unavailable" { (marked(text, rest, targets)) } },
        },
    }
}
