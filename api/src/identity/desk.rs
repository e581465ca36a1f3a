//! Signing in and out: what joins accounts, passwords, sessions, tokens and the audit log.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use entity::{
    id::SessionId,
    problem::ProblemCode,
    session,
    user::{self as row, Role},
};
use sea_orm::ConnectionTrait;

use super::{
    Actor, Audit, Caller, audit,
    password::Passwords,
    session::{self as sessions, Renewal},
    setup,
    throttle::Throttle,
    token::{AccessToken, Tokens},
    user::{self, NewUser},
};
use crate::{
    db::Db,
    error::{Error, Result},
    keys::{Keys, Purpose, Secret},
};

/// Everything it takes to know who somebody is. Cheap to clone.
#[derive(Clone)]
pub struct Identity(Arc<Parts>);

struct Parts {
    db: Db,
    audit: Audit,
    tokens: Tokens,
    passwords: Passwords,
    throttle: Throttle,
    refresh_key: Secret,
}

/// Somebody who is signed in, with what their browser needs to stay so.
pub struct SignedIn {
    /// Who.
    pub user: row::Model,
    /// By which session.
    pub session: session::Model,
    /// What requests carry.
    pub access: AccessToken,
    /// What the cookie carries.
    pub refresh: String,
}

impl Identity {
    /// Identity over a database under this installation's keys.
    pub fn new(db: Db, keys: &Keys) -> Result<Self> {
        Ok(Self(Arc::new(Parts {
            db,
            audit: Audit::new(keys),
            tokens: Tokens::new(keys)?,
            passwords: Passwords::new()?,
            throttle: Throttle::default(),
            refresh_key: keys.derive(Purpose::RefreshToken),
        })))
    }

    /// The audit log.
    pub fn audit(&self) -> &Audit {
        &self.0.audit
    }

    /// Who an access token speaks for at `now`; `Unauthenticated` when its session or account has ended.
    pub async fn actor(&self, token: &str, now: DateTime<Utc>) -> Result<Actor> {
        let (_, id) = self.0.tokens.read(token)?;
        self.actor_of(id, now).await
    }

    /// Who a session speaks for at `now`; `Unauthenticated` when it or the account has ended.
    pub async fn actor_of(&self, id: SessionId, now: DateTime<Utc>) -> Result<Actor> {
        let found = sessions::find_active(self.0.db.reader(), id, now).await?;
        let (session, user) = found.ok_or(Error::Unauthenticated)?;
        Ok(Actor::User { id: user.id, role: user.role, session: session.id })
    }

    /// Whether a token is a present one of ours, whatever became of its session; asks nothing of the database.
    pub fn recognise(&self, token: &str) -> Result<()> {
        self.0.tokens.read(token).map(|_| ())
    }

    /// Makes an account. Fails with problems at `email`, `name` and `password`.
    pub async fn create_user(&self, actor: Actor, new: NewUser<'_>, now: DateTime<Utc>) -> Result<row::Model> {
        user::check(&new)?;
        let hash = self.0.passwords.hash(new.password).await?;
        let tx = self.0.db.begin().await?;
        let user = user::create(&tx, actor, &self.0.audit, &new, hash, now).await?;
        tx.commit().await?;
        Ok(user)
    }

    /// A token for the link that makes the first owner; nothing when there is one.
    pub async fn setup_token(&self, now: DateTime<Utc>) -> Result<Option<String>> {
        let tx = self.0.db.begin().await?;
        let token = setup::issue(&tx, now).await?;
        tx.commit().await?;
        Ok(token)
    }

    /// Makes the first owner and signs them in. Fails with problems at `token`, `email`, `name` and `password`.
    pub async fn set_up_owner(
        &self,
        caller: &Caller,
        token: &str,
        new: NewUser<'_>,
        now: DateTime<Utc>,
    ) -> Result<SignedIn> {
        let new = NewUser { role: Role::Owner, ..new };
        user::check(&new)?;
        // Hashing is dear: only who holds the link is worth it.
        setup::find(self.0.db.reader(), token, now).await?;
        let hash = self.0.passwords.hash(new.password).await?;
        let tx = self.0.db.begin().await?;
        setup::spend(&tx, token, now).await?;
        let user = user::create(&tx, Actor::System, &self.0.audit, &new, hash, now).await?;
        let signed_in = self.enter(&tx, caller, user, now).await?;
        tx.commit().await?;
        Ok(signed_in)
    }

