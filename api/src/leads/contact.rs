//! Names, telephone numbers and e-mail addresses: how each is written down, and what is refused.

use std::{fmt::Write, panic::catch_unwind};

use entity::problem::{ProblemCode, Problems, is_forbidden};
use phonenumber::{Mode, PhoneNumber, Type, country, metadata::DATABASE};
use unicode_normalization::UnicodeNormalization;

use crate::{email, words::one_line};

/// Characters of a name, at the most.
pub const MOST_NAME: usize = 120;
/// Characters of a number with its extension, at the most; what is longer is not parsed.
pub const MOST_PHONE: usize = 60;

/// Why a value was refused: the sentence for the person who wrote it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// Nothing is there.
    Missing,
    /// It is too long.
    TooLong(&'static str),
    /// It is something else.
    Wrong(&'static str),
}

/// A telephone number: `+17813324135`, and the extension apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phone {
    /// E.164: at most 15 digits after the `+`.
    pub number: String,
    /// What to dial once the call is answered.
    pub extension: Option<String>,
}

impl Phone {
    /// Reads what a person typed; a number without a country is taken for one of the United States.
    pub fn parse(typed: &str) -> Result<Option<Self>, Refused> {
        const WRONG: Refused = Refused::Wrong(
            "Write the phone number with its area code, such as (781) 555-0142, or with + and the country.",
        );
        let typed: String = typed.nfkc().collect();
        let typed = typed.trim();
        if typed.is_empty() {
            return Ok(None);
        }
        if typed.chars().count() > MOST_PHONE {
            return Err(Refused::TooLong("Shorten the phone number: one number, with its extension if it has one."));
        }
        // With a country at hand the crate applies its rules to foreign numbers too, so those are read without one.
        // It reads some malformed numbers with `unwrap`; a visitor's typing must not end in a fault of ours.
        let region = if typed.starts_with('+') { None } else { Some(country::US) };
        let Ok(Ok(parsed)) = catch_unwind(|| phonenumber::parse(region, typed)) else { return Err(WRONG) };
        let number = e164(&parsed).ok_or(WRONG)?;
        if !is_possible(&parsed) || !(8..=16).contains(&number.len()) {
            return Err(WRONG);
        }
        let extension = parsed.extension().map(|extension| extension.to_string());
        Ok(Some(Self { number, extension: extension.filter(|extension| !extension.is_empty()) }))
    }

    /// As it is sealed: RFC 3966 without its scheme, `+17813324135;ext=12`.
    pub fn stored(&self) -> String {
        match &self.extension {
            Some(extension) => format!("{};ext={extension}", self.number),
            None => self.number.clone(),
        }
    }

    /// Reads what [`stored`](Self::stored) wrote.
    pub fn from_stored(stored: &str) -> Self {
        match stored.split_once(";ext=") {
            Some((number, extension)) => Self { number: number.to_owned(), extension: Some(extension.to_owned()) },
            None => Self { number: stored.to_owned(), extension: None },
        }
    }

    /// As a person reads it: `(781) 332-4135, extension 12`; a foreign number with its country.
    pub fn display(&self) -> String {
        let mut shown = String::new();
        let parsed = catch_unwind(|| phonenumber::parse(None, &self.number));
        let mode = if self.number.starts_with("+1") { Mode::National } else { Mode::International };
        let written = match parsed {
            Ok(Ok(parsed)) => write!(shown, "{}", parsed.format().mode(mode)).is_ok(),
            _ => false,
        };
        if !written {
            shown.clone_from(&self.number);
        }
        if let Some(extension) = &self.extension {
            shown.push_str(", extension ");
            shown.push_str(extension);
        }
        shown
    }
}

/// Not `to_string`, which panics on a country that does not exist.
fn e164(number: &PhoneNumber) -> Option<String> {
    let mut written = String::new();
    write!(written, "{}", number.format().mode(Mode::E164)).ok()?;
    Some(written)
}

/// What a person can be called by. Short codes and emergency numbers are nobody's own.
const CALLABLE: [Type; 10] = [
    Type::FixedLine,
    Type::Mobile,
    Type::TollFree,
    Type::PremiumRate,
    Type::SharedCost,
    Type::PersonalNumber,
    Type::Voip,
    Type::Pager,
    Type::Uan,
    Type::Voicemail,
];

/// Whether numbers of that length are called in the main place of its country code; whether one is in use nobody can
/// tell. The lengths stand with each type of number; the general entry of a place has none.
fn is_possible(number: &PhoneNumber) -> bool {
    let Ok(length) = u16::try_from(number.national().to_string().len()) else { return false };
    let places = DATABASE.by_code(&number.country().code()).unwrap_or_default();
    let Some(main) = places.first() else { return false };
    CALLABLE
        .iter()
        .filter_map(|kind| main.descriptors().get(*kind))
        .any(|kind| kind.possible_length().contains(&length))
}

/// An e-mail address with its domain in lower case and in ASCII.
pub fn email(typed: &str) -> Result<Option<String>, Refused> {
    if typed.trim().is_empty() {
        return Ok(None);
    }
    if typed.trim().len() > email::MOST_BYTES {
        return Err(Refused::TooLong("Shorten the e-mail address; none is longer than 254 characters."));
    }
    let address = email::parse(typed);
    Ok(Some(address.ok_or(Refused::Wrong("Write the e-mail address in full, such as sam@example.com."))?))
}

