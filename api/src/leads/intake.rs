//! Taking in what a person wrote: all of it is checked at once, sealed, and on disk before it is acknowledged.

use chrono::{DateTime, SubsecRound, Utc};
use entity::{
    consent_text,
    entry::EntryKind,
    id::{ConsentTextId, LeadConsentId, LeadEventId, LeadId, LeadPersonId, PageId, RevisionId},
    lead::{self, ContactMethod, LeadPriority, LeadRelationship, LeadStatus},
    lead_consent::{self, TickedBy},
    lead_event::{self, LeadEventKind},
    lead_intake,
    lead_person::{self, LeadPersonRole},
    problem::{ProblemCode, Problems, Stage},
};
use rand::RngExt;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, SqlErr,
};
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

use super::{
    Sensitive, Vault,
    consent::{self, ConsentScope},
    contact::{self, Phone, Refused},
    form, form_token,
    sealing::{Cell, LeadKey, SealError},
    spam,
};
use crate::{
    db::Db,
    error::{Error, Result, refuse_if_any},
    outbox, publishing,
};

/// What of a lead waits in the outbox: its id.
pub const RECEIVED: &str = "lead.received";

const MOST_MESSAGE: usize = 4_000;
const MOST_INSURANCE: usize = 200;
const MOST_BEST_TIME: usize = 100;
const MOST_PLACEMENT: usize = 40;
const MOST_PATH: usize = 300;
const MOST_CONSENTS: usize = 10;
const MOST_REFERENCES_TRIED: usize = 8;
/// Digits and letters without vowels and without what is taken for one another.
const REFERENCE_LETTERS: &[u8; 28] = b"23456789BCDFGHJKMNPQRSTVWXYZ";

/// What somebody submits, as it arrived.
#[derive(Clone, Debug, Default)]
pub struct Submission {
    /// Made when the form was drawn and kept across retries: 16 to 64 letters, digits, `-` or `_`.
    pub idempotency_key: String,
    /// Which form.
    pub form: String,
    /// Which of the form's places on the page.
    pub placement: Option<String>,
    /// Who writes.
    pub name: Sensitive<String>,
    /// Where to call; may be empty.
    pub phone: Sensitive<String>,
    /// Where to write; may be empty.
    pub email: Sensitive<String>,
    /// Who it is for.
    pub relationship: LeadRelationship,
    /// In the person's own words; may be empty.
    pub insurance: Sensitive<String>,
    /// In the person's own words; may be empty.
    pub message: Sensitive<String>,
    /// How to reach the person without doing harm.
    pub safe_contact: SafeContact,
    /// The path of the page that was read.
    pub source_path: String,
    /// What was agreed to.
    pub consents: Vec<Consent>,
    /// Empty unless a machine filled it in.
    pub website: String,
    /// From the drawn form.
    pub form_token: Option<String>,
}

/// How to reach a person without doing harm. What was not said is not allowed.
#[derive(Clone, Debug, Default)]
pub struct SafeContact {
    /// Whether a voicemail may be left.
    pub voicemail: bool,
    /// Whether a text may be sent.
    pub text: bool,
    /// Whether the caller may say who calls.
    pub say_who_calls: bool,
    /// The way the person likes best.
    pub preferred: Option<ContactMethod>,
    /// When it is best, in the person's own words.
    pub best_time: Option<String>,
}

/// One wording and what was said to it.
#[derive(Clone, Debug)]
pub struct Consent {
    /// Which wording.
    pub text: String,
    /// Whether the box was ticked.
    pub accepted: bool,
    /// By which ways the person may be reached.
    pub scopes: Vec<ConsentScope>,
}

/// The page that was read, as the caller found it.
#[derive(Clone, Debug, Default)]
pub struct Attribution {
    /// Which page.
    pub page: Option<PageId>,
    /// Which revision of it the public read.
    pub revision: Option<RevisionId>,
    /// Its title.
    pub title: Option<String>,
}

/// What a visitor gets for a lead. A lead is never readable from outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// `HS-7F3K2`, to name the request on the telephone.
    pub reference: String,
    /// When it was stored.
    pub received_at: DateTime<Utc>,
}

