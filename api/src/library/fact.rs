//! The verbs on a fact, the same for every kind.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use entity::{
    fact::{FactId, FactInput, FactKind, Kind, Stored},
    placement::placements,
    problem::{Problem, ProblemCode, Problems, Stage},
    reference::{Reference, Target},
    with_fact_input, with_fact_kind,
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter,
    QuerySelect, SqlErr,
};
use serde_json::Value;
use uuid::Uuid;

use super::find_references;
use crate::{
    error::{Error, Result, refuse_if_any},
    generation::{Touched, bump_generation},
    identity::{
        Actor, Audit, Permission,
        audit::{Event, Outcome, Stream, Verb},
    },
    media::find_pictures,
    words::{folded, says},
};

/// Facts of a kind, at the most: they are few, so a list is read whole and looked through here.
const MOST: u64 = 5_000;

/// A fact of whatever kind, as lists and forms show it.
#[derive(Clone, Debug)]
pub struct Fact {
    /// Which.
    pub id: FactId,
    /// How often it was written.
    pub version: i32,
    /// What lists call it.
    pub name: String,
    /// The second line: a number, a publisher, a place.
    pub detail: String,
    /// What else it says.
    pub words: String,
    /// Why it may never be deleted.
    pub protection: Option<&'static str>,
    /// What staff write, by the fields of its kind's schema.
    pub fields: Value,
}

impl Fact {
    fn of<K: Kind>(kind: FactKind, stored: Stored<K>) -> Result<Self> {
        let Stored { id, version, fields } = stored;
        Ok(Self {
            id: FactId { kind, id },
            version,
            name: fields.name(),
            detail: fields.detail(),
            words: fields.words(),
            protection: fields.protection(),
            fields: serde_json::to_value(fields)?,
        })
    }

    /// Where it stands in the list of its kind.
    pub fn position(&self) -> (String, Uuid) {
        (self.name.to_lowercase(), self.id.id)
    }
}

/// What writing a fact of a kind needs: what changes is public at once, and the brand is the owner's and admins'.
pub fn permission_for(kind: FactKind) -> Permission {
    match kind {
        FactKind::Brand => Permission::ManageSettings,
        FactKind::ContactPoint
        | FactKind::Person
        | FactKind::Source
        | FactKind::Location
        | FactKind::Region
        | FactKind::FaqItem
        | FactKind::SharedBlock
        | FactKind::Menu => Permission::Publish,
    }
}

/// The fact of that id.
pub async fn find_fact(db: &impl ConnectionTrait, actor: Actor, id: FactId) -> Result<Option<Fact>> {
    actor.require(Permission::ReadDrafts)?;
    with_fact_kind!(id.kind, Fields => {
        find::<Fields>(db, id.id).await?.map(|stored| Fact::of(id.kind, stored)).transpose()
    })
}

/// The facts of a kind by name: those that say every word of `query`, or hold it in their name or second line.
pub async fn list_facts(db: &impl ConnectionTrait, actor: Actor, kind: FactKind, query: &str) -> Result<Vec<Fact>> {
    actor.require(Permission::ReadDrafts)?;
    let (sought, words) = (query.trim().to_lowercase(), folded(query));
    let says = |fact: &Fact| says(&format!("{} {} {}", fact.name, fact.detail, fact.words), &words);
    let holds = |fact: &Fact| [&fact.name, &fact.detail].into_iter().any(|text| text.to_lowercase().contains(&sought));
    let mut found = all_facts(db, kind).await?;
    found.retain(|fact| holds(fact) || (!words.is_empty() && says(fact)));
    found.sort_by_cached_key(Fact::position);
    Ok(found)
}

/// Every fact of a kind, in no order.
pub(super) async fn all_facts(db: &impl ConnectionTrait, kind: FactKind) -> Result<Vec<Fact>> {
    with_fact_kind!(kind, Fields => {
        let rows = <Fields as Kind>::Entity::find().limit(MOST).all(db).await?;
        rows.into_iter().map(|row| Fact::of(kind, Fields::of(row)?)).collect()
    })
}

