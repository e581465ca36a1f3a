//! One entry of a lead's timeline. It never changes.

use async_graphql::Enum;
use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::id::{LeadEventId, LeadId, UserId};

/// One entry of a lead's timeline. It never changes.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "lead_event")]
pub struct Model {
    /// Which.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: LeadEventId,
    /// Of which lead.
    pub lead_id: LeadId,
    /// Counts from 1 within its lead.
    pub seq: i32,
    /// What happened.
    pub kind: LeadEventKind,
    /// When.
    pub at: DateTime<Utc>,
    /// Who did it.
    pub actor_id: Option<UserId>,
    /// Ids and enums that belong to it; nothing personal.
    pub meta: Json,
    /// A note's words, sealed.
    pub text: Option<Vec<u8>>,
}

/// None that a query follows.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// What happened to a lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, Enum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum LeadEventKind {
    /// It came.
    Received,
    /// Somebody looked at the person in clear.
    Viewed,
    /// Somebody took it, was given it, or gave it back.
    Assigned,
    /// Its status changed.
    Status,
    /// Whoever was admitted was handed over to those who treat them.
    HandedOver,
    /// A place that can help them was told of them.
    Referred,
    /// They took back that it may be told of them.
    ReferralRevoked,
    /// Somebody set right who a person is, or how they are reached.
    Corrected,
    /// Somebody wrote something down.
    Note,
    /// Somebody called.
    Call,
    /// Somebody wrote a text message.
    Text,
    /// Somebody wrote an e-mail.
    Email,
    /// Somebody said when it goes on.
    NextAction,
    /// Something is to be done for them, was changed or is done.
    Task,
    /// It became urgent, or is so no more.
    Priority,
    /// Somebody wrote down what is known of the insurance.
    Insurance,
    /// Somebody said how closely the person is to be looked after.
    LevelOfCare,
    /// The person was given a good-faith estimate of what treatment costs.
    EstimateGiven,
    /// It looked like spam, and somebody said that it is none.
    Cleared,
    /// A person agreed to something by word.
    ConsentGiven,
    /// A person took back what they had agreed to.
    ConsentWithdrawn,
    /// The person asked not to be contacted any more, by any way.
    Suppressed,
    /// That was taken back.
    SuppressionLifted,
    /// Whoever had it did not try in time, and it went back into the queue.
    LeaseExpired,
    /// It was brought together with another lead of the same person.
    Merged,
    /// They were taken apart again.
    Unmerged,
    /// Who wrote was taken out in a file.
    Exported,
    /// It is kept for a legal matter.
    Held,
    /// It is so no more.
    Released,
    /// The person was erased.
    Erased,
}
