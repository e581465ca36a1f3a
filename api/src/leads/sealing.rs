//! Sealing of personal fields: AES-256-GCM under a random key per lead, which is wrapped by a key of the ring.
//!
//! A sealed field is `0x01 ‖ suite ‖ nonce (12) ‖ ciphertext ‖ tag (16)`. What it is sealed with besides the key names
//! its place (table, lead, row, column), so a value that was moved, shortened or changed does not open. The plaintext
//! carries its length and is padded, so the size of a cell says little about what is in it.

mod cell;

use std::{
    path::{Path, PathBuf},
    sync::{Arc, PoisonError, RwLock},
};

use aes_gcm::{
    Aes256Gcm,
    aead::{Aead, KeyInit, Nonce, Payload},
};
use aes_kw::KwAes256;
use entity::{id::LeadId, lead};
use rand::Rng;
use zeroize::Zeroizing;

pub use self::cell::{Cell, Policy};
use super::Sensitive;
use crate::{
    error::Error,
    keys::{Keys, NamedKey, Purpose, Secret, length_prefixed},
};

const FORMAT: u8 = 1;
const AES_256_GCM: u8 = 1;
/// Raised when the meaning of what is bound to a field changes.
const SCHEMA: u8 = 1;
const NONCE_BYTES: usize = 12;
const WRAPPED_BYTES: usize = 40;
const INDEX_BYTES: usize = 16;

/// Why something sealed does not open. Says nothing of what is in it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// Shorter than anything sealed, or of a format or suite this version does not know.
    #[error("a sealed field has a format this version does not know")]
    Format,
    /// It was changed, moved, or sealed under another key.
    #[error("a sealed field does not open in its place")]
    Refused,
    /// The key that wraps this lead's key is not in the ring.
    #[error("the key `{0}` is not in the key file")]
    MissingKey(String),
    /// The lead's key was destroyed, and with it everything sealed.
    #[error("this lead was erased")]
    Erased,
}

impl From<SealError> for Error {
    fn from(cause: SealError) -> Self {
        Self::internal(cause)
    }
}

/// The key of one lead: seals and opens its fields, and no other lead's.
pub struct LeadKey {
    lead: LeadId,
    cipher: Aes256Gcm,
}

impl LeadKey {
    fn new(lead: LeadId, key: &[u8; 32]) -> Self {
        Self { lead, cipher: Aes256Gcm::new(key.into()) }
    }

    /// Seals `text` for `cell`.
    pub fn seal(&self, cell: Cell, text: &str) -> Result<Vec<u8>, SealError> {
        let mut nonce = [0; NONCE_BYTES];
        rand::rng().fill_bytes(&mut nonce);
        let plain = pad(text, cell.step());
        let bound = self.bound(cell);
        let nonce_ref: &Nonce<Aes256Gcm> = (&nonce).into();
        let payload = Payload { msg: &plain, aad: &bound };
        let sealed = self.cipher.encrypt(nonce_ref, payload).map_err(|_| SealError::Refused)?;
        Ok([&[FORMAT, AES_256_GCM], nonce.as_slice(), &sealed].concat())
    }

    /// Opens what was sealed for `cell`.
    pub fn open(&self, cell: Cell, sealed: &[u8]) -> Result<Sensitive<String>, SealError> {
        let [FORMAT, AES_256_GCM, rest @ ..] = sealed else { return Err(SealError::Format) };
        let (nonce, ciphertext) = rest.split_first_chunk::<NONCE_BYTES>().ok_or(SealError::Format)?;
        let bound = self.bound(cell);
        let payload = Payload { msg: ciphertext, aad: &bound };
        let plain = self.cipher.decrypt(nonce.into(), payload).map_err(|_| SealError::Refused)?;
        unpad(&Zeroizing::new(plain)).map(Sensitive::from).ok_or(SealError::Refused)
    }

    fn bound(&self, cell: Cell) -> Vec<u8> {
        let (table, column) = cell.column();
        let row = cell.row(self.lead);
        let parts: [&[u8]; 6] =
            [b"hillside", table.as_bytes(), self.lead.0.as_bytes(), row.as_bytes(), column.as_bytes(), &[SCHEMA]];
        length_prefixed(&parts)
    }
}

/// A lead's key as it is stored.
pub struct WrappedKey {
    /// AES-256-KW of it.
    pub bytes: Vec<u8>,
    /// By which key of the ring.
    pub kek_id: String,
}

/// The keys that protect leads: the ring that wraps, and one derived key for each index. Cheap to clone.
#[derive(Clone)]
pub struct Vault(Arc<Inner>);

