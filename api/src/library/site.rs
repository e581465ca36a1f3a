//! The centre as a whole: its brand, its menus, its places.

use entity::{brand, id::MenuId, location, menu};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::error::Result;

/// A menu's line with the thing it names.
#[derive(Clone, Debug)]
pub struct Link {
    /// What it says.
    pub label: String,
    /// Where it leads.
    pub href: String,
    /// The lines below it.
    pub below: Vec<Link>,
}

/// The brand settings, once somebody has made them.
pub async fn find_brand(db: &impl ConnectionTrait) -> Result<Option<brand::Model>> {
    Ok(brand::Entity::find().one(db).await?)
}

/// A menu's lines; none when there is no such menu.
pub async fn find_menu(db: &impl ConnectionTrait, handle: &str) -> Result<Option<(menu::Model, Vec<menu::Item>)>> {
    // PostgreSQL takes U+0000 in no text, so no menu is called by one.
    if handle.contains('\0') {
        return Ok(None);
    }
    read_menu(menu::Entity::find().filter(menu::Column::Handle.eq(handle)).one(db).await?)
}

/// The menu of that id, and its lines.
pub async fn find_menu_by_id(db: &impl ConnectionTrait, id: MenuId) -> Result<Option<(menu::Model, Vec<menu::Item>)>> {
    read_menu(menu::Entity::find_by_id(id).one(db).await?)
}

fn read_menu(found: Option<menu::Model>) -> Result<Option<(menu::Model, Vec<menu::Item>)>> {
    let Some(found) = found else { return Ok(None) };
    let items = serde_json::from_value(found.items.clone())?;
    Ok(Some((found, items)))
}

/// The lines of several menus in one statement, in the order asked for; of a menu that is not, none.
pub async fn find_menus<const N: usize>(db: &impl ConnectionTrait, handles: [&str; N]) -> Result<[Vec<menu::Item>; N]> {
    let found = menu::Entity::find().filter(menu::Column::Handle.is_in(handles)).all(db).await?;
    let mut menus = [const { Vec::new() }; N];
    for (menu, handle) in menus.iter_mut().zip(handles) {
        if let Some(row) = found.iter().find(|row| row.handle == handle) {
            *menu = serde_json::from_value(row.items.clone())?;
        }
    }
    Ok(menus)
}

/// The brand settings and the picture of link previews, in one statement.
pub async fn find_brand_with_image(
    db: &impl ConnectionTrait,
) -> Result<Option<(brand::Model, Option<entity::media::Model>)>> {
    Ok(brand::Entity::find().find_also_related(entity::media::Entity).one(db).await?)
}

/// The centre's places by name; at most 100.
pub async fn list_locations(db: &impl ConnectionTrait) -> Result<Vec<location::Model>> {
    Ok(location::Entity::find().order_by_asc(location::Column::Name).limit(100).all(db).await?)
}
