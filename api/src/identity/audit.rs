//! The audit log: one line for each act that matters, chained under a key, in the transaction of the act itself.
//!
//! A line's hash covers the line and the hash before it, so a line changed, removed or put between breaks the chain
//! from there on; and it is keyed, so whoever can write the table but has not the key cannot make the chain whole
//! again. Streams are apart, so that leads do not wait for content. Lines name fields, never their values.

use chrono::{DateTime, SubsecRound, Utc};
use entity::{audit_event, id::AuditEventId};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect, Statement,
};

use super::Actor;
use crate::{
    error::Result,
    keys::{Keys, Purpose, Secret},
};

/// Which chain a line belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stream {
    /// What was published.
    Content,
    /// Who looked at whom.
    Leads,
    /// Who signed in.
    Identity,
}

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "each variant is the act of that name")]
pub enum Verb {
    UserCreated,
    SignedIn,
    SignInFailed,
    SignedOut,
    RefreshReused,
    Published,
    Unpublished,
    LeadRevealed,
    LeadErased,
    LeadHeld,
    LeadReleased,
    LeadMerged,
    LeadPhrasesSaved,
    LeadUnmerged,
    LeadReferred,
    LeadContactSuppressed,
    LeadSuppressionLifted,
    ReferralTargetSaved,
    LeadsExported,
    LeadKeyRotated,
    LeadKeyRetired,
    LeadRetentionChanged,
    PreviewShared,
    FactCreated,
    FactChanged,
    FactDeleted,
    Trashed,
    Restored,
    Removed,
    RedirectSaved,
    RedirectDeleted,
    RedirectsImported,
    SynonymsSaved,
    WebhookSaved,
    WebhookSecretRenewed,
    WebhookDeleted,
    LeadFormSaved,
    LeadConsentTextSaved,
}

/// How it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was done.
    Done,
    /// It was not.
    Refused,
}

/// A line to be written.
#[derive(Clone, Debug)]
pub struct Event {
    /// Which chain.
    pub stream: Stream,
    /// What was done.
    pub verb: Verb,
    /// The id of what it was done to.
    pub object: String,
    /// How it ended.
    pub outcome: Outcome,
    /// Names of what it was about; never values of sealed fields.
    pub fields: Vec<String>,
    /// Why, where somebody said.
    pub reason: Option<String>,
}

impl Event {
    /// Something that was done, with no more to say of it.
    pub fn done(stream: Stream, verb: Verb, object: impl Into<String>) -> Self {
        Self { stream, verb, object: object.into(), outcome: Outcome::Done, fields: Vec::new(), reason: None }
    }
}

/// Writes the audit log.
#[derive(Clone, Debug)]
pub struct Audit {
    key: Secret,
}

impl Audit {
    /// The log under this installation's audit key.
    pub fn new(keys: &Keys) -> Self {
        Self { key: keys.derive(Purpose::Audit) }
    }

    /// Writes a line within the caller's transaction: without it, the act does not happen either.
    pub async fn record(
        &self,
        db: &impl ConnectionTrait,
        actor: Actor,
        event: Event,
        now: DateTime<Utc>,
    ) -> Result<()> {
        let stream = event.stream.name();
        hold(db, stream).await?;
        let last: Option<(i64, Vec<u8>)> = audit_event::Entity::find()
            .select_only()
            .columns([audit_event::Column::Seq, audit_event::Column::Hash])
            .filter(audit_event::Column::Stream.eq(stream))
            .order_by_desc(audit_event::Column::Seq)
            .into_tuple()
            .one(db)
            .await?;
        let (seq, prev) = last.map_or((1, vec![0; 32]), |(seq, hash)| (seq + 1, hash));
        let mut line = audit_event::Model {
            id: AuditEventId::new(),
            stream: stream.to_owned(),
            seq,
            // What the database keeps, so that the hash can be computed again from it.
            at: now.trunc_subsecs(6),
            actor_id: actor.user_id(),
            session_id: actor.session_id(),
            verb: event.verb.name().to_owned(),
            object: event.object,
            outcome: event.outcome.name().to_owned(),
            fields: serde_json::to_value(event.fields)?,
            reason: event.reason,
            prev,
            hash: Vec::new(),
        };
        line.hash = self.hash(&line).to_vec();
        let line = audit_event::ActiveModel {
            id: Set(line.id),
            stream: Set(line.stream),
            seq: Set(line.seq),
            at: Set(line.at),
            actor_id: Set(line.actor_id),
            session_id: Set(line.session_id),
            verb: Set(line.verb),
            object: Set(line.object),
            outcome: Set(line.outcome),
            fields: Set(line.fields),
            reason: Set(line.reason),
            prev: Set(line.prev),
            hash: Set(line.hash),
        };
        line.insert(db).await?;
        Ok(())
    }

