//! Redirects that people manage. Those that moving writes are among them: each is an old address and where it leads.
//!
//! A redirect to something of ours names it by id, so it follows when that moves; it never names another redirect. So
//! no chain is longer than one step, and no address leads to itself.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use entity::{
    entry::{self, THERAPIES},
    id::{EntryId, RedirectId},
    problem::{ProblemCode, Problems, Stage},
    redirect,
    reference::Reference,
};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    Select,
    sea_query::{Expr, ExprTrait, Func, LikeExpr},
};
use url::Url;

use super::{
    listing::escape_like,
    moving::hold_tree,
    path::{is_served, normalise},
    redirect_table::read_lines,
};
use crate::{
    address::OwnAddress,
    error::{Error, Result, refuse_if_any},
    generation::{Touched, bump_generation},
    identity::{Actor, Audit, Permission, audit},
};

/// Values of one statement.
const BATCH: usize = 500;
/// Characters of an address.
const MOST_LENGTH: usize = 1_000;

/// What a redirect is to say.
#[derive(Clone, Debug)]
pub struct RedirectChange {
    /// The old address: a path, or a URL of the site.
    pub from: String,
    /// Where it leads: the id or the path of something of ours, or a URL.
    pub target: String,
    /// 301 for good, 302 for now.
    pub status: i16,
}

/// A line of an import that cannot be taken over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineProblem {
    /// Which, from 1.
    pub line: u64,
    /// A sentence that says what to do.
    pub message: String,
}

/// What came of an import.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// Redirects that are new.
    pub added: usize,
    /// Redirects that were there and lead elsewhere now.
    pub changed: usize,
    /// Lines that were left out.
    pub problems: Vec<LineProblem>,
}

/// Redirects whose old address or target holds `query`, by old address.
pub async fn list_redirects(
    db: &impl ConnectionTrait,
    actor: Actor,
    query: &str,
    after: Option<&str>,
    first: u64,
) -> Result<Vec<redirect::Model>> {
    actor.require(Permission::ReadDrafts)?;
    let mut rows = found(query);
    if let Some(after) = after {
        rows = rows.filter(redirect::Column::FromPath.gt(after));
    }
    Ok(rows.order_by_asc(redirect::Column::FromPath).limit(first).all(db).await?)
}

/// How many [`list_redirects`] would answer without an end.
pub async fn count_redirects(db: &impl ConnectionTrait, actor: Actor, query: &str) -> Result<u64> {
    actor.require(Permission::ReadDrafts)?;
    Ok(found(query).count(db).await?)
}

/// Writes a redirect, a new one where `id` names none. It acts at once.
///
/// Fails with `Forbidden` without `Publish`, and with problems at `id`, `fromPath` (no path, taken, the server's own),
/// `target` (nothing is there, or it leads to itself) and `status`.
pub async fn save_redirect(
    db: &impl ConnectionTrait,
    actor: Actor,
    audit: &Audit,
    id: Option<RedirectId>,
    change: &RedirectChange,
    now: DateTime<Utc>,
) -> Result<redirect::Model> {
    actor.require(Permission::Publish)?;
    hold_tree(db).await?;
    let own = OwnAddress::load(db).await?;
    let known = Known::load(db, &own, std::slice::from_ref(change)).await?;
    let ready = known.read(&own, change)?;
    if known.redirects.get(&ready.from).is_some_and(|other| Some(other.id) != id) {
        let message = format!("A redirect from {} is there already. Change that one.", ready.from);
        return Err(Error::problem(ProblemCode::Taken, ["fromPath"], message));
    }
    let row = match id {
        None => ready.row(RedirectId::new(), now).into_active_model().reset_all().insert(db).await?,
        Some(id) => {
            let row = redirect::Entity::find_by_id(id).one(db).await?.ok_or_else(missing)?;
            let mut row = row.into_active_model();
            row.from_path = Set(ready.from);
            row.to_entry_id = Set(ready.to_entry);
            row.to_path = Set(ready.to_path);
            row.status = Set(ready.status);
            row.update(db).await?
        }
    };
    let touched = Touched::thing("redirect", row.id).at([&row.from_path]);
    done(db, actor, audit, audit::Verb::RedirectSaved, row.from_path.clone(), &touched, now).await?;
    Ok(row)
}

/// Removes a redirect: its address leads nowhere from then on.
pub async fn delete_redirect(
    db: &impl ConnectionTrait,
    actor: Actor,
    audit: &Audit,
    id: RedirectId,
    now: DateTime<Utc>,
) -> Result<redirect::Model> {
    actor.require(Permission::Publish)?;
    let row = redirect::Entity::find_by_id(id).one(db).await?.ok_or_else(missing)?;
    redirect::Entity::delete_by_id(id).exec(db).await?;
    let touched = Touched::thing("redirect", row.id).at([&row.from_path]);
    done(db, actor, audit, audit::Verb::RedirectDeleted, row.from_path.clone(), &touched, now).await?;
    Ok(row)
}

