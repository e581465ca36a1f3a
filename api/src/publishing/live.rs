//! What the public reads: entries by their live revision, and nothing else.

use std::collections::HashMap;

use entity::{
    content::Content,
    entry::{self, EntryKind},
    id::{EntryId, RedirectId, RevisionId},
    redirect, revision,
    seo::Seo,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait, Select,
};

use serde_json::Value;

use super::{parse_content, trash::path_before};
use crate::error::Result;

/// Steps from one thing in the trash to the next that an address is followed.
const MOST_STEPS: usize = 8;

/// An entry with the snapshot the public reads.
#[derive(Clone, Debug)]
pub struct Live<C> {
    /// Where and since when.
    pub entry: entry::Model,
    /// Which snapshot.
    pub revision: RevisionId,
    /// The snapshot.
    pub content: C,
    /// Whether it is a draft that somebody may preview, and not what is public.
    pub draft: bool,
    /// About how much of memory it takes.
    pub bytes: usize,
}

impl<C> Live<C> {
    /// The id it is known by outside: a draft's is another than that of what is public, so that no cache takes one for the
    /// other.
    pub fn public_id(&self) -> String {
        let id = self.entry.public_id();
        if self.draft { format!("{id}{DRAFT}") } else { id }
    }
}

/// What ids of drafts end in.
pub const DRAFT: &str = "~draft";

/// A live entry of either kind, its snapshot still unread.
#[derive(Clone, Debug)]
pub struct LiveEntry {
    /// Where and since when.
    pub entry: entry::Model,
    revision: revision::Model,
    draft: bool,
}

impl LiveEntry {
    /// Which snapshot it is.
    pub fn revision_id(&self) -> RevisionId {
        self.revision.id
    }

    /// Reads the snapshot as the kind's own.
    pub fn read<C: Content>(self) -> Result<Live<C>> {
        Ok(Live {
            content: parse_content(&self.revision)?,
            revision: self.revision.id,
            entry: self.entry,
            draft: self.draft,
            bytes: 2 * bytes_of(&self.revision.content) + 1_024,
        })
    }
}

/// How long a stored value is, as JSON, about.
fn bytes_of(value: &Value) -> usize {
    match value {
        Value::Null | Value::Bool(_) | Value::Number(_) => 8,
        Value::String(text) => text.len() + 24,
        Value::Array(items) => items.iter().map(bytes_of).sum::<usize>() + 24,
        Value::Object(fields) => fields.iter().map(|(name, value)| name.len() + bytes_of(value)).sum::<usize>() + 24,
    }
}

/// The live entry at a path.
pub async fn find_live(db: &impl ConnectionTrait, path: &str) -> Result<Option<LiveEntry>> {
    let found = entry::Entity::find()
        .filter(entry::Column::Path.eq(path))
        .filter(entry::Column::TrashedAt.is_null())
        .find_also_linked(entry::LiveRevision)
        .one(db)
        .await?;
    Ok(found.and_then(pair))
}

/// Which entry is live at a path, and which revision of it.
#[derive(Clone, Debug)]
pub struct LiveAt {
    /// The entry.
    pub id: EntryId,
    /// What it is.
    pub kind: EntryKind,
    /// What the public reads of it.
    pub revision: RevisionId,
    /// Its public title.
    pub title: Option<String>,
}

/// Which entry is live at a path, without reading what it says.
pub async fn find_live_at(db: &impl ConnectionTrait, path: &str) -> Result<Option<LiveAt>> {
    let found: Option<(EntryId, EntryKind, RevisionId, Option<String>)> = entry::Entity::find()
        .select_only()
        .columns([entry::Column::Id, entry::Column::Kind, entry::Column::LiveRevisionId, entry::Column::LiveTitle])
        .filter(entry::Column::Path.eq(path))
        .filter(entry::Column::TrashedAt.is_null())
        .filter(entry::Column::LiveRevisionId.is_not_null())
        .into_tuple()
        .one(db)
        .await?;
    Ok(found.map(|(id, kind, revision, title)| LiveAt { id, kind, revision, title }))
}

/// The latest draft of an entry, read as if it were live; for whoever may preview it.
pub async fn find_draft(db: &impl ConnectionTrait, id: EntryId) -> Result<Option<LiveEntry>> {
    let found = entry::Entity::find_by_id(id)
        .filter(entry::Column::TrashedAt.is_null())
        .find_also_linked(entry::LatestRevision)
        .one(db)
        .await?;
    Ok(found.and_then(pair).map(|found| LiveEntry { draft: true, ..found }))
}

/// The live entries of a kind among `ids`.
pub async fn load_live<C: Content>(
    db: &impl ConnectionTrait,
    kind: EntryKind,
    ids: impl IntoIterator<Item = EntryId>,
) -> Result<HashMap<EntryId, Live<C>>> {
    let found = entry::Entity::find()
        .filter(entry::Column::Kind.eq(kind))
        .filter(entry::Column::Id.is_in(ids))
        .filter(entry::Column::TrashedAt.is_null())
        .find_also_linked(entry::LiveRevision)
        .all(db)
        .await?;
    found.into_iter().filter_map(pair).map(|live| Ok((live.entry.id, live.read()?))).collect()
}