struct Inner {
    /// The current one first.
    wrapping: RwLock<Arc<[NamedKey]>>,
    /// Where the ring is read again once it was rotated.
    file: PathBuf,
    phone_index: Secret,
    email_index: Secret,
    idempotency: Secret,
    fingerprint: Secret,
    form_token: Secret,
    challenge: Secret,
    challenge_solution: Secret,
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Vault(***)")
    }
}

impl Vault {
    /// The part of the installation's secrets that concerns leads; `file` is where they were read.
    pub fn new(keys: &Keys, file: &Path) -> Self {
        Self(Arc::new(Inner {
            wrapping: RwLock::new(keys.kek.clone().into()),
            file: file.to_owned(),
            phone_index: keys.derive(Purpose::PhoneIndex),
            email_index: keys.derive(Purpose::EmailIndex),
            idempotency: keys.derive(Purpose::Idempotency),
            fingerprint: keys.derive(Purpose::Fingerprint),
            form_token: keys.derive(Purpose::FormToken),
            challenge: keys.derive(Purpose::Challenge),
            challenge_solution: keys.derive(Purpose::ChallengeSolution),
        }))
    }

    /// A fresh random key for a lead, and how it is stored.
    pub fn fresh_key(&self, lead: LeadId) -> Result<(LeadKey, WrappedKey), SealError> {
        let fresh = Secret::random();
        Ok((LeadKey::new(lead, fresh.expose()), self.wrap(fresh.expose())?))
    }

    /// The key of a stored lead.
    pub fn key_of(&self, lead: &lead::Model) -> Result<LeadKey, SealError> {
        Ok(LeadKey::new(lead.id, &*self.unwrap(lead)?))
    }

    /// A stored lead's key under the current key of the ring.
    pub(super) fn wrapped_again(&self, lead: &lead::Model) -> Result<WrappedKey, SealError> {
        self.wrap(&*self.unwrap(lead)?)
    }

    fn wrap(&self, key: &[u8; 32]) -> Result<WrappedKey, SealError> {
        let ring = self.ring();
        let current = ring.first().ok_or_else(|| SealError::MissingKey("current".to_owned()))?;
        let mut bytes = vec![0; WRAPPED_BYTES];
        wrapper(&current.key).wrap_key(key, &mut bytes).map_err(|_| SealError::Refused)?;
        Ok(WrappedKey { bytes, kek_id: current.id.clone() })
    }

    fn unwrap(&self, lead: &lead::Model) -> Result<Zeroizing<[u8; 32]>, SealError> {
        let wrapped = lead.dek_wrapped.as_deref().ok_or(SealError::Erased)?;
        let named = || self.ring().iter().find(|key| key.id == lead.kek_id).cloned();
        // Somebody may just have rotated the ring.
        let ring = named().or_else(|| {
            self.read_again();
            named()
        });
        let ring = ring.ok_or_else(|| SealError::MissingKey(lead.kek_id.clone()))?;
        if wrapped.len() != WRAPPED_BYTES {
            return Err(SealError::Format);
        }
        let mut key = Zeroizing::new([0; 32]);
        wrapper(&ring.key).unwrap_key(wrapped, key.as_mut()).map_err(|_| SealError::Refused)?;
        Ok(key)
    }

    /// Reads the ring again: what was rotated is used from now on. What was taken out is known until this server ends, because a
    /// lead may just have been sealed with it. What cannot be read, or is another installation's, changes nothing.
    pub fn read_again(&self) {
        match Keys::load(&self.0.file) {
            Ok(keys) if keys.derive(Purpose::PhoneIndex).expose() == self.0.phone_index.expose() => {
                let mut wrapping = self.0.wrapping.write().unwrap_or_else(PoisonError::into_inner);
                let mut ring = keys.kek;
                for known in wrapping.iter() {
                    if !ring.iter().any(|key| key.id == known.id) {
                        ring.push(known.clone());
                    }
                }
                *wrapping = ring.into();
            }
            Ok(_) => tracing::error!("the key file is another installation's; it is not used"),
            Err(cause) => tracing::error!(%cause, "the key file could not be read again"),
        }
    }

    /// Finds a telephone number (E.164) again without opening anything.
    pub fn phone_index(&self, number: &str) -> Vec<u8> {
        index(&self.0.phone_index, number)
    }

    /// Finds an e-mail address again, whatever its case.
    pub fn email_index(&self, address: &str) -> Vec<u8> {
        index(&self.0.email_index, &address.to_lowercase())
    }

    /// What is kept of an idempotency key.
    pub fn idempotency_hash(&self, key: &str) -> Vec<u8> {
        self.0.idempotency.mac(&[b"key", key.as_bytes()]).to_vec()
    }

    /// Tells the same submission from another without keeping it.
    pub fn body_hash(&self, body: &[u8]) -> Vec<u8> {
        self.0.idempotency.mac(&[b"body", body]).to_vec()
    }

