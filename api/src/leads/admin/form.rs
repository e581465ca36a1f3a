//! The forms in which people write, as staff keep them.

use async_graphql::{ComplexObject, Context, ID, InputObject, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};
use entity::{
    id::UserId,
    lead_form as row,
    lead_form_version::{Definition, LeadField, Question},
};

use crate::{
    delivery::Previews,
    gql::id::read_optional_id,
    identity::{Identity, Permission, Request, admin::User},
    leads::{
        common::ConsentText,
        consent::{self, ConsentKind},
        form::{FIELDS, FieldType, known, shown, standard, version},
    },
    payload,
};

/// What can be asked of forms.
#[derive(Default)]
pub struct LeadFormQuery;

#[Object]
impl LeadFormQuery {
    /// The forms in which people write, by what staff call them; archived ones too.
    async fn lead_forms(&self, ctx: &Context<'_>) -> Result<Vec<LeadForm>> {
        let request = Request::of(ctx);
        Ok(version::list(request.reader(), request.actor).await?.into_iter().map(LeadForm::from).collect())
    }

    /// The form of that key; null when there is none.
    async fn lead_form(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The form's key.")] key: String,
    ) -> Result<Option<LeadForm>> {
        let request = Request::of(ctx);
        Ok(version::find(request.reader(), request.actor, &key).await?.map(LeadForm::from))
    }

    /// The versions of a form, the newest first; a hundred at the most. None ever changes.
    async fn lead_form_versions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The form's key.")] key: String,
    ) -> Result<Vec<LeadFormVersion>> {
        let request = Request::of(ctx);
        let versions = version::list_versions(request.reader(), request.actor, &key).await?;
        Ok(versions.into_iter().map(LeadFormVersion::from).collect())
    }

    /// What a form can ask for.
    async fn lead_form_fields(&self, ctx: &Context<'_>) -> Result<Vec<LeadFormField>> {
        Request::of(ctx).actor.require(Permission::ReadDrafts)?;
        Ok(FIELDS.map(LeadFormField::from).into())
    }

    /// A form as the site would show it with this definition, which is not saved and need not be whole: a whole HTML document.
    async fn preview_lead_form(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What it would ask and say.")] definition: Definition,
        #[graphql(desc = "The wording of the consent to be contacted; the newest if you leave it out.")]
        contact_consent: Option<ID>,
        #[graphql(desc = "The wording of the consent to texts; the newest if you leave it out.")] text_consent: Option<
            ID,
        >,
    ) -> Result<String> {
        let request = Request::of(ctx);
        let wordings = [contact_consent, text_consent].map(|id| id.and_then(|id| id.parse().ok()));
        let form = version::draft(request.reader(), request.actor, definition, wordings).await?;
        let previews = ctx.data_unchecked::<Previews>();
        Ok(previews.draw_alone(request.reader(), &form.heading, &shown(&form)).await?.into_string())
    }

    /// What people agree to, word for word, the newest wording of each consent first.
    async fn lead_consent_texts(&self, ctx: &Context<'_>) -> Result<LeadConsentTexts> {
        let request = Request::of(ctx);
        request.actor.require(Permission::ReadDrafts)?;
        let mut all = consent::list(request.reader()).await?;
        let mut of = |kind| all.remove(&kind).unwrap_or_default().iter().map(ConsentText::from).collect();
        Ok(LeadConsentTexts { contact: of(ConsentKind::Contact), texts: of(ConsentKind::Texts) })
    }
}

/// A form in which people write.
#[derive(SimpleObject)]
pub struct LeadForm {
    /// What pages, leads and addresses name it by: `confidential` stands at `/forms/confidential`.
    key: String,
    /// What staff call it.
    title: String,
    /// The version that is drawn.
    current: LeadFormVersion,
    /// Since when it is not offered any more; where it stands, it stays. Null while it is.
    archived_at: Option<DateTime<Utc>>,
}

impl From<(row::Model, version::Version)> for LeadForm {
    fn from((it, current): (row::Model, version::Version)) -> Self {
        Self { key: it.key, title: it.title, current: current.into(), archived_at: it.archived_at }
    }
}

/// A version of a form. It never changes.
#[derive(SimpleObject)]
#[graphql(complex)]
pub struct LeadFormVersion {
    /// Counts from 1 within its form; a change names it as `baseVersion`.
    number: i32,
    /// What it asks and says.
    definition: Definition,
    /// The consent to be contacted, without which nothing is kept.
    contact_consent: ConsentText,
    /// The consent to text messages.
    text_consent: ConsentText,
    /// When it was saved.
    created_at: DateTime<Utc>,
    #[graphql(skip)]
    author: Option<UserId>,
}

