//! What every command works with: the database brought up to date, the keys that belong to it, and who may enter.

use chrono::Utc;

use crate::{
    config::{Config, MediaBucket},
    db::Db,
    delivery::webhook::Signer,
    generation,
    identity::Identity,
    keys::{Keys, Purpose, Secret},
    leads::{self, Ledger, Vault},
    live::Live,
    mail::{MailError, Mailer},
    media::{Bucket, Pictures, Store, StoreError},
    publishing::{self, Indexers},
    therapies,
};

/// Why there is nothing to work with, as the operator reads it.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;

/// An opened installation.
pub struct App {
    /// The database.
    pub db: Db,
    /// Accounts, sessions and the audit log.
    pub identity: Identity,
    /// What seals leads.
    pub vault: Vault,
    /// Who was erased.
    pub ledger: Ledger,
    /// What signs preview tokens.
    pub preview_key: Secret,
    /// Signs what webhooks are told.
    pub signer: Signer,
    /// Keeps pictures.
    pub media: Pictures,
    /// The generation of what is public.
    pub generation: generation::Known,
    /// What staff hear of at once.
    pub live: Live,
    /// Hands letters to the mail server, where there is one.
    pub mailer: Option<Mailer>,
}

impl App {
    /// Opens the installation `config` describes: makes the data folder and the keys where they are missing, checks
    /// that the keys are those of the database before anything else is written, applies pending migrations, and erases
    /// again whoever a backup brought back.
    pub async fn open(config: &Config) -> Result<Self, Failure> {
        let mailer = mailer(config)?;
        config.prepare_data_dir()?;
        let keys = Keys::load_or_create(&config.keys_file)?;
        let db = Db::connect(&config.database_url)
            .await
            .map_err(|cause| format!("HILLSIDE_DATABASE_URL: the database cannot be reached: {cause}"))?;
        db.migrate().await?;
        let vault = Vault::new(&keys, &config.keys_file);
        leads::check_keys(&db, &vault).await?;
        let ledger = Ledger::open(&config.erasures_file, &keys)?;
        let identity = Identity::new(db.clone(), &keys)?;
        leads::replay_erasures(&db, identity.audit(), &ledger, Utc::now()).await?;
        publishing::ensure_indexes(&db, Indexers(&[therapies::INDEXER]), Utc::now()).await?;
        leads::ensure_forms(&db, Utc::now()).await?;
        let preview_key = keys.derive(Purpose::Preview);
        let signer = Signer::new(keys.derive(Purpose::Webhook));
        let media = Pictures::new(media_store(config)?);
        let generation = generation::Known::new(db.reader().clone());
        let live = Live::new(db.clone());
        Ok(Self { db, identity, vault, ledger, preview_key, signer, media, generation, live, mailer })
    }
}

fn mailer(config: &Config) -> Result<Option<Mailer>, Failure> {
    let Some(mail) = &config.mail else { return Ok(None) };
    let mailer = Mailer::new(&mail.url, &mail.from).map_err(|cause| match cause {
        MailError::Address(cause) => format!("HILLSIDE_MAIL_FROM: “{}” is not an address: {cause}", mail.from),
        other => format!("HILLSIDE_SMTP_URL: {other}"),
    })?;
    Ok(Some(mailer))
}

fn media_store(config: &Config) -> Result<Store, StoreError> {
    match config.media_bucket.clone() {
        None => Store::folder(&config.data_dir.join("media")),
        Some(MediaBucket { name, endpoint, region, key }) => Store::bucket(Bucket { name, endpoint, region, key }),
    }
}
