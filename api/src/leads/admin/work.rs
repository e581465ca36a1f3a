//! What whoever works leads may do: take the next, write down a call or a message, say when it goes on.

use async_graphql::{Context, ID, InputObject, Object, Result};
use chrono::{DateTime, Utc};
use entity::lead::{CallOutcome, LeadPriority, MessageChannel};

use super::{Lead, LeadPayload, correction::LeadPersonKind, desk};
use crate::{
    gql::id::read_id,
    identity::{Identity, Payload, Permission, Request},
    leads::{
        attempt::Attempt,
        consent::ConsentKind,
        work::{self, Next, TakenBack},
    },
};

/// What can be done by whoever works leads.
#[derive(Default)]
pub struct LeadWorkMutation;

#[Object]
impl LeadWorkMutation {
    /// Gives you whoever has waited longest, the urgent first. No two people get the same; `lead` is null, without
    /// `userErrors`, when nobody waits. Try within ten minutes (`logCall`, `logMessage`), or it goes back into the queue.
    async fn take_next_lead(&self, ctx: &Context<'_>) -> Result<LeadPayload> {
        let request = Request::of(ctx);
        let tx = request.begin(Permission::WorkLeads).await?;
        match work::take_next(&tx, request.actor, request.now).await {
            Ok(None) => Ok(LeadPayload::refused(Vec::new())),
            Ok(Some(row)) => request.finish(tx, Ok(Lead::from(row))).await,
            Err(error) => request.finish(tx, Err(error)).await,
        }
    }

    /// Writes down a call. It stops the clocks, moves NEW on to ATTEMPTING or CONTACTED, and makes a lead that nobody has
    /// yours.
    async fn log_call(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "A call that was made.")] input: LogCallInput,
    ) -> Result<LeadPayload> {
        let request = Request::of(ctx);
        let tx = request.begin(Permission::WorkLeads).await?;
        let done = async {
            let lead = (read_id(&input.id, "id")?, input.version);
            let attempt = Attempt::Call { outcome: input.outcome, seconds: input.seconds, inbound: input.inbound };
            let next = Next { at: input.next_action_at, note: input.note };
            work::log_attempt(&tx, request.actor, desk(ctx), lead, (attempt, input.to.into()), &next, request.now).await
        };
        let done = done.await;
        request.finish(tx, done.map(Lead::from)).await
    }

    /// Writes down a text message or an e-mail that was sent from elsewhere. It counts as an attempt, and once it was
    /// answered as having reached the person.
    async fn log_message(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "A message that was sent.")] input: LogMessageInput,
    ) -> Result<LeadPayload> {
        let request = Request::of(ctx);
        let tx = request.begin(Permission::WorkLeads).await?;
        let done = async {
            let lead = (read_id(&input.id, "id")?, input.version);
            let attempt = Attempt::Message { channel: input.channel, answered: input.answered };
            let next = Next { at: input.next_action_at, note: input.note };
            work::log_attempt(&tx, request.actor, desk(ctx), lead, (attempt, input.to.into()), &next, request.now).await
        };
        let done = done.await;
        request.finish(tx, done.map(Lead::from)).await
    }

    /// Says when it goes on with a lead; until then it is not overdue. Nobody who was never tried can be put off.
    async fn schedule_next_action(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "When it goes on.")] input: ScheduleNextActionInput,
    ) -> Result<LeadPayload> {
        let request = Request::of(ctx);
        let tx = request.begin(Permission::WorkLeads).await?;
        let done = async {
            let lead = (read_id(&input.id, "id")?, input.version);
            let next = Next { at: Some(input.next_action_at), note: input.note };
            work::schedule_next_action(&tx, request.actor, desk(ctx), lead, &next, request.now).await
        };
        let done = done.await;
        request.finish(tx, done.map(Lead::from)).await
    }

    /// Writes down that a person took back what they had agreed to. After CONTACT nobody calls or writes to
    /// them any more, and an open lead is closed as NOT_INTERESTED.
    async fn withdraw_lead_consent(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What somebody took back.")] input: WithdrawLeadConsentInput,
    ) -> Result<LeadPayload> {
        let request = Request::of(ctx);
        let tx = request.begin(Permission::WorkLeads).await?;
        let done = async {
            let lead = (read_id(&input.id, "id")?, input.version);
            let taken = TakenBack {
                role: input.person.into(),
                kind: input.consent,
                everything: input.everything,
                note: &input.note,
            };
            let audit = Identity::audit_of(ctx);
            work::withdraw_consent(&tx, request.actor, audit, desk(ctx), lead, taken, request.now).await
        };
        let done = done.await;
        request.finish(tx, done.map(Lead::from)).await
    }

    /// Says how soon somebody must answer. What becomes URGENT is due within five minutes, and NORMAL again when it was before,
    /// unless somebody has said otherwise since.
    async fn set_lead_priority(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How soon somebody must answer.")] input: SetLeadPriorityInput,
    ) -> Result<LeadPayload> {
        let request = Request::of(ctx);
        let tx = request.begin(Permission::WorkLeads).await?;
        let done = async {
            let id = read_id(&input.id, "id")?;
            work::set_priority(&tx, request.actor, id, input.version, input.priority, request.now).await
        };
        let done = done.await;
        request.finish(tx, done.map(Lead::from)).await
    }
}

