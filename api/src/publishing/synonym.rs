//! What means the same in a visitor's search: “CBT” and “cognitive behavioral therapy”.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::{
    problem::{Problem, ProblemCode},
    setting,
};
use sea_orm::{ConnectionTrait, EntityTrait};
use serde::{Deserialize, Serialize};

use super::terms::Said;
use crate::{
    db::write_setting,
    error::{Error, Result},
    generation::{Touched, bump_generation},
    identity::{
        Actor, Audit, Permission,
        audit::{Event, Stream, Verb},
    },
    words::folded,
};

/// Where the list is kept.
const KEY: &str = "searchSynonyms";
/// Groups of a list, at the most.
const MOST_GROUPS: usize = 500;
/// Terms of a group, at the most.
const MOST_TERMS: usize = 12;
/// Characters of a term, at the most.
const MOST_CHARACTERS: usize = 80;

/// What a centre begins with: the field's own abbreviations.
const FIRST: &[&[&str]] = &[
    &["AA", "Alcoholics Anonymous"],
    &["AUD", "alcohol use disorder", "alcoholism"],
    &["CBT", "cognitive behavioral therapy", "cognitive behavioural therapy"],
    &["DBT", "dialectical behavior therapy", "dialectical behaviour therapy"],
    &["EMDR", "eye movement desensitization and reprocessing"],
    &["IOP", "intensive outpatient"],
    &["MAT", "medication-assisted treatment"],
    &["NA", "Narcotics Anonymous"],
    &["OUD", "opioid use disorder"],
    &["PHP", "partial hospitalization"],
    &["PTSD", "post-traumatic stress disorder"],
    &["SUD", "substance use disorder", "addiction"],
    &["detox", "detoxification", "withdrawal management"],
    &["rehab", "rehabilitation", "residential treatment"],
];

/// Terms that mean the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Synonyms(pub Vec<String>);

/// The list, as staff wrote it or as a centre begins with it.
pub async fn list_synonyms(db: &impl ConnectionTrait) -> Result<Vec<Synonyms>> {
    match setting::Entity::find_by_id(KEY).one(db).await? {
        Some(row) => Ok(serde_json::from_value(row.value)?),
        None => Ok(FIRST.iter().map(|terms| Synonyms(terms.iter().map(ToString::to_string).collect())).collect()),
    }
}

/// Writes the whole list anew; given what it is `based_on`, only where it still says that. Fails with problems at `groups`,
/// and with `CONFLICT`.
pub async fn save_synonyms(
    db: &impl ConnectionTrait,
    actor: Actor,
    audit: &Audit,
    groups: Vec<Vec<String>>,
    based_on: Option<Vec<Vec<String>>>,
    now: DateTime<Utc>,
) -> Result<Vec<Synonyms>> {
    actor.require(Permission::Publish)?;
    let groups = read(groups)?;
    // Whoever saves at the same time waits here, and then reads what was saved.
    bump_generation(db, &Touched::kind("synonyms"), now).await?;
    if let Some(based_on) = based_on {
        let now_said = list_synonyms(db).await?;
        if !now_said.into_iter().map(|Synonyms(terms)| terms).eq(based_on) {
            let message = "Somebody changed the list meanwhile. Read it again, then save.";
            return Err(Error::problem(ProblemCode::Conflict, ["basedOn"], message));
        }
    }
    write_setting(db, KEY, serde_json::to_value(&groups)?, now).await?;
    let event = Event::done(Stream::Content, Verb::SynonymsSaved, KEY);
    audit.record(db, actor, event, now).await?;
    Ok(groups)
}

fn read(groups: Vec<Vec<String>>) -> Result<Vec<Synonyms>> {
    let mut problems = Vec::new();
    let mut refuse = |path: &[&str], code, message: String| {
        let path = path.iter().map(ToString::to_string).collect();
        problems.push(Problem { code, path, message });
    };
    if groups.len() > MOST_GROUPS {
        refuse(&["groups"], ProblemCode::TooLarge, format!("Keep the list to {MOST_GROUPS} lines."));
    }
    let mut kept = Vec::new();
    let mut lines: HashMap<Vec<String>, usize> = HashMap::new();
    for (place, group) in groups.into_iter().take(MOST_GROUPS).enumerate() {
        let at = place.to_string();
        let terms: Vec<String> = group.into_iter().map(|term| term.replace('\0', "").trim().to_owned()).collect();
        if !(2..=MOST_TERMS).contains(&terms.len()) {
            let message = format!("Name 2 to {MOST_TERMS} terms that mean the same.");
            refuse(&["groups", &at], ProblemCode::Invalid, message);
        }
        let line = place + 1;
        for (place, term) in terms.iter().enumerate() {
            let place = place.to_string();
            let words = folded(term);
            if words.is_empty() {
                refuse(&["groups", &at, &place], ProblemCode::Required, "Write a word.".to_owned());
            } else if term.chars().count() > MOST_CHARACTERS {
                let message = format!("Keep it to {MOST_CHARACTERS} characters.");
                refuse(&["groups", &at, &place], ProblemCode::TooLarge, message);
            } else if let Some(other) = lines.insert(words, line) {
                let message = format!("“{term}” is already in line {other}: bring what means the same together.");
                refuse(&["groups", &at, &place], ProblemCode::Invalid, message);
            }
        }
        kept.push(Synonyms(terms));
    }
    if problems.is_empty() { Ok(kept) } else { Err(Error::Problems(problems)) }
}

/// What must be said for `words`: where some of them are a term of the list, that or what means the same.
pub(super) fn expand(groups: &[Synonyms], words: &[String]) -> Vec<Said> {
    let groups: Vec<Said> =
        groups.iter().map(|Synonyms(terms)| terms.iter().map(|term| folded(term)).collect()).collect();
    let mut sought = Vec::new();
    let mut rest = words;
    while let Some((word, after)) = rest.split_first() {
        // The longest term counts, so that “cognitive behavioral therapy” is not taken apart.
        let meant = groups.iter().filter_map(|terms| {
            let length = terms.iter().filter(|term| rest.starts_with(term)).map(Vec::len).max()?;
            Some((length, terms))
        });
        match meant.max_by_key(|(length, _)| *length) {
            Some((length, terms)) => {
                sought.push(terms.clone());
                rest = rest.get(length..).unwrap_or_default();
            }
            None => {
                sought.push(vec![vec![word.clone()]]);
                rest = after;
            }
        }
    }
    sought
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        folded(text)
    }

    #[test]
    fn a_term_is_also_sought_by_what_means_the_same() {
        let groups = [Synonyms(vec!["CBT".into(), "cognitive behavioral therapy".into()])];
        let both: Said = vec![words("cbt"), words("cognitive behavioral therapy")];
        assert_eq!(expand(&groups, &words("CBT online")), [both.clone(), vec![words("online")]]);
        assert_eq!(expand(&groups, &words("online cognitive behavioral therapy")), [vec![words("online")], both]);
        assert_eq!(expand(&groups, &words("cognitive")), [vec![words("cognitive")]]);
    }

    #[test]
    fn what_is_wrong_with_a_list_is_told_where_it_is() {
        let groups = vec![
            vec!["one".into()],
            vec!["two".into(), " ".into()],
            vec!["a".into(), "x".repeat(81)],
            vec!["b".into(), "TWO".into()],
        ];
        let Err(Error::Problems(problems)) = read(groups) else { panic!("it is refused") };
        let paths: Vec<String> = problems.iter().map(|problem| problem.path.join(".")).collect();
        assert_eq!(paths, ["groups.0", "groups.1.1", "groups.2.1", "groups.3.1"]);
    }
}
