//! Who takes leads in turn, and whose turn it is.

use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    id::UserId,
    live_event::{LiveChange, LiveTopic},
    problem::ProblemCode,
    shift,
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select,
    sea_query::{Expr, OnConflict},
};

use crate::{
    error::{Error, Result},
    identity::{Actor, Permission, user},
    live,
};

/// How long a shift is at the most, and unless somebody says when it ends.
const LONGEST: TimeDelta = TimeDelta::hours(12);

/// Who is on shift at `now`; whoever is given the next lead comes first.
pub async fn list(db: &impl ConnectionTrait, actor: Actor, now: DateTime<Utc>) -> Result<Vec<shift::Model>> {
    actor.require(Permission::ListLeads)?;
    let mut shifts = on(db, now).await?.all(db).await?;
    shifts.sort_by_key(turn);
    Ok(shifts)
}

/// Puts the actor on shift until then, at most twelve hours from now, or takes them off it. It ends by itself.
///
/// Fails with `INVALID` at `until`.
pub async fn set(
    db: &impl ConnectionTrait,
    actor: Actor,
    is_on: bool,
    until: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Result<Vec<shift::Model>> {
    actor.require(Permission::WorkLeads)?;
    let user = actor.user()?;
    let running = shift::Entity::find_by_id(user).filter(shift::Column::Until.gt(now)).one(db).await?;
    if is_on {
        let until = until.unwrap_or(now + LONGEST);
        if until <= now || until > now + LONGEST {
            let message = "Choose a time between now and twelve hours from now.";
            return Err(Error::problem(ProblemCode::Invalid, ["until"], message));
        }
        let row = shift::ActiveModel {
            user_id: Set(user),
            on_since: Set(running.map_or(now, |shift| shift.on_since)),
            until: Set(until),
            given_at: Set(None),
        };
        let again = OnConflict::column(shift::Column::UserId)
            .update_columns([shift::Column::OnSince, shift::Column::Until])
            .to_owned();
        shift::Entity::insert(row).on_conflict(again).exec_without_returning(db).await?;
    } else if running.is_some() {
        let off = shift::Entity::update_many().col_expr(shift::Column::Until, Expr::value(now));
        off.filter(shift::Column::UserId.eq(user)).exec(db).await?;
    }
    tell(db, user).await?;
    list(db, actor, now).await
}

/// Whose turn it is, but for `but`; the turn is theirs once the caller's transaction holds. Every shift is held until then, so
/// that of several leads at once none goes to one colleague while another waits.
pub(super) async fn next(db: &impl ConnectionTrait, but: Option<UserId>, now: DateTime<Utc>) -> Result<Option<UserId>> {
    let held = on(db, now).await?.order_by_asc(shift::Column::UserId).lock_exclusive().all(db).await?;
    Ok(held.into_iter().filter(|shift| Some(shift.user_id) != but).min_by_key(turn).map(|shift| shift.user_id))
}

/// Says that a colleague was given a lead; nothing for one who never was on shift.
pub(super) async fn given(db: &impl ConnectionTrait, to: UserId, now: DateTime<Utc>) -> Result<()> {
    let last = shift::Entity::find().order_by_desc(shift::Column::GivenAt);
    let last = last.filter(shift::Column::GivenAt.is_not_null()).one(db).await?.and_then(|shift| shift.given_at);
    // Whoever began earlier may come later, and no two colleagues were given one at the same time.
    let at = last.map_or(now, |last| now.max(last + TimeDelta::microseconds(1)));
    let given = shift::Entity::update_many().col_expr(shift::Column::GivenAt, Expr::value(at));
    match given.filter(shift::Column::UserId.eq(to)).exec(db).await?.rows_affected {
        0 => Ok(()),
        _ => tell(db, to).await,
    }
}

/// Has colleagues told that whether somebody takes leads in turn, or when it is their turn, is not what it was.
async fn tell(db: &impl ConnectionTrait, user: UserId) -> Result<()> {
    live::tell(db, live::Event::of(LiveTopic::Shift, user.0, LiveChange::Updated)).await
}

/// The shifts at `now` of those who may work leads.
async fn on(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<Select<shift::Entity>> {
    let colleagues = user::list_with(db, Permission::WorkLeads).await?.into_iter().map(|user| user.id);
    Ok(shift::Entity::find().filter(shift::Column::Until.gt(now)).filter(shift::Column::UserId.is_in(colleagues)))
}

/// Who was never given one comes first, then who was longest ago.
fn turn(shift: &shift::Model) -> (Option<DateTime<Utc>>, DateTime<Utc>, UserId) {
    (shift.given_at, shift.on_since, shift.user_id)
}
