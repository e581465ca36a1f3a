//! When somebody who was admitted was handed over to those who treat them.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let column = timestamp_with_time_zone_null("handed_over_at");
        manager.alter_table(Table::alter().table("lead").add_column(column).to_owned()).await?;
        // Whoever was admitted before is erased when they were told they would be.
        let known = "UPDATE lead SET handed_over_at = updated_at WHERE status = 'admitted'";
        manager.get_connection().execute_unprepared(known).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.alter_table(Table::alter().table("lead").drop_column("handed_over_at").to_owned()).await
    }
}
