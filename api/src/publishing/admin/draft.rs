//! Saving what changed in a draft, whatever its kind, and who else has it open.

use async_graphql::{Context, ID, InputObject, Json, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};
use entity::{
    block::{Block, BlockInput},
    presence,
    problem::ProblemCode,
    revision::RevisionKind,
};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::{EntryFields, publish::read_entry_id};
use crate::{
    error::Error,
    gql::id::read_id,
    identity::{Permission, Request, admin::User},
    payload,
    publishing::{
        self, Choice, Chosen, DraftChange, DraftPatch, Indexers, Onto, Place, Saved, Side, Written, announce,
        save_patch,
    },
};

/// What can be done with drafts of any kind.
#[derive(Default)]
pub struct DraftMutation;

#[Object]
impl DraftMutation {
    /// Saves what changed in the draft of a page or therapy, as a version or while somebody is writing.
    ///
    /// What others saved since `baseRevision` is kept beside it. Where both changed the same place, nothing is written and
    /// `conflicts` says where: send the same again with `choices`, and with the draft they were made against.
    async fn save_draft(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What changed in a draft.")] input: SaveDraftInput,
    ) -> Result<SaveDraftPayload> {
        let request = Request::of(ctx);
        let tx = request.begin(Permission::WriteContent).await?;
        let saved = async {
            let id = read_entry_id(&input.id)?;
            let choices = input.choices.into_iter().map(Choice::from).collect();
            let seen = input.choices_on.map(|id| read_id(&id, "choicesOn")).transpose()?;
            let change = DraftChange {
                base: read_id(&input.base_revision, "baseRevision")?,
                slug: input.slug,
                content: input.patch.read()?,
                onto: Onto::Others(Chosen { choices, seen }),
                written: Written { kind: input.kind, tab: input.tab, note: input.note },
            };
            save_patch(&tx, request.actor, *ctx.data_unchecked::<Indexers>(), id, change, request.now).await
        };
        let saved = saved.await;
        request.finish(tx, saved.map(SavedDraft::from)).await
    }

    /// Says that a page or therapy is open in a window of yours, and answers who else has it open. Said again every few
    /// seconds; whoever is silent for three quarters of a minute counts as gone.
    async fn announce_presence(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is open, and where in it you are.")] input: AnnouncePresenceInput,
    ) -> Result<PresencePayload> {
        let request = Request::of(ctx);
        let tx = request.begin(Permission::ReadDrafts).await?;
        let here = async {
            let id = read_entry_id(&input.id)?;
            let (tab, block) = (input.tab, input.block.filter(|_| !input.leaving));
            let entry = publishing::find_any(&tx, id).await?;
            let others = announce(&tx, request.actor, id, tab, block, input.leaving, request.now).await?;
            Ok(Presence {
                latest: entry.latest_revision_id.map(|id| id.to_string().into()),
                others: others.into_iter().map(Present).collect(),
            })
        };
        let here: Result<Presence, Error> = here.await;
        request.finish(tx, here).await
    }
}

/// What came of saving a draft.
#[derive(SimpleObject)]
pub struct SavedDraft {
    /// The page or therapy as it is now, with its latest draft.
    entry: EntryFields,
    /// Whether the draft holds more than you sent: what others wrote meanwhile.
    merged: bool,
    /// Where somebody else and you changed the same place. When there are any, nothing of what you sent was written.
    conflicts: Vec<DraftConflict>,
}

impl From<Saved> for SavedDraft {
    fn from(saved: Saved) -> Self {
        match saved {
            Saved::Done { entry, merged } => Self { entry: EntryFields(entry), merged, conflicts: Vec::new() },
            Saved::Apart { entry, conflicts } => Self {
                entry: EntryFields(entry),
                merged: false,
                conflicts: conflicts.into_iter().map(DraftConflict::from).collect(),
            },
        }
    }
}

/// A place that somebody else and you changed, each in another way.
#[derive(SimpleObject)]
pub struct DraftConflict {
    /// The key of the block it lies in; null for a field of the document.
    block: Option<String>,
    /// The field from the outside in: `["seo", "title"]`; empty for a whole block, `["blocks"]` for the order of all.
    path: Vec<String>,
    /// What both began with; null where it was not there.
    base: Option<Json<Value>>,
    /// What is saved; null where it is gone.
    theirs: Option<Json<Value>>,
    /// What you sent; null where it is gone.
    yours: Option<Json<Value>>,
}

