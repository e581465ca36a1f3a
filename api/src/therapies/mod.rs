//! Therapies: an entry kind. Its own fields and rules; everything else is publishing's.

pub mod admin;
pub mod public;
pub mod therapy;

use entity::entry::EntryKind;

use crate::publishing::Indexing;

/// What publishing calls to keep what is stored beside a therapy's entry.
pub const INDEXER: (EntryKind, Indexing) = (EntryKind::Therapy, therapy::index);
