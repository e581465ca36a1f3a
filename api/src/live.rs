//! What staff should hear of at once: told with the change itself, heard by every server.
//!
//! An event is a row of its change's transaction, so what did not happen is not told, and what did is told however the
//! server that did it ended. It says what to look at again, never what is in it. Servers read new rows when PostgreSQL
//! says there are some, and a few times each second in any case; a row that a slow transaction wrote late is found,
//! because the last seconds are read again each time.

use std::{
    collections::HashSet,
    future::Future,
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use entity::{
    id::LiveEventId,
    live_event::{self, LiveChange, LiveTopic},
};
use futures_util::{Stream, StreamExt, stream};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, QueryOrder};
use tokio::sync::{
    broadcast::{self, error::RecvError},
    watch,
};
use uuid::{NoContext, Timestamp, Uuid};

use crate::{
    db::{self, Db, insert_all},
    error::Result,
};

/// On which PostgreSQL tells servers that there is something new.
const CHANNEL: &str = "hillside_live";
/// How soon it is heard without that.
const BETWEEN_LOOKS: Duration = Duration::from_millis(250);
/// How long after hearing of one change others are waited for.
const TOGETHER: Duration = Duration::from_millis(20);
/// How much later than it was told an event may be there to be read: its transaction, and two clocks that differ.
const LATE: Duration = Duration::from_secs(10);
/// How long events are kept.
const KEPT: Duration = Duration::from_secs(600);
/// Events that a listener may lag behind before it is told that it missed some.
const BEHIND: usize = 1_024;

/// Something that happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Event {
    /// To what kind of thing.
    pub topic: LiveTopic,
    /// To which.
    pub subject: Uuid,
    /// What became of it.
    pub change: LiveChange,
    /// Its version after that, where it has one.
    pub version: Option<i32>,
}

impl Event {
    /// About a thing that has no versions.
    pub fn of(topic: LiveTopic, subject: Uuid, change: LiveChange) -> Self {
        Self { topic, subject, change, version: None }
    }
}

/// What a listener hears.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heard {
    /// This happened.
    Event(Event),
    /// More happened than could be told in time: whoever listens looks at everything again.
    Missed,
}

/// Tells it within the caller's transaction.
pub async fn tell(db: &impl ConnectionTrait, event: Event) -> Result<()> {
    tell_all(db, &[event]).await
}

/// Tells several at once.
pub async fn tell_all(db: &impl ConnectionTrait, events: &[Event]) -> Result<()> {
    let rows = events.iter().map(|&Event { topic, subject, change, version }| live_event::ActiveModel {
        id: Set(LiveEventId::new()),
        topic: Set(topic),
        subject: Set(subject),
        change: Set(change),
        version: Set(version),
    });
    insert_all(db, rows.collect()).await?;
    if db.get_database_backend() == DbBackend::Postgres {
        // Told when the transaction holds, and not before.
        db.execute_unprepared(&format!("NOTIFY {CHANNEL}")).await?;
    }
    Ok(())
}

/// Hears what is told on any server. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Live {
    db: Db,
    heard: broadcast::Sender<Heard>,
    stopping: watch::Sender<bool>,
}

impl Live {
    /// Over the database behind `db`; nothing is heard until [`Live::follow`] runs.
    pub fn new(db: Db) -> Self {
        Self { db, heard: broadcast::channel(BEHIND).0, stopping: watch::channel(false).0 }
    }

