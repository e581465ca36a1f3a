//! Addresses of machines: which are somebody's on the public internet, and who asks through a proxy.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use ipnet::IpNet;

/// Proxies of our own, which tell truthfully for whom they ask.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proxies(Vec<IpNet>);

impl Proxies {
    /// Reads addresses and networks between commas: `10.0.0.0/8, 192.0.2.7`. Fails with the one that is neither.
    pub fn parse(text: &str) -> Result<Self, String> {
        let each = text.split(',').map(str::trim).filter(|one| !one.is_empty());
        let read = |one: &str| {
            let address = || one.parse::<IpAddr>().map(IpNet::from);
            one.parse::<IpNet>().or_else(|_| address()).map_err(|_| one.to_owned())
        };
        each.map(read).collect::<Result<_, _>>().map(Self)
    }

    /// Who asks: of `peer` and those that `forwarded` names (`X-Forwarded-For`, each proxy adding on the right whom it
    /// asks for), the last that is no proxy of ours. What somebody writes there themselves stands further left.
    pub fn client(&self, peer: IpAddr, forwarded: &str) -> IpAddr {
        let mut client = peer.to_canonical();
        let mut before = forwarded.rsplit(',');
        while self.0.iter().any(|proxy| proxy.contains(&client)) {
            match before.next().and_then(|one| address_of(one.trim())) {
                Some(address) => client = address.to_canonical(),
                None => break,
            }
        }
        client
    }
}

/// The address that a proxy wrote, some with the port, as `203.0.113.5:4711` or `[2001:db8::1]:4711`.
fn address_of(text: &str) -> Option<IpAddr> {
    let bare = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(text);
    bare.parse().ok().or_else(|| text.parse::<SocketAddr>().ok().map(|address| address.ip()))
}

/// As which address a client is counted: whoever has one of the sixth version has a whole network of them.
pub fn counted_as(client: IpAddr) -> IpAddr {
    match client {
        IpAddr::V4(_) => client,
        IpAddr::V6(ip) => {
            let [a, b, c, d, ..] = ip.segments();
            Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).into()
        }
    }
}

/// Whether an address is of this machine or of a private network (RFC 1918, RFC 3927, RFC 4193, RFC 4291), where nobody
/// from the internet is: unlike [`is_public`], it answers false for whatever leads elsewhere.
pub fn is_at_home(ip: IpAddr) -> bool {
    match ip.to_canonical() {
        IpAddr::V4(ip) => ip.is_private() || ip.is_loopback() || ip.is_link_local() || ip.is_unspecified(),
        IpAddr::V6(ip) => ip.is_loopback() || ip.is_unique_local() || ip.is_unicast_link_local() || ip.is_unspecified(),
    }
}

/// Whether an address is somebody's on the public internet (IANA special-purpose address registries).
pub fn is_public(ip: IpAddr) -> bool {
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
    fn what_is_at_home_is_not_on_the_internet() {
        for ip in PRIVATE {
            assert!(!is_public(ip.parse().expect("an address")), "{ip}");
        }
        for ip in ["10.0.0.1", "::ffff:192.168.0.1", "127.0.0.1", "169.254.0.1", "::1", "fd12:3456::1", "fe80::1"] {
            assert!(is_at_home(ip.parse().expect("an address")), "{ip}");
        }
        for ip in ["1.1.1.1", "2002:7f00:1::", "64:ff9b::7f00:1", "100.64.0.1", "198.18.0.1", "2001::1", "2001:db8::1"]
        {
            assert!(!is_at_home(ip.parse().expect("an address")), "{ip}");
        }
        for ip in ["1.1.1.1", "93.184.216.34", "100.63.255.255", "172.32.0.1", "2606:4700:4700::1111", "2a00:1450::1"] {
            assert!(is_public(ip.parse().expect("an address")), "{ip}");
        }
    }

    #[test]
    fn a_client_is_counted_with_its_network() {
        let counted = |text: &str| counted_as(text.parse().expect("an address")).to_string();
        assert_eq!(counted("2001:db8:1:2:ffff::9"), counted("2001:db8:1:2::1"));
        assert_ne!(counted("2001:db8:1:3::1"), counted("2001:db8:1:2::1"));
        assert_eq!(counted("203.0.113.1"), "203.0.113.1");
    }

    #[test]
    fn whoever_asks_through_proxies_of_ours_is_known() {
        let proxies = Proxies::parse("10.0.0.0/8, 192.0.2.7,2001:db8::/32").expect("proxies");
        let client =
            |peer: &str, forwarded: &str| proxies.client(peer.parse().expect("an address"), forwarded).to_string();
        assert_eq!(client("203.0.113.5", "1.1.1.1"), "203.0.113.5", "a stranger says nothing about others");
        assert_eq!(client("10.0.0.1", "198.51.100.1"), "198.51.100.1");
        assert_eq!(client("::ffff:10.0.0.1", "198.51.100.1, 192.0.2.7"), "198.51.100.1");
        assert_eq!(client("10.0.0.1", "6.6.6.6, 198.51.100.1, 10.9.9.9"), "198.51.100.1", "the left is anybody's");
        assert_eq!(client("10.0.0.1", "198.51.100.1:4711"), "198.51.100.1");
        assert_eq!(client("10.0.0.1", "[2606:4700::1]:4711"), "2606:4700::1");
        assert_eq!(client("10.0.0.1", "[2606:4700::1]"), "2606:4700::1");
        assert_eq!(client("10.0.0.1", ""), "10.0.0.1");
        assert_eq!(client("10.0.0.1", "unknown, 10.2.2.2"), "10.2.2.2");
        assert_eq!(client("2001:db8::1", "2606:4700::1"), "2606:4700::1");
        assert_eq!(Proxies::default().client([127, 0, 0, 1].into(), "1.1.1.1").to_string(), "127.0.0.1");
        for wrong in ["10.0.0.0/33", "localhost", "10.0.0.1 10.0.0.2"] {
            assert_eq!(Proxies::parse(wrong), Err(wrong.to_owned()));
        }
    }
}
