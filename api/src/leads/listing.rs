//! The list of leads: those of a view, narrowed and in an order, page by page.
//!
//! A cursor belongs to its order and not to a filter: whoever narrows a list begins it anew.

use chrono::{DateTime, Datelike, Utc};
use entity::{
    content::LevelOfCare,
    date::Date,
    id::{LeadId, LocationId, PageId, UserId},
    lead::{self, LeadPriority, LeadStatus},
    lead_insurance::{self, InsuranceCheck},
    problem::{ProblemCode, Problems, Stage},
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, Iterable, Order as Direction, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, QueryTrait, Select, sea_query::NullOrdering,
};

use super::{
    lead::{View, viewed},
    report::days::{YEARS, beginning_of, zone_of},
};
use crate::{
    error::{Error, Result, refuse_if_any},
    identity::{Actor, Permission},
    library,
};

/// Colleagues that one filter names, at the most.
const MOST_ASSIGNEES: usize = 50;

/// Which leads to list, and in which order.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// Of which view.
    pub view: View,
    /// Which of these.
    pub filter: Filter,
    /// In which order.
    pub order: Order,
}

/// What narrows a view; the conditions are joined by "and". An empty list is no condition.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// In one of these.
    pub statuses: Vec<LeadStatus>,
    /// Worked by one of these.
    pub assignees: Vec<UserId>,
    /// Worked by nobody, or by one of `assignees`.
    pub unassigned: bool,
    /// As urgent as that.
    pub priority: Option<LeadPriority>,
    /// To be looked after at one of these levels.
    pub levels_of_care: Vec<LevelOfCare>,
    /// Whose insurance is checked that far.
    pub insurance: Vec<InsuranceCheck>,
    /// Sent by the form of this key.
    pub form: Option<String>,
    /// Sent from this page.
    pub page: Option<PageId>,
    /// Whose person comes to this place.
    pub location: Option<LocationId>,
    /// Received on this day or later.
    pub received_from: Option<Date>,
    /// Received on this day or before.
    pub received_to: Option<Date>,
    /// On which somebody should have acted by now.
    pub overdue: bool,
}

/// What leads are sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, async_graphql::Enum)]
#[graphql(name = "LeadOrderField")]
pub enum OrderField {
    /// By when it came.
    Received,
    /// By until when somebody must have tried to reach the person.
    RespondBy,
    /// By when somebody must act next. What has ended needs nobody and stands behind what is due latest.
    NextAction,
}

/// In which order leads are listed; what is the same in it is in the order of ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Order {
    /// By what.
    pub by: OrderField,
    /// From the latest to the earliest.
    pub descending: bool,
}

/// Where a list goes on: after the lead with this time and this id.
#[derive(Clone, Copy, Debug, serde::Serialize, serde::Deserialize)]
pub struct Position {
    at: Option<DateTime<Utc>>,
    id: LeadId,
}

/// Leads as wanted, and how many there are without an end.
///
/// What says something of a person's health narrows a list only for who works leads. Fails with problems at `filter`.
pub async fn list(
    db: &impl ConnectionTrait,
    actor: Actor,
    Wanted { view, filter, order }: &Wanted,
    after: Option<Position>,
    first: u64,
    now: DateTime<Utc>,
) -> Result<(Vec<lead::Model>, u64)> {
    actor.require(Permission::ListLeads)?;
    if filter.tells_of_health() {
        actor.require(Permission::WorkLeads)?;
    }
    let rows = viewed(*view, actor, now).filter(filter.condition(db, now).await.map_err(|it| it.under(&["filter"]))?);
    let total = rows.clone().count(db).await?;
    let page = match after {
        Some(position) => rows.filter(order.after(position)),
        None => rows,
    };
    Ok((order.sort(page).limit(first).all(db).await?, total))
}

impl Filter {
    fn tells_of_health(&self) -> bool {
        !self.levels_of_care.is_empty() || !self.insurance.is_empty() || self.page.is_some() || self.location.is_some()
    }

