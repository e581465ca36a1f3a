//! What a report asks of the database: a few statements that group, so that few rows come back however many leads there are.
//!
//! All are answered from the index `lead_report`. They are written out, because both databases group by what is worked out
//! from a time, and each in its own words.

use std::fmt::Write as _;

use chrono::{DateTime, Utc};
use entity::{
    id::{PageId, UserId},
    lead::LeadOutcome,
    lead_insurance::InsuranceCheck,
};
use sea_orm::{ConnectionTrait, DbBackend, FromQueryResult, QueryResult, Statement, TryGetable, Value};

use super::days::Days;
use crate::error::Result;

/// What is counted apart from people: closed as spam, or looking like it while nobody has tried.
const SPAM: &str = "(COALESCE(outcome, '') = 'spam' OR (suspected_spam AND first_attempt_at IS NULL))";
/// How far a lead got, as a number: the place of its status in [`super::STEPS`].
const STEP: &str = "CASE WHEN status = 'admitted' THEN 5 WHEN status = 'scheduled' THEN 4 WHEN status = 'qualified' THEN 3 \
    WHEN status = 'contacted' OR first_contact_at IS NOT NULL THEN 2 \
    WHEN status = 'attempting' OR first_attempt_at IS NOT NULL THEN 1 ELSE 0 END";
/// A wait in seconds, the coarser the longer it is: there are some thousands of them, and not one per lead.
const COARSE: &str = "CASE WHEN wait < 600 THEN wait WHEN wait < 86400 THEN wait / 60 * 60 ELSE wait / 3600 * 3600 END";
const SECONDS_AN_HOUR: i64 = 3_600;

/// How many came from a place on a page and got how far.
#[derive(Debug, FromQueryResult)]
pub struct FromSource {
    /// The page, where one is known.
    pub page_id: Option<PageId>,
    /// The place on it.
    pub placement: Option<String>,
    /// How far.
    pub step: i64,
    /// How many.
    pub count: i64,
}

/// How many came by a campaign, and how many of them got how far.
#[derive(Debug, FromQueryResult)]
pub struct FromCampaign {
    /// What it is called, where one is known.
    pub campaign: Option<String>,
    /// Where its link stood.
    pub source: Option<String>,
    /// How many there are.
    pub received: i64,
    /// How many were reached.
    pub reached: i64,
    /// How many are qualified or further.
    pub qualified: i64,
    /// How many are admitted.
    pub admitted: i64,
}

/// How many got how far and ended in one way; SPAM stands for all that is counted apart.
#[derive(Debug, FromQueryResult)]
pub struct Ended {
    /// How far.
    pub step: i64,
    /// How; none of those that are open.
    pub outcome: Option<LeadOutcome>,
    /// How many.
    pub count: i64,
}

/// How many of those whose insurance was looked at got how far and ended in one way.
#[derive(Debug, FromQueryResult)]
pub struct Insured {
    /// How far the check is.
    pub check: InsuranceCheck,
    /// How far they got.
    pub step: i64,
    /// How they ended; none of those that are open.
    pub outcome: Option<LeadOutcome>,
    /// How many.
    pub count: i64,
}

/// How many were received in which hour.
#[derive(Debug, FromQueryResult)]
pub struct InHour {
    /// The hour, counted from the beginning of 1970 as the centre's clock shows it.
    pub hour: i64,
    /// How many.
    pub count: i64,
}

/// Until when somebody waited.
#[derive(Clone, Copy, Debug)]
pub enum Until {
    /// Somebody tried to reach them.
    Attempt,
    /// Somebody reached them.
    Contact,
}

impl Until {
    const fn column(self) -> &'static str {
        match self {
            Self::Attempt => "first_attempt_at",
            Self::Contact => "first_contact_at",
        }
    }
}

/// Leads received in a stretch of time.
pub struct Received<'a, C> {
    db: &'a C,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
}

impl<'a, C: ConnectionTrait> Received<'a, C> {
    /// From a time until before another.
    pub fn on(db: &'a C, from: DateTime<Utc>, until: DateTime<Utc>) -> Self {
        Self { db, from, until }
    }

    /// By page, placement and how far they got.
    pub async fn by_source(&self) -> Result<Vec<FromSource>> {
        let sql = format!(
            "SELECT page_id, placement, CAST({STEP} AS bigint) AS step, COUNT(*) AS count FROM lead \
             WHERE received_at >= $1 AND received_at < $2 AND NOT {SPAM} GROUP BY 1, 2, 3"
        );
        Ok(FromSource::find_by_statement(self.statement(sql, [])).all(self.db).await?)
    }

    /// The same of one page.
    pub async fn of_page(&self, page: PageId) -> Result<Vec<FromSource>> {
        let sql = format!(
            "SELECT page_id, placement, CAST({STEP} AS bigint) AS step, COUNT(*) AS count FROM lead \
             WHERE received_at >= $1 AND received_at < $2 AND page_id = $3 AND NOT {SPAM} GROUP BY 1, 2, 3"
        );
        Ok(FromSource::find_by_statement(self.statement(sql, [page.into()])).all(self.db).await?)
    }

