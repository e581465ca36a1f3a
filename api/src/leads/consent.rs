//! What a person agrees to, word for word. A wording is never changed: a new one gets the next version.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use entity::{
    consent_text,
    id::{ConsentTextId, LeadConsentId, LeadId},
    lead_consent,
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    Select,
    sea_query::{Expr, OnConflict},
};
use sha2::{Digest, Sha256};

use crate::{
    db::{Db, padded},
    error::{Error, Result},
};

/// Consent to be answered; nothing is kept without it.
pub const CONTACT: &str = "contact";
/// Consent to text messages, which care does not depend on.
pub const TEXTS: &str = "texts";

const LANGUAGE: &str = "en";

/// The wordings in force, newest version of each key.
const CURRENT: [(&str, i32, &str); 2] = [
    (
        CONTACT,
        1,
        "You may contact me about this request in the ways I chose here. I can take this back at any time, just by \
         saying so. What I write is kept private under federal law (42 CFR Part 2).",
    ),
    (
        TEXTS,
        1,
        "You may also send me text messages about this request. Message and data rates may apply. I can stop them at \
         any time by answering STOP. Care does not depend on this.",
    ),
];

/// By which way a person may be reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize, async_graphql::Enum)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[graphql(display)]
pub enum ConsentScope {
    /// A telephone call by a person.
    Call,
    /// A text message.
    Text,
    /// An e-mail.
    Email,
    /// A message on the voicemail.
    Voicemail,
}

/// What the wording of that key covers: nobody agrees to texts by agreeing to be called.
pub fn scopes_of(key: &str) -> &'static [ConsentScope] {
    match key {
        CONTACT => &[ConsentScope::Call, ConsentScope::Voicemail, ConsentScope::Email],
        TEXTS => &[ConsentScope::Text],
        _ => &[],
    }
}

/// What a person may agree to, and take back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize, async_graphql::Enum)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ConsentKind {
    /// To be answered at all.
    Contact,
    /// To text messages.
    Texts,
}

impl ConsentKind {
    fn key(self) -> &'static str {
        match self {
            Self::Contact => CONTACT,
            Self::Texts => TEXTS,
        }
    }
}

/// Whether a lead's person has agreed to this and not taken it back.
pub async fn holds(db: &impl ConnectionTrait, lead: LeadId, kind: ConsentKind) -> Result<bool> {
    Ok(given(kind, lead).count(db).await? > 0)
}

/// Those of these leads whose person has agreed to this and not taken it back.
pub async fn holding(db: &impl ConnectionTrait, leads: Vec<LeadId>, kind: ConsentKind) -> Result<HashSet<LeadId>> {
    let held = lead_consent::Column::LeadId.is_in(padded(leads));
    let held = every(kind).filter(held).filter(lead_consent::Column::WithdrawnAt.is_null());
    let held: Vec<LeadId> = held.select_only().column(lead_consent::Column::LeadId).into_tuple().all(db).await?;
    Ok(held.into_iter().collect())
}

/// When a lead's person took it back the last time.
pub async fn withdrawn_at(db: &impl ConnectionTrait, lead: LeadId, kind: ConsentKind) -> Result<Option<DateTime<Utc>>> {
    let taken = of_kind(kind, lead).filter(lead_consent::Column::WithdrawnAt.is_not_null());
    let times: Vec<Option<DateTime<Utc>>> =
        taken.select_only().column(lead_consent::Column::WithdrawnAt).into_tuple().all(db).await?;
    Ok(times.into_iter().flatten().max())
}

/// Takes it back; answers whether there was anything to take back.
pub async fn withdraw(db: &impl ConnectionTrait, lead: LeadId, kind: ConsentKind, now: DateTime<Utc>) -> Result<bool> {
    let ids: Vec<LeadConsentId> =
        given(kind, lead).select_only().column(lead_consent::Column::Id).into_tuple().all(db).await?;
    let taken = lead_consent::Entity::update_many()
        .col_expr(lead_consent::Column::WithdrawnAt, Expr::val(now))
        .filter(lead_consent::Column::Id.is_in(ids))
        .exec(db)
        .await?;
    Ok(taken.rows_affected > 0)
}

fn given(kind: ConsentKind, lead: LeadId) -> Select<lead_consent::Entity> {
    of_kind(kind, lead).filter(lead_consent::Column::WithdrawnAt.is_null())
}

fn of_kind(kind: ConsentKind, lead: LeadId) -> Select<lead_consent::Entity> {
    every(kind).filter(lead_consent::Column::LeadId.eq(lead))
}

fn every(kind: ConsentKind) -> Select<lead_consent::Entity> {
    let wordings = consent_text::Entity::find()
        .select_only()
        .column(consent_text::Column::Id)
        .filter(consent_text::Column::Key.eq(kind.key()))
        .into_query();
    lead_consent::Entity::find().filter(lead_consent::Column::ConsentTextId.in_subquery(wordings))
}

/// The wordings in force.
#[derive(Clone, Debug)]
pub struct CurrentConsents {
    /// Consent to be answered.
    pub contact: consent_text::Model,
    /// Consent to text messages.
    pub texts: consent_text::Model,
}

/// Stores the wordings in force where they are missing, and answers them. Called at start.
pub async fn ensure_current(db: &Db, now: DateTime<Utc>) -> Result<CurrentConsents> {
    if let Some(current) = find_current(db.reader()).await? {
        return Ok(current);
    }
    let tx = db.begin().await?;
    let rows = CURRENT.map(|(key, version, wording)| consent_text::ActiveModel {
        id: Set(ConsentTextId::new()),
        key: Set(key.to_owned()),
        version: Set(version),
        language: Set(LANGUAGE.to_owned()),
        wording: Set(wording.to_owned()),
        sha256: Set(Sha256::digest(wording).to_vec()),
        created_at: Set(now),
    });
    let same = [consent_text::Column::Key, consent_text::Column::Version, consent_text::Column::Language];
    let keep = OnConflict::columns(same).do_nothing().to_owned();
    consent_text::Entity::insert_many(rows).on_conflict(keep).exec_without_returning(&tx).await?;
    let current = find_current(&tx).await?;
    tx.commit().await?;
    current.ok_or_else(|| Error::internal("the consent wordings were not stored"))
}

/// The wordings in force; none before [`ensure_current`].
pub async fn find_current(db: &impl ConnectionTrait) -> Result<Option<CurrentConsents>> {
    let rows = consent_text::Entity::find()
        .filter(consent_text::Column::Key.is_in([CONTACT, TEXTS]))
        .filter(consent_text::Column::Language.eq(LANGUAGE))
        .order_by_desc(consent_text::Column::Version)
        .all(db)
        .await?;
    let in_force = |wanted: &str| {
        let (_, version, _) = CURRENT.into_iter().find(|(key, ..)| *key == wanted)?;
        rows.iter().find(|row| row.key == wanted && row.version == version).cloned()
    };
    Ok(in_force(CONTACT).zip(in_force(TEXTS)).map(|(contact, texts)| CurrentConsents { contact, texts }))
}

/// The wordings among `ids`, of whatever version: who filled in a form agreed to what it said.
pub async fn find(
    db: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = ConsentTextId>,
) -> Result<HashMap<ConsentTextId, consent_text::Model>> {
    let rows = consent_text::Entity::find().filter(consent_text::Column::Id.is_in(ids)).all(db).await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}
