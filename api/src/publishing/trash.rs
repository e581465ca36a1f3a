//! The trash: what was deleted is out of every list and off its address, and can come back for a while.
//!
//! An entry in the trash keeps its row and its revisions. Its path is put aside, so that another may stand there; a
//! path that was put aside begins with `#` and can be no address.

use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    check_waiver,
    entry::{self, EntryKind},
    id::{EntryId, RedirectId},
    page,
    problem::ProblemCode,
    publication, redirect, revision, schedule, search_document, therapy, therapy_region,
};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect, Select,
    sea_query::{Expr, LockBehavior, LockType, OnConflict},
};

use super::{
    entry::{hold, look_up, tell_changed},
    listing::count_below,
    moving::{free_path, hold_tree},
    path::Slug,
    publication as published,
    publish::{Indexers, make_private, republish},
    relink::{hold_with_users, hold_written_at, relink_drafts, undo_relink},
    schedule::call_off,
    target::reference_of,
    usage::{count_uses, list_uses, names_of},
};
use crate::{
    db::Db,
    error::{Error, Result},
    generation::{Touched, bump_generation},
    identity::{Actor, Audit, Permission, audit},
    media::TRASH_DAYS,
};

/// Entries that one round takes out of the trash for good.
const BATCH: u64 = 50;
/// What the audit log says of publishing that ended so.
const TRASHED: &str = "moved to the trash";

/// What becomes of what points at something that is deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pointing {
    /// Nothing is deleted while something points at it.
    Refuse,
    /// It stays as it is: a link to what is gone reads as plain words.
    Keep,
    /// It is taken out of every draft.
    Unlink,
    /// Another takes its place in every draft.
    Replace(EntryId),
}

/// How something is deleted.
#[derive(Clone, Copy, Debug)]
pub struct Removal {
    /// What becomes of what points at it.
    pub pointing: Pointing,
    /// Where its address leads from then on; nothing, and it leads nowhere.
    pub redirect_to: Option<EntryId>,
}

/// What was deleted, and the drafts that were changed for it.
#[derive(Clone, Debug)]
pub struct Trashed {
    /// What was deleted.
    pub entry: entry::Model,
    /// What pointed at it and has a new draft now.
    pub changed: Vec<entry::Model>,
}

/// Where a list of the trash goes on.
pub type TrashPosition = (DateTime<Utc>, EntryId);

/// Puts a page or therapy into the trash: it is taken back from the public, and what was planned for it is called off.
///
/// Fails with `Forbidden` when it is public and the actor may not publish, and with problems at `id` (the home page, or
/// something stands below it), `uses` (something points at it), `replacement` and `redirectTo`.
pub async fn trash(
    tx: &DatabaseTransaction,
    actor: Actor,
    audit: &Audit,
    indexers: Indexers,
    id: EntryId,
    removal: Removal,
    now: DateTime<Utc>,
) -> Result<Trashed> {
    actor.require(Permission::WriteContent)?;
    hold_tree(tx).await?;
    if matches!(removal.pointing, Pointing::Unlink | Pointing::Replace(_)) {
        hold_with_users(tx, id).await?;
    }
    let entry = hold(tx, id).await?;
    refuse_what_holds_the_site(tx, &entry).await?;
    let changed = match removal.pointing {
        Pointing::Keep => Vec::new(),
        Pointing::Refuse => {
            refuse_used(tx, actor, &entry).await?;
            Vec::new()
        }
        Pointing::Unlink => relink_drafts(tx, actor, indexers, &entry, None, now).await?,
        Pointing::Replace(by) => relink_drafts(tx, actor, indexers, &entry, Some(by), now).await?,
    };
    if let Some(to) = removal.redirect_to {
        lead_on(tx, actor, &entry, to, now).await?;
    }
    let entry = if entry.live_revision_id.is_some() {
        actor.require(Permission::Publish)?;
        make_private(tx, actor, audit, indexers, entry, Some(TRASHED), now).await?
    } else {
        entry
    };
    call_off(tx, id, now).await?;
    let mut entry = entry.into_active_model();
    entry.path = Set(put_aside(entry.id.as_ref(), entry.path.as_ref()));
    entry.trashed_at = Set(Some(now));
    let entry = entry.update(tx).await?;
    tell_changed(tx, &entry).await?;
    audit.record(tx, actor, event(audit::Verb::Trashed, id), now).await?;
    Ok(Trashed { entry, changed })
}

