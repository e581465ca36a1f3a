//! A lead as staff see it, masked.

use std::collections::BTreeSet;

use async_graphql::{Context, ID, Object, Result, SimpleObject, dataloader::DataLoader};
use chrono::{DateTime, Utc};
use entity::{
    content::LevelOfCare,
    id::LeadId,
    lead::{self as row, ContactMethod, LeadOutcome, LeadPriority, LeadRelationship, LeadStatus},
    lead_event::{self},
    lead_insurance::{self, InsuranceCheck, InsuranceCoverage},
    lead_person::{self, LeadPersonRole},
};

use super::{
    consent::LeadGivenConsent, desk, event::LeadEvent, revealed::RevealedLead, step::LeadArrival,
    suppression::LeadSuppression, task::LeadTask,
};
use crate::{
    identity::{Permission, Request, admin::User},
    leads::{
        consent::{self, ConsentScope},
        desk::{ConsentsOf, InquirerOf, InsuranceOf, LeadLoader, Masked, Revealed, SuppressionOf},
        lead, merge,
        spam::Sign,
        step,
    },
};

/// Somebody who asked for help.
pub struct Lead {
    row: row::Model,
    revealed: Option<Revealed>,
    /// One among many: its notes stay closed, so that nobody reads them by the hundred.
    listed: bool,
}

impl From<row::Model> for Lead {
    fn from(row: row::Model) -> Self {
        Self { row, revealed: None, listed: false }
    }
}

impl Lead {
    /// One among many.
    pub(super) fn listed(row: row::Model) -> Self {
        Self { listed: true, ..Self::from(row) }
    }

    /// With its person in clear.
    pub(super) fn with_person(row: row::Model, revealed: Revealed) -> Self {
        Self { revealed: Some(revealed), ..Self::from(row) }
    }

    /// The lead of that id, for somebody who may list leads.
    pub async fn load(ctx: &Context<'_>, id: LeadId) -> Result<Option<Self>> {
        let request = Request::of(ctx);
        Ok(lead::find(request.reader(), request.actor, id).await?.map(Self::from))
    }

    async fn masked(&self, ctx: &Context<'_>) -> Result<Masked> {
        let loader = ctx.data::<DataLoader<LeadLoader>>()?;
        let inquirer: Option<lead_person::Model> = loader.load_one(InquirerOf(self.row.id)).await?;
        Ok(desk(ctx).mask(&self.row, inquirer.as_ref()))
    }
}

/// Somebody who asked for help. What names them is masked; `revealLead` shows it, and the audit log says to whom.
#[Object]
impl Lead {
    /// Opaque and stable.
    pub async fn id(&self) -> ID {
        self.row.id.to_string().into()
    }

    /// What to call it on the telephone: `HS-7F3K2`.
    async fn reference(&self) -> &str {
        &self.row.reference
    }

    /// Send it with a change: when somebody was faster, the answer is `CONFLICT`.
    async fn version(&self) -> i32 {
        self.row.version
    }

    /// How far it got.
    async fn status(&self) -> LeadStatus {
        self.row.status
    }

    /// How it ended; null while it is open.
    async fn outcome(&self) -> Option<LeadOutcome> {
        self.row.outcome
    }

    /// How soon somebody must answer.
    async fn priority(&self) -> LeadPriority {
        self.row.priority
    }

    /// When it came.
    async fn received_at(&self) -> DateTime<Utc> {
        self.row.received_at
    }

    /// When it last changed.
    async fn updated_at(&self) -> DateTime<Utc> {
        self.row.updated_at
    }

    /// When the person was erased; then nothing is left to reveal.
    async fn erased_at(&self) -> Option<DateTime<Utc>> {
        self.row.erased_at
    }

    /// Since when it is kept for a legal matter, so that neither time nor anybody erases it.
    async fn held_at(&self) -> Option<DateTime<Utc>> {
        self.row.held_at
    }

    /// Until when somebody must have tried to reach them: five minutes after they wrote, or after somebody is there.
    async fn respond_by(&self) -> DateTime<Utc> {
        self.row.respond_by
    }

    /// When somebody first tried to reach them: the first of two clocks.
    async fn first_attempt_at(&self) -> Option<DateTime<Utc>> {
        self.row.first_attempt_at
    }

    /// When they were first reached: the second.
    async fn first_contact_at(&self) -> Option<DateTime<Utc>> {
        self.row.first_contact_at
    }

    /// When somebody must act next; `respondBy` at first. Null once the lead has ended.
    async fn next_action_at(&self) -> Option<DateTime<Utc>> {
        self.row.next_action_at
    }

