//! What a person agrees to, word for word. A wording is never changed: a new one gets the next version.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use chrono::{DateTime, Utc};
use entity::{
    consent_text,
    id::{ConsentTextId, LeadConsentId, LeadId},
    lead_consent,
    lead_person::LeadPersonRole,
    problem::{ProblemCode, Problems, Stage},
};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    Select,
    sea_query::{Expr, OnConflict},
};
use sha2::{Digest, Sha256};

use crate::{
    db::{Db, padded},
    error::{Error, Result, refuse_if_any},
    identity::{Actor, Audit, Permission, audit},
    words::one_line,
};

/// Consent to be answered; nothing is kept without it.
pub const CONTACT: &str = "contact";
/// Consent to text messages, which care does not depend on.
pub const TEXTS: &str = "texts";

const LANGUAGE: &str = "en";
const LEAST_WORDING: usize = 20;
const MOST_WORDING: usize = 1_000;

/// The first wording of each key; what came later is in the database alone.
const FIRST: [(&str, &str); 2] = [
    (
        CONTACT,
        "You may contact me about this request in the ways I chose here. I can take this back at any time, just by \
         saying so. What I write is kept private under federal law (42 CFR Part 2).",
    ),
    (
        TEXTS,
        "You may also send me text messages about this request. Message and data rates may apply. I can stop them at \
         any time by answering STOP. Care does not depend on this.",
    ),
];

/// By which way a person may be reached.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize, async_graphql::Enum,
)]
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
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize, async_graphql::Enum,
)]
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

    /// What a wording of that key asks for.
    pub(super) fn of(key: &str) -> Option<Self> {
        [Self::Contact, Self::Texts].into_iter().find(|kind| kind.key() == key)
    }
}

/// Whether who wrote a lead has agreed to this and not taken it back.
pub async fn holds(db: &impl ConnectionTrait, lead: LeadId, kind: ConsentKind) -> Result<bool> {
    Ok(given(kind, lead, LeadPersonRole::Inquirer).count(db).await? > 0)
}

/// By which ways one of a person's leads that are worked as one agreed to be reached, and did not take it back.
pub async fn ways(db: &impl ConnectionTrait, leads: &[LeadId], role: LeadPersonRole) -> Result<BTreeSet<ConsentScope>> {
    let given = lead_consent::Entity::find()
        .filter(lead_consent::Column::LeadId.is_in(leads.iter().copied()))
        .filter(lead_consent::Column::PersonRole.eq(role))
        .filter(lead_consent::Column::WithdrawnAt.is_null());
    Ok(given.all(db).await?.iter().flat_map(scopes).collect())
}

/// What a consent that was given covers.
pub fn scopes(given: &lead_consent::Model) -> Vec<ConsentScope> {
    serde_json::from_value(given.scopes.clone()).unwrap_or_default()
}

/// Those of these leads whose inquirer has agreed to this and not taken it back.
pub async fn holding(db: &impl ConnectionTrait, leads: Vec<LeadId>, kind: ConsentKind) -> Result<HashSet<LeadId>> {
    let held = lead_consent::Column::LeadId.is_in(padded(leads));
    let held = every(kind, LeadPersonRole::Inquirer).filter(held).filter(lead_consent::Column::WithdrawnAt.is_null());
    let held: Vec<LeadId> = held.select_only().column(lead_consent::Column::LeadId).into_tuple().all(db).await?;
    Ok(held.into_iter().collect())
}

/// When one of a lead's people took it back the last time.
pub async fn withdrawn_at(
    db: &impl ConnectionTrait,
    lead: LeadId,
    role: LeadPersonRole,
    kind: ConsentKind,
) -> Result<Option<DateTime<Utc>>> {
    let taken = of_kind(kind, lead, role).filter(lead_consent::Column::WithdrawnAt.is_not_null());
    let times: Vec<Option<DateTime<Utc>>> =
        taken.select_only().column(lead_consent::Column::WithdrawnAt).into_tuple().all(db).await?;
    Ok(times.into_iter().flatten().max())
}

/// Takes it back; answers whether there was anything to take back.
pub async fn withdraw(
    db: &impl ConnectionTrait,
    lead: LeadId,
    role: LeadPersonRole,
    kind: ConsentKind,
    now: DateTime<Utc>,
) -> Result<bool> {
    let ids: Vec<LeadConsentId> =
        given(kind, lead, role).select_only().column(lead_consent::Column::Id).into_tuple().all(db).await?;
    let taken = lead_consent::Entity::update_many()
        .col_expr(lead_consent::Column::WithdrawnAt, Expr::val(now))
        .filter(lead_consent::Column::Id.is_in(ids))
        .exec(db)
        .await?;
    Ok(taken.rows_affected > 0)
}

fn given(kind: ConsentKind, lead: LeadId, role: LeadPersonRole) -> Select<lead_consent::Entity> {
    of_kind(kind, lead, role).filter(lead_consent::Column::WithdrawnAt.is_null())
}

fn of_kind(kind: ConsentKind, lead: LeadId, role: LeadPersonRole) -> Select<lead_consent::Entity> {
    every(kind, role).filter(lead_consent::Column::LeadId.eq(lead))
}

