//! Putting another in the place of what facts point at, or taking it out of them.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use entity::{
    fact::{FactId, FactInput},
    placement,
    problem::ProblemCode,
    reference::Reference,
};
use sea_orm::ConnectionTrait;
use serde_json::json;

use super::{change_fact, find_fact, uses_of};
use crate::{
    error::{Error, Result},
    identity::{Actor, Audit},
};

const NEEDS_IT: &str = "cannot do without it. Choose a replacement, or change it there first.";

/// Writes every fact anew that points at `from`: at `to` in its place, or at nothing. Public at once, as every change
/// of a fact is.
///
/// Fails with a problem at `uses` that names the fact that cannot do without, or that the actor may not change.
pub async fn relink_facts(
    db: &impl ConnectionTrait,
    actor: Actor,
    audit: &Audit,
    from: Reference,
    to: Option<Reference>,
    now: DateTime<Utc>,
) -> Result<()> {
    let users: BTreeSet<FactId> = uses_of(db, &[from]).await?.into_iter().map(|found| found.user.id).collect();
    for id in users {
        let Some(fact) = find_fact(db, actor, id).await? else { continue };
        let mut fields = fact.fields;
        // What takes the place does not come to point at itself.
        placement::relink(&mut fields, from, to.filter(|to| id.reference() != Some(*to)));
        // A field that is never empty may have been emptied; then it is no fact any more.
        let refused = match serde_json::from_value::<FactInput>(json!({ id.kind.key(): fields })) {
            Err(_) => NEEDS_IT.to_owned(),
            Ok(input) => match change_fact(db, actor, audit, id, fact.version, input, now).await {
                Ok(_) => continue,
                Err(Error::Forbidden) => "points at it, and you may not change that. Ask an administrator.".to_owned(),
                Err(Error::Problems(found)) => match (to, found.first()) {
                    (Some(_), Some(first)) => format!("cannot take it: {}", first.message),
                    _ => NEEDS_IT.to_owned(),
                },
                Err(error) => return Err(error),
            },
        };
        let refused = format!("“{}” in the library {refused}", fact.name);
        return Err(Error::problem(ProblemCode::IllegalTransition, ["uses"], refused));
    }
    Ok(())
}
