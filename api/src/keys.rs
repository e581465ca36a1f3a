//! The secrets of this installation, in one file with mode 0600 that is made on the first start.
//!
//! Token keys sign access tokens; key-encryption keys wrap each lead's data key; the root secret is never used itself,
//! only through [`Keys::derive`]. Blind indexes and the audit chain hang on the root, not on a key-encryption key, so
//! rotating the latter moves nothing. Whoever has this file and the database can read every lead: keep a copy apart
//! from the backups, and never inside them.

use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
};

use data_encoding::BASE64;
use hkdf::Hkdf;
use hmac::{Hmac, Mac};
use rand::Rng;
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use zeroize::Zeroizing;

/// 256 bits that print as `***` and are wiped when dropped.
#[derive(Clone)]
pub struct Secret(Zeroizing<[u8; 32]>);

impl Secret {
    /// Fresh from the system's random source.
    pub fn random() -> Self {
        let mut bytes = Zeroizing::new([0; 32]);
        rand::rng().fill_bytes(bytes.as_mut());
        Self(bytes)
    }

    /// The bytes themselves.
    pub fn expose(&self) -> &[u8; 32] {
        &self.0
    }

    /// HMAC-SHA-256 over parts whose borders count: `["a", "bc"]` and `["ab", "c"]` differ.
    pub fn mac(&self, parts: &[&[u8]]) -> [u8; 32] {
        hmac_sha256(self.expose(), &length_prefixed(parts))
    }
}

/// HMAC-SHA-256 (RFC 2104) as others compute it: of the message as it is.
pub fn hmac_sha256(key: &[u8], message: &[u8]) -> [u8; 32] {
    // HMAC takes a key of any length, so this cannot fail.
    let Ok(mut mac) = <Hmac<Sha256> as hmac::KeyInit>::new_from_slice(key) else {
        unreachable!("HMAC-SHA-256 takes a key of any length");
    };
    mac.update(message);
    mac.finalize().into_bytes().into()
}

/// Parts with their lengths before them (8 bytes, big endian), so that no two lists of parts look the same.
pub fn length_prefixed(parts: &[&[u8]]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for part in parts {
        bytes.extend_from_slice(&(part.len() as u64).to_be_bytes());
        bytes.extend_from_slice(part);
    }
    bytes
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("***")
    }
}

impl From<[u8; 32]> for Secret {
    fn from(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }
}

impl Serialize for Secret {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&BASE64.encode(self.expose()))
    }
}

impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Zeroizing::new(String::deserialize(deserializer)?);
        let bytes = Zeroizing::new(BASE64.decode(text.as_bytes()).map_err(serde::de::Error::custom)?);
        <[u8; 32]>::try_from(bytes.as_slice())
            .map(Self::from)
            .map_err(|_| serde::de::Error::custom("a key has 32 bytes, in base64"))
    }
}

/// A key with a name, as a ring holds it. The first of a ring is the current one.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NamedKey {
    /// Named in what the key made: a token's `kid`, a lead's `kek_id`.
    pub id: String,
    /// The key.
    pub key: Secret,
}

impl NamedKey {
    /// When it was made, where its name says so: in milliseconds since 1970, as a hexadecimal number.
    pub fn made_at(&self) -> Option<chrono::DateTime<chrono::Utc>> {
        let (_, made_at) = self.id.rsplit_once('-')?;
        chrono::DateTime::from_timestamp_millis(i64::from_str_radix(made_at, 16).ok()?)
    }

    fn random(prefix: &str) -> Self {
        let made_at = chrono::Utc::now().timestamp_millis();
        Self { id: format!("{prefix}-{made_at:x}"), key: Secret::random() }
    }
}

/// Gives a file to whoever has the one at `path`: a server that runs as somebody else reads it still.
#[cfg(unix)]
fn like(path: &Path, file: &Path) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, chown};
    let (is, should) = (fs::metadata(file)?, fs::metadata(path)?);
    if (is.uid(), is.gid()) == (should.uid(), should.gid()) {
        return Ok(());
    }
    chown(file, Some(should.uid()), Some(should.gid()))
}

