//! `hillside keys`: the rings of the key file.

use chrono::{TimeDelta, Utc};
use clap::{Subcommand, ValueEnum};

use crate::{
    app::{App, Failure},
    config::Config,
    identity::{Actor, audit},
    keys::{Keys, NamedKey},
    leads,
};

/// How old the current key is before another is taken out: by then every server that runs has read it.
const SETTLED: TimeDelta = TimeDelta::hours(1);

#[derive(Debug, Subcommand)]
pub(super) enum KeysCommand {
    /// Make a fresh key the current one, and wrap every lead's own key under it, while servers go on. It takes half a minute at
    /// least: so long a running server may go on with the old one.
    Rotate {
        /// Which ring.
        ring: Ring,
    },
    /// List the ring of a kind, the current key first, and whether a lead needs it.
    List {
        /// Which ring.
        ring: Ring,
    },
    /// Take a key that no lead needs out of the key file. A backup from before the rotation cannot be read without it.
    Retire {
        /// Its name, from `list`.
        id: String,
    },
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum Ring {
    /// What wraps each lead's own key.
    Kek,
}

pub(super) async fn run(config: &Config, command: KeysCommand) -> Result<(), Failure> {
    let app = App::open(config).await?;
    match command {
        KeysCommand::Rotate { ring: Ring::Kek } => rotate(&app, config).await,
        KeysCommand::List { ring: Ring::Kek } => list(&app, config).await,
        KeysCommand::Retire { id } => retire(&app, config, &id).await,
    }
}

async fn rotate(app: &App, config: &Config) -> Result<(), Failure> {
    let id = {
        let _held = Keys::hold(&config.keys_file)?;
        Keys::load(&config.keys_file)?.rotate_kek(&config.keys_file)?
    };
    record(app, audit::Verb::LeadKeyRotated, &id).await?;
    app.vault.read_again();
    leads::check_keys(&app.db, &app.vault).await?;
    println!("The current key is {id} now. Keep a copy of {} as it is from now on.", config.keys_file.display());
    let first = leads::wrap_keys_again(&app.db, &app.vault).await?;
    let seconds = leads::BETWEEN_READINGS.as_secs() + 5;
    println!("Leads wrapped under it: {}. Waiting {seconds} seconds for servers to read the file.", first.done);
    tokio::time::sleep(std::time::Duration::from_secs(seconds)).await;
    let second = leads::wrap_keys_again(&app.db, &app.vault).await?;
    let done = first.done + second.done;
    println!("Leads wrapped under it: {done}. Older keys stay in the file for backups; see `keys retire`.");
    match second.failed {
        0 => Ok(()),
        failed => {
            Err(format!("the keys of {failed} leads do not open and stay as they are; the log names them").into())
        }
    }
}

async fn list(app: &App, config: &Config) -> Result<(), Failure> {
    for (place, key) in Keys::load(&config.keys_file)?.kek.iter().enumerate() {
        let state = match (place, leads::is_key_unused(&app.db, &key.id).await?) {
            (0, _) => "current",
            (_, true) => "unused",
            (_, false) => "needed",
        };
        println!("{state:<8} {}", key.id);
    }
    Ok(())
}

async fn retire(app: &App, config: &Config, id: &str) -> Result<(), Failure> {
    let _held = Keys::hold(&config.keys_file)?;
    let mut keys = Keys::load(&config.keys_file)?;
    let current = keys.kek.first().and_then(NamedKey::made_at);
    if current.is_some_and(|made_at| Utc::now() - made_at < SETTLED) {
        let wait = "the current key is not an hour old: a server may not have read it yet; retire others later";
        return Err(wait.into());
    }
    if !leads::is_key_unused(&app.db, id).await? {
        return Err(format!("leads are wrapped under {id}: run `hillside keys rotate kek` first").into());
    }
    if !keys.retire_kek(&config.keys_file, id)? {
        return Err(format!("there is no key {id} beside the current one").into());
    }
    record(app, audit::Verb::LeadKeyRetired, id).await?;
    println!("{id} is out of {}.", config.keys_file.display());
    Ok(())
}

/// Writes into the audit log what was done to a key.
async fn record(app: &App, verb: audit::Verb, id: &str) -> Result<(), Failure> {
    let tx = app.db.begin().await?;
    let event = audit::Event::done(audit::Stream::Leads, verb, id);
    app.identity.audit().record(&tx, Actor::System, event, Utc::now()).await?;
    tx.commit().await?;
    Ok(())
}
