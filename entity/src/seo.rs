//! What search engines and link previews are told.

use async_graphql::{InputObject, SimpleObject};
use serde::{Deserialize, Serialize};

use crate::{
    id::MediaId,
    problem::{ProblemCode, Problems},
    rich_text::is_outside_address,
};

/// What search engines and link previews are told.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, SimpleObject, InputObject)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
#[graphql(input_name = "SeoInput")]
pub struct Seo {
    /// The title in results. Written empty, it reads as the entry's own. About 60 characters are shown.
    #[graphql(default)]
    pub title: String,
    /// The text in results. Written empty, it reads as the summary. About 155 characters are shown.
    #[graphql(default)]
    pub description: String,
    /// Ask search engines to leave it out.
    #[graphql(default)]
    pub no_index: bool,
    /// Where the original of this text is, when it was first published elsewhere: `https://…`. Empty for its own address.
    #[graphql(default)]
    pub canonical: String,
    /// The picture that link previews show: an id. Left out, the site's own. 1200 by 630 pixels fit everywhere.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[graphql(skip_output)]
    pub image: Option<MediaId>,
}

impl Seo {
    /// Records what is wrong with it.
    pub fn validate(&self, problems: &mut Problems) {
        problems.within("seo", |problems| {
            problems.optional_text("title", &self.title, 120);
            problems.optional_text("description", &self.description, 320);
            problems.optional_text("canonical", &self.canonical, 1_000);
            if !self.canonical.is_empty() && !is_outside_address(&self.canonical) {
                let message =
                    "Give the whole address of the original, such as https://example.org/article, or leave it empty.";
                problems.add("canonical", ProblemCode::Invalid, message);
            }
        });
    }
}
