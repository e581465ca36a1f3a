//! Lead forms as data: what each version asks and says, and which version a lead was written in.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let form = Table::create()
            .table("lead_form")
            .col(text("key").primary_key())
            .col(text("title"))
            .col(integer("version"))
            .col(timestamp_with_time_zone("created_at"))
            .col(timestamp_with_time_zone_null("archived_at"))
            .to_owned();
        manager.create_table(form).await?;
        let version = Table::create()
            .table("lead_form_version")
            .col(text("form_key"))
            .col(integer("number"))
            .col(json_binary("definition"))
            .col(uuid("contact_text_id"))
            .col(uuid("texts_text_id"))
            .col(uuid_null("author_id"))
            .col(timestamp_with_time_zone("created_at"))
            .primary_key(Index::create().col("form_key").col("number"))
            .foreign_key(ForeignKey::create().from("lead_form_version", "form_key").to("lead_form", "key"))
            .foreign_key(ForeignKey::create().from("lead_form_version", "contact_text_id").to("consent_text", "id"))
            .foreign_key(ForeignKey::create().from("lead_form_version", "texts_text_id").to("consent_text", "id"))
            .foreign_key(ForeignKey::create().from("lead_form_version", "author_id").to("user", "id"))
            .to_owned();
        manager.create_table(version).await?;
        let column = integer_null("form_version");
        manager.alter_table(Table::alter().table("lead").add_column(column).to_owned()).await?;
        // Until now there was one form, in one version.
        let first = "UPDATE lead SET form_version = 1 WHERE form_key = 'confidential'";
        manager.get_connection().execute_unprepared(first).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.alter_table(Table::alter().table("lead").drop_column("form_version").to_owned()).await?;
        manager.drop_table(Table::drop().table("lead_form_version").to_owned()).await?;
        manager.drop_table(Table::drop().table("lead_form").to_owned()).await
    }
}