/// Takes over redirects from a table: old address, target and, where it is there, the status, separated by commas,
/// semicolons or tabs. Lines that cannot be taken over are left out and named. With `dry`, nothing is written.
///
/// Fails with a problem at `csv` when that is no such table or has more than 5,000 lines.
pub async fn import_redirects(
    db: &impl ConnectionTrait,
    actor: Actor,
    audit: &Audit,
    csv: &str,
    dry: bool,
    now: DateTime<Utc>,
) -> Result<Imported> {
    actor.require(Permission::Publish)?;
    let lines = read_lines(csv)?;
    hold_tree(db).await?;
    let own = OwnAddress::load(db).await?;
    let changes: Vec<RedirectChange> = lines.iter().filter_map(|(_, change)| change.as_ref().ok().cloned()).collect();
    let mut known = Known::load(db, &own, &changes).await?;

    let mut imported = Imported::default();
    let mut ready: Vec<redirect::Model> = Vec::new();
    let mut said = HashSet::new();
    for (line, change) in targets_first(&own, lines) {
        let read = change.and_then(|change| known.read(&own, &change).map_err(|error| sentence(&error)));
        let message = match read {
            Err(message) => message,
            Ok(it) if !said.insert(it.from.clone()) => format!("A line above says already where {} leads.", it.from),
            Ok(it) => {
                let row = it.row(RedirectId::new(), now);
                match known.redirects.insert(it.from.clone(), row.clone()) {
                    None => imported.added += 1,
                    Some(other) if it.says(&other) => continue,
                    Some(_) => imported.changed += 1,
                }
                ready.push(row);
                continue;
            }
        };
        imported.problems.push(LineProblem { line, message });
    }
    imported.problems.sort_by_key(|problem| problem.line);
    if dry || ready.is_empty() {
        return Ok(imported);
    }
    for batch in ready.chunks(BATCH) {
        let from: Vec<&str> = batch.iter().map(|it| it.from_path.as_str()).collect();
        redirect::Entity::delete_many().filter(redirect::Column::FromPath.is_in(from)).exec(db).await?;
        let rows = batch.iter().cloned().map(|row| row.into_active_model().reset_all());
        redirect::Entity::insert_many(rows).exec_without_returning(db).await?;
    }
    let count = format!("{} redirects", ready.len());
    let touched = Touched::kind("redirect").at(ready.into_iter().map(|row| row.from_path));
    done(db, actor, audit, audit::Verb::RedirectsImported, count, &touched, now).await?;
    Ok(imported)
}

/// A line of a table by its number, or what is wrong with it.
type Line = (u64, Result<RedirectChange, String>);

/// The lines in an order in which each comes after the one it leads on through, so that a chain within the table is
/// followed to its end. A circle comes in some order, and is refused where it closes.
fn targets_first(own: &OwnAddress, lines: Vec<Line>) -> Vec<Line> {
    let mut by_from: HashMap<String, usize> = HashMap::new();
    let mut on: Vec<Option<String>> = Vec::with_capacity(lines.len());
    for (place, (_, change)) in lines.iter().enumerate() {
        if let Some(from) = change.as_ref().ok().and_then(|change| old_path_in(own, &change.from)) {
            by_from.entry(from).or_insert(place);
        }
        on.push(change.as_ref().ok().and_then(|change| path_in(own, &change.target)));
    }
    let mut left: Vec<Option<Line>> = lines.into_iter().map(Some).collect();
    let mut ordered = Vec::with_capacity(left.len());
    for start in 0..left.len() {
        let (mut chain, mut at) = (Vec::new(), Some(start));
        while let Some(place) = at {
            let Some(line) = left.get_mut(place).and_then(Option::take) else { break };
            chain.push(line);
            at = on.get(place).and_then(Option::as_ref).and_then(|path| by_from.get(path)).copied();
        }
        ordered.extend(chain.into_iter().rev());
    }
    ordered
}

/// A redirect that can be written.
#[derive(Clone, Debug)]
struct Ready {
    from: String,
    to_entry: Option<EntryId>,
    to_path: Option<String>,
    status: i16,
}

impl Ready {
    fn row(&self, id: RedirectId, now: DateTime<Utc>) -> redirect::Model {
        redirect::Model {
            id,
            from_path: self.from.clone(),
            to_entry_id: self.to_entry,
            to_path: self.to_path.clone(),
            status: self.status,
            created_at: now,
        }
    }

