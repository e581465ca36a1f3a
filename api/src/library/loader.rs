//! Looking facts up by id, many at once.

use std::collections::HashMap;

use async_graphql::dataloader::Loader;
use entity::{
    contact_point,
    id::{ContactPointId, LocationId, PersonId, RegionId, SourceId},
    location, person,
    reference::Reference,
    region, source,
};
use sea_orm::{ColumnTrait, ConnectionTrait, DatabaseConnection, EntityTrait, QueryFilter, QuerySelect};

use crate::error::{Error, Result};

/// Batches a request's look-ups of facts.
pub struct LibraryLoader(pub DatabaseConnection);

macro_rules! by_id {
    ($($id:ident => $table:ident),* $(,)?) => {$(
        impl Loader<$id> for LibraryLoader {
            type Value = $table::Model;
            type Error = std::sync::Arc<Error>;

            async fn load(&self, ids: &[$id]) -> Result<HashMap<$id, Self::Value>, Self::Error> {
                let found = $table::Entity::find().filter($table::Column::Id.is_in(ids.iter().copied())).all(&self.0).await;
                Ok(found.map_err(|cause| std::sync::Arc::new(cause.into()))?.into_iter().map(|row| (row.id, row)).collect())
            }
        }
    )*};
}

by_id! {
    RegionId => region,
    PersonId => person,
    ContactPointId => contact_point,
    LocationId => location,
    SourceId => source,
}

/// What a picker shows of a fact: its reference, its name and a second line.
pub struct Label {
    /// The fact.
    pub reference: Reference,
    /// Its name.
    pub label: String,
    /// A telephone number, a publisher, a place.
    pub detail: String,
}

/// Which kind of facts to label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "each variant is the fact of that name")]
pub enum FactKind {
    Location,
    Region,
    Person,
    ContactPoint,
    Source,
}

/// Every fact of a kind by name; at most 500, which no centre reaches.
pub async fn labels(db: &impl ConnectionTrait, kind: FactKind) -> Result<Vec<Label>> {
    const MOST: u64 = 500;
    let mut found: Vec<Label> = match kind {
        FactKind::Location => {
            location::Entity::find().limit(MOST).all(db).await?.into_iter().map(location_label).collect()
        }
        FactKind::Region => region::Entity::find()
            .limit(MOST)
            .all(db)
            .await?
            .into_iter()
            .map(|row| Label { reference: Reference::Region(row.id), label: row.name, detail: row.code })
            .collect(),
        FactKind::Person => person::Entity::find()
            .limit(MOST)
            .all(db)
            .await?
            .into_iter()
            .map(|row| Label { reference: Reference::Person(row.id), label: person_label(&row), detail: row.role })
            .collect(),
        FactKind::ContactPoint => contact_point::Entity::find()
            .limit(MOST)
            .all(db)
            .await?
            .into_iter()
            .map(|row| Label { reference: Reference::ContactPoint(row.id), label: row.label, detail: row.display })
            .collect(),
        FactKind::Source => source::Entity::find()
            .limit(MOST)
            .all(db)
            .await?
            .into_iter()
            .map(|row| Label { reference: Reference::Source(row.id), label: row.title, detail: row.publisher })
            .collect(),
    };
    found.sort_by_cached_key(|label| label.label.to_lowercase());
    Ok(found)
}

fn location_label(row: location::Model) -> Label {
    Label { reference: Reference::Location(row.id), label: row.name, detail: row.city }
}

/// A person as they are named on a page: "Dr. Ada Example, MD".
pub fn person_label(row: &person::Model) -> String {
    named(&row.name, &row.credentials)
}

/// A name with its credentials, where it has any.
pub(super) fn named(name: &str, credentials: &str) -> String {
    if credentials.is_empty() { name.to_owned() } else { format!("{name}, {credentials}") }
}