#[ComplexObject]
impl LeadFormVersion {
    /// Who saved it; null for what came with the installation.
    async fn author(&self, ctx: &Context<'_>) -> Result<Option<User>> {
        User::load(ctx, self.author).await
    }
}

impl From<version::Version> for LeadFormVersion {
    fn from(it: version::Version) -> Self {
        Self {
            number: it.row.number,
            definition: it.definition,
            contact_consent: (&it.contact).into(),
            text_consent: (&it.texts).into(),
            created_at: it.row.created_at,
            author: it.row.author_id,
        }
    }
}

/// Something a form can ask for.
#[derive(SimpleObject)]
pub struct LeadFormField {
    /// What.
    field: LeadField,
    /// How it is drawn.
    #[graphql(name = "type")]
    kind: FieldType,
    /// How it is asked usually.
    usual: Question,
}

impl From<LeadField> for LeadFormField {
    fn from(field: LeadField) -> Self {
        Self { field, kind: known(field).kind, usual: standard::question(field) }
    }
}

/// What people agree to.
#[derive(SimpleObject)]
pub struct LeadConsentTexts {
    /// To be contacted, the newest first.
    contact: Vec<ConsentText>,
    /// To text messages, the newest first.
    texts: Vec<ConsentText>,
}

/// What can be done with forms.
#[derive(Default)]
pub struct LeadFormMutation;

#[Object]
impl LeadFormMutation {
    /// Makes a form, or the next version of one, which visitors get from then on. What was written in an older one is taken in all
    /// the same.
    async fn save_lead_form(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "A form.")] input: SaveLeadFormInput,
    ) -> Result<LeadFormPayload> {
        let request = Request::of(ctx);
        let tx = request.begin(Permission::ManageSettings).await?;
        let saved = async {
            let change = version::Change {
                base: input.base_version,
                title: input.title,
                definition: input.definition,
                contact: read_optional_id(input.contact_consent.as_ref(), "contactConsent")?,
                texts: read_optional_id(input.text_consent.as_ref(), "textConsent")?,
                archived: input.archived,
            };
            version::save(&tx, request.actor, Identity::audit_of(ctx), &input.key, change, request.now).await
        };
        let saved = saved.await;
        request.finish(tx, saved.map(LeadForm::from)).await
    }

    /// Makes the next wording of a consent. Forms ask for it once they are saved with it, and who agreed to an older one agreed to
    /// that.
    async fn save_lead_consent_text(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "A wording.")] input: SaveLeadConsentTextInput,
    ) -> Result<LeadConsentTextPayload> {
        let request = Request::of(ctx);
        let tx = request.begin(Permission::ManageSettings).await?;
        let SaveLeadConsentTextInput { consent, base_version, wording } = input;
        let audit = Identity::audit_of(ctx);
        let saved = consent::save(&tx, request.actor, audit, (consent, base_version), &wording, request.now).await;
        request.finish(tx, saved.map(|text| ConsentText::from(&text))).await
    }
}

/// A form, or the next version of one.
#[derive(InputObject)]
pub struct SaveLeadFormInput {
    /// Its key, 1 to 40 small letters, digits or `-`; it never changes.
    key: String,
    /// The version you looked at; leave it out to make a form. When there is a newer one, the answer is `CONFLICT`.
    base_version: Option<i32>,
    /// What staff call it, at most 120 characters.
    title: String,
    /// What it asks and says.
    definition: Definition,
    /// The wording of the consent to be contacted; the newest if you leave it out.
    contact_consent: Option<ID>,
    /// The wording of the consent to texts; the newest if you leave it out.
    text_consent: Option<ID>,
    /// Whether it is not offered any more.
    #[graphql(default)]
    archived: bool,
}

/// The next wording of a consent.
#[derive(InputObject)]
pub struct SaveLeadConsentTextInput {
    /// Of which consent.
    consent: ConsentKind,
    /// The version of the newest wording you looked at; when there is a newer one, the answer is `CONFLICT`.
    base_version: i32,
    /// The exact words, 20 to 1,000 characters.
    wording: String,
}

payload!(
    /// A form, or what to mend.
    LeadFormPayload { form: LeadForm }
);
payload!(
    /// A wording, or what to mend.
    LeadConsentTextPayload { text: ConsentText }
);
