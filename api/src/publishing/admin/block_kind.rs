//! What blocks there are, as the editor offers them.

use async_graphql::{Context, Json, Object, Result, SimpleObject};
use entity::block;

use crate::identity::{Permission, Request};

/// Which blocks there are.
#[derive(Default)]
pub struct BlockKindQuery;

#[Object]
impl BlockKindQuery {
    /// The definition of every block kind, in the order of the insert menu. The editor draws its forms from these, so a
    /// new kind needs no new front end.
    async fn block_kinds(&self, ctx: &Context<'_>) -> Result<Vec<BlockKind>> {
        Request::of(ctx).actor.require(Permission::ReadDrafts)?;
        Ok(block::definitions().into_iter().map(BlockKind::from).collect())
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
    /// Whether the library cannot keep it for several pages.
    belongs_to_its_page: bool,
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
            belongs_to_its_page: it.belongs_to_its_page,
            schema: Json(it.schema),
            empty: Json(it.empty),
        }
    }
}
