//! Which addresses may be told: those of others, on the public internet (OWASP SSRF Prevention Cheat Sheet).

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use url::{Host, Url};

/// Reads an address as staff write it. Fails with a sentence.
pub(super) fn read(text: &str) -> Result<Url, &'static str> {
    let url = Url::parse(text).map_err(|_| "Write a whole address, such as https://www.example.org/revalidate.")?;
    if !matches!(url.scheme(), "http" | "https") || url.host().is_none() {
        return Err("Write an address that begins with https://.");
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("Leave name and password out of the address: what we send is signed.");
    }
    if text.len() > 2_000 {
        return Err("Keep the address to 2,000 characters.");
    }
    Ok(url)
}

/// Where an address leads to now, each of which may be told; with `private`, also at home.
///
/// Whoever connects does so to these and asks no name server again, so a name cannot mean something else by then.
pub(super) async fn resolve(url: &Url, private: bool) -> Result<Vec<SocketAddr>, String> {
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
    if private {
        return Ok(found);
    }
    if url.scheme() != "https" {
        return Err("an address on the internet must begin with https://".to_owned());
    }
    // One address inside is one too many: a name with two must not be tried until the wrong one answers.
    if found.iter().all(|it| is_public(it.ip())) { Ok(found) } else { Err("the address is a private one".to_owned()) }
}

/// Whether an address is somebody's on the public internet (IANA special-purpose address registries).
fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => is_public_v6(ip),
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    let special = ip.is_private()
        || ip.is_loopback()
        || ip.is_link_local()
        || ip.is_broadcast()
        || ip.is_documentation()
        || ip.is_multicast()
        || a == 0
        || a >= 240
        || (a == 100 && (64..128).contains(&b))
        || (a == 192 && b == 0 && c == 0)
        || (a == 192 && b == 88 && c == 99)
        || (a == 198 && (18..20).contains(&b));
    !special
}

fn is_public_v6(ip: Ipv6Addr) -> bool {
    if let Some(ip) = ip.to_ipv4_mapped() {
        return is_public_v4(ip);
    }
    let [a, b, ..] = ip.segments();
    // Global unicast, without what is for documentation, for protocols or leads into IPv4.
    let global = (0x2000..0x4000).contains(&a);
    let special = (a == 0x2001 && (b < 0x0200 || b == 0x0db8)) || a == 0x2002 || (a == 0x3fff && b < 0x1000);
    global && !special
}

#[cfg(test)]
mod tests {
    use super::*;

    const PRIVATE: &[&str] = &[
        "0.0.0.0",
        "0.1.2.3",
        "10.0.0.1",
        "10.255.255.255",
        "100.64.0.1",
        "100.127.255.254",
        "127.0.0.1",
        "127.1.2.3",
        "169.254.0.1",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.1",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.0.1",
        "192.168.255.255",
        "198.18.0.1",
        "198.19.255.255",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::ffff:169.254.169.254",
        "::127.0.0.1",
        "64:ff9b::7f00:1",
        "100::1",
        "2001::1",
        "2001:db8::1",
        "2002:7f00:1::",
        "3fff::1",
        "fc00::1",
        "fd12:3456::1",
        "fe80::1",
        "fec0::1",
        "ff02::1",
    ];

    #[test]
    fn nothing_at_home_is_told() {
        for ip in PRIVATE {
            assert!(!is_public(ip.parse().expect("an address")), "{ip}");
        }
        for ip in ["1.1.1.1", "93.184.216.34", "100.63.255.255", "172.32.0.1", "2606:4700:4700::1111", "2a00:1450::1"] {
            assert!(is_public(ip.parse().expect("an address")), "{ip}");
        }
    }

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
            "https://169.254.169.254/latest/meta-data",
            "http://1.1.1.1/",
        ];
        for text in refused {
            let url = read(text).expect("an address");
            assert!(resolve(&url, false).await.is_err(), "{text}");
        }
        let home = read("http://127.0.0.1:8080/").expect("an address");
        assert_eq!(resolve(&home, true).await, Ok(vec![([127, 0, 0, 1], 8080).into()]));
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
