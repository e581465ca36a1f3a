//! What a reader needs of facts that content points at, of all kinds in one statement.

use entity::{
    block::FaqItem,
    id::{ContactPointId, FaqItemId, LocationId, PersonId, RegionId, SharedBlockId, SourceId},
    person::named,
    reference::{Citation, LocationLink, PhoneLink, Place, Profile, Reference, SharedBlockTarget, Target, Targets},
};
use sea_orm::{ConnectionTrait, QueryResult, Statement, Value};
use uuid::Uuid;

use crate::error::Result;

/// A kind of fact: which references name one, and what is read of its row.
struct Kind {
    table: &'static str,
    /// Read as texts; what is null is empty.
    columns: &'static [&'static str],
    id: fn(&Reference) -> Option<Uuid>,
    /// Takes the texts in the order of `columns`. None for what cannot be read.
    target: fn(Uuid, &mut Texts) -> Option<(Reference, Target)>,
}

/// The texts of a row, one after the other.
struct Texts(std::vec::IntoIter<String>);

impl Texts {
    fn text(&mut self) -> String {
        self.0.next().unwrap_or_default()
    }

    fn json<T: serde::de::DeserializeOwned>(&mut self) -> Option<T> {
        serde_json::from_str(&self.text()).ok()
    }
}

const KINDS: &[Kind] = &[
    Kind {
        table: "contact_point",
        columns: &["label", "number", "display"],
        id: |reference| match reference {
            Reference::ContactPoint(id) => Some(id.0),
            _ => None,
        },
        target: |id, row| {
            let id = ContactPointId(id);
            let reference = id.to_string().into();
            let phone = PhoneLink { reference, label: row.text(), number: row.text(), display: row.text() };
            Some((Reference::ContactPoint(id), Target::Phone(phone)))
        },
    },
    Kind {
        table: "location",
        columns: &[
            "name",
            "map_url",
            "lines",
            "city",
            "(SELECT code FROM region WHERE region.id = location.region_id)",
            "postal_code",
            "hours",
            "time_zone",
            "special_days",
            "(SELECT number FROM contact_point WHERE contact_point.id = location.contact_point_id)",
            "(SELECT display FROM contact_point WHERE contact_point.id = location.contact_point_id)",
        ],
        id: |reference| match reference {
            Reference::Location(id) => Some(id.0),
            _ => None,
        },
        target: |id, row| {
            let id = LocationId(id);
            let (name, map_url) = (row.text(), row.text());
            let address = address_line(row.json().unwrap_or_default(), &row.text(), &row.text(), &row.text());
            let place = Place {
                link: LocationLink { reference: id.to_string().into(), address, name, map_url },
                hours: row.json().unwrap_or_default(),
                time_zone: row.text(),
                special_days: row.json().unwrap_or_default(),
                phone: Some((row.text(), row.text())).filter(|(number, _)| !number.is_empty()),
            };
            Some((Reference::Location(id), Target::Location(Box::new(place))))
        },
    },
    Kind {
        table: "region",
        columns: &["name"],
        id: |reference| match reference {
            Reference::Region(id) => Some(id.0),
            _ => None,
        },
        target: |id, row| Some((Reference::Region(RegionId(id)), Target::Region(row.text()))),
    },
    Kind {
        table: "person",
        columns: &["name", "credentials", "role", "bio"],
        id: |reference| match reference {
            Reference::Person(id) => Some(id.0),
            _ => None,
        },
        target: |id, row| {
            let name = named(&row.text(), &row.text());
            let profile = Profile { name, role: row.text(), bio: row.text() };
            Some((Reference::Person(PersonId(id)), Target::Person(profile)))
        },
    },
    Kind {
        table: "source",
        columns: &["title", "publisher", "year", "url"],
        id: |reference| match reference {
            Reference::Source(id) => Some(id.0),
            _ => None,
        },
        target: |id, row| {
            let (title, publisher, year) = (row.text(), row.text(), row.text().parse().ok());
            let url = Some(row.text()).filter(|url| !url.is_empty());
            Some((Reference::Source(SourceId(id)), Target::Source(Citation { title, publisher, year, url })))
        },
    },
    Kind {
        table: "faq_item",
        columns: &["question", "answer"],
        id: |reference| match reference {
            Reference::FaqItem(id) => Some(id.0),
            _ => None,
        },
        target: |id, row| {
            let id = FaqItemId(id);
            let item = FaqItem { key: id.to_string(), question: row.text(), answer: row.json()? };
            Some((Reference::FaqItem(id), Target::Question(Box::new(item))))
        },
    },
    Kind {
        table: "shared_block",
        columns: &["name", "block"],
        id: |reference| match reference {
            Reference::SharedBlock(id) => Some(id.0),
            _ => None,
        },
        target: |id, row| {
            let shared = SharedBlockTarget { name: row.text(), block: row.json()? };
            Some((Reference::SharedBlock(SharedBlockId(id)), Target::Block(Box::new(shared))))
        },
    },
];

/// What a reader needs of the facts among `wanted`, in one statement; entries are left to publishing.
pub async fn find_references(db: &impl ConnectionTrait, wanted: &[Reference]) -> Result<Targets> {
    let most = KINDS.iter().map(|kind| kind.columns.len()).max().unwrap_or(0);
    let mut values: Vec<Value> = Vec::new();
    let mut selects = Vec::new();
    for Kind { table, columns, id, .. } in KINDS {
        let mut places = Vec::new();
        for id in wanted.iter().filter_map(id) {
            values.push(id.into());
            places.push(format!("${}", values.len()));
        }
        if places.is_empty() {
            continue;
        }
        // Every kind answers as many texts as the one with the most.
        let texts: String = (0..most)
            .map(|place| match columns.get(place) {
                Some(column) => format!(", COALESCE(CAST({column} AS TEXT), '') AS c{place}"),
                None => format!(", '' AS c{place}"),
            })
            .collect();
        let ids = places.join(", ");
        selects.push(format!("SELECT '{table}' AS kind, id{texts} FROM {table} WHERE id IN ({ids})"));
    }
    if selects.is_empty() {
        return Ok(Targets::default());
    }
    let statement = Statement::from_sql_and_values(db.get_database_backend(), selects.join(" UNION ALL "), values);
    let mut found = Vec::new();
    for row in db.query_all_raw(statement).await? {
        found.extend(read(&row, most)?);
    }
    Ok(found.into_iter().collect())
}

fn read(row: &QueryResult, most: usize) -> Result<Option<(Reference, Target)>> {
    let (table, id): (String, Uuid) = (row.try_get("", "kind")?, row.try_get("", "id")?);
    let texts: Vec<String> = (0..most).map(|place| row.try_get("", &format!("c{place}"))).collect::<Result<_, _>>()?;
    let kind = KINDS.iter().find(|kind| kind.table == table);
    Ok(kind.and_then(|kind| (kind.target)(id, &mut Texts(texts.into_iter()))))
}

/// An address on one line, as it stands on an envelope.
fn address_line(lines: Vec<String>, city: &str, state: &str, postal_code: &str) -> String {
    let town = [city, state].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
    let last = [town.as_str(), postal_code].join(" ").trim().to_owned();
    lines.into_iter().chain([last]).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}
