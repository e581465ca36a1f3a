//! Settings: a flag wins over the environment, the environment over the TOML file, the file over the default.
//!
//! Everything is read and checked before anything starts; a wrong setting stops the start with a sentence that names it.

mod mail;
mod media;
mod purge;

use std::{
    fmt, fs,
    net::SocketAddr,
    path::{Path, PathBuf},
};

use serde::Deserialize;
use url::Url;

pub use self::{mail::Mail, media::MediaBucket, purge::Purge};
use crate::network::Proxies;

/// What is logged unless somebody says otherwise: what we do, not what the libraries chat about.
const DEFAULT_LOG: &str = "info,poem=warn,sqlx=warn,sea_orm_migration=warn";

/// Settings as they are given: on the command line, in the environment or, with the names in lower case without the
/// prefix, in the file.
#[derive(Clone, Debug, Default, clap::Args, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// A TOML file with settings.
    #[arg(long, env = "HILLSIDE_CONFIG", value_name = "FILE", global = true)]
    #[serde(skip)]
    pub config: Option<PathBuf>,
    /// Where to listen [default: 127.0.0.1:8000].
    #[arg(long, env = "HILLSIDE_ADDR", value_name = "HOST:PORT", global = true)]
    pub addr: Option<String>,
    /// The database: `sqlite:FILE` or `postgres://…` [default: SQLite in the data folder].
    #[arg(long, env = "HILLSIDE_DATABASE_URL", value_name = "URL", hide_env_values = true, global = true)]
    pub database_url: Option<String>,
    /// Where Hillside keeps its own files [default: ./data].
    #[arg(long, env = "HILLSIDE_DATA_DIR", value_name = "FOLDER", global = true)]
    pub data_dir: Option<PathBuf>,
    /// How the site is reached from outside [default: http:// and the address].
    #[arg(long, env = "HILLSIDE_PUBLIC_URL", value_name = "URL", global = true)]
    pub public_url: Option<String>,
    /// The file with this installation's secrets, made on the first start [default: keys.json in the data folder].
    #[arg(long, env = "HILLSIDE_KEYS_FILE", value_name = "FILE", global = true)]
    pub keys_file: Option<PathBuf>,
    /// The file that says who was erased, so that no backup brings them back [default: erasures.jsonl beside the keys file].
    #[arg(long, env = "HILLSIDE_ERASURES_FILE", value_name = "FILE", global = true)]
    pub erasures_file: Option<PathBuf>,
    /// What to log: `info`, `debug`, or a filter such as `hillside=debug,info` [default: info].
    #[arg(long, env = "HILLSIDE_LOG", value_name = "FILTER", global = true)]
    pub log: Option<String>,
    /// How to log: `text` or `json` [default: text].
    #[arg(long, env = "HILLSIDE_LOG_FORMAT", value_name = "FORMAT", global = true)]
    pub log_format: Option<String>,
    /// Whether to serve the reference site at `/`: `on` or `off` [default: on].
    #[arg(long, env = "HILLSIDE_SITE", value_name = "on|off", global = true)]
    pub site: Option<String>,
    /// Which GraphQL documents strangers may send: `open` (any), `prefer` (any, naming in the log what is not registered)
    /// or `only` (registered ones) [default: open].
    #[arg(long, env = "HILLSIDE_DOCUMENTS", value_name = "open|prefer|only", global = true)]
    pub documents: Option<String>,
    /// Where a front end of your own shows drafts, with `{token}` and `{path}` in their places, such as
    /// `https://www.example.org/api/preview?token={token}&path={path}` [default: the reference site shows them].
    #[arg(long, env = "HILLSIDE_PREVIEW_URL", value_name = "URL", global = true)]
    pub preview_url: Option<String>,
    /// Proxies of your own before Hillside, which tell in X-Forwarded-For whom they ask for: addresses and networks between
    /// commas, such as `10.0.0.0/8, 192.0.2.7` [default: none].
    #[arg(long, env = "HILLSIDE_PROXIES", value_name = "ADDRESSES", global = true)]
    pub proxies: Option<String>,
    /// How much cost a visitor may ask the public GraphQL schema for in a second; 0 for no bound. Whoever asks from a private
    /// address is not bound: that may be a proxy that nobody told of [default: 600].
    #[arg(long, env = "HILLSIDE_RATE", value_name = "COST", global = true)]
    pub rate: Option<u64>,
    /// Megabytes of memory for whole answers to GraphQL queries and drawn pages; 0 keeps none [default: 24].
    #[arg(long, env = "HILLSIDE_ANSWERS_MB", value_name = "MB", global = true)]
    pub answers_mb: Option<u64>,
    /// Megabytes of memory for what is published, as it was read and parsed; 0 keeps nothing [default: 12].
    #[arg(long, env = "HILLSIDE_PUBLISHED_MB", value_name = "MB", global = true)]
    pub published_mb: Option<u64>,
    /// Whether webhooks may lead to addresses at home (private ones, without TLS): `on` or `off` [default: off].
    #[arg(long, env = "HILLSIDE_WEBHOOKS_PRIVATE", value_name = "on|off", global = true)]
    pub webhooks_private: Option<String>,
    /// Where the cache in front of Hillside is told by POST what to drop [default: none is told].
    #[arg(long, env = "HILLSIDE_PURGE_URL", value_name = "URL", global = true)]
    pub purge_url: Option<String>,
    /// The header that allows it: `Name: value` [default: none].
    #[arg(long, env = "HILLSIDE_PURGE_HEADER", value_name = "HEADER", hide_env_values = true, global = true)]
    pub purge_header: Option<String>,
    /// How it takes the tags to drop: `surrogate-key` (a header, by spaces) or `json` (`{"tags": […]}`) [default: surrogate-key].
    #[arg(long, env = "HILLSIDE_PURGE_FORMAT", value_name = "FORMAT", global = true)]
    pub purge_format: Option<String>,
    /// The mail server that takes letters to staff: `smtps://user:password@host`, or `smtp://…` where TLS begins later (STARTTLS)
    /// [default: none, nobody gets letters].
    #[arg(long, env = "HILLSIDE_SMTP_URL", value_name = "URL", hide_env_values = true, global = true)]
    pub smtp_url: Option<String>,
    /// Whose letters they are, as `Name <address>` [default: hillside at the public URL's host].
    #[arg(long, env = "HILLSIDE_MAIL_FROM", value_name = "ADDRESS", global = true)]
    pub mail_from: Option<String>,
    /// A bucket for pictures that speaks S3 and is there already [default: none, pictures are in the data folder].
    #[arg(long, env = "HILLSIDE_MEDIA_S3_BUCKET", value_name = "NAME", global = true)]
    pub media_s3_bucket: Option<String>,
    /// Where the bucket's service is, when it is not Amazon's [default: Amazon S3].
    #[arg(long, env = "HILLSIDE_MEDIA_S3_ENDPOINT", value_name = "URL", global = true)]
    pub media_s3_endpoint: Option<String>,
    /// The bucket's region [default: us-east-1].
    #[arg(long, env = "HILLSIDE_MEDIA_S3_REGION", value_name = "REGION", global = true)]
    pub media_s3_region: Option<String>,
    /// The id of the key to the bucket [default: none, the machine's own role is used].
    #[arg(long, env = "HILLSIDE_MEDIA_S3_ACCESS_KEY_ID", value_name = "ID", global = true)]
    pub media_s3_access_key_id: Option<String>,
    /// The secret of that key.
    #[arg(
        long,
        env = "HILLSIDE_MEDIA_S3_SECRET_ACCESS_KEY",
        value_name = "SECRET",
        hide_env_values = true,
        global = true
    )]
    pub media_s3_secret_access_key: Option<String>,
}

