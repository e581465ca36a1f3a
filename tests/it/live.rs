//! What staff hear of at once: what holds, on every server, and nothing else.

use std::{future::pending, time::Duration};

use entity::{
    id::LeadId,
    live_event::{self, LiveChange, LiveTopic},
    user::Role,
};
use futures_util::{Stream, StreamExt, stream::BoxStream};
use hillside::{
    db::Db,
    live::{self, Event, Heard, Live},
};
use sea_orm::{ActiveValue::Set, EntityTrait};
use serde_json::json;
use tokio::{task::JoinHandle, time::timeout};

use crate::support::{
    TestApp,
    entry::{page, quote},
    on_both,
};

/// Another server on the same database.
async fn server(app: &TestApp) -> (Live, JoinHandle<()>) {
    let live = Live::new(Db::connect(&app.config.database_url).await.expect("the same database"));
    let following = tokio::spawn(live.clone().follow(pending()));
    (live, following)
}

async fn next(heard: &mut (impl Stream<Item = Heard> + Unpin)) -> Heard {
    timeout(Duration::from_secs(1), heard.next()).await.expect("within a second").expect("it goes on")
}

/// What happens from now on, after the word that nobody knows what was before.
async fn listen(live: &Live, topic: LiveTopic) -> BoxStream<'static, Heard> {
    let mut heard = live.listen_to(topic).boxed();
    assert_eq!(next(&mut heard).await, Heard::Missed);
    heard
}

async fn silent(heard: &mut (impl Stream<Item = Heard> + Unpin)) {
    let heard = timeout(Duration::from_millis(600), heard.next()).await;
    assert!(heard.is_err(), "{heard:?}");
}

fn updated(lead: LeadId) -> Event {
    Event::of(LiveTopic::Lead, lead.0, LiveChange::Updated)
}

on_both! {
    async fn what_holds_is_heard_once_on_every_server(app: TestApp) {
        let ((one, first), (other, second)) = (server(&app).await, server(&app).await);
        let (mut here, mut there) = (listen(&one, LiveTopic::Lead).await, listen(&other, LiveTopic::Lead).await);
        let mut sessions = listen(&one, LiveTopic::Session).await;
        let lead = LeadId::new();

        let tx = app.app.db.begin().await.unwrap();
        live::tell(&tx, updated(lead)).await.unwrap();
        tokio::time::sleep(Duration::from_millis(400)).await;
        tx.commit().await.unwrap();
        assert_eq!(next(&mut here).await, Heard::Event(updated(lead)));
        assert_eq!(next(&mut there).await, Heard::Event(updated(lead)));
        silent(&mut here).await;
        silent(&mut there).await;

        let tx = app.app.db.begin().await.unwrap();
        live::tell(&tx, updated(lead)).await.unwrap();
        tx.rollback().await.unwrap();
        silent(&mut here).await;

        let session = Event::of(LiveTopic::Session, lead.0, LiveChange::Deleted);
        live::tell(app.app.db.writer(), session).await.unwrap();
        assert_eq!(next(&mut sessions).await, Heard::Event(session));
        silent(&mut there).await;
        first.abort();
        second.abort();
    }

    async fn whoever_cannot_follow_is_told_that_they_missed_something(app: TestApp) {
        let (live, following) = server(&app).await;
        let mut slow = listen(&live, LiveTopic::Lead).await;
        let tx = app.app.db.begin().await.unwrap();
        for _ in 0..1_500 {
            live::tell(&tx, updated(LeadId::new())).await.unwrap();
        }
        tx.commit().await.unwrap();
        tokio::time::sleep(Duration::from_millis(800)).await;
        assert_eq!(next(&mut slow).await, Heard::Missed);
        assert!(matches!(next(&mut slow).await, Heard::Event(_)), "and goes on");
        following.abort();
    }

    async fn a_change_of_a_page_is_told_with_it(app: TestApp) {
        let (live, following) = server(&app).await;
        let mut heard = listen(&live, LiveTopic::Entry).await;
        let editor = app.staff(Role::Editor).await;
        let saved = editor.published_page("told", page("One", vec![quote("q", "One.")])).await;
        // Published.
        let Heard::Event(Event { subject, change: LiveChange::Updated, .. }) = next(&mut heard).await else {
            panic!("it was published");
        };
        editor.save_page(&saved, page("Two", vec![quote("q", "Two.")])).await;
        assert_eq!(next(&mut heard).await, Heard::Event(Event::of(LiveTopic::Entry, subject, LiveChange::Updated)));
        editor.entry("unpublishPage", json!({ "id": saved.id })).await.done("unpublishPage");
        assert_eq!(next(&mut heard).await, Heard::Event(Event::of(LiveTopic::Entry, subject, LiveChange::Updated)));
        let trash = "mutation ($input: TrashEntryInput!) { trashEntry(input: $input) { userErrors { message } } }";
        editor.ask(trash, json!({ "input": { "id": saved.id, "uses": "KEEP" } })).await.done("trashEntry");
        assert_eq!(next(&mut heard).await, Heard::Event(Event::of(LiveTopic::Entry, subject, LiveChange::Deleted)));
        silent(&mut heard).await;
        following.abort();
    }

    async fn old_events_are_removed(app: TestApp) {
        let long_ago = entity::id::LiveEventId(uuid::Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0001));
        let row = live_event::ActiveModel {
            id: Set(long_ago),
            topic: Set(LiveTopic::Lead),
            subject: Set(LeadId::new().0),
            change: Set(LiveChange::Created),
            version: Set(Some(1)),
        };
        live_event::Entity::insert(row).exec_without_returning(app.app.db.writer()).await.unwrap();
        live::tell(app.app.db.writer(), updated(LeadId::new())).await.unwrap();
        let (_, following) = server(&app).await;
        for _ in 0..40 {
            tokio::time::sleep(Duration::from_millis(25)).await;
            let left = live_event::Entity::find().all(app.app.db.reader()).await.unwrap();
            if left.len() == 1 && left.iter().all(|row| row.id != long_ago) {
                following.abort();
                return;
            }
        }
        panic!("the old one is still there");
    }
}
