//! Opening what is sealed: masked for a list, in clear for whom it was revealed to.

use std::collections::HashMap;

use async_graphql::dataloader::Loader;
use entity::{
    consent_text,
    id::{LeadId, LocationId, ReferralTargetId},
    lead, lead_consent, lead_event, lead_insurance, lead_intake,
    lead_person::{self, LeadPersonRole},
    lead_referral, lead_suppression, lead_task, location, referral_target,
};
use sea_orm::{ColumnTrait, ConnectionTrait, DatabaseConnection, EntityTrait, QueryFilter, QueryOrder};

use super::{
    Sensitive, Vault, consent,
    contact::Phone,
    insurance,
    intake::{Envelope, UnderAge},
    masking,
    referral::{self, Sheet},
    sealing::{Cell, LeadKey, Policy, SealError},
    suppression,
};
use crate::error::{Error, Result};

/// What is shown instead of a field that does not open.
const UNREADABLE: &str = "(unreadable)";

/// The admissions desk: opens leads for those who may. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Desk {
    vault: Vault,
}

/// Who wrote, as lists show it.
#[derive(Clone, Debug)]
pub struct Masked {
    /// `S••••• V••••••`.
    pub name: String,
    /// `(•••) •••-••42`.
    pub phone: Option<String>,
    /// `s•••@•••.com`.
    pub email: Option<String>,
}

/// A person and their words, in clear.
#[derive(Clone, Debug)]
pub struct Revealed {
    /// How they are called.
    pub name: Sensitive<String>,
    /// Where to call.
    pub phone: Option<Phone>,
    /// Where to write.
    pub email: Option<Sensitive<String>>,
    /// What they wrote.
    pub message: Sensitive<String>,
    /// Who insures them, in their words.
    pub insurance: Sensitive<String>,
    /// When to call, in their words.
    pub best_time: Sensitive<String>,
    /// Whether the person who needs help is a minor.
    pub under_age: UnderAge,
    /// What is known of their insurance.
    pub policy: Option<RevealedPolicy>,
    /// Who needs help, where that is somebody else.
    pub patient: Option<Reached>,
    /// What places were told of them, the last first.
    pub referrals: Vec<(lead_referral::Model, Option<Sheet>)>,
}

/// How to reach somebody, in clear.
#[derive(Clone, Debug)]
pub struct Reached {
    /// How they are called.
    pub name: Sensitive<String>,
    /// Where to call.
    pub phone: Option<Phone>,
    /// Where to write.
    pub email: Option<Sensitive<String>>,
}

/// What is known of somebody's insurance, in clear.
#[derive(Clone, Debug)]
pub struct RevealedPolicy {
    /// The insurer's name.
    pub carrier: Option<Sensitive<String>>,
    /// The number of the insured person.
    pub member_id: Option<Sensitive<String>>,
    /// The number of their group.
    pub group_number: Option<Sensitive<String>>,
    /// In whose name it is.
    pub holder_name: Option<Sensitive<String>>,
    /// When that person was born: a day.
    pub holder_born_on: Option<Sensitive<String>>,
    /// What the insurer answered.
    pub note: Option<Sensitive<String>>,
}

impl Desk {
    /// A desk with the keys to every lead.
    pub fn new(vault: Vault) -> Self {
        Self { vault }
    }

    /// The keys.
    pub(super) fn vault(&self) -> &Vault {
        &self.vault
    }

    /// What a list shows of a lead's inquirer. A field that does not open says so and leaves the others readable.
    pub fn mask(&self, lead: &lead::Model, inquirer: Option<&lead_person::Model>) -> Masked {
        let erased = || Masked { name: "(erased)".to_owned(), phone: None, email: None };
        let Some(inquirer) = inquirer else { return erased() };
        let key = match self.vault.key_of(lead) {
            Ok(key) => key,
            Err(SealError::Erased) => return erased(),
            Err(cause) => {
                alarm(lead, "lead", "dek_wrapped", &cause);
                return Masked { name: UNREADABLE.to_owned(), ..erased() };
            }
        };
        let open = |cell, sealed: &Option<Vec<u8>>| open(&key, lead, cell, sealed.as_deref());
        let shown = |opened: Opened, mask: fn(&str) -> String| match opened {
            Opened::Absent => None,
            Opened::Clear(text) => Some(mask(text.expose())),
            Opened::Broken => Some(UNREADABLE.to_owned()),
        };
        Masked {
            name: shown(open(Cell::Name(inquirer.id), &inquirer.name), masking::name).unwrap_or_default(),
            phone: shown(open(Cell::Phone(inquirer.id), &inquirer.phone), masking::stored_phone),
            email: shown(open(Cell::Email(inquirer.id), &inquirer.email), masking::email),
        }
    }

