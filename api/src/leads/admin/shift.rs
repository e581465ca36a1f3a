//! Who takes leads in turn.

use async_graphql::{Context, ID, InputObject, Object, Result};
use chrono::{DateTime, Utc};
use entity::shift as row;

use super::{Lead, LeadPayload};
use crate::{
    gql::id::read_id,
    identity::{Permission, Request, admin::User},
    leads::{shift, work},
    payload,
};

/// That a colleague takes leads in turn.
pub struct LeadShift(row::Model);

/// That a colleague takes leads in turn.
#[Object]
impl LeadShift {
    /// Who.
    async fn user(&self, ctx: &Context<'_>) -> Result<Option<User>> {
        User::load(ctx, Some(self.0.user_id)).await
    }

    /// Since when.
    async fn on_since(&self) -> DateTime<Utc> {
        self.0.on_since
    }

    /// Until when: it ends by itself.
    async fn until(&self) -> DateTime<Utc> {
        self.0.until
    }
}

/// What can be asked of shifts.
#[derive(Default)]
pub struct LeadShiftQuery;

#[Object]
impl LeadShiftQuery {
    /// Who is on shift now; whoever is given the next lead in turn comes first.
    async fn lead_shifts(&self, ctx: &Context<'_>) -> Result<Vec<LeadShift>> {
        let request = Request::of(ctx);
        let rows = shift::list(request.reader(), request.actor, request.now).await?;
        Ok(rows.into_iter().map(LeadShift).collect())
    }
}

/// What can be done with shifts.
#[derive(Default)]
pub struct LeadShiftMutation;

#[Object]
impl LeadShiftMutation {
    /// Puts you on shift, or takes you off it. A shift ends by itself.
    async fn set_shift(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whether you take leads in turn.")] input: SetShiftInput,
    ) -> Result<LeadShiftsPayload> {
        let request = Request::of(ctx);
        let tx = request.begin(Permission::WorkLeads).await?;
        let done = shift::set(&tx, request.actor, input.on, input.until, request.now).await;
        request.finish(tx, done.map(|rows| rows.into_iter().map(LeadShift).collect())).await
    }

    /// Gives an open lead to whoever is on shift and was given one longest ago. Whoever has it now is passed over.
    async fn assign_lead_in_turn(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whom a colleague shall work.")] input: AssignLeadInTurnInput,
    ) -> Result<LeadPayload> {
        let request = Request::of(ctx);
        let tx = request.begin(Permission::WorkLeads).await?;
        let done = async {
            let lead = (read_id(&input.id, "id")?, input.version);
            work::assign_in_turn(&tx, request.actor, lead, request.now).await
        };
        let done = done.await;
        request.finish(tx, done.map(Lead::from)).await
    }
}

/// Whether you take leads in turn.
#[derive(InputObject)]
pub struct SetShiftInput {
    /// Whether you do.
    on: bool,
    /// Until when, at most twelve hours from now; left out, twelve hours.
    until: Option<DateTime<Utc>>,
}

/// Whom a colleague shall work.
#[derive(InputObject)]
pub struct AssignLeadInTurnInput {
    /// The lead.
    id: ID,
    /// The version you looked at.
    version: i32,
}

payload!(
    /// Who is on shift now, or what to mend.
    LeadShiftsPayload { shifts: Vec<LeadShift> }
);
