//! Redirects that people manage: none leads nowhere, in a circle or over another.

use entity::user::Role;
use serde_json::{Value, json};

use crate::support::{Answer, Staff, entry::page, on_both};

async fn save(staff: &Staff, input: Value) -> Answer {
    let mutation = "mutation ($input: SaveRedirectInput!) { saveRedirect(input: $input) { \
                    redirect { id fromPath target status works entry { title } } userErrors { code message path } } }";
    staff.ask(mutation, json!({ "input": input })).await
}

async fn saved(staff: &Staff, from: &str, target: &str) -> Value {
    let answer = save(staff, json!({ "fromPath": from, "target": target })).await;
    answer.done("saveRedirect")["redirect"].clone()
}

async fn refused(staff: &Staff, from: &str, target: &str) -> String {
    save(staff, json!({ "fromPath": from, "target": target })).await.refused("saveRedirect")
}

async fn import(staff: &Staff, csv: &str, dry: bool) -> Value {
    let mutation = "mutation ($input: ImportRedirectsInput!) { importRedirects(input: $input) { \
                    imported { added changed leftOut problems { line message } } userErrors { code message path } } }";
    let answer = staff.ask(mutation, json!({ "input": { "csv": csv, "dryRun": dry } })).await;
    answer.done("importRedirects")["imported"].clone()
}

/// Old addresses and where they lead.
async fn all(staff: &Staff, query: &str) -> Vec<String> {
    let list = "query ($query: String!) { redirects(query: $query) { totalCount nodes { fromPath target } } }";
    let answer = staff.ask(list, json!({ "query": query })).await;
    let rows = answer.data()["redirects"]["nodes"].as_array().expect("a list").clone();
    assert_eq!(answer.data()["redirects"]["totalCount"], rows.len());
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    rows.iter().map(|it| format!("{} → {}", text(&it["fromPath"]), text(&it["target"]))).collect()
}

