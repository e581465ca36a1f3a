//! The verbs on a picture of the library.

use std::collections::HashMap;

use async_graphql::dataloader::Loader;
use chrono::{DateTime, Utc};
use entity::{
    id::MediaId,
    media, media_tag,
    problem::{ProblemCode, Problems, Stage},
    reference::{Reference, Target, Targets},
    rendition::FocalPoint,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DatabaseConnection, EntityTrait,
    IntoActiveModel, ModelTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::OnConflict,
};

use super::Kept;
use crate::{
    error::{Error, Result, refuse_if_any},
    identity::{Actor, Permission},
    published::Finds,
    tags::Tags,
};

const MOST_TAGS: usize = 20;
const MOST_TAG: usize = 40;
const MOST_ALT: usize = 400;
const MOST_CREDIT: usize = 160;

/// A picture to add.
pub struct NewMedia<'a> {
    /// Its bytes, which are kept already.
    pub kept: Kept,
    /// What its file was called.
    pub file_name: &'a str,
    /// What it shows; empty while nobody has written it.
    pub alt: &'a str,
}

/// What to change of a picture; nothing where it stays.
#[derive(Clone, Debug, Default)]
pub struct MediaChange {
    /// What it shows.
    pub alt: Option<String>,
    /// Whether it only decorates.
    pub decorative: Option<bool>,
    /// What must stay in view.
    pub focal: Option<FocalPoint>,
    /// Who made it.
    pub credit: Option<String>,
    /// The words under which it is found.
    pub tags: Option<Vec<String>>,
}

/// Adds a picture; one that is there already, as its file or as its pixels, is answered as it is, out of the trash.
/// Says whether it is new.
///
/// Fails with problems at `alt`. A file's name is shortened rather than refused.
pub async fn create(
    db: &impl ConnectionTrait,
    actor: Actor,
    new: NewMedia<'_>,
    now: DateTime<Utc>,
) -> Result<(media::Model, bool)> {
    actor.require(Permission::WriteContent)?;
    let mut problems = Problems::new(Stage::Publish);
    problems.optional_text("alt", new.alt, MOST_ALT);
    refuse_if_any(problems)?;

    let NewMedia { kept, file_name, alt } = new;
    if let Some(known) = find_kept(db, &kept.original_sha256, &kept.sha256).await? {
        return Ok((restored(db, known).await?, false));
    }
    let pixels = |side: u32| i32::try_from(side).map_err(Error::internal);
    let row = media::ActiveModel {
        id: Set(MediaId::new()),
        file_name: Set(clean_name(file_name)),
        mime_type: Set(kept.mime_type.to_owned()),
        byte_size: Set(i64::try_from(kept.byte_size).map_err(Error::internal)?),
        width: Set(Some(pixels(kept.width)?)),
        height: Set(Some(pixels(kept.height)?)),
        alt: Set(alt.trim().to_owned()),
        decorative: Set(false),
        focal_x: Set(50),
        focal_y: Set(50),
        credit: Set(String::new()),
        blurhash: Set(kept.blurhash),
        sha256: Set(kept.sha256.to_vec()),
        original_sha256: Set(Some(kept.original_sha256.to_vec())),
        version: Set(1),
        trashed_at: Set(None),
        created_at: Set(now),
        created_by: Set(actor.user_id()),
    };
    // Two who bring the same file at once get the same picture.
    let added = media::Entity::insert(row).on_conflict(OnConflict::new().do_nothing().to_owned());
    let is_new = added.exec_without_returning(db).await? > 0;
    let found = find_kept(db, &kept.original_sha256, &kept.sha256).await?;
    Ok((found.ok_or_else(|| Error::internal("a picture that was just added is not there"))?, is_new))
}

/// The picture that a file became, also when it lies in the trash.
pub async fn find_original(db: &impl ConnectionTrait, original_sha256: &[u8]) -> Result<Option<media::Model>> {
    let same = media::Column::OriginalSha256.eq(original_sha256.to_vec());
    Ok(media::Entity::find().filter(same).one(db).await?)
}

async fn find_kept(db: &impl ConnectionTrait, original: &[u8], stored: &[u8]) -> Result<Option<media::Model>> {
    let same = Condition::any()
        .add(media::Column::OriginalSha256.eq(original.to_vec()))
        .add(media::Column::Sha256.eq(stored.to_vec()));
    Ok(media::Entity::find().filter(same).order_by_asc(media::Column::Id).one(db).await?)
}

/// The picture of that id, unless it lies in the trash.
pub async fn find(db: &impl ConnectionTrait, id: MediaId) -> Result<Option<media::Model>> {
    Ok(media::Entity::find_by_id(id).filter(media::Column::TrashedAt.is_null()).one(db).await?)
}

