//! An address that is told what changed.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

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
