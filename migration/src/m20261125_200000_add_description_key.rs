//! What tells two descriptions in search results apart, beside the words that are searched.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let column = text("description_key").default("").take();
        manager.alter_table(Table::alter().table("search_document").add_column(column).to_owned()).await?;
        let index = Index::create()
            .name("search_document_description")
            .table("search_document")
            .col("description_key")
            .to_owned();
        manager.create_index(index).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_index(Index::drop().name("search_document_description").table("search_document").to_owned())
            .await?;
        manager.alter_table(Table::alter().table("search_document").drop_column("description_key").to_owned()).await
    }
}