/// Live entries by path, after `after`; for static generation and the site map.
pub async fn list_live_paths(db: &impl ConnectionTrait, after: Option<&str>, first: u64) -> Result<Vec<entry::Model>> {
    let mut rows = live_rows();
    if let Some(after) = after {
        rows = rows.filter(entry::Column::Path.gt(after));
    }
    Ok(rows.order_by_asc(entry::Column::Path).limit(first).all(db).await?)
}

/// Live entries that search engines may list, by path: `first` of them after leaving out `skip`.
pub async fn list_indexed(db: &impl ConnectionTrait, skip: u64, first: u64) -> Result<Vec<entry::Model>> {
    Ok(indexed_rows().order_by_asc(entry::Column::Path).offset(skip).limit(first).all(db).await?)
}

/// How many entries search engines may list.
pub async fn count_indexed(db: &impl ConnectionTrait) -> Result<u64> {
    Ok(indexed_rows().count(db).await?)
}

fn indexed_rows() -> Select<entry::Entity> {
    live_rows().filter(entry::Column::NoIndex.eq(false))
}

/// How many [`list_live_paths`] would answer without an end.
pub async fn count_live_paths(db: &impl ConnectionTrait) -> Result<u64> {
    Ok(live_rows().count(db).await?)
}

pub(super) fn live_rows() -> Select<entry::Entity> {
    entry::Entity::find().filter(entry::Column::LiveRevisionId.is_not_null()).filter(entry::Column::TrashedAt.is_null())
}

/// Where an old path leads: the redirect and the present path, if that is public.
pub async fn find_redirect(db: &impl ConnectionTrait, path: &str) -> Result<Option<(redirect::Model, String)>> {
    let found = redirect::Entity::find().filter(redirect::Column::FromPath.eq(path)).one(db).await?;
    follow(db, found).await
}

/// Redirects by their old path, after `after`, with where each leads; for front ends that answer them themselves.
///
/// Those that lead over something in the trash are not among them: [`find_redirect`] follows these.
pub async fn list_live_redirects(
    db: &impl ConnectionTrait,
    after: Option<&str>,
    first: u64,
) -> Result<Vec<(redirect::Model, String)>> {
    let mut rows = leading_redirects();
    if let Some(after) = after {
        rows = rows.filter(redirect::Column::FromPath.gt(after));
    }
    let rows = rows.order_by_asc(redirect::Column::FromPath).limit(first).all(db).await?;
    let ids = rows.iter().filter_map(|row| row.to_entry_id);
    let found = entry::Entity::find().filter(entry::Column::Id.is_in(ids)).all(db).await?;
    let paths: HashMap<EntryId, String> = found.into_iter().map(|row| (row.id, row.path)).collect();
    let target = |row: &redirect::Model| match row.to_entry_id {
        Some(id) => paths.get(&id).cloned(),
        None => row.to_path.clone(),
    };
    Ok(rows.into_iter().filter_map(|row| target(&row).map(|target| (row, target))).collect())
}

/// How many [`list_live_redirects`] would answer without an end.
pub async fn count_live_redirects(db: &impl ConnectionTrait) -> Result<u64> {
    Ok(leading_redirects().count(db).await?)
}

/// Redirects to an address, or to what is public.
fn leading_redirects() -> Select<redirect::Entity> {
    let live = live_rows().select_only().column(entry::Column::Id).into_query();
    let leads =
        Condition::any().add(redirect::Column::ToEntryId.in_subquery(live)).add(redirect::Column::ToPath.is_not_null());
    redirect::Entity::find().filter(leads)
}

/// The redirect of that id, if what it leads to is public.
pub async fn find_redirect_by_id(
    db: &impl ConnectionTrait,
    id: RedirectId,
) -> Result<Option<(redirect::Model, String)>> {
    follow(db, redirect::Entity::find_by_id(id).one(db).await?).await
}

async fn follow(
    db: &impl ConnectionTrait,
    found: Option<redirect::Model>,
) -> Result<Option<(redirect::Model, String)>> {
    let Some(found) = found else { return Ok(None) };
    let mut last = found.clone();
    // What leads to something in the trash leads to where that was sent.
    for _ in 0..MOST_STEPS {
        let Some(id) = last.to_entry_id else {
            return Ok(last.to_path.map(|target| (found, target)));
        };
        let Some(entry) = entry::Entity::find_by_id(id).one(db).await? else { return Ok(None) };
        if entry.trashed_at.is_none() {
            return Ok(entry.live_revision_id.map(|_| (found, entry.path)));
        }
        let on = redirect::Entity::find().filter(redirect::Column::FromPath.eq(path_before(&entry)));
        let Some(next) = on.one(db).await? else { return Ok(None) };
        last = next;
    }
    Ok(None)
}

/// An entry's SEO with its own title and summary where nothing else is set.
pub fn seo_of(content: &impl Content) -> Seo {
    let or = |own: &str, fallback: &str| if own.trim().is_empty() { fallback.to_owned() } else { own.to_owned() };
    let seo = content.seo();
    Seo {
        title: or(&seo.title, content.title()),
        description: or(&seo.description, content.summary()),
        no_index: seo.no_index,
        canonical: seo.canonical.clone(),
        image: seo.image,
    }
}

fn pair((entry, revision): (entry::Model, Option<revision::Model>)) -> Option<LiveEntry> {
    Some(LiveEntry { entry, revision: revision?, draft: false })
}
