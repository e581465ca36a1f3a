//! A link to a page of our own names the page, not its address: an address breaks when the page moves.

use std::collections::HashMap;

use async_graphql::Json;
use entity::{block::Block, entry, redirect, reference::Reference};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter};
use serde_json::{Value, json};

use super::{CheckFix, Draft, Finding, Rule};
use crate::{
    address::OwnAddress,
    error::Result,
    publishing::{path::normalise, target::reference_of},
};

pub(super) const RULE: Rule = Rule { code: "ownAddress", look };

/// The URLs in a draft that are pages of our own, each with the page and its title.
pub(super) type OwnLinks = HashMap<String, (Reference, String)>;

fn look(draft: &Draft<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for (place, block) in draft.blocks.iter().enumerate() {
        for (path, url) in urls(block) {
            let Some((reference, title)) = draft.around.own_links.get(&url) else { continue };
            let message =
                format!("A link holds the address of “{title}” and breaks when that moves. Link the page itself.");
            let path: Vec<String> = ["blocks".to_owned(), place.to_string()].into_iter().chain(path).collect();
            let fix =
                CheckFix {
                    label: format!("Link “{title}”"), path: path.clone(), value: named(*reference).map(Json)
                };
            let finding = Finding { path, subject: url, ..Finding::block(place, block, message) };
            found.push(finding.with_fix(Some(fix)).that_blocks());
        }
    }
    found
}

/// Looks up which URLs of a draft are pages of our own. A draft without a URL costs no look-up.
pub(super) async fn own_links(db: &impl ConnectionTrait, blocks: &[Block]) -> Result<OwnLinks> {
    let urls: Vec<String> = blocks.iter().flat_map(urls).map(|(_, url)| url).collect();
    if urls.is_empty() {
        return Ok(OwnLinks::new());
    }
    let own = OwnAddress::load(db).await?;
    // One page has many spellings: with and without `www.`, a query, a place on the page.
    let mut paths: HashMap<String, Vec<String>> = HashMap::new();
    for url in urls {
        if let Some(path) = own.path_of(&url).and_then(|path| normalise(&path)) {
            paths.entry(path).or_default().push(url);
        }
    }
    if paths.is_empty() {
        return Ok(OwnLinks::new());
    }
    let mut found = OwnLinks::new();
    let moved = redirect::Entity::find()
        .filter(redirect::Column::FromPath.is_in(paths.keys()))
        .filter(redirect::Column::ToEntryId.is_not_null())
        .all(db)
        .await?;
    let at = entry::Column::Path.is_in(paths.keys()).or(entry::Column::Id.is_in(moved.iter().map(|it| it.to_entry_id)));
    let entries = entry::Entity::find().filter(at).filter(entry::Column::TrashedAt.is_null()).all(db).await?;
    for entry in entries {
        let old = moved.iter().filter(|it| it.to_entry_id == Some(entry.id)).map(|it| &it.from_path);
        for path in old.chain([&entry.path]) {
            for url in paths.get(path).into_iter().flatten() {
                found.insert(url.clone(), (reference_of(&entry), entry.title.clone()));
            }
        }
    }
    Ok(found)
}

/// Every `{ "url": "…" }` of a block, with where it stands in it.
fn urls(block: &Block) -> Vec<(Vec<String>, String)> {
    let mut found = Vec::new();
    if let Ok(stored) = serde_json::to_value(block) {
        walk(&stored, &mut Vec::new(), &mut found);
    }
    found
}

fn walk(value: &Value, path: &mut Vec<String>, found: &mut Vec<(Vec<String>, String)>) {
    match value {
        Value::Array(items) => {
            for (place, item) in items.iter().enumerate() {
                path.push(place.to_string());
                walk(item, path, found);
                path.pop();
            }
        }
        Value::Object(fields) => {
            if let (1, Some(url)) = (fields.len(), fields.get("url").and_then(Value::as_str)) {
                found.push((path.clone(), url.to_owned()));
            }
            for (name, field) in fields {
                path.push(name.clone());
                walk(field, path, found);
                path.pop();
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// The end of a link that names an entry.
fn named(reference: Reference) -> Option<Value> {
    match reference {
        Reference::Page(id) => Some(json!({ "page": id })),
        Reference::Therapy(id) => Some(json!({ "therapy": id })),
        _ => None,
    }
}
