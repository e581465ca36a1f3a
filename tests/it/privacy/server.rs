//! A server of its own process, at its most talkative, and what it says.

use std::{
    fs::{self, File},
    io::Write,
    net::TcpListener,
    path::Path,
    process::{Child, Command, Stdio},
    time::Duration,
};

use tempfile::TempDir;
use tokio::time::{Instant, sleep};

use crate::support::{Backend, PASSWORD, binary};

/// Who works leads there.
pub const EMAIL: &str = "desk@example.org";

const PATIENCE: Duration = Duration::from_secs(30);

pub struct Server {
    child: Child,
    address: String,
    pub database_url: String,
    folder: TempDir,
}

impl Server {
    /// Makes an account, then serves with every line of the log written down.
    pub async fn start(backend: Backend) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let database_url = backend.create(folder.path()).await;
        let mut create = command(folder.path(), &database_url);
        create.args(["user", "create", "--email", EMAIL, "--name", "The Desk", "--role", "admissions"]);
        let mut create = create.arg("--password-stdin").stdin(Stdio::piped()).spawn().expect("the binary runs");
        create.stdin.take().expect("an input").write_all(PASSWORD.as_bytes()).expect("it reads");
        assert!(create.wait().expect("it ends").success(), "no account: {}", said(folder.path()));

        // Whoever asks for port 0 is given a free one; it is free again once the listener is dropped.
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("an address").to_string();
        drop(listener);
        let mut serve = command(folder.path(), &database_url);
        let child = serve.arg("serve").env("HILLSIDE_ADDR", &address).spawn().expect("the binary runs");
        let server = Self { child, address, database_url, folder };
        let until = Instant::now() + PATIENCE;
        while !server.is_ready().await {
            assert!(Instant::now() < until, "the server is not ready: {}", said(server.folder.path()));
            sleep(Duration::from_millis(50)).await;
        }
        server
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// All it has said, once `enough` of it is there.
    pub async fn log_once(&self, enough: impl Fn(&str) -> bool) -> String {
        let until = Instant::now() + PATIENCE;
        loop {
            let log = said(self.folder.path());
            if enough(&log) {
                return log;
            }
            assert!(Instant::now() < until, "the log does not say what was waited for:\n{log}");
            sleep(Duration::from_millis(50)).await;
        }
    }

    async fn is_ready(&self) -> bool {
        reqwest::get(format!("{}/readyz", self.url())).await.is_ok_and(|answer| answer.status().is_success())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The binary with no settings but these; what it says is added to two files.
fn command(folder: &Path, database_url: &str) -> Command {
    let mut command = Command::new(binary());
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("HILLSIDE_")) {
        command.env_remove(name);
    }
    let file = |name: &str| -> File {
        File::options().create(true).append(true).open(folder.join(name)).expect("a file for what is said")
    };
    command.env("HILLSIDE_DATABASE_URL", database_url).env("HILLSIDE_DATA_DIR", folder.join("data"));
    command.env("HILLSIDE_LOG", "debug").env("RUST_BACKTRACE", "1").current_dir(folder);
    command.stdin(Stdio::null()).stdout(file("stdout")).stderr(file("stderr"));
    command
}

fn said(folder: &Path) -> String {
    ["stdout", "stderr"].map(|name| fs::read_to_string(folder.join(name)).unwrap_or_default()).concat()
}
