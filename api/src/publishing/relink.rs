//! Taking something out of every draft that points at it, or putting another in its place.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use entity::{
    content::{Content, PageContent, TherapyContent},
    content_reference::{self, Lane},
    entry::{self, EntryKind},
    id::EntryId,
    placement::placements,
    problem::{ProblemCode, Problems, Stage},
    reference::Reference,
};
use sea_orm::{ColumnTrait, DatabaseTransaction, QueryFilter, QueryOrder, QuerySelect};
use serde_json::Value;

use super::{
    draft::{DraftChange, Onto, save},
    entry::{hold, look_up},
    find_revision,
    publish::Indexers,
    revision::Written,
    target::reference_of,
    usage::users,
};
use crate::{
    error::{Error, Result, refuse_if_any},
    identity::{Actor, Permission},
};

/// Drafts that are changed together, at the most.
const MOST: u64 = 200;

/// Writes a new draft of every page and therapy that points at `target`: with `by` in its place, or without it. What is
/// public of them does not change. Answers them by id.
///
/// Without a replacement a link becomes the words it was on, a list loses the item and a field is emptied. Fails, with
/// nothing written, at `replacement` when that is not of the same kind or is the target itself, and at `uses` with
/// every place that cannot do without.
pub(super) async fn relink(
    tx: &DatabaseTransaction,
    actor: Actor,
    indexers: Indexers,
    target: &entry::Model,
    by: Option<EntryId>,
    now: DateTime<Utc>,
) -> Result<Vec<entry::Model>> {
    actor.require(Permission::WriteContent)?;
    let replacement = match by {
        None => None,
        Some(id) => Some(read_replacement(tx, target, id).await?),
    };
    let (from, to) = (reference_of(target), replacement.as_ref().map(reference_of));
    let note = match &replacement {
        None => format!("Without “{}”, which was deleted", target.title),
        Some(other) => format!("“{}” in place of “{}”, which was deleted", other.title, target.title),
    };
    let note: String = note.chars().take(300).collect();

    let mut changed = Vec::new();
    let mut problems = Problems::new(Stage::Draft);
    for id in drafts_with(tx, from).await? {
        let entry = hold(tx, id).await?;
        let Some(latest) = entry.latest_revision_id else { continue };
        let draft = find_revision(tx, latest).await?.ok_or_else(|| Error::not_found("revision"))?;
        let mut content = draft.content;
        for place in placements(&content, &HashSet::from([from])).into_iter().rev() {
            match to {
                Some(to) => put(&mut content, &place.path, to),
                None => take_out(&mut content, &place.path),
            }
        }
        let written = Written::by_hand(Some(note.clone()));
        let saved = match entry.kind {
            EntryKind::Page => rewrite::<PageContent>(tx, actor, indexers, &entry, &content, written, now).await?,
            EntryKind::Therapy => {
                rewrite::<TherapyContent>(tx, actor, indexers, &entry, &content, written, now).await?
            }
        };
        match saved {
            Some(entry) => changed.push(entry),
            None => {
                let message =
                    format!("“{}” cannot do without it. Choose a replacement, or change it there first.", entry.title);
                problems.add("uses", ProblemCode::IllegalTransition, message);
            }
        }
    }
    refuse_if_any(problems)?;
    Ok(changed)
}

async fn read_replacement(tx: &DatabaseTransaction, target: &entry::Model, id: EntryId) -> Result<entry::Model> {
    let problem = |message| Error::problem(ProblemCode::Invalid, ["replacement"], message);
    if id == target.id {
        return Err(problem("It cannot take its own place. Choose another.".to_owned()));
    }
    let other = look_up(tx, id).await?.ok_or_else(|| problem("There is no such page or therapy.".to_owned()))?;
    if other.kind != target.kind {
        return Err(problem(format!("Only another {} can take its place.", target.kind.noun())));
    }
    Ok(other)
}

/// The entries whose draft points at `target`, in the order in which everybody holds several.
async fn drafts_with(tx: &DatabaseTransaction, target: Reference) -> Result<Vec<EntryId>> {
    let ids: Vec<EntryId> = users(&[target])
        .select_only()
        .column(content_reference::Column::EntryId)
        .distinct()
        .filter(content_reference::Column::Lane.eq(Lane::Draft))
        .order_by_asc(content_reference::Column::EntryId)
        .limit(MOST + 1)
        .into_tuple()
        .all(tx)
        .await?;
    if ids.len() as u64 > MOST {
        let message = format!("More than {MOST} pages and therapies point at it. Change some of them first.");
        return Err(Error::problem(ProblemCode::TooLarge, ["uses"], message));
    }
    Ok(ids)
}

