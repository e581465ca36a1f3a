//! Looking facts up by id, many at once.

use std::collections::HashMap;

use async_graphql::dataloader::Loader;
use entity::{
    contact_point,
    id::{ContactPointId, LocationId, PersonId, RegionId, SourceId},
    location, person, region, source,
};
use sea_orm::{ColumnTrait, DatabaseConnection, EntityTrait, QueryFilter};

use crate::{
    error::{Error, Result},
    published::Finds,
    tags::Tags,
};

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

        impl Finds<$id> for LibraryLoader {
            fn note(id: &$id, tags: &Tags) {
                tags.add(id);
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
