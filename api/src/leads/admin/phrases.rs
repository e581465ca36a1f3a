//! What the centre looks for in what visitors write.

use async_graphql::{Context, InputObject, Object, Result, SimpleObject};

use crate::{
    identity::{Identity, Permission, Request},
    leads::{
        crisis::Danger,
        phrases::{self, BadLine, Kind, List},
    },
    payload,
};

/// A list of phrases that are looked for in what visitors write: the ones Hillside comes with, and the centre's own.
#[derive(SimpleObject)]
pub struct LeadPhraseList {
    /// What a find means.
    kind: Kind,
    /// What Hillside comes with, a phrase a line; its first lines say how phrases are written. It is always in force.
    standard: String,
    /// What the centre added, written the same way; may be empty.
    own: String,
    /// How often that was changed; `saveLeadPhrases` takes it.
    version: i32,
}

impl From<List> for LeadPhraseList {
    fn from(list: List) -> Self {
        Self { kind: list.kind, standard: list.standard().to_owned(), own: list.own, version: list.version }
    }
}

/// What can be asked of the phrases.
#[derive(Default)]
pub struct LeadPhraseQuery;

#[Object]
impl LeadPhraseQuery {
    /// What is looked for in what visitors write: words of danger, and words of whoever sells something.
    async fn lead_phrases(&self, ctx: &Context<'_>) -> Result<Vec<LeadPhraseList>> {
        let request = Request::of(ctx);
        let lists = phrases::list(request.reader(), request.actor).await?;
        Ok(lists.into_iter().map(LeadPhraseList::from).collect())
    }

    /// What would be found in a text if the centre's own phrases were these. Nothing is stored, and nothing of the text is logged.
    async fn try_lead_phrases(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The list that `own` is for.")] kind: Kind,
        #[graphql(desc = "The centre's own phrases as they would be.", secret)] own: String,
        #[graphql(desc = "What a visitor might write, at most 4,000 characters.", secret)] text: String,
    ) -> Result<LeadPhrasesTried> {
        let request = Request::of(ctx);
        let tried = phrases::try_out(request.reader(), request.actor, kind, &own).await?;
        let text: String = text.chars().take(4_000).collect();
        Ok(LeadPhrasesTried {
            dangers: tried.lists.danger.dangers(&text).into_iter().collect(),
            sells: tried.lists.sales.are_in(&text),
            bad_lines: tried.bad.into_iter().map(LeadPhraseLine::from).collect(),
        })
    }
}

/// What was found in a text.
#[derive(SimpleObject)]
pub struct LeadPhrasesTried {
    /// What the writer may be in danger of.
    dangers: Vec<Danger>,
    /// Whether it reads like an offer.
    sells: bool,
    /// Lines that are no phrases; all others were looked for.
    bad_lines: Vec<LeadPhraseLine>,
}

/// A line that is no phrase.
#[derive(SimpleObject)]
pub struct LeadPhraseLine {
    /// Counted from one.
    line: i32,
    /// What to do.
    message: String,
}

impl From<BadLine> for LeadPhraseLine {
    fn from(BadLine { line, reason }: BadLine) -> Self {
        Self { line: i32::try_from(line).unwrap_or(i32::MAX), message: reason.to_owned() }
    }
}

/// What can be done with the phrases.
#[derive(Default)]
pub struct LeadPhraseMutation;

#[Object]
impl LeadPhraseMutation {
    /// Writes the centre's own phrases of one list anew, whole. They count for whoever writes from now on.
    async fn save_lead_phrases(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The list as it is to be.")] input: SaveLeadPhrasesInput,
    ) -> Result<SaveLeadPhrasesPayload> {
        let request = Request::of(ctx);
        let tx = request.begin(Permission::ManageSettings).await?;
        let wanted = List { kind: input.kind, own: input.own, version: input.version };
        let saved = phrases::save(&tx, request.actor, Identity::audit_of(ctx), wanted, request.now).await;
        request.finish(tx, saved.map(LeadPhraseList::from)).await
    }
}

/// The list as it is to be.
#[derive(InputObject)]
pub struct SaveLeadPhrasesInput {
    /// Which list.
    kind: Kind,
    /// The version that was read.
    version: i32,
    /// The centre's own phrases, a line each; at most 50,000 characters. A line that is no phrase is told of with its number.
    own: String,
}

payload!(
    /// The list, or what to mend.
    SaveLeadPhrasesPayload { list: LeadPhraseList }
);