/// The picture that these bytes are, unless it lies in the trash.
pub async fn find_by_sha256(db: &impl ConnectionTrait, sha256: &[u8]) -> Result<Option<media::Model>> {
    let same = media::Column::Sha256.eq(sha256.to_vec());
    Ok(media::Entity::find().filter(same).filter(media::Column::TrashedAt.is_null()).one(db).await?)
}

/// Whether a picture has these bytes, in the trash or not.
pub async fn has_file(db: &impl ConnectionTrait, sha256: &[u8]) -> Result<bool> {
    Ok(media::Entity::find().filter(media::Column::Sha256.eq(sha256.to_vec())).count(db).await? > 0)
}

/// What a reader needs of the pictures among `wanted`, in one statement; what lies in the trash is not there.
pub async fn find_pictures(db: &impl ConnectionTrait, wanted: &[Reference]) -> Result<Targets> {
    let ids: Vec<MediaId> = wanted.iter().filter_map(media_id).collect();
    if ids.is_empty() {
        return Ok(Targets::default());
    }
    let rows = media::Entity::find().filter(media::Column::Id.is_in(ids)).filter(media::Column::TrashedAt.is_null());
    let target = |row: media::Model| (Reference::Media(row.id), Target::Picture((&row).into()));
    Ok(rows.all(db).await?.into_iter().map(target).collect())
}

fn media_id(reference: &Reference) -> Option<MediaId> {
    match reference {
        Reference::Media(id) => Some(*id),
        _ => None,
    }
}

/// Changes what is said of a picture.
///
/// Fails as [`get_at_version`] does, and with problems at the fields.
pub async fn update(
    db: &impl ConnectionTrait,
    actor: Actor,
    id: MediaId,
    version: i32,
    change: MediaChange,
) -> Result<media::Model> {
    let picture = get_at_version(db, actor, id, version).await?;
    let alt = change.alt.map_or_else(|| picture.alt.clone(), |alt| alt.trim().to_owned());
    let decorative = change.decorative.unwrap_or(picture.decorative);
    let credit = change.credit.map_or_else(|| picture.credit.clone(), |credit| credit.trim().to_owned());
    let tags = change.tags.map(clean_tags);

    let mut problems = Problems::new(Stage::Publish);
    problems.optional_text("alt", &alt, MOST_ALT);
    problems.optional_text("credit", &credit, MOST_CREDIT);
    if decorative && !alt.is_empty() {
        let message =
            "A picture that only decorates has no alternative text: remove the text, or say that it shows something.";
        problems.add("alt", ProblemCode::Invalid, message);
    }
    let tags_given = tags.as_deref().unwrap_or_default();
    problems.at_most("tags", tags_given.len(), MOST_TAGS);
    problems.within("tags", |problems| {
        for (place, tag) in tags_given.iter().enumerate() {
            problems.optional_text(&place.to_string(), tag, MOST_TAG);
        }
    });
    refuse_if_any(problems)?;

    if let Some(tags) = tags {
        write_tags(db, id, tags).await?;
    }
    let mut row = next_version(picture);
    row.alt = Set(alt);
    row.decorative = Set(decorative);
    row.credit = Set(credit);
    if let Some(focal) = change.focal {
        row.focal_x = Set(focal.x.into());
        row.focal_y = Set(focal.y.into());
    }
    Ok(row.update(db).await?)
}

/// Gives a picture the file of another, which goes. Its id, what is said of it and where it is used stay; the focal
/// point is in the middle again, because it was of the other picture. The caller has seen that nothing uses the other.
pub async fn take_over(
    db: &impl ConnectionTrait,
    actor: Actor,
    picture: media::Model,
    other: media::Model,
) -> Result<media::Model> {
    actor.require(Permission::WriteContent)?;
    other.clone().delete(db).await?;
    let mut row = next_version(picture);
    row.file_name = Set(other.file_name);
    row.mime_type = Set(other.mime_type);
    row.byte_size = Set(other.byte_size);
    row.width = Set(other.width);
    row.height = Set(other.height);
    row.blurhash = Set(other.blurhash);
    row.sha256 = Set(other.sha256);
    row.original_sha256 = Set(other.original_sha256);
    row.focal_x = Set(50);
    row.focal_y = Set(50);
    Ok(row.update(db).await?)
}

/// Puts a picture into the trash. The caller has seen that nothing uses it.
pub async fn move_to_trash(
    db: &impl ConnectionTrait,
    actor: Actor,
    picture: media::Model,
    now: DateTime<Utc>,
) -> Result<media::Model> {
    actor.require(Permission::WriteContent)?;
    let mut row = next_version(picture);
    row.trashed_at = Set(Some(now));
    Ok(row.update(db).await?)
}

/// Takes a picture out of the trash; one that is not in it stays as it is.
pub async fn restore(db: &impl ConnectionTrait, actor: Actor, id: MediaId) -> Result<media::Model> {
    actor.require(Permission::WriteContent)?;
    let found = media::Entity::find_by_id(id).lock_exclusive().one(db).await?;
    restored(db, found.ok_or_else(|| Error::not_found("picture"))?).await
}

