//! The past of pages and therapies: what was public when, and what changed between two versions.

use std::time::{Duration, Instant};

use async_graphql::{Context, Enum, ID, Json, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};
use entity::{
    id::RevisionId,
    publication,
    reference::{Reference, Targets},
    revision,
};
use serde_json::Value;

use super::Revision;
use crate::{
    gql::Refusal,
    identity::{Permission, Request, admin::User},
    publishing::{
        self, Audience, RunKind, both_sides, diff, find_as_of, find_revision, find_targets, list_publications,
        references_in, summary,
    },
};

/// What can be asked of the past.
#[derive(Default)]
pub struct HistoryQuery;

#[Object]
impl HistoryQuery {
    /// What changed from one version of a page or therapy to another: blocks, then fields, then words. Null when there is
    /// no such version.
    async fn compare_revisions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The earlier version.")] from: ID,
        #[graphql(desc = "The later version, of the same page or therapy.")] to: ID,
    ) -> Result<Option<Comparison>> {
        let request = Request::of(ctx);
        request.actor.require(Permission::ReadDrafts)?;
        let (Some(from), Some(to)) = (find(ctx, &from).await?, find(ctx, &to).await?) else { return Ok(None) };
        if from.entry_id != to.entry_id {
            return Err(Refusal::bad_input("Both versions must be of the same page or therapy.").into());
        }
        let diff = diff(&from.content, &to.content);
        let inside: Vec<_> = diff.blocks.iter().flat_map(publishing::BlockChange::fields).collect();
        let wanted = references_in(diff.fields.iter().chain(&inside));
        let named = find_targets(request.reader(), &wanted, Audience::Staff).await?;
        let told = Told { named: &named, until: Instant::now() + PATIENCE };
        Ok(Some(Comparison {
            fields: diff.fields.iter().map(|change| told.field(change)).collect(),
            blocks: diff.blocks.iter().map(|change| told.block(change)).collect(),
            from: Revision(from),
            to: Revision(to),
        }))
    }

    /// What the public read of a page or therapy at a time; null while it was not public.
    async fn as_of(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The page or therapy.")] id: ID,
        #[graphql(desc = "When.")] at: DateTime<Utc>,
    ) -> Result<Option<Revision>> {
        let request = Request::of(ctx);
        request.actor.require(Permission::ReadDrafts)?;
        let Some(entry) = Reference::parse(&id).and_then(Reference::entry) else { return Ok(None) };
        Ok(find_as_of(request.reader(), request.actor, entry, at).await?.map(Revision))
    }

    /// When which versions of a page or therapy were public, the latest first; at most 100.
    async fn publications(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The page or therapy.")] id: ID,
        #[graphql(default = 50, desc = "How many, 0 to 100.")] first: i32,
    ) -> Result<Vec<Publication>> {
        let request = Request::of(ctx);
        request.actor.require(Permission::ReadDrafts)?;
        let first = u64::try_from(first).ok().filter(|first| *first <= 100);
        let first = first.ok_or_else(|| Refusal::bad_input("The argument `first` is a number from 0 to 100."))?;
        let Some(entry) = Reference::parse(&id).and_then(Reference::entry) else { return Ok(Vec::new()) };
        let rows = list_publications(request.reader(), request.actor, entry, first).await?;
        Ok(rows.into_iter().map(Publication).collect())
    }
}

async fn find(ctx: &Context<'_>, id: &ID) -> Result<Option<revision::Model>> {
    match id.parse::<RevisionId>() {
        Ok(id) => Ok(find_revision(Request::of(ctx).reader(), id).await?),
        Err(_) => Ok(None),
    }
}

/// A time during which the public read one version.
pub struct Publication(publication::Model);

/// A time during which the public read one version.
#[Object]
impl Publication {
    /// Which version.
    async fn revision(&self) -> ID {
        self.0.revision_id.to_string().into()
    }

    /// From when.
    async fn published_at(&self) -> DateTime<Utc> {
        self.0.published_at
    }

