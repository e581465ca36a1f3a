//! What can be done with a picture only by somebody who knows where it is used: finding those that are not, throwing
//! one away, and telling caches when one that the public sees has changed.

use chrono::{DateTime, Utc};
use entity::{
    brand,
    content_reference::{self, Lane},
    entry,
    id::MediaId,
    media,
    problem::ProblemCode,
    reference::Reference,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, JoinType, PaginatorTrait, QueryFilter, QuerySelect,
    QueryTrait,
};

use super::usage::{count_uses, is_named, list_uses, names_of};
use crate::{
    error::{Error, Result},
    generation::{Touched, bump_generation},
    identity::Actor,
    library,
    media::{MediaChange, get_at_version, move_to_trash, take_over, update},
};

/// Pictures that nothing points at; what lies in the trash does not count.
pub fn unused_pictures() -> Condition {
    let in_content = content_reference::Entity::find()
        .select_only()
        .column(content_reference::Column::TargetId)
        .join(
            JoinType::InnerJoin,
            content_reference::Entity::belongs_to(entry::Entity)
                .from(content_reference::Column::EntryId)
                .to(entry::Column::Id)
                .into(),
        )
        .filter(content_reference::Column::TargetKind.eq(MediaId::PREFIX))
        .filter(entry::Column::TrashedAt.is_null());
    let in_brand = brand::Entity::find()
        .select_only()
        .column(brand::Column::ShareImageId)
        .filter(brand::Column::ShareImageId.is_not_null());
    Condition::all()
        .add(media::Column::Id.not_in_subquery(in_content.into_query()))
        .add(media::Column::Id.not_in_subquery(in_brand.into_query()))
}

/// Changes what is said of a picture, wherever it is shown. Fails as [`update`] does, and at `alt` when nothing would be said
/// any more of one that the public sees.
pub async fn update_picture(
    db: &impl ConnectionTrait,
    actor: Actor,
    id: MediaId,
    version: i32,
    change: MediaChange,
    now: DateTime<Utc>,
) -> Result<media::Model> {
    let described = |picture: &media::Model| picture.decorative || !picture.alt.is_empty();
    let before = get_at_version(db, actor, id, version).await?;
    let picture = update(db, actor, id, version, change).await?;
    if described(&before) && !described(&picture) && is_shown(db, id).await? {
        let message = "It is shown to the public, so it needs its words. Write others, or say that it only decorates.";
        return Err(Error::problem(ProblemCode::Required, ["alt"], message));
    }
    bump_generation(db, &Touched::thing("media", id), now).await?;
    Ok(picture)
}

/// Shows the file of `upload` wherever `id` is used; `upload`, which came for that, is no picture of its own any more.
///
/// Fails with `CONFLICT` at `version`, and with a problem at `upload` when that is no picture, the same one, used
/// somewhere, or one that somebody has worked on: it would be lost.
pub async fn replace_picture(
    db: &impl ConnectionTrait,
    actor: Actor,
    id: MediaId,
    version: i32,
    upload: MediaId,
    now: DateTime<Utc>,
) -> Result<media::Model> {
    let picture = get_at_version(db, actor, id, version).await?;
    let refused = |code, message: String| Error::problem(code, ["upload"], message);
    if upload == id {
        return Err(refused(ProblemCode::Invalid, "This is the file that the picture has already.".to_owned()));
    }
    let other = match get_at_version(db, actor, upload, 1).await {
        Err(Error::Problems(problems)) => {
            return Err(match problems.first().map(|problem| problem.code) {
                Some(ProblemCode::Conflict) => refused(
                    ProblemCode::Taken,
                    "This file is a picture of the library already. Use that picture in place of this one.".to_owned(),
                ),
                _ => refused(ProblemCode::NotFound, "There is no such picture. Send the file again.".to_owned()),
            });
        }
        other => other?,
    };
    if let Some(users) = users_in_words(db, actor, upload).await? {
        let message =
            format!("This file is a picture that is used already: {users}. Use that picture in place of this one.");
        return Err(refused(ProblemCode::Taken, message));
    }
    if is_named(db, Reference::Media(upload)).await? {
        let message = "Something in the trash shows the picture that this file is already. Use that picture in place of this one.";
        return Err(refused(ProblemCode::Taken, message.to_owned()));
    }
    let picture = take_over(db, actor, picture, other).await?;
    bump_generation(db, &Touched::thing("media", id), now).await?;
    Ok(picture)
}

/// Puts a picture that nothing uses into the trash.
///
/// Fails with `CONFLICT` at `version`, and at `id` with where it is used.
pub async fn trash_picture(
    db: &impl ConnectionTrait,
    actor: Actor,
    id: MediaId,
    version: i32,
    now: DateTime<Utc>,
) -> Result<media::Model> {
    let picture = get_at_version(db, actor, id, version).await?;
    if let Some(users) = users_in_words(db, actor, id).await? {
        let message = format!("This picture is used: {users}. Take it out there first.");
        return Err(Error::problem(ProblemCode::IllegalTransition, ["id"], message));
    }
    move_to_trash(db, actor, picture, now).await
}

/// Whether the public sees a picture: on a page, or in what the library shows in place.
async fn is_shown(db: &impl ConnectionTrait, id: MediaId) -> Result<bool> {
    let live = content_reference::Entity::find()
        .filter(content_reference::Column::TargetId.eq(id.0))
        .filter(content_reference::Column::Lane.eq(Lane::Live));
    Ok(live.count(db).await? > 0 || !library::uses_of(db, &[Reference::Media(id)]).await?.is_empty())
}

/// Who uses a picture: "“About us”, “Home” and 3 more"; nothing when nobody does.
async fn users_in_words(db: &impl ConnectionTrait, actor: Actor, id: MediaId) -> Result<Option<String>> {
    const SAID: u64 = 3;
    let target = Reference::Media(id);
    let total = count_uses(db, actor, target).await?;
    let first = list_uses(db, actor, target, None, SAID).await?;
    Ok((total > 0).then(|| names_of(&first, total)))
}
