//! Which revision was public, from when to when.

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
        manager
            .create_table(
                Table::create()
                    .table("publication")
                    .col(pk_uuid("id"))
                    .col(uuid("entry_id"))
                    .col(uuid("revision_id"))
                    .col(timestamp_with_time_zone("published_at"))
                    .col(uuid_null("published_by"))
                    .col(timestamp_with_time_zone_null("ended_at"))
                    .foreign_key(ForeignKey::create().from("publication", "entry_id").to("entry", "id"))
                    .foreign_key(ForeignKey::create().from("publication", "revision_id").to("revision", "id"))
                    .foreign_key(ForeignKey::create().from("publication", "published_by").to("user", "id"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("publication_entry")
                    .table("publication")
                    .col("entry_id")
                    .col("published_at")
                    .to_owned(),
            )
            .await?;
        // What is public now has been since it was published; what was before is not known.
        let id = match manager.get_database_backend() {
            DbBackend::Postgres => "gen_random_uuid()",
            _ => "randomblob(16)",
        };
        let fill = format!(
            "INSERT INTO publication (id, entry_id, revision_id, published_at)
             SELECT {id}, id, live_revision_id, published_at FROM entry
             WHERE published_at IS NOT NULL AND EXISTS (SELECT 1 FROM revision WHERE revision.id = live_revision_id)"
        );
        manager.get_connection().execute_unprepared(&fill).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("publication").to_owned()).await
    }
}
