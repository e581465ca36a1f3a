//! The trash of pages and therapies, as staff see it.

use async_graphql::{Context, Enum, ID, InputObject, Object, Result, SimpleObject};
use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    entry::{self, EntryKind},
    id::EntryId,
    problem::ProblemCode,
};

use super::publish::{EntrySummary, read_entry_id, read_entry_id_at};
use crate::{
    error::Error,
    gql::paging::{Connection, Page as Paging},
    identity::{Identity, Permission, Request},
    media::TRASH_DAYS,
    payload,
    publishing::{
        self, Indexers, Pointing, Removal, Slug, TrashPosition, Trashed, path_before, reference_of, restore, trash,
    },
};

/// What was deleted.
#[derive(Default)]
pub struct TrashQuery;

#[Object]
impl TrashQuery {
    /// Pages and therapies in the trash, what was deleted last first. What has been there for 30 days is removed for
    /// good.
    async fn trash(
        &self,
        ctx: &Context<'_>,
        #[graphql(default = 50, desc = "How many, 0 to 100.")] first: i32,
        #[graphql(desc = "The cursor to go on after: the last page's `endCursor`.")] after: Option<String>,
    ) -> Result<Connection<TrashedEntry>> {
        let request = Request::of(ctx);
        let (db, actor) = (request.reader(), request.actor);
        let paging = Paging::<TrashPosition>::new("trash", first, after.as_deref())?;
        let rows = publishing::list_trash(db, actor, paging.after().copied(), paging.limit()).await?;
        let total = publishing::count_trash(db, actor).await?;
        let position = |row: &entry::Model| (row.trashed_at.unwrap_or_default(), row.id);
        Ok(paging.connection(rows, total, position, TrashedEntry::from)?)
    }
}

/// What can be deleted, and had back.
#[derive(Default)]
pub struct TrashMutation;

#[Object]
impl TrashMutation {
    /// Puts a page or therapy into the trash: it is taken back from the public, and what was planned for it is called
    /// off. `restoreEntry` brings it back within 30 days.
    async fn trash_entry(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to delete.")] input: TrashEntryInput,
    ) -> Result<TrashEntryPayload> {
        let request = Request::of(ctx);
        let tx = request.begin(Permission::WriteContent).await?;
        let trashed = async {
            let removal = Removal { pointing: input.pointing()?, redirect_to: input.redirect_to()? };
            let (audit, indexers) = (Identity::audit_of(ctx), *ctx.data_unchecked::<Indexers>());
            trash(&tx, request.actor, audit, indexers, read_entry_id(&input.id)?, removal, request.now).await
        };
        let trashed = trashed.await;
        request.finish(tx, trashed.map(TrashedEntries::from)).await
    }

    /// Takes a page or therapy out of the trash, to where it was. It is a draft then, unless `asItWas`.
    async fn restore_entry(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to take out of the trash.")] input: RestoreEntryInput,
    ) -> Result<RestoreEntryPayload> {
        let request = Request::of(ctx);
        let tx = request.begin(Permission::WriteContent).await?;
        let entry = async {
            let (id, slug) = (read_entry_id(&input.id)?, input.slug.as_deref().map(Slug::read).transpose()?);
            let (audit, indexers) = (Identity::audit_of(ctx), *ctx.data_unchecked::<Indexers>());
            restore(&tx, request.actor, audit, indexers, id, slug, input.as_it_was, request.now).await
        };
        let entry = entry.await;
        request.finish(tx, entry.map(EntrySummary::from)).await
    }
}

/// A page or therapy in the trash.
#[derive(SimpleObject)]
pub struct TrashedEntry {
    /// The id of the page or therapy.
    id: ID,
    /// Which of the two.
    kind: EntryKind,
    /// The title of its latest draft.
    title: String,
    /// Where it was.
    path: String,
    /// When it was deleted.
    trashed_at: DateTime<Utc>,
    /// When it will be removed for good.
    removed_at: DateTime<Utc>,
    /// Whether the public ever read it.
    was_public: bool,
}

impl From<entry::Model> for TrashedEntry {
    fn from(entry: entry::Model) -> Self {
        let trashed_at = entry.trashed_at.unwrap_or_default();
        Self {
            id: reference_of(&entry).to_string().into(),
            kind: entry.kind,
            path: path_before(&entry).to_owned(),
            trashed_at,
            removed_at: trashed_at + TimeDelta::days(TRASH_DAYS),
            was_public: entry.first_published_at.is_some(),
            title: entry.title,
        }
    }
}

/// What was deleted, and what was changed for it.
#[derive(SimpleObject)]
pub struct TrashedEntries {
    /// What was deleted.
    entry: TrashedEntry,
    /// What pointed at it and has a new draft now; what is public of these is as it was.
    changed: Vec<EntrySummary>,
}

impl From<Trashed> for TrashedEntries {
    fn from(Trashed { entry, changed }: Trashed) -> Self {
        Self { entry: entry.into(), changed: changed.into_iter().map(EntrySummary::from).collect() }
    }
}

/// What becomes of what points at something that is deleted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
pub enum UsesOnTrash {
    /// Nothing is deleted while something points at it.
    #[default]
    Refuse,
    /// It stays as it is; a link to what is gone reads as plain words.
    Keep,
    /// New drafts are written without it: a link becomes its words, a list loses the item.
    Unlink,
    /// New drafts are written with `replacement` in its place.
    Replace,
}

/// What to delete.
#[derive(InputObject)]
pub struct TrashEntryInput {
    /// The page or therapy.
    id: ID,
    /// What becomes of pages and therapies that point at it. Menus and settings are changed in the library.
    #[graphql(default)]
    uses: UsesOnTrash,
    /// Another of the same kind, for `REPLACE`.
    replacement: Option<ID>,
    /// The page or therapy its address leads to from now on, where the public has known it; left out, the address leads
    /// nowhere.
    redirect_to: Option<ID>,
}

impl TrashEntryInput {
    fn pointing(&self) -> Result<Pointing, Error> {
        Ok(match self.uses {
            UsesOnTrash::Refuse => Pointing::Refuse,
            UsesOnTrash::Keep => Pointing::Keep,
            UsesOnTrash::Unlink => Pointing::Unlink,
            UsesOnTrash::Replace => {
                let by = self.replacement.as_ref().ok_or_else(|| {
                    Error::problem(ProblemCode::Required, ["replacement"], "Choose what takes its place.")
                })?;
                Pointing::Replace(read_entry_id_at(by, "replacement")?)
            }
        })
    }

    fn redirect_to(&self) -> Result<Option<EntryId>, Error> {
        self.redirect_to.as_ref().map(|id| read_entry_id_at(id, "redirectTo")).transpose()
    }
}

/// What to take out of the trash.
#[derive(InputObject)]
pub struct RestoreEntryInput {
    /// The page or therapy.
    id: ID,
    /// Another last part of its address, should the old one be taken by now; left out, it stays.
    slug: Option<String>,
    /// Whether what was public until it was deleted is public again, as an undo, which needs the right to publish. Drafts
    /// that were written because it was deleted are taken back where nobody wrote on them since.
    #[graphql(default)]
    as_it_was: bool,
}

payload!(
    /// What was deleted, or what to mend.
    TrashEntryPayload { trashed: TrashedEntries }
);

payload!(
    /// The page or therapy as it is now, or what to mend.
    RestoreEntryPayload { entry: EntrySummary }
);
