//! The media library, as staff work in it.

use std::collections::HashMap;

use async_graphql::{
    Context, ID, InputObject, Object, Result,
    dataloader::{DataLoader, Loader},
};
use chrono::{DateTime, Utc};
use entity::{
    id::{MediaId, UserId},
    media,
    picture::Picture,
    problem::ProblemCode,
    reference::Reference,
    rendition::{FocalPoint, Format, Shape},
};
use sea_orm::DatabaseConnection;

use super::used_count;
use crate::{
    error::Error,
    gql::{
        id::read_id,
        paging::{Connection, Page as Paging},
    },
    identity::{Permission, Request, admin::User},
    media::{MediaChange, MediaFilter, count, find, list, list_tags, restore, tags_of},
    payload,
    publishing::{replace_picture, trash_picture, unused_pictures, update_picture},
};

/// What can be asked of the media library.
#[derive(Default)]
pub struct MediaQuery;

#[Object]
impl MediaQuery {
    /// The pictures of the library, the latest first. A picture comes in by `POST /admin/media`: the file as the body,
    /// its name percent-encoded in `X-File-Name`, the access token as here; the answer has its `id`.
    async fn media(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which of them; left out, all outside the trash.")] filter: Option<MediaFilterInput>,
        #[graphql(default = 50, desc = "How many, 0 to 100.")] first: i32,
        #[graphql(desc = "The cursor to go on after: the last page's `endCursor`.")] after: Option<String>,
    ) -> Result<Connection<Media>> {
        let request = Request::of(ctx);
        request.actor.require(Permission::ReadDrafts)?;
        let paging = Paging::<MediaId>::new("media", first, after.as_deref())?;
        let filter = filter.unwrap_or_default().read();
        let (db, actor) = (request.reader(), request.actor);
        let rows = list(db, actor, &filter, paging.after().copied(), paging.limit()).await?;
        let total = count(db, actor, &filter).await?;
        Ok(paging.connection(rows, total, |row| row.id, Media::from)?)
    }

    /// The picture of that id; null when there is none, or it lies in the trash.
    async fn media_item(&self, ctx: &Context<'_>, #[graphql(desc = "Its id.")] id: ID) -> Result<Option<Media>> {
        Request::of(ctx).actor.require(Permission::ReadDrafts)?;
        match id.parse() {
            Ok(id) => Media::load(ctx, id).await,
            Err(_) => Ok(None),
        }
    }

    /// The tags that pictures have, A to Z; at most 200.
    async fn media_tags(&self, ctx: &Context<'_>) -> Result<Vec<String>> {
        let request = Request::of(ctx);
        Ok(list_tags(request.reader(), request.actor).await?)
    }
}

/// What can be done with pictures.
#[derive(Default)]
pub struct MediaMutation;

#[Object]
impl MediaMutation {
    /// Changes what is said of a picture, wherever it is used; what is left out stays.
    async fn update_media(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to change of a picture; what is left out stays.")] input: UpdateMediaInput,
    ) -> Result<MediaPayload> {
        let request = Request::of(ctx);
        let tx = request.begin(Permission::WriteContent).await?;
        let picture = async {
            let (id, version) = (read_id(&input.id, "id")?, input.version);
            update_picture(&tx, request.actor, id, version, input.change()?, request.now).await
        };
        let picture = picture.await;
        request.finish(tx, picture.map(Media::from)).await
    }

    /// Shows another file wherever a picture is used: its id, its text and its tags stay, its focal point is in the
    /// middle again. The file comes in first, as any; it goes into this picture and is none of its own any more.
    async fn replace_media(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which file a picture is to show.")] input: ReplaceMediaInput,
    ) -> Result<MediaPayload> {
        let request = Request::of(ctx);
        let tx = request.begin(Permission::WriteContent).await?;
        let picture = async {
            let (id, upload) = (read_id(&input.id, "id")?, read_id(&input.upload, "upload")?);
            replace_picture(&tx, request.actor, id, input.version, upload, request.now).await
        };
        let picture = picture.await;
        request.finish(tx, picture.map(Media::from)).await
    }

