//! What a visitor may ask of the library at the root: lists of facts.

use async_graphql::{Context, InputObject, Object, Result};
use sea_orm::DatabaseConnection;
use uuid::Uuid;

use super::{ContactPoint, Location, Person, Region, Source};
use crate::{
    gql::{
        Refusal,
        paging::{Connection, Page},
    },
    library::listing::{Listed, Point, find_contact_point, list, list_places, place_position},
    tags::Tags,
};

/// A circle on the map.
#[derive(Clone, Copy, Debug, InputObject)]
pub struct GeoInput {
    /// Degrees north, -90 to 90: `42.42`.
    latitude: f64,
    /// Degrees east, -180 to 180: `-71.07`.
    longitude: f64,
    /// How far from there, in kilometres: 1 to 20,040.
    #[graphql(default = 50.0)]
    radius_km: f64,
}

impl GeoInput {
    fn read(self) -> Result<(Point, f64), Refusal> {
        let within = |value: f64, least: f64, most: f64, name: &str| {
            let message = format!("The field `near.{name}` is a number from {least} to {most}.");
            if (least..=most).contains(&value) { Ok(value) } else { Err(Refusal::bad_input(message)) }
        };
        let latitude = within(self.latitude, -90.0, 90.0, "latitude")?;
        let longitude = within(self.longitude, -180.0, 180.0, "longitude")?;
        Ok((Point { latitude, longitude }, within(self.radius_km, 1.0, 20_040.0, "radiusKm")?))
    }
}

/// The lists of the library.
#[derive(Default)]
pub struct FactsQuery;

#[Object]
impl FactsQuery {
    /// Places where the centre treats people, by name; with `near`, the nearest first.
    ///
    /// ```graphql
    /// { locations(near: { latitude: 42.36, longitude: -71.06 }) { nodes { name city contactPoint { display } } } }
    /// ```
    async fn locations(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only those around a point.")] near: Option<GeoInput>,
        #[graphql(desc = "Only those in the region of this slug: `massachusetts`.")] region: Option<String>,
        #[graphql(default = 20, desc = "How many, 0 to 100.")] first: i32,
        #[graphql(desc = "The cursor to go on after: the last page's `endCursor`.")] after: Option<String>,
    ) -> Result<Option<Connection<Location>>> {
        let paging = Page::<(i64, String, Uuid)>::new("locations", first, after.as_deref())?;
        let near = near.map(GeoInput::read).transpose()?;
        Tags::of(ctx).add_all(["type:location", "type:region"]);
        let found = list_places(ctx.data::<DatabaseConnection>()?, region.as_deref(), near).await?;
        let total = u64::try_from(found.len())?;
        let rest = found.into_iter().filter(|place| paging.after().is_none_or(|after| place_position(place) > *after));
        let rows = rest.take(usize::try_from(paging.limit())?).collect();
        Ok(Some(paging.connection(rows, total, place_position, |(place, _)| Location(place))?))
    }

    /// The telephone number that front ends know by this handle.
    ///
    /// ```graphql
    /// { contactPoint(handle: "admissions") { label display number hours { days opens closes } timeZone } }
    /// ```
    async fn contact_point(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Its stable name: `admissions`.")] handle: String,
    ) -> Result<Option<ContactPoint>> {
        Tags::of(ctx).add("type:contactPoint");
        Ok(find_contact_point(ctx.data::<DatabaseConnection>()?, &handle).await?.map(ContactPoint))
    }

    /// Telephone numbers by handle.
    ///
    /// ```graphql
    /// { contactPoints { nodes { handle label display number } } }
    /// ```
    async fn contact_points(
        &self,
        ctx: &Context<'_>,
        #[graphql(default = 20, desc = "How many, 0 to 100.")] first: i32,
        #[graphql(desc = "The cursor to go on after: the last page's `endCursor`.")] after: Option<String>,
    ) -> Result<Option<Connection<ContactPoint>>> {
        page::<entity::contact_point::Entity, _>(ctx, "contactPoints", first, after, ContactPoint).await
    }

    /// Authors and clinicians by name.
    ///
    /// ```graphql
    /// { people { nodes { name credentials role } } }
    /// ```
    async fn people(
        &self,
        ctx: &Context<'_>,
        #[graphql(default = 20, desc = "How many, 0 to 100.")] first: i32,
        #[graphql(desc = "The cursor to go on after: the last page's `endCursor`.")] after: Option<String>,
    ) -> Result<Option<Connection<Person>>> {
        page::<entity::person::Entity, _>(ctx, "people", first, after, Person).await
    }

    /// States and areas that are served, by name.
    ///
    /// ```graphql
    /// { regions { nodes { slug name } } }
    /// ```
    async fn regions(
        &self,
        ctx: &Context<'_>,
        #[graphql(default = 20, desc = "How many, 0 to 100.")] first: i32,
        #[graphql(desc = "The cursor to go on after: the last page's `endCursor`.")] after: Option<String>,
    ) -> Result<Option<Connection<Region>>> {
        page::<entity::region::Entity, _>(ctx, "regions", first, after, Region).await
    }

    /// The publications that claims rest on, by title.
    ///
    /// ```graphql
    /// { sources { nodes { title publisher year url } } }
    /// ```
    async fn sources(
        &self,
        ctx: &Context<'_>,
        #[graphql(default = 20, desc = "How many, 0 to 100.")] first: i32,
        #[graphql(desc = "The cursor to go on after: the last page's `endCursor`.")] after: Option<String>,
    ) -> Result<Option<Connection<Source>>> {
        page::<entity::source::Entity, _>(ctx, "sources", first, after, Source).await
    }
}

async fn page<E, N>(
    ctx: &Context<'_>,
    order: &'static str,
    first: i32,
    after: Option<String>,
    node: fn(E::Model) -> N,
) -> Result<Option<Connection<N>>>
where
    E: Listed,
    E::Model: Sync,
    N: async_graphql::OutputType,
{
    let paging = Page::<(String, Uuid)>::new(order, first, after.as_deref())?;
    Tags::of(ctx).add(format!("type:{}", E::KIND.key()));
    let (rows, total) = list::<E>(ctx.data::<DatabaseConnection>()?, paging.after(), paging.limit()).await?;
    Ok(Some(paging.connection(rows, total, E::position, node)?))
}
