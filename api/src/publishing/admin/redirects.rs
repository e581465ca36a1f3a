//! Redirects, as staff manage them.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject, dataloader::DataLoader};
use chrono::{DateTime, Utc};
use entity::redirect;

use super::publish::{EntrySummary, EntrySummaryLoader};
use crate::{
    gql::{
        id::{read_id, read_optional_id},
        paging::{Connection, Page as Paging},
    },
    identity::{Identity, Permission, Request},
    payload,
    publishing::{
        self, EntryStatus, Imported, LineProblem, RedirectChange, delete_redirect, import_redirects, save_redirect,
    },
};

/// What leads where.
#[derive(Default)]
pub struct RedirectQuery;

#[Object]
impl RedirectQuery {
    /// Old addresses and where they lead, by old address; those that moving wrote among them.
    async fn redirects(
        &self,
        ctx: &Context<'_>,
        #[graphql(default, desc = "Only those whose old address or target holds this.")] query: String,
        #[graphql(default = 50, desc = "How many, 0 to 100.")] first: i32,
        #[graphql(desc = "The cursor to go on after: the last page's `endCursor`.")] after: Option<String>,
    ) -> Result<Connection<Redirect>> {
        let request = Request::of(ctx);
        let (db, actor) = (request.reader(), request.actor);
        let paging = Paging::<String>::new("redirects", first, after.as_deref())?;
        let after = paging.after().map(String::as_str);
        let rows = publishing::list_redirects(db, actor, &query, after, paging.limit()).await?;
        let total = publishing::count_redirects(db, actor, &query).await?;
        Ok(paging.connection(rows, total, |row| row.from_path.clone(), Redirect)?)
    }
}

/// What can be done with redirects.
#[derive(Default)]
pub struct RedirectMutation;

#[Object]
impl RedirectMutation {
    /// Writes a redirect, a new one without `id`. It acts at once. What it names of ours it names by id: it follows when
    /// that moves.
    async fn save_redirect(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "A redirect.")] input: SaveRedirectInput,
    ) -> Result<RedirectPayload> {
        let request = Request::of(ctx);
        let tx = request.begin(Permission::Publish).await?;
        let row = async {
            let id = read_optional_id(input.id.as_ref(), "id")?;
            let change = RedirectChange {
                from: input.from_path,
                target: input.target,
                status: i16::try_from(input.status).unwrap_or_default(),
            };
            save_redirect(&tx, request.actor, Identity::audit_of(ctx), id, &change, request.now).await
        };
        let row = row.await;
        request.finish(tx, row.map(Redirect)).await
    }

    /// Removes a redirect: its address leads nowhere from then on.
    async fn delete_redirect(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "A redirect to remove.")] input: DeleteRedirectInput,
    ) -> Result<RedirectPayload> {
        let request = Request::of(ctx);
        let tx = request.begin(Permission::Publish).await?;
        let row = async {
            let id = read_id(&input.id, "id")?;
            delete_redirect(&tx, request.actor, Identity::audit_of(ctx), id, request.now).await
        };
        let row = row.await;
        request.finish(tx, row.map(Redirect)).await
    }

    /// Takes over redirects from a table. Lines that cannot be taken over are left out and named.
    async fn import_redirects(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "A table of redirects.")] input: ImportRedirectsInput,
    ) -> Result<ImportRedirectsPayload> {
        let request = Request::of(ctx);
        let tx = request.begin(Permission::Publish).await?;
        let audit = Identity::audit_of(ctx);
        let imported = import_redirects(&tx, request.actor, audit, &input.csv, input.dry_run, request.now).await;
        request.finish(tx, imported.map(RedirectImport::from)).await
    }
}

/// An old address and where it leads.
pub struct Redirect(redirect::Model);

/// An old address and where it leads.
#[Object]
impl Redirect {
    /// Opaque and stable.
    async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// The old address: `/our-programs`.
    async fn from_path(&self) -> &str {
        &self.0.from_path
    }

    /// Where it leads, as it is now: a path of ours, or a URL.
    async fn target(&self, ctx: &Context<'_>) -> Result<String> {
        Ok(match (&self.0.to_path, self.entry_of(ctx).await?) {
            (Some(path), _) => path.clone(),
            (None, Some(entry)) => entry.path,
            (None, None) => String::new(),
        })
    }

    /// The page or therapy it leads to; null where that is no entry.
    async fn entry(&self, ctx: &Context<'_>) -> Result<Option<EntrySummary>> {
        self.entry_of(ctx).await
    }

    /// Whether a visitor arrives: false while what it leads to is not public.
    async fn works(&self, ctx: &Context<'_>) -> Result<bool> {
        if self.0.to_path.is_some() {
            return Ok(true);
        }
        Ok(self.entry_of(ctx).await?.is_some_and(|entry| entry.status != EntryStatus::Draft))
    }

    /// 301, for good, or 302, for now.
    async fn status(&self) -> i32 {
        i32::from(self.0.status)
    }

    /// When it was made.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }
}

impl Redirect {
    async fn entry_of(&self, ctx: &Context<'_>) -> Result<Option<EntrySummary>> {
        match self.0.to_entry_id {
            Some(id) => Ok(ctx.data::<DataLoader<EntrySummaryLoader>>()?.load_one(id).await?),
            None => Ok(None),
        }
    }
}

/// What came of an import.
#[derive(SimpleObject)]
pub struct RedirectImport {
    /// Redirects that are new.
    added: i32,
    /// Redirects that were there and lead elsewhere now.
    changed: i32,
    /// Lines that were left out; at most 200.
    problems: Vec<RedirectLineProblem>,
    /// How many lines were left out.
    left_out: i32,
}

/// A line of a table that cannot be taken over.
#[derive(SimpleObject)]
pub struct RedirectLineProblem {
    /// Which, from 1.
    line: i32,
    /// A sentence that says what to do.
    message: String,
}

impl From<Imported> for RedirectImport {
    fn from(Imported { added, changed, problems }: Imported) -> Self {
        const NAMED: usize = 200;
        let count = |number: usize| i32::try_from(number).unwrap_or(i32::MAX);
        let said = |LineProblem { line, message }| RedirectLineProblem {
            line: i32::try_from(line).unwrap_or(i32::MAX),
            message,
        };
        Self {
            added: count(added),
            changed: count(changed),
            left_out: count(problems.len()),
            problems: problems.into_iter().take(NAMED).map(said).collect(),
        }
    }
}

/// A redirect.
#[derive(InputObject)]
pub struct SaveRedirectInput {
    /// Which to change; left out, a new one.
    id: Option<ID>,
    /// The old address: a path, or a URL of the site.
    from_path: String,
    /// Where it leads: the id of a page or therapy, a path of ours, or a URL outside.
    target: String,
    /// 301, for good, or 302, for now.
    #[graphql(default = 301)]
    status: i32,
}

/// A redirect to remove.
#[derive(InputObject)]
pub struct DeleteRedirectInput {
    /// Which.
    id: ID,
}

/// A table of redirects.
#[derive(InputObject)]
pub struct ImportRedirectsInput {
    /// A line each: old address, target and, where it is there, 301 or 302; with commas, semicolons or tabs between. A
    /// first line of headings is passed over. At most 5,000 lines.
    csv: String,
    /// Only say what would come of it.
    #[graphql(default)]
    dry_run: bool,
}

payload!(
    /// The redirect, or what to mend.
    RedirectPayload { redirect: Redirect }
);

payload!(
    /// What came of it, or what to mend.
    ImportRedirectsPayload { imported: RedirectImport }
);
