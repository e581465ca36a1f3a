//! Webhooks: addresses that are told what changed, as soon as the public can see it.
//!
//! A change is kept in the transaction that made it. A worker gathers what came about in the same second or two, writes
//! what each webhook is told, and tells it: signed after Standard Webhooks, tried again ever later, at least once.

mod address;
mod told;
mod worker;

use chrono::{DateTime, TimeDelta, Utc};
use data_encoding::BASE64;
use entity::{
    id::{DeliveryId, WebhookId},
    problem::{ProblemCode, Problems, Stage},
    webhook::{self, Topic},
    webhook_delivery,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect, sea_query::Expr,
};

pub use self::{
    address::Reach,
    told::{LeadData, Told},
    worker::{Purge, PurgeFormat, Teller, remove_old, run, tell_of_leads, tells_of_leads, work},
};
use crate::{
    error::{Error, Result, refuse_if_any},
    identity::{
        Actor, Audit, Permission,
        audit::{Event, Stream, Verb},
    },
    keys::{Secret, hmac_sha256},
};

/// Webhooks of an installation, at the most.
const MOST: u64 = 20;
/// How long a secret that was replaced still signs beside the new one, so that its receiver can be given the new one.
const OVERLAP: TimeDelta = TimeDelta::hours(24);

/// What staff say of a webhook.
#[derive(Clone, Debug)]
pub struct WebhookChange {
    /// Where it is told.
    pub url: String,
    /// What it is for.
    pub description: String,
    /// Whether it is told at present.
    pub enabled: bool,
    /// What it is told of; left out, what it was, and a new one of content.
    pub topics: Option<Vec<Topic>>,
}

/// Makes and opens what webhooks are signed with. Nothing of it is stored: a secret follows from the installation's own key,
/// the webhook's id and how often it was made anew.
#[derive(Clone, Debug)]
pub struct Signer(Secret);

impl Signer {
    /// From a key derived for this purpose.
    pub fn new(key: Secret) -> Self {
        Self(key)
    }

    /// The secret of a webhook, as its receiver is given it: `whsec_` and Base64.
    pub fn secret(&self, webhook: &webhook::Model) -> String {
        format!("whsec_{}", BASE64.encode(&self.key(webhook, webhook.secret_number)))
    }

    /// The signature header (Standard Webhooks 1.0) over `id.timestamp.body`: by the secret, and for a while after it was
    /// made anew by the one before.
    pub(self) fn sign(
        &self,
        webhook: &webhook::Model,
        id: &str,
        timestamp: i64,
        body: &str,
        now: DateTime<Utc>,
    ) -> String {
        let both = webhook.secret_renewed_at.is_some_and(|at| now - at < OVERLAP);
        let before = both.then(|| webhook.secret_number.saturating_sub(1));
        let numbers = [webhook.secret_number].into_iter().chain(before);
        let signatures = numbers.map(|number| signature(&self.key(webhook, number), id, timestamp, body));
        signatures.collect::<Vec<_>>().join(" ")
    }

    fn key(&self, webhook: &webhook::Model, number: i32) -> [u8; 32] {
        self.0.mac(&[webhook.id.0.as_bytes(), &number.to_be_bytes()])
    }
}

fn signature(key: &[u8], id: &str, timestamp: i64, body: &str) -> String {
    format!("v1,{}", BASE64.encode(&hmac_sha256(key, format!("{id}.{timestamp}.{body}").as_bytes())))
}

/// Every webhook, the first added first.
pub async fn list_webhooks(db: &impl ConnectionTrait, actor: Actor) -> Result<Vec<webhook::Model>> {
    actor.require(Permission::ManageSettings)?;
    Ok(webhook::Entity::find().order_by_asc(webhook::Column::Id).all(db).await?)
}

/// Adds a webhook, or changes the one of that id; one that is switched off is not told what waits, either. Fails with
/// problems at `url`, `description` and `topics`, and with `NOT_FOUND`.
pub async fn save_webhook(
    db: &impl ConnectionTrait,
    actor: Actor,
    audit: &Audit,
    reach: Reach,
    id: Option<WebhookId>,
    change: WebhookChange,
    now: DateTime<Utc>,
) -> Result<webhook::Model> {
    actor.require(Permission::ManageSettings)?;
    let mut problems = Problems::new(Stage::Publish);
    if let Err(message) = address::read(&change.url).and_then(|url| reach.check(&url)) {
        problems.add("url", ProblemCode::Invalid, message);
    }
    problems.optional_text("description", &change.description, 120);
    let topics = change.topics.map(|mut topics| {
        topics.sort_unstable();
        topics.dedup();
        topics
    });
    if topics.as_ref().is_some_and(Vec::is_empty) {
        problems.add("topics", ProblemCode::Required, "Choose at least one thing that this address is told of.");
    }
    refuse_if_any(problems)?;
    let saved = match id {
        Some(id) => {
            let mut row = find(db, id).await?.into_active_model();
            row.url = Set(change.url);
            row.description = Set(change.description);
            row.enabled = Set(change.enabled);
            if let Some(topics) = topics {
                row.topics = Set(serde_json::to_value(topics)?);
            }
            row.update(db).await?
        }
        None => {
            if webhook::Entity::find().count(db).await? >= MOST {
                let message = format!("{MOST} addresses can be told. Remove one first.");
                return Err(Error::problem(ProblemCode::TooLarge, ["url"], message));
            }
            let row = webhook::ActiveModel {
                id: Set(WebhookId::new()),
                url: Set(change.url),
                description: Set(change.description),
                enabled: Set(change.enabled),
                topics: Set(serde_json::to_value(topics.unwrap_or_else(|| vec![Topic::ContentChanged]))?),
                secret_number: Set(1),
                secret_renewed_at: Set(None),
                created_at: Set(now),
                created_by: Set(actor.user().ok()),
            };
            row.insert(db).await?
        }
    };
    if !saved.enabled {
        stop_waiting(db, saved.id, now).await?;
    }
    record(db, actor, audit, Verb::WebhookSaved, saved.id, now).await?;
    Ok(saved)
}

