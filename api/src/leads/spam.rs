//! Signs that a machine wrote, and what staff say to them. None of them refuses anything: a suspected lead is kept and flagged,
//! and whoever sent it gets the same answer.

mod content;
mod sign;

use chrono::{DateTime, Utc};
use entity::{
    id::LeadId,
    lead::{self, LeadOutcome, LeadPriority},
    lead_event::LeadEventKind,
};
use sea_orm::{ActiveValue::Set, ConnectionTrait};
use serde_json::json;

pub use self::{
    content::{STANDARD, Sales},
    sign::{Sign, is_suspected},
};
use super::{
    StaffedHours,
    desk::Desk,
    form_token,
    lead::{changed, save},
    notice, proof,
    step::{self, Step},
    timeline::append,
    work::get_open,
};
use crate::{
    error::Result,
    identity::{Actor, Permission},
};

/// What is judged of a submission.
#[derive(Clone, Copy, Debug)]
pub struct Told<'a> {
    /// What stands in the field that people do not see.
    pub honeypot: &'a str,
    /// When and where the form was drawn.
    pub token: form_token::Judgement,
    /// Whether a machine worked for it.
    pub proof: proof::Judgement,
    /// Whether more comes from there than usual.
    pub busy: bool,
    /// Who writes.
    pub name: &'a str,
    /// What.
    pub message: &'a str,
}

/// The signs in what was submitted, where whoever sells something writes `sales`.
pub fn signs(told: &Told<'_>, sales: &Sales) -> Vec<Sign> {
    let token = match told.token {
        form_token::Judgement::Fine => None,
        form_token::Judgement::Missing => Some(Sign::NoToken),
        form_token::Judgement::TooFast => Some(Sign::TooFast),
        form_token::Judgement::Forged => Some(Sign::ForgedToken),
    };
    let proof = match told.proof {
        proof::Judgement::Fine => None,
        proof::Judgement::Missing => Some(Sign::NoProof),
        proof::Judgement::Wrong => Some(Sign::WrongProof),
        proof::Judgement::Used => Some(Sign::UsedProof),
    };
    let honeypot = (!told.honeypot.trim().is_empty()).then_some(Sign::Honeypot);
    let busy = told.busy.then_some(Sign::BusyAddress);
    let about_it = [honeypot, token, proof, busy].into_iter().flatten();
    about_it.chain(content::signs(told.name, told.message, sales)).collect()
}

/// Says that a suspected lead is a person after all. Whoever nobody has tried waits from now on like anybody who just wrote, and
/// staff are told; whoever cannot wait was told of before. One that is not suspected stays as it is.
///
/// Fails with `CONFLICT` at `version` and `ILLEGAL_TRANSITION` at `id` when it has ended.
pub async fn clear(
    db: &impl ConnectionTrait,
    actor: Actor,
    staffed: &StaffedHours,
    (id, version): (LeadId, i32),
    now: DateTime<Utc>,
) -> Result<lead::Model> {
    actor.require(Permission::WorkLeads)?;
    let lead = get_open(db, id, version).await?;
    if !lead.suspected_spam {
        return Ok(lead);
    }
    append(db, &lead, LeadEventKind::Cleared, actor, json!({}), None, now).await?;
    let waits = lead.first_attempt_at.is_none() && lead.priority == LeadPriority::Normal;
    let respond_by = staffed.respond_by(now, lead.priority).await;
    let mut row = changed(lead, now);
    row.suspected_spam = Set(false);
    if waits {
        row.respond_by = Set(respond_by);
        row.next_action_at = Set(Some(respond_by));
    }
    let lead = save(db, row).await?;
    if waits {
        notice::received(db, &lead, now).await?;
    }
    Ok(lead)
}

/// Says that a lead was never a person, and closes it. It is opened again like any other.
///
/// Fails with `CONFLICT` at `version`, `ILLEGAL_TRANSITION` at `id` when it has ended, and `FORBIDDEN` at `outcome` when a colleague works it.
pub async fn mark(
    db: &impl ConnectionTrait,
    actor: Actor,
    desk: &Desk,
    (id, version): (LeadId, i32),
    now: DateTime<Utc>,
) -> Result<lead::Model> {
    actor.require(Permission::WorkLeads)?;
    get_open(db, id, version).await?;
    step::take(db, actor, desk, (id, version), &Step::closed(LeadOutcome::Spam), now).await
}

#[cfg(test)]
mod tests {
    use super::*;

    const PERSON: Told<'_> = Told {
        honeypot: "",
        token: form_token::Judgement::Fine,
        proof: proof::Judgement::Fine,
        busy: false,
        name: "Sam",
        message: "Help, see https://example.org",
    };

    #[test]
    fn a_person_gives_no_sign() {
        assert_eq!(signs(&PERSON, &Sales::with("").0), []);
    }

    #[test]
    fn every_layer_gives_its_sign() {
        let told = Told {
            honeypot: "x",
            token: form_token::Judgement::TooFast,
            proof: proof::Judgement::Used,
            busy: true,
            name: "www.example.com",
            message: "seo services",
        };
        let all =
            [Sign::Honeypot, Sign::TooFast, Sign::UsedProof, Sign::BusyAddress, Sign::LinkInName, Sign::SalesPhrase];
        assert_eq!(signs(&told, &Sales::with("").0), all);
    }
}
