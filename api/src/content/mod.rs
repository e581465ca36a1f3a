//! Pages: an entry kind. Its own fields and rules; everything else is publishing's.

pub mod admin;
pub mod page;
pub mod public;