    fn says(&self, row: &redirect::Model) -> bool {
        (self.to_entry, &self.to_path, self.status) == (row.to_entry_id, &row.to_path, row.status)
    }
}

/// What is at the addresses that changes name.
struct Known {
    entries: HashMap<String, entry::Model>,
    by_id: HashMap<EntryId, entry::Model>,
    redirects: HashMap<String, redirect::Model>,
}

impl Known {
    async fn load(db: &impl ConnectionTrait, own: &OwnAddress, changes: &[RedirectChange]) -> Result<Self> {
        let paths: HashSet<String> = changes
            .iter()
            .flat_map(|change| [old_path_in(own, &change.from), path_in(own, &change.target)])
            .flatten()
            .collect();
        let paths: Vec<String> = paths.into_iter().collect();
        let mut known = Self { entries: HashMap::new(), by_id: HashMap::new(), redirects: HashMap::new() };
        for paths in paths.chunks(BATCH) {
            let rows = entry::Entity::find().filter(entry::Column::Path.is_in(paths)).all(db).await?;
            known.by_id.extend(rows.iter().map(|row| (row.id, row.clone())));
            known.entries.extend(rows.into_iter().map(|row| (row.path.clone(), row)));
            let rows = redirect::Entity::find().filter(redirect::Column::FromPath.is_in(paths)).all(db).await?;
            known.redirects.extend(rows.into_iter().map(|row| (row.from_path.clone(), row)));
        }
        let named = changes.iter().filter_map(|it| Reference::parse(it.target.trim()).and_then(Reference::entry));
        let led_to = known.redirects.values().filter_map(|row| row.to_entry_id);
        let ids: HashSet<EntryId> = named.chain(led_to).collect();
        for ids in ids.into_iter().collect::<Vec<_>>().chunks(BATCH) {
            let rows = entry::Entity::find()
                .filter(entry::Column::Id.is_in(ids.iter().copied()))
                .filter(entry::Column::TrashedAt.is_null());
            known.by_id.extend(rows.all(db).await?.into_iter().map(|row| (row.id, row)));
        }
        Ok(known)
    }

    fn read(&self, own: &OwnAddress, change: &RedirectChange) -> Result<Ready> {
        let mut problems = Problems::new(Stage::Draft);
        let from = self.read_from(own, &change.from, &mut problems);
        let target = self.read_target(own, &change.target, &mut problems);
        if !matches!(change.status, 301 | 302) {
            problems.add("status", ProblemCode::Invalid, "A redirect is 301, for good, or 302, for now.");
        }
        if let (Some(from), Some((entry, path))) = (&from, &target) {
            let leads_to = entry.and_then(|id| self.by_id.get(&id)).map(|entry| &entry.path).or(path.as_ref());
            if leads_to == Some(from) {
                problems.add(
                    "target",
                    ProblemCode::Invalid,
                    "This address would lead to itself. Choose another target.",
                );
            }
        }
        refuse_if_any(problems)?;
        let (Some(from), Some((to_entry, to_path))) = (from, target) else {
            return Err(Error::internal("a redirect without an address"));
        };
        Ok(Ready { from, to_entry, to_path, status: change.status })
    }

    fn read_from(&self, own: &OwnAddress, text: &str, problems: &mut Problems) -> Option<String> {
        let mut refused = |code, message: String| {
            problems.add("fromPath", code, message);
            None
        };
        if text.trim().is_empty() {
            return refused(ProblemCode::Required, "Give the old address, such as “/our-programs”.".to_owned());
        }
        if text.contains(['?', '#']) {
            let message = "What stands behind ? or # is no part of an address here. Leave it out.".to_owned();
            return refused(ProblemCode::Invalid, message);
        }
        let Some(path) = old_path_in(own, text).filter(|path| path.len() <= MOST_LENGTH) else {
            let message = "An old address is a path of this site, such as “/our-programs”.".to_owned();
            return refused(ProblemCode::Invalid, message);
        };
        if path == "/" || path == THERAPIES || is_served(&path) {
            return refused(
                ProblemCode::Taken,
                format!("The address {path} is always answered, so it leads nowhere else."),
            );
        }
        match self.entries.get(&path) {
            Some(entry) if entry.live_revision_id.is_some() => {
                let message = format!(
                    "“{}” is public at {path}. Move it or take it back before its address leads elsewhere.",
                    entry.title
                );
                refused(ProblemCode::Taken, message)
            }
            _ => Some(path),
        }
    }

