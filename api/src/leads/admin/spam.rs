//! What whoever works leads may say of one that looks like spam, or should have.

use async_graphql::{Context, ID, InputObject, Object, Result};

use super::{Lead, LeadPayload, desk};
use crate::{
    gql::id::read_id,
    identity::{Permission, Request},
    leads::{Intake, spam},
};

/// What can be said of spam.
#[derive(Default)]
pub struct LeadSpamMutation;

#[Object]
impl LeadSpamMutation {
    /// Says that a suspected lead is a person after all. Where nobody has tried them their clock starts now, and colleagues are
    /// told as if they had just written.
    async fn clear_lead_spam(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who is a person after all.")] input: ClearLeadSpamInput,
    ) -> Result<LeadPayload> {
        let request = Request::of(ctx);
        let tx = request.begin(Permission::WorkLeads).await?;
        let done = async {
            let staffed = &ctx.data_unchecked::<Intake>().staffed;
            spam::clear(&tx, request.actor, staffed, (read_id(&input.id, "id")?, input.version), request.now).await
        };
        let done = done.await;
        request.finish(tx, done.map(Lead::from)).await
    }

    /// Says that an open lead was never a person, and closes it as SPAM. `changeLeadStatus` opens it again.
    async fn mark_lead_spam(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What was never a person.")] input: MarkLeadSpamInput,
    ) -> Result<LeadPayload> {
        let request = Request::of(ctx);
        let tx = request.begin(Permission::WorkLeads).await?;
        let done = async {
            let lead = (read_id(&input.id, "id")?, input.version);
            spam::mark(&tx, request.actor, desk(ctx), lead, request.now).await
        };
        let done = done.await;
        request.finish(tx, done.map(Lead::from)).await
    }
}

/// Who is a person after all.
#[derive(InputObject)]
pub struct ClearLeadSpamInput {
    /// The lead.
    id: ID,
    /// The version you looked at.
    version: i32,
}

/// What was never a person.
#[derive(InputObject)]
pub struct MarkLeadSpamInput {
    /// The lead.
    id: ID,
    /// The version you looked at.
    version: i32,
}
