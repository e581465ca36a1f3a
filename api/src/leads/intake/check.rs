//! Whether a submission may be stored: all of it is looked at, and every problem told at once.

use std::collections::HashSet;

use entity::{
    consent_text,
    id::ConsentTextId,
    lead::{ContactMethod, LeadRelationship},
    lead_form_version::LeadField,
    problem::{Problem, ProblemCode, Problems, Stage},
};
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

use super::{
    super::{
        Sensitive,
        consent::{self, ConsentScope},
        contact::{self, Phone, accept},
        form::{self, Form, MOST_BEST_TIME, MOST_INSURANCE, MOST_MESSAGE},
    },
    Consent, MOST_CONSENTS, SafeContact, Submission, UnderAge, clean_path,
};
use crate::{
    error::{Error, Result},
    words::one_line,
};

const MOST_PLACEMENT: usize = 40;

/// A submission that may be stored, everything in the form it is stored in.
pub(super) struct Checked<'a> {
    pub(super) idempotency_key: String,
    /// The version of the form.
    pub(super) form_version: Option<i32>,
    pub(super) placement: Option<&'a str>,
    pub(super) name: Zeroizing<String>,
    pub(super) phone: Option<Phone>,
    pub(super) email: Option<Zeroizing<String>>,
    pub(super) relationship: LeadRelationship,
    pub(super) under_age: UnderAge,
    pub(super) insurance: Zeroizing<String>,
    pub(super) message: Zeroizing<String>,
    pub(super) safe_contact: &'a SafeContact,
    pub(super) best_time: Option<String>,
    pub(super) path: String,
    pub(super) consents: Vec<(ConsentTextId, Vec<ConsentScope>)>,
    /// Whether text messages were agreed to.
    pub(super) texts: bool,
}

impl<'a> Checked<'a> {
    /// `form` is the version that was filled in, where there is such a one.
    pub(super) fn new(
        given: &'a Submission,
        form: Option<&Form>,
        texts: &[Option<consent_text::Model>],
    ) -> Result<Self> {
        let mut problems = Problems::new(Stage::Publish);
        let problems_ref = &mut problems;

        check_key(&given.idempotency_key, problems_ref);
        if form.is_none() {
            check_form(given, problems_ref);
        }
        let placement = given.placement.as_deref().map(str::trim).filter(|placement| !placement.is_empty());
        if let Some(placement) = placement {
            check_placement(placement, problems_ref);
        }
        let name = contact::name(given.name.expose());
        let name = accept(name.map(Some), "name", "Write how we may call you; a first name is enough.", problems_ref);
        let (phone, email) = problems_ref.within("contact", |problems| {
            let phone = accept(Phone::parse(given.phone.expose()), "phone", "", problems);
            let email = accept(contact::email(given.email.expose()), "email", "", problems);
            (phone, email)
        });
        if given.phone.expose().trim().is_empty() && given.email.expose().trim().is_empty() {
            let message = "Give a phone number or an e-mail address, so that we can answer you.";
            problems_ref.add("contact", ProblemCode::Required, message);
        } else if let Some(form) = form {
            check_required(given, form, problems_ref);
        }
        let message = check_message(given.message.expose(), problems_ref);
        let insurance = one_line(given.insurance.expose());
        problems_ref.optional_text("insurance", &insurance, MOST_INSURANCE);
        let best_time = given.safe_contact.best_time.as_deref().map(one_line).filter(|best_time| !best_time.is_empty());
        problems_ref.within("safeContact", |problems| {
            problems.optional_text("bestTime", best_time.as_deref().unwrap_or_default(), MOST_BEST_TIME);
        });
        let path = clean_path(&given.source_path);
        if path.is_none() {
            let message = "Give the path of the page as it stands after the host, such as /ketamine-side-effects.";
            problems_ref.add("sourcePath", ProblemCode::Invalid, message);
        }
        let consents = check_consents(&given.consents, texts, problems_ref);

        let agreed = |id: ConsentTextId| texts.iter().flatten().find(|text| text.id == id);
        let texts = consents.iter().any(|(id, _)| agreed(*id).is_some_and(|text| text.key == consent::TEXTS));
        check_preferred(given, texts && given.safe_contact.text, problems_ref);

        let problems = in_words_of(form, problems.into_vec());
        if !problems.is_empty() {
            return Err(Error::Problems(problems));
        }
        Ok(Self {
            texts,
            form_version: form.map(|form| form.version),
            idempotency_key: given.idempotency_key.trim().to_owned(),
            placement,
            name: name.unwrap_or_default().into(),
            phone,
            email: email.map(Zeroizing::new),
            relationship: given.relationship,
            under_age: given.under_age,
            insurance: insurance.into(),
            message: message.into(),
            safe_contact: &given.safe_contact,
            best_time,
            path: path.unwrap_or_default(),
            consents,
        })
    }

