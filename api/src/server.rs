//! The server: every route, and the work that goes on beside them.

mod request;
mod sockets;

use std::{future::Future, time::Duration};

use chrono::{DateTime, Utc};
use futures_util::FutureExt;
use poem::{
    Endpoint, EndpointExt, Response, Route, Server,
    endpoint::make,
    get,
    http::StatusCode,
    listener::{Listener, TcpListener},
    middleware::CatchPanic,
};

use self::{
    request::{PREVIEW, Public, Staff, client},
    sockets::StaffSockets,
};
use crate::{
    address::remember_address,
    admin_ui::{self, AdminUi, Graphiql},
    answer::plain,
    app::{App, Failure},
    config::{self, Config},
    db::Db,
    delivery::{
        self, Pages, Previews,
        documents::{self, Manifest, Registered},
        webhook,
    },
    demo,
    edge::{self, Edge},
    error::Error,
    gql::{Accepts, GraphqlEndpoint, Limits, Policy, SocketEndpoint},
    identity::Audit,
    leads::{self, Desk, Intake},
    media::{
        self, Pictures,
        http::{MediaEndpoint, UploadEndpoint},
    },
    outbox,
    published::Published,
    publishing, schema,
};

/// How long a connection may do nothing.
const IDLE: Duration = Duration::from_secs(30);
/// Between two rounds through the trash.
const BETWEEN_ROUNDS: Duration = Duration::from_secs(3_600);
/// How long requests may take to end once the server was told to stop.
const GRACE: Duration = Duration::from_secs(20);

/// Brings the database up to date and serves until it is told to stop; with `demo`, loads the demo content first.
pub async fn serve(config: Config, demo: bool) -> Result<(), Failure> {
    let app = App::open(&config).await?;
    remember_address(app.db.writer(), &config.public_url, Utc::now()).await?;
    if demo && demo::load(&app, schema::INDEXERS, Utc::now()).await? == demo::Loaded::Done {
        tracing::info!("the demo content was loaded");
    }
    let acceptor = TcpListener::bind(config.addr)
        .into_acceptor()
        .await
        .map_err(|cause| format!("HILLSIDE_ADDR: cannot listen on {}: {cause}", config.addr))?;
    let routes = routes(&app, &config)?;
    announce(&app, &config).await?;

    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let stopped = async move {
        let _ = stopped.await;
    }
    .shared();
    let worker = tokio::spawn(outbox::run(app.db.clone(), notifier(&app, &config), stopped.clone()));
    let audit = app.identity.audit().clone();
    let emptier = tokio::spawn(run_trash(app.db.clone(), audit.clone(), app.media.clone(), stopped.clone()));
    let scheduler = tokio::spawn(publishing::run_schedule(app.db.clone(), audit, schema::INDEXERS, stopped.clone()));
    let checker = tokio::spawn(publishing::run_looking(app.db.clone(), stopped.clone()));
    let teller = tokio::spawn(webhook::run(app.db.clone(), teller(&app, &config), stopped.clone()));
    let follower = tokio::spawn(app.generation.clone().follow(stopped.clone()));
    let taker = tokio::spawn(leads::run_leases(app.db.clone(), stopped.clone()));
    let eraser = tokio::spawn(leads::run_retention(
        app.db.clone(),
        app.identity.audit().clone(),
        app.ledger.clone(),
        stopped.clone(),
    ));
    let keyring = tokio::spawn(leads::follow_keys(app.vault.clone(), stopped.clone()));
    let listener = tokio::spawn(app.live.clone().follow(stopped));
    let live = app.live.clone();
    let told = async move {
        told_to_stop().await;
        live.stop();
    };
    let served = Server::new_with_acceptor(acceptor)
        .idle_timeout(IDLE)
        .run_with_graceful_shutdown(routes, told, Some(GRACE))
        .await;
    let _ = stop.send(());
    listener.await?;
    worker.await?;
    scheduler.await?;
    checker.await?;
    follower.await?;
    teller.await?;
    taker.await?;
    eraser.await?;
    keyring.await?;
    emptier.await?;
    served?;
    tracing::info!("stopped");
    Ok(())
}

/// Publishes and takes back what is due at `now`, as a running server does each second; answers how many were settled.
pub async fn work_schedule(app: &App, now: DateTime<Utc>) -> Result<usize, Error> {
    publishing::work_schedule(&app.db, app.identity.audit(), schema::INDEXERS, now).await
}

/// Counts the findings of drafts that nobody looked at since they could have others, as a running server does each second;
/// answers how many were looked at.
pub async fn look_through(app: &App, now: DateTime<Utc>) -> Result<usize, Error> {
    publishing::look_through(&app.db, now).await
}

/// Takes back into the queue what nobody tried in time, as a running server does every five seconds; answers how many.
pub async fn take_back_leases(app: &App, now: DateTime<Utc>) -> Result<usize, Error> {
    leads::take_back_leases(&app.db, now).await
}

