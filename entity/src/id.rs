//! Typed ids: a UUIDv7 in the database, a prefixed text (`pag_01jd…`) in JSON, GraphQL and logs.
//!
//! The text form follows the TypeID specification v0.3 (prefix, `_`, 26 characters of Crockford base32 in lower case),
//! so an id says what it names, sorts by time and survives being read aloud. A `LeadId` cannot be passed where a
//! `PageId` is wanted, neither in Rust nor over the wire: the prefix is checked.

use std::{borrow::Cow, fmt, str::FromStr};

use async_graphql::{
    ContextSelectionSet, InputType, InputValueError, InputValueResult, OutputType, Positioned, ServerResult, Value,
    parser::types::Field, registry,
};
use uuid::Uuid;

/// Why a text is not the id it was taken for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidId {
    prefix: &'static str,
}

impl fmt::Display for InvalidId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not an id of this kind: expected `{}_` and 26 characters", self.prefix)
    }
}

impl std::error::Error for InvalidId {}

const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// 128 bits as 26 characters, most significant first.
fn encode(id: Uuid) -> String {
    let bits = id.as_u128();
    (0..26)
        .rev()
        .map(|place| {
            let digit = (bits >> (place * 5)) as usize & 31;
            char::from(ALPHABET.get(digit).copied().unwrap_or(b'0'))
        })
        .collect()
}

fn decode(text: &str) -> Option<Uuid> {
    if text.len() != 26 || text.as_bytes().first().is_none_or(|first| *first > b'7') {
        return None;
    }
    let mut bits: u128 = 0;
    for byte in text.bytes() {
        let digit = ALPHABET.iter().position(|letter| *letter == byte)?;
        bits = (bits << 5) | digit as u128;
    }
    Some(Uuid::from_u128(bits))
}

/// Splits any id's text into its prefix and its UUID, for `node(id)` and for references of unknown kind.
pub fn split(text: &str) -> Option<(&str, Uuid)> {
    let (prefix, rest) = text.split_once('_')?;
    Some((prefix, decode(rest)?))
}

/// The text of an id whose kind is known by its prefix only.
pub fn join(prefix: &str, id: Uuid) -> String {
    format!("{prefix}_{}", encode(id))
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident = $prefix:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, sea_orm::DeriveValueType)]
        pub struct $name(pub Uuid);

        impl $name {
            /// What its text form begins with.
            pub const PREFIX: &'static str = $prefix;

            /// A fresh id; later ones sort after earlier ones.
            pub fn new() -> Self {
                Self(Uuid::now_v7())
            }
        }

        impl Default for $name {
            fn default() -> Self {
                Self::new()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}_{}", Self::PREFIX, encode(self.0))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }

        impl FromStr for $name {
            type Err = InvalidId;

            fn from_str(text: &str) -> Result<Self, InvalidId> {
                match split(text) {
                    Some((Self::PREFIX, id)) => Ok(Self(id)),
                    _ => Err(InvalidId { prefix: Self::PREFIX }),
                }
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <Cow<'de, str> as serde::Deserialize>::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }

        impl schemars::JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({ "type": "string", "pattern": concat!("^", $prefix, "_[0-7][0-9a-hjkmnp-tv-z]{25}$") })
            }
        }

        impl InputType for $name {
            type RawValueType = Self;

            fn type_name() -> Cow<'static, str> {
                <async_graphql::ID as InputType>::type_name()
            }

            fn create_type_info(registry: &mut registry::Registry) -> String {
                <async_graphql::ID as InputType>::create_type_info(registry)
            }

            fn parse(value: Option<Value>) -> InputValueResult<Self> {
                match value.unwrap_or_default() {
                    Value::String(text) => text.parse().map_err(InputValueError::custom),
                    other => Err(InputValueError::expected_type(other)),
                }
            }

            fn to_value(&self) -> Value {
                Value::String(self.to_string())
            }

            fn as_raw_value(&self) -> Option<&Self> {
                Some(self)
            }
        }

        impl OutputType for $name {
            fn type_name() -> Cow<'static, str> {
                <async_graphql::ID as OutputType>::type_name()
            }

            fn create_type_info(registry: &mut registry::Registry) -> String {
                <async_graphql::ID as OutputType>::create_type_info(registry)
            }

            async fn resolve(&self, _: &ContextSelectionSet<'_>, _: &Positioned<Field>) -> ServerResult<Value> {
                Ok(Value::String(self.to_string()))
            }
        }

        impl sea_orm::TryFromU64 for $name {
            fn try_from_u64(_: u64) -> Result<Self, sea_orm::DbErr> {
                Err(sea_orm::DbErr::ConvertFromU64(stringify!($name)))
            }
        }
    )*};
}

