//! Which facts point at what: a place at its telephone, a menu at pages, the brand at its numbers.

use std::collections::HashSet;

use entity::{
    fact::{self, FactId, FactKind},
    placement::placements,
    reference::Reference,
};
use sea_orm::ConnectionTrait;
use serde_json::Value;

use super::fact::{Fact, all_facts};
use crate::error::Result;

/// A fact that points at something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FactUser {
    /// Which.
    pub id: FactId,
    /// What it is called.
    pub name: String,
}

/// One place in a fact that points at something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FactUse {
    /// What it points at.
    pub target: Reference,
    /// What points.
    pub user: FactUser,
    /// Where in its fields: `["items", "2", "to", "page"]`.
    pub path: Vec<String>,
    /// The same in words: "Own number", "Lines: Detox".
    pub place: String,
}

/// Where facts point at one of `targets`. Facts are few, so the tables of those that point are read whole.
pub async fn uses_of(db: &impl ConnectionTrait, targets: &[Reference]) -> Result<Vec<FactUse>> {
    let known: HashSet<Reference> = targets.iter().copied().collect();
    let mut found = Vec::new();
    for kind in FactKind::ALL.iter().copied().filter(|kind| fact::points(*kind)) {
        for fact in all_facts(db, kind).await? {
            let user = FactUser { id: fact.id, name: title(&fact) };
            let places = placements(&fact.fields, &known).into_iter();
            found.extend(places.map(|it| FactUse {
                target: it.target,
                user: user.clone(),
                place: place(kind, &fact.fields, &it.path),
                path: it.path,
            }));
        }
    }
    Ok(found)
}

fn title(fact: &Fact) -> String {
    match fact.id.kind {
        FactKind::Menu => format!("Menu “{}”", fact.name),
        _ => fact.name.clone(),
    }
}

/// The field as its form calls it, and within a list the item's own words.
fn place(kind: FactKind, fields: &Value, path: &[String]) -> String {
    let field = path.first().map(|name| fact::field_title(kind, name)).unwrap_or_default();
    let item = path.get(1).and_then(|place| fields.get(path.first()?)?.get(place.parse::<usize>().ok()?)?.get("label"));
    match item.and_then(Value::as_str) {
        Some(words) => format!("{field}: {words}"),
        None => field,
    }
}
