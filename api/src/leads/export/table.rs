//! Rows of a file of leads, as a program that reads tables takes them (RFC 4180), and never as a formula.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use entity::{
    id::LeadExportId,
    lead::{self, ContactMethod, LeadOutcome, LeadPriority, LeadRelationship},
};

use crate::leads::{contact::Phone, desk::Reached, status};

/// What is said of a lead, and no more: enough to reach people and to count them.
pub(super) const COLUMNS: [&str; 18] = [
    "reference",
    "received",
    "status",
    "outcome",
    "priority",
    "relationship",
    "name",
    "phone",
    "email",
    "may be contacted",
    "preferred",
    "voicemail",
    "texts",
    "say who calls",
    "first reached",
    "closed",
    "source",
    "export",
];

/// A lead. Whose person has not `agreed` to be contacted, does not any more or asked not to be, leaves without a way to reach them.
pub(super) fn row(
    lead: &lead::Model,
    reached: Option<&Reached>,
    agreed: bool,
    zone: Tz,
    export: LeadExportId,
) -> String {
    let yes_or_no = |is_so: bool| if is_so { "yes" } else { "no" };
    let way = reached.filter(|_| agreed);
    let at = |at: DateTime<Utc>| at.with_timezone(&zone).format("%Y-%m-%d %H:%M").to_string();
    let phone = way.and_then(|it| it.phone.as_ref()).map(Phone::display).unwrap_or_default();
    line([
        lead.reference.as_str(),
        &at(lead.received_at),
        status::word(lead.status),
        lead.outcome.map_or("", outcome),
        match lead.priority {
            LeadPriority::Normal => "normal",
            LeadPriority::Urgent => "urgent",
        },
        relationship(lead.relationship),
        reached.map_or("", |it| it.name.expose()),
        &phone,
        way.and_then(|it| it.email.as_ref()).map_or("", |email| email.expose()),
        yes_or_no(agreed),
        lead.preferred_contact.map_or("", preferred),
        yes_or_no(agreed && lead.safe_voicemail),
        yes_or_no(agreed && lead.safe_text),
        yes_or_no(agreed && lead.safe_say_who),
        &lead.first_contact_at.map(at).unwrap_or_default(),
        &lead.closed_at.map(at).unwrap_or_default(),
        &lead.landing_path,
        &export.to_string(),
    ])
}

/// A line of cells.
pub(super) fn line<const N: usize>(cells: [&str; N]) -> String {
    cells.map(cell).join(",") + "\r\n"
}

/// A cell in quotes. What a spreadsheet would work out (OWASP, CSV Injection) begins with an apostrophe, and is text.
fn cell(text: &str) -> String {
    let first = text.trim_start_matches([' ', '\u{a0}']).chars().next();
    let works = first.is_some_and(|first| "=+-@\t\r\n＝＋－＠".contains(first));
    format!("\"{}{}\"", if works { "'" } else { "" }, text.replace('"', "\"\""))
}

const fn preferred(preferred: ContactMethod) -> &'static str {
    match preferred {
        ContactMethod::Phone => "phone",
        ContactMethod::Text => "text",
        ContactMethod::Email => "e-mail",
    }
}

const fn outcome(outcome: LeadOutcome) -> &'static str {
    match outcome {
        LeadOutcome::AdmittedElsewhere => "admitted elsewhere",
        LeadOutcome::ReferredOut => "referred out",
        LeadOutcome::NotInterested => "not interested",
        LeadOutcome::Unreachable => "unreachable",
        LeadOutcome::NotEligible => "not eligible",
        LeadOutcome::Spam => "spam",
        LeadOutcome::Duplicate => "duplicate",
        LeadOutcome::Other => "other",
    }
}

const fn relationship(relationship: LeadRelationship) -> &'static str {
    match relationship {
        LeadRelationship::Oneself => "self",
        LeadRelationship::LovedOne => "loved one",
        LeadRelationship::Professional => "professional",
        LeadRelationship::Other => "other",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_cell_is_worked_out() {
        let dangerous =
            ["=1+1", "+1 781 555 0142", "-2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "＝1", "＋1", "－1", "＠a"];
        for text in dangerous {
            assert_eq!(cell(text), format!("\"'{text}\""));
        }
    }

    #[test]
    fn a_cell_ends_where_it_says() {
        assert_eq!(cell(""), r#""""#);
        assert_eq!(cell("Sample Visitor"), r#""Sample Visitor""#);
        assert_eq!(cell(r#"a","=1"#), r#""a"",""=1""#);
        assert_eq!(cell("\"=1"), "\"\"\"=1\"");
        assert_eq!(line(["a", "-b"]), "\"a\",\"'-b\"\r\n");
    }
}
