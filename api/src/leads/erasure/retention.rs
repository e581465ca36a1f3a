//! How long leads are kept that nobody works any more, and the round that erases what is past its time.

use std::{collections::HashSet, future::Future, time::Duration};

use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    id::LeadId,
    lead::{self, LeadOutcome, LeadPriority, LeadStatus},
    lead_retention,
    problem::{ProblemCode, Problems, Stage},
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select, sea_query::ExprTrait,
};

use super::{Ledger, catch_up, forget};
use crate::{
    db::Db,
    error::{Error, Result, refuse_if_any},
    identity::{Actor, Audit, Permission, audit},
    leads::lead::audited,
};

/// The row of the periods.
const ROW: i32 = 1;
const GONE: &str = "the row of the periods is gone";
const LONGEST: i32 = 3_650;
/// A round that would erase more than one lead in twenty, and more than these few, waits until the owner has confirmed it: a period
/// may have been mistyped.
const UNCONFIRMED: u64 = 5;
/// Leads that one confirmation erases at the most.
const CONFIRMED: u64 = 1_000;
/// Leads of one transaction.
const AT_ONCE: u64 = 50;
const BETWEEN_ROUNDS: Duration = Duration::from_secs(3_600);
/// How far back a round looks for whom other servers erased.
const CAUGHT_UP: TimeDelta = TimeDelta::days(30);
/// Tables whose old rows hold what was erased.
const SCRUBBED: [&str; 7] =
    ["lead", "lead_person", "lead_intake", "lead_event", "lead_task", "lead_insurance", "lead_referral"];

/// Days after which leads are erased that nobody works any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Periods {
    /// What looks like spam and nobody tried, or was closed as spam.
    pub spam_days: i32,
    /// What was closed otherwise, from its last change.
    pub closed_days: i32,
    /// Who was admitted, from when their hand-over was confirmed.
    pub admitted_days: i32,
}

/// How many leads are past their time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, async_graphql::SimpleObject)]
#[graphql(name = "LeadsPastTime")]
pub struct PastTime {
    /// As spam.
    pub spam: i32,
    /// Closed otherwise.
    pub closed: i32,
    /// Admitted.
    pub admitted: i32,
    /// Whether they are more than one in twenty, and more than five, so that no round erases them until `eraseLeadsPastTime`
    /// confirms it.
    pub to_be_confirmed: bool,
}

impl PastTime {
    fn total(self) -> u64 {
        [self.spam, self.closed, self.admitted].into_iter().map(|count| u64::from(count.unsigned_abs())).sum()
    }
}

/// The periods, for the owner, and the version that a change names.
pub async fn find_periods(db: &impl ConnectionTrait, actor: Actor) -> Result<(Periods, i32)> {
    actor.require(Permission::EraseLeads)?;
    let row = row(db).await?;
    Ok((Periods::from(&row), row.version))
}

/// Chooses the periods.
///
/// Fails with `CONFLICT` at `version`, and problems at `spamDays`, `closedDays` and `admittedDays`.
pub async fn update_periods(
    db: &impl ConnectionTrait,
    actor: Actor,
    audit: &Audit,
    version: i32,
    periods: Periods,
    now: DateTime<Utc>,
) -> Result<()> {
    actor.require(Permission::EraseLeads)?;
    let mut problems = Problems::new(Stage::Publish);
    let Periods { spam_days, closed_days, admitted_days } = periods;
    let fields = [("spamDays", spam_days), ("closedDays", closed_days), ("admittedDays", admitted_days)];
    for (field, days) in fields {
        if !(1..=LONGEST).contains(&days) {
            problems.add(field, ProblemCode::Invalid, "Choose between 1 and 3,650 days.");
        }
    }
    refuse_if_any(problems)?;
    let before = lead_retention::Entity::find_by_id(ROW).lock_exclusive().one(db).await?;
    let before = before.ok_or_else(|| Error::internal(GONE))?;
    if before.version != version {
        let message = "Somebody changed these periods meanwhile. Look at them again, then decide.";
        return Err(Error::problem(ProblemCode::Conflict, ["version"], message));
    }
    let event = audit::Event {
        fields: fields.map(|(field, days)| format!("{field}={days}")).into(),
        ..audit::Event::done(audit::Stream::Leads, audit::Verb::LeadRetentionChanged, "retention")
    };
    audit.record(db, actor, event, now).await?;
    let row = lead_retention::ActiveModel {
        id: Set(ROW),
        version: Set(version.saturating_add(1)),
        spam_days: Set(spam_days),
        closed_days: Set(closed_days),
        admitted_days: Set(admitted_days),
        updated_at: Set(Some(now)),
    };
    row.update(db).await?;
    Ok(())
}

