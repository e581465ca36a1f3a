//! Places that somebody may be sent to, and what they were told.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let target = Table::create()
            .table("referral_target")
            .col(pk_uuid("id"))
            .col(integer("version"))
            .col(text("name"))
            .col(text("phone"))
            .col(boolean("in_use"))
            .col(timestamp_with_time_zone_null("verified_at"))
            .to_owned();
        manager.create_table(target).await?;
        let referral = Table::create()
            .table("lead_referral")
            .col(pk_uuid("id"))
            .col(uuid("lead_id"))
            .col(uuid("target_id"))
            .col(timestamp_with_time_zone("at"))
            .col(uuid_null("actor_id"))
            .col(date("signed_on"))
            .col(date("expires_on"))
            .col(blob_null("sealed"))
            .foreign_key(ForeignKey::create().from("lead_referral", "lead_id").to("lead", "id"))
            .foreign_key(ForeignKey::create().from("lead_referral", "target_id").to("referral_target", "id"))
            .foreign_key(ForeignKey::create().from("lead_referral", "actor_id").to("user", "id"))
            .to_owned();
        manager.create_table(referral).await?;
        let of_lead = Index::create().name("lead_referral_lead").table("lead_referral").col("lead_id").to_owned();
        manager.create_index(of_lead).await?;
        let to = Index::create().name("lead_referral_target").table("lead_referral").col("target_id").to_owned();
        manager.create_index(to).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("lead_referral").to_owned()).await?;
        manager.drop_table(Table::drop().table("referral_target").to_owned()).await
    }
}
