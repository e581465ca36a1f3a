//! Proof of work (ALTCHA, protocol 2): the browser of whoever writes works for a second while they type. A person does not
//! notice; whoever sends thousands does. It is never asked for: a missing or a wrong proof is a sign, and nobody is refused.
//!
//! A challenge holds nothing of whoever asks for it. It lasts for a day: a slow writer has twenty hours (WCAG 2.2.1), and no
//! script has to wait that long to fetch another. What was used is remembered by this server, for as long and of so many at
//! the most, and stored nowhere; so with several servers a proof is good once at each, and once more after a restart.

use std::{ops::RangeInclusive, sync::Arc, time::Duration};

use altcha::{Challenge, CreateChallengeOptions, Payload, VerifySolutionOptions, create_challenge, verify_solution};
use chrono::{DateTime, TimeDelta, Utc};
use data_encoding::{BASE64, HEXLOWER};
use moka::{policy::EvictionPolicy, sync::Cache};
use rand::RngExt;
use serde_json::Value;
use zeroize::Zeroizing;

use super::Vault;
use crate::{
    error::{Error, Result},
    keys::Secret,
};

const ALGORITHM: &str = "PBKDF2/SHA-256";
/// Rounds of each attempt.
const COST: u32 = 1_000;
/// Attempts until one fits: a second or so in one worker of a slow machine.
const USUAL: RangeInclusive<u32> = 1_500..=4_500;
/// For a client that sends a lot: two or three seconds. What a challenge costs us does not depend on it.
const RAISED: RangeInclusive<u32> = 6_000..=9_000;
/// How long a challenge may be answered.
const LASTS: TimeDelta = TimeDelta::hours(24);
/// A proof has some 700 bytes.
const MOST_BYTES: usize = 4_096;
/// Used proofs that are remembered; of more, those used last. Whoever wants one forgotten has to solve as many.
const MOST_USED: u64 = 100_000;

/// How much work is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effort {
    /// What a person does not notice.
    Usual,
    /// More, for a client that sends a lot.
    Raised,
}

/// What a proof says about who sent it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Judgement {
    /// The work was done, for this request.
    Fine,
    /// There is none, or it came a day late: no script ran, or none of ours.
    Missing,
    /// It solves no challenge of ours.
    Wrong,
    /// It was good for another request.
    Used,
}

/// Asks for proofs and judges them. Cheap to clone.
#[derive(Clone)]
pub struct Proofs(Arc<Inner>);

struct Inner {
    challenge_key: Zeroizing<String>,
    solution_key: Zeroizing<String>,
    /// By its nonce, for which request.
    used: Cache<String, Arc<[u8]>>,
}

impl std::fmt::Debug for Proofs {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Proofs(***)")
    }
}

impl Proofs {
    /// Signed with keys of the vault.
    pub fn new(vault: &Vault) -> Self {
        let (challenge, solution) = vault.challenge_keys();
        let text = |key: &Secret| Zeroizing::new(HEXLOWER.encode(key.expose()));
        let lasts = LASTS.to_std().unwrap_or(Duration::from_secs(86_400));
        let used = Cache::builder()
            .max_capacity(MOST_USED)
            .time_to_live(lasts)
            // Many that are used once may not keep out the newest.
            .eviction_policy(EvictionPolicy::lru())
            .build();
        Self(Arc::new(Inner { challenge_key: text(challenge), solution_key: text(solution), used }))
    }

    /// A fresh challenge, as ALTCHA's widget reads it.
    pub fn challenge(&self, effort: Effort, now: DateTime<Utc>) -> Result<Value> {
        let range = match effort {
            Effort::Usual => USUAL,
            Effort::Raised => RAISED,
        };
        let challenge = self.of(rand::rng().random_range(range), now + LASTS)?;
        Ok(serde_json::to_value(challenge)?)
    }

    /// Judges a proof that came with the request `by`; one that was used by it before is good for it again.
    pub fn judge(&self, proof: Option<&str>, by: &[u8], now: DateTime<Utc>) -> Judgement {
        let Some(proof) = proof.map(str::trim).filter(|proof| !proof.is_empty()) else { return Judgement::Missing };
        let Some(Payload { challenge, solution }) = read(proof) else { return Judgement::Wrong };
        // Not `verify_solution`'s own look at the clock alone: what has no end is none of ours.
        match challenge.parameters.expires_at {
            None | Some(0) => return Judgement::Wrong,
            Some(end) if end < now.timestamp() => return Judgement::Missing,
            Some(_) => {}
        }
        let options = VerifySolutionOptions {
            hmac_key_signature_secret: Some(self.0.solution_key.to_string()),
            ..VerifySolutionOptions::new(&challenge, &solution, self.0.challenge_key.as_str())
        };
        if !verify_solution(options).is_ok_and(|result| result.verified) {
            return Judgement::Wrong;
        }
        let used = self.0.used.entry(challenge.parameters.nonce).or_insert_with(|| Arc::from(by));
        if used.is_fresh() || **used.value() == *by { Judgement::Fine } else { Judgement::Used }
    }

