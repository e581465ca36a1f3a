//! Signs that a machine wrote. None of them refuses anything: a suspect lead is kept and flagged, and gets the same answer.

use serde::Serialize;

use super::form_token::Judgement;

const MOST_LINKS: usize = 2;

/// One sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Sign {
    /// The field that people do not see was filled in.
    Honeypot,
    /// The form came back faster than anybody types.
    TooFast,
    /// The form's token was not made here, or for another page.
    ForgedToken,
    /// There was no token, as from a front end of one's own.
    NoToken,
    /// The name holds a link.
    LinkInName,
    /// The message holds more links than a person sends.
    ManyLinks,
}

/// The signs in what was submitted.
pub fn signs(honeypot: &str, token: Judgement, name: &str, message: &str) -> Vec<Sign> {
    let mut signs = Vec::new();
    if !honeypot.trim().is_empty() {
        signs.push(Sign::Honeypot);
    }
    match token {
        Judgement::Fine => {}
        Judgement::Missing => signs.push(Sign::NoToken),
        Judgement::TooFast => signs.push(Sign::TooFast),
        Judgement::Forged => signs.push(Sign::ForgedToken),
    }
    if links(name) > 0 {
        signs.push(Sign::LinkInName);
    }
    if links(message) > MOST_LINKS {
        signs.push(Sign::ManyLinks);
    }
    signs
}

/// One strong sign, or two weak ones.
pub fn is_suspected(signs: &[Sign]) -> bool {
    signs.len() > 1 || signs.iter().any(|sign| matches!(sign, Sign::Honeypot | Sign::TooFast | Sign::ForgedToken))
}

fn links(text: &str) -> usize {
    let text = text.to_lowercase();
    text.matches("://").count() + text.split_whitespace().filter(|word| word.starts_with("www.")).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_is_not_suspected() {
        assert_eq!(signs("", Judgement::Fine, "Sam", "Help, see https://example.org"), []);
        assert!(!is_suspected(&signs("", Judgement::Missing, "Sam", "Help")));
    }

    #[test]
    fn a_machine_is_suspected() {
        assert_eq!(signs("x", Judgement::TooFast, "Sam", ""), [Sign::Honeypot, Sign::TooFast]);
        assert!(is_suspected(&[Sign::Honeypot]));
        assert!(is_suspected(&[Sign::ForgedToken]));
        let links = signs("", Judgement::Missing, "www.example.com", "http://a http://b www.c.example");
        assert_eq!(links, [Sign::NoToken, Sign::LinkInName, Sign::ManyLinks]);
        assert!(is_suspected(&links));
    }
}
