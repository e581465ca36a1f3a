//! Putting something else in the place of what content points at, or taking it out.

use std::mem::discriminant;

use chrono::{DateTime, Utc};
use entity::{
    content_reference::{self, Lane},
    entry,
    fact::FactId,
    id::EntryId,
    placement,
    problem::{Problem, ProblemCode},
    reference::Reference,
    revision, schedule,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait,
    IntoActiveModel, ModelTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};
use serde_json::Value;

use super::{
    backfill::index_words,
    draft::{DraftChange, DraftPatch, Onto, save_patch},
    entry::{hold, hold_all, look_up, tell_changed},
    find_revision,
    publish::{Indexers, publish},
    revision::{Written, says_what_is_public},
    target::reference_of,
    usage::{self, users},
};
use crate::{
    error::{Error, Result},
    identity::{Actor, Audit, Permission},
    library::{self, find_fact},
    media,
};

/// Pages and therapies that are changed together, at the most.
const MOST: u64 = 200;
/// Characters of a note on a draft, at the most.
const MOST_NOTE: usize = 300;

/// What is put in the place of what.
struct Relink {
    from: Reference,
    /// Nothing, and it is taken out.
    to: Option<Reference>,
    /// What the new drafts say of themselves.
    note: String,
}

/// Puts another fact or picture in the place of one wherever it is used, or takes it out: in drafts, in what the public
/// reads, and in the library. A draft that is not public stays one. Answers the pages and therapies that changed, by id.
///
/// Fails, with nothing written, with `NOT_FOUND` at `id`, with a problem at `replacement` when that is not of the same
/// kind or the same thing, and at `uses` with everything that cannot do without.
pub async fn replace_uses(
    tx: &DatabaseTransaction,
    actor: Actor,
    audit: &Audit,
    indexers: Indexers,
    target: Reference,
    by: Option<Reference>,
    now: DateTime<Utc>,
) -> Result<Vec<entry::Model>> {
    actor.require(Permission::Publish)?;
    let name = name_of(tx, actor, target).await?.ok_or_else(|| Error::not_found("fact or picture"))?;
    let problem = |message: &str| Error::problem(ProblemCode::Invalid, ["replacement"], message);
    let note = match by {
        None => format!("Without “{name}”"),
        Some(same) if same == target => return Err(problem("It cannot take its own place. Choose another.")),
        Some(other) if discriminant(&other) != discriminant(&target) => {
            return Err(problem("Only another of the same kind can take its place."));
        }
        Some(other) => {
            let other = name_of(tx, actor, other).await?;
            let other = other.ok_or_else(|| problem("There is nothing with this id. Choose another."))?;
            format!("“{other}” in place of “{name}”")
        }
    };
    let relink = Relink { from: target, to: by, note };
    hold_all(tx, users_of(tx, target, &[Lane::Draft, Lane::Live, Lane::Planned]).await?).await?;
    refuse_planned(tx, target).await?;
    library::relink_facts(tx, actor, audit, target, by, now).await?;
    let mut changed = Vec::new();
    let mut problems = Vec::new();
    for id in users_of(tx, target, &[Lane::Draft, Lane::Live]).await? {
        let entry = hold(tx, id).await?;
        match relink.everywhere(tx, actor, audit, indexers, &entry, now).await {
            Ok(entry) => changed.push(entry),
            Err(Error::Problems(found)) => problems.push(relink.refused(&entry, &found)),
            Err(error) => return Err(error),
        }
    }
    if problems.is_empty() { Ok(changed) } else { Err(Error::Problems(problems)) }
}

/// What is planned stays as somebody looked at it, so it is not written anew.
async fn refuse_planned(tx: &DatabaseTransaction, target: Reference) -> Result<()> {
    let mut problems = Vec::new();
    for id in users_of(tx, target, &[Lane::Planned]).await? {
        let entry = hold(tx, id).await?;
        let message = format!("“{}” is planned to be published with it. Call that off first.", entry.title);
        problems.push(Problem { code: ProblemCode::IllegalTransition, path: vec!["uses".to_owned()], message });
    }
    if problems.is_empty() { Ok(()) } else { Err(Error::Problems(problems)) }
}

