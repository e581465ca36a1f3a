//! Documents that front ends registered, so that they can be asked for by their hash.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("document")
                    .col(text("digest").primary_key())
                    .col(text("text"))
                    .col(text("name"))
                    .col(timestamp_with_time_zone("registered_at"))
                    .col(date_null("last_used_on"))
                    .to_owned(),
            )
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("document").to_owned()).await
    }
}
