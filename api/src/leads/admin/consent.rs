//! What somebody agreed to by word.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};
use entity::{consent_text, lead_consent, lead_consent::TickedBy, lead_person::LeadPersonRole};

use super::{Lead, LeadPayload, correction::LeadPersonKind};
use crate::{
    gql::id::read_id,
    identity::{Permission, Request},
    leads::{
        consent::{self, ConsentKind, ConsentScope},
        spoken::{self, Spoken},
    },
};

/// What can be done with consents.
#[derive(Default)]
pub struct LeadConsentMutation;

#[Object]
impl LeadConsentMutation {
    /// Keeps a consent that somebody gave by word, after you read them the wording (`leadCallConsents`). Without their own consent the
    /// patient of somebody who wrote for them is not called or written to.
    async fn record_lead_consent(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who agreed, and to what.")] input: RecordLeadConsentInput,
    ) -> Result<LeadPayload> {
        let request = Request::of(ctx);
        let tx = request.begin(Permission::WorkLeads).await?;
        let done = async {
            let lead = (read_id(&input.id, "id")?, input.version);
            let text = read_id(&input.text, "text")?;
            let RecordLeadConsentInput { person, scopes, at, .. } = input;
            let given = Spoken { role: person.into(), text, scopes, at };
            spoken::record(&tx, request.actor, lead, &given, request.now).await
        };
        let done = done.await;
        request.finish(tx, done.map(Lead::from)).await
    }
}

/// Who agreed, and to what.
#[derive(InputObject)]
pub struct RecordLeadConsentInput {
    /// The lead.
    id: ID,
    /// The version you looked at.
    version: i32,
    /// Who said yes.
    #[graphql(default_with = "LeadPersonKind::Inquirer")]
    person: LeadPersonKind,
    /// The wording you read to them: an id of `leadCallConsents`.
    text: ID,
    /// By which ways they may be reached: at least one of the wording's `scopes`.
    scopes: Vec<ConsentScope>,
    /// When they said so, since the lead came in; left out, now.
    at: Option<DateTime<Utc>>,
}

/// A consent that somebody gave. It never changes, but for when it was taken back.
#[derive(SimpleObject)]
pub struct LeadGivenConsent {
    /// Whose it is.
    person: LeadPersonKind,
    /// What it is for.
    consent: Option<ConsentKind>,
    /// The exact words.
    wording: String,
    /// Counts the wordings of this consent.
    version: i32,
    /// By which ways.
    scopes: Vec<ConsentScope>,
    /// Whether it was given by word, to a colleague.
    spoken: bool,
    /// When.
    at: DateTime<Utc>,
    /// When they took it back.
    withdrawn_at: Option<DateTime<Utc>>,
}

impl LeadGivenConsent {
    /// As it is kept, with its wording.
    pub(super) fn of((given, text): (lead_consent::Model, consent_text::Model)) -> Self {
        Self {
            person: given.person_role.into(),
            consent: ConsentKind::of(&text.key),
            scopes: consent::scopes(&given),
            wording: text.wording,
            version: text.version,
            spoken: given.ticked_by == TickedBy::Staff,
            at: given.at,
            withdrawn_at: given.withdrawn_at,
        }
    }
}

impl From<LeadPersonKind> for LeadPersonRole {
    fn from(kind: LeadPersonKind) -> Self {
        match kind {
            LeadPersonKind::Inquirer => Self::Inquirer,
            LeadPersonKind::Patient => Self::Patient,
        }
    }
}

impl From<LeadPersonRole> for LeadPersonKind {
    fn from(role: LeadPersonRole) -> Self {
        match role {
            LeadPersonRole::Inquirer => Self::Inquirer,
            LeadPersonRole::Patient => Self::Patient,
        }
    }
}
