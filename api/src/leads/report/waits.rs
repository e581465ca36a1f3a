//! How long people waited: how many waited how long, and what half and nine in ten of them did not exceed.

use std::{collections::BTreeMap, ops::AddAssign};

use async_graphql::SimpleObject;

use super::sight::Sight;

/// How many waited how many seconds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Waits(BTreeMap<i64, u64>);

/// How long people waited, from when they wrote. Below ten minutes to the second, below a day to the minute, and then to the
/// hour, rounded down.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, SimpleObject)]
#[graphql(name = "LeadWait")]
pub struct Wait {
    /// How many of them no longer wait; null when suppressed.
    pub count: Option<i32>,
    /// What half of them did not exceed, in seconds; null when there is nobody, and when suppressed.
    pub p50_seconds: Option<i32>,
    /// What nine in ten of them did not exceed, in seconds; null when there is nobody, and when suppressed.
    pub p90_seconds: Option<i32>,
}

impl Waits {
    /// Adds `count` people who waited `seconds`. Nobody waited less than no time, whatever two clocks say.
    pub fn add(&mut self, seconds: i64, count: u64) {
        *self.0.entry(seconds.max(0)).or_default() += count;
    }

    /// What somebody may see of it.
    pub fn seen(&self, sight: Sight) -> Wait {
        let count = self.0.values().sum();
        let seen = sight.count(count);
        let percentile = |percent| seen.and_then(|_| self.percentile(percent, count));
        Wait { count: seen, p50_seconds: percentile(50), p90_seconds: percentile(90) }
    }

    /// The nearest rank: the shortest wait that this many in a hundred did not exceed.
    fn percentile(&self, percent: u64, count: u64) -> Option<i32> {
        let rank = count.saturating_mul(percent).div_ceil(100);
        let mut passed = 0;
        let found = self.0.iter().find(|(_, people)| {
            passed += **people;
            passed >= rank
        });
        found.map(|(seconds, _)| i32::try_from(*seconds).unwrap_or(i32::MAX))
    }
}

impl AddAssign<&Self> for Waits {
    fn add_assign(&mut self, other: &Self) {
        for (seconds, count) in &other.0 {
            self.add(*seconds, *count);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn waits(seconds: &[i64]) -> Waits {
        let mut waits = Waits::default();
        for wait in seconds {
            waits.add(*wait, 1);
        }
        waits
    }

    fn percentiles(seconds: &[i64]) -> (Option<i32>, Option<i32>) {
        let Wait { p50_seconds, p90_seconds, .. } = waits(seconds).seen(Sight::Exact);
        (p50_seconds, p90_seconds)
    }

    #[test]
    fn half_and_nine_in_ten_are_people_who_waited() {
        assert_eq!(percentiles(&[]), (None, None));
        assert_eq!(percentiles(&[7]), (Some(7), Some(7)));
        assert_eq!(percentiles(&[10, 20]), (Some(10), Some(20)));
        // Ten people: the fifth and the ninth by how long they waited.
        assert_eq!(percentiles(&[90, 10, 50, 30, 70, 20, 60, 100, 40, 80]), (Some(50), Some(90)));
        assert_eq!(percentiles(&[5, 5, 5, 600]), (Some(5), Some(600)));
        assert_eq!(percentiles(&[-3]), (Some(0), Some(0)));
    }

    #[test]
    fn a_few_people_are_not_told_of_to_whoever_sees_no_leads() {
        let few = waits(&[1, 2, 3, 4]).seen(Sight::Rounded);
        assert_eq!(few, Wait::default());
        let some = waits(&[1, 2, 3, 4, 5, 6]).seen(Sight::Rounded);
        assert_eq!(some, Wait { count: Some(5), p50_seconds: Some(3), p90_seconds: Some(6) });
    }

    #[test]
    fn waits_are_added_up() {
        let mut all = waits(&[1, 2]);
        all += &waits(&[2, 3]);
        assert_eq!(all, waits(&[1, 2, 2, 3]));
    }
}
