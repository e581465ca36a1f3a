//! The words of what is public, apart from those of drafts, and every word there is, to set a mistyped one right.

use sea_orm_migration::{
    prelude::*,
    schema::*,
    sea_orm::{ConnectionTrait, DbBackend},
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const SQLITE_UP: &str = "
CREATE VIRTUAL TABLE live_index USING fts5(
    title_words, words, content='live_document', content_rowid='id', tokenize='unicode61 remove_diacritics 0', prefix='2 3'
);
CREATE TRIGGER live_document_inserted AFTER INSERT ON live_document BEGIN
    INSERT INTO live_index (rowid, title_words, words) VALUES (new.id, new.title_words, new.words);
END;
CREATE TRIGGER live_document_deleted AFTER DELETE ON live_document BEGIN
    INSERT INTO live_index (live_index, rowid, title_words, words) VALUES ('delete', old.id, old.title_words, old.words);
END;
CREATE TRIGGER live_document_updated AFTER UPDATE ON live_document BEGIN
    INSERT INTO live_index (live_index, rowid, title_words, words) VALUES ('delete', old.id, old.title_words, old.words);
    INSERT INTO live_index (rowid, title_words, words) VALUES (new.id, new.title_words, new.words);
END;
";

const POSTGRES_UP: &str = "
ALTER TABLE live_document ADD COLUMN terms tsvector GENERATED ALWAYS AS (
    setweight(to_tsvector('simple', title_words), 'A') || setweight(to_tsvector('simple', words), 'B')
) STORED;
CREATE INDEX live_document_terms ON live_document USING gin (terms);
";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("live_document")
                    .col(pk_auto("id"))
                    .col(uuid_uniq("entry_id"))
                    .col(text("body"))
                    .col(text("title_words"))
                    .col(text("words"))
                    .foreign_key(ForeignKey::create().from("live_document", "entry_id").to("entry", "id"))
                    .to_owned(),
            )
            .await?;
        let index = match manager.get_database_backend() {
            DbBackend::Postgres => POSTGRES_UP,
            _ => SQLITE_UP,
        };
        manager.get_connection().execute_unprepared(index).await?;
        manager
            .create_table(
                Table::create()
                    .table("live_word")
                    .col(text("word").primary_key())
                    .col(small_integer("length"))
                    .col(text("beginning"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("live_word_beginning")
                    .table("live_word")
                    .col("beginning")
                    .col("length")
                    .to_owned(),
            )
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("live_word").to_owned()).await?;
        manager.drop_table(Table::drop().table("live_document").to_owned()).await?;
        if manager.get_database_backend() == DbBackend::Sqlite {
            manager.get_connection().execute_unprepared("DROP TABLE live_index").await?;
        }
        Ok(())
    }
}
