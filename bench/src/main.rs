//! How fast Hillside is. Each figure is the ratio to a static response of the same size, served by the same process in
//! the same run, so that it says something on any machine. `make bench` builds this and prints the table.

mod case;
mod wrk;

use std::time::Instant;

use chrono::Utc;
use entity::lead;
use hillside::{
    app::App,
    config::{Config, Settings},
    demo, server,
};
use poem::{
    EndpointExt, Route, handler,
    listener::{Acceptor, Listener, TcpListener},
    web::Path,
};
use sea_orm::{EntityTrait, PaginatorTrait};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// A body of so many bytes: what the other figures are compared with.
#[handler]
fn static_body(Path(bytes): Path<usize>) -> Vec<u8> {
    vec![b'x'; bytes.min(1 << 20)]
}

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let folder = tempfile::tempdir()?;
    let acceptor = TcpListener::bind("127.0.0.1:0").into_acceptor().await?;
    let address =
        acceptor.local_addr().first().and_then(|local| local.as_socket_addr().copied()).ok_or("no address")?;
    let settings = Settings {
        addr: Some(address.to_string()),
        data_dir: Some(folder.path().to_owned()),
        database_url: std::env::var("HILLSIDE_DATABASE_URL").ok(),
        ..Settings::default()
    };
    let config = settings.resolve()?;
    let began = Instant::now();
    let app = App::open(&config).await?;
    let opened = began.elapsed();
    demo::load(&app, hillside::schema::INDEXERS, Utc::now()).await?;
    if let Ok(pages) = std::env::var("HILLSIDE_BENCH_PAGES") {
        demo::fill(&app, hillside::schema::INDEXERS, pages.parse()?, Utc::now(), |_| {}).await?;
    }
    let routes = server::routes(&app, &config)?;
    let routes = Route::new().at("/bench/static/:bytes", static_body).nest_no_strip("/", routes.boxed());
    tokio::spawn(poem::Server::new_with_acceptor(acceptor).run(routes));
    let acceptor = TcpListener::bind("127.0.0.1:0").into_acceptor().await?;
    let bare = acceptor.local_addr().first().and_then(|local| local.as_socket_addr().copied()).ok_or("no address")?;
    let bare_routes = server::routes(&app, &Config { answers_bytes: 0, ..config.clone() })?;
    tokio::spawn(poem::Server::new_with_acceptor(acceptor).run(bare_routes));

    let (base, bare) = (format!("http://{address}"), format!("http://{bare}"));
    let database = if app.db.is_sqlite() { "SQLite" } else { "PostgreSQL" };
    println!("Opened an empty {database} database, migrations included, in {} ms.\n", opened.as_millis());
    println!("| what | bytes | req/s | p50 | p99 | static of that size, req/s | ratio |");
    println!("|---|---|---|---|---|---|---|");
    let mut taken_in = None;
    for case in case::all(&app, &base, &bare, folder.path()).await? {
        // Before and after: what else the machine does weighs on both.
        let still = format!("{base}/bench/static/{}", case.bytes);
        let before = wrk::run(&still, case.connections, None).await?;
        let had = leads(&app).await?;
        let measured = wrk::run(&case.url, case.connections, case.script.as_deref()).await?;
        if case.name == case::SUBMIT {
            taken_in = Some((measured.answers, leads(&app).await? - had));
        }
        let after = wrk::run(&still, case.connections, None).await?;
        let still = (before.per_second + after.per_second) / 2.0;
        let ratio = measured.per_second / still;
        println!(
            "| {} | {} | {:.0} | {} | {} | {still:.0} | {ratio:.3} |",
            case.name, case.bytes, measured.per_second, measured.p50, measured.p99
        );
    }
    if let Some((acknowledged, stored)) = taken_in {
        println!("\nLeads acknowledged: {acknowledged}; stored: {stored}, some of which nobody waited for at the end.");
        if stored < acknowledged {
            return Err("a lead was acknowledged and is not there".into());
        }
    }
    let cold = case::first_after_a_change(&app, &base).await?;
    println!("\nFirst read of the reference page after something was published: {cold}.");
    if let Some(memory) = resident_mib() {
        println!("\nResident memory after the run: {memory} MiB.");
    }
    Ok(())
}

/// How many leads there are.
async fn leads(app: &App) -> Result<u64, Failure> {
    Ok(lead::Entity::find().count(app.db.reader()).await?)
}

/// What this process holds in memory, where the system says so.
fn resident_mib() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
    Some(line.split_whitespace().nth(1)?.parse::<u64>().ok()? / 1024)
}
