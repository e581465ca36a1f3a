//! Which facts point at what: a place at its telephone, a menu at pages, the brand at its numbers.

use entity::{
    brand, contact_point,
    id::{ContactPointId, LocationId, MenuId},
    location, menu,
    reference::Reference,
};
use sea_orm::{ConnectionTrait, EntityTrait, QuerySelect};

use super::MenuItem;
use crate::error::Result;

/// A fact that points at something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FactUser {
    /// The brand settings.
    Brand,
    /// A menu, by its handle.
    Menu(MenuId, String),
    /// A place, by its name.
    Location(LocationId, String),
    /// A telephone number, by its label.
    ContactPoint(ContactPointId, String),
}

/// One place in a fact that points at something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FactUse {
    /// What it points at.
    pub target: Reference,
    /// What points.
    pub user: FactUser,
    /// Which field of it: `crisisId`, `items.2.to`.
    pub path: String,
    /// The same in words: "Crisis line", "Line 3".
    pub place: String,
}

/// Where facts point at one of `targets`. Facts are few, so their tables are read whole.
pub async fn uses_of(db: &impl ConnectionTrait, targets: &[Reference]) -> Result<Vec<FactUse>> {
    const MOST: u64 = 500;
    let mut all = Vec::new();
    if let Some(row) = brand::Entity::find().one(db).await? {
        let numbers = [
            ("contactPoint", "Own number", row.contact_point_id),
            ("emergency", "For danger to life", row.emergency_id),
            ("crisis", "For a crisis", row.crisis_id),
        ];
        let picture = row.share_image_id.map(Reference::Media);
        all.extend(picture.map(|it| found(it, FactUser::Brand, "shareImage", "Picture of link previews")));
        for (path, place, id) in numbers {
            all.extend(id.map(|id| found(Reference::ContactPoint(id), FactUser::Brand, path, place)));
        }
    }
    for row in menu::Entity::find().limit(MOST).all(db).await? {
        let items: Vec<MenuItem> = serde_json::from_value(row.items)?;
        for (place, item) in items.iter().enumerate() {
            let Some(target) = item.reference() else { continue };
            let user = FactUser::Menu(row.id, row.handle.clone());
            all.push(found(target, user, &format!("items.{place}.to"), &format!("Line “{}”", item.label)));
        }
    }
    for row in location::Entity::find().limit(MOST).all(db).await? {
        let user = FactUser::Location(row.id, row.name);
        all.push(found(Reference::Region(row.region_id), user.clone(), "region", "State"));
        all.extend(
            row.contact_point_id.map(|id| found(Reference::ContactPoint(id), user, "contactPoint", "Telephone")),
        );
    }
    for row in contact_point::Entity::find().limit(MOST).all(db).await? {
        let user = FactUser::ContactPoint(row.id, row.label);
        all.extend(row.fallback_id.map(|id| found(Reference::ContactPoint(id), user, "fallback", "When it is closed")));
    }
    all.retain(|it| targets.contains(&it.target));
    Ok(all)
}

fn found(target: Reference, user: FactUser, path: &str, place: &str) -> FactUse {
    FactUse { target, user, path: path.to_owned(), place: place.to_owned() }
}
