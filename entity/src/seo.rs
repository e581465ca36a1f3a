//! What search engines and link previews are told.

use async_graphql::{InputObject, SimpleObject};
use serde::{Deserialize, Serialize};

use crate::problem::Problems;

/// What search engines and link previews are told.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, SimpleObject, InputObject)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
#[graphql(input_name = "SeoInput")]
pub struct Seo {
    /// The title in results; empty to use the entry's own. About 60 characters are shown.
    #[graphql(default)]
    pub title: String,
    /// The text in results; empty to use the summary. About 155 characters are shown.
    #[graphql(default)]
    pub description: String,
    /// Ask search engines to leave it out.
    #[graphql(default)]
    pub no_index: bool,
}

impl Seo {
    /// Records what is wrong with it.
    pub fn validate(&self, problems: &mut Problems) {
        problems.within("seo", |problems| {
            problems.optional_text("title", &self.title, 120);
            problems.optional_text("description", &self.description, 320);
        });
    }
}
