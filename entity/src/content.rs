//! What a revision holds: the whole of a page or a therapy, as one snapshot.

use async_graphql::Enum;
use sea_orm::{DeriveActiveEnum, EnumIter};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::{
    block::{self, Block},
    date::Date,
    id::{PersonId, RegionId, SourceId},
    placement::{self, Placement},
    problem::{ProblemCode, Problems},
    reference::Reference,
    seo::Seo,
};

/// What every snapshot has, whatever it is a snapshot of.
pub trait Content: Clone + Send + Sync + Serialize + DeserializeOwned + 'static {
    /// The heading, and what lists call it.
    fn title(&self) -> &str;
    /// One or two sentences.
    fn summary(&self) -> &str;
    /// What search engines are told.
    fn seo(&self) -> &Seo;
    /// The body.
    fn blocks(&self) -> &[Block];
    /// Records what is wrong with it.
    fn validate(&self, problems: &mut Problems);
    /// Everything it points at; may name a thing twice.
    fn references(&self) -> Vec<Reference>;

    /// What else it says that it should be found by.
    fn more_words(&self) -> Vec<&str> {
        Vec::new()
    }

    /// Where it points at what, in the order of the document.
    fn placements(&self) -> serde_json::Result<Vec<Placement>> {
        Ok(placement::placements(&serde_json::to_value(self)?, &self.references().into_iter().collect()))
    }
}

/// The version of the snapshot's shape; a renamed field raises it and brings a migration.
fn version() -> u8 {
    1
}

/// A page as it was at one moment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[allow(missing_docs, reason = "described where the API takes them")]
pub struct PageContent {
    #[serde(default = "version")]
    pub v: u8,
    pub title: String,
    #[serde(default)]
    pub summary: String,
    #[serde(default)]
    pub seo: Seo,
    #[serde(default)]
    pub blocks: Vec<Block>,
    #[serde(default)]
    pub topics: Vec<String>,
    #[serde(default)]
    pub author: Option<PersonId>,
    #[serde(default)]
    pub reviewer: Option<PersonId>,
    #[serde(default)]
    pub reviewed_on: Option<Date>,
}

/// A therapy as it was at one moment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[allow(missing_docs, reason = "described where the API takes them")]
pub struct TherapyContent {
    #[serde(default = "version")]
    pub v: u8,
    pub title: String,
    #[serde(default)]
    pub abbreviation: String,
    #[serde(default)]
    pub summary: String,
    #[serde(default)]
    pub seo: Seo,
    #[serde(default)]
    pub blocks: Vec<Block>,
    #[serde(default)]
    pub approach: String,
    #[serde(default)]
    pub conditions: Vec<String>,
    #[serde(default)]
    pub levels_of_care: Vec<LevelOfCare>,
    #[serde(default)]
    pub regions: Vec<RegionId>,
    #[serde(default)]
    pub sources: Vec<SourceId>,
}

/// How closely somebody is looked after.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, Enum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum LevelOfCare {
    /// Medically monitored withdrawal.
    Detox,
    /// Living at the centre.
    Residential,
    /// Most of the day, nights at home.
    PartialHospitalization,
    /// Several hours on several days a week.
    IntensiveOutpatient,
    /// An hour or two a week.
    Outpatient,
    /// Support after treatment.
    Aftercare,
}

fn validate_shared(content: &impl Content, problems: &mut Problems) {
    if content.title().trim().is_empty() {
        problems.add("title", ProblemCode::Required, "Give it a title.");
    }
    problems.optional_text("title", content.title(), 160);
    problems.optional_text("summary", content.summary(), 600);
    content.seo().validate(problems);
    block::validate_all(content.blocks(), problems);
}

fn validate_texts(field: &str, texts: &[String], most: usize, problems: &mut Problems) {
    problems.at_most(field, texts.len(), most);
    problems.within(field, |problems| {
        for (place, text) in texts.iter().enumerate() {
            problems.text(&place.to_string(), text, 120);
        }
    });
}

impl Content for PageContent {
    fn title(&self) -> &str {
        &self.title
    }

    fn summary(&self) -> &str {
        &self.summary
    }

    fn seo(&self) -> &Seo {
        &self.seo
    }

    fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    fn more_words(&self) -> Vec<&str> {
        self.topics.iter().map(String::as_str).collect()
    }

    fn validate(&self, problems: &mut Problems) {
        validate_shared(self, problems);
        if self.blocks.is_empty() {
            problems.warn("blocks", "There is nothing to read below the title yet. Add a block.");
        }
        validate_texts("topics", &self.topics, 20, problems);
        if self.reviewed_on.is_some() && self.reviewer.is_none() {
            problems.missing("reviewer", "Say who reviewed it, or leave the review date empty.");
        }
    }

    fn references(&self) -> Vec<Reference> {
        let mut found = Vec::new();
        self.blocks.iter().for_each(|block| block.references(&mut found));
        found.extend(self.seo.image.map(Reference::Media));
        found.extend(self.author.into_iter().chain(self.reviewer).map(Reference::Person));
        found
    }
}

impl Content for TherapyContent {
    fn title(&self) -> &str {
        &self.title
    }

    fn summary(&self) -> &str {
        &self.summary
    }

    fn seo(&self) -> &Seo {
        &self.seo
    }

    fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    fn more_words(&self) -> Vec<&str> {
        let conditions = self.conditions.iter().map(String::as_str);
        [self.abbreviation.as_str(), &self.approach].into_iter().chain(conditions).collect()
    }

    fn validate(&self, problems: &mut Problems) {
        validate_shared(self, problems);
        problems.optional_text("abbreviation", &self.abbreviation, 12);
        problems.optional_text("approach", &self.approach, 600);
        if self.summary.trim().is_empty() {
            problems.missing("summary", "Write a summary; it is shown wherever the therapy is listed.");
        }
        validate_texts("conditions", &self.conditions, 30, problems);
        problems.at_most("levelsOfCare", self.levels_of_care.len(), 6);
        problems.at_most("regions", self.regions.len(), 60);
        problems.at_most("sources", self.sources.len(), 40);
    }

    fn references(&self) -> Vec<Reference> {
        let mut found = Vec::new();
        self.blocks.iter().for_each(|block| block.references(&mut found));
        found.extend(self.seo.image.map(Reference::Media));
        found.extend(self.regions.iter().copied().map(Reference::Region));
        found.extend(self.sources.iter().copied().map(Reference::Source));
        found
    }
}
