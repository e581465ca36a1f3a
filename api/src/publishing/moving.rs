//! Moving an entry with everything below it. Every address the public ever knew leads on, by id, so that a chain of moves
//! is one step and no address leads in a circle.

use chrono::{DateTime, Utc};
use entity::{
    entry::{self, EntryKind},
    id::{EntryId, RedirectId},
    problem::ProblemCode,
    redirect,
};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, DbBackend, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    Statement,
    sea_query::{Expr, ExprTrait, Func},
};

use super::{
    entry::{find, get_for_update, tell_changed},
    path::{MOST_BYTES, Slug, child_path},
};
use crate::{
    error::{Error, Result},
    generation::{Touched, bump_generation},
    identity::{Actor, Permission},
};

/// Rows written by one statement.
const BATCH: usize = 500;

/// An address that becomes another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddressChange {
    /// Whose.
    pub entry: entry::Model,
    /// The new address.
    pub after: String,
}

/// Lets one transaction at a time change what stands below what; the others wait. On SQLite there is one writer anyway.
/// Taken before any row is held, so that two movers never wait for each other.
pub(super) async fn hold_tree(db: &impl ConnectionTrait) -> Result<()> {
    if db.get_database_backend() == DbBackend::Postgres {
        let lock = "SELECT pg_advisory_xact_lock(hashtext('hillside tree'))";
        db.execute_raw(Statement::from_string(DbBackend::Postgres, lock)).await?;
    }
    Ok(())
}

/// Moves a page below another, or to the top, under the same or another last part of its address.
///
/// Fails with problems at `id`, `parent` (unknown, itself or below itself) and `slug` (taken, reserved), and with
/// `Forbidden` when an address of the public's would change and the actor may not publish.
pub async fn move_page(
    db: &impl ConnectionTrait,
    actor: Actor,
    id: EntryId,
    parent: Option<EntryId>,
    slug: Option<Slug>,
    now: DateTime<Utc>,
) -> Result<entry::Model> {
    actor.require(Permission::WriteContent)?;
    hold_tree(db).await?;
    let entry = get_for_update(db, EntryKind::Page, id).await?;
    let slug = slug.map_or_else(|| Slug::read(&entry.slug), Ok)?;
    let above = above(db, &entry, parent).await?;
    let path = move_to(db, actor, &entry, above.as_deref(), &slug, now).await?;
    let mut entry = entry.into_active_model();
    entry.parent_id = Set(parent);
    entry.slug = Set(slug.as_str().to_owned());
    entry.path = Set(path);
    let entry = entry.update(db).await?;
    tell_changed(db, &entry).await?;
    Ok(entry)
}

/// Which addresses [`move_page`] would change, by address.
pub async fn preview_move(
    db: &impl ConnectionTrait,
    actor: Actor,
    id: EntryId,
    parent: Option<EntryId>,
    slug: Option<Slug>,
) -> Result<Vec<AddressChange>> {
    actor.require(Permission::ReadDrafts)?;
    let entry = find(db, EntryKind::Page, id).await?.ok_or_else(|| Error::not_found("page"))?;
    let slug = slug.map_or_else(|| Slug::read(&entry.slug), Ok)?;
    let above = above(db, &entry, parent).await?;
    let path = free_path(db, above.as_deref(), &slug, Some(entry.id)).await?;
    if path == entry.path {
        return Ok(Vec::new());
    }
    let changes = with_everything_below(db, &entry).await?;
    Ok(changes.into_iter().map(|it| AddressChange { after: moved(&it.path, &entry.path, &path), entry: it }).collect())
}

async fn above(db: &impl ConnectionTrait, entry: &entry::Model, parent: Option<EntryId>) -> Result<Option<String>> {
    let Some(parent) = parent else { return Ok(None) };
    let problem = |code, message| Err(Error::problem(code, ["parent"], message));
    match find(db, EntryKind::Page, parent).await? {
        None => problem(ProblemCode::NotFound, "There is no such parent page."),
        Some(parent) if parent.id == entry.id || is_below(&parent.path, &entry.path) => {
            problem(ProblemCode::IllegalTransition, "A page cannot stand below itself. Choose another place.")
        }
        Some(parent) => Ok(Some(parent.path)),
    }
}

/// The entry above another, where that is one.
pub(super) async fn parent_of(db: &impl ConnectionTrait, entry: &entry::Model) -> Result<Option<entry::Model>> {
    match entry.parent_id {
        Some(parent) => Ok(entry::Entity::find_by_id(parent).one(db).await?),
        None => Ok(None),
    }
}

