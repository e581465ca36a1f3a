//! What is to be published or taken back at a time.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("schedule")
                    .col(pk_uuid("id"))
                    .col(uuid("entry_id"))
                    .col(text("action"))
                    .col(uuid_null("revision_id"))
                    .col(timestamp_with_time_zone("run_at"))
                    .col(text("time_zone"))
                    .col(uuid("created_by"))
                    .col(timestamp_with_time_zone("created_at"))
                    .col(text("state"))
                    .col(text_null("error"))
                    .col(timestamp_with_time_zone_null("done_at"))
                    .foreign_key(
                        ForeignKey::create()
                            .from("schedule", "entry_id")
                            .to("entry", "id")
                            .on_delete(ForeignKeyAction::Cascade),
                    )
                    .foreign_key(ForeignKey::create().from("schedule", "created_by").to("user", "id"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create().name("schedule_due").table("schedule").col("state").col("run_at").col("id").to_owned(),
            )
            .await?;
        manager.create_index(Index::create().name("schedule_entry").table("schedule").col("entry_id").to_owned()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("schedule").to_owned()).await
    }
}
