//! What admissions staff may do with leads.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject, Subscription, dataloader::DataLoader};
use entity::{
    id::LeadId,
    live_event::{LiveChange, LiveTopic},
};
use futures_util::{Stream, StreamExt};
use sea_orm::DatabaseConnection;

mod access;
mod bulk;
mod call;
mod consent;
mod correction;
mod erasure;
mod event;
mod export;
mod filter;
mod form;
mod insurance;
mod merge;
mod notice;
mod phrases;
mod referral;
mod report;
mod revealed;
mod shift;
mod shown;
mod spam;
mod step;
mod suppression;
mod task;
mod work;

pub use self::{
    access::LeadAccessQuery,
    bulk::LeadBulkMutation,
    call::{LeadCallMutation, LeadCallQuery},
    consent::LeadConsentMutation,
    correction::LeadCorrectionMutation,
    erasure::{LeadErasureMutation, LeadErasureQuery},
    export::LeadExportMutation,
    filter::{LeadFilterInput, LeadFilterQuery, LeadOrderInput},
    form::{LeadFormMutation, LeadFormQuery},
    insurance::LeadInsuranceMutation,
    merge::LeadMergeMutation,
    notice::{LeadNoticeMutation, LeadNoticeQuery},
    phrases::{LeadPhraseMutation, LeadPhraseQuery},
    referral::{LeadReferralMutation, LeadReferralQuery},
    report::LeadReportQuery,
    shift::{LeadShiftMutation, LeadShiftQuery},
    shown::Lead,
    spam::LeadSpamMutation,
    step::{LeadStepMutation, LeadStepQuery},
    suppression::LeadSuppressionMutation,
    task::{LeadTaskMutation, LeadTaskQuery},
    work::LeadWorkMutation,
};
use super::{
    Desk,
    desk::LeadLoader,
    duplicates,
    lead::{self, Counts, View},
    listing::{self, Order, Position, Wanted},
};
use crate::{
    gql::{
        id::{read_id, read_optional_id},
        paging::{Connection, Page as Paging},
    },
    identity::{Identity, Permission, Request, admin::User},
    live::{Event, Heard, Live},
    payload,
};

/// Adds to a staff request what the resolvers of leads read.
pub fn add_loaders(request: async_graphql::Request, db: &DatabaseConnection) -> async_graphql::Request {
    request.data(DataLoader::new(LeadLoader(db.clone()), tokio::spawn))
}

/// What can be asked of leads.
#[derive(Default)]
pub struct LeadsQuery;

#[Object]
impl LeadsQuery {
    /// Leads of a view, masked: all of them, or those that a filter leaves.
    ///
    /// ```graphql
    /// {
    ///   leads(view: OPEN, filter: { statuses: [NEW, ATTEMPTING], unassigned: true }, orderBy: { field: RESPOND_BY }) {
    ///     nodes { reference respondBy }
    ///   }
    /// }
    /// ```
    async fn leads(
        &self,
        ctx: &Context<'_>,
        #[graphql(default_with = "View::Open", desc = "Which of them.")] view: View,
        #[graphql(desc = "Which of the view's; left out, all.")] filter: Option<LeadFilterInput>,
        #[graphql(desc = "In which order; left out, the last received first.")] order_by: Option<LeadOrderInput>,
        #[graphql(default = 50, desc = "How many, 0 to 100.")] first: i32,
        #[graphql(desc = "The cursor to go on after: the last page's `endCursor`.")] after: Option<String>,
    ) -> Result<Connection<Lead>> {
        let request = Request::of(ctx);
        let filter = filter.unwrap_or_default().read()?;
        let order = order_by.map_or_else(Order::default, LeadOrderInput::read);
        let paging = Paging::<Position>::new(order.name(), first, after.as_deref())?;
        let (after, wanted) = (paging.after().copied(), Wanted { view, filter, order });
        let found = listing::list(request.reader(), request.actor, &wanted, after, paging.limit(), request.now).await?;
        let (rows, total) = found;
        Ok(paging.connection(rows, total, |row| order.position_of(row), Lead::listed)?)
    }

    /// How many leads each view holds.
    async fn lead_counts(&self, ctx: &Context<'_>) -> Result<Counts> {
        let request = Request::of(ctx);
        Ok(lead::counts(request.reader(), request.actor, request.now).await?)
    }

    /// The lead of that id, masked; null when there is none.
    async fn lead(&self, ctx: &Context<'_>, #[graphql(desc = "Its id.")] id: ID) -> Result<Option<Lead>> {
        match id.parse() {
            Ok(id) => Lead::load(ctx, id).await,
            Err(_) => Ok(None),
        }
    }

    /// Other leads with the same telephone number or e-mail address, the last received first, masked; at most 20.
    async fn lead_duplicates(&self, ctx: &Context<'_>, #[graphql(desc = "A lead's id.")] id: ID) -> Result<Vec<Lead>> {
        let request = Request::of(ctx);
        let Ok(id) = id.parse() else { return Ok(Vec::new()) };
        let rows = duplicates::list(request.reader(), request.actor, id).await?;
        Ok(rows.into_iter().map(Lead::listed).collect())
    }

