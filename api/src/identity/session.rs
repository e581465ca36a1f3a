//! Signed-in browsers, and the refresh tokens that keep them signed in.
//!
//! A refresh token is `session ‖ generation ‖ HMAC-SHA-256`, so every token there ever was is recognised without being
//! stored: the present one is renewed, its predecessor gets the same successor for ten seconds (two tabs, a lost
//! answer), and anything older is a stolen copy at work and ends the session (RFC 9700, section 4.14.2).

use chrono::{DateTime, TimeDelta, Utc};
use data_encoding::BASE64URL_NOPAD;
use entity::{
    id::SessionId,
    live_event::{LiveChange, LiveTopic},
    session,
    user::{self, Role},
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ConnectionTrait, EntityTrait, IntoActiveModel, QuerySelect};
use subtle::ConstantTimeEq;
use uuid::Uuid;

use crate::{
    error::{Error, Result},
    keys::Secret,
    live,
};

const GRACE: TimeDelta = TimeDelta::seconds(10);
const MOST_USER_AGENT: usize = 200;

/// How long a session lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lifetime {
    /// Without being renewed. An open tab renews by itself, so this ends what was closed or put to sleep.
    pub idle: TimeDelta,
    /// However much it is used.
    pub absolute: TimeDelta,
}

/// Half an hour and a working day for who may reveal a lead; longer for who only writes content (ASVS 5.0, 7.1.1).
pub const fn lifetime(role: Role) -> Lifetime {
    match role {
        Role::Owner | Role::Admin | Role::Admissions | Role::Auditor => {
            Lifetime { idle: TimeDelta::minutes(30), absolute: TimeDelta::hours(12) }
        }
        Role::Editor | Role::Reviewer => Lifetime { idle: TimeDelta::hours(12), absolute: TimeDelta::days(7) },
    }
}

/// What came of a refresh token.
pub enum Renewal {
    /// The session goes on; its token is that of its present generation.
    Renewed(session::Model, user::Model),
    /// An old token came back, so the session was ended.
    Reused(session::Model),
    /// It names no session that lives.
    Unknown,
}

/// Signs a browser in.
pub async fn open(
    db: &impl ConnectionTrait,
    user: &user::Model,
    user_agent: &str,
    now: DateTime<Utc>,
) -> Result<session::Model> {
    let row = session::ActiveModel {
        id: Set(SessionId::new()),
        user_id: Set(user.id),
        generation: Set(1),
        rotated_at: Set(now),
        created_at: Set(now),
        last_seen_at: Set(now),
        expires_at: Set(now + lifetime(user.role).absolute),
        revoked_at: Set(None),
        user_agent: Set(user_agent.chars().filter(|letter| !letter.is_control()).take(MOST_USER_AGENT).collect()),
    };
    Ok(row.insert(db).await?)
}

/// The session of that id with its user, if both are still good at `now`.
pub async fn find_active(
    db: &impl ConnectionTrait,
    id: SessionId,
    now: DateTime<Utc>,
) -> Result<Option<(session::Model, user::Model)>> {
    let found = session::Entity::find_by_id(id).find_also_related(user::Entity).one(db).await?;
    Ok(found.and_then(|(session, user)| Some((session, user?))).filter(|(session, user)| is_active(session, user, now)))
}

/// The session of that id, whatever became of it.
pub async fn find(db: &impl ConnectionTrait, id: SessionId) -> Result<Option<session::Model>> {
    Ok(session::Entity::find_by_id(id).one(db).await?)
}

/// Renews a session by its refresh token; the caller commits, whatever came of it.
pub async fn renew(db: &impl ConnectionTrait, key: &Secret, token: &str, now: DateTime<Utc>) -> Result<Renewal> {
    let Some((id, generation)) = read(key, token) else { return Ok(Renewal::Unknown) };
    let Some(session) = session::Entity::find_by_id(id).lock_exclusive().one(db).await? else {
        return Ok(Renewal::Unknown);
    };
    let user = user::Entity::find_by_id(session.user_id).one(db).await?;
    let Some(user) = user.filter(|user| is_active(&session, user, now)) else { return Ok(Renewal::Unknown) };

    if generation == session.generation {
        let mut row = session.into_active_model();
        row.generation = Set(generation + 1);
        row.rotated_at = Set(now);
        row.last_seen_at = Set(now);
        return Ok(Renewal::Renewed(row.update(db).await?, user));
    }
    if generation + 1 == session.generation && now - session.rotated_at <= GRACE {
        return Ok(Renewal::Renewed(session, user));
    }
    Ok(Renewal::Reused(end(db, session, now).await?))
}

/// Ends a session now.
pub async fn end(db: &impl ConnectionTrait, session: session::Model, now: DateTime<Utc>) -> Result<session::Model> {
    let mut row = session.into_active_model();
    row.revoked_at = Set(Some(now));
    let session = row.update(db).await?;
    live::tell(db, live::Event::of(LiveTopic::Session, session.id.0, LiveChange::Deleted)).await?;
    Ok(session)
}

/// The session behind a refresh token of any generation, for signing out.
pub async fn find_by_token(db: &impl ConnectionTrait, key: &Secret, token: &str) -> Result<Option<session::Model>> {
    match read(key, token) {
        Some((id, _)) => find(db, id).await,
        None => Ok(None),
    }
}

/// A session's present refresh token: 52 bytes in 70 characters.
pub fn refresh_token(key: &Secret, session: &session::Model) -> Result<String> {
    let generation = u32::try_from(session.generation).map_err(Error::internal)?;
    let mac = mac(key, session.id, generation);
    Ok(BASE64URL_NOPAD.encode(&[session.id.0.as_bytes().as_slice(), &generation.to_be_bytes(), &mac].concat()))
}

/// What a refresh token names, if we made it.
fn read(key: &Secret, token: &str) -> Option<(SessionId, i32)> {
    if token.len() > 100 {
        return None;
    }
    let bytes = BASE64URL_NOPAD.decode(token.as_bytes()).ok()?;
    let (id, rest) = bytes.split_first_chunk::<16>()?;
    let (generation, given) = rest.split_first_chunk::<4>()?;
    let (id, generation) = (SessionId(Uuid::from_bytes(*id)), u32::from_be_bytes(*generation));
    let ours = bool::from(mac(key, id, generation).as_slice().ct_eq(given));
    ours.then_some((id, i32::try_from(generation).ok()?))
}

fn mac(key: &Secret, session: SessionId, generation: u32) -> [u8; 32] {
    key.mac(&[session.0.as_bytes(), &generation.to_be_bytes()])
}

fn is_active(session: &session::Model, user: &user::Model, now: DateTime<Utc>) -> bool {
    let idle = session.last_seen_at + lifetime(user.role).idle;
    user.active && session.revoked_at.is_none() && now < session.expires_at && now < idle
}
