//! Looking facts up by id, many at once.

use std::collections::HashMap;

use async_graphql::dataloader::Loader;
use entity::{
    contact_point,
    id::{ContactPointId, LocationId, PersonId, RegionId, SourceId},
    location, person,
    reference::{Citation, LocationLink, PhoneLink, Reference, Target, Targets},
    region, source,
};
use sea_orm::{ColumnTrait, ConnectionTrait, DatabaseConnection, DbErr, EntityTrait, QueryFilter, QuerySelect};

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

/// What a reader needs of the facts among `wanted`; entries are left to publishing.
pub async fn find_references(db: &impl ConnectionTrait, wanted: &[Reference]) -> Result<Targets> {
    let mut targets = Targets::default();
    targets.extend(phones(db, wanted).await?);
    targets.extend(locations(db, wanted).await?);
    targets.extend(
        rows::<region::Entity, _>(db, region::Column::Id, ids(wanted, |it| matches!(it, Reference::Region(_))))
            .await?
            .into_iter()
            .map(|row| (Reference::Region(row.id), Target::Region(row.name))),
    );
    targets.extend(
        rows::<person::Entity, _>(db, person::Column::Id, ids(wanted, |it| matches!(it, Reference::Person(_))))
            .await?
            .into_iter()
            .map(|row| (Reference::Person(row.id), Target::Person(person_label(&row)))),
    );
    targets.extend(
        rows::<source::Entity, _>(db, source::Column::Id, ids(wanted, |it| matches!(it, Reference::Source(_))))
            .await?
            .into_iter()
            .map(|row| {
                let citation = Citation { title: row.title, publisher: row.publisher, year: row.year, url: row.url };
                (Reference::Source(row.id), Target::Source(citation))
            }),
    );
    Ok(targets)
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
    if row.credentials.is_empty() { row.name.clone() } else { format!("{}, {}", row.name, row.credentials) }
}

async fn phones(db: &impl ConnectionTrait, wanted: &[Reference]) -> Result<Vec<(Reference, Target)>> {
    let wanted = ids(wanted, |it| matches!(it, Reference::ContactPoint(_)));
    let found = rows::<contact_point::Entity, _>(db, contact_point::Column::Id, wanted).await?;
    Ok(found.into_iter().map(|row| (Reference::ContactPoint(row.id), Target::Phone(phone_link(row)))).collect())
}

fn phone_link(row: contact_point::Model) -> PhoneLink {
    PhoneLink { reference: row.id.to_string().into(), label: row.label, number: row.number, display: row.display }
}

async fn locations(db: &impl ConnectionTrait, wanted: &[Reference]) -> Result<Vec<(Reference, Target)>> {
    let wanted = ids(wanted, |it| matches!(it, Reference::Location(_)));
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let found = location::Entity::find()
        .filter(location::Column::Id.is_in(wanted))
        .find_also_related(region::Entity)
        .all(db)
        .await?;
    Ok(found
        .into_iter()
        .map(|(row, region)| {
            let link = LocationLink {
                reference: row.id.to_string().into(),
                address: address_line(&row, region.as_ref()),
                name: row.name,
                map_url: row.map_url,
            };
            (Reference::Location(row.id), Target::Location(link))
        })
        .collect())
}

/// An address on one line, as it stands on an envelope.
fn address_line(row: &location::Model, region: Option<&region::Model>) -> String {
    let lines = serde_json::from_value::<Vec<String>>(row.lines.clone()).unwrap_or_default();
    let state = region.map(|region| region.code.as_str()).unwrap_or_default();
    let town = [row.city.as_str(), state].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
    let last = [town.as_str(), row.postal_code.as_str()].join(" ").trim().to_owned();
    lines.into_iter().chain([last]).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

fn ids(wanted: &[Reference], of_kind: impl Fn(&Reference) -> bool) -> Vec<uuid::Uuid> {
    wanted.iter().filter(|reference| of_kind(reference)).map(|reference| reference.uuid()).collect()
}

async fn rows<E, C>(db: &impl ConnectionTrait, id: C, wanted: Vec<uuid::Uuid>) -> Result<Vec<E::Model>, DbErr>
where
    E: EntityTrait,
    C: ColumnTrait,
{
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    E::find().filter(id.is_in(wanted)).all(db).await
}
