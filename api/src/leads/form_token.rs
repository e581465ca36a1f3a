//! The signed note in a drawn form that says when and where it was drawn. It sets no deadline: a slow writer is welcome.

use chrono::{DateTime, Utc};
use data_encoding::BASE64URL_NOPAD;
use subtle::ConstantTimeEq;

use super::Vault;

/// No person fills in the form faster.
const LEAST_MS: u64 = 3_000;

/// What a token says about who filled in the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Judgement {
    /// Drawn here, and some time ago.
    Fine,
    /// There is none, as from a front end of one's own.
    Missing,
    /// Sent back within three seconds.
    TooFast,
    /// Not made here, or made for another page.
    Forged,
}

/// A token for a form drawn at `path`.
pub fn mint(vault: &Vault, path: &str, now: DateTime<Utc>) -> String {
    let rendered = milliseconds(now);
    let mac = vault.form_token_mac(rendered, path);
    BASE64URL_NOPAD.encode(&[rendered.to_be_bytes().as_slice(), &mac].concat())
}

/// Judges the token that came back from `path`.
pub fn judge(vault: &Vault, token: Option<&str>, path: &str, now: DateTime<Utc>) -> Judgement {
    let Some(token) = token.map(str::trim).filter(|token| !token.is_empty()) else { return Judgement::Missing };
    let bytes = BASE64URL_NOPAD.decode(token.as_bytes()).unwrap_or_default();
    let Some((rendered, mac)) = bytes.split_first_chunk::<8>() else { return Judgement::Forged };
    let rendered = u64::from_be_bytes(*rendered);
    if !bool::from(vault.form_token_mac(rendered, path).as_slice().ct_eq(mac)) {
        return Judgement::Forged;
    }
    // A token from the future is another server's clock, and nobody's fault.
    match milliseconds(now).checked_sub(rendered) {
        Some(waited) if waited < LEAST_MS => Judgement::TooFast,
        _ => Judgement::Fine,
    }
}

fn milliseconds(at: DateTime<Utc>) -> u64 {
    u64::try_from(at.timestamp_millis()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::keys::Keys;

    #[test]
    fn a_token_tells_a_person_from_a_script() {
        let vault = Vault::new(&Keys::generate(), std::path::Path::new("/nonexistent"));
        let now = Utc::now();
        let token = mint(&vault, "/detox", now);
        let judge =
            |token: &str, path: &str, seconds: i64| judge(&vault, Some(token), path, now + TimeDelta::seconds(seconds));
        assert_eq!(judge(&token, "/detox", 2), Judgement::TooFast);
        assert_eq!(judge(&token, "/detox", 3), Judgement::Fine);
        assert_eq!(judge(&token, "/detox", 20 * 3_600), Judgement::Fine);
        assert_eq!(judge(&token, "/detox", -5), Judgement::Fine);
        assert_eq!(judge(&token, "/other", 60), Judgement::Forged);
        assert_eq!(judge("AAAA", "/detox", 60), Judgement::Forged);
        assert_eq!(judge("%%%", "/detox", 60), Judgement::Forged);
        assert_eq!(
            judge(
                &mint(&Vault::new(&Keys::generate(), std::path::Path::new("/nonexistent")), "/detox", now),
                "/detox",
                60
            ),
            Judgement::Forged
        );
        assert_eq!(judge("", "/detox", 60), Judgement::Missing);
    }
}
