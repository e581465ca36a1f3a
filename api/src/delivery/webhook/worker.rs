//! Tells webhooks, and the cache in front of us, what changed.

use std::{
    collections::HashMap,
    future::Future,
    time::{Duration, Instant},
};

use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    content_change,
    id::{DeliveryId, WebhookId},
    webhook::{self, Topic},
    webhook_delivery,
};
use futures_util::future::join_all;
use reqwest::{Client, Method, StatusCode, redirect::Policy};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
    Select,
    sea_query::{Expr, LockBehavior, LockType},
};
use serde::Serialize;
use serde_json::json;
use tokio::{task::JoinHandle, time::timeout};
use url::Url;

use super::{LeadData, Reach, Signer, Told, address, stop_waiting, told::LeadTold};
use crate::{db::Db, error::Result, generation::Touched};

/// Between two looks.
const POLL: Duration = Duration::from_millis(500);
/// How long a change waits for others that come with it.
const GATHERED: TimeDelta = TimeDelta::seconds(1);
/// Changes that are brought together at a time.
const MOST_CHANGES: u64 = 1_000;
/// Messages that a receiver is sent side by side.
const BATCH: u64 = 10;
/// How long a server has a message to itself.
const HELD: TimeDelta = TimeDelta::seconds(60);
/// How long a receiver may take.
const PATIENCE: Duration = Duration::from_secs(15);
/// How long it is known what was told.
const REMEMBERED: TimeDelta = TimeDelta::days(30);
/// Seconds before each further try, as Standard Webhooks recommends; after the last nobody tries any more.
const WAITS: [i64; 9] = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400];

/// How the cache in front of us is told what to drop.
#[derive(Clone, Debug)]
pub struct Purge {
    /// Where.
    pub url: Url,
    /// The header that lets us: name and value.
    pub header: Option<(String, String)>,
    /// In which form.
    pub format: PurgeFormat,
}

/// How caches take the tags they are to drop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PurgeFormat {
    /// In the header `Surrogate-Key`, by spaces: Fastly, Varnish.
    SurrogateKey,
    /// In a JSON body, `{"tags": […]}`: Cloudflare.
    Json,
}

/// Tells others.
#[derive(Clone, Debug)]
pub struct Teller {
    /// Signs what is told.
    pub signer: Signer,
    /// Which addresses may be told.
    pub reach: Reach,
    /// The cache in front of us, if there is one that is told.
    pub purge: Option<Purge>,
}

/// Who is told: a webhook, or the cache in front of us.
type Receiver = Option<WebhookId>;

/// Tells what is to be told until `shutdown` resolves; what is being told then is finished first. Each receiver has a task of its own
/// while something waits for it, so that one that is slow keeps nobody else waiting.
pub async fn run(db: Db, teller: Teller, shutdown: impl Future<Output = ()>) {
    tokio::pin!(shutdown);
    let mut telling: HashMap<Receiver, JoinHandle<()>> = HashMap::new();
    loop {
        telling.retain(|_, task| !task.is_finished());
        let now = Utc::now();
        match waiting(&db, &teller, now).await {
            Ok(receivers) => {
                for receiver in receivers {
                    let (db, teller) = (db.clone(), teller.clone());
                    telling.entry(receiver).or_insert_with(|| {
                        tokio::spawn(async move {
                            if let Err(error) = tell_one(&db, &teller, receiver, now).await {
                                tracing::error!(error = ?error, "a webhook could not be told");
                            }
                        })
                    });
                }
            }
            Err(error) => tracing::error!(error = ?error, "webhooks could not be told"),
        }
        tokio::select! {
            () = &mut shutdown => break,
            () = tokio::time::sleep(POLL) => {}
        }
    }
    join_all(telling.into_values()).await;
}

/// Brings together what changed, and tells what is due at `now`; answers how many messages were tried.
pub async fn work(db: &Db, teller: &Teller, now: DateTime<Utc>) -> Result<usize> {
    let receivers = waiting(db, teller, now).await?;
    let told = join_all(receivers.into_iter().map(|receiver| tell_one(db, teller, receiver, now))).await;
    told.into_iter().sum()
}

