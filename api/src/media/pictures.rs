//! Keeping pictures and making their renditions, a few at a time: both take a processor for a while, and memory.

use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Mutex, PoisonError},
};

use chrono::{DateTime, Utc};
use entity::rendition::Rendition;
use futures_util::{
    FutureExt,
    future::{BoxFuture, Shared},
};
use sha2::{Digest, Sha256};
use tokio::sync::Semaphore;

use super::{
    Store, reencode,
    reencode::{Reencoded, Unreadable},
    render,
};
use crate::{
    error::{Error, Result},
    identity::{Actor, Permission},
};

/// Renditions under way, at the most; whoever asks for another is told to come again.
const MOST_UNDER_WAY: usize = 200;

/// A picture whose bytes are kept, before it has a row.
pub struct Kept {
    /// Of the stored bytes.
    pub sha256: [u8; 32],
    /// Of the file as it came.
    pub original_sha256: [u8; 32],
    /// How many bytes are stored.
    pub byte_size: usize,
    /// The picture itself, its bytes left out.
    pub mime_type: &'static str,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// A few colours to show until it is there.
    pub blurhash: String,
}

/// What came of a rendition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Made {
    /// Here it is.
    Bytes(Arc<Vec<u8>>),
    /// The stored picture is lost or cannot be read.
    Lost,
    /// Too many others are being made.
    Busy,
}

/// Of which picture, and which of its renditions.
type Key = (Vec<u8>, String);

type Making = Shared<BoxFuture<'static, Made>>;

/// Keeps pictures and makes their renditions. Cheap to clone.
#[derive(Clone)]
pub struct Pictures {
    store: Store,
    /// One for each processor.
    turns: Arc<Semaphore>,
    under_way: Arc<Mutex<HashMap<Key, Making>>>,
}

impl Pictures {
    /// Pictures in `store`.
    pub fn new(store: Store) -> Self {
        let turns = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
        Self { store, turns: Arc::new(Semaphore::new(turns)), under_way: Arc::default() }
    }

    /// Makes a picture of a file and keeps its bytes.
    ///
    /// Fails with a problem at `file`, which says what to do.
    pub async fn keep(&self, actor: Actor, file: Vec<u8>) -> Result<Kept> {
        actor.require(Permission::WriteContent)?;
        let turn = self.turns.acquire().await.map_err(Error::internal)?;
        let made = tokio::task::spawn_blocking(move || {
            let original_sha256: [u8; 32] = Sha256::digest(&file).into();
            reencode::reencode(&file).map(|made| (original_sha256, made))
        });
        let made = made.await.map_err(Error::internal)?;
        drop(turn);
        let (original_sha256, Reencoded { bytes, mime_type, width, height, blurhash }) = made.map_err(problem)?;
        let byte_size = bytes.len();
        let sha256 = self.store.put(bytes).await.map_err(Error::internal)?;
        Ok(Kept { sha256, original_sha256, byte_size, mime_type, width, height, blurhash })
    }

    /// The stored bytes of that SHA-256.
    pub async fn stored(&self, sha256: &[u8]) -> Result<Option<Vec<u8>>> {
        self.store.get(sha256).await.map_err(Error::internal)
    }

    /// Removes the stored bytes of that SHA-256 and all that was made of them.
    pub async fn forget(&self, sha256: &[u8]) -> Result<()> {
        self.store.remove(sha256).await.map_err(Error::internal)
    }

    /// Every SHA-256 whose bytes are kept and that is not among `known`.
    pub async fn strangers(&self, known: &HashSet<Vec<u8>>) -> Result<Vec<Vec<u8>>> {
        self.store.strangers(known).await.map_err(Error::internal)
    }

    /// Says that no picture has the bytes of that SHA-256 any more.
    pub async fn mark_unused(&self, sha256: &[u8]) -> Result<()> {
        self.store.mark_unused(sha256).await.map_err(Error::internal)
    }

    /// Since when that is said.
    pub async fn unused_since(&self, sha256: &[u8]) -> Result<Option<DateTime<Utc>>> {
        self.store.unused_since(sha256).await.map_err(Error::internal)
    }

    /// A rendition that was made before.
    pub async fn made(&self, sha256: &[u8], rendition: Rendition) -> Result<Option<Vec<u8>>> {
        self.store.get_made(sha256, &rendition.to_string()).await.map_err(Error::internal)
    }

    /// Makes a rendition and keeps it. Whoever asks for the same meanwhile waits for the same, and it is finished also
    /// when nobody waits any more.
    pub async fn make(&self, sha256: &[u8], rendition: Rendition) -> Made {
        let key = (sha256.to_vec(), rendition.to_string());
        let making = {
            let mut under_way = self.under_way.lock().unwrap_or_else(PoisonError::into_inner);
            match under_way.get(&key) {
                Some(making) => making.clone(),
                None if under_way.len() >= MOST_UNDER_WAY => return Made::Busy,
                None => {
                    let making = self.clone().make_alone(key.clone(), rendition).boxed().shared();
                    under_way.insert(key, making.clone());
                    tokio::spawn(making.clone());
                    making
                }
            }
        };
        making.await
    }

    async fn make_alone(self, key: Key, rendition: Rendition) -> Made {
        let made = self.render(&key, rendition).await.unwrap_or_else(|cause| {
            tracing::error!(rendition = key.1, error = ?cause, "a rendition could not be made");
            Made::Lost
        });
        self.under_way.lock().unwrap_or_else(PoisonError::into_inner).remove(&key);
        made
    }

    async fn render(&self, (sha256, name): &Key, rendition: Rendition) -> Result<Made> {
        let Some(stored) = self.stored(sha256).await? else { return Ok(Made::Lost) };
        let turn = self.turns.acquire().await.map_err(Error::internal)?;
        let made = tokio::task::spawn_blocking(move || render::render(&stored, rendition)).await;
        drop(turn);
        let bytes = made.map_err(Error::internal)?.map_err(Error::internal)?;
        self.store.put_made(sha256, name, bytes.clone()).await.map_err(Error::internal)?;
        Ok(Made::Bytes(Arc::new(bytes)))
    }
}

fn problem(why: Unreadable) -> Error {
    Error::problem(why.code, ["file"], why.message)
}
