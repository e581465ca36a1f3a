//! Who pays for a lead's treatment, and how closely they are to be looked after.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let level = text_null("level_of_care");
        manager.alter_table(Table::alter().table("lead").add_column(level).to_owned()).await?;
        let table = Table::create()
            .table("lead_insurance")
            .col(pk_uuid("lead_id"))
            .col(text("check_status"))
            .col(text_null("coverage"))
            .col(blob_null("carrier"))
            .col(blob_null("member_id"))
            .col(blob_null("group_number"))
            .col(blob_null("holder_name"))
            .col(blob_null("holder_born_on"))
            .col(blob_null("note"))
            .col(timestamp_with_time_zone_null("checked_at"))
            .col(uuid_null("checked_by_id"))
            .foreign_key(ForeignKey::create().from("lead_insurance", "lead_id").to("lead", "id"))
            .foreign_key(ForeignKey::create().from("lead_insurance", "checked_by_id").to("user", "id"))
            .to_owned();
        manager.create_table(table).await?;
        // Whoever got so far was asked elsewhere.
        let asked = "INSERT INTO lead_insurance (lead_id, check_status) \
            SELECT id, 'not_needed' FROM lead WHERE status IN ('qualified', 'scheduled', 'admitted')";
        manager.get_connection().execute_unprepared(asked).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("lead_insurance").to_owned()).await?;
        manager.alter_table(Table::alter().table("lead").drop_column("level_of_care").to_owned()).await
    }
}
