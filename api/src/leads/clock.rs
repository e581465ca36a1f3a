//! How long a person may wait: minutes, while somebody is there to answer.

use std::{sync::Arc, time::Duration};

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;
use entity::{
    date::Date,
    hours::{OpeningHours, SpecialDay, Weekday, minutes},
    lead::LeadPriority,
    location,
};
use moka::future::Cache;

use crate::{db::Db, library};

/// Until when somebody must have tried, once somebody is there.
pub const FIRST_ATTEMPT: TimeDelta = TimeDelta::minutes(5);
/// How many days ahead are looked through for one on which somebody is there.
const DAYS_AHEAD: u64 = 14;
/// How long the hours are known before they are read again.
const KNOWN_FOR: Duration = Duration::from_secs(60);

/// The hours of all places, read now and then. Cheap to clone.
#[derive(Clone, Debug)]
pub struct StaffedHours {
    db: Db,
    known: Cache<(), Arc<[Staffed]>>,
}

impl StaffedHours {
    /// Those of the database behind `db`.
    pub fn new(db: Db) -> Self {
        Self { db, known: Cache::builder().max_capacity(1).time_to_live(KNOWN_FOR).build() }
    }

    /// See [`respond_by`]. Nobody is refused because the hours could not be read: then the clock runs at once.
    pub async fn respond_by(&self, now: DateTime<Utc>, priority: LeadPriority) -> DateTime<Utc> {
        let read = async {
            let places = library::list_locations(self.db.reader()).await?;
            Ok::<_, crate::error::Error>(places.iter().filter_map(Staffed::of).collect())
        };
        let staffed = self.known.try_get_with((), read).await.unwrap_or_else(|error| {
            tracing::warn!(error = ?error, "the opening hours could not be read");
            Arc::default()
        });
        respond_by(now, priority, &staffed)
    }
}

/// When somebody is there to answer.
#[derive(Clone, Debug)]
pub struct Staffed {
    zone: Tz,
    hours: Vec<OpeningHours>,
    special: Vec<SpecialDay>,
}

impl Staffed {
    /// The hours of a place; none where nobody said.
    pub fn of(place: &location::Model) -> Option<Self> {
        let hours: Vec<OpeningHours> = serde_json::from_value(place.hours.clone()).ok()?;
        let special = serde_json::from_value(place.special_days.clone()).unwrap_or_default();
        if hours.is_empty() {
            return None;
        }
        Some(Self { zone: place.time_zone.parse().ok()?, hours, special })
    }

    /// The first moment from `now` on at which somebody is there; none within two weeks.
    fn next(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let today = now.with_timezone(&self.zone).date_naive();
        let days = (0..DAYS_AHEAD).filter_map(|ahead| today.checked_add_days(Days::new(ahead)));
        let spans = days.flat_map(|day| self.spans(day));
        spans.filter(|(_, closes)| *closes > now).map(|(opens, _)| opens.max(now)).min()
    }

    /// From when until when somebody is there on a day.
    fn spans(&self, day: NaiveDate) -> Vec<(DateTime<Utc>, DateTime<Utc>)> {
        if let Some(special) = self.special.iter().find(|special| special.on == Date(day)) {
            let (Some(opens), Some(closes)) = (&special.opens, &special.closes) else { return Vec::new() };
            return self.span(day, opens, closes).into_iter().collect();
        }
        let weekday = Weekday::from(day.weekday());
        let hours = self.hours.iter().filter(|hours| hours.days.contains(&weekday));
        hours.filter_map(|hours| self.span(day, &hours.opens, &hours.closes)).collect()
    }

    fn span(&self, day: NaiveDate, opens: &str, closes: &str) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
        let at = |time: &str| {
            let time = TimeDelta::minutes(minutes(time)?.into());
            let local = day.and_time(NaiveTime::MIN).checked_add_signed(time)?;
            // Where a clock that is put forward leaves an hour out, the hour after it is meant.
            let found = self.zone.from_local_datetime(&local).earliest();
            let found = found.or_else(|| self.zone.from_local_datetime(&(local + TimeDelta::hours(1))).earliest());
            found.map(|at| at.with_timezone(&Utc))
        };
        Some((at(opens)?, at(closes)?))
    }
}

/// Until when somebody must have tried to reach a person who wrote at `now`: five minutes from when somebody is there next, at
/// any of the places; from now where nobody said when that is, and for whoever cannot wait.
pub fn respond_by(now: DateTime<Utc>, priority: LeadPriority, staffed: &[Staffed]) -> DateTime<Utc> {
    let there = match priority {
        LeadPriority::Urgent => now,
        LeadPriority::Normal => staffed.iter().filter_map(|place| place.next(now)).min().unwrap_or(now),
    };
    there + FIRST_ATTEMPT
}

