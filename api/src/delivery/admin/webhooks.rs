//! Webhooks, as staff keep them.

use async_graphql::{Context, ID, InputObject, Object, Result};
use chrono::{DateTime, Utc};
use entity::{
    id::{DeliveryId, WebhookId},
    webhook::{self, Topic},
    webhook_delivery,
};

use crate::{
    delivery::webhook::{
        Teller, WebhookChange, count_deliveries, delete_webhook, list_deliveries, list_webhooks, ping, renew_secret,
        resend, save_webhook,
    },
    gql::{
        id::read_id,
        paging::{Connection, Page},
    },
    identity::{Identity, Permission, Request},
    payload,
};

/// Who is told what changed.
#[derive(Default)]
pub struct WebhookQuery;

#[Object]
impl WebhookQuery {
    /// The addresses that are told what changed, the first added first.
    async fn webhooks(&self, ctx: &Context<'_>) -> Result<Vec<Webhook>> {
        let request = Request::of(ctx);
        Ok(list_webhooks(request.reader(), request.actor).await?.into_iter().map(Webhook).collect())
    }
}

/// What can be done with webhooks.
#[derive(Default)]
pub struct WebhookMutation;

#[Object]
impl WebhookMutation {
    /// Adds an address that is told what changed, or changes one. One that is switched off is not told what waits, either.
    async fn save_webhook(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "An address to be told.")] input: SaveWebhookInput,
    ) -> Result<WebhookPayload> {
        let request = Request::of(ctx);
        let tx = request.begin(Permission::ManageSettings).await?;
        let reach = ctx.data::<Teller>()?.reach;
        let SaveWebhookInput { id, url, description, enabled, topics } = input;
        let saved = async {
            let id = id.map(|id| read_id(&id, "id")).transpose()?;
            let change = WebhookChange { url, description, enabled, topics };
            save_webhook(&tx, request.actor, Identity::audit_of(ctx), reach, id, change, request.now).await
        };
        let saved = saved.await;
        request.finish(tx, saved.map(Webhook)).await
    }

    /// Makes the secret of a webhook anew. For a day messages carry two signatures, by the new one and by the one before,
    /// so that you can give its receiver the new one in peace.
    async fn renew_webhook_secret(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "A webhook whose secret is to be made anew.")] input: RenewWebhookSecretInput,
    ) -> Result<WebhookPayload> {
        let request = Request::of(ctx);
        let tx = request.begin(Permission::ManageSettings).await?;
        let saved = async {
            let id = read_id(&input.id, "id")?;
            renew_secret(&tx, request.actor, Identity::audit_of(ctx), id, request.now).await
        };
        let saved = saved.await;
        request.finish(tx, saved.map(Webhook)).await
    }

    /// Removes a webhook and what is known of what it was told.
    async fn delete_webhook(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "A webhook to remove.")] input: DeleteWebhookInput,
    ) -> Result<WebhookPayload> {
        let request = Request::of(ctx);
        let tx = request.begin(Permission::ManageSettings).await?;
        let gone = async {
            let id = read_id(&input.id, "id")?;
            delete_webhook(&tx, request.actor, Identity::audit_of(ctx), id, request.now).await
        };
        let gone = gone.await;
        request.finish(tx, gone.map(Webhook)).await
    }

    /// Tells a webhook something that touches nothing (`ping`), to try its receiver.
    async fn ping_webhook(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "A webhook to try.")] input: PingWebhookInput,
    ) -> Result<WebhookDeliveryPayload> {
        let request = Request::of(ctx);
        let tx = request.begin(Permission::ManageSettings).await?;
        let told = async { ping(&tx, request.actor, read_id(&input.id, "id")?, request.now).await };
        let told = told.await;
        request.finish(tx, told.map(WebhookDelivery)).await
    }

    /// Tells a webhook once more what it was told, under the same id.
    async fn resend_webhook_delivery(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Something to be told again.")] input: ResendWebhookDeliveryInput,
    ) -> Result<WebhookDeliveryPayload> {
        let request = Request::of(ctx);
        let tx = request.begin(Permission::ManageSettings).await?;
        let told = async { resend(&tx, request.actor, read_id(&input.id, "id")?, request.now).await };
        let told = told.await;
        request.finish(tx, told.map(WebhookDelivery)).await
    }
}

/// An address that is told what changed.
pub struct Webhook(webhook::Model);

