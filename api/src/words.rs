//! Words as they are kept and compared: whatever is looked for is folded the same way as where it is looked for.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// A text on one line, its words a space apart, each letter composed (Unicode's form NFC).
pub fn one_line(text: &str) -> String {
    let composed: String = text.nfc().collect();
    composed.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text's words in lower case, without accents, letters and digits only.
pub fn folded(text: &str) -> Vec<String> {
    let plain: String =
        text.nfkd().filter(|character| !is_combining_mark(*character)).flat_map(char::to_lowercase).collect();
    plain
        .split(|character: char| !character.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(Into::into)
        .collect()
}

/// Whether `text` has a word that begins with each of `wanted`, which are folded.
pub fn says(text: &str, wanted: &[String]) -> bool {
    let words = folded(text);
    wanted.iter().all(|wanted| words.iter().any(|word| word.starts_with(wanted)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_its_letters_composed_and_its_words_a_space_apart() {
        assert_eq!(one_line("  Jose\u{301}\n \tde la Cruz "), "José de la Cruz");
    }

    #[test]
    fn words_are_found_in_any_case_without_accents_and_by_their_beginning() {
        assert_eq!(folded("Sobredosis: ¿Qué hacer?"), ["sobredosis", "que", "hacer"]);
        assert!(says("Señales de sobredosis", &folded("SENAL sobre")));
        assert!(!says("Señales de sobredosis", &folded("dosis")));
        assert!(says("anything", &folded(" -- ")));
    }
}
