//! Publishing several things at once, and taking publishing back.

use std::collections::HashMap;

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject, dataloader::Loader};
use entity::{
    entry::{self, EntryKind},
    id::EntryId,
    problem::ProblemCode,
    reference::Reference,
};
use sea_orm::{ColumnTrait, DatabaseConnection, DatabaseTransaction, EntityTrait, QueryFilter};

use super::{PublishInput, UnpublishInput};
use crate::{
    error::Error,
    gql::id::read_id,
    identity::{Identity, Permission, Request},
    payload,
    publishing::{
        Act, EntryStatus, Indexers, act_together, path_before, publish, reference_of, status_of, unpublish,
        unpublished_targets,
    },
};

/// What can be asked before publishing.
#[derive(Default)]
pub struct PublishQuery;

#[Object]
impl PublishQuery {
    /// The pages and therapies that the latest draft points at and nobody outside can read yet, by path; at most 49.
    /// `publishEntries` makes them public together with it.
    async fn unpublished_targets(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The page or therapy that is to be published.")] id: ID,
    ) -> Result<Vec<EntrySummary>> {
        let request = Request::of(ctx);
        let Some(id) = Reference::parse(&id).and_then(Reference::entry) else { return Ok(Vec::new()) };
        let found = unpublished_targets(request.reader(), request.actor, id).await?;
        Ok(found.into_iter().map(EntrySummary::from).collect())
    }
}

/// What can be done with what is public, whatever its kind.
#[derive(Default)]
pub struct PublishMutation;

#[Object]
impl PublishMutation {
    /// Makes several latest drafts public, pages and therapies alike: all of them, or none when one cannot be. Problems
    /// name the place: `["input", "entries", "1", "content", "title"]`.
    async fn publish_entries(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to make public together.")] input: PublishEntriesInput,
    ) -> Result<PublishEntriesPayload> {
        let request = Request::of(ctx);
        let tx = request.begin(Permission::Publish).await?;
        let entries = async {
            let wanted = read_each(&input.entries, |it| {
                Ok((read_entry_id(&it.id)?, Act::Publish(read_id(&it.revision, "revision")?)))
            })?;
            act(ctx, &tx, &wanted).await
        };
        let entries = entries.await;
        request.finish(tx, entries).await
    }

    /// Takes several pages and therapies back from the public: all of them, or none when one cannot be. Their drafts stay.
    async fn unpublish_entries(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to take back from the public together.")] input: UnpublishEntriesInput,
    ) -> Result<PublishEntriesPayload> {
        let request = Request::of(ctx);
        let tx = request.begin(Permission::Publish).await?;
        let entries = async {
            let wanted = read_each(&input.entries, |id| Ok((read_entry_id(id)?, Act::Unpublish)))?;
            act(ctx, &tx, &wanted).await
        };
        let entries = entries.await;
        request.finish(tx, entries).await
    }

    /// Undoes taking back: puts back what was public of each last, where nothing is public now. All of them, or none.
    async fn republish_entries(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to put back together.")] input: RepublishEntriesInput,
    ) -> Result<PublishEntriesPayload> {
        let request = Request::of(ctx);
        let tx = request.begin(Permission::Publish).await?;
        let entries = async {
            let wanted = read_each(&input.entries, |id| Ok((read_entry_id(id)?, Act::Republish)))?;
            act(ctx, &tx, &wanted).await
        };
        let entries = entries.await;
        request.finish(tx, entries).await
    }

    /// Undoes publishing: puts back what was public of each before, or takes it back from the public where nothing was.
    /// Drafts stay. All of them, or none.
    async fn undo_publish_entries(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to put back as it was before it was published.")] input: UndoPublishEntriesInput,
    ) -> Result<PublishEntriesPayload> {
        let request = Request::of(ctx);
        let tx = request.begin(Permission::Publish).await?;
        let entries = async {
            let wanted = read_each(&input.entries, |it| {
                Ok((read_entry_id(&it.id)?, Act::Undo(read_id(&it.revision, "revision")?)))
            })?;
            act(ctx, &tx, &wanted).await
        };
        let entries = entries.await;
        request.finish(tx, entries).await
    }
}

async fn act(
    ctx: &Context<'_>,
    tx: &DatabaseTransaction,
    wanted: &[(EntryId, Act)],
) -> Result<Vec<EntrySummary>, Error> {
    let request = Request::of(ctx);
    let (audit, indexers) = (Identity::audit_of(ctx), *ctx.data_unchecked::<Indexers>());
    let rows = act_together(tx, request.actor, audit, indexers, wanted, request.now).await?;
    Ok(rows.into_iter().map(EntrySummary::from).collect())
}

/// Reads each of several, with what is wrong at its place.
fn read_each<T>(
    entries: &[T],
    read: impl Fn(&T) -> Result<(EntryId, Act), Error>,
) -> Result<Vec<(EntryId, Act)>, Error> {
    let at = |(place, it)| read(it).map_err(|error| error.under(&["entries", &usize::to_string(&place)]));
    entries.iter().enumerate().map(at).collect()
}