    async fn condition(&self, db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<Condition> {
        if self.assignees.len() > MOST_ASSIGNEES {
            let message = format!("`assignees`: choose {MOST_ASSIGNEES} colleagues at the most.");
            return Err(Error::problem(ProblemCode::TooLarge, ["assignees"], message));
        }
        let (begins, ends) = self.received(db).await?;
        let all = Condition::all()
            .add_option(one_of(lead::Column::Status, &self.statuses))
            .add_option(one_of(lead::Column::LevelOfCare, &self.levels_of_care))
            .add_option(self.priority.map(|priority| lead::Column::Priority.eq(priority)))
            .add_option(self.form.as_ref().map(|form| lead::Column::FormKey.eq(form)))
            .add_option(self.page.map(|page| lead::Column::PageId.eq(page)))
            .add_option(begins.map(|begins| lead::Column::ReceivedAt.gte(begins)))
            .add_option(self.location.map(|place| lead::Column::LocationId.eq(place)))
            .add_option(ends.map(|ends| lead::Column::ReceivedAt.lt(ends)))
            .add_option(self.overdue.then(|| lead::Column::NextActionAt.lt(now)));
        Ok(all.add_option(self.worked_by()).add_option(self.insured()))
    }

    fn worked_by(&self) -> Option<Condition> {
        let named = !self.assignees.is_empty();
        let by = Condition::any()
            .add_option(named.then(|| lead::Column::AssigneeId.is_in(self.assignees.iter().copied())))
            .add_option(self.unassigned.then(|| lead::Column::AssigneeId.is_null()));
        (named || self.unassigned).then_some(by)
    }

    /// A lead of whose insurance nothing is written down needs the check.
    fn insured(&self) -> Option<Condition> {
        let asked: Vec<_> = InsuranceCheck::iter().filter(|check| self.insurance.contains(check)).collect();
        if asked.is_empty() {
            return None;
        }
        let ids = |rows: Select<lead_insurance::Entity>| {
            rows.select_only().column(lead_insurance::Column::LeadId).into_query()
        };
        if !asked.contains(&InsuranceCheck::Needed) {
            let rows = lead_insurance::Entity::find().filter(lead_insurance::Column::CheckStatus.is_in(asked));
            return Some(Condition::all().add(lead::Column::Id.in_subquery(ids(rows))));
        }
        let others = lead_insurance::Entity::find().filter(lead_insurance::Column::CheckStatus.is_not_in(asked));
        Some(Condition::all().add(lead::Column::Id.not_in_subquery(ids(others))))
    }

    /// From when until when, by the days of the centre.
    async fn received(&self, db: &impl ConnectionTrait) -> Result<(Option<DateTime<Utc>>, Option<DateTime<Utc>>)> {
        let (from, to) = (self.received_from.map(|day| day.0), self.received_to.map(|day| day.0));
        let mut problems = Problems::new(Stage::Publish);
        for (field, day) in [("receivedFrom", from), ("receivedTo", to)] {
            if day.is_some_and(|day| !YEARS.contains(&day.year())) {
                problems.add(field, ProblemCode::Invalid, format!("`{field}`: choose a day from 1970 to 9998."));
            }
        }
        if from.zip(to).is_some_and(|(from, to)| to < from) {
            let message = "`receivedTo` is before `receivedFrom`: choose the same day or a later one.";
            problems.add("receivedTo", ProblemCode::Invalid, message);
        }
        refuse_if_any(problems)?;
        if from.is_none() && to.is_none() {
            return Ok((None, None));
        }
        let zone = zone_of(&library::list_locations(db).await?);
        let after = to.map(|day| day.succ_opt().unwrap_or(day));
        Ok((from.map(|day| beginning_of(zone, day)), after.map(|day| beginning_of(zone, day))))
    }
}

/// That a column has one of these values, however often each is named; nothing where none is.
fn one_of<V: Iterable + PartialEq + Into<sea_orm::Value>>(column: lead::Column, values: &[V]) -> Option<Condition> {
    let named = V::iter().filter(|value| values.contains(value));
    (!values.is_empty()).then(|| Condition::all().add(column.is_in(named)))
}

impl Default for Order {
    /// The last received first.
    fn default() -> Self {
        Self { by: OrderField::Received, descending: true }
    }
}

impl Order {
    /// What its cursors are called, so that none goes on in another order.
    pub fn name(self) -> &'static str {
        match (self.by, self.descending) {
            (OrderField::Received, true) => "leads",
            (OrderField::Received, false) => "leads-received",
            (OrderField::RespondBy, true) => "leads-respond-by-descending",
            (OrderField::RespondBy, false) => "leads-respond-by",
            (OrderField::NextAction, true) => "leads-next-action-descending",
            (OrderField::NextAction, false) => "leads-next-action",
        }
    }

    /// Where a lead stands.
    pub fn position_of(self, lead: &lead::Model) -> Position {
        let at = match self.by {
            OrderField::Received => Some(lead.received_at),
            OrderField::RespondBy => Some(lead.respond_by),
            OrderField::NextAction => lead.next_action_at,
        };
        Position { at, id: lead.id }
    }

    fn column(self) -> lead::Column {
        match self.by {
            OrderField::Received => lead::Column::ReceivedAt,
            OrderField::RespondBy => lead::Column::RespondBy,
            OrderField::NextAction => lead::Column::NextActionAt,
        }
    }

    fn after(self, Position { at, id }: Position) -> Condition {
        let column = self.column();
        let same = at.map_or_else(|| column.is_null(), |at| column.eq(at));
        let next = if self.descending { lead::Column::Id.lt(id) } else { lead::Column::Id.gt(id) };
        let beyond = at.map(|at| if self.descending { column.lt(at) } else { column.gt(at) });
        let never_due = match (self.by, self.descending, at) {
            (OrderField::NextAction, false, Some(_)) => Some(column.is_null()),
            (OrderField::NextAction, true, None) => Some(column.is_not_null()),
            _ => None,
        };
        let tie = Condition::all().add(same).add(next);
        Condition::any().add_option(beyond).add_option(never_due).add(tie)
    }

    fn sort(self, rows: Select<lead::Entity>) -> Select<lead::Entity> {
        let (direction, never_due) = match self.descending {
            true => (Direction::Desc, NullOrdering::First),
            false => (Direction::Asc, NullOrdering::Last),
        };
        let rows = match self.by {
            OrderField::NextAction => rows.order_by_with_nulls(self.column(), direction.clone(), never_due),
            OrderField::Received | OrderField::RespondBy => rows.order_by(self.column(), direction.clone()),
        };
        rows.order_by(lead::Column::Id, direction)
    }
}
