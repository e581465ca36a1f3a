//! Does what waits in the outbox: finds out who is to be told, hands their letters to the mail server, and leaves for webhooks what
//! they are told.

use std::collections::HashSet;

use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    id::{LeadId, UserId},
    lead::{self, LeadPriority},
    lead_task,
    problem::ProblemCode,
    webhook::Topic,
};
use futures_util::future::join_all;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::{
    Kind,
    cause::{self, ASSIGNED, DUE, ERASED, LETTER, OVERDUE, STATUS, TASK, URGENT, WARNING},
    find, letter, who_wants,
};
use crate::{
    db::Db,
    delivery::webhook::{LeadData, tell_of_leads, tells_of_leads},
    error::{Error, Result},
    identity::{Actor, Permission, user as staff},
    leads::{intake::RECEIVED, status, task},
    mail::{MailError, Mailer},
    outbox,
};

/// How often whoever may answer is told of somebody who cannot wait and whom nobody has taken.
const AGAIN: TimeDelta = TimeDelta::minutes(5);
/// Groups of leads that are told of in one transaction, at the most.
const TOGETHER: usize = 8;

/// Tells staff of leads. Without a mailer what waits is done without a letter. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Notifier {
    /// Where leads are.
    pub db: Db,
    /// What hands letters over, where there is a mail server.
    pub mailer: Option<Mailer>,
    /// How the admin is reached from outside.
    pub public_url: String,
}

impl outbox::Worker for Notifier {
    fn slow(&self) -> &[&str] {
        &[LETTER]
    }

    async fn work(&self, topic: &str, payloads: &[Value], now: DateTime<Utc>) -> Vec<outbox::Outcome> {
        if topic == RECEIVED {
            let mut outcomes = Vec::with_capacity(payloads.len());
            for some in payloads.chunks(TOGETHER) {
                let outcome = self.came(some, now).await.map_err(|error| error.to_string());
                outcomes.extend(vec![outcome; some.len()]);
            }
            return outcomes;
        }
        let told = self.tell_webhooks(topic, payloads, now).await;
        if let Err(error) = told {
            return vec![Err(error.to_string()); payloads.len()];
        }
        let Some(mailer) = &self.mailer else {
            let known = [URGENT, DUE, OVERDUE, STATUS, ERASED, ASSIGNED, TASK, LETTER].contains(&topic);
            return vec![if known { Ok(()) } else { nobody(topic) }; payloads.len()];
        };
        match topic {
            OVERDUE | STATUS | ERASED => vec![Ok(()); payloads.len()],
            URGENT => {
                let outcome = self.urgent(payloads, now).await.map_err(|error| error.to_string());
                vec![outcome; payloads.len()]
            }
            DUE => each(payloads, |work| self.due(work, now)).await,
            ASSIGNED => each(payloads, |work| self.assigned(work, now)).await,
            TASK => each(payloads, |work| self.task(work, now)).await,
            LETTER => join_all(each_of(payloads, |work| self.write(mailer, work, now))).await,
            other => vec![nobody(other); payloads.len()],
        }
    }
}

impl Notifier {
    /// Sends the actor a letter at once.
    ///
    /// Fails with a problem that says what is wrong with the mail server, or that there is none.
    pub async fn try_out(&self, actor: Actor) -> Result<()> {
        let (_, user) = find(self.db.reader(), actor).await?;
        let refused = |message| Error::problem(ProblemCode::Invalid, [""; 0], message);
        let Some(mailer) = &self.mailer else {
            return Err(refused("There is no mail server: whoever runs Hillside sets HILLSIDE_SMTP_URL."));
        };
        mailer.send(&letter::trial(&user.email, &self.public_url)).await.map_err(|cause| {
            tracing::warn!(%cause, "a test letter was not taken");
            refused("The mail server did not take the letter. Whoever runs Hillside finds the reason in its log.")
        })
    }