    /// Puts a picture that nothing uses into the trash; `restoreMedia` takes it out again.
    async fn trash_media(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "A picture to throw away.")] input: TrashMediaInput,
    ) -> Result<MediaPayload> {
        let request = Request::of(ctx);
        let tx = request.begin(Permission::WriteContent).await?;
        let picture =
            async { trash_picture(&tx, request.actor, read_id(&input.id, "id")?, input.version, request.now).await };
        let picture = picture.await;
        request.finish(tx, picture.map(Media::from)).await
    }

    /// Takes a picture out of the trash.
    async fn restore_media(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "A picture to take out of the trash.")] input: RestoreMediaInput,
    ) -> Result<MediaPayload> {
        let request = Request::of(ctx);
        let tx = request.begin(Permission::WriteContent).await?;
        let picture = async { restore(&tx, request.actor, read_id(&input.id, "id")?).await };
        let picture = picture.await;
        request.finish(tx, picture.map(Media::from)).await
    }
}

/// Which pictures to list; conditions are joined by "and".
#[derive(Default, InputObject)]
pub struct MediaFilterInput {
    /// Words of the name of the file, of what it shows, or of its credit.
    query: Option<String>,
    /// Only those of which nobody has said yet what they show, nor that they only decorate.
    #[graphql(default)]
    missing_alt: bool,
    /// Only those that nothing uses.
    #[graphql(default)]
    unused: bool,
    /// Only those with this tag.
    tag: Option<String>,
    /// Those in the trash in place of all others.
    #[graphql(default)]
    trashed: bool,
}

impl MediaFilterInput {
    fn read(self) -> MediaFilter {
        let Self { query, missing_alt, unused, tag, trashed } = self;
        MediaFilter { query, missing_alt, tag, trashed, and: unused.then(unused_pictures) }
    }
}

/// What to change of a picture; what is left out stays.
#[derive(InputObject)]
pub struct UpdateMediaInput {
    /// Which.
    id: ID,
    /// The version that was looked at.
    version: i32,
    /// What it shows, for those who do not see it; at most 400 characters.
    alt: Option<String>,
    /// Whether it only decorates; then it has no `alt`.
    decorative: Option<bool>,
    /// What must stay in view when it is cropped.
    focal_point: Option<FocalPointInput>,
    /// Who made it, as it is to be said; at most 160 characters.
    credit: Option<String>,
    /// All its tags; at most 20 of 40 characters.
    tags: Option<Vec<String>>,
}

/// What must stay in view when a picture is cropped.
#[derive(InputObject)]
pub struct FocalPointInput {
    /// From the left, in percent: 0 to 100.
    x: i32,
    /// From above, in percent: 0 to 100.
    y: i32,
}

impl UpdateMediaInput {
    fn change(self) -> Result<MediaChange, Error> {
        let percent = |value: i32| u8::try_from(value).ok().filter(|percent| *percent <= 100);
        let focal = self.focal_point.map(|point| Some(FocalPoint { x: percent(point.x)?, y: percent(point.y)? }));
        let Some(focal) = focal.map_or(Some(None), |point| point.map(Some)) else {
            let message = "The focal point is inside the picture: 0 to 100 percent.";
            return Err(Error::problem(ProblemCode::Invalid, ["focalPoint"], message));
        };
        let Self { alt, decorative, credit, tags, .. } = self;
        Ok(MediaChange { alt, decorative, focal, credit, tags })
    }
}

/// Which file a picture is to show.
#[derive(InputObject)]
pub struct ReplaceMediaInput {
    /// The picture that stays.
    id: ID,
    /// The version that was looked at.
    version: i32,
    /// What came of the file by `POST /admin/media`; nothing uses it and nobody has changed it.
    upload: ID,
}

/// A picture to throw away.
#[derive(InputObject)]
pub struct TrashMediaInput {
    /// Which.
    id: ID,
    /// The version that was looked at.
    version: i32,
}

/// A picture to take out of the trash.
#[derive(InputObject)]
pub struct RestoreMediaInput {
    /// Which.
    id: ID,
}

payload!(
    /// What came of it.
    MediaPayload { media: Media }
);

/// A picture of the library.
pub struct Media {
    row: media::Model,
    picture: Picture,
}

impl From<media::Model> for Media {
    fn from(row: media::Model) -> Self {
        Self { picture: Picture::from(&row), row }
    }
}

