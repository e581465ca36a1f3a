//! What follows on the page, with links to it.

use async_graphql::{ComplexObject, Context, InputObject, Result, SimpleObject};
use maud::{Markup, html};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Block, Kind, Render, html_field, section};
use crate::{
    passage::{Role, passages},
    problem::{ProblemCode, Problems},
};

/// What follows on the page, with links to it. It is drawn from the page's headings, so it is always right.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, SimpleObject, InputObject)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[graphql(name = "TableOfContentsBlock", input_name = "TableOfContentsBlockInput", complex)]
pub struct TableOfContents {
    /// Stable within the document.
    pub key: String,
    /// Above the lines.
    #[serde(default)]
    #[graphql(default)]
    #[schemars(title = "Heading", extend("x-widget" = "line"))]
    pub heading: String,
    /// The deepest level of headings that has a line: 2 for sections only, 3 for their parts too.
    #[serde(default = "sections")]
    #[graphql(default_with = "sections()")]
    #[schemars(title = "Down to level", range(min = 2, max = 3), extend("x-widget" = "integer"))]
    pub depth: i32,
    /// The headings of the page that follow it, in their order.
    #[serde(skip)]
    #[graphql(skip_input)]
    pub entries: Vec<ContentsEntry>,
}

/// A heading of the page.
#[derive(Clone, Debug, PartialEq, Eq, SimpleObject)]
pub struct ContentsEntry {
    /// What it says.
    pub title: String,
    /// The key of its block, which is its anchor: `#effects`.
    pub anchor: String,
    /// 2 for a section, 3 for a part of one.
    pub level: i32,
}

fn sections() -> i32 {
    2
}

impl Default for TableOfContents {
    fn default() -> Self {
        Self { key: String::new(), heading: "On this page".to_owned(), depth: sections(), entries: Vec::new() }
    }
}

/// The headings of a block that has its key as their anchor: its own, not those within its text.
pub(super) fn headings(block: &Block) -> Vec<ContentsEntry> {
    if block.is_aside() {
        return Vec::new();
    }
    let found = passages(std::slice::from_ref(block)).into_iter().filter_map(|passage| {
        let Role::Heading(level) = passage.role else { return None };
        let title = passage.text.trim().to_owned();
        let [_, _, _, field] = passage.path.as_slice() else { return None };
        let own = matches!(field.as_str(), "heading" | "text");
        own.then(|| ContentsEntry { title, anchor: passage.block, level: level.into() })
    });
    found.collect()
}

impl TableOfContents {
    /// The same with a line for each of the headings, down to its depth.
    pub(super) fn of<'a>(&self, headings: impl Iterator<Item = &'a ContentsEntry>) -> Self {
        let listed = headings.filter(|entry| entry.level <= self.depth);
        Self { entries: listed.cloned().collect(), ..self.clone() }
    }
}

#[ComplexObject]
impl TableOfContents {
    /// Safe, semantic HTML: a fallback for kinds your front end does not know yet.
    pub async fn html(&self, ctx: &Context<'_>) -> Result<String> {
        html_field(self, ctx).await
    }
}

impl Kind for TableOfContents {
    const TITLE: &'static str = "Table of contents";
    const DESCRIPTION: &'static str =
        "What follows on the page, with links to it. It keeps up with the headings by itself.";
    const ICON: &'static str = "layout-list";
    const SHOWS_WITHOUT_WORDS: bool = true;
    const BELONGS_TO_ITS_PAGE: bool = true;

    fn anchor(&self) -> &str {
        &self.key
    }

    fn validate(&self, problems: &mut Problems) {
        problems.optional_text("heading", &self.heading, 160);
        if !(2..=3).contains(&self.depth) {
            problems.add("depth", ProblemCode::Invalid, "Choose level 2 or 3.");
        }
    }

    fn plain_text(&self) -> String {
        self.heading.clone()
    }

    fn draw(&self, _: &Render<'_>) -> Markup {
        let label = if self.heading.trim().is_empty() { "On this page" } else { self.heading.as_str() };
        section(
            &self.key,
            "contents",
            &self.heading,
            html! {
                @if !self.entries.is_empty() {
                    nav aria-label=(label) {
                        ol {
                            @for entry in &self.entries {
                                li class={ "level-" (entry.level) } { a href={ "#" (entry.anchor) } { (entry.title) } }
                            }
                        }
                    }
                }
            },
        )
    }
}
