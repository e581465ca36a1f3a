//! The menus of the site.

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use entity::{id::MenuId, menu, reference::Resolver};
use sea_orm::DatabaseConnection;

use crate::{
    delivery::layout::links,
    library::{self, Link},
    published::View,
    tags::Tags,
};

/// About what a menu takes of memory.
const MENU_BYTES: usize = 4 * 1_024;

/// A menu of the site.
pub struct Navigation {
    row: menu::Model,
    items: Vec<Link>,
}

/// A menu of the site, its links resolved; what is not public is left out.
#[Object]
impl Navigation {
    /// Opaque and stable.
    pub async fn id(&self) -> ID {
        self.row.id.to_string().into()
    }

    /// What front ends know it by: `main`, `footer`.
    async fn handle(&self) -> &str {
        &self.row.handle
    }

    /// Its lines.
    async fn items(&self) -> Vec<NavigationItem> {
        let below = |link: &Link| NavigationSubItem { label: link.label.clone(), href: link.href.clone() };
        let item = |link: &Link| NavigationItem {
            label: link.label.clone(),
            href: link.href.clone(),
            items: link.below.iter().map(below).collect(),
        };
        self.items.iter().map(item).collect()
    }
}

/// One line of a menu.
#[derive(SimpleObject)]
pub struct NavigationItem {
    /// What it says.
    label: String,
    /// Where it leads: a path of this site, `tel:` or an address outside.
    href: String,
    /// The lines below it.
    items: Vec<NavigationSubItem>,
}

/// A line below another.
#[derive(SimpleObject)]
pub struct NavigationSubItem {
    /// What it says.
    label: String,
    /// Where it leads: a path of this site, `tel:` or an address outside.
    href: String,
}

impl Navigation {
    /// The menu that front ends know by `handle`.
    pub async fn find(ctx: &Context<'_>, handle: &str) -> Result<Option<Self>> {
        let db = ctx.data::<DatabaseConnection>()?;
        let name = format!("menu:{handle}");
        Self::resolve(ctx, View::of(ctx).once(&name, |_| MENU_BYTES, library::find_menu(db, handle)).await?).await
    }

    /// The menu of that id.
    pub async fn load(ctx: &Context<'_>, id: MenuId) -> Result<Option<Self>> {
        let db = ctx.data::<DatabaseConnection>()?;
        Self::resolve(ctx, View::of(ctx).once(&id.to_string(), |_| MENU_BYTES, library::find_menu_by_id(db, id)).await?)
            .await
    }

    async fn resolve(ctx: &Context<'_>, found: Option<(menu::Model, Vec<menu::Item>)>) -> Result<Option<Self>> {
        let tags = Tags::of(ctx);
        tags.add("type:menu");
        let Some((row, items)) = found else { return Ok(None) };
        let mut wanted = Vec::new();
        items.iter().for_each(|item| item.references(&mut wanted));
        let targets = ctx.data::<Resolver>()?.targets(&wanted).await?;
        Ok(Some(Self { row, items: links(items, &targets) }))
    }
}
