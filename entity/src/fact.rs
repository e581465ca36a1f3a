//! The facts of the library: one struct of fields per kind, registered in one line below.
//!
//! A fact's fields are what staff write: the struct is the input, the form's schema and what is checked. Each kind keeps
//! them in a table of its own, with an id and the number of its version.

use std::{collections::HashMap, fmt, str::FromStr, sync::LazyLock};

use async_graphql::{Enum, OneofObject};
use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use sea_orm::EntityTrait;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    brand, contact_point, faq_item, form,
    id::{self, BrandId, ContactPointId, FaqItemId, LocationId, MenuId, PersonId, RegionId, SharedBlockId, SourceId},
    location, menu, person,
    problem::Problems,
    reference::Reference,
    region, shared_block, source,
};

/// The fields of one kind of fact: where they are kept, what they are called, and what must hold of them.
pub trait Kind: Clone + JsonSchema + Serialize + Send + Sync + 'static {
    /// Its table.
    type Entity: EntityTrait;
    /// The column of the id.
    const ID: <Self::Entity as EntityTrait>::Column;
    /// The column of the version.
    const VERSION: <Self::Entity as EntityTrait>::Column;
    /// The field that no two facts of the kind may share.
    const UNIQUE: Option<&'static str> = None;

    /// What editors call one: "Contact point".
    const TITLE: &'static str;
    /// What they call many.
    const PLURAL: &'static str;
    /// One sentence: what it is for.
    const DESCRIPTION: &'static str;
    /// The name of its icon in the admin.
    const ICON: &'static str;

    /// Whether there is one and no more.
    const SINGLE: bool = false;
    /// Whether it points at anything.
    const POINTS: bool = false;

    /// A fresh one, as a form begins.
    fn fresh() -> Self;

    /// Reads a row.
    fn of(row: <Self::Entity as EntityTrait>::Model) -> serde_json::Result<Stored<Self>>;

    /// The row as written `now`, without id and version.
    fn into_row(self, now: DateTime<Utc>) -> serde_json::Result<<Self::Entity as EntityTrait>::ActiveModel>;

    /// An id as the column holds it.
    fn key(id: Uuid) -> sea_orm::Value {
        id.into()
    }

    /// What lists call it.
    fn name(&self) -> String;

    /// The second line of lists: a number, a publisher, a place.
    fn detail(&self) -> String;

    /// What else it says, so that it is found by that.
    fn words(&self) -> String {
        String::new()
    }

    /// Brings what was typed into the form it is kept in.
    fn tidy(&mut self) {}

    /// Records what is wrong with it.
    fn validate(&self, problems: &mut Problems);

    /// Records what may not become of `before`.
    fn validate_change(&self, _before: &Self, _problems: &mut Problems) {}

    /// Why it may never be deleted, in a sentence.
    fn protection(&self) -> Option<&'static str> {
        None
    }

    /// Everything it points at.
    fn references(&self, _found: &mut Vec<Reference>) {}
}

/// A fact as it is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Stored<K> {
    /// Its id without the kind.
    pub id: Uuid,
    /// How often it was written; whoever changes it names the version they read.
    pub version: i32,
    /// What staff write.
    pub fields: K,
}

/// A kind's definition, as the admin draws its form from it.
#[derive(Clone, Debug)]
pub struct Definition {
    /// Which.
    pub kind: FactKind,
    /// What editors call one.
    pub title: &'static str,
    /// What they call many.
    pub plural: &'static str,
    /// What it is for.
    pub description: &'static str,
    /// The name of its icon.
    pub icon: &'static str,
    /// Whether there is one and no more.
    pub single: bool,
    /// JSON Schema of its fields, with the hints that block kinds have too.
    pub schema: serde_json::Value,
    /// A fresh one.
    pub empty: serde_json::Value,
}