impl From<publishing::Conflict> for DraftConflict {
    fn from(conflict: publishing::Conflict) -> Self {
        let Place { path, block } = conflict.place;
        let [base, theirs, yours] = [conflict.base, conflict.theirs, conflict.yours].map(|side| side.map(Json));
        Self { block, path, base, theirs, yours }
    }
}

/// What changed in a draft.
#[derive(InputObject)]
pub struct SaveDraftInput {
    /// The page or therapy.
    id: ID,
    /// The draft it was written on.
    base_revision: ID,
    /// What changed since.
    patch: DraftPatchInput,
    /// A new last part of its address; left out, it stays. The old address of a public page leads to the new one.
    slug: Option<String>,
    /// Whether it is meant as a version.
    #[graphql(default_with = "RevisionKind::Saved")]
    kind: RevisionKind,
    /// The window it is written in, a UUID it gave itself. When an answer is lost, the same may then be sent again.
    tab: Option<Uuid>,
    /// What was chosen where both changed the same place.
    #[graphql(default)]
    choices: Vec<ChoiceInput>,
    /// With `choices`: the draft they were made against, which is the latest of the answer that told the conflicts. Where it
    /// says something else by now, the conflict is told again.
    choices_on: Option<ID>,
    /// Why, in a few words; at most 300 characters.
    note: Option<String>,
}

/// What changed in a draft since its base.
#[derive(InputObject)]
pub struct DraftPatchInput {
    /// The fields beside the blocks that are another, by name: `{ "title": "Detox", "seo": { … } }`.
    #[graphql(default)]
    fields: Json<Map<String, Value>>,
    /// The blocks that are new or another.
    #[graphql(default)]
    blocks: Vec<BlockInput>,
    /// The keys of all blocks in their order; left out, when none was added, moved or removed.
    order: Option<Vec<String>>,
    /// Whether this is the whole document. Needed when `baseRevision` is gone, which a draft may be after a day.
    #[graphql(default)]
    whole: bool,
}

impl DraftPatchInput {
    fn read(self) -> Result<DraftPatch, Error> {
        let fields = self.fields.0;
        if let Some(name) = ["blocks", "v"].into_iter().find(|name| fields.contains_key(*name)) {
            let message = format!("“{name}” is no field of its own. Blocks are sent in `blocks`.");
            return Err(Error::problem(ProblemCode::Invalid, ["patch", "fields", name], message));
        }
        let blocks = self.blocks.into_iter().map(|block| serde_json::to_value(Block::from(block)));
        Ok(DraftPatch { fields, blocks: blocks.collect::<Result<_, _>>()?, order: self.order, whole: self.whole })
    }
}

/// Whose version is kept at a place that both changed.
#[derive(InputObject)]
pub struct ChoiceInput {
    /// The conflict's block.
    block: Option<String>,
    /// The conflict's path.
    path: Vec<String>,
    /// Whose is kept.
    keep: Side,
}

impl From<ChoiceInput> for Choice {
    fn from(ChoiceInput { block, path, keep }: ChoiceInput) -> Self {
        Self { place: Place { path, block }, keep }
    }
}

/// What is open, and where in it you are.
#[derive(InputObject)]
pub struct AnnouncePresenceInput {
    /// The page or therapy.
    id: ID,
    /// The window, a UUID it gave itself.
    tab: Uuid,
    /// The key of the block you are in.
    block: Option<String>,
    /// Whether the window is about to close it.
    #[graphql(default)]
    leaving: bool,
}

/// Who is at a page or therapy.
#[derive(SimpleObject)]
pub struct Presence {
    /// The latest draft, for whoever wants to know whether theirs still is.
    latest: Option<ID>,
    /// Everybody else who has it open, each window for itself.
    others: Vec<Present>,
}

/// Somebody who has a page or therapy open.
pub struct Present(presence::Model);

/// Somebody who has a page or therapy open.
#[Object]
impl Present {
    /// The window.
    async fn tab(&self) -> Uuid {
        self.0.tab
    }

    /// Who.
    async fn user(&self, ctx: &Context<'_>) -> Result<Option<User>> {
        User::load(ctx, Some(self.0.user_id)).await
    }

    /// The key of the block they are in.
    async fn block(&self) -> Option<&str> {
        self.0.block.as_deref()
    }

    /// When they were last heard of.
    async fn seen_at(&self) -> DateTime<Utc> {
        self.0.seen_at
    }
}

payload!(
    /// What came of saving a draft, or what to mend.
    SaveDraftPayload { draft: SavedDraft }
);

payload!(
    /// Who is at a page or therapy, or what to mend.
    PresencePayload { presence: Presence }
);