#[cfg(not(unix))]
fn like(_path: &Path, _file: &Path) -> io::Result<()> {
    Ok(())
}

/// What a folder lists is on disk only once the folder is.
fn sync_folder(path: &Path) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if cfg!(unix) { fs::File::open(folder)?.sync_all() } else { Ok(()) }
}

/// Every secret of this installation.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Keys {
    /// Ed25519 seeds that sign access tokens, the current one first.
    pub token: Vec<NamedKey>,
    /// Keys that wrap data keys, the current one first.
    pub kek: Vec<NamedKey>,
    /// What indexes, the audit chain, refresh tokens and form tokens are derived from.
    root: Secret,
}

/// What a derived key is for. One purpose, one key (RFC 5869 `info`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Exact search by telephone number.
    PhoneIndex,
    /// Exact search by e-mail address.
    EmailIndex,
    /// Recognising a retried submission.
    Idempotency,
    /// The audit log's chain.
    Audit,
    /// Recognising that somebody says the same again.
    Fingerprint,
    /// Signing the time and place of a drawn form.
    FormToken,
    /// Signing challenges to a proof of work.
    Challenge,
    /// Signing what solves them.
    ChallengeSolution,
    /// Signing refresh tokens.
    RefreshToken,
    /// Signing preview tokens.
    Preview,
    /// Signing what webhooks are told.
    Webhook,
    /// Signing who was erased.
    Erasure,
}

impl Purpose {
    fn info(self) -> &'static [u8] {
        match self {
            Self::PhoneIndex => b"hillside/v1/bidx-phone",
            Self::EmailIndex => b"hillside/v1/bidx-email",
            Self::Idempotency => b"hillside/v1/idempotency",
            Self::Audit => b"hillside/v1/audit",
            Self::Fingerprint => b"hillside/v1/fingerprint",
            Self::FormToken => b"hillside/v1/form-token",
            Self::Challenge => b"hillside/v1/challenge",
            Self::ChallengeSolution => b"hillside/v1/challenge-solution",
            Self::RefreshToken => b"hillside/v1/refresh-token",
            Self::Preview => b"hillside/v1/preview",
            Self::Webhook => b"hillside/v1/webhook",
            Self::Erasure => b"hillside/v1/erasure",
        }
    }
}

/// Why the keys cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum KeysError {
    /// The file could not be read or made.
    #[error("the key file {path} cannot be used: {cause}")]
    File {
        /// Which file.
        path: String,
        /// What the system said.
        cause: io::Error,
    },
    /// The file does not hold keys.
    #[error("the key file {path} does not hold Hillside's keys: {cause}")]
    Format {
        /// Which file.
        path: String,
        /// What is wrong with it.
        cause: String,
    },
}

impl Keys {
    /// A fresh set, as the first start makes.
    pub fn generate() -> Self {
        Self { token: vec![NamedKey::random("tok")], kek: vec![NamedKey::random("kek")], root: Secret::random() }
    }

    /// Reads the file at `path`.
    pub fn load(path: &Path) -> Result<Self, KeysError> {
        let bytes = fs::read(path).map_err(|cause| KeysError::File { path: path.display().to_string(), cause })?;
        Self::parse(&Zeroizing::new(bytes), path)
    }

    /// Reads the file at `path`, or makes it (mode 0600) when there is none.
    pub fn load_or_create(path: &Path) -> Result<Self, KeysError> {
        match Self::load(path) {
            Err(KeysError::File { cause, .. }) if cause.kind() == io::ErrorKind::NotFound => {
                let keys = Self::generate();
                match keys.write_new(path) {
                    Ok(()) => Ok(keys),
                    // Another server on this folder was faster; its keys are the installation's.
                    Err(cause) if cause.kind() == io::ErrorKind::AlreadyExists => Self::load(path),
                    Err(cause) => Err(KeysError::File { path: path.display().to_string(), cause }),
                }
            }
            read => read,
        }
    }

