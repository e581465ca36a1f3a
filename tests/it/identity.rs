//! Signing in, staying signed in, and leaving.

use std::collections::HashMap;

use chrono::{TimeDelta, Utc};
use entity::{
    audit_event, session,
    user::{self, Role},
};
use hillside::identity::{Actor, user::NewUser};
use reqwest::{Method, StatusCode, header};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ConnectionTrait, EntityTrait, IntoActiveModel, QueryOrder};
use serde_json::{Value, json};

use crate::support::{Answer, Backend, PASSWORD, Staff, TestApp, on_both, warm};

const WHO: &str = "{ viewer { user { role } } }";
const ENDED: &str = "UNAUTHENTICATED: Sign in to do this.";
const FORBIDDEN: &str = "FORBIDDEN: Your role does not allow this.";

on_both! {
    async fn the_first_owner_comes_by_the_printed_link_once(app: TestApp) {
        let token = app.app.identity.setup_token(Utc::now()).await.unwrap().expect("a link");
        let mut owner = app.browser();
        let answer = owner.try_set_up_owner(&token, "ada@example.org", PASSWORD).await;
        assert_eq!(answer.done("setUpOwner")["session"]["viewer"]["user"]["role"], "OWNER");
        let answer = owner.ask("{ viewer { user { email } } setup { needsOwner } }", Value::Null).await;
        assert_eq!(answer.data()["viewer"]["user"]["email"], "ada@example.org");
        assert_eq!(answer.data()["setup"]["needsOwner"], false);

        let answer = app.browser().try_set_up_owner(&token, "eve@example.org", PASSWORD).await;
        assert!(answer.refused("setUpOwner").starts_with("INVALID input.token:"), "{}", answer.refused("setUpOwner"));
        assert_eq!(app.app.identity.setup_token(Utc::now()).await.unwrap(), None);
    }

    async fn a_link_that_was_not_used_ends_with_the_first_owner(app: TestApp) {
        let used = app.app.identity.setup_token(Utc::now()).await.unwrap().expect("a link");
        let spare = app.app.identity.setup_token(Utc::now()).await.unwrap().expect("another link");
        app.browser().try_set_up_owner(&used, "ada@example.org", PASSWORD).await.done("setUpOwner");
        let answer = app.browser().try_set_up_owner(&spare, "eve@example.org", PASSWORD).await;
        insta::assert_snapshot!(answer.refused("setUpOwner"),
            @"ILLEGAL_TRANSITION input.token: This centre has an owner already. Ask them to invite you.");
    }

    async fn a_short_or_personal_password_is_refused_with_its_path(app: TestApp) {
        let token = app.app.identity.setup_token(Utc::now()).await.unwrap().expect("a link");
        let refused = async |email: &str, password: &str| {
            app.browser().try_set_up_owner(&token, email, password).await.refused("setUpOwner")
        };
        insta::assert_snapshot!(
            refused("ada@example.org", "eleven char").await,
            @"INVALID input.password: Choose a password of at least 12 characters; this one has 11."
        );
        insta::assert_snapshot!(
            refused("lovelace@example.org", "my Lovelace 2026").await,
            @"INVALID input.password: Choose a password without your name or e-mail address in it."
        );
        insta::assert_snapshot!(
            refused("ada@example.org", "abababababababab").await,
            @"INVALID input.password: Choose a password with more different characters."
        );
        insta::assert_snapshot!(refused("ada", "short").await, @"
            INVALID input.email: Write the e-mail address in full, such as ada@example.org.
            INVALID input.password: Choose a password of at least 12 characters; this one has 5.
        ");
        app.browser().try_set_up_owner(&token, "ada@example.org", PASSWORD).await.done("setUpOwner");
    }

    async fn an_address_signs_in_whatever_its_case(app: TestApp) {
        create(&app, "Ada.Łoś@Example.org", Role::Editor).await;
        app.browser().sign_in(" ADA.ŁOŚ@example.ORG ", PASSWORD).await;
    }

    async fn an_unknown_account_and_a_wrong_password_answer_the_same(app: TestApp) {
        create(&app, "ada@example.org", Role::Editor).await;
        let wrong = app.browser().try_sign_in("ada@example.org", "another by the lake").await;
        let unknown = app.browser().try_sign_in("nobody@example.org", "another by the lake").await;
        insta::assert_snapshot!(
            wrong.refused("signIn"),
            @"INVALID_CREDENTIALS input: No account has this e-mail address and password. Check both and try again."
        );
        assert_eq!(wrong.body, unknown.body);
        assert_eq!(wrong.status, unknown.status);
        let names = |answer: &Answer| answer.headers.keys().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(names(&wrong), names(&unknown));
    }

    async fn five_wrong_passwords_close_an_account_even_to_the_right_one(app: TestApp) {
        create(&app, "ada@example.org", Role::Editor).await;
        create(&app, "bob@example.org", Role::Editor).await;
        for _ in 0..5 {
            let answer = app.browser().try_sign_in("Ada@example.org", "another by the lake").await;
            assert!(answer.refused("signIn").starts_with("INVALID_CREDENTIALS input:"));
        }
        let mut ada = app.browser();
        let answer = ada.try_sign_in("ada@example.org", PASSWORD).await;
        insta::assert_snapshot!(
            answer.refused("signIn"),
            @"TOO_MANY_ATTEMPTS input: Too many attempts. Wait 15 minutes, then try again."
        );
        assert_eq!((ada.token, ada.cookie), (None, None));
        // An account that nobody attacks is not closed with it, and neither is one that does not exist told apart.
        app.browser().sign_in("bob@example.org", PASSWORD).await;
        for _ in 0..5 {
            app.browser().try_sign_in("nobody@example.org", "another by the lake").await;
        }
        let answer = app.browser().try_sign_in("nobody@example.org", PASSWORD).await;
        assert!(answer.refused("signIn").starts_with("TOO_MANY_ATTEMPTS"));
        assert_eq!(app.audited("SIGN_IN_FAILED").await.len(), 10);
    }

    async fn the_cookie_is_out_of_reach_of_scripts_and_other_sites(app: TestApp) {
        create(&app, "ada@example.org", Role::Editor).await;
        let mut ada = app.browser();
        let answer = ada.try_sign_in("ada@example.org", PASSWORD).await;
        let cookie = set_cookie(&answer).replace(ada.cookie.as_ref().unwrap(), "…");
        let (before, rest) = cookie.split_once("Max-Age=").unwrap();
        let (seconds, after) = rest.split_once(';').unwrap();
        assert!((604_790..=604_800).contains(&seconds.parse().unwrap()), "not seven days: {cookie}");
        insta::assert_snapshot!(format!("{before}{after}"), @"__Host-hillside_rt=…; Path=/;  Secure; HttpOnly; SameSite=Strict");
        assert!(!answer.body.to_string().contains(ada.cookie.as_ref().unwrap()), "the token is in the body too");
    }

    async fn a_refresh_replaces_the_cookie_and_the_token(app: TestApp) {
        let mut ada = app.staff(Role::Editor).await;
        let before = (ada.cookie.clone(), ada.token.clone());
        ada.refresh().await.done("refresh");
        assert_ne!(ada.cookie, before.0);
        assert_ne!(ada.token, before.1);
        assert_eq!(ada.ask(WHO, Value::Null).await.data()["viewer"]["user"]["role"], "EDITOR");
    }

    async fn two_tabs_that_refresh_at_once_get_the_same_successor(app: TestApp) {
        let ada = app.staff(Role::Editor).await;
        let mut tabs: Vec<Staff> = (0..20).map(|_| tab(&app, ada.cookie.as_ref())).collect();
        warm(&app.app.db).await;
        let mut refreshing = tokio::task::JoinSet::new();
        for mut tab in tabs.drain(..) {
            refreshing.spawn(async move {
                tab.refresh().await.done("refresh");
                tab
            });
        }
        let tabs = refreshing.join_all().await;
        assert!(tabs.iter().all(|tab| tab.cookie == tabs[0].cookie && tab.cookie != ada.cookie));
        let rows = session::Entity::find().all(app.app.db.reader()).await.unwrap();
        assert_eq!(rows.iter().map(|row| row.generation).collect::<Vec<_>>(), [2]);
    }

    async fn the_predecessor_of_a_token_is_forgiven_for_ten_seconds_only(app: TestApp) {
        let mut ada = app.staff(Role::Editor).await;
        let old = ada.cookie.clone();
        ada.refresh().await.done("refresh");
        let mut late = tab(&app, old.as_ref());
        late.refresh().await.done("refresh");
        assert_eq!(late.cookie, ada.cookie);

        let [row] = &session::Entity::find().all(app.app.db.reader()).await.unwrap()[..] else { panic!("one session") };
        let mut row = row.clone().into_active_model();
        row.rotated_at = Set(Utc::now() - TimeDelta::seconds(11));
        row.update(app.app.db.writer()).await.unwrap();
        assert_eq!(tab(&app, old.as_ref()).refresh().await.errors(), ENDED);
        assert_ended(&app, ada).await;
    }

    async fn an_older_token_is_a_stolen_one_and_ends_the_session(app: TestApp) {
        let mut ada = app.staff(Role::Admissions).await;
        let stolen = ada.cookie.clone();
        ada.refresh().await.done("refresh");
        ada.refresh().await.done("refresh");

        let mut thief = tab(&app, stolen.as_ref());
        let answer = thief.refresh().await;
        assert_eq!(answer.errors(), ENDED);
        assert_eq!((&thief.token, &thief.cookie), (&None, &None));
        let session = assert_ended(&app, ada).await;
        let [line] = &app.audited("REFRESH_REUSED").await[..] else { panic!("one line") };
        assert_eq!((&line.object, line.outcome.as_str()), (&session.id.to_string(), "REFUSED"));
    }

    async fn signing_out_ends_the_session_and_clears_the_cookie(app: TestApp) {
        let mut ada = app.staff(Role::Editor).await;
        let other = app.staff(Role::Editor).await;
        let answer = ada.ask("mutation { signOut { ok } }", Value::Null).await;
        assert_eq!(answer.data()["signOut"]["ok"], true);
        insta::assert_snapshot!(
            set_cookie(&answer),
            @"__Host-hillside_rt=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Strict"
        );
        insta::assert_snapshot!(answer.headers["clear-site-data"].to_str().unwrap(), @r#""cache", "storage""#);
        assert_eq!(tab(&app, ada.cookie.as_ref()).refresh().await.errors(), ENDED);
        assert_eq!(app.audited("SIGNED_OUT").await.len(), 1);
        assert_eq!(other.ask(WHO, Value::Null).await.data()["viewer"]["user"]["role"], "EDITOR");
        ada.cookie = None;
        assert_eq!(ada.ask(WHO, Value::Null).await.status, StatusCode::UNAUTHORIZED);
    }

    async fn whoever_has_left_is_out_at_once(app: TestApp) {
        let mut ada = app.staff(Role::Owner).await;
        change(&app, &ada, |user| user.active = Set(false)).await;
        assert_eq!(ada.ask(WHO, Value::Null).await.errors(), ENDED);
        ada.token = None;
        assert_eq!(ada.refresh().await.errors(), ENDED);

        let email = user::Entity::find().one(app.app.db.reader()).await.unwrap().unwrap().email;
        let answer = app.browser().try_sign_in(&email, PASSWORD).await;
        assert!(answer.refused("signIn").starts_with("INVALID_CREDENTIALS"));
    }

    async fn a_changed_role_holds_from_the_next_request_on(app: TestApp) {
        let ada = app.staff(Role::Editor).await;
        assert_eq!(ada.ask("{ leadCounts { all } }", Value::Null).await.errors(), FORBIDDEN);
        change(&app, &ada, |user| user.role = Set(Role::Admissions)).await;
        assert_eq!(ada.ask("{ leadCounts { all } }", Value::Null).await.data()["leadCounts"]["all"], 0);
        assert_eq!(ada.ask("{ pages { totalCount } }", Value::Null).await.errors(), FORBIDDEN);
    }

    async fn an_idle_session_ends_and_a_used_one_ends_after_its_day(app: TestApp) {
        let ada = app.staff(Role::Admissions).await;
        let row = session::Entity::find().one(app.app.db.reader()).await.unwrap().unwrap();
        assert_eq!(row.expires_at - row.created_at, TimeDelta::hours(12));
        let mut idle = row.clone().into_active_model();
        idle.last_seen_at = Set(Utc::now() - TimeDelta::minutes(31));
        idle.update(app.app.db.writer()).await.unwrap();
        assert_eq!(tab(&app, ada.cookie.as_ref()).refresh().await.errors(), ENDED);

        let bob = app.staff(Role::Admissions).await;
        let row = session::Entity::find().all(app.app.db.reader()).await.unwrap().pop().unwrap();
        let mut over = row.into_active_model();
        over.expires_at = Set(Utc::now() - TimeDelta::seconds(1));
        over.update(app.app.db.writer()).await.unwrap();
        assert_eq!(bob.ask(WHO, Value::Null).await.errors(), ENDED);
    }
}

on_both! {
    async fn another_site_cannot_ask_on_somebodys_behalf(app: TestApp) {
        let ada = app.staff(Role::Editor).await;
        let origin = app.url("");
        let ours = ("origin", origin.as_str());
        for (headers, status) in [
            (&[][..], StatusCode::FORBIDDEN),
            (&[("x-hillside", "0")], StatusCode::FORBIDDEN),
            (&[("x-hillside", "1"), ("origin", "https://evil.example")], StatusCode::FORBIDDEN),
            (&[("x-hillside", "1"), ("origin", "null")], StatusCode::FORBIDDEN),
            (&[("x-hillside", "1"), ("sec-fetch-site", "cross-site")], StatusCode::FORBIDDEN),
            (&[("x-hillside", "1"), ("sec-fetch-site", "same-site")], StatusCode::FORBIDDEN),
            (&[("x-hillside", "1"), ("sec-fetch-site", "cross-site"), ours], StatusCode::FORBIDDEN),
            (&[("x-hillside", "1"), ("sec-fetch-site", "same-origin")], StatusCode::OK),
            (&[("x-hillside", "1"), ours], StatusCode::OK),
            (&[("x-hillside", "1")], StatusCode::OK),
        ] {
            let mut request = app.visitor().request(Method::POST, "/admin/graphql");
            request = request.header("cookie", format!("__Host-hillside_rt={}", ada.cookie.as_ref().unwrap()));
            for (name, value) in headers {
                request = request.header(*name, *value);
            }
            let refresh = json!({ "query": "mutation { refresh { session { accessToken } } }" });
            let answer = Answer::to(request.json(&refresh)).await;
            assert_eq!(answer.status, status, "{headers:?}: {}", answer.body);
            assert_eq!(answer.headers.contains_key(header::SET_COOKIE), status == StatusCode::OK, "{headers:?}");
            assert!(!answer.headers.contains_key(header::ACCESS_CONTROL_ALLOW_ORIGIN), "{headers:?}");
        }
    }

    async fn staff_are_answered_to_posted_json_only(app: TestApp) {
        let query = "/admin/graphql?query=%7Bsetup%7BneedsOwner%7D%7D";
        for method in [Method::GET, Method::HEAD, Method::OPTIONS, Method::PUT, Method::DELETE] {
            let answer = Answer::to(app.visitor().request(method.clone(), query).header("x-hillside", "1")).await;
            assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED, "{method}");
            assert_eq!(answer.headers[header::ALLOW], "POST", "{method}");
        }
        for kind in ["application/x-www-form-urlencoded", "text/plain", "multipart/form-data; boundary=x"] {
            let request = app.visitor().request(Method::POST, "/admin/graphql").header("x-hillside", "1");
            let request = request.header(header::CONTENT_TYPE, kind).body(r#"{"query":"{setup{needsOwner}}"}"#);
            assert_eq!(Answer::to(request).await.status, StatusCode::UNSUPPORTED_MEDIA_TYPE, "{kind}");
        }
    }

    async fn no_answer_to_staff_is_kept_anywhere(app: TestApp) {
        let mut ada = app.staff(Role::Editor).await;
        let sign_in = ada.try_sign_in("nobody@example.org", PASSWORD).await;
        let post = || app.visitor().request(Method::POST, "/admin/graphql");
        let answers = [
            sign_in,
            ada.ask(WHO, Value::Null).await,
            ada.ask("{ leadCounts { all } }", Value::Null).await,
            ada.ask("{ nonsense }", Value::Null).await,
            ada.ask("{", Value::Null).await,
            ada.refresh().await,
            ada.ask("mutation { signOut { ok } }", Value::Null).await,
            ada.ask(WHO, Value::Null).await,
            app.browser().ask("{ setup { needsOwner } }", Value::Null).await,
            Answer::to(post().json(&json!({ "query": WHO }))).await,
            Answer::to(post().header("x-hillside", "1").json(&json!([]))).await,
            Answer::to(post().body("x")).await,
            Answer::to(app.visitor().request(Method::GET, "/admin/graphql")).await,
        ];
        for answer in answers {
            assert_eq!(answer.headers.get(header::CACHE_CONTROL).unwrap(), "no-store", "{:#}", answer.body);
        }
    }

    async fn a_header_that_is_no_token_is_refused_rather_than_taken_for_nobody(app: TestApp) {
        let good = app.staff(Role::Editor).await.token.unwrap();
        let changed = format!("{}x", &good[..good.len() - 1]);
        let changed = format!("Bearer {changed}");
        for value in ["", "Bearer", "Bearer ", "Basic YTpi", &good, "Bearer a.b.c", &changed, "bearer null"] {
            let request = app.visitor().request(Method::POST, "/admin/graphql").header("x-hillside", "1");
            let request = request.header(header::AUTHORIZATION, value);
            let answer = Answer::to(request.json(&json!({ "query": "{ setup { needsOwner } }" }))).await;
            assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{value}");
            assert_eq!(answer.errors(), ENDED, "{value}");
            assert_eq!(answer.body["data"], Value::Null, "{value}");
        }
        let nobody = app.browser().ask("{ setup { needsOwner } }", Value::Null).await;
        assert_eq!(nobody.data()["setup"]["needsOwner"], true);
    }

    async fn the_staff_schema_is_not_described_to_strangers(app: TestApp) {
        let query = "{ __schema { types { name } } }";
        let stranger = app.browser().ask(query, Value::Null).await;
        assert!(!stranger.body.to_string().contains("RevealedLead"), "{:#}", stranger.body);
        let staff = app.staff(Role::Auditor).await.ask(query, Value::Null).await;
        assert!(staff.data().to_string().contains("RevealedLead"));
    }
}

on_both! {
    async fn every_line_of_the_audit_log_hangs_on_the_one_before(app: TestApp) {
        let app = app.with_demo().await;
        busy_day(&app).await;
        let streams = ["content", "identity", "leads"];
        let lines = lines(&app).await;
        for stream in streams {
            assert!(lines.iter().filter(|line| line.stream == stream).count() > 1, "nothing to check in {stream}");
        }
        assert!(lines.iter().all(|line| streams.contains(&line.stream.as_str())));
        assert_eq!(broken(&app, &lines), Vec::<String>::new());
    }

    async fn a_line_changed_removed_or_put_between_breaks_the_chain(app: TestApp) {
        busy_day(&app).await;
        let untouched = lines(&app).await;
        let place = untouched.iter().position(|line| line.stream == "identity" && line.seq == 2).unwrap();
        let tampered = |change: &dyn Fn(&mut Vec<audit_event::Model>)| {
            let mut lines = untouched.clone();
            change(&mut lines);
            broken(&app, &lines)
        };
        assert_eq!(tampered(&|lines| lines[place].verb = "SIGNED_OUT".to_owned()), ["identity 2"]);
        assert_eq!(tampered(&|lines| lines[place].at += TimeDelta::microseconds(1)), ["identity 2"]);
        assert_eq!(tampered(&|lines| lines[place].actor_id = None), ["identity 2"]);
        assert_eq!(tampered(&|lines| lines[place].object.push(' ')), ["identity 2"]);
        assert_eq!(tampered(&|lines| lines[place].hash[0] ^= 1), ["identity 2", "identity 3"]);
        assert_eq!(tampered(&|lines| drop(lines.remove(place))), ["identity 3"]);
        assert_eq!(tampered(&|lines| lines.swap(place, place + 1))[0], "identity 3");
        assert_eq!(tampered(&|lines| lines.insert(place, lines[place].clone())), ["identity 2"]);
    }

    async fn the_database_refuses_to_change_or_delete_a_line_of_the_audit_log(app: TestApp) {
        app.staff(Role::Editor).await;
        let before = lines(&app).await;
        let mut statements = vec!["UPDATE audit_event SET verb = 'SIGNED_OUT'", "DELETE FROM audit_event"];
        if app.backend == Backend::Postgres {
            statements.push("TRUNCATE audit_event");
        }
        for statement in statements {
            let refused = app.app.db.writer().execute_unprepared(statement).await.expect_err(statement).to_string();
            assert!(refused.contains("the audit log is append-only"), "{statement}: {refused}");
        }
        assert_eq!(lines(&app).await, before);
    }
}

/// Something for each stream of the audit log.
async fn busy_day(app: &TestApp) {
    let ada = app.staff(Role::Owner).await;
    app.browser().try_sign_in("nobody@example.org", PASSWORD).await;
    let visitor = app.visitor();
    for _ in 0..2 {
        let lead = app.lead_row(&visitor.submitted(&visitor.lead().await).await).await;
        ada.reveal(&lead.id.to_string(), "calling back").await.done("revealLead");
    }
    app.staff(Role::Editor).await;
}

async fn lines(app: &TestApp) -> Vec<audit_event::Model> {
    let lines = audit_event::Entity::find().order_by_asc(audit_event::Column::Stream);
    lines.order_by_asc(audit_event::Column::Seq).all(app.app.db.reader()).await.unwrap()
}

/// The lines, read in their order, at which a stream's chain does not hold.
fn broken(app: &TestApp, lines: &[audit_event::Model]) -> Vec<String> {
    let mut ends: HashMap<&str, (i64, Vec<u8>)> = HashMap::new();
    let mut broken = Vec::new();
    for line in lines {
        let (seq, prev) = ends.remove(line.stream.as_str()).unwrap_or((0, vec![0; 32]));
        let holds = line.seq == seq + 1 && line.prev == prev && line.hash == app.app.identity.audit().hash(line);
        if !holds {
            broken.push(format!("{} {}", line.stream, line.seq));
        }
        ends.insert(&line.stream, (line.seq, line.hash.clone()));
    }
    broken
}

async fn create(app: &TestApp, email: &str, role: Role) {
    let new = NewUser { email, name: "Sample Colleague", role, password: PASSWORD };
    app.app.identity.create_user(Actor::System, new, Utc::now()).await.expect("an account");
}

/// Another tab or another browser with a copy of the cookie, and without the token.
fn tab(app: &TestApp, cookie: Option<&String>) -> Staff {
    let mut tab = app.browser();
    tab.cookie = cookie.cloned();
    tab
}

async fn change(app: &TestApp, staff: &Staff, change: impl FnOnce(&mut user::ActiveModel)) {
    let row = user::Entity::find_by_id(staff.id.parse::<entity::id::UserId>().unwrap());
    let mut row = row.one(app.app.db.reader()).await.unwrap().unwrap().into_active_model();
    change(&mut row);
    row.update(app.app.db.writer()).await.unwrap();
}

/// Neither the token nor the cookie of the only session there is work any more.
async fn assert_ended(app: &TestApp, staff: Staff) -> session::Model {
    let answer = staff.ask(WHO, Value::Null).await;
    assert_eq!((answer.status, answer.errors().as_str()), (StatusCode::UNAUTHORIZED, ENDED));
    assert_eq!(tab(app, staff.cookie.as_ref()).refresh().await.errors(), ENDED);
    let [row] = &session::Entity::find().all(app.app.db.reader()).await.unwrap()[..] else { panic!("one session") };
    assert!(row.revoked_at.is_some());
    row.clone()
}

fn set_cookie(answer: &Answer) -> String {
    let cookies: Vec<_> =
        answer.headers.get_all(header::SET_COOKIE).iter().map(|value| value.to_str().unwrap()).collect();
    cookies.join("\n")
}
