//! What admissions staff may do with leads.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject, Subscription, dataloader::DataLoader};
use chrono::{DateTime, Utc};
use entity::{
    id::{LeadId, UserId},
    lead::{self as row, CallOutcome, ContactMethod, LeadOutcome, LeadPriority, LeadRelationship, LeadStatus},
    lead_event::{self, LeadEventKind},
    lead_person,
    live_event::{LiveChange, LiveTopic},
};
use futures_util::{Stream, StreamExt};
use sea_orm::DatabaseConnection;
use serde_json::Value;

mod erasure;
mod notice;
mod work;

pub use self::{
    erasure::{LeadErasureMutation, LeadErasureQuery},
    notice::{LeadNoticeMutation, LeadNoticeQuery},
    work::LeadWorkMutation,
};
use super::{
    Desk,
    consent::{self, ConsentKind},
    desk::{ConsentsOf, InquirerOf, LeadLoader, Masked, Revealed},
    duplicates,
    lead::{self, Counts, Position, View},
    status,
};
use crate::{
    gql::{
        id::{read_id, read_optional_id},
        paging::{Connection, Page as Paging},
    },
    identity::{Identity, Permission, Request, admin::User},
    live::{Event, Heard, Live},
    payload,
};

/// Adds to a staff request what the resolvers of leads read.
pub fn add_loaders(request: async_graphql::Request, db: &DatabaseConnection) -> async_graphql::Request {
    request.data(DataLoader::new(LeadLoader(db.clone()), tokio::spawn))
}

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
    fn listed(row: row::Model) -> Self {
        Self { listed: true, ..Self::from(row) }
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

    /// What may follow the present status; offer only these.
    async fn next_statuses(&self) -> &[LeadStatus] {
        status::next_of(self.row.status)
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
        LeadSafeContact {
            voicemail: self.row.safe_voicemail,
            text: self.row.safe_text,
            say_who_calls: self.row.safe_say_who,
            preferred: self.row.preferred_contact,
        }
    }

    /// The path of the page they read.
    async fn source_path(&self) -> &str {
        &self.row.landing_path
    }

    /// The title of that page, as it was then.
    async fn source_title(&self) -> Option<&str> {
        self.row.page_title.as_deref()
    }

    /// Which of the form's places on the page they used.
    async fn placement(&self) -> Option<&str> {
        self.row.placement.as_deref()
    }

    /// Whether it looks like spam. It is kept all the same, and whoever sent it saw success.
    async fn suspected_spam(&self) -> bool {
        self.row.suspected_spam
    }

    /// What they agreed to.
    async fn consent(&self, ctx: &Context<'_>) -> Result<Option<LeadConsent>> {
        let loader = ctx.data::<DataLoader<LeadLoader>>()?;
        let consents = loader.load_one(ConsentsOf(self.row.id)).await?.unwrap_or_default();
        let texts = consents.iter().any(|(given, text)| text.key == consent::TEXTS && given.withdrawn_at.is_none());
        let contact = consents.into_iter().find(|(_, text)| text.key == consent::CONTACT);
        Ok(contact.map(|(given, text)| LeadConsent {
            wording: text.wording,
            version: text.version,
            at: given.at,
            withdrawn_at: given.withdrawn_at,
            texts,
        }))
    }

    /// The person in clear; null except in the answer of `revealLead`. Do not store it.
    async fn revealed(&self) -> Option<RevealedLead<'_>> {
        self.revealed.as_ref().map(RevealedLead)
    }

    /// What happened, newest first; at most 500.
    async fn timeline(&self, ctx: &Context<'_>) -> Result<Vec<LeadEvent>> {
        let request = Request::of(ctx);
        let events = lead::timeline(request.reader(), request.actor, self.row.id).await?;
        let reads_notes = !self.listed && request.actor.may(Permission::WorkLeads);
        let event = |event: lead_event::Model| LeadEvent {
            text: reads_notes.then(|| desk(ctx).open_note(&self.row, &event)).flatten(),
            row: event,
        };
        Ok(events.into_iter().map(event).collect())
    }
}

