//! Naming a thing by its id, and what is known of it when it is read.
//!
//! Content never holds a URL of our own. It holds a [`Reference`]; whoever draws or serves the content brings
//! [`Targets`], looked up in one go, and a reference without a target is shown as text, never as a broken link.

use std::{
    borrow::Cow,
    collections::{HashMap, HashSet},
    sync::Arc,
};

use async_graphql::{
    Context, ContextSelectionSet, OutputType, Positioned, ServerResult, SimpleObject, Union, Value,
    parser::types::Field, registry,
};
use uuid::Uuid;

use crate::{
    block::{Block, FaqItem},
    hours::{OpeningHours, SpecialDay},
    id::{
        ContactPointId, EntryId, FaqItemId, LocationId, MediaId, PageId, PersonId, RegionId, SharedBlockId, SourceId,
        TherapyId,
    },
    picture::Picture,
};

/// Something that content points at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "each variant is the thing its id names")]
pub enum Reference {
    Page(PageId),
    Therapy(TherapyId),
    Location(LocationId),
    Region(RegionId),
    Person(PersonId),
    ContactPoint(ContactPointId),
    Source(SourceId),
    Media(MediaId),
    FaqItem(FaqItemId),
    SharedBlock(SharedBlockId),
}

impl Reference {
    /// Reads the text form of any id that content may point at.
    pub fn parse(text: &str) -> Option<Self> {
        let (prefix, id) = crate::id::split(text)?;
        Some(match prefix {
            PageId::PREFIX => Self::Page(PageId(id)),
            TherapyId::PREFIX => Self::Therapy(TherapyId(id)),
            LocationId::PREFIX => Self::Location(LocationId(id)),
            RegionId::PREFIX => Self::Region(RegionId(id)),
            PersonId::PREFIX => Self::Person(PersonId(id)),
            ContactPointId::PREFIX => Self::ContactPoint(ContactPointId(id)),
            SourceId::PREFIX => Self::Source(SourceId(id)),
            MediaId::PREFIX => Self::Media(MediaId(id)),
            FaqItemId::PREFIX => Self::FaqItem(FaqItemId(id)),
            SharedBlockId::PREFIX => Self::SharedBlock(SharedBlockId(id)),
            _ => return None,
        })
    }

    /// The entry it names, where it names one.
    pub fn entry(self) -> Option<EntryId> {
        match self {
            Self::Page(id) => Some(id.into()),
            Self::Therapy(id) => Some(id.into()),
            _ => None,
        }
    }

    /// The id without its kind.
    pub fn uuid(self) -> Uuid {
        match self {
            Self::Page(id) => id.0,
            Self::Therapy(id) => id.0,
            Self::Location(id) => id.0,
            Self::Region(id) => id.0,
            Self::Person(id) => id.0,
            Self::ContactPoint(id) => id.0,
            Self::Source(id) => id.0,
            Self::Media(id) => id.0,
            Self::FaqItem(id) => id.0,
            Self::SharedBlock(id) => id.0,
        }
    }
}

impl std::fmt::Display for Reference {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Page(id) => id.fmt(f),
            Self::Therapy(id) => id.fmt(f),
            Self::Location(id) => id.fmt(f),
            Self::Region(id) => id.fmt(f),
            Self::Person(id) => id.fmt(f),
            Self::ContactPoint(id) => id.fmt(f),
            Self::Source(id) => id.fmt(f),
            Self::Media(id) => id.fmt(f),
            Self::FaqItem(id) => id.fmt(f),
            Self::SharedBlock(id) => id.fmt(f),
        }
    }
}

/// What a reader needs of a referenced thing.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs, reason = "each variant is described by what it holds")]
pub enum Target {
    Entry(EntryLink),
    Location(Box<Place>),
    Phone(PhoneLink),
    /// A region's name.
    Region(String),
    Person(Profile),
    Source(Citation),
    Picture(Picture),
    /// A question of the library, as a block of its own would hold it.
    Question(Box<FaqItem>),
    Block(Box<SharedBlockTarget>),
}

/// A place as a card shows it.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs, reason = "the fields of a card")]
pub struct Place {
    pub link: LocationLink,
    pub hours: Vec<OpeningHours>,
    pub time_zone: String,
    pub special_days: Vec<SpecialDay>,
    /// What a telephone dials and what a person reads.
    pub phone: Option<(String, String)>,
}

/// Somebody as a card shows them.
#[derive(Clone, Debug, PartialEq)]
pub struct Profile {
    /// The name with credentials.
    pub name: String,
    /// What they do; may be empty.
    pub role: String,
    /// A few sentences; may be empty.
    pub bio: String,
}

/// A block of the library.
#[derive(Clone, Debug, PartialEq)]
pub struct SharedBlockTarget {
    /// What editors call it.
    pub name: String,
    /// What stands on the pages.
    pub block: Block,
}

/// A page or a therapy that is public.
#[derive(Clone, Debug, PartialEq, SimpleObject)]
pub struct EntryLink {
    /// The page's or therapy's id, for `node(id)`.
    pub reference: async_graphql::ID,
    /// Its title.
    pub title: String,
    /// Where it is: `/therapies/group-therapy`.
    pub path: String,
    /// One or two sentences about it; may be empty.
    pub summary: String,
}

