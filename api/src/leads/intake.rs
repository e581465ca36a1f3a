//! Taking in what a person wrote: all of it is checked at once, sealed, and on disk before it is acknowledged.

mod check;
mod source;
mod store;
mod writer;

use std::{collections::HashMap, sync::Arc};

use async_graphql::Enum;
use chrono::{DateTime, SubsecRound, Utc};
use entity::{
    consent_text,
    id::{ConsentTextId, UserId},
    lead::{ContactMethod, LeadPriority, LeadRelationship},
    problem::ProblemCode,
};
use rand::RngExt;
use serde::{Deserialize, Serialize};

pub(super) use self::store::Envelope;
use self::{
    check::Checked,
    store::{RetryKey, Written, rows},
};
pub use self::{
    source::{Attribution, Sources, clean_path},
    writer::Writer,
};
use super::{
    Client, Clients, Form, LeadForms, PhraseBook, Proofs, Sensitive, StaffedHours, Vault,
    consent::{self, ConsentScope},
    form_token,
    origin::Origin,
    phrases::Lists,
    spam::{self, Sign},
};
use crate::{
    db::Db,
    error::{Error, Result},
};

/// What of leads that came together waits in the outbox: their ids, as `{leads: […]}`. Of one alone it may be `{lead: …}`.
pub const RECEIVED: &str = "lead.received";

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
    /// In which version; the one that is drawn now, where nobody says.
    pub form_version: Option<i32>,
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
    /// Whether that person is a minor.
    pub under_age: UnderAge,
    /// In the person's own words; may be empty.
    pub insurance: Sensitive<String>,
    /// In the person's own words; may be empty.
    pub message: Sensitive<String>,
    /// How to reach the person without doing harm.
    pub safe_contact: SafeContact,
    /// The path of the page that was read.
    pub source_path: String,
    /// What led to that page.
    pub origin: Origin,
    /// What was agreed to.
    pub consents: Vec<Consent>,
    /// Empty unless a machine filled it in.
    pub website: String,
    /// From the drawn form.
    pub form_token: Option<String>,
    /// That a machine worked for it.
    pub proof: Option<String>,
    /// From where it comes, where that tells one client from others. Counted in memory, never kept.
    pub client: Option<Client>,
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

/// What was said to the question whether the person who needs help is under 18. Minors have rules of their own (42 CFR 2.14).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum UnderAge {
    /// Nobody said, and nobody has to.
    #[default]
    NotSaid,
    /// 18 or older.
    No,
    /// Under 18. Involve a supervisor before anybody else is spoken to.
    Yes,
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

/// What is known of a submission besides its words.
#[derive(Clone, Debug)]
pub struct Arrival {
    /// From where it came.
    pub source: Attribution,
    /// How soon somebody must answer: at once, where the words say that somebody may be in danger.
    pub priority: LeadPriority,
    /// Until when somebody must have tried to reach the person.
    pub respond_by: DateTime<Utc>,
    /// The colleague who spoke with them, where they called instead of writing.
    pub call: Option<Call>,
    /// What makes it look like a machine's.
    pub signs: Vec<Sign>,
}

/// Somebody called instead of writing: a colleague has them, and said when it goes on.
#[derive(Clone, Copy, Debug)]
pub struct Call {
    /// Who spoke with them.
    pub by: UserId,
    /// When it goes on.
    pub next_action_at: DateTime<Utc>,
}

/// What a visitor gets for a lead. A lead is never readable from outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// `HS-7F3K2`, to name the request on the telephone.
    pub reference: String,
    /// When it was stored.
    pub received_at: DateTime<Utc>,
}

/// What taking a lead in needs. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Intake {
    /// Where leads are stored.
    pub db: Db,
    /// What stores them.
    pub writer: Writer,
    /// What seals them.
    pub vault: Vault,
    /// The forms there are.
    pub forms: LeadForms,
    /// Which page is read where.
    pub sources: Sources,
    /// What somebody writes who may be in danger, or sells something.
    pub phrases: PhraseBook,
    /// When somebody is there to answer.
    pub staffed: StaffedHours,
    /// What asks for work and judges it.
    pub proofs: Proofs,
    /// Who wrote of late.
    pub clients: Clients,
}

