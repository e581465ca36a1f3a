//! One installation, served in this process.

use std::{net::SocketAddr, path::Path};

use chrono::Utc;
use entity::user::Role;
use hillside::{
    address::remember_address,
    app::App,
    config::{Config, Settings},
    demo,
    identity::{Actor, user::NewUser},
    server,
};
use poem::listener::{Acceptor, Listener, TcpListener};
use tempfile::TempDir;
use tokio::task::JoinHandle;

use super::{Backend, Staff, Visitor};

/// What every account of a test signs in with.
pub const PASSWORD: &str = "a pine by the lake";

/// An installation with its folder, its database and its address.
pub struct TestApp {
    pub app: App,
    pub config: Config,
    pub backend: Backend,
    folder: TempDir,
    address: SocketAddr,
    serving: Serving,
}

/// The running server; it ends when this is dropped.
struct Serving(JoinHandle<()>);

impl Drop for Serving {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl TestApp {
    /// An empty installation.
    pub async fn start(backend: Backend) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let database_url = backend.create(folder.path()).await;
        Self::open(backend, folder, database_url, Settings::default()).await
    }

    /// The same installation after a restart: same folder, same database, new process state.
    pub async fn restart(self) -> Self {
        self.restart_with(Settings::default()).await
    }

    /// The same with other settings than the defaults; address, database and folder stay the test's own.
    pub async fn restart_with(self, settings: Settings) -> Self {
        let Self { backend, folder, config, serving, app, .. } = self;
        drop((serving, app));
        Self::open(backend, folder, config.database_url, settings).await
    }

    async fn open(backend: Backend, folder: TempDir, database_url: String, settings: Settings) -> Self {
        let acceptor = TcpListener::bind("127.0.0.1:0").into_acceptor().await.expect("a free port");
        let local = acceptor.local_addr().into_iter().next().expect("an address");
        let address = *local.as_socket_addr().expect("a TCP address");
        let settings = Settings {
            addr: Some(address.to_string()),
            database_url: Some(database_url),
            data_dir: Some(folder.path().to_owned()),
            ..settings
        };
        let config = settings.resolve().expect("valid settings");
        let app = App::open(&config).await.expect("the installation opens");
        remember_address(app.db.writer(), &config.public_url, Utc::now()).await.expect("the address is kept");
        let routes = server::routes(&app, &config).expect("valid schemas");
        let serving = tokio::spawn(async move {
            let _ = poem::Server::new_with_acceptor(acceptor).run(routes).await;
        });
        Self { app, config, backend, folder, address, serving: Serving(serving) }
    }

    /// Loads the demo content.
    pub async fn with_demo(self) -> Self {
        let loaded = demo::load(&self.app, hillside::schema::INDEXERS, Utc::now()).await.expect("demo content");
        assert_eq!(loaded, demo::Loaded::Done);
        self
    }

    /// A URL of the installation.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// The installation's own folder.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Somebody on the public site.
    pub fn visitor(&self) -> Visitor {
        Visitor::new(self.url(""))
    }

    /// A member of staff in a browser that is not signed in.
    pub fn browser(&self) -> Staff {
        Staff::new(self.url(""))
    }

    /// Makes an account and signs in with it.
    pub async fn staff(&self, role: Role) -> Staff {
        let email = format!("{}-{}@example.org", format!("{role:?}").to_lowercase(), uuid::Uuid::now_v7().simple());
        let name = format!("Sample {role:?}");
        let new = NewUser { email: &email, name: &name, role, password: PASSWORD };
        self.app.identity.create_user(Actor::System, new, Utc::now()).await.expect("an account");
        let mut staff = self.browser();
        staff.sign_in(&email, PASSWORD).await;
        staff
    }
}
