//! What happens to a page or therapy while somebody has it open.

use async_graphql::{Context, ID, Result, SimpleObject, Subscription};
use entity::live_event::{LiveChange, LiveTopic};
use futures_util::{Stream, StreamExt};

use super::read_entry_id;
use crate::{
    identity::{Permission, Request},
    live::{Heard, Live},
};

/// What staff may follow of anything that is published.
#[derive(Default)]
pub struct ChangeSubscription;

#[Subscription]
impl ChangeSubscription {
    /// Says when the draft, the place or the publication of a page or therapy is not what it was: fetch it again with
    /// `node(id)`. Null at the beginning, and when more happened than could be told in time; fetch it then, too.
    ///
    /// Changes are told once they hold, within a second, also those made on other servers; one may be told twice.
    ///
    /// ```graphql
    /// subscription { entryChanged(id: "pag_…") { kind id } }
    /// ```
    async fn entry_changed(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Of the page or therapy.")] id: ID,
    ) -> Result<impl Stream<Item = Option<EntryChange>>> {
        Request::of(ctx).actor.require(Permission::ReadDrafts)?;
        let entry = read_entry_id(&id)?;
        let heard = ctx.data::<Live>()?.listen_to(LiveTopic::Entry);
        Ok(heard.filter_map(move |heard| {
            let told = match heard {
                Heard::Missed => Some(None),
                Heard::Event(event) if event.subject == entry.0 => {
                    Some(Some(EntryChange { kind: event.change, id: id.clone() }))
                }
                Heard::Event(_) => None,
            };
            std::future::ready(told)
        }))
    }
}

/// That something happened to a page or therapy.
#[derive(Clone, Debug, SimpleObject)]
pub struct EntryChange {
    /// What became of it; `DELETED` means that it is in the trash.
    kind: LiveChange,
    /// The id that was asked for.
    id: ID,
}
