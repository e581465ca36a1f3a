//! What a visitor may ask of pages.

use std::{borrow::Cow, sync::Arc};

use async_graphql::{Context, ID, Object, Result};
use chrono::{DateTime, Utc};
use entity::{
    block::{Block, laid_out_in},
    content::PageContent,
    date::Date,
    id::PageId,
    seo::Seo,
};

use super::page::PageLoader;
use crate::{
    gql::paging::{Connection, Page as Paging},
    library::public::{Person, load_person},
    media::public::{Media, load_media},
    published::Lookup,
    publishing::{
        Children, ChildrenOf, Live, TreeLoader,
        public::{Crumb, load_crumbs},
        seo_of,
    },
};

/// A page of the public site.
pub struct Page(pub Arc<Live<PageContent>>);

/// A page of the public site, as it was published.
#[Object]
impl Page {
    /// Opaque and stable, whatever the page's address becomes. A draft that you preview has another.
    pub async fn id(&self) -> ID {
        self.0.public_id().into()
    }

    /// Where it is: `/ketamine-side-effects`.
    pub async fn path(&self) -> &str {
        &self.0.entry.path
    }

    /// The heading, at most 160 characters.
    pub async fn title(&self) -> &str {
        &self.0.content.title
    }

    /// One or two sentences, for lists and previews; may be empty.
    pub async fn summary(&self) -> &str {
        &self.0.content.summary
    }

    /// What to tell search engines, the page's own words where nothing else is set.
    pub async fn seo(&self) -> Seo {
        seo_of(&self.0.content)
    }

    /// The picture that link previews show; null where it has none of its own: show that of the `site`.
    pub async fn share_image(&self, ctx: &Context<'_>) -> Result<Option<Media>> {
        load_media(ctx, self.0.content.seo.image).await
    }

    /// The body. Select by `__typename` and fall back to `html` for kinds you do not know yet: new kinds may come.
    /// What the library keeps for several pages stands here in its place.
    pub async fn blocks(&self, ctx: &Context<'_>) -> Result<Vec<Cow<'_, Block>>> {
        laid_out_in(ctx, &self.0.content.blocks).await
    }

    /// What it is about.
    async fn topics(&self) -> &[String] {
        &self.0.content.topics
    }

    /// Who wrote it.
    async fn author(&self, ctx: &Context<'_>) -> Result<Option<Person>> {
        load_person(ctx, self.0.content.author).await
    }

    /// The clinician who checked it.
    async fn reviewer(&self, ctx: &Context<'_>) -> Result<Option<Person>> {
        load_person(ctx, self.0.content.reviewer).await
    }

    /// When the clinician checked it.
    async fn reviewed_on(&self) -> Option<Date> {
        self.0.content.reviewed_on
    }

    /// The page it stands below, if that is public.
    async fn parent(&self, ctx: &Context<'_>) -> Result<Option<Page>> {
        match self.0.entry.parent_id {
            Some(id) => Page::load(ctx, PageId(id.0)).await,
            None => Ok(None),
        }
    }

    /// The public pages above it, the topmost first.
    pub async fn breadcrumbs(&self, ctx: &Context<'_>) -> Result<Vec<Crumb>> {
        load_crumbs(ctx, &self.0.entry.path).await
    }

    /// The public pages directly below it, by path.
    async fn children(
        &self,
        ctx: &Context<'_>,
        #[graphql(default = 20, desc = "How many, 0 to 100.")] first: i32,
        #[graphql(desc = "The cursor to go on after: the last page's `endCursor`.")] after: Option<String>,
    ) -> Result<Connection<Page>> {
        let paging = Paging::<String>::new("children", first, after.as_deref())?;
        let wanted = ChildrenOf { parent: self.0.entry.id, after: paging.after().cloned(), first: paging.limit() };
        let children = Lookup::<TreeLoader>::of(ctx).load_one(wanted).await?;
        let Children { ids, total } = children.unwrap_or_default();
        let ids: Vec<PageId> = ids.into_iter().map(|id| PageId(id.0)).collect();
        let mut found = Lookup::<PageLoader>::of(ctx).load_many(ids.iter().copied()).await?;
        let rows = ids.iter().filter_map(|id| found.remove(id)).collect();
        Ok(paging.connection(rows, total, |live| live.entry.path.clone(), Page)?)
    }

    /// When it was first published.
    pub async fn published_at(&self) -> DateTime<Utc> {
        self.0.entry.first_published_at.unwrap_or(self.0.entry.created_at)
    }

    /// When what is public now was published.
    pub async fn updated_at(&self) -> DateTime<Utc> {
        self.0.entry.published_at.unwrap_or(self.0.entry.updated_at)
    }
}

impl Page {
    /// The live page of that id.
    pub async fn load(ctx: &Context<'_>, id: PageId) -> Result<Option<Self>> {
        Ok(Lookup::<PageLoader>::of(ctx).load_one(id).await?.map(Self))
    }
}
