//! What staff may do with anything that is published, whatever its kind. A file per thing they look at.

mod block_kind;
mod changes;
mod check;
mod draft;
mod entry;
mod fact;
mod history;
mod media;
mod moving;
mod publish;
mod redirects;
mod revision;
mod schedule;
mod search;
mod synonym;
mod target;
mod trash;
mod usage;

use async_graphql::MergedObject;

use self::{
    block_kind::BlockKindQuery,
    check::CheckMutation,
    draft::DraftMutation,
    fact::{FactMutation, FactQuery},
    history::HistoryQuery,
    media::{MediaMutation, MediaQuery},
    moving::{MoveMutation, MoveQuery},
    publish::{PublishMutation, PublishQuery},
    redirects::{RedirectMutation, RedirectQuery},
    schedule::{ScheduleMutation, ScheduleQuery},
    search::{SavedViewMutation, SearchQuery},
    synonym::{SynonymMutation, SynonymQuery},
    target::TargetQuery,
    trash::{TrashMutation, TrashQuery},
    usage::{UsageMutation, UsageQuery},
};
pub use self::{
    changes::ChangeSubscription,
    entry::{EntryFields, EntryFilterInput, PublishInput, UnpublishInput},
    media::Media,
    publish::{publish_one, read_entry_id, unpublish_one},
    revision::Revision,
    usage::{add_loaders, used_count},
};

/// What the editor needs besides the entries themselves.
#[derive(Default, MergedObject)]
pub struct PublishingQuery(
    BlockKindQuery,
    TargetQuery,
    SearchQuery,
    SynonymQuery,
    ScheduleQuery,
    HistoryQuery,
    UsageQuery,
    MoveQuery,
    TrashQuery,
    RedirectQuery,
    PublishQuery,
    FactQuery,
    MediaQuery,
);

/// What can be done with anything that is published.
#[derive(Default, MergedObject)]
pub struct PublishingMutation(
    DraftMutation,
    CheckMutation,
    SavedViewMutation,
    SynonymMutation,
    PublishMutation,
    ScheduleMutation,
    MoveMutation,
    TrashMutation,
    RedirectMutation,
    FactMutation,
    UsageMutation,
    MediaMutation,
);
