//! Bringing together two leads of one person.

use async_graphql::{Context, ID, InputObject, Object, Result};

use super::{Lead, LeadPayload, desk};
use crate::{
    gql::id::read_id,
    identity::{Identity, Permission, Request},
    leads::merge::{self, Merge},
};

/// What can be done with two leads of one person.
#[derive(Default)]
pub struct LeadMergeMutation;

#[Object]
impl LeadMergeMutation {
    /// Brings two leads of one person together. The one you name stays, with the timeline of both; the other is closed as a
    /// DUPLICATE. Reveal both first. It can be taken back for a day (`unmergeLead`).
    ///
    /// The one that stays is due when the first of both was and as urgent as either, gets the number or the address it lacks, and
    /// what either forbids is forbidden. Whoever waits urgently and has nobody is yours with it. What looked like spam is a person.
    async fn merge_leads(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which leads are of one person.")] input: MergeLeadsInput,
    ) -> Result<LeadPayload> {
        let request = Request::of(ctx);
        let tx = request.begin(Permission::WorkLeads).await?;
        let audit = Identity::audit_of(ctx);
        let done = async {
            let stays = (read_id(&input.id, "id")?, input.version);
            let other = read_id(&input.other.id, "id").map_err(|error| error.under(&["other"]))?;
            let merge = Merge { stays, goes: (other, input.other.version), reason: &input.reason };
            merge::merge(&tx, request.actor, audit, desk(ctx), merge, request.now).await
        };
        let done = done.await;
        request.finish(tx, done.map(Lead::from)).await
    }

    /// Takes that back within a day: name the lead that was closed by it. It is again what it was; the other keeps when it is due and
    /// how urgent it is.
    async fn unmerge_lead(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which lead is of somebody else.")] input: UnmergeLeadInput,
    ) -> Result<LeadPayload> {
        let request = Request::of(ctx);
        let tx = request.begin(Permission::WorkLeads).await?;
        let audit = Identity::audit_of(ctx);
        let done = async {
            let lead = (read_id(&input.id, "id")?, input.version);
            merge::unmerge(&tx, request.actor, audit, desk(ctx), lead, request.now).await
        };
        let done = done.await;
        request.finish(tx, done.map(Lead::from)).await
    }
}

/// Which leads are of one person.
#[derive(InputObject)]
pub struct MergeLeadsInput {
    /// The lead that stays.
    id: ID,
    /// The version you looked at.
    version: i32,
    /// The lead that goes.
    other: OtherLeadInput,
    /// Why it is one person, for the audit log; required where they share neither telephone number nor e-mail address.
    #[graphql(default)]
    reason: String,
}

/// Another lead.
#[derive(InputObject)]
pub struct OtherLeadInput {
    /// The lead.
    id: ID,
    /// The version you looked at.
    version: i32,
}

/// Which lead is of somebody else.
#[derive(InputObject)]
pub struct UnmergeLeadInput {
    /// The lead that was closed.
    id: ID,
    /// The version you looked at.
    version: i32,
}
