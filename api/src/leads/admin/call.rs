//! Somebody calls instead of writing: a colleague writes down what they say, and has them from then on.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};
use entity::{
    lead::{self as row, LeadRelationship},
    problem::{ProblemCode, Problems, Stage},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::{Lead, LeadPayload};
use crate::{
    error::{self, Error},
    identity::{Permission, Request},
    leads::{
        Intake,
        common::{ConsentText, LeadContactInput, SafeContactInput},
        consent::{ConsentScope, Wordings},
        form,
        intake::{Call, Consent, SafeContact, Submission, UnderAge},
        work::Next,
    },
};

/// What is read out on the telephone.
#[derive(Default)]
pub struct LeadCallQuery;

#[Object]
impl LeadCallQuery {
    /// What to read to somebody who calls, before anything of theirs is kept.
    async fn lead_call_consents(&self, ctx: &Context<'_>) -> Result<LeadCallConsents> {
        Request::of(ctx).actor.require(Permission::WorkLeads)?;
        let form = ctx.data_unchecked::<Intake>().forms.standard().await?;
        let Wordings { contact, texts } = &form.consents;
        Ok(LeadCallConsents { contact: contact.into(), texts: texts.into() })
    }
}

/// What to read to somebody who calls.
#[derive(SimpleObject)]
pub struct LeadCallConsents {
    /// That they may be contacted; `CreateLeadInput.agreed`.
    contact: ConsentText,
    /// That they may be sent texts; `CreateLeadInput.agreedToTexts`.
    texts: ConsentText,
}

/// What can be done on the telephone.
#[derive(Default)]
pub struct LeadCallMutation;

#[Object]
impl LeadCallMutation {
    /// Takes in somebody who calls: what they say is sealed like what others write, and they are yours, CONTACTED. Words of danger
    /// make them URGENT, due within five minutes. Send the same `idempotencyKey` when you retry.
    async fn create_lead(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who calls, and what they say.")] input: CreateLeadInput,
    ) -> Result<LeadPayload> {
        let request = Request::of(ctx);
        request.actor.require(Permission::WorkLeads)?;
        let created = create(request, ctx.data_unchecked::<Intake>(), input).await;
        Request::answer(created.map(Lead::from).map_err(|error| error.under(&["input"])))
    }
}

async fn create(request: &Request, intake: &Intake, input: CreateLeadInput) -> error::Result<row::Model> {
    let next = Next { at: input.next_action_at, note: String::new() };
    let agreed = input.agreed;
    let submission = input.submission(&intake.forms.standard().await?.consents);
    let mut problems = Problems::new(Stage::Publish);
    next.check(request.now, &mut problems);
    if !agreed {
        let message = "Read them the wording and ask whether you may contact them; without a yes nothing may be kept.";
        problems.add("agreed", ProblemCode::ConsentRequired, message);
    }
    let mut found = problems.into_vec();
    match intake.check(&submission).await {
        Ok(()) => {}
        // What was agreed to is said in other words here.
        Err(Error::Problems(others)) => {
            found.extend(others.into_iter().filter(|it| it.path.first().is_none_or(|field| field != "consents")))
        }
        Err(other) => return Err(other),
    }
    let (true, Some(next_action_at)) = (found.is_empty(), next.at) else { return Err(Error::Problems(found)) };
    let call = Call { by: request.actor.user()?, next_action_at };
    let receipt = intake.submit(&submission, Some(call)).await?;
    let stored = row::Entity::find().filter(row::Column::Reference.eq(receipt.reference)).one(request.reader()).await?;
    stored.ok_or_else(|| Error::not_found("lead"))
}

/// Who calls, and what they say.
#[derive(InputObject)]
pub struct CreateLeadInput {
    /// Made when the form is drawn and kept across retries: 16 to 64 letters, digits, `-` or `_`, such as a UUID.
    idempotency_key: ID,
    /// What they may be called, 1 to 120 characters.
    #[graphql(secret)]
    name: String,
    /// How to answer them; at least one way.
    contact: LeadContactInput,
    /// For whom they call.
    #[graphql(default)]
    relationship: LeadRelationship,
    /// Whether the person who needs help is under 18.
    #[graphql(default)]
    under_age: UnderAge,
    /// How to reach them without doing harm. What is left out is not allowed.
    #[graphql(default)]
    safe_contact: SafeContactInput,
    /// Who insures them, in their words, at most 200 characters; "none" and "not sure" are answers.
    #[graphql(default, secret)]
    insurance: String,
    /// What they say, at most 4,000 characters.
    #[graphql(default, secret)]
    message: String,
    /// Whether they said that you may contact them, after you read them the wording. Without it nothing is kept.
    agreed: bool,
    /// Whether they said as well that you may send them texts.
    #[graphql(default)]
    agreed_to_texts: bool,
    /// When somebody acts next: from now to a year ahead. Required.
    next_action_at: Option<DateTime<Utc>>,
}

impl CreateLeadInput {
    /// With what was read to them, agreed to or not.
    fn submission(self, consents: &Wordings) -> Submission {
        let safe_contact = SafeContact::from(self.safe_contact);
        let given = |yes: bool, scope| yes.then_some(scope);
        let ways = [
            given(!self.contact.phone.trim().is_empty(), ConsentScope::Call),
            given(safe_contact.voicemail, ConsentScope::Voicemail),
            given(!self.contact.email.trim().is_empty(), ConsentScope::Email),
        ];
        let contact = Consent {
            text: consents.contact.id.to_string(),
            accepted: self.agreed,
            scopes: ways.into_iter().flatten().collect(),
        };
        let texts = Consent {
            text: consents.texts.id.to_string(),
            accepted: self.agreed_to_texts,
            scopes: vec![ConsentScope::Text],
        };
        Submission {
            idempotency_key: self.idempotency_key.to_string(),
            form: form::CONFIDENTIAL.to_owned(),
            name: self.name.into(),
            phone: self.contact.phone.into(),
            email: self.contact.email.into(),
            relationship: self.relationship,
            under_age: self.under_age,
            insurance: self.insurance.into(),
            message: self.message.into(),
            safe_contact,
            source_path: "/".to_owned(),
            consents: vec![contact, texts],
            ..Submission::default()
        }
    }
}