    /// A lead's person in clear. Whoever calls this has recorded it. A field that does not open says so and leaves the
    /// others readable: somebody may be waiting for the call that the rest makes possible.
    pub(super) async fn open(&self, db: &impl ConnectionTrait, lead: &lead::Model) -> Result<Revealed> {
        let key = self.vault.key_of(lead)?;
        let inquirer =
            inquirer(db, lead.id).await?.ok_or_else(|| Error::internal(format!("{} has no inquirer", lead.id)))?;
        let intake = lead_intake::Entity::find_by_id(lead.id).one(db).await?;
        let field = |cell, sealed: &Option<Vec<u8>>| clear(&key, lead, cell, sealed);
        let policy = insurance::find(db, lead.id).await?.map(|row| RevealedPolicy {
            carrier: field(Cell::Policy(Policy::Carrier), &row.carrier),
            member_id: field(Cell::Policy(Policy::MemberId), &row.member_id),
            group_number: field(Cell::Policy(Policy::GroupNumber), &row.group_number),
            holder_name: field(Cell::Policy(Policy::HolderName), &row.holder_name),
            holder_born_on: field(Cell::Policy(Policy::HolderBornOn), &row.holder_born_on),
            note: field(Cell::Policy(Policy::Note), &row.note),
        });
        let envelope = match open(&key, lead, Cell::Submission, intake.and_then(|intake| intake.sealed).as_deref()) {
            Opened::Absent => return Err(SealError::Erased.into()),
            Opened::Clear(text) => serde_json::from_str(text.expose())?,
            Opened::Broken => Envelope::of_words(UNREADABLE),
        };
        let patient = person(db, lead.id, LeadPersonRole::Patient).await?;
        let Reached { name, phone, email } = reached(&key, lead, &inquirer);
        Ok(Revealed {
            name,
            phone,
            email,
            message: envelope.message.into(),
            insurance: envelope.insurance.into(),
            best_time: envelope.best_time.into(),
            under_age: envelope.under_age,
            policy,
            patient: patient.map(|patient| reached(&key, lead, &patient)),
            referrals: referral::open(db, self, lead).await?,
        })
    }

    /// How to reach who wrote, in clear, and nothing of what they wrote. Whoever calls this has recorded it. A field that does not
    /// open says so.
    pub(super) fn reach(&self, lead: &lead::Model, inquirer: &lead_person::Model) -> Reached {
        match self.vault.key_of(lead) {
            Ok(key) => reached(&key, lead, inquirer),
            Err(cause) => {
                alarm(lead, "lead", "dek_wrapped", &cause);
                Reached { name: UNREADABLE.to_owned().into(), phone: None, email: None }
            }
        }
    }

    /// A note's words.
    pub fn open_note(&self, lead: &lead::Model, event: &lead_event::Model) -> Option<String> {
        self.open_words(lead, Cell::EventText(event.id), event.text.as_deref()?)
    }

    /// What is to be done, in words.
    pub fn open_task(&self, lead: &lead::Model, task: &lead_task::Model) -> Option<String> {
        self.open_words(lead, Cell::TaskNote(task.id), task.note.as_deref()?)
    }

    /// What a place was told; none where it does not open.
    pub(super) fn open_referral(&self, lead: &lead::Model, referral: &lead_referral::Model) -> Option<Sheet> {
        let words = self.open_words(lead, Cell::Referral(referral.id), referral.sealed.as_deref()?)?;
        serde_json::from_str(&words).ok()
    }

