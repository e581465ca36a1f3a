//! What a letter says: which request, what about it, and where to go on. Its subject may be read over somebody's shoulder.

use entity::lead;

use super::Kind;
use crate::mail::Letter;

const NOTHING_ELSE: &str = "Sign in to see more: a letter says nothing of what people write.";
const WHY: &str = "You get this because you answer requests. What you are told you choose in the admin, under Notices.";

/// The letter about these leads, at least one, to that address.
pub(super) fn of(kind: Kind, leads: &[lead::Model], to: &str, public_url: &str) -> Letter {
    let names = leads.iter().map(|lead| lead.reference.as_str()).collect::<Vec<_>>().join(", ");
    let one = leads.len() == 1;
    let (subject, says) = match kind {
        Kind::Received if one => {
            (format!("{names} waits for an answer"), format!("A request came: {names}. Whoever is free, take it."))
        }
        Kind::Received => (
            format!("{} requests wait for an answer", leads.len()),
            format!("Requests came: {names}. Whoever is free, take the next."),
        ),
        Kind::Urgent => (
            format!("Urgent: {names}"),
            format!("Somebody may be in danger: {names}. Call now. You are told again until a colleague takes it."),
        ),
        Kind::Due => (format!("{names} is due"), format!("It is time to act: {names}. Call, or say when it goes on.")),
        Kind::Task => (
            format!("A task for {names} is due"),
            format!("It is time for a task: {names}. Do it and tick it off, or choose another time."),
        ),
        Kind::Assigned => (format!("{names} is yours"), format!("A colleague gave you a request: {names}.")),
    };
    let url = match leads {
        [lead] => format!("{public_url}/admin/leads/{}", lead.id),
        _ => format!("{public_url}/admin/leads"),
    };
    Letter {
        to: to.to_owned(),
        subject,
        paragraphs: vec![says, NOTHING_ELSE.to_owned(), WHY.to_owned()],
        link: ("Open it in the admin".to_owned(), url),
    }
}

/// A letter that shows that letters arrive.
pub(super) fn trial(to: &str, public_url: &str) -> Letter {
    Letter {
        to: to.to_owned(),
        subject: "Letters arrive".to_owned(),
        paragraphs: vec!["You asked for this letter to see whether letters reach you. They do.".to_owned()],
        link: ("Choose what you are told".to_owned(), format!("{public_url}/admin/notices")),
    }
}
