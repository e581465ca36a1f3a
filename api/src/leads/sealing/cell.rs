//! What is sealed of a lead: to which table, row and column a value is bound, and by how much its length is hidden.

use entity::id::{LeadEventId, LeadId, LeadPersonId, LeadReferralId, LeadTaskId};
use uuid::Uuid;

/// The place of a sealed field. This is the list of what is sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell {
    /// How a person is called.
    Name(LeadPersonId),
    /// A person's telephone number.
    Phone(LeadPersonId),
    /// A person's e-mail address.
    Email(LeadPersonId),
    /// What was submitted, as one envelope.
    Submission,
    /// The words of a timeline entry.
    EventText(LeadEventId),
    /// What is to be done, in words.
    TaskNote(LeadTaskId),
    /// What a place was told, and the consent to it.
    Referral(LeadReferralId),
    /// What is known of an insurance.
    Policy(Policy),
}

/// What is sealed of an insurance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Policy {
    /// The insurer's name.
    Carrier,
    /// The number of the insured person.
    MemberId,
    /// The number of their group.
    GroupNumber,
    /// In whose name it is.
    HolderName,
    /// When that person was born.
    HolderBornOn,
    /// What the insurer answered.
    Note,
}

impl Policy {
    const fn column(self) -> &'static str {
        match self {
            Self::Carrier => "carrier",
            Self::MemberId => "member_id",
            Self::GroupNumber => "group_number",
            Self::HolderName => "holder_name",
            Self::HolderBornOn => "holder_born_on",
            Self::Note => "note",
        }
    }
}

impl Cell {
    /// Its table and column, as they are bound to it and as a log may name them.
    pub const fn column(self) -> (&'static str, &'static str) {
        match self {
            Self::Name(_) => ("lead_person", "name"),
            Self::Phone(_) => ("lead_person", "phone"),
            Self::Email(_) => ("lead_person", "email"),
            Self::Submission => ("lead_intake", "sealed"),
            Self::EventText(_) => ("lead_event", "text"),
            Self::TaskNote(_) => ("lead_task", "note"),
            Self::Referral(_) => ("lead_referral", "sealed"),
            Self::Policy(field) => ("lead_insurance", field.column()),
        }
    }

    pub(super) fn row(self, lead: LeadId) -> Uuid {
        match self {
            Self::Name(person) | Self::Phone(person) | Self::Email(person) => person.0,
            Self::Submission | Self::Policy(_) => lead.0,
            Self::EventText(event) => event.0,
            Self::TaskNote(task) => task.0,
            Self::Referral(referral) => referral.0,
        }
    }

    /// Padded to a multiple of so many bytes.
    pub(super) const fn step(self) -> usize {
        match self {
            Self::Name(_) | Self::Phone(_) | Self::Email(_) => 32,
            Self::Policy(Policy::Note)
            | Self::Submission
            | Self::EventText(_)
            | Self::TaskNote(_)
            | Self::Referral(_) => 256,
            Self::Policy(_) => 32,
        }
    }
}