    fn open_words(&self, lead: &lead::Model, cell: Cell, sealed: &[u8]) -> Option<String> {
        let opened = match self.vault.key_of(lead) {
            Ok(key) => open(&key, lead, cell, Some(sealed)),
            Err(cause) => {
                alarm(lead, "lead", "dek_wrapped", &cause);
                Opened::Broken
            }
        };
        Some(match opened {
            Opened::Clear(text) => text.expose().clone(),
            Opened::Absent | Opened::Broken => UNREADABLE.to_owned(),
        })
    }
}

/// Who wrote, sealed.
pub(super) async fn inquirer(db: &impl ConnectionTrait, id: LeadId) -> Result<Option<lead_person::Model>> {
    person(db, id, LeadPersonRole::Inquirer).await
}

/// Who wrote or who needs help, sealed.
pub(super) async fn person(
    db: &impl ConnectionTrait,
    id: LeadId,
    role: LeadPersonRole,
) -> Result<Option<lead_person::Model>> {
    let of_lead = lead_person::Entity::find().filter(lead_person::Column::LeadId.eq(id));
    Ok(of_lead.filter(lead_person::Column::Role.eq(role)).one(db).await?)
}

enum Opened {
    Absent,
    Clear(Sensitive<String>),
    Broken,
}

fn open(key: &LeadKey, lead: &lead::Model, cell: Cell, sealed: Option<&[u8]>) -> Opened {
    let Some(sealed) = sealed else { return Opened::Absent };
    match key.open(cell, sealed) {
        Ok(text) => Opened::Clear(text),
        Err(cause) => {
            let (table, column) = cell.column();
            alarm(lead, table, column, &cause);
            Opened::Broken
        }
    }
}

/// A field in clear; where it does not open, that it does not.
fn clear(key: &LeadKey, lead: &lead::Model, cell: Cell, sealed: &Option<Vec<u8>>) -> Option<Sensitive<String>> {
    match open(key, lead, cell, sealed.as_deref()) {
        Opened::Absent => None,
        Opened::Clear(text) => Some(text),
        Opened::Broken => Some(UNREADABLE.to_owned().into()),
    }
}

fn reached(key: &LeadKey, lead: &lead::Model, inquirer: &lead_person::Model) -> Reached {
    let phone = clear(key, lead, Cell::Phone(inquirer.id), &inquirer.phone);
    Reached {
        name: clear(key, lead, Cell::Name(inquirer.id), &inquirer.name).unwrap_or_default(),
        phone: phone.map(|stored| Phone::from_stored(stored.expose())),
        email: clear(key, lead, Cell::Email(inquirer.id), &inquirer.email),
    }
}

/// A field was changed or moved behind our back, or a key is missing: somebody must look.
fn alarm(lead: &lead::Model, table: &str, column: &str, cause: &SealError) {
    tracing::error!(lead = %lead.id, table, column, %cause, "a sealed field does not open");
}

/// Batches a request's look-ups of what belongs to leads.
pub struct LeadLoader(pub DatabaseConnection);

/// The inquirer of a lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct InquirerOf(pub LeadId);

impl Loader<InquirerOf> for LeadLoader {
    type Value = lead_person::Model;
    type Error = std::sync::Arc<Error>;

    async fn load(&self, leads: &[InquirerOf]) -> Result<HashMap<InquirerOf, Self::Value>, Self::Error> {
        let rows = lead_person::Entity::find()
            .filter(lead_person::Column::LeadId.is_in(leads.iter().map(|of| of.0)))
            .filter(lead_person::Column::Role.eq(LeadPersonRole::Inquirer))
            .all(&self.0)
            .await;
        let rows = rows.map_err(|cause| std::sync::Arc::new(Error::from(cause)))?;
        Ok(rows.into_iter().map(|row| (InquirerOf(row.lead_id), row)).collect())
    }
}

impl Loader<LeadId> for LeadLoader {
    type Value = lead::Model;
    type Error = std::sync::Arc<Error>;

    async fn load(&self, ids: &[LeadId]) -> Result<HashMap<LeadId, Self::Value>, Self::Error> {
        let rows = lead::Entity::find().filter(lead::Column::Id.is_in(ids.iter().copied())).all(&self.0).await;
        let rows = rows.map_err(|cause| std::sync::Arc::new(Error::from(cause)))?;
        Ok(rows.into_iter().map(|row| (row.id, row)).collect())
    }
}