    /// What must be the same in a retry. How the form was drawn, what led to it and what a machine
    /// filled in do not count.
    pub(super) fn body(&self) -> Result<Zeroizing<Vec<u8>>> {
        let safe = self.safe_contact;
        let parts = (
            (
                self.placement,
                self.name.as_str(),
                self.phone.as_ref().map(Phone::stored),
                self.email.as_ref().map(|email| email.as_str()),
            ),
            (self.relationship, self.insurance.as_str(), self.message.as_str()),
            (safe.voicemail, safe.text, safe.say_who_calls, safe.preferred, self.best_time.as_deref()),
            (self.path.as_str(), &self.consents),
        );
        // Left out where nobody said, so that what was sent before this was asked is still recognised.
        let said = (self.under_age != UnderAge::NotSaid).then_some(self.under_age);
        Ok(Zeroizing::new(match said {
            None => serde_json::to_vec(&parts)?,
            Some(under_age) => serde_json::to_vec(&(parts, under_age))?,
        }))
    }
}

fn check_key(key: &str, problems: &mut Problems) {
    let key = key.trim();
    let allowed = |character: char| character.is_ascii_alphanumeric() || matches!(character, '-' | '_');
    if !(16..=64).contains(&key.len()) || !key.chars().all(allowed) {
        let message =
            "Send an idempotency key of 16 to 64 letters, digits, - or _, such as a UUID made when the form is drawn.";
        problems.add("idempotencyKey", ProblemCode::Invalid, message);
    }
}

fn check_form(given: &Submission, problems: &mut Problems) {
    match given.form_version {
        Some(number) => {
            let message = format!(
                "There is no version {number} of this form. Take `version` from `leadForm` with the fields, or leave this out."
            );
            problems.add("formVersion", ProblemCode::NotFound, message);
        }
        None => problems.add("form", ProblemCode::NotFound, "There is no such form. Use “confidential”."),
    }
}

/// Whoever may be reached one way may still lack the way that the form insists on.
fn check_required(given: &Submission, form: &Form, problems: &mut Problems) {
    let lacks = |field: LeadField, value: &Sensitive<String>| {
        let path = form::known(field).path;
        value.expose().trim().is_empty() && form.field(path).is_some_and(|field| field.required)
    };
    problems.within("contact", |problems| {
        if lacks(LeadField::Phone, &given.phone) {
            problems.add("phone", ProblemCode::Required, "Give a phone number, so that we can call you.");
        }
        if lacks(LeadField::Email, &given.email) {
            problems.add("email", ProblemCode::Required, "Give an e-mail address, so that we can write to you.");
        }
    });
}

/// The same problems, said as the form says them where it has words of its own.
fn in_words_of(form: Option<&Form>, mut problems: Vec<Problem>) -> Vec<Problem> {
    for problem in &mut problems {
        let own = form.and_then(|form| form.field(&problem.path.join("."))).map(|field| &field.problem);
        if let Some(own) = own.filter(|own| !own.is_empty()) {
            problem.message.clone_from(own);
        }
    }
    problems
}