    /// Everything from now on; what happened a moment ago may be among it.
    fn listen(&self) -> impl Stream<Item = Heard> + Send + 'static {
        stream::unfold(self.heard.subscribe(), |mut receiver| async {
            let heard = match receiver.recv().await {
                Ok(heard) => heard,
                Err(RecvError::Lagged(_)) => Heard::Missed,
                Err(RecvError::Closed) => return None,
            };
            Some((heard, receiver))
        })
    }

    /// What happens to things of one kind from now on. Begins with [`Heard::Missed`]: nobody knows what happened between
    /// the listener's last look and now. Something may be heard twice.
    pub fn listen_to(&self, topic: LiveTopic) -> impl Stream<Item = Heard> + Send + 'static {
        let concerns = move |heard: &Heard| match heard {
            Heard::Event(event) => event.topic == topic,
            Heard::Missed => true,
        };
        let heard = self.listen().filter(move |heard| std::future::ready(concerns(heard)));
        stream::once(std::future::ready(Heard::Missed)).chain(heard)
    }

    /// Tells all who listen that this server stops, before it waits for anything else to end.
    pub fn stop(&self) {
        self.stopping.send_replace(true);
    }

    /// Resolves when this server stops, so that whoever listens goes elsewhere.
    pub fn stopping(&self) -> impl Future<Output = ()> + Send + 'static {
        let mut stopping = self.stopping.subscribe();
        async move {
            // Nothing tells any more: that is a stop as well.
            let _ = stopping.wait_for(|stops| *stops).await;
        }
    }

    /// Reads what is new, and passes it on, until `shutdown` resolves.
    pub async fn follow(self, shutdown: impl Future<Output = ()>) {
        tokio::pin!(shutdown);
        let (mut listener, mut told) = (None, Told::default());
        loop {
            if listener.is_none() {
                listener = db::listen(self.db.reader(), CHANNEL).await;
            }
            if let Err(error) = self.look(&mut told).await {
                tracing::debug!(error = ?error, "what happened could not be read");
            }
            let woken = async {
                match &mut listener {
                    Some(listener) => listener.recv().await.is_ok(),
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                () = &mut shutdown => return,
                heard = woken => match heard {
                    // What is told together is read together.
                    true => tokio::time::sleep(TOGETHER).await,
                    false => listener = None,
                },
                () = tokio::time::sleep(BETWEEN_LOOKS) => {}
            }
        }
    }

    async fn look(&self, told: &mut Told) -> Result<()> {
        if told.swept.is_none_or(|at| at.elapsed().is_ok_and(|since| since > KEPT)) {
            told.swept = Some(SystemTime::now());
            let old = live_event::Column::Id.lt(first_id_after(KEPT));
            live_event::Entity::delete_many().filter(old).exec(self.db.writer()).await?;
        }
        if self.heard.receiver_count() == 0 {
            told.looked = Some(Instant::now());
            return Ok(());
        }
        let recent = live_event::Entity::find()
            .filter(live_event::Column::Id.gt(first_id_after(LATE)))
            .order_by_asc(live_event::Column::Id)
            .all(self.db.reader())
            .await?;
        let new = recent.iter().filter(|row| !told.ids.contains(&row.id));
        for live_event::Model { topic, subject, change, version, .. } in new.cloned() {
            // Nobody listens any more: nobody misses it.
            let _ = self.heard.send(Heard::Event(Event { topic, subject, change, version }));
        }
        // What came while nobody could look may be older than what is read again.
        if told.looked.replace(Instant::now()).is_some_and(|at| at.elapsed() > LATE / 2) {
            let _ = self.heard.send(Heard::Missed);
        }
        told.ids = recent.into_iter().map(|row| row.id).collect();
        Ok(())
    }
}

/// What was passed on, of what could still be read again.
#[derive(Debug, Default)]
struct Told {
    ids: HashSet<LiveEventId>,
    swept: Option<SystemTime>,
    /// When that was read last.
    looked: Option<Instant>,
}

/// An id that sorts before all that were made in the last `ago`.
fn first_id_after(ago: Duration) -> LiveEventId {
    let since =
        SystemTime::now().checked_sub(ago).and_then(|at| at.duration_since(UNIX_EPOCH).ok()).unwrap_or_default();
    let bytes = Uuid::new_v7(Timestamp::from_unix(NoContext, since.as_secs(), since.subsec_nanos())).into_bytes();
    // The time is in the first six bytes; whatever is random after it is less.
    let mut least = [0; 16];
    least.iter_mut().zip(bytes).take(6).for_each(|(least, byte)| *least = byte);
    LiveEventId(Uuid::from_bytes(least))
}
