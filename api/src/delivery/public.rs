//! What a visitor may ask: what is at a path, which paths there are, what there is by id.

mod navigation;
mod route;
mod search;

use std::borrow::Cow;

use async_graphql::{Context, ID, Interface, Object, Result};
use chrono::{DateTime, Utc};
use entity::{
    block::Block,
    entry::THERAPIES,
    id::{BrandId, EntryId, PageId, TherapyId},
    reference::Reference,
    seo::Seo,
};
use sea_orm::DatabaseConnection;

use self::{
    navigation::Navigation,
    route::{Redirect, Route, RouteEntry},
    search::{SearchConnection, SearchKind},
};
use super::{preview::Previewed, route as routing};
use crate::{
    content::public::Page,
    gql::{
        Refusal,
        paging::{Connection, Page as Paging},
    },
    library::{
        self,
        public::{ContactPoint, Location, Person, Region, Site, Source},
    },
    media::public::{Media, load_media},
    published::{ROW_BYTES, View},
    publishing::{self, public::Crumb},
    tags::Tags,
    therapies::public::Therapy,
};

/// Ids that `nodes` takes at a time.
const MOST_NODES: usize = 100;

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
    /// A menu of the site.
    Navigation(Navigation),
    /// The centre as a whole.
    Site(Site),
}

/// Whatever has an address and a body: what a front end needs to draw it, without asking which of them it is.
#[expect(clippy::duplicated_attributes, reason = "fields of an interface may be of the same type")]
#[derive(Interface)]
#[graphql(
    field(name = "id", ty = "ID", desc = "Opaque and stable, whatever the address becomes."),
    field(name = "path", ty = "&str", desc = "Where it is: `/ketamine-side-effects`."),
    field(name = "title", ty = "&str", desc = "The heading, at most 160 characters."),
    field(name = "summary", ty = "&str", desc = "One or two sentences, for lists and previews; may be empty."),
    field(name = "seo", ty = "Seo", desc = "What to tell search engines, its own words where nothing else is set."),
    field(
        name = "share_image",
        ty = "Option<Media>",
        desc = "The picture that link previews show; null where the site's (`site.shareImage`) stands for it."
    ),
    field(
        name = "blocks",
        ty = "Vec<Cow<'_, Block>>",
        desc = "The body. Select by `__typename` and fall back to `html` for kinds you do not know yet: new kinds may come."
    ),
    field(name = "breadcrumbs", ty = "Vec<Crumb>", desc = "The public pages above it, the topmost first."),
    field(name = "published_at", ty = "DateTime<Utc>", desc = "When it was first published."),
    field(name = "updated_at", ty = "DateTime<Utc>", desc = "When what is public now was published.")
)]
pub enum Content {
    /// A page.
    Page(Page),
    /// A therapy.
    Therapy(Therapy),
}

/// Everything that is public.
#[derive(Default)]
pub struct DeliveryQuery;

#[Object]
impl DeliveryQuery {
    /// Anything with an id, by that id; null when it is not public.
    ///
    /// ```graphql
    /// query ($id: ID!) { node(id: $id) { __typename ... on Page { title path } } }
    /// ```
    async fn node(&self, ctx: &Context<'_>, #[graphql(desc = "Its id.")] id: ID) -> Result<Option<Node>> {
        load_node(ctx, &id).await
    }

