//! The built-in site, as a browser without JavaScript meets it.

use std::collections::BTreeSet;

use entity::user::Role;
use hillside::config::Settings;
use reqwest::Method;
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};

use crate::support::{
    entry::{linked, page, quote, words},
    markup::{Tag, contents, tags},
    on_both, row_counts,
};

const REFERENCE_PAGE: &str = "/ketamine-side-effects";

on_both! {
    async fn the_reference_page_shows_every_element(app: TestApp) {
        let app = app.with_demo().await;
        let answer = app.visitor().get(REFERENCE_PAGE).await;
        assert_eq!(answer.status, 200);
        assert_eq!(answer.headers["content-type"], "text/html; charset=utf-8");
        let html = answer.body.as_str().expect("HTML");
        let tags = tags(html);
        let all = |name: &str| tags.iter().filter(|tag| tag.name == name).collect::<Vec<_>>();
        let shows = |class: &str| tags.iter().any(|tag| tag.get("class").split(' ').any(|it| it == class));

        assert_eq!(all("h1").len(), 1);
        assert!(html.starts_with("<!DOCTYPE html><html lang=\"en\">"));
        for landmark in ["header", "nav", "main", "footer", "article"] {
            assert!(!all(landmark).is_empty(), "{landmark}");
        }
        for kind in [
            "block-text", "block-heading", "block-list", "block-table", "block-statistic", "block-emergency", "block-faq",
            "block-cta", "block-form", "block-therapies", "block-quote", "block-callout",
        ] {
            assert!(shows(kind), "{kind}");
        }
        // The comparison: a header for each column and each row.
        let scopes = |scope: &str| all("th").iter().filter(|it| it.get("scope") == scope).count();
        assert_eq!((scopes("col"), scopes("row"), all("td").len(), all("caption").len()), (3, 5, 10, 1));
        // Numbers that can be dialled.
        let dialled: BTreeSet<&str> = all("a").iter().filter_map(|it| it.get("href").strip_prefix("tel:")).collect();
        assert_eq!(dialled, BTreeSet::from(["911", "988", "+17813324135"]));
        // Five therapies in a region, five questions, three forms with two things folded each, a map.
        let grid = contents(html, "section").into_iter().find(|it| it.contains("href=\"/therapies/group-therapy\""));
        let in_region = contents(grid.expect("the grid"), "a").into_iter().filter(|it| it.ends_with(" in Massachusetts"));
        assert_eq!((in_region.count(), all("summary").len() - 2 * 3, all("form").len()), (5, 5, 3));
        assert!(all("a").iter().any(|it| it.get("href").starts_with("https://www.google.com/maps/")));
        for words in ["71.5 %", "esketamine", "By Robin Sample", "Reviewed by", "Nobody has to face addiction alone"] {
            assert!(html.contains(words), "{words}");
        }
    }

    async fn every_field_has_a_label_every_id_is_one_and_every_link_within_the_page_leads_somewhere(app: TestApp) {
        let app = app.with_demo().await;
        let visitor = app.visitor();
        for path in [REFERENCE_PAGE, "/", "/admissions", "/therapies/group-therapy", "/forms/confidential", "/nowhere"] {
            let answer = visitor.get(path).await;
            let tags = tags(answer.body.as_str().expect("HTML"));
            let ids: Vec<&str> = tags.iter().map(|it| it.get("id")).filter(|id| !id.is_empty()).collect();
            let distinct: BTreeSet<&str> = ids.iter().copied().collect();
            assert_eq!(ids.len(), distinct.len(), "{path}: {ids:?}");
            let labelled: BTreeSet<&str> = tags.iter().map(|it| it.get("for")).collect();
            for tag in &tags {
                let is_field = matches!(tag.name.as_str(), "input" | "select" | "textarea") && tag.get("type") != "hidden";
                assert!(!is_field || labelled.contains(tag.get("id")), "{path}: {tag:?} has no label");
                for attribute in ["aria-labelledby", "aria-describedby", "for"] {
                    let named = tag.get(attribute).split_whitespace();
                    named.for_each(|id| assert!(distinct.contains(id), "{path}: {attribute}={id} names nothing"));
                }
                if let Some(anchor) = tag.get("href").strip_prefix('#') {
                    assert!(distinct.contains(anchor), "{path}: #{anchor} leads nowhere");
                }
            }
        }
    }

    async fn every_link_of_the_site_leads_to_a_page(app: TestApp) {
        let app = app.with_demo().await;
        let visitor = app.visitor();
        let (mut seen, mut waiting) = (BTreeSet::from(["/".to_owned()]), vec!["/".to_owned()]);
        while let Some(path) = waiting.pop() {
            let answer = visitor.get(&path).await;
            assert_eq!(answer.status, 200, "{path}");
            for tag in tags(answer.body.as_str().unwrap_or_default()) {
                let link = tag.get("href").split('#').next().unwrap_or_default().to_owned();
                if tag.name == "a" && link.starts_with('/') && seen.insert(link.clone()) {
                    waiting.push(link);
                }
            }
        }
        assert!(seen.contains(REFERENCE_PAGE) && seen.len() > 10, "{seen:?}");
    }

    async fn nothing_of_it_runs_and_nobody_else_is_asked(app: TestApp) {
        let app = app.with_demo().await;
        let answer = app.visitor().get(REFERENCE_PAGE).await;
        let html = answer.body.as_str().expect("HTML");
        for tag in tags(html) {
            // The script of its forms, which is ours, and nothing in the page itself.
            assert!(tag.name != "script" || tag.get("type") == "application/ld+json" || tag.get("src") == "/forms/form.js", "{tag:?}");
            assert!(!matches!(tag.name.as_str(), "iframe" | "object" | "embed" | "style"), "{tag:?}");
            assert!(!tag.has("style"), "{tag:?}");
            let loads = [tag.get("src"), if tag.name == "link" && tag.get("rel") != "canonical" { tag.get("href") } else { "" }];
            assert!(loads.iter().all(|url| url.is_empty() || url.starts_with('/')), "{tag:?}");
        }
        let headers = &answer.headers;
        let policy = headers["content-security-policy"].to_str().expect("a policy");
        assert!(policy.starts_with("default-src 'none'; script-src 'self'; worker-src 'self';") && !policy.contains("unsafe"), "{policy}");
        let without_form = app.visitor().get("/therapies").await;
        let policy = without_form.headers["content-security-policy"].to_str().expect("a policy");
        assert!(policy.starts_with("default-src 'none';") && !policy.contains("script-src") && !policy.contains("unsafe"), "{policy}");
        assert!(!without_form.body.as_str().expect("HTML").contains("/forms/form.js"));
        assert_eq!(headers["x-content-type-options"], "nosniff");
        assert_eq!(headers["referrer-policy"], "no-referrer");
        assert_eq!(headers["cache-control"], "no-store");
        assert!(headers.get("set-cookie").is_none());
        assert!(headers.get("strict-transport-security").is_none(), "this test's site is reached over http");
    }

    async fn machines_are_told_what_the_page_is(app: TestApp) {
        let app = app.with_demo().await;
        let answer = app.visitor().get(REFERENCE_PAGE).await;
        let blocks = contents(answer.body.as_str().expect("HTML"), "script");
        let blocks = blocks.iter().filter(|it| !it.is_empty());
        let data: Vec<Value> = blocks.map(|it| serde_json::from_str(it).expect("JSON")).collect();
        let of = |kind: &str| data.iter().find(|it| it["@type"] == kind).unwrap_or_else(|| panic!("no {kind}")).clone();
        let about = of("MedicalWebPage");
        assert_eq!(about["@context"], "https://schema.org");
        assert!(about["url"].as_str().expect("a URL").ends_with(REFERENCE_PAGE));
        assert_eq!(about["author"]["name"], "Robin Sample, MPH");
        assert_eq!(about["reviewedBy"]["name"], "Jordan Example, MD");
        assert_eq!(of("FAQPage")["mainEntity"].as_array().map(Vec::len), Some(5));
    }

    async fn what_is_not_there_says_so_and_whom_to_call(app: TestApp) {
        let app = app.with_demo().await;
        for path in ["/nowhere", "/forms/nothing", "/a/b/c", "/%00", "/assets/nothing.css", "/therapies/nothing"] {
            let answer = app.visitor().get(path).await;
            assert_eq!(answer.status, 404, "{path}: {}", answer.body);
            let html = answer.body.as_str().expect("HTML");
            assert!(html.contains("tel:911") && html.contains("noindex"), "{path}");
        }
        // What is no UTF-8 is no path.
        assert_eq!(app.visitor().get("/%F0%9F").await.status, 400);
        let answer = app.visitor().request(Method::POST, REFERENCE_PAGE).send().await.unwrap();
        assert_eq!((answer.status().as_u16(), &answer.headers()["allow"]), (405, &"GET, HEAD".parse().unwrap()));
    }

    async fn search_engines_are_told_what_is_public(app: TestApp) {
        let app = app.with_demo().await;
        let (editor, visitor) = (app.staff(Role::Editor).await, app.visitor());
        editor.create_page("hidden", page("Hidden", vec![])).await;
        let map = visitor.get("/sitemap.xml").await;
        assert_eq!(map.headers["content-type"], "application/xml; charset=utf-8");
        let map = map.body.as_str().expect("XML");
        let base = &app.config.public_url;
        assert!(map.starts_with("<?xml") && map.trim_end().ends_with("</urlset>"));
        for path in ["/", REFERENCE_PAGE, "/therapies", "/therapies/group-therapy"] {
            assert!(map.contains(&format!("<loc>{base}{path}</loc>")), "{path}");
        }
        assert!(!map.contains("hidden"));
        let robots = visitor.get("/robots.txt").await;
        assert_eq!(robots.body, format!("User-agent: *\nDisallow: /admin\nSitemap: {base}/sitemap.xml\n"));
    }

    async fn what_search_engines_are_asked_to_leave_out_is_in_no_site_map(app: TestApp) {
        let (editor, visitor) = (app.staff(Role::Editor).await, app.visitor());
        let seo = json!({ "noIndex": true, "canonical": "https://journal.example.org/original" });
        let content = json!({ "title": "Elsewhere first", "summary": "A text.", "seo": seo });
        let draft = editor.published_page("elsewhere", content).await;
        assert!(!visitor.get("/sitemap.xml").await.body.as_str().unwrap().contains("elsewhere"));
        let html = visitor.get("/elsewhere").await.body;
        let head = tags(html.as_str().unwrap());
        let canonical = head.iter().find(|tag| tag.get("rel") == "canonical").expect("a canonical address");
        assert_eq!(canonical.get("href"), "https://journal.example.org/original");
        assert!(head.iter().any(|tag| tag.get("name") == "robots" && tag.get("content") == "noindex"));

        let listed = json!({ "title": "Elsewhere first", "summary": "A text." });
        let draft = editor.save_page(&draft, listed).await;
        editor.publish_page(&draft).await;
        assert!(visitor.get("/sitemap.xml").await.body.as_str().unwrap().contains("/elsewhere</loc>"));

        let wrong = json!({ "title": "A", "seo": { "canonical": "/elsewhere" } });
        let input = json!({ "id": draft.id, "baseRevision": draft.revision, "content": wrong });
        assert_eq!(
            editor.entry("updatePage", input).await.refused("updatePage"),
            "INVALID input.content.seo.canonical: Give the whole address of the original, such as https://example.org/article, or leave it empty."
        );
    }

    async fn a_site_map_of_more_than_50_000_addresses_is_split(app: TestApp) {
        let id = if app.app.db.is_sqlite() { "randomblob(16)" } else { "gen_random_uuid()" };
        let rows = format!(
            "WITH RECURSIVE counted(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < 50001)
             INSERT INTO entry (id, kind, slug, path, title, live_revision_id, published_at, no_index, created_at, updated_at)
             SELECT {id}, 'page', 'p' || n, '/p' || n, 'P', {id}, CURRENT_TIMESTAMP, FALSE, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP FROM counted"
        );
        app.app.db.writer().execute_unprepared(&rows).await.expect("rows");
        let (visitor, base) = (app.visitor(), &app.config.public_url);
        let map = visitor.get("/sitemap.xml").await.body;
        let map = map.as_str().unwrap();
        assert!(map.contains("<sitemapindex") && map.matches("<sitemap>").count() == 2, "{map}");
        assert!(map.contains(&format!("<loc>{base}/sitemap-2.xml</loc>")), "{map}");
        let count = async |path: &str| visitor.get(path).await.body.as_str().unwrap().matches("<url>").count();
        assert_eq!((count("/sitemap-1.xml").await, count("/sitemap-2.xml").await), (49_999, 2));
        for path in ["/sitemap-0.xml", "/sitemap-3.xml", "/sitemap-x.xml"] {
            assert_eq!(visitor.get(path).await.status, 404, "{path}");
        }
    }

    async fn machines_are_told_the_way_to_a_page_and_the_places_it_speaks_of(app: TestApp) {
        let app = app.with_demo().await;
        let visitor = app.visitor();
        let therapy = visitor.get("/therapies/group-therapy").await.body;
        let data = json_ld(therapy.as_str().unwrap());
        let of = |data: &[Value], kind: &str| data.iter().find(|it| it["@type"] == kind).cloned();
        let crumbs = of(&data, "BreadcrumbList").expect("a way");
        assert_eq!(crumbs["itemListElement"][0]["item"], format!("{}/therapies", app.config.public_url));
        assert_eq!(crumbs["itemListElement"][1]["position"], 2);
        assert_eq!(of(&data, "MedicalTherapy").expect("a therapy")["name"], "Group therapy");

        let home = visitor.get("/").await.body;
        let data = json_ld(home.as_str().unwrap());
        let clinic = of(&data, "MedicalClinic").expect("a clinic");
        assert_eq!(clinic["address"]["@type"], "PostalAddress");
        assert!(clinic["telephone"].as_str().is_some_and(|it| it.starts_with('+')), "{clinic}");
        assert_eq!(of(&data, "BreadcrumbList"), None);
    }

    async fn the_form_works_without_javascript_and_its_answer_says_nothing_of_it(app: TestApp) {
        let app = app.with_demo().await;
        let visitor = app.visitor();
        let html = visitor.get(REFERENCE_PAGE).await.body;
        let mut fields = hidden_fields(html.as_str().expect("HTML"), "end");
        let consent = field(html.as_str().expect("HTML"), "form-consents").get("value").to_owned();
        let mut fill = |name: &str, value: &str| fields.push((name.to_owned(), value.to_owned()));
        fill("name", "Zelda Quux");
        fill("contact.phone", "(781) 555-0142");
        fill("message", "Plovdiv at noon");
        fill("consents", &consent);
        let form: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let sent = visitor.post_form("/forms/confidential", &form).await;
        assert_eq!((sent.status.as_u16(), &sent.headers["location"]), (303, &"/forms/confidential/sent".parse().unwrap()), "{}", sent.body);

        let thanks = visitor.get("/forms/confidential/sent").await;
        assert_eq!((thanks.status.as_u16(), &thanks.headers["cache-control"]), (200, &"no-store".parse().unwrap()));
        let html = thanks.body.as_str().expect("HTML");
        for personal in ["Zelda", "Quux", "555", "Plovdiv", "HS-"] {
            assert!(!html.contains(personal), "{personal}");
        }
        assert!(html.contains("tel:911") && html.contains("noindex"));

        let admissions = app.staff(Role::Admissions).await;
        let leads = admissions.ask("{ leads { nodes { sourcePath placement } } }", Value::Null).await;
        assert_eq!(leads.data()["leads"]["nodes"], json!([{ "sourcePath": REFERENCE_PAGE, "placement": "end" }]));
    }

    async fn a_form_with_something_to_mend_comes_back_as_it_was_written(app: TestApp) {
        let app = app.with_demo().await;
        let visitor = app.visitor();
        let html = visitor.get(REFERENCE_PAGE).await.body;
        let mut fields = hidden_fields(html.as_str().expect("HTML"), "middle");
        let before = row_counts(app.app.db.reader()).await;
        let hostile = "</textarea><script>alert(1)</script>";
        for (name, value) in [("name", "<b>Zelda</b> \"Q\""), ("contact.email", "not an address"), ("message", hostile), ("relationship", "LOVED_ONE")] {
            fields.push((name.to_owned(), value.to_owned()));
        }
        let form: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let answer = visitor.post_form("/forms/confidential", &form).await;
        assert_eq!(answer.status, 422);
        let html = answer.body.as_str().expect("HTML");

        assert!(!html.contains("<script>") && !html.contains("<b>Zelda"), "{html}");
        assert_eq!(field(html, "middle-name").get("value"), "<b>Zelda</b> \"Q\"");
        assert_eq!(field(html, "middle-contact-email").get("value"), "not an address");
        assert!(html.contains("&lt;/textarea&gt;&lt;script&gt;"));
        assert!(field(html, "middle-relationship-LOVED_ONE").has("checked"));
        for id in ["middle-contact-email", "middle-consents"] {
            let invalid = field(html, id);
            assert_eq!(invalid.get("aria-invalid"), "true", "{id}");
            assert!(tags(html).iter().any(|it| it.name == "a" && it.get("href") == format!("#{id}")), "no problem leads to {id}");
        }
        let key = |html: &str| tags(html).iter().find(|it| it.get("name") == "idempotencyKey").map(|it| it.get("value").to_owned());
        assert_eq!(key(html).as_deref(), form.iter().find(|(name, _)| *name == "idempotencyKey").map(|(_, value)| *value));
        assert_eq!(row_counts(app.app.db.reader()).await, before);
    }

    async fn what_is_no_form_is_refused_and_nothing_is_kept(app: TestApp) {
        let app = app.with_demo().await;
        let visitor = app.visitor();
        let before = row_counts(app.app.db.reader()).await;
        let long = format!("name={}", "x".repeat(64 * 1024));
        for (kind, body) in [
            ("application/x-www-form-urlencoded", ""), ("application/x-www-form-urlencoded", "%00=%ff&name=%00&&&="),
            ("application/x-www-form-urlencoded", &long), ("multipart/form-data; boundary=x", "--x--"),
            ("application/json", "{}"), ("text/plain", "name=a"),
        ] {
            let request = visitor.request(Method::POST, "/forms/confidential").header("content-type", kind);
            let status = request.body(body.to_owned()).send().await.expect("an answer").status().as_u16();
            assert!(matches!(status, 400 | 422), "{kind} {}: {status}", body.len());
        }
        assert_eq!(row_counts(app.app.db.reader()).await, before);
    }

    async fn hostile_words_are_words(app: TestApp) {
        let (editor, visitor) = (app.staff(Role::Editor).await, app.visitor());
        let hostile = "\"><script>alert(1)</script>&amp;'</title>";
        let blocks = vec![
            quote("a", hostile),
            json!({ "faq": { "key": "b", "heading": hostile, "questions": [{ "key": "q", "question": hostile, "answer": words(hostile) }] } }),
            linked("c", hostile, json!({ "url": "https://example.org/?a=%22&b='" })),
        ];
        let content = json!({ "title": hostile, "summary": hostile, "blocks": blocks });
        editor.published_page("hostile", content).await;
        let html = visitor.get("/hostile").await.body;
        let html = html.as_str().expect("HTML");
        assert_eq!(contents(html, "script").len(), 2, "its two data blocks and no other");
        for block in contents(html, "script") {
            serde_json::from_str::<Value>(block).expect("JSON");
        }
        assert_eq!(html.matches("alert(1)").count(), html.matches("script&gt;alert(1)").count() + html.matches("script>alert(1)").count());
        assert!(!html.contains("<script>"), "{html}");
        assert!(contents(html, "h1")[0].contains("&quot;&gt;&lt;script&gt;"), "{}", contents(html, "h1")[0]);
    }

    async fn it_can_be_switched_off_and_the_rest_goes_on(app: TestApp) {
        let app = app.with_demo().await;
        let app = app.restart_with(Settings { site: Some("off".to_owned()), ..Settings::default() }).await;
        let visitor = app.visitor();
        for path in ["/", REFERENCE_PAGE, "/sitemap.xml", "/assets/site.css"] {
            assert_eq!(visitor.get(path).await.status, 404, "{path}");
        }
        assert_eq!(visitor.route("/").await["path"], "/");
        for path in ["/readyz", "/admin", "/forms/confidential"] {
            assert_ne!(visitor.get(path).await.status, 404, "{path}");
        }
    }

    async fn a_page_is_compressed_for_whom_it_helps(app: TestApp) {
        let app = app.with_demo().await;
        let visitor = app.visitor();
        let ask = async |encoding: &str| {
            let request = visitor.request(Method::GET, REFERENCE_PAGE).header("accept-encoding", encoding);
            let answer = request.send().await.expect("an answer");
            (answer.headers().clone(), answer.bytes().await.expect("a body"))
        };
        let (headers, plain) = ask("identity").await;
        assert!(headers.get("content-encoding").is_none());
        let (headers, packed) = ask("gzip, deflate").await;
        assert_eq!(headers["content-encoding"], "gzip");
        assert!(headers.get_all("vary").iter().any(|it| it.as_bytes().eq_ignore_ascii_case(b"accept-encoding")));
        assert!(packed.starts_with(&[0x1f, 0x8b]) && packed.len() * 2 < plain.len(), "{} of {}", packed.len(), plain.len());
        let (headers, _) = ask("gzip;q=0").await;
        assert!(headers.get("content-encoding").is_none());
    }

    async fn a_head_request_has_the_headers_and_no_body(app: TestApp) {
        let app = app.with_demo().await;
        let answer = app.visitor().request(Method::HEAD, REFERENCE_PAGE).send().await.expect("an answer");
        assert_eq!((answer.status().as_u16(), &answer.headers()["content-type"]), (200, &"text/html; charset=utf-8".parse().unwrap()));
        assert_eq!(answer.text().await.expect("a body"), "");
    }
}

/// The form fields that a browser sends along, of the form at this place on the page.
fn hidden_fields(html: &str, placement: &str) -> Vec<(String, String)> {
    let place = format!("name=\"placement\" value=\"{placement}\"");
    let form = contents(html, "form").into_iter().find(|it| it.contains(&place));
    let hidden = tags(form.expect("the form")).into_iter().filter(|it| it.get("type") == "hidden");
    hidden.map(|it| (it.get("name").to_owned(), it.get("value").to_owned())).collect()
}

fn field(html: &str, id: &str) -> Tag {
    tags(html).into_iter().find(|it| it.get("id") == id).unwrap_or_else(|| panic!("there is no #{id}"))
}

/// What a page tells machines.
fn json_ld(html: &str) -> Vec<Value> {
    let scripts = html.split("<script type=\"application/ld+json\">").skip(1);
    scripts
        .map(|rest| serde_json::from_str(rest.split("</script>").next().unwrap_or_default()).expect("JSON"))
        .collect()
}
