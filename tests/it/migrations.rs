//! The database's history goes up, down and up again.

use hillside::{
    app::App,
    config::{Config, Settings},
    db::Db,
    keys::Keys,
    server,
};
use migration::{Migrator, MigratorTrait};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement};

use crate::support::{Backend, on_both, row_counts};

/// Whatever a schema has, an object a line. The table in which the steps are counted is the tool's, not ours.
const SQLITE: &str = "SELECT type || ' ' || name || ' ' || coalesce(sql, '') AS line FROM sqlite_master
    WHERE name NOT LIKE 'sqlite_%' AND tbl_name <> 'seaql_migrations' ORDER BY line";
const POSTGRES: &str = "SELECT line FROM (
    SELECT concat_ws(' ', 'column', table_name, ordinal_position, column_name, data_type, is_nullable, column_default)
        AS line, table_name AS of FROM information_schema.columns WHERE table_schema = 'public'
    UNION ALL SELECT concat_ws(' ', 'index', indexdef), tablename FROM pg_indexes WHERE schemaname = 'public'
    UNION ALL SELECT concat_ws(' ', 'constraint', conrelid::regclass, conname, pg_get_constraintdef(oid)),
        conrelid::regclass::text FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    UNION ALL SELECT concat_ws(' ', 'trigger', pg_get_triggerdef(oid)), tgrelid::regclass::text
        FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL SELECT concat_ws(' ', 'function', pg_get_functiondef(oid)), ''
        FROM pg_proc WHERE pronamespace = 'public'::regnamespace
    UNION ALL SELECT concat_ws(' ', relkind, relname), relname::text
        FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('S', 'v', 'm')
    UNION ALL SELECT concat_ws(' ', 'type', typname), ''
        FROM pg_type WHERE typnamespace = 'public'::regnamespace AND typtype IN ('e', 'd')
    ) all_objects WHERE of <> 'seaql_migrations' ORDER BY line";

on_both! {
    async fn what_goes_up_comes_down_and_goes_up_again_the_same(app: TestApp) {
        let db = app.app.db.writer();
        let up = dump(db).await;
        assert!(up.len() > 40, "hardly a schema: {up:#?}");
        Migrator::down(db, None).await.unwrap();
        assert_eq!(dump(db).await, Vec::<String>::new());
        Migrator::up(db, None).await.unwrap();
        assert_eq!(dump(db).await, up);
    }

    async fn every_step_takes_back_what_it_added_and_nothing_else(app: TestApp) {
        let db = app.app.db.writer();
        Migrator::down(db, None).await.unwrap();
        let steps = Migrator::migrations().len();
        let mut dumps = vec![dump(db).await];
        for _ in 0..steps {
            Migrator::up(db, Some(1)).await.unwrap();
            dumps.push(dump(db).await);
        }
        for (step, added) in dumps.windows(2).enumerate() {
            assert_ne!(added[1], added[0], "step {step} adds nothing");
        }
        for before in dumps.iter().rev().skip(1) {
            Migrator::down(db, Some(1)).await.unwrap();
            assert_eq!(&dump(db).await, before);
        }
    }

    async fn going_up_twice_changes_nothing(app: TestApp) {
        let app = app.with_demo().await;
        let db = app.app.db.writer();
        let before = (dump(db).await, row_counts(db).await);
        app.app.db.migrate().await.unwrap();
        Migrator::up(db, None).await.unwrap();
        assert_eq!((dump(db).await, row_counts(db).await), before);
        assert!(Migrator::get_pending_migrations(db).await.unwrap().is_empty());
    }

    async fn a_database_in_use_comes_down_too(app: TestApp) {
        let app = app.with_demo().await;
        let owner = app.staff(entity::user::Role::Owner).await;
        let visitor = app.visitor();
        let lead = app.lead_row(&visitor.submitted(&visitor.lead().await).await).await;
        owner.reveal(&lead.id.to_string(), "calling back").await.done("revealLead");
        let db = app.app.db.writer();
        for _ in 0..Migrator::migrations().len() {
            Migrator::down(db, Some(1)).await.unwrap();
        }
        assert_eq!(dump(db).await, Vec::<String>::new());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn servers_that_start_at_once_on_an_empty_postgresql_all_come_up() {
    if Backend::postgres_is_skipped() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let database_url = Backend::Postgres.create(folder.path()).await;
    // The key file is handed out to every server of an installation before it starts.
    Keys::load_or_create(&folder.path().join("keys.json")).unwrap();
    let config = |place: usize| -> Config {
        let settings = Settings {
            database_url: Some(database_url.clone()),
            data_dir: Some(folder.path().join(format!("server-{place}"))),
            keys_file: Some(folder.path().join("keys.json")),
            ..Settings::default()
        };
        settings.resolve().unwrap()
    };
    let mut starting = tokio::task::JoinSet::new();
    for place in 0..4 {
        let config = config(place);
        starting.spawn(async move { App::open(&config).await.map(|app| (app, config)) });
    }
    let apps = starting.join_all().await;
    let apps: Vec<_> = apps.into_iter().map(|app| app.expect("the server comes up")).collect();
    for (app, config) in &apps {
        drop(server::routes(app, config).expect("valid schemas"));
    }

    // What they made together is what one makes alone.
    let alone = tempfile::tempdir().unwrap();
    let one = Db::connect(&Backend::Postgres.create(alone.path()).await).await.unwrap();
    one.migrate().await.unwrap();
    assert_eq!(dump(apps[0].0.db.reader()).await, dump(one.reader()).await);
    let counts = row_counts(apps[0].0.db.reader()).await;
    assert_eq!(counts["seaql_migrations"], i64::try_from(Migrator::migrations().len()).unwrap());
    assert_eq!(counts["consent_text"], 2);
    assert_eq!((counts["lead_form"], counts["lead_form_version"]), (1, 1));
}

/// The schema as the database itself describes it.
async fn dump(db: &DatabaseConnection) -> Vec<String> {
    let backend = db.get_database_backend();
    let query = if backend == DbBackend::Sqlite { SQLITE } else { POSTGRES };
    let rows = db.query_all_raw(Statement::from_string(backend, query)).await.expect("the database describes itself");
    rows.into_iter().map(|row| row.try_get("", "line").expect("a line")).collect()
}
