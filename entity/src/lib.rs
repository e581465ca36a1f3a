//! What Hillside stores: one file per table, one file per block kind, and the small values both the database and the
//! API speak. Nothing here reads or writes anything.

pub mod audit_event;
pub mod block;
pub mod brand;
pub mod consent_text;
pub mod contact_point;
pub mod content;
pub mod date;
pub mod entry;
pub mod id;
pub mod key_check;
pub mod lead;
pub mod lead_consent;
pub mod lead_event;
pub mod lead_intake;
pub mod lead_person;
pub mod location;
pub mod media;
pub mod menu;
pub mod outbox;
pub mod page;
pub mod person;
pub mod problem;
pub mod redirect;
pub mod reference;
pub mod region;
pub mod revision;
pub mod rich_text;
pub mod seo;
pub mod session;
pub mod setting;
pub mod setup_token;
pub mod source;
pub mod therapy;
pub mod therapy_region;
pub mod user;
