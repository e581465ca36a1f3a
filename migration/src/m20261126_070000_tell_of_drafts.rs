//! What lists tell of the latest draft of a page or therapy: whether it says what is public, and how many findings it has.

use sea_orm_migration::{prelude::*, schema::*, sea_orm::ConnectionTrait};

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
            boolean("says_live").default(false).to_owned(),
        ] {
            manager.alter_table(Table::alter().table("entry").add_column(column).to_owned()).await?;
        }
        let same = "UPDATE entry SET says_live = TRUE WHERE live_revision_id = latest_revision_id";
        manager.get_connection().execute_unprepared(same).await?;
        manager.create_index(Index::create().name("entry_looked_at").table("entry").col("looked_at").to_owned()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_index(Index::drop().name("entry_looked_at").table("entry").to_owned()).await?;
        for column in ["says_live", "looked_at", "warnings", "blockers"] {
            manager.alter_table(Table::alter().table("entry").drop_column(column).to_owned()).await?;
        }
        Ok(())
    }
}
