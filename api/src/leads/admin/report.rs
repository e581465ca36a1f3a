//! Reports on leads, in numbers only.

use async_graphql::{ComplexObject, Context, ID, Object, Result};
use entity::date::Date;

use crate::{
    identity::{Request, admin::User},
    leads::report::{self, Colleague, OfPage, Report, Wait},
};

/// What can be asked in numbers.
#[derive(Default)]
pub struct LeadReportQuery;

#[Object]
impl LeadReportQuery {
    /// Leads that were received on some days, in numbers. Whoever lists leads sees each number; an auditor sees them `rounded`.
    ///
    /// A lead counts on the day on which it was received, by what it is now. Who was erased is counted like everybody.
    async fn lead_report(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The first day.")] from: Date,
        #[graphql(desc = "The last day, at most 366 days with the first.")] to: Date,
    ) -> Result<Report> {
        let request = Request::of(ctx);
        Ok(report::of(request.reader(), request.actor, from, to).await?)
    }

    /// Leads of the last 90 days that came from a page; null when the id is not that of a page. Whoever lists leads sees each
    /// number; who only edits pages sees them `rounded`.
    async fn leads_of_page(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The page's id.")] page: ID,
    ) -> Result<Option<OfPage>> {
        let request = Request::of(ctx);
        let Ok(page) = page.parse() else { return Ok(None) };
        Ok(Some(report::of_page(request.reader(), request.actor, page, request.now).await?))
    }
}

#[ComplexObject]
impl Report {
    /// How long people waited by who has them now, the most first; at most 100.
    async fn colleagues(&self) -> Vec<LeadsOfColleague> {
        self.by_colleague.iter().copied().map(LeadsOfColleague).collect()
    }
}

/// How long those waited that a colleague has.
pub struct LeadsOfColleague(Colleague);

/// How long those waited that a colleague has.
#[Object]
impl LeadsOfColleague {
    /// Who; null where nobody has them any more.
    async fn assignee(&self, ctx: &Context<'_>) -> Result<Option<User>> {
        User::load(ctx, self.0.assignee).await
    }

    /// How long they waited until somebody tried to reach them.
    async fn first_attempt(&self) -> Wait {
        self.0.first_attempt
    }

    /// How long they waited until they were reached.
    async fn first_contact(&self) -> Wait {
        self.0.first_contact
    }
}
