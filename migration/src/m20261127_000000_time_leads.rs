//! Leads by the clock: until when somebody must try, when they did, when it goes on, and until when it is whose.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const TIMES: [&str; 5] = ["respond_by", "first_attempt_at", "first_contact_at", "next_action_at", "lease_until"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in TIMES {
            let column = timestamp_with_time_zone_null(column);
            manager.alter_table(Table::alter().table("lead").add_column(column).to_owned()).await?;
        }
        // Nobody knows when leads from before were tried: whoever is still open is to be looked at now.
        let db = manager.get_connection();
        db.execute_unprepared("UPDATE lead SET respond_by = received_at").await?;
        db.execute_unprepared(
            "UPDATE lead SET next_action_at = received_at WHERE erased_at IS NULL AND status NOT IN ('admitted', 'closed')",
        )
        .await?;
        for (name, column) in [("lead_next_action", "next_action_at"), ("lead_lease", "lease_until")] {
            manager.create_index(Index::create().name(name).table("lead").col(column).to_owned()).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for name in ["lead_next_action", "lead_lease"] {
            manager.drop_index(Index::drop().name(name).table("lead").to_owned()).await?;
        }
        for column in TIMES {
            manager.alter_table(Table::alter().table("lead").drop_column(column).to_owned()).await?;
        }
        Ok(())
    }
}
