//! From a path to what is there.

use entity::{
    content::{PageContent, TherapyContent},
    entry::EntryKind,
    redirect,
};
use sea_orm::ConnectionTrait;

use crate::{
    error::Result,
    publishing::{self, Live},
};

/// What the public finds at a path.
#[derive(Clone, Debug)]
pub enum Route {
    /// A page.
    Page(Box<Live<PageContent>>),
    /// A therapy.
    Therapy(Box<Live<TherapyContent>>),
    /// It moved: the redirect, and where to.
    Redirect(redirect::Model, String),
}

/// Finds what the public may read at `path`; a trailing slash is forgiven.
pub async fn find(db: &impl ConnectionTrait, path: &str) -> Result<Option<Route>> {
    let Some(path) = normalise(path) else { return Ok(None) };
    if let Some(live) = publishing::find_live(db, &path).await? {
        return Ok(Some(match live.entry.kind {
            EntryKind::Page => Route::Page(Box::new(live.read()?)),
            EntryKind::Therapy => Route::Therapy(Box::new(live.read()?)),
        }));
    }
    let found = publishing::find_redirect(db, &path).await?;
    Ok(found.map(|(redirect, target)| Route::Redirect(redirect, target)))
}

/// `/a/b/` as it is stored: `/a/b`. Nothing that no path can be is looked up: what is too long, or holds U+0000, which
/// PostgreSQL takes in no text.
pub fn normalise(path: &str) -> Option<String> {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    if path.len() > 1_000 || path.contains('\0') {
        return None;
    }
    let trimmed = path.trim_matches('/');
    Some(format!("/{trimmed}"))
}
