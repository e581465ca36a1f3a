//! A person of a lead, sealed: who wrote, or who needs help.

use async_graphql::Enum;
use sea_orm::{ActiveValue::Set, entity::prelude::*};
use serde::{Deserialize, Serialize};

use crate::id::{LeadId, LeadPersonId};

/// A person of a lead, sealed: who wrote, or who needs help.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "lead_person")]
pub struct Model {
    /// Which.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: LeadPersonId,
    /// Of which lead.
    pub lead_id: LeadId,
    /// Who wrote, or who needs help.
    pub role: LeadPersonRole,
    /// Sealed.
    pub name: Option<Vec<u8>>,
    /// Sealed; E.164 and the extension.
    pub phone: Option<Vec<u8>>,
    /// Blind index of the E.164 number, 16 bytes.
    pub phone_index: Option<Vec<u8>>,
    /// Sealed.
    pub email: Option<Vec<u8>>,
    /// Blind index of the address in lower case, 16 bytes.
    pub email_index: Option<Vec<u8>>,
}

/// None that a query follows.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl ActiveModel {
    /// Whoever somebody writes for, as long as nobody has said who that is.
    pub fn unknown_patient(lead: LeadId) -> Self {
        Self {
            id: Set(LeadPersonId::new()),
            lead_id: Set(lead),
            role: Set(LeadPersonRole::Patient),
            name: Set(None),
            phone: Set(None),
            phone_index: Set(None),
            email: Set(None),
            email_index: Set(None),
        }
    }
}

/// Who a person of a lead is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum LeadPersonRole {
    /// Who wrote and consented.
    Inquirer,
    /// Who needs help, where that is somebody else.
    Patient,
}

/// What of a person was set right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Enum)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum LeadPersonField {
    /// How they are called.
    Name,
    /// Where to call them.
    Phone,
    /// Where to write to them.
    Email,
    /// For whom they write.
    Relationship,
    /// What is safe, and the way they like best.
    SafeContact,
}
