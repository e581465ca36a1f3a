//! A place where the centre treats people.

use async_graphql::InputObject;
use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use sea_orm::{ActiveValue::Set, entity::prelude::*};
use serde::{Deserialize, Serialize, de::Error};
use url::form_urlencoded::byte_serialize;

use crate::{
    fact::{Kind, Stored},
    hours::{self, OpeningHours, SpecialDay},
    id::{ContactPointId, LocationId, RegionId},
    problem::{ProblemCode, Problems},
    reference::Reference,
    region,
    rich_text::is_outside_address,
    slug,
};

/// A place where the centre treats people.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "location")]
pub struct Model {
    /// Which.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: LocationId,
    /// Unique.
    pub slug: String,
    /// What it is called.
    pub name: String,
    /// The street lines: a list of texts.
    pub lines: Json,
    /// The town.
    pub city: String,
    /// The state.
    pub region_id: RegionId,
    /// The postal code.
    pub postal_code: String,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// Degrees north.
    pub latitude: Option<f64>,
    /// Degrees east.
    pub longitude: Option<f64>,
    /// A map of it.
    pub map_url: String,
    /// The number to call about it.
    pub contact_point_id: Option<ContactPointId>,
    /// When it is open: a list of `{days, opens, closes}`; empty when nobody said.
    pub hours: Json,
    /// The IANA time zone of `hours`.
    pub time_zone: String,
    /// Days that are different: a list of `{on, name, opens, closes}`.
    pub special_days: Json,
    /// How often it was written.
    pub version: i32,
}

/// What it belongs to.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// Its region.
    #[sea_orm(belongs_to = "region::Entity", from = "Column::RegionId", to = "region::Column::Id")]
    Region,
}

impl Related<region::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Region.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}

/// What staff write of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, InputObject)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[graphql(name = "LocationFields")]
pub struct Fields {
    /// What it is called.
    #[schemars(title = "Name", extend("x-widget" = "line"))]
    pub name: String,
    /// The street lines of the address; at most three.
    #[serde(default)]
    #[graphql(default)]
    #[schemars(title = "Street", extend("x-widget" = "list"))]
    pub lines: Vec<String>,
    /// The town.
    #[schemars(title = "City", extend("x-widget" = "line"))]
    pub city: String,
    /// The state it is in.
    #[schemars(title = "State", extend("x-widget" = "reference", "x-reference" = "region"))]
    pub region: Option<RegionId>,
    /// The postal code.
    #[serde(default)]
    #[graphql(default)]
    #[schemars(title = "Postal code", extend("x-widget" = "line"))]
    pub postal_code: String,
    /// Two letters, such as “US”.
    #[schemars(title = "Country", extend("x-widget" = "line"))]
    pub country: String,
    /// The number to call about it.
    #[serde(default)]
    #[schemars(title = "Telephone", extend("x-widget" = "reference", "x-reference" = "contactPoint"))]
    pub contact_point: Option<ContactPointId>,
    /// When it is open. Left empty, nothing is said.
    #[serde(default)]
    #[graphql(default)]
    #[schemars(title = "Opening hours", extend("x-widget" = "list"))]
    pub hours: Vec<OpeningHours>,
    /// Where these hours are counted.
    #[schemars(title = "Time zone", extend("x-widget" = "timeZone"))]
    pub time_zone: String,
    /// Holidays and other days that are different.
    #[serde(default)]
    #[graphql(default)]
    #[schemars(title = "Special days", extend("x-widget" = "list"))]
    pub special_days: Vec<SpecialDay>,
    /// A map of it. Left empty, a map is searched for the address.
    #[serde(default)]
    #[graphql(default)]
    #[schemars(title = "Map", extend("x-widget" = "line"))]
    pub map_url: String,
    /// Degrees north, for search engines.
    #[serde(default)]
    #[schemars(title = "Latitude", extend("x-widget" = "number"))]
    pub latitude: Option<f64>,
    /// Degrees east, for search engines.
    #[serde(default)]
    #[schemars(title = "Longitude", extend("x-widget" = "number"))]
    pub longitude: Option<f64>,
    /// What programs know it by. Left empty, it follows from the name.
    #[serde(default)]
    #[graphql(default)]
    #[schemars(title = "Short name", extend("x-widget" = "line"))]
    pub slug: String,
}

impl Kind for Fields {
    type Entity = Entity;
    const ID: Column = Column::Id;
    const VERSION: Column = Column::Version;
    const UNIQUE: Option<&'static str> = Some("slug");

    const TITLE: &'static str = "Location";
    const PLURAL: &'static str = "Locations";
    const DESCRIPTION: &'static str = "A place where the centre treats people: address, telephone, hours.";
    const ICON: &'static str = "map-pin";
    const POINTS: bool = true;

