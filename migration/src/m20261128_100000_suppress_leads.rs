//! Who asked not to be contacted any more.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("lead_suppression")
            .col(blob("hash").primary_key())
            .col(text("kind"))
            .col(timestamp_with_time_zone("since"))
            .col(text("reason"))
            .col(uuid_null("actor_id"))
            .foreign_key(ForeignKey::create().from("lead_suppression", "actor_id").to("user", "id"))
            .to_owned();
        manager.create_table(table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("lead_suppression").to_owned()).await
    }
}
