//! Does what waits in the outbox: finds out who is to be told, and hands their letters to the mail server.

use std::collections::HashSet;

use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    id::{LeadId, UserId},
    lead::{self, LeadPriority},
    problem::ProblemCode,
    user,
};
use futures_util::future::join_all;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{
    Kind,
    cause::{self, ASSIGNED, DUE, LETTER, URGENT, WARNING},
    find, letter, who_wants,
};
use crate::{
    db::Db,
    error::{Error, Result},
    identity::{Actor, Permission, permissions_of},
    leads::{intake::RECEIVED, status},
    mail::{MailError, Mailer},
    outbox,
};

/// How often whoever may answer is told of somebody who cannot wait and whom nobody has taken.
const AGAIN: TimeDelta = TimeDelta::minutes(5);

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
    async fn work(&self, topic: &str, payloads: &[Value], now: DateTime<Utc>) -> Vec<outbox::Outcome> {
        if topic == RECEIVED {
            for lead in payloads.iter().filter_map(|payload| read::<cause::Received>(payload).ok()) {
                tracing::info!(lead = %lead.lead, "a lead was received");
            }
        }
        let Some(mailer) = &self.mailer else {
            let known = [RECEIVED, URGENT, DUE, ASSIGNED, LETTER].contains(&topic);
            return vec![if known { Ok(()) } else { nobody(topic) }; payloads.len()];
        };
        match topic {
            RECEIVED => {
                let outcome = self.received(payloads, now).await.map_err(|error| error.to_string());
                vec![outcome; payloads.len()]
            }
            URGENT => each(payloads, |work| self.urgent(work, now)).await,
            DUE => each(payloads, |work| self.due(work, now)).await,
            ASSIGNED => each(payloads, |work| self.assigned(work, now)).await,
            LETTER => each(payloads, |work| self.write(mailer, work, now)).await,
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

    /// Leads that came at once make one letter a person. What looks like spam wakes nobody.
    async fn received(&self, payloads: &[Value], now: DateTime<Utc>) -> Result<()> {
        let ids = payloads.iter().map(|payload| read::<cause::Received>(payload).map(|it| it.lead));
        let ids = ids.collect::<Result<Vec<_>>>()?;
        let mut leads = self.open(ids).await?;
        leads.retain(|lead| !lead.suspected_spam);
        let (urgent, calm): (Vec<_>, Vec<_>) = leads.iter().partition(|lead| lead.priority == LeadPriority::Urgent);
        let tx = self.db.begin().await?;
        for (kind, leads) in [(Kind::Received, calm), (Kind::Urgent, urgent)] {
            leave_letters(&tx, kind, leads.iter().map(|lead| lead.id).collect(), None, now).await?;
            for lead in leads {
                cause::due(&tx, lead, now).await?;
                if kind == Kind::Urgent {
                    tell_again(&tx, lead.id, now).await?;
                }
            }
        }
        tx.commit().await?;
        Ok(())
    }

    async fn urgent(&self, cause::Urgent { lead, by, again }: cause::Urgent, now: DateTime<Utc>) -> Result<()> {
        let Some(lead) = self.open(vec![lead]).await?.pop() else { return Ok(()) };
        if lead.priority != LeadPriority::Urgent || (again && lead.assignee_id.is_some()) {
            return Ok(());
        }
        if lead.assignee_id.is_some() && lead.assignee_id == by {
            return Ok(());
        }
        let tx = self.db.begin().await?;
        leave_letters(&tx, Kind::Urgent, vec![lead.id], lead.assignee_id, now).await?;
        if lead.assignee_id.is_none() {
            tell_again(&tx, lead.id, now).await?;
        }
        tx.commit().await?;
        Ok(())
    }

    async fn due(&self, cause::Due { lead, at }: cause::Due, now: DateTime<Utc>) -> Result<()> {
        let Some(lead) = self.open(vec![lead]).await?.pop() else { return Ok(()) };
        // Somebody acted meanwhile: then there is another time, and other work.
        let same = lead.next_action_at.is_some_and(|next| (next - at).abs() < TimeDelta::seconds(1));
        if !same {
            return Ok(());
        }
        let tx = self.db.begin().await?;
        leave_letters(&tx, Kind::Due, vec![lead.id], lead.assignee_id, now).await?;
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
        let cause::Letter { kind, user, leads } = letter;
        let user = user::Entity::find_by_id(user).one(self.db.reader()).await.map_err(Error::from)?;
        let Some(user) = user.filter(|user| user.active && permissions_of(user.role).contains(&Permission::WorkLeads))
        else {
            return Ok(());
        };
        let mut leads = self.open(leads).await?;
        leads.retain(|lead| has_cause(kind, lead, user.id, now));
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
        Ok(found.into_iter().filter(|lead| status::is_open(lead.status) && lead.erased_at.is_none()).collect())
    }
}

/// Whether there is still cause to tell `user` of a lead that is open.
fn has_cause(kind: Kind, lead: &lead::Model, user: UserId, now: DateTime<Utc>) -> bool {
    let mine_or_free = lead.assignee_id.is_none_or(|assignee| assignee == user);
    match kind {
        Kind::Received => lead.assignee_id.is_none() && lead.first_attempt_at.is_none(),
        Kind::Urgent => lead.priority == LeadPriority::Urgent && mine_or_free,
        Kind::Due => mine_or_free && lead.next_action_at.is_some_and(|at| at <= now + WARNING),
        Kind::Assigned => lead.assignee_id == Some(user),
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
        let letter = cause::Letter { kind, user: user.id, leads: leads.clone() };
        cause::leave(db, LETTER, &letter, now, now).await?;
    }
    Ok(())
}

async fn tell_again(db: &impl ConnectionTrait, lead: LeadId, now: DateTime<Utc>) -> Result<()> {
    cause::leave(db, URGENT, &cause::Urgent { lead, by: None, again: true }, now + AGAIN, now).await
}

/// Why a letter was not written.
#[derive(Debug, thiserror::Error)]
enum MailedError {
    #[error(transparent)]
    Mail(#[from] MailError),
    #[error(transparent)]
    Other(#[from] Error),
}

/// Does each for itself, all at once.
async fn each<W: DeserializeOwned, E: ToString + From<Error>, F: Future<Output = Result<(), E>>>(
    payloads: &[Value],
    work: impl Fn(W) -> F,
) -> Vec<outbox::Outcome> {
    let all = payloads.iter().map(|payload| {
        let read = read::<W>(payload).map(&work);
        async {
            match read {
                Ok(doing) => doing.await.map_err(|error| error.to_string()),
                Err(error) => Err(error.to_string()),
            }
        }
    });
    join_all(all).await
}

fn read<W: DeserializeOwned>(payload: &Value) -> Result<W> {
    Ok(W::deserialize(payload)?)
}

fn nobody(topic: &str) -> outbox::Outcome {
    Err(format!("nobody subscribes to `{topic}`"))
}
