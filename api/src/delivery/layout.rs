//! The frame of every page of the reference site: head, header, footer.

use entity::{
    id::ContactPointId,
    menu,
    picture::Picture,
    reference::{PhoneLink, Reference, Targets},
    rendition::{Format, Shape},
    rich_text::LinkTo,
};
use maud::{DOCTYPE, Markup, html};
use sea_orm::ConnectionTrait;

use crate::{
    error::Result,
    library::{self, Link},
    publishing::{Audience, find_targets},
};

/// What every page of the site shows around its content.
#[derive(Clone, Debug)]
pub struct Layout {
    /// The centre's name.
    pub site_name: String,
    statement: String,
    public_url: String,
    phone: Option<PhoneLink>,
    emergency: Option<PhoneLink>,
    crisis: Option<PhoneLink>,
    main: Vec<Link>,
    footer: Vec<Link>,
    share_image: Option<Picture>,
}

/// What a page says in its head.
pub struct Head<'a> {
    /// The title, without the centre's name.
    pub title: &'a str,
    /// For search engines; may be empty.
    pub description: &'a str,
    /// Where it is; none for pages that are not at an address of their own.
    pub path: Option<&'a str>,
    /// Where the original is, when that is elsewhere; empty for its own address.
    pub canonical: &'a str,
    /// Ask search engines to leave it out.
    pub no_index: bool,
    /// What link previews show, where it is not the site's own picture.
    pub share_image: Option<&'a Picture>,
    /// What machines are told.
    pub json_ld: Markup,
}

impl<'a> Head<'a> {
    /// A page for one visitor only: an answer, an error. Search engines leave it out.
    pub fn private(title: &'a str) -> Self {
        Self { title, description: "", path: None, canonical: "", no_index: true, share_image: None, json_ld: html! {} }
    }
}

/// What a layout is made of, its references not looked up yet: they are looked up together with the page's own.
#[derive(Clone, Debug)]
pub struct Frame {
    brand: Option<entity::brand::Model>,
    share_image: Option<entity::media::Model>,
    main: Vec<menu::Item>,
    footer: Vec<menu::Item>,
    public_url: String,
}

impl Frame {
    /// Reads the brand and the menus.
    pub async fn load(db: &impl ConnectionTrait, public_url: &str) -> Result<Self> {
        let (brand, share_image) = library::find_brand_with_image(db).await?.unzip();
        let [main, footer] = library::find_menus(db, ["main", "footer"]).await?;
        let public_url = public_url.trim_end_matches('/').to_owned();
        Ok(Self { brand, share_image: share_image.flatten(), main, footer, public_url })
    }

    fn numbers(&self) -> [Option<ContactPointId>; 3] {
        let numbers = self.brand.as_ref().map(|brand| [brand.contact_point_id, brand.emergency_id, brand.crisis_id]);
        numbers.unwrap_or_default()
    }

    /// Everything it points at.
    pub fn references(&self) -> Vec<Reference> {
        let numbers = self.numbers().into_iter().flatten().map(Reference::ContactPoint);
        let mut found: Vec<Reference> = numbers.collect();
        self.main.iter().chain(&self.footer).for_each(|item| item.references(&mut found));
        found
    }

    /// The layout, with what is known of its references.
    pub fn resolve(self, targets: &Targets) -> Layout {
        let phone = |id: Option<_>| id.and_then(|id| targets.phone(id)).cloned();
        let [contact, emergency, crisis] = self.numbers().map(phone);
        let site_name = self.brand.as_ref().map_or_else(|| "Hillside".to_owned(), |brand| brand.site_name.clone());
        Layout {
            site_name,
            statement: self.brand.map(|brand| brand.statement).unwrap_or_default(),
            public_url: self.public_url,
            phone: contact,
            emergency,
            crisis,
            main: links(self.main, targets),
            footer: links(self.footer, targets),
            share_image: self.share_image.as_ref().map(Picture::from),
        }
    }
}

impl Layout {
    /// Reads the brand and the menus, and looks up what they name.
    pub async fn load(db: &impl ConnectionTrait, public_url: &str) -> Result<Self> {
        let frame = Frame::load(db, public_url).await?;
        let targets = find_targets(db, &frame.references(), Audience::Public).await?;
        Ok(frame.resolve(&targets))
    }

