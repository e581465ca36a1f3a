//! The forms in which people write in confidence: front ends read them over GraphQL, the built-in site draws them from here.
//!
//! What a form asks and says is data (`entity::lead_form_version`); what each field is (its type, its limits, its answers) is
//! known here, because the intake takes no other. A field's name is its path in `SubmitLeadInput`, so a problem's path finds its
//! field.

mod catalog;
mod drawing;
pub mod standard;
pub mod version;

use async_graphql::Enum;
use entity::lead_form_version::{Choice, Definition, LeadField, Question};

pub use self::{
    catalog::{LeadForms, ensure},
    drawing::{
        CHALLENGE_PATH, Own, PROOF, RenderedFor, SCRIPT_PATH, Values, WORKER_PATH, crisis_notice, html, script, shown,
        site_forms,
    },
};
use super::{consent::Wordings, contact};
use crate::email;

/// The key of the form that every installation has.
pub const CONFIDENTIAL: &str = "confidential";
/// The key of what a colleague writes down on the telephone: no form that a visitor can send.
pub const CALL: &str = "call";

/// How a field is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum FieldType {
    /// One line.
    Text,
    /// A telephone number.
    Tel,
    /// An e-mail address.
    Email,
    /// Several lines.
    Textarea,
    /// One of `options`, all of them seen.
    Radio,
    /// One of `options`, or none.
    Select,
    /// Yes or no; unticked at first.
    Checkbox,
}

/// Characters of a message, at the most.
pub const MOST_MESSAGE: usize = 4_000;
/// Characters about an insurance, at the most.
pub const MOST_INSURANCE: usize = 200;
/// Characters about the best time, at the most.
pub const MOST_BEST_TIME: usize = 100;

/// What a field is, whatever a form calls it.
#[derive(Clone, Copy, Debug)]
pub struct Known {
    /// Its path in `SubmitLeadInput`.
    pub path: &'static str,
    /// How it is drawn.
    pub kind: FieldType,
    /// The token of the HTML standard that lets a browser fill it in.
    pub autocomplete: Option<&'static str>,
    /// How many characters it may have, where something is typed.
    pub max_length: Option<usize>,
    /// The answers there are.
    pub values: &'static [&'static str],
}

/// Every field there is.
pub const FIELDS: [LeadField; 12] = [
    LeadField::Name,
    LeadField::Phone,
    LeadField::Email,
    LeadField::Relationship,
    LeadField::Message,
    LeadField::UnderAge,
    LeadField::Insurance,
    LeadField::Voicemail,
    LeadField::SayWhoCalls,
    LeadField::Text,
    LeadField::Preferred,
    LeadField::BestTime,
];

/// What `field` is.
pub const fn known(field: LeadField) -> Known {
    const fn of(path: &'static str, kind: FieldType, max_length: Option<usize>) -> Known {
        Known { path, kind, autocomplete: None, max_length, values: &[] }
    }
    const fn filled_in(autocomplete: &'static str, known: Known) -> Known {
        Known { autocomplete: Some(autocomplete), ..known }
    }
    const fn one_of(values: &'static [&'static str], known: Known) -> Known {
        Known { values, ..known }
    }
    match field {
        LeadField::Name => filled_in("name", of("name", FieldType::Text, Some(contact::MOST_NAME))),
        LeadField::Phone => filled_in("tel", of("contact.phone", FieldType::Tel, Some(contact::MOST_PHONE))),
        LeadField::Email => filled_in("email", of("contact.email", FieldType::Email, Some(email::MOST_BYTES))),
        LeadField::Relationship => {
            one_of(&["SELF", "LOVED_ONE", "PROFESSIONAL", "OTHER"], of("relationship", FieldType::Radio, None))
        }
        LeadField::Message => of("message", FieldType::Textarea, Some(MOST_MESSAGE)),
        LeadField::UnderAge => one_of(&["NOT_SAID", "NO", "YES"], of("underAge", FieldType::Radio, None)),
        LeadField::Insurance => of("insurance", FieldType::Text, Some(MOST_INSURANCE)),
        LeadField::Voicemail => of("safeContact.voicemail", FieldType::Checkbox, None),
        LeadField::SayWhoCalls => of("safeContact.sayWhoCalls", FieldType::Checkbox, None),
        LeadField::Text => of("safeContact.text", FieldType::Checkbox, None),
        LeadField::Preferred => {
            one_of(&["PHONE", "TEXT", "EMAIL"], of("safeContact.preferred", FieldType::Select, None))
        }
        LeadField::BestTime => of("safeContact.bestTime", FieldType::Text, Some(MOST_BEST_TIME)),
    }
}

/// A field of a form.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its path in `SubmitLeadInput`.
    pub name: &'static str,
    /// What it is called.
    pub label: String,
    /// How it is drawn.
    pub kind: FieldType,
    /// Whether it must be filled in.
    pub required: bool,
    /// The token of the HTML standard that lets a browser fill it in.
    pub autocomplete: Option<&'static str>,
    /// Why it is asked, or how to answer; may be empty.
    pub help: String,
    /// What is said where it is missing or wrong; empty for the usual words.
    pub problem: String,
    /// How many characters it may have, where something is typed.
    pub max_length: Option<usize>,
    /// The answers to choose from.
    pub options: Vec<Choice>,
}

impl From<Question> for Field {
    fn from(it: Question) -> Self {
        let Known { path, kind, autocomplete, max_length, .. } = known(it.field);
        Self {
            name: path,
            label: it.label,
            kind,
            required: it.required,
            autocomplete,
            help: it.help,
            problem: it.problem,
            max_length,
            options: it.options,
        }
    }
}

/// What is asked together.
#[derive(Clone, Debug)]
pub struct Step {
    /// What stands above it; empty for the first.
    pub title: String,
    /// What is asked, in order.
    pub fields: Vec<Field>,
}

/// A version of a form.
#[derive(Clone, Debug)]
pub struct Form {
    /// Its key: `confidential`.
    pub key: String,
    /// Which version.
    pub version: i32,
    /// What stands above it.
    pub heading: String,
    /// A sentence before the first field.
    pub intro: String,
    /// What is asked: the first step at once, the others folded.
    pub steps: Vec<Step>,
    /// What the button says.
    pub button: String,
    /// What is said once it is sent.
    pub thanks: String,
    /// What must be agreed to, and what may be.
    pub consents: Wordings,
}

impl Form {
    /// Version `version` of the form of that key.
    pub fn new(key: &str, version: i32, definition: Definition, consents: Wordings) -> Self {
        let Definition { heading, intro, steps, button, thanks } = definition;
        let steps = steps
            .into_iter()
            .map(|step| Step { title: step.title, fields: step.fields.into_iter().map(Field::from).collect() });
        Self { key: key.to_owned(), version, heading, intro, steps: steps.collect(), button, thanks, consents }
    }

    /// What is asked, in order.
    pub fn fields(&self) -> impl Iterator<Item = &Field> {
        self.steps.iter().flat_map(|step| &step.fields)
    }

    /// The field of that path, where this form asks for it.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields().find(|field| field.name == name)
    }
}
