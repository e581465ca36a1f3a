//! When and where somebody comes, once a day is agreed.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in [timestamp_with_time_zone_null("arrives_at"), uuid_null("location_id")] {
            manager.alter_table(Table::alter().table("lead").add_column(column).to_owned()).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in ["arrives_at", "location_id"] {
            manager.alter_table(Table::alter().table("lead").drop_column(column).to_owned()).await?;
        }
        Ok(())
    }
}
