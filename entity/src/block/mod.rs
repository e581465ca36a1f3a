//! The blocks a page is made of: one file per kind, registered in one line below.
//!
//! A kind is a struct. Its serde form is what is stored and what the `@oneOf` input takes, its `SimpleObject` is what
//! front ends read, its JSON Schema draws the editor's form, and its [`Kind`] says what it checks, names and shows.
//! `docs/recipes.md` walks through adding one.

mod call_to_action;
mod callout;
mod comparison_table;
mod emergency_notice;
mod faq;
mod heading;
mod lead_form;
mod list;
mod location_card;
mod media;
mod person_card;
mod quote;
mod rich_text;
mod shared_block;
mod statistic;
mod table_of_contents;
mod therapy_grid;

use std::borrow::Cow;

use async_graphql::{
    Context, InputType, InputValueError, InputValueResult, Interface, OneofObject, Value, registry::Registry,
};
use maud::{Markup, html};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

pub use self::{
    call_to_action::CallToAction,
    callout::{Callout, Tone},
    comparison_table::{ComparisonRow, ComparisonTable},
    emergency_notice::{EmergencyContact, EmergencyNotice},
    faq::{Faq, FaqItem},
    heading::Heading,
    lead_form::LeadForm,
    list::{List, ListStyle},
    location_card::LocationCard,
    media::{Media, Placing},
    person_card::PersonCard,
    quote::Quote,
    rich_text::RichTextBlock,
    shared_block::SharedBlock,
    statistic::Statistic,
    table_of_contents::{ContentsEntry, TableOfContents},
    therapy_grid::TherapyGrid,
};
use crate::{
    form,
    problem::{ProblemCode, Problems},
    reference::{self, Reference, Targets},
};

/// Blocks of one document, at the most.
pub const MOST_BLOCKS: usize = 300;
/// Characters of all blocks of one document, at the most: a book of 60,000 words.
pub const MOST_CHARACTERS: usize = 400_000;

/// What a kind of block is, checks, names and shows.
pub trait Kind: JsonSchema + Default + Serialize {
    /// What editors call it: "Comparison table".
    const TITLE: &'static str;
    /// One sentence for the insert menu: what it is good for.
    const DESCRIPTION: &'static str;
    /// The name of its icon in the admin.
    const ICON: &'static str;

    /// Whether it shows something without a word of its own: a form, a list of what is elsewhere.
    const SHOWS_WITHOUT_WORDS: bool = false;

    /// Whether it stands beside the course of the page, so that its heading begins no section.
    const IS_ASIDE: bool = false;

    /// Whether it means something on its page only, so that the library cannot keep it for others.
    const BELONGS_TO_ITS_PAGE: bool = false;

    /// Its stable name within the document.
    fn anchor(&self) -> &str;

    /// Records what is wrong with it.
    fn validate(&self, problems: &mut Problems);

    /// Everything it points at.
    fn references(&self, _found: &mut Vec<Reference>) {}

    /// Its words, for search and reading time.
    fn plain_text(&self) -> String;

    /// Semantic HTML.
    fn draw(&self, render: &Render<'_>) -> Markup;
}

/// What drawing needs besides the block itself.
#[derive(Clone, Copy)]
pub struct Render<'a> {
    /// The referenced things a reader may see.
    pub targets: &'a Targets,
    /// Draws a placed lead form; where there is none, its heading and introduction stand alone.
    pub forms: Option<&'a (dyn Fn(&LeadForm) -> Markup + Sync)>,
    /// The key of the form on the same page that a call to action leads to.
    pub form_anchor: Option<&'a str>,
}

/// A kind's definition, as the editor draws its form from it.
#[derive(Clone, Debug)]
pub struct Definition {
    /// Its key in stored blocks and in `BlockInput`: `comparisonTable`.
    pub kind: &'static str,
    /// What editors call it.
    pub title: &'static str,
    /// What it is good for.
    pub description: &'static str,
    /// The name of its icon.
    pub icon: &'static str,
    /// Whether the library cannot keep it for several pages.
    pub belongs_to_its_page: bool,
    /// JSON Schema (2020-12) of its fields with the hints `x-widget`, `x-reference` and `x-order`.
    pub schema: serde_json::Value,
    /// A fresh one, without key.
    pub empty: serde_json::Value,
}

fn definition<K: Kind>(kind: &'static str) -> Definition {
    let mut schema = form::schema_of::<K>();
    if let Some(properties) = schema.get_mut("properties").and_then(serde_json::Value::as_object_mut) {
        properties.shift_remove("key");
    }
    if let Some(order) = schema.get_mut("x-order").and_then(serde_json::Value::as_array_mut) {
        order.retain(|name| name != "key");
    }
    let mut empty = serde_json::to_value(K::default()).unwrap_or_default();
    if let Some(fields) = empty.as_object_mut() {
        fields.shift_remove("key");
    }
    Definition {
        kind,
        title: K::TITLE,
        description: K::DESCRIPTION,
        icon: K::ICON,
        belongs_to_its_page: K::BELONGS_TO_ITS_PAGE,
        schema,
        empty,
    }
}

