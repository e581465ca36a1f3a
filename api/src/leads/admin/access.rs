//! Who looked.

use async_graphql::{Context, ID, Object, Result};
use chrono::{DateTime, Utc};
use entity::lead_event::LeadEventKind;

use crate::{
    gql::{
        id::read_id,
        paging::{Connection, Page as Paging},
    },
    identity::{Permission, Request, admin::User},
    leads::access::{self, Access, Position},
};

/// What can be asked about who looked.
#[derive(Default)]
pub struct LeadAccessQuery;

#[Object]
impl LeadAccessQuery {
    /// Who saw or changed what of a lead, the last first, for who reads the audit log. A lead that was brought together with another
    /// has a list of its own.
    ///
    /// ```graphql
    /// query ($id: ID!) { leadAccessLog(id: $id) { nodes { at by { name } what reason } } }
    /// ```
    async fn lead_access_log(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "A lead's id.")] id: ID,
        #[graphql(default = 50, desc = "How many, 0 to 100.")] first: i32,
        #[graphql(desc = "The cursor to go on after: the last page's `endCursor`.")] after: Option<String>,
    ) -> Result<Connection<LeadAccess>> {
        let request = Request::of(ctx);
        request.actor.require(Permission::ReadAudit)?;
        let paging = Paging::<Position>::new("lead access", first, after.as_deref())?;
        let (id, after) = (read_id(&id, "id")?, paging.after().copied());
        let (rows, total) = access::list(request.reader(), request.actor, id, after, paging.limit()).await?;
        Ok(paging.connection(rows, total, Access::position, LeadAccess)?)
    }
}

/// That somebody saw or changed something of a lead.
pub struct LeadAccess(Access);

/// That somebody saw or changed something of a lead.
#[Object]
impl LeadAccess {
    /// When.
    async fn at(&self) -> DateTime<Utc> {
        self.0.at
    }

    /// Who; null where Hillside itself did.
    async fn by(&self, ctx: &Context<'_>) -> Result<Option<User>> {
        User::load(ctx, self.0.by).await
    }

    /// What they did: VIEWED where they looked at the person in clear, EXPORTED where it left in a file.
    async fn what(&self) -> LeadEventKind {
        self.0.what
    }

    /// What was shown, by its fields; never what they say.
    async fn fields(&self) -> &[String] {
        &self.0.fields
    }

    /// Why, where somebody said.
    async fn reason(&self) -> Option<&str> {
        self.0.reason.as_deref()
    }
}
