//! Whole answers to queries, kept under what was asked and the generation of the content they show.
//!
//! An answer is kept only when nothing went wrong and its resolvers set no header; a mutation's never. The generation is
//! read before the query runs, so what is kept may be newer than it says and never older. Of many who ask the same at
//! once, one runs it and the others wait for that.

use std::{
    future::Future,
    io::Write,
    sync::{Arc, Mutex, OnceLock, PoisonError},
};

use async_graphql::Response as Executed;
use bytes::Bytes;
use foldhash::fast::RandomState;
use moka::future::Cache;
use poem::http::{HeaderMap, HeaderValue, header};
use sha2::{Digest as _, Sha256};

use super::{
    registered::Digest,
    request::{Media, Params},
};
use crate::{
    answer::{accepts, is_known},
    tags::Tags,
};

/// What an answer is kept under. Everything that it depends on is in it, and nothing of who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Key {
    pub generation: u64,
    pub media: Media,
    pub question: Question,
}

/// What tells one question from another: a hash of its document, operation and variables.
pub(super) type Question = [u8; 32];

/// A request as it came, byte by byte; two of them may ask the same.
#[derive(Clone, Copy, Debug)]
pub(super) enum Sent<'a> {
    /// The query string of an address.
    Address(&'a str),
    /// A body.
    Body(&'a [u8]),
}

/// What requests asked, by their bytes.
type Asked = moka::sync::Cache<Arc<[u8]>, Question, RandomState>;

/// Bytes of requests that are known by what they asked, each way.
const SENT_BYTES: u64 = 8 << 20;

/// What an entry takes beside its body.
const OVERHEAD: usize = 512;
/// Bytes from which a body is worth encoding.
const LEAST_ENCODED: usize = 1_024;

/// Answers, bounded by their bytes; those that nobody asks for give way.
#[derive(Debug)]
pub(super) struct Answers {
    kept: Cache<Key, Kept>,
    /// What was asked by requests that were answered, so that the same again need not be read.
    addresses: Asked,
    bodies: Asked,
}

/// An answer as it is sent.
#[derive(Clone, Debug)]
pub(super) struct Kept(Arc<Whole>);

#[derive(Debug)]
struct Whole {
    plain: Encoded,
    gzip: OnceLock<Option<Encoded>>,
    brotli: OnceLock<Option<Encoded>>,
    /// What it shows, for caches elsewhere: by spaces, and by commas.
    tags: [HeaderValue; 2],
}

/// The bytes of an answer in one encoding.
#[derive(Clone, Debug)]
pub(super) struct Encoded {
    pub body: Bytes,
    /// Strong (RFC 9110, section 8.8.3): of these very bytes.
    pub etag: HeaderValue,
    /// As `Content-Encoding` has it.
    pub encoding: Option<&'static str>,
}

impl Answers {
    /// Keeps at most so many bytes.
    pub fn new(bytes: u64) -> Self {
        let weight = |_: &Key, kept: &Kept| u32::try_from(kept.bytes()).unwrap_or(u32::MAX);
        let kept = Cache::builder().weigher(weight).max_capacity(bytes).build();
        let asked = || {
            let weight = |sent: &Arc<[u8]>, _: &Question| u32::try_from(sent.len() + OVERHEAD).unwrap_or(u32::MAX);
            moka::sync::Cache::builder()
                .weigher(weight)
                .max_capacity(SENT_BYTES)
                .build_with_hasher(RandomState::default())
        };
        Self { kept, addresses: asked(), bodies: asked() }
    }

    /// What a request asks, if the same was answered before.
    pub fn asked(&self, sent: Sent<'_>) -> Option<Question> {
        match sent {
            Sent::Address(text) => self.addresses.get(text.as_bytes()),
            Sent::Body(bytes) => self.bodies.get(bytes),
        }
    }

    /// Notes what a request asks that was answered.
    pub fn note(&self, sent: Sent<'_>, question: Question) {
        match sent {
            Sent::Address(text) => self.addresses.insert(text.as_bytes().into(), question),
            Sent::Body(bytes) => self.bodies.insert(bytes.into(), question),
        }
    }

    /// The answer, if it is kept.
    pub async fn get(&self, key: &Key) -> Option<Kept> {
        self.kept.get(key).await
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
        self.kept.try_get_with(key, run).await.map_err(|not: Arc<NotKept<T>>| {
            let own = not.0 == asker;
            own.then(|| not.1.lock().unwrap_or_else(PoisonError::into_inner).take()).flatten()
        })
    }
}

/// What is asked.
pub(super) fn question(document: &Digest, params: &Params) -> Option<Question> {
    let variables = serde_json::to_vec(&params.variables).ok()?;
    let mut hash = Sha256::new();
    // With their lengths, so that no two lists of parts are one text.
    let operation = params.operation_name.as_deref().unwrap_or_default();
    for part in [document.0.as_slice(), operation.as_bytes(), &variables] {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    Some(hash.finalize().into())
}

impl Kept {
    /// The answer as it is kept, where it may be; `tags` are what it shows.
    pub fn of(executed: &Executed, tags: &Tags) -> Option<Self> {
        if !executed.errors.is_empty() || !executed.http_headers.is_empty() {
            return None;
        }
        let body = serde_json::to_vec(executed).ok()?;
        let digest: [u8; 32] = Sha256::digest(&body).into();
        let name: String = digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
        let etag = HeaderValue::from_str(&format!("\"{name}\"")).ok()?;
        let tags = [" ", ","].map(|separator| HeaderValue::from_str(&tags.joined(separator)));
        let [Ok(spaced), Ok(listed)] = tags else { return None };
        let plain = Encoded { body: body.into(), etag, encoding: None };
        let (gzip, brotli) = (OnceLock::new(), OnceLock::new());
        Some(Self(Arc::new(Whole { plain, gzip, brotli, tags: [spaced, listed] })))
    }

    /// In the encoding that the client likes best of those that are worth it; made once, when it is first asked for.
    pub fn for_client(&self, headers: &HeaderMap) -> &Encoded {
        let Whole { plain, gzip, brotli, .. } = &*self.0;
        let accepted = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
        if accepted.is_empty() || plain.body.len() < LEAST_ENCODED {
            return plain;
        }
        let encoded = if accepts(accepted, "br") {
            brotli.get_or_init(|| plain.encoded("br", into_brotli))
        } else if accepts(accepted, "gzip") {
            gzip.get_or_init(|| plain.encoded("gzip", into_gzip))
        } else {
            &None
        };
        encoded.as_ref().unwrap_or(plain)
    }

    /// What it shows, as `Surrogate-Key` has it, and as `Cache-Tag` has it.
    pub fn tags(&self) -> &[HeaderValue; 2] {
        &self.0.tags
    }

    /// What it may take of memory once it was asked for in every encoding.
    fn bytes(&self) -> usize {
        let Whole { plain, tags, .. } = &*self.0;
        let encoded = if plain.body.len() < LEAST_ENCODED { 0 } else { plain.body.len() / 2 };
        plain.body.len() + encoded + tags.iter().map(HeaderValue::len).sum::<usize>() + OVERHEAD
    }

    /// Whether the client has it already.
    pub fn is_known_to(&self, headers: &HeaderMap) -> bool {
        is_known(headers, &self.0.plain.etag)
    }
}

impl Encoded {
    fn encoded(&self, encoding: &'static str, into: fn(&[u8]) -> std::io::Result<Vec<u8>>) -> Option<Self> {
        let body = into(&self.body).ok()?;
        let name = self.etag.to_str().ok()?.trim_matches('"');
        let etag = HeaderValue::from_str(&format!("\"{name}-{encoding}\"")).ok()?;
        Some(Self { body: body.into(), etag, encoding: Some(encoding) })
    }
}

fn into_gzip(body: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(body)?;
    encoder.finish()
}

/// At a level that takes a few milliseconds for a page.
fn into_brotli(body: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder = brotli::CompressorWriter::new(Vec::new(), 4_096, 5, 20);
    encoder.write_all(body)?;
    Ok(encoder.into_inner())
}
