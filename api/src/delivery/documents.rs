//! Registered documents: what front ends ask for by its hash, and what a strict installation answers alone.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use chrono::{DateTime, NaiveDate, Utc};
use entity::{
    document,
    problem::{Problem, ProblemCode},
};
use moka::future::Cache;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    sea_query::{Expr, OnConflict},
};
use serde::Deserialize;

use crate::{
    db::Db,
    error::{Error, Result},
    generation::{self, Touched, bump_generation},
};

/// Documents that an installation keeps, at the most.
const MOST: u64 = 10_000;
/// Rows that are written at a time.
const BATCH: usize = 500;
/// How long a server answers by what it knows of a document before it asks the database again.
const KNOWN_FOR: Duration = Duration::from_secs(60);

/// A file that lists documents by their hash, as clients' compilers write it.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub enum Manifest {
    /// Apollo's.
    Operations {
        /// What there is.
        operations: Vec<Operation>,
    },
    /// What the client preset of GraphQL Code Generator and Relay write: texts by hash.
    ByHash(BTreeMap<String, String>),
}

/// A document of a manifest.
#[derive(Debug, Deserialize)]
pub struct Operation {
    /// The SHA-256 of the body.
    pub id: String,
    /// The document.
    pub body: String,
}

impl Manifest {
    /// Reads one from its file.
    pub fn read(text: &[u8]) -> Result<Self, String> {
        let json: serde_json::Value =
            serde_json::from_slice(text).map_err(|cause| format!("this is no JSON ({cause})"))?;
        serde_json::from_value(json).map_err(|_| {
            "this is no manifest: an object of texts by their hash, {\"<sha256>\": \"query …\"}, as GraphQL Code Generator \
             and Relay write it, or Apollo's {\"operations\": [{\"id\": \"<sha256>\", \"body\": \"query …\"}]}"
                .to_owned()
        })
    }

    /// The documents, each with the hash it was given.
    pub fn into_operations(self) -> Vec<Operation> {
        match self {
            Self::Operations { operations } => operations,
            Self::ByHash(texts) => texts.into_iter().map(|(id, body)| Operation { id, body }).collect(),
        }
    }
}

/// Registers documents, all or none, and answers how many were new. `check` tells a document's hash (`sha256:…`) and the
/// name of its operation, or what is wrong with it.
///
/// Fails with problems at `<hash>`.
pub async fn register(
    db: &impl ConnectionTrait,
    check: impl Fn(&Operation) -> Result<(String, String), String>,
    operations: Vec<Operation>,
    now: DateTime<Utc>,
) -> Result<u64> {
    let mut problems = Vec::new();
    let mut rows = Vec::new();
    for operation in operations {
        match check(&operation) {
            Ok((digest, name)) => rows.push(document::ActiveModel {
                digest: Set(digest),
                text: Set(operation.body),
                name: Set(name),
                registered_at: Set(now),
                last_used_on: Set(None),
            }),
            Err(message) => problems.push(Problem { code: ProblemCode::Invalid, path: vec![operation.id], message }),
        }
    }
    if !problems.is_empty() {
        return Err(Error::Problems(problems));
    }
    let before = document::Entity::find().count(db).await?;
    for rows in rows.chunks(BATCH) {
        let once = OnConflict::column(document::Column::Digest).do_nothing().to_owned();
        document::Entity::insert_many(rows.to_vec()).on_conflict(once).exec_without_returning(db).await?;
    }
    let after = document::Entity::find().count(db).await?;
    if after > MOST {
        let message =
            format!("{after} documents would be kept, and {MOST} may be: remove some that nobody uses first.");
        return Err(Error::problem(ProblemCode::TooLarge, [""; 0], message));
    }
    Ok(after - before)
}

/// Every registered document by name.
pub async fn list(db: &impl ConnectionTrait) -> Result<Vec<document::Model>> {
    let rows = document::Entity::find().order_by_asc(document::Column::Name).order_by_asc(document::Column::Digest);
    Ok(rows.all(db).await?)
}

/// Forgets documents, and the answers to them that are kept; answers how many there were among them.
pub async fn remove(db: &impl ConnectionTrait, digests: &[String], now: DateTime<Utc>) -> Result<u64> {
    let of_digests = document::Column::Digest.is_in(digests);
    let removed = document::Entity::delete_many().filter(of_digests).exec(db).await?.rows_affected;
    if removed > 0 {
        bump_generation(db, &Touched::kind("document"), now).await?;
    }
    Ok(removed)
}

/// The registered documents, as a server that answers knows them.
#[derive(Clone, Debug)]
pub struct Registered {
    db: Db,
    /// Removing one raises it, so that nobody is answered under the next who was known under the last.
    generation: generation::Known,
    known: Cache<(u64, String), Arc<str>>,
}

impl Registered {
    /// Those of the database behind `db`.
    pub fn new(db: Db, generation: generation::Known) -> Self {
        Self { db, generation, known: Cache::builder().max_capacity(MOST).time_to_live(KNOWN_FOR).build() }
    }

    /// The document of that hash.
    pub async fn find(&self, digest: &str) -> Result<Option<Arc<str>>> {
        let generation = self.generation.get().await;
        if let Some(generation) = generation
            && let Some(known) = self.known.get(&(generation, digest.to_owned())).await
        {
            return Ok(Some(known));
        }
        let row = document::Entity::find_by_id(digest).one(self.db.reader()).await?;
        // What is not there is asked for again: whoever registers it wants it answered.
        let Some(row) = row else { return Ok(None) };
        let text: Arc<str> = row.text.into();
        if let Some(generation) = generation {
            self.known.insert((generation, digest.to_owned()), Arc::clone(&text)).await;
        }
        let today = Utc::now().date_naive();
        if row.last_used_on != Some(today) {
            // Whoever asks is not refused because nobody could write down that they did.
            if let Err(error) = self.mark_used(&row.digest, today).await {
                tracing::warn!(error = ?error, digest, "that a document was asked for could not be kept");
            }
        }
        Ok(Some(text))
    }

    async fn mark_used(&self, digest: &str, today: NaiveDate) -> Result<()> {
        document::Entity::update_many()
            .col_expr(document::Column::LastUsedOn, Expr::val(today))
            .filter(document::Column::Digest.eq(digest))
            .exec(self.db.writer())
            .await?;
        Ok(())
    }
}
