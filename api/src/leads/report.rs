//! Reports on leads: how many came from where, how far they got, how they ended and how long they waited.
//!
//! A lead counts on the day on which it was received, and by what it is now; who was erased counts like everybody, because their
//! shell stays. How far it got is its status, and for one that was closed whether somebody had tried and reached the person:
//! that a closed lead was qualified before it was closed is not counted. Leads that were brought together count as several: somebody
//! wrote so often. What is spam is counted apart and nowhere else.

mod counted;
pub(super) mod days;
mod insurance;
mod sight;
mod waits;

use std::{
    cmp::Reverse,
    collections::{BTreeMap, HashMap},
    hash::Hash,
};

use async_graphql::SimpleObject;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use entity::{
    date::Date,
    entry,
    id::{EntryId, PageId, UserId},
    lead::{LeadOutcome, LeadStatus},
};
use futures_util::future::try_join;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, Iterable, QueryFilter};

use self::{
    counted::{FromSource, Received, Until},
    days::Days,
    insurance::by_insurance,
    sight::Sight,
    waits::Waits,
};
pub use self::{days::zone_of, insurance::ByInsurance, waits::Wait};
use crate::{
    error::{Error, Result},
    identity::{Actor, Permission},
    library,
};

/// How far a lead gets, step by step.
const STEPS: [LeadStatus; 6] = [
    LeadStatus::New,
    LeadStatus::Attempting,
    LeadStatus::Contacted,
    LeadStatus::Qualified,
    LeadStatus::Scheduled,
    LeadStatus::Admitted,
];
/// Rows of one table of a report at the most.
const MOST_ROWS: usize = 100;
/// How far back leads from a page are counted for who edits it.
const OF_A_PAGE: TimeDelta = TimeDelta::days(90);

/// Leads that were received on some days.
#[derive(Clone, Debug, PartialEq, SimpleObject)]
#[graphql(name = "LeadReport", complex)]
pub struct Report {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
    /// The IANA time zone in which days and hours are counted: that of most places, or UTC.
    pub time_zone: String,
    /// Whether numbers are rounded down to a multiple of five, and null below five: they are for whoever does not see leads. Pages,
    /// placements, campaigns and colleagues with less are left out.
    pub rounded: bool,
    /// How many were received, without spam. Null when suppressed.
    pub received: Option<i32>,
    /// How many are spam: closed as SPAM, or looking like it though nobody has tried to reach them. They are counted
    /// nowhere else. Null when suppressed.
    pub spam: Option<i32>,
    /// How many were received on each day, all days in order.
    pub days: Vec<OnDay>,
    /// How many were received in each hour of the day, and how long they waited; 24, from midnight on.
    pub hours: Vec<AtHour>,
    /// How many got at least as far as each status, from NEW to ADMITTED. A closed lead got as far as CONTACTED when the person
    /// was reached, and as ATTEMPTING when somebody tried; that it was qualified before is not counted.
    pub funnel: Vec<Step>,
    /// How those that are closed ended, without SPAM.
    pub outcomes: Vec<Outcome>,
    /// From which pages they came, the most first; at most 100.
    pub pages: Vec<FromPage>,
    /// From which places on a page they came, the most first; at most 100. An erased lead keeps its page and not its place.
    pub placements: Vec<FromPlacement>,
    /// By which campaigns they came, the most first; at most 100. Of an erased lead none is known.
    pub campaigns: Vec<FromCampaign>,
    /// How they fared by how far the check of their insurance is, each check in order.
    pub insurance: Vec<ByInsurance>,
    /// How long they waited until somebody tried to reach them.
    pub first_attempt: Wait,
    /// How long they waited until they were reached.
    pub first_contact: Wait,
    /// By who has them now, the most first.
    #[graphql(skip)]
    pub by_colleague: Vec<Colleague>,
}

/// How many were received on a day.
#[derive(Clone, Copy, Debug, PartialEq, SimpleObject)]
#[graphql(name = "LeadsOnDay")]
pub struct OnDay {
    /// The day.
    pub day: Date,
    /// How many; null when suppressed.
    pub received: Option<i32>,
}

