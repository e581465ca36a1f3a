//! Anything that is published, as publishing sees it: where it is, what is live, what is drafted.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{
    id::{EntryId, PageId, RevisionId, TherapyId, UserId},
    revision,
};

/// Anything that is published, as publishing sees it: where it is, what is live, what is drafted.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "entry")]
pub struct Model {
    /// Which; the page or therapy has the same.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: EntryId,
    /// What it is.
    pub kind: EntryKind,
    /// What it stands below.
    pub parent_id: Option<EntryId>,
    /// The last part of its path; empty for the home page.
    pub slug: String,
    /// Where it is; unique.
    pub path: String,
    /// Of the latest draft.
    pub title: String,
    /// Of what the public reads; null when nothing is public.
    pub live_title: Option<String>,
    /// What the public reads.
    pub live_revision_id: Option<RevisionId>,
    /// What an editor reads.
    pub latest_revision_id: Option<RevisionId>,
    /// When what is live was published.
    pub published_at: Option<DateTime<Utc>>,
    /// When it was first public; stays.
    pub first_published_at: Option<DateTime<Utc>>,
    /// Whether search engines are asked to leave out what is live.
    pub no_index: bool,
    /// Whether the latest draft says what is public, word for word.
    pub says_live: bool,
    /// Findings that keep the latest draft from being public, when it was last looked at.
    pub blockers: i32,
    /// Findings that are only worth a look and that nobody let stand, when it was last looked at.
    pub warnings: i32,
    /// When the latest draft was last looked at; null from when it is saved until it is.
    pub looked_at: Option<DateTime<Utc>>,
    /// When it was put into the trash.
    pub trashed_at: Option<DateTime<Utc>>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When a draft was last saved.
    pub updated_at: DateTime<Utc>,
    /// By whom.
    pub updated_by: Option<UserId>,
}

impl Model {
    /// Its id as the public knows it: that of the page or therapy it is.
    pub fn public_id(&self) -> String {
        match self.kind {
            EntryKind::Page => PageId(self.id.0).to_string(),
            EntryKind::Therapy => TherapyId(self.id.0).to_string(),
        }
    }
}

/// None that a query follows.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// The path of the list of therapies, below which each of them stands.
pub const THERAPIES: &str = "/therapies";

/// What sort of thing is published.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, async_graphql::Enum,
)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum EntryKind {
    /// A page of the site.
    Page,
    /// A therapy.
    Therapy,
}

impl EntryKind {
    /// The path of what it stands below, where that is no entry.
    pub fn below(self) -> Option<&'static str> {
        match self {
            Self::Page => None,
            Self::Therapy => Some(THERAPIES),
        }
    }

    /// What it is called in a sentence: "page".
    pub fn noun(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Therapy => "therapy",
        }
    }
}

/// From an entry to the revision the public reads.
pub struct LiveRevision;

/// From an entry to its latest draft.
pub struct LatestRevision;

impl Linked for LiveRevision {
    type FromEntity = Entity;
    type ToEntity = revision::Entity;

    fn link(&self) -> Vec<RelationDef> {
        vec![Entity::belongs_to(revision::Entity).from(Column::LiveRevisionId).to(revision::Column::Id).into()]
    }
}

impl Linked for LatestRevision {
    type FromEntity = Entity;
    type ToEntity = revision::Entity;

    fn link(&self) -> Vec<RelationDef> {
        vec![Entity::belongs_to(revision::Entity).from(Column::LatestRevisionId).to(revision::Column::Id).into()]
    }
}