/// A place with an address.
#[derive(Clone, Debug, PartialEq, SimpleObject)]
pub struct LocationLink {
    /// The location's id, for `node(id)`.
    pub reference: async_graphql::ID,
    /// What it is called.
    pub name: String,
    /// The address on one line.
    pub address: String,
    /// A map of it, for a visitor who wants to come.
    pub map_url: String,
}

/// A telephone number that can be dialled.
#[derive(Clone, Debug, PartialEq, SimpleObject)]
pub struct PhoneLink {
    /// The contact point's id, for `node(id)`.
    pub reference: async_graphql::ID,
    /// What it is for: "Admissions".
    pub label: String,
    /// What a telephone dials: `+17813324135`, `911`.
    pub number: String,
    /// What a person reads: `(781) 332-4135`.
    pub display: String,
}

/// A publication, as it is cited.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs, reason = "the fields of a citation")]
pub struct Citation {
    pub title: String,
    pub publisher: String,
    pub year: Option<i32>,
    pub url: Option<String>,
}

/// What is known of the referenced things; what is not in here is not available.
#[derive(Clone, Debug, Default)]
pub struct Targets(HashMap<Reference, Target>);

impl Targets {
    /// The target of a reference, where a reader may see it.
    pub fn get(&self, reference: Reference) -> Option<&Target> {
        self.0.get(&reference)
    }

    /// Whether a reader may see it.
    pub fn contains(&self, reference: Reference) -> bool {
        self.0.contains_key(&reference)
    }

    /// The page or therapy behind a reference.
    pub fn entry(&self, reference: Reference) -> Option<&EntryLink> {
        match self.get(reference)? {
            Target::Entry(entry) => Some(entry),
            _ => None,
        }
    }

    /// The telephone number behind a contact point.
    pub fn phone(&self, id: ContactPointId) -> Option<&PhoneLink> {
        match self.get(Reference::ContactPoint(id))? {
            Target::Phone(phone) => Some(phone),
            _ => None,
        }
    }

    /// The place behind a location.
    pub fn place(&self, id: LocationId) -> Option<&Place> {
        match self.get(Reference::Location(id))? {
            Target::Location(place) => Some(place),
            _ => None,
        }
    }

    /// The way to a location.
    pub fn location(&self, id: LocationId) -> Option<&LocationLink> {
        self.place(id).map(|place| &place.link)
    }

    /// The person of that id.
    pub fn person(&self, id: PersonId) -> Option<&Profile> {
        match self.get(Reference::Person(id))? {
            Target::Person(person) => Some(person),
            _ => None,
        }
    }

    /// The question of that id.
    pub fn question(&self, id: FaqItemId) -> Option<&FaqItem> {
        match self.get(Reference::FaqItem(id))? {
            Target::Question(item) => Some(item),
            _ => None,
        }
    }

    /// The block of the library behind its id.
    pub fn block(&self, id: SharedBlockId) -> Option<&Block> {
        match self.get(Reference::SharedBlock(id))? {
            Target::Block(shared) => Some(&shared.block),
            _ => None,
        }
    }

    /// What the found things themselves point at and is not among `asked`: an answer's links, a shared block's numbers.
    pub fn beyond(&self, asked: &HashSet<Reference>) -> Vec<Reference> {
        let mut found = Vec::new();
        for target in self.0.values() {
            match target {
                Target::Question(item) => item.answer.references(&mut found),
                Target::Block(shared) => shared.block.references(&mut found),
                _ => {}
            }
        }
        found.retain(|reference| !asked.contains(reference));
        found.sort_unstable_by_key(|reference| reference.uuid());
        found.dedup();
        found
    }

    /// These, and what the found ones among them show in their own place: a shared block's picture, an answer's links.
    pub fn shown(&self, mut references: Vec<Reference>) -> Vec<Reference> {
        let mut place = 0;
        while let Some(reference) = references.get(place).copied() {
            let mut below = Vec::new();
            match self.get(reference) {
                Some(Target::Question(item)) => item.answer.references(&mut below),
                Some(Target::Block(shared)) => shared.block.references(&mut below),
                _ => {}
            }
            below.retain(|reference| !references.contains(reference));
            references.extend(below);
            place += 1;
        }
        references
    }

    /// The publication behind a source.
    pub fn source(&self, id: SourceId) -> Option<&Citation> {
        match self.get(Reference::Source(id))? {
            Target::Source(source) => Some(source),
            _ => None,
        }
    }

    /// The picture behind a media id.
    pub fn picture(&self, id: MediaId) -> Option<&Picture> {
        match self.get(Reference::Media(id))? {
            Target::Picture(picture) => Some(picture),
            _ => None,
        }
    }

    /// A region's name.
    pub fn region(&self, id: RegionId) -> Option<&str> {
        match self.get(Reference::Region(id))? {
            Target::Region(name) => Some(name),
            _ => None,
        }
    }
}

