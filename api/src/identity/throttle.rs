//! Slowing down who guesses passwords: failures are counted per account and address, and per address.
//!
//! Counts live in this process and are forgotten after a quarter of an hour. An address is kept only as long.

use std::{
    collections::HashMap,
    hash::{BuildHasher, RandomState},
    net::IpAddr,
    sync::{Mutex, PoisonError},
};

use chrono::{DateTime, TimeDelta, Utc};

const WINDOW: TimeDelta = TimeDelta::minutes(15);
/// Wrong passwords for one account from one address.
const PER_ACCOUNT: u32 = 5;
/// Wrong passwords from one address; a whole clinic may share one.
const PER_ADDRESS: u32 = 60;
/// Counters kept at once; the older half gives way.
const MOST: usize = 20_000;

/// Counts failed sign-ins.
#[derive(Debug, Default)]
pub struct Throttle {
    /// Seeded anew in each process, so nobody can aim at another's counter.
    hasher: RandomState,
    counts: Mutex<Counts>,
}

/// Two generations: when the recent one is full it becomes the older, and what was older is forgotten.
#[derive(Debug, Default)]
struct Counts {
    recent: HashMap<u64, Count>,
    older: HashMap<u64, Count>,
}

#[derive(Clone, Copy, Debug)]
struct Count {
    since: DateTime<Utc>,
    failures: u32,
}

impl Throttle {
    /// Counts an attempt as failed before it is judged, so that attempts side by side all count. Answers the seconds to
    /// wait when there were too many; that attempt is not counted.
    pub fn attempt(&self, account: &str, address: IpAddr, now: DateTime<Utc>) -> Result<(), i64> {
        let keys = self.keys(account, address);
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let left = |(key, most): (u64, u32)| {
            let count = counts.get(key).filter(|count| count.failures >= most)?;
            let left = (count.since + WINDOW - now).num_seconds();
            (left > 0).then_some(left)
        };
        if let Some(seconds) = keys.into_iter().filter_map(left).max() {
            return Err(seconds);
        }
        for (key, _) in keys {
            let known = counts.get(key).filter(|count| now - count.since < WINDOW);
            let count = known.unwrap_or(Count { since: now, failures: 0 });
            counts.set(key, Count { failures: count.failures.saturating_add(1), ..count });
        }
        Ok(())
    }

    /// Takes back one attempt that could not be judged.
    pub fn forgive(&self, account: &str, address: IpAddr) {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        for (key, _) in self.keys(account, address) {
            if let Some(count) = counts.get(key) {
                counts.set(key, Count { failures: count.failures.saturating_sub(1), ..count });
            }
        }
    }

    /// Forgets the failures of an account that was signed in to, and that this attempt was counted for its address.
    pub fn succeeded(&self, account: &str, address: IpAddr) {
        let [(account, _), (address, _)] = self.keys(account, address);
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        counts.recent.remove(&account);
        counts.older.remove(&account);
        if let Some(count) = counts.get(address) {
            counts.set(address, Count { failures: count.failures.saturating_sub(1), ..count });
        }
    }

    /// The counters of an attempt, each with its limit. IPv6 counts by the /64 that a household gets.
    fn keys(&self, account: &str, address: IpAddr) -> [(u64, u32); 2] {
        let network = match address {
            IpAddr::V4(address) => u64::from(u32::from(address)),
            IpAddr::V6(address) => (u128::from(address) >> 64) as u64,
        };
        let of_account = self.hasher.hash_one(("account", account, address.is_ipv4(), network));
        let of_address = self.hasher.hash_one(("address", address.is_ipv4(), network));
        [(of_account, PER_ACCOUNT), (of_address, PER_ADDRESS)]
    }
}

impl Counts {
    fn get(&self, key: u64) -> Option<Count> {
        self.recent.get(&key).or_else(|| self.older.get(&key)).copied()
    }

    fn set(&mut self, key: u64, count: Count) {
        if self.recent.len() >= MOST / 2 && !self.recent.contains_key(&key) {
            self.older = std::mem::take(&mut self.recent);
        }
        self.recent.insert(key, count);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_wrong_passwords_close_an_account_to_one_address_for_a_quarter_of_an_hour() {
        let throttle = Throttle::default();
        let (here, there): (IpAddr, IpAddr) = ([127, 0, 0, 1].into(), [127, 0, 0, 2].into());
        let now = Utc::now();
        for _ in 0..5 {
            assert_eq!(throttle.attempt("ada", here, now), Ok(()));
        }
        assert_eq!(throttle.attempt("ada", here, now), Err(900));
        assert_eq!(throttle.attempt("ada", there, now), Ok(()));
        assert_eq!(throttle.attempt("bob", here, now), Ok(()));
        assert_eq!(throttle.attempt("ada", here, now + WINDOW), Ok(()));
    }

    #[test]
    fn a_success_forgets_the_failures_and_an_address_is_limited_as_a_whole() {
        let throttle = Throttle::default();
        let here: IpAddr = [127, 0, 0, 1].into();
        let now = Utc::now();
        for account in 0..60 {
            assert_eq!(throttle.attempt(&account.to_string(), here, now), Ok(()));
        }
        assert!(throttle.attempt("somebody else", here, now).is_err());
        throttle.succeeded("1", here);
        assert_eq!(throttle.attempt("somebody else", here, now), Ok(()));
        let other: IpAddr = [127, 0, 0, 9].into();
        (0..5).for_each(|_| assert_eq!(throttle.attempt("ada", other, now), Ok(())));
        throttle.succeeded("ada", other);
        assert_eq!(throttle.attempt("ada", other, now), Ok(()));
    }

    #[test]
    fn memory_is_bounded() {
        let throttle = Throttle::default();
        let now = Utc::now();
        for count in 0..30_000_u32 {
            let _ = throttle.attempt(&count.to_string(), IpAddr::V4((0x0a00_0000 + count).into()), now);
        }
        let counts = throttle.counts.lock().unwrap();
        assert!(counts.recent.len() + counts.older.len() <= MOST);
    }
}
