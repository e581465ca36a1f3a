//! What search engines are asked to leave out, where the site map finds it.

use sea_orm_migration::{
    prelude::*,
    schema::*,
    sea_orm::{ConnectionTrait, DbBackend},
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let column = boolean("no_index").default(false).to_owned();
        manager.alter_table(Table::alter().table("entry").add_column(column).to_owned()).await?;
        let said = match manager.get_database_backend() {
            DbBackend::Postgres => "(revision.content -> 'seo' ->> 'noIndex') = 'true'",
            _ => "json_extract(revision.content, '$.seo.noIndex') = 1",
        };
        let live = format!("SELECT 1 FROM revision WHERE revision.id = entry.live_revision_id AND {said}");
        let fill = format!("UPDATE entry SET no_index = TRUE WHERE EXISTS ({live})");
        manager.get_connection().execute_unprepared(&fill).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.alter_table(Table::alter().table("entry").drop_column("no_index").to_owned()).await
    }
}
