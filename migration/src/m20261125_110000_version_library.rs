//! Facts are edited: each row says how often, so that nobody writes over what somebody else just wrote. Places get
//! opening hours.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const TABLES: [&str; 7] = ["region", "contact_point", "person", "source", "location", "menu", "brand"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in TABLES {
            add(manager, table, integer("version").default(1)).await?;
        }
        add(manager, "location", json_binary("hours").default("[]")).await?;
        add(manager, "location", text("time_zone").default("America/New_York")).await?;
        add(manager, "location", json_binary("special_days").default("[]")).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in ["special_days", "time_zone", "hours"] {
            manager.alter_table(Table::alter().table("location").drop_column(column).to_owned()).await?;
        }
        for table in TABLES {
            manager.alter_table(Table::alter().table(table).drop_column("version").to_owned()).await?;
        }
        Ok(())
    }
}

async fn add(manager: &SchemaManager<'_>, table: &'static str, column: &mut ColumnDef) -> Result<(), DbErr> {
    manager.alter_table(Table::alter().table(table).add_column(column).to_owned()).await
}
