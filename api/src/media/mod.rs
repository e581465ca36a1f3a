//! The media library: what is stored of pictures, where their bytes are, and what is made of them.
//!
//! Owns pictures and their rows. Promises that what is served is a picture that was made here, pixel by pixel, from
//! what came; that its bytes never change under its address; and that nothing in it runs in a browser. Refuses what it
//! cannot read as a picture, and what is too large before it is decoded. Where pictures are used is publishing's to say.

mod expiry;
mod file;
pub mod http;
mod listing;
mod pictures;
pub mod public;
mod reencode;
mod render;
mod store;

pub use expiry::{TRASH_DAYS, empty_trash, sweep};
pub use file::{
    MediaChange, MediaLoader, NewMedia, create, find, find_pictures, get_at_version, move_to_trash, restore, tags_of,
    take_over, update,
};
pub use listing::{MediaFilter, count, list, list_tags};
pub use pictures::{Kept, Pictures};
pub use store::{Bucket, Store, StoreError};
