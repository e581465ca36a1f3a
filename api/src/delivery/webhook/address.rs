//! Which addresses may be told: those of others, on the public internet (OWASP SSRF Prevention Cheat Sheet).

use std::net::SocketAddr;

use url::{Host, Url};

use crate::network::is_public;

/// Reads an address as staff write it. Fails with a sentence.
pub(super) fn read(text: &str) -> Result<Url, &'static str> {
    let url = Url::parse(text).map_err(|_| "Write a whole address, such as https://www.example.org/revalidate.")?;
    if !matches!(url.scheme(), "http" | "https") || url.host().is_none() {
        return Err(
            "Write an address that begins with https://; only with HILLSIDE_WEBHOOKS_PRIVATE=on is another told.",
        );
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("Leave name and password out of the address: what we send is signed.");
    }
    if text.len() > 2_000 {
        return Err("Keep the address to 2,000 characters.");
    }
    Ok(url)
}

/// Which addresses may be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Those on the public internet, over TLS.
    Internet,
    /// Those at home as well.
    Home,
}

impl Reach {
    /// Refuses an address that can never be told, wherever its name leads. Fails with a sentence.
    pub(super) fn check(self, url: &Url) -> Result<(), &'static str> {
        if self == Self::Home {
            return Ok(());
        }
        if url.scheme() != "https" {
            return Err(
                "Write an address that begins with https://; only with HILLSIDE_WEBHOOKS_PRIVATE=on is another told.",
            );
        }
        let at_home = match url.host() {
            Some(Host::Ipv4(ip)) => !is_public(ip.into()),
            Some(Host::Ipv6(ip)) => !is_public(ip.into()),
            Some(Host::Domain(name)) => {
                let name = name.trim_end_matches('.');
                // RFC 6761, RFC 6762, and what ICANN keeps for private networks.
                let last = name.rsplit('.').next().unwrap_or(name);
                matches!(last, "localhost" | "local" | "internal" | "test" | "invalid" | "example")
            }
            None => true,
        };
        if at_home {
            Err("Write an address on the public internet; only with HILLSIDE_WEBHOOKS_PRIVATE=on is one at home told.")
        } else {
            Ok(())
        }
    }
}

/// Where an address leads to now, each of which may be told.
///
/// Whoever connects does so to these and asks no name server again, so a name cannot mean something else by then.
pub(super) async fn resolve(url: &Url, reach: Reach) -> Result<Vec<SocketAddr>, String> {
    let port = url.port_or_known_default().ok_or("the address has no port")?;
    let found: Vec<SocketAddr> = match url.host() {
        Some(Host::Ipv4(ip)) => vec![(ip, port).into()],
        Some(Host::Ipv6(ip)) => vec![(ip, port).into()],
        Some(Host::Domain(name)) => {
            let found = tokio::net::lookup_host((name, port)).await;
            found.map_err(|cause| format!("the name cannot be looked up: {cause}"))?.collect()
        }
        None => Vec::new(),
    };
    if found.is_empty() {
        return Err("the name leads nowhere".to_owned());
    }
    if reach == Reach::Home {
        return Ok(found);
    }
    reach.check(url)?;
    // One address inside is one too many: a name with two must not be tried until the wrong one answers.
    if found.iter().all(|it| is_public(it.ip())) { Ok(found) } else { Err("the address is a private one".to_owned()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn an_address_is_looked_up_before_it_is_told_anything() {
        let refused = [
            "https://127.0.0.1/",
            "https://127.1/",
            "https://0x7f000001/",
            "https://2130706433/",
            "https://[::1]/",
            "https://[::ffff:169.254.169.254]/",
            "https://localhost/",
            "https://nas.local./",
            "https://metadata.google.internal/",
            "https://169.254.169.254/latest/meta-data",
            "http://1.1.1.1/",
        ];
        for text in refused {
            let url = read(text).expect("an address");
            assert!(resolve(&url, Reach::Internet).await.is_err(), "{text}");
            assert!(Reach::Internet.check(&url).is_err(), "{text}");
            assert!(Reach::Home.check(&url).is_ok(), "{text}");
        }
        let home = read("http://127.0.0.1:8080/").expect("an address");
        assert_eq!(resolve(&home, Reach::Home).await, Ok(vec![([127, 0, 0, 1], 8080).into()]));
    }

    #[test]
    fn what_is_no_address_is_refused_in_a_sentence() {
        for text in [
            "",
            "example.org",
            "ftp://example.org/",
            "https://",
            "https://me:secret@example.org/",
            "file:///etc/passwd",
        ] {
            assert!(read(text).is_err(), "{text}");
        }
    }
}