    /// Keeps others from changing the file at `path` until what it answers is dropped; waits while somebody else does.
    pub fn hold(path: &Path) -> Result<fs::File, KeysError> {
        let beside = path.with_extension("lock");
        let held = fs::OpenOptions::new().write(true).create(true).truncate(false).open(&beside);
        let held = held.and_then(|file| file.lock().map(|()| file));
        held.map_err(|cause| KeysError::File { path: beside.display().to_string(), cause })
    }

    /// Puts a fresh key-encryption key before the others, here and in the file at `path`; answers its name.
    pub fn rotate_kek(&mut self, path: &Path) -> Result<String, KeysError> {
        let fresh = NamedKey::random("kek");
        let id = fresh.id.clone();
        self.kek.insert(0, fresh);
        self.replace(path)?;
        Ok(id)
    }

    /// Takes a key-encryption key that wraps nothing any more out, here and of the file at `path`; answers whether it was there. The
    /// current one stays.
    pub fn retire_kek(&mut self, path: &Path, id: &str) -> Result<bool, KeysError> {
        let before = self.kek.len();
        let mut current = true;
        self.kek.retain(|key| std::mem::take(&mut current) || key.id != id);
        if self.kek.len() == before {
            return Ok(false);
        }
        self.replace(path)?;
        Ok(true)
    }

    /// Written whole beside its place, then moved there: whoever reads finds the old file or the new one. It stays whose it was,
    /// and is on disk before anything depends on it.
    fn replace(&self, path: &Path) -> Result<(), KeysError> {
        let replaced = self.write_beside(path).and_then(|beside| {
            let moved = like(path, &beside).and_then(|()| fs::rename(&beside, path));
            if moved.is_err() {
                fs::remove_file(&beside)?;
            }
            moved.and_then(|()| sync_folder(path))
        });
        replaced.map_err(|cause| KeysError::File { path: path.display().to_string(), cause })
    }

    /// The key for one purpose (HKDF-SHA-256 over the root secret).
    pub fn derive(&self, purpose: Purpose) -> Secret {
        let mut derived = Zeroizing::new([0; 32]);
        let hkdf = Hkdf::<Sha256>::new(None, self.root.expose());
        // 32 bytes are within RFC 5869's limit of 255 × 32, the only way this can fail.
        if hkdf.expand(purpose.info(), derived.as_mut()).is_err() {
            unreachable!("HKDF-SHA-256 yields 32 bytes");
        }
        Secret(derived)
    }

    fn parse(bytes: &[u8], path: &Path) -> Result<Self, KeysError> {
        let format_error = |cause: String| KeysError::Format { path: path.display().to_string(), cause };
        let keys: Self = serde_json::from_slice(bytes).map_err(|cause| format_error(cause.to_string()))?;
        if keys.token.is_empty() || keys.kek.is_empty() {
            return Err(format_error("the rings `token` and `kek` need at least one key each".to_owned()));
        }
        Ok(keys)
    }

    /// Written whole beside its place, then linked there: nobody ever reads half of it, and no file is overwritten.
    fn write_new(&self, path: &Path) -> io::Result<()> {
        let beside = self.write_beside(path)?;
        let linked = fs::hard_link(&beside, path);
        fs::remove_file(&beside)?;
        linked.and_then(|()| sync_folder(path))
    }

    fn write_beside(&self, path: &Path) -> io::Result<PathBuf> {
        let beside = path.with_extension(format!("{}.new", uuid::Uuid::now_v7().simple()));
        let mut options = fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let text = Zeroizing::new(serde_json::to_vec_pretty(self)?);
        let mut file = options.open(&beside)?;
        file.write_all(&text)?;
        file.sync_all()?;
        Ok(beside)
    }
}
