//! One immutable snapshot of an entry.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

use crate::id::{EntryId, RevisionId, UserId};

/// One immutable snapshot of an entry.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "revision")]
pub struct Model {
    /// Which.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RevisionId,
    /// Of what.
    pub entry_id: EntryId,
    /// Counts from 1 within its entry; an autosave has the number of the version it becomes.
    pub number: i32,
    /// Whether somebody meant it as a version.
    pub kind: RevisionKind,
    /// The window it was written in; nobody's for what no window autosaves.
    pub tab: Option<Uuid>,
    /// The whole document: `PageContent` or `TherapyContent`.
    pub content: Json,
    /// Why it was saved.
    pub note: Option<String>,
    /// Who saved it; nobody for what came with the installation.
    pub author_id: Option<UserId>,
    /// When.
    pub created_at: DateTime<Utc>,
}

/// None that a query follows.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Whether somebody meant a snapshot as a version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, async_graphql::Enum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum RevisionKind {
    /// Somebody saved it, or made it public.
    Saved,
    /// The editor saved it while somebody was writing.
    Autosave,
}
