//! The public's lists of facts, page by page, in the order of their names.

use entity::{
    contact_point,
    fact::FactKind,
    id::{ContactPointId, LocationId, PersonId, RegionId, SourceId},
    location, person, region, source,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use crate::error::Result;

/// A kind of fact that is listed: by which column, and where a row stands.
pub trait Listed: EntityTrait {
    /// What the list is sorted by.
    const NAME: Self::Column;
    /// What tells two of the same name apart.
    const ID: Self::Column;

    /// What sort of fact it is.
    const KIND: FactKind;

    /// Where a row stands in the list.
    fn position(row: &Self::Model) -> (String, Uuid);
}

macro_rules! listed {
    ($($kind:ident: $table:ident($id:ident) by $column:ident = $field:ident;)*) => {$(
        impl Listed for $table::Entity {
            const NAME: Self::Column = $table::Column::$column;
            const ID: Self::Column = $table::Column::Id;
            const KIND: FactKind = FactKind::$kind;

            fn position(row: &Self::Model) -> (String, Uuid) {
                let $id(id) = row.id;
                (row.$field.clone(), id)
            }
        }
    )*};
}

listed! {
    ContactPoint: contact_point(ContactPointId) by Key = key;
    Location: location(LocationId) by Name = name;
    Person: person(PersonId) by Name = name;
    Region: region(RegionId) by Name = name;
    Source: source(SourceId) by Title = title;
}

/// The rows after a position, at most `first`, and how many there are in all.
pub async fn list<E>(
    db: &impl ConnectionTrait,
    after: Option<&(String, Uuid)>,
    first: u64,
) -> Result<(Vec<E::Model>, u64)>
where
    E: Listed,
    E::Model: Sync,
{
    let total = E::find().count(db).await?;
    let mut rows = E::find();
    if let Some((name, id)) = after {
        let same = Condition::all().add(E::NAME.eq(name)).add(E::ID.gt(*id));
        rows = rows.filter(Condition::any().add(E::NAME.gt(name)).add(same));
    }
    Ok((rows.order_by_asc(E::NAME).order_by_asc(E::ID).limit(first).all(db).await?, total))
}

/// The telephone number that front ends know by `handle`.
pub async fn find_contact_point(db: &impl ConnectionTrait, handle: &str) -> Result<Option<contact_point::Model>> {
    // PostgreSQL takes U+0000 in no text, so nothing is called by one.
    if handle.contains('\0') {
        return Ok(None);
    }
    Ok(contact_point::Entity::find().filter(contact_point::Column::Key.eq(handle)).one(db).await?)
}

/// A point on the earth, in degrees.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
}

impl Point {
    /// Where a location is, if somebody said.
    pub fn of(location: &location::Model) -> Option<Self> {
        location.latitude.zip(location.longitude).map(|(latitude, longitude)| Self { latitude, longitude })
    }

    /// Kilometres as the crow flies (the haversine formula on a sphere).
    pub fn kilometres_to(self, other: Self) -> f64 {
        const RADIUS: f64 = 6_371.0;
        let (from, to) = (self.latitude.to_radians(), other.latitude.to_radians());
        let across = ((to - from) / 2.0).sin().powi(2);
        let along = ((other.longitude - self.longitude).to_radians() / 2.0).sin().powi(2);
        2.0 * RADIUS * (across + from.cos() * to.cos() * along).sqrt().min(1.0).asin()
    }
}

/// A place and how far away it is, in metres; 0 where nobody asked from where.
pub type PlaceAt = (location::Model, i64);

/// The places of a region, or within so many kilometres of a point, nearest first; by name where no point is given.
pub async fn list_places(
    db: &impl ConnectionTrait,
    region: Option<&str>,
    near: Option<(Point, f64)>,
) -> Result<Vec<PlaceAt>> {
    let region = match region {
        Some(slug) if !slug.contains('\0') => {
            match region::Entity::find().filter(region::Column::Slug.eq(slug)).one(db).await? {
                Some(region) => Some(region.id),
                None => return Ok(Vec::new()),
            }
        }
        Some(_) => return Ok(Vec::new()),
        None => None,
    };
    let distance = |place: &location::Model| match near {
        None => Some(0),
        Some((point, within)) => {
            let away = Point::of(place)?.kilometres_to(point);
            #[expect(clippy::cast_possible_truncation, reason = "half the earth's circumference fits")]
            (away <= within).then_some((away * 1_000.0) as i64)
        }
    };
    let places = location::Entity::find().all(db).await?.into_iter();
    let places = places.filter(|place| region.is_none_or(|region| place.region_id == region));
    let mut places: Vec<_> = places.filter_map(|place| distance(&place).map(|away| (place, away))).collect();
    places.sort_by_cached_key(place_position);
    Ok(places)
}

/// Where a place stands in such a list.
pub fn place_position((place, away): &PlaceAt) -> (i64, String, Uuid) {
    (*away, place.name.to_lowercase(), place.id.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_those_of_an_atlas() {
        let boston = Point { latitude: 42.3601, longitude: -71.0589 };
        let new_york = Point { latitude: 40.7128, longitude: -74.006 };
        let away = boston.kilometres_to(new_york);
        assert!((305.0..308.0).contains(&away), "{away}");
        assert!(boston.kilometres_to(boston) < 0.001);
        let antipode = Point { latitude: -42.3601, longitude: 108.9411 };
        assert!((20_000.0..20_040.0).contains(&boston.kilometres_to(antipode)));
    }
}
