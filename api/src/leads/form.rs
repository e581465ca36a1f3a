//! The confidential form, defined once: front ends read it over GraphQL, the built-in site draws it from here.
//!
//! A field's name is its path in `SubmitLeadInput`, so a problem's path finds its field.

mod drawing;

use async_graphql::Enum;

pub use self::drawing::{
    CHALLENGE_PATH, Own, PROOF, RenderedFor, SCRIPT_PATH, Values, WORKER_PATH, crisis_notice, html, script, site_forms,
};
use super::{consent::CurrentConsents, contact};
use crate::email;

/// The key of the one form there is.
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

/// One of the answers to choose from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What is sent.
    pub value: &'static str,
    /// What is read.
    pub label: &'static str,
}

/// A field of a form.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// Its path in `SubmitLeadInput`.
    pub name: &'static str,
    /// What it is called.
    pub label: &'static str,
    /// How it is drawn.
    pub kind: FieldType,
    /// Whether it must be filled in.
    pub required: bool,
    /// The token of the HTML standard that lets a browser fill it in.
    pub autocomplete: Option<&'static str>,
    /// Why it is asked, or how to answer; may be empty.
    pub help: &'static str,
    /// How many characters it may have, where something is typed.
    pub max_length: Option<usize>,
    /// The answers to choose from.
    pub options: &'static [Choice],
}

/// A form as it stands today.
#[derive(Clone, Debug)]
pub struct Form {
    /// Its key: `confidential`.
    pub key: &'static str,
    /// What it is called.
    pub title: &'static str,
    /// A sentence before the first field.
    pub intro: &'static str,
    /// What is asked, in order.
    pub fields: &'static [Field],
    /// What must be agreed to, and what may be.
    pub consents: CurrentConsents,
}

const fn field(name: &'static str, label: &'static str, kind: FieldType, help: &'static str) -> Field {
    Field { name, label, kind, required: false, autocomplete: None, help, max_length: None, options: &[] }
}

/// Characters of a message, at the most.
pub const MOST_MESSAGE: usize = 4_000;
/// Characters about an insurance, at the most.
pub const MOST_INSURANCE: usize = 200;
/// Characters about the best time, at the most.
pub const MOST_BEST_TIME: usize = 100;

const NAME: Field = Field {
    required: true,
    autocomplete: Some("name"),
    max_length: Some(contact::MOST_NAME),
    ..field("name", "Your name", FieldType::Text, "What may we call you? A first name is enough.")
};
const PHONE: Field = Field {
    autocomplete: Some("tel"),
    max_length: Some(contact::MOST_PHONE),
    ..field(
        "contact.phone",
        "Phone",
        FieldType::Tel,
        "A phone number or an e-mail address, so that we can answer you. Both is fine.",
    )
};
const EMAIL: Field = Field {
    autocomplete: Some("email"),
    max_length: Some(email::MOST_BYTES),
    ..field("contact.email", "E-mail", FieldType::Email, "")
};
const RELATIONSHIP: Field = Field {
    options: &[
        Choice { value: "SELF", label: "Me" },
        Choice { value: "LOVED_ONE", label: "Somebody I care about" },
        Choice { value: "PROFESSIONAL", label: "A patient or client of mine" },
        Choice { value: "OTHER", label: "Somebody else" },
    ],
    ..field("relationship", "Who is it for?", FieldType::Radio, "")
};
const UNDER_AGE: Field = Field {
    options: &[
        Choice { value: "NOT_SAID", label: "I would rather not say" },
        Choice { value: "NO", label: "No" },
        Choice { value: "YES", label: "Yes" },
    ],
    ..field(
        "underAge",
        "Is the person who needs help under 18?",
        FieldType::Radio,
        "Young people have rights of their own, so somebody who knows them answers you.",
    )
};
const MESSAGE: Field = Field {
    max_length: Some(MOST_MESSAGE),
    ..field(
        "message",
        "Message",
        FieldType::Textarea,
        "Only what you want to say now. You can tell us the rest on the phone.",
    )
};
const INSURANCE: Field = Field {
    max_length: Some(MOST_INSURANCE),
    ..field(
        "insurance",
        "Insurance",
        FieldType::Text,
        "The name of the company; “none” and “not sure” are answers too.",
    )
};
const VOICEMAIL: Field = field("safeContact.voicemail", "You may leave a voicemail", FieldType::Checkbox, "");
const SAY_WHO: Field = field("safeContact.sayWhoCalls", "You may say who is calling", FieldType::Checkbox, "");
const TEXT: Field = field("safeContact.text", "You may send me text messages", FieldType::Checkbox, "");
const PREFERRED: Field = Field {
    options: &[
        Choice { value: "PHONE", label: "A call" },
        Choice { value: "TEXT", label: "A text message" },
        Choice { value: "EMAIL", label: "An e-mail" },
    ],
    ..field("safeContact.preferred", "Best way to reach you", FieldType::Select, "")
};
const BEST_TIME: Field = Field {
    max_length: Some(MOST_BEST_TIME),
    ..field("safeContact.bestTime", "Best time", FieldType::Text, "Such as “weekdays after six”.")
};

const FIELDS: [Field; 12] =
    [NAME, PHONE, EMAIL, RELATIONSHIP, MESSAGE, UNDER_AGE, INSURANCE, VOICEMAIL, SAY_WHO, TEXT, PREFERRED, BEST_TIME];

/// The confidential form with the wordings in force.
pub fn confidential(consents: CurrentConsents) -> Form {
    Form {
        key: CONFIDENTIAL,
        title: "Write to us in confidence",
        intro: "Fields are optional unless they say “required”. What you write is encrypted, and only those who answer requests here can read it.",
        fields: &FIELDS,
        consents,
    }
}
