//! Signs in the words of a message.

use super::{super::phrases::BadLine, Sign};

/// Links that a person sends, at the most.
const MOST_LINKS: usize = 2;

/// Characters of a phrase, at the most.
const MOST_CHARACTERS: usize = 200;

/// What is written to sell something, a line each: what a centre begins with.
pub const STANDARD: &str = include_str!("phrases.txt");

/// What is written to sell something.
#[derive(Debug, Default)]
pub struct Sales(Vec<String>);

impl Sales {
    /// The [`STANDARD`] phrases and `own`, without those that `own` takes out with a `!` before them, and the lines of `own` that
    /// are no phrases. A bad line leaves the others in force.
    pub fn with(own: &str) -> (Self, Vec<BadLine>) {
        let mut phrases: Vec<String> = lines(STANDARD).map(|(_, line)| plain(line)).collect();
        let mut bad = Vec::new();
        for (number, line) in lines(own) {
            let out = line.strip_prefix('!');
            let phrase = plain(out.unwrap_or(line));
            let reason = match out {
                Some(_) if !phrases.contains(&phrase) => {
                    Some("This phrase is not in the list, so it need not be taken out.")
                }
                None if phrase.split_whitespace().count() < 2 => {
                    Some("Write at least two words: one alone stands in honest messages, too.")
                }
                None if phrase.chars().count() > MOST_CHARACTERS => Some("Keep a phrase to 200 characters."),
                _ => None,
            };
            match (reason, out) {
                (Some(reason), _) => bad.push(BadLine { line: number, reason }),
                (None, Some(_)) => phrases.retain(|other| *other != phrase),
                (None, None) => phrases.push(phrase),
            }
        }
        (Self(phrases), bad)
    }

    /// Whether one of them is in a text.
    pub fn are_in(&self, text: &str) -> bool {
        let text = plain(text);
        self.0.iter().any(|phrase| text.contains(phrase.as_str()))
    }
}

/// The lines that say something, with their numbers.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines = (1..).zip(text.lines().map(str::trim));
    lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
}

/// The signs in a name and a message.
pub fn signs(name: &str, message: &str, sales: &Sales) -> impl Iterator<Item = Sign> {
    let linked = links(message);
    let cyrillic = message.chars().any(|letter| ('\u{0400}'..='\u{052f}').contains(&letter));
    let found = [
        (links(name) > 0, Sign::LinkInName),
        (linked > MOST_LINKS, Sign::ManyLinks),
        (linked > 0 && cyrillic, Sign::CyrillicLink),
        (sales.are_in(message), Sign::SalesPhrase),
    ];
    found.into_iter().filter_map(|(found, sign)| found.then_some(sign))
}

fn links(text: &str) -> usize {
    let text = text.to_lowercase();
    text.matches("://").count() + text.split_whitespace().filter(|word| word.starts_with("www.")).count()
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
        signs(name, message, &Sales::with("").0).collect()
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

    #[test]
    fn a_centre_adds_phrases_and_takes_some_out() {
        let (sales, bad) = Sales::with("# ours\nBuy our Mattresses!\n! seo services\ncheap\n!never there");
        assert_eq!(bad.iter().map(|bad| bad.line).collect::<Vec<_>>(), [4, 5]);
        assert!(sales.are_in("Please buy our mattresses today."));
        assert!(!sales.are_in("We offer S.E.O. services."));
        assert!(!sales.are_in("Is it cheap?"));
        assert!(sales.are_in("search engine optimization"));
    }

    /// Nobody who is in danger is taken for a salesman: the sentences that crises are measured by hold no phrase.
    #[test]
    fn no_cry_for_help_is_taken_for_an_offer() {
        for line in include_str!("../crisis/sentences.txt").lines().filter(|line| !line.starts_with('#')) {
            assert_eq!(found("Sam", line), [], "{line}");
        }
    }
}