/// Leads that were received in an hour of the day.
#[derive(Clone, Copy, Debug, PartialEq, SimpleObject)]
#[graphql(name = "LeadsAtHour")]
pub struct AtHour {
    /// The hour in which it begins, 0 to 23.
    pub hour: i32,
    /// How many; null when suppressed.
    pub received: Option<i32>,
    /// How long they waited until somebody tried to reach them.
    pub first_attempt: Wait,
    /// How long they waited until they were reached.
    pub first_contact: Wait,
}

/// How many got at least so far.
#[derive(Clone, Copy, Debug, PartialEq, SimpleObject)]
#[graphql(name = "LeadFunnelStep")]
pub struct Step {
    /// How far.
    pub status: LeadStatus,
    /// How many; null when suppressed.
    pub count: Option<i32>,
}

/// How many ended so.
#[derive(Clone, Copy, Debug, PartialEq, SimpleObject)]
#[graphql(name = "LeadOutcomeCount")]
pub struct Outcome {
    /// How.
    pub outcome: LeadOutcome,
    /// How many; null when suppressed.
    pub count: Option<i32>,
}

/// Leads from a page.
#[derive(Clone, Debug, PartialEq, SimpleObject)]
#[graphql(name = "LeadsFromPage")]
pub struct FromPage {
    /// The page's id; null for those that came from no page of ours: by telephone, from a therapy, from elsewhere.
    pub page: Option<PageId>,
    /// What it is called now; null when it is gone.
    pub title: Option<String>,
    /// Where it is now; null when it is gone or in the trash.
    pub path: Option<String>,
    /// How many, and how far they got.
    pub leads: Progress,
}

/// Leads from a place on a page.
#[derive(Clone, Debug, PartialEq, SimpleObject)]
#[graphql(name = "LeadsFromPlacement")]
pub struct FromPlacement {
    /// The place; null where none is known.
    pub placement: Option<String>,
    /// How many, and how far they got.
    pub leads: Progress,
}

/// Leads that came by a campaign.
#[derive(Clone, Debug, PartialEq, SimpleObject)]
#[graphql(name = "LeadsFromCampaign")]
pub struct FromCampaign {
    /// What the campaign is called: its `utm_campaign`; null where none is known.
    pub campaign: Option<String>,
    /// Where its link stood: its `utm_source`; null where that is not known.
    pub source: Option<String>,
    /// How many, and how far they got.
    pub leads: Progress,
}

/// How many leads there are, without spam, and how far they got.
#[derive(Clone, Copy, Debug, PartialEq, Eq, SimpleObject)]
#[graphql(name = "LeadProgress")]
pub struct Progress {
    /// How many were received; null when suppressed.
    pub received: Option<i32>,
    /// How many of them were reached; null when suppressed.
    pub reached: Option<i32>,
    /// How many of them are qualified, scheduled or admitted; null when suppressed.
    pub qualified: Option<i32>,
    /// How many of them are admitted; null when suppressed.
    pub admitted: Option<i32>,
}

/// How long those waited that a colleague has.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Colleague {
    /// Who; none where nobody has them.
    pub assignee: Option<UserId>,
    /// How long they waited until somebody tried to reach them.
    pub first_attempt: Wait,
    /// How long they waited until they were reached.
    pub first_contact: Wait,
}

/// Leads that came from a page in the last 90 days.
#[derive(Clone, Copy, Debug, PartialEq, SimpleObject)]
#[graphql(name = "LeadsOfPage")]
pub struct OfPage {
    /// Whether numbers are rounded down to a multiple of five, and null below five: they are for whoever does not see leads.
    pub rounded: bool,
    /// How many, and how far they got.
    pub leads: Progress,
}

