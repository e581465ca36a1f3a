//! Warnings that somebody let stand.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("check_waiver")
                    .col(uuid("entry_id"))
                    .col(text("check_id"))
                    .col(text("reason"))
                    .col(uuid_null("waived_by"))
                    .col(timestamp_with_time_zone("waived_at"))
                    .primary_key(Index::create().col("entry_id").col("check_id"))
                    .foreign_key(ForeignKey::create().from("check_waiver", "entry_id").to("entry", "id"))
                    .foreign_key(ForeignKey::create().from("check_waiver", "waived_by").to("user", "id"))
                    .to_owned(),
            )
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("check_waiver").to_owned()).await
    }
}