/// How to reach somebody without doing harm.
#[derive(SimpleObject)]
#[graphql(name = "SafeContact")]
pub struct LeadSafeContact {
    /// A voicemail may be left.
    voicemail: bool,
    /// A text may be sent.
    text: bool,
    /// The caller may say who calls.
    say_who_calls: bool,
    /// The way they like best.
    preferred: Option<ContactMethod>,
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

/// A person and their words, in clear.
pub struct RevealedLead<'a>(&'a Revealed);

/// A person and their words, in clear.
#[Object]
impl RevealedLead<'_> {
    /// How they are called.
    async fn name(&self) -> &str {
        self.0.name.expose()
    }

    /// What a telephone dials: `+17815550142`.
    async fn phone(&self) -> Option<&str> {
        self.0.phone.as_ref().map(|phone| phone.number.as_str())
    }

    /// What a person reads: `(781) 555-0142, extension 12`.
    async fn phone_display(&self) -> Option<String> {
        self.0.phone.as_ref().map(super::contact::Phone::display)
    }

    /// Where to write.
    async fn email(&self) -> Option<&str> {
        self.0.email.as_ref().map(|email| email.expose().as_str())
    }

    /// What they wrote; may be empty.
    async fn message(&self) -> &str {
        self.0.message.expose()
    }

    /// Who insures them, in their words; may be empty.
    async fn insurance(&self) -> &str {
        self.0.insurance.expose()
    }

    /// When to call, in their words; may be empty.
    async fn best_time(&self) -> &str {
        self.0.best_time.expose()
    }
}

/// One entry of a lead's timeline.
pub struct LeadEvent {
    row: lead_event::Model,
    text: Option<String>,
}

impl LeadEvent {
    fn meta<T: serde::de::DeserializeOwned>(&self, field: &str) -> Option<T> {
        serde_json::from_value(self.row.meta.get(field).cloned().unwrap_or(Value::Null)).ok().flatten()
    }
}

/// One entry of a lead's timeline. It never changes.
#[Object]
impl LeadEvent {
    /// Opaque and stable.
    pub async fn id(&self) -> ID {
        self.row.id.to_string().into()
    }

    /// What happened.
    async fn kind(&self) -> LeadEventKind {
        self.row.kind
    }

    /// When.
    async fn at(&self) -> DateTime<Utc> {
        self.row.at
    }

    /// Who did it; null for the visitor and for Hillside itself.
    async fn actor(&self, ctx: &Context<'_>) -> Result<Option<User>> {
        User::load(ctx, self.row.actor_id).await
    }

    /// For STATUS: what it was before.
    async fn from_status(&self) -> Option<LeadStatus> {
        self.meta("from")
    }

    /// For STATUS: what it became.
    async fn to_status(&self) -> Option<LeadStatus> {
        self.meta("to")
    }

    /// For STATUS: how it ended, where it was closed.
    async fn outcome(&self) -> Option<LeadOutcome> {
        self.meta("outcome")
    }

    /// For CALL: what came of it.
    async fn call_outcome(&self) -> Option<CallOutcome> {
        self.meta("call")
    }

    /// For CALL: how long it was, in seconds, where somebody said.
    async fn seconds(&self) -> Option<i32> {
        self.meta("seconds")
    }

    /// For TEXT and EMAIL: whether the person had answered.
    async fn answered(&self) -> Option<bool> {
        self.meta("answered")
    }

    /// For CALL, TEXT, EMAIL and NEXT_ACTION: when it goes on.
    async fn next_action_at(&self) -> Option<DateTime<Utc>> {
        self.meta("next")
    }

    /// For CONSENT_WITHDRAWN: what they took back.
    async fn consent(&self) -> Option<ConsentKind> {
        self.meta("consent")
    }

    /// For PRIORITY: what it became.
    async fn priority(&self) -> Option<LeadPriority> {
        self.meta("priority")
    }

