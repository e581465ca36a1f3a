//! What is to be done for a lead, by when and by whom.
//!
//! A task stays with the lead it was written for. Where that was brought together with another, it is shown and worked with the one
//! that stays, and goes with its own when they are taken apart.

use std::{
    cmp::Reverse,
    collections::{HashMap, HashSet},
    sync::Arc,
};

use async_graphql::dataloader::Loader;
use chrono::{DateTime, Utc};
use entity::{
    id::{LeadId, LeadTaskId, UserId},
    lead,
    lead_event::LeadEventKind,
    lead_task::{self, LeadTaskChange, LeadTaskKind},
    problem::{ProblemCode, Problems, Stage},
};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait,
    sea_query::{Expr, ExprTrait},
};
use serde_json::json;

use super::{
    desk::{Desk, LeadLoader},
    lead::{
        View, changed, get_for_update, read_note, refuse_unless_colleague, save as save_lead, unless_erased, viewed,
    },
    merge, notice,
    sealing::Cell,
    timeline::append,
    work::{FURTHEST, refuse_if_ended},
};
use crate::{
    db::padded,
    error::{Error, Result, refuse_if_any},
    identity::{Actor, Permission},
};

/// Tasks of one lead at the most, done ones included.
const MOST: u64 = 100;
/// Tasks that somebody is told of at once.
const MOST_LISTED: u64 = 100;

/// A task as somebody wants it.
#[derive(Clone, Debug)]
pub struct Wanted<'a> {
    /// What.
    pub kind: LeadTaskKind,
    /// What exactly; none leaves the words as they are.
    pub note: Option<&'a str>,
    /// By when.
    pub due_at: DateTime<Utc>,
    /// By whom; without one, by whoever has the lead.
    pub assignee: Option<UserId>,
}

/// Writes down what is to be done for a lead, or changes that; what was done is to be done again. Answers the lead.
///
/// Fails with `ILLEGAL_TRANSITION` at `id` when the lead has ended, `NOT_FOUND` and `CONFLICT` below `task`, and problems at
/// `dueAt`, `note` and `assignee`.
pub async fn save(
    db: &impl ConnectionTrait,
    actor: Actor,
    desk: &Desk,
    id: LeadId,
    task: Option<(LeadTaskId, i32)>,
    wanted: Wanted<'_>,
    now: DateTime<Utc>,
) -> Result<lead::Model> {
    actor.require(Permission::WorkLeads)?;
    let (was, of) = match task {
        None => (None, get_for_update(db, id).await.map(Of::one)?),
        Some(task) => {
            let (was, of) = held(db, task).await.map_err(|error| error.under(&["task"]))?;
            if of.worked.id != id {
                return Err(Error::problem(ProblemCode::NotFound, ["task", "id"], "This lead has no such task."));
            }
            (Some(was), of)
        }
    };
    of.refuse_if_ended()?;
    if was.is_none() && of_lead(id).count(db).await? >= MOST {
        let message = format!("This lead has {MOST} tasks. Change one of them instead.");
        return Err(Error::problem(ProblemCode::TooLarge, ["id"], message));
    }
    let mut problems = Problems::new(Stage::Publish);
    let moved = was.as_ref().is_none_or(|was| was.due_at != wanted.due_at);
    if moved && (wanted.due_at <= now || wanted.due_at > now + FURTHEST) {
        problems.add("dueAt", ProblemCode::Invalid, "Choose a time between now and a year from now.");
    }
    let note = wanted
        .note
        .map(|note| if note.trim().is_empty() { String::new() } else { read_note("note", note, &mut problems) });
    refuse_if_any(problems)?;
    refuse_unless_colleague(db, wanted.assignee).await?;

    let change = match &was {
        None => LeadTaskChange::Made,
        Some(was) if was.done_at.is_some() => LeadTaskChange::Reopened,
        Some(_) => LeadTaskChange::Changed,
    };
    let task = was.as_ref().map_or_else(LeadTaskId::new, |was| was.id);
    let note = match note.as_deref() {
        None => was.as_ref().and_then(|was| was.note.clone()),
        Some("") => None,
        Some(note) => Some(desk.vault().key_of(&of.own)?.seal(Cell::TaskNote(task), note)?),
    };
    let row = lead_task::ActiveModel {
        id: Set(task),
        lead_id: Set(of.own.id),
        version: Set(was.as_ref().map_or(1, |was| was.version.saturating_add(1))),
        kind: Set(wanted.kind),
        note: Set(note),
        due_at: Set(wanted.due_at),
        assignee_id: Set(wanted.assignee),
        done_at: Set(None),
        done_by_id: Set(None),
    };
    match was {
        None => row.insert(db).await?,
        Some(_) => row.update(db).await?,
    };
    if moved {
        notice::task(db, task, wanted.due_at, now).await?;
    }
    of.tell(db, actor, wanted.kind, change, now).await
}

