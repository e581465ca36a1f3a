//! What stands between a draft and publishing it: what its blocks themselves refuse, and a file per rule of good
//! writing. A new rule is one file and its line in [`RULES`].

mod alt_text;
mod duplicate_heading;
mod emergency_notice;
mod empty_block;
mod heading_order;
mod link_text;
mod long_sentence;
mod missing_form;
mod missing_target;
mod own_address;
mod raw_phone;
mod reading_level;
mod search_result;
mod tally;
mod unsourced_number;
mod waiver;

use std::collections::HashSet;

use async_graphql::{Enum, SimpleObject};
use data_encoding::BASE32_NOPAD;
use entity::{
    block::Block,
    contact_point,
    content::{Content, PageContent, TherapyContent},
    entry::{self, EntryKind},
    id::ContactPointId,
    passage::{Passage, passages},
    problem::{Problem, ProblemCode, Problems, Stage},
    reference::{Reference, Targets},
    search_document,
    seo::Seo,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Expr, ExprTrait, Func, SimpleExpr},
};
use serde_json::Value;
use sha2::{Digest, Sha256};

pub use self::{
    tally::{look_through, run_looking, tally_again},
    waiver::{Waiver, unwaive, waive},
};
use super::{Audience, find_revision, find_targets, parse_content, search::description_key};
use crate::error::{Error, Result};

/// What is looked at, in the order in which it is shown.
const RULES: &[Rule] = &[
    emergency_notice::RULE,
    missing_target::RULE,
    missing_form::RULE,
    own_address::RULE,
    alt_text::RULE,
    raw_phone::RULE,
    unsourced_number::RULE,
    heading_order::RULE,
    duplicate_heading::RULE,
    empty_block::RULE,
    link_text::RULE,
    search_result::RULE,
    reading_level::RULE,
    long_sentence::RULE,
];

/// The code of what a block or a field itself refuses or warns of.
const CONTENT: &str = "content";
/// Findings of one rule, at the most: a page that has fifty needs no fifty-first sentence.
const MOST_OF_A_RULE: usize = 50;

/// How much a check weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum CheckSeverity {
    /// It cannot be published like this.
    Blocks,
    /// Worth a look before publishing.
    Warns,
}

/// Something to look at before publishing.
#[derive(Clone, Debug, SimpleObject)]
pub struct Check {
    /// Names the finding as long as what it is about stays as it is; for `waiveCheck`.
    pub fingerprint: String,
    /// Which rule found it: `rawPhone`, `headingOrder`; `content` for what a block itself requires. The list grows.
    pub code: &'static str,
    /// How much it weighs.
    pub severity: CheckSeverity,
    /// A sentence that says what to do.
    pub message: String,
    /// Where in the content: `["blocks", "4", "statistic", "source"]`.
    pub path: Vec<String>,
    /// The block it is about, where it is about one.
    pub block_key: Option<String>,
    /// A way to mend it at once, where there is one.
    pub fix: Option<CheckFix>,
    /// Why somebody decided that it may stay; null while nobody did. Only a warning can be waived.
    pub waiver: Option<Waiver>,
}

/// A change of the draft that mends a finding; the editor makes it, so that it can be undone.
#[derive(Clone, Debug, SimpleObject)]
pub struct CheckFix {
    /// What a button says: "Use the telephone “Admissions”".
    pub label: String,
    /// Where in the content; a block as a whole is `["blocks", "4"]`.
    pub path: Vec<String>,
    /// What stands there afterwards; null to remove a block.
    pub value: Option<async_graphql::Json<Value>>,
}

/// A draft, and what is known around it.
struct Draft<'a> {
    title: &'a str,
    summary: &'a str,
    seo: &'a Seo,
    blocks: &'a [Block],
    passages: Vec<Passage>,
    /// The places of the blocks that say themselves what they lack.
    refused: HashSet<usize>,
    around: &'a Around,
}

impl Draft<'_> {
    /// What a block points at, and what the library's blocks and answers in it point at.
    fn shown_by(&self, block: &Block) -> Vec<Reference> {
        let mut references = Vec::new();
        block.references(&mut references);
        self.around.targets.shown(references)
    }
}