macro_rules! facts {
    ($($(#[$doc:meta])* $variant:ident($module:ident, $id:ident) = $name:literal,)*) => {
        /// What sort of fact it is.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Enum)]
        pub enum FactKind {
            $($(#[$doc])* $variant,)*
        }

        /// The fields of a fact: exactly one of these.
        #[derive(Deserialize, OneofObject)]
        #[serde(rename_all = "camelCase")]
        pub enum FactInput {
            $($(#[$doc])* $variant($module::Fields),)*
        }

        impl FactKind {
            /// Every kind, in the order of the admin.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// Its key in `FactInput`: `contactPoint`.
            pub fn key(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// What the text of its ids begins with.
            pub fn prefix(self) -> &'static str {
                match self { $(Self::$variant => $id::PREFIX,)* }
            }
        }

        impl FactInput {
            /// The kind whose fields they are.
            pub fn kind(&self) -> FactKind {
                match self { $(Self::$variant(_) => FactKind::$variant,)* }
            }
        }

        /// Every kind's definition, in the order of the admin.
        pub fn definitions() -> Vec<Definition> {
            vec![$(definition::<$module::Fields>(FactKind::$variant),)*]
        }
    };
}

facts! {
    /// A telephone number with a purpose.
    ContactPoint(contact_point, ContactPointId) = "contactPoint",
    /// Somebody named on the site.
    Person(person, PersonId) = "person",
    /// A publication that a claim rests on.
    Source(source, SourceId) = "source",
    /// A place where the centre treats people.
    Location(location, LocationId) = "location",
    /// A state or an area that is served.
    Region(region, RegionId) = "region",
    /// A question with its answer.
    FaqItem(faq_item, FaqItemId) = "faqItem",
    /// A block that stands on several pages.
    SharedBlock(shared_block, SharedBlockId) = "sharedBlock",
    /// A menu of the site.
    Menu(menu, MenuId) = "menu",
    /// The centre as a whole.
    Brand(brand, BrandId) = "brand",
}

/// Does the same with the fields of whichever kind it is: `with_fact_kind!(kind, Fields => list::<Fields>(db).await)`.
#[macro_export]
macro_rules! with_fact_kind {
    ($kind:expr, $fields:ident => $do:expr) => {
        $crate::with_fact_kind!(@ $kind, $fields => $do;
            ContactPoint contact_point, Person person, Source source, Location location, Region region,
            FaqItem faq_item, SharedBlock shared_block, Menu menu, Brand brand)
    };
    (@ $kind:expr, $fields:ident => $do:expr; $($variant:ident $module:ident),*) => {
        match $kind {
            $($crate::fact::FactKind::$variant => {
                type $fields = $crate::$module::Fields;
                $do
            })*
        }
    };
}

/// The same with what somebody wrote: `with_fact_input!(input, fields => create(db, fields).await)`.
#[macro_export]
macro_rules! with_fact_input {
    ($input:expr, $fields:ident => $do:expr) => {
        $crate::with_fact_input!(@ $input, $fields => $do;
            ContactPoint, Person, Source, Location, Region, FaqItem, SharedBlock, Menu, Brand)
    };
    (@ $input:expr, $fields:ident => $do:expr; $($variant:ident),*) => {
        match $input {
            $($crate::fact::FactInput::$variant($fields) => $do,)*
        }
    };
}

/// Whether facts of a kind point at anything.
pub fn points(kind: FactKind) -> bool {
    with_fact_kind!(kind, Fields => <Fields as Kind>::POINTS)
}

/// What a form calls a field.
pub fn field_title(kind: FactKind, name: &str) -> String {
    static SCHEMAS: LazyLock<HashMap<FactKind, serde_json::Value>> =
        LazyLock::new(|| definitions().into_iter().map(|it| (it.kind, it.schema)).collect());
    let title = || SCHEMAS.get(&kind)?.get("properties")?.get(name)?.get("title")?.as_str();
    title().unwrap_or(name).to_owned()
}

fn definition<K: Kind>(kind: FactKind) -> Definition {
    Definition {
        kind,
        title: K::TITLE,
        plural: K::PLURAL,
        description: K::DESCRIPTION,
        icon: K::ICON,
        single: K::SINGLE,
        schema: form::schema_of::<K>(),
        empty: serde_json::to_value(K::fresh()).unwrap_or_default(),
    }
}

/// Which fact, of whatever kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FactId {
    /// Of which kind.
    pub kind: FactKind,
    /// Its id without the kind.
    pub id: Uuid,
}

impl FactId {
    /// What content points at it by, unless it is nothing that content points at.
    pub fn reference(self) -> Option<Reference> {
        Reference::parse(&self.to_string())
    }
}

/// The text is the id of no fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoFactId;

impl FromStr for FactId {
    type Err = NoFactId;

    fn from_str(text: &str) -> Result<Self, NoFactId> {
        let (prefix, id) = id::split(text).ok_or(NoFactId)?;
        let kind = FactKind::ALL.iter().copied().find(|kind| kind.prefix() == prefix).ok_or(NoFactId)?;
        Ok(Self { kind, id })
    }
}

impl fmt::Display for FactId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        id::join(self.kind.prefix(), self.id).fmt(f)
    }
}
