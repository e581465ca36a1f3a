//! How staff get letters.

use std::fmt;

use url::Url;

use super::{ConfigError, Settings, wrong};

const URL: &str = "HILLSIDE_SMTP_URL";
const FROM: &str = "HILLSIDE_MAIL_FROM";

/// The mail server letters are handed to.
#[derive(Clone)]
pub struct Mail {
    /// `smtps://` or `smtp://`, with the name and password where it asks for them.
    pub url: Url,
    /// Whose letters they are: `Hillside <hillside@example.org>`.
    pub from: String,
}

impl fmt::Debug for Mail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Mail(from {})", self.from)
    }
}

impl Settings {
    /// `host` is what the site is called.
    pub(super) fn take_mail(&mut self, public_url: &str) -> Result<Option<Mail>, ConfigError> {
        let from = self.mail_from.take();
        let Some(text) = self.smtp_url.take() else {
            return match from {
                Some(_) => Err(wrong(URL, "name the mail server that the other settings of mail are about.")),
                None => Ok(None),
            };
        };
        // The text may hold a password, so it is not repeated.
        let url = Url::parse(&text).ok().filter(|url| matches!(url.scheme(), "smtp" | "smtps") && url.has_host());
        let url = url.ok_or_else(|| wrong(URL, "it is not a URL such as smtps://user:password@mail.example.org."))?;
        let from = match from {
            Some(from) => from,
            None => {
                let host = Url::parse(public_url).ok().and_then(|url| url.domain().map(ToOwned::to_owned));
                let host = host.ok_or_else(|| wrong(FROM, "say whose letters they are: hillside@your-domain."))?;
                format!("Hillside <hillside@{host}>")
            }
        };
        Ok(Some(Mail { url, from }))
    }
}