    /// Leaves for webhooks what they are told of leads. What is told of more than once is told once, and what is settled is not.
    async fn tell_webhooks(&self, topic: &str, payloads: &[Value], now: DateTime<Utc>) -> Result<()> {
        let is_told = [RECEIVED, URGENT, DUE, OVERDUE, STATUS, ERASED].contains(&topic);
        // While leads pour in and nobody is told of them, the writer is left to the leads.
        if !is_told || !tells_of_leads(self.db.reader()).await? {
            return Ok(());
        }
        let causes = payloads.iter().map(read::<cause::Received>).collect::<Result<Vec<_>>>()?;
        let ids: HashSet<LeadId> = causes.iter().map(|cause| cause.lead).collect();
        let leads = lead::Entity::find().filter(lead::Column::Id.is_in(ids)).all(self.db.reader()).await?;
        let tx = self.db.begin().await?;
        match topic {
            RECEIVED => {
                let received = told(&leads, |lead| is_open(lead) && (!lead.suspected_spam || is_urgent(lead)));
                tell_of_leads(&tx, Topic::LeadReceived, received, now).await?;
                tell_of_leads(&tx, Topic::LeadUrgent, told(&leads, |lead| is_open(lead) && is_urgent(lead)), now)
                    .await?;
                // Where there are letters, they see to it.
                let unwatched = leads.iter().filter(|lead| self.mailer.is_none() && is_waiting(lead));
                for lead in unwatched.filter(|lead| !lead.suspected_spam || is_urgent(lead)) {
                    cause::due(&tx, lead, now).await?;
                }
            }
            URGENT => {
                let causes = payloads.iter().map(read::<cause::Urgent>).collect::<Result<Vec<_>>>()?;
                let is_news = |lead: &lead::Model| causes.iter().any(|cause| cause.lead == lead.id && !cause.again);
                let urgent = told(&leads, |lead| is_open(lead) && is_urgent(lead) && is_news(lead));
                tell_of_leads(&tx, Topic::LeadUrgent, urgent, now).await?;
            }
            DUE | OVERDUE => {
                for cause::Due { lead, at } in payloads.iter().map(read::<cause::Due>).collect::<Result<Vec<_>>>()? {
                    // Whoever acted meanwhile left another time.
                    let is_late = |it: &lead::Model| it.next_action_at.is_some_and(|next| is_same(next, at));
                    let late = told(&leads, |it| it.id == lead && is_open(it) && is_late(it));
                    if topic == OVERDUE {
                        tell_of_leads(&tx, Topic::LeadOverdue, late, now).await?;
                    } else if !late.is_empty() {
                        cause::leave(&tx, OVERDUE, &cause::Due { lead, at }, at.max(now), now).await?;
                    }
                }
            }
            STATUS => {
                tell_of_leads(&tx, Topic::LeadStatus, told(&leads, |lead| lead.erased_at.is_none()), now).await?;
            }
            _ => tell_of_leads(&tx, Topic::LeadErased, told(&leads, |_| true), now).await?,
        }
        tx.commit().await?;
        Ok(())
    }

    /// Tells of leads that came.
    async fn came(&self, payloads: &[Value], now: DateTime<Utc>) -> Result<()> {
        let leads: Vec<Value> = payloads.iter().flat_map(one_by_one).collect();
        for lead in leads.iter().filter_map(|payload| read::<cause::Received>(payload).ok()) {
            tracing::info!(lead = %lead.lead, "a lead was received");
        }
        self.tell_webhooks(RECEIVED, &leads, now).await?;
        match &self.mailer {
            Some(_) => self.received(&leads, now).await,
            None => Ok(()),
        }
    }

