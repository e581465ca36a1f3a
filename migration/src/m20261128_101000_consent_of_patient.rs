//! Whose a consent is: who wrote, or who needs help.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let of = text("person_role").default("inquirer").to_owned();
        manager.alter_table(Table::alter().table("lead_consent").add_column(of).to_owned()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.alter_table(Table::alter().table("lead_consent").drop_column("person_role").to_owned()).await
    }
}
