//! The command line: `hillside serve`, and what an operator does around it.

mod keys;

use std::io::{IsTerminal, Read};

use chrono::Utc;
use clap::{Parser, Subcommand, ValueEnum};
use sea_orm_migration::MigratorTrait;

use crate::{
    app::{App, Failure},
    config::{Config, LogFormat, Settings},
    db::Db,
    delivery::documents,
    demo,
    error::Error,
    gql::Digest,
    identity::{Actor, user::NewUser},
    schema, server,
};

/// Content and admissions of a treatment centre: GraphQL, an admin and lead triage in one binary.
#[derive(Debug, Parser)]
#[command(version, about, arg_required_else_help = true)]
pub struct Cli {
    #[command(flatten)]
    settings: Settings,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Bring the database up to date and serve everything.
    Serve {
        /// Load the demo content first, if the database is empty.
        #[arg(long)]
        demo: bool,
    },
    /// Change the database's schema.
    #[command(subcommand)]
    Migrate(Migrate),
    /// Load the demo content into an empty database.
    Demo {
        /// Then add copies of its longest page until there are so many pages; also where the demo content is there already.
        #[arg(long, value_name = "NUMBER")]
        pages: Option<u64>,
    },
    /// Manage accounts.
    #[command(subcommand)]
    User(User),
    /// Manage the keys that protect leads.
    #[command(subcommand)]
    Keys(keys::KeysCommand),
    /// Manage the GraphQL documents that front ends registered.
    #[command(subcommand)]
    Documents(DocumentsCommand),
    /// Print a GraphQL schema.
    Schema {
        /// Which one.
        which: Which,
    },
    /// Ask a running server whether it is ready; for containers.
    Health,
}

#[derive(Debug, Subcommand)]
enum DocumentsCommand {
    /// Register the documents of a manifest, all or none. They are checked against the schema and its limits first.
    Push {
        /// JSON, as GraphQL Code Generator (`persistedDocuments` with SHA-256), Apollo or Relay write it.
        manifest: std::path::PathBuf,
    },
    /// List what is registered, with the day it was last asked for.
    List,
    /// Forget documents; a server may answer them for another minute.
    Remove {
        /// Their hashes: `sha256:…`.
        #[arg(required = true)]
        hashes: Vec<String>,
    },
}

#[derive(Debug, Subcommand)]
enum Migrate {
    /// Apply every migration that has not been.
    Up,
    /// Take the last migration back. Its tables go with what they hold.
    Down,
    /// List the migrations and whether they were applied.
    Status,
}

