//! What staff may do with anything that is published: look at revisions, pick what to link to, draw the editor.

use async_graphql::{Context, Enum, ID, InputObject, Json, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};
use entity::{
    block::{self, Block, Render},
    content::Content,
    entry::{self, EntryKind},
    id::{EntryId, PageId, RevisionId, TherapyId},
    problem::{ProblemCode, Problems, Stage},
    reference::{Reference, Target as Found},
    revision,
};
use sea_orm::ConnectionTrait;

use super::{
    Audience, Check, EntryFilter, EntryStatus, checks, find_revision, find_targets, list, list_revisions,
    parse_content, status_of,
};
use crate::{
    error::{Error, refuse_if_any},
    gql::Refusal,
    identity::{Permission, Request, admin::User},
    library::{FactKind, labels},
};

/// One saved version of a page or a therapy. It never changes.
pub struct Revision(pub revision::Model);

/// One saved version of a page or a therapy. It never changes.
#[Object]
impl Revision {
    /// Opaque and stable.
    pub async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// Counts from 1 within its page or therapy.
    async fn number(&self) -> i32 {
        self.0.number
    }

    /// Its title.
    async fn title(&self) -> &str {
        self.0.content.get("title").and_then(serde_json::Value::as_str).unwrap_or_default()
    }

    /// Why it was saved, where somebody said.
    async fn note(&self) -> Option<&str> {
        self.0.note.as_deref()
    }

    /// Who saved it; null for what came with the installation.
    async fn author(&self, ctx: &Context<'_>) -> Result<Option<User>> {
        User::load(ctx, self.0.author_id).await
    }

    /// When it was saved.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// The whole document, in the shape in which `updatePage` and `updateTherapy` take it back.
    async fn content(&self) -> Json<&serde_json::Value> {
        Json(&self.0.content)
    }

    /// The body as the site would show it; forms show their heading only.
    async fn html(&self, ctx: &Context<'_>) -> Result<String> {
        let blocks: Vec<Block> = match self.0.content.get("blocks") {
            Some(blocks) => serde_json::from_value(blocks.clone()).map_err(Error::from)?,
            None => Vec::new(),
        };
        let mut wanted = Vec::new();
        blocks.iter().for_each(|block| block.references(&mut wanted));
        let targets = find_targets(Request::of(ctx).reader(), &wanted, Audience::Staff).await?;
        Ok(block::draw_all(&blocks, &Render { targets: &targets, forms: None, form_anchor: None }).into_string())
    }
}

impl Revision {
    /// The revision of that id, where there is one, for somebody who may read drafts.
    pub async fn load(ctx: &Context<'_>, id: Option<RevisionId>) -> Result<Option<Self>> {
        let request = Request::of(ctx);
        request.actor.require(Permission::ReadDrafts)?;
        match id {
            Some(id) => Ok(find_revision(request.reader(), id).await?.map(Self)),
            None => Ok(None),
        }
    }

    /// The latest draft of an entry, which every entry has.
    pub async fn draft(ctx: &Context<'_>, entry: &entry::Model) -> Result<Self> {
        let found = Self::load(ctx, entry.latest_revision_id).await?;
        Ok(found.ok_or_else(|| Error::internal(format!("{} has no draft", entry.id)))?)
    }

    /// The latest revisions of an entry.
    pub async fn list(ctx: &Context<'_>, entry: EntryId, first: i32) -> Result<Vec<Self>> {
        let first = u64::try_from(first).ok().filter(|first| *first <= 100);
        let first = first.ok_or_else(|| Refusal::bad_input("The argument `first` is a number from 0 to 100."))?;
        Ok(list_revisions(Request::of(ctx).reader(), entry, first).await?.into_iter().map(Self).collect())
    }
}

/// What staff see of anything that is published, whatever its kind.
pub struct EntryFields(pub entry::Model);

/// What staff see of anything that is published.
#[Object]
impl EntryFields {
    /// Where it is, or will be: `/ketamine-side-effects`.
    async fn path(&self) -> &str {
        &self.0.path
    }

    /// The last part of its path; empty for the home page.
    async fn slug(&self) -> &str {
        &self.0.slug
    }

    /// The title of its latest draft.
    async fn title(&self) -> &str {
        &self.0.title
    }

    /// What is public of it.
    async fn status(&self) -> EntryStatus {
        status_of(&self.0)
    }

