//! Documents by their hash: registered ones, and those that a client taught this process.
//!
//! After the persisted documents appendix of the GraphQL over HTTP draft (`documentId`) and Apollo's automatic persisted
//! queries (`extensions.persistedQuery`).

use std::{fmt, str::FromStr, sync::Arc};

use data_encoding::HEXLOWER_PERMISSIVE;
use moka::sync::Cache;
use sha2::{Digest as _, Sha256};

/// A document's name: the SHA-256 of its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Digest(pub [u8; 32]);

impl Digest {
    /// Of a text.
    pub fn of(text: &str) -> Self {
        Self(Sha256::digest(text).into())
    }
}

/// Why a text is no digest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoDigest;

/// With or without the name of the algorithm before it: `sha256:` and 64 hexadecimal digits.
impl FromStr for Digest {
    type Err = NoDigest;

    fn from_str(text: &str) -> Result<Self, NoDigest> {
        let hex = text.strip_prefix("sha256:").unwrap_or(text);
        let bytes = HEXLOWER_PERMISSIVE.decode(hex.as_bytes()).map_err(|_| NoDigest)?;
        Ok(Self(bytes.try_into().map_err(|_| NoDigest)?))
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "sha256:{}", HEXLOWER_PERMISSIVE.encode(&self.0))
    }
}

/// Which documents are answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Accepts {
    /// Any; a client may also teach this process documents of its own. For development.
    #[default]
    Open,
    /// Any; those that are not registered are named in the log, so that they can be before [`Only`](Self::Only).
    Prefer,
    /// Registered ones.
    Only,
}

/// Documents that clients taught this process (automatic persisted queries), bounded by their bytes.
#[derive(Debug)]
pub(super) struct Taught(Cache<Digest, Arc<str>>);

impl Taught {
    /// Keeps at most so many bytes of text.
    pub fn new(bytes: u64) -> Self {
        let weight = |_: &Digest, text: &Arc<str>| u32::try_from(text.len() + 64).unwrap_or(u32::MAX);
        Self(Cache::builder().weigher(weight).max_capacity(bytes).build())
    }

    /// The text, if somebody taught it.
    pub fn get(&self, digest: &Digest) -> Option<Arc<str>> {
        self.0.get(digest)
    }

    /// Keeps a text under its hash.
    pub fn learn(&self, digest: Digest, text: &str) {
        self.0.insert(digest, text.into());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_reads_back_with_and_without_its_algorithm() {
        let digest = Digest::of("{ site { name } }");
        let text = digest.to_string();
        assert_eq!(text.parse(), Ok(digest));
        assert_eq!(text.trim_start_matches("sha256:").to_uppercase().parse(), Ok(digest));
        for wrong in ["", "sha256:", "sha1:00", "zz", &text[..70]] {
            assert_eq!(wrong.parse::<Digest>(), Err(NoDigest), "{wrong}");
        }
    }
}
