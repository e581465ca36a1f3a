//! The history of the database: what each step adds, and how it is taken back.
//!
//! A step spells its table names itself and imports nothing of Hillside, so yesterday's history never changes when
//! today's types do. Every step runs the same on SQLite and PostgreSQL.

mod m20261101_090000_create_identity;
mod m20261101_090100_create_library;
mod m20261101_090200_create_content;
mod m20261101_090300_create_leads;
mod m20261101_090400_create_outbox;
mod m20261125_030000_create_schedule;
mod m20261125_050000_create_content_reference;
mod m20261125_080000_create_check_waiver;
mod m20261125_080100_add_entry_no_index;
mod m20261125_080200_create_search_document;
mod m20261125_080300_create_saved_view;
mod m20261125_080400_create_publication;
mod m20261125_100000_extend_media;
mod m20261125_110000_version_library;
mod m20261125_110100_create_faq_item_and_shared_block;
mod m20261125_120000_add_revision_kind;
mod m20261125_120100_create_presence;
mod m20261125_200000_add_description_key;
mod m20261126_070000_tell_of_drafts;
mod m20261126_120000_list_what_is_public;
mod m20261126_120100_create_live_document;
mod m20261126_130000_create_document;
mod m20261126_140000_create_webhook;
mod m20261126_200000_create_live_event;
mod m20261126_210000_keep_former_secret;
mod m20261127_000000_time_leads;
mod m20261127_050000_create_lead_notice;
mod m20261127_080000_erase_leads;
mod m20261127_110000_recognise_leads;
mod m20261127_120000_merge_leads;
mod m20261127_130000_index_lead_report;
mod m20261127_140000_insure_leads;
mod m20261127_150000_create_lead_task_and_shift;
mod m20261127_160000_export_leads;
mod m20261127_160100_choose_webhook_topics;
mod m20261127_170000_create_lead_bulk;
mod m20261128_060000_schedule_leads;
mod m20261128_061000_hand_over_leads;
mod m20261128_061000_order_leads;
mod m20261128_064000_create_lead_form;
mod m20261128_070000_refer_leads;
mod m20261128_100000_suppress_leads;
mod m20261128_101000_consent_of_patient;
mod m20261128_103000_attribute_leads;
mod m20261128_110000_index_lead_origin;
mod m20261128_113000_index_lead_page;
mod m20261128_160000_revoke_referral;

pub use sea_orm_migration::prelude::*;

/// Every step, in order.
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261101_090000_create_identity::Migration),
            Box::new(m20261101_090100_create_library::Migration),
            Box::new(m20261101_090200_create_content::Migration),
            Box::new(m20261101_090300_create_leads::Migration),
            Box::new(m20261101_090400_create_outbox::Migration),
            Box::new(m20261125_030000_create_schedule::Migration),
            Box::new(m20261125_050000_create_content_reference::Migration),
            Box::new(m20261125_080000_create_check_waiver::Migration),
            Box::new(m20261125_080100_add_entry_no_index::Migration),
            Box::new(m20261125_080200_create_search_document::Migration),
            Box::new(m20261125_080300_create_saved_view::Migration),
            Box::new(m20261125_080400_create_publication::Migration),
            Box::new(m20261125_100000_extend_media::Migration),
            Box::new(m20261125_110000_version_library::Migration),
            Box::new(m20261125_110100_create_faq_item_and_shared_block::Migration),
            Box::new(m20261125_120000_add_revision_kind::Migration),
            Box::new(m20261125_120100_create_presence::Migration),
            Box::new(m20261125_200000_add_description_key::Migration),
            Box::new(m20261126_070000_tell_of_drafts::Migration),
            Box::new(m20261126_120000_list_what_is_public::Migration),
            Box::new(m20261126_120100_create_live_document::Migration),
            Box::new(m20261126_130000_create_document::Migration),
            Box::new(m20261126_140000_create_webhook::Migration),
            Box::new(m20261126_200000_create_live_event::Migration),
            Box::new(m20261126_210000_keep_former_secret::Migration),
            Box::new(m20261127_000000_time_leads::Migration),
            Box::new(m20261127_050000_create_lead_notice::Migration),
            Box::new(m20261127_080000_erase_leads::Migration),
            Box::new(m20261127_110000_recognise_leads::Migration),
            Box::new(m20261127_120000_merge_leads::Migration),
            Box::new(m20261127_130000_index_lead_report::Migration),
            Box::new(m20261127_140000_insure_leads::Migration),
            Box::new(m20261127_150000_create_lead_task_and_shift::Migration),
            Box::new(m20261127_160000_export_leads::Migration),
            Box::new(m20261127_160100_choose_webhook_topics::Migration),
            Box::new(m20261127_170000_create_lead_bulk::Migration),
            Box::new(m20261128_060000_schedule_leads::Migration),
            Box::new(m20261128_061000_hand_over_leads::Migration),
            Box::new(m20261128_061000_order_leads::Migration),
            Box::new(m20261128_064000_create_lead_form::Migration),
            Box::new(m20261128_070000_refer_leads::Migration),
            Box::new(m20261128_100000_suppress_leads::Migration),
            Box::new(m20261128_101000_consent_of_patient::Migration),
            Box::new(m20261128_103000_attribute_leads::Migration),
            Box::new(m20261128_110000_index_lead_origin::Migration),
            Box::new(m20261128_113000_index_lead_page::Migration),
            Box::new(m20261128_160000_revoke_referral::Migration),
        ]
    }
}
