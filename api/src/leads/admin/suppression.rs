//! Who asked not to be contacted.

use async_graphql::{Context, ID, InputObject, Object, Result};
use chrono::{DateTime, Utc};
use entity::{
    lead,
    lead_suppression::{self, SuppressionReason},
};

use super::{Lead, LeadPayload};
use crate::{
    gql::id::read_id,
    identity::{Identity, Permission, Request, admin::User},
    leads::suppression,
};

/// What can be done for whoever wants to hear nothing more.
#[derive(Default)]
pub struct LeadSuppressionMutation;

#[Object]
impl LeadSuppressionMutation {
    /// Writes down that the people of a lead asked not to be contacted. By none of their numbers and addresses does anybody call or
    /// write to them any more, in any lead; one that is open is closed as NOT_INTERESTED. It holds when they are erased, as keyed
    /// hashes that name nobody. A lead they write afterwards is a new request, which may be answered.
    async fn suppress_lead_contact(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who asked not to be contacted.")] input: SuppressLeadContactInput,
    ) -> Result<LeadPayload> {
        let request = Request::of(ctx);
        let tx = request.begin(Permission::WorkLeads).await?;
        let audit = Identity::audit_of(ctx);
        let done = async {
            let lead = (read_id(&input.id, "id")?, input.version);
            suppression::suppress(&tx, request.actor, audit, lead, input.reason, request.now).await
        };
        let done = done.await;
        request.finish(tx, done.map(Lead::from)).await
    }

    /// Takes that back, for each of their numbers and addresses: they may be contacted as they agreed. What was closed stays closed.
    async fn lift_lead_suppression(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who may be contacted again, and why.")] input: LiftLeadSuppressionInput,
    ) -> Result<LeadPayload> {
        let request = Request::of(ctx);
        let tx = request.begin(Permission::WorkLeads).await?;
        let audit = Identity::audit_of(ctx);
        let done = async {
            let lead = (read_id(&input.id, "id")?, input.version);
            suppression::lift(&tx, request.actor, audit, lead, &input.reason, request.now).await
        };
        let done = done.await;
        request.finish(tx, done.map(Lead::from)).await
    }
}

/// That somebody asked not to be contacted.
pub struct LeadSuppression {
    asked: lead_suppression::Model,
    holds: bool,
}

impl LeadSuppression {
    /// As it is for a lead.
    pub(super) fn of(lead: &lead::Model, asked: lead_suppression::Model) -> Self {
        Self { holds: suppression::holds_for(&asked, lead), asked }
    }

    /// Whether it forbids to contact them.
    pub(super) fn is_holding(&self) -> bool {
        self.holds
    }
}

/// That somebody asked not to be contacted.
#[Object]
impl LeadSuppression {
    /// When they asked the last time, here or in another lead.
    async fn since(&self) -> DateTime<Utc> {
        self.asked.since
    }

    /// How that is known.
    async fn reason(&self) -> SuppressionReason {
        self.asked.reason
    }

    /// Who wrote it down.
    async fn by(&self, ctx: &Context<'_>) -> Result<Option<User>> {
        User::load(ctx, self.asked.actor_id).await
    }

    /// Whether it forbids to contact them for this lead: not where they wrote it afterwards.
    async fn holds(&self) -> bool {
        self.holds
    }
}

/// Who asked not to be contacted.
#[derive(InputObject)]
pub struct SuppressLeadContactInput {
    /// The lead.
    id: ID,
    /// The version you looked at.
    version: i32,
    /// How that is known.
    reason: SuppressionReason,
}

/// Who may be contacted again, and why.
#[derive(InputObject)]
pub struct LiftLeadSuppressionInput {
    /// The lead.
    id: ID,
    /// The version you looked at.
    version: i32,
    /// Why, in a few words that name nobody: they stay in the audit log. 3 to 200 characters.
    reason: String,
}