    /// The challenge that attempt number `counter` solves. Half of what it finds is told, the whole of it signed.
    fn of(&self, counter: u32, end: DateTime<Utc>) -> Result<Challenge> {
        let options = CreateChallengeOptions {
            algorithm: ALGORITHM.to_owned(),
            cost: COST,
            counter: Some(counter),
            expires_at: Some(end.timestamp()),
            hmac_signature_secret: Some(self.0.challenge_key.to_string()),
            hmac_key_signature_secret: Some(self.0.solution_key.to_string()),
            ..CreateChallengeOptions::default()
        };
        create_challenge(options).map_err(|cause| Error::internal(format!("no challenge can be made: {cause}")))
    }
}

fn read(proof: &str) -> Option<Payload> {
    if proof.len() > MOST_BYTES {
        return None;
    }
    serde_json::from_slice(&BASE64.decode(proof.as_bytes()).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use altcha::{Solution, SolveChallengeOptions, solve_challenge};
    use serde_json::json;

    use super::*;
    use crate::keys::Keys;

    /// Puts something of another challenge, or nothing of any, into one.
    type Change = fn(&mut Challenge, &Challenge);

    fn proofs() -> Proofs {
        Proofs::new(&Vault::new(&Keys::generate(), Path::new("/nonexistent")))
    }

    fn soon() -> DateTime<Utc> {
        Utc::now() + LASTS
    }

    fn solved(challenge: &Challenge) -> Solution {
        solve_challenge(SolveChallengeOptions::new(challenge)).unwrap().unwrap()
    }

    fn sent(challenge: &Challenge, solution: &Solution) -> String {
        BASE64.encode(json!({ "challenge": challenge, "solution": solution }).to_string().as_bytes())
    }

    /// What comes of a proof at a server that has seen none.
    fn judged(proofs: &Proofs, challenge: &Challenge, solution: &Solution) -> Judgement {
        let elsewhere = Proofs(Arc::new(Inner {
            challenge_key: proofs.0.challenge_key.clone(),
            solution_key: proofs.0.solution_key.clone(),
            used: Cache::new(10),
        }));
        elsewhere.judge(Some(&sent(challenge, solution)), b"one", Utc::now())
    }

    #[test]
    fn who_did_the_work_is_told_from_who_did_not() {
        let proofs = proofs();
        let challenge = proofs.of(7, soon()).unwrap();
        let solution = solved(&challenge);
        assert_eq!(solution.counter, 7, "the first attempt that fits is the one that was chosen");
        assert_eq!(judged(&proofs, &challenge, &solution), Judgement::Fine);
        for none in [None, Some(""), Some("  ")] {
            assert_eq!(proofs.judge(none, b"one", Utc::now()), Judgement::Missing);
        }
        for nonsense in ["%%%", "AAAA", &BASE64.encode(b"{}"), &"A".repeat(5_000)] {
            assert_eq!(proofs.judge(Some(nonsense), b"one", Utc::now()), Judgement::Wrong, "{nonsense:.20}");
        }
    }

    #[test]
    fn no_other_attempt_is_good() {
        let proofs = proofs();
        let challenge = proofs.of(7, soon()).unwrap();
        // What attempt 0 finds, truly derived, but not what was asked for.
        let anything = altcha::ChallengeParameters { key_prefix: String::new(), ..challenge.parameters.clone() };
        let attempt = solved(&Challenge { parameters: anything, signature: None });
        assert_eq!(attempt.counter, 0);
        assert_eq!(judged(&proofs, &challenge, &attempt), Judgement::Wrong);
        // What was told of the key, and nothing after it.
        let prefix = challenge.parameters.key_prefix.clone();
        for key in [prefix.clone(), format!("{prefix:0<64}"), String::new(), "no hex".to_owned()] {
            let guess = Solution { counter: 7, derived_key: key, time: None };
            assert_eq!(judged(&proofs, &challenge, &guess), Judgement::Wrong);
        }
    }

    #[test]
    fn nothing_of_a_challenge_can_be_changed() {
        let proofs = proofs();
        let challenge = proofs.of(3, soon()).unwrap();
        let solution = solved(&challenge);
        let easy = proofs.of(0, soon()).unwrap();
        let changes: [(&str, Change); 10] = [
            ("an easier prefix", |it, _| it.parameters.key_prefix = "00".to_owned()),
            ("a cheaper attempt", |it, _| it.parameters.cost = 1),
            ("another algorithm", |it, _| it.parameters.algorithm = "SHA-256".to_owned()),
            ("more time", |it, _| it.parameters.expires_at = it.parameters.expires_at.map(|end| end + 1)),
            ("no end", |it, _| it.parameters.expires_at = None),
            ("a shorter key", |it, _| it.parameters.key_length = 1),
            ("another's nonce", |it, other| it.parameters.nonce.clone_from(&other.parameters.nonce)),
            ("another's salt", |it, other| it.parameters.salt.clone_from(&other.parameters.salt)),
            ("another's key", |it, other| it.parameters.key_signature.clone_from(&other.parameters.key_signature)),
            ("no signature", |it, _| it.signature = None),
        ];
        for (what, change) in changes {
            let mut changed = challenge.clone();
            change(&mut changed, &easy);
            assert_eq!(judged(&proofs, &changed, &solution), Judgement::Wrong, "{what}");
            // Nor with what solves the other.
            assert_eq!(judged(&proofs, &changed, &solved(&easy)), Judgement::Wrong, "{what}");
        }
        // Where one value ends and the next begins is signed as well.
        let mut spliced = challenge.clone();
        spliced.parameters.nonce.push_str(&challenge.parameters.salt[..2]);
        spliced.parameters.salt.drain(..2);
        assert_eq!(judged(&proofs, &spliced, &solution), Judgement::Wrong);
        let elsewhere = self::proofs().of(3, soon()).unwrap();
        assert_eq!(judged(&proofs, &elsewhere, &solved(&elsewhere)), Judgement::Wrong, "another installation's");
    }

    #[test]
    fn where_the_key_is_not_signed_the_attempt_is_made_again() {
        let proofs = proofs();
        let signed = CreateChallengeOptions {
            cost: COST,
            counter: Some(3),
            expires_at: Some(soon().timestamp()),
            hmac_signature_secret: Some(proofs.0.challenge_key.to_string()),
            ..CreateChallengeOptions::default()
        };
        let challenge = create_challenge(signed).unwrap();
        assert_eq!(challenge.parameters.key_signature, None);
        let solution = solved(&challenge);
        assert_eq!(judged(&proofs, &challenge, &solution), Judgement::Fine);
        let other = Solution { counter: 2, ..solution };
        assert_eq!(judged(&proofs, &challenge, &other), Judgement::Wrong);
    }

    #[test]
    fn a_proof_is_good_once_and_for_a_day() {
        let (proofs, now) = (proofs(), Utc::now());
        let challenge = proofs.of(3, now + LASTS).unwrap();
        let proof = sent(&challenge, &solved(&challenge));
        let judge = |by: &[u8], later: TimeDelta| proofs.judge(Some(&proof), by, now + later);
        assert_eq!(judge(b"one", TimeDelta::hours(23)), Judgement::Fine);
        assert_eq!(judge(b"two", TimeDelta::zero()), Judgement::Used);
        assert_eq!(judge(b"one", TimeDelta::zero()), Judgement::Fine, "a retry is a retry");
        assert_eq!(judge(b"one", TimeDelta::hours(25)), Judgement::Missing);
    }

    #[test]
    fn a_challenge_tells_nothing_of_who_asks_and_is_the_same_work_for_all() {
        let proofs = proofs();
        for effort in [Effort::Usual, Effort::Raised] {
            let challenge = proofs.challenge(effort, Utc::now()).unwrap();
            let fields: Vec<_> = challenge["parameters"].as_object().unwrap().keys().map(String::as_str).collect();
            assert_eq!(
                fields,
                ["algorithm", "cost", "expiresAt", "keyLength", "keyPrefix", "keySignature", "nonce", "salt"]
            );
            assert_eq!(challenge["parameters"]["keyPrefix"].as_str().map(str::len), Some(32));
        }
        assert!(USUAL.end() < RAISED.start());
    }
}
