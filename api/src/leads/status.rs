//! How a lead moves: the one place that says what may follow what.

use entity::{
    lead::{LeadOutcome, LeadStatus},
    problem::ProblemCode,
};

use crate::error::{Error, Result};

/// What may follow a status, in the order to offer it.
pub const fn next_of(status: LeadStatus) -> &'static [LeadStatus] {
    use LeadStatus::{Admitted, Attempting, Closed, Contacted, New, Qualified, Scheduled};
    match status {
        New => &[Attempting, Contacted, Closed],
        Attempting => &[Contacted, Closed],
        Contacted => &[Qualified, Closed],
        Qualified => &[Scheduled, Closed],
        // Back to qualified when somebody did not come.
        Scheduled => &[Admitted, Qualified, Closed],
        // Back to scheduled when that was not so.
        Admitted => &[Scheduled],
        Closed => &[New, Contacted],
    }
}

/// Whether `next` may follow `status`.
pub fn may_follow(status: LeadStatus, next: LeadStatus) -> bool {
    next_of(status).contains(&next)
}

/// Whether somebody still has to act.
pub const fn is_open(status: LeadStatus) -> bool {
    !matches!(status, LeadStatus::Admitted | LeadStatus::Closed)
}

/// Fails unless `next` may follow `status`, and an outcome is given exactly when the lead is closed.
pub fn judge(status: LeadStatus, next: LeadStatus, outcome: Option<LeadOutcome>) -> Result<()> {
    if !may_follow(status, next) {
        let offered = next_of(status).iter().map(|status| word(*status)).collect::<Vec<_>>().join(", ");
        let offered = if offered.is_empty() { "nothing".to_owned() } else { offered };
        let message =
            format!("A lead that is {} does not become {}. What may follow: {offered}.", word(status), word(next));
        return Err(Error::problem(ProblemCode::IllegalTransition, ["status"], message));
    }
    match (next, outcome) {
        (LeadStatus::Closed, None) => {
            Err(Error::problem(ProblemCode::Required, ["outcome"], "Say how it ended: choose an outcome."))
        }
        (LeadStatus::Closed, Some(_)) | (_, None) => Ok(()),
        (_, Some(_)) => {
            Err(Error::problem(ProblemCode::Invalid, ["outcome"], "Only a closed lead has an outcome. Leave it out."))
        }
    }
}

/// A status as a person says it.
pub const fn word(status: LeadStatus) -> &'static str {
    match status {
        LeadStatus::New => "new",
        LeadStatus::Attempting => "being attempted",
        LeadStatus::Contacted => "contacted",
        LeadStatus::Qualified => "qualified",
        LeadStatus::Scheduled => "scheduled",
        LeadStatus::Admitted => "admitted",
        LeadStatus::Closed => "closed",
    }
}

#[cfg(test)]
mod tests {
    use LeadStatus::{Admitted, Attempting, Closed, Contacted, New, Qualified, Scheduled};

    use super::*;

    const ALL: [LeadStatus; 7] = [New, Attempting, Contacted, Qualified, Scheduled, Admitted, Closed];

    #[test]
    fn a_lead_goes_its_way_and_no_other() {
        for (from, to) in [
            (New, Attempting),
            (Attempting, Contacted),
            (Contacted, Qualified),
            (Qualified, Scheduled),
            (Scheduled, Admitted),
            (Scheduled, Qualified),
            (Admitted, Scheduled),
            (Closed, New),
            (Closed, Contacted),
        ] {
            assert!(may_follow(from, to), "{from:?} to {to:?}");
        }
        for (from, to) in
            [(New, Qualified), (New, Admitted), (Contacted, New), (Admitted, New), (Closed, Admitted), (Closed, Closed)]
        {
            assert!(!may_follow(from, to), "{from:?} to {to:?}");
        }
    }

    #[test]
    fn every_open_lead_can_be_closed_and_none_follows_itself() {
        for status in ALL {
            assert!(!may_follow(status, status));
            assert_eq!(may_follow(status, Closed), is_open(status));
        }
    }

    #[test]
    fn an_outcome_belongs_to_a_closed_lead() {
        assert!(judge(New, Closed, Some(LeadOutcome::Spam)).is_ok());
        assert!(judge(New, Closed, None).is_err());
        assert!(judge(New, Attempting, Some(LeadOutcome::Spam)).is_err());
        assert!(judge(New, Attempting, None).is_ok());
    }

    #[test]
    fn a_refused_step_says_what_may_follow() {
        let error = judge(Attempting, Scheduled, None).unwrap_err();
        assert_eq!(
            error.to_string(),
            "A lead that is being attempted does not become scheduled. What may follow: contacted, closed."
        );
    }
}
