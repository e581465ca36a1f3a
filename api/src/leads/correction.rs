//! Setting right who a lead's people are and how they are reached: a number that was misheard, a name that was misspelt.
//!
//! What is written is looked at like what a visitor writes. The timeline says which fields were set right and never what they say; what
//! was sent stays as it was sent.

use chrono::{DateTime, Utc};
use entity::{
    id::{LeadId, LeadPersonId},
    lead::{self, ContactMethod, LeadRelationship},
    lead_event::LeadEventKind,
    lead_person::{self, LeadPersonField, LeadPersonRole},
    problem::{ProblemCode, Problems, Stage},
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
};
use serde_json::json;

use super::{
    Sensitive,
    consent::{self, ConsentKind},
    contact::{self, Phone, accept},
    desk::{Desk, person},
    lead::{changed, get_at_version, save},
    merge,
    sealing::{Cell, LeadKey},
    suppression,
    timeline::append,
};
use crate::{
    error::{Error, Result, refuse_if_any},
    identity::{Actor, Permission},
};

/// What is set right. What is not given stays as it is; what is empty is taken away.
#[derive(Clone, Debug, Default)]
pub struct Correction {
    /// How they are called.
    pub name: Option<Sensitive<String>>,
    /// Where to call them.
    pub phone: Option<Sensitive<String>>,
    /// Where to write to them.
    pub email: Option<Sensitive<String>>,
    /// For whom the inquirer writes.
    pub relationship: Option<LeadRelationship>,
    /// Whether a voicemail may be left.
    pub voicemail: Option<bool>,
    /// Whether a text may be sent.
    pub text: Option<bool>,
    /// Whether the caller may say who calls.
    pub say_who_calls: Option<bool>,
    /// The way they like best.
    pub preferred: Option<Option<ContactMethod>>,
}

/// What a person becomes: each field that is given, as it is kept.
struct Read {
    name: Option<String>,
    phone: Option<Option<Phone>>,
    email: Option<Option<String>>,
}

/// Sets right who wrote, or who needs help. The actor has looked at the person before.
///
/// Fails with `CONFLICT` at `version`, `ILLEGAL_TRANSITION` at `id` where the lead was brought together with another, `FORBIDDEN` at `id`
/// for somebody the actor never looked at, and problems at the fields.
pub async fn correct(
    db: &impl ConnectionTrait,
    actor: Actor,
    desk: &Desk,
    (id, version): (LeadId, i32),
    role: LeadPersonRole,
    wanted: &Correction,
    now: DateTime<Utc>,
) -> Result<lead::Model> {
    actor.require(Permission::WorkLeads)?;
    let lead = get_at_version(db, id, version).await?;
    merge::refuse_if_merged(&lead, "Set it right in")?;
    if !merge::was_viewed(db, id, actor.user()?).await? {
        let message = "Look first at who it is: reveal the person, then set it right.";
        return Err(Error::problem(ProblemCode::Forbidden, ["id"], message));
    }
    let Some(was) = person(db, id, role).await? else {
        let message = "Whoever wrote needs help themself. Say first that they write for somebody else.";
        return Err(Error::problem(ProblemCode::NotFound, ["person"], message));
    };
    let mut problems = Problems::new(Stage::Publish);
    let read = wanted.read(role, &mut problems);
    let after = Reach::after(&was, wanted);
    if role == LeadPersonRole::Inquirer && !after.phone && !after.email {
        let message = "Leave a phone number or an e-mail address: without one nobody can answer them.";
        problems.add("phone", ProblemCode::Required, message);
    }
    if lead.held_at.is_some() && wanted.relationship == Some(LeadRelationship::Oneself) {
        let message = "This lead is kept for a legal matter, and who needs help with it. Have it released first.";
        problems.add("relationship", ProblemCode::Forbidden, message);
    }
    let texts = consent::holds(db, id, ConsentKind::Texts).await?;
    wanted.check_safe(&lead, role, after, texts, &mut problems);
    refuse_if_any(problems)?;

    let key = desk.vault().key_of(&lead)?;
    let asked = suppression::find(db, id).await?;
    let mut fields = write_person(db, desk, &key, was, read).await?;
    if let Some(asked) = asked {
        suppression::follow(db, asked, id).await?;
    }
    let relationship = wanted.relationship.filter(|relationship| *relationship != lead.relationship);
    if let Some(relationship) = relationship {
        fields.push(LeadPersonField::Relationship);
        keep_patient(db, actor, &lead, relationship, now).await?;
    }
    let mut row = changed(lead.clone(), now);
    if let Some(relationship) = relationship {
        row.relationship = Set(relationship);
    }
    let safe = (lead.safe_voicemail, lead.safe_text, lead.safe_say_who, lead.preferred_contact);
    let wants = (
        wanted.voicemail.unwrap_or(safe.0),
        wanted.text.unwrap_or(safe.1) && after.phone,
        wanted.say_who_calls.unwrap_or(safe.2),
        wanted.preferred.unwrap_or(safe.3).filter(|way| after.allows(*way)),
    );
    if role == LeadPersonRole::Inquirer && wants != safe {
        fields.push(LeadPersonField::SafeContact);
        (row.safe_voicemail, row.safe_text) = (Set(wants.0), Set(wants.1));
        (row.safe_say_who, row.preferred_contact) = (Set(wants.2), Set(wants.3));
    }
    if fields.is_empty() {
        return Ok(lead);
    }
    let meta = json!({ "fields": fields, "patient": role == LeadPersonRole::Patient });
    append(db, &lead, LeadEventKind::Corrected, actor, meta, None, now).await?;
    save(db, row).await
}