    /// What `line.hash` must be.
    pub fn hash(&self, line: &audit_event::Model) -> [u8; 32] {
        let fields = line.fields.to_string();
        self.key.mac(&[
            &line.prev,
            line.id.0.as_bytes(),
            line.stream.as_bytes(),
            &line.seq.to_be_bytes(),
            &line.at.timestamp_micros().to_be_bytes(),
            line.actor_id.map(|id| id.0).unwrap_or_default().as_bytes(),
            line.session_id.map(|id| id.0).unwrap_or_default().as_bytes(),
            line.verb.as_bytes(),
            line.object.as_bytes(),
            line.outcome.as_bytes(),
            fields.as_bytes(),
            line.reason.as_deref().unwrap_or_default().as_bytes(),
        ])
    }
}

/// One appender a stream: SQLite has one writer anyway, PostgreSQL is asked for a lock until the transaction ends.
async fn hold(db: &impl ConnectionTrait, stream: &str) -> Result<()> {
    if db.get_database_backend() == DbBackend::Postgres {
        let lock = "SELECT pg_advisory_xact_lock(hashtext('hillside audit'), hashtext($1))";
        db.execute_raw(Statement::from_sql_and_values(DbBackend::Postgres, lock, [stream.into()])).await?;
    }
    Ok(())
}

impl Stream {
    /// As it is stored.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Content => "content",
            Self::Leads => "leads",
            Self::Identity => "identity",
        }
    }
}

impl Verb {
    /// As it is stored.
    pub const fn name(self) -> &'static str {
        match self {
            Self::UserCreated => "USER_CREATED",
            Self::SignedIn => "SIGNED_IN",
            Self::SignInFailed => "SIGN_IN_FAILED",
            Self::SignedOut => "SIGNED_OUT",
            Self::RefreshReused => "REFRESH_REUSED",
            Self::Published => "PUBLISHED",
            Self::Unpublished => "UNPUBLISHED",
            Self::LeadRevealed => "LEAD_REVEALED",
            Self::LeadErased => "LEAD_ERASED",
            Self::LeadHeld => "LEAD_HELD",
            Self::LeadReleased => "LEAD_RELEASED",
            Self::LeadMerged => "LEAD_MERGED",
            Self::LeadPhrasesSaved => "LEAD_PHRASES_SAVED",
            Self::LeadUnmerged => "LEAD_UNMERGED",
            Self::LeadReferred => "LEAD_REFERRED",
            Self::LeadContactSuppressed => "LEAD_CONTACT_SUPPRESSED",
            Self::LeadSuppressionLifted => "LEAD_SUPPRESSION_LIFTED",
            Self::ReferralTargetSaved => "REFERRAL_TARGET_SAVED",
            Self::LeadsExported => "LEADS_EXPORTED",
            Self::LeadKeyRotated => "LEAD_KEY_ROTATED",
            Self::LeadKeyRetired => "LEAD_KEY_RETIRED",
            Self::LeadRetentionChanged => "LEAD_RETENTION_CHANGED",
            Self::PreviewShared => "PREVIEW_SHARED",
            Self::FactCreated => "FACT_CREATED",
            Self::FactChanged => "FACT_CHANGED",
            Self::FactDeleted => "FACT_DELETED",
            Self::Trashed => "TRASHED",
            Self::Restored => "RESTORED",
            Self::Removed => "REMOVED",
            Self::RedirectSaved => "REDIRECT_SAVED",
            Self::RedirectDeleted => "REDIRECT_DELETED",
            Self::RedirectsImported => "REDIRECTS_IMPORTED",
            Self::SynonymsSaved => "SYNONYMS_SAVED",
            Self::WebhookSaved => "WEBHOOK_SAVED",
            Self::WebhookSecretRenewed => "WEBHOOK_SECRET_RENEWED",
            Self::WebhookDeleted => "WEBHOOK_DELETED",
            Self::LeadFormSaved => "LEAD_FORM_SAVED",
            Self::LeadConsentTextSaved => "LEAD_CONSENT_TEXT_SAVED",
        }
    }
}

impl Outcome {
    const fn name(self) -> &'static str {
        match self {
            Self::Done => "DONE",
            Self::Refused => "REFUSED",
        }
    }
}
