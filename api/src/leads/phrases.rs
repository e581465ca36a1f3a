//! What the centre looks for in what visitors write: words of danger, and words of whoever sells something.
//!
//! Each list is the one Hillside comes with and what the centre added to it. The first cannot be lost by a slip in the second,
//! and gets better with each release.

mod list;

use std::sync::{Arc, LazyLock};

use async_graphql::Enum;
use chrono::{DateTime, Utc};
use entity::problem::ProblemCode;
use sea_orm::ConnectionTrait;

pub use self::list::List;
use super::{crisis::Phrases, spam::Sales};
use crate::{
    db::Db,
    error::{Error, Result},
    generation::{self, Once, Touched, bump_generation},
    identity::{
        Actor, Audit, Permission,
        audit::{Event, Stream, Verb},
    },
};

/// Characters that a centre adds to a list, at the most.
const MOST: usize = 50_000;
/// Bad lines that are told of at once.
const MOST_TOLD: usize = 20;

/// What is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(name = "LeadPhraseKind")]
pub enum Kind {
    /// Words of somebody who may be in danger now. A find adds help and makes a lead urgent; it refuses nothing.
    Danger,
    /// What is written to sell something. A find makes a lead look like spam; it is kept and shown to staff.
    Sales,
}

/// A line that is not a phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadLine {
    /// Counted from one.
    pub line: usize,
    /// A sentence for whoever edits the phrases.
    pub reason: &'static str,
}

/// What is looked for now.
#[derive(Clone, Debug)]
pub struct Lists {
    /// Words of danger.
    pub danger: Arc<Phrases>,
    /// Words of whoever sells.
    pub sales: Arc<Sales>,
}

impl Lists {
    /// What Hillside comes with.
    pub fn standard() -> Self {
        static STANDARD: LazyLock<Lists> =
            LazyLock::new(|| Lists { danger: Arc::new(Phrases::with("").0), sales: Arc::new(Sales::with("").0) });
        STANDARD.clone()
    }

    async fn read(db: &impl ConnectionTrait) -> Result<Self> {
        let (danger, sales) = (List::find(db, Kind::Danger).await?, List::find(db, Kind::Sales).await?);
        let mut lists = Self::standard();
        if !danger.own.is_empty() {
            lists.danger = Arc::new(Phrases::with(&danger.own).0);
        }
        if !sales.own.is_empty() {
            lists.sales = Arc::new(Sales::with(&sales.own).0);
        }
        Ok(lists)
    }
}

/// The lists, read once a generation. Cheap to clone.
#[derive(Clone, Debug)]
pub struct PhraseBook {
    db: Db,
    known: Once<Lists>,
}

impl PhraseBook {
    /// Of the database behind `db`.
    pub fn new(db: Db, generation: generation::Known) -> Self {
        Self { db, known: Once::new(generation) }
    }

    /// What is looked for now. Nobody is refused because it could not be read: then it is what Hillside comes with.
    pub async fn get(&self) -> Lists {
        self.known.get(Lists::read(self.db.reader())).await.unwrap_or_else(|error| {
            tracing::warn!(error = ?error, "the phrases of this centre could not be read");
            Lists::standard()
        })
    }
}

/// Both lists.
pub async fn list(db: &impl ConnectionTrait, actor: Actor) -> Result<Vec<List>> {
    actor.require(Permission::ManageSettings)?;
    Ok(vec![List::find(db, Kind::Danger).await?, List::find(db, Kind::Sales).await?])
}

/// Writes anew what the centre adds to a list. It counts for whoever writes from now on, on every server within a second.
///
/// Fails with a problem at `own` for each line that is no phrase, and with `CONFLICT` at `version`.
pub async fn save(
    db: &impl ConnectionTrait,
    actor: Actor,
    audit: &Audit,
    wanted: List,
    now: DateTime<Utc>,
) -> Result<List> {
    actor.require(Permission::ManageSettings)?;
    let own = readable(&wanted.own)?;
    refuse_bad_lines(wanted.kind, &own)?;
    // Whoever saves at the same time waits here, and then reads what was saved.
    bump_generation(db, &Touched::kind("phrases"), now).await?;
    let is = List::find(db, wanted.kind).await?;
    if is.version != wanted.version {
        let message = "Somebody changed this list meanwhile. Read it again, then save.";
        return Err(Error::problem(ProblemCode::Conflict, ["version"], message));
    }
    let saved = List { own, version: is.version.saturating_add(1), ..is };
    saved.store(db, now).await?;
    audit.record(db, actor, Event::done(Stream::Leads, Verb::LeadPhrasesSaved, saved.key()), now).await?;
    Ok(saved)
}

/// What would be found in a text.
#[derive(Clone, Debug)]
pub struct Tried {
    /// With these lists.
    pub lists: Lists,
    /// Lines that are none.
    pub bad: Vec<BadLine>,
}

/// The lists as they would be if `own` were added to that of `kind`; nothing is stored.
///
/// Fails with a problem at `own` when it is too long.
pub async fn try_out(db: &impl ConnectionTrait, actor: Actor, kind: Kind, own: &str) -> Result<Tried> {
    actor.require(Permission::ManageSettings)?;
    let own = readable(own)?;
    let lists = Lists::read(db).await?;
    let bad = bad_lines(kind, &own);
    let lists = match kind {
        Kind::Danger => Lists { danger: Arc::new(Phrases::with(&own).0), ..lists },
        Kind::Sales => Lists { sales: Arc::new(Sales::with(&own).0), ..lists },
    };
    Ok(Tried { lists, bad })
}

fn bad_lines(kind: Kind, own: &str) -> Vec<BadLine> {
    match kind {
        Kind::Danger => Phrases::with(own).1,
        Kind::Sales => Sales::with(own).1,
    }
}

fn refuse_bad_lines(kind: Kind, own: &str) -> Result<()> {
    let bad = bad_lines(kind, own);
    if bad.is_empty() {
        return Ok(());
    }
    let said = bad.iter().take(MOST_TOLD).map(|BadLine { line, reason }| format!("Line {line}: {reason}"));
    Err(Error::problem(ProblemCode::Invalid, ["own"], said.collect::<Vec<_>>().join("\n")))
}

/// As it is stored.
fn readable(own: &str) -> Result<String> {
    let own = own.replace("\r\n", "\n").replace('\0', "");
    if own.chars().count() > MOST {
        let message = "Keep what you add to 50,000 characters.";
        return Err(Error::problem(ProblemCode::TooLarge, ["own"], message));
    }
    Ok(own.trim_end().to_owned())
}
