//! Leads taken out of Hillside in a file, for an office that must work with them elsewhere.
//!
//! Whoever may says which and why, and is given an address that works once, for two minutes, for them alone. Before its first
//! byte leaves, a line in the audit log says who took what and why; before a row leaves, its lead's timeline says so. The file
//! says of itself whose it is and that it must not be passed on, and each of its rows carries its name. It holds how to reach
//! people without doing harm and how far they got, for whoever took their consent back or asked not to be contacted no way to reach them: not what they wrote, who insures them, notes, or anything of the erased.

mod table;

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use data_encoding::BASE64URL_NOPAD;
use entity::{
    date::Date,
    id::{LeadExportId, LeadId},
    lead::{self, LeadStatus},
    lead_event::LeadEventKind,
    lead_export,
    lead_person::{self, LeadPersonRole},
    problem::{ProblemCode, Problems, Stage},
    user,
};
use rand::Rng;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect, Select,
};
use serde_json::json;
use sha2::{Digest, Sha256};

use self::table::{COLUMNS, line, row};
use super::{
    Desk,
    consent::{self, ConsentKind},
    lead::read_reason,
    report::days::{Days, zone_of},
    status, suppression,
    timeline::append_all,
};
use crate::{
    db::{Db, padded},
    error::{Error, Result, refuse_if_any},
    identity::{Actor, Audit, Permission, audit},
    library,
};

/// Leads of one file, at the most.
const MOST: u64 = 50_000;
/// How long a file can be fetched.
const FETCHED_WITHIN: TimeDelta = TimeDelta::minutes(2);
/// Leads that are written down and then leave, at a time.
const BATCH: usize = 128;
const QUESTION: &str = "Say in a few words what you need them for.";
/// What a program that reads a table takes UTF-8 by.
const UTF_8: &str = "\u{feff}";

/// Which leads somebody asks for, and why.
#[derive(Clone, Debug)]
pub struct Wanted<'a> {
    /// Received on this day or later.
    pub from: Date,
    /// Received on this day or before.
    pub to: Date,
    /// Those of this status alone.
    pub status: Option<LeadStatus>,
    /// Why, in words that name nobody.
    pub reason: &'a str,
}

/// A file that can be fetched.
#[derive(Clone, Debug)]
pub struct Asked {
    /// What its address ends with.
    pub token: String,
    /// How many leads it would hold now.
    pub leads: i32,
    /// Until when it can be fetched.
    pub expires_at: DateTime<Utc>,
}

/// Has a file ready for the actor to fetch. Nothing is opened or written down before they do.
///
/// Fails with problems at `from`, `to` and `reason`: also where no lead was received on these days, or more than fit into a file.
pub async fn ask(
    db: &impl ConnectionTrait,
    actor: Actor,
    Wanted { from, to, status, reason }: Wanted<'_>,
    now: DateTime<Utc>,
) -> Result<Asked> {
    actor.require(Permission::ExportLeads)?;
    let mut problems = Problems::new(Stage::Publish);
    let reason = read_reason(reason, QUESTION, &mut problems);
    refuse_if_any(problems)?;
    let days = Days::between(zone_of(&library::list_locations(db).await?), from, to)?;

    let leads = chosen(days.begins, days.ends, status).count(db).await?;
    if leads == 0 {
        let message = "No such lead was received on these days. Choose other days, or another status.";
        return Err(Error::problem(ProblemCode::Invalid, ["from"], message));
    }
    refuse_if_too_many(leads)?;

    let mut token = [0; 32];
    rand::rng().fill_bytes(&mut token);
    let token = BASE64URL_NOPAD.encode(&token);
    let expires_at = now + FETCHED_WITHIN;
    let export = lead_export::ActiveModel {
        id: Set(LeadExportId::new()),
        token_hash: Set(hash_of(&token)),
        created_by: Set(actor.user()?),
        created_at: Set(now),
        expires_at: Set(expires_at),
        begins: Set(days.begins),
        ends: Set(days.ends),
        status: Set(status),
        reason: Set(reason),
        fetched_at: Set(None),
        leads: Set(None),
    };
    export.insert(db).await?;
    Ok(Asked { token, leads: i32::try_from(leads).unwrap_or(i32::MAX), expires_at })
}

