//! Warnings that somebody looked at and let stand, with the reason.

use std::collections::HashMap;

use async_graphql::SimpleObject;
use chrono::{DateTime, Utc};
use entity::{
    check_waiver, entry,
    id::EntryId,
    problem::{ProblemCode, Problems, Stage},
    user,
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, ModelTrait, QueryFilter, sea_query::OnConflict,
};

use super::{Check, CheckSeverity};
use crate::{
    error::{Error, Result, refuse_if_any},
    identity::{Actor, Permission},
};

/// Characters of a reason, at the most.
const MOST_REASON: usize = 300;

/// Why a warning may stay.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(name = "CheckWaiver")]
pub struct Waiver {
    /// In the words of who decided it.
    pub reason: String,
    /// Who decided it; null when their account is gone.
    pub by: Option<String>,
    /// When.
    pub at: DateTime<Utc>,
}

/// Lets a warning stand. It comes back when the words it is about change.
///
/// Fails with problems at `check` (no such finding, or one that blocks) and `reason` (missing, too long).
pub async fn waive(
    db: &impl ConnectionTrait,
    actor: Actor,
    entry: &entry::Model,
    found: &[Check],
    check: &str,
    reason: &str,
    now: DateTime<Utc>,
) -> Result<()> {
    actor.require(Permission::WriteContent)?;
    let reason = reason.trim();
    let mut problems = Problems::new(Stage::Publish);
    problems.text("reason", reason, MOST_REASON);
    match found.iter().find(|it| it.fingerprint == check).map(|it| it.severity) {
        Some(CheckSeverity::Warns) => {}
        Some(CheckSeverity::Blocks) => {
            problems.add("check", ProblemCode::Invalid, "This one has to be mended; only a warning can be waived.");
        }
        None => problems.add("check", ProblemCode::NotFound, "The draft has no such finding now. Look at it again."),
    }
    refuse_if_any(problems)?;
    let row = check_waiver::ActiveModel {
        entry_id: Set(entry.id),
        check_id: Set(check.to_owned()),
        reason: Set(reason.to_owned()),
        waived_by: Set(actor.user_id()),
        waived_at: Set(now),
    };
    let key = [check_waiver::Column::EntryId, check_waiver::Column::CheckId];
    let replace = OnConflict::columns(key)
        .update_columns([check_waiver::Column::Reason, check_waiver::Column::WaivedBy, check_waiver::Column::WaivedAt])
        .to_owned();
    check_waiver::Entity::insert(row).on_conflict(replace).exec_without_returning(db).await?;
    Ok(())
}

/// Takes a waiver back: the warning counts again.
pub async fn unwaive(db: &impl ConnectionTrait, actor: Actor, entry: EntryId, check: &str) -> Result<()> {
    actor.require(Permission::WriteContent)?;
    let row = check_waiver::Entity::find_by_id((entry, check.to_owned())).one(db).await?;
    let row = row.ok_or_else(|| Error::problem(ProblemCode::NotFound, ["check"], "Nobody waived this one."))?;
    row.delete(db).await?;
    Ok(())
}

/// Says which of the findings were let stand.
pub(super) async fn add_to(db: &impl ConnectionTrait, entry: EntryId, found: &mut [Check]) -> Result<()> {
    let rows = check_waiver::Entity::find()
        .filter(check_waiver::Column::EntryId.eq(entry))
        .find_also_related(user::Entity)
        .all(db)
        .await?;
    let mut waivers: HashMap<String, Waiver> = rows
        .into_iter()
        .map(|(row, by)| {
            let waiver = Waiver { reason: row.reason, by: by.map(|user| user.name), at: row.waived_at };
            (row.check_id, waiver)
        })
        .collect();
    for check in found.iter_mut().filter(|check| check.severity == CheckSeverity::Warns) {
        check.waiver = waivers.remove(&check.fingerprint);
    }
    Ok(())
}
