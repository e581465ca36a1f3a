//! What is wrong with an input, said so that the person can mend it.

use serde::Serialize;

/// What a program may branch on. The list grows; clients need a default branch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, async_graphql::Enum)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[graphql(name = "UserErrorCode")]
pub enum ProblemCode {
    /// The value is not allowed; the message says what is.
    Invalid,
    /// A value is missing.
    Required,
    /// Somebody else has this value already.
    Taken,
    /// There is no such thing, or you may not see it.
    NotFound,
    /// Somebody changed it meanwhile: read it again.
    Conflict,
    /// Your role does not allow it for this one.
    Forbidden,
    /// Too long or too many.
    TooLarge,
    /// The present state does not lead there.
    IllegalTransition,
    /// Nobody has this e-mail and password.
    InvalidCredentials,
    /// Too many attempts: wait, then try again.
    TooManyAttempts,
    /// Without this consent nothing can be kept.
    ConsentRequired,
    /// The idempotency key came earlier with another body.
    IdempotencyMismatch,
}

/// One thing to mend.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// What a program branches on.
    pub code: ProblemCode,
    /// Where in the input: `["blocks", "2", "quote", "text"]`.
    pub path: Vec<String>,
    /// A sentence that names the field and says what to do.
    pub message: String,
}

/// How complete a document must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Being written: limits hold, but required fields may still be empty.
    Draft,
    /// About to be public: everything required is there.
    Publish,
}

/// Collects problems while walking through an input; knows where it stands.
///
/// ```
/// # use entity::problem::{Problems, Stage};
/// let mut problems = Problems::new(Stage::Publish);
/// problems.within("quote", |problems| problems.text("text", "", 600));
/// assert_eq!(problems.into_vec()[0].path, ["quote", "text"]);
/// ```
#[derive(Debug)]
pub struct Problems {
    stage: Stage,
    path: Vec<String>,
    found: Vec<Problem>,
    warnings: Vec<Problem>,
}

impl Problems {
    /// An empty collection for a document at `stage`.
    pub fn new(stage: Stage) -> Self {
        Self { stage, path: Vec::new(), found: Vec::new(), warnings: Vec::new() }
    }

    /// Looks at something one step further down.
    pub fn within<R>(&mut self, segment: impl ToString, look: impl FnOnce(&mut Self) -> R) -> R {
        self.path.push(segment.to_string());
        let answer = look(self);
        self.path.pop();
        answer
    }

    /// Records a problem at `field` of the present place.
    pub fn add(&mut self, field: impl ToString, code: ProblemCode, message: impl Into<String>) {
        let problem = self.at(field, code, message);
        self.found.push(problem);
    }

    /// Records something worth a look that stops nobody.
    pub fn warn(&mut self, field: impl ToString, message: impl Into<String>) {
        let problem = self.at(field, ProblemCode::Invalid, message);
        self.warnings.push(problem);
    }

    /// Records what is missing, if the document is about to be public.
    pub fn missing(&mut self, field: impl ToString, message: impl Into<String>) {
        if self.stage == Stage::Publish {
            self.add(field, ProblemCode::Required, message);
        }
    }

    /// A required text of at most `most` characters.
    pub fn text(&mut self, field: &str, value: &str, most: usize) {
        if value.trim().is_empty() {
            self.missing(field, format!("Fill in {}.", words(field)));
        }
        self.optional_text(field, value, most);
    }

    /// A text that may be empty, of at most `most` characters.
    pub fn optional_text(&mut self, field: &str, value: &str, most: usize) {
        let length = value.chars().count();
        if length > most {
            self.add(
                field,
                ProblemCode::TooLarge,
                format!("Shorten {} to {most} characters; it has {length}.", words(field)),
            );
        }
        if value.chars().any(is_forbidden) {
            self.add(
                field,
                ProblemCode::Invalid,
                format!("Remove the invisible control characters from {}.", words(field)),
            );
        }
    }

    /// A list of at least one (when public) and at most `most`.
    pub fn count(&mut self, field: &str, length: usize, most: usize) {
        if length == 0 {
            self.missing(field, format!("Add at least one to {}.", words(field)));
        }
        self.at_most(field, length, most);
    }

    /// A list of at most `most`.
    pub fn at_most(&mut self, field: &str, length: usize, most: usize) {
        if length > most {
            self.add(field, ProblemCode::TooLarge, format!("Keep {} to {most}; there are {length}.", words(field)));
        }
    }

    /// Whether nothing was found that stops.
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// What was found.
    pub fn into_vec(self) -> Vec<Problem> {
        self.found
    }

    /// What was found and what is only worth a look.
    pub fn into_parts(self) -> (Vec<Problem>, Vec<Problem>) {
        (self.found, self.warnings)
    }

    fn at(&self, field: impl ToString, code: ProblemCode, message: impl Into<String>) -> Problem {
        let mut path = self.path.clone();
        path.push(field.to_string());
        Problem { code, path, message: message.into() }
    }
}

/// Control characters and bidirectional overrides, which change what a reader sees; line breaks and tabs are text.
pub fn is_forbidden(character: char) -> bool {
    (character.is_control() && !matches!(character, '\n' | '\t'))
        || matches!(character, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// `bestTime` or `best_time` as a person says it: "the field “best time”"; an item of a list is "number 3".
fn words(field: &str) -> String {
    if let Ok(place) = field.parse::<usize>() {
        return format!("number {}", place.saturating_add(1));
    }
    let mut said = String::with_capacity(field.len() + 8);
    said.push_str("the field “");
    for character in field.chars() {
        if character == '_' {
            said.push(' ');
        } else if character.is_uppercase() {
            said.push(' ');
            said.extend(character.to_lowercase());
        } else {
            said.push(character);
        }
    }
    said.push('”');
    said
}
