//! Reports on leads by campaign and by insurance: what else they count by, in the one index that they are answered from.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const NAME: &str = "lead_report";
const BEFORE: [&str; 9] = [
    "received_at",
    "suspected_spam",
    "status",
    "outcome",
    "page_id",
    "placement",
    "assignee_id",
    "first_attempt_at",
    "first_contact_at",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        replace(manager, &["utm_campaign", "utm_source", "id"]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        replace(manager, &[]).await
    }
}

async fn replace(manager: &SchemaManager<'_>, more: &[&'static str]) -> Result<(), DbErr> {
    manager.drop_index(Index::drop().name(NAME).table("lead").to_owned()).await?;
    let mut index = Index::create().name(NAME).table("lead").to_owned();
    for column in BEFORE.iter().chain(more) {
        index.col(*column);
    }
    manager.create_index(index).await
}