ids! {
    /// A page of the site. The same UUID as its [`EntryId`].
    PageId = "pag";
    /// A therapy. The same UUID as its [`EntryId`].
    TherapyId = "thr";
    /// Anything that is published: what the publishing machinery calls a page or a therapy.
    EntryId = "ent";
    /// One immutable snapshot of an entry.
    RevisionId = "rev";
    /// Somebody named on the site: an author, a clinician.
    PersonId = "per";
    /// A place where the centre treats people.
    LocationId = "loc";
    /// A state or an area that is served.
    RegionId = "reg";
    /// A telephone number with a purpose.
    ContactPointId = "ctp";
    /// A publication that a claim rests on.
    SourceId = "src";
    /// A picture or a file.
    MediaId = "med";
    /// An old path that leads somewhere.
    RedirectId = "red";
    /// Something that is to be published or taken back at a time.
    ScheduleId = "sch";
    /// A question with its answer, kept once.
    FaqItemId = "faq";
    /// A block that is kept once.
    SharedBlockId = "sbl";
    /// A menu of the site.
    MenuId = "mnu";
    /// The brand settings, of which there is one: [`BrandId::THE`].
    BrandId = "brd";
    /// A list as somebody keeps it.
    SavedViewId = "viw";
    /// A time during which the public read one revision.
    PublicationId = "pub";
    /// A change that the public sees.
    ContentChangeId = "chg";
    /// Something that staff should hear of at once.
    LiveEventId = "liv";
    /// Somebody who is told of changes.
    WebhookId = "whk";
    /// Something that somebody is told.
    DeliveryId = "msg";
    /// A person who asked for help.
    LeadId = "lea";
    /// One entry of a lead's timeline.
    LeadEventId = "lev";
    /// The inquirer or the patient of a lead.
    LeadPersonId = "lep";
    /// One version of a consent's wording.
    ConsentTextId = "cns";
    /// A consent that was given.
    LeadConsentId = "lec";
    /// A file of leads that somebody took out.
    LeadExportId = "lex";
    /// Something to be done for a lead.
    LeadTaskId = "tsk";
    /// What a place was told of somebody.
    LeadReferralId = "lrf";
    /// A place that somebody may be sent to.
    ReferralTargetId = "rft";
    /// A member of staff.
    UserId = "usr";
    /// A signed-in browser.
    SessionId = "ses";
    /// A line of the audit log.
    AuditEventId = "aud";
    /// Work that waits for its turn.
    OutboxId = "out";
}

impl BrandId {
    /// The one there is.
    pub const THE: Self = Self(Uuid::from_u128(1));
}

impl From<PageId> for EntryId {
    fn from(id: PageId) -> Self {
        Self(id.0)
    }
}

impl From<TherapyId> for EntryId {
    fn from(id: TherapyId) -> Self {
        Self(id.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_reads_back_as_itself_and_as_nothing_else() {
        let id = PageId::new();
        let text = id.to_string();
        assert_eq!(text.len(), 30);
        assert_eq!(text.parse(), Ok(id));
        assert!(text.parse::<TherapyId>().is_err());
        assert!(text.to_uppercase().parse::<PageId>().is_err());
        assert!("pag_".parse::<PageId>().is_err());
        assert!("pag_8zzzzzzzzzzzzzzzzzzzzzzzzz".parse::<PageId>().is_err());
    }

    #[test]
    fn the_text_form_is_that_of_the_type_id_specification() {
        let id = PageId(Uuid::from_u128(0x0188_bac7_4afa_78aa_bc3b_bd1e_ef28_d881));
        assert_eq!(id.to_string(), "pag_01h2xcejqtf2nbrexx3vqjhp41");
    }
}
