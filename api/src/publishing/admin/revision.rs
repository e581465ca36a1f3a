//! A saved version, as staff read it.

use async_graphql::{Context, ID, Json, Object, Result};
use chrono::{DateTime, Utc};
use entity::{
    block::{self, Block, Render},
    entry,
    id::{EntryId, RevisionId},
    revision::{self, RevisionKind},
};

use crate::{
    error::Error,
    gql::Refusal,
    identity::{Permission, Request, admin::User},
    publishing::{Audience, find_revision, find_targets, list_revisions},
};

/// One saved version of a page or a therapy. It never changes.
pub struct Revision(pub revision::Model);

/// One saved version of a page or a therapy. It never changes.
#[Object]
impl Revision {
    /// Opaque and stable.
    pub async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// Counts from 1 within its page or therapy; an autosave has the number of the version it becomes.
    async fn number(&self) -> i32 {
        self.0.number
    }

    /// Whether somebody meant it as a version.
    async fn kind(&self) -> RevisionKind {
        self.0.kind
    }

    /// Its title.
    async fn title(&self) -> &str {
        self.0.content.get("title").and_then(serde_json::Value::as_str).unwrap_or_default()
    }

    /// Why it was saved, where somebody said.
    async fn note(&self) -> Option<&str> {
        self.0.note.as_deref()
    }

    /// Who saved it; null for what came with the installation.
    async fn author(&self, ctx: &Context<'_>) -> Result<Option<User>> {
        User::load(ctx, self.0.author_id).await
    }

    /// When it was saved.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// The whole document, in the shape in which `updatePage` and `updateTherapy` take it back.
    async fn content(&self) -> Json<&serde_json::Value> {
        Json(&self.0.content)
    }

    /// The body as the site would show it; forms show their heading only.
    async fn html(&self, ctx: &Context<'_>) -> Result<String> {
        let blocks: Vec<Block> = match self.0.content.get("blocks") {
            Some(blocks) => serde_json::from_value(blocks.clone()).map_err(Error::from)?,
            None => Vec::new(),
        };
        let mut wanted = Vec::new();
        blocks.iter().for_each(|block| block.references(&mut wanted));
        let targets = find_targets(Request::of(ctx).reader(), &wanted, Audience::Staff).await?;
        Ok(block::draw_all(&blocks, &Render { targets: &targets, forms: None, form_anchor: None }).into_string())
    }
}

impl Revision {
    /// The revision of that id, where there is one, for somebody who may read drafts.
    pub async fn load(ctx: &Context<'_>, id: Option<RevisionId>) -> Result<Option<Self>> {
        let request = Request::of(ctx);
        request.actor.require(Permission::ReadDrafts)?;
        match id {
            Some(id) => Ok(find_revision(request.reader(), id).await?.map(Self)),
            None => Ok(None),
        }
    }

    /// The latest draft of an entry, which every entry has.
    pub async fn draft(ctx: &Context<'_>, entry: &entry::Model) -> Result<Self> {
        let found = Self::load(ctx, entry.latest_revision_id).await?;
        Ok(found.ok_or_else(|| Error::internal(format!("{} has no draft", entry.id)))?)
    }

    /// The latest revisions of an entry.
    pub async fn list(ctx: &Context<'_>, entry: EntryId, kind: Option<RevisionKind>, first: i32) -> Result<Vec<Self>> {
        let first = u64::try_from(first).ok().filter(|first| *first <= 100);
        let first = first.ok_or_else(|| Refusal::bad_input("The argument `first` is a number from 0 to 100."))?;
        Ok(list_revisions(Request::of(ctx).reader(), entry, kind, first).await?.into_iter().map(Self).collect())
    }
}
