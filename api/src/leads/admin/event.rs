//! An entry of a lead's timeline as staff see it.

use async_graphql::{Context, ID, Object, Result, dataloader::DataLoader};
use chrono::{DateTime, Utc};
use entity::{
    id::{LeadId, ReferralTargetId, UserId},
    lead::{CallOutcome, LeadOutcome, LeadPriority, LeadStatus},
    lead_event::{self, LeadEventKind},
    lead_insurance::InsuranceCheck,
    lead_person::LeadPersonField,
    lead_suppression::SuppressionReason,
    lead_task::{LeadTaskChange, LeadTaskKind},
};
use serde_json::Value;

use super::{Lead, referral::ReferralTarget, shown::reads_health};
use crate::{
    identity::admin::User,
    leads::{consent::ConsentKind, desk::LeadLoader},
};

/// One entry of a lead's timeline.
pub struct LeadEvent {
    pub(super) row: lead_event::Model,
    pub(super) reference: Option<String>,
    pub(super) text: Option<String>,
}

impl LeadEvent {
    fn meta<T: serde::de::DeserializeOwned>(&self, field: &str) -> Option<T> {
        serde_json::from_value(self.row.meta.get(field).cloned().unwrap_or(Value::Null)).ok().flatten()
    }
}

/// One entry of a lead's timeline. It never changes.
#[Object]
impl LeadEvent {
    /// Opaque and stable.
    pub async fn id(&self) -> ID {
        self.row.id.to_string().into()
    }

    /// What happened.
    async fn kind(&self) -> LeadEventKind {
        self.row.kind
    }

    /// When.
    async fn at(&self) -> DateTime<Utc> {
        self.row.at
    }

    /// Who did it; null for the visitor and for Hillside itself.
    async fn actor(&self, ctx: &Context<'_>) -> Result<Option<User>> {
        User::load(ctx, self.row.actor_id).await
    }

    /// For STATUS: what it was before.
    async fn from_status(&self) -> Option<LeadStatus> {
        self.meta("from")
    }

    /// For STATUS: what it became.
    async fn to_status(&self) -> Option<LeadStatus> {
        self.meta("to")
    }

    /// For STATUS: how it ended, where it was closed.
    async fn outcome(&self) -> Option<LeadOutcome> {
        self.meta("outcome")
    }

    /// For CALL: what came of it.
    async fn call_outcome(&self) -> Option<CallOutcome> {
        self.meta("call")
    }

    /// For CALL: how long it was, in seconds, where somebody said.
    async fn seconds(&self) -> Option<i32> {
        self.meta("seconds")
    }

    /// For TEXT and EMAIL: whether the person had answered.
    async fn answered(&self) -> Option<bool> {
        self.meta("answered")
    }

    /// For CALL, TEXT, EMAIL and NEXT_ACTION: when it goes on.
    async fn next_action_at(&self) -> Option<DateTime<Utc>> {
        self.meta("next")
    }

    /// For CONSENT_GIVEN and CONSENT_WITHDRAWN: what they agreed to, or took back.
    async fn consent(&self) -> Option<ConsentKind> {
        self.meta("consent")
    }

    /// For SUPPRESSED: how it was known that they are not to be contacted.
    async fn suppression_reason(&self) -> Option<SuppressionReason> {
        self.meta("suppressed")
    }

    /// For CALL: whether they called, rather than being called.
    async fn inbound(&self) -> bool {
        self.meta("inbound").unwrap_or_default()
    }

    /// For INSURANCE: how far the check was; null unless you work leads.
    async fn insurance_check(&self, ctx: &Context<'_>) -> Option<InsuranceCheck> {
        self.meta("check").filter(|_| reads_health(ctx))
    }

    /// For PRIORITY: what it became.
    async fn priority(&self) -> Option<LeadPriority> {
        self.meta("priority")
    }

    /// For TASK: what is to be done, or is done.
    async fn task_kind(&self) -> Option<LeadTaskKind> {
        self.meta("task")
    }

    /// For TASK: what became of it.
    async fn task_change(&self) -> Option<LeadTaskChange> {
        self.meta("change")
    }

    /// For ASSIGNED: who got it; null when it went back to the queue. For LEASE_EXPIRED: who had it.
    async fn assignee(&self, ctx: &Context<'_>) -> Result<Option<User>> {
        User::load(ctx, self.meta::<UserId>("assignee")).await
    }

    /// For CORRECTED: which fields; never what they say.
    async fn corrected(&self) -> Option<Vec<LeadPersonField>> {
        self.meta("fields")
    }

    /// For CORRECTED, CALL, TEXT, EMAIL, CONSENT_GIVEN and CONSENT_WITHDRAWN: whether it is of the patient, where somebody else wrote.
    async fn of_patient(&self) -> bool {
        self.meta("patient").unwrap_or_default()
    }

    /// For REFERRED and REFERRAL_REVOKED: to which place; null unless you work leads.
    async fn referral_target(&self, ctx: &Context<'_>) -> Result<Option<ReferralTarget>> {
        let target = self.meta::<ReferralTargetId>("target").filter(|_| reads_health(ctx));
        let Some(id) = target else { return Ok(None) };
        let loader = ctx.data::<DataLoader<LeadLoader>>()?;
        Ok(loader.load_one(id).await?.map(ReferralTarget))
    }

    /// Of which lead, where that is one that was brought together with this: `HS-7F3K2`.
    async fn reference(&self) -> Option<&str> {
        self.reference.as_deref()
    }

    /// For MERGED and UNMERGED: the other lead.
    async fn other(&self, ctx: &Context<'_>) -> Result<Option<Lead>> {
        let Some(id) = self.meta::<LeadId>("other").or_else(|| self.meta("into")) else { return Ok(None) };
        let loader = ctx.data::<DataLoader<LeadLoader>>()?;
        Ok(loader.load_one(id).await?.map(Lead::listed))
    }

    /// Words that were written down with it; null unless you work leads, and in a list of leads.
    async fn text(&self) -> Option<&str> {
        self.text.as_deref()
    }
}
