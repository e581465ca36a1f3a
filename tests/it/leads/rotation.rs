//! A ring that is rotated while people write.

use entity::{lead, user::Role};
use hillside::{app::App, keys::Keys, leads};
use sea_orm::{EntityTrait, PaginatorTrait};
use serde_json::json;

use super::full;
use crate::support::on_both;

on_both! {
    async fn a_rotated_ring_leaves_every_lead_readable_and_the_old_key_unnecessary(app: TestApp) {
        let staff = app.staff(Role::Admissions).await;
        let before = full(&app).await;
        let file = app.config.keys_file.clone();
        let mut keys = Keys::load(&file).unwrap();
        let old = keys.kek[0].id.clone();

        // As `hillside keys rotate kek` does it, beside a server that goes on.
        let beside = App::open(&app.config).await.unwrap();
        let new = keys.rotate_kek(&file).unwrap();
        beside.vault.read_again();
        let visitor = app.visitor();
        let write = async {
            for _ in 0..20 {
                visitor.submitted(&visitor.lead().await).await;
            }
        };
        let wrap = leads::wrap_keys_again(&beside.db, &beside.vault);
        let ((), wrapped) = tokio::join!(write, wrap);
        let wrapped = wrapped.unwrap();
        assert!(wrapped.done >= 1 && wrapped.failed == 0, "{wrapped:?}");
        // The server meets a key it does not know, and reads the file again.
        let id = before.id.to_string();
        let revealed = staff.reveal(&id, "calling back").await;
        assert_eq!(revealed.done("revealLead")["lead"]["revealed"]["name"], json!("Quinn de la Cour"));
        app.app.vault.read_again();
        visitor.submitted(&visitor.lead().await).await;
        leads::wrap_keys_again(&beside.db, &beside.vault).await.unwrap();
        let all = lead::Entity::find().all(app.app.db.reader()).await.unwrap();
        assert_eq!(all.len(), 22);
        assert!(all.iter().all(|lead| lead.kek_id == new), "{all:?}");

        assert!(leads::is_key_unused(&beside.db, &old).await.unwrap());
        assert!(!leads::is_key_unused(&beside.db, &new).await.unwrap());
        assert!(!keys.retire_kek(&file, &new).unwrap(), "the current key stays");
        assert!(keys.retire_kek(&file, &old).unwrap());
        let app = app.restart().await;
        let staff = app.staff(Role::Admissions).await;
        for lead in all {
            let revealed = staff.reveal(&lead.id.to_string(), "to see that it opens").await;
            assert_ne!(revealed.done("revealLead")["lead"]["revealed"]["name"], json!("(unreadable)"));
        }
        assert_eq!(lead::Entity::find().count(app.app.db.reader()).await.unwrap(), 22);
    }
}
