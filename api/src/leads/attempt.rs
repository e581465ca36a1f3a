//! What was tried to reach a person, and whether they allow it.

use chrono::{DateTime, Utc};
use entity::{
    lead::{self, CallOutcome, MessageChannel},
    lead_event::LeadEventKind,
    lead_person,
    problem::{ProblemCode, Problems},
};
use serde_json::{Value, json};

/// The longest call that is written down, in seconds.
const LONGEST_CALL: i32 = 4 * 60 * 60;

/// What was tried to reach a person.
#[derive(Clone, Copy, Debug)]
pub enum Attempt {
    /// A call.
    Call {
        /// What came of it.
        outcome: CallOutcome,
        /// How long it was, in seconds.
        seconds: Option<i32>,
    },
    /// A message that was sent from elsewhere.
    Message {
        /// How.
        channel: MessageChannel,
        /// Whether the person has answered.
        answered: bool,
    },
}

impl Attempt {
    /// What the timeline calls it.
    pub fn kind(self) -> LeadEventKind {
        match self {
            Self::Call { .. } => LeadEventKind::Call,
            Self::Message { channel: MessageChannel::Text, .. } => LeadEventKind::Text,
            Self::Message { channel: MessageChannel::Email, .. } => LeadEventKind::Email,
        }
    }

    /// What the timeline keeps of it: nothing personal.
    pub fn meta(self, next: Option<DateTime<Utc>>) -> Value {
        match self {
            Self::Call { outcome, seconds } => json!({ "call": outcome, "seconds": seconds, "next": next }),
            Self::Message { answered, .. } => json!({ "answered": answered, "next": next }),
        }
    }

    /// Whether the person was reached.
    pub fn reached(self) -> bool {
        match self {
            Self::Call { outcome, .. } => outcome == CallOutcome::Reached,
            Self::Message { answered, .. } => answered,
        }
    }

    /// Records what is wrong with it: above all, what the person did not allow.
    pub fn check(self, lead: &lead::Model, person: Option<&lead_person::Model>, problems: &mut Problems) {
        let has_phone = person.is_some_and(|person| person.phone.is_some());
        match self {
            Self::Call { outcome, seconds } => {
                if seconds.is_some_and(|seconds| !(0..=LONGEST_CALL).contains(&seconds)) {
                    let message = "Give the length of the call in seconds, up to four hours.";
                    problems.add("seconds", ProblemCode::Invalid, message);
                }
                if outcome == CallOutcome::Voicemail && !lead.safe_voicemail {
                    let message =
                        "This person did not allow messages on their voicemail. If one was left, say so in a note.";
                    problems.add("outcome", ProblemCode::Forbidden, message);
                }
                if !has_phone {
                    problems.add("id", ProblemCode::Forbidden, "This person gave no telephone number.");
                }
            }
            Self::Message { channel: MessageChannel::Text, .. } if !(lead.safe_text && has_phone) => {
                let message = "This person did not agree to text messages. If one was sent, say so in a note.";
                problems.add("channel", ProblemCode::Forbidden, message);
            }
            Self::Message { channel: MessageChannel::Email, .. }
                if person.is_none_or(|person| person.email.is_none()) =>
            {
                problems.add("channel", ProblemCode::Forbidden, "This person gave no e-mail address.");
            }
            Self::Message { .. } => {}
        }
    }
}
