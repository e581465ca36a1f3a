//! What staff may ask of the facts. Before anybody has signed in, that is the centre's name.

use async_graphql::{Context, Object, Result, SimpleObject};

use super::find_brand;
use crate::identity::{Request, needs_owner};

/// What can be known before signing in.
#[derive(SimpleObject)]
pub struct Setup {
    /// Whether the centre still waits for its first owner, who comes by the link that the server printed.
    needs_owner: bool,
    /// The centre's name.
    site_name: String,
}

/// What staff may ask of the facts.
#[derive(Default)]
pub struct LibraryQuery;

#[Object]
impl LibraryQuery {
    /// Whose admin this is, and whether it has an owner yet. Needs no session.
    async fn setup(&self, ctx: &Context<'_>) -> Result<Setup> {
        let db = Request::of(ctx).reader();
        let site_name = find_brand(db).await?.map_or_else(|| "Hillside".to_owned(), |brand| brand.site_name);
        Ok(Setup { needs_owner: needs_owner(db).await?, site_name })
    }
}
