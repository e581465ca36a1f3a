//! The cache in front of us.

use std::fmt;

use url::Url;

use super::{ConfigError, Settings, wrong};

/// A cache that is told what to drop.
#[derive(Clone)]
pub struct Purge {
    /// Where.
    pub url: Url,
    /// The header that allows it: name and value.
    pub header: Option<(String, String)>,
    /// Whether the tags go into a JSON body instead of a header.
    pub json: bool,
}

impl fmt::Debug for Purge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Purge({})", self.url)
    }
}

impl Settings {
    pub(super) fn take_purge(&mut self) -> Result<Option<Purge>, ConfigError> {
        let Some(text) = self.purge_url.take() else { return Ok(None) };
        let url = Url::parse(&text).ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
        let message = format!("“{text}” is not a URL such as https://api.example.net/purge.");
        let url = url.ok_or_else(|| wrong("HILLSIDE_PURGE_URL", message))?;
        let header = match self.purge_header.take() {
            None => None,
            Some(header) => match header.split_once(':') {
                Some((name, value)) if !name.trim().is_empty() => {
                    Some((name.trim().to_owned(), value.trim().to_owned()))
                }
                _ => return Err(wrong("HILLSIDE_PURGE_HEADER", "write it as `Name: value`.")),
            },
        };
        let json = match self.purge_format.take().as_deref() {
            None | Some("surrogate-key") => false,
            Some("json") => true,
            Some(other) => {
                let message = format!("“{other}” is neither surrogate-key nor json.");
                return Err(wrong("HILLSIDE_PURGE_FORMAT", message));
            }
        };
        Ok(Some(Purge { url, header, json }))
    }
}