#[derive(Debug, Subcommand)]
enum User {
    /// Make an account.
    Create {
        /// The address to sign in with.
        #[arg(long)]
        email: String,
        /// The name colleagues see.
        #[arg(long)]
        name: String,
        /// What the account may do.
        #[arg(long)]
        role: RoleName,
        /// Read the password from standard input.
        #[arg(long, required = true)]
        password_stdin: bool,
    },
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Which {
    /// What visitors and front ends ask.
    Public,
    /// What staff ask.
    Admin,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum RoleName {
    Owner,
    Admin,
    Editor,
    Reviewer,
    Admissions,
    Auditor,
}

impl From<RoleName> for entity::user::Role {
    fn from(name: RoleName) -> Self {
        match name {
            RoleName::Owner => Self::Owner,
            RoleName::Admin => Self::Admin,
            RoleName::Editor => Self::Editor,
            RoleName::Reviewer => Self::Reviewer,
            RoleName::Admissions => Self::Admissions,
            RoleName::Auditor => Self::Auditor,
        }
    }
}

/// Reads the command line and does what it says.
pub async fn run() -> Result<(), Failure> {
    let Cli { settings, command } = Cli::parse();
    if let Command::Schema { which } = command {
        print!(
            "{}",
            match which {
                Which::Public => schema::public_sdl(),
                Which::Admin => schema::staff_sdl(),
            }
        );
        return Ok(());
    }
    let config = settings.resolve()?;
    log_to_stderr(&config);
    match command {
        Command::Serve { demo } => server::serve(config, demo).await,
        Command::Migrate(migrate) => run_migrate(&config, &migrate).await,
        Command::Demo { pages } => load_demo(&config, pages).await,
        Command::User(User::Create { email, name, role, .. }) => create_user(&config, &email, &name, role).await,
        Command::Keys(command) => keys::run(&config, command).await,
        Command::Documents(command) => run_documents(&config, command).await,
        Command::Health => ask_health(&config).await,
        Command::Schema { .. } => Ok(()),
    }
}

fn log_to_stderr(config: &Config) {
    let filter = tracing_subscriber::EnvFilter::new(&config.log);
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr);
    match config.log_format {
        LogFormat::Text => log.init(),
        LogFormat::Json => log.json().init(),
    }
}

async fn run_migrate(config: &Config, migrate: &Migrate) -> Result<(), Failure> {
    config.prepare_data_dir()?;
    let db = Db::connect(&config.database_url).await?;
    match migrate {
        Migrate::Up => db.migrate().await?,
        Migrate::Down => migration::Migrator::down(db.writer(), Some(1)).await?,
        Migrate::Status => {}
    }
    for applied in migration::Migrator::get_migration_with_status(db.writer()).await? {
        println!("{:<9} {}", applied.status().to_string().to_lowercase(), applied.name());
    }
    Ok(())
}

async fn run_documents(config: &Config, command: DocumentsCommand) -> Result<(), Failure> {
    // Nobody means to register documents in a new, empty installation.
    if let Some(file) = Db::missing_file(&config.database_url) {
        let file = file.display();
        return Err(format!("there is no database at {file}: run this with the settings that the server has").into());
    }
    let app = App::open(config).await?;
    match command {
        DocumentsCommand::Push { manifest } => {
            let text = std::fs::read(&manifest).map_err(|cause| format!("{}: {cause}", manifest.display()))?;
            match server::register_documents(&app, &text, Utc::now()).await {
                Ok((all, new)) => println!("Documents registered: {all}, of them new: {new}."),
                Err(failed) => {
                    if let Some(Error::Problems(problems)) = failed.downcast_ref() {
                        for problem in problems {
                            eprintln!("{}: {}", problem.path.join("."), problem.message);
                        }
                        return Err("nothing was registered".into());
                    }
                    return Err(format!("{}: {failed}", manifest.display()).into());
                }
            }
        }
        DocumentsCommand::List => {
            for document in documents::list(app.db.reader()).await? {
                let used = document.last_used_on.map_or_else(|| "never".to_owned(), |day| day.to_string());
                println!("{:<10}  {}  {}", used, document.digest, document.name);
            }
        }
        DocumentsCommand::Remove { hashes } => {
            let read = hashes.iter().map(|hash| hash.parse().map_err(|_| format!("“{hash}” is not a SHA-256.")));
            let read = read.map(|digest: Result<Digest, String>| digest.map(|digest| digest.to_string()));
            let digests: Vec<String> = read.collect::<Result<_, _>>()?;
            println!("Documents removed: {}.", documents::remove(app.db.writer(), &digests, Utc::now()).await?);
        }
    }
    Ok(())
}

async fn load_demo(config: &Config, pages: Option<u64>) -> Result<(), Failure> {
    let app = App::open(config).await?;
    match demo::load(&app, schema::INDEXERS, Utc::now()).await? {
        demo::Loaded::Done => println!("The demo content is loaded."),
        demo::Loaded::NotEmpty if pages.is_some() => {}
        demo::Loaded::NotEmpty => {
            return Err("there is content already; the demo content is only for an empty database".into());
        }
    }
    if let Some(pages) = pages {
        demo::fill(&app, schema::INDEXERS, pages, Utc::now(), |have| println!("{have} pages")).await?;
    }
    Ok(())
}

async fn create_user(config: &Config, email: &str, name: &str, role: RoleName) -> Result<(), Failure> {
    let mut password = zeroize::Zeroizing::new(String::new());
    std::io::stdin().take(4_096).read_to_string(&mut password)?;
    let password = password.trim_end_matches(['\r', '\n']);

    let app = App::open(config).await?;
    let new = NewUser { email, name, role: role.into(), password };
    let user = app.identity.create_user(Actor::System, new, Utc::now()).await?;
    println!("{} may sign in at {}/admin.", user.email, config.public_url);
    Ok(())
}

/// A bare HTTP request to our own address, so that the container needs no client.
async fn ask_health(config: &Config) -> Result<(), Failure> {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let ask = async {
        let mut stream = tokio::net::TcpStream::connect(config.addr).await?;
        stream.write_all(b"GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").await?;
        let mut answer = [0; 12];
        stream.read_exact(&mut answer).await?;
        Ok::<_, std::io::Error>(answer)
    };
    match tokio::time::timeout(std::time::Duration::from_secs(3), ask).await {
        Ok(Ok(answer)) if answer.ends_with(b"200") => {
            println!("ready");
            Ok(())
        }
        Ok(Ok(_)) => Err("the server answers, but is not ready".into()),
        Ok(Err(cause)) => Err(format!("nothing answers at {}: {cause}", config.addr).into()),
        Err(_) => Err(format!("nothing answers at {} within 3 seconds", config.addr).into()),
    }
}
