//! What holds of every lead whatever is done to it: long random days at the desk, each told by its seed.

use chrono::{TimeDelta, Utc};
use entity::{
    id::LocationId,
    lead::{self, LeadPriority, LeadStatus},
    lead_event,
    user::Role,
};
use rand::{RngExt, SeedableRng, rngs::StdRng};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::{Value, json};

use super::{step::a_place, with};
use crate::support::{Staff, TestApp, on_both};

const DAYS: u64 = 6;
const ACTS: usize = 40;

/// The table of the design, once more: what a status may become by a change of status.
fn may_become(from: LeadStatus, to: LeadStatus) -> bool {
    use LeadStatus::{Admitted, Attempting, Closed, Contacted, New, Qualified, Scheduled};
    matches!(
        (from, to),
        (New, Attempting | Contacted | Closed)
            | (Attempting, Contacted | Closed)
            | (Contacted, Qualified | Closed)
            | (Qualified, Scheduled | Closed)
            | (Scheduled, Admitted | Qualified | Closed)
            | (Admitted, Scheduled)
            | (Closed, New | Contacted)
    )
}

fn one_of<'a>(random: &mut StdRng, of: &[&'a str]) -> &'a str {
    of[random.random_range(0..of.len())]
}

/// Something that somebody may try with a lead, sensible or not.
fn act(random: &mut StdRng, place: LocationId, lead: &lead::Model) -> (&'static str, Value) {
    // Now and then from a screen that is out of date.
    let version = if random.random_range(0..12) == 0 { lead.version - 1 } else { lead.version };
    let base = json!({ "id": lead.id, "version": version });
    let in_minutes = |minutes: i64| (Utc::now() + TimeDelta::minutes(minutes)).to_rfc3339();
    match random.random_range(0..8) {
        0..=3 => {
            let statuses = ["NEW", "ATTEMPTING", "CONTACTED", "QUALIFIED", "SCHEDULED", "ADMITTED", "CLOSED"];
            let status = one_of(random, &statuses);
            let ends = (status == "CLOSED") != (random.random_range(0..10) == 0);
            let outcome = ends.then(|| one_of(random, &["NOT_INTERESTED", "SPAM", "UNREACHABLE", "DUPLICATE"]));
            let arrival = json!({ "at": in_minutes(600), "location": place, "transport": "Her sister drives." });
            let comes = (status == "SCHEDULED") != (random.random_range(0..10) == 0);
            let arrival = if comes { arrival } else { Value::Null };
            let reason = if random.random_range(0..10) == 0 { "" } else { "It turned out otherwise." };
            let step = json!({ "status": status, "outcome": outcome, "arrival": arrival, "reason": reason });
            ("changeLeadStatus", with(base, step))
        }
        4 => {
            let outcome = one_of(random, &["REACHED", "VOICEMAIL", "NO_ANSWER", "BUSY", "WRONG_NUMBER", "REFUSED"]);
            let next = in_minutes(random.random_range(-60..3_000));
            ("logCall", with(base, json!({ "outcome": outcome, "nextActionAt": next })))
        }
        5 => ("setLeadLevelOfCare", with(base, json!({ "levelOfCare": "DETOX" }))),
        6 => {
            let check = one_of(random, &["NEEDED", "SUBMITTED", "SELF_PAY", "NOT_NEEDED"]);
            ("updateLeadInsurance", with(base, json!({ "check": check })))
        }
        _ => ("setLeadPriority", with(base, json!({ "priority": one_of(random, &["NORMAL", "URGENT"]) }))),
    }
}

async fn tried(staff: &Staff, (mutation, input): (&str, Value)) -> bool {
    let answer = staff.work(mutation, input.clone()).await;
    assert_eq!(answer.errors(), "", "{mutation} {input}");
    answer.data()[mutation]["userErrors"].as_array().is_some_and(Vec::is_empty)
}

/// Nobody is forgotten, nothing has two ends, and the timeline has no gap.
async fn holds(app: &TestApp, lead: &lead::Model, told: &str) {
    let is_open = !matches!(lead.status, LeadStatus::Admitted | LeadStatus::Closed);
    assert_eq!(lead.next_action_at.is_some(), is_open, "{told}");
    assert_eq!(lead.closed_at.is_some(), lead.status == LeadStatus::Closed, "{told}");
    assert_eq!(lead.outcome.is_some(), lead.status == LeadStatus::Closed, "{told}");
    assert!(is_open || lead.lease_until.is_none(), "{told}");
    if let Some(contact) = lead.first_contact_at {
        assert!(lead.first_attempt_at.is_some_and(|attempt| attempt <= contact), "{told}");
    }
    let timeline = lead_event::Entity::find().filter(lead_event::Column::LeadId.eq(lead.id));
    let timeline = timeline.order_by_asc(lead_event::Column::Seq).all(app.app.db.reader()).await.unwrap();
    let places: Vec<i32> = timeline.iter().map(|event| event.seq).collect();
    assert_eq!(places, (1..=timeline.len() as i32).collect::<Vec<_>>(), "{told}");
}