    /// Several things by their ids, in that order; null where one is not public. At most 100.
    ///
    /// ```graphql
    /// query ($ids: [ID!]!) { nodes(ids: $ids) { id ... on Page { title } ... on Therapy { title } } }
    /// ```
    async fn nodes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Their ids.")] ids: Vec<ID>,
    ) -> Result<Option<Vec<Option<Node>>>> {
        if ids.len() > MOST_NODES {
            return Err(Refusal::bad_input(format!("The argument `ids` takes at most {MOST_NODES} ids.")).into());
        }
        let found = ids.iter().map(|id| load_node(ctx, id));
        Ok(Some(futures_util::future::try_join_all(found).await?))
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
        let found = look_at(ctx, &path).await?;
        Ok(found.map(Into::into))
    }

    /// Every public path, for static generation and site maps; at most 250 at a time.
    ///
    /// ```graphql
    /// { routes(first: 250) { nodes { path kind updatedAt } pageInfo { hasNextPage endCursor } } }
    /// ```
    async fn routes(
        &self,
        ctx: &Context<'_>,
        #[graphql(default = 100, desc = "How many, 0 to 250.")] first: i32,
        #[graphql(desc = "The cursor to go on after: the last page's `endCursor`.")] after: Option<String>,
    ) -> Result<Option<Connection<RouteEntry>>> {
        let db = ctx.data::<DatabaseConnection>()?;
        let paging = Paging::<String>::up_to(250, "routes", first, after.as_deref())?;
        Tags::of(ctx).add_all(["type:page", "type:therapy"]);
        let rows = publishing::list_live_paths(db, paging.after().map(String::as_str), paging.limit()).await?;
        let total = publishing::count_live_paths(db).await?;
        Ok(Some(paging.connection(rows, total, |row| row.path.clone(), RouteEntry::of)?))
    }

    /// The therapy of that slug: `group-therapy`.
    ///
    /// ```graphql
    /// { therapy(slug: "group-therapy") { title summary levelsOfCare regions { name } } }
    /// ```
    async fn therapy(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The last part of its path.")] slug: String,
    ) -> Result<Option<Therapy>> {
        let path = format!("{THERAPIES}/{slug}");
        match look_at(ctx, &path).await? {
            Some(routing::Route::Therapy(live)) if live.entry.slug == slug => Ok(Some(Therapy(live))),
            _ => Ok(None),
        }
    }

    /// Old paths that lead elsewhere, by path, for front ends that answer them by themselves; at most 250 at a time.
    /// `route` follows a few more: those that lead over something that was deleted.
    ///
    /// ```graphql
    /// { redirects(first: 250) { nodes { fromPath target status } pageInfo { hasNextPage endCursor } } }
    /// ```
    async fn redirects(
        &self,
        ctx: &Context<'_>,
        #[graphql(default = 100, desc = "How many, 0 to 250.")] first: i32,
        #[graphql(desc = "The cursor to go on after: the last page's `endCursor`.")] after: Option<String>,
    ) -> Result<Option<Connection<Redirect>>> {
        let db = ctx.data::<DatabaseConnection>()?;
        let paging = Paging::<String>::up_to(250, "redirects", first, after.as_deref())?;
        Tags::of(ctx).add_all(REDIRECTED);
        let after = paging.after().map(String::as_str);
        let rows = publishing::list_live_redirects(db, after, paging.limit()).await?;
        let total = publishing::count_live_redirects(db).await?;
        let redirect = |(row, target)| Redirect { row, target };
        Ok(Some(paging.connection(rows, total, |(row, _)| row.from_path.clone(), redirect)?))
    }

    /// Pages and therapies that say what is asked for, the best first. Every word counts, as the beginning of a word; what
    /// means the same is found too, and mistyped words are set right where nothing says them.
    ///
    /// ```graphql
    /// { search(query: "ketam", first: 5) { nodes { excerpt { html } target { ... on Content { title path } } } } }
    /// ```
    async fn search(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Words, as somebody types them.")] query: String,
        #[graphql(desc = "Only these kinds; left out or empty, all.")] kinds: Option<Vec<SearchKind>>,
        #[graphql(default = 10, desc = "How many, 0 to 100.")] first: i32,
        #[graphql(desc = "The cursor to go on after: the last page's `endCursor`.")] after: Option<String>,
    ) -> Result<Option<SearchConnection>> {
        search::search(ctx, &query, &kinds.unwrap_or_default(), first, after.as_deref()).await.map(Some)
    }

    /// A menu of the site: `main`, `footer`.
    ///
    /// ```graphql
    /// { navigation(handle: "main") { items { label href items { label href } } } }
    /// ```
    async fn navigation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What front ends know it by.")] handle: String,
    ) -> Result<Option<Navigation>> {
        Navigation::find(ctx, &handle).await
    }

    /// The centre as a whole: name, statement, telephone numbers, places.
    ///
    /// ```graphql
    /// { site { name contactPoint { display } crisis { display number } } }
    /// ```
    async fn site(&self, ctx: &Context<'_>) -> Result<Option<Site>> {
        find_site(ctx).await
    }
}

