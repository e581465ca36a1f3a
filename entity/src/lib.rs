//! What Hillside stores: one file per table, one file per block kind, and the small values both the database and the
//! API speak. Nothing here reads or writes anything.

pub mod id;
pub mod problem;