/// Settings as they hold.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where to listen.
    pub addr: SocketAddr,
    /// The database.
    pub database_url: String,
    /// Where Hillside keeps its own files.
    pub data_dir: PathBuf,
    /// How the site is reached from outside, without a slash at the end.
    pub public_url: String,
    /// The file with the secrets.
    pub keys_file: PathBuf,
    /// The file that says who was erased.
    pub erasures_file: PathBuf,
    /// What to log.
    pub log: String,
    /// How to log.
    pub log_format: LogFormat,
    /// Whether to serve the reference site.
    pub site: bool,
    /// Which GraphQL documents strangers may send.
    pub documents: Documents,
    /// Where a front end of one's own shows drafts, with `{token}` and `{path}` in their places.
    pub preview_url: Option<String>,
    /// Proxies that tell whom they ask for.
    pub proxies: Proxies,
    /// How much cost a visitor may ask for in a second.
    pub rate: Option<u64>,
    /// Bytes of memory for whole answers to GraphQL queries and drawn pages.
    pub answers_bytes: u64,
    /// Bytes of memory for what is published, as it was read and parsed.
    pub published_bytes: u64,
    /// Whether webhooks may lead to addresses at home.
    pub webhooks_private: bool,
    /// The cache in front of us, if one is told what to drop.
    pub purge: Option<Purge>,
    /// The mail server that takes letters to staff; none, and nobody gets any.
    pub mail: Option<Mail>,
    /// The bucket for pictures; none, and they are in the data folder.
    pub media_bucket: Option<MediaBucket>,
}

