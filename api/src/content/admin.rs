//! What staff may do with pages.

use std::collections::HashMap;

use async_graphql::{
    Context, ID, InputObject, Object, Result,
    dataloader::{DataLoader, Loader},
};
use entity::{
    block::BlockInput,
    content::PageContent,
    date::Date,
    entry::{self, EntryKind},
    id::{EntryId, PageId},
    page::PageKind,
    seo::Seo,
};
use sea_orm::DatabaseConnection;

use super::page::{self, NewPage};
use crate::{
    error::Error,
    gql::{
        id::{read_id, read_optional_id},
        paging::{Connection, Page as Paging},
    },
    identity::{Permission, Request},
    payload,
    publishing::{
        self, Chosen, DraftChange, EntryPosition, EntrySort, Indexers, Onto, Written,
        admin::{EntryFields, EntryFilterInput, PublishInput, UnpublishInput, publish_one, unpublish_one},
    },
};

/// What a request for pages brings: counts, many at once.
pub fn add_loaders(request: async_graphql::Request, db: &DatabaseConnection) -> async_graphql::Request {
    request.data(DataLoader::new(ChildCountLoader(db.clone()), tokio::spawn))
}

/// A page with its drafts.
pub struct Page(pub entry::Model);

/// A page with its drafts, as staff see it.
#[Object]
impl Page {
    /// Opaque and stable, whatever the page's address becomes. The same as in the public schema.
    pub async fn id(&self) -> ID {
        self.page_id().to_string().into()
    }

    /// What sort of page it is.
    async fn kind(&self, ctx: &Context<'_>) -> Result<PageKind> {
        let id = self.page_id();
        let kinds = page::load_kinds(Request::of(ctx).reader(), &[id]).await?;
        Ok(kinds.get(&id).copied().unwrap_or(PageKind::Standard))
    }

    /// The page it stands below.
    async fn parent(&self, ctx: &Context<'_>) -> Result<Option<Page>> {
        let request = Request::of(ctx);
        match self.0.parent_id {
            Some(id) => Ok(publishing::get(request.reader(), request.actor, EntryKind::Page, id).await?.map(Page)),
            None => Ok(None),
        }
    }

    /// How many pages stand directly below it.
    async fn child_count(&self, ctx: &Context<'_>) -> Result<i32> {
        Request::of(ctx).actor.require(Permission::ReadDrafts)?;
        let found = ctx.data::<DataLoader<ChildCountLoader>>()?.load_one(self.0.id).await?;
        Ok(i32::try_from(found.unwrap_or(0)).unwrap_or(i32::MAX))
    }

    #[graphql(flatten)]
    async fn entry(&self) -> EntryFields {
        EntryFields(self.0.clone())
    }
}

impl Page {
    fn page_id(&self) -> PageId {
        PageId(self.0.id.0)
    }

    /// The page of that id, for somebody who may read drafts.
    pub async fn load(ctx: &Context<'_>, id: PageId) -> Result<Option<Self>> {
        let request = Request::of(ctx);
        Ok(publishing::get(request.reader(), request.actor, EntryKind::Page, id.into()).await?.map(Self))
    }
}

/// What pages can be asked.
#[derive(Default)]
pub struct ContentQuery;

#[Object]
impl ContentQuery {
    /// The page of that id; null when there is none.
    async fn page(&self, ctx: &Context<'_>, #[graphql(desc = "Its id.")] id: ID) -> Result<Option<Page>> {
        match id.parse() {
            Ok(id) => Page::load(ctx, id).await,
            Err(_) => Ok(None),
        }
    }

    /// Pages, in the order asked for.
    async fn pages(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which of them; left out, all.")] filter: Option<EntryFilterInput>,
        #[graphql(desc = "Only those of this sort.")] kind: Option<PageKind>,
        #[graphql(default, desc = "In which order.")] sort: EntrySort,
        #[graphql(default = 50, desc = "How many, 0 to 100.")] first: i32,
        #[graphql(desc = "The cursor to go on after: the last page's `endCursor`.")] after: Option<String>,
    ) -> Result<Connection<Page>> {
        let request = Request::of(ctx);
        let mut filter = EntryFilterInput::read(filter, sort, request.actor)?;
        filter.and = kind.map(page::of_page_kind);
        let paging = Paging::<EntryPosition>::new(sort.name(), first, after.as_deref())?;
        let position = paging.after().cloned();
        let rows =
            publishing::list(request.reader(), request.actor, EntryKind::Page, &filter, position, paging.limit())
                .await?;
        let total = publishing::count(request.reader(), request.actor, EntryKind::Page, &filter).await?;
        Ok(paging.connection(rows, total, EntryPosition::of, Page)?)
    }
}

/// What can be done with pages.
#[derive(Default)]
pub struct ContentMutation;

