//! Where the installation is reached from outside, for those who have only the database: what a rule of writing or a
//! redirect takes for an address of our own.

use chrono::{DateTime, Utc};
use entity::setting;
use sea_orm::{ConnectionTrait, EntityTrait};
use url::Url;

use crate::{db::write_setting, error::Result};

const KEY: &str = "public_url";

/// Writes down the address the server was started with: `https://www.example.org`.
pub async fn remember_address(db: &impl ConnectionTrait, public_url: &str, now: DateTime<Utc>) -> Result<()> {
    Ok(write_setting(db, KEY, public_url.into(), now).await?)
}

/// The address of the site.
#[derive(Clone, Debug, Default)]
pub struct OwnAddress(Option<Url>);

impl OwnAddress {
    /// What was written down; without it, nothing is our own.
    pub async fn load(db: &impl ConnectionTrait) -> Result<Self> {
        let row = setting::Entity::find_by_id(KEY).one(db).await?;
        Ok(Self::of(row.as_ref().and_then(|row| row.value.as_str()).unwrap_or_default()))
    }

    /// The address `https://www.example.org`.
    pub fn of(public_url: &str) -> Self {
        Self(Url::parse(public_url).ok())
    }

    /// The path of a URL of ours, decoded, whatever its scheme and with or without `www.`; nothing for others.
    pub fn path_of(&self, url: &str) -> Option<String> {
        let (own, url) = (self.0.as_ref()?, Url::parse(url.trim()).ok()?);
        let same = host(own)? == host(&url)? && matches!(url.scheme(), "http" | "https") && own.port() == url.port();
        same.then(|| percent_encoding::percent_decode_str(url.path()).decode_utf8_lossy().into_owned())
    }
}

fn host(url: &Url) -> Option<&str> {
    url.host_str().map(|host| host.strip_prefix("www.").unwrap_or(host))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_is_ours_by_its_host_and_port() {
        let own = OwnAddress::of("https://www.example.org");
        for (url, path) in [
            ("https://www.example.org/a/b%20c?d#e", Some("/a/b c")),
            (" http://example.org", Some("/")),
            ("https://WWW.Example.org/", Some("/")),
            ("https://example.org:8080/a", None),
            ("https://blog.example.org/a", None),
            ("https://example.org.evil.net/a", None),
            ("ftp://example.org/a", None),
            ("/a", None),
        ] {
            assert_eq!(own.path_of(url).as_deref(), path, "{url}");
        }
        assert_eq!(OwnAddress::default().path_of("https://example.org/"), None);
    }
}
