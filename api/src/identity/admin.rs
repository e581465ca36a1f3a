//! Signing in and out over GraphQL, and who a colleague is.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject, dataloader::DataLoader};
use chrono::{DateTime, Utc};
use entity::{
    id::UserId,
    user::{self as row, Role},
};
use poem::http::header::SET_COOKIE;
use sea_orm::DatabaseConnection;

use super::{
    Caller, Identity, Payload, Permission, Request, SignedIn, UserError, permissions_of,
    user::{NewUser, UserLoader},
};
use crate::{
    error::{Error, Result as VerbResult},
    payload,
};

/// The refresh cookie. Its prefix makes browsers refuse it without `Secure`, with a `Domain` or below another path.
pub const REFRESH_COOKIE: &str = "__Host-hillside_rt";

/// Adds to a staff request what identity's resolvers read.
pub fn add_loaders(request: async_graphql::Request, db: &DatabaseConnection) -> async_graphql::Request {
    request.data(DataLoader::new(UserLoader(db.clone()), tokio::spawn))
}

/// A member of staff.
pub struct User(pub row::Model);

/// A member of staff.
#[Object]
impl User {
    /// Opaque and stable.
    pub async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// What colleagues see.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// The address they sign in with.
    async fn email(&self) -> &str {
        &self.0.email
    }

    /// What the account may do.
    async fn role(&self) -> Role {
        self.0.role
    }
}

impl User {
    /// The colleague of that id, for anybody on the staff.
    pub async fn load(ctx: &Context<'_>, id: Option<UserId>) -> Result<Option<Self>> {
        Request::of(ctx).actor.user()?;
        match id {
            Some(id) => Ok(ctx.data::<DataLoader<UserLoader>>()?.load_one(id).await?.map(Self)),
            None => Ok(None),
        }
    }
}

/// Who is signed in, and what they may do.
#[derive(SimpleObject)]
pub struct Viewer {
    /// The account.
    user: User,
    /// What it may do; offer nothing else.
    permissions: &'static [Permission],
    /// When the session ends, however much it is used.
    session_expires_at: DateTime<Utc>,
}

/// A session that has just begun or been renewed.
#[derive(SimpleObject)]
pub struct Session {
    /// Send it as `Authorization: Bearer …`. Keep it in memory only.
    access_token: String,
    /// When it ends; ask `refresh` for the next one a little earlier.
    access_token_expires_at: DateTime<Utc>,
    /// Who is signed in.
    viewer: Viewer,
}

impl From<SignedIn> for Session {
    fn from(it: SignedIn) -> Self {
        Self {
            access_token: it.access.value,
            access_token_expires_at: it.access.expires_at,
            viewer: Viewer {
                permissions: permissions_of(it.user.role),
                user: User(it.user),
                session_expires_at: it.session.expires_at,
            },
        }
    }
}

/// What can be known of oneself.
#[derive(Default)]
pub struct IdentityQuery;

#[Object]
impl IdentityQuery {
    /// Who is signed in.
    async fn viewer(&self, ctx: &Context<'_>) -> Result<Viewer> {
        let request = Request::of(ctx);
        let session = request.actor.session_id().ok_or(Error::Unauthenticated)?;
        let found = super::session::find_active(request.reader(), session, request.now).await?;
        let (session, user) = found.ok_or(Error::Unauthenticated)?;
        Ok(Viewer { permissions: permissions_of(user.role), user: User(user), session_expires_at: session.expires_at })
    }
}

/// Signing in and out.
#[derive(Default)]
pub struct IdentityMutation;

#[Object]
impl IdentityMutation {
    /// Makes the first owner with the one-time link that the server printed, and signs them in. Needs no session.
    async fn set_up_owner(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The first owner.")] input: SetUpOwnerInput,
    ) -> Result<SessionPayload> {
        let new = NewUser { email: &input.email, name: &input.name, role: Role::Owner, password: &input.password };
        let now = Request::of(ctx).now;
        let outcome = identity(ctx).set_up_owner(caller(ctx), &input.token, new, now).await;
        answer(ctx, outcome)
    }

    /// Signs in. The refresh token comes as a cookie that no script can read. Needs no session.
    async fn sign_in(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who signs in.")] input: SignInInput,
    ) -> Result<SessionPayload> {
        let now = Request::of(ctx).now;
        let outcome = identity(ctx).sign_in(caller(ctx), &input.email, &input.password, now).await;
        answer(ctx, outcome)
    }

    /// A new access token for the refresh cookie, which is replaced. `UNAUTHENTICATED` when the session has ended.
    async fn refresh(&self, ctx: &Context<'_>) -> Result<SessionPayload> {
        let outcome = identity(ctx).refresh(caller(ctx), Request::of(ctx).now).await;
        if matches!(outcome, Err(Error::Unauthenticated)) {
            set_cookie(ctx, "", 0);
        }
        answer(ctx, outcome)
    }

    /// Ends the session, that of the token and of the refresh cookie; its access tokens end with it.
    async fn sign_out(&self, ctx: &Context<'_>) -> Result<SignOutPayload> {
        let request = Request::of(ctx);
        identity(ctx).sign_out(request.actor, caller(ctx), request.now).await?;
        set_cookie(ctx, "", 0);
        ctx.insert_http_header("clear-site-data", "\"cache\", \"storage\"");
        Ok(SignOutPayload { ok: true })
    }
}

fn identity<'ctx>(ctx: &Context<'ctx>) -> &'ctx Identity {
    ctx.data_unchecked()
}

fn caller<'ctx>(ctx: &Context<'ctx>) -> &'ctx Caller {
    ctx.data_unchecked()
}

/// Sets the cookie of a session that began or went on, and answers it.
fn answer(ctx: &Context<'_>, outcome: VerbResult<SignedIn>) -> Result<SessionPayload> {
    match outcome {
        Ok(signed_in) => {
            let left = signed_in.session.expires_at - Request::of(ctx).now;
            set_cookie(ctx, &signed_in.refresh, left.num_seconds().max(0));
            Ok(SessionPayload::done(signed_in.into()))
        }
        Err(error) => match error.under(&["input"]) {
            Error::Problems(problems) => {
                Ok(SessionPayload::refused(problems.into_iter().map(UserError::from).collect()))
            }
            other => Err(other.into()),
        },
    }
}

fn set_cookie(ctx: &Context<'_>, value: &str, seconds: i64) {
    let cookie = format!("{REFRESH_COOKIE}={value}; Path=/; Max-Age={seconds}; Secure; HttpOnly; SameSite=Strict");
    ctx.append_http_header(SET_COOKIE, cookie);
}

/// The first owner.
#[derive(InputObject)]
pub struct SetUpOwnerInput {
    /// What the link carries behind `#`.
    token: String,
    /// What colleagues see, at most 120 characters.
    name: String,
    /// The address to sign in with.
    email: String,
    /// At least 12 characters, without name or address in it.
    #[graphql(secret)]
    password: String,
}

/// Who signs in.
#[derive(InputObject)]
pub struct SignInInput {
    /// The address, in any case.
    email: String,
    /// The password.
    #[graphql(secret)]
    password: String,
}

payload!(
    /// A session, or what to mend.
    SessionPayload { session: Session }
);

/// The session has ended.
#[derive(SimpleObject)]
pub struct SignOutPayload {
    /// Always true.
    ok: bool,
}