/// What is the lead's own, without what every change touches.
fn own(lead: lead::Model) -> lead::Model {
    lead::Model { version: 0, updated_at: lead.received_at, ..lead }
}

on_both! {
    async fn no_illegal_move_is_reachable_and_nobody_is_forgotten(app: TestApp) {
        let (visitor, staff) = (app.visitor(), app.staff(Role::Owner).await);
        let place = a_place(&app).await.id;
        for seed in 0..DAYS {
            let mut random = StdRng::seed_from_u64(seed);
            let mut lead = app.lead_row(&visitor.submitted(&visitor.lead().await).await).await;
            for nth in 0..ACTS {
                let act = act(&mut random, place, &lead);
                let told = format!("seed {seed}, act {nth}: {} {}", act.0, act.1);
                let is_move = act.0 == "changeLeadStatus";
                let was_done = tried(&staff, act).await;
                let now = app.lead_row(&lead.reference).await;
                if was_done {
                    let moved = now.status != lead.status;
                    assert!(!moved || may_become(lead.status, now.status), "{told}: {:?} to {:?}", lead.status, now.status);
                    assert!(moved || !is_move, "{told}");
                    if now.status == LeadStatus::Qualified && lead.status == LeadStatus::Contacted {
                        assert!(now.level_of_care.is_some(), "{told}");
                    }
                } else {
                    assert_eq!(now, lead, "{told}");
                }
                holds(&app, &now, &told).await;
                lead = now;
            }
        }
    }

    async fn whatever_was_done_to_two_leads_a_merge_and_its_undo_leave_as_it_was(app: TestApp) {
        let (visitor, staff) = (app.visitor(), app.staff(Role::Owner).await);
        let place = a_place(&app).await.id;
        let mut merged = 0;
        for seed in 0..DAYS {
            let mut random = StdRng::seed_from_u64(1_000 + seed);
            let mut both = Vec::new();
            for _ in 0..2 {
                let voicemail = random.random_range(0..2) == 0;
                let wrote = with(visitor.lead().await, json!({ "safeContact": { "voicemail": voicemail } }));
                let mut lead = app.lead_row(&visitor.submitted(&wrote).await).await;
                for _ in 0..random.random_range(0..8) {
                    tried(&staff, act(&mut random, place, &lead)).await;
                    lead = app.lead_row(&lead.reference).await;
                }
                staff.reveal(&lead.id.to_string(), "Is it one person?").await.done("revealLead");
                both.push(lead);
            }
            let [stays, goes] = [&both[0], &both[1]];
            let told = format!("seed {seed}: {:?} and {:?}", stays.status, goes.status);
            let together = json!({
                "id": stays.id, "version": stays.version,
                "other": { "id": goes.id, "version": goes.version },
                "reason": "The same number and the same voice.",
            });
            if !tried(&staff, ("mergeLeads", together)).await {
                continue;
            }
            merged += 1;
            let gone = app.lead_row(&goes.reference).await;
            assert_eq!(gone.merged_into_id, Some(stays.id), "{told}");
            holds(&app, &app.lead_row(&stays.reference).await, &told).await;
            let apart = json!({ "id": goes.id, "version": gone.version });
            assert!(tried(&staff, ("unmergeLead", apart)).await, "{told}");
            // Who may be in danger is not put off by an undo: what a merge made urgent stays so, with whoever took it.
            let raised = goes.priority == LeadPriority::Urgent;
            for lead in &both {
                let back = app.lead_row(&lead.reference).await;
                holds(&app, &back, &told).await;
                if raised && lead.id == stays.id {
                    assert_eq!((back.status, back.outcome), (lead.status, lead.outcome), "{told}");
                    assert!(back.priority == LeadPriority::Urgent || back.priority == lead.priority, "{told}");
                } else {
                    assert_eq!(own(back), own(lead.clone()), "{told}");
                }
            }
        }
        assert!(merged >= DAYS / 2, "only {merged} were brought together");
    }
}
