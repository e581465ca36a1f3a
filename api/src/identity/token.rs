//! Access tokens: short-lived JWTs (RFC 9068, `typ: at+jwt`) signed with Ed25519, one algorithm and no other.
//!
//! A token names a session, nothing more: role and state are read from the session each time it is used.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use data_encoding::BASE64URL_NOPAD;
use ed25519_dalek::{SigningKey, pkcs8::EncodePrivateKey};
use entity::{
    id::{SessionId, UserId},
    user::Role,
};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    error::{Error, Result},
    keys::Keys,
};

const ISSUER: &str = "hillside";
const AUDIENCE: &str = "hillside-admin";
const TYPE: &str = "at+jwt";
/// How far two clocks may be apart.
const LEEWAY_SECONDS: u64 = 30;
/// Longer than any token of ours; what is longer is not looked at.
const MOST_BYTES: usize = 1_024;

/// What a token says.
#[derive(Debug, Serialize, Deserialize)]
struct Claims {
    iss: String,
    aud: String,
    sub: UserId,
    sid: SessionId,
    iat: i64,
    nbf: i64,
    exp: i64,
    jti: Uuid,
    ver: u8,
}

/// Signs access tokens and reads them back.
pub struct Tokens {
    current: String,
    signing: EncodingKey,
    known: HashMap<String, DecodingKey>,
    validation: Validation,
}

/// A token and the moment it ends.
pub struct AccessToken {
    /// The JWT.
    pub value: String,
    /// When it ends.
    pub expires_at: DateTime<Utc>,
}

impl Tokens {
    /// Signs with the ring's first key, reads tokens of any in it.
    pub fn new(keys: &Keys) -> Result<Self> {
        let current = keys.token.first().ok_or_else(|| Error::internal("the ring of token keys is empty"))?;
        let mut known = HashMap::new();
        for key in &keys.token {
            let public = SigningKey::from_bytes(key.key.expose()).verifying_key();
            let public = DecodingKey::from_ed_components(&BASE64URL_NOPAD.encode(public.as_bytes()));
            known.insert(key.id.clone(), public.map_err(Error::internal)?);
        }
        let private = SigningKey::from_bytes(current.key.expose()).to_pkcs8_der();
        let private = private.map_err(|cause| Error::internal(cause.to_string()))?;
        let mut validation = Validation::new(Algorithm::EdDSA);
        validation.set_required_spec_claims(&["exp", "iss", "aud", "sub", "nbf"]);
        validation.set_audience(&[AUDIENCE]);
        validation.set_issuer(&[ISSUER]);
        validation.validate_nbf = true;
        validation.leeway = LEEWAY_SECONDS;
        Ok(Self {
            current: current.id.clone(),
            signing: EncodingKey::from_ed_der(private.as_bytes()),
            known,
            validation,
        })
    }

    /// A token for a session: ten minutes, five for who may reveal a lead.
    pub fn issue(&self, user: UserId, role: Role, session: SessionId, now: DateTime<Utc>) -> Result<AccessToken> {
        let life = match role {
            Role::Owner | Role::Admissions => TimeDelta::minutes(5),
            Role::Admin | Role::Editor | Role::Reviewer | Role::Auditor => TimeDelta::minutes(10),
        };
        let expires_at = now + life;
        let claims = Claims {
            iss: ISSUER.to_owned(),
            aud: AUDIENCE.to_owned(),
            sub: user,
            sid: session,
            iat: now.timestamp(),
            nbf: now.timestamp(),
            exp: expires_at.timestamp(),
            jti: Uuid::now_v7(),
            ver: 1,
        };
        let mut header = Header::new(Algorithm::EdDSA);
        header.typ = Some(TYPE.to_owned());
        header.kid = Some(self.current.clone());
        let value = jsonwebtoken::encode(&header, &claims, &self.signing).map_err(Error::internal)?;
        Ok(AccessToken { value, expires_at })
    }

