//! The pages of the reference site, drawn from live content.

use entity::{
    block::{LeadForm, Render, draw_all},
    content::{Content, PageContent, TherapyContent},
    date::Date,
    page::PageKind,
    reference::{Reference, Target, Targets},
};
use maud::{Markup, html};
use sea_orm::ConnectionTrait;

use super::{
    json_ld,
    layout::{Head, Layout},
};
use crate::{
    content::page,
    error::Result,
    publishing::{Audience, Live, find_targets, seo_of},
};

/// Draws a placed lead form on the page at a path.
pub type DrawForm<'a> = dyn Fn(&LeadForm) -> Markup + Sync + 'a;

/// A page as a whole document.
pub async fn draw_page(
    db: &impl ConnectionTrait,
    layout: &Layout,
    live: &Live<PageContent>,
    draw_form: &DrawForm<'_>,
) -> Result<Markup> {
    let content = &live.content;
    let id = entity::id::PageId(live.entry.id.0);
    let kind = page::load_kinds(db, &[id]).await?.remove(&id).unwrap_or(PageKind::Standard);
    let targets = find_targets(db, &content.references(), Audience::Public).await?;
    let author = content.author.and_then(|id| person(&targets, id));
    let reviewer = content.reviewer.and_then(|id| person(&targets, id));
    let body = html! {
        article class={ "page " (if kind == PageKind::Home { "home" } else { "" }) } {
            header class="page-header" {
                h1 { (content.title) }
                @if !content.summary.is_empty() { p class="lead" { (content.summary) } }
                @if kind == PageKind::Article { (byline(live, author, reviewer)) }
            }
            (draw_all(&content.blocks, &Render { targets: &targets, forms: Some(draw_form), form_anchor: None }))
        }
    };
    let seo = seo_of(content);
    let head = Head {
        title: &seo.title,
        description: &seo.description,
        path: Some(&live.entry.path),
        no_index: seo.no_index,
        json_ld: json_ld::page(layout, live, author, reviewer),
    };
    Ok(layout.page(&head, &body))
}

/// A therapy as a whole document.
pub async fn draw_therapy(
    db: &impl ConnectionTrait,
    layout: &Layout,
    live: &Live<TherapyContent>,
    draw_form: &DrawForm<'_>,
) -> Result<Markup> {
    let content = &live.content;
    let targets = find_targets(db, &content.references(), Audience::Public).await?;
    let regions: Vec<&str> = content.regions.iter().filter_map(|id| targets.region(*id)).collect();
    let body = html! {
        article class="page" {
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
            (draw_all(&content.blocks, &Render { targets: &targets, forms: Some(draw_form), form_anchor: None }))
        }
    };
    let seo = seo_of(content);
    let head = Head {
        title: &seo.title,
        description: &seo.description,
        path: Some(&live.entry.path),
        no_index: seo.no_index,
        json_ld: html! {},
    };
    Ok(layout.page(&head, &body))
}

/// The list of therapies at `/therapies`.
pub fn draw_therapies(layout: &Layout, therapies: &[Live<TherapyContent>]) -> Markup {
    let body = html! {
        article class="page" {
            header class="page-header" { h1 { "Therapies" } }
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
        description: "",
        path: Some(crate::therapies::therapy::BELOW),
        no_index: false,
        json_ld: html! {},
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
    match targets.get(Reference::Person(id))? {
        Target::Person(name) => Some(name),
        _ => None,
    }
}