/// Writes down what is to be done for a lead that the caller holds, has judged and saves.
pub(super) async fn add(
    db: &impl ConnectionTrait,
    actor: Actor,
    desk: &Desk,
    lead: &lead::Model,
    wanted: &Wanted<'_>,
    now: DateTime<Utc>,
) -> Result<()> {
    let id = LeadTaskId::new();
    let key = desk.vault().key_of(lead)?;
    let row = lead_task::ActiveModel {
        id: Set(id),
        lead_id: Set(lead.id),
        version: Set(1),
        kind: Set(wanted.kind),
        note: Set(wanted.note.map(|note| key.seal(Cell::TaskNote(id), note)).transpose()?),
        due_at: Set(wanted.due_at),
        assignee_id: Set(wanted.assignee),
        done_at: Set(None),
        done_by_id: Set(None),
    };
    row.insert(db).await?;
    notice::task(db, id, wanted.due_at, now).await?;
    let meta = json!({ "task": wanted.kind, "change": LeadTaskChange::Made });
    append(db, lead, LeadEventKind::Task, actor, meta, None, now).await
}

/// Says that it is done. Answers the lead.
///
/// Fails with `NOT_FOUND` at `id`, `CONFLICT` at `version`, and `ILLEGAL_TRANSITION` at `id` when it is done or the lead has ended.
pub async fn complete(
    db: &impl ConnectionTrait,
    actor: Actor,
    task: (LeadTaskId, i32),
    now: DateTime<Utc>,
) -> Result<lead::Model> {
    actor.require(Permission::WorkLeads)?;
    let (task, of) = held(db, task).await?;
    of.refuse_if_ended()?;
    if task.done_at.is_some() {
        return Err(Error::problem(ProblemCode::IllegalTransition, ["id"], "This task is done."));
    }
    let (kind, version) = (task.kind, task.version.saturating_add(1));
    let mut row = task.into_active_model();
    row.version = Set(version);
    row.done_at = Set(Some(now));
    row.done_by_id = Set(actor.user_id());
    row.update(db).await?;
    of.tell(db, actor, kind, LeadTaskChange::Done, now).await
}

/// What the actor is to do, the first due first, at most 100: what is theirs by name, and what is nobody's for leads they have;
/// what is due for leads that nobody has is everybody's.
pub async fn list_mine(db: &impl ConnectionTrait, actor: Actor, now: DateTime<Utc>) -> Result<Vec<lead_task::Model>> {
    actor.require(Permission::ListLeads)?;
    let worked_in = |view| {
        let ids = || viewed(view, actor, now).select_only().column(lead::Column::Id).into_query();
        let merged = lead::Entity::find().filter(lead::Column::MergedIntoId.in_subquery(ids()));
        let merged = merged.select_only().column(lead::Column::Id).into_query();
        let of = lead_task::Column::LeadId;
        Condition::any().add(of.in_subquery(ids())).add(of.in_subquery(merged))
    };
    let by_name = Condition::all().add(lead_task::Column::AssigneeId.eq(actor.user_id())).add(worked_in(View::Open));
    let by_lead = Condition::all().add(lead_task::Column::AssigneeId.is_null()).add(worked_in(View::Mine));
    let left = Condition::all().add(lead_task::Column::AssigneeId.is_null()).add(worked_in(View::Unassigned));
    let left = left.add(lead_task::Column::DueAt.lte(now));
    Ok(lead_task::Entity::find()
        .filter(lead_task::Column::DoneAt.is_null())
        .filter(Condition::any().add(by_name).add(by_lead).add(left))
        .order_by_asc(lead_task::Column::DueAt)
        .order_by_asc(lead_task::Column::Id)
        .limit(MOST_LISTED)
        .all(db)
        .await?)
}