async fn restored(db: &impl ConnectionTrait, picture: media::Model) -> Result<media::Model> {
    if picture.trashed_at.is_none() {
        return Ok(picture);
    }
    let mut row = next_version(picture);
    row.trashed_at = Set(None);
    Ok(row.update(db).await?)
}

/// The picture, held until the transaction ends, if nobody has changed it since `version`.
///
/// Fails with `NOT_FOUND` at `id` and with `CONFLICT` at `version`.
pub async fn get_at_version(
    db: &impl ConnectionTrait,
    actor: Actor,
    id: MediaId,
    version: i32,
) -> Result<media::Model> {
    actor.require(Permission::WriteContent)?;
    let found = media::Entity::find_by_id(id).filter(media::Column::TrashedAt.is_null()).lock_exclusive().one(db);
    let picture = found.await?.ok_or_else(|| Error::not_found("picture"))?;
    if picture.version == version {
        return Ok(picture);
    }
    let message = "Somebody changed this picture meanwhile. Look at it again, then change it.";
    Err(Error::problem(ProblemCode::Conflict, ["version"], message))
}

fn next_version(picture: media::Model) -> media::ActiveModel {
    let version = picture.version.saturating_add(1);
    let mut row = picture.into_active_model();
    row.version = Set(version);
    row
}

/// The tags of several pictures, each in order.
pub async fn tags_of(db: &impl ConnectionTrait, ids: &[MediaId]) -> Result<HashMap<MediaId, Vec<String>>> {
    let rows = media_tag::Entity::find()
        .filter(media_tag::Column::MediaId.is_in(ids.iter().copied()))
        .order_by_asc(media_tag::Column::Tag)
        .all(db)
        .await?;
    let mut tags: HashMap<MediaId, Vec<String>> = HashMap::new();
    for row in rows {
        tags.entry(row.media_id).or_default().push(row.tag);
    }
    Ok(tags)
}

async fn write_tags(db: &impl ConnectionTrait, id: MediaId, tags: Vec<String>) -> Result<()> {
    media_tag::Entity::delete_many().filter(media_tag::Column::MediaId.eq(id)).exec(db).await?;
    let rows = tags.into_iter().map(|tag| media_tag::ActiveModel { media_id: Set(id), tag: Set(tag) });
    media_tag::Entity::insert_many(rows).exec_without_returning(db).await?;
    Ok(())
}

/// Tags as they are kept: in lower case, without spaces around, each once.
fn clean_tags(tags: Vec<String>) -> Vec<String> {
    let mut clean: Vec<String> =
        tags.iter().map(|tag| tag.trim().to_lowercase()).filter(|tag| !tag.is_empty()).collect();
    clean.sort();
    clean.dedup();
    clean
}

/// The last part of a path, without what nobody sees, at most 200 characters of it.
fn clean_name(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let name: String =
        name.chars().filter(|it| !entity::problem::is_forbidden(*it) && !matches!(it, '\n' | '\t')).collect();
    let name: String = name.trim().chars().take(200).collect();
    if name.is_empty() { "Picture".to_owned() } else { name }
}

/// Batches a request's look-ups of pictures; what lies in the trash is not there.
pub struct MediaLoader(pub DatabaseConnection);

impl Loader<MediaId> for MediaLoader {
    type Value = media::Model;
    type Error = std::sync::Arc<Error>;

    async fn load(&self, ids: &[MediaId]) -> Result<HashMap<MediaId, media::Model>, Self::Error> {
        let found = media::Entity::find()
            .filter(media::Column::Id.is_in(ids.iter().copied()))
            .filter(media::Column::TrashedAt.is_null())
            .all(&self.0)
            .await;
        let found = found.map_err(|cause| std::sync::Arc::new(Error::from(cause)))?;
        Ok(found.into_iter().map(|file| (file.id, file)).collect())
    }
}

impl Finds<MediaId> for MediaLoader {
    fn note(id: &MediaId, tags: &Tags) {
        tags.add(id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_the_last_part_of_what_was_sent() {
        assert_eq!(clean_name("C:\\holiday\\hills.jpg"), "hills.jpg");
        assert_eq!(clean_name("../../etc/passwd"), "passwd");
        assert_eq!(clean_name("a\u{202e}gpj.\u{0}exe"), "agpj.exe");
        assert_eq!(clean_name("  "), "Picture");
        assert_eq!(clean_name(&"ä".repeat(500)).chars().count(), 200);
    }

    #[test]
    fn tags_are_kept_once_and_in_order() {
        let tags = [" House", "garden", "HOUSE", ""].map(ToOwned::to_owned).to_vec();
        assert_eq!(clean_tags(tags), ["garden", "house"]);
    }
}
