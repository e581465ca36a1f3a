//! A warning that somebody let stand.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

use crate::id::{EntryId, UserId};

/// A warning that somebody let stand.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "check_waiver")]
pub struct Model {
    /// On which page or therapy.
    #[sea_orm(primary_key, auto_increment = false)]
    pub entry_id: EntryId,
    /// Which finding.
    #[sea_orm(primary_key, auto_increment = false)]
    pub check_id: String,
    /// Why it may stay.
    pub reason: String,
    /// Who decided it.
    pub waived_by: Option<UserId>,
    /// When.
    pub waived_at: DateTime<Utc>,
}

/// To the colleague who decided it.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
#[allow(missing_docs, reason = "the relation is named after what it leads to")]
pub enum Relation {
    #[sea_orm(belongs_to = "super::user::Entity", from = "Column::WaivedBy", to = "super::user::Column::Id")]
    User,
}

impl Related<super::user::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::User.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
