//! Many leads in one transaction. A flush to disk takes as long for a hundred as for one, so those that come at once share
//! it. Nobody waits for others to come: whoever is there when the last group is on disk is the next.

use futures_util::future::join_all;
use tokio::sync::{mpsc, oneshot};

use super::store::{Rows, StoreError, Written, write_all};
use crate::{
    db::Db,
    error::{Error, Result},
};

/// Leads of a group, at the most: what a database takes in one statement.
const GROUP: usize = 128;
/// How often it is looked what is in the way of a lead.
const LOOKS: usize = 3;
/// Leads that wait to be written.
const WAITING: usize = 1_000;

/// Writes leads, each durably before it is acknowledged. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Writer {
    db: Db,
    waiting: mpsc::Sender<Waiting>,
}

#[derive(Debug)]
struct Waiting {
    rows: Rows,
    written: oneshot::Sender<Result<Written>>,
}

impl Writer {
    /// Starts to write, until the last clone is gone.
    pub fn start(db: Db) -> Self {
        let (waiting, mut came) = mpsc::channel(WAITING);
        let own = db.clone();
        tokio::spawn(async move {
            let mut group = Vec::new();
            while came.recv_many(&mut group, GROUP).await > 0 {
                write(&own, std::mem::take(&mut group)).await;
            }
        });
        Self { db, waiting }
    }

    /// Answers once the rows are on disk, or were before.
    pub(super) async fn write(&self, rows: Rows) -> Result<Written> {
        let (written, outcome) = oneshot::channel();
        match self.waiting.send(Waiting { rows, written }).await {
            Ok(()) => outcome.await.unwrap_or_else(|_| Err(Error::internal("a group of leads was given up"))),
            // Whoever writes has ended, which no lead is lost for.
            Err(mpsc::error::SendError(alone)) => write_alone(&self.db, alone.rows).await,
        }
    }
}

/// Writes a group, and tells each what came of it. Where one is in the way of the others, each is written for itself.
async fn write(db: &Db, group: Vec<Waiting>) {
    let (rows, written): (Vec<Rows>, Vec<_>) = group.into_iter().map(|it| (it.rows, it.written)).unzip();
    let outcomes: Vec<Result<Written>> = match write_all(db, rows.clone()).await {
        Ok(outcomes) => outcomes.into_iter().map(Ok).collect(),
        Err(_) => join_all(rows.into_iter().map(|alone| write_alone(db, alone))).await,
    };
    for (written, outcome) in written.into_iter().zip(outcomes) {
        // Whoever does not wait any more asks again, with the same key.
        let _ = written.send(outcome);
    }
}

/// Writes one. Where another server was faster with the same, the second look finds it.
async fn write_alone(db: &Db, rows: Rows) -> Result<Written> {
    for _ in 0..LOOKS {
        match write_all(db, vec![rows.clone()]).await {
            Ok(outcomes) => {
                return outcomes.into_iter().next().ok_or_else(|| Error::internal("nothing came of a lead"));
            }
            Err(StoreError::Clash) => {}
            Err(StoreError::Other(error)) => return Err(error),
        }
    }
    Err(Error::internal("a lead clashes with one that is not there"))
}