/// Which GraphQL documents strangers may send.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Documents {
    /// Any; clients may teach a server documents of their own.
    Open,
    /// Any; what is not registered is named in the log.
    Prefer,
    /// Registered ones.
    Only,
}

/// How log lines look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Text,
    /// For machines, a JSON object a line.
    Json,
}

/// A setting that cannot hold.
#[derive(Debug, thiserror::Error)]
#[error("{name}: {message}")]
pub struct ConfigError {
    name: &'static str,
    message: String,
}

fn preview_url(text: String) -> Result<String, ConfigError> {
    let is_address = Url::parse(&text).is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
    if !is_address || !text.contains("{token}") {
        let message = format!("“{text}” is not a URL with {{token}} in it.");
        return Err(wrong("HILLSIDE_PREVIEW_URL", message));
    }
    Ok(text)
}

fn on_or_off(name: &'static str, given: Option<&str>, default: bool) -> Result<bool, ConfigError> {
    match given {
        None => Ok(default),
        Some("on") => Ok(true),
        Some("off") => Ok(false),
        Some(other) => Err(wrong(name, format!("“{other}” is neither on nor off."))),
    }
}

fn wrong(name: &'static str, message: impl fmt::Display) -> ConfigError {
    ConfigError { name, message: message.to_string() }
}

impl Settings {
    /// Fills in the file and the defaults, and checks everything.
    pub fn resolve(self) -> Result<Config, ConfigError> {
        let file = match &self.config {
            Some(path) => read_file(path)?,
            None => Self::default(),
        };
        let mut given = self.over(file);
        let media_bucket = given.take_media_bucket()?;
        let purge = given.take_purge()?;

        let addr = given.addr.as_deref().unwrap_or("127.0.0.1:8000");
        let addr: SocketAddr = addr.parse().map_err(|_| {
            wrong("HILLSIDE_ADDR", format!("“{addr}” is not an address and port such as 127.0.0.1:8000."))
        })?;
        let data_dir = given.data_dir.take().unwrap_or_else(|| PathBuf::from("data"));
        let database_url = match given.database_url.take() {
            Some(url) => database_url(url)?,
            None => sqlite_in(&data_dir)?,
        };
        let public_url = match given.public_url.take() {
            Some(url) => public_url(&url)?,
            None => format!("http://{addr}"),
        };
        let keys_file = given.keys_file.take().unwrap_or_else(|| data_dir.join("keys.json"));
        let mail = given.take_mail(&public_url)?;
        Ok(Config {
            addr,
            database_url,
            public_url,
            erasures_file: given.erasures_file.unwrap_or_else(|| keys_file.with_file_name("erasures.jsonl")),
            keys_file,
            data_dir,
            log: log_filter(given.log.unwrap_or_else(|| DEFAULT_LOG.to_owned()))?,
            log_format: match given.log_format.as_deref() {
                None | Some("text") => LogFormat::Text,
                Some("json") => LogFormat::Json,
                Some(other) => {
                    return Err(wrong("HILLSIDE_LOG_FORMAT", format!("“{other}” is neither text nor json.")));
                }
            },
            site: on_or_off("HILLSIDE_SITE", given.site.as_deref(), true)?,
            webhooks_private: on_or_off("HILLSIDE_WEBHOOKS_PRIVATE", given.webhooks_private.as_deref(), false)?,
            purge,
            preview_url: given.preview_url.map(preview_url).transpose()?,
            proxies: Proxies::parse(given.proxies.as_deref().unwrap_or_default()).map_err(|one| {
                wrong("HILLSIDE_PROXIES", format!("“{one}” is no address or network such as 10.0.0.0/8."))
            })?,
            rate: Some(given.rate.unwrap_or(600)).filter(|rate| *rate > 0),
            answers_bytes: given.answers_mb.unwrap_or(24).saturating_mul(1_000_000),
            published_bytes: given.published_mb.unwrap_or(12).saturating_mul(1_000_000),
            documents: match given.documents.as_deref() {
                None | Some("open") => Documents::Open,
                Some("prefer") => Documents::Prefer,
                Some("only") => Documents::Only,
                Some(other) => {
                    return Err(wrong("HILLSIDE_DOCUMENTS", format!("“{other}” is none of open, prefer and only.")));
                }
            },
            mail,
            media_bucket,
        })
    }

