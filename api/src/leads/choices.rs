//! What a list of leads may be narrowed to that only this centre knows: its forms, the pages people wrote from, and its places.

use entity::{
    entry::{self, EntryKind},
    id::PageId,
    lead, lead_form, location,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait, Query},
};

use crate::{
    error::Result,
    identity::{Actor, Permission},
    library,
};

/// Pages to choose from at the most.
const MOST_PAGES: u64 = 500;

/// What a list of leads may be narrowed to.
#[derive(Clone, Debug)]
pub struct Choices {
    /// Forms, by what staff call them.
    pub forms: Vec<lead_form::Model>,
    /// Pages that people wrote from, by their titles; none for who does not work leads.
    pub pages: Vec<(PageId, String)>,
    /// Places, by name.
    pub places: Vec<location::Model>,
}

/// What the actor may narrow a list of leads to.
pub async fn find(db: &impl ConnectionTrait, actor: Actor) -> Result<Choices> {
    actor.require(Permission::ListLeads)?;
    let forms = lead_form::Entity::find().order_by_asc(lead_form::Column::Title).all(db).await?;
    // From which page somebody wrote tells of their health.
    let pages = match actor.may(Permission::WorkLeads) {
        true => pages(db).await?,
        false => Vec::new(),
    };
    Ok(Choices { forms, pages, places: library::list_locations(db).await? })
}

async fn pages(db: &impl ConnectionTrait) -> Result<Vec<(PageId, String)>> {
    // One look at the index for each page, however many leads it brought.
    let wrote = Query::select()
        .expr(Expr::val(1))
        .from(lead::Entity)
        .and_where(Expr::col((lead::Entity, lead::Column::PageId)).eq(Expr::col((entry::Entity, entry::Column::Id))))
        .to_owned();
    let pages = entry::Entity::find()
        .filter(entry::Column::Kind.eq(EntryKind::Page))
        .filter(Expr::exists(wrote))
        .order_by_asc(entry::Column::Title)
        .order_by_asc(entry::Column::Id)
        .limit(MOST_PAGES);
    let named = |page: entry::Model| (PageId(page.id.0), page.live_title.unwrap_or(page.title));
    Ok(pages.all(db).await?.into_iter().map(named).collect())
}
