//! Search, as a front end asks for it.

use async_graphql::{Context, Enum, Object, Result, SimpleObject, Union};
use entity::{
    entry::EntryKind,
    id::{EntryId, PageId, TherapyId},
};
use maud::html;
use sea_orm::DatabaseConnection;

use crate::{
    content::{page::PageLoader, public::Page},
    gql::paging::{Connection, Edge, Page as Paging, PageInfo},
    published::Lookup,
    publishing::{self, FoundLive, Piece},
    tags::Tags,
    therapies::{public::Therapy, therapy::TherapyLoader},
};

/// What sort of content is searched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum SearchKind {
    /// Pages.
    Page,
    /// Therapies.
    Therapy,
}

/// What was found.
#[derive(Union)]
pub enum SearchTarget {
    /// A page.
    Page(Box<Page>),
    /// A therapy.
    Therapy(Box<Therapy>),
}

/// Something that was found.
pub struct SearchHit {
    target: SearchTarget,
    excerpt: Vec<Piece>,
}

/// Something that was found.
#[Object]
impl SearchHit {
    /// What it is.
    async fn target(&self) -> &SearchTarget {
        &self.target
    }

    /// What it says around the words that were looked for; its beginning where they stand in the title only.
    async fn excerpt(&self) -> Excerpt {
        let text = self.excerpt.iter().map(|piece| piece.text.as_str()).collect::<String>();
        let html = html! {
            @for Piece { text, found } in &self.excerpt {
                @if *found { mark { (text) } } @else { (text) }
            }
        };
        Excerpt { text, html: html.into_string() }
    }
}

/// A few words out of a text.
#[derive(SimpleObject)]
pub struct Excerpt {
    /// As plain text.
    text: String,
    /// As HTML that is safe to show, with what was looked for in `mark`.
    html: String,
}

/// One page of what was found.
pub struct SearchConnection {
    page: Connection<SearchHit>,
    corrected_query: Option<String>,
}

/// One page of what was found.
#[Object(name = "SearchHitConnection")]
impl SearchConnection {
    /// The items with their cursors.
    async fn edges(&self, ctx: &Context<'_>) -> Result<&[Edge<SearchHit>]> {
        self.page.edges(ctx).await
    }

    /// The items alone.
    async fn nodes(&self, ctx: &Context<'_>) -> Result<Vec<&SearchHit>> {
        self.page.nodes(ctx).await
    }

    /// Where this page stands in the list.
    async fn page_info(&self, ctx: &Context<'_>) -> Result<PageInfo> {
        self.page.page_info(ctx).await
    }

    /// How many items the whole list has.
    async fn total_count(&self, ctx: &Context<'_>) -> Result<i32> {
        self.page.total_count(ctx).await
    }

    /// The words that were looked for in place of those that were typed, where no page says those; null otherwise. Tell
    /// whoever searches.
    async fn corrected_query(&self) -> Option<&str> {
        self.corrected_query.as_deref()
    }
}

/// Looks for `query`.
pub(super) async fn search(
    ctx: &Context<'_>,
    query: &str,
    kinds: &[SearchKind],
    first: i32,
    after: Option<&str>,
) -> Result<SearchConnection> {
    let kinds: Vec<EntryKind> = kinds
        .iter()
        .map(|kind| match kind {
            SearchKind::Page => EntryKind::Page,
            SearchKind::Therapy => EntryKind::Therapy,
        })
        .collect();
    let paging = Paging::<u64>::new("search", first, after)?;
    let skip = paging.after().map_or(0, |place| place.saturating_add(1));
    Tags::of(ctx).add_all(["type:page", "type:therapy", "type:synonyms"]);
    let db = ctx.data::<DatabaseConnection>()?;
    let found = publishing::search_live(db, query, &kinds, skip, paging.limit()).await?;

    let of = |kind: EntryKind| found.hits.iter().filter(move |hit| hit.kind == kind).map(|hit| hit.id);
    let pages = Lookup::<PageLoader>::of(ctx).load_many(of(EntryKind::Page).map(|id| PageId(id.0)));
    let therapies = Lookup::<TherapyLoader>::of(ctx);
    let therapies = therapies.load_many(of(EntryKind::Therapy).map(|id| TherapyId(id.0)));
    let (mut pages, mut therapies) = futures_util::future::try_join(pages, therapies).await?;
    let mut target = |hit: &FoundLive| {
        let EntryId(id) = hit.id;
        match hit.kind {
            EntryKind::Page => pages.remove(&PageId(id)).map(|live| SearchTarget::Page(Box::new(Page(live)))),
            EntryKind::Therapy => {
                therapies.remove(&TherapyId(id)).map(|live| SearchTarget::Therapy(Box::new(Therapy(live))))
            }
        }
    };
    let rows = found.hits.into_iter().filter_map(|hit| {
        let target = target(&hit)?;
        Some((hit.place, SearchHit { target, excerpt: hit.excerpt }))
    });
    let rows: Vec<(u64, SearchHit)> = rows.collect();
    let page = paging.connection(rows, found.total, |(place, _)| *place, |(_, hit)| hit)?;
    Ok(SearchConnection { page, corrected_query: found.corrected })
}