/// Does what `publishPage` and `publishTherapy` ask for.
pub async fn publish_one(
    ctx: &Context<'_>,
    tx: &DatabaseTransaction,
    kind: EntryKind,
    input: PublishInput,
) -> Result<entry::Model, Error> {
    let request = Request::of(ctx);
    let (id, revision) = (read_entry_id(&input.id)?, read_id(&input.revision, "revision")?);
    let (audit, indexers) = (Identity::audit_of(ctx), *ctx.data_unchecked::<Indexers>());
    of_kind(kind, publish(tx, request.actor, audit, indexers, id, revision, request.now).await?)
}

/// Does what `unpublishPage` and `unpublishTherapy` ask for.
pub async fn unpublish_one(
    ctx: &Context<'_>,
    tx: &DatabaseTransaction,
    kind: EntryKind,
    input: UnpublishInput,
) -> Result<entry::Model, Error> {
    let (request, id) = (Request::of(ctx), read_entry_id(&input.id)?);
    let (audit, indexers) = (Identity::audit_of(ctx), *ctx.data_unchecked::<Indexers>());
    of_kind(kind, unpublish(tx, request.actor, audit, indexers, id, request.now).await?)
}

/// The entry, unless it is of another kind than was asked for; what was done to it is rolled back then.
fn of_kind(kind: EntryKind, entry: entry::Model) -> Result<entry::Model, Error> {
    if entry.kind == kind { Ok(entry) } else { Err(Error::not_found(kind.noun())) }
}

/// A page or therapy of the input.
pub fn read_entry_id(id: &ID) -> Result<EntryId, Error> {
    read_entry_id_at(id, "id")
}

/// A page or therapy that the input names at `field`.
pub fn read_entry_id_at(id: &ID, field: &str) -> Result<EntryId, Error> {
    let missing = || Error::problem(ProblemCode::NotFound, [field], "There is no page or therapy with this id.");
    Reference::parse(id).and_then(Reference::entry).ok_or_else(missing)
}

/// Batches a request's look-ups of pages and therapies in short.
pub struct EntrySummaryLoader(pub DatabaseConnection);

impl Loader<EntryId> for EntrySummaryLoader {
    type Value = EntrySummary;
    type Error = std::sync::Arc<Error>;

    async fn load(&self, ids: &[EntryId]) -> Result<HashMap<EntryId, EntrySummary>, Self::Error> {
        let rows = entry::Entity::find().filter(entry::Column::Id.is_in(ids.iter().copied())).all(&self.0).await;
        let rows = rows.map_err(Error::from)?;
        Ok(rows.into_iter().map(|row| (row.id, EntrySummary::from(row))).collect())
    }
}

/// A page or a therapy, in short.
#[derive(Clone, SimpleObject)]
pub struct EntrySummary {
    /// The id of the page or therapy.
    id: ID,
    /// Which of the two.
    kind: EntryKind,
    /// The title of its latest draft.
    title: String,
    /// Where it is, or will be.
    pub path: String,
    /// What is public of it.
    pub status: EntryStatus,
    /// Its latest draft.
    draft: Option<ID>,
}

impl From<entry::Model> for EntrySummary {
    fn from(entry: entry::Model) -> Self {
        let (id, status) = (reference_of(&entry).to_string(), status_of(&entry));
        let draft = entry.latest_revision_id.map(|id| id.to_string().into());
        let path = path_before(&entry).to_owned();
        Self { id: id.into(), kind: entry.kind, title: entry.title, path, status, draft }
    }
}

/// What to make public together.
#[derive(InputObject)]
pub struct PublishEntriesInput {
    /// Each with its latest draft as you looked at it; 1 to 50.
    entries: Vec<PublishEntryInput>,
}

/// What to take back from the public together.
#[derive(InputObject)]
pub struct UnpublishEntriesInput {
    /// The pages and therapies; 1 to 50.
    entries: Vec<ID>,
}

/// What to put back together.
#[derive(InputObject)]
pub struct RepublishEntriesInput {
    /// The pages and therapies; 1 to 50.
    entries: Vec<ID>,
}

/// One of several, and the revision it is about.
#[derive(InputObject)]
pub struct PublishEntryInput {
    /// The page or therapy.
    id: ID,
    /// Its latest draft as you looked at it, or what is public of it.
    revision: ID,
}

/// What to put back as it was before it was published.
#[derive(InputObject)]
pub struct UndoPublishEntriesInput {
    /// Each with what is public now and should not be; 1 to 50.
    entries: Vec<PublishEntryInput>,
}

payload!(
    /// What is public now, or what to mend.
    PublishEntriesPayload { entries: Vec<EntrySummary> }
);