/// Brings together what changed, and answers for whom something is due.
async fn waiting(db: &Db, teller: &Teller, now: DateTime<Utc>) -> Result<Vec<Receiver>> {
    gather(db, teller, now).await?;
    let receivers = due(now).select_only().column(webhook_delivery::Column::WebhookId).distinct();
    Ok(receivers.into_tuple().all(db.reader()).await?)
}

/// Tells one receiver what is due at `now`; answers how many messages were tried.
async fn tell_one(db: &Db, teller: &Teller, receiver: Receiver, now: DateTime<Utc>) -> Result<usize> {
    let began = Instant::now();
    let claimed = claim(db, receiver, now).await?;
    let webhook = match receiver {
        Some(id) => webhook::Entity::find_by_id(id).one(db.reader()).await?,
        None => None,
    };
    let told = claimed.iter().map(|row| async {
        match (receiver, &webhook) {
            (Some(_), Some(webhook)) => teller.tell(webhook, row, now).await,
            (Some(_), None) => Outcome::failed("the webhook is gone"),
            (None, _) => teller.purge(row).await,
        }
    });
    let outcomes = join_all(told).await;
    // How long it is waited is counted from the answer.
    let now = now + began.elapsed();
    let tried = claimed.len();
    for (row, outcome) in claimed.into_iter().zip(outcomes) {
        let id = row.id;
        if let Err(error) = settle(db, row, outcome, now).await {
            tracing::error!(delivery = %id, error = ?error, "what came of telling a webhook could not be written down");
        }
    }
    Ok(tried)
}