/// Those of these leads for which something is to be done that is due at `now`.
pub(super) async fn list_due(
    db: &impl ConnectionTrait,
    leads: impl IntoIterator<Item = LeadId>,
    now: DateTime<Utc>,
) -> Result<HashSet<LeadId>> {
    let leads: Vec<LeadId> = leads.into_iter().collect();
    let due = lead_task::Entity::find()
        .select_only()
        .column(lead_task::Column::LeadId)
        .filter(lead_task::Column::DoneAt.is_null())
        .filter(lead_task::Column::DueAt.lte(now))
        .filter(with_merged(&leads))
        .into_query();
    let of = lead::Entity::find().filter(lead::Column::Id.in_subquery(due)).all(db).await?;
    Ok(of.into_iter().map(|lead| lead.merged_into_id.unwrap_or(lead.id)).collect())
}

/// Nothing is to be done any more for leads that have ended, nor for those that were brought together with them.
pub(super) async fn clear(db: &impl ConnectionTrait, ids: &[LeadId], now: DateTime<Utc>) -> Result<()> {
    end(db, ids, Condition::all(), now).await
}

/// Nobody has to see any more how the person of a lead gets here.
pub(super) async fn end_transport(db: &impl ConnectionTrait, id: LeadId, now: DateTime<Utc>) -> Result<()> {
    end(db, &[id], Condition::all().add(lead_task::Column::Kind.eq(LeadTaskKind::Transport)), now).await
}

async fn end(db: &impl ConnectionTrait, ids: &[LeadId], which: Condition, now: DateTime<Utc>) -> Result<()> {
    lead_task::Entity::update_many()
        .col_expr(lead_task::Column::DoneAt, Expr::value(now))
        .col_expr(lead_task::Column::Version, Expr::col(lead_task::Column::Version).add(1))
        .filter(lead_task::Column::DoneAt.is_null())
        .filter(which)
        .filter(with_merged(ids))
        .exec(db)
        .await?;
    Ok(())
}

/// What [`clear`] did at `cleared` is as it was before, because the leads have not ended after all.
pub(super) async fn restore(db: &impl ConnectionTrait, ids: &[LeadId], cleared: DateTime<Utc>) -> Result<()> {
    lead_task::Entity::update_many()
        .col_expr(lead_task::Column::DoneAt, Expr::value(Option::<DateTime<Utc>>::None))
        .col_expr(lead_task::Column::Version, Expr::col(lead_task::Column::Version).add(1))
        .filter(lead_task::Column::DoneAt.eq(cleared))
        .filter(lead_task::Column::DoneById.is_null())
        .filter(with_merged(ids))
        .exec(db)
        .await?;
    Ok(())
}

/// The tasks of leads, and of those that were brought together with them.
fn with_merged(ids: &[LeadId]) -> Condition {
    let merged = lead::Entity::find().filter(lead::Column::MergedIntoId.is_in(padded(ids.to_vec())));
    let merged = merged.select_only().column(lead::Column::Id).into_query();
    let of = lead_task::Column::LeadId;
    Condition::any().add(of.is_in(padded(ids.to_vec()))).add(of.in_subquery(merged))
}

/// The lead a task is of, and the one it is worked with: the same, unless they were brought together. Both are held.
struct Of {
    own: lead::Model,
    worked: lead::Model,
}

impl Of {
    fn one(lead: lead::Model) -> Self {
        Self { own: lead.clone(), worked: lead }
    }