/// What was received from `from` to `to`, both included: for who lists leads, and in rounded numbers for an auditor.
///
/// Fails with problems at `from` and `to`.
pub async fn of(db: &impl ConnectionTrait, actor: Actor, from: Date, to: Date) -> Result<Report> {
    let sight = Sight::of(actor, Permission::ReadAudit)?;
    let days = Days::between(zone_of(&library::list_locations(db).await?), from, to)?;
    let received = Received::on(db, days.begins, days.ends);
    // Two at a time, so that a report leaves something of the database to others.
    let numbers = async {
        let (sources, campaigns) = (received.by_source().await?, received.by_campaign(MOST_ROWS).await?);
        let (ended, insured) = (received.by_outcome().await?, received.by_insurance().await?);
        Ok::<_, Error>((sources, campaigns, received.by_hour(&days).await?, ended, insured))
    };
    let waits = async {
        let attempt =
            (received.waits_by_hour(&days, Until::Attempt).await?, received.waits_by_assignee(Until::Attempt).await?);
        let contact =
            (received.waits_by_hour(&days, Until::Contact).await?, received.waits_by_assignee(Until::Contact).await?);
        Ok((attempt, contact))
    };
    let ((sources, campaigns, hours, ended, insured), ((tried_at, tried_by), (reached_at, reached_by))) =
        try_join(numbers, waits).await?;

    let all = added_up(&sources, |_| ()).remove(&()).unwrap_or_default();
    let insurance = by_insurance(&ended, &insured, sight);
    let ended = |outcome| {
        let so = ended.iter().filter(|it| it.outcome == Some(outcome));
        sight.count(so.map(|it| number(it.count)).sum())
    };
    let (tried_at, reached_at) = (by(tried_at), by(reached_at));
    let (mut of_day, mut of_hour) = (HashMap::new(), HashMap::new());
    for it in hours {
        *of_day.entry(it.hour.div_euclid(24)).or_default() += number(it.count);
        *of_hour.entry(it.hour.rem_euclid(24)).or_default() += number(it.count);
    }
    let on = |day: NaiveDate| of_day.get(&i64::from(day.to_epoch_days())).copied().unwrap_or(0);
    let at = |hour: i32| {
        let key = i64::from(hour);
        AtHour {
            hour,
            received: sight.count(of_hour.get(&key).copied().unwrap_or(0)),
            first_attempt: seen(&tried_at, &key, sight),
            first_contact: seen(&reached_at, &key, sight),
        }
    };
    Ok(Report {
        from,
        to,
        time_zone: days.zone.name().to_owned(),
        rounded: sight == Sight::Rounded,
        received: sight.count(all.at_least(LeadStatus::New)),
        spam: ended(LeadOutcome::Spam),
        days: days.iter().map(|day| OnDay { day: Date(day), received: sight.count(on(day)) }).collect(),
        hours: (0..24).map(at).collect(),
        funnel: STEPS.map(|status| Step { status, count: sight.count(all.at_least(status)) }).into(),
        outcomes: outcomes(ended),
        pages: from_pages(db, &sources, sight).await?,
        placements: most(added_up(&sources, |it| it.placement.clone()), sight)
            .map(|(placement, got)| FromPlacement { placement, leads: got.seen(sight) })
            .collect(),
        campaigns: campaigns.iter().filter_map(|it| from_campaign(it, sight)).collect(),
        insurance,
        first_attempt: together(&tried_at).seen(sight),
        first_contact: together(&reached_at).seen(sight),
        by_colleague: colleagues(&by(tried_by), &by(reached_by), sight),
    })
}

/// What came from a page in the last 90 days: for who lists leads, and in rounded numbers for who edits pages.
pub async fn of_page(db: &impl ConnectionTrait, actor: Actor, page: PageId, now: DateTime<Utc>) -> Result<OfPage> {
    let sight = Sight::of(actor, Permission::ReadDrafts)?;
    let from_page = Received::on(db, now - OF_A_PAGE, now).of_page(page).await?;
    let got = added_up(&from_page, |_| ()).remove(&()).unwrap_or_default();
    Ok(OfPage { rounded: sight == Sight::Rounded, leads: got.seen(sight) })
}

/// What somebody may see of a campaign; nothing when it is suppressed.
fn from_campaign(it: &counted::FromCampaign, sight: Sight) -> Option<FromCampaign> {
    let shown = |count| sight.count(number(count));
    let leads = Progress {
        received: shown(it.received),
        reached: shown(it.reached),
        qualified: shown(it.qualified),
        admitted: shown(it.admitted),
    };
    leads.received?;
    Some(FromCampaign { campaign: it.campaign.clone(), source: it.source.clone(), leads })
}

/// Each way to end but SPAM, with how many `ended` so.
fn outcomes(ended: impl Fn(LeadOutcome) -> Option<i32>) -> Vec<Outcome> {
    let told = LeadOutcome::iter().filter(|outcome| *outcome != LeadOutcome::Spam);
    told.map(|outcome| Outcome { outcome, count: ended(outcome) }).collect()
}