impl Loader<ReferralTargetId> for LeadLoader {
    type Value = referral_target::Model;
    type Error = std::sync::Arc<Error>;

    async fn load(&self, ids: &[ReferralTargetId]) -> Result<HashMap<ReferralTargetId, Self::Value>, Self::Error> {
        let rows = referral_target::Entity::find().filter(referral_target::Column::Id.is_in(ids.iter().copied()));
        let rows = rows.all(&self.0).await.map_err(|cause| std::sync::Arc::new(Error::from(cause)))?;
        Ok(rows.into_iter().map(|row| (row.id, row)).collect())
    }
}

impl Loader<LocationId> for LeadLoader {
    type Value = location::Model;
    type Error = std::sync::Arc<Error>;

    async fn load(&self, ids: &[LocationId]) -> Result<HashMap<LocationId, Self::Value>, Self::Error> {
        let rows = location::Entity::find().filter(location::Column::Id.is_in(ids.iter().copied())).all(&self.0).await;
        let rows = rows.map_err(|cause| std::sync::Arc::new(Error::from(cause)))?;
        Ok(rows.into_iter().map(|row| (row.id, row)).collect())
    }
}

/// What is known of a lead's insurance, sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct InsuranceOf(pub LeadId);

impl Loader<InsuranceOf> for LeadLoader {
    type Value = lead_insurance::Model;
    type Error = std::sync::Arc<Error>;

    async fn load(&self, leads: &[InsuranceOf]) -> Result<HashMap<InsuranceOf, Self::Value>, Self::Error> {
        let rows = lead_insurance::Entity::find()
            .filter(lead_insurance::Column::LeadId.is_in(leads.iter().map(|of| of.0)))
            .all(&self.0)
            .await;
        let rows = rows.map_err(|cause| std::sync::Arc::new(Error::from(cause)))?;
        Ok(rows.into_iter().map(|row| (InsuranceOf(row.lead_id), row)).collect())
    }
}

/// When a lead's people asked the last time not to be contacted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SuppressionOf(pub LeadId);

impl Loader<SuppressionOf> for LeadLoader {
    type Value = lead_suppression::Model;
    type Error = std::sync::Arc<Error>;

    async fn load(&self, leads: &[SuppressionOf]) -> Result<HashMap<SuppressionOf, Self::Value>, Self::Error> {
        let leads: Vec<LeadId> = leads.iter().map(|of| of.0).collect();
        let found = suppression::find_all(&self.0, &leads).await.map_err(std::sync::Arc::new)?;
        Ok(found.into_iter().map(|(id, asked)| (SuppressionOf(id), asked)).collect())
    }
}

/// The consents of a lead, each with its wording, oldest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ConsentsOf(pub LeadId);

impl Loader<ConsentsOf> for LeadLoader {
    type Value = Vec<(lead_consent::Model, consent_text::Model)>;
    type Error = std::sync::Arc<Error>;

    async fn load(&self, leads: &[ConsentsOf]) -> Result<HashMap<ConsentsOf, Self::Value>, Self::Error> {
        self.consents(leads).await.map_err(std::sync::Arc::new)
    }
}

impl LeadLoader {
    async fn consents(
        &self,
        leads: &[ConsentsOf],
    ) -> Result<HashMap<ConsentsOf, Vec<(lead_consent::Model, consent_text::Model)>>> {
        let rows = lead_consent::Entity::find()
            .filter(lead_consent::Column::LeadId.is_in(leads.iter().map(|of| of.0)))
            .order_by_asc(lead_consent::Column::At)
            .order_by_asc(lead_consent::Column::Id)
            .all(&self.0)
            .await?;
        let texts = consent::find(&self.0, rows.iter().map(|row| row.consent_text_id)).await?;
        let mut found: HashMap<_, Vec<_>> = HashMap::new();
        for row in rows {
            if let Some(text) = texts.get(&row.consent_text_id) {
                found.entry(ConsentsOf(row.lead_id)).or_default().push((row, text.clone()));
            }
        }
        Ok(found)
    }
}