    /// Until when whoever took it must have tried, or it goes back into the queue; null where nothing is waited for.
    async fn lease_until(&self) -> Option<DateTime<Utc>> {
        self.row.lease_until
    }

    /// Who works it; null while it waits in the queue.
    async fn assignee(&self, ctx: &Context<'_>) -> Result<Option<User>> {
        User::load(ctx, self.row.assignee_id).await
    }

    /// What may follow the present status, as far as you may decide it; offer only these.
    async fn next_statuses(&self, ctx: &Context<'_>) -> Vec<LeadStatus> {
        step::next_of(Request::of(ctx).actor, &self.row)
    }

    /// In which ways you may close it; offer only these. Whoever leads admissions closes it in any, and whoever has it, or anybody while
    /// nobody has, as SPAM or UNREACHABLE.
    async fn next_outcomes(&self, ctx: &Context<'_>) -> &[LeadOutcome] {
        step::outcomes(Request::of(ctx).actor, &self.row)
    }

    /// When and where they come; null until a day is agreed, once erased, and unless you work leads.
    async fn arrival(&self, ctx: &Context<'_>) -> Result<Option<LeadArrival>> {
        if !reads_health(ctx) {
            return Ok(None);
        }
        LeadArrival::of(ctx, &self.row).await
    }

    /// The lead of the same person that it was brought together with; work that one.
    async fn merged_into(&self, ctx: &Context<'_>) -> Result<Option<Lead>> {
        let Some(id) = self.row.merged_into_id else { return Ok(None) };
        let loader = ctx.data::<DataLoader<LeadLoader>>()?;
        Ok(loader.load_one(id).await?.map(Self::listed))
    }

    /// When it was. They can be taken apart again for a day.
    async fn merged_at(&self) -> Option<DateTime<Utc>> {
        self.row.merged_at
    }

    /// When those who treat who was admitted had what they need to know. From then on the lead is kept for
    /// `leadRetention.admittedDays`.
    async fn handed_over_at(&self) -> Option<DateTime<Utc>> {
        self.row.handed_over_at
    }

    /// Who wrote, masked: `S••••• V••••••`.
    async fn name(&self, ctx: &Context<'_>) -> Result<String> {
        Ok(self.masked(ctx).await?.name)
    }

    /// Their telephone number, masked: `(•••) •••-••42`.
    async fn phone(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(self.masked(ctx).await?.phone)
    }

    /// Their e-mail address, masked: `s•••@•••.com`.
    async fn email(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(self.masked(ctx).await?.email)
    }

    /// For whom they write.
    async fn relationship(&self) -> LeadRelationship {
        self.row.relationship
    }

    /// How to reach them without doing harm. What it does not allow must not be done.
    async fn safe_contact(&self) -> LeadSafeContact {
        LeadSafeContact(self.row.clone())
    }

    /// How closely they are to be looked after; null until somebody says so, once erased, and unless you work leads.
    async fn level_of_care(&self, ctx: &Context<'_>) -> Option<LevelOfCare> {
        self.row.level_of_care.filter(|_| reads_health(ctx))
    }

    /// How far the check of their insurance is. What names the policy is in `revealed`.
    async fn insurance(&self, ctx: &Context<'_>) -> Result<LeadInsurance> {
        let loader = ctx.data::<DataLoader<LeadLoader>>()?;
        Ok(LeadInsurance(loader.load_one(InsuranceOf(self.row.id)).await?))
    }

    /// The path of the page they read, which may tell what they suffer from; null unless you work leads.
    async fn source_path(&self, ctx: &Context<'_>) -> Option<&str> {
        Some(self.row.landing_path.as_str()).filter(|_| reads_health(ctx))
    }

    /// The title of that page, as it was then; null unless you work leads.
    async fn source_title(&self, ctx: &Context<'_>) -> Option<&str> {
        self.row.page_title.as_deref().filter(|_| reads_health(ctx))
    }

    /// Which of the form's places on the page they used; null unless you work leads.
    async fn placement(&self, ctx: &Context<'_>) -> Option<&str> {
        self.row.placement.as_deref().filter(|_| reads_health(ctx))
    }

    /// What led them to that page. For who works leads; null where nothing is known, and once erased.
    async fn source(&self, ctx: &Context<'_>) -> Option<LeadSource> {
        let source = LeadSource {
            referrer: self.row.referrer_host.clone(),
            utm_source: self.row.utm_source.clone(),
            utm_medium: self.row.utm_medium.clone(),
            utm_campaign: self.row.utm_campaign.clone(),
            utm_term: self.row.utm_term.clone(),
            utm_content: self.row.utm_content.clone(),
        };
        Some(source).filter(|source| reads_health(ctx) && *source != LeadSource::default())
    }