/// What somebody took back.
#[derive(InputObject)]
pub struct WithdrawLeadConsentInput {
    /// The lead.
    id: ID,
    /// The version you looked at.
    version: i32,
    /// Whose. Where the patient takes theirs back, whoever wrote for them may still be answered.
    #[graphql(default_with = "LeadPersonKind::Inquirer")]
    person: LeadPersonKind,
    /// Which consent.
    consent: ConsentKind,
    /// Whether they want to hear nothing any more, whatever they wrote: as with `suppressLeadContact`.
    #[graphql(default)]
    everything: bool,
    /// How they said so, sealed; at most 4,000 characters.
    #[graphql(default, secret)]
    note: String,
}

/// A call that was made.
#[derive(InputObject)]
pub struct LogCallInput {
    /// The lead.
    id: ID,
    /// The version you looked at.
    version: i32,
    /// Whom. PATIENT only by a way in `patientWays`.
    #[graphql(default_with = "LeadPersonKind::Inquirer")]
    to: LeadPersonKind,
    /// Whether they called you: then the outcome is REACHED, and what they did not allow does not matter.
    #[graphql(default)]
    inbound: bool,
    /// What came of it. VOICEMAIL only where `safeContact.voicemail` allows it.
    outcome: CallOutcome,
    /// How long it was, in seconds; up to four hours.
    seconds: Option<i32>,
    /// What was said or is to be done, sealed; at most 4,000 characters.
    #[graphql(default, secret)]
    note: String,
    /// When somebody acts next: from now to a year ahead. Required.
    next_action_at: Option<DateTime<Utc>>,
}

/// A message that was sent.
#[derive(InputObject)]
pub struct LogMessageInput {
    /// The lead.
    id: ID,
    /// The version you looked at.
    version: i32,
    /// Whom. PATIENT only by a way in `patientWays`.
    #[graphql(default_with = "LeadPersonKind::Inquirer")]
    to: LeadPersonKind,
    /// How. TEXT only where `safeContact.text` allows it.
    channel: MessageChannel,
    /// Whether the person has answered it.
    #[graphql(default)]
    answered: bool,
    /// What was said or is to be done, sealed; at most 4,000 characters.
    #[graphql(default, secret)]
    note: String,
    /// When somebody acts next: from now to a year ahead. Required.
    next_action_at: Option<DateTime<Utc>>,
}

/// When it goes on.
#[derive(InputObject)]
pub struct ScheduleNextActionInput {
    /// The lead.
    id: ID,
    /// The version you looked at.
    version: i32,
    /// When somebody acts next: from now to a year ahead.
    next_action_at: DateTime<Utc>,
    /// What is to be done, sealed; at most 4,000 characters.
    #[graphql(default, secret)]
    note: String,
}

/// How soon somebody must answer.
#[derive(InputObject)]
pub struct SetLeadPriorityInput {
    /// The lead.
    id: ID,
    /// The version you looked at.
    version: i32,
    /// URGENT, or NORMAL again.
    priority: LeadPriority,
}
