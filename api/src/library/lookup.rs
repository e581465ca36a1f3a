//! What a reader needs of facts that content points at, of all kinds in one statement.

use entity::{
    id::{ContactPointId, LocationId, PersonId, RegionId, SourceId},
    person::named,
    reference::{Citation, LocationLink, PhoneLink, Reference, Target, Targets},
};
use sea_orm::{ConnectionTrait, FromQueryResult, Statement, Value};
use uuid::Uuid;

use crate::error::Result;

/// A kind of fact: which references name one, and its columns as every kind answers them.
struct Kind {
    tag: &'static str,
    table: &'static str,
    /// The texts `a` to `f` and the number `n`; what a kind has not is empty.
    columns: &'static str,
    id: fn(&Reference) -> Option<Uuid>,
    target: fn(Row) -> (Reference, Target),
}

const KINDS: &[Kind] = &[
    Kind {
        tag: "contact_point",
        table: "contact_point",
        columns: "label AS a, number AS b, display AS c, '' AS d, '' AS e, '' AS f, CAST(NULL AS INTEGER) AS n",
        id: |reference| match reference {
            Reference::ContactPoint(id) => Some(id.0),
            _ => None,
        },
        target: |row| {
            let id = ContactPointId(row.id);
            let phone = PhoneLink { reference: id.to_string().into(), label: row.a, number: row.b, display: row.c };
            (Reference::ContactPoint(id), Target::Phone(phone))
        },
    },
    Kind {
        tag: "location",
        table: "location",
        columns: "name AS a, map_url AS b, CAST(lines AS TEXT) AS c, city AS d, postal_code AS e, \
                  (SELECT code FROM region WHERE region.id = location.region_id) AS f, CAST(NULL AS INTEGER) AS n",
        id: |reference| match reference {
            Reference::Location(id) => Some(id.0),
            _ => None,
        },
        target: |row| {
            let id = LocationId(row.id);
            let address = address_line(&row.c, &row.d, &row.f, &row.e);
            let link = LocationLink { reference: id.to_string().into(), address, name: row.a, map_url: row.b };
            (Reference::Location(id), Target::Location(link))
        },
    },
    Kind {
        tag: "region",
        table: "region",
        columns: "name AS a, '' AS b, '' AS c, '' AS d, '' AS e, '' AS f, CAST(NULL AS INTEGER) AS n",
        id: |reference| match reference {
            Reference::Region(id) => Some(id.0),
            _ => None,
        },
        target: |row| (Reference::Region(RegionId(row.id)), Target::Region(row.a)),
    },
    Kind {
        tag: "person",
        table: "person",
        columns: "name AS a, credentials AS b, '' AS c, '' AS d, '' AS e, '' AS f, CAST(NULL AS INTEGER) AS n",
        id: |reference| match reference {
            Reference::Person(id) => Some(id.0),
            _ => None,
        },
        target: |row| (Reference::Person(PersonId(row.id)), Target::Person(named(&row.a, &row.b))),
    },
    Kind {
        tag: "source",
        table: "source",
        columns: "title AS a, publisher AS b, COALESCE(url, '') AS c, '' AS d, '' AS e, '' AS f, year AS n",
        id: |reference| match reference {
            Reference::Source(id) => Some(id.0),
            _ => None,
        },
        target: |row| {
            let url = Some(row.c).filter(|url| !url.is_empty());
            let citation = Citation { title: row.a, publisher: row.b, year: row.n, url };
            (Reference::Source(SourceId(row.id)), Target::Source(citation))
        },
    },
];

/// A fact as the statement answers it.
#[derive(FromQueryResult)]
struct Row {
    tag: String,
    id: Uuid,
    a: String,
    b: String,
    c: String,
    d: String,
    e: String,
    f: String,
    n: Option<i32>,
}

/// What a reader needs of the facts among `wanted`, in one statement; entries are left to publishing.
pub async fn find_references(db: &impl ConnectionTrait, wanted: &[Reference]) -> Result<Targets> {
    let mut values: Vec<Value> = Vec::new();
    let mut selects = Vec::new();
    for Kind { tag, table, columns, id, .. } in KINDS {
        let mut places = Vec::new();
        for id in wanted.iter().filter_map(id) {
            values.push(id.into());
            places.push(format!("${}", values.len()));
        }
        if !places.is_empty() {
            selects
                .push(format!("SELECT '{tag}' AS tag, id, {columns} FROM {table} WHERE id IN ({})", places.join(", ")));
        }
    }
    if selects.is_empty() {
        return Ok(Targets::default());
    }
    let sql = selects.join(" UNION ALL ");
    let rows = Row::find_by_statement(Statement::from_sql_and_values(db.get_database_backend(), sql, values));
    let target = |row: Row| KINDS.iter().find(|kind| kind.tag == row.tag).map(|kind| (kind.target)(row));
    Ok(rows.all(db).await?.into_iter().filter_map(target).collect())
}

/// An address on one line, as it stands on an envelope; `lines` is the stored list of street lines.
fn address_line(lines: &str, city: &str, state: &str, postal_code: &str) -> String {
    let lines = serde_json::from_str::<Vec<String>>(lines).unwrap_or_default();
    let town = [city, state].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
    let last = [town.as_str(), postal_code].join(" ").trim().to_owned();
    lines.into_iter().chain([last]).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}
