//! A whole installation per test: the real routes on a port of their own over a database of its own.

mod actor;
mod app;
mod binary;
mod database;
pub mod entry;
mod fact;
mod lead;
mod mail;
pub mod markup;
pub mod media;
pub mod proof;
mod rows;
mod socket;

pub use actor::{Answer, Staff, Visitor};
pub use app::{PASSWORD, TestApp};
pub use binary::binary;
pub use database::{Backend, warm};
pub use lead::MASKED;
pub use mail::MailServer;
pub use rows::row_counts;
pub use socket::Followed;

/// Runs one promise on both databases: `on_both! { async fn a_name_is_a_promise(app: TestApp) { … } }`.
macro_rules! on_both {
    ($($(#[$meta:meta])* async fn $name:ident($app:ident: TestApp) $body:block)*) => {$(
        $(#[$meta])*
        mod $name {
            #[allow(unused_imports, reason = "each promise uses what it needs of its file")]
            use super::*;

            async fn promise($app: $crate::support::TestApp) $body

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_sqlite() {
                promise($crate::support::TestApp::start($crate::support::Backend::Sqlite).await).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_postgres() {
                if $crate::support::Backend::postgres_is_skipped() {
                    return;
                }
                promise($crate::support::TestApp::start($crate::support::Backend::Postgres).await).await;
            }
        }
    )*};
}

pub(crate) use on_both;
