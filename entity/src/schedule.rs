//! Something that is to be published or taken back at a time.

use async_graphql::Enum;
use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::id::{EntryId, RevisionId, ScheduleId, UserId};

/// Something that is to be published or taken back at a time.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "schedule")]
pub struct Model {
    /// Which.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ScheduleId,
    /// The page or therapy.
    pub entry_id: EntryId,
    /// What is to be done with it.
    pub action: ScheduleAction,
    /// What is to be public, as it was looked at; nothing where it is taken back.
    pub revision_id: Option<RevisionId>,
    /// When; not before.
    pub run_at: DateTime<Utc>,
    /// The time zone in which that time was chosen, for showing it: `Europe/Berlin`.
    pub time_zone: String,
    /// Who wants it; it is done in their name.
    pub created_by: UserId,
    /// When they said so.
    pub created_at: DateTime<Utc>,
    /// What became of it.
    pub state: ScheduleState,
    /// Why it could not be done, as a sentence.
    pub error: Option<String>,
    /// When it was done, failed or was cancelled.
    pub done_at: Option<DateTime<Utc>>,
}

/// None that a query follows.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// What is to be done at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, Enum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum ScheduleAction {
    /// Make it public.
    Publish,
    /// Take it back from the public.
    Unpublish,
}

/// What became of something scheduled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, Enum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum ScheduleState {
    /// Its time is to come.
    Pending,
    /// It was done.
    Done,
    /// Its time came and it could not be done; `error` says why.
    Failed,
    /// Somebody called it off, put another time in its place or has read why it failed.
    Cancelled,
}
