//! Leads that say the same again are recognised by a keyed hash.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const INDEX: &str = "lead_fingerprint";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // Those from before have none, and are nobody's double.
        let hash = binary_null("fingerprint_hash");
        manager.alter_table(Table::alter().table("lead").add_column(hash).to_owned()).await?;
        let index = Index::create().name(INDEX).table("lead").col("fingerprint_hash").col("received_at").to_owned();
        manager.create_index(index).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_index(Index::drop().name(INDEX).table("lead").to_owned()).await?;
        manager.alter_table(Table::alter().table("lead").drop_column("fingerprint_hash").to_owned()).await
    }
}
