//! The form that comes with the installation: its first version.

use entity::lead_form_version::{Choice, Definition, LeadField, Question, Step};

use super::known;

/// What staff call it.
pub const TITLE: &str = "Confidential form";

/// What it asks and says.
pub fn definition() -> Definition {
    let first = [LeadField::Name, LeadField::Phone, LeadField::Email, LeadField::Relationship, LeadField::Message];
    let more = [
        LeadField::UnderAge,
        LeadField::Insurance,
        LeadField::Voicemail,
        LeadField::SayWhoCalls,
        LeadField::Text,
        LeadField::Preferred,
        LeadField::BestTime,
    ];
    Definition {
        heading: "Write to us in confidence".to_owned(),
        intro: "Fields are optional unless they say “required”. What you write is encrypted, and only those who answer requests here can read it.".to_owned(),
        steps: vec![
            Step { title: String::new(), fields: first.map(question).into() },
            Step { title: "Age, insurance, how to reach you safely".to_owned(), fields: more.map(question).into() },
        ],
        button: "Send in confidence".to_owned(),
        thanks: "Your message is with those who answer requests here, and nobody else can read it.\n\nWe answer in the way you chose. If you would rather not wait, call us.".to_owned(),
    }
}

/// How a field is asked, where nobody says otherwise.
pub fn question(field: LeadField) -> Question {
    let (label, help, answers): (_, _, &[&str]) = match field {
        LeadField::Name => ("Your name", "What may we call you? A first name is enough.", &[]),
        LeadField::Phone => {
            ("Phone", "A phone number or an e-mail address, so that we can answer you. Both is fine.", &[])
        }
        LeadField::Email => ("E-mail", "", &[]),
        LeadField::Relationship => {
            let answers = &["Me", "Somebody I care about", "A patient or client of mine", "Somebody else"];
            ("Who is it for?", "", answers)
        }
        LeadField::Message => ("Message", "Only what you want to say now. You can tell us the rest on the phone.", &[]),
        LeadField::UnderAge => (
            "Is the person who needs help under 18?",
            "Young people have rights of their own, so somebody who knows them answers you.",
            &["I would rather not say", "No", "Yes"],
        ),
        LeadField::Insurance => ("Insurance", "The name of the company; “none” and “not sure” are answers too.", &[]),
        LeadField::Voicemail => ("You may leave a voicemail", "", &[]),
        LeadField::SayWhoCalls => ("You may say who is calling", "", &[]),
        LeadField::Text => ("You may send me text messages", "", &[]),
        LeadField::Preferred => ("Best way to reach you", "", &["A call", "A text message", "An e-mail"]),
        LeadField::BestTime => ("Best time", "Such as “weekdays after six”.", &[]),
    };
    // The words of the answers come in the order of the answers there are.
    let options = known(field).values.iter().zip(answers);
    let options = options.map(|(value, label)| Choice { value: (*value).to_owned(), label: (*label).to_owned() });
    Question {
        field,
        label: label.to_owned(),
        help: help.to_owned(),
        required: field == LeadField::Name,
        problem: String::new(),
        options: options.collect(),
    }
}