    /// Until when; null while it is public.
    async fn ended_at(&self) -> Option<DateTime<Utc>> {
        self.0.ended_at
    }

    /// Who made it public; null for what came with the installation.
    async fn published_by(&self, ctx: &Context<'_>) -> Result<Option<User>> {
        User::load(ctx, self.0.published_by).await
    }
}

/// How long words may be compared; what is longer is told as gone and come. A comparison shall take 200 ms at the most.
const PATIENCE: Duration = Duration::from_millis(120);

/// What changed between two versions.
#[derive(SimpleObject)]
pub struct Comparison {
    /// The earlier version.
    from: Revision,
    /// The later version.
    to: Revision,
    /// What changed beside the blocks.
    fields: Vec<FieldChange>,
    /// Blocks that were added, removed, moved or changed, in the order in which one reads them.
    blocks: Vec<BlockChange>,
}

/// What became of a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum BlockChangeKind {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It says something else; it may have moved as well.
    Changed,
    /// It says the same elsewhere.
    Moved,
}

/// A block that is another.
#[derive(SimpleObject)]
pub struct BlockChange {
    /// Its key.
    key: String,
    /// What sort of block: `comparisonTable`.
    block_kind: String,
    /// What became of it.
    change: BlockChangeKind,
    /// Whether it stands elsewhere among those that stayed.
    moved: bool,
    /// Where it stood, counted from 1; null when it was added.
    before: Option<i32>,
    /// Where it stands, counted from 1; null when it was removed.
    after: Option<i32>,
    /// Its first words.
    summary: String,
    /// Which of its fields changed; empty when it was added, removed or only moved.
    fields: Vec<FieldChange>,
    /// As it was stored in the earlier version, to be restored.
    old: Option<Json<Value>>,
    /// As it is stored in the later version, unless it only moved.
    new: Option<Json<Value>>,
}

/// A field that says something else.
#[derive(SimpleObject)]
pub struct FieldChange {
    /// Where: `["questions", "dosage", "answer"]`; items of lists by their key, or by their place counted from 1.
    path: Vec<String>,
    /// What became of its words. Links are followed by where they lead, `types of addiction [Addiction (/addiction)]`; where
    /// only emphasis or structure changed, it is written out: `**strong**`, `- point`.
    words: Vec<WordRun>,
}

/// Words that stayed, came or went together.
#[derive(SimpleObject)]
pub struct WordRun {
    /// What became of them.
    kind: RunKind,
    /// The words, with the spaces between them.
    text: String,
}

/// Tells changes in words: with the names of what they point at, until a time.
struct Told<'a> {
    named: &'a Targets,
    until: Instant,
}

impl Told<'_> {
    fn block(&self, change: &publishing::BlockChange) -> BlockChange {
        let shown = change.new.as_ref().or(change.old.as_ref());
        let place = |place: Option<usize>| place.and_then(|place| i32::try_from(place + 1).ok());
        let kind = shown.and_then(|block| block.as_object()?.keys().next().cloned());
        BlockChange {
            key: change.key.clone(),
            block_kind: kind.unwrap_or_default(),
            change: match (change.before, change.after, &change.new) {
                (None, ..) => BlockChangeKind::Added,
                (_, None, _) => BlockChangeKind::Removed,
                (_, _, Some(_)) => BlockChangeKind::Changed,
                (_, _, None) => BlockChangeKind::Moved,
            },
            moved: change.moved,
            before: place(change.before),
            after: place(change.after),
            summary: shown.map(summary).unwrap_or_default(),
            fields: change.fields().iter().map(|change| self.field(change)).collect(),
            old: change.old.clone().map(Json),
            new: change.new.clone().map(Json),
        }
    }

    fn field(&self, change: &publishing::FieldChange) -> FieldChange {
        let (before, after) = both_sides(change, self.named);
        let runs = publishing::runs(&before, &after, self.until);
        let words = runs.into_iter().map(|run| WordRun { kind: run.kind, text: run.text });
        FieldChange { path: change.path.clone(), words: words.collect() }
    }
}
