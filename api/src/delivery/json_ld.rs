//! What machines are told about a page: schema.org as JSON-LD.

use entity::{
    block::Block,
    content::{Content, PageContent},
};
use maud::{Markup, PreEscaped, html};
use serde_json::{Value, json};

use super::layout::Layout;
use crate::publishing::{Live, seo_of};

/// The page itself, and its questions where it has any.
pub fn page(layout: &Layout, live: &Live<PageContent>, author: Option<&str>, reviewer: Option<&str>) -> Markup {
    let content = &live.content;
    let seo = seo_of(content);
    let mut about = json!({
        "@context": "https://schema.org",
        "@type": "MedicalWebPage",
        "url": layout.absolute(&live.entry.path),
        "headline": content.title(),
        "description": seo.description,
        "datePublished": live.entry.first_published_at,
        "dateModified": live.entry.published_at,
        "publisher": { "@type": "MedicalOrganization", "name": layout.site_name },
        "author": author.map(person),
        "reviewedBy": reviewer.map(person),
        "lastReviewed": reviewer.and(content.reviewed_on),
    });
    // What is not known is left out rather than said to be null.
    if let Some(fields) = about.as_object_mut() {
        fields.retain(|_, value| !value.is_null());
    }
    let questions = questions(content);
    html! {
        (script(&about))
        @if !questions.is_empty() {
            (script(&json!({ "@context": "https://schema.org", "@type": "FAQPage", "mainEntity": questions })))
        }
    }
}

fn person(name: &str) -> Value {
    json!({ "@type": "Person", "name": name })
}

fn questions(content: &PageContent) -> Vec<Value> {
    let items = content.blocks.iter().filter_map(|block| match block {
        Block::Faq(faq) => Some(&faq.items),
        _ => None,
    });
    items
        .flatten()
        .map(|item| {
            let answer = json!({ "@type": "Answer", "text": item.answer.plain_text() });
            json!({ "@type": "Question", "name": item.question, "acceptedAnswer": answer })
        })
        .collect()
}

/// A data block. `<` is escaped, so no text in it can end the element.
fn script(value: &Value) -> Markup {
    let text = value.to_string().replace('<', "\\u003c");
    html! { script type="application/ld+json" { (PreEscaped(text)) } }
}
