//! Who wrote before: leads with the same telephone number or e-mail address, found by their blind indexes.

use entity::{id::LeadId, lead, lead_person};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};

use crate::{
    error::Result,
    identity::{Actor, Permission},
};

/// Leads that are shown beside one, at the most.
const MOST: u64 = 20;

/// Other leads of whoever has the same number or address, the last received first; at most 20. Nothing is opened for it.
pub async fn list(db: &impl ConnectionTrait, actor: Actor, id: LeadId) -> Result<Vec<lead::Model>> {
    actor.require(Permission::ListLeads)?;
    let Some(same) = same_as(db, id).await? else { return Ok(Vec::new()) };
    let others = lead_person::Entity::find()
        .select_only()
        .column(lead_person::Column::LeadId)
        .filter(same)
        .filter(lead_person::Column::LeadId.ne(id))
        .into_query();
    let found = lead::Entity::find().filter(lead::Column::Id.in_subquery(others));
    Ok(found.order_by_desc(lead::Column::ReceivedAt).order_by_desc(lead::Column::Id).limit(MOST).all(db).await?)
}

/// Whether two leads have a number or an address in common.
pub async fn are_same(db: &impl ConnectionTrait, one: LeadId, other: LeadId) -> Result<bool> {
    let Some(same) = same_as(db, one).await? else { return Ok(false) };
    let person = lead_person::Entity::find().filter(same).filter(lead_person::Column::LeadId.eq(other));
    Ok(person.one(db).await?.is_some())
}

/// Whether whoever has the number or the address of a closed lead wrote again after it was closed.
pub async fn wrote_since(db: &impl ConnectionTrait, lead: &lead::Model) -> Result<bool> {
    let (Some(closed), Some(same)) = (lead.closed_at, same_as(db, lead.id).await?) else { return Ok(false) };
    let same = lead_person::Entity::find().select_only().column(lead_person::Column::LeadId).filter(same).into_query();
    let later = lead::Entity::find()
        .filter(lead::Column::Id.in_subquery(same))
        .filter(lead::Column::ReceivedAt.gt(closed))
        .filter(lead::Column::SuspectedSpam.eq(false));
    Ok(later.one(db).await?.is_some())
}

/// What has the number or the address of a lead's persons; none where it has neither.
async fn same_as(db: &impl ConnectionTrait, id: LeadId) -> Result<Option<Condition>> {
    let people = lead_person::Entity::find().filter(lead_person::Column::LeadId.eq(id)).all(db).await?;
    let mut same = Condition::any();
    for person in people {
        if let Some(phone) = person.phone_index {
            same = same.add(lead_person::Column::PhoneIndex.eq(phone));
        }
        if let Some(email) = person.email_index {
            same = same.add(lead_person::Column::EmailIndex.eq(email));
        }
    }
    Ok((!same.is_empty()).then_some(same))
}
