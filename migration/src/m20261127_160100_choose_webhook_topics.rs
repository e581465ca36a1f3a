//! What each webhook is told of. Those there are go on being told of content alone.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let topics = json("topics").default("[\"CONTENT_CHANGED\"]").to_owned();
        manager.alter_table(Table::alter().table("webhook").add_column(topics).to_owned()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.alter_table(Table::alter().table("webhook").drop_column("topics").to_owned()).await
    }
}
