//! `hillside keys`: the rings of the key file.

use chrono::Utc;
use clap::{Subcommand, ValueEnum};

use crate::{
    app::{App, Failure},
    config::Config,
    identity::{Actor, audit},
    keys::Keys,
    leads,
};

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
    let mut keys = Keys::load(&config.keys_file)?;
    match command {
        KeysCommand::Rotate { ring: Ring::Kek } => {
            let id = keys.rotate_kek(&config.keys_file)?;
            record(&app, audit::Verb::LeadKeyRotated, &id).await?;
            app.vault.read_again();
            leads::check_keys(&app.db, &app.vault).await?;
            println!("The current key is {id} now. Copy {} before anything else.", config.keys_file.display());
            let mut wrapped = leads::wrap_keys_again(&app.db, &app.vault).await?;
            let seconds = leads::BETWEEN_READINGS.as_secs() + 5;
            println!("Leads wrapped under it: {wrapped}. Waiting {seconds} seconds for servers to read the file.");
            tokio::time::sleep(std::time::Duration::from_secs(seconds)).await;
            wrapped += leads::wrap_keys_again(&app.db, &app.vault).await?;
            println!("Leads wrapped under it: {wrapped}. Older keys stay in the file for backups; see `keys retire`.");
        }
        KeysCommand::List { ring: Ring::Kek } => {
            for (place, key) in keys.kek.iter().enumerate() {
                let state = match (place, leads::is_key_unused(&app.db, &key.id).await?) {
                    (0, _) => "current",
                    (_, true) => "unused",
                    (_, false) => "needed",
                };
                println!("{state:<8} {}", key.id);
            }
        }
        KeysCommand::Retire { id } => {
            if !leads::is_key_unused(&app.db, &id).await? {
                return Err(format!("leads are wrapped under {id}: run `hillside keys rotate kek` first").into());
            }
            if !keys.retire_kek(&config.keys_file, &id)? {
                return Err(format!("there is no key {id} beside the current one").into());
            }
            record(&app, audit::Verb::LeadKeyRetired, &id).await?;
            println!("{id} is out of {}.", config.keys_file.display());
        }
    }
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
