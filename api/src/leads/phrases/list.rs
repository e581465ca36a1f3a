//! How a list is kept: what the centre added, with a version.

use chrono::{DateTime, Utc};
use entity::setting;
use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait, sea_query::OnConflict};
use serde::{Deserialize, Serialize};

use super::Kind;
use crate::{
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
        let row = setting::ActiveModel {
            key: Set(self.key().to_owned()),
            value: Set(serde_json::to_value(stored)?),
            updated_at: Set(now),
        };
        let replace = OnConflict::column(setting::Column::Key)
            .update_columns([setting::Column::Value, setting::Column::UpdatedAt])
            .to_owned();
        setting::Entity::insert(row).on_conflict(replace).exec_without_returning(db).await?;
        Ok(())
    }
}

const fn key(kind: Kind) -> &'static str {
    match kind {
        Kind::Danger => "leadPhrasesDanger",
        Kind::Sales => "leadPhrasesSales",
    }
}