/// The entry whose draft this request may read.
fn previewed(ctx: &Context<'_>) -> Option<EntryId> {
    ctx.data_opt::<Previewed>().map(|previewed| previewed.0)
}

async fn find_site(ctx: &Context<'_>) -> Result<Option<Site>> {
    Tags::of(ctx).add("type:brand");
    let db = ctx.data::<DatabaseConnection>()?;
    let brand = View::of(ctx).once("brand", |_| ROW_BYTES, library::find_brand(db)).await?;
    Ok(brand.map(Site))
}

/// What a redirect hangs on.
const REDIRECTED: [&str; 3] = ["type:redirect", "type:page", "type:therapy"];

/// What is at a path, noted under the path and under its id.
async fn look_at(ctx: &Context<'_>, path: &str) -> Result<Option<routing::Route>> {
    let tags = Tags::of(ctx);
    if let Some(path) = publishing::normalise(path) {
        tags.add(format!("path:{path}"));
    }
    let db = ctx.data::<DatabaseConnection>()?;
    let bytes = |found: &Option<routing::Route>| found.as_ref().map_or(0, routing::Route::bytes);
    let look = routing::find(db, path, previewed(ctx));
    let found = View::of(ctx).once(&format!("path:{path}"), bytes, look).await?;
    match &found {
        Some(routing::Route::Page(live)) => tags.add(PageId(live.entry.id.0)),
        Some(routing::Route::Therapy(live)) => tags.add(TherapyId(live.entry.id.0)),
        // Whether something leads on from here hangs on what it leads to, and on what that leads to.
        Some(routing::Route::Redirect(row, target)) => {
            tags.add_all([row.id.to_string(), format!("path:{target}")]);
            tags.add_all(REDIRECTED);
        }
        None => tags.add_all(REDIRECTED),
    }
    Ok(found)
}

async fn load_node(ctx: &Context<'_>, id: &ID) -> Result<Option<Node>> {
    Tags::of(ctx).add(id.as_str());
    if let Ok(id) = id.parse() {
        Tags::of(ctx).add_all(REDIRECTED);
        let found = publishing::find_redirect_by_id(ctx.data::<DatabaseConnection>()?, id).await?;
        return Ok(found.map(|(row, target)| Node::Redirect(Redirect { row, target })));
    }
    if let Ok(id) = id.parse() {
        return Ok(Navigation::load(ctx, id).await?.map(Node::Navigation));
    }
    if id.parse() == Ok(BrandId::THE) {
        return Ok(find_site(ctx).await?.map(Node::Site));
    }
    let Some(reference) = Reference::parse(id.trim_end_matches(publishing::DRAFT)) else { return Ok(None) };
    if let Some(draft) = previewed(ctx).filter(|id| id.0 == reference.uuid()) {
        let draft = publishing::find_draft(ctx.data::<DatabaseConnection>()?, draft).await?;
        match draft.map(routing::Route::to).transpose()? {
            Some(routing::Route::Page(draft)) => return Ok(Some(Node::Page(Page(draft)))),
            Some(routing::Route::Therapy(draft)) => return Ok(Some(Node::Therapy(Therapy(draft)))),
            Some(routing::Route::Redirect(..)) | None => {}
        }
    }
    // The id of a draft is good for who may preview it.
    if id.ends_with(publishing::DRAFT) {
        return Ok(None);
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
