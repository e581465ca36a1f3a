//! Making drafts public and taking them back.

use chrono::{DateTime, Utc};
use entity::{
    content::{Content, PageContent, TherapyContent},
    content_reference::Lane,
    entry::{self, EntryKind},
    id::{EntryId, RevisionId},
    problem::{ProblemCode, Stage},
    redirect, revision,
};
use futures_util::future::BoxFuture;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait,
    IntoActiveModel, QueryFilter, QuerySelect,
};

use super::{
    entry::{get_for_update, refuse_invalid},
    generation::bump_generation,
    publication,
    revision::parse_content,
    usage,
};
use crate::{
    error::{Error, Result},
    identity::{Actor, Audit, Permission, audit},
};

/// Makes `revision`, which must be the latest, the one the public reads, and records who did it.
///
/// Answers the entry and the snapshot, so that the kind can index its own fields in the same transaction. Fails with
/// `Forbidden` without `Publish`, with `NOT_FOUND`, with `CONFLICT` when there is a newer draft, and with the problems
/// that keep the draft from being public.
pub async fn publish<C: Content>(
    db: &impl ConnectionTrait,
    actor: Actor,
    audit: &Audit,
    kind: EntryKind,
    id: EntryId,
    revision: RevisionId,
    now: DateTime<Utc>,
) -> Result<(entry::Model, C)> {
    actor.require(Permission::Publish)?;

    let entry = get_for_update(db, kind, id).await?;
    if entry.latest_revision_id != Some(revision) {
        return Err(Error::problem(
            ProblemCode::Conflict,
            ["revision"],
            "There is a newer draft. Look at it, then publish that one.",
        ));
    }
    let row = revision::Entity::find_by_id(revision).one(db).await?.ok_or_else(|| Error::not_found("revision"))?;
    let content: C = parse_content(&row)?;
    if entry.live_revision_id == Some(revision) {
        // Somebody was faster, or pressed twice: it is public already, since then.
        return Ok((entry, content));
    }
    refuse_invalid(&content, Stage::Publish)?;

    let no_index = content.seo().no_index;
    let entry = make_live(db, actor, audit, entry, revision, no_index, now, None, now).await?;
    Ok((entry, content))
}

/// Takes an entry back from the public; its drafts stay.
pub async fn unpublish(
    db: &impl ConnectionTrait,
    actor: Actor,
    audit: &Audit,
    kind: EntryKind,
    id: EntryId,
    now: DateTime<Utc>,
) -> Result<entry::Model> {
    actor.require(Permission::Publish)?;

    let entry = get_for_update(db, kind, id).await?;
    make_private(db, actor, audit, entry, None, now).await
}

/// Keeps what a kind stores beside its entries in step with what is live; nothing is live when there is no revision.
pub type Indexing =
    for<'a> fn(&'a DatabaseTransaction, EntryId, Option<&'a revision::Model>) -> BoxFuture<'a, Result<()>>;

/// The kinds that store something beside their entries. They hand it up, so that publishing knows none of them.
#[derive(Clone, Copy)]
pub struct Indexers(pub &'static [(EntryKind, Indexing)]);

impl Indexers {
    async fn run(self, tx: &DatabaseTransaction, entry: &entry::Model, live: Option<&revision::Model>) -> Result<()> {
        for (kind, index) in self.0 {
            if *kind == entry.kind {
                index(tx, entry.id, live).await?;
            }
        }
        Ok(())
    }
}

/// Which revision may be made public.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Freshness {
    /// Only the latest: somebody looks at it now.
    Latest,
    /// The one somebody looked at when they scheduled it, unless a later one is public already.
    AsScheduled,
}

/// Entries that can be published together, at the most.
const MOST_TOGETHER: usize = 50;