    fn fresh() -> Self {
        Self {
            name: String::new(),
            lines: Vec::new(),
            city: String::new(),
            region: None,
            postal_code: String::new(),
            country: "US".to_owned(),
            contact_point: None,
            hours: Vec::new(),
            time_zone: "America/New_York".to_owned(),
            special_days: Vec::new(),
            map_url: String::new(),
            latitude: None,
            longitude: None,
            slug: String::new(),
        }
    }

    fn of(row: Model) -> serde_json::Result<Stored<Self>> {
        let fields = Self {
            name: row.name,
            lines: serde_json::from_value(row.lines)?,
            city: row.city,
            region: Some(row.region_id),
            postal_code: row.postal_code,
            country: row.country,
            contact_point: row.contact_point_id,
            hours: serde_json::from_value(row.hours)?,
            time_zone: row.time_zone,
            special_days: serde_json::from_value(row.special_days)?,
            map_url: row.map_url,
            latitude: row.latitude,
            longitude: row.longitude,
            slug: row.slug,
        };
        Ok(Stored { id: row.id.0, version: row.version, fields })
    }

    fn into_row(self, _: DateTime<Utc>) -> serde_json::Result<ActiveModel> {
        Ok(ActiveModel {
            slug: Set(self.slug),
            name: Set(self.name),
            lines: Set(serde_json::to_value(self.lines)?),
            city: Set(self.city),
            region_id: Set(self.region.ok_or_else(|| serde_json::Error::custom("a place without a region"))?),
            postal_code: Set(self.postal_code),
            country: Set(self.country),
            latitude: Set(self.latitude),
            longitude: Set(self.longitude),
            map_url: Set(self.map_url),
            contact_point_id: Set(self.contact_point),
            hours: Set(serde_json::to_value(self.hours)?),
            time_zone: Set(self.time_zone),
            special_days: Set(serde_json::to_value(self.special_days)?),
            ..Default::default()
        })
    }

    fn name(&self) -> String {
        self.name.clone()
    }

    fn detail(&self) -> String {
        self.city.clone()
    }

    fn words(&self) -> String {
        format!("{} {} {}", self.lines.join(" "), self.city, self.postal_code)
    }

    fn tidy(&mut self) {
        for text in [&mut self.name, &mut self.city, &mut self.postal_code, &mut self.map_url] {
            *text = text.trim().to_owned();
        }
        self.lines.iter_mut().for_each(|line| *line = line.trim().to_owned());
        self.lines.retain(|line| !line.is_empty());
        self.country = self.country.trim().to_uppercase();
        if self.slug.trim().is_empty() {
            self.slug = slug::suggested(&self.name);
        }
        if self.map_url.is_empty() {
            let address = [self.lines.join(", "), self.city.clone(), self.postal_code.clone()].join(" ");
            let sought: String = byte_serialize(address.trim().as_bytes()).collect();
            self.map_url = format!("https://www.google.com/maps/search/?api=1&query={sought}");
        }
        hours::tidy(&mut self.hours);
        self.special_days.sort_by_key(|day| day.on);
    }

    fn validate(&self, problems: &mut Problems) {
        problems.text("name", &self.name, 120);
        problems.at_most("lines", self.lines.len(), 3);
        problems.within("lines", |problems| {
            for (place, line) in self.lines.iter().enumerate() {
                problems.optional_text(&place.to_string(), line, 120);
            }
        });
        problems.text("city", &self.city, 80);
        if self.region.is_none() {
            problems.missing("region", "Choose the state it is in.");
        }
        problems.optional_text("postalCode", &self.postal_code, 12);
        region::validate_country(&self.country, problems);
        hours::validate("hours", &self.hours, problems);
        hours::validate_time_zone(&self.time_zone, problems);
        hours::validate_special("specialDays", &self.special_days, problems);
        if !is_outside_address(&self.map_url) {
            problems.add("mapUrl", ProblemCode::Invalid, "The address begins with https:// and names a host.");
        }
        for (field, degrees, most) in [("latitude", self.latitude, 90.0), ("longitude", self.longitude, 180.0)] {
            if degrees.is_some_and(|degrees| !(-most..=most).contains(&degrees)) {
                problems.add(field, ProblemCode::Invalid, format!("Give degrees from -{most} to {most}."));
            }
        }
        slug::validate("slug", &self.slug, problems);
    }

    fn references(&self, found: &mut Vec<Reference>) {
        found.extend(self.region.map(Reference::Region));
        found.extend(self.contact_point.map(Reference::ContactPoint));
    }
}
