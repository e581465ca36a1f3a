//! Names of what an answer shows and of what a change touches, so that caches elsewhere drop the one for the other.
//!
//! A thing is named by its id, a list by the kind of what is in it (`type:page`), an address by itself (`path:/care`), also
//! where nothing is there: a 404 must heal. Outside, each name is eight characters of a hash of it: caches bound the
//! length of the header.

use std::{
    collections::HashSet,
    fmt::Display,
    sync::{Arc, Mutex, PoisonError},
};

use async_graphql::Context;
use data_encoding::BASE32_DNSSEC;
use sha2::{Digest, Sha256};

/// Bytes of a header with tags, at the most; what takes more is named by [`EVERYTHING`] alone.
const MOST_BYTES: usize = 16 * 1024;
/// Bytes of a tag.
const TAG_BYTES: usize = 8;
/// What every change touches.
pub const EVERYTHING: &str = "type:everything";

/// A name as it is told outside: eight letters and digits.
pub fn hashed(name: impl Display) -> String {
    let digest = Sha256::digest(name.to_string());
    BASE32_DNSSEC.encode(digest.get(..5).unwrap_or_default())
}

/// Collects what an answer shows while it is made. Clones collect into the same.
#[derive(Clone, Debug, Default)]
pub struct Tags(Arc<Mutex<HashSet<String>>>);

impl Tags {
    /// Those of the answer that is being made.
    pub fn of<'a>(ctx: &'a Context<'_>) -> &'a Self {
        ctx.data_unchecked()
    }

    /// Notes what is shown, or looked for and not there.
    pub fn add(&self, name: impl Display) {
        self.add_all([name]);
    }

    /// Notes several.
    pub fn add_all(&self, names: impl IntoIterator<Item = impl Display>) {
        let mut tags = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        tags.extend(names.into_iter().map(|name| name.to_string()));
    }

    /// The tags one after the other, as a header has them; empty where there are none.
    pub fn joined(&self, separator: &str) -> String {
        let tags = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if tags.len() * (TAG_BYTES + separator.len()) > MOST_BYTES {
            return hashed(EVERYTHING);
        }
        let mut told: Vec<String> = tags.iter().map(hashed).collect();
        told.sort();
        told.join(separator)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_name_is_told_once_and_in_eight_characters() {
        let tags = Tags::default();
        assert_eq!(tags.joined(" "), "");
        tags.clone().add_all(["path:/care", "type:page", "path:/care"]);
        let told = tags.joined(",");
        assert_eq!(told.split(',').map(str::len).collect::<Vec<_>>(), [8, 8]);
        assert!(told.contains(&hashed("type:page")));
    }

    #[test]
    fn too_many_names_give_way_to_one_that_every_change_touches() {
        let tags = Tags::default();
        tags.add_all((0..3_000).map(|number| format!("pag_{number}")));
        assert_eq!(tags.joined(" "), hashed(EVERYTHING));
    }
}
