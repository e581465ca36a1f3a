//! Two leads of one person, brought together.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in [uuid_null("merged_into_id"), timestamp_with_time_zone_null("merged_at")] {
            manager.alter_table(Table::alter().table("lead").add_column(column).to_owned()).await?;
        }
        let index = Index::create().name("lead_merged_into").table("lead").col("merged_into_id").to_owned();
        manager.create_index(index).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_index(Index::drop().name("lead_merged_into").table("lead").to_owned()).await?;
        for column in ["merged_into_id", "merged_at"] {
            manager.alter_table(Table::alter().table("lead").drop_column(column).to_owned()).await?;
        }
        Ok(())
    }
}