on_both! {
    async fn an_old_address_leads_to_a_page_wherever_that_goes(app: TestApp) {
        let editor = app.staff(Role::Editor).await;
        let target = editor.published_page("programs", page("Programs", vec![])).await;
        let made = saved(&editor, " /our-Programs/ ", "/programs/").await;
        assert_eq!((&made["fromPath"], &made["target"], &made["status"]), (&json!("/our-Programs"), &json!("/programs"), &json!(301)));
        assert_eq!((&made["works"], &made["entry"]["title"]), (&json!(true), &json!("Programs")));
        assert_eq!(app.visitor().route("/our-Programs").await["target"], "/programs");

        // What came along goes along, and a browser asks again: it may be moved back.
        let answer = app.visitor().get("/our-Programs?utm_source=letter").await;
        assert_eq!(answer.headers["location"], "/programs?utm_source=letter");
        assert_eq!(answer.headers["cache-control"], "public, max-age=0, s-maxage=60, stale-if-error=86400");
        let url = format!("{}/treatment?ref=x", app.config.public_url);
        assert_eq!(refused(&editor, &url, &target.id).await, "INVALID input.fromPath: What stands behind ? or # is no part of an address here. Leave it out.");
        let url = format!("{}/treatment/", app.config.public_url);
        assert_eq!(saved(&editor, &url, &target.id).await["fromPath"], "/treatment");

        // It moves; both follow, in one step.
        let input = json!({ "id": target.id, "slug": "care" });
        let moved = "mutation ($input: MovePageInput!) { movePage(input: $input) { path userErrors { code message path } } }";
        editor.ask(moved, json!({ "input": input })).await.done("movePage");
        assert_eq!(app.visitor().route("/treatment").await["target"], "/care");
        // And what leads over another is followed at once.
        assert_eq!(saved(&editor, "/older", "/treatment").await["target"], "/care");
        assert_eq!(all(&editor, "").await, ["/older → /care", "/our-Programs → /care", "/programs → /care", "/treatment → /care"]);
        assert_eq!(all(&editor, "PROG").await, ["/our-Programs → /care", "/programs → /care"]);
        assert_eq!(all(&editor, "care").await.len(), 4);

        // Through the site, as a visitor's browser asks for it.
        let answer = app.visitor().get("/our-Programs/").await;
        assert_eq!((answer.status.as_u16(), answer.headers["location"].to_str().ok()), (301, Some("/care")));
    }

    async fn one_may_lead_outside_and_for_now(app: TestApp) {
        let editor = app.staff(Role::Editor).await;
        let input = json!({ "fromPath": "/shop", "target": "https://shop.example.org/a?b=c", "status": 302 });
        let made = save(&editor, input).await.done("saveRedirect")["redirect"].clone();
        assert_eq!(app.visitor().route("/shop").await, json!({ "__typename": "Redirect", "fromPath": "/shop", "target": "https://shop.example.org/a?b=c", "status": 302 }));
        let input = json!({ "id": made["id"], "fromPath": "/shop", "target": "https://example.org" });
        assert_eq!(save(&editor, input).await.done("saveRedirect")["redirect"]["status"], 301);
        let remove = "mutation ($id: ID!) { deleteRedirect(input: { id: $id }) { redirect { fromPath } userErrors { code message path } } }";
        editor.ask(remove, json!({ "id": made["id"] })).await.done("deleteRedirect");
        assert_eq!(app.visitor().route("/shop").await, Value::Null);
        assert_eq!(editor.ask(remove, json!({ "id": made["id"] })).await.refused("deleteRedirect"), "NOT_FOUND input.id: There is no such redirect.");
    }

    async fn what_would_lead_nowhere_or_in_a_circle_is_refused_with_what_to_do(app: TestApp) {
        let editor = app.staff(Role::Editor).await;
        let live = editor.published_page("live", page("Live", vec![])).await;
        let draft = editor.create_page("draft", page("Draft", vec![])).await;
        for (from, target, refusal) in [
            ("", "/live", "REQUIRED input.fromPath: Give the old address, such as “/our-programs”."),
            ("old page", "/live", "INVALID input.fromPath: An old address is a path of this site, such as “/our-programs”."),
            ("/older", "/live#team", "INVALID input.target: An address of ours leads to a whole page. Leave out what begins with “#” or “?”."),
            ("https://other.example.org/old", "/live", "INVALID input.fromPath: An old address is a path of this site, such as “/our-programs”."),
            ("/live", "https://example.org", "TAKEN input.fromPath: “Live” is public at /live. Move it or take it back before its address leads elsewhere."),
            ("/admin/x", "/live", "TAKEN input.fromPath: The address /admin/x is always answered, so it leads nowhere else."),
            ("/", "/live", "TAKEN input.fromPath: The address / is always answered, so it leads nowhere else."),
            ("/old", "", "REQUIRED input.target: Say where it leads: to a page, or to an address outside."),
            ("/old", "/nowhere", "NOT_FOUND input.target: There is no page at /nowhere. Choose one that is there."),
            ("/old", "/old", "NOT_FOUND input.target: There is no page at /old. Choose one that is there."),
            ("/draft", "/draft", "INVALID input.target: This address would lead to itself. Choose another target."),
            ("/old", "javascript:alert(1)", "INVALID input.target: A target is a path such as “/admissions”, or an address outside that begins with https://."),
            ("/old", "https://user@example.org", "INVALID input.target: A target is a path such as “/admissions”, or an address outside that begins with https://."),
            ("/old", "pag_01h2xcejqtf2nbrexx3vqjhp41", "NOT_FOUND input.target: There is no such page or therapy. Choose another."),
        ] {
            assert_eq!(refused(&editor, from, target).await, refusal, "{from} → {target}");
        }
        let status = save(&editor, json!({ "fromPath": "/old", "target": live.id, "status": 307 })).await;
        assert_eq!(status.refused("saveRedirect"), "INVALID input.status: A redirect is 301, for good, or 302, for now.");
        saved(&editor, "/old", &live.id).await;
        assert_eq!(refused(&editor, "/old/", &live.id).await, "TAKEN input.fromPath: A redirect from /old is there already. Change that one.");
        // What leads to a draft is kept, and says that it does not work yet.
        assert_eq!(saved(&editor, "/early", &draft.id).await["works"], false);
        assert_eq!(app.visitor().route("/early").await, Value::Null);
    }

    async fn a_chain_within_a_table_is_followed_to_its_end_in_whatever_order(app: TestApp) {
        let editor = app.staff(Role::Editor).await;
        editor.published_page("about", page("About", vec![])).await;
        editor.published_page("privacy", page("Privacy", vec![])).await;
        saved(&editor, "/b", "/about").await;
        let table = "/a;/b\n/b;/c\n/c;/privacy\n/x;/y\n/y;/x\nolder;/a\n";
        let imported = import(&editor, table, false).await;
        assert_eq!((&imported["added"], &imported["changed"], &imported["leftOut"]), (&json!(3), &json!(1), &json!(2)));
        let lines: Vec<_> = imported["problems"].as_array().unwrap().iter().map(|it| it["line"].clone()).collect();
        assert_eq!(lines, [json!(4), json!(5)], "a circle leads nowhere");
        let mut led = all(&editor, "").await;
        led.sort();
        assert_eq!(led, ["/a → /privacy", "/b → /privacy", "/c → /privacy", "/older → /privacy"]);
    }

    async fn a_table_is_taken_over_but_for_what_cannot_be(app: TestApp) {
        let editor = app.staff(Role::Editor).await;
        editor.published_page("live", page("Live", vec![])).await;
        saved(&editor, "/same", "/live").await;
        saved(&editor, "/other", "https://example.org/").await;
        let table = "from,to,status\n/a,/live\n/b,https://example.org/b,302\n/same,/live\n/other,/live\n/a,/live\n/live,/a\n/c,/nowhere\n";
        let told = json!({ "added": 2, "changed": 1, "leftOut": 3, "problems": [
            { "line": 6, "message": "A line above says already where /a leads." },
            { "line": 7, "message": "“Live” is public at /live. Move it or take it back before its address leads elsewhere. There is no page at /a. Choose one that is there." },
            { "line": 8, "message": "There is no page at /nowhere. Choose one that is there." },
        ] });
        assert_eq!(import(&editor, table, true).await, told);
        assert_eq!(all(&editor, "").await.len(), 2);
        assert_eq!(import(&editor, table, false).await, told);
        assert_eq!(all(&editor, "").await, ["/a → /live", "/b → https://example.org/b", "/other → /live", "/same → /live"]);
        assert_eq!(import(&editor, table, false).await["added"], 0);

        let many: String = (0..5_000).map(|number| format!("/old/{number};/live\n")).collect();
        assert_eq!(import(&editor, &many, false).await["added"], 5_000);
        assert_eq!(app.visitor().route("/old/4999").await["target"], "/live");
        let mutation = "mutation ($csv: String!) { importRedirects(input: { csv: $csv }) { imported { added } userErrors { code message path } } }";
        let answer = editor.ask(mutation, json!({ "csv": many + "/x;/live\n" })).await;
        assert_eq!(answer.refused("importRedirects"), "TOO_LARGE input.csv: This table has more than 5000 lines. Import it in parts.");
    }
}