#[Object]
impl ContentMutation {
    /// Makes a page with its first draft. Nobody outside sees it before it is published.
    async fn create_page(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "A new page.")] input: CreatePageInput,
    ) -> Result<PagePayload> {
        let request = Request::of(ctx);
        let tx = request.begin(Permission::WriteContent).await?;
        let page = async {
            let new = NewPage {
                kind: input.kind,
                parent: read_optional_id(input.parent.as_ref(), "parent")?,
                slug: input.slug,
                content: input.content.read()?,
            };
            page::create(&tx, request.actor, new, request.now).await
        };
        let page = page.await;
        request.finish(tx, page.map(Page)).await
    }

    /// Saves a new draft. What the public reads does not change.
    ///
    /// `baseRevision` is the draft you wrote on; when somebody saved meanwhile the answer is `CONFLICT`, and nothing is lost:
    /// read the page again and save on top of it.
    async fn update_page(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "A new draft of a page.")] input: UpdatePageInput,
    ) -> Result<PagePayload> {
        let request = Request::of(ctx);
        let tx = request.begin(Permission::WriteContent).await?;
        let page = async {
            let change = DraftChange {
                base: read_id(&input.base_revision, "baseRevision")?,
                slug: input.slug,
                content: input.content.read()?,
                onto: if input.onto_others { Onto::Others(Chosen::default()) } else { Onto::Nobody },
                written: Written::by_hand(input.note),
            };
            let id: PageId = read_id(&input.id, "id")?;
            let indexers = *ctx.data_unchecked::<Indexers>();
            publishing::save(&tx, request.actor, indexers, EntryKind::Page, id.into(), change, request.now)
                .await?
                .together()
        };
        let page = page.await;
        request.finish(tx, page.map(Page)).await
    }

    /// Makes the latest draft public.
    async fn publish_page(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to make public.")] input: PublishInput,
    ) -> Result<PagePayload> {
        let request = Request::of(ctx);
        let tx = request.begin(Permission::Publish).await?;
        let page = publish_one(ctx, &tx, EntryKind::Page, input).await;
        request.finish(tx, page.map(Page)).await
    }

    /// Takes a page back from the public; its drafts stay.
    async fn unpublish_page(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to take back from the public.")] input: UnpublishInput,
    ) -> Result<PagePayload> {
        let request = Request::of(ctx);
        let tx = request.begin(Permission::Publish).await?;
        let page = unpublish_one(ctx, &tx, EntryKind::Page, input).await;
        request.finish(tx, page.map(Page)).await
    }
}

/// A page's whole document.
#[derive(InputObject)]
pub struct PageContentInput {
    /// The heading, at most 160 characters.
    title: String,
    /// One or two sentences, for lists and previews.
    #[graphql(default)]
    summary: String,
    /// What search engines are told.
    #[graphql(default)]
    seo: Seo,
    /// The body; at most 300 blocks.
    #[graphql(default)]
    blocks: Vec<BlockInput>,
    /// What it is about; at most 20.
    #[graphql(default)]
    topics: Vec<String>,
    /// Who wrote it: a person's id.
    author: Option<ID>,
    /// The clinician who checked it: a person's id.
    reviewer: Option<ID>,
    /// When the clinician checked it.
    reviewed_on: Option<Date>,
}

impl PageContentInput {
    /// The content, or the problems of what cannot be read.
    pub fn read(self) -> Result<PageContent, Error> {
        let person = |id: Option<&ID>, field| read_optional_id(id, field).map_err(|error| error.under(&["content"]));
        Ok(PageContent {
            v: 1,
            author: person(self.author.as_ref(), "author")?,
            reviewer: person(self.reviewer.as_ref(), "reviewer")?,
            title: self.title.trim().to_owned(),
            summary: self.summary.trim().to_owned(),
            seo: self.seo,
            blocks: self.blocks.into_iter().map(Into::into).collect(),
            topics: self.topics,
            reviewed_on: self.reviewed_on,
        })
    }
}

/// A new page.
#[derive(InputObject)]
pub struct CreatePageInput {
    /// What sort of page.
    #[graphql(default_with = "PageKind::Article")]
    kind: PageKind,
    /// The page it stands below: an id.
    parent: Option<ID>,
    /// The last part of its address: `what-is-detox`. Ignored for the home page.
    slug: String,
    /// Its first draft.
    content: PageContentInput,
}

/// A new draft of a page.
#[derive(InputObject)]
pub struct UpdatePageInput {
    /// The page.
    id: ID,
    /// The draft it was written on.
    base_revision: ID,
    /// A new last part of its address; left out, it stays. The old address of a public page leads to the new one.
    slug: Option<String>,
    /// The whole new draft.
    content: PageContentInput,
    /// When somebody saved meanwhile, keep what both wrote. The answer is `CONFLICT` only where both changed the same
    /// place; read the answer's draft, it holds more than you sent.
    #[graphql(default)]
    onto_others: bool,
    /// Why, in a few words; at most 300 characters.
    note: Option<String>,
}

payload!(
    /// A page, or what to mend.
    PagePayload { page: Page }
);

/// Batches a request's counts of what stands below pages.
struct ChildCountLoader(DatabaseConnection);

impl Loader<EntryId> for ChildCountLoader {
    type Value = u64;
    type Error = std::sync::Arc<Error>;

    async fn load(&self, ids: &[EntryId]) -> Result<HashMap<EntryId, u64>, Self::Error> {
        Ok(publishing::count_below(&self.0, ids).await?)
    }
}
