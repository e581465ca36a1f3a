//! Reports: what is counted, on which day, how long people waited, and what an auditor sees of it.

use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    lead::{self, LeadOutcome, LeadStatus},
    lead_insurance::{self, InsuranceCheck},
    user::Role,
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, IntoActiveModel};
use serde_json::{Value, json};
use uuid::Uuid;

use super::with;
use crate::support::{Staff, TestApp, on_both};

const REPORT: &str = "query ($from: Date!, $to: Date!) { leadReport(from: $from, to: $to) {
    timeZone rounded received spam
    days { day received }
    hours { hour received firstAttempt { count p50Seconds p90Seconds } firstContact { count p50Seconds p90Seconds } }
    funnel { status count } outcomes { outcome count }
    pages { page title path leads { received reached qualified admitted } }
    placements { placement leads { received reached qualified admitted } }
    campaigns { campaign source leads { received reached qualified admitted } }
    insurance { check leads { received reached qualified admitted } outcomes { outcome count } }
    firstAttempt { count p50Seconds p90Seconds } firstContact { count p50Seconds p90Seconds }
    colleagues { assignee { name } firstAttempt { count p50Seconds p90Seconds } firstContact { count } }
} }";

async fn ask(staff: &Staff, from: &str, to: &str) -> Value {
    staff.ask(REPORT, json!({ "from": from, "to": to })).await.data()["leadReport"].clone()
}

/// Somebody who wrote at a time, from a page of the demo or from nowhere.
struct Writer<'a> {
    app: &'a TestApp,
    input: Value,
}

impl<'a> Writer<'a> {
    async fn new(app: &'a TestApp) -> Self {
        let input = app.visitor().lead().await;
        Self { app, input: with(input, json!({ "placement": "end" })) }
    }

    async fn writes(&self, at: &str, change: impl FnOnce(&mut lead::ActiveModel, DateTime<Utc>)) -> lead::Model {
        let at: DateTime<Utc> = at.parse().expect("a time");
        let input = with(self.input.clone(), json!({ "idempotencyKey": Uuid::now_v7() }));
        let reference = self.app.visitor().submitted(&input).await;
        let mut row = self.app.lead_row(&reference).await.into_active_model();
        row.received_at = Set(at);
        change(&mut row, at);
        row.update(self.app.app.db.writer()).await.unwrap()
    }
}

/// Tried after some seconds.
fn tried(row: &mut lead::ActiveModel, at: DateTime<Utc>, seconds: i64) {
    row.status = Set(LeadStatus::Attempting);
    row.first_attempt_at = Set(Some(at + TimeDelta::seconds(seconds)));
}

fn closed(row: &mut lead::ActiveModel, outcome: LeadOutcome) {
    row.status = Set(LeadStatus::Closed);
    row.outcome = Set(Some(outcome));
}

async fn insured(app: &TestApp, lead: &lead::Model, check: InsuranceCheck) {
    let row = lead_insurance::ActiveModel { lead_id: Set(lead.id), check_status: Set(check), ..Default::default() };
    row.insert(app.app.db.writer()).await.unwrap();
}

