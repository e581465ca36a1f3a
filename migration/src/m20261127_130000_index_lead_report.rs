//! Reports on leads: everything they count by, in one index, so that none of the wide rows is read for them.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const NAME: &str = "lead_report";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let index = Index::create()
            .name(NAME)
            .table("lead")
            .col("received_at")
            .col("suspected_spam")
            .col("status")
            .col("outcome")
            .col("page_id")
            .col("placement")
            .col("assignee_id")
            .col("first_attempt_at")
            .col("first_contact_at")
            .to_owned();
        manager.create_index(index).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_index(Index::drop().name(NAME).table("lead").to_owned()).await
    }
}
