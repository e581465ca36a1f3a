//! Somebody who asked for help. Whatever names the person is sealed, in `lead_person` and `lead_intake`.

use async_graphql::Enum;
use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{
    content::LevelOfCare,
    id::{LeadId, LocationId, PageId, RevisionId, UserId},
};

/// Somebody who asked for help. Whatever names the person is sealed, in `lead_person` and `lead_intake`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "lead")]
pub struct Model {
    /// Which.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: LeadId,
    /// What staff call it on the telephone; unique: `HS-7F3K2`.
    pub reference: String,
    /// Raised by every change.
    pub version: i32,
    /// How far it got.
    pub status: LeadStatus,
    /// How it ended, once closed.
    pub outcome: Option<LeadOutcome>,
    /// How soon somebody must answer.
    pub priority: LeadPriority,
    /// When it came.
    pub received_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
    /// Until when somebody must have tried to reach the person.
    pub respond_by: DateTime<Utc>,
    /// When somebody first tried.
    pub first_attempt_at: Option<DateTime<Utc>>,
    /// When the person was first reached.
    pub first_contact_at: Option<DateTime<Utc>>,
    /// When somebody must act next; every open lead has one, no other does.
    pub next_action_at: Option<DateTime<Utc>>,
    /// Until when whoever took it must have tried, or it goes back into the queue.
    pub lease_until: Option<DateTime<Utc>>,
    /// When it was closed.
    pub closed_at: Option<DateTime<Utc>>,
    /// When the person was erased.
    pub erased_at: Option<DateTime<Utc>>,
    /// Since when it is kept for a legal matter.
    pub held_at: Option<DateTime<Utc>>,
    /// The lead of the same person that it was brought together with.
    pub merged_into_id: Option<LeadId>,
    /// When it was.
    pub merged_at: Option<DateTime<Utc>>,
    /// Who works it.
    pub assignee_id: Option<UserId>,
    /// By which form it came.
    pub form_key: String,
    /// In which version of it; none of what was said on the telephone.
    pub form_version: Option<i32>,
    /// From which page.
    pub page_id: Option<PageId>,
    /// From which revision of it.
    pub revision_id: Option<RevisionId>,
    /// From which place on it.
    pub placement: Option<String>,
    /// The path it came from, without query.
    pub landing_path: String,
    /// The title of that page then.
    pub page_title: Option<String>,
    /// The host of the link that led there; gone once erased, like what a campaign's link says of itself.
    pub referrer_host: Option<String>,
    /// Where that link stood.
    pub utm_source: Option<String>,
    /// Of what kind that is.
    pub utm_medium: Option<String>,
    /// What the campaign is called.
    pub utm_campaign: Option<String>,
    /// The words that were searched for.
    pub utm_term: Option<String>,
    /// Which of the campaign's links it was.
    pub utm_content: Option<String>,
    /// For whom.
    pub relationship: LeadRelationship,
    /// How the person would like to be answered.
    pub preferred_contact: Option<ContactMethod>,
    /// How closely they are to be looked after; gone once erased.
    pub level_of_care: Option<LevelOfCare>,
    /// When the person comes, once a day is agreed; gone once erased.
    pub arrives_at: Option<DateTime<Utc>>,
    /// To which place. It may be gone from the library.
    pub location_id: Option<LocationId>,
    /// When those who treat the person had what they need to know; what time the lead is kept for begins with it.
    pub handed_over_at: Option<DateTime<Utc>>,
    /// Whether a voicemail is safe.
    pub safe_voicemail: bool,
    /// Whether a text is safe.
    pub safe_text: bool,
    /// Whether to say who calls.
    pub safe_say_who: bool,
    /// Whether it looks like spam; it is kept all the same.
    pub suspected_spam: bool,
    /// Why: a list of words.
    pub spam_reasons: Json,
    /// Keyed hash of the submission's idempotency key; unique.
    pub idempotency_hash: Vec<u8>,
    /// Keyed hash of the submission.
    pub body_hash: Vec<u8>,
    /// Keyed hash of the ways to answer and the message; none where somebody called, and once erased.
    pub fingerprint_hash: Option<Vec<u8>>,
    /// The data key, wrapped; gone once erased.
    pub dek_wrapped: Option<Vec<u8>>,
    /// By which key it is wrapped.
    pub kek_id: String,
}

/// None that a query follows.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// How far a lead got.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, Enum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum LeadStatus {
    /// Nobody has tried to answer yet.
    New,
    /// Somebody has tried.
    Attempting,
    /// The person was reached.
    Contacted,
    /// The centre can help.
    Qualified,
    /// A day is agreed.
    Scheduled,
    /// The person is here.
    Admitted,
    /// It has ended; see the outcome.
    Closed,
}

/// How soon somebody must answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, Enum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum LeadPriority {
    /// Within minutes, in staffed hours.
    Normal,
    /// At once, round the clock.
    Urgent,
}

/// How a lead ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, Enum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum LeadOutcome {
    /// The person found treatment somewhere else.
    AdmittedElsewhere,
    /// The centre sent the person on.
    ReferredOut,
    /// The person does not want help now.
    NotInterested,
    /// Nobody could be reached.
    Unreachable,
    /// The centre cannot help.
    NotEligible,
    /// It was never a person.
    Spam,
    /// The same person wrote before.
    Duplicate,
    /// Anything else; a note says what.
    Other,
}

/// What came of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Enum)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum CallOutcome {
    /// The person, or whom they named, was spoken to.
    Reached,
    /// A message was left; only where that is safe.
    Voicemail,
    /// Nobody answered.
    NoAnswer,
    /// The line was busy.
    Busy,
    /// Somebody else has that number.
    WrongNumber,
    /// They did not want to speak.
    Refused,
}

/// How somebody was written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Enum)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum MessageChannel {
    /// By text message; only where that is safe and agreed to.
    Text,
    /// By e-mail.
    Email,
}

/// For whom somebody writes.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, Enum,
)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum LeadRelationship {
    /// For themself.
    #[default]
    #[serde(rename = "SELF")]
    #[graphql(name = "SELF")]
    Oneself,
    /// For somebody they love.
    LovedOne,
    /// For somebody they care for by profession.
    Professional,
    /// Anything else.
    Other,
}

/// How somebody would like to be answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, Enum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ContactMethod {
    /// A call.
    Phone,
    /// A text message.
    Text,
    /// An e-mail.
    Email,
}