    /// The latest draft. What is public is `live`.
    async fn draft(&self, ctx: &Context<'_>) -> Result<Revision> {
        Revision::draft(ctx, &self.0).await
    }

    /// What the public reads; null when it reads nothing.
    async fn live(&self, ctx: &Context<'_>) -> Result<Option<Revision>> {
        Revision::load(ctx, self.0.live_revision_id).await
    }

    /// Its revisions, newest first; at most 100.
    async fn revisions(
        &self,
        ctx: &Context<'_>,
        #[graphql(default = 20, desc = "How many, 0 to 100.")] first: i32,
    ) -> Result<Vec<Revision>> {
        Revision::list(ctx, self.0.id, first).await
    }

    /// When what is public now was published.
    async fn published_at(&self) -> Option<DateTime<Utc>> {
        self.0.published_at
    }

    /// When its latest draft was saved.
    async fn updated_at(&self) -> DateTime<Utc> {
        self.0.updated_at
    }

    /// Who saved its latest draft; null for what came with the installation.
    async fn updated_by(&self, ctx: &Context<'_>) -> Result<Option<User>> {
        User::load(ctx, self.0.updated_by).await
    }
}

/// What the latest draft of an entry would have to pass to be published.
pub async fn draft_checks<C: Content>(ctx: &Context<'_>, entry: &entry::Model) -> Result<Vec<Check>> {
    let draft = Revision::draft(ctx, entry).await?;
    let content: C = parse_content(&draft.0)?;
    let targets = find_targets(Request::of(ctx).reader(), &content.references(), Audience::Public).await?;
    Ok(checks(&content, &targets))
}

/// Which pages or therapies to list.
#[derive(Default, InputObject)]
#[graphql(name = "EntryFilter")]
pub struct EntryFilterInput {
    /// Words of the title or the path.
    query: Option<String>,
    /// Only those in this state.
    status: Option<EntryStatus>,
}

impl From<Option<EntryFilterInput>> for EntryFilter {
    fn from(input: Option<EntryFilterInput>) -> Self {
        let EntryFilterInput { query, status } = input.unwrap_or_default();
        Self { query, status }
    }
}

/// What to make public.
#[derive(InputObject)]
pub struct PublishInput {
    /// The page or therapy.
    pub id: ID,
    /// Its latest draft, as you looked at it.
    pub revision: ID,
}

/// What to take back from the public.
#[derive(InputObject)]
pub struct UnpublishInput {
    /// The page or therapy.
    pub id: ID,
}

/// Reads an id of the input, or fails with a problem at `field`.
pub fn read_id<T: std::str::FromStr>(id: &ID, field: &str) -> Result<T, Error> {
    id.parse().map_err(|_| {
        Error::problem(ProblemCode::NotFound, [field], format!("There is nothing with the id {id:?}.", id = short(id)))
    })
}

/// Reads an optional id of the input, or fails with a problem at `path`.
pub fn read_optional_id<T: std::str::FromStr>(id: Option<&ID>, field: &str) -> Result<Option<T>, Error> {
    id.map(|id| read_id(id, field)).transpose()
}

/// Reads several ids of the input, or fails with the problems of all that are wrong.
pub fn read_ids<T: std::str::FromStr>(ids: &[ID], field: &str) -> Result<Vec<T>, Error> {
    let mut problems = Problems::new(Stage::Draft);
    let mut read = Vec::with_capacity(ids.len());
    problems.within(field, |problems| {
        for (place, id) in ids.iter().enumerate() {
            match id.parse() {
                Ok(id) => read.push(id),
                Err(_) => problems.add(place, ProblemCode::NotFound, "There is nothing with this id."),
            }
        }
    });
    refuse_if_any(problems)?;
    Ok(read)
}

fn short(id: &ID) -> String {
    id.chars().take(40).collect()
}

/// What the editor needs besides the entries themselves.
#[derive(Default)]
pub struct PublishingQuery;

