//! What a visitor may ask of the facts: telephone numbers, places, people, sources, the site itself.

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use entity::{
    brand, contact_point,
    hours::{OpeningHours, SpecialDay},
    id::{BrandId, ContactPointId, LocationId, PersonId, RegionId, SourceId},
    location, person, region, source,
};
use sea_orm::DatabaseConnection;

mod query;

pub use query::FactsQuery;

use super::{LibraryLoader, listing::Point};
use crate::{
    error::Error,
    media::public::{Media, load_media},
    published::{Finds, Lookup, ROW_BYTES, View},
    tags::Tags,
};

/// Loads a fact by id within a request; answers null when it is gone.
async fn load<I, M>(ctx: &Context<'_>, id: Option<I>) -> Result<Option<M>>
where
    I: std::fmt::Debug + std::hash::Hash + Eq + Clone + Send + Sync + 'static,
    M: Send + Sync + Clone + 'static,
    LibraryLoader: Finds<I, Value = M, Error = std::sync::Arc<Error>>,
{
    match id {
        Some(id) => Ok(Lookup::<LibraryLoader>::of(ctx).load_one(id).await?),
        None => Ok(None),
    }
}

/// A telephone number with a purpose.
pub struct ContactPoint(pub contact_point::Model);

/// A telephone number with a purpose. Content names it by id, so a new number changes everywhere at once.
#[Object]
impl ContactPoint {
    /// Opaque and stable.
    pub async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// A stable name for front ends: `admissions`, `crisis-988`.
    async fn handle(&self) -> &str {
        &self.0.key
    }

    /// What it is for: "Admissions".
    async fn label(&self) -> &str {
        &self.0.label
    }

    /// What a telephone dials: `+17813324135` (E.164) or a short code such as `911`. Put it behind `tel:`.
    async fn number(&self) -> &str {
        &self.0.number
    }

    /// What a person reads: `(781) 332-4135`.
    async fn display(&self) -> &str {
        &self.0.display
    }

    /// Why somebody calls it.
    async fn purpose(&self) -> contact_point::ContactPurpose {
        self.0.purpose
    }

    /// When somebody answers; empty means day and night.
    async fn hours(&self) -> Vec<OpeningHours> {
        serde_json::from_value(self.0.hours.clone()).unwrap_or_default()
    }

    /// The IANA time zone of `hours`: `America/New_York`.
    async fn time_zone(&self) -> &str {
        &self.0.time_zone
    }
}

/// A state or an area that is served.
pub struct Region(pub region::Model);

/// A state or an area that is served.
#[Object]
impl Region {
    /// Opaque and stable.
    pub async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// As it stands in addresses and filters: `massachusetts`.
    async fn slug(&self) -> &str {
        &self.0.slug
    }

    /// Its name: "Massachusetts".
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// The postal code of the state: `MA`.
    async fn code(&self) -> &str {
        &self.0.code
    }

    /// ISO 3166-1 alpha-2: `US`.
    async fn country(&self) -> &str {
        &self.0.country
    }
}

/// A point on the map (WGS 84).
#[derive(SimpleObject)]
pub struct GeoPoint {
    /// Degrees north.
    latitude: f64,
    /// Degrees east.
    longitude: f64,
}

/// A place where the centre treats people.
pub struct Location(pub location::Model);

/// A place where the centre treats people.
#[Object]
impl Location {
    /// Opaque and stable.
    pub async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// What it is called.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// The street lines of the address.
    async fn lines(&self) -> Vec<String> {
        serde_json::from_value(self.0.lines.clone()).unwrap_or_default()
    }

    /// The town.
    async fn city(&self) -> &str {
        &self.0.city
    }

    /// The state.
    async fn region(&self, ctx: &Context<'_>) -> Result<Option<Region>> {
        Ok(load::<RegionId, _>(ctx, Some(self.0.region_id)).await?.map(Region))
    }

    /// The postal code.
    async fn postal_code(&self) -> &str {
        &self.0.postal_code
    }

    /// ISO 3166-1 alpha-2: `US`.
    async fn country(&self) -> &str {
        &self.0.country
    }

    /// A map of it.
    async fn map_url(&self) -> &str {
        &self.0.map_url
    }

    /// Where it is on the map; null when that is not said.
    async fn point(&self) -> Option<GeoPoint> {
        Point::of(&self.0).map(|point| GeoPoint { latitude: point.latitude, longitude: point.longitude })
    }

    /// When it is open; empty when that is not said.
    async fn hours(&self) -> Vec<OpeningHours> {
        serde_json::from_value(self.0.hours.clone()).unwrap_or_default()
    }

    /// The IANA time zone of `hours`: `America/New_York`.
    async fn time_zone(&self) -> &str {
        &self.0.time_zone
    }

    /// Holidays and other days that are different.
    async fn special_days(&self) -> Vec<SpecialDay> {
        serde_json::from_value(self.0.special_days.clone()).unwrap_or_default()
    }

    /// The number to call about it.
    async fn contact_point(&self, ctx: &Context<'_>) -> Result<Option<ContactPoint>> {
        Ok(load::<ContactPointId, _>(ctx, self.0.contact_point_id).await?.map(ContactPoint))
    }
}

/// Somebody named on the site.
pub struct Person(pub person::Model);

/// Somebody named on the site: an author, a clinical reviewer.
#[Object]
impl Person {
    /// Opaque and stable.
    pub async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// The name.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// What stands behind the name: "MD, FASAM"; may be empty.
    async fn credentials(&self) -> &str {
        &self.0.credentials
    }

    /// What they do: "Medical director".
    async fn role(&self) -> &str {
        &self.0.role
    }

    /// A few sentences about them.
    async fn bio(&self) -> &str {
        &self.0.bio
    }
}

/// A publication that a claim rests on.
pub struct Source(pub source::Model);

/// A publication that a claim rests on.
#[Object]
impl Source {
    /// Opaque and stable.
    pub async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// Its title.
    async fn title(&self) -> &str {
        &self.0.title
    }

    /// Who published it.
    async fn publisher(&self) -> &str {
        &self.0.publisher
    }

    /// When.
    async fn year(&self) -> Option<i32> {
        self.0.year
    }

    /// Whom it is about, where it counts people.
    async fn population(&self) -> Option<&str> {
        self.0.population.as_deref()
    }

    /// Where to read it.
    async fn url(&self) -> Option<&str> {
        self.0.url.as_deref()
    }

    /// Its digital object identifier.
    async fn doi(&self) -> Option<&str> {
        self.0.doi.as_deref()
    }
}

/// The centre as a whole.
pub struct Site(pub brand::Model);

/// The centre as a whole: what stands in every header and footer.
#[Object]
impl Site {
    /// Opaque and stable.
    pub async fn id(&self) -> ID {
        BrandId::THE.to_string().into()
    }

    /// The centre's name.
    async fn name(&self) -> &str {
        &self.0.site_name
    }

    /// What the centre stands for, in a sentence or two.
    async fn statement(&self) -> &str {
        &self.0.statement
    }

    /// A description for search engines.
    async fn description(&self) -> &str {
        &self.0.description
    }

    /// The centre's own number. Never an emergency number.
    async fn contact_point(&self, ctx: &Context<'_>) -> Result<Option<ContactPoint>> {
        Ok(load::<ContactPointId, _>(ctx, self.0.contact_point_id).await?.map(ContactPoint))
    }

    /// For danger to life: 911.
    async fn emergency(&self, ctx: &Context<'_>) -> Result<Option<ContactPoint>> {
        Ok(load::<ContactPointId, _>(ctx, self.0.emergency_id).await?.map(ContactPoint))
    }

    /// For a crisis of mind or substance: 988.
    async fn crisis(&self, ctx: &Context<'_>) -> Result<Option<ContactPoint>> {
        Ok(load::<ContactPointId, _>(ctx, self.0.crisis_id).await?.map(ContactPoint))
    }

    /// The picture that link previews show.
    async fn share_image(&self, ctx: &Context<'_>) -> Result<Option<Media>> {
        load_media(ctx, self.0.share_image_id).await
    }

    /// Where the centre is.
    async fn locations(&self, ctx: &Context<'_>) -> Result<Vec<Location>> {
        Tags::of(ctx).add("type:location");
        let db = ctx.data::<DatabaseConnection>()?;
        let places =
            View::of(ctx).once("locations", |found| found.len() * ROW_BYTES, super::list_locations(db)).await?;
        Ok(places.into_iter().map(Location).collect())
    }
}

/// Resolves a selection on a fact named by a block.
pub async fn load_region(ctx: &Context<'_>, id: RegionId) -> Result<Option<Region>> {
    Ok(load(ctx, Some(id)).await?.map(Region))
}

/// The person of that id.
pub async fn load_person(ctx: &Context<'_>, id: Option<PersonId>) -> Result<Option<Person>> {
    Ok(load(ctx, id).await?.map(Person))
}

/// The sources of these ids, in their order; what is gone is left out.
pub async fn load_sources(ctx: &Context<'_>, ids: &[SourceId]) -> Result<Vec<Source>> {
    let mut found = Lookup::<LibraryLoader>::of(ctx).load_many(ids.iter().copied()).await?;
    Ok(ids.iter().filter_map(|id| found.remove(id)).map(Source).collect())
}

/// The regions of these ids, in their order; what is gone is left out.
pub async fn load_regions(ctx: &Context<'_>, ids: &[RegionId]) -> Result<Vec<Region>> {
    let mut found = Lookup::<LibraryLoader>::of(ctx).load_many(ids.iter().copied()).await?;
    Ok(ids.iter().filter_map(|id| found.remove(id)).map(Region).collect())
}

/// The location of that id.
pub async fn load_location(ctx: &Context<'_>, id: LocationId) -> Result<Option<Location>> {
    Ok(load(ctx, Some(id)).await?.map(Location))
}

/// The contact point of that id.
pub async fn load_contact_point(ctx: &Context<'_>, id: ContactPointId) -> Result<Option<ContactPoint>> {
    Ok(load(ctx, Some(id)).await?.map(ContactPoint))
}

/// The source of that id.
pub async fn load_source(ctx: &Context<'_>, id: SourceId) -> Result<Option<Source>> {
    Ok(load(ctx, Some(id)).await?.map(Source))
}
