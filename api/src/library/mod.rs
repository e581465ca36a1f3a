//! Facts that content uses by reference: contact points, people, sources, locations, regions, menus, the brand.
//!
//! Owns each fact once, so that a changed telephone number changes everywhere. Promises to look up any set of
//! references in one statement. Refuses to know what refers to it: that is publishing's.

pub mod admin;
mod fact;
mod listing;
mod loader;
mod lookup;
pub mod public;
mod relink;
mod site;
mod usage;

pub use fact::{Fact, change_fact, create_fact, delete_fact, find_fact, list_facts, noun, permission_for};
pub use loader::LibraryLoader;
pub use lookup::find_references;
pub use relink::relink_facts;
pub use site::{Link, find_brand, find_brand_with_image, find_menu, find_menu_by_id, find_menus, list_locations};
pub use usage::{FactUse, FactUser, uses_of};
