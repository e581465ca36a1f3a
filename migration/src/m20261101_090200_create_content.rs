//! What is published: entries with their revisions, the kinds' own tables, redirects, and Hillside's own settings.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // An entry points at its revisions and a revision at its entry. SQLite cannot add the second foreign key
        // afterwards, so the two pointers of an entry have none; only publishing writes them.
        manager
            .create_table(
                Table::create()
                    .table("entry")
                    .col(pk_uuid("id"))
                    .col(text("kind"))
                    .col(uuid_null("parent_id"))
                    .col(text("slug"))
                    .col(text_uniq("path"))
                    .col(text("title"))
                    .col(uuid_null("live_revision_id"))
                    .col(uuid_null("latest_revision_id"))
                    .col(timestamp_with_time_zone_null("published_at"))
                    .col(timestamp_with_time_zone_null("first_published_at"))
                    .col(timestamp_with_time_zone_null("trashed_at"))
                    .col(timestamp_with_time_zone("created_at"))
                    .col(timestamp_with_time_zone("updated_at"))
                    .col(uuid_null("updated_by"))
                    .foreign_key(ForeignKey::create().from("entry", "parent_id").to("entry", "id"))
                    .foreign_key(ForeignKey::create().from("entry", "updated_by").to("user", "id"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create().name("entry_changed").table("entry").col("kind").col("updated_at").col("id").to_owned(),
            )
            .await?;
        manager.create_index(Index::create().name("entry_parent").table("entry").col("parent_id").to_owned()).await?;
        manager
            .create_table(
                Table::create()
                    .table("revision")
                    .col(pk_uuid("id"))
                    .col(uuid("entry_id"))
                    .col(integer("number"))
                    .col(json_binary("content"))
                    .col(text_null("note"))
                    .col(uuid_null("author_id"))
                    .col(timestamp_with_time_zone("created_at"))
                    .foreign_key(ForeignKey::create().from("revision", "entry_id").to("entry", "id"))
                    .foreign_key(ForeignKey::create().from("revision", "author_id").to("user", "id"))
                    .to_owned(),
            )
            .await?;
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
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("page")
                    .col(pk_uuid("id"))
                    .col(text("kind"))
                    .foreign_key(ForeignKey::create().from("page", "id").to("entry", "id"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("therapy")
                    .col(pk_uuid("id"))
                    .col(text("abbreviation"))
                    .foreign_key(ForeignKey::create().from("therapy", "id").to("entry", "id"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("therapy_region")
                    .col(uuid("therapy_id"))
                    .col(uuid("region_id"))
                    .primary_key(Index::create().col("therapy_id").col("region_id"))
                    .foreign_key(ForeignKey::create().from("therapy_region", "therapy_id").to("therapy", "id"))
                    .foreign_key(ForeignKey::create().from("therapy_region", "region_id").to("region", "id"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create().name("therapy_region_region").table("therapy_region").col("region_id").to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("redirect")
                    .col(pk_uuid("id"))
                    .col(text_uniq("from_path"))
                    .col(uuid_null("to_entry_id"))
                    .col(text_null("to_path"))
                    .col(small_integer("status"))
                    .col(timestamp_with_time_zone("created_at"))
                    .foreign_key(ForeignKey::create().from("redirect", "to_entry_id").to("entry", "id"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("setting")
                    .col(text("key").primary_key())
                    .col(json_binary("value"))
                    .col(timestamp_with_time_zone("updated_at"))
                    .to_owned(),
            )
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["setting", "redirect", "therapy_region", "therapy", "page", "revision", "entry"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}