impl Correction {
    fn read(&self, role: LeadPersonRole, problems: &mut Problems) -> Read {
        let is_empty = |value: &Sensitive<String>| value.expose().trim().is_empty();
        let name = self.name.as_ref().map(|name| {
            // Who needs help may not be known by name.
            if role == LeadPersonRole::Patient && is_empty(name) {
                return String::new();
            }
            let read = contact::name(name.expose()).map(Some);
            accept(read, "name", "Write how they are called; a first name is enough.", problems).unwrap_or_default()
        });
        let phone = self.phone.as_ref().map(|phone| accept(Phone::parse(phone.expose()), "phone", "", problems));
        let email = self.email.as_ref().map(|email| accept(contact::email(email.expose()), "email", "", problems));
        if role == LeadPersonRole::Patient {
            let own = [
                ("relationship", self.relationship.is_some()),
                ("voicemail", self.voicemail.is_some()),
                ("text", self.text.is_some()),
                ("sayWhoCalls", self.say_who_calls.is_some()),
                ("preferred", self.preferred.is_some()),
            ];
            for (field, _) in own.into_iter().filter(|(_, given)| *given) {
                problems.add(
                    field,
                    ProblemCode::Invalid,
                    "This is of whoever wrote, not of the patient. Leave it out.",
                );
            }
        }
        Read { name, phone, email }
    }

    /// Records what the person did not agree to, or cannot be reached by.
    fn check_safe(
        &self,
        lead: &lead::Model,
        role: LeadPersonRole,
        after: Reach,
        agreed_to_texts: bool,
        problems: &mut Problems,
    ) {
        if role == LeadPersonRole::Patient {
            return;
        }
        if self.text == Some(true) && !(agreed_to_texts && after.phone) {
            let message = "This person did not agree to text messages, or gave no phone number. Untick texts.";
            problems.add("text", ProblemCode::Forbidden, message);
        }
        let text = self.text.unwrap_or(lead.safe_text);
        let fits = match self.preferred.flatten() {
            Some(ContactMethod::Text) => text && after.phone,
            Some(way) => after.allows(way),
            None => true,
        };
        if !fits {
            let message = "They cannot be reached in the way they like best. Choose another, or none.";
            problems.add("preferred", ProblemCode::Invalid, message);
        }
    }
}

/// By which ways a person can be reached at all.
#[derive(Clone, Copy)]
struct Reach {
    phone: bool,
    email: bool,
}

