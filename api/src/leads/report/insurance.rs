//! How far people got, and how they ended, by how far the check of their insurance is.

use std::collections::HashMap;

use async_graphql::SimpleObject;
use entity::{lead::LeadOutcome, lead_insurance::InsuranceCheck};
use sea_orm::Iterable;

use super::{
    Outcome, Progress, Reached,
    counted::{Ended, Insured},
    number,
    sight::Sight,
};

/// Leads whose insurance is checked so far.
#[derive(Clone, Debug, PartialEq, SimpleObject)]
#[graphql(name = "LeadsByInsurance")]
pub struct ByInsurance {
    /// How far the check is now.
    pub check: InsuranceCheck,
    /// How many, and how far they got.
    pub leads: Progress,
    /// How those of them that are closed ended, without SPAM.
    pub outcomes: Vec<Outcome>,
}

/// How many got how far, and how many ended how.
#[derive(Default)]
struct Fared {
    got: Reached,
    ended: HashMap<LeadOutcome, u64>,
}

/// Each check in order. `ended` is everybody and `insured` those whose insurance was looked at: that of all others needs the check.
pub fn by_insurance(ended: &[Ended], insured: &[Insured], sight: Sight) -> Vec<ByInsurance> {
    let mut needed: HashMap<(i64, Option<LeadOutcome>), u64> = HashMap::new();
    for it in ended.iter().filter(|it| it.outcome != Some(LeadOutcome::Spam)) {
        *needed.entry((it.step, it.outcome)).or_default() += number(it.count);
    }
    let mut all: HashMap<InsuranceCheck, Fared> = HashMap::new();
    let mut add = |check, step, outcome: Option<LeadOutcome>, count| {
        let fared = all.entry(check).or_default();
        fared.got.add(step, count);
        if let Some(outcome) = outcome {
            *fared.ended.entry(outcome).or_default() += count;
        }
    };
    for it in insured {
        add(it.check, it.step, it.outcome, number(it.count));
        if let Some(rest) = needed.get_mut(&(it.step, it.outcome)) {
            *rest = rest.saturating_sub(number(it.count));
        }
    }
    for ((step, outcome), count) in needed {
        add(InsuranceCheck::Needed, step, outcome, count);
    }
    let row = |check| {
        let fared = all.remove(&check).unwrap_or_default();
        let ended = |outcome| sight.count(fared.ended.get(&outcome).copied().unwrap_or(0));
        ByInsurance { check, leads: fared.got.seen(sight), outcomes: super::outcomes(ended) }
    };
    InsuranceCheck::iter().map(row).collect()
}
