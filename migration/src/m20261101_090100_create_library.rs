//! Facts that content uses by reference: regions, contact points, people, sources, locations, media, menus, the brand.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("region")
                    .col(pk_uuid("id"))
                    .col(text_uniq("slug"))
                    .col(text("name"))
                    .col(text("country"))
                    .col(text("code"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("contact_point")
                    .col(pk_uuid("id"))
                    .col(text_uniq("key"))
                    .col(text("label"))
                    .col(text("number"))
                    .col(text("display"))
                    .col(text("purpose"))
                    .col(json_binary("hours"))
                    .col(text("time_zone"))
                    .col(uuid_null("fallback_id"))
                    .foreign_key(ForeignKey::create().from("contact_point", "fallback_id").to("contact_point", "id"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("person")
                    .col(pk_uuid("id"))
                    .col(text_uniq("slug"))
                    .col(text("name"))
                    .col(text("credentials"))
                    .col(text("role"))
                    .col(text("bio"))
                    .col(boolean("is_clinician"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("source")
                    .col(pk_uuid("id"))
                    .col(text("title"))
                    .col(text("publisher"))
                    .col(integer_null("year"))
                    .col(text_null("population"))
                    .col(text_null("url"))
                    .col(text_null("doi"))
                    .col(date_null("retrieved_on"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("location")
                    .col(pk_uuid("id"))
                    .col(text_uniq("slug"))
                    .col(text("name"))
                    .col(json_binary("lines"))
                    .col(text("city"))
                    .col(uuid("region_id"))
                    .col(text("postal_code"))
                    .col(text("country"))
                    .col(double_null("latitude"))
                    .col(double_null("longitude"))
                    .col(text("map_url"))
                    .col(uuid_null("contact_point_id"))
                    .foreign_key(ForeignKey::create().from("location", "region_id").to("region", "id"))
                    .foreign_key(ForeignKey::create().from("location", "contact_point_id").to("contact_point", "id"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("media")
                    .col(pk_uuid("id"))
                    .col(text("file_name"))
                    .col(text("mime_type"))
                    .col(big_integer("byte_size"))
                    .col(integer_null("width"))
                    .col(integer_null("height"))
                    .col(text("alt"))
                    .col(blob_uniq("sha256"))
                    .col(timestamp_with_time_zone("created_at"))
                    .col(uuid_null("created_by"))
                    .foreign_key(ForeignKey::create().from("media", "created_by").to("user", "id"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("menu")
                    .col(pk_uuid("id"))
                    .col(text_uniq("handle"))
                    .col(json_binary("items"))
                    .col(timestamp_with_time_zone("updated_at"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("brand")
                    .col(small_integer("id").primary_key())
                    .col(text("site_name"))
                    .col(text("statement"))
                    .col(text("description"))
                    .col(uuid_null("contact_point_id"))
                    .col(uuid_null("emergency_id"))
                    .col(uuid_null("crisis_id"))
                    .col(uuid_null("share_image_id"))
                    .col(timestamp_with_time_zone("updated_at"))
                    .check(Expr::col("id").eq(1))
                    .foreign_key(ForeignKey::create().from("brand", "contact_point_id").to("contact_point", "id"))
                    .foreign_key(ForeignKey::create().from("brand", "emergency_id").to("contact_point", "id"))
                    .foreign_key(ForeignKey::create().from("brand", "crisis_id").to("contact_point", "id"))
                    .foreign_key(ForeignKey::create().from("brand", "share_image_id").to("media", "id"))
                    .to_owned(),
            )
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["brand", "menu", "media", "location", "source", "person", "contact_point", "region"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}
