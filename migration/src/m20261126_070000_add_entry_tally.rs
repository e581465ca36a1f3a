//! How many findings the latest draft of a page or therapy has, so that lists can be narrowed to those with some.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // SQLite adds one column at a time.
        for column in [
            integer("blockers").default(0).to_owned(),
            integer("warnings").default(0).to_owned(),
            timestamp_with_time_zone_null("looked_at"),
        ] {
            manager.alter_table(Table::alter().table("entry").add_column(column).to_owned()).await?;
        }
        manager.create_index(Index::create().name("entry_looked_at").table("entry").col("looked_at").to_owned()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_index(Index::drop().name("entry_looked_at").table("entry").to_owned()).await?;
        for column in ["looked_at", "warnings", "blockers"] {
            manager.alter_table(Table::alter().table("entry").drop_column(column).to_owned()).await?;
        }
        Ok(())
    }
}
