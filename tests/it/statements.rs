//! How many SQL statements a page costs: few, and no more for a large page than for a small one.

use std::{
    fmt::Debug,
    sync::{
        Once,
        atomic::{AtomicUsize, Ordering},
    },
};

use entity::user::Role;
use futures_util::future::join_all;
use serde_json::{Value, json};
use tracing::{
    Event, Subscriber,
    field::{Field, Visit},
};
use tracing_subscriber::{
    Layer,
    filter::Targets,
    layer::{Context, SubscriberExt},
    util::SubscriberInitExt,
};

use crate::support::{
    entry::{linked, page, quote},
    on_both,
};

/// Who come at once.
const MANY: usize = 1_000;
/// What a page may cost; the last is for which version of a form is drawn now.
const MOST: usize = 9;

static STATEMENTS: AtomicUsize = AtomicUsize::new(0);
/// Those of them that ask only whether something was published.
static GENERATIONS: AtomicUsize = AtomicUsize::new(0);

struct Counter;

impl<S: Subscriber> Layer<S> for Counter {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let mut summary = Summary(String::new());
        event.record(&mut summary);
        let begins = |with: &str| usize::from(summary.0.starts_with(with));
        STATEMENTS.fetch_add(1 - begins("PRAGMA"), Ordering::Relaxed);
        GENERATIONS.fetch_add(begins("SELECT \\\"setting\\\""), Ordering::Relaxed);
    }
}

/// How a statement begins. `PRAGMA` sets up a connection, which a pool opens when it likes, and no page asks for.
struct Summary(String);

impl Visit for Summary {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        if field.name() == "summary" {
            self.0 = format!("{value:?}").trim_start_matches('"').to_owned();
        }
    }
}

/// Counts what the driver says it sent while `work` went on. Each test is a process of its own under nextest.
async fn counted(work: impl Future<Output = ()>) -> usize {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let only = Targets::new().with_target("sqlx::query", tracing::Level::DEBUG);
        tracing_subscriber::registry().with(Counter.with_filter(only)).init();
    });
    let before = STATEMENTS.load(Ordering::Relaxed);
    work.await;
    STATEMENTS.load(Ordering::Relaxed) - before
}

const ROUTE: &str = "query ($path: String!) { route(path: $path) { ... on Page {
    title blocks { key html ... on RichTextBlock { body { links { target { __typename } } } } }
} } }";

/// As deep as a visitor may ask (12), down the tree, up again, and from there into words and where they lead.
const DEEPEST: &str = "{ route(path: \"/top\") { ... on Page { title author { name } children(first: 3) { nodes {
    title breadcrumbs { path } children(first: 3) { nodes { title author { name } breadcrumbs { path } parent { path parent {
        blocks { ... on RichTextBlock { body { links { target { ... on EntryLink { title path } } } } } }
    } } } }
} } } } }";

