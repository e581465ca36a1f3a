//! The verbs on a page.

use std::{collections::HashMap, sync::Arc};

use async_graphql::dataloader::Loader;
use chrono::{DateTime, Utc};
use entity::{
    content::PageContent,
    entry::{self, EntryKind},
    id::{EntryId, PageId},
    page::{self, PageKind},
    problem::ProblemCode,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DatabaseConnection, EntityTrait,
    QueryFilter, QuerySelect, QueryTrait,
};

use crate::{
    error::{Error, Result},
    identity::{Actor, Permission},
    published::Finds,
    publishing::{self, Live, NewEntry, Slug},
    tags::Tags,
};

/// What a new page begins with.
pub struct NewPage {
    /// What sort of page.
    pub kind: PageKind,
    /// The page it stands below.
    pub parent: Option<PageId>,
    /// The last part of its path; ignored for the home page.
    pub slug: String,
    /// Its first draft.
    pub content: PageContent,
}

/// Makes a page with its first draft.
///
/// Fails with problems at `slug`, `parent`, `kind` (a second home page) and `content`.
pub async fn create(db: &impl ConnectionTrait, actor: Actor, new: NewPage, now: DateTime<Utc>) -> Result<entry::Model> {
    actor.require(Permission::WriteContent)?;
    let slug = match new.kind {
        PageKind::Home => {
            if new.parent.is_some() {
                let message = "The home page stands below no other. Leave out the parent.";
                return Err(Error::problem(ProblemCode::Invalid, ["parent"], message));
            }
            if publishing::find_by_path(db, "/").await?.is_some() {
                return Err(Error::problem(
                    ProblemCode::Taken,
                    ["kind"],
                    "There is a home page already. Edit that one.",
                ));
            }
            Slug::home()
        }
        PageKind::Article | PageKind::Standard | PageKind::Landing => Slug::read(&new.slug)?,
    };
    let id = PageId::new();
    let entry = NewEntry { kind: EntryKind::Page, parent: new.parent.map(EntryId::from), slug };
    let saved = publishing::create(db, actor, id.into(), entry, &new.content, now).await?;
    page::ActiveModel { id: Set(id), kind: Set(new.kind) }.insert(db).await?;
    Ok(saved)
}

/// Reads what is special to pages.
pub async fn load_kinds(db: &impl ConnectionTrait, ids: &[PageId]) -> Result<HashMap<PageId, PageKind>> {
    let rows = page::Entity::find().filter(page::Column::Id.is_in(ids.iter().copied())).all(db).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.kind)).collect())
}

/// A condition on entries: they are pages of this sort.
pub fn of_page_kind(kind: PageKind) -> Condition {
    let ids = page::Entity::find().select_only().column(page::Column::Id).filter(page::Column::Kind.eq(kind));
    Condition::all().add(entry::Column::Id.in_subquery(ids.into_query()))
}

/// Batches a request's look-ups of live pages.
pub struct PageLoader(pub DatabaseConnection);

impl Loader<PageId> for PageLoader {
    type Value = Arc<Live<PageContent>>;
    type Error = Arc<Error>;

    async fn load(&self, ids: &[PageId]) -> Result<HashMap<PageId, Self::Value>, Self::Error> {
        let entries = ids.iter().copied().map(EntryId::from);
        let found = publishing::load_live(&self.0, EntryKind::Page, entries).await?;
        Ok(found.into_iter().map(|(id, live)| (PageId(id.0), Arc::new(live))).collect())
    }
}

impl Finds<PageId> for PageLoader {
    fn note(id: &PageId, tags: &Tags) {
        tags.add(id);
    }

    fn bytes(found: &Self::Value) -> usize {
        found.bytes
    }
}
