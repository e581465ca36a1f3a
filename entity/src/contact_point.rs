//! A telephone number with a purpose.

use async_graphql::{Enum, InputObject};
use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use sea_orm::{ActiveValue::Set, entity::prelude::*};
use serde::{Deserialize, Serialize};

use crate::{
    fact::{Kind, Stored},
    hours::{self, OpeningHours},
    id::ContactPointId,
    problem::{ProblemCode, Problems},
    reference::Reference,
    slug,
};

/// A telephone number with a purpose.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "contact_point")]
pub struct Model {
    /// Which.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ContactPointId,
    /// What front ends know it by; unique: `admissions`.
    pub key: String,
    /// What it is for.
    pub label: String,
    /// E.164, or a short code such as `911`.
    pub number: String,
    /// What a person reads.
    pub display: String,
    /// Why somebody calls it.
    pub purpose: ContactPurpose,
    /// When somebody answers: a list of `{days, opens, closes}`; empty means day and night.
    pub hours: Json,
    /// The IANA time zone of `hours`.
    pub time_zone: String,
    /// Whom to call outside the hours.
    pub fallback_id: Option<ContactPointId>,
    /// How often it was written.
    pub version: i32,
}

/// None that a query follows.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Why somebody calls a number.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, JsonSchema, Enum,
)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ContactPurpose {
    /// To be admitted, or to ask about it.
    Admissions,
    /// Danger to life.
    Emergency,
    /// A crisis of mind or substance.
    Crisis,
    /// Anything else.
    General,
}

/// The numbers of a country that never change: who removes or mistypes one may cost a life.
pub const EMERGENCY_NUMBERS: [&str; 4] = ["911", "988", "+18002221222", "+18006624357"];

/// What staff write of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, InputObject)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[graphql(name = "ContactPointFields")]
pub struct Fields {
    /// What it is for, such as “Admissions”.
    #[schemars(title = "Label", extend("x-widget" = "line"))]
    pub label: String,
    /// What a telephone dials: with the country, such as +1 781 332 4135, or a short code such as 911.
    #[schemars(title = "Number", extend("x-widget" = "line"))]
    pub number: String,
    /// What people read, such as (781) 332-4135. Left empty, it follows from the number.
    #[serde(default)]
    #[graphql(default)]
    #[schemars(title = "Shown as", extend("x-widget" = "line"))]
    pub display: String,
    /// Why somebody calls it.
    #[schemars(title = "Purpose")]
    pub purpose: ContactPurpose,
    /// When somebody answers; none means day and night.
    #[serde(default)]
    #[graphql(default)]
    #[schemars(title = "Hours", extend("x-widget" = "list"))]
    pub hours: Vec<OpeningHours>,
    /// Where these hours are counted.
    #[schemars(title = "Time zone", extend("x-widget" = "timeZone"))]
    pub time_zone: String,
    /// Whom to call outside the hours.
    #[serde(default)]
    #[schemars(title = "When it is closed", extend("x-widget" = "reference", "x-reference" = "contactPoint"))]
    pub fallback: Option<ContactPointId>,
    /// What front ends know it by, such as “admissions”. Left empty, it follows from the label.
    #[serde(default)]
    #[graphql(default)]
    #[schemars(title = "Handle", extend("x-widget" = "line"))]
    pub handle: String,
}

impl Fields {
    fn is_emergency(&self) -> bool {
        EMERGENCY_NUMBERS.contains(&self.number.as_str())
    }
}

impl Kind for Fields {
    type Entity = Entity;
    const ID: Column = Column::Id;
    const VERSION: Column = Column::Version;
    const UNIQUE: Option<&'static str> = Some("handle");

    const TITLE: &'static str = "Contact point";
    const PLURAL: &'static str = "Contact points";
    const DESCRIPTION: &'static str =
        "A telephone number with a purpose. Change it here, and it is changed everywhere.";
    const ICON: &'static str = "phone";
    const POINTS: bool = true;

    fn fresh() -> Self {
        Self {
            label: String::new(),
            number: String::new(),
            display: String::new(),
            purpose: ContactPurpose::General,
            hours: Vec::new(),
            time_zone: "America/New_York".to_owned(),
            fallback: None,
            handle: String::new(),
        }
    }

    fn of(row: Model) -> serde_json::Result<Stored<Self>> {
        let fields = Self {
            label: row.label,
            number: row.number,
            display: row.display,
            purpose: row.purpose,
            hours: serde_json::from_value(row.hours)?,
            time_zone: row.time_zone,
            fallback: row.fallback_id,
            handle: row.key,
        };
        Ok(Stored { id: row.id.0, version: row.version, fields })
    }

    fn into_row(self, _: DateTime<Utc>) -> serde_json::Result<ActiveModel> {
        Ok(ActiveModel {
            key: Set(self.handle),
            label: Set(self.label),
            number: Set(self.number),
            display: Set(self.display),
            purpose: Set(self.purpose),
            hours: Set(serde_json::to_value(self.hours)?),
            time_zone: Set(self.time_zone),
            fallback_id: Set(self.fallback),
            ..Default::default()
        })
    }

    fn name(&self) -> String {
        self.label.clone()
    }

