//! What a visitor may ask of leads: how the form looks, and to take in what they wrote. A lead is never readable here.

use std::sync::Arc;

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};
use entity::{lead::LeadRelationship, lead_form_version::Choice, problem::ProblemCode};

use super::{
    Client, Form, Intake,
    common::{ConsentText, LeadContactInput, SafeContactInput},
    consent::ConsentScope,
    crisis::{Advice, Danger, Language, advice},
    form::{Field, FieldType, MOST_MESSAGE, Step},
    intake::{Consent, Receipt, Submission, UnderAge},
    origin::Origin,
};
use crate::{
    error::Error,
    identity::{Payload, UserError},
    payload,
    tags::Tags,
};

/// What can be known of the form.
#[derive(Default)]
pub struct LeadsQuery;

#[Object]
impl LeadsQuery {
    /// A form to draw: its fields in order and the wordings to agree to. Null when there is none of that key.
    ///
    /// Always show beside it what to do in danger: call 911; in a crisis call or text 988.
    ///
    /// ```graphql
    /// { leadForm(key: "confidential") { fields { name label type required autocomplete } consent { id wording } } }
    /// ```
    async fn lead_form(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The form's key.")] key: String,
    ) -> Result<Option<LeadForm>> {
        Tags::of(ctx).add("type:form");
        Ok(ctx.data::<Intake>()?.forms.find(&key).await?.map(LeadForm))
    }

    /// Whether somebody may be in danger by the words of a text in English or Spanish, and what to do then. Nothing of the text is
    /// kept or logged, so ask by POST: an address is written down on its way.
    ///
    /// It finds where it is unsure and overlooks some all the same. Only ever add what it says to the form: block nothing, delay
    /// nothing, and show what to do in danger beside the form whatever it answers. `submitLead` looks for itself.
    ///
    /// ```graphql
    /// { crisisCheck(text: "My brother will not wake up") { dangers steps { text call } } }
    /// ```
    async fn crisis_check(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What somebody writes, at most 4,000 characters.", secret)] text: String,
    ) -> Result<CrisisCheck> {
        if text.chars().count() > MOST_MESSAGE {
            let message = "The text has more than 4,000 characters. Send fewer.";
            return Err(Error::problem(ProblemCode::Invalid, ["text"], message).into());
        }
        // Set so that nobody keeps the answer, this server included.
        ctx.insert_http_header("cache-control", "no-store");
        let dangers = ctx.data::<Intake>()?.phrases.get().await.danger.dangers(&text);
        Ok(CrisisCheck {
            steps: advice(&dangers).into_iter().map(CrisisStep).collect(),
            dangers: dangers.into_iter().collect(),
        })
    }
}

/// Whether somebody may be in danger, and what to do then.
#[derive(SimpleObject)]
pub struct CrisisCheck {
    /// What of; empty where nothing was found, which does not mean that there is none.
    dangers: Vec<Danger>,
    /// What to do, in order; empty where nothing was found.
    steps: Vec<CrisisStep>,
}

/// One thing to do in danger.
pub struct CrisisStep(Advice);

/// One thing to do in danger.
#[Object]
impl CrisisStep {
    /// What to show.
    async fn text(
        &self,
        #[graphql(desc = "The language of the page: a find does not say in which language somebody wrote.", default)]
        language: Language,
    ) -> &str {
        self.0.text(language)
    }

    /// Whom to call, for a `tel:` link.
    async fn call(&self) -> Option<&str> {
        self.0.call
    }

    /// Where to write, for an `sms:` link.
    async fn message(&self) -> Option<&str> {
        self.0.message
    }
}

/// A form for people who write in confidence.
pub struct LeadForm(Arc<Form>);

/// A form for people who write in confidence.
#[Object]
impl LeadForm {
    /// What `SubmitLeadInput.form` names it by.
    async fn key(&self) -> &str {
        &self.0.key
    }

    /// Which version of it this is, for `SubmitLeadInput.formVersion`.
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// What it is called.
    async fn title(&self) -> &str {
        &self.0.heading
    }

    /// A sentence before the first field; may be empty.
    async fn intro(&self) -> &str {
        &self.0.intro
    }

    /// What is asked, in order.
    async fn fields(&self) -> Vec<LeadFormField> {
        self.0.fields().map(LeadFormField::from).collect()
    }

    /// The same, as it is asked: the first step at once, the others folded until they are wanted.
    async fn steps(&self) -> Vec<LeadFormStep> {
        self.0.steps.iter().map(LeadFormStep::from).collect()
    }

    /// What the button says.
    async fn button(&self) -> &str {
        &self.0.button
    }