    /// Whether it looks like spam. It is kept all the same, and whoever sent it saw success.
    async fn suspected_spam(&self) -> bool {
        self.row.suspected_spam
    }

    /// What makes it look like spam, also where that is not enough to suspect it, or somebody said that it is none.
    async fn spam_reasons(&self) -> Vec<Sign> {
        let words = self.row.spam_reasons.as_array().into_iter().flatten();
        words.filter_map(|word| serde_json::from_value(word.clone()).ok()).collect()
    }

    /// What who wrote agreed to, that they may be contacted, the last that holds.
    async fn consent(&self, ctx: &Context<'_>) -> Result<Option<LeadConsent>> {
        let loader = ctx.data::<DataLoader<LeadLoader>>()?;
        let consents = loader.load_one(ConsentsOf(self.row.id)).await?.unwrap_or_default();
        let theirs = || consents.iter().filter(|(given, _)| given.person_role == LeadPersonRole::Inquirer);
        let texts = theirs().any(|(given, text)| text.key == consent::TEXTS && given.withdrawn_at.is_none());
        let contact = theirs().filter(|(_, text)| text.key == consent::CONTACT);
        // What was given anew, by word, counts.
        let contact = contact.max_by_key(|(given, _)| (given.withdrawn_at.is_none(), given.at)).cloned();
        Ok(contact.map(|(given, text)| LeadConsent {
            wording: text.wording,
            version: text.version,
            at: given.at,
            withdrawn_at: given.withdrawn_at,
            texts,
        }))
    }

    /// Every consent on record, of whoever wrote and of the patient, the oldest first.
    async fn consents(&self, ctx: &Context<'_>) -> Result<Vec<LeadGivenConsent>> {
        let loader = ctx.data::<DataLoader<LeadLoader>>()?;
        let consents = loader.load_one(ConsentsOf(self.row.id)).await?.unwrap_or_default();
        Ok(consents.into_iter().map(LeadGivenConsent::of).collect())
    }

    /// By which ways the patient may be reached, where somebody else wrote: those they agreed to themself. Empty until they did, and
    /// where they asked not to be contacted.
    async fn patient_ways(&self, ctx: &Context<'_>) -> Result<Vec<ConsentScope>> {
        if !LeadSafeContact(self.row.clone()).is_free(ctx).await? {
            return Ok(Vec::new());
        }
        self.agreed_ways(ctx, LeadPersonRole::Patient).await
    }

    /// By which ways whoever wrote agreed to be reached, also in leads that were brought together with this one; what they can be
    /// reached by and what is safe are other things. Empty once they took it back.
    async fn ways(&self, ctx: &Context<'_>) -> Result<Vec<ConsentScope>> {
        self.agreed_ways(ctx, LeadPersonRole::Inquirer).await
    }

    /// The person in clear; null except in the answer of `revealLead`. Do not store it.
    async fn revealed(&self) -> Option<RevealedLead<'_>> {
        self.revealed.as_ref().map(RevealedLead)
    }

    /// What is to be done for them, the first due first, then what is done, the last first. With what was to be done for leads
    /// that were brought together with this one.
    async fn tasks(&self, ctx: &Context<'_>) -> Result<Vec<LeadTask>> {
        LeadTask::of(ctx, &self.row, self.revealed.is_some()).await
    }

    /// What happened, newest first; at most 500. With what happened to leads that were brought together with this one, but not in a
    /// list of leads.
    async fn timeline(&self, ctx: &Context<'_>) -> Result<Vec<LeadEvent>> {
        let request = Request::of(ctx);
        let others = match self.listed {
            true => Vec::new(),
            false => merge::merged_into(request.reader(), request.actor, self.row.id).await?,
        };
        let ids = std::iter::once(&self.row).chain(&others).map(|lead| lead.id);
        let events = lead::timeline(request.reader(), request.actor, ids).await?;
        let reads_notes = !self.listed && request.actor.may(Permission::WorkLeads);
        let event = |row: lead_event::Model| {
            let other = others.iter().find(|lead| lead.id == row.lead_id);
            let text = reads_notes.then(|| desk(ctx).open_note(other.unwrap_or(&self.row), &row)).flatten();
            LeadEvent { reference: other.map(|lead| lead.reference.clone()), row, text }
        };
        Ok(events.into_iter().map(event).collect())
    }
}

