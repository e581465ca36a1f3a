//! The binary as an operator meets it: settings, subcommands, and what it says when something is wrong.

use std::{
    collections::BTreeMap,
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::TcpListener,
    path::PathBuf,
    process::{Child, Command, Output, Stdio},
    sync::mpsc,
    time::{Duration, Instant},
};

use tempfile::TempDir;

use crate::support::{binary, row_counts};

/// An installation's folder, and commands run on it with nothing else set.
struct Desk {
    folder: TempDir,
}

impl Desk {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a folder") }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn data(&self) -> PathBuf {
        self.path("data")
    }

    /// A command of the binary with no settings but the data folder's.
    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(binary());
        for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("HILLSIDE_")) {
            command.env_remove(name);
        }
        command.env("HILLSIDE_DATA_DIR", self.data()).env("HILLSIDE_LOG", "error").args(arguments);
        command.current_dir(self.folder.path()).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        Ran::of(self.command(arguments).output().expect("the binary runs"))
    }

    fn run_with(&self, arguments: &[&str], settings: &[(&str, &str)]) -> Ran {
        Ran::of(self.command(arguments).envs(settings.iter().copied()).output().expect("the binary runs"))
    }

    fn run_typing(&self, arguments: &[&str], input: &str) -> Ran {
        let mut child = self.command(arguments).stdin(Stdio::piped()).spawn().expect("the binary runs");
        child.stdin.take().expect("an input").write_all(input.as_bytes()).expect("it reads");
        Ran::of(child.wait_with_output().expect("it ends"))
    }

    /// How many rows each table of its database has.
    async fn row_counts(&self) -> BTreeMap<String, i64> {
        let url = format!("sqlite:{}", self.path("data/hillside.db").display());
        row_counts(&sea_orm::Database::connect(url).await.expect("a database")).await
    }

    /// Starts a server on a free port and waits until it has said where it is.
    fn serve(&self, arguments: &[&str], settings: &[(&str, &str)]) -> Server {
        let address = free_address();
        let mut command = self.command(&[&["serve"], arguments].concat());
        command.env("HILLSIDE_ADDR", &address).envs(settings.iter().copied());
        let mut child = command.spawn().expect("the binary runs");
        let (lines, said) = mpsc::channel();
        let out = BufReader::new(child.stdout.take().expect("an output"));
        std::thread::spawn(move || out.lines().map_while(Result::ok).for_each(|line| drop(lines.send(line))));
        let mut server = Server { child, address, said: Vec::new() };
        let patience = Instant::now() + Duration::from_secs(30);
        while !server.said.iter().any(|line| line.contains("/healthz")) {
            let left = patience.saturating_duration_since(Instant::now());
            match said.recv_timeout(left) {
                Ok(line) => server.said.push(line),
                Err(cause) => panic!("no server ({cause}): {}", server.end_of_log()),
            }
        }
        while let Ok(line) = said.recv_timeout(Duration::from_millis(300)) {
            server.said.push(line);
        }
        server
    }
}

/// A running server; killed when the test is over, however it ends.
struct Server {
    child: Child,
    address: String,
    said: Vec<String>,
}

impl Server {
    fn end_of_log(&mut self) -> String {
        let _ = self.child.kill();
        let mut log = String::new();
        if let Some(mut stderr) = self.child.stderr.take() {
            let _ = stderr.read_to_string(&mut log);
        }
        log
    }