impl Reach {
    fn after(was: &lead_person::Model, wanted: &Correction) -> Self {
        let given = |field: &Option<Sensitive<String>>| field.as_ref().map(|words| !words.expose().trim().is_empty());
        Self {
            phone: given(&wanted.phone).unwrap_or(was.phone.is_some()),
            email: given(&wanted.email).unwrap_or(was.email.is_some()),
        }
    }

    fn allows(self, way: ContactMethod) -> bool {
        match way {
            ContactMethod::Phone | ContactMethod::Text => self.phone,
            ContactMethod::Email => self.email,
        }
    }
}

/// Writes what is different of a person, with what finds them again; answers which fields are.
async fn write_person(
    db: &impl ConnectionTrait,
    desk: &Desk,
    key: &LeadKey,
    was: lead_person::Model,
    read: Read,
) -> Result<Vec<LeadPersonField>> {
    let id: LeadPersonId = was.id;
    let is_new = |cell, sealed: &Option<Vec<u8>>, wanted: &str| {
        // What does not open is written anew.
        let is = sealed.as_deref().and_then(|sealed| key.open(cell, sealed).ok());
        is.is_none_or(|is| is.expose() != wanted)
    };
    let seal = |cell, words: Option<&str>| words.map(|words| key.seal(cell, words)).transpose();
    let mut fields = Vec::new();
    let mut row = was.clone().into_active_model();
    if let Some(name) =
        read.name.filter(|name| differs(&was.name, name, |name| is_new(Cell::Name(id), &was.name, name)))
    {
        fields.push(LeadPersonField::Name);
        row.name = Set(seal(Cell::Name(id), Some(name.as_str()).filter(|name| !name.is_empty()))?);
    }
    if let Some(phone) = read.phone {
        let stored = phone.as_ref().map(Phone::stored).unwrap_or_default();
        if differs(&was.phone, &stored, |stored| is_new(Cell::Phone(id), &was.phone, stored)) {
            fields.push(LeadPersonField::Phone);
            row.phone = Set(seal(Cell::Phone(id), phone.as_ref().map(|_| stored.as_str()))?);
            row.phone_index = Set(phone.map(|phone| desk.vault().phone_index(&phone.number)));
        }
    }
    if let Some(email) = read.email {
        let address = email.clone().unwrap_or_default();
        if differs(&was.email, &address, |address| is_new(Cell::Email(id), &was.email, address)) {
            fields.push(LeadPersonField::Email);
            row.email = Set(seal(Cell::Email(id), email.as_deref())?);
            row.email_index = Set(email.map(|email| desk.vault().email_index(&email)));
        }
    }
    if !fields.is_empty() {
        row.update(db).await?;
    }
    Ok(fields)
}

/// Whether a field says something else; what is empty and was never there does not.
fn differs(was: &Option<Vec<u8>>, wanted: &str, is_new: impl FnOnce(&str) -> bool) -> bool {
    match (was, wanted) {
        (None, "") => false,
        (None, _) | (Some(_), "") => true,
        (Some(_), wanted) => is_new(wanted),
    }
}

/// Who writes for somebody else has a patient, and who writes for themself has none. What that patient had agreed to ends with them,
/// so that nobody else is reached by it.
async fn keep_patient(
    db: &impl ConnectionTrait,
    actor: Actor,
    lead: &lead::Model,
    relationship: LeadRelationship,
    now: DateTime<Utc>,
) -> Result<()> {
    let role = LeadPersonRole::Patient;
    let has = person(db, lead.id, role).await?.is_some();
    if relationship == LeadRelationship::Oneself {
        for kind in [ConsentKind::Contact, ConsentKind::Texts] {
            if consent::withdraw(db, lead.id, role, kind, now).await? {
                let meta = json!({ "consent": kind, "patient": true });
                append(db, lead, LeadEventKind::ConsentWithdrawn, actor, meta, None, now).await?;
            }
        }
        let patient = lead_person::Entity::delete_many().filter(lead_person::Column::LeadId.eq(lead.id));
        patient.filter(lead_person::Column::Role.eq(role)).exec(db).await?;
    } else if !has {
        lead_person::ActiveModel::unknown_patient(lead.id).insert(db).await?;
    }
    Ok(())
}