/// Moves what stands below an entry to where the entry goes, leaves redirects wherever the public may have been, and
/// answers the entry's new path, which the caller writes into its row.
pub(super) async fn move_to(
    db: &impl ConnectionTrait,
    actor: Actor,
    entry: &entry::Model,
    above: Option<&str>,
    slug: &Slug,
    now: DateTime<Utc>,
) -> Result<String> {
    if entry.path == "/" {
        let message = "The home page stays where it is.";
        return Err(Error::problem(ProblemCode::IllegalTransition, ["slug"], message));
    }
    let path = free_path(db, above, slug, Some(entry.id)).await?;
    if path == entry.path {
        return Ok(path);
    }
    let moving = with_everything_below(db, entry).await?;
    for below in &moving {
        refuse_too_long(&moved(&below.path, &entry.path, &path))?;
    }
    if moving.iter().any(|it| it.live_revision_id.is_some()) {
        // These addresses are the public's.
        actor.require(Permission::Publish)?;
    }

    let begins = format!("{}/", entry.path);
    let rest = Func::cust("substr").arg(Expr::col(entry::Column::Path)).arg(begins.chars().count() as i32);
    entry::Entity::update_many()
        .col_expr(entry::Column::Path, Expr::val(path.clone()).binary(sea_orm::sea_query::BinOper::Custom("||"), rest))
        .filter(entry::Column::Path.starts_with(&begins))
        .exec(db)
        .await?;

    let now_at: Vec<String> = moving
        .iter()
        .filter(|it| it.live_revision_id.is_some())
        .map(|it| moved(&it.path, &entry.path, &path))
        .collect();
    let known: Vec<&entry::Model> = moving.iter().filter(|it| it.first_published_at.is_some()).collect();
    // What is public takes over an old address; a draft leaves it to the redirect until it is published.
    let replaced: Vec<String> = now_at.into_iter().chain(known.iter().map(|it| it.path.clone())).collect();
    for paths in replaced.chunks(BATCH) {
        redirect::Entity::delete_many().filter(redirect::Column::FromPath.is_in(paths)).exec(db).await?;
    }
    for moved in known.chunks(BATCH) {
        let rows = moved.iter().map(|it| redirect::ActiveModel {
            id: Set(RedirectId::new()),
            from_path: Set(it.path.clone()),
            to_entry_id: Set(Some(it.id)),
            to_path: Set(None),
            status: Set(301),
            created_at: Set(now),
        });
        redirect::Entity::insert_many(rows).exec_without_returning(db).await?;
    }
    if !known.is_empty() {
        let old_and_new = moving.iter().flat_map(|it| [it.path.clone(), moved(&it.path, &entry.path, &path)]);
        let kinds = ["page", "therapy", "redirect"].map(ToOwned::to_owned).to_vec();
        let ids = moving.iter().map(entry::Model::public_id).collect();
        bump_generation(db, &Touched { ids, paths: old_and_new.collect(), kinds }, now).await?;
    }
    Ok(path)
}

/// The path of `slug` below `above`, unless it is the server's or another entry's.
pub(super) async fn free_path(
    db: &impl ConnectionTrait,
    above: Option<&str>,
    slug: &Slug,
    own: Option<EntryId>,
) -> Result<String> {
    let path = child_path(above, slug);
    if above.is_none_or(|above| above == "/") && !slug.may_stand_first() {
        let message = format!("The address {path} belongs to the server. Choose another.");
        return Err(Error::problem(ProblemCode::Taken, ["slug"], message));
    }
    refuse_too_long(&path)?;
    match entry::Entity::find().filter(entry::Column::Path.eq(&path)).one(db).await? {
        Some(other) if Some(other.id) != own => {
            let message = format!("The address {path} belongs to “{}”. Choose another.", other.title);
            Err(Error::problem(ProblemCode::Taken, ["slug"], message))
        }
        _ => Ok(path),
    }
}

fn refuse_too_long(path: &str) -> Result<()> {
    if path.len() <= MOST_BYTES {
        return Ok(());
    }
    let message = format!("An address has at most {MOST_BYTES} characters, and one would have {}.", path.len());
    Err(Error::problem(ProblemCode::TooLarge, ["slug"], message))
}

async fn with_everything_below(db: &impl ConnectionTrait, entry: &entry::Model) -> Result<Vec<entry::Model>> {
    let below = entry::Column::Path.starts_with(format!("{}/", entry.path));
    Ok(entry::Entity::find()
        .filter(Condition::any().add(entry::Column::Id.eq(entry.id)).add(below))
        .order_by_asc(entry::Column::Path)
        .all(db)
        .await?)
}

fn is_below(path: &str, above: &str) -> bool {
    path.strip_prefix(above).is_some_and(|rest| rest.starts_with('/'))
}

fn moved(path: &str, from: &str, to: &str) -> String {
    format!("{to}{}", path.strip_prefix(from).unwrap_or_default())
}