/// How many leads are past their time at `now`, for the owner.
pub async fn past_time(db: &impl ConnectionTrait, actor: Actor, now: DateTime<Utc>) -> Result<PastTime> {
    actor.require(Permission::EraseLeads)?;
    count(db, Periods::from(&row(db).await?), now).await
}

/// Erases what is past its time, once the owner has confirmed how many that is; at most 1,000. Answers how many.
///
/// Fails with `CONFLICT` at `expected` when there are others meanwhile.
pub async fn erase_confirmed(
    db: &Db,
    actor: Actor,
    audit: &Audit,
    ledger: &Ledger,
    expected: i32,
    now: DateTime<Utc>,
) -> Result<u64> {
    actor.require(Permission::EraseLeads)?;
    let periods = Periods::from(&row(db.reader()).await?);
    let total = count(db.reader(), periods, now).await?.total();
    if i32::try_from(total) != Ok(expected) {
        let message = format!("There are {total} leads past their time now. Look at them again, then decide.");
        return Err(Error::problem(ProblemCode::Conflict, ["expected"], message));
    }
    erase_up_to(db, actor, audit, ledger, periods, CONFIRMED, now).await
}

async fn erase_past_time(db: &Db, audit: &Audit, ledger: &Ledger, now: DateTime<Utc>) -> Result<u64> {
    let periods = Periods::from(&row(db.reader()).await?);
    let past = count(db.reader(), periods, now).await?;
    if past.to_be_confirmed {
        tracing::warn!(leads = past.total(), "so many leads are past their time that the owner is to confirm it");
        return Ok(0);
    }
    let erased = erase_up_to(db, Actor::System, audit, ledger, periods, past.total(), now).await?;
    if erased > 0 {
        tracing::info!(leads = erased, "leads past their time were erased");
    }
    Ok(erased)
}

/// Does a round each hour until `shutdown` resolves; what is being done then is finished first.
pub async fn run(db: Db, audit: Audit, ledger: Ledger, shutdown: impl Future<Output = ()>) {
    tokio::pin!(shutdown);
    loop {
        if let Err(error) = work(&db, &audit, &ledger, Utc::now()).await {
            tracing::error!(error = ?error, "leads past their time could not be erased");
        }
        tokio::select! {
            () = &mut shutdown => return,
            () = tokio::time::sleep(BETWEEN_ROUNDS) => {}
        }
    }
}

/// One round: erases what is past its time, unless that is a good part of all leads, and sees to it that nothing is left on the
/// disk of whoever was erased. Answers how many were.
pub async fn work(db: &Db, audit: &Audit, ledger: &Ledger, now: DateTime<Utc>) -> Result<u64> {
    let since = now - CAUGHT_UP;
    // Whom other servers erased meanwhile. Where that cannot be written down, nobody else is erased.
    catch_up(db, ledger, Some(since)).await?;
    let erased = erase_past_time(db, audit, ledger, now).await?;
    if lead::Entity::find().filter(lead::Column::ErasedAt.gte(since)).one(db.reader()).await?.is_some() {
        db.scrub(&SCRUBBED).await?;
    }
    Ok(erased)
}

async fn erase_up_to(
    db: &Db,
    actor: Actor,
    audit: &Audit,
    ledger: &Ledger,
    periods: Periods,
    most: u64,
    now: DateTime<Utc>,
) -> Result<u64> {
    let mut done = 0;
    while done < most {
        let found = find_past(db.reader(), periods, Ord::min(AT_ONCE, most - done), now).await?;
        if found.is_empty() {
            break;
        }
        let tx = db.begin().await?;
        // In the order of their ids, as everybody holds leads, so that nobody waits for this and is waited for.
        let together = lead::Column::Id.is_in(found.clone()).or(lead::Column::MergedIntoId.is_in(found.clone()));
        let held = lead::Entity::find().filter(together).order_by_asc(lead::Column::Id).lock_exclusive();
        let mut batch = held.all(&tx).await?;
        // Somebody may have opened, held or erased one since it was found.
        let still = past(periods.condition(now)).filter(lead::Column::Id.is_in(found));
        let still: HashSet<LeadId> =
            still.select_only().column(lead::Column::Id).into_tuple().all(&tx).await?.into_iter().collect();
        batch.retain(|lead| lead.erased_at.is_none() && still.contains(&lead.merged_into_id.unwrap_or(lead.id)));
        if batch.is_empty() {
            break;
        }
        done += batch.len() as u64;
        let mut erased = Vec::with_capacity(batch.len());
        for lead in batch {
            erased.push((lead.id, now));
            let reason = "kept for as long as such leads are".to_owned();
            audited(&tx, actor, audit, audit::Verb::LeadErased, lead.id, Some(reason), now).await?;
            forget(&tx, lead, actor, now).await?;
        }
        tx.commit().await?;
        ledger.add(erased).await?;
    }
    Ok(done)
}

