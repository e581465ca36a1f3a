//! What staff may do with therapies.

use async_graphql::{Context, ID, InputObject, Object, Result};
use entity::{
    block::BlockInput,
    content::{LevelOfCare, TherapyContent},
    entry::{self, EntryKind},
    id::TherapyId,
    seo::Seo,
};

use super::therapy;
use crate::{
    error::Error,
    gql::{
        id::{read_id, read_ids},
        paging::{Connection, Page as Paging},
    },
    identity::{Permission, Request},
    payload,
    publishing::{
        self, Chosen, DraftChange, EntryPosition, EntrySort, Indexers, Onto, Written,
        admin::{EntryFields, EntryFilterInput, PublishInput, UnpublishInput, publish_one, unpublish_one},
    },
};

/// A therapy with its drafts.
pub struct Therapy(pub entry::Model);

/// A therapy with its drafts, as staff see it.
#[Object]
impl Therapy {
    /// Opaque and stable, whatever the therapy's address becomes. The same as in the public schema.
    pub async fn id(&self) -> ID {
        self.therapy_id().to_string().into()
    }

    /// How it is called for short; may be empty.
    async fn abbreviation(&self, ctx: &Context<'_>) -> Result<String> {
        Ok(therapy::find_abbreviation(Request::of(ctx).reader(), self.therapy_id()).await?)
    }

    #[graphql(flatten)]
    async fn entry(&self) -> EntryFields {
        EntryFields(self.0.clone())
    }
}

impl Therapy {
    fn therapy_id(&self) -> TherapyId {
        TherapyId(self.0.id.0)
    }

    /// The therapy of that id, for somebody who may read drafts.
    pub async fn load(ctx: &Context<'_>, id: TherapyId) -> Result<Option<Self>> {
        let request = Request::of(ctx);
        Ok(publishing::get(request.reader(), request.actor, EntryKind::Therapy, id.into()).await?.map(Self))
    }
}

/// What therapies can be asked.
#[derive(Default)]
pub struct TherapiesQuery;

#[Object]
impl TherapiesQuery {
    /// The therapy of that id; null when there is none.
    async fn therapy(&self, ctx: &Context<'_>, #[graphql(desc = "Its id.")] id: ID) -> Result<Option<Therapy>> {
        match id.parse() {
            Ok(id) => Therapy::load(ctx, id).await,
            Err(_) => Ok(None),
        }
    }

    /// Therapies, in the order asked for.
    async fn therapies(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which of them; left out, all.")] filter: Option<EntryFilterInput>,
        #[graphql(default, desc = "In which order.")] sort: EntrySort,
        #[graphql(default = 50, desc = "How many, 0 to 100.")] first: i32,
        #[graphql(desc = "The cursor to go on after: the last page's `endCursor`.")] after: Option<String>,
    ) -> Result<Connection<Therapy>> {
        let request = Request::of(ctx);
        let filter = EntryFilterInput::read(filter, sort, request.actor)?;
        let paging = Paging::<EntryPosition>::new(sort.name(), first, after.as_deref())?;
        let (db, kind) = (request.reader(), EntryKind::Therapy);
        let rows = publishing::list(db, request.actor, kind, &filter, paging.after().cloned(), paging.limit()).await?;
        let total = publishing::count(db, request.actor, kind, &filter).await?;
        Ok(paging.connection(rows, total, EntryPosition::of, Therapy)?)
    }
}

/// What can be done with therapies.
#[derive(Default)]
pub struct TherapiesMutation;

