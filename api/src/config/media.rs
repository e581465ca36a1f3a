//! Where pictures are.

use std::fmt;

use url::Url;

use super::{ConfigError, Settings, wrong};

/// A bucket that speaks S3.
#[derive(Clone)]
pub struct MediaBucket {
    /// Its name.
    pub name: String,
    /// Where its service is; none for Amazon's.
    pub endpoint: Option<String>,
    /// Its region.
    pub region: String,
    /// Id and secret of the key to it; none, and the machine's own role is used.
    pub key: Option<(String, String)>,
}

impl fmt::Debug for MediaBucket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MediaBucket({})", self.name)
    }
}

impl Settings {
    pub(super) fn take_media_bucket(&mut self) -> Result<Option<MediaBucket>, ConfigError> {
        let endpoint = self.media_s3_endpoint.take();
        if let Some(text) = &endpoint
            && !Url::parse(text).is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
        {
            let message = format!("“{text}” is not a URL such as https://s3.example.org.");
            return Err(wrong("HILLSIDE_MEDIA_S3_ENDPOINT", message));
        }
        let key = match (self.media_s3_access_key_id.take(), self.media_s3_secret_access_key.take()) {
            (Some(id), Some(secret)) => Some((id, secret)),
            (None, None) => None,
            (Some(_), None) => {
                return Err(wrong(
                    "HILLSIDE_MEDIA_S3_SECRET_ACCESS_KEY",
                    "a key has an id and a secret; the secret is missing.",
                ));
            }
            (None, Some(_)) => {
                return Err(wrong(
                    "HILLSIDE_MEDIA_S3_ACCESS_KEY_ID",
                    "a key has an id and a secret; the id is missing.",
                ));
            }
        };
        let region = self.media_s3_region.take();
        match self.media_s3_bucket.take() {
            Some(name) => {
                let region = region.unwrap_or_else(|| "us-east-1".to_owned());
                Ok(Some(MediaBucket { name, endpoint, region, key }))
            }
            None if endpoint.is_some() || region.is_some() || key.is_some() => {
                Err(wrong("HILLSIDE_MEDIA_S3_BUCKET", "name the bucket that the other settings of S3 are about."))
            }
            None => Ok(None),
        }
    }
}
