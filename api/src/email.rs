//! E-mail addresses as they are accepted, from staff and from visitors alike.

use email_address::{EmailAddress, Options};
use entity::problem::is_forbidden;
use unicode_normalization::UnicodeNormalization;

/// Octets of an address, at the most (RFC 5321, section 4.5.3.1).
pub const MOST_BYTES: usize = 254;

/// The address in `typed`, composed, its domain in lower case and in ASCII; nothing when it is not one address with a
/// domain of at least two parts. The part before the `@` stays as it was typed.
pub fn parse(typed: &str) -> Option<String> {
    let typed: String = typed.trim().nfc().collect();
    let (local, domain) = typed.rsplit_once('@')?;
    let Ok(url::Host::Domain(domain)) = url::Host::parse(domain) else { return None };
    let address = format!("{local}@{domain}");
    let printable = |character: char| !character.is_whitespace() && !is_forbidden(character);
    let options = Options {
        minimum_sub_domains: 2,
        allow_domain_literal: false,
        allow_display_text: false,
        allow_long_local_parts: false,
    };
    let fits = address.len() <= MOST_BYTES && address.chars().all(printable);
    (fits && EmailAddress::parse_with_options(&address, options).is_ok()).then_some(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_keeps_its_local_part_and_lowers_its_domain() {
        assert_eq!(parse(" Sam.Visitor+help@EXAMPLE.com ").as_deref(), Some("Sam.Visitor+help@example.com"));
        assert_eq!(parse("sam@bücher.example").as_deref(), Some("sam@xn--bcher-kva.example"));
        assert_eq!(parse("o'brien@example.photography").as_deref(), Some("o'brien@example.photography"));
    }

    #[test]
    fn what_cannot_be_an_address_is_refused() {
        let long_local = format!("{}@example.com", "a".repeat(65));
        let long = format!("sam@{}.example", "a.".repeat(130));
        for typed in [
            "",
            "sam",
            "sam@",
            "@example.com",
            "sam visitor@example.com",
            "sam@localhost",
            "sam@[127.0.0.1]",
            "sam@127.0.0.1",
            "Sam <sam@example.com>",
            "a@b@example.com",
            "a\u{202E}b@example.com",
            &long_local,
            &long,
        ] {
            assert_eq!(parse(typed), None, "{typed}");
        }
    }
}
