//! What whoever works leads may write down of who pays, and how closely somebody is to be looked after.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object, Result};
use entity::{
    content::LevelOfCare,
    date::Date,
    lead_insurance::{InsuranceCheck, InsuranceCoverage},
};

use super::{Lead, LeadPayload, desk};
use crate::{
    gql::id::read_id,
    identity::{Permission, Request},
    leads::{
        Sensitive,
        insurance::{self, Found},
    },
};

/// What can be written down of who pays.
#[derive(Default)]
pub struct LeadInsuranceMutation;

#[Object]
impl LeadInsuranceMutation {
    /// Writes down what is known of somebody's insurance, and how far the check of it is. The timeline says how far, and nothing
    /// of the policy.
    async fn update_lead_insurance(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is known of an insurance.")] input: UpdateLeadInsuranceInput,
    ) -> Result<LeadPayload> {
        let request = Request::of(ctx);
        let tx = request.begin(Permission::WorkLeads).await?;
        let done = async {
            let lead = (read_id(&input.id, "id")?, input.version);
            insurance::update(&tx, request.actor, desk(ctx), lead, &input.into(), request.now).await
        };
        let done = done.await;
        request.finish(tx, done.map(Lead::from)).await
    }

    /// Says how closely somebody is to be looked after. It must be known before a lead is QUALIFIED.
    async fn set_lead_level_of_care(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How closely somebody is to be looked after.")] input: SetLeadLevelOfCareInput,
    ) -> Result<LeadPayload> {
        let request = Request::of(ctx);
        let tx = request.begin(Permission::WorkLeads).await?;
        let done = async {
            let lead = (read_id(&input.id, "id")?, input.version);
            insurance::set_level_of_care(&tx, request.actor, lead, input.level_of_care, request.now).await
        };
        let done = done.await;
        request.finish(tx, done.map(Lead::from)).await
    }

    /// Writes down that somebody was given a good-faith estimate of what treatment costs, as who pays themselves is owed one. The
    /// amount is not kept.
    async fn record_estimate(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who was given one.")] input: RecordEstimateInput,
    ) -> Result<LeadPayload> {
        let request = Request::of(ctx);
        let tx = request.begin(Permission::WorkLeads).await?;
        let done = async {
            let lead = (read_id(&input.id, "id")?, input.version);
            insurance::record_estimate(&tx, request.actor, lead, request.now).await
        };
        let done = done.await;
        request.finish(tx, done.map(Lead::from)).await
    }
}

/// What is known of an insurance. What is left out stays as it is; what is null or empty is taken away.
#[derive(InputObject)]
pub struct UpdateLeadInsuranceInput {
    /// The lead.
    id: ID,
    /// The version you looked at.
    version: i32,
    /// How far the check is.
    check: Option<InsuranceCheck>,
    /// What kind of insurance it is.
    coverage: MaybeUndefined<InsuranceCoverage>,
    /// The insurer's name, sealed; at most 120 characters.
    #[graphql(secret)]
    carrier: MaybeUndefined<String>,
    /// The number of the insured person, sealed; at most 60 characters.
    #[graphql(secret)]
    member_id: MaybeUndefined<String>,
    /// The number of their group, sealed; at most 60 characters.
    #[graphql(secret)]
    group_number: MaybeUndefined<String>,
    /// In whose name it is, sealed; at most 120 characters.
    #[graphql(secret)]
    holder_name: MaybeUndefined<String>,
    /// When that person was born, sealed.
    #[graphql(secret)]
    holder_born_on: MaybeUndefined<Date>,
    /// What the insurer answered, sealed; at most 4,000 characters.
    #[graphql(secret)]
    note: MaybeUndefined<String>,
}

impl From<UpdateLeadInsuranceInput> for Found {
    fn from(input: UpdateLeadInsuranceInput) -> Self {
        Self {
            check: input.check,
            coverage: given(input.coverage),
            carrier: words(input.carrier),
            member_id: words(input.member_id),
            group_number: words(input.group_number),
            holder_name: words(input.holder_name),
            holder_born_on: given(input.holder_born_on).map(|day| day.map(|Date(day)| day)),
            note: words(input.note),
        }
    }
}

/// How closely somebody is to be looked after.
#[derive(InputObject)]
pub struct SetLeadLevelOfCareInput {
    /// The lead.
    id: ID,
    /// The version you looked at.
    version: i32,
    /// How closely.
    level_of_care: LevelOfCare,
}

/// Who was given an estimate.
#[derive(InputObject)]
pub struct RecordEstimateInput {
    /// The lead.
    id: ID,
    /// The version you looked at.
    version: i32,
}

fn given<T>(value: MaybeUndefined<T>) -> Option<Option<T>> {
    match value {
        MaybeUndefined::Undefined => None,
        MaybeUndefined::Null => Some(None),
        MaybeUndefined::Value(value) => Some(Some(value)),
    }
}

fn words(value: MaybeUndefined<String>) -> Option<Sensitive<String>> {
    given(value).map(|text| text.unwrap_or_default().into())
}