#[Object]
impl PublishingQuery {
    /// The definition of every block kind, in the order of the insert menu. The editor draws its forms from these, so a
    /// new kind needs no new front end.
    async fn block_kinds(&self, ctx: &Context<'_>) -> Result<Vec<BlockKind>> {
        Request::of(ctx).actor.require(Permission::ReadDrafts)?;
        Ok(block::definitions().into_iter().map(BlockKind::from).collect())
    }

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

/// A kind of block, as the editor offers it.
#[derive(SimpleObject)]
pub struct BlockKind {
    /// Its key in `BlockInput` and in stored blocks: `comparisonTable`.
    kind: &'static str,
    /// What editors call it.
    title: &'static str,
    /// What it is good for.
    description: &'static str,
    /// The name of its icon.
    icon: &'static str,
    /// JSON Schema of its fields, with the hints `x-widget`, `x-reference` and `x-order` (the fields as a form shows them).
    schema: Json<serde_json::Value>,
    /// A fresh one, without its key.
    empty: Json<serde_json::Value>,
}

impl From<block::Definition> for BlockKind {
    fn from(it: block::Definition) -> Self {
        Self {
            kind: it.kind,
            title: it.title,
            description: it.description,
            icon: it.icon,
            schema: Json(it.schema),
            empty: Json(it.empty),
        }
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
}

/// Something that content can point at, as a picker shows it.
#[derive(SimpleObject)]
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

impl TargetKind {
    async fn find(self, request: &Request, query: &str, first: usize) -> Result<Vec<Target>, Error> {
        match self {
            Self::Page => find_entries(request, EntryKind::Page, self, query, first).await,
            Self::Therapy => find_entries(request, EntryKind::Therapy, self, query, first).await,
            Self::Location => find_facts(request.reader(), FactKind::Location, self, query, first).await,
            Self::Region => find_facts(request.reader(), FactKind::Region, self, query, first).await,
            Self::Person => find_facts(request.reader(), FactKind::Person, self, query, first).await,
            Self::ContactPoint => find_facts(request.reader(), FactKind::ContactPoint, self, query, first).await,
            Self::Source => find_facts(request.reader(), FactKind::Source, self, query, first).await,
        }
    }
}

async fn find_entries(
    request: &Request,
    kind: EntryKind,
    of: TargetKind,
    query: &str,
    first: usize,
) -> Result<Vec<Target>, Error> {
    let filter = EntryFilter { query: Some(query.to_owned()), status: None };
    let rows = list(request.reader(), request.actor, kind, &filter, None, first as u64).await?;
    let id = |row: &entry::Model| match kind {
        EntryKind::Page => PageId(row.id.0).to_string(),
        EntryKind::Therapy => TherapyId(row.id.0).to_string(),
    };
    let target = |row: entry::Model| Target {
        id: id(&row).into(),
        kind: of,
        published: row.live_revision_id.is_some(),
        label: row.title,
        detail: row.path,
    };
    Ok(rows.into_iter().map(target).collect())
}

async fn find_facts(
    db: &impl ConnectionTrait,
    kind: FactKind,
    of: TargetKind,
    query: &str,
    first: usize,
) -> Result<Vec<Target>, Error> {
    let query = query.trim().to_lowercase();
    let fits = |text: &str| text.to_lowercase().contains(&query);
    Ok(labels(db, kind)
        .await?
        .into_iter()
        .filter(|label| fits(&label.label) || fits(&label.detail))
        .take(first)
        .map(|it| Target {
            id: it.reference.to_string().into(),
            kind: of,
            label: it.label,
            detail: it.detail,
            published: true,
        })
        .collect())
}

impl Target {
    fn of(reference: Reference, found: &Found, published: bool) -> Self {
        let kind = match reference {
            Reference::Page(_) => TargetKind::Page,
            Reference::Therapy(_) => TargetKind::Therapy,
            Reference::Location(_) => TargetKind::Location,
            Reference::Region(_) => TargetKind::Region,
            Reference::Person(_) => TargetKind::Person,
            Reference::ContactPoint(_) => TargetKind::ContactPoint,
            Reference::Source(_) => TargetKind::Source,
        };
        let (label, detail) = match found {
            Found::Entry(entry) => (entry.title.clone(), entry.path.clone()),
            Found::Location(location) => (location.name.clone(), location.address.clone()),
            Found::Phone(phone) => (phone.label.clone(), phone.display.clone()),
            Found::Region(name) | Found::Person(name) => (name.clone(), String::new()),
            Found::Source(source) => (source.title.clone(), source.publisher.clone()),
        };
        Self { id: reference.to_string().into(), kind, label, detail, published }
    }
}