    /// The user and session a token names; `Unauthenticated` for whatever is not a present token of ours.
    pub fn read(&self, token: &str) -> Result<(UserId, SessionId)> {
        if token.len() > MOST_BYTES {
            return Err(Error::Unauthenticated);
        }
        let header = jsonwebtoken::decode_header(token).map_err(|_| Error::Unauthenticated)?;
        let ours = header.typ.as_deref() == Some(TYPE) && header.alg == Algorithm::EdDSA;
        let key = header.kid.as_deref().and_then(|kid| self.known.get(kid)).filter(|_| ours);
        let key = key.ok_or(Error::Unauthenticated)?;
        let claims =
            jsonwebtoken::decode::<Claims>(token, key, &self.validation).map_err(|_| Error::Unauthenticated)?.claims;
        Ok((claims.sub, claims.sid))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens() -> Tokens {
        Tokens::new(&Keys::generate()).unwrap()
    }

    #[test]
    fn a_token_reads_back_and_ends() {
        let tokens = tokens();
        let (user, session) = (UserId::new(), SessionId::new());
        let token = tokens.issue(user, Role::Editor, session, Utc::now()).unwrap();
        assert_eq!(tokens.read(&token.value).unwrap(), (user, session));
        let old = tokens.issue(user, Role::Editor, session, Utc::now() - TimeDelta::minutes(11)).unwrap();
        assert!(tokens.read(&old.value).is_err());
        let early = tokens.issue(user, Role::Editor, session, Utc::now() + TimeDelta::minutes(5)).unwrap();
        assert!(tokens.read(&early.value).is_err());
    }

    #[test]
    fn who_may_reveal_has_half_the_time() {
        let now = Utc::now();
        let life = |role| tokens().issue(UserId::new(), role, SessionId::new(), now).unwrap().expires_at - now;
        assert_eq!(life(Role::Admissions), TimeDelta::minutes(5));
        assert_eq!(life(Role::Editor), TimeDelta::minutes(10));
    }

    #[test]
    fn another_key_type_or_algorithm_is_refused() {
        let tokens = tokens();
        let valid = tokens.issue(UserId::new(), Role::Editor, SessionId::new(), Utc::now()).unwrap().value;
        assert!(self::tokens().read(&valid).is_err());

        let [_, payload, signature] = valid.split('.').collect::<Vec<_>>()[..] else { panic!("not a JWT") };
        let header = |text: &str| BASE64URL_NOPAD.encode(text.replace("KID", &tokens.current).as_bytes());
        for wrong in [
            r#"{"alg":"none","typ":"at+jwt","kid":"KID"}"#,
            r#"{"alg":"HS256","typ":"at+jwt","kid":"KID"}"#,
            r#"{"alg":"EdDSA","typ":"JWT","kid":"KID"}"#,
            r#"{"alg":"EdDSA","typ":"at+jwt","kid":"../keys.json"}"#,
            r#"{"alg":"EdDSA","typ":"at+jwt"}"#,
        ] {
            assert!(tokens.read(&format!("{}.{payload}.{signature}", header(wrong))).is_err(), "{wrong}");
            assert!(tokens.read(&format!("{}.{payload}.", header(wrong))).is_err(), "{wrong}");
        }
        for broken in ["", "a.b.c", &valid[..valid.len() - 2], &format!("{valid}x"), &"a".repeat(2_000)] {
            assert!(tokens.read(broken).is_err(), "{broken}");
        }
    }

    #[test]
    fn claims_of_another_issuer_audience_or_shape_are_refused() {
        let tokens = tokens();
        let mut header = Header::new(Algorithm::EdDSA);
        header.typ = Some(TYPE.to_owned());
        header.kid = Some(tokens.current.clone());
        let now = Utc::now().timestamp();
        let base = serde_json::json!({
            "iss": ISSUER, "aud": AUDIENCE, "sub": UserId::new(), "sid": SessionId::new(),
            "iat": now, "nbf": now, "exp": now + 300, "jti": Uuid::now_v7(), "ver": 1,
        });
        let read = |change: &dyn Fn(&mut serde_json::Map<String, serde_json::Value>)| {
            let mut claims = base.clone();
            change(claims.as_object_mut().unwrap());
            tokens.read(&jsonwebtoken::encode(&header, &claims, &tokens.signing).unwrap())
        };
        assert!(read(&|_| {}).is_ok());
        for (field, wrong) in [
            ("iss", serde_json::json!("other")),
            ("aud", serde_json::json!("hillside-public")),
            ("sub", serde_json::json!("pag_01h2xcejqtf2nbrexx3vqjhp41")),
            ("sid", serde_json::json!("1")),
            ("exp", serde_json::json!("9999999999")),
            ("exp", serde_json::json!(now - 60)),
            ("nbf", serde_json::json!(now + 60)),
            ("nbf", serde_json::json!("0")),
        ] {
            assert!(read(&|claims| drop(claims.insert(field.to_owned(), wrong.clone()))).is_err(), "{field}: {wrong}");
        }
        for field in ["iss", "aud", "sub", "sid", "exp", "nbf"] {
            assert!(read(&|claims| drop(claims.remove(field))).is_err(), "without {field}");
        }
    }
}
