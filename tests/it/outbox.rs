//! Work that waits until what it belongs to holds.

use std::{future::pending, time::Duration};

use chrono::{DateTime, Utc};
use entity::outbox;
use hillside::outbox::{Outcome, Worker, enqueue, run};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use serde_json::{Value, json};
use tokio::time::timeout;

use crate::support::on_both;

/// Writes to somebody who never answers, and does everything else at once.
struct Stuck;

impl Worker for Stuck {
    fn slow(&self) -> &[&str] {
        &["letter"]
    }

    async fn work(&self, topic: &str, payloads: &[Value], _: DateTime<Utc>) -> Vec<Outcome> {
        if topic == "letter" {
            return pending().await;
        }
        vec![Ok(()); payloads.len()]
    }
}

on_both! {
    async fn nothing_waits_for_a_server_that_does_not_answer(app: TestApp) {
        let db = &app.app.db;
        let now = Utc::now();
        enqueue(db.writer(), "letter", json!({}), now, now).await.unwrap();
        let running = tokio::spawn(run(db.clone(), Stuck, pending()));
        let held = outbox::Entity::find().filter(outbox::Column::LockedUntil.is_not_null());
        until(async || held.clone().count(db.reader()).await.unwrap() == 1).await;

        enqueue(db.writer(), "quick", json!({}), now, now).await.unwrap();
        let done = outbox::Entity::find().filter(outbox::Column::DeliveredAt.is_not_null());
        until(async || done.clone().count(db.reader()).await.unwrap() == 1).await;
        assert_eq!(done.one(db.reader()).await.unwrap().unwrap().topic, "quick");
        running.abort();
    }
}

/// Waits until something holds, ten seconds at the most.
async fn until(holds: impl AsyncFn() -> bool) {
    let wait = async {
        while !holds().await {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    timeout(Duration::from_secs(10), wait).await.expect("it holds in time");
}
