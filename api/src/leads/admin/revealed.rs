//! A person in clear, as the answer of a reveal holds them.

use async_graphql::Object;
use entity::date::Date;

use super::referral::RevealedReferral;
use crate::leads::{
    Sensitive,
    contact::Phone,
    desk::{Reached, Revealed, RevealedPolicy},
    intake::UnderAge,
    masking,
};

/// A person and their words, in clear.
pub struct RevealedLead<'a>(pub(super) &'a Revealed);

/// A person and their words, in clear.
#[Object]
impl RevealedLead<'_> {
    /// How they are called.
    async fn name(&self) -> &str {
        self.0.name.expose()
    }

    /// What a telephone dials: `+17815550142`.
    async fn phone(&self) -> Option<&str> {
        self.0.phone.as_ref().map(|phone| phone.number.as_str())
    }

    /// What a person reads: `(781) 555-0142, extension 12`.
    async fn phone_display(&self) -> Option<String> {
        self.0.phone.as_ref().map(Phone::display)
    }

    /// Where to write.
    async fn email(&self) -> Option<&str> {
        self.0.email.as_ref().map(|email| email.expose().as_str())
    }

    /// What they wrote; may be empty.
    async fn message(&self) -> &str {
        self.0.message.expose()
    }

    /// Who insures them, in their words; may be empty.
    async fn insurance(&self) -> &str {
        self.0.insurance.expose()
    }

    /// When to call, in their words; may be empty.
    async fn best_time(&self) -> &str {
        self.0.best_time.expose()
    }

    /// Whether the person who needs help is a minor. Where they are, involve a supervisor first: minors have rules of their own
    /// (42 CFR 2.14).
    async fn under_age(&self) -> UnderAge {
        self.0.under_age
    }

    /// What staff wrote down of their insurance; null when nobody did.
    async fn policy(&self) -> Option<RevealedLeadPolicy<'_>> {
        self.0.policy.as_ref().map(RevealedLeadPolicy)
    }

    /// Who needs help, where that is somebody else. They agreed to nothing: do not call or write to them.
    async fn patient(&self) -> Option<RevealedPatient<'_>> {
        self.0.patient.as_ref().map(RevealedPatient)
    }

    /// What places were told of them, the last first: each is a sheet that goes along.
    async fn referrals(&self) -> Vec<RevealedReferral<'_>> {
        self.0.referrals.iter().map(RevealedReferral).collect()
    }
}

/// Who needs help, where somebody else wrote, in clear.
pub struct RevealedPatient<'a>(&'a Reached);

/// Who needs help, where somebody else wrote, in clear.
#[Object]
impl RevealedPatient<'_> {
    /// How they are called; may be empty.
    async fn name(&self) -> &str {
        self.0.name.expose()
    }

    /// What a telephone dials: `+17815550142`.
    async fn phone(&self) -> Option<&str> {
        self.0.phone.as_ref().map(|phone| phone.number.as_str())
    }

    /// What a person reads: `(781) 555-0142, extension 12`.
    async fn phone_display(&self) -> Option<String> {
        self.0.phone.as_ref().map(Phone::display)
    }

    /// Where to write.
    async fn email(&self) -> Option<&str> {
        self.0.email.as_ref().map(|email| email.expose().as_str())
    }
}

/// What is known of somebody's insurance, in clear.
pub struct RevealedLeadPolicy<'a>(&'a RevealedPolicy);

/// What is known of somebody's insurance, in clear.
#[Object]
impl RevealedLeadPolicy<'_> {
    /// The insurer's name.
    async fn carrier(&self) -> Option<&str> {
        clear(&self.0.carrier)
    }

    /// The number of the insured person. Show `memberIdEnding` until somebody asks for all of it.
    async fn member_id(&self) -> Option<&str> {
        clear(&self.0.member_id)
    }

    /// The last four characters of that number, as it is read out on the telephone: `•••4821`.
    async fn member_id_ending(&self) -> Option<String> {
        clear(&self.0.member_id).map(masking::ending)
    }

    /// The number of their group.
    async fn group_number(&self) -> Option<&str> {
        clear(&self.0.group_number)
    }

    /// In whose name it is.
    async fn holder_name(&self) -> Option<&str> {
        clear(&self.0.holder_name)
    }

    /// When that person was born.
    async fn holder_born_on(&self) -> Option<Date> {
        clear(&self.0.holder_born_on)?.parse().ok().map(Date)
    }

    /// What the insurer answered.
    async fn note(&self) -> Option<&str> {
        clear(&self.0.note)
    }
}

fn clear(field: &Option<Sensitive<String>>) -> Option<&str> {
    field.as_ref().map(|text| text.expose().as_str())
}
