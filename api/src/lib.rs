//! Hillside: the content and admissions backend of an addiction-treatment centre.
//!
//! `ARCHITECTURE.md` at the top of the repository walks through the house. Arrows point one way:
//! `main → cli → server → schema → <subject>/{public,admin} → <subject>/<noun> → entity`.

pub mod db;
pub mod error;
pub mod gql;
pub mod identity;
pub mod keys;
