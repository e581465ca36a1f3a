//! Leads: people who wrote in confidence.
//!
//! Owns intake, sealing, states, the clock and the timeline. Promises that an acknowledged lead is never lost (it is on disk,
//! whole, before it is acknowledged) and never leaked: what names a person is sealed under a key of its own, shown
//! masked, and revealed only together with a line in the audit log. Refuses to put anything personal into a log, the
//! outbox, a URL or a public type.

mod access;
pub mod admin;
mod attempt;
mod bulk;
mod choices;
mod clients;
mod clock;
mod common;
mod consent;
mod contact;
mod correction;
mod crisis;
mod desk;
mod duplicates;
mod erasure;
mod export;
mod form;
mod form_token;
mod hand_over;
pub mod http;
mod insurance;
mod intake;
mod key_check;
mod lead;
mod lease;
mod listing;
mod masking;
mod merge;
mod notice;
mod origin;
mod phrases;
mod proof;
pub mod public;
mod referral;
mod report;
mod rotation;
mod sealing;
mod sensitive;
mod shift;
mod spam;
mod spoken;
mod status;
mod step;
mod suppression;
mod task;
mod timeline;
mod work;

pub use clients::{Client, Clients};
pub use clock::StaffedHours;
pub use desk::Desk;
pub use erasure::{Ledger, replay as replay_erasures, run as run_retention, work as work_retention};
pub use form::{Form, LeadForms, ensure as ensure_forms, site_forms};
pub use intake::{Intake, Sources, Writer};
pub use key_check::{KeyCheckError, check as check_keys};
pub use lease::{run as run_leases, take_back as take_back_leases};
pub use notice::Notifier;
pub use phrases::PhraseBook;
pub use proof::Proofs;
pub use rotation::{BETWEEN_READINGS, follow as follow_keys, is_unused as is_key_unused, wrap_all as wrap_keys_again};
pub use sealing::Vault;
pub use sensitive::Sensitive;