/// Forgets what was told long ago.
pub async fn remove_old(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<()> {
    let old = webhook_delivery::Column::CreatedAt.lt(now - REMEMBERED);
    webhook_delivery::Entity::delete_many().filter(old).exec(db).await?;
    Ok(())
}

/// Leaves a message for a webhook, or for the cache in front of us.
pub(super) async fn enqueue(
    db: &impl ConnectionTrait,
    webhook: Option<WebhookId>,
    told: &impl Serialize,
    now: DateTime<Utc>,
) -> Result<webhook_delivery::Model> {
    let row = webhook_delivery::ActiveModel {
        id: Set(DeliveryId::new()),
        webhook_id: Set(webhook),
        body: Set(serde_json::to_string(told)?),
        created_at: Set(now),
        run_at: Set(now),
        attempts: Set(0),
        locked_until: Set(None),
        delivered_at: Set(None),
        given_up_at: Set(None),
        status: Set(None),
        error: Set(None),
    };
    Ok(row.insert(db).await?)
}

/// Leaves what is to be told of leads for every webhook that is told of such a thing, in the caller's transaction.
pub async fn tell_of_leads(
    db: &impl ConnectionTrait,
    topic: Topic,
    leads: Vec<LeadData>,
    now: DateTime<Utc>,
) -> Result<()> {
    if leads.is_empty() {
        return Ok(());
    }
    let webhooks = who_hears(db, topic).await?;
    for lead in leads {
        let told = LeadTold::new(topic, lead, now);
        for webhook in &webhooks {
            enqueue(db, Some(webhook.id), &told, now).await?;
        }
    }
    Ok(())
}

/// Whether anybody is told of leads at all.
pub async fn tells_of_leads(db: &impl ConnectionTrait) -> Result<bool> {
    let webhooks = enabled(db).await?;
    Ok(webhooks.iter().flat_map(webhook::Model::topics).any(|topic| topic != Topic::ContentChanged))
}

async fn who_hears(db: &impl ConnectionTrait, topic: Topic) -> Result<Vec<webhook::Model>> {
    let webhooks = enabled(db).await?;
    Ok(webhooks.into_iter().filter(|webhook| webhook.topics().contains(&topic)).collect())
}

async fn enabled(db: &impl ConnectionTrait) -> Result<Vec<webhook::Model>> {
    Ok(webhook::Entity::find().filter(webhook::Column::Enabled.eq(true)).all(db).await?)
}

/// Writes what everybody is to be told of what changed more than a second ago.
async fn gather(db: &Db, teller: &Teller, now: DateTime<Utc>) -> Result<()> {
    let changes = || {
        content_change::Entity::find()
            .filter(content_change::Column::CreatedAt.lte(now - GATHERED))
            .order_by_asc(content_change::Column::Id)
            .limit(MOST_CHANGES)
    };
    if changes().one(db.reader()).await?.is_none() {
        return Ok(());
    }
    let tx = db.begin().await?;
    let rows = changes().lock_with_behavior(LockType::Update, LockBehavior::SkipLocked).all(&tx).await?;
    let mut touched = Touched::default();
    for row in &rows {
        touched = touched.and(serde_json::from_value(row.touched.clone())?);
    }
    if !rows.is_empty() {
        let webhooks = who_hears(&tx, Topic::ContentChanged).await?;
        let receivers = webhooks.iter().map(|row| Some(row.id)).chain(teller.purge.is_some().then_some(None));
        let messages = Told::of(&touched, now);
        for receiver in receivers {
            for told in &messages {
                enqueue(&tx, receiver, told, now).await?;
            }
        }
        let ids = rows.into_iter().map(|row| row.id);
        content_change::Entity::delete_many().filter(content_change::Column::Id.is_in(ids)).exec(&tx).await?;
    }
    tx.commit().await?;
    Ok(())
}

fn due(now: DateTime<Utc>) -> Select<webhook_delivery::Entity> {
    use webhook_delivery::Column;
    let free = Condition::any().add(Column::LockedUntil.is_null()).add(Column::LockedUntil.lt(now));
    webhook_delivery::Entity::find()
        .filter(Column::DeliveredAt.is_null())
        .filter(Column::GivenUpAt.is_null())
        .filter(Column::RunAt.lte(now))
        .filter(free)
}

async fn claim(db: &Db, receiver: Receiver, now: DateTime<Utc>) -> Result<Vec<webhook_delivery::Model>> {
    use webhook_delivery::Column;
    let its = match receiver {
        Some(id) => Column::WebhookId.eq(id),
        None => Column::WebhookId.is_null(),
    };
    let its = due(now).filter(its).order_by_asc(Column::RunAt).order_by_asc(Column::Id).limit(BATCH);
    let tx = db.begin().await?;
    let rows = its.lock_with_behavior(LockType::Update, LockBehavior::SkipLocked).all(&tx).await?;
    let mut claimed = Vec::with_capacity(rows.len());
    for row in rows {
        let attempts = row.attempts.saturating_add(1);
        let mut row = row.into_active_model();
        row.attempts = Set(attempts);
        row.locked_until = Set(Some(now + HELD));
        claimed.push(row.update(&tx).await?);
    }
    tx.commit().await?;
    Ok(claimed)
}

/// What came of telling somebody.
#[derive(Debug)]
struct Outcome {
    status: Option<StatusCode>,
    error: Option<String>,
}

impl Outcome {
    fn failed(cause: impl Into<String>) -> Self {
        Self { status: None, error: Some(cause.into()) }
    }
}

async fn settle(db: &Db, row: webhook_delivery::Model, outcome: Outcome, now: DateTime<Utc>) -> Result<()> {
    let tx = db.begin().await?;
    let (id, attempts, webhook) = (row.id, row.attempts, row.webhook_id);
    let mut row = row.into_active_model();
    row.locked_until = Set(None);
    row.status = Set(outcome.status.and_then(|status| i16::try_from(status.as_u16()).ok()));
    // Whoever answers 410 wants to be told no more (Standard Webhooks).
    let gone = outcome.status == Some(StatusCode::GONE);
    match &outcome.error {
        None => row.delivered_at = Set(Some(now)),
        Some(cause) => {
            let wait = usize::try_from(attempts - 1).ok().and_then(|place| WAITS.get(place)).filter(|_| !gone);
            match wait {
                Some(seconds) => row.run_at = Set(now + TimeDelta::seconds(*seconds)),
                None => row.given_up_at = Set(Some(now)),
            }
            tracing::warn!(delivery = %id, attempts, cause, "a webhook did not take what it was told");
        }
    }
    row.error = Set(outcome.error);
    match row.update(&tx).await {
        // The webhook was deleted while it was told, and what it was to be told with it.
        Err(DbErr::RecordNotUpdated) => return Ok(()),
        updated => updated?,
    };
    if let Some(webhook) = webhook.filter(|_| gone) {
        webhook::Entity::update_many()
            .col_expr(webhook::Column::Enabled, Expr::val(false))
            .filter(webhook::Column::Id.eq(webhook))
            .exec(&tx)
            .await?;
        stop_waiting(&tx, webhook, now).await?;
    }
    tx.commit().await?;
    Ok(())
}

impl Teller {
    async fn tell(&self, webhook: &webhook::Model, row: &webhook_delivery::Model, now: DateTime<Utc>) -> Outcome {
        let url = match address::read(&webhook.url) {
            Ok(url) => url,
            Err(cause) => return Outcome::failed(cause),
        };
        let (id, timestamp) = (row.id.to_string(), now.timestamp());
        let signature = self.signer.sign(webhook, &id, timestamp, &row.body, now);
        let headers = [
            ("content-type", "application/json".to_owned()),
            ("webhook-id", id),
            ("webhook-timestamp", timestamp.to_string()),
            ("webhook-signature", signature),
        ];
        self.send(&url, &headers, row.body.clone(), self.reach).await
    }

    async fn purge(&self, row: &webhook_delivery::Model) -> Outcome {
        let Some(Purge { url, header, format }) = &self.purge else {
            return Outcome::failed("no cache is told any more");
        };
        let told: Told = match serde_json::from_str(&row.body) {
            Ok(told) => told,
            Err(cause) => return Outcome::failed(cause.to_string()),
        };
        let mut headers: Vec<(&str, String)> = Vec::new();
        headers.extend(header.as_ref().map(|(name, value)| (name.as_str(), value.clone())));
        let body = match format {
            PurgeFormat::SurrogateKey => {
                headers.push(("surrogate-key", told.data.tags.join(" ")));
                String::new()
            }
            PurgeFormat::Json => {
                headers.push(("content-type", "application/json".to_owned()));
                json!({ "tags": told.data.tags }).to_string()
            }
        };
        // The operator of this server wrote the address, so it may be at home.
        self.send(url, &headers, body, Reach::Home).await
    }

    async fn send(&self, url: &Url, headers: &[(&str, String)], body: String, reach: Reach) -> Outcome {
        let addresses = match timeout(PATIENCE, address::resolve(url, reach)).await {
            Ok(Ok(addresses)) => addresses,
            Ok(Err(cause)) => return Outcome::failed(cause),
            Err(_) => return Outcome::failed("its name was not found in time"),
        };
        let mut client = Client::builder().redirect(Policy::none()).timeout(PATIENCE).no_proxy();
        if let Some(name) = url.domain() {
            client = client.resolve_to_addrs(name, &addresses);
        }
        let client = match client.build() {
            Ok(client) => client,
            Err(cause) => return Outcome::failed(cause.to_string()),
        };
        let request = headers
            .iter()
            .fold(client.request(Method::POST, url.clone()), |request, (name, value)| request.header(*name, value));
        match request.header("user-agent", "Hillside").body(body).send().await {
            Ok(answer) if answer.status().is_success() => Outcome { status: Some(answer.status()), error: None },
            Ok(answer) => {
                let status = answer.status();
                Outcome { status: Some(status), error: Some(format!("it answered {status}")) }
            }
            Err(cause) => Outcome::failed(cause.without_url().to_string()),
        }
    }
}
