//! What lists of public entries are sorted and narrowed by: the title the public reads, and of a therapy what it is for
//! and where in a course of treatment it stands.

use sea_orm_migration::{
    prelude::*,
    schema::*,
    sea_orm::{ConnectionTrait, DbBackend},
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.alter_table(Table::alter().table("entry").add_column(text_null("live_title")).to_owned()).await?;
        let title = match manager.get_database_backend() {
            DbBackend::Postgres => "content ->> 'title'",
            _ => "json_extract(content, '$.title')",
        };
        let titles = format!(
            "UPDATE entry SET live_title = (SELECT {title} FROM revision WHERE revision.id = entry.live_revision_id)
             WHERE live_revision_id IS NOT NULL"
        );
        manager.get_connection().execute_unprepared(&titles).await?;
        manager
            .create_table(
                Table::create()
                    .table("therapy_facet")
                    .col(uuid("therapy_id"))
                    .col(text("kind"))
                    .col(text("key"))
                    .col(text("name"))
                    .primary_key(Index::create().col("therapy_id").col("kind").col("key"))
                    .foreign_key(ForeignKey::create().from("therapy_facet", "therapy_id").to("therapy", "id"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create().name("therapy_facet_key").table("therapy_facet").col("kind").col("key").to_owned(),
            )
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("therapy_facet").to_owned()).await?;
        manager.alter_table(Table::alter().table("entry").drop_column("live_title").to_owned()).await
    }
}