    fn refuse_if_ended(&self) -> Result<()> {
        let worked = unless_erased(self.worked.clone())?;
        merge::refuse_if_merged(&worked, "Work")?;
        refuse_if_ended(&worked)
    }

    /// Writes down what became of a task, and tells colleagues of every lead that shows it.
    async fn tell(
        self,
        db: &impl ConnectionTrait,
        actor: Actor,
        kind: LeadTaskKind,
        change: LeadTaskChange,
        now: DateTime<Utc>,
    ) -> Result<lead::Model> {
        let Self { own, worked } = self;
        append(db, &own, LeadEventKind::Task, actor, json!({ "task": kind, "change": change }), None, now).await?;
        if own.id != worked.id {
            save_lead(db, changed(own, now)).await?;
        }
        save_lead(db, changed(worked, now)).await
    }
}

/// The task of that id, if nobody changed it since that version, with its leads.
async fn held(db: &impl ConnectionTrait, (id, version): (LeadTaskId, i32)) -> Result<(lead_task::Model, Of)> {
    let none = || Error::problem(ProblemCode::NotFound, ["id"], "There is no such task.");
    let task = lead_task::Entity::find_by_id(id).one(db).await?.ok_or_else(none)?;
    let own = lead::Entity::find_by_id(task.lead_id).one(db).await?.ok_or_else(none)?;
    let of = match own.merged_into_id {
        None => Of::one(get_for_update(db, own.id).await?),
        Some(into) => {
            let (own, worked) = merge::held(db, own.id, into).await?;
            Of { own, worked }
        }
    };
    // What it was before its leads were held may not be what it is.
    let task = lead_task::Entity::find_by_id(id).one(db).await?.ok_or_else(none)?;
    if task.version == version && of.own.merged_into_id.unwrap_or(of.own.id) == of.worked.id {
        return Ok((task, of));
    }
    let message = "Somebody changed this task meanwhile. Look at it again, then decide.";
    Err(Error::problem(ProblemCode::Conflict, ["version"], message))
}

fn of_lead(id: LeadId) -> sea_orm::Select<lead_task::Entity> {
    lead_task::Entity::find().filter(lead_task::Column::LeadId.eq(id))
}

/// The tasks of a lead and of those that were brought together with it: first what is to be done, the first due first, then what
/// is done, the last first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TasksOf(pub LeadId);

impl Loader<TasksOf> for LeadLoader {
    type Value = Vec<lead_task::Model>;
    type Error = Arc<Error>;

    async fn load(&self, leads: &[TasksOf]) -> Result<HashMap<TasksOf, Self::Value>, Self::Error> {
        self.tasks(leads).await.map_err(Arc::new)
    }
}

impl LeadLoader {
    async fn tasks(&self, leads: &[TasksOf]) -> Result<HashMap<TasksOf, Vec<lead_task::Model>>> {
        let ids = || leads.iter().map(|of| of.0);
        let merged: Vec<(LeadId, LeadId)> = lead::Entity::find()
            .select_only()
            .columns([lead::Column::Id, lead::Column::MergedIntoId])
            .filter(lead::Column::MergedIntoId.is_in(ids()))
            .into_tuple()
            .all(&self.0)
            .await?;
        let all = ids().chain(merged.iter().map(|(id, _)| *id));
        let rows = lead_task::Entity::find().filter(lead_task::Column::LeadId.is_in(all)).all(&self.0).await?;
        let into: HashMap<_, _> = merged.into_iter().collect();
        let mut found: HashMap<_, Vec<_>> = HashMap::new();
        for row in rows {
            let shown = [Some(row.lead_id), into.get(&row.lead_id).copied()];
            for id in shown.into_iter().flatten().filter(|id| leads.contains(&TasksOf(*id))) {
                found.entry(TasksOf(id)).or_default().push(row.clone());
            }
        }
        for tasks in found.values_mut() {
            tasks.sort_by_key(|task| (task.done_at.map(Reverse), task.due_at, task.id));
        }
        Ok(found)
    }
}
