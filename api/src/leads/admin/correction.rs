//! Setting right who a lead's people are.

use async_graphql::{Context, Enum, ID, InputObject, MaybeUndefined, Object, Result};
use entity::lead::{ContactMethod, LeadRelationship};

use super::{Lead, LeadPayload, desk};
use crate::{
    gql::id::read_id,
    identity::{Permission, Request},
    leads::correction::{self, Correction},
};

/// What can be set right.
#[derive(Default)]
pub struct LeadCorrectionMutation;

#[Object]
impl LeadCorrectionMutation {
    /// Sets right who wrote, or who needs help, once you have looked at them with `revealLead`. The timeline says which fields, and
    /// never what they say.
    async fn correct_lead_person(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to set right.")] input: CorrectLeadPersonInput,
    ) -> Result<LeadPayload> {
        let request = Request::of(ctx);
        let tx = request.begin(Permission::WorkLeads).await?;
        let done = async {
            let lead = (read_id(&input.id, "id")?, input.version);
            let role = input.person.into();
            let wanted = Correction::from(input);
            correction::correct(&tx, request.actor, desk(ctx), lead, role, &wanted, request.now).await
        };
        let done = done.await;
        request.finish(tx, done.map(Lead::from)).await
    }
}

/// Who of a lead's people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum LeadPersonKind {
    /// Who wrote.
    Inquirer,
    /// Who needs help, where that is somebody else.
    Patient,
}

/// What to set right. What is left out stays as it is.
#[derive(InputObject)]
pub struct CorrectLeadPersonInput {
    /// The lead.
    id: ID,
    /// The version you looked at.
    version: i32,
    /// Whose.
    #[graphql(default_with = "LeadPersonKind::Inquirer")]
    person: LeadPersonKind,
    /// How they are called, sealed; at most 120 characters. Whoever wrote needs one.
    #[graphql(secret)]
    name: Option<String>,
    /// A telephone number, sealed; one without a country is taken for one of the United States. Empty, it is taken away.
    #[graphql(secret)]
    phone: Option<String>,
    /// An e-mail address, sealed. Empty, it is taken away. Whoever wrote keeps a number or an address.
    #[graphql(secret)]
    email: Option<String>,
    /// For whom they write. Only of who wrote, like what follows.
    relationship: Option<LeadRelationship>,
    /// A voicemail may be left.
    voicemail: Option<bool>,
    /// A text may be sent; only where they agreed to texts.
    text: Option<bool>,
    /// The caller may say who calls.
    say_who_calls: Option<bool>,
    /// The way they like best; null takes it away.
    preferred: MaybeUndefined<ContactMethod>,
}

impl From<CorrectLeadPersonInput> for Correction {
    fn from(input: CorrectLeadPersonInput) -> Self {
        Self {
            name: input.name.map(Into::into),
            phone: input.phone.map(Into::into),
            email: input.email.map(Into::into),
            relationship: input.relationship,
            voicemail: input.voicemail,
            text: input.text,
            say_who_calls: input.say_who_calls,
            preferred: match input.preferred {
                MaybeUndefined::Undefined => None,
                MaybeUndefined::Null => Some(None),
                MaybeUndefined::Value(way) => Some(Some(way)),
            },
        }
    }
}
