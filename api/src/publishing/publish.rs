//! Making drafts public and taking them back.

use chrono::{DateTime, Utc};
use entity::{
    content::Content,
    entry::{self, EntryKind},
    id::{EntryId, RevisionId},
    problem::{ProblemCode, Stage},
    redirect, revision,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
};

use super::{
    entry::{get_for_update, refuse_invalid},
    generation::bump_generation,
    revision::parse_content,
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

    let first = entry.first_published_at.unwrap_or(now);
    let mut entry = entry.into_active_model();
    entry.live_revision_id = Set(Some(revision));
    entry.published_at = Set(Some(now));
    entry.first_published_at = Set(Some(first));
    entry.no_index = Set(content.seo().no_index);
    let entry = entry.update(db).await?;

    // The path is the entry's again, should it have led elsewhere.
    redirect::Entity::delete_many().filter(redirect::Column::FromPath.eq(&entry.path)).exec(db).await?;
    bump_generation(db, now).await?;
    audit.record(db, actor, event(audit::Verb::Published, id, Some(revision)), now).await?;
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
    if entry.live_revision_id.is_none() {
        return Err(Error::problem(
            ProblemCode::IllegalTransition,
            ["id"],
            "It is not public, so there is nothing to take back.",
        ));
    }
    let mut entry = entry.into_active_model();
    entry.live_revision_id = Set(None);
    entry.published_at = Set(None);
    let entry = entry.update(db).await?;
    bump_generation(db, now).await?;
    audit.record(db, actor, event(audit::Verb::Unpublished, id, None), now).await?;
    Ok(entry)
}

fn event(verb: audit::Verb, id: EntryId, revision: Option<RevisionId>) -> audit::Event {
    audit::Event {
        stream: audit::Stream::Content,
        verb,
        object: id.to_string(),
        outcome: audit::Outcome::Done,
        fields: revision.map(|revision| revision.to_string()).into_iter().collect(),
        reason: None,
    }
}
