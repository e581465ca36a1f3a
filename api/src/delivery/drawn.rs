//! Pages as they were drawn, kept until what is public changes.
//!
//! A page with a form has something in it that is each visitor's own: when it was drawn, signed, and a key against sending
//! twice. It is kept with slots in those places, which are filled for each visitor, so that nobody gets another's.

use std::{future::Future, sync::Arc};

use bytes::Bytes;
use futures_util::future::BoxFuture;
use maud::{Markup, PreEscaped};
use moka::future::Cache;
use sha2::{Digest, Sha256};

use super::site::PlacedForm;
use crate::error::Result;

/// How a visitor came to a page, as far as it tells what led them there.
#[derive(Clone, Copy, Debug)]
pub struct Visit<'a> {
    /// The path of the page.
    pub path: &'a str,
    /// The query of its address; may be empty.
    pub query: &'a str,
    /// The page whose link they followed, where their browser says so.
    pub referrer: Option<&'a str>,
}

impl<'a> Visit<'a> {
    /// To the page at `path`, from nowhere.
    pub const fn straight(path: &'a str) -> Self {
        Self { path, query: "", referrer: None }
    }
}

/// Draws lead forms on the pages of the site; leads brings it.
pub struct Forms {
    load: Box<Load>,
    own: Box<Own>,
    script: Markup,
}

/// Draws a form on the page at a path, with what is the visitor's own.
pub type Draw = dyn Fn(&PlacedForm, &str, Markup) -> Markup + Send + Sync;
/// Looks up what forms ask now.
type Load = dyn Fn() -> BoxFuture<'static, Result<Box<Draw>>> + Send + Sync;
/// What is the visitor's own in a form on the page they came to.
type Own = dyn Fn(&Visit<'_>) -> Markup + Send + Sync;

impl Forms {
    /// Drawn by what `load` finds, which gets the page's path and, at each drawing, what `own` makes for it. `script` stands in a
    /// form that a visitor gets, and in none that is only looked at.
    pub fn new(
        load: impl Fn() -> BoxFuture<'static, Result<Box<Draw>>> + Send + Sync + 'static,
        own: impl Fn(&Visit<'_>) -> Markup + Send + Sync + 'static,
        script: Markup,
    ) -> Self {
        Self { load: Box::new(load), own: Box::new(own), script }
    }

    /// The forms as they are now.
    pub async fn load(&self) -> Result<Loaded<'_>> {
        Ok(Loaded { draw: (self.load)().await?, own: &self.own })
    }
}

/// The forms as they were when the drawing of a page began.
pub struct Loaded<'a> {
    draw: Box<Draw>,
    own: &'a Own,
}

impl Loaded<'_> {
    /// To be looked at, now.
    pub fn draw(&self, form: &PlacedForm, path: &str) -> Markup {
        (self.draw)(form, path, (self.own)(&Visit::straight(path)))
    }

    /// For all visitors, with a slot for what is each one's own.
    pub fn draw_with_slot(&self, form: &PlacedForm, path: &str) -> Markup {
        (self.draw)(form, path, PreEscaped(SLOT.to_owned()))
    }
}

/// Nothing anybody writes looks like it: `<` is escaped.
const SLOT: &str = "<!--own-->";

/// A page that was drawn for all visitors.
#[derive(Debug)]
pub struct Drawn {
    path: String,
    /// What stands between the slots.
    parts: Vec<Bytes>,
    /// Strong (RFC 9110, section 8.8.3), in its quotes.
    etag: String,
}

impl Drawn {
    /// The page at `path`.
    pub fn new(path: &str, markup: Markup) -> Self {
        let html = markup.into_string();
        let name: String = Sha256::digest(&html).iter().take(16).map(|byte| format!("{byte:02x}")).collect();
        let parts = html.split(SLOT).map(|part| Bytes::copy_from_slice(part.as_bytes())).collect();
        Self { path: path.to_owned(), parts, etag: format!("\"{name}\"") }
    }

