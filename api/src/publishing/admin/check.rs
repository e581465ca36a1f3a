//! Deciding that a warning may stand.

use async_graphql::{Context, ID, InputObject, Object, Result};
use chrono::{DateTime, Utc};
use entity::problem::ProblemCode;
use sea_orm::ConnectionTrait;

use super::read_entry_id;
use crate::{
    error::Error,
    identity::{Actor, Permission, Request},
    payload,
    publishing::{Check, draft_checks, find_any, tally_again, unwaive, waive},
};

/// What can be done with checks.
#[derive(Default)]
pub struct CheckMutation;

#[Object]
impl CheckMutation {
    /// Lets a warning stand, with a reason that colleagues read. It comes back when the words it is about change.
    async fn waive_check(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "A warning to let stand.")] input: WaiveCheckInput,
    ) -> Result<CheckPayload> {
        let request = Request::of(ctx);
        let tx = request.begin(Permission::WriteContent).await?;
        let check = set_waiver(&tx, request.actor, &input.id, &input.check, Some(&input.reason), request.now).await;
        request.finish(tx, check).await
    }

    /// Lets a waived warning count again.
    async fn unwaive_check(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "A warning to count again.")] input: UnwaiveCheckInput,
    ) -> Result<CheckPayload> {
        let request = Request::of(ctx);
        let tx = request.begin(Permission::WriteContent).await?;
        let check = set_waiver(&tx, request.actor, &input.id, &input.check, None, request.now).await;
        request.finish(tx, check).await
    }
}

async fn set_waiver(
    db: &impl ConnectionTrait,
    actor: Actor,
    id: &ID,
    check: &str,
    reason: Option<&str>,
    now: DateTime<Utc>,
) -> Result<Check, Error> {
    let entry = find_any(db, read_entry_id(id)?).await?;
    match reason {
        Some(reason) => waive(db, actor, &entry, &draft_checks(db, &entry).await?, check, reason, now).await?,
        None => unwaive(db, actor, entry.id, check).await?,
    }
    let checks = draft_checks(db, &entry).await?;
    tally_again(db, &entry, &checks, now).await?;
    let found = checks.into_iter().find(|it| it.fingerprint == check);
    found.ok_or_else(|| Error::problem(ProblemCode::NotFound, ["check"], "The draft has no such finding any more."))
}

/// A warning to let stand.
#[derive(InputObject)]
pub struct WaiveCheckInput {
    /// The page or therapy.
    id: ID,
    /// The finding: its `fingerprint` in `checks`.
    check: String,
    /// Why it may stay; at most 300 characters.
    reason: String,
}

/// A warning to count again.
#[derive(InputObject)]
pub struct UnwaiveCheckInput {
    /// The page or therapy.
    id: ID,
    /// The finding: its `fingerprint` in `checks`.
    check: String,
}

payload!(
    /// A finding as it stands now, or what to mend.
    CheckPayload { check: Check }
);