on_both! {
    async fn a_page_costs_few_statements_whatever_its_size(app: TestApp) {
        let app = app.with_demo().await;
        let (editor, visitor) = (app.staff(Role::Editor).await, app.visitor());
        let phone = editor.target("CONTACT_POINT", "988").await;
        let therapy = editor.target("THERAPY", "group").await;
        // What a version of a form asks never changes: it is read once.
        assert_eq!(visitor.get("/ketamine-side-effects").await.status, 200);
        let mut costs = Vec::new();
        for (slug, size) in [("small", 2), ("large", 200)] {
            let block = |place: usize| match place % 4 {
                0 => quote(&format!("b{place}"), "Words."),
                1 => linked(&format!("b{place}"), "call", json!({ "contactPoint": phone })),
                2 => linked(&format!("b{place}"), "group therapy", json!({ "therapy": therapy })),
                _ => json!({ "therapyGrid": { "key": format!("b{place}"), "heading": "Therapies", "therapies": [therapy] } }),
            };
            let draft = editor.published_page(slug, page(slug, (0..size).map(block).collect())).await;
            let path = format!("/{slug}");
            let site = counted(async { assert_eq!(visitor.get(&path).await.status, 200) }).await;
            let public = counted(async {
                let answer = visitor.ask(ROUTE, json!({ "path": path })).await;
                assert_eq!(answer.data()["route"]["blocks"].as_array().map(Vec::len), Some(size));
            })
            .await;
            let staff = counted(async {
                let asked = "query ($id: ID!) { page(id: $id) { title draft { content author { name } } live { id } checks { message } revisions { id author { name } } } }";
                assert_ne!(editor.ask(asked, json!({ "id": draft.id })).await.data()["page"], Value::Null);
            })
            .await;
            costs.push((slug, site, public, staff));
        }
        editor.published_page("another", page("another", vec![])).await;
        assert_eq!(visitor.get("/another").await.status, 200);
        let reference = counted(async { assert_eq!(visitor.get("/ketamine-side-effects").await.status, 200) }).await;
        println!("{costs:?}, the reference page {reference}");
        assert!(costs.iter().all(|(_, site, public, _)| *site <= MOST && *public <= MOST), "{costs:?}");
        assert!(reference <= MOST, "{reference}");
    }

    async fn the_deepest_query_costs_few_statements_whatever_is_there(app: TestApp) {
        let app = app.with_demo().await;
        let (editor, visitor) = (app.staff(Role::Editor).await, app.visitor());
        let therapy = editor.target("THERAPY", "group").await;
        let words = |nth: usize| vec![linked(&format!("b{nth}"), "group therapy", json!({ "therapy": therapy }))];
        let top = editor.published_page("top", page("Top", words(0))).await;
        let mut costs = Vec::new();
        // Another child and grandchildren each time; each time all of it is asked for anew.
        for nth in 1..=3 {
            let child = editor.published_below(&top, &format!("child-{nth}"), page("Child", words(nth))).await;
            for each in 1..=nth {
                editor.published_below(&child, &format!("grandchild-{each}"), page("Grandchild", words(each))).await;
            }
            costs.push(
                counted(async {
                    let answer = visitor.ask(DEEPEST, Value::Null).await;
                    assert_eq!(answer.data()["route"]["children"]["nodes"].as_array().map(Vec::len), Some(nth));
                })
                .await,
            );
        }
        println!("{costs:?}");
        assert!(costs.iter().all(|cost| *cost <= 2 * MOST), "{costs:?}");
    }

    async fn what_is_done_to_many_leads_costs_few_statements(app: TestApp) {
        let (staff, visitor) = (app.staff(Role::Admissions).await, app.visitor());
        let mut leads = Vec::new();
        for _ in 0..16 {
            let lead = app.lead_row(&visitor.submitted(&visitor.lead().await).await).await;
            leads.push(json!({ "id": lead.id, "version": 1 }));
        }
        let close = "mutation ($input: BulkCloseLeadsInput!) { bulkCloseLeads(input: $input) {
            bulk { undo leads { lead { name assignee { name } } problem { message } } } userErrors { message }
        } }";
        let mut costs = Vec::new();
        for some in [leads[..1].to_vec(), leads[1..].to_vec()] {
            let cost = counted(async {
                let answer = staff.ask(close, json!({ "input": { "leads": some, "outcome": "SPAM" } })).await;
                assert!(answer.done("bulkCloseLeads")["bulk"]["undo"].is_string());
            });
            costs.push(cost.await);
        }
        println!("{costs:?}");
        // Rows of three tables are inserted 8, 4, 2 and 1 at a time instead of once.
        assert!(costs[1] <= costs[0] + 3 * 3, "{costs:?}");
    }

    async fn many_who_come_at_once_cost_as_much_as_one(app: TestApp) {
        let app = app.with_demo().await;
        let editor = app.staff(Role::Editor).await;
        let visitor = app.visitor();
        editor.published_page("cold", page("Cold", vec![quote("q", "Words.")])).await;
        let before = GENERATIONS.load(Ordering::Relaxed);
        let site = counted(async {
            let all = (0..MANY).map(|_| visitor.get("/cold"));
            assert!(join_all(all).await.iter().all(|answer| answer.status == 200));
        })
        .await;
        let graphql = counted(async {
            let all = (0..MANY).map(|_| visitor.ask(ROUTE, json!({ "path": "/cold" })));
            assert!(join_all(all).await.iter().all(|answer| answer.data()["route"]["title"] == "Cold"));
        })
        .await;
        let asked = GENERATIONS.load(Ordering::Relaxed) - before;
        println!("{site} and {graphql} statements, {asked} of them for the generation");
        assert!(site + graphql - asked <= 2 * MOST, "{site} and {graphql}, {asked} for the generation");
    }
}