    /// For ASSIGNED: who got it; null when it went back to the queue. For LEASE_EXPIRED: who had it.
    async fn assignee(&self, ctx: &Context<'_>) -> Result<Option<User>> {
        User::load(ctx, self.meta::<UserId>("assignee")).await
    }

    /// Words that were written down with it; null unless you work leads, and in a list of leads.
    async fn text(&self) -> Option<&str> {
        self.text.as_deref()
    }
}

/// What can be asked of leads.
#[derive(Default)]
pub struct LeadsQuery;

#[Object]
impl LeadsQuery {
    /// Leads of a view, the last received first, masked.
    async fn leads(
        &self,
        ctx: &Context<'_>,
        #[graphql(default_with = "View::Open", desc = "Which of them.")] view: View,
        #[graphql(default = 50, desc = "How many, 0 to 100.")] first: i32,
        #[graphql(desc = "The cursor to go on after: the last page's `endCursor`.")] after: Option<String>,
    ) -> Result<Connection<Lead>> {
        let request = Request::of(ctx);
        let paging = Paging::<Position>::new("leads", first, after.as_deref())?;
        let position = paging.after().copied();
        let rows = lead::list(request.reader(), request.actor, view, position, paging.limit(), request.now).await?;
        let total = lead::count(request.reader(), request.actor, view, request.now).await?;
        Ok(paging.connection(rows, total, Position::of, Lead::listed)?)
    }

    /// How many leads each view holds.
    async fn lead_counts(&self, ctx: &Context<'_>) -> Result<Counts> {
        let request = Request::of(ctx);
        Ok(lead::counts(request.reader(), request.actor, request.now).await?)
    }

    /// The lead of that id, masked; null when there is none.
    async fn lead(&self, ctx: &Context<'_>, #[graphql(desc = "Its id.")] id: ID) -> Result<Option<Lead>> {
        match id.parse() {
            Ok(id) => Lead::load(ctx, id).await,
            Err(_) => Ok(None),
        }
    }

    /// Other leads with the same telephone number or e-mail address, the last received first, masked; at most 20.
    async fn lead_duplicates(&self, ctx: &Context<'_>, #[graphql(desc = "A lead's id.")] id: ID) -> Result<Vec<Lead>> {
        let request = Request::of(ctx);
        let Ok(id) = id.parse() else { return Ok(Vec::new()) };
        let rows = duplicates::list(request.reader(), request.actor, id).await?;
        Ok(rows.into_iter().map(Lead::listed).collect())
    }

    /// Colleagues a lead can be assigned to, by name.
    async fn admissions_staff(&self, ctx: &Context<'_>) -> Result<Vec<User>> {
        let request = Request::of(ctx);
        Ok(lead::list_assignees(request.reader(), request.actor).await?.into_iter().map(User).collect())
    }
}

/// What can be done with leads.
#[derive(Default)]
pub struct LeadsMutation;

#[Object]
impl LeadsMutation {
    /// Shows who it is, in `revealed`. The audit log records who looked, and why, before anything is shown.
    async fn reveal_lead(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whom to show, and why.")] input: RevealLeadInput,
    ) -> Result<LeadPayload> {
        let request = Request::of(ctx);
        let tx = request.begin(Permission::WorkLeads).await?;
        let outcome = async {
            let id = read_id(&input.id, "id")?;
            let audit = Identity::audit_of(ctx);
            lead::reveal(&tx, request.actor, audit, desk(ctx), id, &input.reason, request.now).await
        };
        let outcome = outcome.await;
        request.finish(tx, outcome.map(|(row, revealed)| Lead { revealed: Some(revealed), ..Lead::from(row) })).await
    }

    /// Gives a lead to a colleague, takes it, or puts it back into the queue.
    async fn assign_lead(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who shall work a lead.")] input: AssignLeadInput,
    ) -> Result<LeadPayload> {
        let request = Request::of(ctx);
        let tx = request.begin(Permission::WorkLeads).await?;
        let outcome = async {
            let assignee = read_optional_id(input.assignee.as_ref(), "assignee")?;
            lead::assign(&tx, request.actor, read_id(&input.id, "id")?, input.version, assignee, request.now).await
        };
        let outcome = outcome.await;
        request.finish(tx, outcome.map(Lead::from)).await
    }