impl Intake {
    /// Stores what was submitted, or said to a colleague in `call`, with its consents, its first timeline entry and its
    /// outbox row, and answers once all of it is durable.
    ///
    /// The same idempotency key with the same body answers the first receipt again; with another body it fails with
    /// `IDEMPOTENCY_MISMATCH`. Fails with every problem at once, with paths below the input.
    pub async fn submit(&self, submission: &Submission, call: Option<Call>) -> Result<Receipt> {
        // To the millisecond, which every database keeps: the first receipt and a repeated one say the same.
        let now = Utc::now().trunc_subsecs(3);
        let form = self.form_of(submission).await?;
        let texts = self.consent_texts(&submission.consents, form.as_deref()).await?;
        let checked = Checked::new(submission, form.as_deref(), &texts)?;
        let retry_key = RetryKey {
            idempotency_hash: self.vault.idempotency_hash(&checked.idempotency_key),
            body_hash: self.vault.body_hash(&checked.body()?),
        };
        let lists = self.phrases.get().await;
        // Nobody takes a machine for a person on the telephone.
        let signs = match call {
            Some(_) => Vec::new(),
            None => self.signs(submission, &checked, &retry_key, &lists, now),
        };
        let arrival = Arrival { signs, ..self.arrival(submission, call, &lists, now).await? };
        for tried in 0..MOST_REFERENCES_TRIED {
            let reference = draw_reference(tried);
            let rows = rows(&self.vault, submission, &checked, &arrival, &retry_key, reference, now)?;
            match self.writer.write(rows).await? {
                Written::Now(receipt) => return Ok(receipt),
                Written::Before { receipt, body_hash } if body_hash == retry_key.body_hash => return Ok(receipt),
                Written::Before { .. } => {
                    let message =
                        "This idempotency key was used for another request. Make a new key for a new request.";
                    return Err(Error::problem(ProblemCode::IdempotencyMismatch, ["idempotencyKey"], message));
                }
                Written::ReferenceTaken => {}
            }
        }
        Err(Error::internal("no free reference was found"))
    }

    /// Fails with every problem that [`Self::submit`] would tell, and stores nothing.
    pub async fn check(&self, submission: &Submission) -> Result<()> {
        let form = self.form_of(submission).await?;
        let texts = self.consent_texts(&submission.consents, form.as_deref()).await?;
        Checked::new(submission, form.as_deref(), &texts).map(drop)
    }

    /// The version of the form that was filled in; none where there is no such.
    async fn form_of(&self, submission: &Submission) -> Result<Option<Arc<Form>>> {
        match submission.form_version {
            Some(number) => self.forms.find_version(&submission.form, number).await,
            None => self.forms.find(&submission.form).await,
        }
    }

    async fn arrival(
        &self,
        submission: &Submission,
        call: Option<Call>,
        lists: &Lists,
        now: DateTime<Utc>,
    ) -> Result<Arrival> {
        // Whoever is in danger may say so in any box.
        let best_time = submission.safe_contact.best_time.as_deref().unwrap_or_default();
        let written = [submission.message.expose(), submission.insurance.expose(), submission.name.expose(), best_time];
        let priority = match written.iter().all(|words| lists.danger.dangers(words).is_empty()) {
            true => LeadPriority::Normal,
            false => LeadPriority::Urgent,
        };
        let source = match call {
            Some(_) => Attribution::default(),
            None => self.sources.find(&submission.source_path).await?,
        };
        let respond_by = self.staffed.respond_by(now, priority).await;
        Ok(Arrival { source, priority, respond_by, call, signs: Vec::new() })
    }

    /// The signs of a machine in a submission. A retry spends nothing and counts once.
    fn signs(
        &self,
        given: &Submission,
        checked: &Checked<'_>,
        retry_key: &RetryKey,
        lists: &Lists,
        now: DateTime<Utc>,
    ) -> Vec<Sign> {
        let request = &retry_key.idempotency_hash;
        let told = spam::Told {
            honeypot: &given.website,
            token: form_token::judge(&self.vault, given.form_token.as_deref(), &checked.path, now),
            proof: self.proofs.judge(given.proof.as_deref(), request, now),
            busy: given.client.as_ref().is_some_and(|client| self.clients.note(client, request, now)),
            name: &checked.name,
            message: &checked.message,
        };
        spam::signs(&told, &lists.sales)
    }

    /// The wordings named by `consents`, one for each; none where the id is unknown. Those of the form are known without
    /// asking.
    async fn consent_texts(
        &self,
        consents: &[Consent],
        form: Option<&Form>,
    ) -> Result<Vec<Option<consent_text::Model>>> {
        let named = consents.iter().take(MOST_CONSENTS);
        let ids: Vec<Option<ConsentTextId>> = named.map(|consent| consent.text.trim().parse().ok()).collect();
        let mut known: HashMap<ConsentTextId, consent_text::Model> =
            form.into_iter().flat_map(|form| form.consents.both()).map(|text| (text.id, text.clone())).collect();
        let former: Vec<ConsentTextId> = ids.iter().copied().flatten().filter(|id| !known.contains_key(id)).collect();
        if !former.is_empty() {
            known.extend(consent::find(self.db.reader(), former).await?);
        }
        Ok(ids.into_iter().map(|id| known.get(&id?).cloned()).collect())
    }
}

/// `HS-7F3K2`: 17 million of them, and longer ones when those run short.
fn draw_reference(tried: usize) -> String {
    let mut random = rand::rng();
    let letters =
        (0..5 + tried / 3).filter_map(|_| REFERENCE_LETTERS.get(random.random_range(0..REFERENCE_LETTERS.len())));
    std::iter::once("HS-".to_owned()).chain(letters.map(|letter| char::from(*letter).to_string())).collect()
}
