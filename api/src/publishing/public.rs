//! What a visitor may ask of anything that is published, whatever it is.

use async_graphql::{Context, Result, SimpleObject};

use super::TreeLoader;
use crate::published::Lookup;

/// A step on the way to a page.
#[derive(Clone, Debug, SimpleObject)]
pub struct Crumb {
    /// What is there.
    title: String,
    /// Its path.
    path: String,
}

/// The public entries above a path, the topmost first.
pub async fn load_crumbs(ctx: &Context<'_>, path: &str) -> Result<Vec<Crumb>> {
    let above = Lookup::<TreeLoader>::of(ctx).load_one(path.to_owned()).await?;
    let crumb = |above: super::Above| Crumb { title: above.title, path: above.path };
    Ok(above.unwrap_or_default().into_iter().map(crumb).collect())
}
