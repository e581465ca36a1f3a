//! Who has a page or therapy open. Windows say so every few seconds; what was not heard of for a while is gone.

use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    id::EntryId,
    presence,
    problem::{Problems, Stage},
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait, OnConflict},
};
use uuid::Uuid;

use crate::{
    error::{Error, Result, refuse_if_any},
    identity::{Actor, Permission},
};

/// How long a window may be silent.
const SILENCE: TimeDelta = TimeDelta::seconds(45);
/// Others that are told of.
const MOST_OTHERS: u64 = 50;
/// Characters of a block's key.
const MOST_KEY: usize = 100;

/// Notes that `tab` has `entry` open, or no longer has, and answers the other windows that have.
pub async fn announce(
    db: &impl ConnectionTrait,
    actor: Actor,
    entry: EntryId,
    tab: Uuid,
    block: Option<String>,
    leaving: bool,
    now: DateTime<Utc>,
) -> Result<Vec<presence::Model>> {
    actor.require(Permission::ReadDrafts)?;
    let user = actor.user_id().ok_or(Error::Forbidden)?;
    let mut problems = Problems::new(Stage::Draft);
    problems.optional_text("block", block.as_deref().unwrap_or_default(), MOST_KEY);
    refuse_if_any(problems)?;

    presence::Entity::delete_many().filter(presence::Column::SeenAt.lt(now - SILENCE)).exec(db).await?;
    if leaving {
        // A window is its user's own: nobody else can end it.
        let own = presence::Entity::delete_many().filter(presence::Column::UserId.eq(user));
        own.filter(presence::Column::Tab.eq(tab)).exec(db).await?;
    } else {
        let row = presence::ActiveModel {
            tab: Set(tab),
            entry_id: Set(entry),
            user_id: Set(user),
            block: Set(block),
            seen_at: Set(now),
        };
        let again = OnConflict::column(presence::Column::Tab)
            .update_columns([presence::Column::EntryId, presence::Column::Block, presence::Column::SeenAt])
            // Another's window stays another's, whoever says its name.
            .action_and_where(Expr::col((presence::Entity, presence::Column::UserId)).eq(user))
            .to_owned();
        presence::Entity::insert(row).on_conflict(again).exec_without_returning(db).await?;
    }
    let others =
        presence::Entity::find().filter(presence::Column::EntryId.eq(entry)).filter(presence::Column::Tab.ne(tab));
    Ok(others.order_by_asc(presence::Column::Tab).limit(MOST_OTHERS).all(db).await?)
}
