//! Lists as people keep them: a name for what stands in the address.

use chrono::{DateTime, Utc};
use entity::{
    id::SavedViewId,
    problem::{ProblemCode, Problems, Stage},
    saved_view::{self, ViewedList},
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel,
    ModelTrait, PaginatorTrait, QueryFilter, QueryOrder,
};

use crate::{
    error::{Error, Result, refuse_if_any},
    identity::{Actor, Permission},
};

/// Views one person keeps of one list, at the most.
const MOST_VIEWS: u64 = 50;

/// A view to keep.
pub struct NewView {
    /// Of which list.
    pub list: ViewedList,
    /// What it is called.
    pub name: String,
    /// The list's state, as it stands in the address.
    pub search: String,
    /// Whether colleagues see it.
    pub shared: bool,
}

/// What somebody must be able to do to have views of a list: to see it.
pub const fn seen_with(list: ViewedList) -> Permission {
    match list {
        ViewedList::Pages | ViewedList::Therapies => Permission::ReadDrafts,
        ViewedList::Leads => Permission::ListLeads,
    }
}

/// The views somebody sees of a list: their own and those that colleagues share, by name.
pub async fn list_views(db: &impl ConnectionTrait, actor: Actor, list: ViewedList) -> Result<Vec<saved_view::Model>> {
    actor.require(seen_with(list))?;
    let mine = saved_view::Column::OwnerId.eq(actor.user()?);
    Ok(saved_view::Entity::find()
        .filter(saved_view::Column::List.eq(list))
        .filter(Condition::any().add(mine).add(saved_view::Column::Shared.eq(true)))
        .order_by_asc(saved_view::Column::Name)
        .order_by_asc(saved_view::Column::Id)
        .all(db)
        .await?)
}

/// Keeps a view under its name; one of the same name is replaced.
///
/// Fails with problems at `name` and `search`.
pub async fn keep_view(
    db: &impl ConnectionTrait,
    actor: Actor,
    new: NewView,
    now: DateTime<Utc>,
) -> Result<saved_view::Model> {
    actor.require(seen_with(new.list))?;
    let owner = actor.user()?;
    let mut problems = Problems::new(Stage::Publish);
    let name = read_name(&new.name, &mut problems);
    problems.optional_text("search", &new.search, 1_000);
    refuse_if_any(problems)?;
    let own = saved_view::Entity::find()
        .filter(saved_view::Column::OwnerId.eq(owner))
        .filter(saved_view::Column::List.eq(new.list));
    let same = own.clone().filter(saved_view::Column::Name.eq(&name)).one(db).await?;
    if same.is_none() && own.count(db).await? >= MOST_VIEWS {
        let message = format!("Remove a view first: {MOST_VIEWS} are kept.");
        return Err(Error::problem(ProblemCode::TooLarge, ["name"], message));
    }
    if let Some(same) = same {
        same.delete(db).await?;
    }
    let row = saved_view::ActiveModel {
        id: Set(SavedViewId::new()),
        owner_id: Set(owner),
        list: Set(new.list),
        name: Set(name),
        search: Set(new.search),
        shared: Set(new.shared),
        created_at: Set(now),
    };
    Ok(row.insert(db).await?)
}

/// Calls a view of one's own something else, and shares it or keeps it to oneself.
///
/// Fails with `NOT_FOUND` at `id`, and with problems at `name`, also where another of one's own views of the list has it.
pub async fn change_view(
    db: &impl ConnectionTrait,
    actor: Actor,
    id: SavedViewId,
    name: &str,
    shared: bool,
) -> Result<saved_view::Model> {
    let found = get_own(db, actor, id).await?;
    let mut problems = Problems::new(Stage::Publish);
    let name = read_name(name, &mut problems);
    refuse_if_any(problems)?;
    let others = saved_view::Entity::find()
        .filter(saved_view::Column::OwnerId.eq(found.owner_id))
        .filter(saved_view::Column::List.eq(found.list))
        .filter(saved_view::Column::Id.ne(id));
    if others.filter(saved_view::Column::Name.eq(&name)).one(db).await?.is_some() {
        let message = "You keep another view of this name. Choose another name, or remove that one first.";
        return Err(Error::problem(ProblemCode::Invalid, ["name"], message));
    }
    let mut row = found.into_active_model();
    row.name = Set(name);
    row.shared = Set(shared);
    Ok(row.update(db).await?)
}

/// Removes a view of one's own.
pub async fn remove_view(db: &impl ConnectionTrait, actor: Actor, id: SavedViewId) -> Result<saved_view::Model> {
    let found = get_own(db, actor, id).await?;
    found.clone().delete(db).await?;
    Ok(found)
}

fn read_name(name: &str, problems: &mut Problems) -> String {
    let name = name.trim().to_owned();
    problems.text("name", &name, 60);
    name
}

async fn get_own(db: &impl ConnectionTrait, actor: Actor, id: SavedViewId) -> Result<saved_view::Model> {
    let owner = actor.user()?;
    let found = saved_view::Entity::find_by_id(id).filter(saved_view::Column::OwnerId.eq(owner)).one(db).await?;
    let found = found.ok_or_else(|| Error::problem(ProblemCode::NotFound, ["id"], "You keep no such view."))?;
    actor.require(seen_with(found.list))?;
    Ok(found)
}