/// An address that is told what changed, within a few seconds of when the public can see it.
#[Object]
impl Webhook {
    /// Opaque and stable.
    async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// Where it is told.
    async fn url(&self) -> &str {
        &self.0.url
    }

    /// What it is for; may be empty.
    async fn description(&self) -> &str {
        &self.0.description
    }

    /// Whether it is told at present. One that answers 410 is told no more.
    async fn enabled(&self) -> bool {
        self.0.enabled
    }

    /// What it is told of.
    async fn topics(&self) -> Vec<Topic> {
        self.0.topics()
    }

    /// What its messages are signed with (Standard Webhooks): `whsec_…`.
    async fn secret(&self, ctx: &Context<'_>) -> Result<String> {
        Request::of(ctx).actor.require(Permission::ManageSettings)?;
        Ok(ctx.data::<Teller>()?.signer.secret(&self.0))
    }

    /// When it was added.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// What it was told and is to be told in the last thirty days, the latest first.
    async fn deliveries(
        &self,
        ctx: &Context<'_>,
        #[graphql(default = 20, desc = "How many, 0 to 100.")] first: i32,
        #[graphql(desc = "The cursor to go on after: the last page's `endCursor`.")] after: Option<String>,
    ) -> Result<Connection<WebhookDelivery>> {
        let request = Request::of(ctx);
        let (db, actor, id): (_, _, WebhookId) = (request.reader(), request.actor, self.0.id);
        let paging = Page::<DeliveryId>::new("deliveries", first, after.as_deref())?;
        let rows = list_deliveries(db, actor, id, paging.after().copied(), paging.limit()).await?;
        let total = count_deliveries(db, actor, id).await?;
        Ok(paging.connection(rows, total, |row| row.id, WebhookDelivery)?)
    }
}

/// Something that a webhook was told, or is to be told.
pub struct WebhookDelivery(webhook_delivery::Model);

/// Something that a webhook was told, or is to be told.
#[Object]
impl WebhookDelivery {
    /// The header `webhook-id`.
    async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// What is sent: JSON as text, which the signature is over.
    async fn body(&self) -> &str {
        &self.0.body
    }

    /// When it came about.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// How often it was tried.
    async fn attempts(&self) -> i32 {
        self.0.attempts
    }

    /// When it was taken; null while it was not.
    async fn delivered_at(&self) -> Option<DateTime<Utc>> {
        self.0.delivered_at
    }

    /// When it is tried next; null when it was taken or nobody tries any more.
    async fn next_attempt_at(&self) -> Option<DateTime<Utc>> {
        let waits = self.0.delivered_at.is_none() && self.0.given_up_at.is_none();
        waits.then_some(self.0.run_at)
    }

    /// The HTTP status of the last answer; null where none came, and while it is sent once more.
    async fn status(&self) -> Option<i32> {
        self.0.status.map(Into::into)
    }

    /// Why it was not taken, the last time.
    async fn error(&self) -> Option<&str> {
        self.0.error.as_deref()
    }
}

/// An address to be told.
#[derive(InputObject)]
pub struct SaveWebhookInput {
    /// The webhook to change; left out, a new one.
    id: Option<ID>,
    /// Where it is told: `https://www.example.org/api/revalidate`.
    url: String,
    /// What it is for; at most 120 characters.
    #[graphql(default)]
    description: String,
    /// Whether it is told at present.
    #[graphql(default = true)]
    enabled: bool,
    /// What it is told of; left out, it stays as it is, and a new one is told of content. Of leads it is told which and how far
    /// they got, never whose they are.
    topics: Option<Vec<Topic>>,
}

/// A webhook whose secret is to be made anew.
#[derive(InputObject)]
pub struct RenewWebhookSecretInput {
    /// The webhook.
    id: ID,
}

/// A webhook to remove.
#[derive(InputObject)]
pub struct DeleteWebhookInput {
    /// The webhook.
    id: ID,
}

/// A webhook to try.
#[derive(InputObject)]
pub struct PingWebhookInput {
    /// The webhook.
    id: ID,
}

/// Something to be told again.
#[derive(InputObject)]
pub struct ResendWebhookDeliveryInput {
    /// What a webhook was told.
    id: ID,
}

payload!(
    /// The webhook, or what to mend.
    WebhookPayload { webhook: Webhook }
);

payload!(
    /// What is told, or what to mend.
    WebhookDeliveryPayload { delivery: WebhookDelivery }
);
