//! How often one client writes. It is counted in memory for ten minutes, under a hash that this process alone can make, and
//! stands in no log and no database. A shelter, a library and a mobile carrier share one address, so nobody is refused for it.

use std::{
    net::IpAddr,
    sync::{Arc, Mutex, PoisonError},
};

use chrono::{DateTime, TimeDelta, Utc};
use moka::{policy::EvictionPolicy, sync::Cache};

use super::Sensitive;
use crate::keys::Secret;

/// What is counted together.
const WINDOW: TimeDelta = TimeDelta::minutes(10);
/// Requests of one client within it that are nothing unusual.
const USUAL: usize = 5;
/// Requests of one client that are remembered.
const MOST_REMEMBERED: usize = 2 * USUAL;
/// Clients that are remembered; of more, those that wrote last.
const MOST_CLIENTS: u64 = 100_000;

/// From where somebody writes: an address of the fourth version, or a network of the sixth. Prints as `***`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Client(Sensitive<Vec<u8>>);

impl From<IpAddr> for Client {
    fn from(address: IpAddr) -> Self {
        Self(match address {
            IpAddr::V4(ip) => ip.octets().to_vec().into(),
            IpAddr::V6(ip) => ip.octets().to_vec().into(),
        })
    }
}

/// Who wrote of late. Cheap to clone; several servers count apart.
#[derive(Clone, Debug)]
pub struct Clients {
    key: Secret,
    sent: Cache<[u8; 32], Arc<Mutex<Vec<Sent>>>>,
}

/// A request: when, and what tells it from others.
#[derive(Debug)]
struct Sent {
    at: DateTime<Utc>,
    which: Vec<u8>,
}

impl Default for Clients {
    fn default() -> Self {
        let sent = Cache::builder()
            .max_capacity(MOST_CLIENTS)
            .time_to_idle(WINDOW.to_std().unwrap_or_default())
            // Many who write once may not push out who writes often.
            .eviction_policy(EvictionPolicy::lru())
            .build();
        Self { key: Secret::random(), sent }
    }
}

impl Clients {
    /// Counts the request `which`, however often it is tried; answers whether the client sends more than usual.
    pub fn note(&self, client: &Client, which: &[u8], now: DateTime<Utc>) -> bool {
        let sent = self.sent.get_with(self.name(client), Arc::default);
        let mut sent = sent.lock().unwrap_or_else(PoisonError::into_inner);
        sent.retain(|one| now - one.at < WINDOW && one.which != which);
        if sent.len() >= MOST_REMEMBERED {
            sent.remove(0);
        }
        sent.push(Sent { at: now, which: which.to_vec() });
        sent.len() > USUAL
    }

    /// Whether one more request would be more than usual.
    pub fn is_busy(&self, client: &Client, now: DateTime<Utc>) -> bool {
        self.sent.get(&self.name(client)).is_some_and(|sent| {
            let sent = sent.lock().unwrap_or_else(PoisonError::into_inner);
            sent.iter().filter(|one| now - one.at < WINDOW).count() >= USUAL
        })
    }

    fn name(&self, client: &Client) -> [u8; 32] {
        self.key.mac(&[client.0.expose().as_slice()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(last: u8) -> Client {
        IpAddr::from([203, 0, 113, last]).into()
    }

    #[test]
    fn who_writes_often_is_known_for_ten_minutes() {
        let (clients, now) = (Clients::default(), Utc::now());
        for nth in 0..5 {
            assert!(!clients.is_busy(&client(1), now));
            assert!(!clients.note(&client(1), &[nth], now), "{nth}");
        }
        assert!(clients.is_busy(&client(1), now));
        assert!(clients.note(&client(1), &[5], now));
        assert!(!clients.is_busy(&client(2), now), "another's is another's");
        let later = now + WINDOW;
        assert!(!clients.is_busy(&client(1), later));
        assert!(!clients.note(&client(1), &[6], later));
    }

    #[test]
    fn a_retry_counts_once_and_what_is_remembered_is_bounded() {
        let (clients, now) = (Clients::default(), Utc::now());
        assert!((0..20).all(|_| !clients.note(&client(1), b"same", now)));
        assert!((0..100).fold(false, |_, nth| clients.note(&client(1), &[nth], now)));
        let remembered = clients.sent.get(&clients.name(&client(1))).unwrap().lock().unwrap().len();
        assert_eq!(remembered, MOST_REMEMBERED);
    }

    #[test]
    fn an_address_is_not_printed() {
        assert_eq!(format!("{:?}", client(1)), "Client(***)");
    }
}
