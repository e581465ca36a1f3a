//! Deleting a fact: the one act on facts that only those may judge who know every page that refers to it.

use chrono::{DateTime, Utc};
use entity::{fact::FactId, problem::ProblemCode};
use sea_orm::ConnectionTrait;

use super::usage;
use crate::{
    error::{Error, Result},
    identity::{Actor, Audit},
    library::{self, Fact},
};

/// Deletes a fact. Fails with a problem at `id` that names who uses it, while somebody does.
pub async fn delete_fact(
    db: &impl ConnectionTrait,
    actor: Actor,
    audit: &Audit,
    id: FactId,
    now: DateTime<Utc>,
) -> Result<Fact> {
    actor.require(library::permission_for(id.kind))?;
    if let Some(target) = id.reference() {
        let used = usage::count_uses(db, actor, target).await?;
        if let Some(first) = usage::list_uses(db, actor, target, None, 1).await?.into_iter().next() {
            let name = first.user.name();
            let others = match used.saturating_sub(1) {
                0 => String::new(),
                1 => " and in one more place".to_owned(),
                more => format!(" and in {more} more places"),
            };
            let message = format!("It is used in “{name}”{others}. Take it out there first.");
            return Err(Error::problem(ProblemCode::IllegalTransition, ["id"], message));
        }
    }
    library::delete_fact(db, actor, audit, id, now).await
}
