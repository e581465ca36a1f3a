//! A time during which the public read one revision of an entry.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

use crate::id::{EntryId, PublicationId, RevisionId, UserId};

/// A time during which the public read one revision of an entry.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "publication")]
pub struct Model {
    /// Which.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PublicationId,
    /// Of what.
    pub entry_id: EntryId,
    /// What was read.
    pub revision_id: RevisionId,
    /// From when.
    pub published_at: DateTime<Utc>,
    /// Who made it public; nobody for what came with the installation.
    pub published_by: Option<UserId>,
    /// Until when; not yet, while it is public.
    pub ended_at: Option<DateTime<Utc>>,
}

/// None that a query follows.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