/// Makes several drafts public, of any kinds, all or none, in the caller's transaction.
///
/// Fails with every problem of each, at `entries.<place>.…`.
pub async fn publish_together(
    tx: &DatabaseTransaction,
    actor: Actor,
    audit: &Audit,
    indexers: Indexers,
    wanted: &[(EntryId, RevisionId)],
    now: DateTime<Utc>,
) -> Result<Vec<entry::Model>> {
    actor.require(Permission::Publish)?;
    if wanted.is_empty() || wanted.len() > MOST_TOGETHER {
        let message = format!("Choose 1 to {MOST_TOGETHER} pages and therapies to publish together.");
        return Err(Error::problem(ProblemCode::Invalid, ["entries"], message));
    }
    // Always held in the same order, so that two who publish overlapping sets wait for each other and not forever.
    let mut order: Vec<(usize, (EntryId, RevisionId))> = wanted.iter().copied().enumerate().collect();
    order.sort_by_key(|(_, (id, _))| *id);
    let mut done = Vec::with_capacity(order.len());
    let mut problems = Vec::new();
    for (place, (id, revision)) in order {
        match publish_revision(tx, actor, audit, indexers, id, revision, Freshness::Latest, now).await {
            Ok(entry) => done.push((place, entry)),
            Err(error) => match error.under(&["entries", &place.to_string()]) {
                Error::Problems(found) => problems.extend(found),
                other => return Err(other),
            },
        }
    }
    if !problems.is_empty() {
        return Err(Error::Problems(problems));
    }
    done.sort_by_key(|(place, _)| *place);
    Ok(done.into_iter().map(|(_, entry)| entry).collect())
}

/// Makes a revision of an entry of any kind public, with what its kind stores beside it.
#[expect(clippy::too_many_arguments, reason = "context, then the thing, then what is said of it")]
pub(super) async fn publish_revision(
    tx: &DatabaseTransaction,
    actor: Actor,
    audit: &Audit,
    indexers: Indexers,
    id: EntryId,
    revision: RevisionId,
    freshness: Freshness,
    now: DateTime<Utc>,
) -> Result<entry::Model> {
    actor.require(Permission::Publish)?;

    let entry = hold(tx, id).await?;
    let row = of_entry(tx, &entry, revision).await?;
    if entry.live_revision_id == Some(revision) {
        return Ok(entry);
    }
    let overtaken = match freshness {
        Freshness::Latest => entry.latest_revision_id != Some(revision),
        Freshness::AsScheduled => match entry.live_revision_id {
            Some(live) => of_entry(tx, &entry, live).await?.number > row.number,
            None => false,
        },
    };
    if overtaken {
        let message = match freshness {
            Freshness::Latest => "There is a newer draft. Look at it, then publish that one.",
            Freshness::AsScheduled => "A newer version was published meanwhile, and stays.",
        };
        return Err(Error::problem(ProblemCode::Conflict, ["revision"], message));
    }
    let no_index = check_ready(entry.kind, &row)?;
    let entry = make_live(tx, actor, audit, entry, revision, no_index, now, None, now).await?;
    indexers.run(tx, &entry, Some(&row)).await?;
    Ok(entry)
}

/// Takes an entry of any kind back from the public, with what its kind stores beside it.
pub(super) async fn take_back(
    tx: &DatabaseTransaction,
    actor: Actor,
    audit: &Audit,
    indexers: Indexers,
    id: EntryId,
    now: DateTime<Utc>,
) -> Result<entry::Model> {
    actor.require(Permission::Publish)?;

    let entry = hold(tx, id).await?;
    let entry = make_private(tx, actor, audit, entry, None, now).await?;
    indexers.run(tx, &entry, None).await?;
    Ok(entry)
}

/// Puts back what was public before `revision` was, or takes it back where nothing was. Drafts stay as they are, and a
/// redirect that gave way to the path is not written again.
///
/// Fails with `CONFLICT` at `revision` when something else is public by now.
pub async fn undo_publish(
    tx: &DatabaseTransaction,
    actor: Actor,
    audit: &Audit,
    indexers: Indexers,
    id: EntryId,
    revision: RevisionId,
    now: DateTime<Utc>,
) -> Result<entry::Model> {
    actor.require(Permission::Publish)?;

    let entry = hold(tx, id).await?;
    if entry.live_revision_id != Some(revision) {
        let message = "Something else is public by now. Look at it before you take anything back.";
        return Err(Error::problem(ProblemCode::Conflict, ["revision"], message));
    }
    match audit::published_before(tx, &id.to_string()).await? {
        None => {
            let entry = make_private(tx, actor, audit, entry, Some(UNDONE), now).await?;
            indexers.run(tx, &entry, None).await?;
            Ok(entry)
        }
        Some((before, since)) => {
            let before: RevisionId = before.parse().map_err(Error::internal)?;
            let row = of_entry(tx, &entry, before).await?;
            let no_index = no_index_of(&row);
            let entry = make_live(tx, actor, audit, entry, before, no_index, since, Some(UNDONE), now).await?;
            indexers.run(tx, &entry, Some(&row)).await?;
            Ok(entry)
        }
    }
}

