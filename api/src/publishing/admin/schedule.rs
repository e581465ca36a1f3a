//! Publishing at a time, as staff plan it.

use async_graphql::{Context, ID, InputObject, Object, Result, dataloader::DataLoader};
use chrono::{DateTime, Utc};
use entity::{
    revision,
    schedule::{self, ScheduleAction, ScheduleState},
};
use sea_orm::EntityTrait;

use super::publish::{EntrySummary, EntrySummaryLoader, read_entry_id};
use crate::{
    error::Error,
    gql::id::read_id,
    identity::{Permission, Request, admin::User},
    payload,
    publishing::{Moment, cancel_schedule, list_scheduled, schedule_publish, schedule_unpublish, was_late},
};

/// What is planned.
#[derive(Default)]
pub struct ScheduleQuery;

#[Object]
impl ScheduleQuery {
    /// What is to be published or taken back in a stretch of time, and what became of it, by time; at most 1000. What was
    /// called off is left out.
    async fn scheduled(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "From when on.")] from: DateTime<Utc>,
        #[graphql(desc = "Until before when.")] to: DateTime<Utc>,
    ) -> Result<Vec<Schedule>> {
        let request = Request::of(ctx);
        Ok(list_scheduled(request.reader(), request.actor, from, to).await?.into_iter().map(Schedule).collect())
    }
}

/// What can be planned.
#[derive(Default)]
pub struct ScheduleMutation;

#[Object]
impl ScheduleMutation {
    /// Makes the latest draft public at a time. Drafts saved later wait. Takes the place of an earlier plan to publish it.
    async fn schedule_publish(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to make public, and when.")] input: SchedulePublishInput,
    ) -> Result<SchedulePayload> {
        let request = Request::of(ctx);
        let tx = request.begin(Permission::Publish).await?;
        let row = async {
            let (id, revision) = (read_entry_id(&input.id)?, read_id(&input.revision, "revision")?);
            let moment = Moment { at: input.run_at, time_zone: input.time_zone };
            schedule_publish(&tx, request.actor, id, revision, moment, request.now).await
        };
        let row = row.await;
        request.finish(tx, row.map(Schedule)).await
    }

    /// Takes it back from the public at a time. Takes the place of an earlier plan to do so.
    async fn schedule_unpublish(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to take back from the public, and when.")] input: ScheduleUnpublishInput,
    ) -> Result<SchedulePayload> {
        let request = Request::of(ctx);
        let tx = request.begin(Permission::Publish).await?;
        let row = async {
            let moment = Moment { at: input.run_at, time_zone: input.time_zone };
            schedule_unpublish(&tx, request.actor, read_entry_id(&input.id)?, moment, request.now).await
        };
        let row = row.await;
        request.finish(tx, row.map(Schedule)).await
    }

    /// Calls off what is to come, or puts away what failed.
    async fn cancel_schedule(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to call off.")] input: CancelScheduleInput,
    ) -> Result<SchedulePayload> {
        let request = Request::of(ctx);
        let tx = request.begin(Permission::Publish).await?;
        let row = async { cancel_schedule(&tx, request.actor, read_id(&input.id, "id")?, request.now).await };
        let row = row.await;
        request.finish(tx, row.map(Schedule)).await
    }
}

/// Something that is to be published or taken back at a time.
pub struct Schedule(pub schedule::Model);

/// Something that is to be published or taken back at a time.
#[Object]
impl Schedule {
    /// Opaque and stable.
    async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// The page or therapy.
    async fn entry(&self, ctx: &Context<'_>) -> Result<EntrySummary> {
        let found = ctx.data::<DataLoader<EntrySummaryLoader>>()?.load_one(self.0.entry_id).await?;
        Ok(found.ok_or_else(|| Error::internal("a schedule without its entry"))?)
    }

    /// What is to be done.
    async fn action(&self) -> ScheduleAction {
        self.0.action
    }

    /// The number of the revision that will be public; null where it is taken back.
    async fn revision_number(&self, ctx: &Context<'_>) -> Result<Option<i32>> {
        let Some(id) = self.0.revision_id else { return Ok(None) };
        let found = revision::Entity::find_by_id(id).one(Request::of(ctx).reader()).await.map_err(Error::from)?;
        Ok(found.map(|row| row.number))
    }

    /// The revision that will be public; null where it is taken back.
    async fn revision(&self) -> Option<ID> {
        self.0.revision_id.map(|id| id.to_string().into())
    }

    /// When; not before.
    async fn run_at(&self) -> DateTime<Utc> {
        self.0.run_at
    }

    /// The time zone in which the time was chosen: `Europe/Berlin`.
    async fn time_zone(&self) -> &str {
        &self.0.time_zone
    }

    /// What became of it.
    async fn state(&self) -> ScheduleState {
        self.0.state
    }

    /// Why it failed, as a sentence.
    async fn error(&self) -> Option<&str> {
        self.0.error.as_deref()
    }

    /// When it was done, failed or was called off.
    async fn done_at(&self) -> Option<DateTime<Utc>> {
        self.0.done_at
    }

    /// Whether it was done well after its time, because no server ran then.
    async fn late(&self) -> bool {
        was_late(&self.0)
    }

    /// Who wants it; it is done in their name.
    async fn created_by(&self, ctx: &Context<'_>) -> Result<Option<User>> {
        User::load(ctx, Some(self.0.created_by)).await
    }
}

/// What to make public, and when.
#[derive(InputObject)]
pub struct SchedulePublishInput {
    /// The page or therapy.
    id: ID,
    /// Its latest draft, as you looked at it.
    revision: ID,
    /// When: a time to come, within five years.
    run_at: DateTime<Utc>,
    /// The time zone in which you chose it, for showing it: `Europe/Berlin`.
    time_zone: String,
}

/// What to take back from the public, and when.
#[derive(InputObject)]
pub struct ScheduleUnpublishInput {
    /// The page or therapy.
    id: ID,
    /// When: a time to come, within five years.
    run_at: DateTime<Utc>,
    /// The time zone in which you chose it, for showing it: `Europe/Berlin`.
    time_zone: String,
}

/// What to call off.
#[derive(InputObject)]
pub struct CancelScheduleInput {
    /// The plan.
    id: ID,
}

payload!(
    /// The plan, or what to mend.
    SchedulePayload { schedule: Schedule }
);