/// A name on one line, any script, 1 to 120 characters.
pub fn name(typed: &str) -> Result<String, Refused> {
    let name = one_line(typed);
    if name.chars().all(is_blank) {
        return Err(Refused::Missing);
    }
    if name.chars().any(is_forbidden) {
        return Err(Refused::Wrong("Remove the invisible control characters from your name."));
    }
    if name.chars().count() > MOST_NAME {
        return Err(Refused::TooLong("Shorten your name to 120 characters; how we may call you is enough."));
    }
    Ok(name)
}

/// Characters that leave nothing to be seen.
fn is_blank(character: char) -> bool {
    character.is_whitespace() || matches!(character, '\u{00AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}')
}

/// The value, or its problem recorded at `field`.
pub fn accept<T>(value: Result<Option<T>, Refused>, field: &str, missing: &str, problems: &mut Problems) -> Option<T> {
    match value {
        Ok(value) => return value,
        Err(Refused::Missing) => problems.add(field, ProblemCode::Required, missing),
        Err(Refused::TooLong(message)) => problems.add(field, ProblemCode::TooLarge, message),
        Err(Refused::Wrong(message)) => problems.add(field, ProblemCode::Invalid, message),
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(typed: &str) -> Option<String> {
        Phone::parse(typed).ok().flatten().map(|phone| phone.stored())
    }

    #[test]
    fn a_phone_number_is_written_as_e164() {
        for typed in
            ["(781) 332-4135", "781.332.4135", " 1 781 332 4135 ", "+1 781-332-4135", "7813324135", "７８１ 332 4135"]
        {
            assert_eq!(number(typed).as_deref(), Some("+17813324135"), "{typed}");
        }
        assert_eq!(number("+44 20 7946 0958").as_deref(), Some("+442079460958"));
        assert_eq!(number("+49 1512 3456789").as_deref(), Some("+4915123456789"));
        assert_eq!(number("+39 06 6982").as_deref(), Some("+39066982"));
        assert_eq!(number("1-800-FLOWERS").as_deref(), Some("+18003569377"));
        assert_eq!(number("(781) 555-0142").as_deref(), Some("+17815550142"));
    }

    #[test]
    fn an_extension_stands_apart() {
        let phone = Phone::parse("(781) 332-4135 ext. 12").unwrap().unwrap();
        assert_eq!(phone, Phone { number: "+17813324135".into(), extension: Some("12".into()) });
        assert_eq!(Phone::from_stored(&phone.stored()), phone);
        assert_eq!(phone.display(), "(781) 332-4135, extension 12");
        assert_eq!(Phone::from_stored("+442079460958").display(), "+44 20 7946 0958");
    }

    #[test]
    fn what_cannot_be_a_phone_number_is_refused() {
        for typed in [
            "12",
            "332-4135",
            "hello",
            "+999 12345678",
            "+1 781 332 41",
            "781 332 4135 22 11",
            "+",
            "tel:",
            "911",
            "781-332-4135 or 781-332-4136 or 781-332-4137 or 781-332-4138",
        ] {
            assert!(Phone::parse(typed).is_err(), "{typed} became {:?}", number(typed));
        }
        assert_eq!(Phone::parse("  "), Ok(None));
    }

    #[test]
    fn no_typing_makes_the_phone_parser_fail_loudly() {
        use rand::RngExt;
        let letters: Vec<char> = "0123456789+-()x;=#,. extphonecontextisubtel:*٣９".chars().collect();
        let mut random = rand::rng();
        for _ in 0..3_000 {
            let length = random.random_range(0..30);
            let typed: String = (0..length).map(|_| letters[random.random_range(0..letters.len())]).collect();
            let _ = Phone::parse(&typed).map(|phone| phone.map(|phone| phone.display()));
        }
    }

    #[test]
    fn an_address_may_be_left_out_and_is_refused_with_a_sentence() {
        assert_eq!(email("  "), Ok(None));
        assert_eq!(email("Sam@EXAMPLE.com"), Ok(Some("Sam@example.com".to_owned())));
        assert!(matches!(email("sam@"), Err(Refused::Wrong(_))));
        assert!(matches!(email(&"a".repeat(300)), Err(Refused::TooLong(_))));
    }

    #[test]
    fn a_name_is_composed_and_on_one_line() {
        assert_eq!(name("  Jose\u{301}  \t O'Neil\u{2019}s "), Ok("José O'Neil’s".to_owned()));
        assert_eq!(name("Q"), Ok("Q".to_owned()));
        assert_eq!(name("王小明"), Ok("王小明".to_owned()));
        assert_eq!(name(&"é".repeat(120)), Ok("é".repeat(120)));
    }

    #[test]
    fn a_name_that_hides_something_is_refused() {
        for missing in ["", "  ", "\u{200B}", "\n"] {
            assert_eq!(name(missing), Err(Refused::Missing), "{missing:?}");
        }
        for wrong in ["a\0b", "a\u{202E}b", "\u{2066}a", "a\u{7}"] {
            assert!(matches!(name(wrong), Err(Refused::Wrong(_))), "{wrong:?}");
        }
        assert!(matches!(name(&"a".repeat(121)), Err(Refused::TooLong(_))));
    }
}
