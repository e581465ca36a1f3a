//! From a path to what is there.

use entity::{
    content::{PageContent, TherapyContent},
    entry::EntryKind,
    id::EntryId,
    redirect,
};
use sea_orm::ConnectionTrait;
use std::sync::Arc;

use crate::{
    error::Result,
    published::ROW_BYTES,
    publishing::{self, Live, LiveEntry},
};

/// What the public finds at a path.
#[derive(Clone, Debug)]
pub enum Route {
    /// A page.
    Page(Arc<Live<PageContent>>),
    /// A therapy.
    Therapy(Arc<Live<TherapyContent>>),
    /// It moved: the redirect, and where to.
    Redirect(redirect::Model, String),
}

impl Route {
    /// About how much of memory it takes.
    pub fn bytes(&self) -> usize {
        match self {
            Self::Page(live) => live.bytes,
            Self::Therapy(live) => live.bytes,
            Self::Redirect(..) => ROW_BYTES,
        }
    }

    /// To an entry, by its kind.
    pub fn to(entry: LiveEntry) -> Result<Self> {
        Ok(match entry.entry.kind {
            EntryKind::Page => Self::Page(Arc::new(entry.read()?)),
            EntryKind::Therapy => Self::Therapy(Arc::new(entry.read()?)),
        })
    }
}

/// Finds what the public may read at `path`; a trailing slash is forgiven. Where `previewed` stands there, its draft.
pub async fn find(db: &impl ConnectionTrait, path: &str, previewed: Option<EntryId>) -> Result<Option<Route>> {
    let Some(path) = publishing::normalise(path) else { return Ok(None) };
    if let Some(id) = previewed
        && let Some(draft) = publishing::find_draft(db, id).await?
        && draft.entry.path == path
    {
        return Ok(Some(Route::to(draft)?));
    }
    if let Some(live) = publishing::find_live(db, &path).await? {
        return Ok(Some(Route::to(live)?));
    }
    let found = publishing::find_redirect(db, &path).await?;
    Ok(found.map(|(redirect, target)| Route::Redirect(redirect, target)))
}
