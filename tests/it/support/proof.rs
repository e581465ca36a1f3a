//! A visitor's machine: it solves a challenge as ALTCHA's widget does.

use std::num::NonZeroU32;

use aws_lc_rs::pbkdf2::{PBKDF2_HMAC_SHA256, derive};
use data_encoding::{BASE64, HEXLOWER};
use serde_json::{Value, json};

use super::Visitor;

impl Visitor {
    /// A fresh challenge.
    pub async fn challenge(&self) -> Value {
        self.get("/forms/challenge").await.challenge()
    }
}

impl super::Answer {
    /// The challenge it is.
    pub fn challenge(&self) -> Value {
        assert_eq!(
            (self.status.as_u16(), &self.headers["cache-control"]),
            (200, &"no-store".parse().expect("a value"))
        );
        self.body.clone()
    }
}

/// Attempts until one fits; answers what is found.
pub fn solve(challenge: &Value) -> Value {
    let prefix = challenge["parameters"]["keyPrefix"].as_str().expect("a prefix");
    let found = (0..20_000).map(|counter| attempt(challenge, counter));
    let mut fitting = found.filter(|it| it["derivedKey"].as_str().expect("a key").starts_with(prefix));
    fitting.next().expect("an attempt that fits")
}

/// What one attempt finds, whether it fits or not.
pub fn attempt(challenge: &Value, counter: u32) -> Value {
    let hex = |field: &str| {
        let text = challenge["parameters"][field].as_str().expect("a text");
        HEXLOWER.decode(text.as_bytes()).expect("hex")
    };
    let cost = challenge["parameters"]["cost"].as_u64().and_then(|cost| u32::try_from(cost).ok());
    let password = [hex("nonce"), counter.to_be_bytes().to_vec()].concat();
    let mut key = [0; 32];
    derive(PBKDF2_HMAC_SHA256, cost.and_then(NonZeroU32::new).expect("a cost"), &hex("salt"), &password, &mut key);
    json!({ "counter": counter, "derivedKey": HEXLOWER.encode(&key), "time": 1 })
}

/// As it is sent.
pub fn sent(challenge: &Value, solution: &Value) -> String {
    BASE64.encode(json!({ "challenge": challenge, "solution": solution }).to_string().as_bytes())
}