macro_rules! blocks {
    ($($variant:ident($kind:ident) = $name:literal,)*) => {
        /// One block of a document.
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Interface)]
        #[serde(rename_all = "camelCase")]
        #[graphql(
            name = "Block",
            field(name = "key", ty = "&String", desc = "Stable within the document; a deep link's anchor."),
            field(name = "html", ty = "String", desc = "Safe, semantic HTML: a fallback for kinds your front end does not know yet.")
        )]
        #[allow(missing_docs, reason = "each variant is the kind of that name")]
        pub enum Block {
            $($variant($kind),)*
        }

        /// One block: exactly one of these.
        #[derive(OneofObject)]
        pub enum BlockInput {
            $(
                #[doc = concat!("A block of the kind `", $name, "`.")]
                $variant($kind),
            )*
        }

        impl From<BlockInput> for Block {
            fn from(input: BlockInput) -> Self {
                match input {
                    $(BlockInput::$variant(block) => Self::$variant(block),)*
                }
            }
        }

        impl Block {
            /// Its key in stored blocks: `comparisonTable`.
            pub fn kind(&self) -> &'static str {
                match self { $(Self::$variant(_) => $name,)* }
            }

            /// Its stable name within the document.
            pub fn anchor(&self) -> &str {
                match self { $(Self::$variant(block) => Kind::anchor(block),)* }
            }

            /// Whether it shows something without a word of its own.
            pub fn shows_without_words(&self) -> bool {
                match self { $(Self::$variant(_) => <$kind as Kind>::SHOWS_WITHOUT_WORDS,)* }
            }

            /// Whether it stands beside the course of the page.
            pub fn is_aside(&self) -> bool {
                match self { $(Self::$variant(_) => <$kind as Kind>::IS_ASIDE,)* }
            }

            /// Whether the library cannot keep it for several pages.
            pub fn belongs_to_its_page(&self) -> bool {
                match self { $(Self::$variant(_) => <$kind as Kind>::BELONGS_TO_ITS_PAGE,)* }
            }

            /// The same under another key.
            pub fn keyed(mut self, key: &str) -> Self {
                match &mut self { $(Self::$variant(block) => key.clone_into(&mut block.key),)* }
                self
            }

            /// Records what is wrong with it, below its kind.
            pub fn validate(&self, problems: &mut Problems) {
                problems.within(self.kind(), |problems| {
                    check_key(self.anchor(), problems);
                    match self { $(Self::$variant(block) => block.validate(problems),)* }
                });
            }

            /// Everything it points at.
            pub fn references(&self, found: &mut Vec<Reference>) {
                match self { $(Self::$variant(block) => Kind::references(block, found),)* }
            }

            /// Its words.
            pub fn plain_text(&self) -> String {
                match self { $(Self::$variant(block) => Kind::plain_text(block),)* }
            }

            /// Semantic HTML.
            pub fn draw(&self, render: &Render<'_>) -> Markup {
                match self { $(Self::$variant(block) => Kind::draw(block, render),)* }
            }
        }

        /// What editors call a kind, by its key.
        pub fn title(kind: &str) -> Option<&'static str> {
            match kind {
                $($name => Some(<$kind as Kind>::TITLE),)*
                _ => None,
            }
        }

        /// Every kind's definition, in the order of the insert menu.
        pub fn definitions() -> Vec<Definition> {
            vec![$(definition::<$kind>($name),)*]
        }
    };
}

blocks! {
    Heading(Heading) = "heading",
    RichText(RichTextBlock) = "richText",
    List(List) = "list",
    ComparisonTable(ComparisonTable) = "comparisonTable",
    Statistic(Statistic) = "statistic",
    EmergencyNotice(EmergencyNotice) = "emergencyNotice",
    Faq(Faq) = "faq",
    CallToAction(CallToAction) = "callToAction",
    LeadForm(LeadForm) = "leadForm",
    TherapyGrid(TherapyGrid) = "therapyGrid",
    Media(Media) = "media",
    Quote(Quote) = "quote",
    Callout(Callout) = "callout",
    PersonCard(PersonCard) = "personCard",
    LocationCard(LocationCard) = "locationCard",
    TableOfContents(TableOfContents) = "tableOfContents",
    SharedBlock(SharedBlock) = "sharedBlock",
}

/// A block is written as [`BlockInput`] and kept as what it is.
impl InputType for Block {
    type RawValueType = Self;

    fn type_name() -> Cow<'static, str> {
        BlockInput::type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        BlockInput::create_type_info(registry)
    }

    fn parse(value: Option<Value>) -> InputValueResult<Self> {
        BlockInput::parse(value).map(Self::from).map_err(InputValueError::propagate)
    }

    fn to_value(&self) -> Value {
        serde_json::to_value(self).ok().and_then(|stored| Value::from_json(stored).ok()).unwrap_or_default()
    }

    fn as_raw_value(&self) -> Option<&Self> {
        Some(self)
    }
}

