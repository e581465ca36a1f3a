//! When somebody is there: hours of the week, and days that are different.

use std::fmt::Write as _;

use async_graphql::{Enum, InputObject, SimpleObject};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    date::Date,
    problem::{ProblemCode, Problems},
};

/// Hours of the same on some days of the week.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, SimpleObject, InputObject)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[graphql(input_name = "OpeningHoursInput")]
pub struct OpeningHours {
    /// On which days.
    #[schemars(title = "Days", extend("x-widget" = "choices"))]
    pub days: Vec<Weekday>,
    /// From, as `HH:MM`.
    #[schemars(title = "Opens", extend("x-widget" = "time"))]
    pub opens: String,
    /// Until, as `HH:MM`; `24:00` is the end of the day.
    #[schemars(title = "Closes", extend("x-widget" = "time"))]
    pub closes: String,
}

/// A day on which it is different: a holiday, a training day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, SimpleObject, InputObject)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[graphql(input_name = "SpecialDayInput")]
pub struct SpecialDay {
    /// Which day.
    #[schemars(title = "Day", extend("x-widget" = "date"))]
    pub on: Date,
    /// What it is: "Thanksgiving".
    #[schemars(title = "Name", extend("x-widget" = "line"))]
    pub name: String,
    /// From, as `HH:MM`; without hours it is closed all day.
    #[serde(default)]
    #[schemars(title = "Opens", extend("x-widget" = "time"))]
    pub opens: Option<String>,
    /// Until, as `HH:MM`.
    #[serde(default)]
    #[schemars(title = "Closes", extend("x-widget" = "time"))]
    pub closes: Option<String>,
}

/// A day of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema, Enum)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Weekday {
    /// Monday.
    Monday,
    /// Tuesday.
    Tuesday,
    /// Wednesday.
    Wednesday,
    /// Thursday.
    Thursday,
    /// Friday.
    Friday,
    /// Saturday.
    Saturday,
    /// Sunday.
    Sunday,
}

const WEEK: [(Weekday, &str); 7] = [
    (Weekday::Monday, "Monday"),
    (Weekday::Tuesday, "Tuesday"),
    (Weekday::Wednesday, "Wednesday"),
    (Weekday::Thursday, "Thursday"),
    (Weekday::Friday, "Friday"),
    (Weekday::Saturday, "Saturday"),
    (Weekday::Sunday, "Sunday"),
];

impl From<chrono::Weekday> for Weekday {
    fn from(day: chrono::Weekday) -> Self {
        match day {
            chrono::Weekday::Mon => Self::Monday,
            chrono::Weekday::Tue => Self::Tuesday,
            chrono::Weekday::Wed => Self::Wednesday,
            chrono::Weekday::Thu => Self::Thursday,
            chrono::Weekday::Fri => Self::Friday,
            chrono::Weekday::Sat => Self::Saturday,
            chrono::Weekday::Sun => Self::Sunday,
        }
    }
}

impl Weekday {
    /// Its English name.
    pub fn name(self) -> &'static str {
        WEEK.into_iter().find(|(day, _)| *day == self).map_or("", |(_, name)| name)
    }
}

/// Puts the days in order, and writes the end of the day as `24:00` however it was typed.
pub fn tidy(hours: &mut [OpeningHours]) {
    for it in hours {
        it.days.sort();
        it.days.dedup();
        if it.closes == "00:00" {
            "24:00".clone_into(&mut it.closes);
        }
    }
}

/// Records at `field` what is wrong with the hours of a week.
pub fn validate(field: &str, hours: &[OpeningHours], problems: &mut Problems) {
    problems.at_most(field, hours.len(), 14);
    problems.within(field, |problems| {
        for (place, it) in hours.iter().enumerate() {
            problems.within(place, |problems| {
                if it.days.is_empty() {
                    problems.add("days", ProblemCode::Required, "Choose the days.");
                }
                span(&it.opens, &it.closes, problems);
            });
        }
    });
}

/// Records at `field` what is wrong with the days that are different.
pub fn validate_special(field: &str, days: &[SpecialDay], problems: &mut Problems) {
    problems.at_most(field, days.len(), 60);
    problems.within(field, |problems| {
        for (place, it) in days.iter().enumerate() {
            problems.within(place, |problems| {
                problems.text("name", &it.name, 80);
                match (&it.opens, &it.closes) {
                    (None, None) => {}
                    (Some(opens), Some(closes)) => span(opens, closes, problems),
                    (None, Some(_)) => {
                        problems.add("opens", ProblemCode::Required, "Say from when, or leave both empty.")
                    }
                    (Some(_), None) => {
                        problems.add("closes", ProblemCode::Required, "Say until when, or leave both empty.")
                    }
                }
                if days.iter().take(place).any(|other| other.on == it.on) {
                    problems.add("on", ProblemCode::Taken, format!("{} is in the list already.", it.on));
                }
            });
        }
    });
}

/// Records at `timeZone` when it is none that the IANA knows.
pub fn validate_time_zone(time_zone: &str, problems: &mut Problems) {
    if time_zone.parse::<chrono_tz::Tz>().is_err() {
        let message = "Choose a time zone by its place, such as “America/New_York”.";
        problems.add("timeZone", ProblemCode::Invalid, message);
    }
}

