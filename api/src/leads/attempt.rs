//! What was tried to reach a person, and whether they allow it.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, NaiveDate, Utc};
use entity::{
    id::LeadId,
    lead::{self, CallOutcome, MessageChannel},
    lead_event::{self, LeadEventKind},
    lead_person::{self, LeadPersonRole},
    problem::{ProblemCode, Problems},
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::ExprTrait};
use serde_json::{Value, json};

use super::{consent::ConsentScope, report::zone_of};
use crate::{db::padded, error::Result, library};

/// The longest call that is written down, in seconds.
const LONGEST_CALL: i32 = 4 * 60 * 60;
/// Whoever was tried less often, or on fewer days, may still be reached.
const ENOUGH: Tried = Tried { attempts: 5, days: 3 };

/// How much was tried to reach somebody.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tried {
    attempts: usize,
    /// Days at the centre on which one was made.
    days: usize,
}

impl Tried {
    /// Whether that is enough to say that nobody can be reached.
    pub fn is_enough(self) -> bool {
        self.attempts >= ENOUGH.attempts && self.days >= ENOUGH.days
    }

    /// Why it is not.
    pub fn refusal(self) -> String {
        let Tried { attempts, days } = self;
        format!(
            "Nobody is unreachable before {} attempts on {} days; so far there were {attempts} on {days}. Plan the next one.",
            ENOUGH.attempts, ENOUGH.days
        )
    }
}

/// How much was tried to reach the people of these leads since they were last spoken with, also in those that were brought together
/// with them.
pub async fn tried(db: &impl ConnectionTrait, leads: &[LeadId]) -> Result<HashMap<LeadId, Tried>> {
    let merged: Vec<(LeadId, Option<LeadId>)> = lead::Entity::find()
        .select_only()
        .columns([lead::Column::Id, lead::Column::MergedIntoId])
        .filter(lead::Column::MergedIntoId.is_in(padded(leads.to_vec())))
        .into_tuple()
        .all(db)
        .await?;
    let worked_with: HashMap<_, _> = merged.into_iter().filter_map(|(id, into)| Some((id, into?))).collect();
    let all = leads.iter().chain(worked_with.keys()).copied().collect();
    let kinds = [LeadEventKind::Call, LeadEventKind::Text, LeadEventKind::Email];
    let made: Vec<(LeadId, DateTime<Utc>, Value)> = lead_event::Entity::find()
        .select_only()
        .columns([lead_event::Column::LeadId, lead_event::Column::At, lead_event::Column::Meta])
        .filter(lead_event::Column::LeadId.is_in(padded(all)).and(lead_event::Column::Kind.is_in(kinds)))
        .order_by_asc(lead_event::Column::At)
        .into_tuple()
        .all(db)
        .await?;
    let zone = zone_of(&library::list_locations(db).await?);
    let mut found: HashMap<LeadId, (usize, BTreeSet<NaiveDate>)> = HashMap::new();
    for (id, at, meta) in made {
        let (attempts, days) = found.entry(worked_with.get(&id).copied().unwrap_or(id)).or_default();
        // Whoever was reached, or called, is tried anew from then on.
        if was_reached(&meta) {
            (*attempts, *days) = Default::default();
            continue;
        }
        *attempts += 1;
        days.insert(at.with_timezone(&zone).date_naive());
    }
    Ok(found.into_iter().map(|(id, (attempts, days))| (id, Tried { attempts, days: days.len() })).collect())
}

/// Whether an attempt that the timeline keeps so reached somebody.
fn was_reached(meta: &Value) -> bool {
    meta["call"] == json!(CallOutcome::Reached) || meta["answered"] == true || meta["inbound"] == true
}

/// What was tried to reach a person.
#[derive(Clone, Copy, Debug)]
pub enum Attempt {
    /// A call.
    Call {
        /// What came of it.
        outcome: CallOutcome,
        /// How long it was, in seconds.
        seconds: Option<i32>,
        /// Whether they called.
        inbound: bool,
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
    pub fn meta(self, to: LeadPersonRole, next: Option<DateTime<Utc>>) -> Value {
        let patient = to == LeadPersonRole::Patient;
        match self {
            Self::Call { outcome, seconds, inbound } => json!({
                "call": outcome, "seconds": seconds, "next": next, "inbound": inbound, "patient": patient,
            }),
            Self::Message { answered, .. } => json!({ "answered": answered, "next": next, "patient": patient }),
        }
    }

    /// Whether the person was reached.
    pub fn reached(self) -> bool {
        match self {
            Self::Call { outcome, .. } => outcome == CallOutcome::Reached,
            Self::Message { answered, .. } => answered,
        }
    }

    /// Whether the person called, rather than being called.
    pub fn is_inbound(self) -> bool {
        matches!(self, Self::Call { inbound: true, .. })
    }

    /// Which way it took; none where they called.
    fn way(self) -> Option<ConsentScope> {
        match self {
            Self::Call { inbound: true, .. } => None,
            Self::Call { outcome: CallOutcome::Voicemail, .. } => Some(ConsentScope::Voicemail),
            Self::Call { .. } => Some(ConsentScope::Call),
            Self::Message { channel: MessageChannel::Text, .. } => Some(ConsentScope::Text),
            Self::Message { channel: MessageChannel::Email, .. } => Some(ConsentScope::Email),
        }
    }

    /// Records what is wrong with it: above all, what who wrote did not allow, who agreed to be reached in these `ways`.
    pub fn check(
        self,
        lead: &lead::Model,
        ways: &BTreeSet<ConsentScope>,
        person: Option<&lead_person::Model>,
        problems: &mut Problems,
    ) {
        let has_phone = person.is_some_and(|person| person.phone.is_some());
        self.check_call(problems);
        if self.way().is_some_and(|way| !ways.is_empty() && !ways.contains(&way)) {
            let field = if matches!(self, Self::Call { .. }) { "outcome" } else { "channel" };
            let message = "This person agreed to be reached in other ways. If it happened, say so in a note.";
            return problems.add(field, ProblemCode::Forbidden, message);
        }
        match self {
            Self::Call { inbound: true, .. } => {}
            Self::Call { outcome, .. } => {
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

    /// The same for whom somebody else wrote: they are reached only by the `ways` they agreed to themself.
    pub fn check_patient(
        self,
        ways: &BTreeSet<ConsentScope>,
        person: Option<&lead_person::Model>,
        problems: &mut Problems,
    ) {
        self.check_call(problems);
        let Some(person) = person else {
            let message = "Whoever wrote needs help themself. Leave it at INQUIRER.";
            return problems.add("to", ProblemCode::NotFound, message);
        };
        let Some(way) = self.way() else { return };
        let known = if way == ConsentScope::Email { person.email.is_some() } else { person.phone.is_some() };
        if !known || !ways.contains(&way) {
            let message = "The patient gave no such way themself, or did not agree to it. Speak with whoever wrote; once the \
                           patient has agreed, record their consent first.";
            problems.add("to", ProblemCode::Forbidden, message);
        }
    }

    fn check_call(self, problems: &mut Problems) {
        let Self::Call { outcome, seconds, inbound } = self else { return };
        if seconds.is_some_and(|seconds| !(0..=LONGEST_CALL).contains(&seconds)) {
            let message = "Give the length of the call in seconds, up to four hours.";
            problems.add("seconds", ProblemCode::Invalid, message);
        }
        if inbound && outcome != CallOutcome::Reached {
            let message = "Whoever calls is reached. If nobody answered their call, say so in a note.";
            problems.add("outcome", ProblemCode::Invalid, message);
        }
    }
}