impl Lead {
    /// By which ways one of its people agreed to be reached, and did not take it back.
    async fn agreed_ways(&self, ctx: &Context<'_>, role: LeadPersonRole) -> Result<Vec<ConsentScope>> {
        let loader = ctx.data::<DataLoader<LeadLoader>>()?;
        let leads = match self.listed {
            true => vec![self.row.id],
            false => merge::with_merged(Request::of(ctx).reader(), self.row.id).await?,
        };
        let consents = loader.load_many(leads.into_iter().map(ConsentsOf)).await?;
        let given = consents.values().flatten().map(|(given, _)| given);
        let given = given.filter(|given| given.person_role == role && given.withdrawn_at.is_none());
        Ok(given.flat_map(consent::scopes).collect::<BTreeSet<_>>().into_iter().collect())
    }
}

/// Whether somebody sees more than that leads come in: an admin administers without reading health data.
pub(super) fn reads_health(ctx: &Context<'_>) -> bool {
    Request::of(ctx).actor.may(Permission::WorkLeads)
}

/// What led somebody to the page they wrote from.
#[derive(Default, PartialEq, SimpleObject)]
pub struct LeadSource {
    /// The host of the link they followed: `www.google.com`.
    referrer: Option<String>,
    /// Where the campaign's link stood: `newsletter`.
    utm_source: Option<String>,
    /// Of what kind that is: `email`.
    utm_medium: Option<String>,
    /// What the campaign is called.
    utm_campaign: Option<String>,
    /// The words that were searched for, as the campaign names them.
    utm_term: Option<String>,
    /// Which of the campaign's links it was.
    utm_content: Option<String>,
}

/// How to reach somebody without doing harm.
pub struct LeadSafeContact(row::Model);

impl LeadSafeContact {
    async fn suppressed(&self, ctx: &Context<'_>) -> Result<Option<LeadSuppression>> {
        let loader = ctx.data::<DataLoader<LeadLoader>>()?;
        let asked = loader.load_one(SuppressionOf(self.0.id)).await?;
        Ok(asked.map(|asked| LeadSuppression::of(&self.0, asked)))
    }

    async fn is_free(&self, ctx: &Context<'_>) -> Result<bool> {
        Ok(!self.suppressed(ctx).await?.is_some_and(|asked| asked.is_holding()))
    }
}

/// How to reach somebody without doing harm.
#[Object(name = "SafeContact")]
impl LeadSafeContact {
    /// A voicemail may be left.
    async fn voicemail(&self, ctx: &Context<'_>) -> Result<bool> {
        Ok(self.0.safe_voicemail && self.is_free(ctx).await?)
    }

    /// A text may be sent.
    async fn text(&self, ctx: &Context<'_>) -> Result<bool> {
        Ok(self.0.safe_text && self.is_free(ctx).await?)
    }

    /// The caller may say who calls.
    async fn say_who_calls(&self) -> bool {
        self.0.safe_say_who
    }

    /// The way they like best.
    async fn preferred(&self) -> Option<ContactMethod> {
        self.0.preferred_contact
    }

    /// That they asked not to be contacted, in this lead or another; null where they did not. Where it holds nobody calls or writes
    /// to them.
    async fn suppression(&self, ctx: &Context<'_>) -> Result<Option<LeadSuppression>> {
        self.suppressed(ctx).await
    }
}

/// How far the check of somebody's insurance is.
pub struct LeadInsurance(Option<lead_insurance::Model>);

/// How far the check of somebody's insurance is: a track beside the status.
#[Object]
impl LeadInsurance {
    /// How far; NEEDED for whoever just wrote.
    async fn check(&self) -> InsuranceCheck {
        self.0.as_ref().map(|row| row.check_status).unwrap_or_default()
    }

    /// What kind of insurance they have; null until somebody says so, once erased, and unless you work leads.
    async fn coverage(&self, ctx: &Context<'_>) -> Option<InsuranceCoverage> {
        self.0.as_ref()?.coverage.filter(|_| reads_health(ctx))
    }

    /// When somebody last said how far it is.
    async fn checked_at(&self) -> Option<DateTime<Utc>> {
        self.0.as_ref()?.checked_at
    }

    /// Who did.
    async fn checked_by(&self, ctx: &Context<'_>) -> Result<Option<User>> {
        User::load(ctx, self.0.as_ref().and_then(|row| row.checked_by_id)).await
    }
}

/// What somebody agreed to.
#[derive(SimpleObject)]
pub struct LeadConsent {
    /// The exact words.
    wording: String,
    /// Counts the wordings of this consent.
    version: i32,
    /// When.
    at: DateTime<Utc>,
    /// When they took it back.
    withdrawn_at: Option<DateTime<Utc>>,
    /// Whether they agreed to text messages too.
    texts: bool,
}