/// Keeps a new fact. Fails with problems at `fields`.
pub async fn create_fact(
    db: &impl ConnectionTrait,
    actor: Actor,
    audit: &Audit,
    input: FactInput,
    now: DateTime<Utc>,
) -> Result<Fact> {
    let kind = input.kind();
    actor.require(permission_for(kind))?;
    let created: Result<Fact> = with_fact_input!(input, fields => insert(db, kind, fields, now).await);
    let fact = created.map_err(|error| error.under(&["fields", kind.key()]))?;
    written(db, actor, audit, Verb::FactCreated, fact.id, Vec::new(), now).await?;
    Ok(fact)
}

/// Writes a fact anew; whoever refers to it shows the change at once.
///
/// Fails with `Conflict` when it is not at `version` any more, and with problems at `fields`.
pub async fn change_fact(
    db: &impl ConnectionTrait,
    actor: Actor,
    audit: &Audit,
    id: FactId,
    version: i32,
    input: FactInput,
    now: DateTime<Utc>,
) -> Result<Fact> {
    actor.require(permission_for(id.kind))?;
    if input.kind() != id.kind {
        let message = format!("Send the fields of a {}, under “{}”.", noun(id.kind), id.kind.key());
        return Err(Error::problem(ProblemCode::Invalid, ["fields"], message));
    }
    let (fact, changed) = with_fact_input!(input, fields => update(db, id, version, fields, now).await)?;
    if !changed.is_empty() {
        written(db, actor, audit, Verb::FactChanged, id, changed, now).await?;
    }
    Ok(fact)
}

/// Deletes a fact that nothing refers to; whether something does is asked above, where entries are known.
pub async fn delete_fact(
    db: &impl ConnectionTrait,
    actor: Actor,
    audit: &Audit,
    id: FactId,
    now: DateTime<Utc>,
) -> Result<Fact> {
    actor.require(permission_for(id.kind))?;
    let fact = find_fact(db, actor, id).await?.ok_or_else(|| Error::not_found(noun(id.kind)))?;
    if let Some(reason) = fact.protection {
        return Err(Error::problem(
            ProblemCode::IllegalTransition,
            ["id"],
            format!("This cannot be deleted. {reason}"),
        ));
    }
    with_fact_kind!(id.kind, Fields => {
        let of_id = <Fields as Kind>::ID.eq(Fields::key(id.id));
        <Fields as Kind>::Entity::delete_many().filter(of_id).exec(db).await?;
    });
    written(db, actor, audit, Verb::FactDeleted, id, Vec::new(), now).await?;
    Ok(fact)
}

/// What one is called in a sentence: "contact point".
pub fn noun(kind: FactKind) -> &'static str {
    match kind {
        FactKind::ContactPoint => "contact point",
        FactKind::Person => "person",
        FactKind::Source => "source",
        FactKind::Location => "location",
        FactKind::Region => "region",
        FactKind::FaqItem => "question",
        FactKind::SharedBlock => "shared block",
        FactKind::Menu => "menu",
        FactKind::Brand => "brand",
    }
}

async fn find<K: Kind>(db: &impl ConnectionTrait, id: Uuid) -> Result<Option<Stored<K>>> {
    let row = K::Entity::find().filter(K::ID.eq(K::key(id))).one(db).await?;
    Ok(row.map(K::of).transpose()?)
}

async fn insert<K: Kind>(db: &impl ConnectionTrait, kind: FactKind, mut fields: K, now: DateTime<Utc>) -> Result<Fact>
where
    <K::Entity as EntityTrait>::Model: IntoActiveModel<<K::Entity as EntityTrait>::ActiveModel> + Sync,
    <K::Entity as EntityTrait>::ActiveModel: Send,
{
    fields.tidy();
    check(db, &fields, None).await?;
    let kept = K::Entity::find().count(db).await?;
    if kept >= if K::SINGLE { 1 } else { MOST } {
        let message = format!("The library holds {kept} of these and no more.");
        return Err(Error::problem(ProblemCode::TooLarge, [""; 0], message));
    }
    let id = if K::SINGLE { entity::id::BrandId::THE.0 } else { Uuid::now_v7() };
    let mut row = fields.clone().into_row(now)?;
    row.set(K::ID, K::key(id));
    row.set(K::VERSION, 1.into());
    K::Entity::insert(row).exec_without_returning(db).await.map_err(taken::<K>)?;
    Fact::of(kind, Stored { id, version: 1, fields })
}