on_both! {
    async fn a_report_counts_where_people_came_from_and_how_far_they_got(app: TestApp) {
        let app = app.with_demo().await;
        let staff = app.staff(Role::Admissions).await;
        let writer = Writer::new(&app).await;
        let noon = "2026-03-05T17:00:00Z";
        writer.writes(noon, |_, _| ()).await;
        writer.writes(noon, |row, at| tried(row, at, 60)).await;
        for status in [LeadStatus::Contacted, LeadStatus::Qualified, LeadStatus::Scheduled, LeadStatus::Admitted] {
            writer.writes(noon, |row, at| {
                tried(row, at, 60);
                row.first_contact_at = Set(Some(at + TimeDelta::seconds(600)));
                row.status = Set(status);
            }).await;
        }
        // Closed: one that was never tried, one that was reached.
        writer.writes(noon, |row, _| closed(row, LeadOutcome::Duplicate)).await;
        writer.writes(noon, |row, at| {
            row.first_attempt_at = Set(Some(at + TimeDelta::seconds(60)));
            row.first_contact_at = Set(Some(at + TimeDelta::seconds(600)));
            row.placement = Set(None);
            closed(row, LeadOutcome::ReferredOut);
        }).await;
        // Apart: closed as spam, and looking like it. Whoever was tried all the same is a person.
        writer.writes(noon, |row, at| {
            row.first_attempt_at = Set(Some(at));
            closed(row, LeadOutcome::Spam);
        }).await;
        writer.writes(noon, |row, _| row.suspected_spam = Set(true)).await;
        let other = writer.writes(noon, |row, at| {
            row.suspected_spam = Set(true);
            row.page_id = Set(None);
            tried(row, at, 60);
        }).await;
        assert_eq!(other.page_id, None);
        // On another day.
        writer.writes("2026-03-07T17:00:00Z", |_, _| ()).await;

        let report = ask(&staff, "2026-03-05", "2026-03-06").await;
        let told = ["timeZone", "rounded", "received", "spam"].map(|field| report[field].clone());
        assert_eq!(told, [json!("America/New_York"), json!(false), json!(9), json!(2)]);
        assert_eq!(report["days"], json!([{ "day": "2026-03-05", "received": 9 }, { "day": "2026-03-06", "received": 0 }]));
        let counts = |of: &str, name: &str| -> String {
            let rows = report[of].as_array().unwrap().iter();
            rows.map(|it| format!("{} {}", it[name].as_str().unwrap_or("-"), it["count"])).collect::<Vec<_>>().join(", ")
        };
        assert_eq!(
            counts("funnel", "status"),
            "NEW 9, ATTEMPTING 7, CONTACTED 5, QUALIFIED 3, SCHEDULED 2, ADMITTED 1"
        );
        assert_eq!(
            counts("outcomes", "outcome"),
            "ADMITTED_ELSEWHERE 0, REFERRED_OUT 1, NOT_INTERESTED 0, UNREACHABLE 0, NOT_ELIGIBLE 0, DUPLICATE 1, OTHER 0"
        );
        let pages = report["pages"].as_array().unwrap();
        assert_eq!(pages.len(), 2);
        assert_eq!(pages[0]["path"], "/ketamine-side-effects");
        assert_eq!(pages[0]["leads"], json!({ "received": 8, "reached": 5, "qualified": 3, "admitted": 1 }));
        assert_eq!((&pages[1]["page"], &pages[1]["leads"]["received"]), (&Value::Null, &json!(1)));
        let placements = report["placements"].as_array().unwrap().iter();
        let placements: Vec<_> = placements.map(|it| (&it["placement"], &it["leads"]["received"])).collect();
        assert_eq!(placements, [(&json!("end"), &json!(8)), (&Value::Null, &json!(1))]);
    }

    async fn a_report_tells_campaigns_apart_and_how_people_fared_by_insurance(app: TestApp) {
        let (staff, auditor) = (app.staff(Role::Admissions).await, app.staff(Role::Auditor).await);
        let writer = Writer::new(&app).await;
        let noon = "2026-02-01T12:00:00Z";
        let named = |row: &mut lead::ActiveModel, campaign: Option<&str>, source: Option<&str>| {
            row.utm_campaign = Set(campaign.map(ToOwned::to_owned));
            row.utm_source = Set(source.map(ToOwned::to_owned));
        };
        for status in [LeadStatus::New, LeadStatus::Contacted, LeadStatus::Qualified, LeadStatus::Admitted, LeadStatus::New] {
            let lead = writer.writes(noon, |row, _| {
                named(row, Some("spring"), Some("newsletter"));
                row.status = Set(status);
            }).await;
            let check = if status == LeadStatus::New { InsuranceCheck::Needed } else { InsuranceCheck::InNetwork };
            insured(&app, &lead, check).await;
        }
        let lead = writer.writes(noon, |row, _| {
            named(row, Some("spring"), Some("google"));
            closed(row, LeadOutcome::NotEligible);
        }).await;
        insured(&app, &lead, InsuranceCheck::NotCovered).await;
        writer.writes(noon, |row, _| closed(row, LeadOutcome::Unreachable)).await;
        writer.writes(noon, |_, _| ()).await;
        // Spam is counted apart here too.
        let lead = writer.writes(noon, |row, _| {
            named(row, Some("spring"), Some("google"));
            closed(row, LeadOutcome::Spam);
        }).await;
        insured(&app, &lead, InsuranceCheck::NotCovered).await;

        let report = ask(&staff, "2026-02-01", "2026-02-01").await;
        let leads = |received: i32, reached: i32, qualified: i32, admitted: i32| {
            json!({ "received": received, "reached": reached, "qualified": qualified, "admitted": admitted })
        };
        assert_eq!(report["campaigns"], json!([
            { "campaign": "spring", "source": "newsletter", "leads": leads(5, 3, 2, 1) },
            { "campaign": null, "source": null, "leads": leads(2, 0, 0, 0) },
            { "campaign": "spring", "source": "google", "leads": leads(1, 0, 0, 0) },
        ]));
        let fared: Vec<_> = report["insurance"].as_array().unwrap().iter().map(|it| {
            let ended = it["outcomes"].as_array().unwrap().iter().filter(|it| it["count"] != 0);
            let ended: Vec<_> = ended.map(|it| format!("{} {}", it["outcome"].as_str().unwrap(), it["count"])).collect();
            (it["check"].as_str().unwrap(), it["leads"]["received"].as_i64(), it["leads"]["admitted"].as_i64(), ended.join(", "))
        }).collect();
        let row = |check, received, admitted, ended: &str| (check, Some(received), Some(admitted), ended.to_owned());
        assert_eq!(fared, [
            row("NOT_NEEDED", 0, 0, ""),
            row("NEEDED", 4, 0, "UNREACHABLE 1"),
            row("SUBMITTED", 0, 0, ""),
            row("IN_NETWORK", 3, 1, ""),
            row("OUT_OF_NETWORK", 0, 0, ""),
            row("NOT_COVERED", 1, 0, "NOT_ELIGIBLE 1"),
            row("SELF_PAY", 0, 0, ""),
        ]);

        let rounded = ask(&auditor, "2026-02-01", "2026-02-01").await;
        let none = json!(null);
        let spring = json!({ "received": 5, "reached": none, "qualified": none, "admitted": none });
        assert_eq!(rounded["campaigns"], json!([{ "campaign": "spring", "source": "newsletter", "leads": spring }]));
        let told = rounded["insurance"].as_array().unwrap().iter();
        assert!(told.clone().all(|it| it["leads"]["received"].is_null()), "{:?}", told.collect::<Vec<_>>());
    }

    async fn a_wait_is_measured_from_when_somebody_wrote_by_hour_and_by_who_has_them(app: TestApp) {
        let (staff, bob) = (app.staff(Role::Admissions).await, app.staff(Role::Admissions).await);
        let writer = Writer::new(&app).await;
        let has = |of: &Staff| Set(of.id.parse().ok());
        // By hand: ten people wait 10 s to 100 s from nine o'clock on, and three from ten.
        for tens in 1..=10 {
            writer.writes("2026-02-01T09:30:00.250Z", |row, at| {
                tried(row, at, tens * 10);
                row.assignee_id = has(&staff);
            }).await;
        }
        for seconds in [7, 3_599, 200_000] {
            writer.writes("2026-02-01T10:59:59Z", |row, at| {
                tried(row, at, seconds);
                row.first_contact_at = Set(Some(at + TimeDelta::seconds(seconds + 30)));
                row.assignee_id = has(&bob);
            }).await;
        }
        let report = ask(&staff, "2026-02-01", "2026-02-01").await;
        assert_eq!(report["timeZone"], "UTC");
        let at = |hour: usize| report["hours"][hour].clone();
        assert_eq!(at(9)["firstAttempt"], json!({ "count": 10, "p50Seconds": 50, "p90Seconds": 90 }));
        assert_eq!(at(9)["firstContact"], json!({ "count": 0, "p50Seconds": null, "p90Seconds": null }));
        // Beyond ten minutes to the minute, beyond a day to the hour.
        assert_eq!(at(10)["firstAttempt"], json!({ "count": 3, "p50Seconds": 3_540, "p90Seconds": 198_000 }));
        assert_eq!(at(10)["firstContact"]["p50Seconds"], 3_600);
        assert_eq!((&at(9)["received"], &at(10)["received"], &at(11)["received"]), (&json!(10), &json!(3), &json!(0)));
        assert_eq!(report["firstAttempt"], json!({ "count": 13, "p50Seconds": 60, "p90Seconds": 3_540 }));
        assert_eq!(report["firstContact"]["count"], 3);
        let colleagues = report["colleagues"].as_array().unwrap();
        let told = |it: &Value| (it["firstAttempt"]["p50Seconds"].clone(), it["firstContact"]["count"].clone());
        assert_eq!(colleagues.iter().map(told).collect::<Vec<_>>(), [(json!(50), json!(0)), (json!(3_540), json!(3))]);
    }

    async fn a_day_is_the_centres_also_when_its_clock_changes(app: TestApp) {
        let app = app.with_demo().await;
        let staff = app.staff(Role::Admissions).await;
        let writer = Writer::new(&app).await;
        // 8 March 2026 has 23 hours in New York: from 05:00 UTC to 04:00 UTC, and two o'clock is left out.
        for at in ["04:59:59.999", "05:00:00", "06:59:59", "07:00:00"] {
            writer.writes(&format!("2026-03-08T{at}Z"), |_, _| ()).await;
        }
        for at in ["03:59:59", "04:00:00"] {
            writer.writes(&format!("2026-03-09T{at}Z"), |_, _| ()).await;
        }
        let spring = ask(&staff, "2026-03-08", "2026-03-08").await;
        assert_eq!((&spring["received"], &spring["days"][0]["received"]), (&json!(4), &json!(4)));
        let hours = |report: &Value| -> Vec<(usize, i64)> {
            let received = report["hours"].as_array().unwrap().iter().map(|it| it["received"].as_i64().unwrap());
            received.enumerate().filter(|(_, count)| *count > 0).collect()
        };
        assert_eq!(hours(&spring), [(0, 1), (1, 1), (3, 1), (23, 1)]);
        let around = ask(&staff, "2026-03-07", "2026-03-09").await;
        let days: Vec<_> = around["days"].as_array().unwrap().iter().map(|it| it["received"].clone()).collect();
        assert_eq!(days, [1, 4, 1]);

        // 1 November 2026 has 25, and one o'clock twice.
        for at in ["04:00:00", "05:30:00", "06:30:00"] {
            writer.writes(&format!("2026-11-01T{at}Z"), |_, _| ()).await;
        }
        writer.writes("2026-11-02T04:59:59Z", |_, _| ()).await;
        let autumn = ask(&staff, "2026-11-01", "2026-11-01").await;
        assert_eq!((&autumn["received"], hours(&autumn)), (&json!(4), vec![(0, 1), (1, 2), (23, 1)]));
    }

    async fn an_auditor_sees_no_small_number_and_none_by_subtracting(app: TestApp) {
        let (staff, auditor) = (app.staff(Role::Admissions).await, app.staff(Role::Auditor).await);
        let writer = Writer::new(&app).await;
        for seconds in 0..6 {
            writer.writes("2026-02-01T09:00:00Z", |row, at| {
                tried(row, at, seconds);
                row.assignee_id = Set(staff.id.parse().ok());
            }).await;
        }
        writer.writes("2026-02-02T10:00:00Z", |row, at| {
            row.placement = Set(Some("side".to_owned()));
            row.first_attempt_at = Set(Some(at));
            closed(row, LeadOutcome::ReferredOut);
        }).await;
        let seen = ask(&auditor, "2026-02-01", "2026-02-03").await;
        assert_eq!((&seen["rounded"], &seen["received"], &seen["spam"]), (&json!(true), &json!(5), &Value::Null));
        let days: Vec<_> = seen["days"].as_array().unwrap().iter().map(|it| it["received"].clone()).collect();
        assert_eq!(days, [json!(5), Value::Null, Value::Null]);
        assert_eq!(seen["hours"][9]["firstAttempt"], json!({ "count": 5, "p50Seconds": 2, "p90Seconds": 5 }));
        assert_eq!(seen["hours"][10]["firstAttempt"], json!({ "count": null, "p50Seconds": null, "p90Seconds": null }));
        assert!(seen["outcomes"].as_array().unwrap().iter().all(|it| it["count"].is_null()));
        let placements = seen["placements"].as_array().unwrap();
        assert_eq!((placements.len(), &placements[0]["placement"]), (1, &json!("end")));
        assert_eq!(seen["colleagues"].as_array().unwrap().len(), 1);
        // A day more or less makes no difference that could be somebody.
        assert_eq!(ask(&auditor, "2026-02-01", "2026-02-01").await["received"], seen["received"]);
        assert_eq!(ask(&staff, "2026-02-01", "2026-02-03").await["received"], 7);
    }

    async fn days_without_a_lead_are_a_report_and_days_that_are_none_are_named(app: TestApp) {
        let staff = app.staff(Role::Owner).await;
        let empty = ask(&staff, "2027-01-01", "2028-01-01").await;
        assert_eq!((&empty["received"], empty["days"].as_array().unwrap().len()), (&json!(0), 366));
        assert_eq!((&empty["pages"], &empty["colleagues"]), (&json!([]), &json!([])));
        assert_eq!(empty["firstContact"], json!({ "count": 0, "p50Seconds": null, "p90Seconds": null }));
        let wrong = async |from: &str, to: &str| staff.ask(REPORT, json!({ "from": from, "to": to })).await.errors();
        insta::assert_snapshot!(
            wrong("2026-02-02", "2026-02-01").await,
            @"BAD_USER_INPUT: `to` is before `from`: choose the same day or a later one."
        );
        insta::assert_snapshot!(
            wrong("2027-01-01", "2028-01-02").await,
            @"BAD_USER_INPUT: `to` is more than 366 days after `from`, both counted: choose fewer days."
        );
    }

    async fn an_editor_sees_of_a_page_how_many_it_brought_and_no_small_number(app: TestApp) {
        let app = app.with_demo().await;
        let writer = Writer::new(&app).await;
        let now = Utc::now();
        let ago = |days: i64| (now - TimeDelta::days(days)).to_rfc3339();
        let mut page = None;
        for (days, status) in [(1, LeadStatus::New), (2, LeadStatus::Qualified), (89, LeadStatus::Admitted), (91, LeadStatus::Admitted)] {
            page = writer.writes(&ago(days), |row, _| row.status = Set(status)).await.page_id;
        }
        let of_page = async |staff: &Staff, id: &str| {
            let asked = "query ($id: ID!) { leadsOfPage(page: $id) { rounded leads { received reached qualified admitted } } }";
            staff.ask(asked, json!({ "id": id })).await.data()["leadsOfPage"].clone()
        };
        let page = page.expect("the demo page").to_string();
        let (admissions, editor) = (app.staff(Role::Admissions).await, app.staff(Role::Editor).await);
        let exact = json!({ "rounded": false, "leads": { "received": 3, "reached": 2, "qualified": 2, "admitted": 1 } });
        assert_eq!(of_page(&admissions, &page).await, exact);
        let nothing = json!({ "received": null, "reached": null, "qualified": null, "admitted": null });
        assert_eq!(of_page(&editor, &page).await, json!({ "rounded": true, "leads": nothing }));
        for _ in 0..4 {
            writer.writes(&ago(3), |_, _| ()).await;
        }
        assert_eq!(of_page(&editor, &page).await["leads"]["received"], 5);
        assert_eq!(of_page(&admissions, &page).await["leads"]["received"], 7);
        assert_eq!(of_page(&admissions, "thr_01h2xcejqtf2nbrexx3vqjhp41").await, Value::Null);
    }
}
