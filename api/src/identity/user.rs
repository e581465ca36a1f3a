//! The verbs on a member of staff.

use std::collections::HashMap;

use async_graphql::dataloader::Loader;
use chrono::{DateTime, Utc};
use entity::{
    id::UserId,
    problem::{ProblemCode, Problems, Stage},
    user::{self, Role},
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseConnection, EntityTrait, IntoActiveModel,
    QueryFilter, QueryOrder, QuerySelect,
};
use unicode_normalization::UnicodeNormalization;

use super::{Actor, Audit, Permission, audit, password, permissions_of};
use crate::{
    email,
    error::{Error, Result, refuse_if_any},
};

/// What a new account begins with.
pub struct NewUser<'a> {
    /// The address to sign in with.
    pub email: &'a str,
    /// What colleagues see, at most 120 characters.
    pub name: &'a str,
    /// What the account may do.
    pub role: Role,
    /// At least 12 characters.
    pub password: &'a str,
}

/// Fails with every problem of a new account at once: `email`, `name`, `password`.
pub fn check(new: &NewUser<'_>) -> Result<()> {
    let mut problems = Problems::new(Stage::Publish);
    problems.text("name", new.name, 120);
    let email = new.email.trim();
    if email.is_empty() {
        problems.add("email", ProblemCode::Required, "Fill in the e-mail address.");
    } else if email::parse(email).is_none() {
        problems.add("email", ProblemCode::Invalid, "Write the e-mail address in full, such as ada@example.org.");
    }
    password::check(new.password, &[new.name, email], "password", &mut problems);
    refuse_if_any(problems)
}

/// Makes an account whose password is hashed already. Fails with `TAKEN` at `email`.
pub async fn create(
    db: &impl ConnectionTrait,
    actor: Actor,
    audit: &Audit,
    new: &NewUser<'_>,
    password_hash: String,
    now: DateTime<Utc>,
) -> Result<user::Model> {
    actor.require(Permission::ManageUsers)?;

    let email_key = email_key(new.email);
    if find_by_email(db, &email_key).await?.is_some() {
        return Err(Error::problem(ProblemCode::Taken, ["email"], "Somebody has this e-mail address already."));
    }
    let row = user::ActiveModel {
        id: Set(UserId::new()),
        email: Set(new.email.trim().to_owned()),
        email_key: Set(email_key),
        name: Set(new.name.trim().to_owned()),
        role: Set(new.role),
        password_hash: Set(password_hash),
        active: Set(true),
        created_at: Set(now),
        updated_at: Set(now),
        last_signed_in_at: Set(None),
    };
    let user = row.insert(db).await?;
    let event = audit::Event {
        stream: audit::Stream::Identity,
        verb: audit::Verb::UserCreated,
        object: user.id.to_string(),
        outcome: audit::Outcome::Done,
        fields: vec!["email".to_owned(), "name".to_owned(), "role".to_owned()],
        reason: None,
    };
    audit.record(db, actor, event, now).await?;
    Ok(user)
}

/// The account of an address, whatever its case.
pub async fn find_by_email(db: &impl ConnectionTrait, email: &str) -> Result<Option<user::Model>> {
    let key = email_key(email);
    // PostgreSQL takes U+0000 in no text, so no address holds one.
    if key.contains('\0') {
        return Ok(None);
    }
    Ok(user::Entity::find().filter(user::Column::EmailKey.eq(key)).one(db).await?)
}

/// Remembers that somebody signed in.
pub async fn signed_in(db: &impl ConnectionTrait, user: user::Model, now: DateTime<Utc>) -> Result<user::Model> {
    let mut user = user.into_active_model();
    user.last_signed_in_at = Set(Some(now));
    Ok(user.update(db).await?)
}

/// Active colleagues whose role holds a permission, by name; at most 200.
pub async fn list_with(db: &impl ConnectionTrait, permission: Permission) -> Result<Vec<user::Model>> {
    use sea_orm::Iterable;
    let roles = Role::iter().filter(|role| permissions_of(*role).contains(&permission));
    Ok(user::Entity::find()
        .filter(user::Column::Active.eq(true))
        .filter(user::Column::Role.is_in(roles))
        .order_by_asc(user::Column::Name)
        .order_by_asc(user::Column::Id)
        .limit(200)
        .all(db)
        .await?)
}

/// Somebody in whose name something is done later, by what they may do now; nobody when their account has ended.
pub async fn deputy_of(db: &impl ConnectionTrait, id: UserId) -> Result<Option<Actor>> {
    let user = user::Entity::find_by_id(id).filter(user::Column::Active.eq(true)).one(db).await?;
    Ok(user.map(|user| Actor::Scheduled { id: user.id, role: user.role }))
}

/// An address as it is compared: composed, in lower case.
pub fn email_key(email: &str) -> String {
    email.trim().nfc().collect::<String>().to_lowercase()
}

/// Batches a request's look-ups of colleagues.
pub struct UserLoader(pub DatabaseConnection);

impl Loader<UserId> for UserLoader {
    type Value = user::Model;
    type Error = std::sync::Arc<Error>;

    async fn load(&self, ids: &[UserId]) -> Result<HashMap<UserId, user::Model>, Self::Error> {
        let found = user::Entity::find().filter(user::Column::Id.is_in(ids.iter().copied())).all(&self.0).await;
        let found = found.map_err(|cause| std::sync::Arc::new(Error::from(cause)))?;
        Ok(found.into_iter().map(|user| (user.id, user)).collect())
    }
}
