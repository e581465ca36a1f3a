//! What is to be done for leads, and who takes them in turn.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let task = Table::create()
            .table("lead_task")
            .col(pk_uuid("id"))
            .col(uuid("lead_id"))
            .col(integer("version"))
            .col(text("kind"))
            .col(blob_null("note"))
            .col(timestamp_with_time_zone("due_at"))
            .col(uuid_null("assignee_id"))
            .col(timestamp_with_time_zone_null("done_at"))
            .col(uuid_null("done_by_id"))
            .foreign_key(ForeignKey::create().from("lead_task", "lead_id").to("lead", "id"))
            .foreign_key(ForeignKey::create().from("lead_task", "assignee_id").to("user", "id"))
            .foreign_key(ForeignKey::create().from("lead_task", "done_by_id").to("user", "id"))
            .to_owned();
        manager.create_table(task).await?;
        let of_lead = Index::create().name("lead_task_lead").table("lead_task").col("lead_id").to_owned();
        manager.create_index(of_lead).await?;
        let whose =
            Index::create().name("lead_task_assignee").table("lead_task").col("assignee_id").col("due_at").to_owned();
        manager.create_index(whose).await?;
        let shift = Table::create()
            .table("shift")
            .col(uuid("user_id").primary_key())
            .col(timestamp_with_time_zone("on_since"))
            .col(timestamp_with_time_zone("until"))
            .col(timestamp_with_time_zone_null("given_at"))
            .foreign_key(
                ForeignKey::create()
                    .name("shift_user")
                    .from("shift", "user_id")
                    .to("user", "id")
                    .on_delete(ForeignKeyAction::Cascade),
            )
            .to_owned();
        manager.create_table(shift).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("shift").to_owned()).await?;
        manager.drop_table(Table::drop().table("lead_task").to_owned()).await
    }
}