    /// The page for everybody and its name, where nothing in it is a visitor's own.
    pub fn shared(&self) -> Option<(&Bytes, &str)> {
        match self.parts.as_slice() {
            [whole] => Some((whole, &self.etag)),
            _ => None,
        }
    }

    /// Where it stands.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The page for one visitor, now.
    pub fn filled(&self, forms: &Forms, visit: &Visit<'_>) -> Vec<u8> {
        let mut html = Vec::with_capacity(self.bytes() + 512 * self.parts.len());
        for (place, part) in self.parts.iter().enumerate() {
            if place > 0 {
                html.extend_from_slice((forms.own)(visit).into_string().as_bytes());
                html.extend_from_slice(forms.script.0.as_bytes());
            }
            html.extend_from_slice(part);
        }
        html
    }

    fn bytes(&self) -> usize {
        self.parts.iter().map(Bytes::len).sum()
    }
}

/// Pages as they were drawn, bounded by their bytes; those that nobody reads give way.
pub struct Pages(Cache<(u64, String), Arc<Drawn>>);

impl Pages {
    /// What a page takes beside its text.
    const OVERHEAD: usize = 512;

    /// Keeps at most so many bytes.
    pub fn new(bytes: u64) -> Self {
        let weight =
            |_: &(u64, String), drawn: &Arc<Drawn>| u32::try_from(drawn.bytes() + Self::OVERHEAD).unwrap_or(u32::MAX);
        Self(Cache::builder().weigher(weight).max_capacity(bytes).build())
    }

    /// The page at `path` as of a generation: as it was drawn, or as `draw` draws it now, once for all who wait for it.
    /// What is drawn while the generation is raised may be newer than it says, and never older. What is no page is told
    /// to all who waited, and not kept.
    pub async fn get_or_draw<E: Send + Sync + 'static>(
        &self,
        generation: u64,
        path: &str,
        draw: impl Future<Output = std::result::Result<Arc<Drawn>, E>>,
    ) -> std::result::Result<Arc<Drawn>, Arc<E>> {
        self.0.try_get_with((generation, path.to_owned()), draw).await
    }
}

#[cfg(test)]
mod tests {
    use maud::html;

    use super::*;

    #[test]
    fn every_visitor_gets_their_own_in_each_form() {
        let count = std::sync::atomic::AtomicUsize::new(0);
        let own = move |visit: &Visit<'_>| {
            let nth = count.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            html! { input value=(format!("{}?{} {nth}", visit.path, visit.query)); }
        };
        let forms = Forms::new(|| unreachable!("nothing is drawn"), own, html! { script {} });
        let drawn =
            Drawn::new("/a", html! { p { "<!--own-->" } form { (PreEscaped(SLOT)) } form { (PreEscaped(SLOT)) } });
        assert!(drawn.shared().is_none());
        let page = |visitor: usize| {
            let (first, second) = (2 * visitor, 2 * visitor + 1);
            format!(
                "<p>&lt;!--own--&gt;</p><form><input value=\"/a?b {first}\"><script></script></form>\
                 <form><input value=\"/a?b {second}\"><script></script></form>"
            )
        };
        let visit = Visit { query: "b", ..Visit::straight("/a") };
        assert_eq!(String::from_utf8(drawn.filled(&forms, &visit)).unwrap(), page(0));
        assert_eq!(String::from_utf8(drawn.filled(&forms, &visit)).unwrap(), page(1));
    }

    #[test]
    fn what_has_no_form_is_the_same_for_everybody() {
        let drawn = Drawn::new("/a", html! { p { "Words" } });
        let (whole, etag) = drawn.shared().unwrap();
        assert_eq!(whole.as_ref(), b"<p>Words</p>");
        let other = Drawn::new("/a", html! { p { "Others" } });
        assert_ne!(Some(etag), other.shared().map(|(_, etag)| etag));
    }
}