impl IntoIterator for Targets {
    type Item = (Reference, Target);
    type IntoIter = std::collections::hash_map::IntoIter<Reference, Target>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl FromIterator<(Reference, Target)> for Targets {
    fn from_iter<I: IntoIterator<Item = (Reference, Target)>>(targets: I) -> Self {
        Self(targets.into_iter().collect())
    }
}

impl Extend<(Reference, Target)> for Targets {
    fn extend<I: IntoIterator<Item = (Reference, Target)>>(&mut self, targets: I) {
        self.0.extend(targets);
    }
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Union)]
#[graphql(name = "LinkTarget")]
pub enum LinkTarget {
    /// A page or therapy of this site.
    Entry(EntryLink),
    /// A place.
    Location(LocationLink),
    /// A telephone number.
    Phone(PhoneLink),
    /// Somewhere else.
    External(ExternalLink),
    /// What it led to is not public now; show the text without a link.
    Unavailable(UnavailableLink),
}

impl LinkTarget {
    /// What an `href` holds for it; none for what is not public now.
    pub fn href(&self) -> Option<String> {
        match self {
            Self::Entry(entry) => Some(entry.path.clone()),
            Self::Location(location) => Some(location.map_url.clone()),
            Self::Phone(phone) => Some(format!("tel:{}", phone.number)),
            Self::External(external) => Some(external.href.clone()),
            Self::Unavailable(_) => None,
        }
    }
}

/// An address outside this site: `https:` or `mailto:`.
#[derive(Clone, Debug, PartialEq, SimpleObject)]
pub struct ExternalLink {
    /// The whole address.
    pub href: String,
}

/// Something that cannot be reached now.
#[derive(Clone, Debug, PartialEq, SimpleObject)]
pub struct UnavailableLink {
    /// The id it was named by.
    pub reference: async_graphql::ID,
}

/// What a schema brings so that content in it can be resolved: kept in the request's data as [`Resolver`].
#[async_trait::async_trait]
pub trait Resolve: Send + Sync {
    /// Looks up what a reader of this schema may see of these.
    async fn targets(&self, wanted: &[Reference]) -> async_graphql::Result<Targets>;

    /// Where this server is reached from outside, without a slash at the end.
    fn origin(&self) -> &str;

    /// Resolves a selection on the referenced thing as this schema's own type.
    async fn object(
        &self,
        ctx: &ContextSelectionSet<'_>,
        field: &Positioned<Field>,
        reference: Reference,
    ) -> ServerResult<Value>;
}

/// The present schema's way of resolving references.
pub type Resolver = Arc<dyn Resolve>;

/// An address of this server, or a list of them as `srcset` has it, with its scheme and host where `absolute` is wanted.
pub fn addressed(ctx: &Context<'_>, absolute: bool, addresses: String) -> async_graphql::Result<String> {
    if !absolute {
        return Ok(addresses);
    }
    let origin = ctx.data::<Resolver>()?.origin();
    Ok(addresses.split(", ").map(|address| format!("{origin}{address}")).collect::<Vec<_>>().join(", "))
}

/// Looks up `wanted`, and what that points at in turn, for a resolver running in `ctx`.
pub async fn targets(ctx: &Context<'_>, wanted: &[Reference]) -> async_graphql::Result<Targets> {
    let mut known = Targets::default();
    let mut asked = HashSet::new();
    let mut wanted = wanted.to_vec();
    while !wanted.is_empty() {
        asked.extend(wanted.iter().copied());
        let found = ctx.data::<Resolver>()?.targets(&wanted).await?;
        wanted = found.beyond(&asked);
        known.extend(found);
    }
    Ok(known)
}

macro_rules! nodes {
    ($($(#[$doc:meta])* $name:ident: $variant:ident($id:ty) = $graphql:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub struct $name(pub $id);

        impl OutputType for $name {
            fn type_name() -> Cow<'static, str> {
                $graphql.into()
            }

            fn create_type_info(_: &mut registry::Registry) -> String {
                <Self as OutputType>::qualified_type_name()
            }

            async fn resolve(&self, ctx: &ContextSelectionSet<'_>, field: &Positioned<Field>) -> ServerResult<Value> {
                match ctx.data_opt::<Resolver>() {
                    Some(resolver) => resolver.object(ctx, field, Reference::$variant(self.0)).await,
                    None => Ok(Value::Null),
                }
            }
        }
    )*};
}

nodes! {
    /// In GraphQL the schema's own `Therapy`; use it only for what [`Targets`] contains.
    TherapyNode: Therapy(TherapyId) = "Therapy";
    /// In GraphQL the schema's own `Location`.
    LocationNode: Location(LocationId) = "Location";
    /// In GraphQL the schema's own `Region`.
    RegionNode: Region(RegionId) = "Region";
    /// In GraphQL the schema's own `ContactPoint`.
    ContactPointNode: ContactPoint(ContactPointId) = "ContactPoint";
    /// In GraphQL the schema's own `Person`.
    PersonNode: Person(PersonId) = "Person";
    /// In GraphQL the schema's own `Source`.
    SourceNode: Source(SourceId) = "Source";
    /// In GraphQL the schema's own `Media`.
    MediaNode: Media(MediaId) = "Media";
}