    /// Without anything that would have to be read.
    pub fn bare(public_url: &str) -> Self {
        let public_url = public_url.trim_end_matches('/').to_owned();
        let nothing = Frame { brand: None, share_image: None, main: Vec::new(), footer: Vec::new(), public_url };
        nothing.resolve(&Targets::default())
    }

    /// A path with scheme and host.
    pub fn absolute(&self, path: &str) -> String {
        format!("{}{path}", self.public_url)
    }

    /// A whole document around `body`.
    pub fn page(&self, head: &Head<'_>, body: &Markup) -> Markup {
        html! {
            (DOCTYPE)
            html lang="en" {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    title { (head.title) @if head.title != self.site_name { " · " (self.site_name) } }
                    @if !head.description.is_empty() { meta name="description" content=(head.description); }
                    @if head.no_index { meta name="robots" content="noindex"; }
                    @if !head.canonical.is_empty() {
                        link rel="canonical" href=(head.canonical);
                    } @else if let Some(path) = head.path {
                        link rel="canonical" href=(self.absolute(path));
                    }
                    (self.preview(head))
                    meta name="color-scheme" content="light dark";
                    link rel="stylesheet" href="/assets/site.css";
                    link rel="icon" href="/assets/favicon.svg" type="image/svg+xml";
                    (head.json_ld)
                }
                body {
                    a class="skip" href="#main" { "Skip to the content" }
                    (self.crisis_bar())
                    (self.header())
                    main id="main" { (body) }
                    (self.footer())
                }
            }
        }
    }

    /// What a link to the page shows elsewhere (ogp.me).
    fn preview(&self, head: &Head<'_>) -> Markup {
        let Some(path) = head.path else { return html! {} };
        html! {
            meta property="og:type" content="website";
            meta property="og:site_name" content=(self.site_name);
            meta property="og:title" content=(head.title);
            meta property="og:url" content=(self.absolute(path));
            @if !head.description.is_empty() { meta property="og:description" content=(head.description); }
            @if let Some(image) = head.share_image.or(self.share_image.as_ref()) {
                meta property="og:image" content=(self.absolute(&image.url(1280, Shape::Whole, Format::Jpeg)));
                meta property="og:image:alt" content=(image.alt);
            }
        }
    }

    fn crisis_bar(&self) -> Markup {
        html! {
            @if self.emergency.is_some() || self.crisis.is_some() {
                aside class="crisis" aria-label="In an emergency" {
                    @if let Some(phone) = &self.emergency {
                        span { "In danger now? " a class="tel" href={ "tel:" (phone.number) } { "Call " (phone.display) } }
                    }
                    @if let Some(phone) = &self.crisis {
                        " " span { "In a crisis? " a class="tel" href={ "tel:" (phone.number) } { "Call or text " (phone.display) } }
                    }
                }
            }
        }
    }

    fn header(&self) -> Markup {
        html! {
            header class="site-header" {
                a class="brand" href="/" { (self.site_name) }
                @if !self.main.is_empty() { nav aria-label="Main" { (list(&self.main)) } }
                @if let Some(phone) = &self.phone {
                    a class="button tel" href={ "tel:" (phone.number) } { "Call " (phone.display) }
                }
            }
        }
    }

    fn footer(&self) -> Markup {
        html! {
            footer class="site-footer" {
                @if !self.statement.is_empty() { p class="statement" { (self.statement) } }
                @if !self.footer.is_empty() { nav aria-label="Footer" { (list(&self.footer)) } }
                p class="name" { (self.site_name) }
            }
        }
    }
}

fn list(links: &[Link]) -> Markup {
    html! {
        ul {
            @for link in links {
                li {
                    a href=(link.href) { (link.label) }
                    @if !link.below.is_empty() { (list(&link.below)) }
                }
            }
        }
    }
}

/// The lines of a menu that lead somewhere a visitor may go. Lines below one that leads nowhere go with it.
pub(super) fn links(items: Vec<menu::Item>, targets: &Targets) -> Vec<Link> {
    let link =
        |label: String, to: Option<&LinkTo>, below| Some(Link { label, href: to?.resolve(targets).href()?, below });
    let item = |item: menu::Item| {
        let below = item.items.into_iter().filter_map(|sub| link(sub.label, sub.to.as_ref(), Vec::new())).collect();
        link(item.label, item.to.as_ref(), below)
    };
    items.into_iter().filter_map(item).collect()
}
