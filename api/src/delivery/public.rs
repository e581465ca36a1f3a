//! What a visitor may ask: what is at a path, which paths there are, what there is by id.

use async_graphql::{Context, Enum, ID, InputObject, Interface, Object, Result, SimpleObject, Union};
use chrono::{DateTime, Utc};
use entity::{entry::THERAPIES, id::EntryId, redirect, reference::Reference};
use sea_orm::DatabaseConnection;

use super::{layout::links, preview::Previewed, route};
use crate::{
    content::public::Page,
    gql::paging::{Connection, Page as Paging},
    library::{
        self,
        public::{ContactPoint, Location, Person, Region, Site, Source},
    },
    media::public::{Media, load_media},
    publishing::{self, Audience, find_targets},
    therapies::{
        public::Therapy,
        therapy::{self, TherapyFilter},
    },
};

/// What is at a path.
#[derive(Union)]
pub enum Route {
    /// A page.
    Page(Page),
    /// A therapy.
    Therapy(Therapy),
    /// It moved.
    Redirect(Redirect),
}

/// An old path that leads to a present one.
pub struct Redirect {
    row: redirect::Model,
    target: String,
}

/// An old path that leads to a present one. Answer it with `status` and go on at `target`.
#[Object]
impl Redirect {
    /// Opaque and stable.
    pub async fn id(&self) -> ID {
        self.row.id.to_string().into()
    }

    /// The old path.
    async fn from_path(&self) -> &str {
        &self.row.from_path
    }

    /// Where it leads now.
    async fn target(&self) -> &str {
        &self.target
    }

    /// The HTTP status to answer with: 301 or 302.
    async fn status(&self) -> i32 {
        self.row.status.into()
    }
}

/// Anything with an id of its own.
#[derive(Interface)]
#[graphql(field(name = "id", ty = "ID", desc = "Opaque and stable; fetch the object again with `node(id)`."))]
pub enum Node {
    /// A page.
    Page(Page),
    /// A therapy.
    Therapy(Therapy),
    /// A telephone number.
    ContactPoint(ContactPoint),
    /// A place.
    Location(Location),
    /// A picture.
    Media(Media),
    /// An author or a clinician.
    Person(Person),
    /// A state or an area.
    Region(Region),
    /// A publication.
    Source(Source),
    /// An old path that leads to a present one.
    Redirect(Redirect),
}

/// What sort of content is at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum RouteKind {
    /// A page.
    Page,
    /// A therapy.
    Therapy,
}

/// A path with something public.
#[derive(SimpleObject)]
pub struct RouteEntry {
    /// The path: `/ketamine-side-effects`.
    path: String,
    /// What is there.
    kind: RouteKind,
    /// When what is public there was published.
    updated_at: DateTime<Utc>,
}

/// Which therapies to list; conditions are joined by "and".
#[derive(Default, InputObject)]
#[graphql(name = "TherapyFilter")]
pub struct TherapyFilterInput {
    /// Only those offered in the region of this slug: `massachusetts`.
    region: Option<String>,
}

/// A menu of the site.
pub struct Navigation {
    row: entity::menu::Model,
    items: Vec<library::Link>,
}

/// A menu of the site, its links resolved; what is not public is left out.
#[Object]
impl Navigation {
    /// What front ends know it by: `main`, `footer`.
    async fn handle(&self) -> &str {
        &self.row.handle
    }

    /// Its lines.
    async fn items(&self) -> Vec<NavigationItem> {
        let below = |link: &library::Link| NavigationSubItem { label: link.label.clone(), href: link.href.clone() };
        let item = |link: &library::Link| NavigationItem {
            label: link.label.clone(),
            href: link.href.clone(),
            items: link.below.iter().map(below).collect(),
        };
        self.items.iter().map(item).collect()
    }
}

/// One line of a menu.
#[derive(SimpleObject)]
pub struct NavigationItem {
    /// What it says.
    label: String,
    /// Where it leads: a path of this site, `tel:` or an address outside.
    href: String,
    /// The lines below it.
    items: Vec<NavigationSubItem>,
}

/// A line below another.
#[derive(SimpleObject)]
pub struct NavigationSubItem {
    /// What it says.
    label: String,
    /// Where it leads: a path of this site, `tel:` or an address outside.
    href: String,
}

/// Everything that is public.
#[derive(Default)]
pub struct DeliveryQuery;

