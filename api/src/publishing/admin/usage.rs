//! Where something is used, as staff read it.

use std::collections::HashMap;

use async_graphql::{
    Context, Enum, ID, InputObject, Object, Result, SimpleObject,
    dataloader::{DataLoader, Loader},
};
use entity::{entry, fact::FactKind, problem::ProblemCode, reference::Reference};
use sea_orm::DatabaseConnection;

use super::{
    media::TagLoader,
    publish::{EntrySummary, EntrySummaryLoader},
};
use crate::{
    error::Error,
    gql::paging::{Connection, Page as Paging},
    identity::{Identity, Permission, Request},
    library::FactUser,
    payload,
    publishing::{
        self, EntryStatus, Indexers, UsePosition, UsedBy, count_users, reference_of, replace_uses, status_of,
    },
};

/// What a request for entries brings: counts, many at once.
pub fn add_loaders(request: async_graphql::Request, db: &DatabaseConnection) -> async_graphql::Request {
    let tags = DataLoader::new(TagLoader(db.clone()), tokio::spawn);
    let entries = DataLoader::new(EntrySummaryLoader(db.clone()), tokio::spawn);
    request.data(DataLoader::new(UsedCountLoader(db.clone()), tokio::spawn)).data(tags).data(entries)
}

/// Where things are used.
#[derive(Default)]
pub struct UsageQuery;

#[Object]
impl UsageQuery {
    /// Who points at something: menus and settings first, then pages and therapies. What lies in the trash does not
    /// count, and neither does a page that points at itself.
    async fn uses(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of anything content can point at.")] id: ID,
        #[graphql(default = 50, desc = "How many, 0 to 100.")] first: i32,
        #[graphql(desc = "The cursor to go on after: the last page's `endCursor`.")] after: Option<String>,
    ) -> Result<Connection<Use>> {
        let request = Request::of(ctx);
        request.actor.require(Permission::ReadDrafts)?;
        let paging = Paging::<UsePosition>::new("uses", first, after.as_deref())?;
        let (db, actor) = (request.reader(), request.actor);
        let (rows, total) = match Reference::parse(&id) {
            None => (Vec::new(), 0),
            Some(target) => (
                publishing::list_uses(db, actor, target, paging.after().copied(), paging.limit()).await?,
                publishing::count_uses(db, actor, target).await?,
            ),
        };
        let before = match paging.after() {
            Some(UsePosition::Fact(number)) => *number,
            _ => 0,
        };
        let rows = rows.into_iter().zip(before.saturating_add(1)..).collect();
        Ok(paging.connection(rows, total, |(row, number)| row.position(*number), |(row, _)| Use::from(row))?)
    }
}

/// What can be done with uses.
#[derive(Default)]
pub struct UsageMutation;

#[Object]
impl UsageMutation {
    /// Puts another in the place of a fact or a picture wherever it is used, or takes it out: in the library, in drafts
    /// and in what the public reads, all at once or nothing. It is not deleted itself. Drafts that are not public stay
    /// drafts. A page or a therapy is replaced when it is deleted: see `trashEntry`.
    async fn replace_uses(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to put in the place of what.")] input: ReplaceUsesInput,
    ) -> Result<ReplaceUsesPayload> {
        let request = Request::of(ctx);
        let tx = request.begin(Permission::Publish).await?;
        let changed = async {
            let (target, by) = input.read()?;
            let (audit, indexers) = (Identity::audit_of(ctx), *ctx.data_unchecked::<Indexers>());
            replace_uses(&tx, request.actor, audit, indexers, target, by, request.now).await
        };
        let changed = changed.await;
        request.finish(tx, changed.map(|changed| changed.into_iter().map(EntrySummary::from).collect())).await
    }
}

/// What to put in the place of what.
#[derive(InputObject)]
pub struct ReplaceUsesInput {
    /// The fact or the picture that is used.
    id: ID,
    /// Another of the same kind; left out, it is taken out: a link becomes its words, a list loses the item.
    replacement: Option<ID>,
}