/// A file that is being written, from its beginning. Holds the ids of its leads and nothing else of them.
#[derive(Debug)]
pub struct Export {
    id: LeadExportId,
    actor: Actor,
    zone: Tz,
    /// What leaves before any lead.
    head: Option<String>,
    waiting: std::vec::IntoIter<LeadId>,
    written: usize,
    is_over: bool,
    /// What the file is called.
    pub file_name: String,
}

/// Begins a file that the actor asked for. It is theirs once: the line in the audit log is part of the caller's transaction, to be
/// committed before anything of the file leaves.
///
/// Fails with `NOT_FOUND` when they did not ask for it, it was fetched, or it is too late.
pub async fn begin(
    db: &impl ConnectionTrait,
    actor: Actor,
    audit: &Audit,
    token: &str,
    now: DateTime<Utc>,
) -> Result<Export> {
    actor.require(Permission::ExportLeads)?;
    let asked = lead_export::Entity::find().filter(lead_export::Column::TokenHash.eq(hash_of(token)));
    let asked = asked.lock_exclusive().one(db).await?;
    let is_good = |asked: &lead_export::Model| {
        Some(asked.created_by) == actor.user_id() && asked.fetched_at.is_none() && now < asked.expires_at
    };
    let asked = asked.filter(is_good).ok_or_else(|| Error::not_found("export"))?;
    let by = user::Entity::find_by_id(asked.created_by).one(db).await?.ok_or(Error::Unauthenticated)?;

    let leads: Vec<LeadId> = chosen(asked.begins, asked.ends, asked.status)
        .select_only()
        .column(lead::Column::Id)
        .order_by_desc(lead::Column::ReceivedAt)
        .order_by_desc(lead::Column::Id)
        .limit(MOST + 1)
        .into_tuple()
        .all(db)
        .await?;
    refuse_if_too_many(leads.len() as u64)?;
    let zone = zone_of(&library::list_locations(db).await?);
    let (first, last) = days_of(&asked, zone);
    let export = Export {
        id: asked.id,
        actor,
        zone,
        head: Some(head(&asked, &by, leads.len(), zone, now)),
        file_name: format!("leads-{first}-to-{last}.csv"),
        written: 0,
        is_over: false,
        waiting: leads.into_iter(),
    };

    let event = audit::Event {
        fields: COLUMNS.map(ToOwned::to_owned).into(),
        reason: Some(asked.reason.clone()),
        ..audit::Event::done(audit::Stream::Leads, audit::Verb::LeadsExported, asked.id.to_string())
    };
    audit.record(db, actor, event, now).await?;
    let mut row = asked.into_active_model();
    row.fetched_at = Set(Some(now));
    row.leads = Set(i32::try_from(export.waiting.len()).ok());
    row.update(db).await?;
    Ok(export)
}

impl Export {
    /// What leaves next; nothing once all has. A lead's timeline says that it leaves before it does. Colleagues are not told of
    /// each: a file of thousands would have every open list read again thousands of times.
    pub async fn next(&mut self, db: &Db, desk: &Desk, now: DateTime<Utc>) -> Result<Option<String>> {
        if let Some(head) = self.head.take() {
            return Ok(Some(head));
        }
        let batch: Vec<LeadId> = self.waiting.by_ref().take(BATCH).collect();
        if batch.is_empty() {
            let end = format!("{} leads", self.written);
            return Ok((!std::mem::replace(&mut self.is_over, true)).then(|| line(["End of the export", &end])));
        }
        let leads = self.write_down(db, &batch, now).await?;
        let people = lead_person::Entity::find()
            .filter(lead_person::Column::LeadId.is_in(padded(batch.clone())))
            .filter(lead_person::Column::Role.eq(LeadPersonRole::Inquirer))
            .all(db.reader())
            .await?;
        let people: HashMap<LeadId, lead_person::Model> = people.into_iter().map(|row| (row.lead_id, row)).collect();
        let agreed = consent::holding(db.reader(), batch.clone(), ConsentKind::Contact).await?;
        let asked = suppression::find_all(db.reader(), &batch).await?;
        let may = |lead: &lead::Model| {
            let stopped = asked.get(&lead.id).is_some_and(|asked| suppression::holds_for(asked, lead));
            agreed.contains(&lead.id) && !stopped
        };
        let rows = batch.iter().filter_map(|id| leads.get(id)).map(|lead| {
            let reached = people.get(&lead.id).map(|person| desk.reach(lead, person));
            row(lead, reached.as_ref(), may(lead), self.zone, self.id)
        });
        let rows: String = rows.collect();
        self.written = self.written.saturating_add(leads.len());
        Ok(Some(rows))
    }

