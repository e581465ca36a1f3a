//! What staff are told of leads by e-mail: that somebody wrote, cannot wait, has waited almost too long, or was given to
//! them; and what webhooks are told of them. A letter names references and a place to go to, never a person.
//!
//! Whatever gives cause leaves work in the outbox, in its own transaction; [`Notifier`] does it. Whether there is still cause
//! is looked at when it is done, so nobody is told what is settled.

mod cause;
mod letter;
mod notifier;

use chrono::{DateTime, Utc};
use entity::{
    id::UserId,
    lead_notice,
    user::{self, Role},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, sea_query::OnConflict};
use serde::{Deserialize, Serialize};

pub(super) use self::cause::{all_assigned, all_status, assigned, back, due, erased, received, status, task, urgent};
pub use self::notifier::Notifier;
use crate::{
    error::Result,
    identity::{Actor, Permission, user as staff},
};

/// What somebody may be told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(super) enum Kind {
    /// Somebody wrote.
    Received,
    /// Somebody cannot wait.
    Urgent,
    /// It is nearly too late to act.
    Due,
    /// A colleague gave it to them.
    Assigned,
    /// A task is due.
    Task,
}

/// What a member of staff wants to be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    /// That somebody wrote.
    pub received: bool,
    /// That somebody cannot wait.
    pub urgent: bool,
    /// That it is nearly too late to act, or time for a task.
    pub due: bool,
    /// That a colleague gave them a lead.
    pub assigned: bool,
}

impl Choice {
    /// What is told until somebody chooses: everything to who answers leads all day, what cannot wait to the others who may.
    /// Where nobody has that role, it is everybody's work.
    fn usual(role: Role, staff: &[user::Model]) -> Self {
        let all_day = role == Role::Admissions || !staff.iter().any(|user| user.role == Role::Admissions);
        Self { received: all_day, urgent: true, due: all_day, assigned: true }
    }

    fn wants(self, kind: Kind) -> bool {
        match kind {
            Kind::Received => self.received,
            Kind::Urgent => self.urgent,
            Kind::Due | Kind::Task => self.due,
            Kind::Assigned => self.assigned,
        }
    }
}

impl From<lead_notice::Model> for Choice {
    fn from(it: lead_notice::Model) -> Self {
        Self { received: it.received, urgent: it.urgent, due: it.due, assigned: it.assigned }
    }
}

/// What the actor is told, and at which address.
pub async fn find(db: &impl ConnectionTrait, actor: Actor) -> Result<(Choice, user::Model)> {
    actor.require(Permission::WorkLeads)?;
    let user = user::Entity::find_by_id(actor.user()?).one(db).await?;
    let user = user.ok_or(crate::error::Error::Unauthenticated)?;
    let choice = match lead_notice::Entity::find_by_id(user.id).one(db).await? {
        Some(chosen) => Choice::from(chosen),
        None => Choice::usual(user.role, &staff::list_with(db, Permission::WorkLeads).await?),
    };
    Ok((choice, user))
}

/// Chooses what the actor is told from now on.
pub async fn choose(db: &impl ConnectionTrait, actor: Actor, choice: Choice, now: DateTime<Utc>) -> Result<()> {
    actor.require(Permission::WorkLeads)?;
    let row = lead_notice::ActiveModel {
        user_id: Set(actor.user()?),
        received: Set(choice.received),
        urgent: Set(choice.urgent),
        due: Set(choice.due),
        assigned: Set(choice.assigned),
        updated_at: Set(now),
    };
    use lead_notice::Column::{Assigned, Due, Received, UpdatedAt, Urgent};
    let instead = OnConflict::column(lead_notice::Column::UserId)
        .update_columns([Received, Urgent, Due, Assigned, UpdatedAt])
        .to_owned();
    lead_notice::Entity::insert(row).on_conflict(instead).exec_without_returning(db).await?;
    Ok(())
}

/// Whoever may work leads and wants to be told this: everybody, or the one colleague `only` while they may.
async fn who_wants(db: &impl ConnectionTrait, kind: Kind, only: Option<UserId>) -> Result<Vec<user::Model>> {
    let staff = staff::list_with(db, Permission::WorkLeads).await?;
    let only = only.filter(|only| staff.iter().any(|user| user.id == *only));
    let asked = || staff.iter().filter(|user| only.is_none_or(|only| only == user.id));
    let ids = asked().map(|user| user.id);
    let chosen = lead_notice::Entity::find().filter(lead_notice::Column::UserId.is_in(ids)).all(db).await?;
    let wants = |user: &&user::Model| {
        let chosen = chosen.iter().find(|it| it.user_id == user.id).cloned();
        chosen.map_or_else(|| Choice::usual(user.role, &staff), Choice::from).wants(kind)
    };
    Ok(asked().filter(wants).cloned().collect())
}
