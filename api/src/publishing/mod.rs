//! What every published thing shares: revisions, the live pointer, paths, redirects, references.
//!
//! An *entry* is a page or a therapy as this machinery sees it. Owns what is saved, what is live and where it is.
//! Promises that a revision never changes, that publishing moves one pointer, and that a stale save is refused rather
//! than lost. Refuses to know what a kind's own fields mean: it asks the snapshot through [`entity::content::Content`].

pub mod admin;
mod backfill;
mod check;
mod diff;
mod draft;
mod entry;
mod fact;
mod listing;
mod live;
mod live_words;
mod merge;
mod moving;
mod path;
mod picture;
mod presence;
pub mod public;
mod publication;
mod publish;
mod redirect_table;
mod redirects;
mod relink;
mod revision;
mod saved_view;
mod schedule;
mod search;
mod snapshot;
mod synonym;
mod target;
mod terms;
mod trash;
mod tree;
mod usage;
mod wording;

pub use backfill::ensure_indexes;
pub use check::{
    Check, CheckFix, CheckSeverity, Waiver, checks, draft_checks, look_through, run_looking, tally_again, unwaive,
    waive,
};
pub use diff::{BlockChange, Diff, FieldChange, Run, RunKind, diff, patch, runs};
pub use draft::{Chosen, DraftChange, DraftPatch, Onto, Saved, save, save_patch};
pub use entry::{EntryStatus, NewEntry, create, find, find_any, find_by_path, get, status_of};
pub use fact::delete_fact;
pub use listing::{Below, EntryFilter, EntryPosition, EntrySort, count, count_below, list};
pub use live::{
    DRAFT, Live, LiveEntry, count_indexed, count_live_paths, count_live_redirects, find_draft, find_live, find_live_at,
    find_redirect, find_redirect_by_id, list_indexed, list_live_paths, list_live_redirects, load_live, seo_of,
};
pub use live_words::{FoundLive, FoundLives, Piece, search_live};
pub use merge::{Choice, Conflict, Merge, Place, Side, merge};
pub use moving::{AddressChange, move_page, preview_move};
pub use path::{Slug, child_path, normalise};
pub use picture::{replace_picture, trash_picture, unused_pictures, update_picture};
pub use presence::announce;
pub use publication::{find_as_of, list_publications};
pub use publish::{Act, Indexers, Indexing, act_together, publish, republish, unpublish, unpublished_targets};
pub use redirects::{
    Imported, LineProblem, RedirectChange, count_redirects, delete_redirect, import_redirects, list_redirects,
    save_redirect,
};
pub use relink::replace_uses;
pub use revision::{Written, find_revision, list_revisions, parse_content, thin_all};
pub use saved_view::{NewView, change_view, keep_view, list_views, remove_view, seen_with};
pub use schedule::{
    Moment, cancel_schedule, list_scheduled, list_schedules, run_schedule, schedule_publish, schedule_unpublish,
    was_late, work_schedule,
};
pub use search::{Found, search};
pub use synonym::{Synonyms, list_synonyms, save_synonyms};
pub use target::{Audience, find_targets, reference_of};
pub use trash::{
    Pointing, Removal, TrashPosition, Trashed, count_trash, empty_trash, list_trash, path_before, restore, trash,
};
pub use tree::{Above, Children, ChildrenOf, TreeLoader, list_above};
pub use usage::{Use, UsePlace, UsePosition, UsedBy, count_users, count_uses, list_uses};
pub use wording::{both_sides, references_in, summary};