#[Object]
impl DeliveryQuery {
    /// Anything with an id, by that id; null when it is not public.
    async fn node(&self, ctx: &Context<'_>, #[graphql(desc = "Its id.")] id: ID) -> Result<Option<Node>> {
        if let Ok(id) = id.parse() {
            let found = publishing::find_redirect_by_id(ctx.data::<DatabaseConnection>()?, id).await?;
            return Ok(found.map(|(row, target)| Node::Redirect(Redirect { row, target })));
        }
        let Some(reference) = Reference::parse(&id) else { return Ok(None) };
        if let Some(draft) = previewed(ctx).filter(|id| id.0 == reference.uuid()) {
            let draft = publishing::find_draft(ctx.data::<DatabaseConnection>()?, draft).await?;
            match draft.map(route::Route::to).transpose()? {
                Some(route::Route::Page(draft)) => return Ok(Some(Node::Page(Page(*draft)))),
                Some(route::Route::Therapy(draft)) => return Ok(Some(Node::Therapy(Therapy(*draft)))),
                Some(route::Route::Redirect(..)) | None => {}
            }
        }
        Ok(match reference {
            Reference::Page(id) => Page::load(ctx, id).await?.map(Node::Page),
            Reference::Therapy(id) => Therapy::load(ctx, id).await?.map(Node::Therapy),
            Reference::ContactPoint(id) => library::public::load_contact_point(ctx, id).await?.map(Node::ContactPoint),
            Reference::Location(id) => library::public::load_location(ctx, id).await?.map(Node::Location),
            Reference::Person(id) => library::public::load_person(ctx, Some(id)).await?.map(Node::Person),
            Reference::Region(id) => library::public::load_region(ctx, id).await?.map(Node::Region),
            Reference::Source(id) => library::public::load_source(ctx, id).await?.map(Node::Source),
            Reference::Media(id) => load_media(ctx, Some(id)).await?.map(Node::Media),
            // These are read where they stand, as part of a page.
            Reference::FaqItem(_) | Reference::SharedBlock(_) => None,
        })
    }

    /// What is at a path, in one round trip: content, or where it moved. Null is your 404.
    ///
    /// ```graphql
    /// { route(path: "/ketamine-side-effects") { __typename ... on Page { title blocks { __typename html } } } }
    /// ```
    async fn route(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "With or without a slash at its end.")] path: String,
    ) -> Result<Option<Route>> {
        let found = route::find(ctx.data::<DatabaseConnection>()?, &path, previewed(ctx)).await?;
        Ok(found.map(|found| match found {
            route::Route::Page(live) => Route::Page(Page(*live)),
            route::Route::Therapy(live) => Route::Therapy(Therapy(*live)),
            route::Route::Redirect(row, target) => Route::Redirect(Redirect { row, target }),
        }))
    }

    /// Every public path, for static generation and site maps; at most 250 at a time.
    async fn routes(
        &self,
        ctx: &Context<'_>,
        #[graphql(default = 100, desc = "How many, 0 to 250.")] first: i32,
        #[graphql(desc = "The cursor to go on after: the last page's `endCursor`.")] after: Option<String>,
    ) -> Result<Option<Connection<RouteEntry>>> {
        let db = ctx.data::<DatabaseConnection>()?;
        let paging = Paging::<String>::up_to(250, "routes", first, after.as_deref())?;
        let rows = publishing::list_live_paths(db, paging.after().map(String::as_str), paging.limit()).await?;
        let total = publishing::count_live_paths(db).await?;
        Ok(Some(paging.connection(rows, total, |row| row.path.clone(), RouteEntry::of)?))
    }

    /// The therapy of that slug: `group-therapy`.
    async fn therapy(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The last part of its path.")] slug: String,
    ) -> Result<Option<Therapy>> {
        let path = format!("{THERAPIES}/{slug}");
        match route::find(ctx.data::<DatabaseConnection>()?, &path, previewed(ctx)).await? {
            Some(route::Route::Therapy(live)) if live.entry.slug == slug => Ok(Some(Therapy(*live))),
            _ => Ok(None),
        }
    }

    /// Therapies by path, those of a region where one is named.
    async fn therapies(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which of them; left out, all.")] filter: Option<TherapyFilterInput>,
        #[graphql(default = 20, desc = "How many, 0 to 100.")] first: i32,
        #[graphql(desc = "The cursor to go on after: the last page's `endCursor`.")] after: Option<String>,
    ) -> Result<Option<Connection<Therapy>>> {
        let db = ctx.data::<DatabaseConnection>()?;
        let filter = TherapyFilter { region: filter.unwrap_or_default().region };
        let paging = Paging::<String>::new("therapies", first, after.as_deref())?;
        let rows = therapy::list_live(db, &filter, paging.after().map(String::as_str), paging.limit()).await?;
        let total = therapy::count_live(db, &filter).await?;
        Ok(Some(paging.connection(rows, total, |live| live.entry.path.clone(), Therapy)?))
    }

    /// A menu of the site: `main`, `footer`.
    async fn navigation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What front ends know it by.")] handle: String,
    ) -> Result<Option<Navigation>> {
        let db = ctx.data::<DatabaseConnection>()?;
        let Some((row, items)) = library::find_menu(db, &handle).await? else { return Ok(None) };
        let mut wanted = Vec::new();
        items.iter().for_each(|item| item.references(&mut wanted));
        let targets = find_targets(db, &wanted, Audience::Public).await?;
        Ok(Some(Navigation { row, items: links(items, &targets) }))
    }

    /// The centre as a whole: name, statement, telephone numbers, places.
    async fn site(&self, ctx: &Context<'_>) -> Result<Option<Site>> {
        Ok(library::find_brand(ctx.data::<DatabaseConnection>()?).await?.map(Site))
    }
}

/// The entry whose draft this request may read.
fn previewed(ctx: &Context<'_>) -> Option<EntryId> {
    ctx.data_opt::<Previewed>().map(|previewed| previewed.0)
}

impl RouteEntry {
    fn of(row: entity::entry::Model) -> Self {
        let kind = match row.kind {
            entity::entry::EntryKind::Page => RouteKind::Page,
            entity::entry::EntryKind::Therapy => RouteKind::Therapy,
        };
        Self { updated_at: row.published_at.unwrap_or(row.updated_at), path: row.path, kind }
    }
}