/// Takes a page or therapy out of the trash, to where it was, or under another last part of its address. It is a draft
/// then; with `as_it_was`, what was public of it until it was deleted is public again, and the drafts that were written because of
/// that are taken back where nobody wrote on them since.
///
/// Fails with `NOT_FOUND` at `id`, and with problems at `id` (what it stood below is in the trash) and `slug` (the
/// address is another's by now).
#[expect(clippy::too_many_arguments, reason = "context, then the thing, then what is said of it")]
pub async fn restore(
    tx: &DatabaseTransaction,
    actor: Actor,
    audit: &Audit,
    indexers: Indexers,
    id: EntryId,
    slug: Option<Slug>,
    as_it_was: bool,
    now: DateTime<Utc>,
) -> Result<entry::Model> {
    actor.require(Permission::WriteContent)?;
    hold_tree(tx).await?;
    let found = in_trash().filter(entry::Column::Id.eq(id)).lock_exclusive().one(tx).await?;
    let entry = found.ok_or_else(|| {
        Error::problem(ProblemCode::NotFound, ["id"], "There is no such page or therapy in the trash.")
    })?;
    let as_it_was_until = entry.trashed_at.filter(|_| as_it_was);
    let written = match as_it_was_until {
        Some(at) => hold_written_at(tx, at).await?,
        None => Vec::new(),
    };
    let above = match entry.parent_id {
        None => entry.kind.below().map(ToOwned::to_owned),
        Some(parent) => {
            let parent = look_up(tx, parent).await?.ok_or_else(|| {
                let message = "The page it stood below is in the trash itself. Restore that one first.";
                Error::problem(ProblemCode::IllegalTransition, ["id"], message)
            })?;
            Some(parent.path)
        }
    };
    let slug = slug.map_or_else(|| Slug::read(&entry.slug), Ok)?;
    let path = free_path(tx, above.as_deref(), &slug, None).await?;
    if entry.first_published_at.is_some() && path_before(&entry) != path {
        lead_to_new_place(tx, &entry, now).await?;
    }
    let mut entry = entry.into_active_model();
    entry.path = Set(path);
    entry.slug = Set(slug.as_str().to_owned());
    entry.trashed_at = Set(None);
    let entry = entry.update(tx).await?;
    tell_changed(tx, &entry).await?;
    audit.record(tx, actor, event(audit::Verb::Restored, id), now).await?;

    let Some(at) = as_it_was_until else { return Ok(entry) };
    undo_relink(tx, actor, indexers, reference_of(&entry), written).await?;
    if published::ended_at(tx, id, at).await? {
        republish(tx, actor, audit, indexers, id, now).await
    } else {
        Ok(entry)
    }
}

/// What lies in the trash, what was deleted last first.
pub async fn list_trash(
    db: &impl ConnectionTrait,
    actor: Actor,
    after: Option<TrashPosition>,
    first: u64,
) -> Result<Vec<entry::Model>> {
    actor.require(Permission::ReadDrafts)?;
    let mut rows = in_trash();
    if let Some((at, id)) = after {
        let same = Condition::all().add(entry::Column::TrashedAt.eq(at)).add(entry::Column::Id.lt(id));
        rows = rows.filter(Condition::any().add(entry::Column::TrashedAt.lt(at)).add(same));
    }
    Ok(rows.order_by_desc(entry::Column::TrashedAt).order_by_desc(entry::Column::Id).limit(first).all(db).await?)
}

/// How many [`list_trash`] would answer without an end.
pub async fn count_trash(db: &impl ConnectionTrait, actor: Actor) -> Result<u64> {
    actor.require(Permission::ReadDrafts)?;
    Ok(in_trash().count(db).await?)
}

/// The address of an entry before it was put into the trash; its address, where it is not there.
pub fn path_before(entry: &entry::Model) -> &str {
    entry.path.find('/').and_then(|start| entry.path.get(start..)).unwrap_or(&entry.path)
}

/// Removes for good what has been in the trash for [`TRASH_DAYS`] at `now`: its drafts, its past and what was said of it.
/// Answers how many.
///
/// Addresses that led to it lead to where its own was sent, or nowhere.
pub async fn empty_trash(db: &Db, audit: &Audit, now: DateTime<Utc>) -> Result<usize> {
    let old = || in_trash().filter(entry::Column::TrashedAt.lt(now - TimeDelta::days(TRASH_DAYS)));
    let mut removed = 0;
    for _ in 0..BATCH {
        if old().one(db.reader()).await?.is_none() {
            break;
        }
        let tx = db.begin().await?;
        // What stood below another was deleted before it.
        let next = old().order_by_asc(entry::Column::TrashedAt).order_by_desc(entry::Column::Id);
        let next = next.lock_with_behavior(LockType::Update, LockBehavior::SkipLocked).one(&tx).await?;
        let Some(entry) = next else { break };
        remove(&tx, &entry).await?;
        audit.record(&tx, Actor::System, event(audit::Verb::Removed, entry.id), now).await?;
        tx.commit().await?;
        tracing::info!(entry = %entry.id, "removed what was in the trash");
        removed += 1;
    }
    Ok(removed)
}

