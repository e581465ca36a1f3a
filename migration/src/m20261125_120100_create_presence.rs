//! Who has a page or therapy open.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("presence")
                    .col(pk_uuid("tab"))
                    .col(uuid("entry_id"))
                    .col(uuid("user_id"))
                    .col(text_null("block"))
                    .col(timestamp_with_time_zone("seen_at"))
                    .foreign_key(
                        ForeignKey::create()
                            .from("presence", "entry_id")
                            .to("entry", "id")
                            .on_delete(ForeignKeyAction::Cascade),
                    )
                    .foreign_key(ForeignKey::create().from("presence", "user_id").to("user", "id"))
                    .to_owned(),
            )
            .await?;
        manager.create_index(Index::create().name("presence_entry").table("presence").col("entry_id").to_owned()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("presence").to_owned()).await
    }
}