#[cfg(test)]
mod tests {
    use chrono::Timelike;

    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().expect("a time")
    }

    fn staffed(hours: &[(&[Weekday], &str, &str)], special: Vec<SpecialDay>) -> Staffed {
        let hours = hours.iter().map(|(days, opens, closes)| OpeningHours {
            days: days.to_vec(),
            opens: (*opens).to_owned(),
            closes: (*closes).to_owned(),
        });
        Staffed { zone: chrono_tz::America::New_York, hours: hours.collect(), special }
    }

    const WEEKDAYS: &[Weekday] =
        &[Weekday::Monday, Weekday::Tuesday, Weekday::Wednesday, Weekday::Thursday, Weekday::Friday];

    #[test]
    fn the_clock_runs_while_somebody_is_there() {
        let office = [staffed(&[(WEEKDAYS, "08:00", "20:00")], Vec::new())];
        let normal = |now: &str| respond_by(at(now), LeadPriority::Normal, &office);
        // A Wednesday at noon, that night, and the Friday night before a weekend; in winter New York is five hours behind.
        assert_eq!(normal("2026-11-25T17:00:00Z"), at("2026-11-25T17:05:00Z"));
        assert_eq!(normal("2026-11-26T03:00:00Z"), at("2026-11-26T13:05:00Z"));
        assert_eq!(normal("2026-11-28T03:00:00Z"), at("2026-11-30T13:05:00Z"));
        // To the minute: open and just closed.
        assert_eq!(normal("2026-11-26T00:59:59Z"), at("2026-11-26T01:04:59Z"));
        assert_eq!(normal("2026-11-26T01:00:00Z"), at("2026-11-26T13:05:00Z"));
    }

    #[test]
    fn whoever_cannot_wait_and_a_place_that_says_nothing_are_answered_at_once() {
        let office = [staffed(&[(WEEKDAYS, "08:00", "20:00")], Vec::new())];
        let night = at("2026-11-28T03:00:00Z");
        assert_eq!(respond_by(night, LeadPriority::Urgent, &office), at("2026-11-28T03:05:00Z"));
        assert_eq!(respond_by(night, LeadPriority::Normal, &[]), at("2026-11-28T03:05:00Z"));
    }

    #[test]
    fn a_special_day_stands_for_the_weekday() {
        let day = |on: &str, hours: Option<(&str, &str)>| SpecialDay {
            on: Date(on.parse().expect("a day")),
            name: "Thanksgiving".to_owned(),
            opens: hours.map(|(opens, _)| opens.to_owned()),
            closes: hours.map(|(_, closes)| closes.to_owned()),
        };
        let special = vec![day("2026-11-26", None), day("2026-11-27", Some(("12:00", "14:00")))];
        let office = [staffed(&[(WEEKDAYS, "08:00", "20:00")], special)];
        let thanksgiving = respond_by(at("2026-11-26T15:00:00Z"), LeadPriority::Normal, &office);
        assert_eq!(thanksgiving, at("2026-11-27T17:05:00Z"));
    }

    #[test]
    fn at_any_moment_of_a_year_the_clock_runs_out_five_minutes_after_the_first_at_which_somebody_is_there() {
        let office = [staffed(&[(WEEKDAYS, "08:00", "20:00")], Vec::new())];
        let is_there = |moment: DateTime<Utc>| {
            let local = moment.with_timezone(&chrono_tz::America::New_York);
            local.weekday().number_from_monday() <= 5 && (8..20).contains(&local.hour())
        };
        let (mut now, mut before) = (at("2026-01-01T00:00:00Z"), DateTime::<Utc>::MIN_UTC);
        while now < at("2027-01-01T00:00:00Z") {
            let due = respond_by(now, LeadPriority::Normal, &office);
            let begins = due - FIRST_ATTEMPT;
            assert!(begins >= now && is_there(begins), "{now}: {due}");
            assert!(due >= before, "{now}: whoever comes later is not due earlier");
            let mut waiting = now;
            while waiting < begins {
                assert!(!is_there(waiting), "{now}: somebody was there at {waiting}");
                waiting += TimeDelta::minutes(29);
            }
            (now, before) = (now + TimeDelta::minutes(97), due);
        }
    }

    #[test]
    fn of_several_places_the_first_that_is_there_counts() {
        let early = staffed(&[(WEEKDAYS, "06:00", "09:00")], Vec::new());
        let office = staffed(&[(WEEKDAYS, "08:00", "20:00")], Vec::new());
        let night = respond_by(at("2026-11-26T05:00:00Z"), LeadPriority::Normal, &[office, early]);
        assert_eq!(night, at("2026-11-26T11:05:00Z"));
    }

    #[test]
    fn an_hour_that_a_clock_leaves_out_is_the_next_one() {
        // On 8 March 2026 New York goes from 02:00 to 03:00.
        let night = [staffed(&[(&[Weekday::Sunday], "02:30", "05:00")], Vec::new())];
        let spring = respond_by(at("2026-03-08T05:00:00Z"), LeadPriority::Normal, &night);
        assert_eq!(spring, at("2026-03-08T07:35:00Z"));
    }
}