fn check_placement(placement: &str, problems: &mut Problems) {
    let allowed = |character: char| character.is_ascii_alphanumeric() || matches!(character, '-' | '_');
    if placement.len() > MOST_PLACEMENT || !placement.chars().all(allowed) {
        let message = "A placement has at most 40 letters, digits, - or _, such as “end”.";
        problems.add("placement", ProblemCode::Invalid, message);
    }
}

fn check_message(typed: &str, problems: &mut Problems) -> String {
    let composed: String = typed.nfc().collect();
    let message = composed.replace("\r\n", "\n").replace('\r', "\n").trim().to_owned();
    let length = message.chars().count();
    if length > MOST_MESSAGE {
        let message = format!("Shorten your message to {MOST_MESSAGE} characters; it has {length}.");
        problems.add("message", ProblemCode::TooLarge, message);
    }
    if message.contains('\0') {
        problems.add("message", ProblemCode::Invalid, "Remove the invisible control characters from your message.");
    }
    message
}

fn check_preferred(given: &Submission, may_text: bool, problems: &mut Problems) {
    let missing = |value: &Sensitive<String>| value.expose().trim().is_empty();
    let message = match given.safe_contact.preferred {
        Some(ContactMethod::Phone | ContactMethod::Text) if missing(&given.phone) => {
            "You like best to be called or texted, but gave no phone number. Add it, or choose another way."
        }
        Some(ContactMethod::Text) if !may_text => {
            "You like texts best, but did not tick that you may be sent them. Tick it, or choose another way."
        }
        Some(ContactMethod::Email) if missing(&given.email) => {
            "You like e-mail best, but gave no e-mail address. Add it, or choose another way."
        }
        _ => return,
    };
    problems.within("safeContact", |problems| problems.add("preferred", ProblemCode::Invalid, message));
}

fn check_consents(
    given: &[Consent],
    texts: &[Option<consent_text::Model>],
    problems: &mut Problems,
) -> Vec<(ConsentTextId, Vec<ConsentScope>)> {
    problems.at_most("consents", given.len(), MOST_CONSENTS);
    let mut accepted = Vec::new();
    let mut said = HashSet::new();
    let mut contact = false;
    for (index, (consent, text)) in given.iter().zip(texts).enumerate() {
        problems.within("consents", |problems| {
            problems.within(index, |problems| {
                let Some(text) = text else {
                    let message = "There is no such wording. Take the id from `leadForm { consent { id } }`.";
                    problems.add("text", ProblemCode::NotFound, message);
                    return;
                };
                if !said.insert(text.id) {
                    problems.add("text", ProblemCode::Invalid, "Send each wording once; this one came before.");
                    return;
                }
                if !consent.accepted {
                    return;
                }
                contact |= text.key == consent::CONTACT;
                accepted.push((text.id, check_scopes(&consent.scopes, text, problems)));
            });
        });
    }
    if !contact {
        let message = "Tick the box that lets us contact you; without it we may not keep what you wrote.";
        problems.add("consents", ProblemCode::ConsentRequired, message);
    }
    accepted
}

/// The ways that were agreed to, each once.
fn check_scopes(given: &[ConsentScope], text: &consent_text::Model, problems: &mut Problems) -> Vec<ConsentScope> {
    let covered = consent::scopes_of(&text.key);
    if given.is_empty() || given.iter().any(|scope| !covered.contains(scope)) {
        let code = if given.is_empty() { ProblemCode::Required } else { ProblemCode::Invalid };
        let ways: Vec<String> = covered.iter().map(ToString::to_string).collect();
        problems.add("scopes", code, format!("Name what this wording covers and was agreed to: {}.", ways.join(", ")));
    }
    let mut scopes = Vec::new();
    for scope in given {
        if !scopes.contains(scope) {
            scopes.push(*scope);
        }
    }
    scopes
}