async fn remove(tx: &DatabaseTransaction, entry: &entry::Model) -> Result<()> {
    let id = entry.id;
    let own = redirect::Entity::find().filter(redirect::Column::FromPath.eq(path_before(entry))).one(tx).await?;
    let to_it = redirect::Column::ToEntryId.eq(id);
    match own {
        Some(own) if own.to_entry_id != Some(id) => {
            redirect::Entity::update_many()
                .col_expr(redirect::Column::ToEntryId, Expr::value(own.to_entry_id))
                .col_expr(redirect::Column::ToPath, Expr::value(own.to_path))
                .filter(to_it)
                .exec(tx)
                .await?;
        }
        _ => {
            redirect::Entity::delete_many().filter(to_it).exec(tx).await?;
        }
    }
    // The rest goes with the entry: what is planned, where it points at what, who looked at it.
    publication::Entity::delete_many().filter(publication::Column::EntryId.eq(id)).exec(tx).await?;
    schedule::Entity::delete_many().filter(schedule::Column::EntryId.eq(id)).exec(tx).await?;
    check_waiver::Entity::delete_many().filter(check_waiver::Column::EntryId.eq(id)).exec(tx).await?;
    search_document::Entity::delete_many().filter(search_document::Column::EntryId.eq(id)).exec(tx).await?;
    revision::Entity::delete_many().filter(revision::Column::EntryId.eq(id)).exec(tx).await?;
    match entry.kind {
        EntryKind::Page => {
            page::Entity::delete_many().filter(page::Column::Id.eq(id)).exec(tx).await?;
        }
        EntryKind::Therapy => {
            therapy_region::Entity::delete_many().filter(therapy_region::Column::TherapyId.eq(id)).exec(tx).await?;
            therapy::Entity::delete_many().filter(therapy::Column::Id.eq(id)).exec(tx).await?;
        }
    }
    entry::Entity::delete_by_id(id).exec(tx).await?;
    Ok(())
}

async fn refuse_what_holds_the_site(db: &impl ConnectionTrait, entry: &entry::Model) -> Result<()> {
    let refused = |message: String| Err(Error::problem(ProblemCode::IllegalTransition, ["id"], message));
    if entry.path == "/" {
        return refused("The home page cannot be deleted.".to_owned());
    }
    match count_below(db, &[entry.id]).await?.get(&entry.id) {
        None => Ok(()),
        Some(1) => refused("A page stands below it. Move it or delete it first.".to_owned()),
        Some(pages) => refused(format!("{pages} pages stand below it. Move them or delete them first.")),
    }
}

async fn refuse_used(db: &impl ConnectionTrait, actor: Actor, entry: &entry::Model) -> Result<()> {
    let target = reference_of(entry);
    let total = count_uses(db, actor, target).await?;
    if total == 0 {
        return Ok(());
    }
    let names = names_of(&list_uses(db, actor, target, None, 3).await?, total);
    let message = format!("It is used: {names}. Say what becomes of that.");
    Err(Error::problem(ProblemCode::IllegalTransition, ["uses"], message))
}

/// Leads an address that the public knows to another entry.
async fn lead_on(
    tx: &DatabaseTransaction,
    actor: Actor,
    entry: &entry::Model,
    to: EntryId,
    now: DateTime<Utc>,
) -> Result<()> {
    let problem = |message| Error::problem(ProblemCode::Invalid, ["redirectTo"], message);
    if to == entry.id {
        return Err(problem("Its address cannot lead to itself. Choose another page."));
    }
    look_up(tx, to).await?.ok_or_else(|| problem("There is no such page or therapy."))?;
    if entry.first_published_at.is_none() {
        return Ok(());
    }
    actor.require(Permission::Publish)?;
    redirect::Entity::delete_many().filter(redirect::Column::FromPath.eq(&entry.path)).exec(tx).await?;
    leading(&entry.path, to, now).insert(tx).await?;
    bump_generation(tx, &Touched::kind("redirect").at([&entry.path]), now).await
}

fn leading(from: &str, to: EntryId, now: DateTime<Utc>) -> redirect::ActiveModel {
    redirect::ActiveModel {
        id: Set(RedirectId::new()),
        from_path: Set(from.to_owned()),
        to_entry_id: Set(Some(to)),
        to_path: Set(None),
        status: Set(301),
        created_at: Set(now),
    }
}

/// Leads the address that the public knew of something in the trash to it again, unless another stands there or somebody
/// said where it leads.
async fn lead_to_new_place(tx: &DatabaseTransaction, entry: &entry::Model, now: DateTime<Utc>) -> Result<()> {
    let before = path_before(entry);
    if entry::Entity::find().filter(entry::Column::Path.eq(before)).count(tx).await? > 0 {
        return Ok(());
    }
    let unless_there = OnConflict::column(redirect::Column::FromPath).do_nothing().to_owned();
    redirect::Entity::insert(leading(before, entry.id, now))
        .on_conflict(unless_there)
        .exec_without_returning(tx)
        .await?;
    bump_generation(tx, &Touched::kind("redirect").at([before]), now).await
}

fn in_trash() -> Select<entry::Entity> {
    entry::Entity::find().filter(entry::Column::TrashedAt.is_not_null())
}

fn put_aside(id: &EntryId, path: &str) -> String {
    format!("#{id}{path}")
}

fn event(verb: audit::Verb, id: EntryId) -> audit::Event {
    audit::Event::done(audit::Stream::Content, verb, id.to_string())
}
