//! The file of phrases: its sections, and what the phrases of each are for.

use super::Danger;

/// What the phrases of a section are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Section {
    Meaning(Meaning),
    Spelling,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    Danger(Danger, Tense),
    /// No danger lies in it, whatever phrase it holds.
    Harmless,
    /// Takes back what follows.
    Negation,
    /// May stand between a negation and what it takes back.
    Carrier,
    /// Says that something is long over.
    Past,
    /// Says that it is not over after all.
    Present,
}

/// Whether it matters when it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tense {
    Any,
    NotPast,
}

impl Section {
    /// Reads `English: suicide, unless past` without its brackets; the language is for the reader only.
    fn read(heading: &str) -> Option<Self> {
        let (_, name) = heading.split_once(':')?;
        let (name, tense) = match name.split_once(',') {
            Some((name, when)) if when.trim() == "unless past" => (name, Tense::NotPast),
            Some(_) => return None,
            None => (name, Tense::Any),
        };
        let meaning = match (name.trim(), tense) {
            ("suicide", tense) => Meaning::Danger(Danger::Suicide, tense),
            ("overdose", tense) => Meaning::Danger(Danger::Overdose, tense),
            ("withdrawal", tense) => Meaning::Danger(Danger::Withdrawal, tense),
            ("violence", tense) => Meaning::Danger(Danger::Violence, tense),
            ("harmless", Tense::Any) => Meaning::Harmless,
            ("negation", Tense::Any) => Meaning::Negation,
            ("carries a negation", Tense::Any) => Meaning::Carrier,
            ("past", Tense::Any) => Meaning::Past,
            ("present", Tense::Any) => Meaning::Present,
            ("spelling", Tense::Any) => return Some(Self::Spelling),
            _ => return None,
        };
        Some(Self::Meaning(meaning))
    }
}

/// The lines that say something, with their number and section. Of a section whose heading cannot be read only the
/// heading is among them: one mistake is told once.
pub(super) fn lines(text: &str) -> impl Iterator<Item = (usize, Result<Section, &'static str>, &str)> {
    let mut section = Some(Err("Put a heading such as [English: suicide] above the first phrase."));
    text.lines().zip(1..).filter_map(move |(line, number)| {
        let content = line.split_once('#').map_or(line, |(content, _)| content).trim();
        if content.is_empty() {
            return None;
        }
        if let Some(heading) = content.strip_prefix('[') {
            let read = heading.strip_suffix(']').and_then(Section::read);
            section = read.map(Ok);
            let unknown = Err("Write the heading as one of those at the top of the file, such as [English: suicide].");
            return read.is_none().then_some((number, unknown, content));
        }
        Some((number, section?, content))
    })
}
