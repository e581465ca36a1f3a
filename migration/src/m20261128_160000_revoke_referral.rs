//! When somebody took back the consent to a referral.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let when = timestamp_with_time_zone_null("revoked_at");
        manager.alter_table(Table::alter().table("lead_referral").add_column(when).to_owned()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.alter_table(Table::alter().table("lead_referral").drop_column("revoked_at").to_owned()).await
    }
}