    /// What to say once it is sent; an empty line begins a paragraph.
    async fn thanks(&self) -> &str {
        &self.0.thanks
    }

    /// What must be agreed to before anything may be kept. Leave the box unticked.
    async fn consent(&self) -> ConsentText {
        ConsentText::from(&self.0.consents.contact)
    }

    /// What may be agreed to as well: text messages. Leave the box unticked; care does not depend on it.
    async fn text_consent(&self) -> ConsentText {
        ConsentText::from(&self.0.consents.texts)
    }
}

/// What is asked together.
#[derive(SimpleObject)]
pub struct LeadFormStep {
    /// What stands above it; empty for the first.
    title: String,
    /// What is asked, in order.
    fields: Vec<LeadFormField>,
}

impl From<&Step> for LeadFormStep {
    fn from(it: &Step) -> Self {
        Self { title: it.title.clone(), fields: it.fields.iter().map(LeadFormField::from).collect() }
    }
}

/// A field of a form.
#[derive(SimpleObject)]
pub struct LeadFormField {
    /// Where its value goes in `SubmitLeadInput`: `contact.phone`. A problem's path names it the same way.
    name: &'static str,
    /// What it is called.
    label: String,
    /// How to draw it.
    #[graphql(name = "type")]
    kind: FieldType,
    /// Whether it must be filled in. Say so in words, not by a mark alone.
    required: bool,
    /// The token of the HTML standard that lets a browser fill it in.
    autocomplete: Option<&'static str>,
    /// Why it is asked, or how to answer; may be empty.
    help: String,
    /// How many characters it may have; null where nothing is typed.
    max_length: Option<i32>,
    /// The answers to choose from, where `type` is RADIO or SELECT.
    options: Vec<LeadFormOption>,
}

/// An answer to choose.
#[derive(SimpleObject)]
pub struct LeadFormOption {
    /// What to send.
    value: String,
    /// What to show.
    label: String,
}

impl From<&Field> for LeadFormField {
    fn from(it: &Field) -> Self {
        let option = |choice: &Choice| LeadFormOption { value: choice.value.clone(), label: choice.label.clone() };
        Self {
            name: it.name,
            label: it.label.clone(),
            kind: it.kind,
            required: it.required,
            autocomplete: it.autocomplete,
            help: it.help.clone(),
            max_length: it.max_length.and_then(|most| i32::try_from(most).ok()),
            options: it.options.iter().map(option).collect(),
        }
    }
}

/// From where a request comes, where that tells one client from others.
#[derive(Clone, Debug)]
pub struct Sender(pub Option<Client>);

/// The one thing a visitor can do.
#[derive(Default)]
pub struct LeadsMutation;

#[Object]
impl LeadsMutation {
    /// Takes in what somebody wrote in confidence. The receipt comes once everything is on disk.
    ///
    /// Send the same `idempotencyKey` when you retry: the same request answers the same receipt, never a second lead.
    /// Every problem comes at once in `userErrors`, with the path of its field.
    ///
    /// ```graphql
    /// mutation ($input: SubmitLeadInput!) {
    ///   submitLead(input: $input) { receipt { reference } userErrors { code path message } }
    /// }
    /// ```
    async fn submit_lead(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What somebody writes in confidence.")] input: SubmitLeadInput,
    ) -> Result<SubmitLeadPayload> {
        let client = ctx.data_opt::<Sender>().and_then(|sender| sender.0.clone());
        let submission = Submission { client, ..input.into() };
        let outcome = ctx.data::<Intake>()?.submit(&submission, None).await;
        match outcome {
            Ok(receipt) => Ok(SubmitLeadPayload::done(receipt.into())),
            Err(error) => match error.under(&["input"]) {
                Error::Problems(problems) => {
                    Ok(SubmitLeadPayload::refused(problems.into_iter().map(UserError::from).collect()))
                }
                other => Err(other.into()),
            },
        }
    }
}