/// What only the person's own words tell: one sealed envelope per lead, never changed.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Envelope {
    v: u8,
    /// As it was typed.
    name: String,
    /// As it was typed.
    phone: String,
    /// As it was typed.
    email: String,
    /// What is shown when the lead is revealed.
    pub(super) message: String,
    /// What is shown when the lead is revealed.
    pub(super) insurance: String,
    /// When to call, in the person's own words; may be empty.
    #[serde(default)]
    pub(super) best_time: String,
}

impl Envelope {
    /// An envelope that says `words` wherever it is read.
    pub(super) fn of_words(words: &str) -> Self {
        Self {
            v: 1,
            name: words.to_owned(),
            phone: words.to_owned(),
            email: words.to_owned(),
            message: words.to_owned(),
            insurance: words.to_owned(),
            best_time: words.to_owned(),
        }
    }
}

impl Attribution {
    /// What the public reads at `path` now; nothing when nobody outside reads anything there.
    pub async fn find(db: &impl ConnectionTrait, path: &str) -> Result<Self> {
        let Some(path) = clean_path(path) else { return Ok(Self::default()) };
        let Some(live) = publishing::find_live(db, &path).await? else { return Ok(Self::default()) };
        let page = (live.entry.kind == EntryKind::Page).then_some(PageId(live.entry.id.0));
        Ok(Self { page, revision: Some(live.revision_id()), title: Some(live.title().to_owned()) })
    }
}

/// Stores a lead with its consents, its first timeline entry and its outbox row, and answers once all of it is durable.
///
/// The same idempotency key with the same body answers the first receipt again; with another body it fails with
/// `IDEMPOTENCY_MISMATCH`. Fails with every problem at once, with paths below the input.
pub async fn submit(
    db: &Db,
    vault: &Vault,
    submission: &Submission,
    source: &Attribution,
    now: DateTime<Utc>,
) -> Result<Receipt> {
    let texts = consent_texts(db.reader(), &submission.consents).await?;
    let checked = Checked::new(submission, &texts)?;

    let attempt = Attempt {
        idempotency_hash: vault.idempotency_hash(&checked.idempotency_key),
        body_hash: vault.body_hash(&checked.body()?),
    };
    if let Some(receipt) = find_receipt(db.reader(), &attempt).await? {
        return Ok(receipt);
    }
    // To the millisecond, which every database keeps: the first receipt and a repeated one say the same.
    let now = now.trunc_subsecs(3);
    for tried in 0..MOST_REFERENCES_TRIED {
        let reference = draw_reference(tried);
        match store(db, vault, submission, &checked, source, &attempt, &reference, now).await {
            Ok(()) => return Ok(Receipt { reference, received_at: now }),
            Err(StoreError::Clash) => {
                // Either another request with this key was faster, and its receipt is ours, or the reference is taken.
                if let Some(receipt) = find_receipt(db.reader(), &attempt).await? {
                    return Ok(receipt);
                }
            }
            Err(StoreError::Other(error)) => return Err(error),
        }
    }
    Err(Error::internal("no free reference was found"))
}

/// The path of a page as it is stored: without query, fragment and trailing slash.
pub fn clean_path(path: &str) -> Option<String> {
    let path = path.trim();
    let path = path.split(['?', '#']).next().unwrap_or(path);
    let fits = path.starts_with('/') && path.chars().count() <= MOST_PATH;
    if !fits || path.chars().any(|character| character.is_control() || character.is_whitespace()) {
        return None;
    }
    let trimmed = path.trim_end_matches('/');
    Some(if trimmed.is_empty() { "/".to_owned() } else { trimmed.to_owned() })
}

/// A submission that may be stored, everything in the form it is stored in.
struct Checked<'a> {
    idempotency_key: String,
    placement: Option<&'a str>,
    name: Zeroizing<String>,
    phone: Option<Phone>,
    email: Option<Zeroizing<String>>,
    relationship: LeadRelationship,
    insurance: Zeroizing<String>,
    message: Zeroizing<String>,
    safe_contact: &'a SafeContact,
    best_time: Option<String>,
    path: String,
    consents: Vec<(ConsentTextId, Vec<ConsentScope>)>,
    /// Whether text messages were agreed to.
    texts: bool,
}