    /// Where it leads: an entry, or a path or URL.
    fn read_target(
        &self,
        own: &OwnAddress,
        text: &str,
        problems: &mut Problems,
    ) -> Option<(Option<EntryId>, Option<String>)> {
        let text = text.trim();
        let mut refused = |code, message: String| {
            problems.add("target", code, message);
            None
        };
        if text.is_empty() {
            return refused(
                ProblemCode::Required,
                "Say where it leads: to a page, or to an address outside.".to_owned(),
            );
        }
        if let Some(reference) = Reference::parse(text) {
            return match reference.entry().filter(|id| self.by_id.contains_key(id)) {
                Some(id) => Some((Some(id), None)),
                None => refused(ProblemCode::NotFound, "There is no such page or therapy. Choose another.".to_owned()),
            };
        }
        if let Some(path) = path_in(own, text) {
            if text.contains(['#', '?']) {
                let message = "An address of ours leads to a whole page. Leave out what begins with “#” or “?”.";
                return refused(ProblemCode::Invalid, message.to_owned());
            }
            if path == THERAPIES {
                return Some((None, Some(path)));
            }
            if let Some(entry) = self.entries.get(&path) {
                return Some((Some(entry.id), None));
            }
            // What leads on already is followed now.
            return match self.redirects.get(&path) {
                Some(on) if on.to_entry_id.is_none_or(|id| self.by_id.contains_key(&id)) => {
                    Some((on.to_entry_id, on.to_path.clone()))
                }
                _ => refused(ProblemCode::NotFound, format!("There is no page at {path}. Choose one that is there.")),
            };
        }
        match Url::parse(text) {
            Ok(url)
                if matches!(url.scheme(), "https" | "http")
                    && url.has_host()
                    && url.username().is_empty()
                    && url.password().is_none()
                    && text.len() <= MOST_LENGTH =>
            {
                Some((None, Some(url.to_string())))
            }
            _ => {
                let message =
                    "A target is a path such as “/admissions”, or an address outside that begins with https://.";
                refused(ProblemCode::Invalid, message.to_owned())
            }
        }
    }
}

/// The path of ours that a text names, as a path or as a URL of the site.
fn path_in(own: &OwnAddress, text: &str) -> Option<String> {
    let text = text.trim();
    let path = match own.path_of(text) {
        Some(path) => path,
        None if text.starts_with('/') && !text.starts_with("//") => {
            percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned()
        }
        None => return None,
    };
    let fits = |it: char| !it.is_control() && !it.is_whitespace();
    normalise(&path).filter(|path| path.chars().all(fits))
}

/// The old path that a text names; it is often typed without its beginning.
fn old_path_in(own: &OwnAddress, text: &str) -> Option<String> {
    let text = text.trim();
    match Url::parse(text) {
        Err(_) if !text.starts_with('/') => path_in(own, &format!("/{text}")),
        _ => path_in(own, text),
    }
}

fn sentence(error: &Error) -> String {
    match error {
        Error::Problems(problems) => problems.iter().map(|it| it.message.as_str()).collect::<Vec<_>>().join(" "),
        _ => "This line cannot be taken over.".to_owned(),
    }
}

fn found(query: &str) -> Select<redirect::Entity> {
    let rows = redirect::Entity::find();
    let query = query.replace('\0', "").trim().to_lowercase();
    if query.is_empty() {
        return rows;
    }
    let pattern = LikeExpr::new(format!("%{}%", escape_like(&query))).escape('\\');
    let lower = |column: redirect::Column| Expr::expr(Func::lower(Expr::col((redirect::Entity, column))));
    let of_entries = entry::Entity::find()
        .select_only()
        .column(entry::Column::Id)
        .filter(Expr::expr(Func::lower(Expr::col((entry::Entity, entry::Column::Path)))).like(pattern.clone()));
    rows.filter(
        lower(redirect::Column::FromPath)
            .like(pattern.clone())
            .or(lower(redirect::Column::ToPath).like(pattern))
            .or(redirect::Column::ToEntryId.in_subquery(sea_orm::QueryTrait::into_query(of_entries))),
    )
}

async fn done(
    db: &impl ConnectionTrait,
    actor: Actor,
    audit: &Audit,
    verb: audit::Verb,
    object: String,
    touched: &Touched,
    now: DateTime<Utc>,
) -> Result<()> {
    bump_generation(db, touched, now).await?;
    let event = audit::Event::done(audit::Stream::Content, verb, object);
    audit.record(db, actor, event, now).await
}

fn missing() -> Error {
    Error::not_found("redirect")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_ours_as_a_path_and_as_a_url() {
        let own = OwnAddress::of("https://example.org");
        for (text, path) in [
            ("/a/b/", Some("/a/b")),
            ("https://www.example.org/caf%C3%A9/", Some("/café")),
            ("//evil.org/a", None),
            ("https://other.org/a", None),
            ("/a b", None),
            ("a", None),
        ] {
            assert_eq!(path_in(&own, text).as_deref(), path, "{text}");
        }
    }
}