    /// Says in the timelines of these leads that they leave; answers those that were not erased meanwhile.
    async fn write_down(&self, db: &Db, ids: &[LeadId], now: DateTime<Utc>) -> Result<HashMap<LeadId, lead::Model>> {
        let tx = db.begin().await?;
        let leads = lead::Entity::find()
            .filter(lead::Column::Id.is_in(padded(ids.to_vec())))
            .filter(lead::Column::ErasedAt.is_null())
            .order_by_asc(lead::Column::Id)
            .lock_exclusive()
            .all(&tx)
            .await?;
        let meta = json!({ "export": self.id });
        let leave = leads.iter().map(|lead| (lead.id, LeadEventKind::Exported, meta.clone()));
        append_all(&tx, self.actor, leave.collect(), now).await?;
        tx.commit().await?;
        Ok(leads.into_iter().map(|lead| (lead.id, lead)).collect())
    }
}

fn chosen(begins: DateTime<Utc>, ends: DateTime<Utc>, status: Option<LeadStatus>) -> Select<lead::Entity> {
    let rows = lead::Entity::find()
        .filter(lead::Column::ReceivedAt.gte(begins))
        .filter(lead::Column::ReceivedAt.lt(ends))
        .filter(lead::Column::ErasedAt.is_null());
    match status {
        Some(status) => rows.filter(lead::Column::Status.eq(status)),
        None => rows,
    }
}

fn refuse_if_too_many(leads: u64) -> Result<()> {
    if leads <= MOST {
        return Ok(());
    }
    let message = format!("These are more than {MOST} leads, as many as a file holds. Choose fewer days, or a status.");
    Err(Error::problem(ProblemCode::TooLarge, ["to"], message))
}

/// The first and the last day of a file.
fn days_of(asked: &lead_export::Model, zone: Tz) -> (String, String) {
    let day = |at: DateTime<Utc>| at.with_timezone(&zone).date_naive().to_string();
    (day(asked.begins), day(asked.ends - TimeDelta::seconds(1)))
}

/// What a file says of itself.
fn head(asked: &lead_export::Model, by: &user::Model, leads: usize, zone: Tz, now: DateTime<Utc>) -> String {
    let (first, last) = days_of(asked, zone);
    let marks = [
        ("Confidential", "People who asked for addiction treatment. For whoever exported this, and for the reason below.".to_owned()),
        (
            "Do not pass on",
            "Federal law (42 CFR Part 2, see § 2.32) protects what may show that somebody sought or had such treatment: without the \
             person's written consent, or where that law allows it, it may not be disclosed further or used against them. Delete \
             this file once it is used."
                .to_owned(),
        ),
        ("Exported by", format!("{} <{}>", by.name, by.email)),
        ("Exported at", now.with_timezone(&zone).format("%Y-%m-%d %H:%M:%S %Z").to_string()),
        ("Reason", asked.reason.clone()),
        ("Received", format!("{first} to {last}; times are those of {zone}")),
        ("Status", asked.status.map_or("any", status::word).to_owned()),
        ("Leads", leads.to_string()),
        ("Export", asked.id.to_string()),
    ];
    let marks = marks.iter().map(|(name, said)| line([*name, said]));
    std::iter::once(UTF_8.to_owned()).chain(marks).chain(["\r\n".to_owned(), line(COLUMNS)]).collect()
}

fn hash_of(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}