/// What the rules need to know of the rest of the site.
struct Around {
    /// What the public can see of what the draft points at.
    targets: Targets,
    /// The telephone numbers that content can point at: id, label, number.
    phones: Vec<(ContactPointId, String, String)>,
    /// The paths of other entries with the same title.
    same_title: Vec<String>,
    /// The paths of other entries with the same description in search results.
    same_description: Vec<String>,
    /// Which URLs in the draft are pages of our own.
    own_links: own_address::OwnLinks,
    /// Which of the forms that the draft places there are.
    forms: HashSet<String>,
}

/// One thing that is looked for.
struct Rule {
    code: &'static str,
    look: fn(&Draft<'_>) -> Vec<Finding>,
}

/// What a rule found.
struct Finding {
    path: Vec<String>,
    block: Option<String>,
    /// The words it is about: another text, another finding.
    subject: String,
    message: String,
    fix: Option<CheckFix>,
    /// Whether it keeps the draft from being public; else it is only worth a look.
    blocks: bool,
}

impl Finding {
    /// About words of the document.
    fn at(passage: &Passage, subject: &str, message: String) -> Self {
        let block = Some(passage.block.clone());
        Self { path: passage.path.clone(), block, subject: subject.to_owned(), message, fix: None, blocks: false }
    }

    /// About a block as a whole.
    fn block(place: usize, block: &Block, message: String) -> Self {
        let path = vec!["blocks".to_owned(), place.to_string()];
        Self { path, block: Some(block.anchor().to_owned()), subject: String::new(), message, fix: None, blocks: false }
    }

    /// About a field beside the blocks.
    fn field(path: &[&str], subject: &str, message: String) -> Self {
        let path = path.iter().map(|part| (*part).to_owned()).collect();
        Self { path, block: None, subject: subject.to_owned(), message, fix: None, blocks: false }
    }

    fn with_fix(self, fix: Option<CheckFix>) -> Self {
        Self { fix, ..self }
    }