    /// Leads that came at once make one letter a person. What looks like spam wakes nobody, unless somebody may be in danger.
    async fn received(&self, payloads: &[Value], now: DateTime<Utc>) -> Result<()> {
        let ids = payloads.iter().map(|payload| read::<cause::Received>(payload).map(|it| it.lead));
        let ids = ids.collect::<Result<Vec<_>>>()?;
        let mut leads = self.open(ids).await?;
        leads.retain(|lead| !lead.suspected_spam || lead.priority == LeadPriority::Urgent);
        let (urgent, calm): (Vec<_>, Vec<_>) = leads.iter().partition(|lead| lead.priority == LeadPriority::Urgent);
        let tx = self.db.begin().await?;
        for (kind, leads) in [(Kind::Received, &calm), (Kind::Urgent, &urgent)] {
            leave_letters(&tx, kind, leads.iter().map(|lead| lead.id).collect(), None, now).await?;
            for lead in leads.iter().filter(|lead| is_waiting(lead)) {
                cause::due(&tx, lead, now).await?;
            }
        }
        tell_again(&tx, &urgent, now).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Those whom nobody has make one letter a person, however many they are.
    async fn urgent(&self, payloads: &[Value], now: DateTime<Utc>) -> Result<()> {
        let causes = payloads.iter().map(read::<cause::Urgent>).collect::<Result<Vec<_>>>()?;
        let mut leads = self.open(causes.iter().map(|cause| cause.lead).collect()).await?;
        leads.retain(|lead| lead.priority == LeadPriority::Urgent);
        let (free, taken): (Vec<_>, Vec<_>) = leads.iter().partition(|lead| lead.assignee_id.is_none());
        let tx = self.db.begin().await?;
        leave_letters(&tx, Kind::Urgent, free.iter().map(|lead| lead.id).collect(), None, now).await?;
        tell_again(&tx, &free, now).await?;
        for lead in taken {
            let is_news = |cause: &cause::Urgent| cause.lead == lead.id && !cause.again && cause.by != lead.assignee_id;
            if causes.iter().any(is_news) {
                leave_letters(&tx, Kind::Urgent, vec![lead.id], lead.assignee_id, now).await?;
            }
        }
        tx.commit().await?;
        Ok(())
    }

    async fn due(&self, cause::Due { lead, at }: cause::Due, now: DateTime<Utc>) -> Result<()> {
        let Some(lead) = self.open(vec![lead]).await?.pop() else { return Ok(()) };
        // Somebody acted meanwhile: then there is another time, and other work.
        if !lead.next_action_at.is_some_and(|next| is_same(next, at)) {
            return Ok(());
        }
        let tx = self.db.begin().await?;
        leave_letters(&tx, Kind::Due, vec![lead.id], lead.assignee_id, now).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Tells who shall do it, or, where it is nobody's, whoever has the lead, and where nobody has that, everybody.
    async fn task(&self, cause::TaskDue { task, at }: cause::TaskDue, now: DateTime<Utc>) -> Result<()> {
        let task = lead_task::Entity::find_by_id(task).one(self.db.reader()).await?;
        let Some(task) = task.filter(|task| task.done_at.is_none() && is_same(task.due_at, at)) else { return Ok(()) };
        let of = lead::Entity::find_by_id(task.lead_id).one(self.db.reader()).await?;
        let Some(worked) = of.map(|of| of.merged_into_id.unwrap_or(of.id)) else { return Ok(()) };
        let Some(lead) = self.open(vec![worked]).await?.pop() else { return Ok(()) };
        let tx = self.db.begin().await?;
        leave_letters(&tx, Kind::Task, vec![lead.id], task.assignee_id.or(lead.assignee_id), now).await?;
        tx.commit().await?;
        Ok(())
    }

    async fn assigned(&self, cause::Assigned { lead, user }: cause::Assigned, now: DateTime<Utc>) -> Result<()> {
        let tx = self.db.begin().await?;
        leave_letters(&tx, Kind::Assigned, vec![lead], Some(user), now).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Writes a letter about those leads that there is still cause to write about.
    async fn write(&self, mailer: &Mailer, letter: cause::Letter, now: DateTime<Utc>) -> Result<(), MailedError> {
        let cause::Letter { kind, user, leads, at } = letter;
        let staff = staff::list_with(self.db.reader(), Permission::WorkLeads).await?;
        let Some(user) = staff.iter().find(|it| it.id == user) else { return Ok(()) };
        let mut leads = self.open(leads).await?;
        for lead in &mut leads {
            // What whoever left had is everybody's.
            lead.assignee_id = lead.assignee_id.filter(|assignee| staff.iter().any(|user| user.id == *assignee));
        }
        leads.retain(|lead| has_cause(kind, lead, user.id, at, now));
        if kind == Kind::Task {
            let due = task::list_due(self.db.reader(), leads.iter().map(|lead| lead.id), now).await?;
            leads.retain(|lead| due.contains(&lead.id));
        }
        if leads.is_empty() {
            return Ok(());
        }
        mailer.send(&letter::of(kind, &leads, &user.email, &self.public_url)).await?;
        Ok(())
    }

    /// Those of these leads on which somebody still has to act.
    async fn open(&self, ids: Vec<LeadId>) -> Result<Vec<lead::Model>> {
        let ids: HashSet<LeadId> = ids.into_iter().collect();
        let found = lead::Entity::find().filter(lead::Column::Id.is_in(ids)).all(self.db.reader()).await?;
        Ok(found.into_iter().filter(is_open).collect())
    }
}

/// What [`RECEIVED`] says of each lead that came together with others.
fn one_by_one(payload: &Value) -> Vec<Value> {
    match payload["leads"].as_array() {
        Some(leads) => leads.iter().map(|lead| json!({ "lead": lead })).collect(),
        None => vec![payload.clone()],
    }
}

/// What webhooks are told of those leads that `is_told` chooses.
fn told(leads: &[lead::Model], is_told: impl Fn(&lead::Model) -> bool) -> Vec<LeadData> {
    let data = |lead: &lead::Model| LeadData { id: lead.id, reference: lead.reference.clone() };
    leads.iter().filter(|lead| is_told(lead)).map(data).collect()
}

fn is_open(lead: &lead::Model) -> bool {
    status::is_open(lead.status) && lead.erased_at.is_none()
}

/// Whether nobody has said yet when it goes on: what was left with it then is told then.
fn is_waiting(lead: &lead::Model) -> bool {
    is_open(lead) && lead.first_attempt_at.is_none() && lead.next_action_at == Some(lead.respond_by)
}

/// Whether two times are one, of which a database may have kept a part only.
fn is_same(one: DateTime<Utc>, other: DateTime<Utc>) -> bool {
    (one - other).abs() < TimeDelta::seconds(1)
}

fn is_urgent(lead: &lead::Model) -> bool {
    lead.priority == LeadPriority::Urgent
}

/// Whether there is still cause to tell `user` of a lead that is open, as there was at `at`.
fn has_cause(kind: Kind, lead: &lead::Model, user: UserId, at: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    let mine_or_free = lead.assignee_id.is_none_or(|assignee| assignee == user);
    match kind {
        Kind::Received => lead.assignee_id.is_none() && lead.first_attempt_at.is_none(),
        Kind::Urgent => {
            // A mail server that was away does not get all letters of the night: there is a later one.
            let latest = lead.assignee_id.is_some() || now <= at + AGAIN;
            lead.priority == LeadPriority::Urgent && mine_or_free && latest
        }
        Kind::Due => mine_or_free && lead.next_action_at.is_some_and(|at| at <= now + WARNING),
        Kind::Assigned => lead.assignee_id == Some(user),
        Kind::Task => true,
    }
}

/// A letter to everybody who wants to be told, or to the one colleague `only`.
async fn leave_letters(
    db: &impl ConnectionTrait,
    kind: Kind,
    leads: Vec<LeadId>,
    only: Option<UserId>,
    now: DateTime<Utc>,
) -> Result<()> {
    if leads.is_empty() {
        return Ok(());
    }
    for user in who_wants(db, kind, only).await? {
        let letter = cause::Letter { kind, user: user.id, leads: leads.clone(), at: now };
        cause::leave(db, LETTER, &letter, now, now).await?;
    }
    Ok(())
}

/// Has these told of once more, unless they are to be anyway.
async fn tell_again(db: &impl ConnectionTrait, leads: &[&lead::Model], now: DateTime<Utc>) -> Result<()> {
    if leads.is_empty() {
        return Ok(());
    }
    let waiting = outbox::list_waiting(db, URGENT, now).await?;
    let waiting = waiting.iter().map(read::<cause::Urgent>).collect::<Result<Vec<_>>>()?;
    for lead in leads.iter().map(|lead| lead.id).filter(|lead| !waiting.iter().any(|cause| cause.lead == *lead)) {
        cause::leave(db, URGENT, &cause::Urgent { lead, by: None, again: true }, now + AGAIN, now).await?;
    }
    Ok(())
}

/// Why a letter was not written.
#[derive(Debug, thiserror::Error)]
enum MailedError {
    #[error(transparent)]
    Mail(#[from] MailError),
    #[error(transparent)]
    Other(#[from] Error),
}

/// Does each for itself, one after the other.
async fn each<W: DeserializeOwned, E: ToString, F: Future<Output = Result<(), E>>>(
    payloads: &[Value],
    work: impl Fn(W) -> F,
) -> Vec<outbox::Outcome> {
    let mut outcomes = Vec::with_capacity(payloads.len());
    for doing in each_of(payloads, work) {
        outcomes.push(doing.await);
    }
    outcomes
}

/// What is to be done for each.
fn each_of<W: DeserializeOwned, E: ToString, F: Future<Output = Result<(), E>>>(
    payloads: &[Value],
    work: impl Fn(W) -> F,
) -> impl Iterator<Item = impl Future<Output = outbox::Outcome>> {
    payloads.iter().map(move |payload| {
        let read = read::<W>(payload).map(&work);
        async {
            match read {
                Ok(doing) => doing.await.map_err(|error| error.to_string()),
                Err(error) => Err(error.to_string()),
            }
        }
    })
}

fn read<W: DeserializeOwned>(payload: &Value) -> Result<W> {
    Ok(W::deserialize(payload)?)
}

fn nobody(topic: &str) -> outbox::Outcome {
    Err(format!("nobody subscribes to `{topic}`"))
}
