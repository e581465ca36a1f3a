//! Making drafts public and taking them back.

use chrono::{DateTime, Utc};
use entity::{
    content::{Content, PageContent, TherapyContent},
    content_reference::Lane,
    entry::{self, EntryKind},
    id::{EntryId, RevisionId},
    problem::{ProblemCode, Stage},
    redirect,
    reference::Reference,
    revision,
};
use futures_util::future::BoxFuture;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait,
    IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
};

use super::{
    check::refuse_blocked,
    draft::refuse_invalid,
    entry::{find_any, hold, hold_all, tell_changed},
    live_words, publication,
    revision::{find_revision, keep, parse_content},
    schedule::call_off_publishing,
    usage,
};
use crate::{
    error::{Error, Result},
    generation::{Touched, bump_generation},
    identity::{Actor, Audit, Permission, audit},
};

/// Keeps what a kind stores beside its entries in step with what is drafted or live; nothing is live when there is no
/// revision.
pub type Indexing =
    for<'a> fn(&'a DatabaseTransaction, EntryId, Lane, Option<&'a revision::Model>) -> BoxFuture<'a, Result<()>>;

/// The kinds that store something beside their entries. They hand it up, so that publishing knows none of them.
#[derive(Clone, Copy)]
pub struct Indexers(pub &'static [(EntryKind, Indexing)]);

impl Indexers {
    pub(super) async fn run(
        self,
        tx: &DatabaseTransaction,
        entry: &entry::Model,
        lane: Lane,
        revision: Option<&revision::Model>,
    ) -> Result<()> {
        for (kind, index) in self.0 {
            if *kind == entry.kind {
                index(tx, entry.id, lane, revision).await?;
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

/// What is done to one of several entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// See [`publish`].
    Publish(RevisionId),
    /// See [`unpublish`].
    Unpublish,
    /// See [`republish`].
    Republish,
    /// See [`undo_publish`].
    Undo(RevisionId),
}

/// Does something to several entries, of any kinds, all or none, in the caller's transaction.
///
/// Fails with every problem of each, at `entries.<place>.…`.
pub async fn act_together(
    tx: &DatabaseTransaction,
    actor: Actor,
    audit: &Audit,
    indexers: Indexers,
    wanted: &[(EntryId, Act)],
    now: DateTime<Utc>,
) -> Result<Vec<entry::Model>> {
    actor.require(Permission::Publish)?;
    if wanted.is_empty() || wanted.len() > MOST_TOGETHER {
        let message = format!("Choose 1 to {MOST_TOGETHER} pages and therapies.");
        return Err(Error::problem(ProblemCode::Invalid, ["entries"], message));
    }
    hold_all(tx, wanted.iter().map(|(id, _)| *id)).await?;
    let mut done = Vec::with_capacity(wanted.len());
    let mut problems = Vec::new();
    for (place, (id, act)) in wanted.iter().copied().enumerate() {
        let came = match act {
            Act::Publish(revision) => publish(tx, actor, audit, indexers, id, revision, now).await,
            Act::Unpublish => unpublish(tx, actor, audit, indexers, id, now).await,
            Act::Republish => republish(tx, actor, audit, indexers, id, now).await,
            Act::Undo(revision) => undo_publish(tx, actor, audit, indexers, id, revision, now).await,
        };
        match came {
            Ok(entry) => done.push(entry),
            Err(error) => match error.under(&["entries", &place.to_string()]) {
                Error::Problems(found) => problems.extend(found),
                other => return Err(other),
            },
        }
    }
    if problems.is_empty() { Ok(done) } else { Err(Error::Problems(problems)) }
}

/// Makes `revision`, which must be the latest, the one the public reads, with what its kind stores beside it, and records
/// who did it.
///
/// Fails with `Forbidden` without `Publish`, with `NOT_FOUND`, with `CONFLICT` when there is a newer draft, and with the
/// problems that keep the draft from being public. What is public already stays so, since then.
pub async fn publish(
    tx: &DatabaseTransaction,
    actor: Actor,
    audit: &Audit,
    indexers: Indexers,
    id: EntryId,
    revision: RevisionId,
    now: DateTime<Utc>,
) -> Result<entry::Model> {
    publish_revision(tx, actor, audit, indexers, id, revision, Freshness::Latest, now).await
}

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
        // Somebody was faster, or pressed twice: it is public already, since then.
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
    check_ready(tx, &entry, &row).await?;
    let row = keep(tx, row).await?;
    make_live(tx, actor, audit, indexers, entry, &row, now, None, now).await
}

/// Takes an entry back from the public, with what its kind stores beside it; its drafts stay. A publishing that is planned
/// is called off, or what somebody took back would come out again by itself.
pub async fn unpublish(
    tx: &DatabaseTransaction,
    actor: Actor,
    audit: &Audit,
    indexers: Indexers,
    id: EntryId,
    now: DateTime<Utc>,
) -> Result<entry::Model> {
    actor.require(Permission::Publish)?;

    let entry = hold(tx, id).await?;
    let entry = make_private(tx, actor, audit, indexers, entry, None, now).await?;
    call_off_publishing(tx, id, now).await?;
    Ok(entry)
}

/// Puts back what was public last, where nothing is public now. Drafts stay as they are.
///
/// Fails with a problem at `id` when something is public, or nothing ever was.
pub async fn republish(
    tx: &DatabaseTransaction,
    actor: Actor,
    audit: &Audit,
    indexers: Indexers,
    id: EntryId,
    now: DateTime<Utc>,
) -> Result<entry::Model> {
    actor.require(Permission::Publish)?;

    let refused = |message| Error::problem(ProblemCode::IllegalTransition, ["id"], message);
    let entry = hold(tx, id).await?;
    if entry.live_revision_id.is_some() {
        return Err(refused("It is public already."));
    }
    let last = publication::find_last(tx, id).await?;
    let (revision, since) = last.ok_or_else(|| refused("It was never public, so there is nothing to put back."))?;
    let row = of_entry(tx, &entry, revision).await?;
    make_live(tx, actor, audit, indexers, entry, &row, since, Some(UNDONE), now).await
}

/// Puts back what was public before `revision` was, or takes it back where nothing was. Drafts stay as they are, and a
/// redirect that gave way to the path is not written again.
///
/// Fails with `CONFLICT` at `revision` when something else is public by now.
async fn undo_publish(
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
    match publication::find_before(tx, id).await? {
        None => make_private(tx, actor, audit, indexers, entry, Some(UNDONE), now).await,
        Some((before, since)) => {
            let row = of_entry(tx, &entry, before).await?;
            make_live(tx, actor, audit, indexers, entry, &row, since, Some(UNDONE), now).await
        }
    }
}

/// What the audit log says of publishing that was taken back.
const UNDONE: &str = "undone";

/// The pages and therapies that the latest draft of an entry points at and nobody outside can read, by path. They can be
/// published together with it.
pub async fn unpublished_targets(db: &impl ConnectionTrait, actor: Actor, id: EntryId) -> Result<Vec<entry::Model>> {
    actor.require(Permission::ReadDrafts)?;
    let entry = find_any(db, id).await?;
    let draft = match entry.latest_revision_id {
        Some(draft) => of_entry(db, &entry, draft).await?,
        None => return Ok(Vec::new()),
    };
    let references = match entry.kind {
        EntryKind::Page => parse_content::<PageContent>(&draft)?.references(),
        EntryKind::Therapy => parse_content::<TherapyContent>(&draft)?.references(),
    };
    let targets = references.into_iter().filter_map(Reference::entry).filter(|target| *target != id);
    let most = u64::try_from(MOST_TOGETHER).unwrap_or(u64::MAX).saturating_sub(1);
    Ok(entry::Entity::find()
        .filter(entry::Column::Id.is_in(targets))
        .filter(entry::Column::LiveRevisionId.is_null())
        .filter(entry::Column::TrashedAt.is_null())
        .order_by_asc(entry::Column::Path)
        .limit(most)
        .all(db)
        .await?)
}

/// Refuses what may not be public yet.
pub(super) async fn check_ready(db: &impl ConnectionTrait, entry: &entry::Model, row: &revision::Model) -> Result<()> {
    match entry.kind {
        EntryKind::Page => check_content(db, entry, &parse_content::<PageContent>(row)?).await,
        EntryKind::Therapy => check_content(db, entry, &parse_content::<TherapyContent>(row)?).await,
    }
}

async fn check_content(db: &impl ConnectionTrait, entry: &entry::Model, content: &impl Content) -> Result<()> {
    refuse_invalid(content, Stage::Publish)?;
    refuse_blocked(db, entry, content).await
}

/// What changes for the public when an entry does.
pub(super) fn touched(entry: &entry::Model) -> Touched {
    Touched::thing(entry.kind.noun(), entry.public_id()).at([&entry.path])
}

/// The title, as the public reads it.
fn title_of(row: &revision::Model) -> String {
    row.content.get("title").and_then(serde_json::Value::as_str).unwrap_or_default().to_owned()
}

/// Whether search engines are told of it at another address, or not at all.
fn no_index_of(row: &revision::Model) -> bool {
    let seo = |field: &str| row.content.get("seo").and_then(|seo| seo.get(field));
    let elsewhere = seo("canonical").and_then(serde_json::Value::as_str).is_some_and(|url| !url.is_empty());
    elsewhere || seo("noIndex").and_then(serde_json::Value::as_bool).unwrap_or(false)
}

async fn of_entry(db: &impl ConnectionTrait, entry: &entry::Model, id: RevisionId) -> Result<revision::Model> {
    let row = revision::Entity::find_by_id(id).filter(revision::Column::EntryId.eq(entry.id)).one(db).await?;
    row.ok_or_else(|| Error::problem(ProblemCode::NotFound, ["revision"], "It has no such revision."))
}

#[expect(clippy::too_many_arguments, reason = "context, then the thing, then what is said of it")]
async fn make_live(
    tx: &DatabaseTransaction,
    actor: Actor,
    audit: &Audit,
    indexers: Indexers,
    entry: entry::Model,
    row: &revision::Model,
    since: DateTime<Utc>,
    reason: Option<&str>,
    now: DateTime<Utc>,
) -> Result<entry::Model> {
    let (id, first, revision) = (entry.id, entry.first_published_at.unwrap_or(now), row.id);
    let draft = match entry.latest_revision_id {
        Some(draft) if draft != revision => find_revision(tx, draft).await?,
        _ => None,
    };
    let says_live = draft.is_none_or(|draft| draft.content == row.content);
    let mut entry = entry.into_active_model();
    entry.live_revision_id = Set(Some(revision));
    entry.published_at = Set(Some(since));
    entry.first_published_at = Set(Some(first));
    entry.live_title = Set(Some(title_of(row)));
    entry.no_index = Set(no_index_of(row));
    entry.says_live = Set(says_live);
    let entry = entry.update(tx).await?;
    tell_changed(tx, &entry).await?;

    // The path is the entry's again, should it have led elsewhere.
    redirect::Entity::delete_many().filter(redirect::Column::FromPath.eq(&entry.path)).exec(tx).await?;
    publication::begin(tx, actor, id, Some(revision), now).await?;
    usage::index_revision(tx, &entry, Lane::Live, entry.live_revision_id).await?;
    live_words::index(tx, &entry, row).await?;
    bump_generation(tx, &touched(&entry), now).await?;
    audit.record(tx, actor, event(audit::Verb::Published, id, Some(revision), reason), now).await?;
    indexers.run(tx, &entry, Lane::Live, Some(row)).await?;
    Ok(entry)
}

pub(super) async fn make_private(
    tx: &DatabaseTransaction,
    actor: Actor,
    audit: &Audit,
    indexers: Indexers,
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
    entry.live_title = Set(None);
    entry.says_live = Set(false);
    entry.published_at = Set(None);
    let entry = entry.update(tx).await?;
    tell_changed(tx, &entry).await?;
    publication::begin(tx, actor, id, None, now).await?;
    usage::forget(tx, id, Lane::Live).await?;
    live_words::forget(tx, id).await?;
    bump_generation(tx, &touched(&entry), now).await?;
    audit.record(tx, actor, event(audit::Verb::Unpublished, id, None, reason), now).await?;
    indexers.run(tx, &entry, Lane::Live, None).await?;
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
