//! What machines are told about a page: schema.org as JSON-LD.

use entity::{
    block::{Block, laid_out},
    content::{Content, PageContent, TherapyContent},
    hours::OpeningHours,
    location,
    page::PageKind,
    reference::{Reference, Targets},
};
use maud::{Markup, PreEscaped, html};
use serde_json::{Value, json};

use super::layout::Layout;
use crate::publishing::{Above, Live, seo_of};

/// What is known around a page: the way to it, who answers for it, and the places it speaks of.
pub struct Around<'a> {
    /// The public entries above it, the topmost first.
    pub above: &'a [Above],
    /// Who wrote it.
    pub author: Option<&'a str>,
    /// The clinician who checked it.
    pub reviewer: Option<&'a str>,
    /// The places it speaks of; the home page speaks of all.
    pub places: &'a [location::Model],
    /// The telephones of those places.
    pub targets: &'a Targets,
}

/// The page itself, the way to it, its questions, and the places it speaks of.
pub fn page(layout: &Layout, live: &Live<PageContent>, kind: PageKind, around: &Around<'_>) -> Markup {
    let content = &live.content;
    let about = json!({
        "@context": "https://schema.org",
        "@type": match kind {
            PageKind::Article => "MedicalWebPage",
            PageKind::Standard | PageKind::Landing | PageKind::Home => "WebPage",
        },
        "url": layout.absolute(&live.entry.path),
        "headline": content.title(),
        "description": described(content),
        "datePublished": live.entry.first_published_at,
        "dateModified": live.entry.published_at,
        "publisher": organization(layout),
        "author": around.author.map(person),
        "reviewedBy": around.reviewer.map(person),
        "lastReviewed": around.reviewer.and(content.reviewed_on),
    });
    let questions = questions(&content.blocks, around.targets);
    html! {
        (script(about))
        (breadcrumbs(layout, &live.entry.path, content.title(), around.above))
        @if !questions.is_empty() {
            (script(json!({ "@context": "https://schema.org", "@type": "FAQPage", "mainEntity": questions })))
        }
        @for place in around.places { (script(clinic(layout, place, around.targets))) }
    }
}

/// A therapy and the way to it.
pub fn therapy(layout: &Layout, live: &Live<TherapyContent>, above: &[Above], targets: &Targets) -> Markup {
    let content = &live.content;
    let therapy = json!({
        "@context": "https://schema.org",
        "@type": "MedicalTherapy",
        "name": content.title(),
        "alternateName": Some(&content.abbreviation).filter(|it| !it.is_empty()),
        "description": described(content),
        "url": layout.absolute(&live.entry.path),
    });
    let questions = questions(&content.blocks, targets);
    html! {
        (script(therapy))
        (breadcrumbs(layout, &live.entry.path, content.title(), above))
        @if !questions.is_empty() {
            (script(json!({ "@context": "https://schema.org", "@type": "FAQPage", "mainEntity": questions })))
        }
    }
}

/// The list of therapies.
pub fn therapies(layout: &Layout, therapies: &[Live<TherapyContent>]) -> Markup {
    let all = therapies.iter().map(|live| (live.entry.path.as_str(), live.content.title()));
    script(json!({ "@context": "https://schema.org", "@type": "ItemList", "itemListElement": items(layout, all) }))
}

fn items<'a>(layout: &Layout, all: impl Iterator<Item = (&'a str, &'a str)>) -> Vec<Value> {
    let item = |((path, name), position): ((&str, &str), u32)| {
        let path = layout.absolute(path);
        json!({ "@type": "ListItem", "position": position, "name": name, "item": path })
    };
    all.zip(1..).map(item).collect()
}

fn described(content: &impl Content) -> Option<String> {
    Some(seo_of(content).description).filter(|description| !description.is_empty())
}

fn breadcrumbs(layout: &Layout, path: &str, title: &str, above: &[Above]) -> Markup {
    if above.is_empty() {
        return html! {};
    }
    let all = above.iter().map(|above| (above.path.as_str(), above.title.as_str())).chain([(path, title)]);
    let items = items(layout, all);
    script(json!({ "@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": items }))
}

fn clinic(layout: &Layout, place: &location::Model, targets: &Targets) -> Value {
    let lines: Vec<String> = serde_json::from_value(place.lines.clone()).unwrap_or_default();
    let phone = place.contact_point_id.and_then(|id| targets.phone(id)).map(|phone| phone.number.as_str());
    let hours: Vec<OpeningHours> = serde_json::from_value(place.hours.clone()).unwrap_or_default();
    let geo = place.latitude.zip(place.longitude);
    json!({
        "@context": "https://schema.org",
        "@type": "MedicalClinic",
        "name": place.name,
        "url": layout.absolute("/"),
        "telephone": phone,
        "address": {
            "@type": "PostalAddress",
            "streetAddress": lines.join(", "),
            "addressLocality": place.city,
            "addressRegion": targets.region(place.region_id),
            "postalCode": place.postal_code,
            "addressCountry": place.country,
        },
        "geo": geo.map(|(latitude, longitude)| {
            json!({ "@type": "GeoCoordinates", "latitude": latitude, "longitude": longitude })
        }),
        "hasMap": place.map_url,
        "openingHoursSpecification": Some(hours.iter().map(opening).collect::<Vec<_>>()).filter(|it| !it.is_empty()),
        "parentOrganization": organization(layout),
    })
}

/// schema.org ends a day at 23:59.
fn opening(hours: &OpeningHours) -> Value {
    let days: Vec<&str> = hours.days.iter().map(|day| day.name()).collect();
    let closes = if hours.closes == "24:00" { "23:59" } else { hours.closes.as_str() };
    json!({ "@type": "OpeningHoursSpecification", "dayOfWeek": days, "opens": hours.opens, "closes": closes })
}

/// What must be looked up to speak of `places`: their telephones and regions.
pub fn references_of(places: &[location::Model]) -> Vec<Reference> {
    let phones = places.iter().filter_map(|place| place.contact_point_id).map(Reference::ContactPoint);
    phones.chain(places.iter().map(|place| Reference::Region(place.region_id))).collect()
}

fn organization(layout: &Layout) -> Value {
    json!({ "@type": "MedicalOrganization", "name": layout.site_name })
}

fn person(name: &str) -> Value {
    json!({ "@type": "Person", "name": name })
}

fn questions(blocks: &[Block], targets: &Targets) -> Vec<Value> {
    let blocks = laid_out(blocks, targets);
    let items = blocks.iter().filter_map(|block| match &**block {
        Block::Faq(faq) => Some(faq.all(targets)),
        _ => None,
    });
    items
        .flatten()
        .map(|item| {
            let answer = json!({ "@type": "Answer", "text": item.answer.read_with(targets) });
            json!({ "@type": "Question", "name": item.question, "acceptedAnswer": answer })
        })
        .collect()
}

/// A data block, without what is not known. `<` is escaped, so no text in it can end the element.
fn script(mut value: Value) -> Markup {
    leave_out_unknown(&mut value);
    let text = value.to_string().replace('<', "\\u003c");
    html! { script type="application/ld+json" { (PreEscaped(text)) } }
}

fn leave_out_unknown(value: &mut Value) {
    if let Some(fields) = value.as_object_mut() {
        fields.retain(|_, value| !value.is_null());
        fields.values_mut().for_each(leave_out_unknown);
    }
}
