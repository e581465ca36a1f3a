//! What is written of a lead, all of it in one transaction, what names a person sealed.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    id::{LeadConsentId, LeadEventId, LeadId, LeadPersonId},
    lead::{self, LeadPriority, LeadRelationship, LeadStatus},
    lead_consent::{self, TickedBy},
    lead_event::{self, LeadEventKind},
    lead_intake,
    lead_person::{self, LeadPersonRole},
    live_event::LiveChange,
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QuerySelect, SqlErr, Value,
    sea_query::{Alias, Expr, ExprTrait, Query},
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use zeroize::Zeroizing;

use super::{
    super::{
        Vault, form,
        lead::heard_of,
        sealing::{Cell, LeadKey},
        spam::{self, Sign},
    },
    Arrival, Checked, RECEIVED, Receipt, Submission, UnderAge,
};
use crate::{
    db::{Db, insert_all, padded},
    error::{Error, Result},
    live::{self, Event},
    outbox,
};

/// For how long it is unusual to say the same again.
const SAME_WITHIN: TimeDelta = TimeDelta::hours(24);

/// What only the person's own words tell: one sealed envelope per lead, never changed.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in super::super) struct Envelope {
    v: u8,
    /// As it was typed.
    name: String,
    /// As it was typed.
    phone: String,
    /// As it was typed.
    email: String,
    /// What is shown when the lead is revealed.
    pub(in super::super) message: String,
    /// What is shown when the lead is revealed.
    pub(in super::super) insurance: String,
    /// When to call, in the person's own words; may be empty.
    #[serde(default)]
    pub(in super::super) best_time: String,
    /// Whether the person who needs help is a minor.
    #[serde(default)]
    pub(in super::super) under_age: UnderAge,
}

impl Envelope {
    /// An envelope that says `words` wherever it is read.
    pub(in super::super) fn of_words(words: &str) -> Self {
        Self {
            v: 1,
            name: words.to_owned(),
            phone: words.to_owned(),
            email: words.to_owned(),
            message: words.to_owned(),
            insurance: words.to_owned(),
            best_time: words.to_owned(),
            under_age: UnderAge::NotSaid,
        }
    }
}

/// What recognises a retry.
#[derive(Clone, Debug)]
pub(super) struct RetryKey {
    pub idempotency_hash: Vec<u8>,
    pub body_hash: Vec<u8>,
}

/// What came of writing a lead.
#[derive(Clone, Debug)]
pub(super) enum Written {
    /// It is on disk.
    Now(Receipt),
    /// It was already, with this body: somebody tries again.
    Before { receipt: Receipt, body_hash: Vec<u8> },
    /// Another lead is called so.
    ReferenceTaken,
}

