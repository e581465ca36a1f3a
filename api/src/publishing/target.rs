//! Looking up whatever content points at, in one go.

use std::collections::HashSet;

use entity::{
    entry,
    id::{EntryId, PageId, TherapyId},
    reference::{EntryLink, Reference, Target, Targets},
    revision,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use crate::{error::Result, library, media};

/// Who will read what is looked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Only what is public, as it is public.
    Public,
    /// Drafts as well, for a preview among staff.
    Staff,
}

/// What `audience` may see of the things in `wanted`, and of what these show in their own place.
pub async fn find_targets(db: &impl ConnectionTrait, wanted: &[Reference], audience: Audience) -> Result<Targets> {
    let mut known = Targets::default();
    let mut asked = HashSet::new();
    let mut wanted = wanted.to_vec();
    // An answer or a block of the library points at things of its own.
    while !wanted.is_empty() {
        asked.extend(wanted.iter().copied());
        let found = look_up(db, &wanted, audience).await?;
        wanted = found.beyond(&asked);
        known.extend(found);
    }
    Ok(known)
}

async fn look_up(db: &impl ConnectionTrait, wanted: &[Reference], audience: Audience) -> Result<Targets> {
    let mut targets = library::find_references(db, wanted).await?;
    targets.extend(media::find_pictures(db, wanted).await?);
    let entries: Vec<EntryId> = wanted.iter().filter_map(|reference| reference.entry()).collect();
    if entries.is_empty() {
        return Ok(targets);
    }
    let rows =
        entry::Entity::find().filter(entry::Column::Id.is_in(entries)).filter(entry::Column::TrashedAt.is_null());
    let found = match audience {
        Audience::Public => rows.find_also_linked(entry::LiveRevision).all(db).await?,
        Audience::Staff => rows.find_also_linked(entry::LatestRevision).all(db).await?,
    };
    targets.extend(found.into_iter().filter_map(|(entry, revision)| Some(link(entry, revision?))));
    Ok(targets)
}

fn link(entry: entry::Model, revision: revision::Model) -> (Reference, Target) {
    let text =
        |field: &str| revision.content.get(field).and_then(serde_json::Value::as_str).unwrap_or_default().to_owned();
    let reference = reference_of(&entry);
    let link = EntryLink {
        reference: reference.to_string().into(),
        title: text("title"),
        path: entry.path,
        summary: text("summary"),
    };
    (reference, Target::Entry(link))
}

/// What content names an entry by.
pub fn reference_of(entry: &entry::Model) -> Reference {
    match entry.kind {
        entry::EntryKind::Page => Reference::Page(PageId(entry.id.0)),
        entry::EntryKind::Therapy => Reference::Therapy(TherapyId(entry.id.0)),
    }
}