fn every(kind: ConsentKind, role: LeadPersonRole) -> Select<lead_consent::Entity> {
    let wordings = consent_text::Entity::find()
        .select_only()
        .column(consent_text::Column::Id)
        .filter(consent_text::Column::Key.eq(kind.key()))
        .into_query();
    lead_consent::Entity::find()
        .filter(lead_consent::Column::ConsentTextId.in_subquery(wordings))
        .filter(lead_consent::Column::PersonRole.eq(role))
}

/// The wordings of a form.
#[derive(Clone, Debug)]
pub struct Wordings {
    /// Consent to be answered.
    pub contact: consent_text::Model,
    /// Consent to text messages.
    pub texts: consent_text::Model,
}

impl Wordings {
    /// One after the other.
    pub const fn both(&self) -> [&consent_text::Model; 2] {
        [&self.contact, &self.texts]
    }
}

/// Stores the first wordings where they are missing, and answers them. Called at start.
pub async fn ensure_first(db: &Db, now: DateTime<Utc>) -> Result<Wordings> {
    if let Some(first) = find_first(db.reader()).await? {
        return Ok(first);
    }
    let tx = db.begin().await?;
    let rows = FIRST.map(|(key, wording)| row(key, 1, wording, now));
    let same = [consent_text::Column::Key, consent_text::Column::Version, consent_text::Column::Language];
    let keep = OnConflict::columns(same).do_nothing().to_owned();
    consent_text::Entity::insert_many(rows).on_conflict(keep).exec_without_returning(&tx).await?;
    let first = find_first(&tx).await?;
    tx.commit().await?;
    first.ok_or_else(|| Error::internal("the consent wordings were not stored"))
}

fn row(key: &str, version: i32, wording: &str, now: DateTime<Utc>) -> consent_text::ActiveModel {
    consent_text::ActiveModel {
        id: Set(ConsentTextId::new()),
        key: Set(key.to_owned()),
        version: Set(version),
        language: Set(LANGUAGE.to_owned()),
        wording: Set(wording.to_owned()),
        sha256: Set(Sha256::digest(wording).to_vec()),
        created_at: Set(now),
    }
}

async fn find_first(db: &impl ConnectionTrait) -> Result<Option<Wordings>> {
    let rows = consent_text::Entity::find()
        .filter(consent_text::Column::Key.is_in([CONTACT, TEXTS]))
        .filter(consent_text::Column::Language.eq(LANGUAGE))
        .filter(consent_text::Column::Version.eq(1))
        .all(db)
        .await?;
    let of = |wanted: &str| rows.iter().find(|row| row.key == wanted).cloned();
    Ok(of(CONTACT).zip(of(TEXTS)).map(|(contact, texts)| Wordings { contact, texts }))
}

/// Every wording of each consent, the newest first.
pub async fn list(db: &impl ConnectionTrait) -> Result<BTreeMap<ConsentKind, Vec<consent_text::Model>>> {
    let mut all: BTreeMap<ConsentKind, Vec<consent_text::Model>> = BTreeMap::new();
    let rows = consent_text::Entity::find()
        .filter(consent_text::Column::Language.eq(LANGUAGE))
        .order_by_desc(consent_text::Column::Version)
        .all(db)
        .await?;
    for row in rows {
        if let Some(kind) = ConsentKind::of(&row.key) {
            all.entry(kind).or_default().push(row);
        }
    }
    Ok(all)
}

/// Makes the next wording of a consent; what was agreed to before was agreed to in its own words.
///
/// Fails with `CONFLICT` at `baseVersion` when that is not the newest, and with a problem at `wording`.
pub async fn save(
    db: &impl ConnectionTrait,
    actor: Actor,
    audit: &Audit,
    (kind, base): (ConsentKind, i32),
    wording: &str,
    now: DateTime<Utc>,
) -> Result<consent_text::Model> {
    actor.require(Permission::ManageSettings)?;
    let wording = one_line(wording);
    let newest = list(db).await?.remove(&kind).and_then(|all| all.into_iter().next());
    let newest = newest.ok_or_else(|| Error::internal("a consent has no wording"))?;
    let mut problems = Problems::new(Stage::Publish);
    problems.text("wording", &wording, MOST_WORDING);
    if (1..LEAST_WORDING).contains(&wording.chars().count()) {
        let message = "Say in whole sentences what is agreed to, and how it is taken back.";
        problems.add("wording", ProblemCode::Invalid, message);
    }
    if newest.version != base {
        let message = "Somebody saved another wording meanwhile. Look at it, then save yours again.";
        problems.add("baseVersion", ProblemCode::Conflict, message);
    }
    refuse_if_any(problems)?;
    if newest.wording == wording {
        return Ok(newest);
    }
    let saved = row(kind.key(), newest.version.saturating_add(1), &wording, now).insert(db).await?;
    let event = audit::Event {
        fields: vec![format!("{}={}", saved.key, saved.version)],
        ..audit::Event::done(audit::Stream::Content, audit::Verb::LeadConsentTextSaved, saved.id.to_string())
    };
    audit.record(db, actor, event, now).await?;
    Ok(saved)
}

/// The wordings among `ids`, of whatever version: who filled in a form agreed to what it said.
pub async fn find(
    db: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = ConsentTextId>,
) -> Result<HashMap<ConsentTextId, consent_text::Model>> {
    let rows = consent_text::Entity::find().filter(consent_text::Column::Id.is_in(ids)).all(db).await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}
