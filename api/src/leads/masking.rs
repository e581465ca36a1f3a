//! What a list shows of a person: enough to tell two leads apart, too little to know who it is.

use super::contact::Phone;

const MOST_WORDS: usize = 4;
const MOST_BULLETS: usize = 12;
/// Characters of a number that its ending shows.
const MOST_ENDING: usize = 4;
/// A word shorter than this shows nothing of itself.
const LEAST_SHOWN: usize = 3;

/// `Sample Visitor` as `S••••• V••••••`.
pub fn name(name: &str) -> String {
    name.split_whitespace().take(MOST_WORDS).map(word).collect::<Vec<_>>().join(" ")
}

/// `+17815550142` as `(•••) •••-••42`, a number of another country as `+•• •••••42`.
pub fn phone(number: &str) -> String {
    let digits: Vec<char> = number.chars().filter(char::is_ascii_digit).collect();
    let last: String = digits.iter().skip(digits.len().saturating_sub(2)).collect();
    if number.starts_with("+1") && digits.len() == 11 {
        format!("(•••) •••-••{last}")
    } else {
        format!("+•• •••••{last}")
    }
}

/// The same for a number as it is sealed, its extension left out.
pub fn stored_phone(stored: &str) -> String {
    phone(&Phone::from_stored(stored).number)
}

/// `sam@example.com` as `s•••@•••.com`.
pub fn email(address: &str) -> String {
    let (local, domain) = address.rsplit_once('@').unwrap_or((address, ""));
    let first: String = local.chars().take(1).collect();
    let ending = domain.rsplit_once('.').map_or("", |(_, ending)| ending);
    format!("{first}•••@•••.{ending}")
}

/// A policy's number as `•••4821`; one that short shows nothing of itself.
pub fn ending(number: &str) -> String {
    let length = number.chars().count();
    let shown = if length > MOST_ENDING { MOST_ENDING } else { 0 };
    let ending: String = number.chars().skip(length - shown).collect();
    format!("•••{ending}")
}

/// The initial of a word of three letters and more; a shorter one would be half given away.
fn word(word: &str) -> String {
    let length = word.chars().count();
    if length < LEAST_SHOWN {
        return "•".repeat(length);
    }
    let first: String = word.chars().take(1).collect();
    first + &"•".repeat((length - 1).min(MOST_BULLETS))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_keeps_its_initials() {
        assert_eq!(name("Sample Visitor"), "S••••• V••••••");
        assert_eq!(name("Q"), "•");
        assert_eq!(name("J o h n"), "• • • •");
        assert_eq!(name("李 小明"), "• ••");
        assert_eq!(name("Jo Li"), "•• ••");
        assert_eq!(name("Łucja"), "Ł••••");
        assert_eq!(name(&"abc ".repeat(30)), "a•• a•• a•• a••");
        assert_eq!(name(&"x".repeat(100)).chars().count(), 13);
    }

    #[test]
    fn a_phone_keeps_its_last_two_digits() {
        assert_eq!(phone("+17815550142"), "(•••) •••-••42");
        assert_eq!(phone("+442079460958"), "+•• •••••58");
    }

    #[test]
    fn a_number_keeps_its_ending() {
        assert_eq!(ending("XYZ 1234821"), "•••4821");
        assert_eq!(ending("4821"), "•••");
        assert_eq!(ending(""), "•••");
    }

    #[test]
    fn an_address_keeps_its_first_letter_and_its_ending() {
        assert_eq!(email("sam.visitor@mail.example.com"), "s•••@•••.com");
        assert_eq!(email("ż@example.org"), "ż•••@•••.org");
    }
}
