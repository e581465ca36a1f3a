//! What a visitor may ask of pages.

use std::borrow::Cow;

use async_graphql::{Context, ID, Object, Result, dataloader::DataLoader};
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
    library::public::{Person, load_person},
    media::public::{Media, load_media},
    publishing::{Live, seo_of},
};

/// A page of the public site.
pub struct Page(pub Live<PageContent>);

/// A page of the public site, as it was published.
#[Object]
impl Page {
    /// Opaque and stable, whatever the page's address becomes.
    pub async fn id(&self) -> ID {
        PageId(self.0.entry.id.0).to_string().into()
    }

    /// Where it is: `/ketamine-side-effects`.
    async fn path(&self) -> &str {
        &self.0.entry.path
    }

    /// The heading, at most 160 characters.
    async fn title(&self) -> &str {
        &self.0.content.title
    }

    /// One or two sentences, for lists and previews; may be empty.
    async fn summary(&self) -> &str {
        &self.0.content.summary
    }

    /// What to tell search engines, the page's own words where nothing else is set.
    async fn seo(&self) -> Seo {
        seo_of(&self.0.content)
    }

    /// The picture that link previews show; null where it has none of its own and the site's (`brand`) stands for it.
    async fn share_image(&self, ctx: &Context<'_>) -> Result<Option<Media>> {
        load_media(ctx, self.0.content.seo.image).await
    }

    /// The body. Select by `__typename` and fall back to `html` for kinds you do not know yet: new kinds may come.
    /// What the library keeps for several pages stands here in its place.
    async fn blocks(&self, ctx: &Context<'_>) -> Result<Vec<Cow<'_, Block>>> {
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

    /// When it was first published.
    async fn published_at(&self) -> DateTime<Utc> {
        self.0.entry.first_published_at.unwrap_or(self.0.entry.created_at)
    }

    /// When what is public now was published.
    async fn updated_at(&self) -> DateTime<Utc> {
        self.0.entry.published_at.unwrap_or(self.0.entry.updated_at)
    }
}

impl Page {
    /// The live page of that id.
    pub async fn load(ctx: &Context<'_>, id: PageId) -> Result<Option<Self>> {
        Ok(ctx.data::<DataLoader<PageLoader>>()?.load_one(id).await?.map(Self))
    }
}
