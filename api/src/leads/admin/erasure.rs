//! Erasing people for good, keeping those who must not be, and how long the others are kept. The owner's alone.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use sea_orm::ConnectionTrait;

use super::{Lead, LeadPayload};
use crate::{
    error,
    gql::id::read_id,
    identity::{Identity, Permission, Request},
    leads::erasure::{self, Ledger, PastTime, Periods},
    payload,
};

/// How long leads are kept that nobody works any more. What is kept for a legal matter is kept.
#[derive(SimpleObject)]
pub struct LeadRetention {
    /// Send it with a change: when somebody was faster, the answer is `CONFLICT`.
    version: i32,
    /// Days until what looks like spam and nobody tried, or was closed as spam, is erased.
    spam_days: i32,
    /// Days from its last change until a lead that was closed is erased.
    closed_days: i32,
    /// Days from `confirmLeadHandOver` until a lead that was admitted is erased: the medical record is elsewhere.
    admitted_days: i32,
    /// How many are past their time now. Each hour they are erased.
    past_time: PastTime,
}

impl LeadRetention {
    async fn find(db: &impl ConnectionTrait, request: &Request) -> error::Result<Self> {
        let (periods, version) = erasure::find_periods(db, request.actor).await?;
        let Periods { spam_days, closed_days, admitted_days } = periods;
        let past_time = erasure::past_time(db, request.actor, request.now).await?;
        Ok(Self { version, spam_days, closed_days, admitted_days, past_time })
    }
}

/// What can be asked about how long leads are kept.
#[derive(Default)]
pub struct LeadErasureQuery;

#[Object]
impl LeadErasureQuery {
    /// How long leads are kept, and how many are past their time.
    async fn lead_retention(&self, ctx: &Context<'_>) -> Result<LeadRetention> {
        let request = Request::of(ctx);
        Ok(LeadRetention::find(request.reader(), request).await?)
    }
}

/// What the owner may do.
#[derive(Default)]
pub struct LeadErasureMutation;

#[Object]
impl LeadErasureMutation {
    /// Erases a person for good: nobody can read them again, in the database or in a backup that is put back. What stays is the
    /// reference, times, status, outcome, page and consents. An open lead is closed by it. A copy of the database that lies
    /// elsewhere goes when it is deleted there: tell the person by when.
    async fn erase_lead(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whom to erase.")] input: EraseLeadInput,
    ) -> Result<LeadPayload> {
        let request = Request::of(ctx);
        let tx = request.begin(Permission::EraseLeads).await?;
        let audit = Identity::audit_of(ctx);
        let done = async {
            let lead = (read_id(&input.id, "id")?, input.version);
            erasure::erase(&tx, request.actor, audit, lead, &input.reason, request.now).await
        };
        let done = done.await;
        let (done, erased) = match done {
            Ok((lead, erased)) => (Ok(lead), erased),
            Err(error) => (Err(error), Vec::new()),
        };
        let answer = request.finish(tx, done.map(Lead::from)).await?;
        // Where this fails the next round does it.
        let erased = erased.into_iter().map(|id| (id, request.now)).collect();
        if let Err(error) = ctx.data_unchecked::<Ledger>().add(erased).await {
            tracing::error!(error = ?error, "an erasure could not be written down");
        }
        Ok(answer)
    }

    /// Keeps a lead for a legal matter, so that neither time nor anybody erases it, or releases it.
    async fn hold_lead(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which lead, and whether it is kept.")] input: HoldLeadInput,
    ) -> Result<LeadPayload> {
        let request = Request::of(ctx);
        let tx = request.begin(Permission::EraseLeads).await?;
        let audit = Identity::audit_of(ctx);
        let done = async {
            let lead = (read_id(&input.id, "id")?, input.version);
            erasure::hold(&tx, request.actor, audit, lead, input.held, &input.reason, request.now).await
        };
        let done = done.await;
        request.finish(tx, done.map(Lead::from)).await
    }

    /// Chooses how long leads are kept.
    async fn update_lead_retention(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How long.")] input: UpdateLeadRetentionInput,
    ) -> Result<LeadRetentionPayload> {
        let request = Request::of(ctx);
        let done = async {
            let tx = request.begin(Permission::EraseLeads).await?;
            let UpdateLeadRetentionInput { version, spam_days, closed_days, admitted_days } = input;
            let periods = Periods { spam_days, closed_days, admitted_days };
            let audit = Identity::audit_of(ctx);
            erasure::update_periods(&tx, request.actor, audit, version, periods, request.now).await?;
            tx.commit().await?;
            // Counting takes its time, and nobody waits for it.
            LeadRetention::find(request.reader(), request).await
        };
        Request::answer(done.await.map_err(|error| error.under(&["input"])))
    }

    /// Erases now who is past their time, at most 1,000 people: for when they are so many that no round does it by itself.
    async fn erase_leads_past_time(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many you expect.")] input: EraseLeadsPastTimeInput,
    ) -> Result<LeadRetentionPayload> {
        let request = Request::of(ctx);
        let done = async {
            let (audit, ledger) = (Identity::audit_of(ctx), ctx.data_unchecked::<Ledger>());
            erasure::erase_confirmed(request.db(), request.actor, audit, ledger, input.expected, request.now).await?;
            LeadRetention::find(request.reader(), request).await
        };
        Request::answer(done.await.map_err(|error| error.under(&["input"])))
    }
}

/// Whom to erase.
#[derive(InputObject)]
pub struct EraseLeadInput {
    /// The lead.
    id: ID,
    /// The version you looked at.
    version: i32,
    /// Why, in a few words that name nobody: they stay in the audit log. 3 to 200 characters.
    reason: String,
}

/// Whether a lead is kept for a legal matter.
#[derive(InputObject)]
pub struct HoldLeadInput {
    /// The lead.
    id: ID,
    /// The version you looked at.
    version: i32,
    /// Whether it is kept from now on.
    held: bool,
    /// Which matter, in a few words that name nobody: they stay in the audit log. 3 to 200 characters.
    reason: String,
}

/// How long leads are kept.
#[derive(InputObject)]
pub struct UpdateLeadRetentionInput {
    /// The version you looked at.
    version: i32,
    /// Days for spam, 1 to 3,650.
    spam_days: i32,
    /// Days for leads that were closed, 1 to 3,650.
    closed_days: i32,
    /// Days for leads that were admitted, 1 to 3,650.
    admitted_days: i32,
}

/// A confirmation.
#[derive(InputObject)]
pub struct EraseLeadsPastTimeInput {
    /// How many are past their time, as you saw it; when there are others meanwhile, the answer is `CONFLICT`.
    expected: i32,
}

payload!(
    /// How long leads are kept, or what to mend.
    LeadRetentionPayload { retention: LeadRetention }
);
