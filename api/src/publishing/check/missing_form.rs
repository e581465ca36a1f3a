//! A page that places a form names one that there is.

use std::collections::HashSet;

use entity::{
    block::{Block, LeadForm},
    lead_form,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};

use super::{Draft, Finding, Rule};
use crate::error::Result;

pub(super) const RULE: Rule = Rule { code: "missingForm", look };

fn look(draft: &Draft<'_>) -> Vec<Finding> {
    let forms = placed(draft.blocks).filter(|(_, _, form)| !draft.around.forms.contains(&form.form));
    let finding = |(place, block, form): (usize, &Block, &LeadForm)| {
        let message = "There is no such form any more. Choose one of those there are.".to_owned();
        let path = ["blocks".to_owned(), place.to_string(), "leadForm".to_owned(), "form".to_owned()];
        Finding { path: path.into(), subject: form.form.clone(), ..Finding::block(place, block, message) }.that_blocks()
    };
    forms.map(finding).collect()
}

/// Which of the forms that a draft places there are. A draft that places none costs no look-up.
pub(super) async fn known(db: &impl ConnectionTrait, blocks: &[Block]) -> Result<HashSet<String>> {
    let keys: HashSet<&str> = placed(blocks).map(|(_, _, form)| form.form.as_str()).collect();
    if keys.is_empty() {
        return Ok(HashSet::new());
    }
    let found = lead_form::Entity::find().select_only().column(lead_form::Column::Key);
    let found: Vec<String> = found.filter(lead_form::Column::Key.is_in(keys)).into_tuple().all(db).await?;
    Ok(found.into_iter().collect())
}

fn placed(blocks: &[Block]) -> impl Iterator<Item = (usize, &Block, &LeadForm)> {
    blocks.iter().enumerate().filter_map(|(place, block)| match block {
        Block::LeadForm(form) => Some((place, block, form)),
        _ => None,
    })
}
