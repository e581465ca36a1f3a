//! One request at the edge: who asks, when, and the transaction a mutation runs in.

use async_graphql::{Context, SimpleObject};
use chrono::{DateTime, Utc};
use entity::problem::{Problem, ProblemCode};
use sea_orm::{DatabaseConnection, DatabaseTransaction};

use super::{Actor, Audit, Identity, Permission};
use crate::{
    db::Db,
    error::{Error, Result},
};

/// What every resolver of the staff schema begins with.
#[derive(Clone, Debug)]
pub struct Request {
    /// Who asks.
    pub actor: Actor,
    /// When it began; one time for the whole request.
    pub now: DateTime<Utc>,
    db: Db,
}

impl Request {
    /// A request by `actor` at `now`.
    pub fn new(db: Db, actor: Actor, now: DateTime<Utc>) -> Self {
        Self { actor, now, db }
    }

    /// The request a resolver runs in.
    pub fn of<'ctx>(ctx: &Context<'ctx>) -> &'ctx Self {
        ctx.data_unchecked()
    }

    /// For reading.
    pub fn reader(&self) -> &DatabaseConnection {
        self.db.reader()
    }

    /// Both halves of the database.
    pub fn db(&self) -> &Db {
        &self.db
    }

    /// Begins the transaction of a mutation that needs `permission`. Whoever lacks it never gets hold of the writer; the
    /// verb asks all the same.
    pub async fn begin(&self, permission: Permission) -> Result<DatabaseTransaction> {
        self.actor.require(permission)?;
        Ok(self.db.begin().await?)
    }

    /// Commits and answers the object, or rolls back and answers what can be mended, with paths below `input`.
    pub async fn finish<P: Payload>(
        &self,
        tx: DatabaseTransaction,
        outcome: Result<P::Object>,
    ) -> async_graphql::Result<P> {
        match &outcome {
            Ok(_) => tx.commit().await,
            Err(_) => tx.rollback().await,
        }
        .map_err(Error::from)?;
        Self::answer(outcome.map_err(|error| error.under(&["input"])))
    }

    /// Answers the object, or what can be mended.
    pub fn answer<P: Payload>(outcome: Result<P::Object>) -> async_graphql::Result<P> {
        match outcome {
            Ok(object) => Ok(P::done(object)),
            Err(Error::Problems(problems)) => Ok(P::refused(problems.into_iter().map(UserError::from).collect())),
            Err(other) => Err(other.into()),
        }
    }
}

impl Identity {
    /// The audit log of the schema a resolver runs in.
    pub fn audit_of<'ctx>(ctx: &Context<'ctx>) -> &'ctx Audit {
        ctx.data_unchecked::<Self>().audit()
    }
}

/// The answer of a mutation: the object, or what to mend.
pub trait Payload: Sized {
    /// What the mutation answers when it is done.
    type Object;

    /// It is done.
    fn done(object: Self::Object) -> Self;

    /// It was refused.
    fn refused(errors: Vec<UserError>) -> Self;
}

/// Defines a payload type: `payload!(/// docs; PagePayload { page: Page });`
#[macro_export]
macro_rules! payload {
    ($(#[$doc:meta])* $name:ident { $field:ident: $object:ty }) => {
        $(#[$doc])*
        #[derive(async_graphql::SimpleObject)]
        pub struct $name {
            /// What was asked for; null when `userErrors` says why not.
            $field: Option<$object>,
            /// What to mend; empty when it is done.
            user_errors: Vec<$crate::identity::UserError>,
        }

        impl $crate::identity::Payload for $name {
            type Object = $object;

            fn done(object: $object) -> Self {
                Self { $field: Some(object), user_errors: Vec::new() }
            }

            fn refused(user_errors: Vec<$crate::identity::UserError>) -> Self {
                Self { $field: None, user_errors }
            }
        }
    };
}

/// Something in the input that a person can mend.
#[derive(Clone, Debug, SimpleObject)]
pub struct UserError {
    /// What a program branches on.
    code: ProblemCode,
    /// A sentence that names the field and says what to do.
    message: String,
    /// Where in the arguments: `["input", "blocks", "2", "quote", "text"]`.
    path: Vec<String>,
}

impl From<Problem> for UserError {
    fn from(problem: Problem) -> Self {
        Self { code: problem.code, message: problem.message, path: problem.path }
    }
}
