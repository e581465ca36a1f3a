//! Drafts that the editor saves by itself, on the way to the next version.

use sea_orm_migration::{prelude::*, schema::*, sea_orm::ConnectionTrait};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in [text("kind").default("saved").take(), uuid_null("tab")] {
            manager.alter_table(Table::alter().table("revision").add_column(column).to_owned()).await?;
        }
        // Several autosaves lead to one version, so only versions are counted apart.
        manager.drop_index(Index::drop().name("revision_number").table("revision").to_owned()).await?;
        let db = manager.get_connection();
        db.execute_unprepared(
            "CREATE UNIQUE INDEX revision_version ON revision (entry_id, number) WHERE kind = 'saved'",
        )
        .await?;
        db.execute_unprepared("CREATE INDEX revision_line ON revision (entry_id, id)").await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for index in ["revision_line", "revision_version"] {
            manager.drop_index(Index::drop().name(index).table("revision").to_owned()).await?;
        }
        // Every autosave becomes a version, in the order in which they were written.
        let count = "SELECT COUNT(*) FROM revision AS earlier WHERE earlier.entry_id = revision.entry_id AND earlier.id <= revision.id";
        manager.get_connection().execute_unprepared(&format!("UPDATE revision SET number = ({count})")).await?;
        for column in ["tab", "kind"] {
            manager.alter_table(Table::alter().table("revision").drop_column(column).to_owned()).await?;
        }
        manager
            .create_index(
                Index::create()
                    .name("revision_number")
                    .table("revision")
                    .col("entry_id")
                    .col("number")
                    .unique()
                    .to_owned(),
            )
            .await
    }
}