/// Erases leads that are past their time, as a running server does each hour; answers how many.
pub async fn erase_past_time(app: &App, now: DateTime<Utc>) -> Result<u64, Error> {
    leads::work_retention(&app.db, app.identity.audit(), &app.ledger, now).await
}

/// Does what waits in the outbox, letters to staff above all, as a running server does each second; answers how many rows were
/// tried.
pub async fn work_outbox(app: &App, config: &Config, now: DateTime<Utc>) -> Result<usize, Error> {
    outbox::work(&app.db, &notifier(app, config), now).await
}

fn notifier(app: &App, config: &Config) -> leads::Notifier {
    leads::Notifier { db: app.db.clone(), mailer: app.mailer.clone(), public_url: config.public_url.clone() }
}

/// Removes from the trash what has been there long enough at `now`, bytes that no picture has any more and autosaves that
/// thin out, as a running server does each hour; answers how many of the first two.
pub async fn empty_trash(app: &App, now: DateTime<Utc>) -> Result<usize, Error> {
    remove_for_good(&app.db, app.identity.audit(), &app.media, now).await
}

/// Registers the documents of a manifest, all or none, and answers how many it has and how many were new.
///
/// Fails with problems at the hashes of those that are not good for the schema and its limits.
pub async fn register_documents(app: &App, manifest: &[u8], now: DateTime<Utc>) -> Result<(usize, u64), Failure> {
    let operations = Manifest::read(manifest)?.into_operations();
    let all = operations.len();
    let check = schema::DocumentCheck::new()?;
    let tx = app.db.begin().await?;
    let new = documents::register(&tx, |one| check.check(one), operations, now).await?;
    tx.commit().await?;
    Ok((all, new))
}

/// Tells webhooks what changed more than a second before `now`, as a running server does twice a second; answers how many
/// messages were tried.
pub async fn tell_webhooks(app: &App, config: &Config, now: DateTime<Utc>) -> Result<usize, Error> {
    webhook::work(&app.db, &teller(app, config), now).await
}

fn teller(app: &App, config: &Config) -> webhook::Teller {
    let purge = config.purge.clone().map(|purge| webhook::Purge {
        url: purge.url,
        header: purge.header,
        format: if purge.json { webhook::PurgeFormat::Json } else { webhook::PurgeFormat::SurrogateKey },
    });
    let reach = if config.webhooks_private { webhook::Reach::Home } else { webhook::Reach::Internet };
    webhook::Teller { signer: app.signer.clone(), reach, purge }
}

/// Looks every hour for what has been in the trash long enough, until `shutdown` resolves; what is being done then is
/// finished first.
async fn run_trash(db: Db, audit: Audit, pictures: Pictures, shutdown: impl Future<Output = ()>) {
    tokio::pin!(shutdown);
    loop {
        if let Err(error) = remove_for_good(&db, &audit, &pictures, Utc::now()).await {
            tracing::error!(error = ?error, "the trash could not be emptied");
        }
        tokio::select! {
            () = &mut shutdown => return,
            () = tokio::time::sleep(BETWEEN_ROUNDS) => {}
        }
    }
}

async fn remove_for_good(db: &Db, audit: &Audit, pictures: &Pictures, now: DateTime<Utc>) -> Result<usize, Error> {
    publishing::thin_all(db, now).await?;
    webhook::remove_old(db.writer(), now).await?;
    outbox::remove_old(db.writer(), now).await?;
    let entries = publishing::empty_trash(db, audit, now).await?;
    let trashed = media::empty_trash(db, pictures, now).await?;
    Ok(entries + trashed + media::sweep(db, pictures, now).await?)
}

