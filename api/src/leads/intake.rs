//! Taking in what a person wrote: all of it is checked at once, sealed, and on disk before it is acknowledged.

mod check;
mod store;
mod writer;

use chrono::{DateTime, Utc};
use entity::{
    consent_text,
    entry::EntryKind,
    id::{ConsentTextId, PageId, RevisionId},
    lead::{self, ContactMethod, LeadRelationship},
    problem::ProblemCode,
};
use rand::RngExt;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

pub(super) use self::store::Envelope;
pub use self::writer::Writer;
use self::{
    check::Checked,
    store::{StoreError, rows},
};
use super::{
    Sensitive, Vault,
    consent::{self, ConsentScope},
};
use crate::{
    db::Db,
    error::{Error, Result},
    publishing,
};

/// What of a lead waits in the outbox: its id.
pub const RECEIVED: &str = "lead.received";

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

/// What is known of a submission besides its words.
#[derive(Clone, Debug)]
pub struct Arrival {
    /// From where it came.
    pub source: Attribution,
    /// Until when somebody must have tried to reach the person.
    pub respond_by: DateTime<Utc>,
}

/// What a visitor gets for a lead. A lead is never readable from outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// `HS-7F3K2`, to name the request on the telephone.
    pub reference: String,
    /// When it was stored.
    pub received_at: DateTime<Utc>,
}

impl Attribution {
    /// What the public reads at `path` now; nothing when nobody outside reads anything there.
    pub async fn find(db: &impl ConnectionTrait, path: &str) -> Result<Self> {
        let Some(path) = clean_path(path) else { return Ok(Self::default()) };
        let Some(live) = publishing::find_live(db, &path).await? else { return Ok(Self::default()) };
        let page = (live.entry.kind == EntryKind::Page).then_some(PageId(live.entry.id.0));
        let revision = Some(live.revision_id());
        Ok(Self { page, revision, title: live.entry.live_title })
    }
}

/// Stores a lead with its consents, its first timeline entry and its outbox row, and answers once all of it is durable.
///
/// The same idempotency key with the same body answers the first receipt again; with another body it fails with
/// `IDEMPOTENCY_MISMATCH`. Fails with every problem at once, with paths below the input.
pub async fn submit(
    db: &Db,
    writer: &Writer,
    vault: &Vault,
    submission: &Submission,
    arrival: &Arrival,
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
    for tried in 0..MOST_REFERENCES_TRIED {
        let reference = draw_reference(tried);
        let rows = rows(vault, submission, &checked, arrival, &attempt, &reference, now);
        let written = match rows {
            Ok(rows) => writer.write(rows).await,
            Err(cause) => Err(cause),
        };
        match written {
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

/// `HS-7F3K2`: 17 million of them, and longer ones when those run short.
fn draw_reference(tried: usize) -> String {
    let mut random = rand::rng();
    let letters =
        (0..5 + tried / 3).filter_map(|_| REFERENCE_LETTERS.get(random.random_range(0..REFERENCE_LETTERS.len())));
    std::iter::once("HS-".to_owned()).chain(letters.map(|letter| char::from(*letter).to_string())).collect()
}
