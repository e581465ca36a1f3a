//! What content can point at, as pickers show it.

use async_graphql::{ComplexObject, Context, Enum, ID, Object, Result, SimpleObject};
use entity::{
    block,
    entry::{self, EntryKind},
    fact::FactKind,
    reference::{Reference, Target as Found},
};

use super::used_count;
use crate::{
    error::Error,
    gql::Refusal,
    identity::{Permission, Request},
    library::{self, Fact},
    media::{self, MediaFilter},
    publishing::{Audience, EntryFilter, find_targets, list, reference_of},
};

/// What can be pointed at.
#[derive(Default)]
pub struct TargetQuery;

#[Object]
impl TargetQuery {
    /// What a link, a grid or a field may point at, for pickers. An empty query lists the first by name; at most 50.
    async fn targets(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Of which kinds.")] kinds: Vec<TargetKind>,
        #[graphql(default, desc = "Words of the name or of the second line.")] query: String,
        #[graphql(default = 20, desc = "How many, at most 50.")] first: i32,
    ) -> Result<Vec<Target>> {
        let request = Request::of(ctx);
        request.actor.require(Permission::ReadDrafts)?;
        let first = usize::try_from(first).unwrap_or(0).min(50);
        let mut found = Vec::new();
        for kind in kinds.into_iter().collect::<std::collections::HashSet<_>>() {
            found.extend(kind.find(request, &query, first).await?);
        }
        found.sort_by_cached_key(|target| (target.kind as u8, target.label.to_lowercase()));
        found.truncate(first);
        Ok(found)
    }

    /// The same by id, for the labels of what is chosen already. What is gone is left out; at most 200 ids.
    async fn targets_by_id(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Their ids, of any kinds.")] ids: Vec<ID>,
    ) -> Result<Vec<Target>> {
        let request = Request::of(ctx);
        request.actor.require(Permission::ReadDrafts)?;
        if ids.len() > 200 {
            return Err(Refusal::bad_input("The argument `ids` takes at most 200 ids.").into());
        }
        let wanted: Vec<Reference> = ids.iter().filter_map(|id| Reference::parse(id)).collect();
        let all = find_targets(request.reader(), &wanted, Audience::Staff).await?;
        let public = find_targets(request.reader(), &wanted, Audience::Public).await?;
        let target =
            |reference: &Reference| Some(Target::of(*reference, all.get(*reference)?, public.contains(*reference)));
        Ok(wanted.iter().filter_map(target).collect())
    }
}

/// What content can point at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
pub enum TargetKind {
    /// A page.
    Page,
    /// A therapy.
    Therapy,
    /// A place.
    Location,
    /// A state or an area.
    Region,
    /// An author or a clinician.
    Person,
    /// A telephone number.
    ContactPoint,
    /// A publication.
    Source,
    /// A picture.
    Media,
    /// A question with its answer.
    FaqItem,
    /// A block that stands on several pages.
    SharedBlock,
}

/// Something that content can point at, as a picker shows it.
#[derive(SimpleObject)]
#[graphql(complex)]
pub struct Target {
    /// The id to store.
    id: ID,
    /// What it is.
    kind: TargetKind,
    /// Its name.
    label: String,
    /// The second line: a path, a telephone number, a publisher.
    detail: String,
    /// False for pages and therapies that nobody outside can read yet.
    published: bool,
}

#[ComplexObject]
impl Target {
    /// How many things point at it; which, says `uses`.
    async fn used_count(&self, ctx: &Context<'_>) -> Result<i32> {
        match Reference::parse(&self.id) {
            Some(reference) => used_count(ctx, reference).await,
            None => Ok(0),
        }
    }
}

impl TargetKind {
    /// What the library keeps, in the order in which it is found.
    pub(super) const IN_LIBRARY: &[Self] = &[
        Self::ContactPoint,
        Self::Person,
        Self::Location,
        Self::FaqItem,
        Self::SharedBlock,
        Self::Source,
        Self::Region,
        Self::Media,
    ];