/// Saves `content` as the next draft; nothing when it is not a whole document any more.
async fn rewrite<C: Content>(
    tx: &DatabaseTransaction,
    actor: Actor,
    indexers: Indexers,
    entry: &entry::Model,
    content: &Value,
    written: Written,
    now: DateTime<Utc>,
) -> Result<Option<entry::Model>> {
    let (Ok(content), Some(base)) = (C::deserialize(content), entry.latest_revision_id) else { return Ok(None) };
    let change = DraftChange { base, slug: None, content, onto: Onto::Nobody, written };
    match save(tx, actor, indexers, entry.kind, entry.id, change, now).await {
        Ok(saved) => Ok(Some(saved.together()?)),
        Err(Error::Problems(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

fn put(content: &mut Value, path: &[String], to: Reference) {
    if let Some(place) = content.pointer_mut(&pointer(path)) {
        *place = Value::String(to.to_string());
    }
}

/// Takes a reference out: the whole mark of a link, an item of a list, or else the field's value.
fn take_out(content: &mut Value, path: &[String]) {
    let mark = path.iter().rposition(|part| part == "marks").map(|marks| marks + 2).filter(|end| *end <= path.len());
    // `{ "page": "pag_…" }` is one value that says what it names.
    let named = path.last().filter(|name| matches!(name.as_str(), "page" | "therapy")).map(|_| path.len() - 1);
    let end = mark.or(named).unwrap_or(path.len());
    let Some((last, above)) = path.get(..end).and_then(<[String]>::split_last) else { return };
    match content.pointer_mut(&pointer(above)) {
        Some(Value::Array(items)) => {
            if let Some(place) = last.parse().ok().filter(|place: &usize| *place < items.len()) {
                items.remove(place);
            }
        }
        Some(Value::Object(fields)) => {
            fields.insert(last.clone(), Value::Null);
        }
        _ => {}
    }
}

/// RFC 6901; no name of a field has a `/` or a `~`.
fn pointer(path: &[String]) -> String {
    path.iter().fold(String::new(), |pointer, part| pointer + "/" + part)
}

#[cfg(test)]
mod tests {
    use entity::id::{PageId, TherapyId};
    use serde_json::json;

    use super::*;

    fn snapshot(page: &str, therapy: &str) -> Value {
        json!({ "title": "t", "parent": page, "blocks": [
            { "richText": { "key": "a", "body": { "type": "doc", "content": [
                { "type": "text", "text": "there", "marks": [
                    { "type": "strong" }, { "type": "link", "attrs": { "to": { "page": page } } }
                ] }
            ] } } },
            { "therapyGrid": { "key": "b", "therapies": [therapy, therapy] } },
            { "callToAction": { "key": "c", "to": { "page": page } } },
        ] })
    }

    fn without(target: Reference, mut content: Value) -> Value {
        for place in placements(&content, &HashSet::from([target])).into_iter().rev() {
            take_out(&mut content, &place.path);
        }
        content
    }

    #[test]
    fn a_link_becomes_its_words_and_a_field_is_emptied() {
        let (page, therapy) = (PageId::new(), TherapyId::new());
        let left = without(Reference::Page(page), snapshot(&page.to_string(), &therapy.to_string()));
        assert_eq!(left.pointer("/blocks/0/richText/body/content/0/marks"), Some(&json!([{ "type": "strong" }])));
        assert_eq!(left.pointer("/blocks/2/callToAction/to"), Some(&Value::Null));
        assert_eq!(left.pointer("/parent"), Some(&Value::Null));
        assert!(!left.to_string().contains(&page.to_string()));
    }

    #[test]
    fn a_list_loses_every_item_that_names_it() {
        let (page, therapy) = (PageId::new(), TherapyId::new());
        let left = without(Reference::Therapy(therapy), snapshot(&page.to_string(), &therapy.to_string()));
        assert_eq!(left.pointer("/blocks/1/therapyGrid/therapies"), Some(&json!([])));
        assert_eq!(left.pointer("/blocks/2/callToAction/to/page"), Some(&json!(page.to_string())));
    }

    #[test]
    fn another_takes_its_place() {
        let (page, other) = (PageId::new(), PageId::new());
        let mut content = snapshot(&page.to_string(), "");
        for place in placements(&content, &HashSet::from([Reference::Page(page)])) {
            put(&mut content, &place.path, Reference::Page(other));
        }
        assert_eq!(content, snapshot(&other.to_string(), ""));
    }
}