/// Some of those past their time.
async fn find_past(db: &impl ConnectionTrait, periods: Periods, most: u64, now: DateTime<Utc>) -> Result<Vec<LeadId>> {
    for kind in periods.kinds(now) {
        let ids = past(kind).select_only().column(lead::Column::Id).limit(most).into_tuple().all(db).await?;
        if !ids.is_empty() {
            return Ok(ids);
        }
    }
    Ok(Vec::new())
}

async fn count(db: &impl ConnectionTrait, periods: Periods, now: DateTime<Utc>) -> Result<PastTime> {
    let count = async |condition| Ok::<_, Error>(i32::try_from(past(condition).count(db).await?).unwrap_or(i32::MAX));
    let mut found = PastTime {
        spam: count(periods.untried_spam(now)).await?.saturating_add(count(periods.closed_spam(now)).await?),
        closed: count(periods.closed(now)).await?,
        admitted: count(periods.admitted(now)).await?,
        to_be_confirmed: false,
    };
    if found.total() > UNCONFIRMED {
        let left = || lead::Entity::find().filter(lead::Column::ErasedAt.is_null());
        // What was brought together with them goes with them.
        let goes = past(periods.condition(now)).select_only().column(lead::Column::Id).into_query();
        let merged = left().filter(lead::Column::MergedIntoId.in_subquery(goes)).count(db).await?;
        found.to_be_confirmed = found.total() + merged > left().count(db).await? / 20;
    }
    Ok(found)
}

fn past(condition: Condition) -> Select<lead::Entity> {
    lead::Entity::find()
        .filter(lead::Column::ErasedAt.is_null())
        .filter(lead::Column::HeldAt.is_null())
        // What was brought together with another goes with it.
        .filter(lead::Column::MergedIntoId.is_null())
        .filter(condition)
}

impl Periods {
    fn condition(self, now: DateTime<Utc>) -> Condition {
        self.kinds(now).into_iter().fold(Condition::any(), Condition::add)
    }

    /// Each as an index finds it; no lead is of two.
    fn kinds(self, now: DateTime<Utc>) -> [Condition; 4] {
        [self.untried_spam(now), self.closed_spam(now), self.closed(now), self.admitted(now)]
    }

    fn untried_spam(self, now: DateTime<Utc>) -> Condition {
        let untried = lead::Column::SuspectedSpam
            .eq(true)
            .and(lead::Column::Status.eq(LeadStatus::New))
            .and(lead::Column::Priority.eq(LeadPriority::Normal));
        Condition::all().add(untried).add(unchanged_for(self.spam_days, now))
    }

    fn closed_spam(self, now: DateTime<Utc>) -> Condition {
        Condition::all().add(lead::Column::Outcome.eq(LeadOutcome::Spam)).add(unchanged_for(self.spam_days, now))
    }

    fn closed(self, now: DateTime<Utc>) -> Condition {
        let closed = lead::Column::Status.eq(LeadStatus::Closed).and(lead::Column::Outcome.ne(LeadOutcome::Spam));
        Condition::all().add(closed).add(unchanged_for(self.closed_days, now))
    }

    fn admitted(self, now: DateTime<Utc>) -> Condition {
        let handed_over = lead::Column::HandedOverAt.lt(now - TimeDelta::days(self.admitted_days.into()));
        Condition::all().add(lead::Column::Status.eq(LeadStatus::Admitted)).add(handed_over)
    }
}

fn unchanged_for(days: i32, now: DateTime<Utc>) -> sea_orm::sea_query::SimpleExpr {
    lead::Column::UpdatedAt.lt(now - TimeDelta::days(days.into()))
}

impl From<&lead_retention::Model> for Periods {
    fn from(row: &lead_retention::Model) -> Self {
        Self { spam_days: row.spam_days, closed_days: row.closed_days, admitted_days: row.admitted_days }
    }
}

async fn row(db: &impl ConnectionTrait) -> Result<lead_retention::Model> {
    let row = lead_retention::Entity::find_by_id(ROW).one(db).await?;
    row.ok_or_else(|| Error::internal(GONE))
}