    fn over(self, below: Self) -> Self {
        Self {
            config: self.config,
            addr: self.addr.or(below.addr),
            database_url: self.database_url.or(below.database_url),
            data_dir: self.data_dir.or(below.data_dir),
            public_url: self.public_url.or(below.public_url),
            keys_file: self.keys_file.or(below.keys_file),
            erasures_file: self.erasures_file.or(below.erasures_file),
            log: self.log.or(below.log),
            log_format: self.log_format.or(below.log_format),
            site: self.site.or(below.site),
            documents: self.documents.or(below.documents),
            preview_url: self.preview_url.or(below.preview_url),
            proxies: self.proxies.or(below.proxies),
            rate: self.rate.or(below.rate),
            answers_mb: self.answers_mb.or(below.answers_mb),
            published_mb: self.published_mb.or(below.published_mb),
            webhooks_private: self.webhooks_private.or(below.webhooks_private),
            purge_url: self.purge_url.or(below.purge_url),
            purge_header: self.purge_header.or(below.purge_header),
            purge_format: self.purge_format.or(below.purge_format),
            smtp_url: self.smtp_url.or(below.smtp_url),
            mail_from: self.mail_from.or(below.mail_from),
            media_s3_bucket: self.media_s3_bucket.or(below.media_s3_bucket),
            media_s3_endpoint: self.media_s3_endpoint.or(below.media_s3_endpoint),
            media_s3_region: self.media_s3_region.or(below.media_s3_region),
            media_s3_access_key_id: self.media_s3_access_key_id.or(below.media_s3_access_key_id),
            media_s3_secret_access_key: self.media_s3_secret_access_key.or(below.media_s3_secret_access_key),
        }
    }
}

impl Config {
    /// Makes the data folder, readable by nobody else, so that what comes next can write into it.
    pub fn prepare_data_dir(&self) -> Result<(), ConfigError> {
        let mut builder = fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        let made = builder.create(&self.data_dir);
        made.map_err(|cause| {
            wrong("HILLSIDE_DATA_DIR", format!("{} cannot be made: {cause}.", self.data_dir.display()))
        })
    }
}

fn read_file(path: &Path) -> Result<Settings, ConfigError> {
    let text = fs::read_to_string(path)
        .map_err(|cause| wrong("HILLSIDE_CONFIG", format!("{} cannot be read: {cause}.", path.display())))?;
    toml::from_str(&text).map_err(|cause| wrong("HILLSIDE_CONFIG", format!("{}: {}", path.display(), cause.message())))
}

fn database_url(url: String) -> Result<String, ConfigError> {
    if ["sqlite:", "postgres://", "postgresql://"].iter().any(|scheme| url.starts_with(scheme)) {
        Ok(url)
    } else {
        Err(wrong("HILLSIDE_DATABASE_URL", "it begins with sqlite: or postgres://."))
    }
}

fn sqlite_in(data_dir: &Path) -> Result<String, ConfigError> {
    let file = data_dir.join("hillside.db");
    let file = file.to_str().ok_or_else(|| wrong("HILLSIDE_DATA_DIR", "the folder's name is not valid UTF-8."))?;
    if file.contains(['?', '#', '%']) {
        return Err(wrong("HILLSIDE_DATA_DIR", "the folder's name may not contain ?, # or %."));
    }
    Ok(format!("sqlite:{file}"))
}