#[Object]
impl TherapiesMutation {
    /// Makes a therapy with its first draft. Nobody outside sees it before it is published.
    async fn create_therapy(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "A new therapy.")] input: CreateTherapyInput,
    ) -> Result<TherapyPayload> {
        let request = Request::of(ctx);
        let tx = request.begin(Permission::WriteContent).await?;
        let therapy =
            async { therapy::create(&tx, request.actor, &input.slug, input.content.read()?, request.now).await };
        let therapy = therapy.await;
        request.finish(tx, therapy.map(Therapy)).await
    }

    /// Saves a new draft; see `updatePage`.
    async fn update_therapy(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "A new draft of a therapy.")] input: UpdateTherapyInput,
    ) -> Result<TherapyPayload> {
        let request = Request::of(ctx);
        let tx = request.begin(Permission::WriteContent).await?;
        let therapy = async {
            let change = DraftChange {
                base: read_id(&input.base_revision, "baseRevision")?,
                slug: input.slug,
                content: input.content.read()?,
                onto: if input.onto_others { Onto::Others(Chosen::default()) } else { Onto::Nobody },
                written: Written::by_hand(input.note),
            };
            let id: TherapyId = read_id(&input.id, "id")?;
            let indexers = *ctx.data_unchecked::<Indexers>();
            publishing::save(&tx, request.actor, indexers, EntryKind::Therapy, id.into(), change, request.now)
                .await?
                .together()
        };
        let therapy = therapy.await;
        request.finish(tx, therapy.map(Therapy)).await
    }

    /// Makes the latest draft public and lists the therapy in its regions.
    async fn publish_therapy(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to make public.")] input: PublishInput,
    ) -> Result<TherapyPayload> {
        let request = Request::of(ctx);
        let tx = request.begin(Permission::Publish).await?;
        let therapy = publish_one(ctx, &tx, EntryKind::Therapy, input).await;
        request.finish(tx, therapy.map(Therapy)).await
    }

    /// Takes a therapy back from the public; its drafts stay.
    async fn unpublish_therapy(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to take back from the public.")] input: UnpublishInput,
    ) -> Result<TherapyPayload> {
        let request = Request::of(ctx);
        let tx = request.begin(Permission::Publish).await?;
        let therapy = unpublish_one(ctx, &tx, EntryKind::Therapy, input).await;
        request.finish(tx, therapy.map(Therapy)).await
    }
}

/// A therapy's whole document.
#[derive(InputObject)]
pub struct TherapyContentInput {
    /// Its name, at most 160 characters.
    title: String,
    /// How it is called for short.
    #[graphql(default)]
    abbreviation: String,
    /// One or two sentences; required before publishing.
    #[graphql(default)]
    summary: String,
    /// What search engines are told.
    #[graphql(default)]
    seo: Seo,
    /// The body; at most 300 blocks.
    #[graphql(default)]
    blocks: Vec<BlockInput>,
    /// How it works, in a few sentences.
    #[graphql(default)]
    approach: String,
    /// What it is used for; at most 30.
    #[graphql(default)]
    conditions: Vec<String>,
    /// Where in a course of treatment it is offered.
    #[graphql(default)]
    levels_of_care: Vec<LevelOfCare>,
    /// Where it is offered: regions' ids.
    #[graphql(default)]
    regions: Vec<ID>,
    /// What shows that it works: sources' ids.
    #[graphql(default)]
    sources: Vec<ID>,
}

impl TherapyContentInput {
    /// The content, or the problems of what cannot be read.
    pub fn read(self) -> Result<TherapyContent, Error> {
        Ok(TherapyContent {
            v: 1,
            regions: read_ids(&self.regions, "regions").map_err(|error| error.under(&["content"]))?,
            sources: read_ids(&self.sources, "sources").map_err(|error| error.under(&["content"]))?,
            title: self.title.trim().to_owned(),
            abbreviation: self.abbreviation.trim().to_owned(),
            summary: self.summary.trim().to_owned(),
            seo: self.seo,
            blocks: self.blocks.into_iter().map(Into::into).collect(),
            approach: self.approach,
            conditions: self.conditions,
            levels_of_care: self.levels_of_care,
        })
    }
}

/// A new therapy.
#[derive(InputObject)]
pub struct CreateTherapyInput {
    /// The last part of its address: `group-therapy`.
    slug: String,
    /// Its first draft.
    content: TherapyContentInput,
}

/// A new draft of a therapy.
#[derive(InputObject)]
pub struct UpdateTherapyInput {
    /// The therapy.
    id: ID,
    /// The draft it was written on.
    base_revision: ID,
    /// A new last part of its address; left out, it stays. The old address of a public therapy leads to the new one.
    slug: Option<String>,
    /// The whole new draft.
    content: TherapyContentInput,
    /// When somebody saved meanwhile, keep what both wrote. The answer is `CONFLICT` only where both changed the same
    /// place; read the answer's draft, it holds more than you sent.
    #[graphql(default)]
    onto_others: bool,
    /// Why, in a few words; at most 300 characters.
    note: Option<String>,
}

payload!(
    /// A therapy, or what to mend.
    TherapyPayload { therapy: Therapy }
);
