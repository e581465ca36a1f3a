//! Moving pages, and what that changes.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use entity::{
    id::{EntryId, PageId},
    problem::{Problems, Stage},
};

use super::publish::read_entry_id;
use crate::{
    error::{Error, refuse_if_any},
    gql::id::read_optional_id,
    identity::{Permission, Request},
    payload,
    publishing::{AddressChange, Slug, move_page, preview_move},
};

/// Addresses that a preview names.
const MOST_NAMED: usize = 200;

/// What moving would change.
#[derive(Default)]
pub struct MoveQuery;

#[Object]
impl MoveQuery {
    /// Which addresses moving a page would change, its own and those of everything below it.
    async fn move_preview(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The page.")] id: ID,
        #[graphql(desc = "The page it would stand below; left out, the top.")] parent: Option<ID>,
        #[graphql(desc = "Another last part of its address; left out, it stays.")] slug: Option<String>,
    ) -> Result<MovePreview> {
        let request = Request::of(ctx);
        request.actor.require(Permission::ReadDrafts)?;
        let parent: Option<PageId> = read_optional_id(parent.as_ref(), "parent")?;
        let (id, slug) = (read_entry_id(&id)?, read_slug(slug.as_deref())?);
        let changes = preview_move(request.reader(), request.actor, id, parent.map(EntryId::from), slug).await?;
        let redirects = changes.iter().filter(|it| it.entry.first_published_at.is_some()).count();
        let count = |number: usize| i32::try_from(number).unwrap_or(i32::MAX);
        Ok(MovePreview {
            total: count(changes.len()),
            redirects: count(redirects),
            changes: changes.into_iter().take(MOST_NAMED).map(PathChange::from).collect(),
        })
    }
}

/// What can be moved.
#[derive(Default)]
pub struct MoveMutation;

#[Object]
impl MoveMutation {
    /// Moves a page with everything below it. Every address the public ever knew leads on for ever.
    async fn move_page(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "A page to move.")] input: MovePageInput,
    ) -> Result<MovePagePayload> {
        let request = Request::of(ctx);
        let tx = request.begin(Permission::WriteContent).await?;
        let moved = async {
            let parent: Option<PageId> = read_optional_id(input.parent.as_ref(), "parent")?;
            let (id, slug) = (read_entry_id(&input.id)?, read_slug(input.slug.as_deref())?);
            move_page(&tx, request.actor, id, parent.map(EntryId::from), slug, request.now).await
        };
        let moved = moved.await;
        request.finish(tx, moved.map(|entry| entry.path)).await
    }
}

fn read_slug(slug: Option<&str>) -> Result<Option<Slug>, Error> {
    let Some(text) = slug else { return Ok(None) };
    let mut problems = Problems::new(Stage::Draft);
    let slug = Slug::parse(text, "slug", &mut problems);
    refuse_if_any(problems)?;
    Ok(slug)
}

/// What moving a page would change.
#[derive(SimpleObject)]
pub struct MovePreview {
    /// How many addresses change.
    total: i32,
    /// How many permanent redirects are written: one for each address the public has known.
    redirects: i32,
    /// The first 200 of them, by address.
    changes: Vec<PathChange>,
}

/// An address that becomes another.
#[derive(SimpleObject)]
pub struct PathChange {
    /// As it is.
    before: String,
    /// As it would be.
    after: String,
    /// Whether the public reads it.
    live: bool,
}

impl From<AddressChange> for PathChange {
    fn from(AddressChange { entry, after }: AddressChange) -> Self {
        Self { live: entry.live_revision_id.is_some(), before: entry.path, after }
    }
}

/// A page to move.
#[derive(InputObject)]
pub struct MovePageInput {
    /// The page.
    id: ID,
    /// The page it shall stand below; left out, the top.
    parent: Option<ID>,
    /// Another last part of its address; left out, it stays.
    slug: Option<String>,
}

payload!(
    /// The page's address, or what to mend.
    MovePagePayload { path: String }
);
