//! Where a lead goes next, and when and where somebody comes.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject, dataloader::DataLoader};
use chrono::{DateTime, Utc};
use entity::{
    id::LocationId,
    lead::{self, LeadOutcome, LeadStatus},
    location,
};

use super::{Lead, LeadPayload, desk};
use crate::{
    gql::id::read_id,
    identity::{Permission, Request},
    leads::{
        desk::LeadLoader,
        hand_over,
        step::{self, Arrival, Step},
    },
};

/// What can be asked of the places that people come to.
#[derive(Default)]
pub struct LeadStepQuery;

#[Object]
impl LeadStepQuery {
    /// Places that somebody may come to, by name.
    async fn admissions_places(&self, ctx: &Context<'_>) -> Result<Vec<LeadPlace>> {
        let request = Request::of(ctx);
        let places = step::list_places(request.reader(), request.actor).await?;
        Ok(places.into_iter().map(LeadPlace::from).collect())
    }
}

/// What can be done about how far a lead got.
#[derive(Default)]
pub struct LeadStepMutation;

#[Object]
impl LeadStepMutation {
    /// Moves a lead to one of its `nextStatuses`. Before it is QUALIFIED its level of care must be known, and its insurance may not be
    /// NEEDED. From QUALIFIED to SCHEDULED it needs `arrival`, which becomes a task; back from there, and wherever a lead is opened
    /// again, a `reason`. Nobody is UNREACHABLE before five attempts on three days.
    async fn change_lead_status(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Where a lead goes.")] input: ChangeLeadStatusInput,
    ) -> Result<LeadPayload> {
        let request = Request::of(ctx);
        let tx = request.begin(Permission::WorkLeads).await?;
        let done = async {
            let lead = (read_id(&input.id, "id")?, input.version);
            let arrival = match &input.arrival {
                None => None,
                Some(arrival) => Some(Arrival {
                    at: arrival.at,
                    location: read_id(&arrival.location, "location").map_err(|error| error.under(&["arrival"]))?,
                    transport: &arrival.transport,
                }),
            };
            let step = Step { to: input.status, outcome: input.outcome, reason: &input.reason, arrival };
            step::take(&tx, request.actor, desk(ctx), lead, &step, request.now).await
        };
        let done = done.await;
        request.finish(tx, done.map(Lead::from)).await
    }

    /// Writes down that those who treat somebody who was admitted have what they need to know. From then on the lead is kept for
    /// `leadRetention.admittedDays`, and then erased.
    async fn confirm_lead_hand_over(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who was handed over.")] input: ConfirmLeadHandOverInput,
    ) -> Result<LeadPayload> {
        let request = Request::of(ctx);
        let tx = request.begin(Permission::DirectLeads).await?;
        let done = async {
            let lead = (read_id(&input.id, "id")?, input.version);
            hand_over::confirm(&tx, request.actor, desk(ctx), lead, &input.note, request.now).await
        };
        let done = done.await;
        request.finish(tx, done.map(Lead::from)).await
    }
}

/// Who was handed over.
#[derive(InputObject)]
pub struct ConfirmLeadHandOverInput {
    /// The lead.
    id: ID,
    /// The version you looked at.
    version: i32,
    /// To whom, and what they were told, sealed; at most 4,000 characters.
    #[graphql(default, secret)]
    note: String,
}

/// Where a lead goes.
#[derive(InputObject)]
pub struct ChangeLeadStatusInput {
    /// The lead.
    id: ID,
    /// The version you looked at.
    version: i32,
    /// One of its `nextStatuses`.
    status: LeadStatus,
    /// How it ended, one of its `nextOutcomes`; required with CLOSED.
    outcome: Option<LeadOutcome>,
    /// Why, sealed; at most 200 characters. Required where somebody did not come, and where a lead is opened again.
    #[graphql(default, secret)]
    reason: String,
    /// When and where they come; required with SCHEDULED.
    arrival: Option<LeadArrivalInput>,
}

/// When and where somebody comes.
#[derive(InputObject)]
pub struct LeadArrivalInput {
    /// When: from now to a year ahead.
    at: DateTime<Utc>,
    /// To which of the `admissionsPlaces`.
    location: ID,
    /// How they get there, sealed; at most 4,000 characters. It becomes the note of a TRANSPORT task that is due when they come.
    #[graphql(secret)]
    transport: String,
}

/// When and where somebody comes.
#[derive(SimpleObject)]
pub struct LeadArrival {
    /// When.
    at: DateTime<Utc>,
    /// Where; null where that place is not in the library any more.
    place: Option<LeadPlace>,
}

impl LeadArrival {
    /// That of a lead; none where no day is agreed, and once erased.
    pub(super) async fn of(ctx: &Context<'_>, lead: &lead::Model) -> Result<Option<Self>> {
        let Some(at) = lead.arrives_at else { return Ok(None) };
        let place = match lead.location_id {
            None => None,
            Some(id) => ctx.data::<DataLoader<LeadLoader>>()?.load_one::<LocationId>(id).await?,
        };
        Ok(Some(Self { at, place: place.map(LeadPlace::from) }))
    }
}

/// A place that somebody may come to.
#[derive(SimpleObject)]
pub struct LeadPlace {
    /// Opaque and stable.
    id: ID,
    /// What it is called.
    name: String,
    /// The town.
    city: String,
    /// Its IANA time zone, in which whoever comes reads a clock.
    time_zone: String,
}

impl From<location::Model> for LeadPlace {
    fn from(row: location::Model) -> Self {
        Self { id: row.id.to_string().into(), name: row.name, city: row.city, time_zone: row.time_zone }
    }
}
