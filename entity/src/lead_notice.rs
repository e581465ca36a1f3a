//! What a member of staff wants to be told of leads by e-mail. Without a row they are told what their role usually is.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

use crate::id::UserId;

/// What a member of staff wants to be told of leads by e-mail.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "lead_notice")]
pub struct Model {
    /// Who.
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: UserId,
    /// That somebody wrote.
    pub received: bool,
    /// That somebody cannot wait, again and again until a colleague takes them.
    pub urgent: bool,
    /// That it is nearly too late to act.
    pub due: bool,
    /// That a colleague gave them a lead.
    pub assigned: bool,
    /// When they last said so.
    pub updated_at: DateTime<Utc>,
}

/// None that a query follows.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
