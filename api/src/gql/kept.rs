//! Whole answers to queries, kept under what was asked and the generation of the content they show.
//!
//! An answer is kept only when nothing went wrong and its resolvers set no header; a mutation's never. The generation is
//! read before the query runs, so what is kept may be newer than it says and never older. Of many who ask the same at
//! once, one runs it and the others wait for that.

use std::{
    future::Future,
    sync::{Arc, Mutex, PoisonError},
};

use async_graphql::Response as Executed;
use bytes::Bytes;
use moka::future::Cache;
use poem::http::{HeaderMap, HeaderValue, header};
use sha2::{Digest, Sha256};

use super::request::{Media, Params};

/// What an answer is kept under.
pub(super) type Key = [u8; 32];

/// What an entry takes beside its body.
const OVERHEAD: usize = 256;

/// Answers, bounded by their bytes; those that nobody asks for give way.
#[derive(Debug)]
pub(super) struct Answers(Cache<Key, Kept>);

/// The body of an answer, and its name.
#[derive(Clone, Debug)]
pub(super) struct Kept {
    pub body: Bytes,
    /// Strong (RFC 9110, section 8.8.3): of these very bytes.
    pub etag: HeaderValue,
}

impl Answers {
    /// Keeps at most so many bytes.
    pub fn new(bytes: u64) -> Self {
        let weight = |_: &Key, kept: &Kept| u32::try_from(kept.body.len() + OVERHEAD).unwrap_or(u32::MAX);
        Self(Cache::builder().weigher(weight).max_capacity(bytes).build())
    }

    /// The answer, if it is kept.
    pub async fn get(&self, key: &Key) -> Option<Kept> {
        self.0.get(key).await
    }

    /// The answer that is kept, or that `run` gives; what it gives instead is for `asker` alone, and nobody else who waited
    /// gets it: they hear `None` and run for themselves.
    pub async fn get_or_run<T: Send + 'static>(
        &self,
        key: Key,
        asker: &str,
        run: impl Future<Output = Result<Kept, T>>,
    ) -> Result<Kept, Option<T>> {
        struct NotKept<T>(String, Mutex<Option<T>>);
        let run = async { run.await.map_err(|other| NotKept(asker.to_owned(), Mutex::new(Some(other)))) };
        self.0.try_get_with(key, run).await.map_err(|not: Arc<NotKept<T>>| {
            let own = not.0 == asker;
            own.then(|| not.1.lock().unwrap_or_else(PoisonError::into_inner).take()).flatten()
        })
    }
}

/// What tells one question from another. Everything that an answer depends on is in it, and nothing of who asks.
pub(super) fn key(generation: u64, media: Media, params: &Params) -> Option<Key> {
    let variables = serde_json::to_vec(&params.variables).ok()?;
    let mut hash = Sha256::new();
    hash.update(generation.to_be_bytes());
    // With their lengths, so that no two lists of parts are one text.
    for part in [
        media.content_type().as_bytes(),
        params.query.as_bytes(),
        params.operation_name.as_deref().unwrap_or_default().as_bytes(),
        &variables,
    ] {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    Some(hash.finalize().into())
}

impl Kept {
    /// The answer as it is kept, where it may be.
    pub fn of(executed: &Executed) -> Option<Self> {
        if !executed.errors.is_empty() || !executed.http_headers.is_empty() {
            return None;
        }
        let body = serde_json::to_vec(executed).ok()?;
        let digest: [u8; 32] = Sha256::digest(&body).into();
        let name: String = digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
        let etag = HeaderValue::from_str(&format!("\"{name}\"")).ok()?;
        Some(Self { body: body.into(), etag })
    }

    /// Whether the client has it already (RFC 9110, section 13.1.2). An encoding of it is named by a suffix.
    pub fn is_known_to(&self, headers: &HeaderMap) -> bool {
        let Ok(own) = self.etag.to_str() else { return false };
        let own = own.trim_matches('"');
        headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok()).any(|tags| {
            tags.split(',').map(str::trim).any(|tag| {
                let tag = tag.trim_start_matches("W/").trim_matches('"');
                tag == "*" || tag.split('-').next() == Some(own)
            })
        })
    }
}
