//! A telephone number in prose is digits that nobody can change in one place, and that no telephone dials.

use async_graphql::Json;
use entity::{
    id::ContactPointId,
    passage::Passage,
    rich_text::{Inline, ListItem, Node, PhoneAttrs, RichText},
};
use phonenumber::{Mode, country};
use serde_json::Value;

use super::{CheckFix, Draft, Finding, Rule};

pub(super) const RULE: Rule = Rule { code: "rawPhone", look };

/// Numbers that save lives, when a text tells somebody to call them.
const SHORT: [&str; 2] = ["911", "988"];

fn look(draft: &Draft<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for passage in &draft.passages {
        for written in numbers(&passage.text) {
            let known = draft.around.phones.iter().find(|(_, _, number)| *number == written.dialled);
            let message = match known {
                Some((_, label, _)) if !is_rich(draft, passage) => format!(
                    "“{}” is the telephone “{label}”. Name it in a text instead, where it can be inserted and dialled.",
                    written.text
                ),
                Some((_, label, _)) => {
                    format!(
                        "“{}” is the telephone “{label}”. Insert that, so that it can be dialled and changes everywhere.",
                        written.text
                    )
                }
                None => format!(
                    "“{}” is a telephone number in the text. Add it to the contact points and insert it from there.",
                    written.text
                ),
            };
            let fix = known.and_then(|(id, label, _)| fix(draft, passage, &written, *id, label));
            found.push(Finding::at(passage, written.text, message).with_fix(fix));
        }
    }
    found
}

/// A number as it is written, and as it is dialled.
struct Written<'a> {
    text: &'a str,
    dialled: String,
}

fn numbers(text: &str) -> Vec<Written<'_>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(rest) = text.get(from..) {
        let Some(start) = rest.find(|c: char| c.is_ascii_digit() || c == '+' || c == '(') else { break };
        let start = from + start;
        let tail = text.get(start..).unwrap_or_default();
        let length = tail
            .find(|c: char| {
                !(c.is_ascii_digit() || matches!(c, '+' | '(' | ')' | ' ' | '\u{a0}' | '-' | '‑' | '–' | '.' | '/'))
            })
            .unwrap_or(tail.len());
        let candidate = tail.get(..length).unwrap_or_default().trim_end_matches(|c: char| !c.is_ascii_digit());
        from = start + length.max(1);
        let inside_a_word = text.get(..start).and_then(|before| before.chars().next_back());
        if candidate.is_empty()
            || inside_a_word.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '$' | '€' | '£'))
        {
            continue;
        }
        if let Some(dialled) = dialled(text.get(..start).unwrap_or_default(), candidate) {
            found.push(Written { text: candidate, dialled });
        }
    }
    found
}

/// What a telephone dials for `candidate`, if it is a number at all; `before` is what the text says before it.
fn dialled(before: &str, candidate: &str) -> Option<String> {
    if SHORT.contains(&candidate) {
        let last = before.split_whitespace().rev().take(3).map(str::to_lowercase);
        let told =
            |word: String| matches!(word.as_str(), "call" | "dial" | "text" | "calling" | "dialling" | "dialing");
        return last.into_iter().any(told).then(|| candidate.to_owned());
    }
    let digits = candidate.chars().filter(char::is_ascii_digit).count();
    if !(10..=15).contains(&digits) {
        return None;
    }
    let number = phonenumber::parse(Some(country::US), candidate).ok()?;
    phonenumber::is_valid(&number).then(|| number.format().mode(Mode::E164).to_string())
}

/// Whether a telephone can stand in it: a line or a heading holds nothing but words.
fn is_rich(draft: &Draft<'_>, passage: &Passage) -> bool {
    stored(draft, passage).is_some_and(|value| serde_json::from_value::<RichText>(value).is_ok())
}

/// What is stored where a passage stands.
fn stored(draft: &Draft<'_>, passage: &Passage) -> Option<Value> {
    let [_, place, below @ ..] = passage.path.as_slice() else { return None };
    let place: usize = place.parse().ok()?;
    let block = serde_json::to_value(draft.blocks.get(place)?).ok()?;
    let found = below.iter().try_fold(&block, |value, step| match step.parse::<usize>() {
        Ok(item) => value.get(item),
        Err(_) => value.get(step),
    })?;
    Some(found.clone())
}

/// The text with the contact point where the digits stood.
fn fix(
    draft: &Draft<'_>,
    passage: &Passage,
    written: &Written<'_>,
    id: ContactPointId,
    label: &str,
) -> Option<CheckFix> {
    let mut text: RichText = serde_json::from_value(stored(draft, passage)?).ok()?;
    if !replace(&mut text.content, written.text, id) {
        return None;
    }
    Some(CheckFix {
        label: format!("Use the telephone “{label}”"),
        path: passage.path.clone(),
        value: Some(Json(serde_json::to_value(text).ok()?)),
    })
}

/// Puts the contact point in place of the first `digits`; answers whether they were found within one run of words.
fn replace(nodes: &mut [Node], digits: &str, id: ContactPointId) -> bool {
    nodes.iter_mut().any(|node| match node {
        Node::Paragraph { content } | Node::Heading { content, .. } => replace_inline(content, digits, id),
        Node::BulletList { content } | Node::OrderedList { content } => {
            content.iter_mut().any(|ListItem::ListItem { content }| replace(content, digits, id))
        }
    })
}

fn replace_inline(inlines: &mut Vec<Inline>, digits: &str, id: ContactPointId) -> bool {
    let found = inlines.iter().enumerate().find_map(|(place, inline)| match inline {
        Inline::Text { text, marks } => {
            let (before, after) = text.split_once(digits)?;
            Some((place, before.to_owned(), after.to_owned(), marks.clone()))
        }
        Inline::HardBreak | Inline::Phone { .. } | Inline::Person { .. } => None,
    });
    let Some((place, before, after, marks)) = found else { return false };
    let words = |text: String| (!text.is_empty()).then(|| Inline::Text { text, marks: marks.clone() });
    let phone = Inline::Phone { attrs: PhoneAttrs { contact_point: id } };
    inlines.splice(place..=place, words(before).into_iter().chain([phone]).chain(words(after)));
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn telephone_numbers_are_told_from_other_digits() {
        fn found(text: &str) -> Vec<(&str, String)> {
            numbers(text).into_iter().map(|it| (it.text, it.dialled)).collect()
        }
        let number = "+17813324135".to_owned();
        for written in ["(781) 332-4135", "781-332-4135", "781.332.4135", "+1 781 332 4135", "1-781-332-4135"] {
            let text = format!("Call {written}. Now");
            assert_eq!(found(&text), [(written, number.clone())]);
        }
        assert_eq!(found("If someone stops breathing, call 911 now."), [("911", "911".to_owned())]);
        for text in
            ["In 2019-2021 it rose", "911 people came", "$7813324135", "71.5 %", "doi 10.1001/jama", "25 000 000 000"]
        {
            assert!(found(text).is_empty(), "{text}");
        }
    }
}
