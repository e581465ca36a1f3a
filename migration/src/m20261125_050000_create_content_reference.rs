//! Where content points at what, so that "used in" is one look-up.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("content_reference")
                    .col(uuid("entry_id"))
                    .col(text("lane"))
                    .col(text("path"))
                    .col(text("target_kind"))
                    .col(uuid("target_id"))
                    .col(text_null("block_key"))
                    .primary_key(Index::create().col("entry_id").col("lane").col("path"))
                    .foreign_key(
                        ForeignKey::create()
                            .from("content_reference", "entry_id")
                            .to("entry", "id")
                            .on_delete(ForeignKeyAction::Cascade),
                    )
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("content_reference_target")
                    .table("content_reference")
                    .col("target_id")
                    .col("entry_id")
                    .to_owned(),
            )
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("content_reference").to_owned()).await
    }
}