impl ReplaceUsesInput {
    fn read(&self) -> Result<(Reference, Option<Reference>), Error> {
        let reference = |id: &ID, field: &'static str| {
            Reference::parse(id)
                .filter(|found| found.entry().is_none())
                .ok_or_else(|| Error::problem(ProblemCode::Invalid, [field], "This is no id of a fact or a picture."))
        };
        let by = self.replacement.as_ref().map(|id| reference(id, "replacement")).transpose()?;
        Ok((reference(&self.id, "id")?, by))
    }
}

payload!(
    /// The pages and therapies that changed, or what to mend.
    ReplaceUsesPayload { changed: Vec<EntrySummary> }
);

/// What sort of thing uses another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum UseKind {
    /// A page.
    Page,
    /// A therapy.
    Therapy,
    /// A telephone number.
    ContactPoint,
    /// Somebody named on the site.
    Person,
    /// A publication.
    Source,
    /// A place.
    Location,
    /// A state or an area.
    Region,
    /// A question with its answer.
    FaqItem,
    /// A block that stands on several pages.
    SharedBlock,
    /// A menu of the site.
    Menu,
    /// The brand settings.
    Brand,
}

/// Something that points at what was asked for.
#[derive(SimpleObject)]
pub struct Use {
    /// The id of what points.
    id: ID,
    /// What sort of thing it is.
    kind: UseKind,
    /// What it is called.
    title: String,
    /// Where a page or a therapy is.
    path: Option<String>,
    /// What is public of a page or a therapy.
    status: Option<EntryStatus>,
    /// Where in it, in the order of the document.
    places: Vec<UsePlace>,
}

/// One place that points.
#[derive(SimpleObject)]
pub struct UsePlace {
    /// In words: "Quote, block 4".
    label: String,
    /// Where in the content: `["blocks", "3", "quote", "source"]`.
    path: Vec<String>,
    /// The key of the block it stands in, where it stands in one.
    block_key: Option<String>,
    /// Whether the latest draft has it.
    draft: bool,
    /// Whether the public reads it.
    live: bool,
    /// Whether the public is to read it at a time that is planned.
    planned: bool,
}

impl From<publishing::Use> for Use {
    fn from(it: publishing::Use) -> Self {
        let places = it
            .places
            .into_iter()
            .map(|place| UsePlace {
                label: place.label,
                path: place.path,
                block_key: place.block_key,
                draft: place.draft,
                live: place.live,
                planned: place.planned,
            })
            .collect();
        match it.user {
            UsedBy::Entry(entry) => Self {
                id: reference_of(&entry).to_string().into(),
                kind: match entry.kind {
                    entry::EntryKind::Page => UseKind::Page,
                    entry::EntryKind::Therapy => UseKind::Therapy,
                },
                status: Some(status_of(&entry)),
                title: entry.title,
                path: Some(entry.path),
                places,
            },
            UsedBy::Fact(FactUser { id, name }) => Self {
                id: id.to_string().into(),
                kind: UseKind::of(id.kind),
                title: name,
                path: None,
                status: None,
                places,
            },
        }
    }
}

impl UseKind {
    fn of(kind: FactKind) -> Self {
        match kind {
            FactKind::ContactPoint => Self::ContactPoint,
            FactKind::Person => Self::Person,
            FactKind::Source => Self::Source,
            FactKind::Location => Self::Location,
            FactKind::Region => Self::Region,
            FactKind::FaqItem => Self::FaqItem,
            FactKind::SharedBlock => Self::SharedBlock,
            FactKind::Menu => Self::Menu,
            FactKind::Brand => Self::Brand,
        }
    }
}

/// How many things point at `reference`, for somebody who may read drafts; looked up with those of its neighbours.
pub async fn used_count(ctx: &Context<'_>, reference: Reference) -> Result<i32> {
    Request::of(ctx).actor.require(Permission::ReadDrafts)?;
    let found = ctx.data::<DataLoader<UsedCountLoader>>()?.load_one(reference).await?;
    Ok(i32::try_from(found.unwrap_or(0)).unwrap_or(i32::MAX))
}

/// Batches a request's counts of uses.
pub struct UsedCountLoader(DatabaseConnection);

impl Loader<Reference> for UsedCountLoader {
    type Value = u64;
    type Error = std::sync::Arc<Error>;

    async fn load(&self, targets: &[Reference]) -> Result<HashMap<Reference, u64>, Self::Error> {
        Ok(count_users(&self.0, targets).await?)
    }
}
