//! Who is told what changed, what they are told, and what came of it.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("content_change")
                    .col(pk_uuid("id"))
                    .col(json("touched"))
                    .col(timestamp_with_time_zone("created_at"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("webhook")
                    .col(pk_uuid("id"))
                    .col(text("url"))
                    .col(text("description"))
                    .col(boolean("enabled"))
                    .col(integer("secret_number"))
                    .col(timestamp_with_time_zone("created_at"))
                    .col(uuid_null("created_by"))
                    .foreign_key(ForeignKey::create().from("webhook", "created_by").to("user", "id"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("webhook_delivery")
                    .col(pk_uuid("id"))
                    .col(uuid_null("webhook_id"))
                    .col(text("body"))
                    .col(timestamp_with_time_zone("created_at"))
                    .col(timestamp_with_time_zone("run_at"))
                    .col(integer("attempts"))
                    .col(timestamp_with_time_zone_null("locked_until"))
                    .col(timestamp_with_time_zone_null("delivered_at"))
                    .col(timestamp_with_time_zone_null("given_up_at"))
                    .col(small_integer_null("status"))
                    .col(text_null("error"))
                    .foreign_key(
                        ForeignKey::create()
                            .from("webhook_delivery", "webhook_id")
                            .to("webhook", "id")
                            .on_delete(ForeignKeyAction::Cascade),
                    )
                    .to_owned(),
            )
            .await?;
        let mut due = Index::create();
        due.name("webhook_delivery_due").table("webhook_delivery").col("delivered_at").col("run_at");
        manager.create_index(due).await?;
        let mut of = Index::create();
        of.name("webhook_delivery_webhook").table("webhook_delivery").col("webhook_id").col("id");
        manager.create_index(of).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["webhook_delivery", "webhook", "content_change"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}
