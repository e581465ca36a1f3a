//! What a version of a form asks and says. It never changes; a change is the next version.

use async_graphql::{Enum, InputObject, SimpleObject};
use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::id::{ConsentTextId, UserId};

/// What a version of a form asks and says. It never changes; a change is the next version.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "lead_form_version")]
pub struct Model {
    /// Of which form.
    #[sea_orm(primary_key, auto_increment = false)]
    pub form_key: String,
    /// Counts from 1 within its form.
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i32,
    /// A [`Definition`].
    pub definition: Json,
    /// The words of the consent to be contacted.
    pub contact_text_id: ConsentTextId,
    /// The words of the consent to text messages.
    pub texts_text_id: ConsentTextId,
    /// Who saved it; nobody for what came with the installation.
    pub author_id: Option<UserId>,
    /// When.
    pub created_at: DateTime<Utc>,
}

/// None that a query follows.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// What a form asks and says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, SimpleObject, InputObject)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[graphql(name = "LeadFormDefinition", input_name = "LeadFormDefinitionInput")]
pub struct Definition {
    /// What stands above it, at most 120 characters.
    pub heading: String,
    /// A sentence before the first field, at most 600 characters; may be empty.
    pub intro: String,
    /// What is asked, in order: the first step at once, the others folded until they are wanted. 1 to 6.
    pub steps: Vec<Step>,
    /// What the button says, at most 60 characters.
    pub button: String,
    /// What is said once it is sent, at most 600 characters; an empty line begins a paragraph.
    pub thanks: String,
}

/// What is asked together.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, SimpleObject, InputObject)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[graphql(name = "LeadFormStep", input_name = "LeadFormStepInput")]
pub struct Step {
    /// What stands above it, at most 120 characters; empty for the first.
    pub title: String,
    /// What is asked, each field once in a form.
    pub fields: Vec<Question>,
}

/// How a form asks for a field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, SimpleObject, InputObject)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[graphql(name = "LeadFormQuestion", input_name = "LeadFormQuestionInput")]
pub struct Question {
    /// What it asks for.
    pub field: LeadField,
    /// What it is called, at most 120 characters.
    pub label: String,
    /// Why it is asked, or how to answer, at most 300 characters; may be empty.
    #[serde(default)]
    #[graphql(default)]
    pub help: String,
    /// Whether it must be filled in: NAME always, one of PHONE and EMAIL if you want, no other.
    #[serde(default)]
    #[graphql(default)]
    pub required: bool,
    /// What is said where it is missing or wrong, at most 200 characters; empty for the usual words.
    #[serde(default)]
    #[graphql(default)]
    pub problem: String,
    /// The answers to choose from, in order; empty where there are none.
    #[serde(default)]
    #[graphql(default)]
    pub options: Vec<Choice>,
}

/// An answer to choose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, SimpleObject, InputObject)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[graphql(name = "LeadFormChoice", input_name = "LeadFormChoiceInput")]
pub struct Choice {
    /// What is sent: one of those that the field knows.
    pub value: String,
    /// What is read, at most 120 characters.
    pub label: String,
}

/// What a form can ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Enum)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum LeadField {
    /// What the person may be called. Every form asks for it.
    Name,
    /// A telephone number; a form asks for it, for EMAIL, or for both.
    Phone,
    /// An e-mail address.
    Email,
    /// For whom they write: SELF, LOVED_ONE, PROFESSIONAL, OTHER.
    Relationship,
    /// What they want to say.
    Message,
    /// Whether the person who needs help is under 18: NOT_SAID, NO, YES.
    UnderAge,
    /// Who insures them.
    Insurance,
    /// Whether a voicemail may be left.
    Voicemail,
    /// Whether the caller may say who calls.
    SayWhoCalls,
    /// Whether texts may be sent. It is asked in the words of the consent to texts.
    Text,
    /// How they like best to be reached: PHONE, TEXT, EMAIL.
    Preferred,
    /// When it is best.
    BestTime,
}
