//! Who saw or changed what of a lead.
//!
//! Looking, and what is more than everyday work, has its line in the audit log, with the reason that was given. Everyday work, what left
//! in a file, and which leads were brought together stand in the timeline. Here both are one list, in which nothing stands twice.

use chrono::{DateTime, Utc};
use entity::{
    audit_event,
    id::{AuditEventId, LeadEventId, LeadId, UserId},
    lead,
    lead_event::{self, LeadEventKind},
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use crate::{
    error::{Error, Result},
    identity::{
        Actor, Permission,
        audit::{Stream, Verb},
    },
};

/// What the audit log tells of a lead, and what the timeline calls the same.
const AUDITED: [(Verb, LeadEventKind); 7] = [
    (Verb::LeadRevealed, LeadEventKind::Viewed),
    (Verb::LeadErased, LeadEventKind::Erased),
    (Verb::LeadHeld, LeadEventKind::Held),
    (Verb::LeadReleased, LeadEventKind::Released),
    (Verb::LeadReferred, LeadEventKind::Referred),
    (Verb::LeadContactSuppressed, LeadEventKind::Suppressed),
    (Verb::LeadSuppressionLifted, LeadEventKind::SuppressionLifted),
];

/// That somebody saw or changed something of a lead.
#[derive(Clone, Debug)]
pub struct Access {
    id: Uuid,
    /// When.
    pub at: DateTime<Utc>,
    /// Who; none where Hillside itself did.
    pub by: Option<UserId>,
    /// What they did.
    pub what: LeadEventKind,
    /// Names of what was shown or changed, where the audit log tells them; never what they say.
    pub fields: Vec<String>,
    /// Why, where somebody said.
    pub reason: Option<String>,
}

impl Access {
    /// Where it stands in its list.
    pub fn position(&self) -> Position {
        (self.at, self.id)
    }
}

/// When it was, and its id.
pub type Position = (DateTime<Utc>, Uuid);

/// Who saw or changed what of a lead, the last first, for who reads the audit log; and how often anybody did.
///
/// Fails with `NotFound` when there is no such lead.
pub async fn list(
    db: &impl ConnectionTrait,
    actor: Actor,
    id: LeadId,
    after: Option<Position>,
    limit: u64,
) -> Result<(Vec<Access>, u64)> {
    actor.require(Permission::ReadAudit)?;
    if lead::Entity::find_by_id(id).one(db).await?.is_none() {
        return Err(Error::not_found("lead"));
    }
    use audit_event::Column as Line;
    let lines = audit_event::Entity::find()
        .filter(Line::Object.eq(id.to_string()))
        .filter(Line::Stream.eq(Stream::Leads.name()))
        .filter(Line::Verb.is_in(AUDITED.map(|(verb, _)| verb.name())));
    use lead_event::Column as Event;
    let events = lead_event::Entity::find()
        .filter(Event::LeadId.eq(id))
        .filter(Event::ActorId.is_not_null())
        .filter(Event::Kind.is_not_in(AUDITED.map(|(_, kind)| kind)));
    let total = lines.clone().count(db).await? + events.clone().count(db).await?;

    let lines = match after {
        Some((at, last)) => {
            let same = Condition::all().add(Line::At.eq(at)).add(Line::Id.lt(AuditEventId(last)));
            lines.filter(Condition::any().add(Line::At.lt(at)).add(same))
        }
        None => lines,
    };
    let events = match after {
        Some((at, last)) => {
            let same = Condition::all().add(Event::At.eq(at)).add(Event::Id.lt(LeadEventId(last)));
            events.filter(Condition::any().add(Event::At.lt(at)).add(same))
        }
        None => events,
    };
    let lines = lines.order_by_desc(Line::At).order_by_desc(Line::Id).limit(limit).all(db).await?;
    let events = events.order_by_desc(Event::At).order_by_desc(Event::Id).limit(limit).all(db).await?;
    let lines = lines.into_iter().filter_map(of_line);
    let events = events.into_iter().map(|event| Access {
        id: event.id.0,
        at: event.at,
        by: event.actor_id,
        what: event.kind,
        fields: Vec::new(),
        reason: None,
    });
    let mut found: Vec<Access> = lines.chain(events).collect();
    found.sort_by_key(|access| std::cmp::Reverse(access.position()));
    found.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    Ok((found, total))
}

fn of_line(line: audit_event::Model) -> Option<Access> {
    let (_, what) = AUDITED.into_iter().find(|(verb, _)| verb.name() == line.verb)?;
    let fields = serde_json::from_value(line.fields).unwrap_or_default();
    Some(Access { id: line.id.0, at: line.at, by: line.actor_id, what, fields, reason: line.reason })
}
