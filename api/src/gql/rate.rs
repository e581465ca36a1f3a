//! How much one client may ask for in a second, by what it costs.

use std::{
    net::IpAddr,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use moka::{policy::EvictionPolicy, sync::Cache};

use super::error::{Code, Refusal};

/// How many seconds' worth may be asked for at once.
const BURST: f64 = 10.0;
/// More than any one request costs.
const DEAREST: f64 = 20_000.0;
/// Clients that are remembered; of more, those that have not asked for longest start anew.
const MOST_CLIENTS: u64 = 100_000;
/// What asking costs, whatever comes of it.
pub(super) const ASKING: u64 = 1;
/// What a request costs that is refused before it runs: somebody had to read it.
pub(super) const NONSENSE: u64 = 100;
/// Requests for registered documents in a second, whatever each costs: it was looked at when it was registered.
const REGISTERED: u64 = 100;

/// Counts what clients ask for, each in a bucket of its own that fills with every second.
#[derive(Debug)]
pub(super) struct Rate {
    per_second: f64,
    buckets: Cache<IpAddr, Arc<Mutex<Bucket>>>,
}

#[derive(Debug)]
struct Bucket {
    left: f64,
    at: Instant,
}

impl Rate {
    /// So much cost a second.
    pub fn new(per_second: u64) -> Self {
        let per_second = per_second as f64;
        // By then whatever somebody owed is paid, and their bucket is full.
        let settled = Duration::from_secs_f64(BURST + DEAREST / per_second);
        let buckets = Cache::builder()
            .max_capacity(MOST_CLIENTS)
            .time_to_idle(settled)
            // Many who come once may not push each other out and start anew.
            .eviction_policy(EvictionPolicy::lru())
            .build();
        Self { per_second, buckets }
    }

    /// What a registered document costs.
    pub fn of_registered(&self) -> u64 {
        (self.per_second / REGISTERED as f64).ceil() as u64
    }

    /// Takes what something costs from whoever asks for it; refuses when that is more than they have, with how long to wait.
    pub fn charge(&self, client: IpAddr, cost: u64, now: Instant) -> Result<(), Refusal> {
        let full = self.per_second * BURST;
        let bucket = self.buckets.get_with(client, || Arc::new(Mutex::new(Bucket { left: full, at: now })));
        let mut bucket = bucket.lock().unwrap_or_else(PoisonError::into_inner);
        let since = now.saturating_duration_since(bucket.at).as_secs_f64();
        bucket.left = (bucket.left + since * self.per_second).min(full);
        bucket.at = now;
        // Whoever has any left may ask for what is dear, and pays for it afterwards.
        if bucket.left <= 0.0 {
            let wait = (1.0 - bucket.left / self.per_second).ceil();
            let message =
                format!("You ask for more than {} cost units a second. Wait, and ask for less.", self.per_second);
            return Err(Refusal { retry_after: Some(wait as u64), ..Refusal::new(Code::RateLimited, message) });
        }
        bucket.left -= cost as f64;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_client_has_so_much_a_second_and_some_at_once() {
        let (rate, now) = (Rate::new(600), Instant::now());
        let one: IpAddr = [203, 0, 113, 1].into();
        for _ in 0..3 {
            rate.charge(one, 2_000, now).expect("a burst");
        }
        let refused = rate.charge(one, 1, now).expect_err("nothing is left");
        assert_eq!((refused.code, refused.retry_after), (Code::RateLimited, Some(1)));
        rate.charge([203, 0, 113, 2].into(), 2_000, now).expect("another's is another's");
        rate.charge(one, 1_800, now + Duration::from_secs(1)).expect("a second later");
        let refused = rate.charge(one, 1, now + Duration::from_secs(1)).expect_err("what was owed is waited for");
        assert_eq!(refused.retry_after, Some(3));
        rate.charge(one, 1, now + Duration::from_secs(4)).expect("after that");
    }

    #[test]
    fn an_idle_client_saves_up_no_more_than_a_burst() {
        let (rate, now) = (Rate::new(10), Instant::now());
        let one: IpAddr = [203, 0, 113, 1].into();
        rate.charge(one, 1, now).expect("it has some");
        let later = now + Duration::from_secs(3_600);
        rate.charge(one, 100, later).expect("a burst");
        assert!(rate.charge(one, 1, later).is_err());
    }

    #[test]
    fn a_registered_document_has_a_price_of_its_own() {
        assert_eq!((Rate::new(600).of_registered(), Rate::new(50).of_registered()), (6, 1));
    }
}