/// What somebody writes in confidence.
#[derive(InputObject)]
pub struct SubmitLeadInput {
    /// Made when the form is drawn and kept across retries: 16 to 64 letters, digits, `-` or `_`, such as a UUID.
    idempotency_key: ID,
    /// The form's key: `confidential`.
    form: ID,
    /// The version that was filled in: `LeadForm.version`. An older one is as good, so that a page may stay open for long; leave it
    /// out for the one that is asked now.
    form_version: Option<i32>,
    /// Which of the form's places on the page, as reports name it: `end`; at most 40 letters, digits, `-` or `_`.
    placement: Option<String>,
    /// What the person may be called, 1 to 120 characters.
    #[graphql(secret)]
    name: String,
    /// How to answer them; at least one way.
    contact: LeadContactInput,
    /// For whom they write.
    #[graphql(default)]
    relationship: LeadRelationship,
    /// Whether the person who needs help is under 18; nobody has to say.
    #[graphql(default)]
    under_age: UnderAge,
    /// How to reach them without doing harm. What is left out is not allowed.
    #[graphql(default)]
    safe_contact: SafeContactInput,
    /// Who insures them, in their words, at most 200 characters; "none" and "not sure" are answers.
    #[graphql(default, secret)]
    insurance: String,
    /// What they want to say, at most 4,000 characters.
    #[graphql(default, secret)]
    message: String,
    /// The path of the page they read, without query: `/ketamine-side-effects`.
    source_path: String,
    /// What led to that page. What does not look like a host or a campaign's name is dropped and refuses nobody.
    #[graphql(secret)]
    source: Option<LeadSourceInput>,
    /// What they agreed to, each wording once. Without consent to be contacted nothing is kept.
    consents: Vec<ConsentInput>,
    /// Hide this field from people and leave it empty: whoever fills it in is a machine.
    #[graphql(default)]
    website: String,
    /// The token of a form that Hillside drew; leave it out otherwise.
    form_token: Option<String>,
    /// That the visitor's machine worked a moment: what ALTCHA's widget, version 3, makes of `GET /forms/challenge`. Leave it out
    /// where there is none; nobody is refused for that.
    proof: Option<String>,
}

/// What led somebody to a page, as its address and `document.referrer` tell. Send nothing else of them: what advertisers number
/// clicks with (`gclid` and its like) names a person.
#[derive(InputObject)]
pub struct LeadSourceInput {
    /// The page that the link stood on; only its host is kept, and not your own: `https://www.google.com/`.
    referrer: Option<String>,
    /// Where the campaign's link stood: `newsletter`. This and what follows have at most 100 letters, digits, spaces and any of
    /// `-_.+:|,`.
    utm_source: Option<String>,
    /// Of what kind that is: `email`.
    utm_medium: Option<String>,
    /// What the campaign is called: `spring-2026`.
    utm_campaign: Option<String>,
    /// The words that were searched for.
    utm_term: Option<String>,
    /// Which of the campaign's links it was.
    utm_content: Option<String>,
}

impl From<LeadSourceInput> for Origin {
    fn from(it: LeadSourceInput) -> Self {
        let given = Self {
            referrer: it.referrer,
            source: it.utm_source,
            medium: it.utm_medium,
            campaign: it.utm_campaign,
            term: it.utm_term,
            content: it.utm_content,
        };
        given.cleaned()
    }
}

/// What was said to a wording.
#[derive(InputObject)]
pub struct ConsentInput {
    /// The wording's id, from `leadForm`.
    text: ID,
    /// Whether the box was ticked.
    accepted: bool,
    /// By which ways they may be reached: of those that the wording covers (`ConsentText.scopes`), at least one.
    #[graphql(default)]
    scopes: Vec<ConsentScope>,
}

impl From<SubmitLeadInput> for Submission {
    fn from(it: SubmitLeadInput) -> Self {
        let consent =
            |it: ConsentInput| Consent { text: it.text.to_string(), accepted: it.accepted, scopes: it.scopes };
        Self {
            idempotency_key: it.idempotency_key.to_string(),
            form: it.form.to_string(),
            form_version: it.form_version,
            placement: it.placement,
            name: it.name.into(),
            phone: it.contact.phone.into(),
            email: it.contact.email.into(),
            relationship: it.relationship,
            under_age: it.under_age,
            insurance: it.insurance.into(),
            message: it.message.into(),
            safe_contact: it.safe_contact.into(),
            source_path: it.source_path,
            origin: it.source.map(Origin::from).unwrap_or_default(),
            consents: it.consents.into_iter().map(consent).collect(),
            website: it.website,
            form_token: it.form_token,
            proof: it.proof,
            client: None,
        }
    }
}

payload!(
    /// A receipt, or what to mend.
    SubmitLeadPayload { receipt: LeadReceipt }
);

/// What a visitor gets for a lead.
#[derive(SimpleObject)]
pub struct LeadReceipt {
    /// To name the request on the telephone: `HS-7F3K2`.
    reference: String,
    /// When it was stored.
    received_at: DateTime<Utc>,
}

impl From<Receipt> for LeadReceipt {
    fn from(it: Receipt) -> Self {
        Self { reference: it.reference, received_at: it.received_at }
    }
}