    /// Colleagues a lead can be assigned to, by name.
    async fn admissions_staff(&self, ctx: &Context<'_>) -> Result<Vec<User>> {
        let request = Request::of(ctx);
        Ok(lead::list_assignees(request.reader(), request.actor).await?.into_iter().map(User).collect())
    }
}

/// What can be done with leads.
#[derive(Default)]
pub struct LeadsMutation;

#[Object]
impl LeadsMutation {
    /// Shows who it is, in `revealed`. The audit log records who looked, and why, before anything is shown.
    async fn reveal_lead(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whom to show, and why.")] input: RevealLeadInput,
    ) -> Result<LeadPayload> {
        let request = Request::of(ctx);
        let tx = request.begin(Permission::WorkLeads).await?;
        let outcome = async {
            let id = read_id(&input.id, "id")?;
            let audit = Identity::audit_of(ctx);
            lead::reveal(&tx, request.actor, audit, desk(ctx), id, &input.reason, request.now).await
        };
        let outcome = outcome.await;
        request.finish(tx, outcome.map(|(row, revealed)| Lead::with_person(row, revealed))).await
    }

    /// Gives a lead to a colleague, takes it, or puts it back into the queue.
    async fn assign_lead(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who shall work a lead.")] input: AssignLeadInput,
    ) -> Result<LeadPayload> {
        let request = Request::of(ctx);
        let tx = request.begin(Permission::WorkLeads).await?;
        let outcome = async {
            let assignee = read_optional_id(input.assignee.as_ref(), "assignee")?;
            lead::assign(&tx, request.actor, read_id(&input.id, "id")?, input.version, assignee, request.now).await
        };
        let outcome = outcome.await;
        request.finish(tx, outcome.map(Lead::from)).await
    }

    /// Writes something down. The words are sealed like the person's own.
    async fn add_lead_note(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to write down.")] input: AddLeadNoteInput,
    ) -> Result<LeadPayload> {
        let request = Request::of(ctx);
        let tx = request.begin(Permission::WorkLeads).await?;
        let outcome = async {
            lead::add_note(&tx, request.actor, desk(ctx), read_id(&input.id, "id")?, &input.text, request.now).await
        };
        let outcome = outcome.await;
        request.finish(tx, outcome.map(Lead::from)).await
    }
}

fn desk<'ctx>(ctx: &Context<'ctx>) -> &'ctx Desk {
    ctx.data_unchecked()
}

/// Whom to show, and why.
#[derive(InputObject)]
pub struct RevealLeadInput {
    /// The lead.
    id: ID,
    /// Why, in a few words: "calling back". It goes to the audit log.
    reason: String,
}

/// Who shall work a lead.
#[derive(InputObject)]
pub struct AssignLeadInput {
    /// The lead.
    id: ID,
    /// The version you looked at.
    version: i32,
    /// A colleague's id; left out, the lead goes back to the queue.
    assignee: Option<ID>,
}

/// What to write down.
#[derive(InputObject)]
pub struct AddLeadNoteInput {
    /// The lead.
    id: ID,
    /// At most 4,000 characters.
    #[graphql(secret)]
    text: String,
}

payload!(
    /// A lead, or what to mend.
    LeadPayload { lead: Lead }
);

/// What admissions staff may follow.
#[derive(Default)]
pub struct LeadsSubscription;

#[Subscription]
impl LeadsSubscription {
    /// Says when who is on shift, or whose turn it is, is not what it was: ask for `leadShifts` again. Null at the
    /// beginning, and when more happened than could be told in time.
    ///
    /// ```graphql
    /// subscription { leadShiftsChanged }
    /// ```
    async fn lead_shifts_changed(&self, ctx: &Context<'_>) -> Result<impl Stream<Item = Option<LiveChange>>> {
        Request::of(ctx).actor.require(Permission::ListLeads)?;
        Ok(ctx.data::<Live>()?.listen_to(LiveTopic::Shift).map(|heard| match heard {
            Heard::Missed => None,
            Heard::Event(event) => Some(event.change),
        }))
    }

    /// Says when somebody asked for help, and when a lead is not what it was: fetch it again with `node(id)`. Null at the
    /// beginning, and when more happened than could be told in time; fetch your lists then.
    ///
    /// Names nobody. Changes are told once they hold, within a second, also those made on other servers; one may be told
    /// twice.
    ///
    /// ```graphql
    /// subscription { leadChanged { kind id version } }
    /// ```
    async fn lead_changed(&self, ctx: &Context<'_>) -> Result<impl Stream<Item = Option<LeadChange>>> {
        Request::of(ctx).actor.require(Permission::ListLeads)?;
        Ok(ctx.data::<Live>()?.listen_to(LiveTopic::Lead).map(|heard| match heard {
            Heard::Missed => None,
            Heard::Event(Event { subject, change, version, .. }) => {
                Some(LeadChange { kind: change, id: LeadId(subject).to_string().into(), version })
            }
        }))
    }
}

/// That something happened to a lead.
#[derive(Clone, Debug, SimpleObject)]
pub struct LeadChange {
    /// What became of it.
    kind: LiveChange,
    /// Which lead.
    id: ID,
    /// Its version now; whoever knows this version of it knows everything.
    version: Option<i32>,
}