/// What the audit log says of publishing that was taken back.
const UNDONE: &str = "undone";

/// Refuses what may not be public yet, and answers whether it wants to be kept out of search engines.
pub(super) fn check_ready(kind: EntryKind, row: &revision::Model) -> Result<bool> {
    fn check<C: Content>(row: &revision::Model) -> Result<bool> {
        let content: C = parse_content(row)?;
        refuse_invalid(&content, Stage::Publish)?;
        Ok(content.seo().no_index)
    }
    match kind {
        EntryKind::Page => check::<PageContent>(row),
        EntryKind::Therapy => check::<TherapyContent>(row),
    }
}

fn no_index_of(row: &revision::Model) -> bool {
    let seo = row.content.get("seo");
    seo.and_then(|seo| seo.get("noIndex")).and_then(serde_json::Value::as_bool).unwrap_or(false)
}

/// The entry of that id, whatever its kind, held until the transaction ends.
async fn hold(db: &impl ConnectionTrait, id: EntryId) -> Result<entry::Model> {
    let row = entry::Entity::find_by_id(id).filter(entry::Column::TrashedAt.is_null()).lock_exclusive().one(db).await?;
    row.ok_or_else(|| Error::not_found("page or therapy"))
}

async fn of_entry(db: &impl ConnectionTrait, entry: &entry::Model, id: RevisionId) -> Result<revision::Model> {
    let row = revision::Entity::find_by_id(id).filter(revision::Column::EntryId.eq(entry.id)).one(db).await?;
    row.ok_or_else(|| Error::problem(ProblemCode::NotFound, ["revision"], "It has no such revision."))
}

#[expect(clippy::too_many_arguments, reason = "context, then the thing, then what is said of it")]
async fn make_live(
    db: &impl ConnectionTrait,
    actor: Actor,
    audit: &Audit,
    entry: entry::Model,
    revision: RevisionId,
    no_index: bool,
    since: DateTime<Utc>,
    reason: Option<&str>,
    now: DateTime<Utc>,
) -> Result<entry::Model> {
    let (id, first) = (entry.id, entry.first_published_at.unwrap_or(now));
    let mut entry = entry.into_active_model();
    entry.live_revision_id = Set(Some(revision));
    entry.published_at = Set(Some(since));
    entry.first_published_at = Set(Some(first));
    entry.no_index = Set(no_index);
    let entry = entry.update(db).await?;

    // The path is the entry's again, should it have led elsewhere.
    redirect::Entity::delete_many().filter(redirect::Column::FromPath.eq(&entry.path)).exec(db).await?;
    publication::begin(db, actor, id, Some(revision), now).await?;
    usage::index_revision(db, &entry, Lane::Live, entry.live_revision_id).await?;
    bump_generation(db, now).await?;
    audit.record(db, actor, event(audit::Verb::Published, id, Some(revision), reason), now).await?;
    Ok(entry)
}

async fn make_private(
    db: &impl ConnectionTrait,
    actor: Actor,
    audit: &Audit,
    entry: entry::Model,
    reason: Option<&str>,
    now: DateTime<Utc>,
) -> Result<entry::Model> {
    if entry.live_revision_id.is_none() {
        return Err(Error::problem(
            ProblemCode::IllegalTransition,
            ["id"],
            "It is not public, so there is nothing to take back.",
        ));
    }
    let id = entry.id;
    let mut entry = entry.into_active_model();
    entry.live_revision_id = Set(None);
    entry.published_at = Set(None);
    let entry = entry.update(db).await?;
    publication::begin(db, actor, id, None, now).await?;
    usage::forget(db, id, Lane::Live).await?;
    bump_generation(db, now).await?;
    audit.record(db, actor, event(audit::Verb::Unpublished, id, None, reason), now).await?;
    Ok(entry)
}

fn event(verb: audit::Verb, id: EntryId, revision: Option<RevisionId>, reason: Option<&str>) -> audit::Event {
    audit::Event {
        stream: audit::Stream::Content,
        verb,
        object: id.to_string(),
        outcome: audit::Outcome::Done,
        fields: revision.map(|revision| revision.to_string()).into_iter().collect(),
        reason: reason.map(ToOwned::to_owned),
    }
}
