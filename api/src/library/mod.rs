//! Facts that content uses by reference: contact points, people, sources, locations, regions, menus, the brand.
//!
//! Owns each fact once, so that a changed telephone number changes everywhere. Promises to look up any set of
//! references in one query a kind. Refuses to know what refers to it: that is publishing's.

pub mod admin;
mod loader;
pub mod public;
mod site;

pub use loader::{FactKind, Label, LibraryLoader, find_references, labels};
pub use site::{Link, MenuItem, find_brand, find_menu, list_locations};