/// Why leads were not written.
#[derive(Debug)]
pub(super) enum StoreError {
    /// Another server wrote one of them, or one that is called so, at the same moment.
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

/// Everything of a lead that is stored.
#[derive(Clone, Debug)]
pub(super) struct Rows {
    retry_key: RetryKey,
    receipt: Receipt,
    lead: lead::ActiveModel,
    signs: Vec<Sign>,
    fingerprint: Option<Vec<u8>>,
    people: Vec<lead_person::ActiveModel>,
    intake: lead_intake::ActiveModel,
    consents: Vec<lead_consent::ActiveModel>,
    timeline: Vec<lead_event::ActiveModel>,
    event: Event,
}

/// Writes everything of these leads in one transaction, in a few statements; answers what came of each.
pub(super) async fn write_all(db: &Db, all: Vec<Rows>) -> std::result::Result<Vec<Written>, StoreError> {
    let Some(now) = all.iter().map(|rows| rows.receipt.received_at).max() else { return Ok(Vec::new()) };
    let tx = db.begin().await?;
    let (mut before, mut references) = find_before(&tx, &all).await?;
    let mut said = find_said(&tx, &all, now - SAME_WITHIN).await?;

    let mut outcomes = Vec::with_capacity(all.len());
    let (mut leads, mut people, mut intakes, mut consents) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let (mut timeline, mut events) = (Vec::new(), Vec::new());
    for Rows {
        retry_key,
        receipt,
        mut lead,
        mut signs,
        fingerprint,
        people: persons,
        intake,
        consents: given,
        timeline: happened,
        event: told,
    } in all
    {
        if let Some(written) = before.get(&retry_key.idempotency_hash) {
            outcomes.push(written.clone());
            continue;
        }
        if !references.insert(receipt.reference.clone()) {
            outcomes.push(Written::ReferenceTaken);
            continue;
        }
        let again = Written::Before { receipt: receipt.clone(), body_hash: retry_key.body_hash };
        before.insert(retry_key.idempotency_hash, again);
        outcomes.push(Written::Now(receipt));
        if fingerprint.is_some_and(|fingerprint| !said.insert(fingerprint)) {
            signs.push(Sign::Repeated);
        }
        lead.suspected_spam = Set(spam::is_suspected(&signs));
        lead.spam_reasons = Set(serde_json::to_value(&signs).map_err(Error::from)?);
        leads.push(lead);
        people.extend(persons);
        intakes.push(intake);
        consents.extend(given);
        timeline.extend(happened);
        events.push(told);
    }
    if leads.is_empty() {
        return Ok(outcomes);
    }
    insert_all(&tx, leads).await?;
    insert_all(&tx, people).await?;
    insert_all(&tx, intakes).await?;
    insert_all(&tx, consents).await?;
    insert_all(&tx, timeline).await?;
    live::tell_all(&tx, &events).await?;
    // One piece of work for all that came together: they are told of together as well.
    let came: Vec<_> = events.iter().map(|event| LeadId(event.subject)).collect();
    outbox::enqueue(&tx, RECEIVED, json!({ "leads": came }), now, now).await?;
    tx.commit().await?;
    Ok(outcomes)
}

/// Idempotency hash, body hash, reference and when it came.
type KnownLead = (Vec<u8>, Vec<u8>, String, DateTime<Utc>);

/// Which of these leads were written before, by what recognises them, and which of their references are taken.
async fn find_before(
    db: &impl ConnectionTrait,
    all: &[Rows],
) -> std::result::Result<(HashMap<Vec<u8>, Written>, HashSet<String>), DbErr> {
    let hashes = all.iter().map(|rows| rows.retry_key.idempotency_hash.clone()).collect();
    let names = all.iter().map(|rows| rows.receipt.reference.clone()).collect();
    let same = Condition::any()
        .add(lead::Column::IdempotencyHash.is_in(padded(hashes)))
        .add(lead::Column::Reference.is_in(padded(names)));
    let found: Vec<KnownLead> = lead::Entity::find()
        .select_only()
        .columns([
            lead::Column::IdempotencyHash,
            lead::Column::BodyHash,
            lead::Column::Reference,
            lead::Column::ReceivedAt,
        ])
        .filter(same)
        .into_tuple()
        .all(db)
        .await?;
    let references = found.iter().map(|(_, _, reference, _)| reference.clone()).collect();
    let before = found.into_iter().map(|(hash, body_hash, reference, received_at)| {
        (hash, Written::Before { receipt: Receipt { reference, received_at }, body_hash })
    });
    Ok((before.collect(), references))
}

/// Which of what these leads say was said by the same people since then, by its keyed hash.
async fn find_said(
    db: &impl ConnectionTrait,
    all: &[Rows],
    since: DateTime<Utc>,
) -> std::result::Result<HashSet<Vec<u8>>, DbErr> {
    let hashes: Vec<Vec<u8>> = all.iter().filter_map(|rows| rows.fingerprint.clone()).collect();
    if hashes.is_empty() {
        return Ok(HashSet::new());
    }
    // However often it was said, one look at each.
    let (asked, hash) = (Alias::new("asked"), Alias::new("column1"));
    let said = Query::select()
        .expr(Expr::val(1))
        .from(lead::Entity)
        .and_where(
            Expr::col((lead::Entity, lead::Column::FingerprintHash)).eq(Expr::col((asked.clone(), hash.clone()))),
        )
        .and_where(lead::Column::ReceivedAt.gt(since))
        .to_owned();
    let hashes = padded(hashes).into_iter().map(Value::from);
    let found = Query::select().column(hash).from_values(hashes, asked).and_where(Expr::exists(said)).to_owned();
    let found = db.query_all(&found).await?;
    found.iter().map(|row| row.try_get_by_index(0)).collect()
}

/// What is stored of a submission.
pub(super) fn rows(
    vault: &Vault,
    given: &Submission,
    checked: &Checked<'_>,
    arrival: &Arrival,
    retry_key: &RetryKey,
    reference: String,
    now: DateTime<Utc>,
) -> Result<Rows> {
    let id = LeadId::new();
    let (key, wrapped) = vault.fresh_key(id)?;
    let safe = checked.safe_contact;
    let Arrival { source, priority, respond_by, call, signs } = arrival;
    let fingerprint = match call {
        Some(_) => None,
        None => {
            let number = checked.phone.as_ref().map(|phone| phone.number.as_str());
            let address = checked.email.as_ref().map(|email| email.as_str());
            Some(vault.fingerprint(number, address, &checked.message))
        }
    };
    let spoken = call.map(|_| now);
    let by = call.map(|call| call.by);
    let origin = &given.origin;

    let lead = lead::ActiveModel {
        id: Set(id),
        reference: Set(reference.clone()),
        version: Set(1),
        status: Set(if call.is_some() { LeadStatus::Contacted } else { LeadStatus::New }),
        outcome: Set(None),
        priority: Set(*priority),
        received_at: Set(now),
        updated_at: Set(now),
        respond_by: Set(*respond_by),
        first_attempt_at: Set(spoken),
        first_contact_at: Set(spoken),
        next_action_at: Set(Some(match (call, priority) {
            (None, _) => *respond_by,
            (Some(call), LeadPriority::Normal) => call.next_action_at,
            // Whatever was agreed: whoever may be in danger does not wait for it.
            (Some(call), LeadPriority::Urgent) => Ord::min(call.next_action_at, *respond_by),
        })),
        lease_until: Set(None),
        closed_at: Set(None),
        erased_at: Set(None),
        held_at: Set(None),
        merged_into_id: Set(None),
        merged_at: Set(None),
        assignee_id: Set(by),
        form_key: Set(if call.is_some() { form::CALL } else { given.form.as_str() }.to_owned()),
        form_version: Set(checked.form_version.filter(|_| call.is_none())),
        page_id: Set(source.page),
        revision_id: Set(source.revision),
        placement: Set(checked.placement.map(ToOwned::to_owned)),
        landing_path: Set(if call.is_some() { String::new() } else { checked.path.clone() }),
        page_title: Set(source.title.clone()),
        referrer_host: Set(origin.referrer.clone()),
        utm_source: Set(origin.source.clone()),
        utm_medium: Set(origin.medium.clone()),
        utm_campaign: Set(origin.campaign.clone()),
        utm_term: Set(origin.term.clone()),
        utm_content: Set(origin.content.clone()),
        relationship: Set(checked.relationship),
        preferred_contact: Set(safe.preferred),
        level_of_care: Set(None),
        arrives_at: Set(None),
        location_id: Set(None),
        handed_over_at: Set(None),
        safe_voicemail: Set(safe.voicemail),
        // A text needs both: that it is safe, and the consent to texts.
        safe_text: Set(safe.text && checked.texts),
        safe_say_who: Set(safe.say_who_calls),
        // Said once it is known whether they said the same before.
        suspected_spam: Set(false),
        spam_reasons: Set(json!([])),
        idempotency_hash: Set(retry_key.idempotency_hash.clone()),
        body_hash: Set(retry_key.body_hash.clone()),
        fingerprint_hash: Set(fingerprint.clone()),
        dek_wrapped: Set(Some(wrapped.bytes)),
        kek_id: Set(wrapped.kek_id),
    };
    let people = people(vault, &key, id, checked)?;
    let intake = lead_intake::ActiveModel { lead_id: Set(id), sealed: Set(Some(envelope(&key, given, checked)?)) };
    let mut consents = Vec::new();
    for (text, scopes) in &checked.consents {
        consents.push(lead_consent::ActiveModel {
            id: Set(LeadConsentId::new()),
            lead_id: Set(id),
            person_role: Set(LeadPersonRole::Inquirer),
            consent_text_id: Set(*text),
            scopes: Set(serde_json::to_value(scopes)?),
            ticked_by: Set(if call.is_some() { TickedBy::Staff } else { TickedBy::Inquirer }),
            at: Set(now),
            withdrawn_at: Set(None),
        });
    }
    let event_of = |seq, kind, meta| lead_event::ActiveModel {
        id: Set(LeadEventId::new()),
        lead_id: Set(id),
        seq: Set(seq),
        kind: Set(kind),
        at: Set(now),
        actor_id: Set(by),
        meta: Set(meta),
        text: Set(None),
    };
    let mut timeline = vec![event_of(1, LeadEventKind::Received, json!({}))];
    if *priority == LeadPriority::Urgent {
        timeline.push(event_of(2, LeadEventKind::Priority, json!({ "priority": priority })));
    }
    let event = heard_of(id, 1, LiveChange::Created);
    let receipt = Receipt { reference, received_at: now };
    Ok(Rows {
        retry_key: retry_key.clone(),
        receipt,
        lead,
        signs: signs.clone(),
        fingerprint,
        people,
        intake,
        consents,
        timeline,
        event,
    })
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
        people.push(lead_person::ActiveModel::unknown_patient(lead));
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
        under_age: checked.under_age,
    };
    let text = Zeroizing::new(serde_json::to_string(&envelope)?);
    Ok(key.seal(Cell::Submission, &text)?)
}
