//! The database's history goes up, down and up again.