impl Media {
    /// The picture of that id, for somebody who may read drafts.
    pub async fn load(ctx: &Context<'_>, id: MediaId) -> Result<Option<Self>> {
        let request = Request::of(ctx);
        request.actor.require(Permission::ReadDrafts)?;
        Ok(find(request.reader(), id).await?.map(Self::from))
    }
}

/// A picture of the library.
#[Object]
impl Media {
    /// Opaque and stable; stays when its file is replaced.
    pub async fn id(&self) -> ID {
        self.row.id.to_string().into()
    }

    /// What its file was called.
    async fn file_name(&self) -> &str {
        &self.row.file_name
    }

    /// What it shows, for those who do not see it; empty while nobody has written it, or when it only decorates.
    async fn alt(&self) -> &str {
        &self.row.alt
    }

    /// Whether it only decorates.
    async fn decorative(&self) -> bool {
        self.row.decorative
    }

    /// Whether somebody still has to write what it shows, or say that it only decorates. Nothing with it can be
    /// published until then.
    async fn missing_alt(&self) -> bool {
        self.row.lacks_alt()
    }

    /// What must stay in view when it is cropped.
    async fn focal_point(&self) -> FocalPoint {
        self.picture.focal
    }

    /// Who made it, as it is to be said; may be empty.
    async fn credit(&self) -> &str {
        &self.row.credit
    }

    /// The words under which it is found, A to Z.
    async fn tags(&self, ctx: &Context<'_>) -> Result<Vec<String>> {
        Ok(ctx.data::<DataLoader<TagLoader>>()?.load_one(self.row.id).await?.unwrap_or_default())
    }

    /// Of what is stored: `image/png`, `image/jpeg` or `image/webp`.
    async fn mime_type(&self) -> &str {
        &self.row.mime_type
    }

    /// Of what is stored, in pixels.
    async fn width(&self) -> i32 {
        self.row.width.unwrap_or(0)
    }

    /// Of what is stored, in pixels.
    async fn height(&self) -> i32 {
        self.row.height.unwrap_or(0)
    }

    /// Of what is stored.
    async fn byte_size(&self) -> i32 {
        i32::try_from(self.row.byte_size).unwrap_or(i32::MAX)
    }

    /// Where it is as it is stored, in its full size.
    async fn path(&self) -> String {
        self.picture.path()
    }

    /// Where it is in a width: 160, 320, 640, 960, 1280, 1920 or 2560 pixels; what lies between is rounded up, and a
    /// smaller picture stays as it is.
    async fn url(
        &self,
        #[graphql(default = 320, desc = "How wide, in pixels.")] width: i32,
        #[graphql(default_with = "Shape::Whole", desc = "Which part of it.")] shape: Shape,
        #[graphql(default_with = "Format::Webp", desc = "How it is encoded.")] format: Format,
    ) -> String {
        self.picture.url(u32::try_from(width).unwrap_or(0), shape, format)
    }

    /// A few colours to show until it is there (blurha.sh); null where there are none.
    async fn blurhash(&self) -> Option<&str> {
        Some(self.row.blurhash.as_str()).filter(|hash| !hash.is_empty())
    }

    /// How many things use it; which, says `uses`.
    async fn used_count(&self, ctx: &Context<'_>) -> Result<i32> {
        used_count(ctx, Reference::Media(self.row.id)).await
    }

    /// Counts changes; to be given back with one.
    async fn version(&self) -> i32 {
        self.row.version
    }

    /// When it was put into the trash; null when it was not.
    async fn trashed_at(&self) -> Option<DateTime<Utc>> {
        self.row.trashed_at
    }

    /// When it came.
    async fn created_at(&self) -> DateTime<Utc> {
        self.row.created_at
    }

    /// Who brought it; null when it came with the installation.
    async fn created_by(&self, ctx: &Context<'_>) -> Result<Option<User>> {
        let by: Option<UserId> = self.row.created_by;
        User::load(ctx, by).await
    }
}

/// Batches a request's look-ups of tags.
pub struct TagLoader(pub DatabaseConnection);

impl Loader<MediaId> for TagLoader {
    type Value = Vec<String>;
    type Error = std::sync::Arc<Error>;

    async fn load(&self, ids: &[MediaId]) -> Result<HashMap<MediaId, Vec<String>>, Self::Error> {
        Ok(tags_of(&self.0, ids).await?)
    }
}