    fn detail(&self) -> String {
        self.display.clone()
    }

    fn words(&self) -> String {
        self.number.clone()
    }

    fn tidy(&mut self) {
        self.label = self.label.trim().to_owned();
        self.number = dialled(&self.number);
        self.display = self.display.trim().to_owned();
        if self.display.is_empty() {
            self.display = shown(&self.number);
        }
        if self.handle.trim().is_empty() {
            self.handle = slug::suggested(&self.label);
        }
        hours::tidy(&mut self.hours);
    }

    fn validate(&self, problems: &mut Problems) {
        problems.text("label", &self.label, 80);
        if !is_dialled(&self.number) {
            let message = "Give the number with its country, such as +1 781 332 4135, or a short code such as 911.";
            problems.add("number", ProblemCode::Invalid, message);
        } else if !says(&self.display, &self.number) {
            let message = format!("What people read must be the number that is dialled, {}.", self.number);
            problems.add("display", ProblemCode::Invalid, message);
        }
        problems.text("display", &self.display, 40);
        hours::validate("hours", &self.hours, problems);
        hours::validate_time_zone(&self.time_zone, problems);
        slug::validate("handle", &self.handle, problems);
    }

    fn validate_change(&self, before: &Self, problems: &mut Problems) {
        if before.is_emergency() && self.number != before.number {
            let message = format!(
                "{} is an emergency number and stays as it is. Make a new contact point for another number.",
                before.display
            );
            problems.add("number", ProblemCode::Invalid, message);
        }
    }

    fn protection(&self) -> Option<&'static str> {
        self.is_emergency().then_some("It is an emergency number: its words can change, the number stays.")
    }

    fn references(&self, found: &mut Vec<Reference>) {
        found.extend(self.fallback.map(Reference::ContactPoint));
    }
}

/// A number as it is dialled, from what people type; ten digits are an American number.
fn dialled(typed: &str) -> String {
    let kept: String = typed.chars().filter(|it| !it.is_whitespace() && !"()-./\u{a0}".contains(*it)).collect();
    match kept.len() {
        10 if is_digits(&kept) => format!("+1{kept}"),
        11 if is_digits(&kept) && kept.starts_with('1') => format!("+{kept}"),
        _ => kept,
    }
}

/// E.164, or a short code of three to six digits.
fn is_dialled(number: &str) -> bool {
    match number.strip_prefix('+') {
        Some(digits) => (8..=15).contains(&digits.len()) && is_digits(digits) && !digits.starts_with('0'),
        None => (3..=6).contains(&number.len()) && is_digits(number),
    }
}

/// A number as Americans write it; others stay as they are dialled.
fn shown(number: &str) -> String {
    match number.strip_prefix("+1").filter(|rest| rest.len() == 10 && is_digits(rest)) {
        Some(rest) => {
            let (area, rest) = rest.split_at(3);
            let (office, line) = rest.split_at(3);
            format!("({area}) {office}-{line}")
        }
        None => number.to_owned(),
    }
}

/// Whether people who dial what they read reach the number: by its digits, or by the letters on the keys.
fn says(display: &str, number: &str) -> bool {
    let number = number.trim_start_matches('+');
    let digits: String = display.chars().filter(char::is_ascii_digit).collect();
    let keys: String = display.chars().filter_map(key).collect();
    let reaches = |read: &str| read == number || (read.len() >= 7 && number.ends_with(read));
    reaches(&digits) || reaches(&keys)
}

/// The key of a telephone that carries a letter or a digit.
fn key(character: char) -> Option<char> {
    Some(match character.to_ascii_uppercase() {
        digit @ '0'..='9' => digit,
        'A'..='C' => '2',
        'D'..='F' => '3',
        'G'..='I' => '4',
        'J'..='L' => '5',
        'M'..='O' => '6',
        'P'..='S' => '7',
        'T'..='V' => '8',
        'W'..='Z' => '9',
        _ => return None,
    })
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|it| it.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_kept_as_it_is_dialled_however_it_was_typed() {
        for typed in ["(781) 332-4135", "1-781-332-4135", "+1 781 332 4135", "781.332.4135"] {
            assert_eq!(dialled(typed), "+17813324135", "{typed}");
        }
        assert_eq!((dialled("988").as_str(), shown("988").as_str()), ("988", "988"));
        assert_eq!(shown("+17813324135"), "(781) 332-4135");
        assert!(is_dialled("911") && is_dialled("+493012345678"));
        assert!(!is_dialled("12") && !is_dialled("+0123456789") && !is_dialled("call me") && !is_dialled("7813324135"));
    }

    #[test]
    fn what_people_read_reaches_what_is_dialled() {
        assert!(says("(781) 332-4135", "+17813324135"));
        assert!(says("1-800-662-HELP", "+18006624357"));
        assert!(says("1-800-662-HELP (4357)".trim_end_matches(" (4357)"), "+18006624357"));
        assert!(says("988 (call or text)", "988"));
        assert!(!says("(781) 332-4136", "+17813324135"));
        assert!(!says("4135", "+17813324135"));
        assert!(!says("98", "988"));
        assert!(!says("", "988"));
    }
}