    /// The first that `query` finds.
    pub(super) async fn find(self, request: &Request, query: &str, first: usize) -> Result<Vec<Target>, Error> {
        let kind = match self {
            Self::Page => return find_entries(request, EntryKind::Page, query, first).await,
            Self::Therapy => return find_entries(request, EntryKind::Therapy, query, first).await,
            Self::Media => return find_media(request, query, first).await,
            Self::Location => FactKind::Location,
            Self::Region => FactKind::Region,
            Self::Person => FactKind::Person,
            Self::ContactPoint => FactKind::ContactPoint,
            Self::Source => FactKind::Source,
            Self::FaqItem => FactKind::FaqItem,
            Self::SharedBlock => FactKind::SharedBlock,
        };
        let facts = library::list_facts(request.reader(), request.actor, kind, query).await?;
        Ok(facts.into_iter().take(first).map(|fact| Target::of_fact(self, fact)).collect())
    }
}

async fn find_entries(request: &Request, kind: EntryKind, query: &str, first: usize) -> Result<Vec<Target>, Error> {
    let filter = EntryFilter { named: Some(query.to_owned()), ..EntryFilter::default() };
    let rows = list(request.reader(), request.actor, kind, &filter, None, first as u64).await?;
    Ok(rows.into_iter().map(Target::of_entry).collect())
}

async fn find_media(request: &Request, query: &str, first: usize) -> Result<Vec<Target>, Error> {
    let filter = MediaFilter { query: Some(query.to_owned()), ..MediaFilter::default() };
    let rows = media::list(request.reader(), request.actor, &filter, None, first as u64).await?;
    let target = |row: entity::media::Model| Target::of(Reference::Media(row.id), &Found::Picture((&row).into()), true);
    Ok(rows.into_iter().map(target).collect())
}

impl Target {
    /// A page or a therapy, as its latest draft is called.
    pub(super) fn of_entry(entry: entry::Model) -> Self {
        let kind = match entry.kind {
            EntryKind::Page => TargetKind::Page,
            EntryKind::Therapy => TargetKind::Therapy,
        };
        Self {
            id: reference_of(&entry).to_string().into(),
            kind,
            published: entry.live_revision_id.is_some(),
            label: entry.title,
            detail: entry.path,
        }
    }

    fn of_fact(kind: TargetKind, fact: Fact) -> Self {
        Self { id: fact.id.to_string().into(), kind, label: fact.name, detail: fact.detail, published: true }
    }

    fn of(reference: Reference, found: &Found, published: bool) -> Self {
        let kind = match reference {
            Reference::Page(_) => TargetKind::Page,
            Reference::Therapy(_) => TargetKind::Therapy,
            Reference::Location(_) => TargetKind::Location,
            Reference::Region(_) => TargetKind::Region,
            Reference::Person(_) => TargetKind::Person,
            Reference::ContactPoint(_) => TargetKind::ContactPoint,
            Reference::Source(_) => TargetKind::Source,
            Reference::Media(_) => TargetKind::Media,
            Reference::FaqItem(_) => TargetKind::FaqItem,
            Reference::SharedBlock(_) => TargetKind::SharedBlock,
        };
        let (label, detail) = match found {
            Found::Entry(entry) => (entry.title.clone(), entry.path.clone()),
            Found::Location(place) => (place.link.name.clone(), place.link.address.clone()),
            Found::Phone(phone) => (phone.label.clone(), phone.display.clone()),
            Found::Region(name) => (name.clone(), String::new()),
            Found::Person(person) => (person.name.clone(), person.role.clone()),
            Found::Question(item) => (item.question.clone(), String::new()),
            Found::Block(shared) => {
                (shared.name.clone(), block::title(shared.block.kind()).unwrap_or_default().to_owned())
            }
            Found::Source(source) => (source.title.clone(), source.publisher.clone()),
            Found::Picture(picture) => (picture.name.clone(), picture.alt.clone()),
        };
        Self { id: reference.to_string().into(), kind, label, detail, published }
    }
}
