//! What a visitor and a colleague on the telephone read and write alike, in both schemas.

use async_graphql::{ID, InputObject, SimpleObject};
use entity::{consent_text, lead::ContactMethod};

use super::{
    consent::{self, ConsentScope},
    intake::SafeContact,
};

/// A wording to agree to. It never changes; a new wording has a new id.
#[derive(SimpleObject)]
pub struct ConsentText {
    /// What `ConsentInput.text` names it by.
    id: ID,
    /// The exact words to show beside the box.
    wording: String,
    /// Counts the wordings of this consent.
    version: i32,
    /// BCP 47: `en`.
    language: String,
    /// The ways it covers, for `ConsentInput.scopes`.
    scopes: Vec<ConsentScope>,
}

impl From<&consent_text::Model> for ConsentText {
    fn from(it: &consent_text::Model) -> Self {
        Self {
            id: it.id.to_string().into(),
            wording: it.wording.clone(),
            version: it.version,
            language: it.language.clone(),
            scopes: consent::scopes_of(&it.key).to_vec(),
        }
    }
}

/// How to answer somebody.
#[derive(InputObject)]
pub struct LeadContactInput {
    /// A telephone number, as it is typed; one without a country is taken for one of the United States.
    #[graphql(default, secret)]
    pub phone: String,
    /// An e-mail address.
    #[graphql(default, secret)]
    pub email: String,
}

/// How to reach somebody without doing harm.
#[derive(Default, InputObject)]
pub struct SafeContactInput {
    /// A voicemail may be left.
    #[graphql(default)]
    voicemail: bool,
    /// A text may be sent; it needs the consent to texts (`leadForm.textConsent`) as well.
    #[graphql(default)]
    text: bool,
    /// The caller may say who calls.
    #[graphql(default)]
    say_who_calls: bool,
    /// The way they like best. EMAIL needs an address, PHONE and TEXT a number, TEXT also `text` and the consent to it.
    preferred: Option<ContactMethod>,
    /// When it is best, in their words, at most 100 characters.
    #[graphql(secret)]
    best_time: Option<String>,
}

impl From<SafeContactInput> for SafeContact {
    fn from(it: SafeContactInput) -> Self {
        let SafeContactInput { voicemail, text, say_who_calls, preferred, best_time } = it;
        Self { voicemail, text, say_who_calls, preferred, best_time }
    }
}
