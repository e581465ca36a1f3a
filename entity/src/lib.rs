//! What Hillside stores: one file per table, one file per block kind, and the small values both the database and the
//! API speak. Nothing here reads or writes anything.

pub mod block;
pub mod content;
pub mod id;
pub mod problem;
pub mod reference;
pub mod rich_text;
pub mod seo;
