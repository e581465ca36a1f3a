//! What staff may do with anything that is published, whatever its kind. A file per thing they look at.

mod block_kind;
mod entry;
mod revision;
mod target;

use async_graphql::MergedObject;

use self::{block_kind::BlockKindQuery, target::TargetQuery};
pub use self::{
    entry::{EntryFields, EntryFilterInput, PublishInput, UnpublishInput, draft_checks},
    revision::Revision,
};

/// What the editor needs besides the entries themselves.
#[derive(Default, MergedObject)]
pub struct PublishingQuery(BlockKindQuery, TargetQuery);
