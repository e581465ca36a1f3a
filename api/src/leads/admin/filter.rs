//! How staff say which leads to list.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use entity::{
    content::LevelOfCare,
    date::Date,
    lead::{LeadPriority, LeadStatus},
    lead_form,
    lead_insurance::InsuranceCheck,
};

use super::step::LeadPlace;
use crate::{
    error::Result,
    gql::{
        id::{read_id, read_optional_id},
        paging::SortDirection,
    },
    identity::Request,
    leads::{
        choices::{self, Choices},
        listing::{Filter, Order, OrderField},
    },
};

/// What a list of leads may be narrowed to that only this centre knows.
#[derive(Default)]
pub struct LeadFilterQuery;

#[Object]
impl LeadFilterQuery {
    /// What `LeadFilter` may name that only this centre knows: its forms, the pages people wrote from, and its places.
    async fn lead_filter_choices(&self, ctx: &Context<'_>) -> async_graphql::Result<LeadFilterChoices> {
        let request = Request::of(ctx);
        let Choices { forms, pages, places } = choices::find(request.reader(), request.actor).await?;
        let form = |form: lead_form::Model| LeadFilterForm { key: form.key, title: form.title };
        Ok(LeadFilterChoices {
            forms: forms.into_iter().map(form).collect(),
            pages: pages.into_iter().map(|(id, title)| LeadFilterPage { id: id.to_string().into(), title }).collect(),
            places: places.into_iter().map(LeadPlace::from).collect(),
        })
    }
}

/// What `LeadFilter` may name that only this centre knows.
#[derive(SimpleObject)]
pub struct LeadFilterChoices {
    /// Forms for `form`, by what staff call them. `call` stands for who called and wrote nothing.
    forms: Vec<LeadFilterForm>,
    /// Pages for `page` that people wrote from, by their titles; at most 500, and none for who does not work leads.
    pages: Vec<LeadFilterPage>,
    /// Places for `place`, by name.
    places: Vec<LeadPlace>,
}

/// A form that leads may have come by.
#[derive(SimpleObject)]
pub struct LeadFilterForm {
    /// What `LeadFilter.form` names it by.
    key: String,
    /// What staff call it.
    title: String,
}

/// A page that people wrote from.
#[derive(SimpleObject)]
pub struct LeadFilterPage {
    /// The page's id.
    id: ID,
    /// What it is called.
    title: String,
}

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
    /// Only those whose person comes to this place, once a day is agreed.
    place: Option<ID>,
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
            let place = read_optional_id(self.place.as_ref(), "place")?;
            Ok((assignees.collect::<Result<_>>()?, read_optional_id(self.page.as_ref(), "page")?, place))
        };
        let (assignees, page, location) = read().map_err(|error: crate::error::Error| error.under(&["filter"]))?;
        Ok(Filter {
            statuses: self.statuses.unwrap_or_default(),
            assignees,
            unassigned: self.unassigned,
            priority: self.priority,
            levels_of_care: self.levels_of_care.unwrap_or_default(),
            insurance: self.insurance.unwrap_or_default(),
            form: self.form,
            page,
            location,
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