impl<'a> Checked<'a> {
    fn new(given: &'a Submission, texts: &[Option<consent_text::Model>]) -> Result<Self> {
        let mut problems = Problems::new(Stage::Publish);
        let problems_ref = &mut problems;

        check_key(&given.idempotency_key, problems_ref);
        if given.form != form::CONFIDENTIAL {
            problems_ref.add("form", ProblemCode::NotFound, "There is no such form. Use “confidential”.");
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
        }
        let message = check_message(given.message.expose(), problems_ref);
        let insurance = one_line(given.insurance.expose());
        problems_ref.optional_text("insurance", &insurance, MOST_INSURANCE);
        let best_time = given.safe_contact.best_time.as_deref().map(one_line).filter(|best_time| !best_time.is_empty());
        problems_ref.within("safeContact", |problems| {
            problems.optional_text("bestTime", best_time.as_deref().unwrap_or_default(), MOST_BEST_TIME);
            check_preferred(given, problems);
        });
        let path = clean_path(&given.source_path);
        if path.is_none() {
            let message = "Give the path of the page as it stands after the host, such as /ketamine-side-effects.";
            problems_ref.add("sourcePath", ProblemCode::Invalid, message);
        }
        let consents = check_consents(&given.consents, texts, problems_ref);

        let agreed = |id: ConsentTextId| texts.iter().flatten().find(|text| text.id == id);
        let texts = consents.iter().any(|(id, _)| agreed(*id).is_some_and(|text| text.key == consent::TEXTS));

        refuse_if_any(problems)?;
        Ok(Self {
            texts,
            idempotency_key: given.idempotency_key.trim().to_owned(),
            placement,
            name: name.unwrap_or_default().into(),
            phone,
            email: email.map(Zeroizing::new),
            relationship: given.relationship,
            insurance: insurance.into(),
            message: message.into(),
            safe_contact: &given.safe_contact,
            best_time,
            path: path.unwrap_or_default(),
            consents,
        })
    }

