//! Many pages, to see how an installation does once it has grown.

use chrono::{DateTime, Utc};
use entity::{
    content::PageContent,
    entry::{self, EntryKind},
    id::PageId,
    page::PageKind,
    revision,
};
use sea_orm::{ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, PaginatorTrait, QueryFilter};

use super::draft_of;
use crate::{
    app::App,
    content::page::{self, NewPage},
    error::{Error, Result},
    identity::Actor,
    publishing::{self, Indexers},
};

/// Which page of the demo content the others are like: the one with every kind of block.
const PATTERN: &str = "/ketamine-side-effects";
/// Pages that are added in one transaction: one, and those below it.
const COLLECTION: u64 = 100;

/// Adds published pages, each the size of the reference page, until there are `pages`; `told` hears how many there are
/// after each hundred. Fails when the demo content is not there.
pub async fn fill(app: &App, indexers: Indexers, pages: u64, now: DateTime<Utc>, told: impl Fn(u64)) -> Result<()> {
    let is_page = entry::Column::Kind.eq(EntryKind::Page);
    let mut have = entry::Entity::find().filter(is_page).count(app.db.reader()).await?;
    let pattern = find_pattern(app.db.reader()).await?;
    while have < pages {
        let tx = app.db.begin().await?;
        let add = Add { app, tx: &tx, indexers, pattern: &pattern, now };
        let top = add.page(have, format!("collection-{have}"), None).await?;
        let last = pages.min(have + COLLECTION);
        for number in have + 1..last {
            add.page(number, format!("page-{number}"), Some(top)).await?;
        }
        tx.commit().await?;
        have = last;
        told(have);
    }
    Ok(())
}

async fn find_pattern(db: &impl ConnectionTrait) -> Result<PageContent> {
    let pattern = entry::Entity::find().filter(entry::Column::Path.eq(PATTERN)).one(db).await?;
    let pattern = pattern.ok_or_else(|| Error::not_found("demo content"))?;
    let draft = revision::Entity::find_by_id(draft_of(&pattern)?).one(db).await?;
    let draft = draft.ok_or_else(|| Error::internal(format!("{} has no draft", pattern.id)))?;
    Ok(serde_json::from_value(draft.content)?)
}

struct Add<'a> {
    app: &'a App,
    tx: &'a DatabaseTransaction,
    indexers: Indexers,
    pattern: &'a PageContent,
    now: DateTime<Utc>,
}

impl Add<'_> {
    async fn page(&self, number: u64, slug: String, parent: Option<PageId>) -> Result<PageId> {
        let mut content = self.pattern.clone();
        content.title = format!("{} ({number})", content.title);
        content.seo.description = format!("Page {number} of many.");
        let new = NewPage { kind: PageKind::Article, parent, slug, content };
        let page = page::create(self.tx, Actor::System, new, self.now).await?;
        let audit = self.app.identity.audit();
        publishing::publish(self.tx, Actor::System, audit, self.indexers, page.id, draft_of(&page)?, self.now).await?;
        Ok(PageId(page.id.0))
    }
}