/// Every route of an installation.
pub fn routes(app: &App, config: &Config) -> Result<impl Endpoint<Output = Response> + 'static, Failure> {
    let intake = Intake {
        db: app.db.clone(),
        writer: leads::Writer::start(app.db.clone()),
        vault: app.vault.clone(),
        forms: leads::LeadForms::new(app.db.clone(), app.generation.clone()),
        sources: leads::Sources::new(app.db.clone(), app.generation.clone()),
        phrases: leads::PhraseBook::new(app.db.clone(), app.generation.clone()),
        staffed: leads::StaffedHours::new(app.db.clone()),
        proofs: leads::Proofs::new(&app.vault),
        clients: leads::Clients::default(),
    };
    let site_forms = leads::site_forms(app.vault.clone(), intake.forms.clone());
    let previews = Previews::new(
        app.preview_key.clone(),
        &config.public_url,
        config.preview_url.clone().or_else(|| config.site.then(|| Previews::on_site(&config.public_url))),
        site_forms.clone(),
    );
    let published = Published::new(config.published_bytes);
    let public = GraphqlEndpoint::new(
        schema::public(intake.clone()),
        &schema::public_sdl(),
        Policy {
            limits: schema::public_limits(Limits::public()),
            registered: Some(schema::public_limits(Limits::registered())),
            accepts: match config.documents {
                config::Documents::Open => Accepts::Open,
                config::Documents::Prefer => Accepts::Prefer,
                config::Documents::Only => Accepts::Only,
            },
            private_header: Some(PREVIEW),
            rate: config.rate,
            kept_bytes: config.answers_bytes / 4 * 3,
            purged: config.purge.is_some(),
            ..Policy::public()
        },
        Public {
            db: app.db.clone(),
            previews: previews.clone(),
            generation: app.generation.clone(),
            published: published.clone(),
            documents: Registered::new(app.db.clone(), app.generation.clone()),
            proxies: config.proxies.clone(),
            origin: config.public_url.trim_end_matches('/').to_owned(),
        },
    )?;
    let host = Staff {
        db: app.db.clone(),
        identity: app.identity.clone(),
        origin: config.public_url.clone(),
        proxies: config.proxies.clone(),
    };
    let staff = GraphqlEndpoint::new(
        schema::staff(schema::Services {
            identity: app.identity.clone(),
            previews: previews.clone(),
            teller: teller(app, config),
            live: app.live.clone(),
            desk: Desk::new(app.vault.clone()),
            notifier: notifier(app, config),
            ledger: app.ledger.clone(),
            intake: intake.clone(),
        }),
        &schema::staff_sdl(),
        Policy::admin(),
        host.clone(),
    )?;
    let staff = SocketEndpoint::new(staff, StaffSockets::new(host, app.live.clone()));
    let proxies = config.proxies.clone();
    let client_of = Box::new(move |http: &_| client(http, &proxies).map(leads::Client::from));
    let forms = leads::http::FormEndpoint::new(intake.clone(), config.public_url.clone(), client_of);
    let pictures = app.media.clone();
    let upload = UploadEndpoint { db: app.db.clone(), pictures: pictures.clone(), identity: app.identity.clone() };
    let export = leads::http::ExportEndpoint {
        db: app.db.clone(),
        identity: app.identity.clone(),
        desk: Desk::new(app.vault.clone()),
    };
    let ready = app.db.clone();

    let mut route = Route::new()
        .at("/graphql", public)
        .at("/admin/graphql", staff)
        // A screen of the admin; what is sent to its address is a picture.
        .at("/admin/media", get(AdminUi).head(AdminUi).post(upload))
        .at("/admin/leads/export/:token", get(export))
        .nest_no_strip("/admin", AdminUi)
        .nest_no_strip("/forms", forms)
        .nest_no_strip("/media", MediaEndpoint { db: app.db.clone(), pictures })
        .at("/healthz", make(|_| async { plain(StatusCode::OK, "ok") }))
        .at("/readyz", make(move |_| is_ready(ready.clone())));
    // Where only registered documents are answered there is nothing to try.
    if config.documents != config::Documents::Only {
        route = route.at("/graphiql", Graphiql);
    }
    if config.site {
        let (db, public_url) = (app.db.clone(), config.public_url.clone());
        let pages = Pages::new(config.answers_bytes / 4);
        let generation = app.generation.clone();
        let site = delivery::http::Site { db, public_url, forms: site_forms, previews, generation, published, pages };
        route = route.nest_no_strip("/", site);
    }
    let https = config.public_url.starts_with("https:");
    Ok(route.with(CatchPanic::new().with_handler(edge::panicked)).with(Edge { https }).map_to_response())
}

/// Alive and able to reach the database.
async fn is_ready(db: Db) -> Response {
    match db.reader().ping().await {
        Ok(()) => plain(StatusCode::OK, "ready"),
        Err(cause) => {
            tracing::error!(%cause, "the database does not answer");
            plain(StatusCode::SERVICE_UNAVAILABLE, "the database does not answer")
        }
    }
}

/// Tells who started the server where everything is, and how the first owner comes in.
async fn announce(app: &App, config: &Config) -> Result<(), Failure> {
    let url = &config.public_url;
    let lines = [
        ("Site", if config.site { format!("{url}/") } else { "off (HILLSIDE_SITE)".to_owned() }),
        (
            "Admin",
            if admin_ui::is_embedded() { format!("{url}/admin") } else { "not in this binary (make build)".to_owned() },
        ),
        (
            "GraphQL",
            match config.documents {
                config::Documents::Only => format!("{url}/graphql, registered documents only"),
                config::Documents::Open | config::Documents::Prefer => {
                    format!("{url}/graphql, with examples at {url}/graphiql")
                }
            },
        ),
        ("Health", format!("{url}/healthz")),
    ];
    println!("Hillside {} listens on {}.\n", env!("CARGO_PKG_VERSION"), config.addr);
    for (name, value) in lines {
        println!("  {name:<8} {value}");
    }
    if let Some(token) = app.identity.setup_token(Utc::now()).await? {
        println!("\nNobody owns this centre yet. Create the owner with this link, which works once and for a day:");
        println!("\n  {url}/admin/setup#token={token}");
    }
    println!();
    Ok(())
}

async fn told_to_stop() {
    let interrupt = async {
        let _ = tokio::signal::ctrl_c().await;
    };
    #[cfg(unix)]
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! {
        () = interrupt => {}
        () = terminate => {}
    }
    tracing::info!("stopping; requests under way are finished first");
}
