//! What a visitor may ask of therapies.

use std::{borrow::Cow, sync::Arc};

mod query;

pub use query::TherapiesQuery;

use async_graphql::{Context, ID, Object, Result};
use chrono::{DateTime, Utc};
use entity::{
    block::{Block, laid_out_in},
    content::{LevelOfCare, TherapyContent},
    id::TherapyId,
    seo::Seo,
};

use super::therapy::TherapyLoader;
use crate::{
    library::public::{Region, Source, load_regions, load_sources},
    media::public::{Media, load_media},
    published::Lookup,
    publishing::{
        Live,
        public::{Crumb, load_crumbs},
        seo_of,
    },
};

/// A therapy the centre offers.
pub struct Therapy(pub Arc<Live<TherapyContent>>);

/// A therapy the centre offers, as it was published.
#[Object]
impl Therapy {
    /// Opaque and stable, whatever the therapy's address becomes. A draft that you preview has another.
    pub async fn id(&self) -> ID {
        self.0.public_id().into()
    }

    /// The last part of its path: `group-therapy`.
    async fn slug(&self) -> &str {
        &self.0.entry.slug
    }

    /// Where it is: `/therapies/group-therapy`.
    pub async fn path(&self) -> &str {
        &self.0.entry.path
    }

    /// Its name: "Cognitive behavioural therapy".
    pub async fn title(&self) -> &str {
        &self.0.content.title
    }

    /// How it is called for short: "CBT"; may be empty.
    async fn abbreviation(&self) -> &str {
        &self.0.content.abbreviation
    }

    /// One or two sentences, for lists and previews.
    pub async fn summary(&self) -> &str {
        &self.0.content.summary
    }

    /// What to tell search engines, the therapy's own words where nothing else is set.
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

    /// The public pages above it, the topmost first.
    pub async fn breadcrumbs(&self, ctx: &Context<'_>) -> Result<Vec<Crumb>> {
        load_crumbs(ctx, &self.0.entry.path).await
    }

    /// How it works, in a few sentences; may be empty.
    async fn approach(&self) -> &str {
        &self.0.content.approach
    }

    /// What it is used for.
    async fn conditions(&self) -> &[String] {
        &self.0.content.conditions
    }

    /// Where in a course of treatment it is offered.
    async fn levels_of_care(&self) -> &[LevelOfCare] {
        &self.0.content.levels_of_care
    }

    /// Where it is offered.
    async fn regions(&self, ctx: &Context<'_>) -> Result<Vec<Region>> {
        load_regions(ctx, &self.0.content.regions).await
    }

    /// What shows that it works.
    async fn sources(&self, ctx: &Context<'_>) -> Result<Vec<Source>> {
        load_sources(ctx, &self.0.content.sources).await
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

impl Therapy {
    /// The live therapy of that id.
    pub async fn load(ctx: &Context<'_>, id: TherapyId) -> Result<Option<Self>> {
        Ok(Lookup::<TherapyLoader>::of(ctx).load_one(id).await?.map(Self))
    }
}