/// Answers the fact as it is now, and which of its fields changed.
async fn update<K: Kind>(
    db: &impl ConnectionTrait,
    id: FactId,
    version: i32,
    mut fields: K,
    now: DateTime<Utc>,
) -> Result<(Fact, Vec<String>)> {
    let before: Stored<K> = find(db, id.id).await?.ok_or_else(|| Error::not_found(noun(id.kind)))?;
    if before.version != version {
        return Err(stale());
    }
    fields.tidy();
    let within = |error: Error| error.under(&["fields", id.kind.key()]);
    check(db, &fields, Some(&before.fields)).await.map_err(within)?;
    let (old, new) =
        (Fact::of(id.kind, before)?, Fact::of(id.kind, Stored { id: id.id, version, fields: fields.clone() })?);
    let changed = differing(&old.fields, &new.fields);
    if changed.is_empty() {
        return Ok((old, changed));
    }
    let mut row = fields.into_row(now)?;
    row.set(K::VERSION, (version + 1).into());
    let rows = K::Entity::update_many().set(row).filter(K::ID.eq(K::key(id.id))).filter(K::VERSION.eq(version));
    let done = rows.exec(db).await.map_err(|cause| within(taken::<K>(cause)))?;
    if done.rows_affected == 0 {
        return Err(stale());
    }
    Ok((Fact { version: version + 1, ..new }, changed))
}

fn stale() -> Error {
    let message = "Somebody changed this meanwhile. Read it again, then make your change on top of it.";
    Error::problem(ProblemCode::Conflict, ["version"], message)
}

/// Refuses what is wrong with the fields, and the facts and pictures they point at that are not there.
async fn check<K: Kind>(db: &impl ConnectionTrait, fields: &K, before: Option<&K>) -> Result<()> {
    let mut problems = Problems::new(Stage::Publish);
    fields.validate(&mut problems);
    if let Some(before) = before {
        fields.validate_change(before, &mut problems);
    }
    refuse_if_any(problems)?;
    let mut wanted = Vec::new();
    fields.references(&mut wanted);
    wanted.retain(|reference| reference.entry().is_none());
    let mut found = find_references(db, &wanted).await?;
    found.extend(find_pictures(db, &wanted).await?);
    let lacks_words =
        |reference: &Reference| matches!(found.get(*reference), Some(Target::Picture(it)) if it.lacks_alt);
    let (missing, there): (HashSet<Reference>, HashSet<Reference>) =
        wanted.into_iter().partition(|reference| !found.contains(*reference));
    let undescribed = there.into_iter().filter(lacks_words).collect();
    let stored = serde_json::to_value(fields)?;
    let problems = |at: &HashSet<Reference>, code, message: &str| -> Vec<Problem> {
        placements(&stored, at).into_iter().map(|it| Problem { code, path: it.path, message: message.into() }).collect()
    };
    let mut all = problems(&missing, ProblemCode::NotFound, "There is nothing with this id.");
    // What the library keeps is public at once, so this is its last chance.
    let message = "Say first what this picture shows, or that it only decorates.";
    all.extend(problems(&undescribed, ProblemCode::Required, message));
    if all.is_empty() { Ok(()) } else { Err(Error::Problems(all)) }
}

/// What a row says that is like another's in the one field where it may not be.
fn taken<K: Kind>(cause: DbErr) -> Error {
    match (cause.sql_err(), K::UNIQUE) {
        (Some(SqlErr::UniqueConstraintViolation(_)), Some(field)) => {
            Error::problem(ProblemCode::Taken, [field], "Another one has this already. Choose a different one.")
        }
        _ => cause.into(),
    }
}

/// The names of the fields in which two differ.
fn differing(before: &Value, after: &Value) -> Vec<String> {
    let fields = after.as_object().into_iter().flatten();
    fields.filter(|(name, value)| before.get(name) != Some(value)).map(|(name, _)| name.clone()).collect()
}

/// Records the act, and that what the public reads has changed.
async fn written(
    db: &impl ConnectionTrait,
    actor: Actor,
    audit: &Audit,
    verb: Verb,
    id: FactId,
    fields: Vec<String>,
    now: DateTime<Utc>,
) -> Result<()> {
    let (object, outcome) = (id.to_string(), Outcome::Done);
    let event = Event { stream: Stream::Content, verb, object, outcome, fields, reason: None };
    audit.record(db, actor, event, now).await?;
    bump_generation(db, &Touched::thing(id.kind.key(), id), now).await
}