impl JsonSchema for Block {
    fn schema_name() -> Cow<'static, str> {
        "Block".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "object", "x-widget": "block" })
    }
}

/// Records what is wrong with a document's blocks, each below its place.
pub fn validate_all(blocks: &[Block], problems: &mut Problems) {
    problems.at_most("blocks", blocks.len(), MOST_BLOCKS);
    let characters: usize = blocks.iter().map(|block| block.plain_text().chars().count()).sum();
    if characters > MOST_CHARACTERS {
        let message =
            format!("Split this page: its blocks have {characters} characters, at most {MOST_CHARACTERS} are kept.");
        problems.add("blocks", ProblemCode::TooLarge, message);
    }
    let mut keys = std::collections::HashSet::new();
    problems.within("blocks", |problems| {
        for (place, block) in blocks.iter().enumerate() {
            problems.within(place, |problems| {
                block.validate(problems);
                if !keys.insert(block.anchor()) {
                    let message = format!("Two blocks have the key “{}”; give each its own.", block.anchor());
                    problems.within(block.kind(), |problems| problems.add("key", ProblemCode::Taken, message));
                }
            });
        }
    });
}

/// A document's blocks as they stand on the page: each shared block in its place, under the key it has there, and in
/// tables of contents what follows them. What is not available is left out.
pub fn laid_out<'a>(blocks: &'a [Block], targets: &Targets) -> Vec<Cow<'a, Block>> {
    let in_place = |block: &'a Block| match block {
        Block::SharedBlock(place) => {
            let shared = targets.block(place.block?).filter(|block| !block.belongs_to_its_page())?;
            Some(Cow::Owned(shared.clone().keyed(&place.key)))
        }
        _ => Some(Cow::Borrowed(block)),
    };
    let mut laid: Vec<Cow<'_, Block>> = blocks.iter().filter_map(in_place).collect();
    if laid.iter().any(|block| matches!(**block, Block::TableOfContents(_))) {
        let headings: Vec<_> = laid.iter().map(|block| table_of_contents::headings(block)).collect();
        for (block, following) in laid.iter_mut().zip(1..) {
            if let Block::TableOfContents(contents) = &**block {
                let following = headings.iter().skip(following).flatten();
                *block = Cow::Owned(Block::TableOfContents(contents.of(following)));
            }
        }
    }
    laid
}

/// The same for a reader of the schema that `ctx` runs in.
pub async fn laid_out_in<'a>(ctx: &Context<'_>, blocks: &'a [Block]) -> async_graphql::Result<Vec<Cow<'a, Block>>> {
    let shared = blocks.iter().filter_map(|block| match block {
        Block::SharedBlock(place) => place.block.map(Reference::SharedBlock),
        _ => None,
    });
    let targets = reference::targets(ctx, &shared.collect::<Vec<_>>()).await?;
    Ok(laid_out(blocks, &targets))
}

/// A document's body. A call to action leads to its last form, which stands where the reading ends.
pub fn draw_all(blocks: &[Block], render: &Render<'_>) -> Markup {
    let blocks = laid_out(blocks, render.targets);
    let form_anchor = blocks.iter().rev().find_map(|block| match &**block {
        Block::LeadForm(form) => Some(form.key.as_str()),
        _ => None,
    });
    let render = Render { form_anchor, ..*render };
    html! { @for block in &blocks { (block.draw(&render)) } }
}

fn check_key(key: &str, problems: &mut Problems) {
    let allowed = |character: char| character.is_ascii_alphanumeric() || matches!(character, '-' | '_');
    if key.is_empty() || key.len() > 40 || !key.chars().all(allowed) {
        problems.add("key", ProblemCode::Invalid, "A block's key has 1 to 40 letters, digits, - or _.");
    }
}

/// The `html` field of a block: looks up what it points at, then draws it.
async fn html_field<K: Kind>(block: &K, ctx: &Context<'_>) -> async_graphql::Result<String> {
    let mut wanted = Vec::new();
    block.references(&mut wanted);
    let targets = reference::targets(ctx, &wanted).await?;
    Ok(block.draw(&Render { targets: &targets, forms: None, form_anchor: None }).into_string())
}

/// A block's frame: a section that can be linked to, under its heading where it has one.
fn section(key: &str, kind: &str, heading: &str, body: Markup) -> Markup {
    let label = format!("{key}-heading");
    html! {
        @if heading.trim().is_empty() {
            div id=(key) class={ "block block-" (kind) } { (body) }
        } @else {
            section id=(key) class={ "block block-" (kind) } aria-labelledby=(label) {
                h2 id=(label) { (heading) }
                (body)
            }
        }
    }
}

/// Joins the words of several parts, a line each, leaving out the empty ones.
fn lines<'a>(parts: impl IntoIterator<Item = Cow<'a, str>>) -> String {
    parts.into_iter().filter(|part| !part.trim().is_empty()).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests;
