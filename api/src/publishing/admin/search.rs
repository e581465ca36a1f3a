//! Finding drafts by their words, and lists as people keep them.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use entity::saved_view::{self, ViewedList};

use super::target::{Target, TargetKind};
use crate::{
    error::Error,
    gql::{Refusal, id::read_id},
    identity::{Permission, Request},
    payload,
    publishing::{Found, NewView, change_view, keep_view, list_views, remove_view, search, seen_with},
    words::folded,
};

/// What can be found.
#[derive(Default)]
pub struct SearchQuery;

#[Object]
impl SearchQuery {
    /// What says every word: pages and therapies by their drafts, those that say them in their title first, then the
    /// facts of the library and the pictures. Words may be beginnings. At most 50.
    async fn search(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Words, in any case, with or without accents.")] query: String,
        #[graphql(default = 20, desc = "How many, 0 to 50.")] first: i32,
    ) -> Result<Vec<SearchHit>> {
        let request = Request::of(ctx);
        let first = u64::try_from(first).ok().filter(|first| *first <= 50);
        let first = first.ok_or_else(|| Refusal::bad_input("The argument `first` is a number from 0 to 50."))?;
        let found = search(request.reader(), request.actor, &query, first).await?;
        let mut hits: Vec<SearchHit> = found.into_iter().map(SearchHit::from).collect();
        let left = usize::try_from(first).unwrap_or(usize::MAX).saturating_sub(hits.len());
        hits.extend(found_in_library(request, &query, left).await?);
        Ok(hits)
    }

    /// The views you see of a list: your own, and those that colleagues share.
    async fn saved_views(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Of which list.")] list: ViewedList,
    ) -> Result<Vec<SavedView>> {
        let request = Request::of(ctx);
        let own = request.actor.user()?;
        let rows = list_views(request.reader(), request.actor, list).await?;
        Ok(rows.into_iter().map(|row| SavedView { mine: row.owner_id == own, row }).collect())
    }
}

/// What can be done with views.
#[derive(Default)]
pub struct SavedViewMutation;

#[Object]
impl SavedViewMutation {
    /// Keeps a list as it is under a name. One of yours with that name is replaced.
    async fn save_view(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "A view to keep.")] input: SaveViewInput,
    ) -> Result<SavedViewPayload> {
        let request = Request::of(ctx);
        let tx = request.begin(seen_with(input.list)).await?;
        let SaveViewInput { list, name, search, shared } = input;
        let view = keep_view(&tx, request.actor, NewView { list, name, search, shared }, request.now).await;
        request.finish(tx, view.map(|row| SavedView { row, mine: true })).await
    }

    /// Calls a view of yours something else, and shares it or keeps it to yourself.
    async fn change_view(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "A view to change.")] input: ChangeViewInput,
    ) -> Result<SavedViewPayload> {
        let request = Request::of(ctx);
        let tx = request.begin(viewing(request)).await?;
        let ChangeViewInput { id, name, shared } = input;
        let view = async { change_view(&tx, request.actor, read_id(&id, "id")?, &name, shared).await };
        let view = view.await;
        request.finish(tx, view.map(|row| SavedView { row, mine: true })).await
    }

    /// Removes a view of yours.
    async fn remove_view(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "A view to remove.")] input: RemoveViewInput,
    ) -> Result<SavedViewPayload> {
        let request = Request::of(ctx);
        let tx = request.begin(viewing(request)).await?;
        let view = async { remove_view(&tx, request.actor, read_id(&input.id, "id")?).await };
        let view = view.await;
        request.finish(tx, view.map(|row| SavedView { row, mine: true })).await
    }
}

/// What lets somebody have views of any list at all.
fn viewing(request: &Request) -> Permission {
    match request.actor.may(Permission::ListLeads) {
        true => Permission::ListLeads,
        false => Permission::ReadDrafts,
    }
}

/// The first of the library that say every word of `query`, kind by kind.
async fn found_in_library(request: &Request, query: &str, first: usize) -> Result<Vec<SearchHit>, Error> {
    let mut hits = Vec::new();
    if folded(query).is_empty() {
        return Ok(hits);
    }
    for kind in TargetKind::IN_LIBRARY {
        let left = first.saturating_sub(hits.len());
        if left == 0 {
            break;
        }
        hits.extend(kind.find(request, query, left).await?.into_iter().map(SearchHit::of_library));
    }
    Ok(hits)
}

/// Something that says the words.
#[derive(SimpleObject)]
pub struct SearchHit {
    /// What it is.
    target: Target,
    /// What a page or a therapy says around the words; empty for anything else.
    excerpt: String,
}

impl SearchHit {
    fn of_library(target: Target) -> Self {
        Self { target, excerpt: String::new() }
    }
}

impl From<Found> for SearchHit {
    fn from(Found { entry, excerpt }: Found) -> Self {
        let target = Target::of_entry(entry);
        Self { target, excerpt }
    }
}

/// A list as somebody keeps it.
pub struct SavedView {
    row: saved_view::Model,
    mine: bool,
}

/// A list as somebody keeps it.
#[Object]
impl SavedView {
    /// For `changeView` and `removeView`.
    async fn id(&self) -> ID {
        self.row.id.to_string().into()
    }

    /// What it is called.
    async fn name(&self) -> &str {
        &self.row.name
    }

    /// The list's state, as it stands in the address: `status=DRAFT&sort=TITLE`.
    async fn search(&self) -> &str {
        &self.row.search
    }

    /// Whether colleagues see it.
    async fn shared(&self) -> bool {
        self.row.shared
    }

    /// Whether it is yours; only yours can be changed.
    async fn mine(&self) -> bool {
        self.mine
    }
}

/// A view to keep.
#[derive(InputObject)]
pub struct SaveViewInput {
    /// Of which list.
    list: ViewedList,
    /// What it is called; at most 60 characters.
    name: String,
    /// The list's state, as it stands in the address; at most 1,000 characters.
    search: String,
    /// Whether colleagues see it.
    #[graphql(default)]
    shared: bool,
}

/// A view to change.
#[derive(InputObject)]
pub struct ChangeViewInput {
    /// The view.
    id: ID,
    /// What it is called; at most 60 characters.
    name: String,
    /// Whether colleagues see it.
    shared: bool,
}

/// A view to remove.
#[derive(InputObject)]
pub struct RemoveViewInput {
    /// The view.
    id: ID,
}

payload!(
    /// The view, or what to mend.
    SavedViewPayload { saved_view: SavedView }
);
