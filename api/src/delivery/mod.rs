//! What the public reads: routes, the resolution of references, the built-in reference site.
//!
//! Owns the way from a path to content. Promises that only live revisions are ever read here, and that the site works
//! without JavaScript. Refuses to write anything.

pub mod admin;
pub mod documents;
mod drawn;
pub mod http;
mod json_ld;
pub mod layout;
pub mod preview;
pub mod public;
mod resolver;
pub mod route;
pub mod site;
mod sitemap;
pub mod webhook;

pub use drawn::{Draw, Forms, Pages, Visit};
pub use layout::Layout;
pub use preview::{Previewed, Previews};
pub use resolver::PublicData;