    /// Asks it to end and says how long that took.
    fn stop(mut self) -> (Option<i32>, Duration) {
        let began = Instant::now();
        let told = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().expect("kill runs");
        assert!(told.success());
        while began.elapsed() < Duration::from_secs(20) {
            if let Some(status) = self.child.try_wait().expect("a status") {
                return (status.code(), began.elapsed());
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        panic!("it did not end: {}", self.end_of_log());
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What a command came to.
#[derive(Debug)]
struct Ran {
    code: Option<i32>,
    out: String,
    err: String,
}

impl Ran {
    fn of(output: Output) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
        Self { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }

    /// Its output, if it did what it was told.
    fn done(&self) -> &str {
        assert_eq!(self.code, Some(0), "{self:?}");
        &self.out
    }

    /// Its one sentence, if it refused.
    fn refused(&self) -> &str {
        assert_eq!(self.code, Some(1), "{self:?}");
        let sentence = self.err.trim();
        assert_eq!(sentence.lines().count(), 1, "{self:?}");
        sentence
    }
}

/// An address that was free a moment ago.
fn free_address() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("an address").to_string()
}

const CREATE: &[&str] =
    &["user", "create", "--email", "ada@example.org", "--name", "Ada Sample", "--role", "owner", "--password-stdin"];

#[test]
fn help_lists_the_commands_and_the_settings() {
    let help = Desk::new().run(&["--help"]);
    for word in ["serve", "migrate", "demo", "user", "schema", "health", "HILLSIDE_ADDR", "HILLSIDE_DATABASE_URL"] {
        assert!(help.done().contains(word), "{word} is not in\n{}", help.out);
    }
    let nothing = Desk::new().run(&[]);
    assert_eq!(nothing.code, Some(2));
    assert!(nothing.err.contains("Usage:"), "{nothing:?}");
}

#[test]
fn help_keeps_the_databases_password_to_itself() {
    let help = Desk::new().run_with(&["--help"], &[("HILLSIDE_DATABASE_URL", "postgres://a:sesame@db/x")]);
    assert!(!help.done().contains("sesame"));
}

#[test]
fn a_wrong_setting_stops_the_start_and_is_named() {
    let wrong = [
        ("HILLSIDE_ADDR", "nowhere"),
        ("HILLSIDE_ADDR", "127.0.0.1"),
        ("HILLSIDE_ADDR", "127.0.0.1:99999"),
        ("HILLSIDE_DATABASE_URL", "mysql://db/x"),
        ("HILLSIDE_DATABASE_URL", "sqlite:/no/such/folder/x.db"),
        ("HILLSIDE_DATABASE_URL", "postgres://127.0.0.1:1/x"),
        ("HILLSIDE_PUBLIC_URL", "example.org"),
        ("HILLSIDE_PUBLIC_URL", "https://example.org/site"),
        ("HILLSIDE_LOG", "hillside=loud=very"),
        ("HILLSIDE_LOG_FORMAT", "xml"),
        ("HILLSIDE_SITE", "maybe"),
        ("HILLSIDE_CONFIG", "/no/such/file.toml"),
        ("HILLSIDE_DATA_DIR", "/proc/nowhere"),
    ];
    for (name, value) in wrong {
        let desk = Desk::new();
        let ran = desk.run_with(&["serve"], &[("HILLSIDE_ADDR", &free_address()), (name, value)]);
        let sentence = ran.refused();
        assert!(sentence.starts_with(&format!("hillside: {name}: ")), "{name}={value}: {sentence}");
        assert!(!desk.path("data/hillside.db").exists(), "{name}={value} made a database");
    }
}

#[test]
fn a_settings_file_is_read_and_a_key_it_does_not_know_is_named() {
    let desk = Desk::new();
    let config = desk.path("hillside.toml");
    fs::write(&config, "addr = \"127.0.0.1:8000\"\ncolour = \"red\"\n").expect("a file");
    let ran = desk.run_with(&["serve"], &[("HILLSIDE_CONFIG", config.to_str().expect("a path"))]);
    assert!(ran.refused().starts_with("hillside: HILLSIDE_CONFIG: "), "{ran:?}");
    assert!(ran.refused().contains("colour"), "{ran:?}");
}

#[test]
fn a_flag_wins_over_the_environment_and_that_over_the_file() {
    let desk = Desk::new();
    let config = desk.path("hillside.toml");
    fs::write(&config, "addr = \"file\"\n").expect("a file");
    let config = config.to_str().expect("a path").to_owned();
    let told = |arguments: &[&str], settings: &[(&str, &str)]| desk.run_with(arguments, settings).refused().to_owned();

    let from_file = told(&["health", "--config", &config], &[]);
    assert!(from_file.contains("“file”"), "{from_file}");
    let from_environment = told(&["health", "--config", &config], &[("HILLSIDE_ADDR", "environment")]);
    assert!(from_environment.contains("“environment”"), "{from_environment}");
    let from_flag = told(&["health", "--config", &config, "--addr", "flag"], &[("HILLSIDE_ADDR", "environment")]);
    assert!(from_flag.contains("“flag”"), "{from_flag}");
}

#[test]
#[cfg(unix)]
fn keys_are_made_once_and_only_their_owner_may_read_them() {
    use std::os::unix::fs::PermissionsExt;

    let desk = Desk::new();
    desk.run(&["demo"]).done();
    let keys = desk.path("data/keys.json");
    assert_eq!(fs::metadata(&keys).expect("keys").permissions().mode() & 0o777, 0o600);
    let first = fs::read(&keys).expect("keys");
    desk.run_typing(CREATE, "a pine by the lake\n").done();
    assert_eq!(fs::read(&keys).expect("keys"), first);
}

#[tokio::test]
async fn a_database_is_not_opened_with_another_installations_keys() {
    let desk = Desk::new();
    desk.run(&["demo"]).done();
    let other = Desk::new();
    other.run(&["demo"]).done();
    fs::copy(other.path("data/keys.json"), desk.path("data/keys.json")).expect("the wrong keys");
    let before = desk.row_counts().await;

    let ran = desk.run(&["serve"]);
    assert!(ran.refused().contains("key file"), "{ran:?}");
    assert_eq!(desk.run_typing(CREATE, "a pine by the lake\n").code, Some(1));
    assert_eq!(desk.row_counts().await, before);
}

#[test]
fn migrations_go_up_down_and_say_where_they_are() {
    let desk = Desk::new();
    let applied = |ran: &Ran| ran.done().lines().filter(|line| line.starts_with("applied")).count();
    let status = desk.run(&["migrate", "status"]);
    let all = status.done().lines().count();
    assert!(all > 3 && applied(&status) == 0, "{status:?}");
    assert_eq!(applied(&desk.run(&["migrate", "up"])), all);
    assert_eq!(applied(&desk.run(&["migrate", "down"])), all - 1);
    assert_eq!(applied(&desk.run(&["migrate", "status"])), all - 1);
    assert_eq!(applied(&desk.run(&["migrate", "up"])), all);
}

#[test]
fn the_demo_content_is_loaded_once() {
    let desk = Desk::new();
    assert_eq!(desk.run(&["demo"]).done(), "The demo content is loaded.\n");
    let again = desk.run(&["demo"]);
    assert_eq!(again.refused(), "hillside: there is content already; the demo content is only for an empty database");
}

#[test]
fn an_account_is_made_with_the_password_from_standard_input() {
    let desk = Desk::new();
    let short = desk.run_typing(CREATE, "short\n");
    assert!(short.refused().contains("12 characters"), "{short:?}");
    let made = desk.run_typing(CREATE, "a pine by the lake\n");
    assert_eq!(made.done(), "ada@example.org may sign in at http://127.0.0.1:8000/admin.\n");
    let again = desk.run_typing(CREATE, "a pine by the lake\n");
    assert!(again.refused().contains("ada@example.org") || again.refused().contains("address"), "{again:?}");
    for ran in [short, made, again] {
        assert!(!format!("{ran:?}").contains("pine"), "{ran:?}");
    }
}

#[test]
fn the_schema_is_printed_without_touching_anything() {
    let desk = Desk::new();
    assert_eq!(desk.run(&["schema", "public"]).done(), hillside::schema::public_sdl());
    assert_eq!(desk.run(&["schema", "admin"]).done(), hillside::schema::staff_sdl());
    assert!(!desk.data().exists());
}

#[test]
fn a_server_says_where_it_is_answers_and_ends_when_it_is_told_to() {
    let desk = Desk::new();
    let server = desk.serve(&["--demo"], &[]);
    let url = format!("http://{}", server.address);
    let said = server.said.join("\n");
    for line in [format!("{url}/\n"), format!("{url}/graphql"), format!("{url}/healthz")] {
        assert!(said.contains(&line), "{line} is not in\n{said}");
    }
    let link = format!("{url}/admin/setup#token=");
    assert_eq!(said.matches(&link).count(), 1, "{said}");

    let address = server.address.clone();
    let health = || desk.run(&["health", "--addr", &address]);
    assert_eq!(health().done(), "ready\n");

    let (code, took) = server.stop();
    assert_eq!(code, Some(0));
    assert!(took < Duration::from_secs(5), "it took {took:?}");
    let dead = health();
    assert!(dead.refused().starts_with(&format!("hillside: nothing answers at {address}")), "{dead:?}");
}

#[test]
fn a_server_with_an_owner_prints_no_link() {
    let desk = Desk::new();
    desk.run_typing(CREATE, "a pine by the lake\n").done();
    let server = desk.serve(&[], &[("HILLSIDE_SITE", "off")]);
    let said = server.said.join("\n");
    assert!(!said.contains("token="), "{said}");
    assert!(said.contains("off (HILLSIDE_SITE)"), "{said}");
}

#[test]
fn a_port_that_is_taken_is_named() {
    let taken = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = taken.local_addr().expect("an address").to_string();
    let ran = Desk::new().run_with(&["serve"], &[("HILLSIDE_ADDR", &address)]);
    assert!(ran.refused().starts_with(&format!("hillside: HILLSIDE_ADDR: cannot listen on {address}: ")), "{ran:?}");
}

#[test]
fn documents_are_registered_where_the_database_is() {
    let desk = Desk::new();
    fs::write(desk.path("list.json"), r#"["query { site { name } }"]"#).expect("a file");
    let nowhere = desk.run(&["documents", "push", "list.json"]);
    assert!(nowhere.refused().contains("there is no database at"), "{nowhere:?}");
    assert!(!desk.data().exists(), "nothing was made");

    desk.run(&["migrate", "up"]).done();
    let list = desk.run(&["documents", "push", "list.json"]);
    assert!(list.refused().contains("an object of texts by their hash"), "{list:?}");

    let text = "query Name {\n  site { nam }\n}";
    let hash = hillside::gql::Digest::of(text).to_string();
    fs::write(desk.path("documents.json"), serde_json::json!({ hash: text }).to_string()).expect("a file");
    let wrong = desk.run(&["documents", "push", "documents.json"]);
    assert_eq!(wrong.code, Some(1));
    assert!(wrong.err.contains("query Name { … 2:10: "), "{wrong:?}");
    assert!(wrong.err.contains("nothing was registered"), "{wrong:?}");
}
