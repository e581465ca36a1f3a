//! Something that a webhook is told, and what came of it.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

use crate::id::{DeliveryId, WebhookId};

/// Something that a webhook, or the cache in front of us, is told, and what came of it.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "webhook_delivery")]
pub struct Model {
    /// Which; whoever is told knows by it what they were told before.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: DeliveryId,
    /// Who is told; null for the cache in front of us.
    pub webhook_id: Option<WebhookId>,
    /// What, as JSON: the very text that is sent.
    pub body: String,
    /// When it came about.
    pub created_at: DateTime<Utc>,
    /// Not before.
    pub run_at: DateTime<Utc>,
    /// How often it was tried.
    pub attempts: i32,
    /// A server is telling it until then.
    pub locked_until: Option<DateTime<Utc>>,
    /// When it was taken.
    pub delivered_at: Option<DateTime<Utc>>,
    /// When nobody tries any more.
    pub given_up_at: Option<DateTime<Utc>>,
    /// The HTTP status of the last answer.
    pub status: Option<i16>,
    /// Why it was not taken, the last time.
    pub error: Option<String>,
}

/// None that a query follows.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
