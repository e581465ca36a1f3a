//! Lists of pictures for staff: filtered, the latest first, a page at a time.

use entity::{id::MediaId, media, media_tag};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait, Select,
    sea_query::{Expr, ExprTrait, Func, LikeExpr, SimpleExpr},
};

use crate::{
    error::Result,
    identity::{Actor, Permission},
};

/// Tags that are offered to choose from, at the most.
const MOST_TAGS: u64 = 200;

/// Which pictures to list.
#[derive(Clone, Debug, Default)]
pub struct MediaFilter {
    /// Words of the name of the file, of what it shows, or of its credit.
    pub query: Option<String>,
    /// Only those of which nobody has said yet what they show.
    pub missing_alt: bool,
    /// Only those with this tag.
    pub tag: Option<String>,
    /// Those in the trash in place of all others.
    pub trashed: bool,
    /// Only those of which this holds; for what the library itself does not know, such as where they are used.
    pub and: Option<Condition>,
}

/// Pictures, the latest first.
pub async fn list(
    db: &impl ConnectionTrait,
    actor: Actor,
    filter: &MediaFilter,
    after: Option<MediaId>,
    first: u64,
) -> Result<Vec<media::Model>> {
    actor.require(Permission::ReadDrafts)?;
    let mut rows = filtered(filter);
    if let Some(after) = after {
        rows = rows.filter(media::Column::Id.lt(after));
    }
    Ok(rows.order_by_desc(media::Column::Id).limit(first).all(db).await?)
}

/// How many [`list`] would answer without an end.
pub async fn count(db: &impl ConnectionTrait, actor: Actor, filter: &MediaFilter) -> Result<u64> {
    actor.require(Permission::ReadDrafts)?;
    Ok(filtered(filter).count(db).await?)
}

/// Every tag that a picture outside the trash has, A to Z.
pub async fn list_tags(db: &impl ConnectionTrait, actor: Actor) -> Result<Vec<String>> {
    actor.require(Permission::ReadDrafts)?;
    let shown =
        media::Entity::find().select_only().column(media::Column::Id).filter(media::Column::TrashedAt.is_null());
    Ok(media_tag::Entity::find()
        .select_only()
        .column(media_tag::Column::Tag)
        .distinct()
        .filter(media_tag::Column::MediaId.in_subquery(shown.into_query()))
        .order_by_asc(media_tag::Column::Tag)
        .limit(MOST_TAGS)
        .into_tuple()
        .all(db)
        .await?)
}

fn filtered(filter: &MediaFilter) -> Select<media::Entity> {
    let trashed = media::Column::TrashedAt;
    let mut rows = media::Entity::find().filter(if filter.trashed { trashed.is_not_null() } else { trashed.is_null() });
    if let Some(words) = filter.query.as_deref().map(|typed| typed.replace('\0', "").trim().to_lowercase())
        && !words.is_empty()
    {
        let pattern = words.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        let pattern = LikeExpr::new(format!("%{pattern}%")).escape('\\');
        let says = |column: media::Column| -> SimpleExpr {
            Expr::expr(Func::lower(Expr::col((media::Entity, column)))).like(pattern.clone())
        };
        rows = rows.filter(says(media::Column::FileName).or(says(media::Column::Alt)).or(says(media::Column::Credit)));
    }
    if filter.missing_alt {
        rows = rows.filter(media::Column::Alt.eq("")).filter(media::Column::Decorative.eq(false));
    }
    if let Some(tag) = &filter.tag {
        let tagged = media_tag::Entity::find()
            .select_only()
            .column(media_tag::Column::MediaId)
            .filter(media_tag::Column::Tag.eq(tag.replace('\0', "").trim().to_lowercase()));
        rows = rows.filter(media::Column::Id.in_subquery(tagged.into_query()));
    }
    match &filter.and {
        Some(condition) => rows.filter(condition.clone()),
        None => rows,
    }
}
