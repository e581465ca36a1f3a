//! What a visitor writes and a colleague writes down alike, as both schemas take it.

use async_graphql::InputObject;
use entity::lead::ContactMethod;

use super::intake::SafeContact;

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
