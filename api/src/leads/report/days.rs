//! The days of a report, as they are counted where the centre is.

use std::collections::HashMap;

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, Offset, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;
use entity::{
    date::Date,
    location,
    problem::{ProblemCode, Problems, Stage},
};

use crate::error::{Result, refuse_if_any};

/// Days of one report at the most: a year, and a day for leap years.
const MOST_DAYS: i64 = 366;
/// Years whose days both databases and every zone can tell.
pub const YEARS: std::ops::RangeInclusive<i32> = 1970..=9998;
/// Clocks are put forward and back at a quarter of an hour, everywhere.
const STEP: TimeDelta = TimeDelta::minutes(15);

/// A stretch of days, both ends included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Days {
    /// Where they are counted.
    pub zone: Tz,
    /// The first.
    pub first: NaiveDate,
    /// The last.
    pub last: NaiveDate,
    /// When the first begins.
    pub begins: DateTime<Utc>,
    /// When the last has ended.
    pub ends: DateTime<Utc>,
    /// Until when local time is how many seconds ahead of UTC, where that changes within these days.
    pub changes: Vec<(DateTime<Utc>, i32)>,
    /// How many it is after the last change.
    pub ahead: i32,
}

impl Days {
    /// The days from `from` to `to`.
    ///
    /// Fails with problems at `from` and `to`.
    pub fn between(zone: Tz, Date(from): Date, Date(to): Date) -> Result<Self> {
        let mut problems = Problems::new(Stage::Publish);
        for (field, day) in [("from", from), ("to", to)] {
            if !YEARS.contains(&day.year()) {
                problems.add(field, ProblemCode::Invalid, format!("`{field}`: choose a day from 1970 to 9998."));
            }
        }
        if to < from {
            problems.add("to", ProblemCode::Invalid, "`to` is before `from`: choose the same day or a later one.");
        } else if (to - from).num_days() >= MOST_DAYS {
            let message = format!("`to` is more than {MOST_DAYS} days after `from`, both counted: choose fewer days.");
            problems.add("to", ProblemCode::Invalid, message);
        }
        refuse_if_any(problems)?;

        let begins = beginning_of(zone, from);
        let ends = beginning_of(zone, to.succ_opt().unwrap_or(to));
        let ahead_at = |at: DateTime<Utc>| zone.offset_from_utc_datetime(&at.naive_utc()).fix().local_minus_utc();
        let (mut changes, mut ahead, mut at) = (Vec::new(), ahead_at(begins), begins);
        while at < ends {
            let now = ahead_at(at);
            if now != ahead {
                changes.push((at, ahead));
                ahead = now;
            }
            at += STEP;
        }
        Ok(Self { zone, first: from, last: to, begins, ends, changes, ahead })
    }

    /// Each of them, in order.
    pub fn iter(&self) -> impl Iterator<Item = NaiveDate> {
        self.first.iter_days().take_while(|day| *day <= self.last)
    }
}

/// The zone of most places, of several the first by name; UTC where there is no place.
pub fn zone_of(places: &[location::Model]) -> Tz {
    let zones: Vec<Tz> = places.iter().filter_map(|place| place.time_zone.parse().ok()).collect();
    let mut counted: HashMap<&str, usize> = HashMap::new();
    for zone in &zones {
        *counted.entry(zone.name()).or_default() += 1;
    }
    let most = zones.iter().min_by_key(|zone| (std::cmp::Reverse(counted.get(zone.name())), zone.name()));
    most.copied().unwrap_or(Tz::UTC)
}

/// When a day begins; where a clock that is put forward leaves midnight out, with what comes after it.
pub fn beginning_of(zone: Tz, day: NaiveDate) -> DateTime<Utc> {
    let midnight = day.and_time(NaiveTime::MIN);
    let after = (0..=8).map(|quarters| midnight + STEP * quarters);
    let begins = after.map(|local| zone.from_local_datetime(&local).earliest()).find_map(|found| found);
    begins.map_or_else(|| midnight.and_utc(), |begins| begins.with_timezone(&Utc))
}

#[cfg(test)]
mod tests {
    use chrono_tz::{America::New_York, Asia::Beirut};

    use super::*;

    fn day(text: &str) -> Date {
        Date(text.parse().expect("a day"))
    }

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().expect("a time")
    }

    #[test]
    fn a_day_is_as_long_as_its_clock_says() {
        let spring = Days::between(New_York, day("2026-03-07"), day("2026-03-08")).expect("days");
        assert_eq!((spring.begins, spring.ends), (at("2026-03-07T05:00:00Z"), at("2026-03-09T04:00:00Z")));
        assert_eq!(spring.changes, [(at("2026-03-08T07:00:00Z"), -18_000)]);
        assert_eq!(spring.ahead, -14_400);
        let autumn = Days::between(New_York, day("2026-11-01"), day("2026-11-01")).expect("days");
        assert_eq!((autumn.ends - autumn.begins).num_hours(), 25);
        assert_eq!(spring.iter().count(), 2);
    }

    #[test]
    fn a_day_without_a_midnight_begins_with_its_first_hour() {
        let spring = Days::between(Beirut, day("2026-03-29"), day("2026-03-29")).expect("days");
        assert_eq!((spring.begins, spring.ends), (at("2026-03-28T22:00:00Z"), at("2026-03-29T21:00:00Z")));
        assert_eq!((spring.changes, spring.ahead), (Vec::new(), 10_800));
    }

    #[test]
    fn a_year_is_the_most_and_days_go_forward() {
        let of = |from: &str, to: &str| Days::between(New_York, day(from), day(to)).map_err(|error| error.to_string());
        assert!(of("2028-01-01", "2028-12-31").is_ok());
        assert_eq!(
            of("2027-01-01", "2028-01-02").expect_err("too many"),
            "`to` is more than 366 days after `from`, both counted: choose fewer days."
        );
        assert_eq!(
            of("2027-01-02", "2027-01-01").expect_err("backwards"),
            "`to` is before `from`: choose the same day or a later one."
        );
        assert_eq!(of("1815-06-18", "1815-06-18").expect_err("too old").matches("1970").count(), 2);
    }
}