async fn from_pages(db: &impl ConnectionTrait, sources: &[FromSource], sight: Sight) -> Result<Vec<FromPage>> {
    let rows: Vec<_> = most(added_up(sources, |it| it.page_id), sight).collect();
    let ids = rows.iter().filter_map(|(page, _)| page.map(EntryId::from));
    let found = entry::Entity::find().filter(entry::Column::Id.is_in(ids)).all(db).await?;
    let found: HashMap<PageId, entry::Model> = found.into_iter().map(|entry| (PageId(entry.id.0), entry)).collect();
    let row = |(page, got): (Option<PageId>, Reached)| {
        let entry = page.and_then(|page| found.get(&page));
        FromPage {
            page,
            title: entry.map(|entry| entry.live_title.as_ref().unwrap_or(&entry.title).clone()),
            path: entry.filter(|entry| entry.trashed_at.is_none()).map(|entry| entry.path.clone()),
            leads: got.seen(sight),
        }
    };
    Ok(rows.into_iter().map(row).collect())
}

fn colleagues(
    tried: &BTreeMap<Option<UserId>, Waits>,
    reached: &BTreeMap<Option<UserId>, Waits>,
    sight: Sight,
) -> Vec<Colleague> {
    let row = |assignee: &Option<UserId>| Colleague {
        assignee: *assignee,
        first_attempt: seen(tried, assignee, sight),
        first_contact: seen(reached, assignee, sight),
    };
    // Whoever was reached was tried before.
    let mut rows: Vec<Colleague> = tried.keys().map(row).filter(|it| it.first_attempt.count.is_some()).collect();
    rows.sort_by_key(|it| Reverse(it.first_attempt.count));
    rows.truncate(MOST_ROWS);
    rows
}

/// How many got how far: a number for each of [`STEPS`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Reached([u64; STEPS.len()]);

impl Reached {
    fn add(&mut self, step: i64, count: u64) {
        if let Some(got) = usize::try_from(step).ok().and_then(|step| self.0.get_mut(step)) {
            *got += count;
        }
    }

    /// How many got at least so far.
    fn at_least(&self, status: LeadStatus) -> u64 {
        let counted = STEPS.into_iter().zip(self.0).skip_while(|(step, _)| *step != status);
        counted.map(|(_, count)| count).sum()
    }

    fn seen(&self, sight: Sight) -> Progress {
        Progress {
            received: sight.count(self.at_least(LeadStatus::New)),
            reached: sight.count(self.at_least(LeadStatus::Contacted)),
            qualified: sight.count(self.at_least(LeadStatus::Qualified)),
            admitted: sight.count(self.at_least(LeadStatus::Admitted)),
        }
    }
}

/// How many of each key got how far.
fn added_up<K: Eq + Hash>(sources: &[FromSource], key: impl Fn(&FromSource) -> K) -> HashMap<K, Reached> {
    let mut all: HashMap<K, Reached> = HashMap::new();
    for source in sources {
        all.entry(key(source)).or_default().add(source.step, number(source.count));
    }
    all
}

/// Those with the most, without what is suppressed.
fn most<K: Ord>(all: HashMap<K, Reached>, sight: Sight) -> impl Iterator<Item = (K, Reached)> {
    let received = |got: &Reached| got.at_least(LeadStatus::New);
    let mut rows: Vec<_> = all.into_iter().filter(|(_, got)| sight.count(received(got)).is_some()).collect();
    rows.sort_by(|(a, one), (b, other)| received(other).cmp(&received(one)).then_with(|| a.cmp(b)));
    rows.into_iter().take(MOST_ROWS)
}

/// Waits by what they were grouped by.
fn by<K: Ord>(rows: Vec<(K, i64, i64)>) -> BTreeMap<K, Waits> {
    let mut all: BTreeMap<K, Waits> = BTreeMap::new();
    for (key, seconds, count) in rows {
        all.entry(key).or_default().add(seconds, number(count));
    }
    all
}

fn together<K>(all: &BTreeMap<K, Waits>) -> Waits {
    let mut together = Waits::default();
    for waits in all.values() {
        together += waits;
    }
    together
}

fn seen<K: Ord>(all: &BTreeMap<K, Waits>, key: &K, sight: Sight) -> Wait {
    all.get(key).cloned().unwrap_or_default().seen(sight)
}

fn number(count: i64) -> u64 {
    u64::try_from(count).unwrap_or(0)
}