    /// Tells that the same person says the same again, without opening anything: whatever the case, spaces and lines.
    pub fn fingerprint(&self, number: Option<&str>, address: Option<&str>, message: &str) -> Vec<u8> {
        let address = Zeroizing::new(address.unwrap_or_default().to_lowercase());
        let words = Zeroizing::new(message.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" "));
        let parts = [number.unwrap_or_default().as_bytes(), address.as_bytes(), words.as_bytes()];
        let mut hash = self.0.fingerprint.mac(&parts).to_vec();
        hash.truncate(INDEX_BYTES);
        hash
    }

    /// What challenges to a proof of work are signed with, and what their solutions are.
    pub(super) fn challenge_keys(&self) -> (&Secret, &Secret) {
        (&self.0.challenge, &self.0.challenge_solution)
    }

    /// Signs the time and place of a drawn form.
    pub(super) fn form_token_mac(&self, rendered_ms: u64, path: &str) -> [u8; 32] {
        self.0.form_token.mac(&[&rendered_ms.to_be_bytes(), path.as_bytes()])
    }

    /// The ring, the current key first.
    pub(super) fn ring(&self) -> Arc<[NamedKey]> {
        Arc::clone(&self.0.wrapping.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// A key that every index and no wrapping key shares: tells one installation's root secret from another's.
    pub(super) fn root_witness(&self) -> &Secret {
        &self.0.phone_index
    }
}

fn index(key: &Secret, normalised: &str) -> Vec<u8> {
    let mut hash = key.mac(&[normalised.as_bytes()]).to_vec();
    hash.truncate(INDEX_BYTES);
    hash
}

fn wrapper(key: &Secret) -> KwAes256 {
    KwAes256::new(key.expose().into())
}

/// The length (4 bytes, big endian), the text, and zeros up to a multiple of `step`.
fn pad(text: &str, step: usize) -> Zeroizing<Vec<u8>> {
    let length = text.len().saturating_add(4).next_multiple_of(step);
    let mut padded = Zeroizing::new(Vec::with_capacity(length));
    // No field is near 4 GiB: the largest request has 2 MiB.
    padded.extend_from_slice(&u32::try_from(text.len()).unwrap_or(u32::MAX).to_be_bytes());
    padded.extend_from_slice(text.as_bytes());
    padded.resize(length, 0);
    padded
}

fn unpad(padded: &[u8]) -> Option<String> {
    let (length, rest) = padded.split_first_chunk::<4>()?;
    let text = rest.get(..usize::try_from(u32::from_be_bytes(*length)).ok()?)?;
    String::from_utf8(text.to_vec()).ok()
}

#[cfg(test)]
mod tests {
    use entity::id::{LeadEventId, LeadPersonId};

    use super::*;

    fn vault() -> Vault {
        Vault::new(&Keys::generate(), Path::new("/nonexistent"))
    }

    #[test]
    fn what_was_sealed_opens_in_its_place() {
        let (key, wrapped) = vault().fresh_key(LeadId::new()).unwrap();
        assert_eq!(wrapped.bytes.len(), 40);
        for text in ["", "Sample Visitor", "Łódź 🌲", &"x".repeat(9_000)] {
            let cell = Cell::EventText(LeadEventId::new());
            let sealed = key.seal(cell, text).unwrap();
            assert_eq!(key.open(cell, &sealed).unwrap().expose(), text);
        }
    }

    #[test]
    fn a_message_is_padded_to_steps_of_256_bytes() {
        let (key, _) = vault().fresh_key(LeadId::new()).unwrap();
        let size = |text: &str| key.seal(Cell::Submission, text).unwrap().len() - 2 - 12 - 16;
        assert_eq!(size(""), 256);
        assert_eq!(size(&"x".repeat(252)), 256);
        assert_eq!(size(&"x".repeat(253)), 512);
    }

    #[test]
    fn two_seals_of_the_same_text_differ() {
        let (key, _) = vault().fresh_key(LeadId::new()).unwrap();
        assert_ne!(key.seal(Cell::Submission, "a").unwrap(), key.seal(Cell::Submission, "a").unwrap());
    }

    #[test]
    fn a_changed_byte_anywhere_is_refused() {
        let (key, _) = vault().fresh_key(LeadId::new()).unwrap();
        let cell = Cell::Name(LeadPersonId::new());
        let sealed = key.seal(cell, "Sample Visitor").unwrap();
        for place in 0..sealed.len() {
            for bit in 0..8 {
                let mut changed = sealed.clone();
                changed[place] ^= 1 << bit;
                assert!(key.open(cell, &changed).is_err(), "byte {place}, bit {bit}");
            }
        }
    }

    #[test]
    fn a_shortened_or_lengthened_field_is_refused() {
        let (key, _) = vault().fresh_key(LeadId::new()).unwrap();
        let sealed = key.seal(Cell::Submission, "help").unwrap();
        for length in 0..sealed.len() {
            assert!(key.open(Cell::Submission, &sealed[..length]).is_err(), "{length} bytes");
        }
        let longer = [sealed.as_slice(), &[0]].concat();
        assert_eq!(key.open(Cell::Submission, &longer), Err(SealError::Refused));
    }

    #[test]
    fn another_format_or_suite_is_refused() {
        let (key, _) = vault().fresh_key(LeadId::new()).unwrap();
        let mut sealed = key.seal(Cell::Submission, "help").unwrap();
        sealed[1] = 2;
        assert_eq!(key.open(Cell::Submission, &sealed), Err(SealError::Format));
        sealed[1] = 1;
        sealed[0] = 2;
        assert_eq!(key.open(Cell::Submission, &sealed), Err(SealError::Format));
        assert_eq!(key.open(Cell::Submission, &[]), Err(SealError::Format));
    }

    #[test]
    fn a_value_moved_to_another_column_row_or_lead_is_refused() {
        let (person, other) = (LeadPersonId::new(), LeadPersonId::new());
        let secret = Secret::random();
        let lead = LeadId::new();
        let key = LeadKey::new(lead, secret.expose());
        let sealed = key.seal(Cell::Name(person), "Sample Visitor").unwrap();
        assert!(key.open(Cell::Name(person), &sealed).is_ok());
        assert_eq!(key.open(Cell::Email(person), &sealed), Err(SealError::Refused));
        assert_eq!(key.open(Cell::Phone(person), &sealed), Err(SealError::Refused));
        assert_eq!(key.open(Cell::Name(other), &sealed), Err(SealError::Refused));
        assert_eq!(key.open(Cell::EventText(LeadEventId(person.0)), &sealed), Err(SealError::Refused));
        assert_eq!(key.open(Cell::Submission, &sealed), Err(SealError::Refused));
        // Even under the same key, another lead's place is another place.
        let stranger = LeadKey::new(LeadId::new(), secret.expose());
        assert_eq!(stranger.open(Cell::Name(person), &sealed), Err(SealError::Refused));
    }

    #[test]
    fn a_wrapped_key_opens_with_its_own_ring_only() {
        let vault = vault();
        let fresh = Secret::random();
        let mut wrapped = [0; 40];
        wrapper(&vault.ring()[0].key).wrap_key(fresh.expose(), &mut wrapped).unwrap();
        let mut key = [0; 32];
        assert!(wrapper(&vault.ring()[0].key).unwrap_key(&wrapped, &mut key).is_ok());
        assert_eq!(&key, fresh.expose());
        for place in 0..wrapped.len() {
            let mut changed = wrapped;
            changed[place] ^= 1;
            assert!(wrapper(&vault.ring()[0].key).unwrap_key(&changed, &mut [0; 32]).is_err(), "byte {place}");
        }
        assert!(wrapper(&Secret::random()).unwrap_key(&wrapped, &mut [0; 32]).is_err());
    }

    #[test]
    fn an_index_finds_the_same_value_and_only_with_the_same_keys() {
        let vault = vault();
        assert_eq!(vault.phone_index("+17813324135").len(), 16);
        assert_eq!(vault.phone_index("+17813324135"), vault.phone_index("+17813324135"));
        assert_ne!(vault.phone_index("+17813324135"), vault.phone_index("+17813324136"));
        assert_ne!(vault.phone_index("+17813324135"), vault.email_index("+17813324135"));
        assert_eq!(vault.email_index("Sam@example.com"), vault.email_index("sam@EXAMPLE.com"));
        assert_ne!(vault.email_index("a@b.c"), self::vault().email_index("a@b.c"));
    }

    #[test]
    fn a_fingerprint_is_of_who_says_what() {
        let vault = vault();
        let print = |phone: &str, email: &str, message: &str| vault.fingerprint(Some(phone), Some(email), message);
        let one = print("+17815550142", "Sam@example.org", "Please call.\nSoon.");
        assert_eq!(one, print("+17815550142", "sam@example.org", " please  CALL. soon."));
        for other in [
            print("+17815550143", "sam@example.org", "Please call. Soon."),
            print("+17815550142", "kim@example.org", "Please call. Soon."),
            print("+17815550142", "sam@example.org", "Please call."),
            self::vault().fingerprint(Some("+17815550142"), Some("sam@example.org"), "Please call. Soon."),
        ] {
            assert_ne!(one, other);
        }
    }
}
