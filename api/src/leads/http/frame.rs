//! What stands around a form: as it is now, or, while the database is away, as it was last.

use std::sync::{Mutex, PoisonError};

use crate::{db::Db, delivery::Layout, error::Result};

/// The site's layout, kept for the time when nothing can be read.
pub(super) struct Frames {
    db: Db,
    public_url: String,
    last: Mutex<Layout>,
}

impl Frames {
    /// Nothing was read yet: what it was last has the centre's name and numbers not in it.
    pub(super) fn new(db: Db, public_url: String) -> Self {
        let last = Mutex::new(Layout::bare(&public_url));
        Self { db, public_url, last }
    }

    /// As it is now.
    pub(super) async fn read(&self) -> Result<Layout> {
        let now = Layout::load(self.db.reader(), &self.public_url).await?;
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = now.clone();
        Ok(now)
    }

    /// As it is now, or was last.
    pub(super) async fn any(&self) -> Layout {
        match self.read().await {
            Ok(now) => now,
            Err(_) => self.last.lock().unwrap_or_else(PoisonError::into_inner).clone(),
        }
    }
}
