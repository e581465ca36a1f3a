//! How staff say which leads to list.

use async_graphql::{ID, InputObject};
use entity::{
    content::LevelOfCare,
    date::Date,
    lead::{LeadPriority, LeadStatus},
    lead_insurance::InsuranceCheck,
};

use crate::{
    error::Result,
    gql::{
        id::{read_id, read_optional_id},
        paging::SortDirection,
    },
    leads::listing::{Filter, Order, OrderField},
};

/// Which leads of a view; the conditions are joined by "and". A list that is left out or empty is no condition.
#[derive(Default, InputObject)]
#[graphql(name = "LeadFilter")]
pub struct LeadFilterInput {
    /// Only those in one of these states.
    statuses: Option<Vec<LeadStatus>>,
    /// Only those that one of these colleagues works; at most 50.
    assignees: Option<Vec<ID>>,
    /// Only those that nobody works; together with `assignees`, both.
    #[graphql(default)]
    unassigned: bool,
    /// Only those as urgent as that.
    priority: Option<LeadPriority>,
    /// Only those to be looked after at one of these levels. For who works leads.
    levels_of_care: Option<Vec<LevelOfCare>>,
    /// Only those whose insurance is checked that far. For who works leads.
    insurance: Option<Vec<InsuranceCheck>>,
    /// Only those sent by the form of this key: `confidential`.
    form: Option<String>,
    /// Only those sent from this page. For who works leads.
    page: Option<ID>,
    /// Only those received on this day or later, as days are counted where the centre is.
    received_from: Option<Date>,
    /// Only those received on this day or before.
    received_to: Option<Date>,
    /// Only those on which somebody should have acted by now.
    #[graphql(default)]
    overdue: bool,
}

impl LeadFilterInput {
    /// Fails with problems at the fields whose ids are none.
    pub(super) fn read(self) -> Result<Filter> {
        let read = || {
            let assignees = self.assignees.iter().flatten().map(|id| read_id(id, "assignees"));
            Ok((assignees.collect::<Result<_>>()?, read_optional_id(self.page.as_ref(), "page")?))
        };
        let (assignees, page) = read().map_err(|error: crate::error::Error| error.under(&["filter"]))?;
        Ok(Filter {
            statuses: self.statuses.unwrap_or_default(),
            assignees,
            unassigned: self.unassigned,
            priority: self.priority,
            levels_of_care: self.levels_of_care.unwrap_or_default(),
            insurance: self.insurance.unwrap_or_default(),
            form: self.form,
            page,
            received_from: self.received_from,
            received_to: self.received_to,
            overdue: self.overdue,
        })
    }
}

/// In which order leads are listed.
#[derive(InputObject)]
#[graphql(name = "LeadOrder")]
pub struct LeadOrderInput {
    /// By what.
    field: OrderField,
    /// From which end.
    #[graphql(default_with = "SortDirection::Asc")]
    direction: SortDirection,
}

impl LeadOrderInput {
    pub(super) fn read(self) -> Order {
        Order { by: self.field, descending: self.direction == SortDirection::Desc }
    }
}