fn span(opens: &str, closes: &str, problems: &mut Problems) {
    let (from, until) = (minutes(opens), minutes(closes));
    if from.is_none_or(|from| from == 24 * 60) {
        problems.add("opens", ProblemCode::Invalid, "Write the time as 08:00.");
    }
    match (from, until) {
        (_, None) => {
            problems.add("closes", ProblemCode::Invalid, "Write the time as 20:00; 24:00 is the end of the day.")
        }
        (Some(from), Some(until)) if until <= from => {
            problems.add(
                "closes",
                ProblemCode::Invalid,
                "Close after opening. What goes on past midnight is the next day’s.",
            );
        }
        _ => {}
    }
}

/// Minutes since midnight of `HH:MM`, up to `24:00`.
pub fn minutes(time: &str) -> Option<u32> {
    let (hour, minute) = time.split_once(':')?;
    let digits = |part: &str| {
        (part.len() == 2 && part.bytes().all(|it| it.is_ascii_digit())).then(|| part.parse::<u32>().ok())?
    };
    let (hour, minute) = (digits(hour)?, digits(minute)?);
    let total = hour * 60 + minute;
    (minute < 60 && total <= 24 * 60).then_some(total)
}

/// The hours of a week as people read them, a line each: "Monday to Friday: 8 am to 8 pm".
pub fn in_words(hours: &[OpeningHours]) -> Vec<String> {
    hours.iter().map(|it| format!("{}: {}", days_in_words(&it.days), span_in_words(&it.opens, &it.closes))).collect()
}

/// A day that is different, as people read it.
pub fn special_in_words(day: &SpecialDay) -> String {
    let date = day.on.0.format("%-d %B %Y");
    match (&day.opens, &day.closes) {
        (Some(opens), Some(closes)) => format!("{}, {date}: {}", day.name, span_in_words(opens, closes)),
        _ => format!("{}, {date}: closed", day.name),
    }
}

fn span_in_words(opens: &str, closes: &str) -> String {
    match (opens, closes) {
        ("00:00", "24:00") => "day and night".to_owned(),
        _ => format!("{} to {}", time_in_words(opens), time_in_words(closes)),
    }
}

/// Days that follow each other are said by the first and the last.
fn days_in_words(days: &[Weekday]) -> String {
    if WEEK.iter().all(|(day, _)| days.contains(day)) {
        return "Every day".to_owned();
    }
    let mut said = String::new();
    let mut run: Vec<&str> = Vec::new();
    let mut end = |run: &mut Vec<&str>| {
        if let (Some(first), Some(last)) = (run.first(), run.last()) {
            let joint = if said.is_empty() { "" } else { ", " };
            let _ = match run.len() {
                1 => write!(said, "{joint}{first}"),
                2 => write!(said, "{joint}{first}, {last}"),
                _ => write!(said, "{joint}{first} to {last}"),
            };
        }
        run.clear();
    };
    for (day, name) in WEEK {
        if days.contains(&day) { run.push(name) } else { end(&mut run) }
    }
    end(&mut run);
    said
}

/// `20:30` as Americans say it: "8:30 pm".
fn time_in_words(time: &str) -> String {
    let Some(minutes) = minutes(time) else { return time.to_owned() };
    match minutes {
        0 | 1440 => "midnight".to_owned(),
        720 => "noon".to_owned(),
        _ => {
            let (hour, minute) = (minutes / 60, minutes % 60);
            let half = if hour < 12 { "am" } else { "pm" };
            let hour = (hour + 11) % 12 + 1;
            if minute == 0 { format!("{hour} {half}") } else { format!("{hour}:{minute:02} {half}") }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::Stage;

    fn hours(days: &[Weekday], opens: &str, closes: &str) -> OpeningHours {
        OpeningHours { days: days.to_vec(), opens: opens.to_owned(), closes: closes.to_owned() }
    }

    #[test]
    fn hours_are_told_in_words() {
        use Weekday::{Friday, Monday, Saturday, Sunday, Thursday, Tuesday, Wednesday};
        let week = [
            hours(&[Monday, Tuesday, Wednesday, Friday], "08:00", "20:30"),
            hours(&[Saturday, Sunday], "00:00", "12:00"),
            hours(&[Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday], "12:15", "24:00"),
        ];
        assert_eq!(
            in_words(&week),
            [
                "Monday to Wednesday, Friday: 8 am to 8:30 pm",
                "Saturday, Sunday: midnight to noon",
                "Every day: 12:15 pm to midnight"
            ]
        );
    }

    #[test]
    fn hours_that_cannot_be_are_refused_where_they_stand() {
        let found = |opens: &str, closes: &str| {
            let mut problems = Problems::new(Stage::Publish);
            validate("hours", &[hours(&[Weekday::Monday], opens, closes)], &mut problems);
            problems.into_vec().into_iter().map(|it| it.path.join(".")).collect::<Vec<_>>()
        };
        assert_eq!(found("08:00", "20:00"), [""; 0]);
        assert_eq!(found("00:00", "24:00"), [""; 0]);
        assert_eq!(found("8:00", "20:00"), ["hours.0.opens"]);
        assert_eq!(found("08:60", "24:01"), ["hours.0.opens", "hours.0.closes"]);
        assert_eq!(found("24:00", "24:00"), ["hours.0.opens", "hours.0.closes"]);
        assert_eq!(found("20:00", "08:00"), ["hours.0.closes"]);
    }

    #[test]
    fn only_the_time_zones_of_the_iana_are_some() {
        let known = |zone: &str| {
            let mut problems = Problems::new(Stage::Publish);
            validate_time_zone(zone, &mut problems);
            problems.is_empty()
        };
        assert!(known("America/New_York") && known("Europe/Berlin") && known("UTC"));
        assert!(!known("") && !known("America/Hillside") && !known("EST5EDT4"));
    }
}
