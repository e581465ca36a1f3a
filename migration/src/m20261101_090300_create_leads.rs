//! Leads: who asked for help, sealed; what they agreed to; what happened since.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create().table("key_check").col(text("key_id").primary_key()).col(blob("value")).to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("consent_text")
                    .col(pk_uuid("id"))
                    .col(text("key"))
                    .col(integer("version"))
                    .col(text("language"))
                    .col(text("wording"))
                    .col(blob("sha256"))
                    .col(timestamp_with_time_zone("created_at"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("consent_text_version")
                    .table("consent_text")
                    .col("key")
                    .col("version")
                    .col("language")
                    .unique()
                    .to_owned(),
            )
            .await?;
        // Page and revision are kept as they were when somebody wrote, whatever becomes of them: no foreign keys.
        manager
            .create_table(
                Table::create()
                    .table("lead")
                    .col(pk_uuid("id"))
                    .col(text_uniq("reference"))
                    .col(integer("version"))
                    .col(text("status"))
                    .col(text_null("outcome"))
                    .col(text("priority"))
                    .col(timestamp_with_time_zone("received_at"))
                    .col(timestamp_with_time_zone("updated_at"))
                    .col(timestamp_with_time_zone_null("closed_at"))
                    .col(timestamp_with_time_zone_null("erased_at"))
                    .col(uuid_null("assignee_id"))
                    .col(text("form_key"))
                    .col(uuid_null("page_id"))
                    .col(uuid_null("revision_id"))
                    .col(text_null("placement"))
                    .col(text("landing_path"))
                    .col(text_null("page_title"))
                    .col(text("relationship"))
                    .col(text_null("preferred_contact"))
                    .col(boolean("safe_voicemail"))
                    .col(boolean("safe_text"))
                    .col(boolean("safe_say_who"))
                    .col(boolean("suspected_spam"))
                    .col(json_binary("spam_reasons"))
                    .col(blob_uniq("idempotency_hash"))
                    .col(blob("body_hash"))
                    .col(blob_null("dek_wrapped"))
                    .col(text("kek_id"))
                    .foreign_key(ForeignKey::create().from("lead", "assignee_id").to("user", "id"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("lead_received")
                    .table("lead")
                    .col("status")
                    .col("received_at")
                    .col("id")
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create().name("lead_assignee").table("lead").col("assignee_id").col("status").to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("lead_person")
                    .col(pk_uuid("id"))
                    .col(uuid("lead_id"))
                    .col(text("role"))
                    .col(blob_null("name"))
                    .col(blob_null("phone"))
                    .col(blob_null("phone_index"))
                    .col(blob_null("email"))
                    .col(blob_null("email_index"))
                    .foreign_key(ForeignKey::create().from("lead_person", "lead_id").to("lead", "id"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("lead_person_role")
                    .table("lead_person")
                    .col("lead_id")
                    .col("role")
                    .unique()
                    .to_owned(),
            )
            .await?;
        for column in ["phone_index", "email_index"] {
            let name = format!("lead_person_{column}");
            manager.create_index(Index::create().name(name).table("lead_person").col(column).to_owned()).await?;
        }
        manager
            .create_table(
                Table::create()
                    .table("lead_intake")
                    .col(pk_uuid("lead_id"))
                    .col(blob_null("sealed"))
                    .foreign_key(ForeignKey::create().from("lead_intake", "lead_id").to("lead", "id"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("lead_consent")
                    .col(pk_uuid("id"))
                    .col(uuid("lead_id"))
                    .col(uuid("consent_text_id"))
                    .col(json_binary("scopes"))
                    .col(text("ticked_by"))
                    .col(timestamp_with_time_zone("at"))
                    .col(timestamp_with_time_zone_null("withdrawn_at"))
                    .foreign_key(ForeignKey::create().from("lead_consent", "lead_id").to("lead", "id"))
                    .foreign_key(ForeignKey::create().from("lead_consent", "consent_text_id").to("consent_text", "id"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(Index::create().name("lead_consent_lead").table("lead_consent").col("lead_id").to_owned())
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("lead_event")
                    .col(pk_uuid("id"))
                    .col(uuid("lead_id"))
                    .col(integer("seq"))
                    .col(text("kind"))
                    .col(timestamp_with_time_zone("at"))
                    .col(uuid_null("actor_id"))
                    .col(json_binary("meta"))
                    .col(blob_null("text"))
                    .foreign_key(ForeignKey::create().from("lead_event", "lead_id").to("lead", "id"))
                    .foreign_key(ForeignKey::create().from("lead_event", "actor_id").to("user", "id"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("lead_event_seq")
                    .table("lead_event")
                    .col("lead_id")
                    .col("seq")
                    .unique()
                    .to_owned(),
            )
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["lead_event", "lead_consent", "lead_intake", "lead_person", "lead", "consent_text", "key_check"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}
