//! What a media library keeps of a picture beside its bytes: what it came from, its focal point, credit and tags.

use sea_orm_migration::{prelude::*, schema::*, sea_orm::ConnectionTrait};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // SQLite adds one column a statement.
        for column in [
            blob_null("original_sha256"),
            boolean("decorative").default(false).to_owned(),
            small_integer("focal_x").default(50).to_owned(),
            small_integer("focal_y").default(50).to_owned(),
            text("credit").default("").to_owned(),
            text("blurhash").default("").to_owned(),
            integer("version").default(1).to_owned(),
            timestamp_with_time_zone_null("trashed_at"),
        ] {
            manager.alter_table(Table::alter().table("media").add_column(column).to_owned()).await?;
        }
        // Until now an empty text said that a picture only decorates.
        let fill = "UPDATE media SET decorative = TRUE WHERE alt = ''";
        manager.get_connection().execute_unprepared(fill).await?;
        manager
            .create_index(
                Index::create().name("media_original_sha256").table("media").col("original_sha256").unique().to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("media_tag")
                    .col(uuid("media_id"))
                    .col(text("tag"))
                    .primary_key(Index::create().col("media_id").col("tag"))
                    .foreign_key(
                        ForeignKey::create()
                            .from("media_tag", "media_id")
                            .to("media", "id")
                            .on_delete(ForeignKeyAction::Cascade),
                    )
                    .to_owned(),
            )
            .await?;
        manager.create_index(Index::create().name("media_tag_tag").table("media_tag").col("tag").to_owned()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("media_tag").to_owned()).await?;
        manager.drop_index(Index::drop().name("media_original_sha256").table("media").to_owned()).await?;
        for column in
            ["trashed_at", "version", "blurhash", "credit", "focal_y", "focal_x", "decorative", "original_sha256"]
        {
            manager.alter_table(Table::alter().table("media").drop_column(column).to_owned()).await?;
        }
        Ok(())
    }
}