/// Nobody tries any more to tell a webhook what waits.
async fn stop_waiting(db: &impl ConnectionTrait, id: WebhookId, now: DateTime<Utc>) -> Result<()> {
    use webhook_delivery::Column;
    webhook_delivery::Entity::update_many()
        .col_expr(Column::GivenUpAt, Expr::val(now))
        .col_expr(Column::Error, Expr::val("the webhook was switched off"))
        .filter(Column::WebhookId.eq(id))
        .filter(Column::DeliveredAt.is_null())
        .filter(Column::GivenUpAt.is_null())
        .exec(db)
        .await?;
    Ok(())
}

/// Makes the secret of a webhook anew; the old one signs beside it for a day.
pub async fn renew_secret(
    db: &impl ConnectionTrait,
    actor: Actor,
    audit: &Audit,
    id: WebhookId,
    now: DateTime<Utc>,
) -> Result<webhook::Model> {
    actor.require(Permission::ManageSettings)?;
    let row = find(db, id).await?;
    let number = row.secret_number.saturating_add(1);
    let mut row = row.into_active_model();
    row.secret_number = Set(number);
    row.secret_renewed_at = Set(Some(now));
    let saved = row.update(db).await?;
    record(db, actor, audit, Verb::WebhookSecretRenewed, id, now).await?;
    Ok(saved)
}

/// Removes a webhook and what it was told.
pub async fn delete_webhook(
    db: &impl ConnectionTrait,
    actor: Actor,
    audit: &Audit,
    id: WebhookId,
    now: DateTime<Utc>,
) -> Result<webhook::Model> {
    actor.require(Permission::ManageSettings)?;
    let row = find(db, id).await?;
    webhook::Entity::delete_by_id(id).exec(db).await?;
    record(db, actor, audit, Verb::WebhookDeleted, id, now).await?;
    Ok(row)
}

/// What a webhook was told and is to be told, the latest first, before `before`.
pub async fn list_deliveries(
    db: &impl ConnectionTrait,
    actor: Actor,
    webhook: WebhookId,
    before: Option<DeliveryId>,
    first: u64,
) -> Result<Vec<webhook_delivery::Model>> {
    actor.require(Permission::ManageSettings)?;
    let mut rows = webhook_delivery::Entity::find().filter(webhook_delivery::Column::WebhookId.eq(webhook));
    if let Some(before) = before {
        rows = rows.filter(webhook_delivery::Column::Id.lt(before));
    }
    Ok(rows.order_by_desc(webhook_delivery::Column::Id).limit(first).all(db).await?)
}

/// How many [`list_deliveries`] would answer without an end.
pub async fn count_deliveries(db: &impl ConnectionTrait, actor: Actor, webhook: WebhookId) -> Result<u64> {
    actor.require(Permission::ManageSettings)?;
    Ok(webhook_delivery::Entity::find().filter(webhook_delivery::Column::WebhookId.eq(webhook)).count(db).await?)
}

/// Tells a webhook once more what it was told, under the same id, as soon as a worker comes by.
pub async fn resend(
    db: &impl ConnectionTrait,
    actor: Actor,
    id: DeliveryId,
    now: DateTime<Utc>,
) -> Result<webhook_delivery::Model> {
    actor.require(Permission::ManageSettings)?;
    let row = webhook_delivery::Entity::find_by_id(id).one(db).await?;
    let mut row = row.ok_or_else(|| Error::not_found("delivery"))?.into_active_model();
    row.run_at = Set(now);
    row.attempts = Set(0);
    row.locked_until = Set(None);
    row.delivered_at = Set(None);
    row.given_up_at = Set(None);
    row.status = Set(None);
    row.error = Set(None);
    Ok(row.update(db).await?)
}

/// Tells a webhook something that touches nothing, so that its receiver can be tried.
pub async fn ping(
    db: &impl ConnectionTrait,
    actor: Actor,
    id: WebhookId,
    now: DateTime<Utc>,
) -> Result<webhook_delivery::Model> {
    actor.require(Permission::ManageSettings)?;
    let webhook = find(db, id).await?;
    worker::enqueue(db, Some(webhook.id), &Told::ping(now), now).await
}

async fn find(db: &impl ConnectionTrait, id: WebhookId) -> Result<webhook::Model> {
    webhook::Entity::find_by_id(id).one(db).await?.ok_or_else(|| Error::not_found("webhook"))
}

async fn record(
    db: &impl ConnectionTrait,
    actor: Actor,
    audit: &Audit,
    verb: Verb,
    id: WebhookId,
    now: DateTime<Utc>,
) -> Result<()> {
    audit.record(db, actor, Event::done(Stream::Content, verb, id.to_string()), now).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_is_that_of_standard_webhooks() {
        // The example of the specification's reference libraries.
        let key = BASE64.decode(b"MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").expect("Base64");
        let body = r#"{"test": 2432232314}"#;
        let signed = signature(&key, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, body);
        assert_eq!(signed, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }
}