fn public_url(text: &str) -> Result<String, ConfigError> {
    let url = Url::parse(text)
        .map_err(|_| wrong("HILLSIDE_PUBLIC_URL", format!("“{text}” is not a URL such as https://www.example.org.")))?;
    if !matches!(url.scheme(), "http" | "https") || !url.has_host() {
        return Err(wrong("HILLSIDE_PUBLIC_URL", "it begins with https:// (or http://) and names a host."));
    }
    if url.path() != "/" || url.query().is_some() || url.fragment().is_some() {
        return Err(wrong("HILLSIDE_PUBLIC_URL", "it has no path: the site is served at the root of its host."));
    }
    Ok(text.trim_end_matches('/').to_owned())
}

fn log_filter(filter: String) -> Result<String, ConfigError> {
    match tracing_subscriber::EnvFilter::try_new(&filter) {
        Ok(_) => Ok(filter),
        Err(cause) => Err(wrong("HILLSIDE_LOG", format!("“{filter}” is not a filter: {cause}."))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(settings: Settings) -> String {
        settings.resolve().unwrap_err().to_string()
    }

    #[test]
    fn a_wrong_setting_is_named() {
        let text = |text: &str| Some(text.to_owned());
        assert!(refused(Settings { addr: text("nowhere"), ..Settings::default() }).starts_with("HILLSIDE_ADDR: "));
        assert!(
            refused(Settings { database_url: text("mysql://x"), ..Settings::default() })
                .starts_with("HILLSIDE_DATABASE_URL: ")
        );
        assert!(
            refused(Settings { public_url: text("https://a/b"), ..Settings::default() })
                .starts_with("HILLSIDE_PUBLIC_URL: ")
        );
        assert!(
            refused(Settings { log_format: text("xml"), ..Settings::default() }).starts_with("HILLSIDE_LOG_FORMAT: ")
        );
        assert!(refused(Settings { site: text("maybe"), ..Settings::default() }).starts_with("HILLSIDE_SITE: "));
        let refused_documents = refused(Settings { documents: text("some"), ..Settings::default() });
        assert!(refused_documents.starts_with("HILLSIDE_DOCUMENTS: "), "{refused_documents}");
        let mail = |url: &str| Settings { smtp_url: text(url), ..Settings::default() };
        let unspoken = refused(mail("https://user:pine-tree@mail.example.org"));
        assert!(unspoken.starts_with("HILLSIDE_SMTP_URL: "), "{unspoken}");
        assert!(!unspoken.contains("pine-tree"), "{unspoken}");
        assert!(refused(mail("smtps://mail.example.org")).starts_with("HILLSIDE_MAIL_FROM: "));
        let unsaid = refused(Settings { mail_from: text("hillside@example.org"), ..Settings::default() });
        assert!(unsaid.starts_with("HILLSIDE_SMTP_URL: "), "{unsaid}");
        let bucket = || Settings { media_s3_bucket: text("pictures"), ..Settings::default() };
        assert!(
            refused(Settings { media_s3_endpoint: text("s3.example.org"), ..bucket() })
                .starts_with("HILLSIDE_MEDIA_S3_ENDPOINT: ")
        );
        assert!(
            refused(Settings { media_s3_access_key_id: text("id"), ..bucket() })
                .starts_with("HILLSIDE_MEDIA_S3_SECRET_ACCESS_KEY: ")
        );
        assert!(
            refused(Settings { media_s3_region: text("eu-central-1"), ..Settings::default() })
                .starts_with("HILLSIDE_MEDIA_S3_BUCKET: ")
        );
        assert!(
            refused(Settings { config: Some("/no/such/file".into()), ..Settings::default() })
                .starts_with("HILLSIDE_CONFIG: ")
        );
    }

    #[test]
    fn what_is_given_wins_over_the_file() {
        let given = Settings { addr: Some("127.0.0.1:1".to_owned()), ..Settings::default() };
        let file =
            Settings { addr: Some("127.0.0.1:2".to_owned()), site: Some("off".to_owned()), ..Settings::default() };
        let config = given.over(file).resolve().unwrap();
        assert_eq!((config.addr.port(), config.site), (1, false));
        assert_eq!(config.public_url, "http://127.0.0.1:1");
    }
}
