//! Leads that are kept for a legal matter, and how long the others are.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const INDEXES: [(&str, &str); 2] = [("lead_status_kept", "status"), ("lead_outcome_kept", "outcome")];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let held = timestamp_with_time_zone_null("held_at");
        manager.alter_table(Table::alter().table("lead").add_column(held).to_owned()).await?;
        // For the hourly question what is past its time.
        for (name, column) in INDEXES {
            let index =
                Index::create().name(name).table("lead").col("erased_at").col(column).col("updated_at").to_owned();
            manager.create_index(index).await?;
        }
        let table = Table::create()
            .table("lead_retention")
            .col(integer("id").primary_key())
            .col(integer("version"))
            .col(integer("spam_days"))
            .col(integer("closed_days"))
            .col(integer("admitted_days"))
            .col(timestamp_with_time_zone_null("updated_at"))
            .to_owned();
        manager.create_table(table).await?;
        let usual = "INSERT INTO lead_retention (id, version, spam_days, closed_days, admitted_days) VALUES (1, 1, 30, 730, 30)";
        manager.get_connection().execute_unprepared(usual).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("lead_retention").to_owned()).await?;
        for (name, _) in INDEXES {
            manager.drop_index(Index::drop().name(name).table("lead").to_owned()).await?;
        }
        manager.alter_table(Table::alter().table("lead").drop_column("held_at").to_owned()).await
    }
}