    /// By campaign and where its link stood, those with the most first. What it is called is said by whoever made the link, so no
    /// more rows come back than are shown.
    pub async fn by_campaign(&self, most: usize) -> Result<Vec<FromCampaign>> {
        let sql = format!(
            "SELECT utm_campaign AS campaign, utm_source AS source, COUNT(*) AS received, \
                COUNT(*) FILTER (WHERE {STEP} >= 2) AS reached, COUNT(*) FILTER (WHERE {STEP} >= 3) AS qualified, \
                COUNT(*) FILTER (WHERE {STEP} >= 5) AS admitted FROM lead \
             WHERE received_at >= $1 AND received_at < $2 AND NOT {SPAM} GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2 LIMIT {most}"
        );
        Ok(FromCampaign::find_by_statement(self.statement(sql, [])).all(self.db).await?)
    }

    /// By how far they got and how they ended, and those that are spam.
    pub async fn by_outcome(&self) -> Result<Vec<Ended>> {
        let sql = format!(
            "SELECT CAST({STEP} AS bigint) AS step, {} AS outcome, COUNT(*) AS count FROM lead \
             WHERE received_at >= $1 AND received_at < $2 GROUP BY 1, 2",
            Self::outcome()
        );
        Ok(Ended::find_by_statement(self.statement(sql, [])).all(self.db).await?)
    }

    /// The same of those whose insurance was looked at, without spam, by how far its check is.
    pub async fn by_insurance(&self) -> Result<Vec<Insured>> {
        let sql = format!(
            "SELECT check_status AS \"check\", CAST({STEP} AS bigint) AS step, {} AS outcome, COUNT(*) AS count \
             FROM lead JOIN lead_insurance ON lead_id = id \
             WHERE received_at >= $1 AND received_at < $2 AND NOT {SPAM} GROUP BY 1, 2, 3",
            Self::outcome()
        );
        Ok(Insured::find_by_statement(self.statement(sql, [])).all(self.db).await?)
    }

    /// By hour, as the clock of these days shows it.
    pub async fn by_hour(&self, days: &Days) -> Result<Vec<InHour>> {
        let (hour, changes) = self.hour(days);
        let sql = format!(
            "SELECT {hour} AS hour, COUNT(*) AS count FROM lead \
             WHERE received_at >= $1 AND received_at < $2 AND NOT {SPAM} GROUP BY 1"
        );
        Ok(InHour::find_by_statement(self.statement(sql, changes)).all(self.db).await?)
    }

    /// How many waited how many seconds, by the hour of the day in which they wrote.
    pub async fn waits_by_hour(&self, days: &Days, until: Until) -> Result<Vec<(i64, i64, i64)>> {
        let (hour, changes) = self.hour(days);
        self.waits(&format!("{hour} % 24"), until, changes).await
    }

    /// How many waited how many seconds, by who has them.
    pub async fn waits_by_assignee(&self, until: Until) -> Result<Vec<(Option<UserId>, i64, i64)>> {
        self.waits("assignee_id", until, Vec::new()).await
    }

    async fn waits<K: TryGetable>(&self, by: &str, until: Until, changes: Vec<Value>) -> Result<Vec<(K, i64, i64)>> {
        let column = until.column();
        let (received, reached) = (self.epoch("received_at"), self.epoch(column));
        // The limit is none: it keeps SQLite from working a wait out anew at each mention.
        let sql = format!(
            "SELECT kept_by, {COARSE} AS seconds, COUNT(*) AS count FROM ( \
                SELECT {by} AS kept_by, {reached} - {received} AS wait FROM lead \
                WHERE received_at >= $1 AND received_at < $2 AND {column} IS NOT NULL AND NOT {SPAM} LIMIT {} \
             ) AS waited GROUP BY 1, 2",
            i64::MAX
        );
        let rows = self.db.query_all_raw(self.statement(sql, changes)).await?;
        let read = |row: QueryResult| Ok((row.try_get_by(0)?, row.try_get_by(1)?, row.try_get_by(2)?));
        rows.into_iter().map(read).collect()
    }

    /// How a lead ended, by the word that is stored.
    fn outcome() -> String {
        format!("CASE WHEN {SPAM} THEN 'spam' WHEN status = 'closed' THEN COALESCE(outcome, 'other') END")
    }

    fn statement(&self, sql: String, more: impl IntoIterator<Item = Value>) -> Statement {
        let times = [self.from.into(), self.until.into()];
        Statement::from_sql_and_values(self.db.get_database_backend(), sql, times.into_iter().chain(more))
    }

    /// Whole seconds since the beginning of 1970.
    fn epoch(&self, column: &str) -> String {
        match self.db.get_database_backend() {
            DbBackend::Postgres => format!("CAST(floor(date_part('epoch', {column})) AS bigint)"),
            _ => format!("unixepoch({column})"),
        }
    }

    /// The hour in which a lead was received, counted from the beginning of 1970 as the clock of these days shows it, and the
    /// values that this names from `$3` on.
    fn hour(&self, days: &Days) -> (String, Vec<Value>) {
        let received = self.epoch("received_at");
        let ahead = days.ahead;
        if days.changes.is_empty() {
            return (format!("({received} + ({ahead})) / {SECONDS_AN_HOUR}"), Vec::new());
        }
        let mut cases = String::new();
        for (place, (_, before)) in days.changes.iter().enumerate() {
            let _ = write!(cases, "WHEN received_at < ${} THEN {before} ", place + 3);
        }
        let changes = days.changes.iter().map(|(at, _)| Value::from(*at)).collect();
        (format!("({received} + CASE {cases}ELSE {ahead} END) / {SECONDS_AN_HOUR}"), changes)
    }
}
