//! The pages of the reference site, drawn from live content.

use entity::{
    block::{LeadForm, Render, draw_all},
    content::{Content, PageContent, TherapyContent},
    date::Date,
    entry::THERAPIES,
    location,
    page::PageKind,
    reference::{Reference, Targets},
};
use maud::{Markup, html};
use sea_orm::ConnectionTrait;

use super::{
    json_ld,
    layout::{Frame, Head, Layout},
};
use crate::{
    content::page,
    error::Result,
    library,
    publishing::{self, Above, Audience, Live, find_targets, seo_of},
};

/// A lead form's place on a page.
pub type PlacedForm = LeadForm;

/// Draws a placed lead form on the page that is drawn.
pub type DrawForm<'a> = dyn Fn(&PlacedForm) -> Markup + Sync + 'a;

/// What drawing an entry needs besides it.
pub struct Drawing<'a> {
    /// The frame around it.
    pub frame: Frame,
    /// Who will read it.
    pub audience: Audience,
    /// How its forms are drawn.
    pub form: &'a DrawForm<'a>,
    /// Said above everything else, such as that this is no public page.
    pub note: Option<&'a str>,
}

/// What stands alone on a page that is no entry.
pub fn draw_alone(heading: &str, body: &Markup) -> Markup {
    html! {
        article class="page" {
            header class="page-header" { h1 { (heading) } }
            (body)
        }
    }
}

/// A page as a whole document.
pub async fn draw_page(db: &impl ConnectionTrait, drawing: Drawing<'_>, live: &Live<PageContent>) -> Result<Markup> {
    let Drawing { frame, audience, form, note } = drawing;
    let content = &live.content;
    let id = entity::id::PageId(live.entry.id.0);
    let kind = page::load_kinds(db, &[id]).await?.remove(&id).unwrap_or(PageKind::Standard);
    let above = publishing::list_above(db, &live.entry.path).await?;
    let own = content.references();
    let places = places(db, kind, &own).await?;
    // Whatever the page, its frame and its places point at is looked up in one go.
    let wanted = [own, frame.references(), json_ld::references_of(&places)].concat();
    let targets = find_targets(db, &wanted, audience).await?;
    let layout = &frame.resolve(&targets);
    let author = content.author.and_then(|id| person(&targets, id));
    let reviewer = content.reviewer.and_then(|id| person(&targets, id));
    let body = html! {
        article class={ "page " (if kind == PageKind::Home { "home" } else { "" }) } {
            (noted(note))
            (breadcrumbs(&above, &content.title))
            header class="page-header" {
                h1 { (content.title) }
                @if !content.summary.is_empty() { p class="lead" { (content.summary) } }
                @if kind == PageKind::Article { (byline(live, author, reviewer)) }
            }
            (draw_all(&content.blocks, &Render { targets: &targets, forms: Some(form), form_anchor: None }))
        }
    };
    let seo = seo_of(content);
    let head = Head {
        title: &seo.title,
        description: &seo.description,
        path: Some(&live.entry.path),
        canonical: &seo.canonical,
        no_index: seo.no_index,
        share_image: seo.image.and_then(|id| targets.picture(id)),
        json_ld: json_ld::page(
            layout,
            live,
            kind,
            &json_ld::Around { above: &above, author, reviewer, places: &places, targets: &targets },
        ),
    };
    Ok(layout.page(&head, &body))
}

/// A therapy as a whole document.
pub async fn draw_therapy(
    db: &impl ConnectionTrait,
    drawing: Drawing<'_>,
    live: &Live<TherapyContent>,
) -> Result<Markup> {
    let Drawing { frame, audience, form, note } = drawing;
    let content = &live.content;
    let targets = find_targets(db, &[content.references(), frame.references()].concat(), audience).await?;
    let layout = &frame.resolve(&targets);
    let regions: Vec<&str> = content.regions.iter().filter_map(|id| targets.region(*id)).collect();
    // The list of therapies is no entry, but it is where a visitor goes up to.
    let above = [Above { path: THERAPIES.to_owned(), title: "Therapies".to_owned() }];
    let body = html! {
        article class="page" {
            (noted(note))
            (breadcrumbs(&above, &content.title))
            header class="page-header" {
                h1 { (content.title) @if !content.abbreviation.is_empty() { " (" (content.abbreviation) ")" } }
                @if !content.summary.is_empty() { p class="lead" { (content.summary) } }
                @if !regions.is_empty() { p class="byline" { "Offered in " (regions.join(", ")) } }
            }
            @if !content.approach.is_empty() { p { (content.approach) } }
            @if !content.conditions.is_empty() {
                section class="block" aria-labelledby="used-for" {
                    h2 id="used-for" { "What it is used for" }
                    ul { @for condition in &content.conditions { li { (condition) } } }
                }
            }
            (draw_all(&content.blocks, &Render { targets: &targets, forms: Some(form), form_anchor: None }))
        }
    };
    let seo = seo_of(content);
    let head = Head {
        title: &seo.title,
        description: &seo.description,
        path: Some(&live.entry.path),
        canonical: &seo.canonical,
        no_index: seo.no_index,
        share_image: seo.image.and_then(|id| targets.picture(id)),
        json_ld: json_ld::therapy(layout, live, &above, &targets),
    };
    Ok(layout.page(&head, &body))
}

