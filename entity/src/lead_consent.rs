//! A consent that was given. Only `withdrawn_at` is ever added.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{
    id::{ConsentTextId, LeadConsentId, LeadId},
    lead_person::LeadPersonRole,
};

/// A consent that was given. Only `withdrawn_at` is ever added.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "lead_consent")]
pub struct Model {
    /// Which.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: LeadConsentId,
    /// In which lead.
    pub lead_id: LeadId,
    /// By whom of its people.
    pub person_role: LeadPersonRole,
    /// To which words.
    pub consent_text_id: ConsentTextId,
    /// By which ways: a list of `CALL`, `TEXT`, `EMAIL`, `VOICEMAIL`.
    pub scopes: Json,
    /// Whose hand it was.
    pub ticked_by: TickedBy,
    /// When.
    pub at: DateTime<Utc>,
    /// When it was taken back.
    pub withdrawn_at: Option<DateTime<Utc>>,
}

/// None that a query follows.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Who ticked a consent's box.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum TickedBy {
    /// Who wrote.
    Inquirer,
    /// Who needs help.
    Patient,
    /// A member of staff, on the telephone, for the person who said yes.
    Staff,
}
