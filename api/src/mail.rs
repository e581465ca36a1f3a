//! E-mail to staff, handed to a mail server over SMTP (RFC 5321). Whoever writes one sees to it that it names no visitor.

use std::{fmt, net::IpAddr, sync::Arc, time::Duration};

use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    address::AddressError,
    message::{Mailbox, MultiPart},
    transport::smtp::{
        authentication::Credentials,
        client::{Tls, TlsParameters},
        extension::ClientId,
    },
};
use maud::{DOCTYPE, html};
use tokio::sync::Semaphore;
use url::Url;

/// How long a mail server may take for a letter, from the connection to its last word.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long a letter may wait for the others and be under way; then it is tried another time.
const LONGEST: Duration = Duration::from_secs(30);
/// Letters under way at once: mail servers refuse whoever opens many connections.
const AT_ONCE: usize = 4;
const SMTPS_PORT: u16 = 465;
/// Where mail is handed in (RFC 6409).
const SUBMISSION_PORT: u16 = 587;

/// A letter to one member of staff: some sentences and a place to go to.
#[derive(Clone, Debug)]
pub struct Letter {
    /// To which address.
    pub to: String,
    /// Neutral: it may be read over somebody's shoulder.
    pub subject: String,
    /// Paragraphs, without markup.
    pub paragraphs: Vec<String>,
    /// Where to go on: what it is called, and its URL.
    pub link: (String, String),
}

impl Letter {
    fn text(&self) -> String {
        let (label, url) = &self.link;
        let paragraphs = self.paragraphs.join("\n\n");
        format!("{paragraphs}\n\n{label}:\n{url}\n")
    }

    fn html(&self) -> String {
        let (label, url) = &self.link;
        let page = html! {
            (DOCTYPE)
            html lang="en" {
                head { meta charset="utf-8"; title { (self.subject) } }
                body {
                    @for paragraph in &self.paragraphs { p { (paragraph) } }
                    p { a href=(url) { (label) } }
                }
            }
        };
        page.into_string()
    }
}

/// Why a letter was not handed over.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// An address that no letter can have.
    #[error("the address is not one: {0}")]
    Address(#[from] AddressError),
    /// The letter cannot be written so.
    #[error("the letter cannot be written: {0}")]
    Letter(#[from] lettre::error::Error),
    /// The mail server took too long.
    #[error("the mail server did not take it in time")]
    Slow,
    /// The mail server refused it, or could not be reached.
    #[error("{0}")]
    Server(#[from] lettre::transport::smtp::Error),
}

/// Hands letters to a mail server. Cheap to clone.
#[derive(Clone)]
pub struct Mailer {
    server: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    turns: Arc<Semaphore>,
}

impl fmt::Debug for Mailer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Mailer({})", self.from)
    }
}

impl Mailer {
    /// A mailer to the server at `url`: `smtps://user:password@host` speaks TLS from the first byte, `smtp://host` begins it
    /// (RFC 3207) and refuses to go on without, unless the host is this machine. Nothing is connected yet.
    pub fn new(url: &Url, from: &str) -> Result<Self, MailError> {
        let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
        let wrapped = url.scheme() == "smtps";
        let parameters = || TlsParameters::new(host.to_owned());
        let tls = match (wrapped, is_this_machine(host)) {
            (true, _) => Tls::Wrapper(parameters()?),
            (false, false) => Tls::Required(parameters()?),
            (false, true) => Tls::None,
        };
        let from: Mailbox = from.parse()?;
        let mut server = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(host)
            .port(url.port().unwrap_or(if wrapped { SMTPS_PORT } else { SUBMISSION_PORT }))
            .tls(tls)
            .timeout(Some(PATIENCE))
            .hello_name(ClientId::Domain(from.email.domain().to_owned()));
        if !url.username().is_empty() {
            let decoded = |text: &str| percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned();
            let password = url.password().unwrap_or_default();
            server = server.credentials(Credentials::new(decoded(url.username()), decoded(password)));
        }
        Ok(Self { server: server.build(), from, turns: Arc::new(Semaphore::new(AT_ONCE)) })
    }

    /// Hands a letter over; answers once the mail server has taken it.
    pub async fn send(&self, letter: &Letter) -> Result<(), MailError> {
        let message = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, letter.to.parse()?))
            .subject(&letter.subject)
            // No holiday notice answers it (RFC 3834).
            .header(AutoSubmitted)
            .multipart(MultiPart::alternative_plain_html(letter.text(), letter.html()))?;
        let sent = async {
            let _turn = self.turns.acquire().await;
            tokio::time::timeout(PATIENCE, self.server.send(message)).await
        };
        match tokio::time::timeout(LONGEST, sent).await {
            Ok(Ok(sent)) => sent.map(drop).map_err(MailError::from),
            Ok(Err(_)) | Err(_) => Err(MailError::Slow),
        }
    }
}

/// Whether nothing leaves this machine on the way there.
fn is_this_machine(host: &str) -> bool {
    host == "localhost" || host.parse().is_ok_and(|address: IpAddr| address.is_loopback())
}

#[derive(Clone, Copy, Debug)]
struct AutoSubmitted;

impl lettre::message::header::Header for AutoSubmitted {
    fn name() -> lettre::message::header::HeaderName {
        lettre::message::header::HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> lettre::message::header::HeaderValue {
        lettre::message::header::HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_says_the_same_as_text_and_as_html() {
        let letter = Letter {
            to: "sam@example.org".to_owned(),
            subject: "HS-7F3K2 waits".to_owned(),
            paragraphs: vec!["One <&>.".to_owned(), "Two.".to_owned()],
            link: ("Open it".to_owned(), "https://www.example.org/admin/leads/1?a=1&b=2".to_owned()),
        };
        assert_eq!(letter.text(), "One <&>.\n\nTwo.\n\nOpen it:\nhttps://www.example.org/admin/leads/1?a=1&b=2\n");
        let html = letter.html();
        assert!(html.contains("<p>One &lt;&amp;&gt;.</p><p>Two.</p>"), "{html}");
        assert!(html.contains("href=\"https://www.example.org/admin/leads/1?a=1&amp;b=2\""), "{html}");
    }

    #[test]
    fn only_on_this_machine_goes_a_letter_without_tls() {
        assert!(["localhost", "127.0.0.1", "::1"].into_iter().all(is_this_machine));
        assert!(!["mail.example.org", "10.0.0.7", "localhost.example.org"].into_iter().any(is_this_machine));
    }
}