/// The list of therapies at `/therapies`.
pub fn draw_therapies(layout: &Layout, therapies: &[Live<TherapyContent>]) -> Markup {
    let about = format!("What we offer at {}: what each therapy is, and what it is used for.", layout.site_name);
    let body = html! {
        article class="page" {
            header class="page-header" {
                h1 { "Therapies" }
                p class="lead" { (about) }
            }
            ul class="grid" {
                @for therapy in therapies {
                    li {
                        a href=(therapy.entry.path) { (therapy.content.title) }
                        p { (therapy.content.summary) }
                    }
                }
            }
        }
    };
    let head = Head {
        title: "Therapies",
        description: &about,
        path: Some(THERAPIES),
        canonical: "",
        no_index: false,
        share_image: None,
        json_ld: json_ld::therapies(layout, therapies),
    };
    layout.page(&head, &body)
}

/// Nothing is here; there is still somebody to call.
pub fn draw_not_found(layout: &Layout) -> Markup {
    let body = html! {
        article class="page" {
            header class="page-header" { h1 { "This page is not here" } }
            p { "It may have moved, or the address may have a typing error." }
            p { a class="button" href="/" { "Go to the start" } }
        }
    };
    layout.page(&Head::private("Not found"), &body)
}

/// The link has expired, or was never one.
pub fn draw_no_preview(layout: &Layout) -> Markup {
    let body = html! {
        article class="page" {
            header class="page-header" { h1 { "This link does not show anything any more" } }
            p { "A link to a draft holds for some hours only. Ask whoever sent it for a new one." }
        }
    };
    layout.page(&Head::private("Preview"), &body)
}

fn noted(note: Option<&str>) -> Markup {
    html! { @if let Some(note) = note { p class="preview-note" role="note" { (note) } } }
}

/// The way up, for people; the first page has none.
fn breadcrumbs(above: &[Above], title: &str) -> Markup {
    html! {
        @if !above.is_empty() {
            nav class="breadcrumbs" aria-label="Breadcrumb" {
                ol {
                    @for Above { path, title } in above { li { a href=(path) { (title) } } }
                    li aria-current="page" { (title) }
                }
            }
        }
    }
}

/// The places a page speaks of: those it points at, and all of them at home.
async fn places(db: &impl ConnectionTrait, kind: PageKind, references: &[Reference]) -> Result<Vec<location::Model>> {
    let named = |id| references.contains(&Reference::Location(id));
    if kind != PageKind::Home && !references.iter().any(|it| matches!(it, Reference::Location(_))) {
        return Ok(Vec::new());
    }
    let all = library::list_locations(db).await?;
    Ok(all.into_iter().filter(|place| kind == PageKind::Home || named(place.id)).collect())
}

fn byline(live: &Live<PageContent>, author: Option<&str>, reviewer: Option<&str>) -> Markup {
    let day = |date: Date| date.0.format("%-d %B %Y").to_string();
    let updated = live.entry.published_at.map(|at| Date(at.date_naive()));
    html! {
        p class="byline" {
            @if let Some(author) = author { "By " (author) ". " }
            @if let Some(reviewer) = reviewer {
                "Reviewed by " (reviewer)
                @if let Some(on) = live.content.reviewed_on { ", " time datetime=(on) { (day(on)) } }
                ". "
            }
            @if let Some(updated) = updated { "Updated " time datetime=(updated) { (day(updated)) } "." }
        }
    }
}

fn person(targets: &Targets, id: entity::id::PersonId) -> Option<&str> {
    targets.person(id).map(|person| person.name.as_str())
}
