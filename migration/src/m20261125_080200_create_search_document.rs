//! The words of every draft, for the databases' own full text search: FTS5 and tsvector.

use sea_orm_migration::{
    prelude::*,
    schema::*,
    sea_orm::{ConnectionTrait, DbBackend},
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const SQLITE_UP: &str = "
CREATE VIRTUAL TABLE search_index USING fts5(
    title_words, words, content='search_document', content_rowid='id', tokenize='unicode61 remove_diacritics 0', prefix='2 3'
);
CREATE TRIGGER search_document_inserted AFTER INSERT ON search_document BEGIN
    INSERT INTO search_index (rowid, title_words, words) VALUES (new.id, new.title_words, new.words);
END;
CREATE TRIGGER search_document_deleted AFTER DELETE ON search_document BEGIN
    INSERT INTO search_index (search_index, rowid, title_words, words) VALUES ('delete', old.id, old.title_words, old.words);
END;
CREATE TRIGGER search_document_updated AFTER UPDATE ON search_document BEGIN
    INSERT INTO search_index (search_index, rowid, title_words, words) VALUES ('delete', old.id, old.title_words, old.words);
    INSERT INTO search_index (rowid, title_words, words) VALUES (new.id, new.title_words, new.words);
END;
";

const POSTGRES_UP: &str = "
ALTER TABLE search_document ADD COLUMN terms tsvector GENERATED ALWAYS AS (
    setweight(to_tsvector('simple', title_words), 'A') || setweight(to_tsvector('simple', words), 'B')
) STORED;
CREATE INDEX search_document_terms ON search_document USING gin (terms);
";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("search_document")
                    .col(pk_auto("id"))
                    .col(uuid_uniq("entry_id"))
                    .col(text("body"))
                    .col(text("title_words"))
                    .col(text("words"))
                    .foreign_key(ForeignKey::create().from("search_document", "entry_id").to("entry", "id"))
                    .to_owned(),
            )
            .await?;
        let index = match manager.get_database_backend() {
            DbBackend::Postgres => POSTGRES_UP,
            _ => SQLITE_UP,
        };
        manager.get_connection().execute_unprepared(index).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("search_document").to_owned()).await?;
        if manager.get_database_backend() == DbBackend::Sqlite {
            manager.get_connection().execute_unprepared("DROP TABLE search_index").await?;
        }
        Ok(())
    }
}