/// Writes a new draft of every page and therapy that points at `target`, which is deleted: with `by` in its place, or
/// without it. What is public of them does not change. Answers them by id.
///
/// Without a replacement a link becomes the words it was on, a list loses the item and a field is emptied. Fails, with
/// nothing written, at `replacement` when that is not of the same kind or is the target itself, and at `uses` with
/// every place that cannot do without.
pub(super) async fn relink_drafts(
    tx: &DatabaseTransaction,
    actor: Actor,
    indexers: Indexers,
    target: &entry::Model,
    by: Option<EntryId>,
    now: DateTime<Utc>,
) -> Result<Vec<entry::Model>> {
    actor.require(Permission::WriteContent)?;
    let replacement = match by {
        None => None,
        Some(id) => Some(read_replacement(tx, target, id).await?),
    };
    let note = match &replacement {
        None => format!("Without “{}”, which was deleted", target.title),
        Some(other) => format!("“{}” in place of “{}”, which was deleted", other.title, target.title),
    };
    let relink = Relink { from: reference_of(target), to: replacement.as_ref().map(reference_of), note };
    let mut changed = Vec::new();
    let mut problems = Vec::new();
    for id in users_of(tx, relink.from, &[Lane::Draft]).await? {
        let entry = hold(tx, id).await?;
        match relink.draft(tx, actor, indexers, &entry, now).await {
            Ok(entry) => changed.push(entry),
            Err(Error::Problems(found)) => problems.push(relink.refused(&entry, &found)),
            Err(error) => return Err(error),
        }
    }
    if problems.is_empty() { Ok(changed) } else { Err(Error::Problems(problems)) }
}

/// The drafts that were written at `at`, each entry held.
pub(super) async fn hold_written_at(tx: &DatabaseTransaction, at: DateTime<Utc>) -> Result<Vec<revision::Model>> {
    let written = revision::Entity::find().filter(revision::Column::CreatedAt.eq(at)).all(tx).await?;
    hold_all(tx, written.iter().map(|row| row.entry_id)).await?;
    Ok(written)
}

/// Takes the drafts back that were `written` when `target` was deleted, where nobody wrote on them since: the draft is again
/// what it was.
pub(super) async fn undo_relink(
    tx: &DatabaseTransaction,
    actor: Actor,
    indexers: Indexers,
    target: Reference,
    written: Vec<revision::Model>,
) -> Result<()> {
    actor.require(Permission::WriteContent)?;
    for row in written {
        let untouched =
            |entry: &entry::Model| entry.latest_revision_id == Some(row.id) && entry.live_revision_id != Some(row.id);
        let Some(entry) = look_up(tx, row.entry_id).await?.filter(untouched) else { continue };
        let planned = schedule::Entity::find().filter(schedule::Column::RevisionId.eq(row.id));
        if planned.count(tx).await? > 0 {
            continue;
        }
        let before = revision::Entity::find()
            .filter(revision::Column::EntryId.eq(entry.id))
            .filter(revision::Column::Id.lt(row.id))
            .order_by_desc(revision::Column::Id)
            .one(tx)
            .await?;
        // Of the same instant, but not because of this: it does not lack what was deleted.
        let Some(before) = before.filter(|before| before.content.to_string().contains(&target.to_string())) else {
            continue;
        };
        let says_live = says_what_is_public(tx, &entry, &before).await?;
        let mut entry = entry.into_active_model();
        entry.latest_revision_id = Set(Some(before.id));
        entry.says_live = Set(says_live);
        entry.looked_at = Set(None);
        if let Some(title) = before.content.get("title").and_then(Value::as_str) {
            entry.title = Set(title.to_owned());
        }
        let entry = entry.update(tx).await?;
        tell_changed(tx, &entry).await?;
        row.delete(tx).await?;
        index_words(tx, &entry).await?;
        usage::index_revision(tx, &entry, Lane::Draft, Some(before.id)).await?;
        indexers.run(tx, &entry, Lane::Draft, Some(&before)).await?;
    }
    Ok(())
}

/// Holds `target` and every entry whose draft points at it, in the order in which everybody holds several.
pub(super) async fn hold_with_users(tx: &DatabaseTransaction, target: EntryId) -> Result<()> {
    let Some(entry) = look_up(tx, target).await? else { return Ok(()) };
    let mut ids = users_of(tx, reference_of(&entry), &[Lane::Draft]).await?;
    ids.push(target);
    hold_all(tx, ids).await
}

impl Relink {
    /// Writes the next draft of an entry that is held.
    async fn draft(
        &self,
        tx: &DatabaseTransaction,
        actor: Actor,
        indexers: Indexers,
        entry: &entry::Model,
        now: DateTime<Utc>,
    ) -> Result<entry::Model> {
        let mut content = content_of(tx, entry.latest_revision_id).await?;
        placement::relink(&mut content, self.from, self.to);
        self.save(tx, actor, indexers, entry, content, now).await
    }

