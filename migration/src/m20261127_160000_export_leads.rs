//! Files of leads that somebody asked for.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::create();
        table
            .table("lead_export")
            .col(pk_uuid("id"))
            .col(blob("token_hash").unique_key())
            .col(uuid("created_by"))
            .col(timestamp_with_time_zone("created_at"))
            .col(timestamp_with_time_zone("expires_at"))
            .col(timestamp_with_time_zone("begins"))
            .col(timestamp_with_time_zone("ends"))
            .col(text_null("status"))
            .col(text("reason"))
            .col(timestamp_with_time_zone_null("fetched_at"))
            .col(integer_null("leads"))
            .foreign_key(ForeignKey::create().from("lead_export", "created_by").to("user", "id"));
        manager.create_table(table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("lead_export").to_owned()).await
    }
}
