//! From where a lead came: the page that was read, and which revision of it.

use entity::{
    entry::EntryKind,
    id::{PageId, RevisionId},
};
use moka::future::Cache;

use crate::{db::Db, error::Result, generation, publishing};

const MOST_PATH: usize = 300;
/// Pages that are known at a time.
const MOST_KNOWN: u64 = 1_000;

/// The page that was read.
#[derive(Clone, Debug, Default)]
pub struct Attribution {
    /// Which page.
    pub page: Option<PageId>,
    /// Which revision of it the public read.
    pub revision: Option<RevisionId>,
    /// Its title.
    pub title: Option<String>,
}

/// What the public reads where, looked up once a generation. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Sources {
    db: Db,
    generation: generation::Known,
    known: Cache<(u64, String), Attribution>,
}

impl Sources {
    /// Of the database behind `db`.
    pub fn new(db: Db, generation: generation::Known) -> Self {
        Self { db, generation, known: Cache::new(MOST_KNOWN) }
    }

    /// What the public reads at `path` now; nothing when nobody outside reads anything there.
    pub async fn find(&self, path: &str) -> Result<Attribution> {
        let Some(path) = clean_path(path) else { return Ok(Attribution::default()) };
        let Some(generation) = self.generation.get().await else { return self.read(&path).await };
        if let Some(known) = self.known.get(&(generation, path.clone())).await {
            return Ok(known);
        }
        let found = self.read(&path).await?;
        self.known.insert((generation, path), found.clone()).await;
        Ok(found)
    }

    async fn read(&self, path: &str) -> Result<Attribution> {
        let Some(live) = publishing::find_live_at(self.db.reader(), path).await? else {
            return Ok(Attribution::default());
        };
        let page = (live.kind == EntryKind::Page).then_some(PageId(live.id.0));
        Ok(Attribution { page, revision: Some(live.revision), title: live.title })
    }
}

/// The path of a page as it is stored: without query, fragment and trailing slash.
pub fn clean_path(path: &str) -> Option<String> {
    let path = path.trim();
    let path = path.split(['?', '#']).next().unwrap_or(path);
    let fits = path.starts_with('/') && path.chars().count() <= MOST_PATH;
    if !fits || path.chars().any(|character| character.is_control() || character.is_whitespace()) {
        return None;
    }
    let trimmed = path.trim_end_matches('/');
    Some(if trimmed.is_empty() { "/".to_owned() } else { trimmed.to_owned() })
}
