//! What staff may do with drafts that are to be looked at.

mod webhooks;

pub use webhooks::{WebhookMutation, WebhookQuery};

use std::sync::Arc;

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};
use entity::{
    entry::{self, EntryKind},
    id::RevisionId,
};

use super::preview::{Draft, PreviewLink as Link, Previews};
use crate::{
    content::admin::PageContentInput,
    error::Error,
    identity::{Identity, Permission, Request},
    payload,
    publishing::{self, Live, admin::read_entry_id},
    therapies::admin::TherapyContentInput,
};

/// What drafts look like.
#[derive(Default)]
pub struct PreviewQuery;

#[Object]
impl PreviewQuery {
    /// A page as the site would show it with this content, which is not saved: a whole HTML document.
    async fn preview_page(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The page.")] id: ID,
        #[graphql(desc = "What it would say.")] content: PageContentInput,
    ) -> Result<String> {
        let entry = find_entry(ctx, &id, EntryKind::Page).await?;
        let revision = RevisionId::new();
        let draft = Draft::Page(Arc::new(Live { entry, revision, content: content.read()?, draft: true, bytes: 0 }));
        draw(ctx, &draft).await
    }

    /// A therapy as the site would show it with this content, which is not saved: a whole HTML document.
    async fn preview_therapy(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The therapy.")] id: ID,
        #[graphql(desc = "What it would say.")] content: TherapyContentInput,
    ) -> Result<String> {
        let entry = find_entry(ctx, &id, EntryKind::Therapy).await?;
        let revision = RevisionId::new();
        let draft = Draft::Therapy(Arc::new(Live { entry, revision, content: content.read()?, draft: true, bytes: 0 }));
        draw(ctx, &draft).await
    }
}

async fn draw(ctx: &Context<'_>, draft: &Draft) -> Result<String> {
    let request = Request::of(ctx);
    let previews = ctx.data_unchecked::<Previews>();
    Ok(previews.draw(request.reader(), request.actor, draft).await?.into_string())
}

/// What can be done with previews.
#[derive(Default)]
pub struct PreviewMutation;

#[Object]
impl PreviewMutation {
    /// Makes a link by which anybody can read the latest draft of one page or therapy until it expires. That you shared
    /// it is recorded. A front end of your own sends the token in the header `X-Hillside-Preview`.
    async fn create_preview_link(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "A link to make.")] input: CreatePreviewLinkInput,
    ) -> Result<PreviewLinkPayload> {
        let request = Request::of(ctx);
        let tx = request.begin(Permission::WriteContent).await?;
        let link = async {
            let entry = publishing::find_any(&tx, read_entry_id(&input.id)?).await?;
            let previews = ctx.data_unchecked::<Previews>();
            previews.share(&tx, request.actor, Identity::audit_of(ctx), &entry, input.hours, request.now).await
        };
        let link = link.await;
        request.finish(tx, link.map(PreviewLink::from)).await
    }
}

/// The entry of that kind, for somebody who may read drafts.
async fn find_entry(ctx: &Context<'_>, id: &ID, kind: EntryKind) -> Result<entry::Model, Error> {
    let request = Request::of(ctx);
    let found = publishing::get(request.reader(), request.actor, kind, read_entry_id(id)?).await?;
    found.ok_or_else(|| Error::not_found(kind.noun()))
}

/// A link that shows a draft until it expires.
#[derive(SimpleObject)]
pub struct PreviewLink {
    /// For a person: the built-in site draws the draft. Null where that is switched off.
    url: Option<String>,
    /// For a front end of your own: send it in `X-Hillside-Preview`.
    token: String,
    /// When it ends.
    expires_at: DateTime<Utc>,
}

impl From<Link> for PreviewLink {
    fn from(Link { url, token, expires_at }: Link) -> Self {
        Self { url, token, expires_at }
    }
}

/// A link to make.
#[derive(InputObject)]
pub struct CreatePreviewLinkInput {
    /// The page or therapy.
    id: ID,
    /// How long it holds: 1 to 168 hours.
    #[graphql(default = 24)]
    hours: i32,
}

payload!(
    /// The link, or what to mend.
    PreviewLinkPayload { preview_link: PreviewLink }
);