    /// Makes public what is public with the change, then puts the draft, where it was another, on top of it.
    async fn everywhere(
        &self,
        tx: &DatabaseTransaction,
        actor: Actor,
        audit: &Audit,
        indexers: Indexers,
        entry: &entry::Model,
        now: DateTime<Utc>,
    ) -> Result<entry::Model> {
        let Some(live) = entry.live_revision_id else {
            return self.draft(tx, actor, indexers, entry, now).await;
        };
        let mut public = content_of(tx, Some(live)).await?;
        if !placement::relink(&mut public, self.from, self.to) {
            return self.draft(tx, actor, indexers, entry, now).await;
        }
        let saved = self.save(tx, actor, indexers, entry, public, now).await?;
        let revision = saved.latest_revision_id.ok_or_else(|| Error::not_found("revision"))?;
        let published = publish(tx, actor, audit, indexers, entry.id, revision, now).await?;
        if entry.latest_revision_id == Some(live) {
            return Ok(published);
        }
        let mut content = content_of(tx, entry.latest_revision_id).await?;
        placement::relink(&mut content, self.from, self.to);
        self.save(tx, actor, indexers, &published, content, now).await
    }

    async fn save(
        &self,
        tx: &DatabaseTransaction,
        actor: Actor,
        indexers: Indexers,
        entry: &entry::Model,
        content: Value,
        now: DateTime<Utc>,
    ) -> Result<entry::Model> {
        let base = entry.latest_revision_id.ok_or_else(|| Error::not_found("revision"))?;
        let written = Written::by_hand(Some(self.note.chars().take(MOST_NOTE).collect()));
        let change = DraftChange { base, slug: None, content: DraftPatch::whole(content), onto: Onto::Nobody, written };
        save_patch(tx, actor, indexers, entry.id, change, now).await?.together()
    }

    fn refused(&self, entry: &entry::Model, found: &[Problem]) -> Problem {
        let message = match (self.to, found.first()) {
            (Some(_), Some(first)) => format!("“{}” cannot take it: {}", entry.title, first.message),
            _ => format!("“{}” cannot do without it. Choose a replacement, or change it there first.", entry.title),
        };
        Problem { code: ProblemCode::IllegalTransition, path: vec!["uses".to_owned()], message }
    }
}

async fn content_of(db: &impl ConnectionTrait, revision: Option<entity::id::RevisionId>) -> Result<Value> {
    let revision = revision.ok_or_else(|| Error::not_found("revision"))?;
    Ok(find_revision(db, revision).await?.ok_or_else(|| Error::not_found("revision"))?.content)
}

/// What a fact or a picture is called; nothing for anything else, and for what is not there.
async fn name_of(db: &impl ConnectionTrait, actor: Actor, of: Reference) -> Result<Option<String>> {
    if let Reference::Media(id) = of {
        return Ok(media::find(db, id).await?.map(|picture| picture.file_name));
    }
    match of.to_string().parse::<FactId>() {
        Ok(id) => Ok(find_fact(db, actor, id).await?.map(|fact| fact.name)),
        Err(_) => Ok(None),
    }
}

async fn read_replacement(tx: &DatabaseTransaction, target: &entry::Model, id: EntryId) -> Result<entry::Model> {
    let problem = |message| Error::problem(ProblemCode::Invalid, ["replacement"], message);
    if id == target.id {
        return Err(problem("It cannot take its own place. Choose another.".to_owned()));
    }
    let other = look_up(tx, id).await?.ok_or_else(|| problem("There is no such page or therapy.".to_owned()))?;
    if other.kind != target.kind {
        return Err(problem(format!("Only another {} can take its place.", target.kind.noun())));
    }
    Ok(other)
}

/// The entries that point at `target` in one of `lanes`, in the order in which everybody holds several.
async fn users_of(tx: &DatabaseTransaction, target: Reference, lanes: &[Lane]) -> Result<Vec<EntryId>> {
    let ids: Vec<EntryId> = users(&[target])
        .select_only()
        .column(content_reference::Column::EntryId)
        .distinct()
        .filter(content_reference::Column::Lane.is_in(lanes.iter().copied()))
        .order_by_asc(content_reference::Column::EntryId)
        .limit(MOST + 1)
        .into_tuple()
        .all(tx)
        .await?;
    if ids.len() as u64 > MOST {
        let message = format!("More than {MOST} pages and therapies point at it. Change some of them first.");
        return Err(Error::problem(ProblemCode::TooLarge, ["uses"], message));
    }
    Ok(ids)
}