    /// Signs somebody in. Whether the account or the password is wrong, the answer and its time are the same.
    ///
    /// Fails with `INVALID_CREDENTIALS`, and with `TOO_MANY_ATTEMPTS` after five failures in a quarter of an hour.
    pub async fn sign_in(&self, caller: &Caller, email: &str, password: &str, now: DateTime<Utc>) -> Result<SignedIn> {
        let Parts { db, audit, passwords, throttle, .. } = &*self.0;
        let account = user::email_key(email);
        if !caller.may_try() {
            let message = "Send one attempt to sign in a request.";
            return Err(Error::problem(ProblemCode::TooManyAttempts, Vec::<String>::new(), message));
        }
        if let Err(seconds) = throttle.attempt(&account, caller.address, now) {
            let minutes = match seconds.div_euclid(60) {
                0 => "a minute".to_owned(),
                more => format!("{} minutes", more + 1),
            };
            let message = format!("Too many attempts. Wait {minutes}, then try again.");
            return Err(Error::problem(ProblemCode::TooManyAttempts, Vec::<String>::new(), message));
        }
        let found = user::find_by_email(db.reader(), &account).await?;
        let stored = found.as_ref().map(|user| user.password_hash.as_str());
        let same = passwords.verify(stored, password).await;
        if same.is_err() {
            // Too busy to judge it: that is no failure of theirs.
            throttle.forgive(&account, caller.address);
        }
        let same = same?;
        let Some(user) = found.clone().filter(|user| same && user.active) else {
            let object = found.map_or_else(|| "unknown".to_owned(), |user| user.id.to_string());
            let tx = db.begin().await?;
            audit
                .record(&tx, Actor::Visitor, event(audit::Verb::SignInFailed, object, audit::Outcome::Refused), now)
                .await?;
            tx.commit().await?;
            let message = "No account has this e-mail address and password. Check both and try again.";
            return Err(Error::problem(ProblemCode::InvalidCredentials, Vec::<String>::new(), message));
        };
        throttle.succeeded(&account, caller.address);
        let tx = db.begin().await?;
        let signed_in = self.enter(&tx, caller, user, now).await?;
        tx.commit().await?;
        Ok(signed_in)
    }

    /// Renews the session of the refresh cookie; `Unauthenticated` when there is none that lives.
    pub async fn refresh(&self, caller: &Caller, now: DateTime<Utc>) -> Result<SignedIn> {
        let Parts { db, audit, refresh_key, .. } = &*self.0;
        let token = caller.refresh_token.as_deref().ok_or(Error::Unauthenticated)?;
        let tx = db.begin().await?;
        let renewal = sessions::renew(&tx, refresh_key, token, now).await?;
        if let Renewal::Reused(session) = &renewal {
            tracing::warn!(session = %session.id, "an old refresh token came back; its session was ended");
            let event = event(audit::Verb::RefreshReused, session.id.to_string(), audit::Outcome::Refused);
            audit.record(&tx, Actor::Visitor, event, now).await?;
        }
        tx.commit().await?;
        match renewal {
            Renewal::Renewed(session, user) => self.signed_in(session, user, now),
            Renewal::Reused(_) | Renewal::Unknown => Err(Error::Unauthenticated),
        }
    }

    /// Ends the session of the access token and that of the refresh cookie, which are one in a browser.
    pub async fn sign_out(&self, actor: Actor, caller: &Caller, now: DateTime<Utc>) -> Result<()> {
        let Parts { db, audit, refresh_key, .. } = &*self.0;
        if actor.session_id().is_none() && caller.refresh_token.is_none() {
            return Ok(());
        }
        let tx = db.begin().await?;
        let by_token = match &caller.refresh_token {
            Some(token) => sessions::find_by_token(&tx, refresh_key, token).await?,
            None => None,
        };
        let own = match actor.session_id() {
            Some(id) => sessions::find(&tx, id).await?,
            None => None,
        };
        let mut ended = None;
        for session in by_token.into_iter().chain(own).filter(|session| session.revoked_at.is_none()) {
            if ended != Some(session.id) {
                ended = Some(session.id);
                let session = sessions::end(&tx, session, now).await?;
                let event = event(audit::Verb::SignedOut, session.id.to_string(), audit::Outcome::Done);
                audit.record(&tx, actor, event, now).await?;
            }
        }
        tx.commit().await?;
        Ok(())
    }

    async fn enter(
        &self,
        db: &impl ConnectionTrait,
        caller: &Caller,
        user: row::Model,
        now: DateTime<Utc>,
    ) -> Result<SignedIn> {
        let user = user::signed_in(db, user, now).await?;
        let session = sessions::open(db, &user, &caller.user_agent, now).await?;
        let actor = Actor::User { id: user.id, role: user.role, session: session.id };
        let event = event(audit::Verb::SignedIn, session.id.to_string(), audit::Outcome::Done);
        self.0.audit.record(db, actor, event, now).await?;
        self.signed_in(session, user, now)
    }

    fn signed_in(&self, session: session::Model, user: row::Model, now: DateTime<Utc>) -> Result<SignedIn> {
        Ok(SignedIn {
            access: self.0.tokens.issue(user.id, user.role, session.id, now)?,
            refresh: sessions::refresh_token(&self.0.refresh_key, &session)?,
            user,
            session,
        })
    }
}

fn event(verb: audit::Verb, object: String, outcome: audit::Outcome) -> audit::Event {
    audit::Event { stream: audit::Stream::Identity, verb, object, outcome, fields: Vec::new(), reason: None }
}