    fn that_blocks(self) -> Self {
        Self { blocks: true, ..self }
    }
}

/// Looks at the latest draft of `entry` as if it were about to be public.
pub async fn draft_checks(db: &impl ConnectionTrait, entry: &entry::Model) -> Result<Vec<Check>> {
    let draft = match entry.latest_revision_id {
        Some(id) => find_revision(db, id).await?,
        None => None,
    };
    let draft = draft.ok_or_else(|| Error::internal(format!("{} has no draft", entry.id)))?;
    match entry.kind {
        EntryKind::Page => checks(db, entry, &parse_content::<PageContent>(&draft)?).await,
        EntryKind::Therapy => checks(db, entry, &parse_content::<TherapyContent>(&draft)?).await,
    }
}

/// Looks at a draft of `entry` as if it were about to be public.
pub async fn checks(db: &impl ConnectionTrait, entry: &entry::Model, content: &impl Content) -> Result<Vec<Check>> {
    let around = look_around(db, entry, content).await?;
    let mut found = findings(content, &around);
    waiver::add_to(db, entry.id, &mut found).await?;
    Ok(found)
}

/// Refuses what a rule keeps from being public, with problems below `content`; what the content itself refuses is said
/// by its own validation.
pub async fn refuse_blocked(db: &impl ConnectionTrait, entry: &entry::Model, content: &impl Content) -> Result<()> {
    let blocking = findings(content, &look_around(db, entry, content).await?)
        .into_iter()
        .filter(|check| check.severity == CheckSeverity::Blocks && check.code != CONTENT);
    let problem = |check: Check| Problem { code: ProblemCode::Required, path: check.path, message: check.message };
    let problems: Vec<_> = blocking.map(problem).collect();
    if problems.is_empty() { Ok(()) } else { Err(Error::Problems(problems).under(&["content"])) }
}

async fn look_around(db: &impl ConnectionTrait, entry: &entry::Model, content: &impl Content) -> Result<Around> {
    let targets = find_targets(db, &content.references(), Audience::Public).await?;
    let phones = contact_point::Entity::find().all(db).await?;
    let same = Expr::expr(Func::lower(Expr::col(entry::Column::Title))).eq(content.title().trim().to_lowercase());
    let same_title = paths_of_others(db, entry, same).await?;
    let key = description_key(content);
    let same_description = if key.is_empty() {
        Vec::new()
    } else {
        let with_it = search_document::Entity::find()
            .select_only()
            .column(search_document::Column::EntryId)
            .filter(search_document::Column::DescriptionKey.eq(key));
        paths_of_others(db, entry, entry::Column::Id.in_subquery(with_it.into_query())).await?
    };
    let own_links = own_address::own_links(db, content.blocks()).await?;
    let forms = missing_form::known(db, content.blocks()).await?;
    let phones = phones.into_iter().map(|row| (row.id, row.label, row.number)).collect();
    Ok(Around { targets, phones, same_title, same_description, own_links, forms })
}

/// The paths of the first entries beside `entry` of which something holds.
async fn paths_of_others(db: &impl ConnectionTrait, entry: &entry::Model, which: SimpleExpr) -> Result<Vec<String>> {
    let others = entry::Entity::find()
        .select_only()
        .column(entry::Column::Path)
        .filter(which)
        .filter(entry::Column::Id.ne(entry.id))
        .filter(entry::Column::TrashedAt.is_null())
        .order_by_asc(entry::Column::Path)
        .limit(3);
    Ok(others.into_tuple().all(db).await?)
}

fn findings(content: &impl Content, around: &Around) -> Vec<Check> {
    let mut problems = Problems::new(Stage::Publish);
    content.validate(&mut problems);
    let (blocking, warnings) = problems.into_parts();
    let draft = Draft {
        title: content.title(),
        summary: content.summary(),
        seo: content.seo(),
        blocks: content.blocks(),
        passages: passages(content.blocks()),
        refused: blocking.iter().filter_map(|problem| block_place(&problem.path)).collect(),
        around,
    };
    let ruled = RULES.iter().flat_map(|rule| {
        let found = (rule.look)(&draft).into_iter().take(MOST_OF_A_RULE);
        found.map(|finding| check(rule.code, finding))
    });
    let own = |blocks: bool| {
        move |problem: Problem| Finding {
            block: block_at(content, &problem.path).map(|(_, block)| block.anchor().to_owned()),
            fix: block_at(content, &problem.path)
                .filter(|(_, block)| empty_block::is_empty(block))
                .map(|(place, _)| empty_block::removal(place)),
            path: problem.path,
            subject: problem.message.clone(),
            message: problem.message,
            blocks,
        }
    };
    let blocking = blocking.into_iter().map(own(true)).map(|finding| check(CONTENT, finding));
    let warnings = warnings.into_iter().map(own(false)).map(|finding| check(CONTENT, finding));
    blocking.chain(ruled).chain(warnings).collect()
}

fn check(code: &'static str, finding: Finding) -> Check {
    let Finding { path, block, subject, message, fix, blocks } = finding;
    let severity = if blocks { CheckSeverity::Blocks } else { CheckSeverity::Warns };
    let mut hash = Sha256::new();
    for part in [code, block.as_deref().unwrap_or_default(), &subject] {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    // A block may move without the finding becoming another; a field beside the blocks is where it is.
    if block.is_none() {
        hash.update(path.join("/"));
    }
    let mut fingerprint = BASE32_NOPAD.encode(&hash.finalize()).to_lowercase();
    fingerprint.truncate(26);
    Check { fingerprint, code, severity, message, path, block_key: block, fix, waiver: None }
}

fn block_place(path: &[String]) -> Option<usize> {
    match path {
        [first, place, ..] if first == "blocks" => place.parse().ok(),
        _ => None,
    }
}

fn block_at<'a>(content: &'a impl Content, path: &[String]) -> Option<(usize, &'a Block)> {
    let place = block_place(path)?;
    Some((place, content.blocks().get(place)?))
}

/// The first words of a text, to say which one is meant.
fn beginning(text: &str) -> String {
    const MOST: usize = 60;
    let text = text.trim();
    match text.char_indices().nth(MOST) {
        None => text.to_owned(),
        Some((end, _)) => {
            let cut = text.get(..end).unwrap_or(text);
            format!("{}…", cut.rsplit_once(' ').map_or(cut, |(whole, _)| whole))
        }
    }
}
