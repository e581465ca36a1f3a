//! Pictures: what is stored of them, and where their bytes are.
//!
//! Owns files and their rows. Promises that a file is what its type says, that its bytes never change under its
//! address, and that nothing in it runs in a browser. Refuses what it does not recognise as a picture.

mod file;
pub mod http;
pub mod public;
mod store;

pub use file::{MediaLoader, create, find, path_of};
pub use store::{Store, StoreError};
