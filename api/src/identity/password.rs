//! Passwords: what is accepted, how they are kept (argon2id, as the OWASP Password Storage Cheat Sheet has it).

use std::sync::Arc;

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use entity::problem::{ProblemCode, Problems};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

use crate::error::{Error, Result};

/// 46 MiB, twice over, on one lane: more than twice OWASP's minimum.
const MEMORY_KIB: u32 = 46 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;
/// Characters of a password, at the least (NIST SP 800-63B-4 asks for 15 without and 8 with a second factor).
const LEAST: usize = 12;
const MOST: usize = 256;
/// Sign-ins that may wait for a core; the next one is asked to come back.
const QUEUE: usize = 32;

/// Hashes and compares passwords, never more at once than there are cores.
#[derive(Clone, Debug)]
pub struct Passwords {
    running: Arc<Semaphore>,
    admitted: Arc<Semaphore>,
    /// Compared with when there is no such account, so that both take as long.
    nobody: Arc<str>,
}

impl Passwords {
    /// Ready to work; takes as long as one hash.
    pub fn new() -> Result<Self> {
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        Ok(Self {
            running: Arc::new(Semaphore::new(cores)),
            admitted: Arc::new(Semaphore::new(cores + QUEUE)),
            nobody: hash("nobody has this password")?.into(),
        })
    }

    /// The password as it is stored: a PHC string.
    pub async fn hash(&self, password: &str) -> Result<String> {
        let password = normalised(password);
        self.run(move || hash(&password)).await?
    }

    /// Whether `password` is that of the account whose hash is `stored`; takes as long when there is no account.
    pub async fn verify(&self, stored: Option<&str>, password: &str) -> Result<bool> {
        let known = stored.is_some();
        let stored = stored.unwrap_or(&self.nobody).to_owned();
        let password = normalised(password);
        let same = self.run(move || verify(&stored, &password)).await??;
        Ok(known && same)
    }

    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
        let busy = |_| {
            let message = "Too many people are signing in just now. Try again in a few seconds.";
            Error::problem(ProblemCode::TooManyAttempts, Vec::<String>::new(), message)
        };
        let admitted: OwnedSemaphorePermit = Arc::clone(&self.admitted).try_acquire_owned().map_err(busy)?;
        let running = Arc::clone(&self.running).acquire_owned().await.map_err(Error::internal)?;
        // The places go with the work: a caller who gives up does not make room for another before it is done.
        let work = move || {
            let _held = (admitted, running);
            work()
        };
        tokio::task::spawn_blocking(work).await.map_err(Error::internal)
    }
}

/// Records at `field` why `password` is not accepted; `personal` is what an attacker would try first.
pub fn check(password: &str, personal: &[&str], field: &str, problems: &mut Problems) {
    let password = normalised(password);
    let length = password.chars().count();
    let lower = password.to_lowercase();
    let parts = personal.iter().flat_map(|text| text.split(|separator: char| !separator.is_alphanumeric()));
    if length < LEAST {
        let message = format!("Choose a password of at least {LEAST} characters; this one has {length}.");
        problems.add(field, ProblemCode::Invalid, message);
    } else if length > MOST {
        problems.add(field, ProblemCode::TooLarge, format!("Shorten the password to {MOST} characters."));
    } else if parts.map(str::to_lowercase).any(|part| part.chars().count() >= 4 && lower.contains(&part)) {
        problems.add(field, ProblemCode::Invalid, "Choose a password without your name or e-mail address in it.");
    } else if lower.chars().collect::<std::collections::HashSet<_>>().len() < 6 {
        problems.add(field, ProblemCode::Invalid, "Choose a password with more different characters.");
    }
}

/// The same whatever keyboard it was typed on.
fn normalised(password: &str) -> Zeroizing<String> {
    Zeroizing::new(password.nfc().collect())
}

fn hasher() -> Result<Argon2<'static>> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).map_err(|cause| Error::internal(cause.to_string()))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn hash(password: &str) -> Result<String> {
    let hash = hasher()?.hash_password(password.as_bytes());
    Ok(hash.map_err(|cause| Error::internal(cause.to_string()))?.to_string())
}

fn verify(stored: &str, password: &str) -> Result<bool> {
    let stored = PasswordHash::new(stored).map_err(|cause| Error::internal(cause.to_string()))?;
    Ok(hasher()?.verify_password(password.as_bytes(), &stored).is_ok())
}

#[cfg(test)]
mod tests {
    use entity::problem::Stage;

    use super::*;

    fn refused(password: &str) -> bool {
        let mut problems = Problems::new(Stage::Draft);
        check(password, &["Ada Lovelace", "ada@example.org"], "password", &mut problems);
        !problems.is_empty()
    }

    #[test]
    fn a_password_is_long_varied_and_not_personal() {
        for wrong in ["", "short", "aaaaaaaaaaaaaaaa", "lovelace-for-ever", "MyExample.Org99", &"é".repeat(300)] {
            assert!(refused(wrong), "{wrong}");
        }
        for fine in ["a pine by the lake", "correct horse battery", "ñandú corre mucho", "🌲🌊🏔🌞🌙⭐🌲🌊🏔🌞🌙⭐"]
        {
            assert!(!refused(fine), "{fine}");
        }
    }

    #[tokio::test]
    async fn a_hash_says_how_it_was_made_and_knows_its_password() {
        let passwords = Passwords::new().unwrap();
        let stored = passwords.hash("cafe\u{301} by the lake").await.unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=47104,t=2,p=1$"), "{stored}");
        assert!(passwords.verify(Some(&stored), "caf\u{e9} by the lake").await.unwrap());
        assert!(!passwords.verify(Some(&stored), "another by the lake").await.unwrap());
        assert!(!passwords.verify(None, "nobody has this password").await.unwrap());
    }
}
