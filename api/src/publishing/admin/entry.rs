//! What pages and therapies have in common, as staff read, list and publish them.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};
use entity::{entry, reference::Reference, revision::RevisionKind};

use super::{Revision, schedule::Schedule, used_count};
use crate::{
    gql::Refusal,
    identity::{Actor, Permission, Request, admin::User},
    publishing::{
        Below, Check, CheckSeverity, EntryFilter, EntrySort, EntryStatus, draft_checks, list_schedules, reference_of,
        status_of,
    },
};

/// What staff see of anything that is published, whatever its kind.
pub struct EntryFields(pub entry::Model);

/// What staff see of anything that is published.
#[Object]
impl EntryFields {
    /// Where it is, or will be: `/ketamine-side-effects`.
    async fn path(&self) -> &str {
        &self.0.path
    }

    /// The last part of its path; empty for the home page.
    async fn slug(&self) -> &str {
        &self.0.slug
    }

    /// The title of its latest draft.
    async fn title(&self) -> &str {
        &self.0.title
    }

    /// What is public of it.
    async fn status(&self) -> EntryStatus {
        status_of(&self.0)
    }

    /// The id of its latest draft, for those who need no more of it.
    async fn draft_id(&self) -> Option<ID> {
        self.0.latest_revision_id.map(|id| id.to_string().into())
    }

    /// The latest draft. What is public is `live`.
    async fn draft(&self, ctx: &Context<'_>) -> Result<Revision> {
        Revision::draft(ctx, &self.0).await
    }

    /// What the public reads; null when it reads nothing.
    async fn live(&self, ctx: &Context<'_>) -> Result<Option<Revision>> {
        Revision::load(ctx, self.0.live_revision_id).await
    }

    /// Its revisions, newest first; at most 100.
    async fn revisions(
        &self,
        ctx: &Context<'_>,
        #[graphql(default = 20, desc = "How many, 0 to 100.")] first: i32,
        #[graphql(desc = "Only versions, or only autosaves; left out, both.")] kind: Option<RevisionKind>,
    ) -> Result<Vec<Revision>> {
        Revision::list(ctx, self.0.id, kind, first).await
    }

    /// What stands between its latest draft and publishing it.
    async fn checks(&self, ctx: &Context<'_>) -> Result<Vec<Check>> {
        let request = Request::of(ctx);
        request.actor.require(Permission::ReadDrafts)?;
        Ok(draft_checks(request.reader(), &self.0).await?)
    }

    /// How many of these there were when somebody last looked, which is a moment after each save. Cheap, for lists.
    async fn check_count(&self) -> CheckCount {
        CheckCount { blocking: self.0.blockers, warnings: self.0.warnings }
    }

    /// When it will be published or taken back, and where that failed, by time.
    async fn schedules(&self, ctx: &Context<'_>) -> Result<Vec<Schedule>> {
        let request = Request::of(ctx);
        Ok(list_schedules(request.reader(), request.actor, self.0.id).await?.into_iter().map(Schedule).collect())
    }

    /// How many other things point at it; which, says `uses`.
    async fn used_count(&self, ctx: &Context<'_>) -> Result<i32> {
        used_count(ctx, reference_of(&self.0)).await
    }

    /// When what is public now was published.
    async fn published_at(&self) -> Option<DateTime<Utc>> {
        self.0.published_at
    }

    /// When its latest draft was saved.
    async fn updated_at(&self) -> DateTime<Utc> {
        self.0.updated_at
    }

    /// Who saved its latest draft; null for what came with the installation.
    async fn updated_by(&self, ctx: &Context<'_>) -> Result<Option<User>> {
        User::load(ctx, self.0.updated_by).await
    }
}

/// How many findings a draft has.
#[derive(SimpleObject)]
pub struct CheckCount {
    /// Those that keep it from being public.
    blocking: i32,
    /// Those that are worth a look and that nobody let stand.
    warnings: i32,
}

/// Which pages or therapies to list.
#[derive(Default, InputObject)]
#[graphql(name = "EntryFilter")]
pub struct EntryFilterInput {
    /// Words of the draft, of its title or of its path; the last may be a beginning.
    query: Option<String>,
    /// Only those in this state.
    status: Option<EntryStatus>,
    /// Only those whose latest draft is yours.
    #[graphql(default)]
    mine: bool,
    /// Only those that are to be published or taken back at a time to come.
    #[graphql(default)]
    planned: bool,
    /// Only those whose latest draft has findings of this weight that nobody let stand; as `checkCount` tells them.
    checks: Option<CheckSeverity>,
    /// Only those directly below this one; null, only those at the top; left out, wherever they stand.
    parent: MaybeUndefined<ID>,
}

impl EntryFilterInput {
    /// What to look for, in which order. Fails with `BAD_USER_INPUT` when `parent` is no id of a page.
    pub fn read(input: Option<Self>, sort: EntrySort, actor: Actor) -> Result<EntryFilter, Refusal> {
        let Self { query, status, mine, planned, checks, parent } = input.unwrap_or_default();
        let below = match parent {
            MaybeUndefined::Undefined => None,
            MaybeUndefined::Null => Some(Below::Top),
            MaybeUndefined::Value(id) => {
                let parent = Reference::parse(&id).and_then(Reference::entry);
                Some(Below::Entry(
                    parent.ok_or_else(|| Refusal::bad_input("The argument `filter.parent` is no page's id."))?,
                ))
            }
        };
        let updated_by = actor.user_id().filter(|_| mine);
        Ok(EntryFilter { query, status, updated_by, planned, checks, below, sort, ..EntryFilter::default() })
    }
}

/// What to make public.
#[derive(InputObject)]
pub struct PublishInput {
    /// The page or therapy.
    pub id: ID,
    /// Its latest draft, as you looked at it.
    pub revision: ID,
}

/// What to take back from the public.
#[derive(InputObject)]
pub struct UnpublishInput {
    /// The page or therapy.
    pub id: ID,
}
