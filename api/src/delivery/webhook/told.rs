//! What a webhook is told: which things, addresses and tags a change touches.

use chrono::{DateTime, SecondsFormat, Utc};
use entity::{id::LeadId, webhook::Topic};
use serde::{Deserialize, Serialize};

use crate::{
    generation::Touched,
    tags::{EVERYTHING, hashed},
};

/// Tags of one message, at the most: caches elsewhere take no more at a time.
const MOST_TAGS: usize = 100;

/// A message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// `content.changed`, or `ping`.
    pub r#type: String,
    /// When (RFC 3339).
    pub timestamp: String,
    /// What.
    pub data: Data,
}

/// What changed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Data {
    /// Things, by their ids in the public schema.
    pub ids: Vec<String>,
    /// Addresses, old and new.
    pub paths: Vec<String>,
    /// As `Cache-Tag` names them.
    pub tags: Vec<String>,
}

/// A message about a lead: which, never whose, nor what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LeadTold {
    r#type: &'static str,
    timestamp: String,
    data: LeadData,
}

/// Which lead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LeadData {
    /// By its id in the staff schema.
    pub id: LeadId,
    /// What staff call it: `HS-7F3K2`.
    pub reference: String,
}

impl LeadTold {
    /// Something of a lead.
    pub fn new(topic: Topic, data: LeadData, now: DateTime<Utc>) -> Self {
        Self { r#type: topic.name(), timestamp: now.to_rfc3339_opts(SecondsFormat::Secs, true), data }
    }
}

impl Told {
    /// Something that touches nothing.
    pub fn ping(now: DateTime<Utc>) -> Self {
        Self::new("ping", Data::default(), now)
    }

    /// What `touched` tells, in as many messages as its tags need. A change of more than a thousand tags is told as one of
    /// everything.
    pub fn of(touched: &Touched, now: DateTime<Utc>) -> Vec<Self> {
        let Touched { ids, paths, kinds } = touched;
        let names = ids.iter().cloned();
        let names = names.chain(paths.iter().map(|path| format!("path:{path}")));
        let names = names.chain(kinds.iter().map(|kind| format!("type:{kind}")));
        let tags: Vec<String> = names.chain([EVERYTHING.to_owned()]).map(hashed).collect();
        if tags.len() > 10 * MOST_TAGS {
            let data = Data { tags: vec![hashed(EVERYTHING)], ..Data::default() };
            return vec![Self::new("content.changed", data, now)];
        }
        let mut messages: Vec<Self> = Vec::new();
        for tags in tags.chunks(MOST_TAGS) {
            // What changed is told once, its tags as they fit.
            let first = messages.is_empty();
            let once = |names: &Vec<String>| if first { names.clone() } else { Vec::new() };
            let data = Data { ids: once(ids), paths: once(paths), tags: tags.to_vec() };
            messages.push(Self::new("content.changed", data, now));
        }
        messages
    }

    fn new(r#type: &str, data: Data, now: DateTime<Utc>) -> Self {
        Self { r#type: r#type.to_owned(), timestamp: now.to_rfc3339_opts(SecondsFormat::Secs, true), data }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_names_things_addresses_and_tags() {
        let told = Told::of(&Touched::thing("page", "pag_1").at(["/a"]), DateTime::UNIX_EPOCH);
        let [told] = told.as_slice() else { panic!("one message: {told:?}") };
        assert_eq!((told.r#type.as_str(), told.timestamp.as_str()), ("content.changed", "1970-01-01T00:00:00Z"));
        assert_eq!(told.data.ids, ["pag_1"]);
        assert_eq!(told.data.paths, ["/a"]);
        assert_eq!(told.data.tags, ["pag_1", "path:/a", "type:page", EVERYTHING].map(hashed));
    }

    #[test]
    fn many_tags_are_told_in_parts_and_too_many_as_everything() {
        let touched = |number: usize| Touched::default().at((0..number).map(|number| format!("/{number}")));
        let parts = Told::of(&touched(250), DateTime::UNIX_EPOCH);
        assert_eq!(parts.iter().map(|part| part.data.tags.len()).collect::<Vec<_>>(), [100, 100, 51]);
        assert_eq!(parts.iter().map(|part| part.data.paths.len()).sum::<usize>(), 250);
        let all = Told::of(&touched(2_000), DateTime::UNIX_EPOCH);
        assert_eq!(all.len(), 1);
        assert_eq!(all.first().map(|it| it.data.tags.clone()), Some(vec![hashed(EVERYTHING)]));
    }
}
