//! Doing one thing to many leads, and taking it back.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use entity::{id::LeadId, lead::LeadOutcome};

use super::Lead;
use crate::{
    error,
    gql::id::{read_id, read_optional_id},
    identity::{Permission, Request, UserError},
    leads::bulk::{self, Bulk, Done},
    payload,
};

/// What can be done with many leads at once.
#[derive(Default)]
pub struct LeadBulkMutation;

#[Object]
impl LeadBulkMutation {
    /// Gives up to 100 leads to a colleague, takes them, or puts them back into the queue. One that somebody changed meanwhile
    /// stays as it is; the others do not wait for it.
    async fn bulk_assign_leads(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who shall work which leads.")] input: BulkAssignLeadsInput,
    ) -> Result<LeadBulkPayload> {
        let request = Request::of(ctx);
        let tx = request.begin(Permission::WorkLeads).await?;
        let done = async {
            let assignee = read_optional_id(input.assignee.as_ref(), "assignee")?;
            bulk::assign(&tx, request.actor, &read_leads(&input.leads)?, assignee, request.now).await
        };
        let done = done.await;
        request.finish(tx, done.map(LeadBulk::from)).await
    }

    /// Closes up to 100 open leads with one outcome. One that somebody changed meanwhile, or that has ended, stays as it is; the
    /// others do not wait for it.
    async fn bulk_close_leads(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How which leads ended.")] input: BulkCloseLeadsInput,
    ) -> Result<LeadBulkPayload> {
        let request = Request::of(ctx);
        let tx = request.begin(Permission::WorkLeads).await?;
        let done =
            async { bulk::close(&tx, request.actor, &read_leads(&input.leads)?, input.outcome, request.now).await };
        let done = done.await;
        request.finish(tx, done.map(LeadBulk::from)).await
    }

    /// Takes back what you did to several leads in the last ten minutes, once. A lead that somebody changed since stays as it is.
    async fn undo_bulk_leads(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to take back.")] input: UndoBulkLeadsInput,
    ) -> Result<LeadBulkPayload> {
        let request = Request::of(ctx);
        let tx = request.begin(Permission::WorkLeads).await?;
        let done = bulk::undo(&tx, request.actor, &input.token, request.now).await;
        request.finish(tx, done.map(LeadBulk::from)).await
    }
}

fn read_leads(leads: &[BulkLeadInput]) -> error::Result<Vec<(LeadId, i32)>> {
    let read = |(place, lead): (usize, &BulkLeadInput)| -> error::Result<_> {
        let id = read_id(&lead.id, "id").map_err(|error| error.under(&["leads", &place.to_string()]))?;
        Ok((id, lead.version))
    };
    leads.iter().enumerate().map(read).collect()
}

/// What came of it, lead by lead.
#[derive(SimpleObject)]
pub struct LeadBulk {
    /// Each lead, in the order you named them in.
    leads: Vec<BulkLead>,
    /// Send it to `undoBulkLeads` within ten minutes to take it back; null where nothing changed, and once it is taken back.
    undo: Option<String>,
}

/// What came of it for one lead.
#[derive(SimpleObject)]
pub struct BulkLead {
    /// The lead as it is now; null where there is no such lead.
    lead: Option<Lead>,
    /// Why it is as it was before; null where it changed.
    problem: Option<UserError>,
}

impl From<Bulk> for LeadBulk {
    fn from(bulk: Bulk) -> Self {
        Self { leads: bulk.leads.into_iter().map(BulkLead::from).collect(), undo: bulk.undo }
    }
}

impl From<Done> for BulkLead {
    fn from(done: Done) -> Self {
        let problem = done.problem.map(|mut problem| {
            problem.path.insert(0, "input".to_owned());
            problem.into()
        });
        Self { lead: done.lead.map(Lead::listed), problem }
    }
}

/// Who shall work which leads.
#[derive(InputObject)]
pub struct BulkAssignLeadsInput {
    /// Which, 1 to 100, each once.
    leads: Vec<BulkLeadInput>,
    /// A colleague's id; left out, the leads go back to the queue.
    assignee: Option<ID>,
}

/// How which leads ended.
#[derive(InputObject)]
pub struct BulkCloseLeadsInput {
    /// Which, 1 to 100, each once.
    leads: Vec<BulkLeadInput>,
    /// How they ended.
    outcome: LeadOutcome,
}

/// One of several leads.
#[derive(InputObject)]
pub struct BulkLeadInput {
    /// The lead.
    id: ID,
    /// The version you looked at.
    version: i32,
}

/// What to take back.
#[derive(InputObject)]
pub struct UndoBulkLeadsInput {
    /// What `undo` said.
    #[graphql(secret)]
    token: String,
}

payload!(
    /// What came of it lead by lead, or what to mend.
    LeadBulkPayload { bulk: LeadBulk }
);
