//! That whoever has a number or an address asked not to be contacted. It names nobody, and outlives their leads.

use async_graphql::Enum;
use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::id::UserId;

/// That whoever has a number or an address asked not to be contacted. It names nobody, and outlives their leads.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "lead_suppression")]
pub struct Model {
    /// Blind index of the number or the address, 16 bytes; as in `lead_person`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub hash: Vec<u8>,
    /// Which of the two it is.
    pub kind: SuppressedContact,
    /// When they asked the last time.
    pub since: DateTime<Utc>,
    /// How that is known.
    pub reason: SuppressionReason,
    /// Who wrote it down.
    pub actor_id: Option<UserId>,
}

/// None that a query follows.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// What somebody is not to be contacted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum SuppressedContact {
    /// A telephone number.
    Phone,
    /// An e-mail address.
    Email,
}

/// How it is known that somebody is not to be contacted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, Enum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum SuppressionReason {
    /// They said so.
    Said,
    /// They answered STOP to a text message.
    AnsweredStop,
    /// They wrote so.
    Wrote,
    /// They may come to harm by it.
    Harm,
}