    /// What must be the same in a retry. How the form was drawn and what a machine filled in do not count.
    fn body(&self) -> Result<Zeroizing<Vec<u8>>> {
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
        Ok(Zeroizing::new(serde_json::to_vec(&parts)?))
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

fn check_preferred(given: &Submission, problems: &mut Problems) {
    let missing = |value: &Sensitive<String>| value.expose().trim().is_empty();
    let message = match given.safe_contact.preferred {
        Some(ContactMethod::Phone | ContactMethod::Text) if missing(&given.phone) => {
            "You like best to be called or texted, but gave no phone number. Add it, or choose another way."
        }
        Some(ContactMethod::Email) if missing(&given.email) => {
            "You like e-mail best, but gave no e-mail address. Add it, or choose another way."
        }
        _ => return,
    };
    problems.add("preferred", ProblemCode::Invalid, message);
}

fn check_consents(
    given: &[Consent],
    texts: &[Option<consent_text::Model>],
    problems: &mut Problems,
) -> Vec<(ConsentTextId, Vec<ConsentScope>)> {
    problems.at_most("consents", given.len(), MOST_CONSENTS);
    let mut accepted = Vec::new();
    let mut contact = false;
    for (index, (consent, text)) in given.iter().zip(texts).enumerate() {
        problems.within("consents", |problems| {
            problems.within(index, |problems| {
                let Some(text) = text else {
                    let message = "There is no such wording. Take the id from `leadForm { consent { id } }`.";
                    problems.add("text", ProblemCode::NotFound, message);
                    return;
                };
                if !consent.accepted || accepted.iter().any(|(id, _)| *id == text.id) {
                    return;
                }
                if consent.scopes.is_empty() {
                    let message = "Name at least one way that was agreed to: CALL, TEXT, EMAIL or VOICEMAIL.";
                    problems.add("scopes", ProblemCode::Required, message);
                }
                contact |= text.key == consent::CONTACT;
                let mut scopes: Vec<ConsentScope> = Vec::new();
                for scope in &consent.scopes {
                    if !scopes.contains(scope) {
                        scopes.push(*scope);
                    }
                }
                accepted.push((text.id, scopes));
            });
        });
    }
    if !contact {
        let message = "Tick the box that lets us contact you; without it we may not keep what you wrote.";
        problems.add("consents", ProblemCode::ConsentRequired, message);
    }
    accepted
}

/// The value, or its problem recorded at `field`.
fn accept<T>(
    value: std::result::Result<Option<T>, Refused>,
    field: &str,
    missing: &str,
    problems: &mut Problems,
) -> Option<T> {
    match value {
        Ok(value) => return value,
        Err(Refused::Missing) => problems.add(field, ProblemCode::Required, missing),
        Err(Refused::TooLong(message)) => problems.add(field, ProblemCode::TooLarge, message),
        Err(Refused::Wrong(message)) => problems.add(field, ProblemCode::Invalid, message),
    }
    None
}

fn one_line(text: &str) -> String {
    let composed: String = text.nfc().collect();
    composed.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The wordings named by `consents`, one for each; none where the id is unknown.
async fn consent_texts(db: &impl ConnectionTrait, consents: &[Consent]) -> Result<Vec<Option<consent_text::Model>>> {
    let named = consents.iter().take(MOST_CONSENTS);
    let ids: Vec<Option<ConsentTextId>> = named.map(|consent| consent.text.trim().parse().ok()).collect();
    let known = consent::find(db, ids.iter().copied().flatten()).await?;
    Ok(ids.into_iter().map(|id| known.get(&id?).cloned()).collect())
}

/// What recognises a retry.
struct Attempt {
    idempotency_hash: Vec<u8>,
    body_hash: Vec<u8>,
}

async fn find_receipt(db: &impl ConnectionTrait, attempt: &Attempt) -> Result<Option<Receipt>> {
    let found =
        lead::Entity::find().filter(lead::Column::IdempotencyHash.eq(attempt.idempotency_hash.clone())).one(db).await?;
    match found {
        None => Ok(None),
        Some(lead) if lead.body_hash == attempt.body_hash => {
            Ok(Some(Receipt { reference: lead.reference, received_at: lead.received_at }))
        }
        Some(_) => {
            let message = "This idempotency key was used for another request. Make a new key for a new request.";
            Err(Error::problem(ProblemCode::IdempotencyMismatch, ["idempotencyKey"], message))
        }
    }
}

enum StoreError {
    /// A unique value is taken.
    Clash,
    Other(Error),
}

impl From<DbErr> for StoreError {
    fn from(cause: DbErr) -> Self {
        match cause.sql_err() {
            Some(SqlErr::UniqueConstraintViolation(_)) => Self::Clash,
            _ => Self::Other(cause.into()),
        }
    }
}

impl From<Error> for StoreError {
    fn from(cause: Error) -> Self {
        Self::Other(cause)
    }
}

impl From<SealError> for StoreError {
    fn from(cause: SealError) -> Self {
        Self::Other(cause.into())
    }
}

impl From<serde_json::Error> for StoreError {
    fn from(cause: serde_json::Error) -> Self {
        Self::Other(cause.into())
    }
}

/// Writes everything of a lead in one transaction.
#[expect(clippy::too_many_arguments, reason = "context, then what is stored")]
async fn store(
    db: &Db,
    vault: &Vault,
    given: &Submission,
    checked: &Checked<'_>,
    source: &Attribution,
    attempt: &Attempt,
    reference: &str,
    now: DateTime<Utc>,
) -> std::result::Result<(), StoreError> {
    let id = LeadId::new();
    let (key, wrapped) = vault.fresh_key(id)?;
    let token = form_token::judge(vault, given.form_token.as_deref(), &checked.path, now);
    let signs = spam::signs(&given.website, token, &checked.name, &checked.message);
    let safe = checked.safe_contact;

    let tx = db.begin().await?;
    let row = lead::ActiveModel {
        id: Set(id),
        reference: Set(reference.to_owned()),
        version: Set(1),
        status: Set(LeadStatus::New),
        outcome: Set(None),
        priority: Set(LeadPriority::Normal),
        received_at: Set(now),
        updated_at: Set(now),
        closed_at: Set(None),
        erased_at: Set(None),
        assignee_id: Set(None),
        form_key: Set(form::CONFIDENTIAL.to_owned()),
        page_id: Set(source.page),
        revision_id: Set(source.revision),
        placement: Set(checked.placement.map(ToOwned::to_owned)),
        landing_path: Set(checked.path.clone()),
        page_title: Set(source.title.clone()),
        relationship: Set(checked.relationship),
        preferred_contact: Set(safe.preferred),
        safe_voicemail: Set(safe.voicemail),
        // A text needs both: that it is safe, and the consent to texts.
        safe_text: Set(safe.text && checked.texts),
        safe_say_who: Set(safe.say_who_calls),
        suspected_spam: Set(spam::is_suspected(&signs)),
        spam_reasons: Set(serde_json::to_value(&signs)?),
        idempotency_hash: Set(attempt.idempotency_hash.clone()),
        body_hash: Set(attempt.body_hash.clone()),
        dek_wrapped: Set(Some(wrapped.bytes)),
        kek_id: Set(wrapped.kek_id),
    };
    row.insert(&tx).await?;
    for person in people(vault, &key, id, checked)? {
        person.insert(&tx).await?;
    }
    let intake = lead_intake::ActiveModel { lead_id: Set(id), sealed: Set(Some(envelope(&key, given, checked)?)) };
    intake.insert(&tx).await?;
    for (text, scopes) in &checked.consents {
        let consent = lead_consent::ActiveModel {
            id: Set(LeadConsentId::new()),
            lead_id: Set(id),
            consent_text_id: Set(*text),
            scopes: Set(serde_json::to_value(scopes)?),
            ticked_by: Set(TickedBy::Inquirer),
            at: Set(now),
            withdrawn_at: Set(None),
        };
        consent.insert(&tx).await?;
    }
    let received = lead_event::ActiveModel {
        id: Set(LeadEventId::new()),
        lead_id: Set(id),
        seq: Set(1),
        kind: Set(LeadEventKind::Received),
        at: Set(now),
        actor_id: Set(None),
        meta: Set(serde_json::json!({})),
        text: Set(None),
    };
    received.insert(&tx).await?;
    outbox::enqueue(&tx, RECEIVED, serde_json::json!({ "lead": id }), now).await?;
    tx.commit().await?;
    Ok(())
}

/// Two people, not one: who wrote and, where that is somebody else, whom it is about. The latter has agreed to nothing
/// and is not known yet.
fn people(vault: &Vault, key: &LeadKey, lead: LeadId, checked: &Checked<'_>) -> Result<Vec<lead_person::ActiveModel>> {
    let id = LeadPersonId::new();
    let phone = checked.phone.as_ref().map(|phone| Zeroizing::new(phone.stored()));
    let phone = phone.map(|phone| key.seal(Cell::Phone(id), &phone)).transpose()?;
    let email = checked.email.as_ref().map(|email| key.seal(Cell::Email(id), email)).transpose()?;
    let inquirer = lead_person::ActiveModel {
        id: Set(id),
        lead_id: Set(lead),
        role: Set(LeadPersonRole::Inquirer),
        name: Set(Some(key.seal(Cell::Name(id), &checked.name)?)),
        phone: Set(phone),
        phone_index: Set(checked.phone.as_ref().map(|phone| vault.phone_index(&phone.number))),
        email: Set(email),
        email_index: Set(checked.email.as_ref().map(|email| vault.email_index(email))),
    };
    let mut people = vec![inquirer];
    if checked.relationship != LeadRelationship::Oneself {
        people.push(lead_person::ActiveModel {
            id: Set(LeadPersonId::new()),
            lead_id: Set(lead),
            role: Set(LeadPersonRole::Patient),
            name: Set(None),
            phone: Set(None),
            phone_index: Set(None),
            email: Set(None),
            email_index: Set(None),
        });
    }
    Ok(people)
}

fn envelope(key: &LeadKey, given: &Submission, checked: &Checked<'_>) -> Result<Vec<u8>> {
    let envelope = Envelope {
        v: 1,
        name: given.name.expose().clone(),
        phone: given.phone.expose().clone(),
        email: given.email.expose().clone(),
        message: checked.message.to_string(),
        insurance: checked.insurance.to_string(),
        best_time: checked.best_time.clone().unwrap_or_default(),
    };
    let text = Zeroizing::new(serde_json::to_string(&envelope)?);
    Ok(key.seal(Cell::Submission, &text)?)
}

/// `HS-7F3K2`: 17 million of them, and longer ones when those run short.
fn draw_reference(tried: usize) -> String {
    let mut random = rand::rng();
    let letters =
        (0..5 + tried / 3).filter_map(|_| REFERENCE_LETTERS.get(random.random_range(0..REFERENCE_LETTERS.len())));
    std::iter::once("HS-".to_owned()).chain(letters.map(|letter| char::from(*letter).to_string())).collect()
}
