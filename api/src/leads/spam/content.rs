//! Signs in the words of a message.

use std::sync::LazyLock;

use super::Sign;

/// Links that a person sends, at the most.
const MOST_LINKS: usize = 2;

/// What is written to sell something, a line each.
const PHRASES: &str = include_str!("phrases.txt");

/// The signs in a name and a message.
pub fn signs(name: &str, message: &str) -> impl Iterator<Item = Sign> {
    let linked = links(message);
    let cyrillic = message.chars().any(|letter| ('\u{0400}'..='\u{052f}').contains(&letter));
    let found = [
        (links(name) > 0, Sign::LinkInName),
        (linked > MOST_LINKS, Sign::ManyLinks),
        (linked > 0 && cyrillic, Sign::CyrillicLink),
        (sells(message), Sign::SalesPhrase),
    ];
    found.into_iter().filter_map(|(found, sign)| found.then_some(sign))
}

fn links(text: &str) -> usize {
    let text = text.to_lowercase();
    text.matches("://").count() + text.split_whitespace().filter(|word| word.starts_with("www.")).count()
}

fn sells(message: &str) -> bool {
    static KNOWN: LazyLock<Vec<String>> = LazyLock::new(|| {
        let lines = PHRASES.lines().filter(|line| !line.starts_with('#'));
        lines.map(plain).filter(|phrase| !phrase.trim().is_empty()).collect()
    });
    let message = plain(message);
    KNOWN.iter().any(|phrase| message.contains(phrase.as_str()))
}

/// The words alone, a space before and after each.
fn plain(text: &str) -> String {
    let text = text.to_lowercase();
    let words = text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    words.fold(" ".to_owned(), |plain, word| plain + word + " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(name: &str, message: &str) -> Vec<Sign> {
        signs(name, message).collect()
    }

    #[test]
    fn a_person_may_send_a_link_and_write_in_any_language() {
        assert_eq!(found("Sam", "Is this you? https://example.org and www.example.net"), []);
        assert_eq!(found("Саша", "Помогите, пожалуйста."), []);
        assert_eq!(found("Sam", "I do SEO for a living and drink too much."), []);
    }

    #[test]
    fn what_sells_is_told() {
        assert_eq!(found("www.example.com", "http://a http://b www.c.example"), [Sign::LinkInName, Sign::ManyLinks]);
        assert_eq!(found("Sam", "Заработок здесь: https://example.com"), [Sign::CyrillicLink]);
        assert_eq!(found("Sam", "We offer S.E.O. Services!\nRank on the FIRST PAGE of Google."), [Sign::SalesPhrase]);
    }

    /// Nobody who is in danger is taken for a salesman: the sentences that crises are measured by hold no phrase.
    #[test]
    fn no_cry_for_help_is_taken_for_an_offer() {
        for line in include_str!("../crisis/sentences.txt").lines().filter(|line| !line.starts_with('#')) {
            assert_eq!(found("Sam", line), [], "{line}");
        }
    }
}
