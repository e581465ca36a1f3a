//! What is at a path, and which paths there are.

use async_graphql::{Enum, ID, Object, SimpleObject, Union};
use chrono::{DateTime, Utc};
use entity::{
    entry::{self, EntryKind},
    redirect,
};

use crate::{content::public::Page, delivery::route, therapies::public::Therapy};

/// What is at a path.
#[derive(Union)]
pub enum Route {
    /// A page.
    Page(Page),
    /// A therapy.
    Therapy(Therapy),
    /// It moved.
    Redirect(Redirect),
}

impl From<route::Route> for Route {
    fn from(found: route::Route) -> Self {
        match found {
            route::Route::Page(live) => Self::Page(Page(live)),
            route::Route::Therapy(live) => Self::Therapy(Therapy(live)),
            route::Route::Redirect(row, target) => Self::Redirect(Redirect { row, target }),
        }
    }
}

/// An old path that leads to a present one.
pub struct Redirect {
    pub(super) row: redirect::Model,
    pub(super) target: String,
}

/// An old path that leads to a present one. Answer it with `status` and go on at `target`.
#[Object]
impl Redirect {
    /// Opaque and stable.
    pub async fn id(&self) -> ID {
        self.row.id.to_string().into()
    }

    /// The old path.
    async fn from_path(&self) -> &str {
        &self.row.from_path
    }

    /// Where it leads now.
    async fn target(&self) -> &str {
        &self.target
    }

    /// The HTTP status to answer with: 301 or 302.
    async fn status(&self) -> i32 {
        self.row.status.into()
    }
}

/// What sort of content is at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum RouteKind {
    /// A page.
    Page,
    /// A therapy.
    Therapy,
}

/// A path with something public.
#[derive(SimpleObject)]
pub struct RouteEntry {
    /// The path: `/ketamine-side-effects`.
    path: String,
    /// What is there.
    kind: RouteKind,
    /// When what is public there was published.
    updated_at: DateTime<Utc>,
}

impl RouteEntry {
    pub(super) fn of(row: entry::Model) -> Self {
        let kind = match row.kind {
            EntryKind::Page => RouteKind::Page,
            EntryKind::Therapy => RouteKind::Therapy,
        };
        Self { updated_at: row.published_at.unwrap_or(row.updated_at), path: row.path, kind }
    }
}
