//! What is to be done for leads.

use async_graphql::{Context, ID, InputObject, Object, Result, dataloader::DataLoader};
use chrono::{DateTime, Utc};
use entity::{
    id::LeadId,
    lead,
    lead_task::{self, LeadTaskKind},
};

use super::{Lead, LeadPayload, desk};
use crate::{
    gql::id::{read_id, read_optional_id},
    identity::{Permission, Request, admin::User},
    leads::{
        desk::LeadLoader,
        merge,
        task::{self, TasksOf, Wanted},
    },
};

/// Something to be done for a lead.
pub struct LeadTask {
    row: lead_task::Model,
    note: Option<String>,
}

impl LeadTask {
    /// The tasks of a lead; with their words where it is `revealed`.
    pub(super) async fn of(ctx: &Context<'_>, lead: &lead::Model, revealed: bool) -> Result<Vec<Self>> {
        let loader = ctx.data::<DataLoader<LeadLoader>>()?;
        let rows = loader.load_one(TasksOf(lead.id)).await?.unwrap_or_default();
        let request = Request::of(ctx);
        let others = match revealed && rows.iter().any(|task| task.lead_id != lead.id) {
            true => merge::merged_into(request.reader(), request.actor, lead.id).await?,
            false => Vec::new(),
        };
        let words = |row: &lead_task::Model| {
            let own = others.iter().find(|other| other.id == row.lead_id).unwrap_or(lead);
            desk(ctx).open_task(own, row)
        };
        let task = |row: lead_task::Model| Self { note: revealed.then(|| words(&row)).flatten(), row };
        Ok(rows.into_iter().map(task).collect())
    }
}

/// Something to be done for a lead.
#[Object]
impl LeadTask {
    /// Opaque and stable.
    async fn id(&self) -> ID {
        self.row.id.to_string().into()
    }

    /// Send it with a change: when somebody was faster, the answer is `CONFLICT`.
    async fn version(&self) -> i32 {
        self.row.version
    }

    /// What.
    async fn kind(&self) -> LeadTaskKind {
        self.row.kind
    }

    /// What exactly; null except in the answer of `revealLead`. Do not store it.
    async fn note(&self) -> Option<&str> {
        self.note.as_deref()
    }

    /// By when.
    async fn due_at(&self) -> DateTime<Utc> {
        self.row.due_at
    }

    /// Who does it; null for whoever has the lead.
    async fn assignee(&self, ctx: &Context<'_>) -> Result<Option<User>> {
        User::load(ctx, self.row.assignee_id).await
    }

    /// When it was done, or the lead ended; null while it is open.
    async fn done_at(&self) -> Option<DateTime<Utc>> {
        self.row.done_at
    }

    /// Who did it; null where the lead ended first.
    async fn done_by(&self, ctx: &Context<'_>) -> Result<Option<User>> {
        User::load(ctx, self.row.done_by_id).await
    }

    /// For whom: the lead it is worked with, masked.
    async fn lead(&self, ctx: &Context<'_>) -> Result<Option<Lead>> {
        let loader = ctx.data::<DataLoader<LeadLoader>>()?;
        let own: Option<lead::Model> = loader.load_one(self.row.lead_id).await?;
        let into: Option<LeadId> = own.as_ref().and_then(|own| own.merged_into_id);
        Ok(match into {
            None => own,
            Some(into) => loader.load_one(into).await?,
        }
        .map(Lead::listed))
    }
}

/// What can be asked of tasks.
#[derive(Default)]
pub struct LeadTaskQuery;

#[Object]
impl LeadTaskQuery {
    /// What you are to do, the first due first, at most 100: open tasks of yours, those of
    /// nobody for leads you have, and those of nobody that are due for leads that nobody has.
    async fn my_lead_tasks(&self, ctx: &Context<'_>) -> Result<Vec<LeadTask>> {
        let request = Request::of(ctx);
        let rows = task::list_mine(request.reader(), request.actor, request.now).await?;
        Ok(rows.into_iter().map(|row| LeadTask { row, note: None }).collect())
    }
}

/// What can be done with tasks.
#[derive(Default)]
pub struct LeadTaskMutation;

#[Object]
impl LeadTaskMutation {
    /// Writes down what is to be done for an open lead, or changes that. A task that was done is open again. Once the lead ends
    /// nothing is to be done any more.
    async fn save_lead_task(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to be done.")] input: SaveLeadTaskInput,
    ) -> Result<LeadPayload> {
        let request = Request::of(ctx);
        let tx = request.begin(Permission::WorkLeads).await?;
        let done = async {
            let id = read_id(&input.id, "id")?;
            let task = match &input.task {
                Some(task) => {
                    let id = read_id(&task.id, "id").map_err(|error| error.under(&["task"]))?;
                    Some((id, task.version))
                }
                None => None,
            };
            let assignee = read_optional_id(input.assignee.as_ref(), "assignee")?;
            let wanted = Wanted { kind: input.kind, note: input.note.as_deref(), due_at: input.due_at, assignee };
            task::save(&tx, request.actor, desk(ctx), id, task, wanted, request.now).await
        };
        let done = done.await;
        request.finish(tx, done.map(Lead::from)).await
    }

    /// Says that a task is done. `saveLeadTask` opens it again.
    async fn complete_lead_task(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is done.")] input: CompleteLeadTaskInput,
    ) -> Result<LeadPayload> {
        let request = Request::of(ctx);
        let tx = request.begin(Permission::WorkLeads).await?;
        let done = async {
            let task = (read_id(&input.id, "id")?, input.version);
            task::complete(&tx, request.actor, task, request.now).await
        };
        let done = done.await;
        request.finish(tx, done.map(Lead::from)).await
    }
}

/// What is to be done.
#[derive(InputObject)]
pub struct SaveLeadTaskInput {
    /// The lead.
    id: ID,
    /// The task to change; left out, it is a new one.
    task: Option<LeadTaskInput>,
    /// What.
    kind: LeadTaskKind,
    /// What exactly, sealed; at most 4,000 characters. Left out, the words stay as they are; empty, there are none.
    #[graphql(secret)]
    note: Option<String>,
    /// By when: from now to a year ahead, or as it was.
    due_at: DateTime<Utc>,
    /// A colleague's id; left out, whoever has the lead does it.
    assignee: Option<ID>,
}

/// A task as you looked at it.
#[derive(InputObject)]
pub struct LeadTaskInput {
    /// The task.
    id: ID,
    /// The version you looked at.
    version: i32,
}

/// What is done.
#[derive(InputObject)]
pub struct CompleteLeadTaskInput {
    /// The task.
    id: ID,
    /// The version you looked at.
    version: i32,
}
