//! An address that is told what changed.

use async_graphql::Enum;
use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::id::{UserId, WebhookId};

/// An address that is told what changed, as soon as the public can see it.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "webhook")]
pub struct Model {
    /// Which.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: WebhookId,
    /// Where it is told.
    pub url: String,
    /// What it is for, in a few words.
    pub description: String,
    /// Whether it is told at present.
    pub enabled: bool,
    /// What it is told of: a list of [`Topic`].
    pub topics: Json,
    /// How often its secret was made anew.
    pub secret_number: i32,
    /// When that was last; the secret before it counts for a while after.
    pub secret_renewed_at: Option<DateTime<Utc>>,
    /// When it was added.
    pub created_at: DateTime<Utc>,
    /// By whom.
    pub created_by: Option<UserId>,
}

/// None that a query follows.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Something that a webhook can be told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, Enum)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[graphql(name = "WebhookTopic")]
pub enum Topic {
    /// The public sees something else: `content.changed`.
    ContentChanged,
    /// Somebody wrote, and it does not look like spam: `lead.received`.
    LeadReceived,
    /// Somebody cannot wait: `lead.urgent`.
    LeadUrgent,
    /// Somebody should have acted by now: `lead.overdue`.
    LeadOverdue,
    /// A lead got further, ended or was reopened: `lead.status`.
    LeadStatus,
    /// A person was erased, and must be wherever else they are: `lead.erased`.
    LeadErased,
}

impl Topic {
    /// As a message names it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::ContentChanged => "content.changed",
            Self::LeadReceived => "lead.received",
            Self::LeadUrgent => "lead.urgent",
            Self::LeadOverdue => "lead.overdue",
            Self::LeadStatus => "lead.status",
            Self::LeadErased => "lead.erased",
        }
    }
}

impl Model {
    /// What it is told of; what a later version knows is left out.
    pub fn topics(&self) -> Vec<Topic> {
        let topics = self.topics.as_array().into_iter().flatten();
        topics.filter_map(|topic| serde_json::from_value(topic.clone()).ok()).collect()
    }
}
