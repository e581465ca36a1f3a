//! The one-time link that makes the first owner. Who started the server reads it from its output.

use chrono::{DateTime, TimeDelta, Utc};
use data_encoding::BASE64URL_NOPAD;
use entity::{
    problem::ProblemCode,
    setup_token,
    user::{self, Role},
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QuerySelect,
};
use sha2::{Digest, Sha256};

use crate::{
    error::{Error, Result},
    keys::Secret,
};

const LIFE: TimeDelta = TimeDelta::hours(24);

/// Whether nobody owns this installation yet.
pub async fn needs_owner(db: &impl ConnectionTrait) -> Result<bool> {
    let owner = user::Entity::find().filter(user::Column::Role.eq(Role::Owner)).filter(user::Column::Active.eq(true));
    Ok(owner.one(db).await?.is_none())
}

/// A fresh token for the link, good for a day; nothing when there is an owner. Tokens past their day are dropped.
pub(super) async fn issue(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<Option<String>> {
    if !needs_owner(db).await? {
        return Ok(None);
    }
    setup_token::Entity::delete_many().filter(setup_token::Column::CreatedAt.lt(now - LIFE)).exec(db).await?;
    let token = BASE64URL_NOPAD.encode(Secret::random().expose());
    let row = setup_token::ActiveModel { hash: Set(hash(&token)), created_at: Set(now), used_at: Set(None) };
    row.insert(db).await?;
    Ok(Some(token))
}

/// A token that is good at `now`, its row held where there is a transaction. Fails with a problem at `token` unless it
/// is and there is no owner yet.
pub(super) async fn find(db: &impl ConnectionTrait, token: &str, now: DateTime<Utc>) -> Result<setup_token::Model> {
    let found = setup_token::Entity::find_by_id(hash(token.trim())).lock_exclusive().one(db).await?;
    let good = found.filter(|row| row.used_at.is_none() && now - row.created_at < LIFE);
    let Some(row) = good.filter(|_| token.len() <= 100) else {
        let message = "This link was used already or is older than a day. Restart the server; it prints a new one.";
        return Err(Error::problem(ProblemCode::Invalid, ["token"], message));
    };
    if !needs_owner(db).await? {
        let message = "This centre has an owner already. Ask them to invite you.";
        return Err(Error::problem(ProblemCode::IllegalTransition, ["token"], message));
    }
    Ok(row)
}

/// Uses a token up; see [`find`].
pub(super) async fn spend(db: &impl ConnectionTrait, token: &str, now: DateTime<Utc>) -> Result<()> {
    let mut row = find(db, token, now).await?.into_active_model();
    row.used_at = Set(Some(now));
    row.update(db).await?;
    Ok(())
}

fn hash(token: &str) -> Vec<u8> {
    Sha256::digest(token).to_vec()
}
