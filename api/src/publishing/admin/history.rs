//! The past of pages and therapies: what was public when, and what changed between two versions.

use async_graphql::{Context, Enum, ID, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};
use entity::{
    id::{EntryId, RevisionId},
    publication,
    reference::Reference,
    revision,
    rich_text::RichText,
};
use serde_json::Value;

use super::Revision;
use crate::{
    gql::Refusal,
    identity::{Permission, Request, admin::User},
    publishing::{self, Diff, RunKind, diff, find_as_of, find_revision, list_publications},
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
        Ok(Some(Comparison { diff: diff(&from.content, &to.content), from, to }))
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
        let Some(entry) = entry_id(&id) else { return Ok(None) };
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
        let Some(entry) = entry_id(&id) else { return Ok(Vec::new()) };
        let rows = list_publications(request.reader(), request.actor, entry, first).await?;
        Ok(rows.into_iter().map(Publication).collect())
    }
}

fn entry_id(id: &ID) -> Option<EntryId> {
    match Reference::parse(id)? {
        Reference::Page(id) => Some(id.into()),
        Reference::Therapy(id) => Some(id.into()),
        _ => None,
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

/// What changed between two versions.
pub struct Comparison {
    from: revision::Model,
    to: revision::Model,
    diff: Diff,
}

/// What changed between two versions.
#[Object]
impl Comparison {
    /// The earlier version.
    async fn from(&self) -> Revision {
        Revision(self.from.clone())
    }

    /// The later version.
    async fn to(&self) -> Revision {
        Revision(self.to.clone())
    }

    /// What changed beside the blocks.
    async fn fields(&self) -> Vec<FieldChange> {
        self.diff.fields.iter().map(FieldChange::of).collect()
    }

    /// Blocks that were added, removed, moved or changed, in the order in which one reads them.
    async fn blocks(&self) -> Vec<BlockChange> {
        self.diff.blocks.iter().map(BlockChange::of).collect()
    }
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
    old: Option<async_graphql::Json<Value>>,
    /// As it is stored in the later version, unless it only moved.
    new: Option<async_graphql::Json<Value>>,
}

impl BlockChange {
    fn of(change: &publishing::BlockChange) -> Self {
        let shown = change.new.as_ref().or(change.old.as_ref());
        let place = |place: Option<usize>| place.and_then(|place| i32::try_from(place + 1).ok());
        let kind = shown.and_then(|block| block.as_object()?.keys().next().cloned());
        let mut said = Vec::new();
        if let Some(shown) = shown {
            texts(shown, &mut said);
        }
        Self {
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
            summary: said.join(" ").split_whitespace().take(12).collect::<Vec<_>>().join(" "),
            fields: change.fields().iter().map(FieldChange::of).collect(),
            old: change.old.clone().map(async_graphql::Json),
            new: change.new.clone().map(async_graphql::Json),
        }
    }
}

/// A field that says something else.
#[derive(SimpleObject)]
pub struct FieldChange {
    /// Where: `["questions", "dosage", "answer"]`; items of lists by their key, or by their place counted from 1.
    path: Vec<String>,
    /// What became of its words.
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

impl FieldChange {
    fn of(change: &publishing::FieldChange) -> Self {
        let text = |value: &Option<Value>| value.as_ref().map(words).unwrap_or_default();
        let runs = publishing::runs(&text(&change.before), &text(&change.after));
        let words = runs.into_iter().map(|run| WordRun { kind: run.kind, text: run.text });
        Self { path: change.path.clone(), words: words.collect() }
    }
}

/// A stored value as words: texts as they are read, of anything else its parts, a line each.
fn words(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Bool(true) => "yes".to_owned(),
        Value::Bool(false) => "no".to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Array(items) => lines(items.iter().map(words)),
        Value::Object(fields) if fields.get("type").is_some_and(|it| it == "doc") => {
            serde_json::from_value::<RichText>(value.clone()).map(|text| text.plain_text()).unwrap_or_default()
        }
        Value::Object(fields) => {
            lines(fields.iter().filter(|(name, _)| name.as_str() != "key").map(|(_, value)| words(value)))
        }
    }
}

/// The texts in a stored block as they are read, without its key, numbers and choices.
fn texts(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) if fields.get("type").is_some_and(|it| it == "doc") => found.push(words(value)),
        Value::Object(fields) => {
            fields.iter().filter(|(name, _)| name.as_str() != "key").for_each(|(_, value)| texts(value, found));
        }
        Value::Array(items) => items.iter().for_each(|item| texts(item, found)),
        // A choice is written in capitals, a reference as an id: neither is words.
        Value::String(text) if Reference::parse(text).is_none() && text.chars().any(char::is_lowercase) => {
            found.push(text.clone());
        }
        _ => {}
    }
}

fn lines(parts: impl Iterator<Item = String>) -> String {
    parts.filter(|part| !part.trim().is_empty()).collect::<Vec<_>>().join("\n")
}
