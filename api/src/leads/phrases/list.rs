//! How a list is kept: what the centre added, with a version.

use chrono::{DateTime, Utc};
use entity::setting;
use sea_orm::{ConnectionTrait, EntityTrait};
use serde::{Deserialize, Serialize};

use super::Kind;
use crate::{
    db::write_setting,
    error::Result,
    leads::{crisis, spam},
};

/// A list.
#[derive(Clone, Debug)]
pub struct List {
    /// What it is for.
    pub kind: Kind,
    /// What the centre added to it.
    pub own: String,
    /// How often that was changed.
    pub version: i32,
}

#[derive(Default, Serialize, Deserialize)]
struct Stored {
    own: String,
    version: i32,
}

impl List {
    /// As it is; empty, in version 0, where nobody added anything.
    pub(super) async fn find(db: &impl ConnectionTrait, kind: Kind) -> Result<Self> {
        let row = setting::Entity::find_by_id(key(kind)).one(db).await?;
        let Stored { own, version } = row.map_or(Ok(Stored::default()), |row| serde_json::from_value(row.value))?;
        Ok(Self { kind, own, version })
    }

    /// What Hillside comes with.
    pub const fn standard(&self) -> &'static str {
        match self.kind {
            Kind::Danger => crisis::STANDARD,
            Kind::Sales => spam::STANDARD,
        }
    }

    /// How the audit log names it.
    pub(super) const fn key(&self) -> &'static str {
        key(self.kind)
    }

    pub(super) async fn store(&self, db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<()> {
        let stored = Stored { own: self.own.clone(), version: self.version };
        Ok(write_setting(db, self.key(), serde_json::to_value(stored)?, now).await?)
    }
}

const fn key(kind: Kind) -> &'static str {
    match kind {
        Kind::Danger => "leadPhrasesDanger",
        Kind::Sales => "leadPhrasesSales",
    }
}