    /// Moves a lead to one of its `nextStatuses`.
    async fn change_lead_status(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Where a lead goes.")] input: ChangeLeadStatusInput,
    ) -> Result<LeadPayload> {
        let request = Request::of(ctx);
        let tx = request.begin(Permission::WorkLeads).await?;
        let outcome = async {
            let ChangeLeadStatusInput { version, status, outcome, .. } = input;
            let id = read_id(&input.id, "id")?;
            lead::change_status(&tx, request.actor, id, version, status, outcome, request.now).await
        };
        let outcome = outcome.await;
        request.finish(tx, outcome.map(Lead::from)).await
    }

    /// Writes something down. The words are sealed like the person's own.
    async fn add_lead_note(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to write down.")] input: AddLeadNoteInput,
    ) -> Result<LeadPayload> {
        let request = Request::of(ctx);
        let tx = request.begin(Permission::WorkLeads).await?;
        let outcome = async {
            lead::add_note(&tx, request.actor, desk(ctx), read_id(&input.id, "id")?, &input.text, request.now).await
        };
        let outcome = outcome.await;
        request.finish(tx, outcome.map(Lead::from)).await
    }
}

fn desk<'ctx>(ctx: &Context<'ctx>) -> &'ctx Desk {
    ctx.data_unchecked()
}

/// Whom to show, and why.
#[derive(InputObject)]
pub struct RevealLeadInput {
    /// The lead.
    id: ID,
    /// Why, in a few words: "calling back". It goes to the audit log.
    reason: String,
}

/// Who shall work a lead.
#[derive(InputObject)]
pub struct AssignLeadInput {
    /// The lead.
    id: ID,
    /// The version you looked at.
    version: i32,
    /// A colleague's id; left out, the lead goes back to the queue.
    assignee: Option<ID>,
}

/// Where a lead goes.
#[derive(InputObject)]
pub struct ChangeLeadStatusInput {
    /// The lead.
    id: ID,
    /// The version you looked at.
    version: i32,
    /// One of its `nextStatuses`.
    status: LeadStatus,
    /// How it ended; required with CLOSED.
    outcome: Option<LeadOutcome>,
}

/// What to write down.
#[derive(InputObject)]
pub struct AddLeadNoteInput {
    /// The lead.
    id: ID,
    /// At most 4,000 characters.
    #[graphql(secret)]
    text: String,
}

payload!(
    /// A lead, or what to mend.
    LeadPayload { lead: Lead }
);

/// What admissions staff may follow.
#[derive(Default)]
pub struct LeadsSubscription;

#[Subscription]
impl LeadsSubscription {
    /// Says when somebody asked for help, and when a lead is not what it was: fetch it again with `node(id)`. Null at the
    /// beginning, and when more happened than could be told in time; fetch your lists then.
    ///
    /// Names nobody. Changes are told once they hold, within a second, also those made on other servers; one may be told
    /// twice.
    ///
    /// ```graphql
    /// subscription { leadChanged { kind id version } }
    /// ```
    async fn lead_changed(&self, ctx: &Context<'_>) -> Result<impl Stream<Item = Option<LeadChange>>> {
        Request::of(ctx).actor.require(Permission::ListLeads)?;
        Ok(ctx.data::<Live>()?.listen_to(LiveTopic::Lead).map(|heard| match heard {
            Heard::Missed => None,
            Heard::Event(Event { subject, change, version, .. }) => {
                Some(LeadChange { kind: change, id: LeadId(subject).to_string().into(), version })
            }
        }))
    }
}

/// That something happened to a lead.
#[derive(Clone, Debug, SimpleObject)]
pub struct LeadChange {
    /// What became of it.
    kind: LiveChange,
    /// Which lead.
    id: ID,
    /// Its version now; whoever knows this version of it knows everything.
    version: Option<i32>,
}
